"""Quotes of a code as a picture: the columns side by side, each with its n; how many more there are is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verhalen.exchange.drawing import FAINT, LINE, Box, Drawing, Words, cut, folded
from verhalen.exchange.matrix_picture import INTERN, Caption
from verhalen.i18n import t, tn

MOST = 8
"""Quotes of one column that are drawn; a workbook holds them all."""
_MARGIN, _COLUMN, _GAP, _SIZE, _LINE = 24.0, 300.0, 20.0, 12.0, 17.0
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class QuotedColumn:
    """One column."""

    name: str
    about: str
    """How many quotes of how many families, in finished words."""
    quotes: Sequence[tuple[str, str]]
    """Who says it where, and the words."""


def quotes_drawing(columns: Sequence[QuotedColumn], caption: Caption) -> Drawing:
    """The picture."""
    width = max(2 * _MARGIN + len(columns) * (_COLUMN + _GAP) - _GAP, 560.0)
    top = _MARGIN + 40 + 17 * len(caption.lines) + 16
    parts: list[Box | Words] = [Words(_MARGIN, _MARGIN + 16, cut(caption.title, width - 48, 17), 17, bold=True)]
    parts += [
        Words(_MARGIN, _MARGIN + 40 + 17 * at, cut(line, width - 48, _SIZE), _SIZE, FAINT)
        for at, line in enumerate(caption.lines)
    ]
    bottom = top
    for at, column in enumerate(columns):
        drawn = list(_column(column, _MARGIN + at * (_COLUMN + _GAP), top))
        parts += drawn
        bottom = max(bottom, *(each.y for each in drawn))
    notes = [line for each in (*caption.notes, t(INTERN)) for line in folded(each, width - 48, 11, 4)]
    parts += [Words(_MARGIN, bottom + 34 + 16 * at, line, 11, FAINT) for at, line in enumerate(notes)]
    return Drawing(width, bottom + 34 + 16 * len(notes) + 8, parts, caption.title, _in_words(columns, caption))


def _column(column: QuotedColumn, x: float, top: float) -> Iterator[Box | Words]:
    yield Words(x, top, cut(column.name, _COLUMN, 13), 13, bold=True)
    yield Words(x, top + _LINE, cut(column.about, _COLUMN, 11), 11, FAINT)
    yield Box(x, top + _LINE + 8, _COLUMN, 1.5, FAINT)
    y = top + _LINE + 28
    for who, words in column.quotes[:MOST]:
        for line in folded(words, _COLUMN, _SIZE, _MOST_LINES):
            yield Words(x, y, line, _SIZE)
            y += _LINE
        for line in folded(who, _COLUMN, 11, 2):
            yield Words(x, y, line, 11, FAINT)
            y += 15
        yield Box(x, y - 7, _COLUMN, 0.5, LINE)
        y += 14
    if len(column.quotes) > MOST:
        yield Words(x, y, _more(len(column.quotes) - MOST), 11, FAINT)


def _more(n: int) -> str:
    return tn("and {n} more quote", "and {n} more quotes", n)


def _in_words(columns: Sequence[QuotedColumn], caption: Caption) -> str:
    lines = [*caption.lines]
    for column in columns:
        lines.append(f"{column.name}: {column.about}")
        lines += [f"- {' '.join(words.split())} ({who})" for who, words in column.quotes[:MOST]]
        if len(column.quotes) > MOST:
            lines.append(_more(len(column.quotes) - MOST))
    return "\n".join([*lines, *caption.notes, t(INTERN)])
