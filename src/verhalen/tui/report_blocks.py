"""What a report becomes, in characters: headings, lists, tables, bars. Every number and quote in it has been cleared."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.tui.charts import FILLS, stacked_bar
from verhalen.tui.page import BLANK, HEADING, MUTED, PLAIN, TITLE, Line

if TYPE_CHECKING:
    from verhalen.report.blocks import Block, Chart, ListBlock, Phrase, Quotation, Table

_GAP = 2
_NARROWEST = 6
"""Cells of a column below which a table is shown row by row."""


def block_lines(blocks: Sequence[Block], width: int) -> Iterator[Line]:
    """The lines of some blocks, in a column of `width` cells."""
    # Loaded with the first preview: the screen of the reports opens without the report room.
    from verhalen.report import blocks as kinds

    for block in blocks:
        match block:
            case kinds.Heading():
                yield Line(said(block.words), TITLE if block.level == 1 else HEADING)
                yield BLANK
            case kinds.Paragraph():
                yield Line(said(block.words), MUTED if block.quoted else PLAIN, 2 if block.quoted else 0)
                yield BLANK
            case kinds.ListBlock():
                yield from _list(block, 0, width)
                yield BLANK
            case kinds.Quotation():
                yield from _quotation(block)
            case kinds.Table():
                yield from _table(block, width)
            case kinds.Chart():
                yield from _chart(block, width)
            case kinds.Callout():
                for words in (block.title, *block.paragraphs):
                    if words is not None:
                        yield from _hanging("┃ ", "┃ ", said(words), width, HEADING if words is block.title else PLAIN)
                yield BLANK
            case kinds.Note():
                yield Line(said(block.words), MUTED)
                yield BLANK
            case kinds.PageBreak():
                yield Line("─" * min(width, 40), MUTED)
                yield BLANK
            case kinds.Contents():
                yield Line(t("(here comes the table of contents)"), MUTED)
                yield BLANK
            case kinds.Filled():
                yield from block_lines(block.blocks, width)


def said(phrase: Phrase) -> str:
    """The words of a phrase."""
    return "".join(run.text.value for run in phrase) if isinstance(phrase, tuple) else phrase.value


def _list(block: ListBlock, depth: int, width: int) -> Iterator[Line]:
    for number, item in enumerate(block.items, 1):
        sign = "  " * depth + (f"{number}. " if block.ordered else "• ")
        yield from _hanging(sign, " " * len(sign), said(item.words), width)
        for inner in item.inside:
            yield from _list(inner, depth + 1, width)


def _hanging(first: str, others: str, words: str, width: int, style: str = PLAIN) -> Iterator[Line]:
    """Words behind a sign, whose further lines stand under the first."""
    parts = textwrap.wrap(words, max(10, width - len(first))) or [""]
    # Blanks at the beginning of a line that are never taken for places to break it.
    for at, part in enumerate(parts):
        yield Line((first if at == 0 else others).replace(" ", "\u00a0") + part, style)


def _quotation(block: Quotation) -> Iterator[Line]:
    yield Line(f"“{block.text.value.strip()}”", "italic", 2)
    by = [each.value for each in (block.attribution, block.n) if each is not None]
    if by:
        yield Line(f"— {' · '.join(by)}", MUTED, 2)
    yield BLANK


def _table(block: Table, width: int) -> Iterator[Line]:
    if said(block.caption):
        yield Line(said(block.caption), HEADING)
    header = [said(cell) for cell in block.header]
    rows = [[said(cell) for cell in row] for row in block.rows]
    widths = column_widths([header, *rows], width)
    if widths is None:
        yield from _row_by_row(header, rows)
    else:
        yield _cells(header, widths, "underline")
        yield from (_cells(row, widths, PLAIN) for row in rows)
    if block.note is not None:
        yield Line(said(block.note), MUTED)
    yield BLANK


def column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column may be; None where they do not fit and no cell should be cut."""
    wanted = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(wanted) + _GAP * (len(wanted) - 1) <= width:
        return wanted
    others = sum(wanted[1:]) + _GAP * (len(wanted) - 1)
    first = width - others
    return [first, *wanted[1:]] if first >= max(_NARROWEST, wanted[0] // 2) else None


def _cells(cells: Sequence[str], widths: Sequence[int], style: str) -> Line:
    first, *rest = (_cut(cell, room) for cell, room in zip(cells, widths, strict=True))
    shown = [first.ljust(widths[0]), *(cell.rjust(room) for cell, room in zip(rest, widths[1:], strict=True))]
    # Blanks that are never taken for places to break a line.
    return Line((" " * _GAP).join(shown).replace(" ", "\u00a0"), style)


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"


def _row_by_row(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    for row in rows:
        yield Line(row[0], "underline")
        for name, cell in zip(header[1:], row[1:], strict=True):
            yield Line(f"{name}: {cell}", indent=2)


def _chart(block: Chart, width: int) -> Iterator[Line]:
    yield Line(said(block.caption), HEADING)
    signs = "  ".join(f"{sign} {each.name.value}" for sign, each in zip(FILLS, block.series, strict=False))
    yield Line(signs, MUTED)
    for at, category in enumerate(block.categories):
        yield Line(category.value)
        counts = [series.counts[at] or 0 for series in block.series]
        if any(counts):
            yield Line("".join(stacked_bar(counts, max(10, width - 2))), indent=2)
    if block.lacks_numbers:
        yield Line(t("A number that is not shown is left out of its bar."), MUTED)
    if block.note is not None:
        yield Line(said(block.note), MUTED)
    yield BLANK
