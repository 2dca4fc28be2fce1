"""Choose the file that is a newer version of a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.widgets import Static

from verhalen.i18n import mark, t
from verhalen.tui.commands.intake_files import FolderUp, ToList, TypePath
from verhalen.tui.commands.newer import TakeNewer
from verhalen.tui.intake_files import FilesScreen


class NewerFileScreen(FilesScreen):
    """As for reading in, but one file."""

    COMMAND_CLASSES = (TakeNewer, TypePath, ToList, FolderUp)
    HELP_TITLE: ClassVar[str] = mark("Read in a newer version")
    HELP_TEXT: ClassVar[str] = mark(
        "Choose the file with the newer version of this text and press Enter. You see first what differs and what "
        "becomes of each coding; nothing is stored before you say so."
    )

    def __init__(self, number: int, chosen: Callable[[Path], None]) -> None:
        super().__init__()
        self._number = number
        self._chosen = chosen

    def take(self, paths: Sequence[Path]) -> None:
        """Back, and on with the file."""
        self.frame.go_back()
        self._chosen(paths[0])

    def _say_chosen(self) -> None:
        sentence = t("Which file is the newer version of source {number}?", number=self._number)
        self.query_one("#chosen", Static).update(sentence)
