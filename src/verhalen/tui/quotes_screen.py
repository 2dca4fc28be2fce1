"""What was said about a code, column by column: one beside the other where there is room, to read and compare."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.crosstable import Line
from verhalen.model.text import Span
from verhalen.tui.behind import Behind, content, singles
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.behind import QUOTES
from verhalen.tui.matrix_asked import Asked, axis_of, quotes
from verhalen.tui.matrix_words import axis_name
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.quotes_files import about_column, export_quotes

if TYPE_CHECKING:
    from verhalen.analysis.quote_matrix import QuoteMatrix
    from verhalen.model.crosstable import Axis

_MOST = 3
"""Columns side by side."""
_ROOM = 50
"""Cells that a column needs to be read with ease."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one code."""

    matrix: QuoteMatrix
    axis: Axis
    columns: tuple[tuple[Line, list[Behind]], ...]
    """Columns in which something could be said, with what was said."""


class QuoteColumn(Vertical):
    """One column: its name, its n, the quotes."""

    DEFAULT_CSS = """
    QuoteColumn { width: 1fr; height: 1fr; }
    QuoteColumn Static { height: 2; padding: 0 1; }
    QuoteColumn.-here Static { background: $panel; text-style: bold; }
    QuoteColumn OptionList { height: 1fr; padding: 0; }
    """

    def compose(self) -> ComposeResult:
        """Heading and list."""
        yield Static(markup=False)
        yield OptionList(markup=False)

    def show(self, line: Line, quotes: Sequence[Behind]) -> None:
        """Show a column."""
        self.query_one(Static).update(f"{line.name}\n{about_column(line, len(quotes))}")
        lines = self.query_one(OptionList)
        lines.clear_options().add_options([Option(Content.assemble(content(each), "\n")) for each in quotes])
        if not quotes:
            lines.add_option(Option(t("Nobody says anything about it here."), disabled=True))
        lines.highlighted = 0 if quotes else None


class QuotesScreen(CommandScreen[None]):
    """The quotes of one code; left and right walk through the columns."""

    COMMAND_CLASSES = QUOTES
    HELP_TITLE: ClassVar[str] = mark("Quotes side by side")
    HELP_TEXT: ClassVar[str] = mark(
        "All that was said about one code and the codes below it, in the columns of the table you came from. Left and right "
        "walk through the columns, up and down through the quotes; Enter opens the text at the place. In a wide window two "
        "or three columns stand beside each other. Before you quote somebody: look whether they agreed to it; it stands "
        "with each quote."
    )
    DEFAULT_CSS = """
    QuotesScreen #about { padding: 0 1; height: auto; max-height: 3; }
    """

    def __init__(self, codes: Sequence[str], at: int, asked: Asked) -> None:
        """`codes`: keys to walk through; `at`: the first one."""
        super().__init__()
        self.codes = tuple(codes)
        self.code_at = at
        self.asked = asked
        self.read: Read | None = None
        """None until they were read."""
        self.column = 0
        """The column of the cursor, among those that are read."""
        self._first = 0

    def body(self) -> ComposeResult:
        """What it is about, the columns."""
        yield Static(id="about", markup=False)
        with Horizontal():
            for _ in range(_MOST):
                yield QuoteColumn()

    def on_mount(self) -> None:
        """Read."""
        self.query_one("#about", Static).update(t("Searching…"))
        self.reload()

    def on_resize(self) -> None:
        """Another width, other columns."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again, beside the screen."""
        self.run_worker(self._read(), exclusive=True, group="find")

    async def _read(self) -> None:
        code, asked = self.codes[self.code_at], self.asked

        def read() -> Read:
            with self.project.sibling() as own:
                axis = axis_of(own, asked)
                matrix = quotes(own, asked, code)
                told = ((line, singles(own, matrix.cell(code, line.key))) for line in matrix.columns)
                return Read(matrix, axis, tuple((line, said) for line, said in told if line.n or said))

        try:
            self.read = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        self._fill()

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> int:
        """How many columns stand side by side."""
        found = len(self.read.columns) if self.read else 1
        return max(1, min(_MOST, found, self.size.width // _ROOM))

    def _fill(self) -> None:
        read = self.read
        if read is None or not self.is_attached or not self.size.width:
            return
        self.column = max(0, min(self.column, len(read.columns) - 1))
        self._first = max(
            0, min(max(self._first, self.column - self.shown + 1), self.column, len(read.columns) - self.shown)
        )
        self.query_one("#about", Static).update(self._about(read))
        for place, each in enumerate(self.query(QuoteColumn)):
            at = self._first + place
            each.display = place < self.shown and at < len(read.columns)
            if each.display:
                each.show(*read.columns[at])
        self._focus()
        self.refresh_bindings()

    def _about(self, read: Read) -> Content:
        """The code, and all columns with their numbers, the one of the cursor marked."""
        code = read.matrix.rows[0].name if read.matrix.rows else self.codes[self.code_at]
        head = Content(t("{code}, by {columns}", code=code, columns=axis_name(read.axis))).stylize("bold")
        names = [
            Content(f"[{line.name} {len(quotes)}]").stylize("bold")
            if at == self.column
            else Content(f"{line.name} {len(quotes)}")
            for at, (line, quotes) in enumerate(read.columns)
        ]
        return Content("\n").join([head, Content("  ").join(names)])

    def _focus(self) -> None:
        for place, each in enumerate(self.query(QuoteColumn)):
            here = self._first + place == self.column
            each.set_class(here, "-here")
            if here and each.display:
                each.query_one(OptionList).focus()

    # -- walking -------------------------------------------------------------------------------------------------------

    def walk(self, step: int) -> None:
        """The column beside; where it is not in sight the window moves."""
        if self.read is None:
            return
        wanted = max(0, min(self.column + step, len(self.read.columns) - 1))
        if wanted == self.column:
            return
        self.column = wanted
        if self._first <= wanted < self._first + self.shown:
            self.query_one("#about", Static).update(self._about(self.read))
            self._focus()
        else:
            self._fill()

    def other_code(self, step: int) -> None:
        """The next code of the table, or the one before; the column stays."""
        wanted = self.code_at + step
        if 0 <= wanted < len(self.codes):
            self.code_at = wanted
            self.reload()

    def on_descendant_focus(self) -> None:
        """The mouse in another column."""
        for place, each in enumerate(self.query(QuoteColumn)):
            if each.query_one(OptionList).has_focus and self._first + place != self.column and self.read is not None:
                self.column = self._first + place
                self.query_one("#about", Static).update(self._about(self.read))
                self._focus()

    @property
    def here(self) -> Behind | None:
        """The quote of the cursor."""
        if self.read is None or not self.read.columns:
            return None
        place = self.column - self._first
        columns = list(self.query(QuoteColumn))
        at = columns[place].query_one(OptionList).highlighted if place < len(columns) else None
        quotes = self.read.columns[self.column][1]
        return quotes[at] if at is not None and at < len(quotes) else None

    def on_option_list_option_selected(self) -> None:
        """Enter or a click."""
        self.go_there()

    def go_there(self) -> None:
        """Open the text at the place."""
        if self.here is not None:
            line = self.here.line
            self.frame.open_coding(line.source_number, place=Span(line.start, line.stop))

    def export(self) -> None:
        """These quotes as a file."""
        if self.read is not None:
            export_quotes(self, self.read)
