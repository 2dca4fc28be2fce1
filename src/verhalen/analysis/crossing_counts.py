"""Count pieces where rows and columns cross, each unit once in a cell, once in a total (pure; lists of numbers).

A *fragment* is a stretch of one text that codings of one line cover without a gap, however many coders marked it: as in
`analysis/tally.py`. A total counts as a line above all lines would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add

from verhalen.model.crosstable import Unit


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands in the cells and in the totals."""

    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int


def count_pieces(
    unit: Unit,
    lines: Mapping[int | str, Sequence[int]],
    *,
    rows: int,
    columns: int,
    keys: Sequence[int | str],
    at: Sequence[int],
    begins: Sequence[int],
    ends: Sequence[int],
    units: Sequence[int],
) -> Counts:
    """Count pieces: `keys` decides the rows of each by `lines`, `at` is its column.

    For fragments `begins` and `ends` say where it lies, on one line for all texts; for families and sources `units` says for
    which one it counts, and 0 for none. Fragments are given in order of where they begin.
    """
    if unit is Unit.CODINGS:
        return _fragments(lines, rows, columns, keys, at, begins, ends)
    return _different(lines, rows, columns, keys, at, units)


def _fragments(
    lines: Mapping[int | str, Sequence[int]],
    rows: int,
    columns: int,
    keys: Sequence[int | str],
    at: Sequence[int],
    begins: Sequence[int],
    ends: Sequence[int],
) -> Counts:
    """A piece that begins behind all that a line reached is a new fragment of it."""
    # Cells lie row behind row in one list. `whole` says how far a row reached over all columns, `down` a column over all rows,
    # `far` the whole table. A piece that is new in its row is new in its cell as well.
    bases = {key: tuple((row * columns, row) for row in of) for key, of in lines.items()}
    nowhere: tuple[tuple[int, int], ...] = ()
    fresh, again, column_totals, total = [0] * (rows * columns), [0] * (rows * columns), [0] * columns, 0
    reached, whole, down, far = [-1] * (rows * columns), [-1] * rows, [-1] * columns, -1
    for begin, end, column, key in zip(begins, ends, at, keys, strict=True):
        own = bases.get(key, nowhere)
        for base, row in own:
            cell = base + column
            if begin >= whole[row]:
                fresh[cell] += 1
                reached[cell] = whole[row] = end
                continue
            if begin >= reached[cell]:
                again[cell] += 1
                reached[cell] = end
            elif end > reached[cell]:
                reached[cell] = end
            if end > whole[row]:  # noqa: PLR1730 - `max` costs a call for each of a hundred thousand
                whole[row] = end
        if own:
            column_totals[column] += begin >= down[column]
            total += begin >= far
            if end > down[column]:  # noqa: PLR1730
                down[column] = end
            if end > far:  # noqa: PLR1730
                far = end
    starts = range(0, rows * columns, columns)
    return Counts(
        cells=tuple(tuple(map(add, fresh[at : at + columns], again[at : at + columns])) for at in starts),
        row_totals=tuple(sum(fresh[at : at + columns]) for at in starts),
        column_totals=tuple(column_totals),
        total=total,
    )


def _different(
    lines: Mapping[int | str, Sequence[int]],
    rows: int,
    columns: int,
    keys: Sequence[int | str],
    at: Sequence[int],
    units: Sequence[int],
) -> Counts:
    cells: list[list[set[int]]] = [[set() for _ in range(columns)] for _ in range(rows)]
    of_row: list[set[int]] = [set() for _ in range(rows)]
    of_column: list[set[int]] = [set() for _ in range(columns)]
    for key, column, unit in set(zip(keys, at, units, strict=True)):
        own = lines.get(key, ()) if unit else ()
        for row in own:
            cells[row][column].add(unit)
            of_row[row].add(unit)
        if own:
            of_column[column].add(unit)
    return Counts(
        cells=tuple(tuple(map(len, row)) for row in cells),
        row_totals=tuple(map(len, of_row)),
        column_totals=tuple(map(len, of_column)),
        total=len(set().union(*of_column)),
    )
