"""Commands of what stands behind a crosstab: fragments, quotes side by side, scores of those who tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.fragments_screen import FragmentsScreen
    from verhalen.tui.quotes_screen import QuotesScreen
    from verhalen.tui.typology_screen import TypologyScreen


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
    help = mark("Write this table as a picture (PNG, SVG), an Excel file or CSV.")

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
    help = mark("Write these quotes as a picture (PNG, SVG), text, Excel file or CSV.")

    def possible(self, screen: QuotesScreen) -> bool:
        """There must be something."""
        return screen.read is not None

    def run(self, screen: QuotesScreen) -> None:
        """Ask which and where."""
        screen.export()


QUOTES: tuple[type[AnyCommand], ...] = (GoToQuote, ColumnRight, ColumnLeft, NextCode, CodeBefore, ExportQuotes)
