"""Commands of the crosstab, of the fragments behind a number, and the ways to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.fragments_screen import FragmentsScreen
    from verhalen.tui.matrix_screen import MatrixScreen
    from verhalen.tui.quotes_screen import QuotesScreen
    from verhalen.tui.typology_screen import TypologyScreen


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
    help = mark("Write this table as a picture (PNG, SVG), a workbook or CSV.")

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


class GoToFragment(Command["FragmentsScreen"]):
    """Into the text."""

    id = "go-to-fragment"
    key = "enter"
    title = mark("Go there")
    help = mark("Open the text at this place. Escape brings you back to this list.")

    def possible(self, screen: FragmentsScreen) -> bool:
        """There must be one."""
        return screen.here is not None

    def run(self, screen: FragmentsScreen) -> None:
        """Open it."""
        screen.go_there()


FRAGMENTS: tuple[type[AnyCommand], ...] = (GoToFragment,)


class FamiliesOfGroup(Command["TypologyScreen"]):
    """Who they are."""

    id = "families-of-group"
    key = "enter"
    title = mark("Which families")
    help = mark("See the families of the group on this line.")

    def possible(self, screen: TypologyScreen) -> bool:
        """There must be a line."""
        return screen.row is not None

    def run(self, screen: TypologyScreen) -> None:
        """Open them."""
        screen.see_families()


class TypologyPer(Command["TypologyScreen"]):
    """What a row stands for."""

    id = "typology-per"
    key = "p"
    title = mark("Rows per")
    help = mark("A row per question, per life domain, or per part of the questionnaire.")

    def run(self, screen: TypologyScreen) -> None:
        """Choose it."""
        screen.ask_per()


class TypologyWhose(Command["TypologyScreen"]):
    """Whose words."""

    id = "typology-whose"
    key = "w"
    title = mark("Whose words")
    help = mark("Take families that tell of it in their own words, families that others tell it of, or both.")

    def run(self, screen: TypologyScreen) -> None:
        """Choose it."""
        screen.ask_whose()


class TypologyInstrument(Command["TypologyScreen"]):
    """By another instrument."""

    id = "typology-instrument"
    key = "i"
    title = mark("Other instrument")
    help = mark("Count by another instrument.")

    def run(self, screen: TypologyScreen) -> None:
        """Choose it."""
        screen.ask_instrument()


class ExportTypology(Command["TypologyScreen"]):
    """To a file."""

    id = "export-typology"
    key = "x"
    title = mark("Picture or file")
    help = mark("Write this table as a picture (PNG, SVG), a workbook or CSV.")

    def possible(self, screen: TypologyScreen) -> bool:
        """There must be something."""
        return screen.table is not None

    def run(self, screen: TypologyScreen) -> None:
        """Ask which and where."""
        screen.export()


TYPOLOGY: tuple[type[AnyCommand], ...] = (
    FamiliesOfGroup,
    TypologyPer,
    TypologyWhose,
    TypologyInstrument,
    ExportTypology,
)


class GoToQuote(Command["QuotesScreen"]):
    """Into the text."""

    id = "go-to-quote"
    key = "enter"
    title = mark("Go there")
    help = mark("Open the text at this place. Escape brings you back to the quotes.")

    def possible(self, screen: QuotesScreen) -> bool:
        """There must be one."""
        return screen.here is not None

    def run(self, screen: QuotesScreen) -> None:
        """Open it."""
        screen.go_there()


class ColumnRight(Command["QuotesScreen"]):
    """The next column."""

    id = "column-right"
    key = "right"
    title = mark("Next column")
    help = mark("Go to the column at the right.")

    def run(self, screen: QuotesScreen) -> None:
        """Go."""
        screen.walk(1)


class ColumnLeft(Command["QuotesScreen"]):
    """The column before."""

    id = "column-left"
    key = "left"
    title = mark("Column before")
    help = mark("Go to the column at the left.")

    def run(self, screen: QuotesScreen) -> None:
        """Go."""
        screen.walk(-1)


class NextCode(Command["QuotesScreen"]):
    """Another code."""

    id = "next-code"
    key = "n"
    title = mark("Next code")
    help = mark("Read the quotes of the next code of the table; the column stays.")
    step: ClassVar[int] = 1

    def possible(self, screen: QuotesScreen) -> bool:
        """There must be one."""
        return 0 <= screen.code_at + self.step < len(screen.codes)

    def run(self, screen: QuotesScreen) -> None:
        """Read it."""
        screen.other_code(self.step)


class CodeBefore(NextCode):
    """The one before."""

    id = "code-before"
    key = "p"
    title = mark("Code before")
    help = mark("Read the quotes of the code before it; the column stays.")
    step = -1


class ExportQuotes(Command["QuotesScreen"]):
    """To a file."""

    id = "export-quotes"
    key = "x"
    title = mark("Picture or file")
    help = mark("Write these quotes as a picture (PNG, SVG), text, workbook or CSV.")

    def possible(self, screen: QuotesScreen) -> bool:
        """There must be something."""
        return screen.read is not None

    def run(self, screen: QuotesScreen) -> None:
        """Ask which and where."""
        screen.export()


QUOTES: tuple[type[AnyCommand], ...] = (GoToQuote, ColumnRight, ColumnLeft, NextCode, CodeBefore, ExportQuotes)
