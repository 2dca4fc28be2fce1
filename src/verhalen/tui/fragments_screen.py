"""What stands behind a number: the fragments themselves, a list to walk through and to go into the texts from."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.text import Span
from verhalen.tui.behind import MOST, Behind, Find, content
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.behind import FRAGMENTS
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page

_MARGIN = 4


class FragmentsScreen(CommandScreen[None]):
    """Above the list, below the words of the line of the cursor."""

    COMMAND_CLASSES = FRAGMENTS
    HELP_TITLE: ClassVar[str] = mark("The fragments behind a number")
    HELP_TEXT: ClassVar[str] = mark(
        "Every line is a fragment that was counted. Below the list stand all its words. Enter opens the text at the place; "
        "escape brings you back to this list, and from here to the same cell of the table."
    )
    DEFAULT_CSS = """
    FragmentsScreen #about { padding: 0 1; height: auto; background: $panel; }
    FragmentsScreen OptionList { height: 2fr; padding: 0; }
    FragmentsScreen #words { height: 1fr; min-height: 7; padding: 0 1; border-top: solid $border-blurred; }
    """

    def __init__(self, about: str, find: Find) -> None:
        """`about`: what they have in common, in finished words."""
        super().__init__()
        self._about = about
        self._find = find
        self.found: list[Behind] = []

    def body(self) -> ComposeResult:
        """What they have in common, the list, the words."""
        yield Static(id="about", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(id="words"):
            yield Page()

    def on_mount(self) -> None:
        """Look for them."""
        self.query_one("#about", Static).update(f"{self._about}\n{t('Searching…')}")
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again, beside the screen."""
        self.run_worker(self._look(), exclusive=True, group="find")

    async def _look(self) -> None:
        def look() -> list[Behind]:
            with self.project.sibling() as own:
                return self._find(own)

        try:
            self.found = await asyncio.to_thread(look)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            self.found = []
        self._say()
        self._fill()

    def _say(self) -> None:
        shown = self.found[:MOST]
        sources = len({each.line.source_id for each in shown})
        many = tn("{n} line", "{n} lines", len(shown)) if len(shown) == len(self.found) else t("The first {n}", n=MOST)
        where = t("{many} {where}", many=many, where=tn("in {n} source", "in {n} sources", sources))
        self.query_one("#about", Static).update(f"{self._about}\n{where}")

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted
        width = self.size.width - _MARGIN
        shown = self.found[:MOST]
        options.clear_options().add_options(
            Option(content(each, width), id=f"{number}") for number, each in enumerate(shown)
        )
        if shown:
            options.highlighted = min(at or 0, len(shown) - 1)
        self._show_words()
        self.refresh_bindings()

    @property
    def here(self) -> Behind | None:
        """The fragment of the cursor."""
        at = self.query_one(OptionList).highlighted if self.is_attached else None
        return self.found[at] if at is not None and at < len(self.found) else None

    def on_option_list_option_highlighted(self) -> None:
        """Another fragment."""
        self._show_words()

    def _show_words(self) -> None:
        here = self.here
        self.query_one(Page).fill(here.told if here else ())
        self.query_one("#words").scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.go_there()

    def go_there(self) -> None:
        """Open the text at the place."""
        if self.here is not None:
            line = self.here.line
            self.frame.open_coding(line.source_number, place=Span(line.start, line.stop))
