"""Where two texts differ: by lines, then words, then characters; never inside a grapheme cluster. Offsets in code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from verhalen.coding.aligning import Place, unequal_places
from verhalen.model.text import Correction, Span, common_length

_LOOK_BACK = 64
"""No cluster that people type is longer."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """[start, stop) of the old text became `words`."""

    start: int
    stop: int
    words: str

    @property
    def shift(self) -> int:
        """How far everything behind moves."""
        return len(self.words) - (self.stop - self.start)


class Edits:
    """All differences between two texts, in order; they may touch, as where a word goes and the next one changes."""

    def __init__(self, hunks: Iterable[Hunk]) -> None:
        self.hunks = tuple(hunks)
        self._starts = [each.start for each in self.hunks]
        self._stops = [each.stop for each in self.hunks]
        self._shifts = [0, *accumulate(each.shift for each in self.hunks)]
        """How far what stands before each hunk has moved, and behind the last one."""

    def __len__(self) -> int:
        return len(self.hunks)

    def corrections(self) -> list[Correction]:
        """As corrections one after another, the last place first: so the places of the others stay as they are."""
        return [Correction(each.start, each.stop - each.start, len(each.words)) for each in reversed(self.hunks)]

    def apply(self, old: str) -> str:
        """The new text."""
        parts, done = [], 0
        for each in self.hunks:
            parts += [old[done : each.start], each.words]
            done = each.stop
        return "".join([*parts, old[done:]])

    def hunks_in(self, span: Span) -> Sequence[Hunk]:
        """Those that touch the inside of `span`."""
        return self.hunks[bisect_right(self._stops, span.start) : bisect_left(self._starts, span.stop)]

    def at_most(self, number: int, old: str) -> Edits:
        """No more than `number` hunks: those that lie nearest to each other become one."""
        if len(self) <= number:
            return self
        gaps = sorted(range(1, len(self)), key=lambda i: self._starts[i] - self._stops[i - 1])
        joined = set(gaps[: len(self) - number])
        found: list[Hunk] = []
        for index, each in enumerate(self.hunks):
            if index in joined:
                last = found.pop()
                found.append(Hunk(last.start, each.stop, last.words + old[last.stop : each.start] + each.words))
            else:
                found.append(each)
        return Edits(found)

    def move(self, span: Span) -> Span | None:
        """Where `span` lies afterwards, by the rule for each correction; None when nothing of it is left."""
        start, stop = self._start(span.start), self._stop(span.stop)
        return Span(start, stop) if start < stop else None

    def _start(self, position: int) -> int:
        index = bisect_right(self._stops, position)
        inside = index < len(self.hunks) and self._starts[index] < position
        return (self._starts[index] if inside else position) + self._shifts[index]

    def _stop(self, position: int) -> int:
        index = bisect_left(self._starts, position) - 1
        if index < 0:
            return position
        hunk = self.hunks[index]
        if hunk.stop <= position:
            return position + self._shifts[index + 1]
        return hunk.start + len(hunk.words) + self._shifts[index]


def differences(old: str, new: str) -> Edits:
    """What to change in `old` so that it becomes `new`."""
    pieces = unequal_places(old, new)
    return Edits(_hunks(old, new, pieces))


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` together; None where they meet."""
    both = [*differences(base, mine).hunks, *differences(base, theirs).hunks]
    ordered = sorted(dict.fromkeys(both), key=lambda each: (each.start, each.stop))
    if any(two.start <= one.stop for one, two in pairwise(ordered)):
        return None
    return Edits(ordered).apply(base)


# -- characters ----------------------------------------------------------------------------------------------------


def _hunks(old: str, new: str, pieces: Sequence[Place]) -> list[Hunk]:
    """Each piece cut down to the characters that differ; pieces that come to overlap are one."""
    found: list[Place] = []
    for piece in pieces:
        floor = found[-1][1] if found else 0
        a, b, c, d = _on_words(old, new, _trimmed(old, new, piece), floor)
        if found and _belong(found[-1], (a, b, c, d)):
            before = found.pop()
            beyond = max(0, before[1] - b)
            a, b, c, d = before[0], b + beyond, before[2], d + beyond
        found.append((a, b, c, d))
    return [Hunk(a, b, new[c:d]) for a, b, c, d in found]


def _belong(one: Place, two: Place) -> bool:
    """Whether they overlap, or what is put in touches what is taken out or put in."""
    touching = one[1] == two[0] and (one[0] == one[1] or two[0] == two[1])
    return two[0] < one[1] or touching


def _trimmed(old: str, new: str, piece: Place) -> Place:
    """Without what both begin and end with, cut at clusters."""
    a, b, c, d = piece
    head = common_length(old[a:b], new[c:d])
    while head and not (_is_border(old, a + head) and _is_border(new, c + head)):
        head -= 1
    a, c = a + head, c + head
    tail = common_length(old[a:b][::-1], new[c:d][::-1])
    while tail and not (_is_border(old, b - tail) and _is_border(new, d - tail)):
        tail -= 1
    b, d = b - tail, d - tail
    while a and c and old[a - 1] == new[c - 1] and not (_is_border(old, a) and _is_border(new, c)):
        a, c = a - 1, c - 1
    while b < len(old) and d < len(new) and old[b] == new[d] and not (_is_border(old, b) and _is_border(new, d)):
        b, d = b + 1, d + 1
    return a, b, c, d


def _on_words(old: str, new: str, piece: Place, floor: int) -> Place:
    """Letters that are put before or behind a word belong to it: then the whole word is what changes.

    Else a coding of "huis" would be one of half a word when that becomes "huisje".
    """
    a, b, c, d = piece
    if a != b or c == d:
        return piece
    before, after = a > floor and _in_word(old[a - 1]), b < len(old) and _in_word(old[b])
    if before and not after and _in_word(new[c]):
        while a > floor and _in_word(old[a - 1]):
            a, c = a - 1, c - 1
    elif after and not before and _in_word(new[d - 1]):
        while b < len(old) and _in_word(old[b]) and d < len(new) and old[b] == new[d]:
            b, d = b + 1, d + 1
    return a, b, c, d


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or "\u0300" <= letter <= "\u036f"


@cache
def _cluster() -> Any:
    import regex  # a tenth of a second that `verhalen --help` need not pay

    return regex.compile(r"\X")


def _is_border(text: str, place: int) -> bool:
    """Whether a grapheme cluster begins or the text ends at `place`."""
    if not 0 < place < len(text) or (text[place - 1].isascii() and text[place].isascii()):
        return True
    start = place - 1
    while start and place - start < _LOOK_BACK and not text[start].isascii():
        start -= 1
    for match in _cluster().finditer(text, start, min(len(text), place + 1)):
        if match.start() >= place:
            return bool(match.start() == place)
    return False
