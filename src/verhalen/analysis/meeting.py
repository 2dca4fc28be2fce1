"""Which fragments stand together: a sweep over borders, within one text at a time. Pure.

Fragments come by start, and those of one code never overlap. What stands together is told by two numbers of each, where it
begins and where it has ended, in characters or in turns: of two fragments, the one that begins last begins before the other
has ended, or less than `slack` behind that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from verhalen.store.relating import Placed

Run = list[int]
"""One fragment, overlapping codings of one code as one: start, stop, code, and the ids of the codings, the first one first.

A plain list: a hundred thousand objects would take as long as all the counting.
"""
Border = tuple[int, int]
"""Where a fragment begins, and where it has ended."""
PerPair = dict[int, dict[int, int]]
"""A number by one code and another."""
_Begun = tuple[int, int, int, Container[int]]
"""A fragment that is not over: up to where others meet it, its code, its place, and the codes that were there before it."""
_FEW = 8
"""Up to so many codes are found sooner in a list than in a set."""


def runs_of(rows: Iterable[Placed]) -> list[Run]:
    """The fragments of one text, from its codings by place; touching is not overlapping."""
    last: dict[int, Run] = {}
    found: list[Run] = []
    for _, start, stop, code, coding in rows:
        run = last.get(code)
        if run is None or start >= run[1]:
            last[code] = run = [start, stop, code, coding]
            found.append(run)
        else:
            run.append(coding)
            run[1] = max(run[1], stop)
    return found


def in_characters(runs: Iterable[Run]) -> list[Border]:
    """Their own borders."""
    return [(run[0], run[1]) for run in runs]


def in_turns(runs: Iterable[Run], starts: Sequence[int], stops: Sequence[int]) -> list[Border | None]:
    """Number of the first turn that each has words of, and of the one behind the last; None outside all turns."""
    found: list[Border | None] = []
    for run in runs:
        first, after = bisect_right(stops, run[0]), bisect_left(starts, run[1])
        found.append((first, after) if first < after else None)
    return found


class Met:
    """How often codes stand together, over any number of texts."""

    def __init__(self) -> None:
        self.own: dict[int, int] = defaultdict(int)
        """Code to its fragments."""
        self._pairs: PerPair = defaultdict(lambda: defaultdict(int))
        """Pairs of fragments, under the code of the one that begins last and that of the other."""
        self._again: PerPair = defaultdict(lambda: defaultdict(int))
        """Pairs in which a fragment of the first code had met one of the second already."""

    def add(self, runs: Sequence[Run], borders: Sequence[Border], slack: int) -> None:
        """Count one text."""
        there: list[_Begun] = []
        latest: dict[int, int] = {}
        for place, (run, (first, after)) in enumerate(zip(runs, borders, strict=True)):
            code = run[2]
            self.own[code] += 1
            before: Container[int] = ()
            if there:
                there = [each for each in there if each[0] > first]
                before = self._meet(code, there, latest.get(code, -1))
            latest[code] = place
            there.append((after + slack, code, place, before))

    def _meet(self, code: int, there: Sequence[_Begun], last: int) -> Container[int]:
        """A fragment begins among others; `last` is the place of the one of its code before it. Give the codes of the others."""
        pairs = self._pairs[code]
        for _, other, place, before in there:
            if other != code:
                pairs[other] += 1
                if last > place or code in before:
                    self._again[other][code] += 1
        codes = [each[1] for each in there]
        different = set(codes)
        if len(different) < len(codes):
            for other in different:
                self._again[code][other] += codes.count(other) - 1
        return codes if len(codes) < _FEW else different

    def together(self, one: int, other: int) -> int:
        """Pairs of fragments of two codes."""
        return self._pairs[one].get(other, 0) + self._pairs[other].get(one, 0)

    def matched(self, one: int, other: int) -> int:
        """How many fragments of both stand together: of the one or the other, whichever are fewer."""
        again = max(self._again[one].get(other, 0), self._again[other].get(one, 0))
        return self.together(one, other) - again

    def codes_together(self) -> Iterator[tuple[int, int]]:
        """Codes of which fragments stand together, in one order or the other."""
        return ((one, other) for one, others in self._pairs.items() for other in others)


def meetings(lefts: Sequence[Border], rights: Sequence[Border], slack: int) -> Iterator[tuple[int, int]]:
    """Each pair of a left and a right one that stand together, by their places in the two lists, in order of the left."""
    firsts, afters = [first for first, _ in rights], [after for _, after in rights]
    for place, (first, after) in enumerate(lefts):
        # Fragments of one code begin and end in the same order, so those that stand together with one are a slice.
        low, high = bisect_right(afters, first - slack), bisect_left(firsts, after + slack)
        yield from ((place, other) for other in range(low, high))
