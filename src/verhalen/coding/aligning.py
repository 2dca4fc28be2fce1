"""Which lines and words of two texts stand for each other, and which stretches differ. Pure; offsets in code points.

Time grows with the length of the texts, not with its square: lines and words that stand once in both are fixed points
(patience diff), and only the short stretches between them are compared in full.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from verhalen.model.text import common_length

FULL = 10_000
"""So many pairs of words or lines are compared in full at most; a longer stretch without a fixed point differs as a whole."""
PAIRED = 1_000
"""So many pairs of words are looked at for likeness at most."""
_WORD = re.compile(r"\w+(?:['’‑-]\w+)*\W*|\W+")
"""A word with what follows it, so that no lone space counts as something in common."""

Place = tuple[int, int, int, int]
"""Start and stop in the old text, start and stop in the new one."""


def unequal_places(old: str, new: str) -> list[Place]:
    """Stretches that differ, by lines first and then by words, in order."""
    pieces: list[Place] = []
    for a, b, c, d in _unequal(_lines(old), _lines(new)):
        for e, f, g, h in _unequal(_words(old[a:b]), _words(new[c:d])):
            for part in _line_by_line(old, new, (a + e, a + f, c + g, c + h)):
                pieces += _word_by_word(old, new, part)
    return pieces


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + ([text.rsplit("\n", 1)[-1]] if text else [])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _unequal(old: Sequence[str], new: Sequence[str]) -> list[Place]:
    """Stretches that differ, in characters."""
    old_ends, new_ends = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    found, a, b = [], 0, 0
    for i, j, size in [*_common(old, new), (len(old), len(new), 0)]:
        if a < i or b < j:
            found.append((old_ends[a], old_ends[i], new_ends[b], new_ends[j]))
        a, b = i + size, j + size
    return found


def _line_by_line(old: str, new: str, place: Place) -> list[Place]:
    """Where lines came or went, what is left of the line on which it begins stands for what comes there."""
    a, b, c, d = place
    one, other = old[a:b], new[c:d]
    if one.count("\n") == other.count("\n") or not a or old[a - 1] == "\n":
        return [place]
    i, j = a + len(one.split("\n", 1)[0]), c + len(other.split("\n", 1)[0])
    return [each for each in ((a, i, c, j), (i, b, j, d)) if each[0] < each[1] or each[2] < each[3]]


def _word_by_word(old: str, new: str, place: Place) -> list[Place]:
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
