"""What two coders said, read for the screens: which texts two of them coded, and every place where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.coding import Coder
from verhalen.model.second_coder import Judgement, State, TurnBeside
from verhalen.model.text import Source

AROUND = 8
"""Turns that are shown before and behind one, where there is room."""
Key = tuple[int, int, int, int]
"""By which a place is known: source, start and stop of the turn, code."""
Pair = tuple[str, str]
"""Identities of two coders."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that two or more coders coded."""

    id: int
    number: int
    title: str
    coders: tuple[Coder, ...]
    """All of them, the coder at work first."""
    concluded: bool = False
    """Whether the consensus counts in it, instead of what each gave."""

    @property
    def name(self) -> str:
        """As lists name it."""
        return f"{self.number} · {self.title}"

    def has(self, pair: Pair) -> bool:
        """Whether both coded it."""
        return {*pair} <= {each.identity for each in self.coders}


@dataclass(frozen=True, slots=True)
class Place:
    """One code in one turn of which two coders say different things, with what stands around it."""

    text: SharedText
    turn: TurnBeside
    before: tuple[TurnBeside, ...]
    """Some turns before it, and behind it: to understand what was said."""
    after: tuple[TurnBeside, ...]
    judgement: Judgement

    @property
    def key(self) -> Key:
        """By which it is known, also after it was read again."""
        place = self.judgement
        return place.source_id, place.start, place.stop, place.code_id

    def words(self, start: int, stop: int) -> str:
        """Of the turn, by places in the text."""
        return self.turn.text[start - self.turn.start : stop - self.turn.start]


@dataclass(frozen=True, slots=True)
class Counts:
    """How far two coders are."""

    places: int
    discussed: int
    """Talked over; what is settled was talked over too."""
    settled: int

    def __str__(self) -> str:
        return t("{discussed} of {n} talked over, {settled} settled", n=self.places, **self._done())

    def _done(self) -> dict[str, int]:
        return {"discussed": self.discussed, "settled": self.settled}


def count(states: Sequence[State]) -> Counts:
    """How many there are, and how far each is."""
    settled = states.count(State.SETTLED)
    return Counts(len(states), settled + states.count(State.DISCUSSED), settled)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which places a screen shows."""

    sources: tuple[int, ...] = ()
    """Ids; empty: all texts that two coders share."""
    pair: Pair | None = None
    """None: of each text the first two."""
    code: str = ""
    """Only this code."""
    also_alike: bool = False
    """Whether places count where both gave the code, with other borders or another valence."""


def shared_texts(project: Project, sources: Sequence[int] = ()) -> list[SharedText]:
    """The texts that two coders coded, by number. Raises CodesBlind (by a task), BadInput (by choice)."""
    project.refuse_blind()
    if project.hides_others:
        raise errors.BadInput(reason=t("you code blind now: show the codings of others first"))
    concluded = project.second_coding.concluded()
    found = (_shared(project, each, concluded) for each in project.sources.all() if not sources or each.id in sources)
    return [each for each in found if len(each.coders) > 1]


def _shared(project: Project, source: Source, concluded: Collection[int]) -> SharedText:
    coders = tuple(project.second_coding.coders(source.id))
    return SharedText(source.id, source.number, source.title, coders, source.id in concluded)


def read_places(project: Project, asked: Asked) -> tuple[list[SharedText], list[Place]]:
    """The texts, and the places in them in reading order. Raises CodesBlind (by a task), BadInput (by choice)."""
    texts = [each for each in shared_texts(project, asked.sources) if asked.pair is None or each.has(asked.pair)]
    return texts, [place for text in texts for place in _places(project, text, asked)]


def _places(project: Project, text: SharedText, asked: Asked) -> Iterator[Place]:
    turns = project.second_coding.beside(text.id, coders=asked.pair or ())
    for at, turn in enumerate(turns):
        before, after = tuple(turns[max(0, at - AROUND) : at]), tuple(turns[at + 1 : at + 1 + AROUND])
        for each in turn.judgements:
            wanted = each.differs or (asked.also_alike and is_alike(each))
            if wanted and asked.code in ("", each.code):
                yield Place(text, turn, before, after, each)


def as_it_is(project: Project, place: Place) -> Judgement:
    """A place read again just before it is written: what was chosen a moment ago may not be on the screen yet."""
    shown = place.judgement
    coders = [each.identity for each in shown.coders]
    for each in project.second_coding.judgements(shown.source_id, coders=coders):
        if (each.start, each.stop, each.code_id) == (shown.start, shown.stop, shown.code_id):
            return each
    raise errors.StaleText


def is_alike(place: Judgement) -> bool:
    """Whether both gave the code, yet not the same: other borders, or another valence."""
    first, second = ([(each.start, each.stop) for each in side] for side in place.given)
    return not place.differs and (first != second or place.other_valence)


def outcome_words(place: Judgement) -> str:
    """What stands in the consensus, in words."""
    if not place.consensus:
        return t("not given")
    spans = sorted((each.start, each.stop) for each in place.consensus)
    sides = [sorted((each.start, each.stop) for each in side) for side in place.given]
    for coder, side in zip(place.coders, sides, strict=True):
        if spans == side:
            return t("given, as {coder} did", coder=coder.name)
    return t("given, to what either marked")
