"""What became of another program's project: what was taken in, what could not be kept, and how its places were counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from verhalen.exchange import foreign_discarded as kinds
from verhalen.exchange.foreign_places import Model
from verhalen.exchange.foreign_project import Tally
from verhalen.exchange.refi_qda.offsets import MODELS

LISTED = 1_000
"""Codings that are listed one by one; of more only the number is said."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A coding that is listed: where it was meant to be, and where it is. No words of it."""

    text: str
    """Title."""
    code: str
    """Key."""
    start: int
    """In the text as we keep it, as far as anybody can tell."""
    now: tuple[int, int] | None
    """None where it is lost."""


@dataclass(frozen=True, slots=True)
class TextTaken:
    """A text that was taken in."""

    source_id: int
    number: int
    title: str
    is_new: bool
    codings: int
    model: Model


@dataclass(slots=True)
class TakenIn:
    """The whole answer."""

    file: str
    program: str
    texts: list[TextTaken] = field(default_factory=list)
    new_codes: int = 0
    codes: int = 0
    codings: int = 0
    """New ones."""
    known_sources: int = 0
    """Texts that were here already, word for word: their codings were added to these."""
    existed: int = 0
    """Codings that were here already, or stood there twice."""
    moved: list[Spot] = field(default_factory=list)
    lost: list[Spot] = field(default_factory=list)
    moved_count: int = 0
    lost_count: int = 0
    coders: int = 0
    memos: int = 0
    families: int = 0
    """New ones."""
    persons: int = 0
    """New ones."""
    mentions: int = 0
    left_out: Tally = field(default_factory=Tally)
    """By the kinds of `foreign_discarded`."""

    @property
    def model(self) -> str | None:
        """The way of counting under which most codings stand at their words; None where nothing was checked."""
        votes: Counter[str] = Counter()
        for text in self.texts:
            votes.update(dict.fromkeys(text.model.same, text.model.fits))
        best = max(MODELS, key=lambda each: votes[each])
        return best if votes[best] else None

    @property
    def share(self) -> float | None:
        """Which part of all codings with words stood where it should; None where there are none."""
        checked = sum(text.model.checked for text in self.texts)
        return sum(text.model.fits for text in self.texts) / checked if checked else None

    def note_moved(self, spot: Spot) -> None:
        """A coding is elsewhere."""
        self.moved_count += 1
        if len(self.moved) < LISTED:
            self.moved.append(spot)

    def note_lost(self, spot: Spot) -> None:
        """A coding is nowhere."""
        self.lost_count += 1
        self.left_out.add(kinds.CODING_LOST)
        if len(self.lost) < LISTED:
            self.lost.append(spot)
