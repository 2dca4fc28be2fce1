"""Limits and method of a report: what the numbers cannot show, and how was counted, in the words of methods.md D2-D6."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.analysis.poverty import index_and_source
from verhalen.analysis.wordings import UsedWording, used_wordings
from verhalen.i18n import mark, t
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Assessor
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase
from verhalen.privacy.clearance import sentences as in_a_row
from verhalen.privacy.disclosure import clear_sentence
from verhalen.report.blocks import Block, Callout, Note, Paragraph
from verhalen.report.data import ReportData, settings_of
from verhalen.report.fill_inline import municipalities
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store.scores import instruments

_POVERTY = frozenset({"tabel kansarmoede", "grafiek kansarmoede"})
_MANY = 8
"""More items than this are counted, not named."""


def limits(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """What the numbers cannot show: always there; with `kort=ja` the two that matter most, in small print."""
    sentences = (
        mark("This is a snapshot of these families, without a comparison group."),
        mark("The numbers say what changed, not why: others helped too, and life went on."),
        mark("Families come at a hard moment. Some of it would have eased without us."),
        _EVERYTHING if data.k == 1 else _MASKED,
    )
    said = [own_words(t(sentence, k=data.k) if "{k}" in sentence else t(sentence)) for sentence in sentences]
    if "kort" in placeholder.arguments:
        return [Note(in_a_row([said[0], said[-1]]))]
    return [Callout(own_words(t("What these numbers cannot show")), tuple(said))]


_MASKED = mark("Numbers behind which fewer than {k} families stand are not shown, so that nobody is recognised.")
_EVERYTHING = mark("This version is for the team: small numbers are not hidden. Do not pass it on.")


def method(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """How was counted, and by whose words."""
    change, instrument = data.change, data.change.instrument
    settings = settings_of(data.front)
    sentences = [
        *_judged(data, instrument, data.wordings),
        *_poverty(data),
        *(
            own_words(sentence)
            for sentence in (
                t(
                    "We compare the first registration with the one nearest to day {days}, at most {window} days earlier or later.",
                    days=settings.days,
                    window=settings.window,
                ),
                t("Judgements of different assessors are never compared."),
                t("Of several persons in a family we take: {rule}.", rule=t(change.pairs.rule.label)),
                t("A family is better in a group of life domains where more items went up than down."),
                t("Words count only where a coder marked that they say how it goes in a life domain."),
                t("Made for: {audience}.", audience=t(data.audience.label)),
            )
        ),
        *_scope(data),
        *_thresholds(data),
    ]
    blocks: list[Block] = [Paragraph(sentence) for sentence in sentences]
    flagged = [item.name for item in instrument.items if not item.monotone]
    if flagged:
        blocks.append(Note(own_words(t("Items whose change needs reading: {items}.", items=", ".join(flagged)))))
    return blocks


def _scope(data: ReportData) -> list[Cleared[str]]:
    """Which municipalities, where the report is not about all of them."""
    if not data.front.municipalities:
        return []
    return [phrase(mark("This report is about families in {names} only."), names=municipalities(data))]


def _thresholds(data: ReportData) -> list[Cleared[str]]:
    """From how many families on numbers are shown. What the project decided itself stands there already, with its reason."""
    if data.audience is Audience.INTERNAL or data.own is not None:
        return []
    said = t("Numbers are shown from {k} families on, in sensitive life domains from {strict} on.",
             k=data.k, strict=data.limits.strict)  # fmt: skip
    return [own_words(said)]


def _wording(wording: str) -> str:
    return t("in its official wording") if wording == "officieel" else t("in our own short wording")


def _judged(data: ReportData, instrument: Instrument, used: Sequence[UsedWording]) -> list[Cleared[str]]:
    """Which instrument, in which words; and by which older ones."""
    said = t(
        "Scores come from {instrument}, version {version}, {wording}, judged by: {assessor}.",
        instrument=instrument.name,
        version=instrument.version,
        wording=_wording(instrument.wording),
        assessor=t(Assessor(instrument.assessor).label),
    )
    return [own_words(said), *(sentence for each in used[1:] for sentence in _older(data, instrument, each))]


def _older(data: ReportData, instrument: Instrument, used: UsedWording) -> list[Cleared[str]]:
    """Older snapshots keep the words by which they were judged; which items differ is said too."""
    said = [
        clear_sentence(
            mark("Of {n} families there are snapshots that were judged by the words of version {version}, {wording}."),
            data.limits,
            counts={"n": len(used.families)},
            version=str(used.version),
            wording=_wording(used.wording),
        )
    ]
    names = [item.name for item in instrument.items if item.key in used.differ]
    if 0 < len(names) <= _MANY:
        said.append(own_words(t("Other words than today: {items}.", items=", ".join(names))))
    elif names:
        said.append(own_words(t("{n} items had other words than today.", n=len(names))))
    return said


def _poverty(data: ReportData) -> list[Cleared[str]]:
    """The index is never called anything else than an approximation; whose items it reads, and in which words."""
    if not data.asked & _POVERTY:
        return []
    try:
        index, source = index_and_source(instruments(data.project))
    except (errors.UnknownInstrument, errors.BadInput):
        return []
    said = t(
        "What stands under poverty is an approximation of the poverty index: {n} indicators, derived from items of {instrument}. "
        "The choice of these items is our own (version {version}).",
        n=len(index.indicators),
        instrument=source.name,
        version=index.version,
    )
    other = source.key != data.change.instrument.key
    keys = {each.key for each in data.families}
    return [own_words(said), *(_judged(data, source, used_wordings(data.project, source, keys)) if other else [])]
