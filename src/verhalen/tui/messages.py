"""Messages between the app and its screens."""

from __future__ import annotations

from textual.message import Message

from verhalen.model.act import Change


class ProjectChanged(Message, bubble=False):
    """Something was stored in the project, by this window or by another one. Sent to the screen in front."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        super().__init__()
        self.changes = changes
        """Newest first; each names the ids it was about. Empty where the history itself was cleaned up."""
