"""Quotes side by side, as a file: picture, text, CSV or workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.exchange.matrix_picture import Caption
from verhalen.i18n import t, tn
from verhalen.tui.exporting import TABLE, export
from verhalen.tui.matrix_words import axis_name
from verhalen.tui.words import day_text

if TYPE_CHECKING:
    from verhalen.exchange.drawing import Drawing
    from verhalen.model.crosstable import Line
    from verhalen.tui.found import Line as FoundLine
    from verhalen.tui.quotes_screen import QuotesScreen, Read


def export_quotes(screen: QuotesScreen, read: Read) -> None:
    """Ask which kind and where."""
    code = read.matrix.rows[0].name if read.matrix.rows else ""

    def draw() -> Drawing:
        from verhalen.exchange.quotes_picture import QuotedColumn, quotes_drawing

        title = t("{code}, by {columns}", code=code, columns=axis_name(read.axis))
        notes = tuple(map(str, read.matrix.notes))
        columns = [
            QuotedColumn(
                line.name, about_column(line, len(quotes)), [(who_of(each.line), each.line.text) for each in quotes]
            )
            for line, quotes in read.columns
        ]
        return quotes_drawing(columns, Caption(title, (day_text(screen.frame.day),), notes))

    def put(path: Path) -> None:
        with screen.project.sibling() as own:
            own.crossing.write(path, read.matrix)

    export(screen, t("quotes-{code}", code=code), draw=draw, write=put, kinds=(*TABLE, ".md"))


def about_column(line: Line, quotes: int) -> str:
    """How many quotes, and how many families could have said something."""
    n = tn("{n} quote", "{n} quotes", quotes)
    if not line.families:
        return n
    return f"{n} · {tn('{n} family could tell of it', '{n} families could tell of it', line.families)}"


def who_of(line: FoundLine) -> str:
    """Who says it where."""
    return f"{line.source_number} · {line.title} · {line.about.plain}"
