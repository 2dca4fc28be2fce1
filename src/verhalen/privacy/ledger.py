"""What a new table would give away beside what was released before: differences of nested rows, and what sums leave over (D6).

A reader who holds two reports subtracts. Rows of one kind whose families are nested, one set within the other, differ by a row
of their own; it must pass the rule that every row passes. So must what is left of a whole when its parts are taken away,
wherever whole and parts were published. Pure: rows in, refusals out. A row that hides all its numbers tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from verhalen.model.release import Release, ReleasedRow

MOST_STEPS = 20_000
"""Steps in looking for parts of a whole; what cannot be ruled out within them counts as given away."""


@dataclass(frozen=True, slots=True)
class Published:
    """A row that a report wants to show, with the threshold under which it was masked."""

    row: ReleasedRow
    k: int


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that would tell of single families beside what an earlier report showed."""

    row: ReleasedRow
    release: Release
    """The earlier one."""


def clashes(wanted: Iterable[Published], earlier: Sequence[Release]) -> list[Clash]:
    """The rows that may not be shown beside the earlier releases, each with the oldest release that forbids it."""
    by_kind: dict[str, list[tuple[Release, ReleasedRow]]] = defaultdict(list)
    for release in earlier:
        for row in release.rows:
            by_kind[row.kind].append((release, row))
    asked = [each for each in wanted if each.row.kind in by_kind]
    found: dict[tuple[str, str], Clash] = {}
    for new in asked:
        for release, old in by_kind[new.row.kind]:
            if tells(new.row, old, new.k):
                found.setdefault(_name(new.row), Clash(new.row, release))
                break
    for kind in {each.row.kind for each in asked}:
        own = [each for each in asked if each.row.kind == kind and _name(each.row) not in found]
        for clash in _left_over(own, by_kind[kind]):
            found.setdefault(_name(clash.row), clash)
    return list(found.values())


def _name(row: ReleasedRow) -> tuple[str, str]:
    return row.kind, row.label


def tells(one: ReleasedRow, other: ReleasedRow, k: int) -> bool:
    """Whether two published rows of one kind tell something about fewer than `k` families when laid side by side."""
    if one.families == other.families:
        return _together_tell(one, other, k)
    if one.families < other.families:
        return _difference_tells(one, other, k)
    return other.families < one.families and _difference_tells(other, one, k)


def _difference_tells(small: ReleasedRow, large: ReleasedRow, k: int) -> bool:
    before, after = _visible(small), _visible(large)
    steps = [after[key] - before[key] for key in after if key in before]
    n = large.total - small.total if large.total is not None and small.total is not None else None
    if n is None and not steps:
        return False
    if set(small.columns) == set(large.columns) and before.keys() != after.keys():
        return True  # What one shows is a border for what the other hides, and its words may be narrow already.
    if len(large.families - small.families) < k or any(0 < step < k for step in steps):
        return True
    if n is None:
        return False
    if 0 < n < k or (len(large.columns) > 1 and n > 0 and n in steps):
        return True
    return set(small.columns) == set(large.columns) and _rest_tells(n, steps, len(large.columns), k)


def _rest_tells(n: int, steps: Sequence[int], columns: int, k: int) -> bool:
    """Whether the classes that are hidden in one of the two follow too closely from the others."""
    hidden, left = columns - len(steps), n - sum(steps)
    return hidden > 0 and (0 < left < k or (hidden == 1 and 0 < left == n))


def _together_tell(one: ReleasedRow, other: ReleasedRow, k: int) -> bool:
    """The same families, hidden in other places: what neither shows may follow from both. Corrected numbers do not add up."""
    first, second = _visible(one), _visible(other)
    totals = {one.total, other.total} - {None}
    corrected = len(totals) > 1 or any(first[key] != second[key] for key in first if key in second)
    if corrected or not totals or set(one.columns) != set(other.columns):
        return False
    seen = first | second
    if any(row.total is not None and _visible(row) == seen for row in (one, other)):
        return False  # One of them shows all of it: its own mask holds.
    return _rest_tells(next(n for n in totals if n is not None), list(seen.values()), len(one.columns), k)


def _visible(row: ReleasedRow) -> dict[str, int]:
    return {key: count for key, count in zip(row.columns, row.cells, strict=True) if count is not None}


def _left_over(new: Sequence[Published], old: Sequence[tuple[Release, ReleasedRow]]) -> Iterator[Clash]:
    """Wholes of which disjoint parts leave less than k families, where old and new are both needed for that."""
    strictest = max((each.k for each in new), default=1)
    everything = _Rows()
    for release, row in old:
        everything.add(row, release)
    for each in new:
        everything.add(each.row, None)
    for families in everything.by_size():
        used = everything.left_over(families, strictest)
        fresh = [row for row, release in used if release is None]
        from_before = [release for _, release in used if release is not None]
        if fresh and from_before:
            yield Clash(fresh[0], min(from_before, key=lambda release: release.id))


class _Rows:
    """Published totals by the set of families behind them; what was shown before comes first."""

    def __init__(self) -> None:
        self._of: dict[frozenset[int], tuple[ReleasedRow, Release | None]] = {}
        self._steps = 0

    def add(self, row: ReleasedRow, release: Release | None) -> None:
        """A row without a visible total takes no part."""
        if row.total is not None and row.families:
            self._of.setdefault(row.families, (row, release))

    def by_size(self) -> list[frozenset[int]]:
        """All sets, the largest first."""
        return sorted(self._of, key=len, reverse=True)

    def left_over(self, whole: frozenset[int], k: int) -> list[tuple[ReleasedRow, Release | None]]:
        """The whole and the parts that leave 1 to k-1 of its families; empty where there are none."""
        inside = [families for families in self._of if families < whole]
        if len(inside) < 2:
            return []
        self._steps = 0
        holding: dict[int, list[frozenset[int]]] = defaultdict(list)
        for families in inside:
            for each in families:
                holding[each].append(families)
        chosen = self._search(whole, k - 1, holding, [], spent=0)
        return [self._of[families] for families in (whole, *chosen)] if chosen else []

    def _search(
        self,
        left: frozenset[int],
        spare: int,
        holding: dict[int, list[frozenset[int]]],
        chosen: list[frozenset[int]],
        *,
        spent: int,
    ) -> list[frozenset[int]]:
        self._steps += 1
        if self._steps > MOST_STEPS:
            return chosen
        if not left:
            return chosen if spent and len(chosen) > 1 else []
        # The family that the fewest parts hold decides most.
        family = min(left, key=lambda each: len(holding[each]))
        for part in holding[family]:
            if part <= left:
                found = self._search(left - part, spare, holding, [*chosen, part], spent=spent)
                if found:
                    return found
        if spare:
            return self._search(left - {family}, spare - 1, holding, chosen, spent=spent + 1)
        return []
