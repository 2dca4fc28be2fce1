"""The line above each screen (where am I, is everything stored) and the key bar below it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from verhalen.i18n import mark, t

if TYPE_CHECKING:
    from verhalen.tui.app import VerhalenApp
    from verhalen.tui.commands.base import AnyCommand, CommandScreen

MOST_LINES = 2
_STAY = ("finish-snapshot", "back", "let-go", "leave-split", "palette", "help")
"""Commands that the bar keeps where room is short, in this order behind the others."""
MORE_KEYS = mark("Help: all keys")
"""What the help is called where the bar left some out."""
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
    """The keys that work now, each also for the mouse. The way back, palette and help stay when room is short.

    Help is always the last: it shows the keys that found no room here.
    """

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
        content = Content("\n").join(self._lines(screen, self.container_size.width - 2))
        if content.markup != self._shown:
            self._shown = content.markup
            self.update(content)

    def _lines(self, screen: CommandScreen[Any], width: int) -> list[Content]:
        """At most two lines; the last of the others give way to what stays."""
        commands = [each for each in screen.commands_now() if each.shown]
        stays = sorted((each for each in commands if each.id in _STAY), key=lambda each: _STAY.index(each.id))
        rest = [each for each in commands if each.id not in _STAY]
        for shown in range(len(rest), -1, -1):
            short = shown < len(rest)
            parts = [_part(screen, each, is_short=short) for each in (*rest[:shown], *stays)]
            lines = _filled(parts, width)
            if len(lines) <= MOST_LINES:
                break
        return [Content(" " * GAP).join(line) for line in lines]


def _part(screen: CommandScreen[Any], command: AnyCommand, *, is_short: bool) -> Content:
    """Key and title in one clickable piece that never breaks."""
    title = t(MORE_KEYS if is_short and command.id == "help" else command.title).replace(" ", "\u00a0")
    return _piece(command.id, screen.key_text(command).replace(" ", "\u00a0"), title)


@lru_cache(maxsize=1_000)
def _piece(command: str, key: str, title: str) -> Content:
    """The same pieces stand there after nearly every key; reading their markup takes longer than all else in the bar."""
    click = f"[@click=screen.run_command('{command}')]"
    if not key:
        return Content.from_markup(f"{click}$title[/]", title=title)
    return Content.from_markup(f"{click}[b]$key[/b]\u00a0$title[/]", key=key, title=title)


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
