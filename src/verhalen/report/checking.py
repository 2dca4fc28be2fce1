"""`report check`: what of a built report still holds in the project of today. Never tells words, only numbers and places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from verhalen import errors
from verhalen.i18n import mark, speaking, t
from verhalen.privacy.disclosure import NOT_SHOWN
from verhalen.report.building import REPORT_LANGUAGE
from verhalen.report.comparing import ChartSpot, Pair, Spot, compared, numbers_in
from verhalen.report.refilling import Refill, Refilled, front_of, refill
from verhalen.report.trace import PLAIN, Entry, Manifest, Stamps
from verhalen.report.tracing import newest_state, project_mark
from verhalen.report.word_file import WordFile, open_report
from verhalen.report.word_ranges import BY
from verhalen.store.project import ProjectFile

State = Literal["right", "changed", "edited", "gone", "withdrawn", "unknown"]
SENTENCES: dict[State, str] = {
    "right": mark("still right"),
    "changed": mark("has changed"),
    "edited": mark("the text was edited by hand"),
    "gone": mark("is no longer in the document, or was typed over"),
    "withdrawn": mark("a quote may no longer stand there"),
    "unknown": mark("cannot be computed again"),
}
QUOTES = ("quote", "story")
"""Kinds that are somebody's words: what can no longer be looked up may no longer stand there either."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One place that no longer holds. Of texts only their numbers are told; None stands for words."""

    table: int | None = None
    """Which table of the placeholder, from 1; None for words and charts."""
    row: int | None = None
    """Of a table or chart, from 1; the header is row 0."""
    column: int | None = None
    was: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of one placeholder."""

    entry: Entry
    source: str
    """The placeholder as it is written."""
    state: State
    changes: tuple[Changed, ...] = ()
    edited: int = 0
    """Places in it that somebody edited by hand."""
    reason: str = ""
    now: str = ""
    """What a number within a sentence should be."""
    suppressed: bool = False
    """A number of it is not shown now."""

    @property
    def is_quote(self) -> bool:
        """Whether it is a quote or story."""
        return self.entry.kind in QUOTES


@dataclass(frozen=True, slots=True)
class Checked:
    """A report that was checked."""

    path: Path
    manifest: Manifest
    findings: tuple[Finding, ...]
    later: bool
    """The project changed since."""

    @property
    def holds(self) -> bool:
        """Whether everything still stands there and is right."""
        return all(each.state == "right" and not each.edited for each in self.findings)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file beside the project of today."""

    file: WordFile
    stamps: Stamps
    refill: Refill
    pairs: tuple[tuple[Refilled, list[Pair]], ...]


def check(project: ProjectFile, path: Path, *, day: dt.date | None = None) -> Checked:
    """Compute everything again, as of the day of building unless `day` says otherwise. Writes nothing.

    Raises UnreadableFile and its kinds, NotOurReport, OtherProjectReport, NewerReport, UnknownInstrument.
    """
    file = open_report(path)
    with speaking(front_of(file).language or REPORT_LANGUAGE):
        comparison = compare(project, file, day=day)
        findings = tuple(finding(entry, pairs, comparison.stamps) for entry, pairs in comparison.pairs)
    manifest = comparison.file.manifest
    later = manifest.state != newest_state(project)
    return Checked(path, manifest, findings, later)


def compare(project: ProjectFile, file: WordFile, *, day: dt.date | None = None) -> Comparison:
    """Raises OtherProjectReport and UnknownInstrument."""
    if file.manifest.project != project_mark(project):
        raise errors.OtherProjectReport(file=file.path.name)
    stamps = Stamps(project.setting("secret"))
    again = refill(project, file, day=day or dt.date.fromisoformat(file.manifest.day))
    pairs = tuple((entry, compared(file, entry, stamps, again.body.chart)) for entry in again.entries)
    return Comparison(file, stamps, again, pairs)


def finding(entry: Refilled, pairs: Sequence[Pair], stamps: Stamps) -> Finding:
    """What is to be said of one placeholder and its pieces."""
    if entry.problem and entry.entry.kind not in QUOTES:
        return Finding(entry.entry, entry.source, "unknown", reason=entry.problem)
    if is_gap(entry.entry, stamps) and not entry.pieces:
        return Finding(entry.entry, entry.source, "right", reason=t("a quote was taken out here"))
    if not entry.entry.pieces:
        could = t("nothing could stand there when it was built; today something can") if entry.pieces else ""
        return Finding(entry.entry, entry.source, "right", reason=could)
    spots = [spot for pair in pairs for spot in pair.spots]
    charts = [pair.chart for pair in pairs if pair.chart is not None]
    all_states = [*(each.state for each in spots), *(each.state for each in charts)]
    states = set(all_states)
    changes = (*_in_words(entry.entry, pairs), *(each for chart in charts for each in _in_chart(chart)))
    lost = [each for each in entry.entry.quotes if each not in entry.shown(stamps)]
    stands = bool(states - {"gone"}) or any(pair.standing for pair in pairs if pair.new is None)
    state: State = "right"
    if pairs and not stands:
        state = "gone"
    elif lost and (changes or "edited" in states):  # else the same words stand there by another coding
        state = "withdrawn"
    elif changes:
        state = "changed"
    elif "edited" in states:
        state = "edited"
    given = entry.asked.numbers if entry.asked else ()
    return Finding(
        entry.entry,
        entry.source,
        state,
        changes=tuple(changes) if state != "gone" else (),
        edited=all_states.count("edited"),
        reason=entry.problem or next((why for each in lost if (why := entry.refused(stamps).get(each))), ""),
        now=entry.text if entry.entry.value else "",
        suppressed=any(number.suppressed for number in given),
    )


GAP = "[…]"
"""Stands where a quote may no longer stand and no other fits: what one writes in a quotation for words left out."""


def is_gap(entry: Entry, stamps: Stamps) -> bool:
    """Whether a refresh left a gap here."""
    return [piece.said for piece in entry.pieces] == [stamps.said(GAP)]


def _in_words(entry: Entry, pairs: Sequence[Pair]) -> Iterator[Changed]:
    number = 0
    for pair in pairs:
        number += "table" in _kinds(pair)
        if pair.old is None or (pair.new is None and entry.alone):
            if pair.standing or pair.old is None:
                yield Changed()
            continue
        if pair.reshaped:
            yield Changed(table=number)
        rows = {row.number: at for at, row in enumerate(pair.old.rows)}
        for spot in pair.spots:
            if spot.state == "changed" or (spot.state == "edited" and spot.moved_on):
                yield _changed(spot, number, rows, is_number=bool(entry.value))
        for old, new in pair.rows:
            if old is None or new is None:
                yield Changed(table=number, row=rows[old.number] if old else None)


def _kinds(pair: Pair) -> tuple[str, ...]:
    return tuple(each.kind for each in (pair.old, pair.new) if each is not None)


def _changed(spot: Spot, table: int, rows: dict[int, int], *, is_number: bool) -> Changed:
    was, now = _told(spot.text, is_number=is_number), _told(spot.new, is_number=is_number)
    if (was is None or now is None) and (not spot.exact or spot.text.startswith(BY)):
        was, now = _only_numbers(spot.text, spot.new)
    parts = spot.name.split("_")
    if len(parts) < _IN_TABLE:
        return Changed(was=was, now=now)
    return Changed(table, rows.get(int(parts[3])), spot.column + 1, was, now)


def _only_numbers(was: str, now: str) -> tuple[str | None, str | None]:
    """The numbers in two sentences that differ; the sentences are never told."""
    before, after = numbers_in(was), numbers_in(now)
    pairs = [(old, new) for old, new in zip(before, after, strict=False) if old != new]
    if not pairs or len(before) != len(after):
        return None, None
    return ", ".join(old for old, _ in pairs), ", ".join(new for _, new in pairs)


_IN_TABLE = 5
"""Parts in the name of the bookmark of a cell."""


def _told(text: str, *, is_number: bool) -> str | None:
    """A number; the words of a table may be anybody's."""
    return text if is_number or PLAIN.fullmatch(text) or text == t(NOT_SHOWN) else None


def _in_chart(chart: ChartSpot) -> Iterator[Changed]:
    if chart.was is None or chart.state in ("right", "gone"):
        return
    if not chart.was.same_shape(chart.now):
        yield Changed()
        return
    for column, ((_, was), (_, now)) in enumerate(zip(chart.was.series, chart.now.series, strict=True), 1):
        for row, (before, after) in enumerate(zip(was, now, strict=True), 1):
            if before != after:
                yield Changed(None, row, column, before or t(NOT_SHOWN), after or t(NOT_SHOWN))
    if chart.was == chart.now:
        yield Changed()
