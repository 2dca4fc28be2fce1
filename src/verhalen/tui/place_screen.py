"""A screen of lines that lead to families, stories and places in texts, and come back to the same line."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.joint_places import PlaceLine


class PlaceScreen(CommandScreen[None]):
    """Something above, the lines below. What it shows is filled in by its own kind."""

    DEFAULT_CSS = """
    PlaceScreen #about { padding: 0 1; height: auto; max-height: 6; background: $panel; }
    PlaceScreen OptionList { height: 1fr; padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[PlaceLine] = []

    def body(self) -> ComposeResult:
        """What it is about, the lines."""
        yield Static(id="about", markup=False)
        yield OptionList(markup=False)

    @property
    def here(self) -> PlaceLine | None:
        """The line of the cursor."""
        at = self.query_one(OptionList).highlighted if self.is_attached else None
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def fill(self, about: str, lines: Iterable[PlaceLine]) -> None:
        """Show these; the cursor stays on its line, or takes the first that leads somewhere."""
        before = self.here.key if self.here else ""
        self._lines = list(lines)
        said = self.query_one("#about", Static)
        said.update(about)
        said.display = bool(about)
        found = self.query_one(OptionList)
        found.clear_options().add_options([Option(each.content, disabled=not each.key) for each in self._lines])
        keys = [each.key for each in self._lines]
        first = next((at for at, key in enumerate(keys) if key), None)
        found.highlighted = keys.index(before) if before and before in keys else first
        self.refresh_bindings()

    def on_option_list_option_highlighted(self) -> None:
        """Another line, other keys."""
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click goes there."""
        self.go()

    def go(self) -> None:
        """To the families, the story or the place in its text; `esc` comes back."""
        here = self.here
        if here is None or not here.key:
            return
        if here.span is not None:
            self.frame.open_coding(here.source, place=here.span)
        elif here.story:
            self.frame.open_stories(here.story)
        elif len(here.families) == 1:
            self.frame.open_families(here.families[0])
        elif here.families:
            self.frame.open_families(only=here.families, why=here.why)
