"""Which codings and mentions stand on which line, each in its lane of the margin. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from verhalen.model.coding import Coding
from verhalen.tui.layout import Layout


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding in the margin."""

    start: int
    stop: int
    code: str
    """Key of the code."""
    sign: str
    """Its valence, or "…" while it is not stored yet."""
    mine: bool
    coding: Coding | None = None
    """None while it is not stored yet."""

    @property
    def initial(self) -> str:
        """First letter of another coder; a space for one's own codings."""
        return self.coding.coder[:1] if self.coding is not None and not self.mine else " "


def mark_of(coding: Coding, *, coder_id: int) -> Mark:
    """How a stored coding stands in the margin."""
    return Mark(
        coding.start, coding.stop, coding.code, coding.valence.sign, mine=coding.coder_id == coder_id, coding=coding
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark on one line."""

    mark: Mark
    lane: int
    first: bool
    """Whether it begins on this line."""
    last: bool
    """Whether it ends on this line."""


class Lane:
    """Marks one under the other; no two share a line."""

    def __init__(self) -> None:
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self.marks: list[Mark] = []

    def put(self, mark: Mark, *, first: int, last: int) -> bool:
        """Take a mark in, if its lines are free here."""
        place = bisect_left(self.lasts, first)
        if place < len(self.firsts) and self.firsts[place] <= last:
            return False
        self.firsts.insert(place, first)
        self.lasts.insert(place, last)
        self.marks.insert(place, mark)
        return True

    def drop(self, mark: Mark, *, first: int) -> bool:
        """Let a mark go, if it stands here."""
        place = bisect_left(self.firsts, first)
        if place == len(self.firsts) or self.marks[place] is not mark:
            return False
        del self.firsts[place], self.lasts[place], self.marks[place]
        return True

    def at(self, line: int) -> int | None:
        """Index of the mark on a line."""
        place = bisect_left(self.lasts, line)
        return place if place < len(self.firsts) and self.firsts[place] <= line else None

    def between(self, first: int, last: int) -> list[Mark]:
        """Marks on any of these lines, both included."""
        return self.marks[bisect_left(self.lasts, first) : bisect_right(self.firsts, last)]


_Place = tuple[int, int, str]


class Marks:
    """All marks of one text in one layout. Looking up and changing one is a few bisections; no stripe moves for another."""

    def __init__(self, marks: Iterable[Mark], layout: Layout) -> None:
        self.layout = layout
        self.lanes: list[Lane] = []
        self._known: dict[int, Mark] = {}
        """By identity: what did not change is the same object."""
        self.update(marks)

    def update(self, marks: Iterable[Mark]) -> bool:
        """Show these marks from now on, touching only what differs; say whether anything does."""
        wanted = {id(each): each for each in marks}
        gone = [mark for key, mark in self._known.items() if key not in wanted]
        new = [mark for key, mark in wanted.items() if key not in self._known]
        freed = {(mark.start, mark.stop, mark.code): self._drop(mark) for mark in gone}
        for mark in sorted(new, key=lambda each: (each.start, -each.stop, each.code)):
            self._put(mark, freed)
        self._known = wanted
        return bool(gone or new)

    def _put(self, mark: Mark, freed: Mapping[_Place, int]) -> None:
        """Into the lane where the same coding stood, else into the first that is free on its lines."""
        first, last = self.layout.line_at(mark.start), self.layout.line_at(mark.stop - 1)
        before = freed.get((mark.start, mark.stop, mark.code))
        if before is not None and self.lanes[before].put(mark, first=first, last=last):
            return
        if not any(lane.put(mark, first=first, last=last) for lane in self.lanes):
            self.lanes.append(Lane())
            self.lanes[-1].put(mark, first=first, last=last)

    def _drop(self, mark: Mark) -> int:
        first = self.layout.line_at(mark.start)
        return next(number for number, lane in enumerate(self.lanes) if lane.drop(mark, first=first))

    def on_line(self, line: int) -> list[Placed]:
        """What stands beside a line, by lane."""
        found = []
        for number, lane in enumerate(self.lanes):
            place = lane.at(line)
            if place is not None:
                first, last = lane.firsts[place] == line, lane.lasts[place] == line
                found.append(Placed(lane.marks[place], number, first=first, last=last))
        return found

    def within(self, start: int, stop: int) -> list[Mark]:
        """Marks that share a character with [start, stop), the shortest first."""
        first, last = self.layout.line_at(start), self.layout.line_at(max(stop - 1, start))
        found = [mark for lane in self.lanes for mark in lane.between(first, last)]
        found = [mark for mark in found if mark.start < stop and start < mark.stop]
        return sorted(found, key=lambda each: (each.stop - each.start, each.start, each.code))
