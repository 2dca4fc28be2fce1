"""Fields for longer words: what is pasted into them comes without what nobody can see."""

from __future__ import annotations

from textual import events
from textual.message import Message

from verhalen.model.pasting import pasted
from verhalen.tui.fields import Field, Prose


class HiddenLeftOut(Message):
    """So many characters that cannot be seen were left out of what was pasted."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class Words(Prose):
    """The editor of a story: soft wrap, undo, paste."""

    async def _on_paste(self, event: events.Paste) -> None:
        """Textual's own handler gets the words as we keep them."""
        found = pasted(event.text)
        if found.hidden:
            self.post_message(HiddenLeftOut(found.hidden))
        await super()._on_paste(events.Paste(found.text))
        event.stop()
        event.prevent_default()


class ShortWords(Words):
    """A few sentences: grows with them; Enter goes to the next question."""

    DEFAULT_CSS = """
    ShortWords { height: auto; min-height: 3; max-height: 8; }
    """

    def __init__(self, text: str = "", *, key: str, hint: str = "") -> None:
        super().__init__(text, key=key)
        self.placeholder = hint

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.screen.focus_next()


class ShortLine(Field):
    """One line; Enter goes to the next question."""

    def _on_paste(self, event: events.Paste) -> None:
        """All lines in one, as we keep words."""
        found = pasted(event.text)
        if found.hidden:
            self.post_message(HiddenLeftOut(found.hidden))
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(found.text.split()))

    async def action_submit(self) -> None:
        """Enter."""
        self.screen.focus_next()
