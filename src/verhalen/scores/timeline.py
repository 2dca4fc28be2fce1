"""The way every item of a family went: what was seen at each snapshot, who judged, what was revised and why.

A timeline is about one instrument and one kind of assessor: they are never mixed (methods.md D2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import Assessor, Reason, RevisedBaseline, Snapshot
from verhalen.scores.states import CellState, Entry, Kind, Place, state_of


class Registration(NamedTuple):
    """One snapshot."""

    day: dt.date
    coder: str
    """Who wrote it down."""
    note: str


class Remark(NamedTuple):
    """What was said beside one answer."""

    day: dt.date
    reasons: tuple[Reason, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Track:
    """One item of one person, or of the family."""

    item: Item
    person: str | None
    """Key of the person; None for an item about the family."""
    states: tuple[CellState, ...]
    """One per day of the timeline; carried over where nobody looked at the item that day."""
    last: CellState
    """How it stands on the day of asking, with its age."""
    revised: tuple[RevisedBaseline, ...]
    remarks: tuple[Remark, ...]

    @property
    def course(self) -> tuple[int, ...]:
        """The values that were scored or confirmed, oldest first."""
        return tuple(each.value for each in self.states if each.value is not None and each.kind is not Kind.CARRIED)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All items that one kind of assessor saw by one instrument."""

    instrument: Instrument
    assessor: Assessor
    days: tuple[dt.date, ...]
    """Days of registration, each once, oldest first."""
    registrations: tuple[Registration, ...]
    tracks: tuple[Track, ...]
    """In the order of the instrument; the family before its members."""
    since: dt.date
    """Start of the present period of support; its first value is what a life domain is compared with."""

    def domain_course(self, domain: str) -> tuple[int | None, ...]:
        """Per day whether a life domain stands better (1), the same (0) or worse (-1) than at the start.

        The sign of the sum of the signs of its items, as change of a life domain is defined; items of which a change needs
        reading take no part. None before the start and where nothing can be compared.
        """
        own = [track for track in self.tracks if track.item.domain == domain and track.item.monotone]
        return tuple(self._sign([_step(track, at, self._first) for track in own]) for at in range(len(self.days)))

    @property
    def _first(self) -> int:
        return next((at for at, day in enumerate(self.days) if day >= self.since), len(self.days))

    @staticmethod
    def _sign(steps: Iterable[int | None]) -> int | None:
        known = [each for each in steps if each is not None]
        total = sum(known)
        return (total > 0) - (total < 0) if known else None


def _step(track: Track, at: int, first: int) -> int | None:
    """Better (1), same or worse than the first value since the start; None where there is none yet.

    Values stand as they were scored: of an item where more is worse, more is worse here.
    """
    values = [state.value for state in track.states[first : at + 1]]
    begun = next((value for value in values if value is not None), None)
    if begun is None or values[-1] is None:
        return None
    step = (values[-1] > begun) - (values[-1] < begun)
    return -step if track.item.higher_is_worse else step


def timelines(
    snapshots: Sequence[Snapshot],
    instruments: Sequence[Instrument],
    *,
    revised: Sequence[RevisedBaseline],
    coders: Mapping[int, str],
    since: dt.date,
    day: dt.date,
) -> list[Timeline]:
    """One per instrument and kind of assessor, in the order of the instruments, up to and including `day`."""
    found = []
    for instrument in instruments:
        mine = [each for each in snapshots if each.instrument == instrument.key and each.day <= day]
        for assessor in Assessor:
            own = [each for each in mine if each.assessor is assessor]
            if own:
                found.append(_timeline(instrument, assessor, own, revised=revised, coders=coders, since=since, day=day))
    return found


def _timeline(
    instrument: Instrument,
    assessor: Assessor,
    own: Sequence[Snapshot],
    *,
    revised: Sequence[RevisedBaseline],
    coders: Mapping[int, str],
    since: dt.date,
    day: dt.date,
) -> Timeline:
    entries: dict[Place, list[Entry]] = {}
    remarks: dict[Place, list[Remark]] = {}
    for each in own:
        for seen in each.observations:
            place = (seen.person, seen.item)
            entries.setdefault(place, []).append((each.day, each.id, seen.state, seen.value))
            if seen.reasons or seen.note:
                remarks.setdefault(place, []).append(Remark(each.day, seen.reasons, seen.note))
    numbers = {each.id for each in own}
    begun: dict[Place, list[RevisedBaseline]] = {}
    for baseline in revised:
        if baseline.snapshot_id in numbers:
            begun.setdefault((baseline.person, baseline.item), []).append(baseline)
    days = tuple(sorted({each.day for each in own}))
    by_item: dict[str, list[str | None]] = {}
    for person, item in entries:
        by_item.setdefault(item, []).append(person)
    tracks = [
        Track(
            item,
            person,
            states=tuple(state_of(entries[person, item.key], each) for each in days),
            last=state_of(entries[person, item.key], day),
            revised=tuple(begun.get((person, item.key), ())),
            remarks=tuple(remarks.get((person, item.key), ())),
        )
        for item in instrument.items
        for person in sorted(by_item.get(item.key, ()), key=lambda each: each or "")
    ]
    registrations = tuple(Registration(each.day, coders.get(each.id, ""), each.note) for each in own)
    return Timeline(instrument, assessor, days, registrations, tuple(tracks), since)
