"""Which cells of a table of counts to hide: small ones, those that give a class away, and those that would betray them.

The rules are methods.md D6. Cells are named in the table with its totals, as in `bounds`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from verhalen.privacy.bounds import Cell, Range, bounds, is_wide


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts of families with its totals, and what is asked of it."""

    values: tuple[tuple[int, ...], ...]
    """Totals included: the last row and the last column."""
    k: tuple[int, ...]
    """One threshold per row, and the strictest of them for the row of totals."""
    worse: int | None
    """The column of families for whom it went worse, if there is one."""
    column_totals: bool
    """Whether the column totals and the grand total are printed at all."""
    most: tuple[tuple[int, ...], ...] = ()
    """How many a cell can hold at most, known from elsewhere (families of a column, told or not); empty: nobody knows."""

    @property
    def rows(self) -> int:
        """Rows without the totals."""
        return len(self.values) - 1

    @property
    def columns(self) -> int:
        """Columns without the totals."""
        return len(self.values[0]) - 1

    @property
    def absent(self) -> frozenset[Cell]:
        """Totals that are not printed: a reader does not know them, and they need no protection."""
        return frozenset() if self.column_totals else frozenset((self.rows, j) for j in range(self.columns + 1))

    def value(self, cell: Cell) -> int:
        """The true count."""
        return self.values[cell[0]][cell[1]]

    def is_open_secret(self, cell: Cell) -> bool:
        """A zero among the worse: where the sentence about worsening is missing, everybody knows it is none.

        So it is printed as it is, and hiding it would protect nothing.
        """
        return cell[1] == self.worse and self.value(cell) == 0

    def known(self, cell: Cell) -> Range:
        """What a reader knows before calculating: a hidden worsening is said in words, so it is at least one."""
        i, j = cell
        at_least = 1 if j == self.worse and i < self.rows else 0
        return at_least, self.most[i][j] if self.most and i < self.rows and j < self.columns else None

    def room(self, cell: Cell) -> int:
        """How wide the interval of a hidden cell must be: its threshold, or all that is possible where that is less."""
        i, j = cell
        if not self.most or i == self.rows:
            return self.k[i]
        parts = [(i, b) for b in range(self.columns)] if j == self.columns else [cell]
        ranges = [self.known(each) for each in parts if not self.is_open_secret(each)]
        return min(self.k[i], sum(high - low for low, high in ranges if high is not None))


def make_grid(
    rows: Sequence[Sequence[int]],
    k: Sequence[int],
    *,
    worse: int | None,
    column_totals: bool,
    most: Sequence[Sequence[int]] = (),
) -> Grid:
    """Add the totals."""
    columns = len(rows[0])
    inner = [(*row, sum(row)) for row in rows]
    totals = tuple(sum(row[j] for row in inner) for j in range(columns + 1))
    return Grid((*inner, totals), (*k, max(k)), worse, column_totals, tuple(map(tuple, most)))


def cells_to_hide(grid: Grid, already: Collection[Cell] = ()) -> frozenset[Cell]:
    """Everything that must stay out of sight; `already` is what the user or an earlier step hid."""
    kept_out = {cell for cell in already if not grid.is_open_secret(cell)}
    hidden = kept_out | set(sensitive_cells(grid)) | grid.absent
    while True:
        _close_lines(grid, hidden)
        betrayed = first_betrayed(grid, hidden)
        if betrayed is None:
            return frozenset(hidden - grid.absent)
        hidden.add(_next_to_hide(grid, hidden, betrayed))


def sensitive_cells(grid: Grid) -> Iterator[Cell]:
    """Counts below the threshold, classes that hold everybody, and all of a row with too few families to count."""
    for i, row in enumerate(grid.values):
        *counts, n = row
        k = grid.k[i]
        if k <= 1:
            continue
        for j, count in enumerate(row):
            everybody = j < len(counts) > 1 and count == n > 0
            if 0 < count < k or everybody or (0 < n < k and not grid.is_open_secret((i, j))):
                yield i, j


def first_betrayed(grid: Grid, hidden: Collection[Cell], words: dict[Cell, Range] | None = None) -> Cell | None:
    """The first hidden cell that a reader can pin down closer than its threshold, in reading order; None when all is safe."""
    known = {cell: grid.known(cell) for cell in hidden}
    known |= {cell: _both(known[cell], said) for cell, said in (words or {}).items()}
    secret = {cell for cell in sensitive_cells(grid) if cell in hidden}
    for cell in sorted(hidden):
        is_total = cell[0] == grid.rows or cell[1] == grid.columns
        if cell in grid.absent or (is_total and cell not in secret):
            continue  # A total that only helps to hide others need not be safe itself.
        if not is_wide(bounds(grid.values, hidden, cell, known=known), grid.room(cell)):
            return cell
    return None


def _both(one: Range, other: Range) -> Range:
    """What is left where a reader knows both."""
    ends = [high for _, high in (one, other) if high is not None]
    return max(one[0], other[0]), min(ends, default=None)


def _lines(grid: Grid) -> Iterator[tuple[list[Cell], Cell]]:
    """Each line with its total: all rows in order, then all columns. The totals make lines of their own."""
    rows, columns = range(grid.rows), range(grid.columns)
    for i in chain(rows, [grid.rows] if grid.column_totals else []):
        yield [(i, j) for j in columns], (i, grid.columns)
    if grid.column_totals:
        for j in chain(columns, [grid.columns]):
            yield [(i, j) for i in rows], (grid.rows, j)


def _close_lines(grid: Grid, hidden: set[Cell]) -> None:
    """A single hidden cell follows from the rest of its line: hide the smallest other one, or else the total."""
    before = -1
    while before != len(hidden):
        before = len(hidden)
        for line, total in _lines(grid):
            if sum(cell in hidden for cell in line) == 1:
                others = [cell for cell in line if cell not in hidden and not grid.is_open_secret(cell)]
                hidden.add(_smallest(grid, others) if others else total)


def _next_to_hide(grid: Grid, hidden: Collection[Cell], betrayed: Cell) -> Cell:
    """Within its row, within its column, elsewhere, and only then the totals that give it away."""
    i, j = betrayed
    inner = [(a, b) for a in range(grid.rows) for b in range(grid.columns)]
    totals = [(i, grid.columns), (grid.rows, j), (grid.rows, grid.columns)]
    all_totals = [(a, grid.columns) for a in range(grid.rows)] + [(grid.rows, b) for b in range(grid.columns)]
    row, column = [cell for cell in inner if cell[0] == i], [cell for cell in inner if cell[1] == j]
    choices: tuple[list[Cell], ...] = (row, column, totals[:1], totals[1:2], inner, totals[2:], all_totals)
    if not grid.column_totals:
        choices = (row, totals[:1])  # nothing else leans on this row
    # With everything hidden nothing can be pinned down, so there is always something left to hide.
    return next(
        _smallest(grid, others)
        for choice in choices
        if (others := [cell for cell in choice if cell not in hidden and not grid.is_open_secret(cell)])
    )


def _smallest(grid: Grid, cells: Sequence[Cell]) -> Cell:
    """The smallest count; of equal ones the last."""
    return min(reversed(cells), key=grid.value)
