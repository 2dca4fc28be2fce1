"""How a family stands now: the last value of every item, how old it is, and the way it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import Assessor, Snapshot
from verhalen.scores.states import NOTHING, Entry, Kind, ObservationRow, histories, observed, state_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One item of one person (or of the family) on a day, as one kind of assessor sees it."""

    instrument: Instrument
    item: Item
    person: str | None
    """Key of the person; None for an item about the family."""
    assessor: Assessor
    kind: Kind
    value: int | None
    """None where the item is not applicable, unknown or never seen."""
    seen: dt.date | None
    """Day of the last score or confirmation of the value."""
    course: tuple[int, ...]
    """The values that were scored or confirmed, one per day, oldest first."""

    @property
    def label(self) -> str:
        """The words of the instrument for the value; empty for a scale without words."""
        if self.value is None or not self.item.labels:
            return ""
        place = self.value - self.instrument.low
        return self.item.labels[place] if 0 <= place < len(self.item.labels) else ""


def standings(snapshots: list[Snapshot], instruments: list[Instrument], *, day: dt.date) -> list[Standing]:
    """Every item that was ever looked at, in the order of the instruments."""
    found: list[Standing] = []
    for instrument in instruments:
        rows = list(_rows([each for each in snapshots if each.instrument == instrument.key]))
        for (_, assessor), history in histories(rows).by.items():
            places = history.entries
            for item in instrument.items:
                for place in sorted((each for each in places if each[1] == item.key), key=_family_first):
                    state = state_of(places[place], day)
                    seen = day - dt.timedelta(days=state.age) if state.age is not None else None
                    found.append(
                        Standing(
                            instrument, item, place[0], assessor, state.kind, state.value, seen, _course(places[place])
                        )
                    )
    return found


def _rows(snapshots: list[Snapshot]) -> Iterator[ObservationRow]:
    for each in snapshots:
        for seen in each.observations:
            yield ObservationRow(
                each.family, seen.person, seen.item, each.day, each.id, each.assessor, seen.state, seen.value
            )


def _family_first(place: tuple[str | None, str]) -> str:
    return place[0] or ""


def _course(entries: Sequence[Entry]) -> tuple[int, ...]:
    """The value after each day on which it was looked at and there was one."""
    known, by_day = NOTHING, {}
    for day, _, state, value in entries:
        known = observed(known, state.value if value is None else value, day.toordinal())
        by_day[day.toordinal()] = known
    # Unknown looks at nothing: the value was seen earlier.
    return tuple(each.value for day, each in by_day.items() if each.value is not None and each.seen == day)
