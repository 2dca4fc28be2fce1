"""Codes that stand together: what "together" means, and the two fragments behind one time that they do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.coding import Fragment


class How(StrEnum):
    """When two fragments stand together. Always within one source."""

    OVERLAP = "overlap"
    """They share at least one character."""
    TURN = "turn"
    """Both have words of one and the same turn of a speaker."""
    NEAR = "near"
    """What lies between them is no more than a distance; it is nothing where they overlap."""

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "overlap": mark("they overlap"),
            "turn": mark("within one turn"),
            "near": mark("near each other"),
        }[self]


class Gap(StrEnum):
    """In what a distance is counted."""

    CHARACTERS = "characters"
    """Those between the end of the one and the beginning of the other."""
    TURNS = "turns"
    """From the last turn of the one to the first of the other: 0 is the same turn, 1 the next."""


USUAL_DISTANCE = {Gap.CHARACTERS: 200, Gap.TURNS: 1}
"""Where nobody says another."""


FARTHEST = {Gap.CHARACTERS: 10_000, Gap.TURNS: 100}
"""Further apart nothing is near; and half the fragments of a text would stand together with the other half."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One fragment: overlapping codings of one code in one source, whoever made them."""

    first: Fragment
    """The coding that begins it, with its speaker and family."""
    start: int
    stop: int
    text: str
    coding_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two fragments that stand together. On the diagonal of a table both are the same one."""

    left: Stretch
    """Of the code of the row."""
    right: Stretch
    """Of the code of the column."""

    @property
    def source_id(self) -> int:
        """Where both stand."""
        return self.left.first.coding.source_id

    @property
    def start(self) -> int:
        """Where the first of both begins."""
        return min(self.left.start, self.right.start)

    @property
    def stop(self) -> int:
        """Where the last of both ends."""
        return max(self.left.stop, self.right.stop)

    @property
    def gap(self) -> int:
        """Characters between them; 0 where they overlap or touch."""
        return max(0, self.left.start - self.right.stop, self.right.start - self.left.stop)
