"""Choose a folder: type, paste or drag its path, or walk to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from verhalen.i18n import mark
from verhalen.tui.commands.bundles import PICK_FOLDER
from verhalen.tui.pick_file import PickFile


class PickFolder(PickFile):
    """Gives the folder, or None."""

    COMMAND_CLASSES = PICK_FOLDER
    HINT: ClassVar[str] = mark("Type the path of a folder, paste it, or drag the folder here")

    def __init__(self, question: str, begin: Path, *, places: Sequence[Path] = ()) -> None:
        super().__init__(question, (), places=places)
        self._begin = begin

    def _beginnings(self) -> list[Path]:
        return [self._begin, Path.home()]

    def take_this(self) -> None:
        """The folder that is shown."""
        self.dismiss(self.folder)
