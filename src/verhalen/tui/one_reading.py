"""Reading beside a screen, one at a time: what is asked for while one goes on comes right behind it, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from verhalen.tui.commands.base import CommandScreen


class OneReading:
    """A stopped reading would go on in its thread; so nothing is stopped, and many changes at once are read once."""

    def __init__(self, screen: CommandScreen[Any], read: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._read = read
        self._goes_on = self._is_wanted = False

    def ask(self) -> None:
        """Read, now or right behind the one that goes on."""
        self._is_wanted = True
        if not self._goes_on:
            self._goes_on = True
            self._screen.run_worker(self._all(), group="reading")

    async def _all(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            await self._read()
        self._goes_on = False
