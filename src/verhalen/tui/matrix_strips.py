"""Paint a crosstab line by line: headings that stay, cells with shades or bars, totals that stay. Knows no widget."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from math import ceil

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from verhalen.analysis.grid import MOST, SHADES, Grid, Paint, depths
from verhalen.i18n import t

FOOT = 1
"""Lines below the rows: the totals."""
_EIGHTHS = "▏▎▍▌▋▊▉█"
_NARROWEST, _FOR_NAMES, _WIDEST = 8, 13, 18
"""Cells of a column: at least, to keep a word of its name whole, and at most."""
_MORE = 2
"""Cells at the right that say that there is more."""
_INDENT = 2
_NAMES = (16, 44)
"""Cells for the names of the rows, at least and at most."""
LEVELS = tuple(range(MOST + 1))
_SHADE, _BAR = 2, 6
"""Cells of a shade, and the fewest of a bar."""


@dataclass(frozen=True, slots=True)
class Styles:
    """How each part looks."""

    text: Style
    muted: Style
    head: Style
    """Of row and column of the cursor."""
    cursor: Style
    foot: Style
    levels: tuple[Style, ...]
    """Ground of each level of heat, from nothing to most."""
    bar: Style


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands in a window, in cells."""

    names: int
    total: int
    number: int
    cell: int
    shown: int
    """How many columns fit."""
    heads: tuple[tuple[str, ...], ...]
    """Name of each column that may be seen, in lines; all have as many."""

    @property
    def head(self) -> int:
        """Lines above the rows: names, and one for n."""
        return (len(self.heads[0]) if self.heads else 0) + 1

    @property
    def frozen(self) -> int:
        """What never scrolls away to the left."""
        return self.names + self.total


def plan_of(grid: Grid, width: int, *, heads: int = 3) -> Plan:
    """Give names, totals and columns their room in `width` cells; names of columns take at most so many lines."""
    lines = grid.table.rows
    wanted = (cell_len(lines[row].name) + _INDENT * deep for row, deep in zip(grid.rows, depths(grid), strict=True))
    names = min(max(_NAMES[0], max(wanted, default=0) + 1), _NAMES[1], max(_NAMES[0], width * 2 // 5))
    total = max(cell_len(t("total")), len(str(grid.table.total))) + 2
    totals = (len(str(grid.table.column_totals[at])) for at in grid.columns)
    number = max((*totals, *(len(grid.text(*cell)) for cell in grid.cells())), default=1)
    beside = {Paint.HEAT: _SHADE + 3, Paint.BARS: _BAR + 3, Paint.NUMBERS: 2}[grid.look.paint]
    words = [len(word) for at in grid.columns for word in grid.table.columns[at].name.split()]
    least = max(_NARROWEST, number + beside, min(_FOR_NAMES, max(words, default=0) + 1))
    room = max(least, width - names - total - _MORE)
    roomy = _WIDEST if grid.look.paint is Paint.BARS else min(max(least, *words, 0) + 2, _WIDEST)
    cell = min(max(least, room // max(1, len(grid.columns))), max(least, roomy))
    return Plan(names, total, number, cell, max(1, min(len(grid.columns), room // cell)), _heads(grid, cell - 1, heads))


def _heads(grid: Grid, room: int, lines: int) -> tuple[tuple[str, ...], ...]:
    """The names in as many lines as the longest needs; they end just above n."""
    names = (grid.table.columns[at].name for at in grid.columns)
    found = [textwrap.wrap(name, max(1, room), max_lines=lines, placeholder="…") or [""] for name in names]
    most = max(map(len, found), default=1)
    return tuple(("",) * (most - len(each)) + tuple(each) for each in found)


def fit(text: str, room: int) -> str:
    """A text of exactly `room` cells."""
    if cell_len(text) > room:
        return set_cell_size(text, max(0, room - 1)) + "…"[:room]
    return set_cell_size(text, room)


def right(text: str, room: int) -> str:
    """The same at the right side."""
    return " " * max(0, room - cell_len(text)) + (fit(text, room) if cell_len(text) > room else text)


@dataclass(frozen=True, slots=True)
class Painter:
    """One grid in one window, with its cursor at row and column (places in what is shown) and scrolled to `first`."""

    grid: Grid
    plan: Plan
    styles: Styles
    cursor: tuple[int, int]
    first: int
    """First column in sight."""

    @property
    def _places(self) -> range:
        return range(self.first, min(self.first + self.plan.shown, len(self.grid.columns)))

    def head(self, line: int) -> Strip:
        """One of the lines above the rows."""
        styles, plan = self.styles, self.plan
        last = line == plan.head - 1
        more = t("‹ more") if self.first and last else ""
        parts = [
            Segment(fit(more, plan.names), styles.muted),
            Segment(right(t("total") if last else "", plan.total), styles.muted),
        ]
        for place in self._places:
            column = self.grid.table.columns[self.grid.columns[place]]
            here = place == self.cursor[1]
            words = t("n={n}", n=column.n) if last else plan.heads[place][line]
            style = styles.muted if last else styles.head if here else styles.text
            blank = " " * (len(self._beside(words)) - len(words))
            parts += [Segment(blank, styles.text), Segment(words, style)]
            parts.append(Segment(" " * (plan.cell - cell_len(blank + words)), styles.text))
        if last and self._places.stop < len(self.grid.columns):
            parts.append(Segment(" ›", styles.muted))
        return Strip(parts)

    def row(self, at: int) -> Strip:
        """One row: its name, its total, the cells in sight."""
        table, styles, plan = self.grid.table, self.styles, self.plan
        row = self.grid.rows[at]
        line = table.rows[row]
        indent = " " * (_INDENT * line.depth if self.grid.is_outline else 0)
        total = str(table.row_totals[row] or SHADES[0])
        parts = [
            Segment(
                fit(indent + line.name, plan.names - 1) + " ", styles.head if at == self.cursor[0] else styles.text
            ),
            Segment(right(total, plan.total), styles.muted),
        ]
        for place in self._places:
            parts += self._cell(row, self.grid.columns[place], is_here=(at, place) == self.cursor)
        return Strip(parts)

    def foot(self) -> Strip:
        """The totals of the columns."""
        table, plan, style = self.grid.table, self.plan, self.styles.foot
        parts = [Segment(fit(t("total"), plan.names), style), Segment(right(str(table.total), plan.total), style)]
        for place in self._places:
            total = str(table.column_totals[self.grid.columns[place]])
            parts.append(Segment(self._aligned(total), style))
        return Strip(parts)

    def _beside(self, words: str) -> str:
        """Words of a heading behind their blank: above the numbers, which stand left where bars follow them."""
        return f" {words}" if self.grid.look.paint is Paint.BARS else right(words, self.plan.cell - 1)

    def _aligned(self, number: str) -> str:
        """A number where those of the cells stand."""
        tail = self._tail
        return right(number, self.plan.cell - tail) + " " * tail

    @property
    def _tail(self) -> int:
        """Cells behind the number."""
        match self.grid.look.paint:
            case Paint.HEAT:
                return _SHADE + 2
            case Paint.BARS:
                return self.plan.cell - self.plan.number - 1
        return 1

    def _cell(self, row: int, column: int, *, is_here: bool) -> list[Segment]:
        grid, styles, tail = self.grid, self.styles, self._tail
        level = grid.level(row, column)
        plain = styles.text if grid.table.counts[row][column] and not grid.is_self(row, column) else styles.muted
        number = right(grid.text(row, column), self.plan.cell - tail)
        match grid.look.paint:
            case Paint.HEAT:
                beside = f" {(SHADES[level] if level else ' ') * _SHADE} "
            case Paint.BARS:
                beside = f" {fit(bar(grid.share(row, column), tail - 2), tail - 2)} "
            case _:
                beside = " "
        if is_here:
            return [Segment(number + beside, styles.cursor)]
        if grid.look.paint is Paint.BARS:
            return [Segment(number, plain), Segment(beside, styles.bar)]
        if level and grid.look.paint is Paint.HEAT:
            return [Segment(number[:1], styles.text), Segment(number[1:] + beside, styles.levels[level])]
        return [Segment(number + beside, plain)]


def bar(share: float, room: int) -> str:
    """A bar of at most `room` cells, in steps of an eighth; nothing for nothing."""
    eighths = ceil(share * room * 8 - 1e-9)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest - 1] if rest else "")
