"""The state of every item of a family on a day: what was scored, confirmed or carried, and how old it is (methods.md D2).

The last observation at or before the day decides. A score or a confirmation gives the value; a confirmation stores none, so
that a corrected earlier score flows through. Not applicable ends the carry, unknown does not. One call is about one
instrument: the keys of items are unique within it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from verhalen.i18n import mark
from verhalen.model.snapshot import Assessor, State
from verhalen.model.text import Notice

Place = tuple[str | None, str]
"""Person (None for the family as a whole) and item."""
DOUBLE_DAY = mark("{family} has more than one snapshot of {day} by the same assessor: the later one counts.")
_IN_ORDER = itemgetter(0, 1)


class Kind(StrEnum):
    """What the state of an item on a day rests on. The names are those of `State`, and three that are derived."""

    SCORED = "gescoord"
    CONFIRMED = "bevestigd"
    CONFIRMED_IN_BULK = "bevestigd_in_blok"
    CARRIED = "overgedragen"
    NOT_APPLICABLE = "nvt"
    UNKNOWN = "niet_gekend"
    NEVER = "niet_geregistreerd"

    # Enums hash their name, in Python; there are hundreds of thousands of these.
    __hash__ = str.__hash__

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "gescoord": mark("scored"),
            "bevestigd": mark("confirmed unchanged"),
            "bevestigd_in_blok": mark("confirmed in bulk"),
            "overgedragen": mark("carried over"),
            "nvt": mark("not applicable"),
            "niet_gekend": mark("unknown"),
            "niet_geregistreerd": mark("never registered"),
        }[self]


_KINDS: dict[str, Kind] = {state.value: Kind(state.value) for state in State}
# Looking a member up in its enum costs more than the comparison; these run once per observation.
_SCORED, _NVT, _UNKNOWN, _NEVER = Kind.SCORED, Kind.NOT_APPLICABLE, Kind.UNKNOWN, Kind.NEVER
Answer = int | str
"""What one observation says: a score as a number, any other state by its name."""


class ObservationRow(NamedTuple):
    """One stored observation as the store hands it over: a tuple, because there are hundreds of thousands."""

    family: str
    person: str | None
    item: str
    day: dt.date
    snapshot_id: int
    assessor: Assessor
    state: State
    value: int | None


class Registration(NamedTuple):
    """A snapshot as such: one in which nothing had changed holds no observation and is a registration all the same."""

    family: str
    day: dt.date
    snapshot_id: int
    assessor: Assessor


class CellState(NamedTuple):
    """State of one item of one person on a day."""

    kind: Kind
    """`overgedragen` where the value was last seen on an earlier day."""
    value: int | None
    age: int | None
    """Days since the last score or confirmation; None where there is no value."""
    look: Kind | None
    """How the value was last seen: scored, confirmed or confirmed in bulk; None where there is no value."""


NEVER = CellState(Kind.NEVER, None, None, None)
Entry = tuple[dt.date, int, State, int | None]
"""Day, snapshot, state and value of one observation."""


@dataclass(frozen=True, slots=True)
class History:
    """All that one kind of assessor registered about one family, in order of day and snapshot."""

    days: tuple[dt.date, ...]
    """Days of registration, sorted, each once."""
    entries: Mapping[Place, Sequence[Entry]]

    def at(self, day: dt.date, *, since: dt.date = dt.date.min) -> dict[Place, CellState]:
        """State of every place on `day`; what was registered before `since` belongs to an earlier trajectory."""
        return {place: state_of(entries, day, since=since) for place, entries in self.entries.items()}

    def known(self, day: dt.date, *, since: dt.date = dt.date.min) -> dict[Place, Known]:
        """The same as it is paired: without an age."""
        return {place: known_on(entries, day, since=since) for place, entries in self.entries.items()}


@dataclass(frozen=True, slots=True)
class Histories:
    """The histories of all families. Assessor kinds are never mixed, so each has its own."""

    by: Mapping[tuple[str, Assessor], History]
    warnings: tuple[Notice, ...] = ()

    def of(self, family: str, assessor: Assessor) -> History | None:
        """The history of a family by one kind of assessor."""
        return self.by.get((family, assessor))


class Known(NamedTuple):
    """What is known of one item of one person after some observations."""

    value: int | None
    seen: int
    """Day of the last score or confirmation, as `date.toordinal` counts; 0 where there is no value."""
    look: Kind
    """How the value was last seen; where there is none, what stands in its place: `nvt`, unknown or never registered."""


NOTHING = Known(None, 0, Kind.NEVER)


@lru_cache(maxsize=100_000)
def observed(known: Known, answer: Answer, day: int) -> Known:
    """What is known after one more observation: the whole rule of states stands here.

    Kept, since a snapshot says the same few things of many items.
    """
    if isinstance(answer, int):
        return Known(answer, day, _SCORED)
    kind = _KINDS[answer]
    if kind is _NVT:
        return Known(None, 0, _NVT)
    if known.value is None:
        # A confirmation of nothing confirms the gap: what was not applicable or never registered stays so.
        return Known(None, 0, _UNKNOWN) if kind is _UNKNOWN else known
    return known if kind is _UNKNOWN else Known(known.value, day, kind)


def known_on(entries: Sequence[Entry], day: dt.date, *, since: dt.date = dt.date.min) -> Known:
    """Replay sorted entries up to and including `day`."""
    known = NOTHING
    for when, _, state, score in entries:
        if when > day:
            break
        if when >= since:
            known = observed(known, state.value if score is None else score, when.toordinal())
    return known


def state_of(entries: Sequence[Entry], day: dt.date, *, since: dt.date = dt.date.min) -> CellState:
    """The state on `day` after all sorted entries up to and including it."""
    known = known_on(entries, day, since=since)
    if known.value is None:
        return NEVER if known.look is _NEVER else CellState(known.look, None, None, None)
    age = day.toordinal() - known.seen
    return CellState(Kind.CARRIED if age else known.look, known.value, age, known.look)


def histories(rows: Iterable[ObservationRow], registrations: Iterable[Registration] = ()) -> Histories:
    """Sort the observations of one instrument into histories; two snapshots of one day and assessor give a warning.

    The later of the two counts, as its entries are replayed after those of the earlier. `registrations` names the
    snapshots without any observation; naming the others too does no harm.
    """
    entries: dict[tuple[str, Assessor], dict[Place, list[Entry]]] = {}
    snapshots: dict[tuple[str, Assessor], dict[int, dt.date]] = {}
    for each in registrations:
        who = (each.family, each.assessor)
        entries.setdefault(who, {})
        snapshots.setdefault(who, {})[each.snapshot_id] = each.day
    for family, person, item, day, snapshot, assessor, state, value in rows:
        who = (family, assessor)
        if who not in entries:
            entries[who], snapshots[who] = {}, {}
        entries[who].setdefault((person, item), []).append((day, snapshot, state, value))
        snapshots[who][snapshot] = day
    for places in entries.values():
        for own in places.values():
            own.sort(key=_IN_ORDER)
    by = {who: History(tuple(sorted(set(snapshots[who].values()))), places) for who, places in entries.items()}
    return Histories(by, tuple(_double_days(snapshots)))


def _double_days(snapshots: Mapping[tuple[str, Assessor], Mapping[int, dt.date]]) -> Iterator[Notice]:
    """One warning for each day on which one kind of assessor made more than one snapshot of a family."""
    for (family, _), days in snapshots.items():
        for day, times in sorted(Counter(days.values()).items()):
            if times > 1:
                yield Notice(None, DOUBLE_DAY, {"family": family, "day": day.isoformat()})
