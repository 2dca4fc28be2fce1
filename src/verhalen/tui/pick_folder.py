"""Choose a folder: type, paste or drag its path, or walk to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from verhalen.tui.commands.bundles import PICK_FOLDER
from verhalen.tui.pick_file import PickFile


class PickFolder(PickFile):
    """Gives the folder, or None."""

    COMMAND_CLASSES = PICK_FOLDER

    def __init__(self, question: str, *, places: Sequence[Path] = ()) -> None:
        super().__init__(question, (), places=places)

    def take_this(self) -> None:
        """The folder that is shown."""
        self.dismiss(self.folder)
