"""Crosstab and co-occurrence on the screen: walk through the numbers, look at them, go behind them and come back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from verhalen import errors
from verhalen.analysis.grid import Grid, Look, Order, Paint, grid_of
from verhalen.i18n import mark, t, tn
from verhalen.model.crosstable import AxisKind, Measure
from verhalen.tui.coding_places import view_key
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.matrix import MATRIX
from verhalen.tui.dialogs import choose
from verhalen.tui.fragments_screen import FragmentsScreen
from verhalen.tui.matrix_asked import Asked, Counted, behind, count
from verhalen.tui.matrix_choices import MatrixChoices
from verhalen.tui.matrix_files import export_matrix
from verhalen.tui.matrix_memory import begun_again, kept, remembered
from verhalen.tui.matrix_view import CrossView
from verhalen.tui.matrix_words import (
    about_words,
    cell_line,
    column_line,
    counts_words,
    legend_line,
    note_lines,
    row_line,
)
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.reading_window import ReadingWindow

_SLOW = 1.0
"""Seconds after which it says how long it takes, and that it can be stopped."""


class MatrixScreen(CommandScreen[None]):
    """A table of codes by something. For inside: nothing is masked."""

    COMMAND_CLASSES = MATRIX
    HELP_TITLE: ClassVar[str] = mark("Codes in numbers")
    HELP_TEXT: ClassVar[str] = mark(
        "Rows are codes, columns are what you choose: municipality, role, change, period. Arrows walk from cell to cell; "
        "below the table stands all that is known of the cell of the cursor. Enter, or a click on it, shows the fragments "
        "behind the number, and escape brings you back to the same cell. A row counts its code and the codes below it. The "
        "darker the sign beside a number, the higher it is. n says how many could have stood in the column at all: look at "
        "it before you compare columns. These numbers are for the team: nothing is masked here."
    )
    DEFAULT_CSS = """
    MatrixScreen #about { padding: 0 1; height: auto; max-height: 3; background: $panel; }
    MatrixScreen #counts { padding: 0 1; height: auto; max-height: 2; color: $text-muted; }
    MatrixScreen CrossView { margin: 0 0 0 1; }
    MatrixScreen #legend { padding: 0 1; height: auto; max-height: 2; color: $text-muted; }
    MatrixScreen #cell { padding: 0 1; height: auto; max-height: 3; min-height: 1; }
    MatrixScreen #notes { padding: 0 1; height: auto; max-height: 4; color: $text-muted; display: none; }
    MatrixScreen.-roomy #notes { display: block; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, asked: Asked | None = None, *, row: str = "") -> None:
        """`row`: key of the code on which the cursor begins."""
        super().__init__()
        self.asked = asked or Asked()
        self._kept = ""
        """What is kept of it for another time."""
        self._is_given = asked is not None
        """Whether somebody said what is asked; else it is what was asked last time."""
        self.counted: Counted | None = None
        """None until it was counted."""
        self.look = Look()
        self.choices = MatrixChoices(self)
        self._row = row
        self.tried = ""
        """A question that could not be understood, to write on."""
        self._since: float | None = None
        """When the counting that goes on began; None where nothing is counted."""

    def body(self) -> ComposeResult:
        """What is counted, the table, signs, the cell of the cursor."""
        yield Static(id="about", markup=False)
        yield Static(id="counts", markup=False)
        yield CrossView()
        yield Static(id="legend", markup=False)
        yield Static(id="cell", markup=False)
        yield Static(id="notes", markup=False)

    def on_mount(self) -> None:
        """Count."""
        self.set_interval(0.5, self._tick)
        self.query_one(CrossView).focus()
        if not self._is_given:
            self._kept = self.project.view(self._view_key)
            self.asked, self.look = remembered(self._kept)
        self.reload()

    @property
    def _view_key(self) -> str:
        return view_key(self.project, "matrix")

    def _keep(self) -> None:
        """Come back to the same table another time."""
        key, value = self._view_key, kept(self.asked, self.look)
        if not self._is_given and value != self._kept and not self.project.read_only_reason:
            self._kept = value
            self.write(lambda project: project.keep_view(key, value))

    @property
    def view(self) -> CrossView:
        """The table."""
        return self.query_one(CrossView)

    @property
    def has_cell(self) -> bool:
        """Whether the cursor stands on a cell."""
        return self.is_attached and self.view.at is not None

    @property
    def row_code(self) -> str:
        """Key of the code of the row; empty where rows are no codes."""
        cell = self.view.cell if self.is_attached else None
        return cell[0] if cell and self.counted and self.counted.has_code_rows else ""

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again; the cursor stays on its cell."""
        self.count(self.asked)

    # -- counting ------------------------------------------------------------------------------------------------------

    def count(self, asked: Asked) -> None:
        """Count beside the screen. What was asked before is let go; where this cannot be counted, it comes back."""
        self.asked = asked
        self._since = monotonic()
        self.run_worker(self._count(asked), exclusive=True, group="count")

    async def _count(self, asked: Asked) -> None:
        if self.counted is None:
            self.query_one("#about", Static).update(t("Counting…"))

        def counted() -> Counted:
            with self.project.sibling() as own:
                return count(own, asked)

        try:
            self.counted = await asyncio.to_thread(counted)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            self.tried = asked.query if isinstance(error, errors.BadQuery) else ""
            if self.counted is not None:
                self.asked = self.counted.asked
            elif asked != begun_again(asked):  # an instrument or attribute of last time that is gone
                self.count(begun_again(asked))
                return
            else:
                self.query_one("#about", Static).update(str(error))
        self._since = None
        self._fit_look()
        self._fill()

    def _tick(self) -> None:
        """Show that time passes."""
        seconds = monotonic() - self._since if self._since is not None else 0.0
        if seconds > _SLOW:
            said = tn("Counting: {n} second. Escape stops.", "Counting: {n} seconds. Escape stops.", int(seconds))
            self.query_one("#about", Static).update(said)
            self.refresh_bindings()

    @property
    def is_slow(self) -> bool:
        """Whether something is counted that one may want to stop."""
        return self._since is not None and monotonic() - self._since > _SLOW

    def stop(self) -> None:
        """The table stays as it was; where there is none yet, the screen closes."""
        self.workers.cancel_group(self, "count")
        self._since = None
        if self.counted is None:
            self.frame.go_back()
            return
        self.asked = self.counted.asked
        self._fill()
        self.frame.say(t("Stopped. You see the table of before."))

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What a cell may show of this table."""
        if self.counted is not None and self.counted.table.coefficients:
            return (Measure.COUNT, Measure.COEFFICIENT)
        known = (Measure.COUNT, Measure.ROW_PERCENT, Measure.COLUMN_PERCENT)
        has_words = self.counted is not None and any(each.words for each in self.counted.table.columns)
        return (*known, Measure.PER_1000_WORDS) if has_words else known

    def _fit_look(self) -> None:
        """To what was counted: a measure that it has, and families whose silence says something."""
        if self.look.measure not in self.measures:
            self.look = replace(self.look, measure=Measure.COUNT)
        axis = self.counted.axis if self.counted else None
        self.look = replace(self.look, keeps_silent=axis is not None and axis.kind is AxisKind.FAMILY)

    def show(self, look: Look) -> None:
        """Look at the same numbers in another way."""
        self.look = look
        self._fill()

    def _fill(self) -> None:
        counted = self.counted
        if counted is None or not self.is_attached:
            return
        grid = grid_of(counted.table, self.look)
        self.query_one("#about", Static).update(about_words(counted, self.look.measure))
        self.query_one("#counts", Static).update(counts_words(counted.asked, self.look.measure))
        self.query_one("#legend", Static).update(legend_line(grid))
        self.query_one("#notes", Static).update("\n".join(map(str, counted.table.notes)))
        self.view.show(grid)
        if self._row:
            self.view.go_to(self._row)
            self._row = ""
        self._show_cell()
        self._keep()
        self.refresh_bindings()

    def on_cross_view_moved(self) -> None:
        """Another cell."""
        self._show_cell()

    def _show_cell(self) -> None:
        grid, at, counted = self.view.grid, self.view.at, self.counted
        said = ""
        if grid is not None and counted is not None:
            said = cell_line(grid, at, counted.asked) if at else self._why_empty(grid)
            if at and self.size.height >= 36 and (more := column_line(grid, at[1])):
                said = f"{said}\n{more}"
        self.query_one("#cell", Static).update(said)

    def _why_empty(self, grid: Grid) -> str:
        if not grid.table.total:
            return t("Nothing was coded yet that can stand here.")
        return t("All rows are empty.")

    # -- looking otherwise ---------------------------------------------------------------------------------------------

    def next_measure(self) -> None:
        """Numbers, percentages, rates."""
        known = self.measures
        self.show(replace(self.look, measure=known[(known.index(self.look.measure) + 1) % len(known)]))

    def next_paint(self) -> None:
        """Shades, bars, numbers only."""
        known = list(Paint)
        self.show(replace(self.look, paint=known[(known.index(self.look.paint) + 1) % len(known)]))

    def other_order(self) -> None:
        """As in the codebook, or most first."""
        order = Order.TOTAL if self.look.order is Order.BOOK else Order.BOOK
        self.show(replace(self.look, order=order))
        if order is Order.TOTAL:
            self.view.go(0, self.view.cursor[1])

    def turn_empty(self) -> None:
        """Hide empty rows and columns, or show them."""
        self.show(replace(self.look, hides_empty=not self.look.hides_empty))

    # -- behind the numbers --------------------------------------------------------------------------------------------

    def on_cross_view_chosen(self) -> None:
        """Enter or a click on the cell."""
        self.see_fragments()

    def see_fragments(self) -> None:
        """The fragments behind the cell of the cursor."""
        counted, grid, at, cell = self.counted, self.view.grid, self.view.at, self.view.cell
        if counted is None or grid is None or at is None or cell is None:
            return
        if not grid.table.counts[at[0]][at[1]]:
            self.frame.say(t("Nothing stands behind this cell."))
            return
        row, column = cell
        said = cell_line(grid, at, counted.asked)
        self.app.push_screen(FragmentsScreen(said, lambda own: behind(own, counted, row, column)))

    @property
    def has_whole_row(self) -> bool:
        """Whether one may ask for all fragments of a row."""
        return self.has_cell and self.counted is not None and self.counted.axis is not None

    def see_row(self) -> None:
        """All fragments of the row of the cursor."""
        counted, grid, at, cell = self.counted, self.view.grid, self.view.at, self.view.cell
        if counted is None or grid is None or at is None or cell is None:
            return
        row, said = cell[0], row_line(grid, at[0])
        self.app.push_screen(FragmentsScreen(said, lambda own: behind(own, counted, row, None)))

    def see_notes(self) -> None:
        """How was counted."""
        if self.counted is not None:
            self.app.push_screen(ReadingWindow(note_lines(self.counted, self.look.measure)))

    def export(self) -> None:
        """This table as a file."""
        export_matrix(self)

    def see_quotes(self) -> None:
        """What was said about the code of the row."""
        grid, code = self.view.grid, self.row_code
        if grid is not None and code:
            codes = [grid.table.rows[at].key for at in grid.rows if grid.table.row_totals[at]]
            self.frame.open_quotes(codes if code in codes else [code], code, self.asked)

    def see_typology(self) -> None:
        """How families that tell of the code of the row stand in the scores."""
        if not self.row_code:
            return
        known = [each for each in self.project.scores.instruments() if each.asked]
        if not known:
            self.frame.say(t("There are no scores yet."))
        elif len(known) == 1:
            self.frame.open_typology(self.row_code, known[0].key)
        else:
            code = self.row_code
            answers = [(each.key, each.name) for each in known]
            choose(self, t("By which instrument?"), answers, lambda key: self.frame.open_typology(code, key))
