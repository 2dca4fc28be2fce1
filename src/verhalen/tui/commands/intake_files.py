"""Commands of the screen on which files are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.intake_exchange import EarlierReports, FilesToOtherProgram

if TYPE_CHECKING:
    from verhalen.tui.intake_files import FilesScreen


class TickFile(Command["FilesScreen"]):
    """One more, or one less."""

    id = "tick-file"
    key = "space"
    title = mark("Tick")
    help = mark("Tick the file or folder at the cursor, to read several at once.")

    def possible(self, screen: FilesScreen) -> bool:
        """There must be one at the cursor."""
        return screen.can_tick

    def run(self, screen: FilesScreen) -> None:
        """Tick it, or take the tick away."""
        screen.tick()


class TickAll(Command["FilesScreen"]):
    """All of this folder."""

    id = "tick-all"
    key = "a"
    title = mark("Tick all")
    help = mark("Tick every file of this folder that can be read and is not in the project yet; once more: none.")

    def possible(self, screen: FilesScreen) -> bool:
        """There must be a file."""
        return screen.has_files

    def run(self, screen: FilesScreen) -> None:
        """Tick them."""
        screen.tick_all()


class ReadFiles(Command["FilesScreen"]):
    """Go on with what is ticked."""

    id = "read-files"
    key = "i"
    title = mark("Read in")
    help = mark("Read what is ticked, or else the file at the cursor. You see it before anything is stored.")

    def possible(self, screen: FilesScreen) -> bool:
        """Something must be chosen."""
        return bool(screen.wanted)

    def run(self, screen: FilesScreen) -> None:
        """To the next screen."""
        screen.go_on()


class TypePath(Command["FilesScreen"]):
    """To the field."""

    id = "type-path"
    key = "p"
    title = mark("Type a path")
    help = mark("Type or paste where a file, folder or .zip archive lies. You can also drag it into this window.")

    def run(self, screen: FilesScreen) -> None:
        """Put the cursor there."""
        screen.query_one("Field").focus()


class ToList(Command["FilesScreen"]):
    """Out of the field."""

    id = "to-list"
    key = "escape"
    title = mark("To the list")
    help = mark("Leave the field for the list; what you ticked stays ticked.")

    def possible(self, screen: FilesScreen) -> bool:
        """Only from the field."""
        return screen.is_typing

    def run(self, screen: FilesScreen) -> None:
        """Put the cursor in the list."""
        screen.to_list()


class FolderUp(Command["FilesScreen"]):
    """One folder up."""

    id = "folder-up"
    key = "backspace"
    title = mark("Folder up")
    help = mark("Go to the folder in which this one lies.")
    shown = False

    def run(self, screen: FilesScreen) -> None:
        """Go there."""
        screen.go_up()


class OtherKind(Command["FilesScreen"]):
    """A conversation or a note."""

    id = "other-kind"
    key = "k"
    title = mark("Conversation or note")
    help = mark("Say whether these are conversations or notes of your own; a note has no speakers.")

    def run(self, screen: FilesScreen) -> None:
        """The other one."""
        screen.switch_kind()


INTAKE_FILES: tuple[type[AnyCommand], ...] = (
    ReadFiles,
    TickFile,
    TickAll,
    TypePath,
    ToList,
    OtherKind,
    FilesToOtherProgram,
    EarlierReports,
    FolderUp,
)
