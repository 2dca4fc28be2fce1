"""Keys that were pressed before a window stood on the screen reach it all the same, in their order."""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App
from textual.screen import Screen

_REMEMBERED = 64
"""Keys that may be on their way at once; more are typed by no hand."""


class TypingAhead(App[None]):
    """An app in which `c`, the first letters of a code and Enter may be typed in one go."""

    def __init__(self) -> None:
        super().__init__()
        self._late: deque[events.Key] = deque()
        """Keys that went to the screen of before, and come back from there."""
        self._early: deque[events.Key] = deque()
        """Keys behind those, for a screen that is still being built."""
        self._aimed: deque[tuple[events.Key, Screen[object]]] = deque(maxlen=_REMEMBERED)
        """Keys on their way, and the screen that was in front when they were pressed."""

    async def on_event(self, event: events.Event) -> None:
        """Keep a key until the screen in front stands."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._late or self._early or not self.screen.is_mounted:
            self._early.append(event)
            self._hand_on_soon()
        else:
            self._aimed.append((event, self.screen))
            await super().on_event(event)

    def _hand_on_soon(self) -> None:
        self.screen.call_next(self._hand_on)  # comes to its turn when the screen stands

    def _hand_on(self) -> None:
        for waiting in (self._late, self._early):
            while waiting:
                self.post_message(waiting.popleft())

    async def _on_key(self, event: events.Key) -> None:
        """A key that nobody took: where another screen came to the front meanwhile, it is pressed anew there.

        Textual calls its own handler as well, which looks for bindings, unless the default is prevented.
        """
        if self._came_late(event):
            event.prevent_default()
            self._late.append(event.copy())
            self._hand_on_soon()

    def _came_late(self, event: events.Key) -> bool:
        """Whether it was pressed before the screen in front, or the field that has the keys there, was to be seen."""
        if any(each is event and screen is not self.screen for each, screen in self._aimed):
            return True
        return self.focused is not None and self.focused.check_consume_key(event.key, event.character)
