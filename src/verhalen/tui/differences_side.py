"""One of the two columns where two coders differ: whose it is, to be clicked, and what that coder gave."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Side(VerticalScroll):
    """What one coder gave."""

    DEFAULT_CSS = """
    Side { width: 1fr; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    Side .whose { height: 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis;
        link-color: $foreground; link-style: none; link-background: transparent;
        link-background-hover: $block-cursor-background; link-color-hover: $block-cursor-foreground;
        link-style-hover: none; }
    Side .given { height: auto; }
    """

    def __init__(self, key: str) -> None:
        super().__init__(id=key)

    def compose(self) -> ComposeResult:
        """Whose side, then the codings."""
        yield Static(classes="whose")
        yield Static(classes="given")

    def show(self, title: Content, given: Content) -> None:
        """Show these."""
        self.query_one(".whose", Static).update(title)
        self.query_one(".given", Static).update(given)
        self.scroll_home(animate=False)
