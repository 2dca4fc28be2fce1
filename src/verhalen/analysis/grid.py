"""A crosstab as it is looked at: which rows and columns, in which order, by which measure, and how dark each cell is.

Screens and pictures show the same grid, so that what one sees is what one hands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_LEAST = 0.01
"""Smaller coefficients are said to be below it."""
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
    keeps_silent: bool = False
    """Whether a column stays where families could have told and did not: their silence says something."""


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
        return self.look.order is Order.BOOK and not meets(self.table)

    def value(self, row: int, column: int) -> float | None:
        """What a cell holds by the measure; None where it is undefined."""
        return self.table.shown(row, column, self.look.measure)

    def text(self, row: int, column: int) -> str:
        """The same for people."""
        return value_text(self.value(row, column), self.look.measure)

    def is_self(self, row: int, column: int) -> bool:
        """Whether a code meets itself there: it would outshine all others."""
        return meets(self.table) and self.table.rows[row].key == self.table.columns[column].key

    @cached_property
    def highest(self) -> float:
        """The highest value of a row that holds no others; 0 where there is none.

        A row that counts all below it may be higher, and is as dark as can be.
        """
        lowest = [row for row in self.rows if not self.holds_others(row)]
        values = (self.value(*cell) or 0.0 for cell in _crossed(lowest, self.columns) if not self.is_self(*cell))
        return max(values, default=0.0)

    @cached_property
    def is_beyond(self) -> bool:
        """Whether some cell is higher than the highest of the scale."""
        return any((self.value(*cell) or 0.0) > self.highest for cell in self.cells() if not self.is_self(*cell))

    def holds_others(self, row: int) -> bool:
        """Whether a row counts what stands in rows below it too."""
        lines = () if meets(self.table) else self.table.rows
        return row + 1 < len(lines) and lines[row + 1].depth > lines[row].depth

    def cells(self) -> Iterator[tuple[int, int]]:
        """All cells that are shown, row by row."""
        return _crossed(self.rows, self.columns)

    def share(self, row: int, column: int) -> float:
        """The cell as a part of the highest, from 0 to 1; 0 where a code meets itself."""
        value = None if self.is_self(row, column) else self.value(row, column)
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


def _crossed(rows: Iterable[int], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in rows for column in columns)


def meets(table: CrossTable) -> bool:
    """Whether codes stand by codes."""
    return bool(table.coefficients)


def grid_of(table: CrossTable, look: Look) -> Grid:
    """Choose and order rows and columns. Only codes are ever ranked, never groups of families."""
    told = _told(table)
    rows = _kept(table, told) if look.hides_empty else list(range(len(table.rows)))
    silent = [look.keeps_silent and bool(line.families) for line in table.columns]
    columns = [at for at, total in enumerate(table.column_totals) if total or silent[at] or not look.hides_empty]
    if look.order is Order.TOTAL:
        rows = sorted(
            (row for row in rows if told[row] or not look.hides_empty), key=lambda row: -table.row_totals[row]
        )
    if meets(table):
        columns = list(rows)
    return Grid(table, look, tuple(rows), tuple(columns))


def _told(table: CrossTable) -> list[bool]:
    """Of each row whether it says something: something was counted; a code stands together with another one."""
    if not meets(table):
        return [bool(total) for total in table.row_totals]
    return [any(n for at, n in enumerate(line) if at != row) for row, line in enumerate(table.counts)]


def _kept(table: CrossTable, told: Sequence[bool]) -> list[int]:
    """Rows that say something, and those above them."""
    if meets(table):
        return [row for row, says in enumerate(told) if says]
    kept: list[int] = []
    below = 0
    for row in range(len(table.rows) - 1, -1, -1):
        depth = table.rows[row].depth
        if told[row] or depth < below:
            kept.append(row)
            below = depth
    return kept[::-1]


def strongest(table: CrossTable, most: int) -> list[tuple[int, int]]:
    """The pairs of codes that stand together most, by coefficient and then by number: places of row and column."""
    found = [
        (table.coefficients[row][column] or 0.0, table.counts[row][column], -row, -column)
        for row in range(len(table.coefficients))
        for column in range(row)
        if table.counts[row][column]
    ]
    return [(-row, -column) for _, _, row, column in sorted(found, reverse=True)[:most]]


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
            return decimals(value) if value >= _LEAST else f"<{decimals(_LEAST)}"
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
    """A cell by other measures too, as `34% of the row`; without those that are nothing."""
    values = ((measure, grid.table.shown(row, column, measure)) for measure in measures)
    return [t(_OF[measure], value=value_text(value, measure)) for measure, value in values if value]


_OF = {
    Measure.ROW_PERCENT: mark("{value} of the row"),
    Measure.COLUMN_PERCENT: mark("{value} of n"),
    Measure.PER_1000_WORDS: mark("{value} per 1,000 words"),
    Measure.COEFFICIENT: mark("coefficient {value}"),
}
