"""Placeholders -> blocks and words, through consent and disclosure. Which names there are stands in `KNOWN`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import A_FEW, clear_count, clear_number_of_texts, clear_sentence
from verhalen.report import (
    fill_change,
    fill_change_chart,
    fill_coverage,
    fill_guard,
    fill_joint,
    fill_method,
    fill_reach,
    fill_signals,
    fill_transitions,
    fill_words,
)
from verhalen.report.blocks import Block
from verhalen.report.compose import Answers
from verhalen.report.data import ReportData
from verhalen.report.guarding import ALL, FAMILIES, guarded, guarded_number, publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

Alone = Callable[[ReportData, Placeholder, Log], Sequence[Block]]

_ALONE: dict[str, Alone] = {
    "tabel bereik": fill_reach.reach_table,
    "wie niet": fill_reach.not_seen,
    "tabel verandering": fill_change.change_table,
    "grafiek verandering": fill_change_chart.change_chart,
    "tabel overgang": fill_transitions.item_table,
    "grafiek overgang": fill_transitions.item_chart,
    "tabel kansarmoede": fill_transitions.poverty_table,
    "grafiek kansarmoede": fill_transitions.poverty_chart,
    "samen": fill_joint.joint_table,
    "dekking": fill_coverage.coverage_table,
    "signalen": fill_signals.signals_table,
    "citaat": fill_words.quote,
    "citaten": fill_words.quotes,
    "verhaal": fill_words.story,
    "grenzen": fill_method.limits,
    "methode": fill_guard.method,
    "telwerk": fill_reach.counting_cost,
}
_INLINE = (
    "aantal gezinnen",
    "aantal kinderen",
    "aantal verhalen",
    "aantal fragmenten",
    "aantal gevolgd",
    "periode",
    "instrument",
    "beter",
    "slechter",
)

KNOWN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*_ALONE, *_INLINE), frozenset[str]()),
    "tabel bereik": frozenset({"gemeenten", "perioden"}),
    "citaat": frozenset({"groep", "domein", "kleur", "fragment"}),
    "citaten": frozenset({"groep", "domein", "kleur", "n"}),
    "verhaal": frozenset({"antwoord", "verhaal"}),
    "signalen": frozenset({"wanneer"}),
    "beter": frozenset({"groep"}),
    "slechter": frozenset({"groep"}),
    "tabel overgang": frozenset({"item", "drempel", "woorden"}),
    "grafiek overgang": frozenset({"item", "drempel"}),
    "tabel kansarmoede": frozenset({"drempel", "woorden"}),
    "grafiek kansarmoede": frozenset({"drempel"}),
}
"""Name of each placeholder and the arguments it takes."""


def answers(data: ReportData, log: Log) -> Answers:
    """Who fills the placeholders of one report."""
    return Answers(
        within=lambda placeholder: _within(data, placeholder, log),
        alone=lambda placeholder: _alone(data, placeholder, log),
        # A tag in the file would tell which story stands there.
        remember=data.audience is Audience.INTERNAL,
    )


def _alone(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    filler = _ALONE.get(placeholder.name)
    if filler is None:
        from verhalen.report.blocks import Paragraph

        return [Paragraph(_within(data, placeholder, log))]
    return guarded(data, placeholder, log, lambda: filler(data, placeholder, log))


def _within(data: ReportData, placeholder: Placeholder, log: Log) -> Cleared[str]:
    if placeholder.name in _ALONE:
        problem = t("{name} stands alone in its paragraph, not within a sentence", name=placeholder.name)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    said, suppressed = guarded_number(data, placeholder, log, lambda: _words(data, placeholder, log))
    if placeholder.name.startswith(("aantal", "beter", "slechter")):
        log.number(said.value, source=placeholder.source, suppressed=suppressed)
    return said


def _words(data: ReportData, placeholder: Placeholder, log: Log) -> tuple[Cleared[str], bool]:
    match placeholder.name:
        case "aantal gezinnen":
            return _families(data, log, FAMILIES, data.reach.families, data.reach.keys)
        case "aantal kinderen":
            return _families(data, log, "children", data.reach.children, data.reach.keys)
        case "aantal gevolgd":
            followed = data.change.pairs.followed
            if followed and not fill_change.knows_followed(data):
                return own_words(t(A_FEW)), True
            return clear_number_of_texts(len(followed)), False
        case "aantal verhalen":
            return clear_number_of_texts(len(data.stories)), False
        case "aantal fragmenten":
            return clear_number_of_texts(len(data.pieces)), False
        case "instrument":
            return own_words(data.change.instrument.name), False
        case "periode":
            return own_words(_period(data)), False
        case _:
            fill_change.publish_change(data, placeholder, log)
            return fill_change.said_cell(data, placeholder)


def _families(
    data: ReportData, log: Log, kind: str, count: int, families: Collection[str]
) -> tuple[Cleared[str], bool]:
    publish(data, log, kind, ALL, clear_count(count, data.limits).value, families)
    return clear_sentence(mark("{n}"), data.limits, counts={"n": count}), 0 < count < data.k


def _period(data: ReportData) -> str:
    if data.front.period is None:
        return t("the whole time of the project")
    first, last = data.front.period
    return t("{first} to {last}", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
