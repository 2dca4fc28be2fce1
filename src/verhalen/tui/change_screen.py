"""What changed? A row per question or life domain: forward, same, not looked at again, backward, no pair, and who they are."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.change_table import ChangeRow, ChangeTable
from verhalen.analysis.scoring import Scored
from verhalen.i18n import mark, t, tn
from verhalen.tui.change_choices import Asked, ChangeChoices, CountingScreen
from verhalen.tui.change_words import (
    BACKWARD,
    FORWARD,
    SAME,
    TO_READ,
    UNSEEN,
    basis_words,
    group_words,
    head_line,
    legend,
    row_line,
    row_lines,
    row_name,
    rule_lines,
)
from verhalen.tui.commands.change import CHANGE
from verhalen.tui.dialogs import choose
from verhalen.tui.matrix_page import matrix_page
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Line, Page
from verhalen.tui.reading_window import ReadingWindow

_MARGIN = 5
"""Cells beside the lines: padding and the scroll bar."""
_WIDEST = 132


class ChangeScreen(CountingScreen):
    """The table of change. For inside: nothing is masked."""

    COMMAND_CLASSES = CHANGE
    HELP_TITLE: ClassVar[str] = mark("What changed?")
    HELP_TEXT: ClassVar[str] = mark(
        "Each row sets the first snapshot of families beside one half a year later. 'Not looked at again' is not the same as "
        "'the same': nobody said how it is now. Below the table stands all that is known of the row of the cursor. Enter shows "
        "the families behind it. n: how many stand in the row. D: forward less backward, divided by n. A row with an asterisk "
        "must be read: higher is not simply better there. These numbers are "
        "for you and your colleagues: they do not say that you caused the change."
    )
    DEFAULT_CSS = """
    ChangeScreen #about { padding: 0 1; height: auto; max-height: 6; color: $text-muted; }
    ChangeScreen #head { padding: 0 1; height: auto; }
    ChangeScreen OptionList { height: 1fr; border-bottom: solid $border-blurred; padding: 0; }
    ChangeScreen #row { height: 8; padding: 0 1; }
    ChangeScreen.-roomy #row { height: 16; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, instrument: str) -> None:
        super().__init__()
        self.asked = Asked(instrument)
        self.table: ChangeTable | None = None
        """None until it was counted."""
        self.choices = ChangeChoices(self)
        self._rows: list[ChangeRow | None] = []
        """What each line shows; None for a heading."""

    def body(self) -> ComposeResult:
        """What is counted, the table, the row of the cursor."""
        yield Static(id="about", markup=False)
        yield Static(id="head", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(id="row", can_focus=False):
            yield Page()

    def on_mount(self) -> None:
        """Count."""
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again."""
        self.run_worker(self._count(self.asked, None), exclusive=True, group="count")

    # -- counting ------------------------------------------------------------------------------------------------------

    def count(self, asked: Asked) -> None:
        """Count beside the screen: a thousand families take a second. What was asked before is let go."""
        same = replace(asked.settings, rule=self.asked.settings.rule) == self.asked.settings
        loaded = self.table.scored if self.table and same and asked.instrument == self.asked.instrument else None
        self.run_worker(self._count(asked, loaded), exclusive=True, group="count")

    async def _count(self, asked: Asked, loaded: Scored | None) -> None:
        """`loaded`: the scores, where they were read for the same two moments already."""
        self.query_one("#about", Static).update(t("Counting…"))

        def counted() -> ChangeTable:
            with self.project.sibling() as own:
                return own.scores.change(
                    asked.instrument,
                    settings=asked.settings,
                    per=asked.per,
                    apart=asked.apart,
                    by=asked.by,
                    loaded=loaded,
                )

        try:
            self.table = await asyncio.to_thread(counted)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
        else:
            self.asked = asked
        self._fill()
        self.refresh_bindings()

    # -- showing -------------------------------------------------------------------------------------------------------

    @property
    def row(self) -> ChangeRow | None:
        """The row of the cursor."""
        at = self.query_one(OptionList).highlighted if self.is_attached else None
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def _fill(self) -> None:
        table, width = self.table, min(_WIDEST, self.size.width - _MARGIN)
        if table is None or width < 1:
            return
        lines, options = self.query_one(OptionList), []
        self._rows, value = [], None
        for row in table.rows:
            if row.value is not None and row.value != value:
                value = row.value
                self._rows.append(None)
                options.append(Option(f"── {group_words(table, value)}", disabled=True))
            self._rows.append(row)
            options.append(Option(row_line(row, width)))
        self.query_one("#about", Static).update(f"{basis_words(table)}\n{legend()}")
        self.query_one("#head", Static).update(head_line(width))
        at = lines.highlighted
        lines.clear_options().add_options(options)
        able = [number for number, row in enumerate(self._rows) if row is not None]
        lines.highlighted = at if at in able else next(iter(able), None)
        self._show_row()

    def on_option_list_option_highlighted(self) -> None:
        """Another row."""
        self._show_row()

    def _show_row(self) -> None:
        table, row, page = self.table, self.row, self.query_one("#row Page", Page)
        page.fill(row_lines(table, row, min(74, self.size.width - 6)) if table is not None and row is not None else ())
        self.query_one("#row").scroll_home(animate=False)

    # -- looking closer ------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """Enter or a click asks which families."""
        self.see_families()

    def see_families(self) -> None:
        """Choose a cell, then see its families."""
        table, row = self.table, self.row
        if table is None or row is None:
            return
        change = row.change
        groups = [
            (t(FORWARD), change.rose),
            (t(SAME), change.stayed),
            (t(UNSEEN), change.unseen),
            (t(BACKWARD), change.fell),
            (t(TO_READ), change.turned),
            *((t("no pair: {why}", why=t(why.label)), frozenset(them)) for why, them in change.not_paired.items()),
        ]
        answers = [
            (str(at), tn("{n} family: {what}", "{n} families: {what}", len(them), what=words))
            for at, (words, them) in enumerate(groups)
            if them
        ]
        if not answers:
            self.frame.say(t("No family was looked at here yet."))
            return
        name = row_name(row)

        def chosen(answer: str) -> None:
            words, them = groups[int(answer)]
            self.frame.open_families(only=sorted(them), why=f"{name}: {words}")

        choose(self, t("{domain}: which families?", domain=name), answers, chosen)

    def see_matrices(self) -> None:
        """From where to where, for the questions of the row and the families of its part."""
        table, row = self.table, self.row
        if table is not None and row is not None:
            self.run_worker(self._matrices(table, row), exclusive=True, group="look")

    async def _matrices(self, table: ChangeTable, row: ChangeRow) -> None:
        def tables() -> list[Line]:
            pairs, change = table.scored.pairs(), row.change
            if row.value is not None:
                pairs = pairs.only(change.rose | change.stayed | change.unseen | change.fell | change.turned)
            return matrix_page(row_name(row), table.scored.instrument, pairs, row.target.items)

        self.app.push_screen(ReadingWindow(await asyncio.to_thread(tables)))

    def see_rules(self) -> None:
        """What another rule for families changes."""
        if self.table is not None:
            self.run_worker(self._rules(self.table), exclusive=True, group="look")

    async def _rules(self, table: ChangeTable) -> None:
        self.query_one("#about", Static).update(t("Counting…"))
        lines = await asyncio.to_thread(lambda: list(rule_lines(table)))
        self._fill()
        self.app.push_screen(ReadingWindow(lines))
