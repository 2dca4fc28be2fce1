"""Where two texts differ: by lines, then words, then characters; never inside a grapheme cluster. Offsets in code points.

Time grows with the length of the texts, not with its square: lines and words that stand once in both are fixed points
(patience diff), and only the short stretches between them are compared in full.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from verhalen.model.text import Correction, Span, common_length

FULL = 10_000
"""So many pairs of words or lines are compared in full at most; a longer stretch without a fixed point differs as a whole."""
PAIRED = 1_000
"""So many pairs of words are looked at for likeness at most."""
_WORD = re.compile(r"\w+(?:['’‑-]\w+)*\W*|\W+")
"""A word with what follows it, so that no lone space counts as something in common."""
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
    pieces: list[_Place] = []
    for a, b, c, d in _unequal(_lines(old), _lines(new)):
        for e, f, g, h in _unequal(_words(old[a:b]), _words(new[c:d])):
            for part in _line_by_line(old, new, (a + e, a + f, c + g, c + h)):
                pieces += _word_by_word(old, new, part)
    return Edits(_hunks(old, new, pieces))


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` together; None where they meet."""
    both = [*differences(base, mine).hunks, *differences(base, theirs).hunks]
    ordered = sorted(dict.fromkeys(both), key=lambda each: (each.start, each.stop))
    if any(two.start <= one.stop for one, two in pairwise(ordered)):
        return None
    return Edits(ordered).apply(base)


# -- lines and words -----------------------------------------------------------------------------------------------

_Place = tuple[int, int, int, int]
"""Start and stop in the old text, start and stop in the new one."""


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + ([text.rsplit("\n", 1)[-1]] if text else [])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _unequal(old: Sequence[str], new: Sequence[str]) -> list[_Place]:
    """Stretches that differ, in characters."""
    old_ends, new_ends = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    found, a, b = [], 0, 0
    for i, j, size in [*_common(old, new), (len(old), len(new), 0)]:
        if a < i or b < j:
            found.append((old_ends[a], old_ends[i], new_ends[b], new_ends[j]))
        a, b = i + size, j + size
    return found


def _line_by_line(old: str, new: str, place: _Place) -> list[_Place]:
    """Where lines came or went, what is left of the line on which it begins stands for what comes there."""
    a, b, c, d = place
    one, other = old[a:b], new[c:d]
    if one.count("\n") == other.count("\n") or not a or old[a - 1] == "\n":
        return [place]
    i, j = a + len(one.split("\n", 1)[0]), c + len(other.split("\n", 1)[0])
    return [each for each in ((a, i, c, j), (i, b, j, d)) if each[0] < each[1] or each[2] < each[3]]


def _word_by_word(old: str, new: str, place: _Place) -> list[_Place]:
    """Words that look alike stand for each other; between them, as many for as many, each for its own."""
    a, b, c, d = place
    one, other = _words(old[a:b]), _words(new[c:d])
    old_ends, new_ends = list(accumulate(map(len, one), initial=a)), list(accumulate(map(len, other), initial=c))
    found, i, j = [], 0, 0
    for k, m in [*_alike(one, other), (len(one), len(other))]:
        if k - i == m - j:
            found += list(zip(range(i, k), range(i + 1, k + 1), range(j, m), range(j + 1, m + 1), strict=True))
        elif i < k or j < m:
            found.append((i, k, j, m))
        found += [(k, k + 1, m, m + 1)] if k < len(one) else []
        i, j = k + 1, m + 1
    return [(old_ends[i], old_ends[k], new_ends[j], new_ends[m]) for i, k, j, m in found]


def _alike(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs, in order, that look most alike together."""
    if len(one) * len(other) > PAIRED:
        return []
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            alike = _likeness(one[i], other[j])
            together = best[i + 1][j + 1] + alike if alike else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(one: str, other: str) -> float:
    """From a half to 1: how much of the longer word both have at their beginning and end; 0 where it is less."""
    one, other = _bare(one), _bare(other)
    most = max(len(one), len(other))
    head = common_length(one, other)
    tail = common_length(one[head:][::-1], other[head:][::-1])
    return (head + tail) / most if most and 2 * (head + tail) >= most else 0.0


def _bare(word: str) -> str:
    return word.rstrip(' \n.,;:!?…"”’)').casefold()


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs that both have, in order: (index in old, index in new, length)."""
    runs: list[tuple[int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a, b, c, d = waiting.pop()
        head = _same_from(old, new, a, b, c, d)
        tail = _same_till(old, new, a + head, b, c + head, d)
        runs += [(a, c, head)] if head else []
        runs += [(b - tail, d - tail, tail)] if tail else []
        a, b, c, d = a + head, b - tail, c + head, d - tail
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= FULL:
            blocks = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False).get_matching_blocks()
            runs += [(a + i, c + j, size) for i, j, size in blocks if size]
        else:
            fixed = _fixed_points(old, new, a, b, c, d)
            runs += [(i, j, 1) for i, j in fixed]
            borders = [(a - 1, c - 1), *fixed, (b, d)]
            waiting += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(borders)] if fixed else []
    return sorted(runs)


def _same_from(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    most = min(b - a, d - c)
    return next((i for i in range(most) if old[a + i] != new[c + i]), most)


def _same_till(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    most = min(b - a, d - c)
    return next((i for i in range(most) if old[b - 1 - i] != new[d - 1 - i]), most)


def _fixed_points(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """What stands once in each, in the longest row that keeps its order in both; where no word does, a run of words."""
    for run in _RUNS:
        mine = [tuple(old[i : i + run]) for i in range(a, b - run + 1)]
        theirs = [tuple(new[j : j + run]) for j in range(c, d - run + 1)]
        once, other = Counter(mine), Counter(theirs)
        where = {words: c + j for j, words in enumerate(theirs) if other[words] == 1}
        pairs = [(a + i, where[words]) for i, words in enumerate(mine) if once[words] == 1 and words in where]
        if pairs:
            return _longest_row(pairs)
    return []


_RUNS = (1, 4, 16)
"""Words of a run that may stand once where no single word does."""


def _longest_row(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs of which both numbers rise."""
    ends: list[int] = []
    """The lowest last place in `new` of a row of each length, and where that row ends."""
    at: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before[number] = at[length - 1] if length else -1
        if length == len(ends):
            ends.append(j)
            at.append(number)
        else:
            ends[length], at[length] = j, number
    row, number = [], at[-1] if at else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


# -- characters ----------------------------------------------------------------------------------------------------


def _hunks(old: str, new: str, pieces: Sequence[_Place]) -> list[Hunk]:
    """Each piece cut down to the characters that differ; pieces that come to overlap are one."""
    found: list[_Place] = []
    for piece in pieces:
        floor = found[-1][1] if found else 0
        a, b, c, d = _on_words(old, new, _trimmed(old, new, piece), floor)
        if found and _belong(found[-1], (a, b, c, d)):
            before = found.pop()
            beyond = max(0, before[1] - b)
            a, b, c, d = before[0], b + beyond, before[2], d + beyond
        found.append((a, b, c, d))
    return [Hunk(a, b, new[c:d]) for a, b, c, d in found]


def _belong(one: _Place, two: _Place) -> bool:
    """Whether they overlap, or what is put in touches what is taken out or put in."""
    touching = one[1] == two[0] and (one[0] == one[1] or two[0] == two[1])
    return two[0] < one[1] or touching


def _trimmed(old: str, new: str, piece: _Place) -> _Place:
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


def _on_words(old: str, new: str, piece: _Place, floor: int) -> _Place:
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
