"""A crosstab as a picture: the numbers with shades or bars, n of every column, totals, legend, and all of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verhalen.analysis.grid import Grid, Paint, depths, unit_words, value_text
from verhalen.exchange.drawing import BAR, FAINT, LINE, SHADES, Box, Drawing, Words, cut, folded, width_of
from verhalen.i18n import mark, t, tn
from verhalen.model.crosstable import Measure

INTERN = mark("For the team: nothing is masked. Small numbers may point to a family.")
_MARGIN, _ROW, _HEAD_LINE, _INDENT, _SIZE = 24.0, 24.0, 15.0, 14.0, 12.0
_NAME_ROOM, _CELL_ROOM = (160.0, 340.0), (62.0, 110.0)
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a picture, in finished words."""

    title: str
    lines: Sequence[str]
    """What a cell counts, of whom and when."""
    notes: Sequence[str] = ()
    """Below the table."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands."""

    names: float
    cell: float
    top: float
    """Base of the names of the columns."""
    body: float
    """Top of the first row."""

    def x(self, column: int) -> float:
        """Left side of a column; column 0 holds the totals of the rows."""
        return _MARGIN + self.names + column * self.cell

    def y(self, row: int) -> float:
        """Top of a row."""
        return self.body + row * _ROW


def matrix_drawing(grid: Grid, caption: Caption) -> Drawing:
    """The picture of what is shown of a table."""
    plan = _plan(grid, caption)
    width = max(plan.x(len(grid.columns) + 1) + _MARGIN, 560.0)
    below = [*legend_words(grid), *caption.notes, t(INTERN)]
    told = [line for each in below for line in folded(each, width - 2 * _MARGIN, 11, 4)]
    bottom = plan.y(len(grid.rows) + 1) + 14
    parts: list[Box | Words] = [
        *_caption(caption, width),
        *_heads(grid, plan),
        *_rows(grid, plan),
        *_totals(grid, plan),
        *_legend(grid, bottom + 10),
    ]
    start = bottom + (44 if grid.look.paint is Paint.HEAT and grid.highest else 16)
    parts += [Words(_MARGIN, start + at * 16, line, 11, FAINT) for at, line in enumerate(told)]
    return Drawing(width, start + len(told) * 16 + 8, parts, caption.title, in_words(grid, caption))


def _plan(grid: Grid, caption: Caption) -> _Plan:
    lines = grid.table.rows
    indents = depths(grid)
    wanted = [width_of(lines[row].name, _SIZE) + deep * _INDENT for row, deep in zip(grid.rows, indents, strict=True)]
    names = min(max(_NAME_ROOM[0], *wanted, 0.0) + 10, _NAME_ROOM[1])
    longest = max((len(word) for at in grid.columns for word in grid.table.columns[at].name.split()), default=0)
    # One letter more than the longest word: heads are bold, and a word that fits exactly would break.
    cell = min(max(_CELL_ROOM[0], width_of("x" * (longest + 1), _SIZE) + 8), _CELL_ROOM[1])
    top = _MARGIN + 30 + 17 * len(caption.lines) + 14 + _HEAD_LINE * _HEAD_LINES
    return _Plan(names, cell, top, top + _HEAD_LINE + 12)


def _caption(caption: Caption, width: float) -> Iterator[Words]:
    yield Words(_MARGIN, _MARGIN + 16, cut(caption.title, width - 2 * _MARGIN, 17), 17, bold=True)
    for at, line in enumerate(caption.lines):
        yield Words(_MARGIN, _MARGIN + 40 + 17 * at, cut(line, width - 2 * _MARGIN, _SIZE), _SIZE, FAINT)


def _heads(grid: Grid, plan: _Plan) -> Iterator[Box | Words]:
    """Names of the columns stand on one base line, n below them."""
    heads = [t("total"), *(grid.table.columns[at].name for at in grid.columns)]
    ns = ["", *(t("n={n}", n=grid.table.columns[at].n) for at in grid.columns)]
    for at, (name, n) in enumerate(zip(heads, ns, strict=True)):
        right = plan.x(at + 1) - 6
        lines = folded(name, plan.cell - 8, _SIZE, _HEAD_LINES)
        for up, line in enumerate(reversed(lines)):
            yield Words(right, plan.top - up * _HEAD_LINE, line, _SIZE, bold=True, anchor="end")
        if n:
            yield Words(right, plan.top + _HEAD_LINE, n, 11, FAINT, anchor="end")
    yield Box(_MARGIN, plan.body - 3, plan.x(len(heads)) - _MARGIN, 1.5, FAINT)


def _rows(grid: Grid, plan: _Plan) -> Iterator[Box | Words]:
    table = grid.table
    for at, (row, deep) in enumerate(zip(grid.rows, depths(grid), strict=True)):
        top, x = plan.y(at), _MARGIN + deep * _INDENT
        yield Words(x, top + 16, cut(table.rows[row].name, plan.names - deep * _INDENT - 6, _SIZE), _SIZE)
        yield _number(plan, 0, top, str(table.row_totals[row]), FAINT)
        for place, column in enumerate(grid.columns, 1):
            yield from _cell(grid, plan, (row, column), place, top)
        yield Box(_MARGIN, top + _ROW - 0.5, plan.x(len(grid.columns) + 1) - _MARGIN, 0.5, LINE)


def _cell(grid: Grid, plan: _Plan, cell: tuple[int, int], place: int, top: float) -> Iterator[Box | Words]:
    level = grid.level(*cell)
    if level and grid.look.paint is Paint.HEAT:
        yield Box(plan.x(place) + 1, top + 1, plan.cell - 2, _ROW - 2, SHADES[level])
    yield _number(plan, place, top, grid.text(*cell))
    if level and grid.look.paint is Paint.BARS:
        yield Box(plan.x(place) + 6, top + _ROW - 6, max(1.5, (plan.cell - 12) * grid.share(*cell)), 4, BAR)


def _number(plan: _Plan, place: int, top: float, text: str, fill: str = "#22252A") -> Words:
    return Words(plan.x(place + 1) - 6, top + 15, text, _SIZE, fill, anchor="end")


def _totals(grid: Grid, plan: _Plan) -> Iterator[Words]:
    top = plan.y(len(grid.rows)) + 4
    yield Words(_MARGIN, top + 15, t("total"), _SIZE, bold=True)
    totals = [grid.table.total, *(grid.table.column_totals[at] for at in grid.columns)]
    for place, total in enumerate(totals):
        yield Words(plan.x(place + 1) - 6, top + 15, str(total), _SIZE, bold=True, anchor="end")


def _legend(grid: Grid, top: float) -> Iterator[Box | Words]:
    """A box of each shade, with the values that it stands for."""
    if grid.look.paint is not Paint.HEAT:
        return
    x = _MARGIN
    for level, words in step_words(grid):
        yield Box(x, top, 18, 14, SHADES[level])
        yield Words(x + 24, top + 11, words, 11, FAINT)
        x += 24 + width_of(words, 11) + 16


def step_words(grid: Grid) -> list[tuple[int, str]]:
    """Each shade in use, and which values it stands for: `1 to 4`; the last one also for what is beyond it."""
    steps = grid.steps()
    counts = grid.look.measure is Measure.COUNT
    found = []
    for (_, below), (level, top) in pairwise([(0, "0"), *steps]):
        low = str(int(below) + 1) if counts else below
        if grid.is_beyond and level == steps[-1][0]:
            words = t("from {value}", value=low) if counts else t("above {value}", value=low)
        elif counts:
            words = top if low == top else t("{low} to {high}", low=low, high=top)
        else:
            words = t("up to {value}", value=top)
        found.append((level, words))
    return found


def full_bar(grid: Grid) -> str:
    """What a full bar stands for."""
    value = value_text(grid.highest, grid.look.measure)
    return t("A full bar: {value} and more.", value=value) if grid.is_beyond else t("A full bar: {value}.", value=value)


def legend_words(grid: Grid) -> list[str]:
    """What else one must know to read the picture."""
    words = []
    if grid.look.paint is Paint.BARS and grid.highest:
        words.append(full_bar(grid))
    rows, columns = grid.hidden
    if rows:
        words.append(tn("{n} empty row is left out.", "{n} empty rows are left out.", rows))
    if columns:
        words.append(tn("{n} empty column is left out.", "{n} empty columns are left out.", columns))
    return words


def in_words(grid: Grid, caption: Caption) -> str:
    """All that the picture shows, line by line, for whom cannot see it."""
    table = grid.table
    heads = [
        t("{column} (n={n}, total {total})", column=each.name, n=each.n, total=table.column_totals[at])
        for at, each in ((at, table.columns[at]) for at in grid.columns)
    ]
    lines = [*caption.lines, t("Columns: {columns}.", columns="; ".join(heads) or "–")]
    lines.append(t("In all: {n} {what}.", n=table.total, what=unit_words(table)))
    for row in grid.rows:
        cells = [
            f"{table.columns[at].name} {value_text(grid.value(row, at), grid.look.measure)}"
            for at in grid.columns
            if grid.level(row, at)
        ]
        line = table.rows[row]
        if table.row_totals[row]:
            total = table.row_totals[row]
            lines.append(t("{row}: {cells}; total {total}.", row=line.name, cells=", ".join(cells), total=total))
    return "\n".join([*lines, *legend_words(grid), *caption.notes, t(INTERN)])
