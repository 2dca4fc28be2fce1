"""A table that was counted beside stories: a line per row, all of the row of the cursor below, and what is behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.joint_data import JointData
from verhalen.api.project import Project
from verhalen.exchange.joint_tables import Shown
from verhalen.exchange.table_picture import Table
from verhalen.i18n import t, tn
from verhalen.tui.change_choices import Asked
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.joint_saving import Saving, save_display
from verhalen.tui.joint_words import cut
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Line, Page
from verhalen.tui.told_screen import Told, ToldScreen

_MARGIN = 5
_HEAD, _NAME, _LEAST = 7, 30, 22
"""Cells that a head always keeps where room is short, cells that names then lack, and those they always keep."""


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One line."""

    key: str
    name: str
    cells: tuple[str, ...]
    """One for each column, in finished words."""
    told: tuple[Line, ...]
    """All that is known of it."""
    depth: int = 0
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Codings behind it, in parts with finished words."""


@dataclass(frozen=True, slots=True)
class Counted:
    """All lines."""

    about: str
    """By what was counted, in finished words."""
    columns: tuple[str, ...]
    rows: tuple[CountedRow, ...]
    found: Shown
    """What is written to a file."""
    data: JointData | None = None
    """By what it was counted."""


class CountedScreen(CommandScreen[None]):
    """For inside: nothing is masked. Its own kinds say what is read."""

    DEFAULT_CSS = """
    CountedScreen #about { padding: 0 1; height: auto; max-height: 3; color: $text-muted; }
    CountedScreen.-roomy #about { max-height: 6; }
    CountedScreen #head { padding: 0 1 0 2; height: auto; }
    CountedScreen OptionList { height: 1fr; border-bottom: solid $border-blurred; padding: 0; }
    CountedScreen #row { height: 8; padding: 0 1; }
    CountedScreen.-roomy #row { height: 18; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked
        self.counted: Counted | None = None
        """None until it was counted."""

    def count(self, project: Project) -> Counted:
        """Count, on a thread with a door of its own."""
        raise NotImplementedError

    @property
    def file_name(self) -> str:
        """Of a file that is written, without its suffix."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """What is counted, the lines, the line of the cursor."""
        yield Static(t("Counting…"), id="about", markup=False)
        yield Static(id="head", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(id="row", can_focus=False):
            yield Page()

    def on_mount(self) -> None:
        """Count."""
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again, beside the screen."""
        self.run_worker(self._count(), exclusive=True, group="count")

    async def _count(self) -> None:
        def count() -> Counted:
            with self.project.sibling() as own:
                return self.count(own)

        try:
            self.counted = await asyncio.to_thread(count)
        except errors.VerhalenError as error:
            self.query_one("#about", Static).update(str(error))
            return
        self._fill()

    @property
    def row(self) -> CountedRow | None:
        """The line of the cursor."""
        option = self.query_one(OptionList).highlighted_option if self.is_attached else None
        rows = self.counted.rows if self.counted else ()
        return next((each for each in rows if option and each.key == option.id), None)

    def _fill(self) -> None:
        counted, width = self.counted, self.size.width - _MARGIN
        if counted is None or width < 1:
            return
        cells = _cells(counted, width)
        head = "".join(cut(each, room - 1).rjust(room) for each, room in zip(counted.columns, cells, strict=False))
        self.query_one("#about", Static).update(self._said(counted, len(cells)))
        self.query_one("#head", Static).update(Content(head.rjust(width)).stylize("bold"))
        lines = self.query_one(OptionList)
        here = lines.highlighted_option.id if lines.highlighted_option else ""
        least = min((each.depth for each in counted.rows if each.depth), default=0)
        lines.clear_options().add_options(
            [Option(_line(each, cells, width, least), id=each.key) for each in counted.rows]
        )
        keys = [each.key for each in counted.rows]
        lines.highlighted = keys.index(here) if here in keys else 0 if keys else None
        self._show()

    @staticmethod
    def _said(counted: Counted, shown: int) -> str:
        """By what was counted, and whether columns found no room."""
        hidden = len(counted.columns) - shown
        more = tn("{n} column more on a wider screen", "{n} columns more on a wider screen", hidden)
        return f"{more} · {counted.about}" if hidden else counted.about

    def on_option_list_option_highlighted(self) -> None:
        """Another line."""
        self._show()

    def _show(self) -> None:
        self.query_one("#row Page", Page).fill(self.row.told if self.row else ())
        self.query_one("#row").scroll_home(animate=False)
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click opens what is behind it."""
        self.see_behind()

    def see_behind(self) -> None:
        """The fragments of the line."""
        if self.row is not None and self.row.groups:
            self.app.push_screen(ToldScreen(Told(self.row.name, groups=self.row.groups)))

    def _picture(self, counted: Counted) -> Table:
        rows = [[row.name, *row.cells] for row in counted.rows]
        return Table(str(self.title), counted.about.split("\n"), ("", *counted.columns), rows)

    def export(self) -> None:
        """Save the table."""
        if self.counted is not None:
            save_display(
                self, Saving(self.file_name, self.counted.found, self._picture(self.counted), self.counted.data)
            )


def _cells(counted: Counted, width: int) -> list[int]:
    """Cells of the columns that have room: as wide as what stands in them, heads cut where there is little."""
    inside = [max((len(row.cells[at]) for row in counted.rows), default=0) for at in range(len(counted.columns))]
    wide = [max(len(head), most) + 2 for head, most in zip(counted.columns, inside, strict=True)]
    longest = max(map(len, counted.columns), default=0)
    while sum(wide) > width - _NAME and longest >= _HEAD:  # every head as long as there is room for
        wide = [max(min(len(head), longest), most) + 1 for head, most in zip(counted.columns, inside, strict=True)]
        longest -= 1
    while len(wide) > 1 and sum(wide) > width - _LEAST:
        wide.pop()
    return wide


def _line(row: CountedRow, cells: Sequence[int], width: int, least: int) -> Content:
    """`least`: depth of the highest codes that are there, which begin at the margin."""
    room = max(8, width - sum(cells))
    name = cut(f"{'  ' * max(0, row.depth - least)}{row.name}", room - 1).ljust(room)
    return Content(name + "".join(cell.rjust(size) for cell, size in zip(row.cells, cells, strict=False)))
