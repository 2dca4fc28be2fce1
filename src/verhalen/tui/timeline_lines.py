"""Timelines as lines of a page: an axis with days, bars with marks beside them, and the same in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from verhalen.api.timeline import Timeline, Track
from verhalen.i18n import mark, t, tn
from verhalen.model.instrument import DomainList
from verhalen.scores.states import CellState, Kind
from verhalen.tui.page import HEADING, MUTED, Line
from verhalen.tui.words import age_text, capital, course_text, day_text, sparkline

SLOT = 2
"""Cells of one snapshot: a bar, and a mark that says how it was seen."""
SLOT_DAYS = 46
"""Half a quarter, where there is room: the same distance in every family."""
INDENT = 6
LONG_GAP = 184
"""Days between two snapshots from which the axis is broken: two quarters."""
LEGEND = mark(
    "Bars: low is worst. Behind a bar: = confirmed unchanged, # confirmed in bulk. In place of a bar: . not looked at, "
    "n not applicable, ? unknown. A life domain beside its start: + better, o the same, - worse."
)
_MARKS = {Kind.CONFIRMED: "=", Kind.CONFIRMED_IN_BULK: "#"}
_INSTEAD = {Kind.CARRIED: ".", Kind.NOT_APPLICABLE: "n", Kind.UNKNOWN: "?", Kind.NEVER: " "}
_SIGNS = {1: "+", 0: "o", -1: "-", None: " "}
_TIE = "\u00a0"
"""A blank at which no line is broken."""


def places(days: Sequence[dt.date], slots: int) -> list[int]:
    """The slot of each day, in proportion to time, each in one of its own; there must not be more days than slots."""
    span = max(1, (days[-1] - days[0]).days)
    wanted = [round((day - days[0]).days / span * (slots - 1)) for day in days]
    found: list[int] = []
    for at in wanted:
        found.append(max(at, found[-1] + 1) if found else at)
    limit = slots
    for index in reversed(range(len(found))):
        found[index] = limit = min(found[index], limit - 1)
    return found


class Axis:
    """The days of a timeline in so many cells. Where there are more days than room, the last ones are shown."""

    def __init__(self, timeline: Timeline, width: int) -> None:
        room = max(2, width // SLOT)
        self.skipped = max(0, len(timeline.days) - room)
        """First snapshots for which there is no room."""
        self.days = timeline.days[self.skipped :]
        slots = min(room, max(len(self.days), (self.days[-1] - self.days[0]).days // SLOT_DAYS + 1))
        self._places = places(self.days, slots)
        self._last = self._places[-1]

    def cells(self, parts: Sequence[str]) -> str:
        """One part of two cells for each day, at its place; nothing in between."""
        cells = [_TIE * SLOT] * (self._last + 1)
        for place, part in zip(self._places, parts[self.skipped :], strict=True):
            cells[place] = part
        return "".join(cells).rstrip(_TIE).replace(" ", _TIE)

    def rule(self) -> str:
        """The line below: a stroke up at each snapshot, broken where nobody looked for long."""
        cells = [""] * (self._last + 1)
        for at, place in enumerate(self._places):
            after = self._places[at + 1] if at + 1 < len(self._places) else place
            gap = at + 1 < len(self.days) and (self.days[at + 1] - self.days[at]).days > LONG_GAP
            for cell in range(place, after):
                cells[cell] = "┄┄" if gap else "──"
            cells[place] = "┴" + ("┄" if gap else "─" if after > place else "")
        return "".join(cells)


def timeline_lines(timeline: Timeline, domains: DomainList, *, today: dt.date, width: int) -> Iterator[Line]:
    """Everything of one timeline: who judged and when, then each life domain with its items."""
    axis = Axis(timeline, max(SLOT, width - INDENT))
    yield Line("")
    yield Line(
        t("{instrument}, judged by: {who}", instrument=timeline.instrument.name, who=t(timeline.assessor.label)),
        HEADING,
        2,
    )
    yield Line(axis.rule(), MUTED, INDENT)
    yield from _registrations(timeline, axis)
    names = {each.key: each.name for each in domains.domains}
    asked = {track.item.domain for track in timeline.tracks}
    for key in [*(key for key in names if key in asked), *sorted(asked - set(names))]:
        yield Line("")
        yield Line(names.get(key, key), HEADING, 2)
        yield from _domain(timeline, key, axis)
        for track in timeline.tracks:
            if track.item.domain == key:
                yield from _track(timeline, track, axis, today=today, width=width)


def _registrations(timeline: Timeline, axis: Axis) -> Iterator[Line]:
    """Days and who wrote down; the long gaps in words."""
    seen = []
    for day in timeline.days:
        who = dict.fromkeys(each.coder for each in timeline.registrations if each.day == day and each.coder)
        seen.append(f"{day_text(day)} ({', '.join(who)})" if who else day_text(day))
    yield Line(t("Looked at on: {days}", days=", ".join(seen)), MUTED, INDENT)
    if axis.skipped:
        yield Line(
            tn("The first {n} snapshot is not drawn.", "The first {n} snapshots are not drawn.", axis.skipped),
            MUTED,
            INDENT,
        )
    for before, after in zip(timeline.days, timeline.days[1:], strict=False):
        if (after - before).days > LONG_GAP:
            months = round((after - before).days / 30.44)
            yield Line(
                t(
                    "{n} months without a snapshot, between {first} and {last}.",
                    n=months,
                    first=day_text(before),
                    last=day_text(after),
                ),
                MUTED,
                INDENT,
            )
    for each in timeline.registrations:
        if each.note:
            yield Line(f"{day_text(each.day)}: {each.note}", MUTED, INDENT)


def _domain(timeline: Timeline, key: str, axis: Axis) -> Iterator[Line]:
    """Where a life domain with several items stands beside its start."""
    course = timeline.domain_course(key)
    signs = [each for each in course if each is not None]
    if len(signs) < 2 or sum(track.item.domain == key for track in timeline.tracks) < 2:
        return
    words = {
        1: mark("taken together: better than at the start"),
        0: mark("taken together: as at the start"),
        -1: mark("taken together: worse than at the start"),
    }
    yield Line(axis.cells([f"{_SIGNS[each]} " for each in course]), MUTED, INDENT)
    yield Line(t(words[signs[-1]]), MUTED, INDENT)


def _track(timeline: Timeline, track: Track, axis: Axis, *, today: dt.date, width: int) -> Iterator[Line]:
    """Name and value; below it the bars, the way it went, and what was revised or said."""
    instrument, last = timeline.instrument, track.last
    name = capital(track.item.name) + (f" ({track.person.partition('.')[2]})" if track.person else "")
    if last.value is None:
        yield Line(f"{name}: {t(last.kind.label)}", indent=2)
    else:
        label = label_of(track, last.value, instrument.low)
        yield Line(f"{name}: {t('{value} of {high}', value=last.value, high=instrument.high)}{label}", indent=2)
    bars = axis.cells([_cell(each, instrument.low, instrument.high) for each in track.states])
    words = _words(track, last, today)
    if len(bars) + 2 + len(words) + INDENT <= width:
        yield Line(f"{bars}{_TIE}{_TIE}{words}", MUTED, INDENT)
    else:
        yield Line(bars, MUTED, INDENT)
        yield Line(words, MUTED, INDENT)
    yield from _beside(track)


def label_of(track: Track, value: int, low: int) -> str:
    """The words of the instrument for a value, quoted; empty for a scale without words."""
    place = value - low
    return f" '{track.item.labels[place]}'" if 0 <= place < len(track.item.labels) else ""


def _cell(state: CellState, low: int, high: int) -> str:
    if state.value is None or state.kind not in (Kind.SCORED, Kind.CONFIRMED, Kind.CONFIRMED_IN_BULK):
        return f"{_INSTEAD[state.kind]} "
    return sparkline([state.value], low, high) + _MARKS.get(state.kind, " ")


def _words(track: Track, last: CellState, today: dt.date) -> str:
    words = [course_text(list(track.course))] if track.course else []
    if last.age is not None:
        seen = today - dt.timedelta(days=last.age)
        words.append(f"{day_text(seen)}, {age_text(seen, today)}")
        if last.look is Kind.CONFIRMED_IN_BULK:
            words.append(t(Kind.CONFIRMED_IN_BULK.label))
    return " · ".join(words)


def _beside(track: Track) -> Iterator[Line]:
    """Why it needs reading, a revised start, and what was said beside the answers."""
    if not track.item.monotone:
        yield Line(t("Read this one: {note}", note=track.item.note), MUTED, INDENT)
    for each in track.revised:
        value = t("not applicable") if each.value is None else str(each.value)
        said = t(
            "Start revised to {value} on {day} ({who}): {reason}",
            value=value,
            day=day_text(each.day),
            who=each.coder,
            reason=t(each.reason.label),
        )
        yield Line(f"{said}. {each.note}" if each.note else said, MUTED, INDENT)
    for remark in track.remarks:
        parts = [*(t(reason.label) for reason in remark.reasons), remark.note]
        yield Line(f"{day_text(remark.day)}: {'; '.join(part for part in parts if part)}", MUTED, INDENT)
