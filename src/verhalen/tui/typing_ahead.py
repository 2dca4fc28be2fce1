"""Keys that were pressed before a window stood on the screen reach it all the same, in their order."""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App


class TypingAhead(App[None]):
    """An app in which `c` and the first letters of a code may be typed in one go."""

    def __init__(self) -> None:
        super().__init__()
        self._early: deque[events.Key] = deque()
        """Keys for a screen that is still being built."""

    async def on_event(self, event: events.Event) -> None:
        """Keep a key until the screen in front stands."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._early or not self.screen.is_mounted:
            self._early.append(event)
            self.screen.call_next(self._hand_on)  # comes to its turn when the screen stands
        else:
            await super().on_event(event)

    def _hand_on(self) -> None:
        while self._early:
            self.post_message(self._early.popleft())

    async def _on_key(self, event: events.Key) -> None:
        """A letter that came through all widgets, though the field in front takes letters, was aimed at the screen of before.

        Textual calls its own handler as well, which looks for bindings, unless the default is prevented.
        """
        focused = self.focused
        if focused is not None and focused.check_consume_key(event.key, event.character):
            event.prevent_default()
            self.post_message(event.copy())
