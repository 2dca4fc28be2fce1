"""The line above each screen (where am I, is everything stored) and the key bar below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.tui.app import VerhalenApp
    from verhalen.tui.commands.base import AnyCommand, CommandScreen

MOST_LINES = 2
_STAY = ("back", "help", "palette")
"""Commands that the bar keeps where room is short."""
GAP = 2
"""Cells between two keys."""


class Heading(Static):
    """The name of the screen, who works here, whether codings are hidden, and the writer's mark."""

    DEFAULT_CSS = """
    Heading { dock: top; height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Follow the title and the writer."""
        self.watch(self.screen, "title", self.show)
        self.watch(self.app, "unstored", self.show)
        self.watch(self.app, "hides_others", self.show)

    def on_resize(self) -> None:
        """The right part hangs on the width."""
        self.show()

    def show(self) -> None:
        """Paint both parts; where the line is narrow, first words give way to shorter ones, then the left part."""
        title = Content(str(self.screen.title or t("stories")))
        right = self._right(t("codings of others hidden"))
        if title.cell_length + GAP + cell_len(right) > self.size.width - 2:
            right = self._right(t("others hidden"))
        room = max(0, self.size.width - 2 - cell_len(right) - GAP)
        left = title.truncate(room, ellipsis=True)
        gap = " " * max(GAP, room + GAP - left.cell_length)
        # One line stays one line: no new layout of the whole screen each time something is stored.
        self.update(Content.assemble(left.stylize("bold"), gap, Content(right).stylize("$text-muted")), layout=False)

    def _right(self, hidden: str) -> str:
        """What is hidden, if it is; who works here; the writer's mark."""
        frame = cast("VerhalenApp", self.app)
        parts = [hidden] if frame.hides_others else []
        return " · ".join([*parts, frame.project.coder, frame.stored_mark])


class KeyBar(Static):
    """The keys that work now, each also for the mouse. The way back, help and palette stay when room is short."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: auto; max-height: 2; padding: 0 1; background: $panel; color: $foreground;
        link-color: $foreground; link-style: none; link-background: transparent;
        link-color-hover: $block-cursor-foreground; link-background-hover: $block-cursor-background;
        link-style-hover: none;
    }
    """
    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow what the screen can do."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.show())
        self.show()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self.show()

    _shown: str | None = None
    """What stands there, so that the screen is laid out anew only when the keys change."""

    def show(self) -> None:
        """Paint the keys that work now."""
        screen = cast("CommandScreen[Any]", self.screen)
        commands = [each for each in screen.commands_now() if each.shown]
        parts = [(_part(screen, each), each.id in _STAY) for each in commands]
        content = Content("\n").join(_lines(parts, self.container_size.width - 2))
        if content.markup != self._shown:
            self._shown = content.markup
            self.update(content)


def _part(screen: CommandScreen[Any], command: AnyCommand) -> Content:
    """Key and title in one clickable piece that never breaks."""
    click = f"[@click=screen.run_command('{command.id}')]"
    title = t(command.title).replace(" ", "\u00a0")
    key = screen.key_text(command).replace(" ", "\u00a0")
    if not key:
        return Content.from_markup(f"{click}$title[/]", title=title)
    return Content.from_markup(f"{click}[b]$key[/b]\u00a0$title[/]", key=key, title=title)


def _lines(parts: list[tuple[Content, bool]], width: int) -> list[Content]:
    """Fill at most two lines; what stays is placed first and moved behind the rest."""
    stays = [part for part, stay in parts if stay]
    rest = [part for part, stay in parts if not stay]
    while True:
        lines = _filled([*rest, *stays], width)
        if len(lines) <= MOST_LINES or not rest:
            return [Content(" " * GAP).join(line) for line in lines]
        rest.pop()


def _filled(parts: list[Content], width: int) -> list[list[Content]]:
    lines: list[list[Content]] = [[]]
    used = 0
    for part in parts:
        needed = part.cell_length + (GAP if lines[-1] else 0)
        if lines[-1] and used + needed > width:
            lines.append([])
            used, needed = 0, part.cell_length
        lines[-1].append(part)
        used += needed
    return lines
