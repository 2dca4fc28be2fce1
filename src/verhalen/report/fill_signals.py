"""Signals in a report: what stood in the way, how many families met it, who was told, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.following import Signal
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import clear_sentence
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.guarding import publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.report.scope import families_in_scope
from verhalen.store.families import family_ids
from verhalen.store.following import signals

NOW, BEFORE = "nu", "vorig"
"""Signals noted in the period of the report, or before it."""
NAMES_A_FAMILY = mark("signal {key} names the code of a family; it stays out of the report until that is taken out")


def signals_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """One row per signal; outside the team a number of families below the threshold is said in words."""
    when = placeholder.arguments.get("wanneer", NOW)
    if when not in (NOW, BEFORE):
        problem = t("wanneer is {now} or {before}", now=NOW, before=BEFORE)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    found = [each for each in signals(data.project) if _is_asked(each, data, when) and _is_here(each, data)]
    shown = [each for each in found if _may_stand(each, data, placeholder, log)]
    if found and not shown:
        return [Note(own_words(t("Barriers were written down, but none of them may stand here.")))]
    if not shown:
        said = mark("No barriers were written down in this period.") if when == NOW else _NONE_BEFORE
        return [Note(own_words(t(said)))]
    titles = (mark("What stands in the way"), mark("Families"), mark("Told to"), mark("Answer"), mark("Result"))
    return [
        Table(
            header=tuple(own_words(t(word)) for word in titles),
            rows=tuple(_row(each, data, placeholder, log) for each in shown),
            caption=own_words(t(_CAPTIONS[when])),
            align=("left", "right", "left", "left", "left"),
        )
    ]


_NONE_BEFORE = mark("No barriers were written down before this period.")
_CAPTIONS = {
    NOW: mark("Barriers that no family lifts alone"),
    BEFORE: mark("What became of earlier signals"),
}


def _is_asked(signal: Signal, data: ReportData, when: str) -> bool:
    if data.front.period is None:
        return when == NOW
    first, last = data.front.period
    return signal.noted < first if when == BEFORE else first <= signal.noted <= last


def _is_here(signal: Signal, data: ReportData) -> bool:
    """Whether it belongs to a report on some municipalities: families of these meet it, or it is nobody's in particular."""
    return not data.front.municipalities or not signal.families or bool(_families(signal, data))


def _families(signal: Signal, data: ReportData) -> frozenset[str]:
    """Who meets it, as far as the report is about them."""
    if not data.front.municipalities:
        return signal.families
    return signal.families & {each.key for each in families_in_scope(data.project, data.front)}


def _may_stand(signal: Signal, data: ReportData, placeholder: Placeholder, log: Log) -> bool:
    """Outside the team no code of a family stands in a report: not in what people wrote themselves either."""
    if data.audience is Audience.INTERNAL:
        return True
    words = f"{signal.barrier} {signal.service} {signal.whom} {signal.answer} {signal.result}".casefold()
    if any(key.casefold() in words for key in family_ids(data.project)):
        log.warnings.append(Notice(placeholder.line, NAMES_A_FAMILY, {"key": signal.key}))
        return False
    return True


def _row(signal: Signal, data: ReportData, placeholder: Placeholder, log: Log) -> tuple[Cleared[str], ...]:
    sensitive = any(each.sensitive for each in data.domains.domains if each.key == signal.domain)
    families = _families(signal, data)
    number = len(families)
    threshold = max(data.limits.threshold(sensitive=sensitive), data.k)
    said = clear_sentence(mark("{n}"), data.limits, counts={"n": number}, sensitive=sensitive, at_least=data.k)
    log.number(said.value, source=placeholder.source, suppressed=0 < number < threshold)
    shown = None if 0 < number < threshold else number
    publish(data, log, f"signal {signal.key}", signal.key, shown, families, sensitive=sensitive)
    barrier = f"{signal.barrier} ({signal.service})" if signal.service else signal.barrier
    told = f"{signal.whom} ({signal.told:%m/%Y})" if signal.told else t("not yet")
    answer = signal.answer or t("none yet")
    return (own_words(barrier), said, own_words(told), own_words(answer), own_words(signal.result or t("none yet")))
