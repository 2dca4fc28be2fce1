"""A crosstab as it is looked at: which rows and columns, in which order, by which measure, and how dark each cell is.

Screens and pictures show the same grid, so that what one sees is what one hands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import ceil

from verhalen.i18n import mark, t
from verhalen.model.crosstable import CrossTable, Measure
from verhalen.scores.wording import decimals

SHADES = ("·", "░", "▒", "▓", "█")
"""Sign of each level: none, and four from little to much."""
MOST = len(SHADES) - 1
NOTHING = "·"
UNDEFINED = "–"


class Order(StrEnum):
    """In which order the rows stand."""

    BOOK = "book"
    TOTAL = "total"

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {"book": mark("as in the codebook"), "total": mark("most first")}[self]


class Paint(StrEnum):
    """What stands beside the numbers."""

    HEAT = "heat"
    BARS = "bars"
    NUMBERS = "numbers"

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {"heat": mark("shades"), "bars": mark("bars"), "numbers": mark("numbers only")}[self]


@dataclass(frozen=True, slots=True)
class Look:
    """What one wants to see of a table."""

    measure: Measure = Measure.COUNT
    paint: Paint = Paint.HEAT
    order: Order = Order.BOOK
    hides_empty: bool = True
    """Leave out rows and columns in which nothing was counted; a row above one that stays, stays too."""


@dataclass(frozen=True)
class Grid:
    """A table and its look. Rows and columns are named by their place in the table."""

    table: CrossTable
    look: Look
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def hidden(self) -> tuple[int, int]:
        """How many rows and columns are left out."""
        return len(self.table.rows) - len(self.rows), len(self.table.columns) - len(self.columns)

    @property
    def is_outline(self) -> bool:
        """Whether rows stand below those they belong to, so that an indent says something."""
        return self.look.order is Order.BOOK

    def value(self, row: int, column: int) -> float | None:
        """What a cell holds by the measure; None where it is undefined."""
        return self.table.shown(row, column, self.look.measure)

    def text(self, row: int, column: int) -> str:
        """The same for people."""
        return value_text(self.value(row, column), self.look.measure)

    def is_self(self, row: int, column: int) -> bool:
        """Whether a code meets itself there: it would outshine all others."""
        return self._meets and self.table.rows[row].key == self.table.columns[column].key

    @cached_property
    def _meets(self) -> bool:
        return bool(self.table.coefficients)

    @cached_property
    def highest(self) -> float:
        """The highest value that is shown; 0 where there is none."""
        values = (self.value(row, column) or 0.0 for row, column in self.cells() if not self.is_self(row, column))
        return max(values, default=0.0)

    def cells(self) -> Iterator[tuple[int, int]]:
        """All cells that are shown, row by row."""
        return ((row, column) for row in self.rows for column in self.columns)

    def share(self, row: int, column: int) -> float:
        """The cell as a part of the highest, from 0 to 1."""
        value = self.value(row, column)
        return min(1.0, value / self.highest) if value and self.highest else 0.0

    def level(self, row: int, column: int) -> int:
        """How dark, from 0 (nothing) to `MOST`: equal steps up to the highest."""
        return ceil(self.share(row, column) * MOST - 1e-9)

    def steps(self) -> list[tuple[int, str]]:
        """Each level in use and up to which value it goes, for a legend; of counts only steps that hold a number."""
        if not self.highest:
            return []
        found, below = [], 0.0
        for level in range(1, MOST + 1):
            top = self.highest * level / MOST
            if self.look.measure is Measure.COUNT:
                top = float(int(top + 1e-9))
            if top > below:
                found.append((level, value_text(top, self.look.measure)))
                below = top
        return found


def grid_of(table: CrossTable, look: Look) -> Grid:
    """Choose and order rows and columns."""
    rows = _kept(table) if look.hides_empty else list(range(len(table.rows)))
    if look.order is Order.TOTAL:
        told = [row for row in rows if table.row_totals[row] or not look.hides_empty]
        rows = sorted(told, key=lambda row: -table.row_totals[row])
    columns = [at for at in range(len(table.columns)) if table.column_totals[at] or not look.hides_empty]
    return Grid(table, look, tuple(rows), tuple(columns))


def _kept(table: CrossTable) -> list[int]:
    """Rows that hold something, and those above them."""
    kept: list[int] = []
    below = 0
    for row in range(len(table.rows) - 1, -1, -1):
        depth = table.rows[row].depth
        if table.row_totals[row] or depth < below:
            kept.append(row)
            below = depth
    return kept[::-1]


def value_text(value: float | None, measure: Measure) -> str:
    """A number for people: a dot for nothing, a dash for what is undefined."""
    if value is None:
        return UNDEFINED
    if not value:
        return NOTHING
    match measure:
        case Measure.COUNT:
            return str(int(value))
        case Measure.COEFFICIENT:
            return decimals(value)
        case Measure.PER_1000_WORDS:
            return decimals(value, 1)
        case _:
            return t("{n}%", n=round(value) or "<1")


def depths(grid: Grid) -> list[int]:
    """The indent of each row that is shown."""
    lines = grid.table.rows
    return [lines[row].depth if grid.is_outline else 0 for row in grid.rows]


def unit_words(table: CrossTable) -> str:
    """What is counted, for people: fragments, families or sources."""
    return t(table.unit.label)


def cell_words(grid: Grid, row: int, column: int, measures: Sequence[Measure]) -> list[str]:
    """A cell by other measures too, as `34% of the row`; without those that are undefined."""
    found = []
    for measure in measures:
        value = grid.table.shown(row, column, measure)
        if value is not None:
            words = t(_OF[measure], value=value_text(value, measure) if value else "0")
            found.append(words)
    return found


_OF = {
    Measure.COUNT: mark("{value} counted"),
    Measure.ROW_PERCENT: mark("{value} of the row"),
    Measure.COLUMN_PERCENT: mark("{value} of n in the column"),
    Measure.PER_1000_WORDS: mark("{value} per 1,000 words"),
    Measure.COEFFICIENT: mark("coefficient {value}"),
}
