"""What a snapshot asks of a family: the questions in order, each with its last value.

Only persons who belong to the family on that day are asked about; an item about the family is asked once. What nobody
answers is carried on, which is derived and never stored (methods.md D2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from verhalen.model.family import Level, Person, Trajectory
from verhalen.model.instrument import Instrument, InstrumentVersion, Item
from verhalen.model.snapshot import Assessor, Observation, Reason, RevisedBaseline, Snapshot, State
from verhalen.scores.states import Entry, Kind, Place, state_of

CONFIRMATIONS = (State.CONFIRMED, State.CONFIRMED_IN_BULK)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one item of one person (or of the family) in this snapshot."""

    state: State
    value: int | None = None
    """Only with `gescoord`."""
    note: str = ""
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is State.SCORED):
            raise ValueError(f"a value belongs to {State.SCORED} and only there")


@dataclass(frozen=True, slots=True)
class Last:
    """What an item was when it was last seen."""

    value: int | None
    """None where it was not applicable."""
    day: dt.date
    label: str = ""
    """In the wording by which it was judged; empty on a scale without words."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was written earlier: beside an answer, or beside a snapshot as a whole."""

    day: dt.date
    note: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One item of one person (or of the family), with what is known of it."""

    item: Item
    person: Person | None
    """None for an item about the family."""
    last: Last | None = None
    """Last seen in this period of support, by the same kind of assessor; None where there is nothing to confirm."""
    earlier: Last | None = None
    """Last seen in a period of support before this one: to read, not to confirm."""
    first: Last | None = None
    """As the first snapshot of this period of support has it; None where this is the first."""
    revised: RevisedBaseline | None = None
    """What the first snapshot should have said, as far as that was noted."""
    said: Said | None = None
    """The last words or reasons beside an earlier answer, in this period of support."""
    answer: Answer | None = None

    @property
    def place(self) -> Place:
        """Person and item."""
        return (self.person.key if self.person else None, self.item.key)


@dataclass(frozen=True, slots=True)
class Block:
    """A domain of the instrument for one person, or for the family: what stands on one screen."""

    person: Person | None
    section: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that one snapshot asks, with the answers so far."""

    family: str
    instrument: Instrument
    assessor: Assessor
    day: dt.date
    questions: tuple[Question, ...]
    snapshot_id: int = 0
    """0 as long as nothing was answered."""
    first_id: int = 0
    """The first snapshot of this period of support; 0 where this is the first."""
    note: str = ""
    said: Said | None = None
    """The last words beside an earlier snapshot as a whole, in this period of support."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The questions by person and domain, in order."""
        parts = groupby(self.questions, key=lambda each: (each.person, each.item.section))
        return tuple(Block(person, section, tuple(questions)) for (person, section), questions in parts)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(each.answer is not None for each in self.questions)

    def at(self, place: Place) -> Question | None:
        """The question about one item of one person."""
        return next((each for each in self.questions if each.place == place), None)

    def with_answers(self, answers: Mapping[Place, Answer | None]) -> Sheet:
        """The same with these answers, or (None) without one."""
        changed = (replace(each, answer=answers.get(each.place, each.answer)) for each in self.questions)
        return replace(self, questions=tuple(changed))


# -- what is asked -----------------------------------------------------------------------------------------------------


def make_sheet(
    family: str,
    instrument: Instrument,
    assessor: Assessor,
    day: dt.date,
    *,
    persons: Sequence[Person],
    trajectories: Sequence[Trajectory],
    snapshots: Sequence[Snapshot],
    versions: Sequence[InstrumentVersion] = (),
    revised: Sequence[RevisedBaseline] = (),
) -> Sheet:
    """The sheet of a day. A snapshot of that very day by the same kind of assessor is gone on with: its answers stand in it."""
    own = [each for each in snapshots if each.instrument == instrument.key and each.assessor is assessor]
    now = next((each for each in reversed(own) if each.day == day), None)
    known = _Known(instrument, [each for each in own if each.day <= day and each is not now], versions, day)
    since = start_of_period(trajectories, day)
    first = next((each for each in known.snapshots if each.day >= since), None)
    answers = {(each.person, each.item): _answer(each) for each in now.observations} if now else {}
    corrected = {(each.person, each.item): each for each in revised if first and each.snapshot_id == first.id}
    questions = []
    for item, person in asked(instrument, persons, day):
        place = (person.key if person else None, item.key)
        last = known.last(place, day, since=since)
        questions.append(
            Question(
                item,
                person,
                last=last,
                earlier=None if last else known.last(place, day, since=dt.date.min),
                first=known.last(place, first.day, since=since) if first else None,
                revised=corrected.get(place),
                said=known.said(place, since=since),
                answer=answers.get(place),
            )
        )
    return Sheet(
        family,
        instrument,
        assessor,
        day,
        tuple(questions),
        snapshot_id=now.id if now else 0,
        first_id=first.id if first else 0,
        note=now.note if now else "",
        said=known.said(None, since=since),
    )


def _answer(seen: Observation) -> Answer:
    return Answer(seen.state, seen.value, seen.note, seen.reasons)


def asked(instrument: Instrument, persons: Sequence[Person], day: dt.date) -> Iterator[tuple[Item, Person | None]]:
    """Items in the order of the instrument: those about the family once, those about a person for each who is there that day."""
    there = [person for person in persons if person.was_there(day, day)]
    for level in dict.fromkeys(item.level for item in instrument.asked):
        about = [None] if level is Level.FAMILY else [person for person in there if person.level is level]
        for person in about:
            yield from ((item, person) for item in instrument.asked if item.level is level)


def start_of_period(trajectories: Sequence[Trajectory], day: dt.date) -> dt.date:
    """From which day on earlier answers count: the start of the period of support, for the first one all that came before too."""
    starts = sorted(each.start for each in trajectories)
    begun = [start for start in starts[1:] if start <= day]
    return begun[-1] if begun else dt.date.min


class _Known:
    """Earlier answers of one instrument and assessor, by place."""

    def __init__(
        self, instrument: Instrument, snapshots: list[Snapshot], versions: Sequence[InstrumentVersion], day: dt.date
    ) -> None:
        self.snapshots = sorted(snapshots, key=lambda each: (each.day, each.id))
        self._instrument = instrument
        self._labels = {each.version: each for each in versions if each.version != instrument.version}
        self._version = {each.id: each.version for each in self.snapshots}
        self._entries: dict[Place, list[Entry]] = {}
        self._said: dict[Place | None, Said] = {}
        for each in self.snapshots:
            if each.note:
                self._said[None] = Said(each.day, each.note)
            for seen in each.observations:
                if seen.note or seen.reasons:
                    self._said[seen.person, seen.item] = Said(each.day, seen.note, seen.reasons)
                entry = (each.day, each.id, seen.state, seen.value)
                self._entries.setdefault((seen.person, seen.item), []).append(entry)

    def last(self, place: Place, day: dt.date, *, since: dt.date) -> Last | None:
        """What an item was last known to be on a day; None where it never was, or where only 'unknown' was said."""
        entries = [entry for entry in self._entries.get(place, ()) if since <= entry[0] <= day]
        state = state_of(entries, day)
        if state.kind is Kind.NOT_APPLICABLE:
            return Last(None, max(entry[0] for entry in entries if entry[2] in (State.NOT_APPLICABLE, *CONFIRMATIONS)))
        if state.value is None or state.age is None:
            return None
        scored = [entry for entry in entries if entry[2] is State.SCORED][-1]
        return Last(
            state.value,
            day - dt.timedelta(days=state.age),
            self._label(place[1], state.value, self._version.get(scored[1], 0)),
        )

    def said(self, place: Place | None, *, since: dt.date) -> Said | None:
        """What was written last beside an item, or (None) beside a snapshot as a whole."""
        found = self._said.get(place)
        return found if found is not None and found.day >= since else None

    def _label(self, key: str, value: int, version: int) -> str:
        older = self._labels.get(version)
        item = self._instrument.find(key)
        low, labels = self._instrument.low, item.labels if item else ()
        if older is not None and key in older.labels:
            low, labels = older.low, older.labels[key]
        return label_of(labels, low, value)


def label_of(labels: Sequence[str], low: int, value: int) -> str:
    """The words for a value; empty on a scale without words."""
    return labels[value - low] if 0 <= value - low < len(labels) else ""
