"""A table of words, numbers and bars as a picture, with all of it in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verhalen.exchange.drawing import FAINT, INK, LINE, PAPER, Box, Drawing, Words, cut, folded, width_of
from verhalen.i18n import mark, t

INTERN = mark("For the team: nothing is masked. Small numbers may point to a family.")
_MARGIN, _SIZE, _LINE, _GAP, _PAD = 24.0, 12.0, 16.0, 14.0, 10.0
_NARROW, _WIDE, _LAST, _MOST_LINES = 60.0, 250.0, 400.0, 12
_BAR, _BAR_HEIGHT = 220.0, 18.0
_FILLS = (("#1F5F7A", PAPER), ("#BAD3DE", INK), ("#F2F0EB", INK), ("#9C3D1E", PAPER))
"""Ground and ink of the parts of a bar. Each part holds its number, and their order is said below: nothing by colour alone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Counts beside each other, from left to right."""

    counts: tuple[int, ...]
    names: tuple[str, ...]
    """Finished words for each."""

    @property
    def words(self) -> str:
        """The same in words; what is nought is left out."""
        return ", ".join(f"{name} {n}" for name, n in zip(self.names, self.counts, strict=True) if n)


Cell = str | Bar


@dataclass(frozen=True, slots=True)
class Table:
    """What is drawn, in finished words."""

    title: str
    lines: Sequence[str]
    """Of what and when."""
    columns: Sequence[str]
    """The first one is the name of the rows."""
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    """Below the table."""


def table_drawing(table: Table) -> Drawing:
    """The picture: columns as wide as their words need, long ones over several lines."""
    widths = [_width(table, at) for at in range(len(table.columns))]
    width = max(560.0, sum(widths) + _GAP * (len(widths) - 1) + 2 * _MARGIN)
    room = width - 2 * _MARGIN
    parts: list[Box | Words] = [Words(_MARGIN, _MARGIN + 16, cut(table.title, room, 17), 17, bold=True)]
    y = _MARGIN + 40
    for line in [part for each in table.lines for part in folded(each, room, _SIZE, 3)]:
        parts.append(Words(_MARGIN, y, line, _SIZE, FAINT))
        y += _LINE
    y = _row(parts, table.columns, widths, y + 4, bold=True)
    parts.append(Box(_MARGIN, y, room, 1.5, FAINT))
    for row in table.rows:
        y = _row(parts, row, widths, y + 4)
        parts.append(Box(_MARGIN, y, room, 0.5, LINE))
    y += _LINE + 4
    for line in [part for each in (*table.notes, t(INTERN)) for part in folded(each, room, 11, 4)]:
        parts.append(Words(_MARGIN, y, line, 11, FAINT))
        y += _LINE
    return Drawing(width, y + 8, parts, table.title, in_words(table))


def _width(table: Table, column: int) -> float:
    cells = [row[column] for row in table.rows]
    if any(isinstance(each, Bar) for each in cells):
        return _BAR
    longest = max([width_of(each, _SIZE) for each in cells if isinstance(each, str)], default=0.0)
    word = max((width_of(word, _SIZE) for word in table.columns[column].split()), default=0.0)
    most = _LAST if column == len(table.columns) - 1 else _WIDE
    return min(max(_NARROW, word + 2, longest + 2), most)


def _row(
    parts: list[Box | Words], cells: Sequence[Cell], widths: Sequence[float], top: float, *, bold: bool = False
) -> float:
    """Draw one row; gives where the next one begins."""
    x, tall = _MARGIN, 1
    for cell, room in zip(cells, widths, strict=True):
        if isinstance(cell, Bar):
            parts += _bar(cell, x, top)
        else:
            lines = folded(cell, room, _SIZE, _MOST_LINES)
            tall = max(tall, len(lines))
            parts += [Words(x, top + 13 + at * _LINE, line, _SIZE, bold=bold) for at, line in enumerate(lines)]
        x += room + _GAP
    return top + tall * _LINE + _PAD - 4


def _bar(bar: Bar, x: float, top: float) -> Iterator[Box | Words]:
    """Each part at least as wide as its number."""
    total = sum(bar.counts)
    least = width_of("000", 11)
    shares = [max(least, n / total * _BAR) if n else 0.0 for n in bar.counts]
    shrink = min(1.0, _BAR / sum(shares)) if total else 1.0
    for n, share, (fill, ink) in zip(bar.counts, shares, _FILLS, strict=False):
        if n:
            yield Box(x, top, share * shrink - 1, _BAR_HEIGHT, fill)
            yield Words(x + 4, top + 13, str(n), 11, ink, bold=True)
            x += share * shrink


def in_words(table: Table) -> str:
    """All that the picture shows, row by row."""
    found = list(table.lines)
    for row in table.rows:
        name, *cells = ((each.words if isinstance(each, Bar) else each) or "–" for each in row)
        said = "; ".join(f"{head}: {cell}" for head, cell in zip(table.columns[1:], cells, strict=True))
        found.append(f"{name}. {said.rstrip('.')}.")
    return "\n".join([*found, *table.notes, t(INTERN)])
