"""What two coders said, read for the screens: which texts two of them coded, and every place where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.coding import Coder
from verhalen.model.second_coder import Judgement, State, TurnBeside
from verhalen.model.text import Source

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
    before: TurnBeside | None
    after: TurnBeside | None
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
    """The texts that two coders coded, by number."""
    found = (_shared(project, each) for each in project.sources.all() if not sources or each.id in sources)
    return [each for each in found if len(each.coders) > 1]


def _shared(project: Project, source: Source) -> SharedText:
    return SharedText(source.id, source.number, source.title, tuple(project.second_coding.coders(source.id)))


def read_places(project: Project, asked: Asked) -> tuple[list[SharedText], list[Place]]:
    """The texts, and the places in them in reading order. Raises BadInput (coding blind)."""
    texts = [each for each in shared_texts(project, asked.sources) if asked.pair is None or each.has(asked.pair)]
    return texts, [place for text in texts for place in _places(project, text, asked)]


def _places(project: Project, text: SharedText, asked: Asked) -> Iterator[Place]:
    turns = project.second_coding.beside(text.id, coders=asked.pair or ())
    for at, turn in enumerate(turns):
        before = turns[at - 1] if at else None
        after = turns[at + 1] if at + 1 < len(turns) else None
        for each in turn.judgements:
            wanted = each.differs or (asked.also_alike and is_alike(each))
            if wanted and asked.code in ("", each.code):
                yield Place(text, turn, before, after, each)


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
