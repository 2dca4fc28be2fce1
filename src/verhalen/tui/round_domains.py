"""A window to tick some life domains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.tick_list import TickList


class TickDomain(Command["DomainsWindow"]):
    """In or out."""

    id = "tick-domain"
    key = "space"
    title = mark("Tick")
    help = mark("Tick the life domain of the cursor, or not any more. A click on the box does the same.")

    def run(self, screen: DomainsWindow) -> None:
        """Turn it."""
        screen.tick()


class KeepDomains(Command["DomainsWindow"]):
    """These."""

    id = "keep-domains"
    key = "ctrl+s"
    title = mark("These")
    help = mark("Go on with the life domains that are ticked.")
    priority = True

    def run(self, screen: DomainsWindow) -> None:
        """Give them."""
        screen.keep()


class DomainsWindow(CommandDialog[tuple[str, ...] | None]):
    """Gives the keys that were ticked, or None."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (TickDomain, KeepDomains, CancelDialog)
    DEFAULT_CSS = """
    DomainsWindow { align: center middle; }
    DomainsWindow > Vertical { width: 64; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    DomainsWindow TickList { height: auto; max-height: 16; margin: 1 0; background: $surface; padding: 0; }
    DomainsWindow .label { margin-top: 0; }
    DomainsWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = dict(names)
        self._ticked: set[str] = set()

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        with Vertical():
            yield Static(t("About which life domains?"), classes="label", markup=False)
            yield TickList(*(Option(self._line(key), id=key) for key in self._names))
            yield KeyBar()

    def on_mount(self) -> None:
        """On the first."""
        domains = self.query_one(TickList)
        domains.highlighted = 0
        domains.focus()

    def _line(self, key: str) -> str:
        return f"\\[{'x' if key in self._ticked else ' '}] {self._names[key]}"

    def on_option_list_option_selected(self) -> None:
        """Enter or a click ticks too."""
        self.tick()

    def on_tick_list_box_clicked(self) -> None:
        """A click on the box."""
        self.tick()

    def tick(self) -> None:
        """Turn the line of the cursor."""
        domains = self.query_one(TickList)
        option = domains.highlighted_option
        if option is not None and option.id is not None:
            self._ticked ^= {option.id}
            domains.replace_option_prompt(option.id, self._line(option.id))

    def keep(self) -> None:
        """Give them in their own order."""
        self.dismiss(tuple(key for key in self._names if key in self._ticked) or None)
