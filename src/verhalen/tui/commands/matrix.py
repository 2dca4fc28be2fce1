"""Commands of the crosstab, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.matrix_screen import MatrixScreen


class CodesInNumbers(Command[CommandScreen[Any]]):
    """The way in, from home and from where one codes."""

    id = "codes-in-numbers"
    key = "G"
    title = mark("Codes in numbers")
    help = mark(
        "See how often codes stand in which group: by municipality, role, change or period, with the fragments behind it."
    )
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it."""
        screen.frame.open_matrix()


class _OnTable(Command["MatrixScreen"]):
    """A command about what was counted."""

    def possible(self, screen: MatrixScreen) -> bool:
        """Something must have been counted."""
        return screen.counted is not None


class _OnCode(Command["MatrixScreen"]):
    """A command about the code of the row."""

    def possible(self, screen: MatrixScreen) -> bool:
        """The row must be a code."""
        return bool(screen.row_code)


class FragmentsBehind(Command["MatrixScreen"]):
    """Behind the number."""

    id = "fragments-behind"
    key = "enter"
    title = mark("Fragments")
    help = mark("See the fragments behind the number of this cell. A click on the cell of the cursor does the same.")

    def possible(self, screen: MatrixScreen) -> bool:
        """There must be a cell."""
        return screen.has_cell

    def run(self, screen: MatrixScreen) -> None:
        """Open the list."""
        screen.see_fragments()


class WholeRow(Command["MatrixScreen"]):
    """All of a row."""

    id = "whole-row"
    key = "a"
    title = mark("Whole row")
    help = mark("See all fragments of this row, in whichever column they stand.")
    shown = False

    def possible(self, screen: MatrixScreen) -> bool:
        """Codes that stand together have no such row."""
        return screen.has_whole_row

    def run(self, screen: MatrixScreen) -> None:
        """Open the list."""
        screen.see_row()


class HowCounted(_OnTable):
    """What one must know."""

    id = "how-counted"
    key = "i"
    title = mark("How counted")
    help = mark("Read how was counted, who was left out, and what n is.")

    def run(self, screen: MatrixScreen) -> None:
        """Open the page."""
        screen.see_notes()


class OtherColumns(Command["MatrixScreen"]):
    """By what."""

    id = "other-columns"
    key = "k"
    title = mark("Columns")
    help = mark(
        "Choose what the columns are: municipality, role, change, period, coder, or anything known of families."
    )

    def run(self, screen: MatrixScreen) -> None:
        """Choose it."""
        screen.choices.columns()


class OtherRows(Command["MatrixScreen"]):
    """What of."""

    id = "other-rows"
    key = "r"
    title = mark("Rows")
    help = mark("Choose what the rows are: codes, groups of codes, life domains, or good and bad news.")

    def run(self, screen: MatrixScreen) -> None:
        """Choose it."""
        screen.choices.rows()


class NextMeasure(_OnTable):
    """What a cell shows."""

    id = "next-measure"
    key = "m"
    title = mark("Measure")
    help = mark(
        "Show numbers, per cent of the row, per cent of n in the column, or per 1,000 words; then again numbers."
    )

    def run(self, screen: MatrixScreen) -> None:
        """The next one."""
        screen.next_measure()


class OtherUnit(Command["MatrixScreen"]):
    """What is counted."""

    id = "other-unit"
    key = "e"
    title = mark("Count what")
    help = mark("Count fragments, families or texts.")

    def run(self, screen: MatrixScreen) -> None:
        """Choose it."""
        screen.choices.unit()


class WhoseWords(Command["MatrixScreen"]):
    """Of families or about them."""

    id = "whose-words"
    key = "w"
    title = mark("Whose words")
    help = mark(
        "Count families' own words, words about families, or all words. They are never mixed unless you ask it."
    )

    def run(self, screen: MatrixScreen) -> None:
        """Choose it."""
        screen.choices.whose()


class NextPaint(_OnTable):
    """How it looks."""

    id = "next-paint"
    key = "b"
    title = mark("Shades, bars")
    help = mark("Show shades beside the numbers, bars, or only the numbers.")

    def run(self, screen: MatrixScreen) -> None:
        """The next one."""
        screen.next_paint()


class OtherOrder(_OnTable):
    """Which rows come first."""

    id = "other-order"
    key = "s"
    title = mark("Order")
    help = mark("Put the rows in the order of the codebook, or those that occur most first. Columns are never ranked.")

    def run(self, screen: MatrixScreen) -> None:
        """The other one."""
        screen.other_order()


class HideEmpty(_OnTable):
    """Less to look at."""

    id = "hide-empty"
    key = "l"
    title = mark("Empty ones")
    help = mark("Hide rows and columns in which nothing was counted, or show them.")

    def run(self, screen: MatrixScreen) -> None:
        """The other way round."""
        screen.turn_empty()


class AskOfTable(Command["MatrixScreen"]):
    """A part of the fragments."""

    id = "ask-of-table"
    key = "f"
    title = mark("Only these")
    help = mark("Count only fragments that answer a question, as in: role=parent and valence=negative.")

    def run(self, screen: MatrixScreen) -> None:
        """Type it."""
        screen.choices.question()


class StandTogether(Command["MatrixScreen"]):
    """Codes by codes."""

    id = "stand-together"
    key = "c"
    title = mark("Together")
    help = mark(
        "See which codes stand together: overlapping, within a turn or near each other; or go back to the crosstab."
    )

    def run(self, screen: MatrixScreen) -> None:
        """Choose when."""
        screen.choices.together()


class StrongestPairs(Command["MatrixScreen"]):
    """What to look at first."""

    id = "strongest-pairs"
    key = "p"
    title = mark("Strongest pairs")
    help = mark("List the codes that stand together most, and go to one of them.")

    def possible(self, screen: MatrixScreen) -> bool:
        """Codes must stand by codes."""
        return screen.counted is not None and screen.counted.axis is None

    def run(self, screen: MatrixScreen) -> None:
        """List them."""
        screen.choices.strongest()


class QuotesOfCode(_OnCode):
    """What was said."""

    id = "quotes-of-code"
    key = "q"
    title = mark("Quotes")
    help = mark("Read what was said about the code of this row, column by column.")

    def run(self, screen: MatrixScreen) -> None:
        """Open them."""
        screen.see_quotes()


class TypologyOfCode(_OnCode):
    """Numbers of those who tell."""

    id = "typology-of-code"
    key = "t"
    title = mark("Scores of tellers")
    help = mark("See how families that tell of the code of this row stand in the scores, beside those that do not.")

    def run(self, screen: MatrixScreen) -> None:
        """Open it."""
        screen.see_typology()


class ExportTable(_OnTable):
    """To a file."""

    id = "export-table"
    key = "x"
    title = mark("Picture or file")
    help = mark("Write this table as a picture (PNG, SVG), an Excel file or CSV.")

    def run(self, screen: MatrixScreen) -> None:
        """Ask which and where."""
        screen.export()


class StopCounting(Command["MatrixScreen"]):
    """It takes too long."""

    id = "stop-counting"
    key = "escape"
    title = mark("Stop")
    help = mark("Stop counting; the table stays as it was.")

    def possible(self, screen: MatrixScreen) -> bool:
        """Only while it takes long."""
        return screen.is_slow

    def run(self, screen: MatrixScreen) -> None:
        """Stop."""
        screen.stop()


MATRIX: tuple[type[AnyCommand], ...] = (
    FragmentsBehind,
    OtherColumns,
    OtherRows,
    NextMeasure,
    OtherUnit,
    NextPaint,
    StandTogether,
    StrongestPairs,
    QuotesOfCode,
    TypologyOfCode,
    ExportTable,
    OtherOrder,
    HideEmpty,
    AskOfTable,
    WhoseWords,
    HowCounted,
    WholeRow,
    StopCounting,
)
"""In the order of the key bar."""
