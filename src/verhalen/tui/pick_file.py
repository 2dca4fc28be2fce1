"""Choose one file of a few kinds: type, paste or drag its path, or walk through folders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.readers.naming import is_system_name, natural
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, CommandDialog
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.fields import Field
from verhalen.tui.paths import path_of, plain_name, short_path, size_text

_MOST = 500
"""Lines of one folder that are shown."""
_last: list[Path] = []
"""The folder in which somebody chose last, while the app is open."""


class PickFile(CommandDialog[Path | None]):
    """Gives the file, or None."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (CancelDialog,)
    HINT: ClassVar[str] = mark("Type the path of a file, paste it, or drag the file here")
    """Marked: what stands in the empty field."""
    DEFAULT_CSS = """
    PickFile { align: center middle; }
    PickFile > Vertical { width: 76; max-width: 100%; height: 100%; max-height: 30; background: $surface;
        border: round $border; padding: 0 1; }
    PickFile #where { color: $text-muted; height: 1; }
    PickFile OptionList { height: 1fr; background: $surface; padding: 0; }
    PickFile #problem { height: auto; color: $text-warning; }
    PickFile KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, question: str, suffixes: Collection[str], *, places: Sequence[Path] = ()) -> None:
        super().__init__()
        self._question = question
        self._suffixes = suffixes
        self._places = [place for place in places if place.is_dir()]
        """Where it begins, unless somebody chose elsewhere before; and lines to go to at once, in every folder."""
        self.folder = Path()
        """The one that is shown."""
        self._paths: list[Path] = []
        self._ways: list[Path] = []
        """Those of the paths that lead elsewhere."""

    def compose(self) -> ComposeResult:
        """Question, field, folder."""
        with Vertical():
            yield Static(self._question, markup=False)
            yield Field(placeholder=t(self.HINT))
            yield Static(id="where", markup=False)
            yield OptionList()
            yield Static(id="problem", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin where somebody chose last, or at the pictures of this user."""
        self._open(next(place for place in self._beginnings() if place.is_dir()))
        self.query_one(OptionList).focus()

    def _beginnings(self) -> list[Path]:
        usual = [Path.home() / name for name in ("Pictures", "Afbeeldingen", "Downloads")]
        return [*_last, *(self._places or usual), Path.home()]

    def _open(self, folder: Path) -> None:
        try:
            paths = list(_inside(folder, self._suffixes))
        except OSError:
            self._complain(t("This folder cannot be opened. Choose another one."))
            return
        ways = [folder.parent, *(place for place in self._places if place not in (folder, folder.parent, *paths))]
        self.folder, self._paths, self._ways = folder, [*ways, *paths], ways
        self.query_one("#where", Static).update(t("Folder: {folder}", folder=short_path(folder)))
        options = self.query_one(OptionList)
        options.clear_options().add_options([Option(self._line(path)) for path in self._paths])
        options.highlighted = len(ways) if paths else 0
        self._complain("")

    def _line(self, path: Path) -> Content:
        if path == self.folder.parent:
            return Content(t("↑ one folder up"))
        if path in self._ways:
            return Content(t("→ {folder}", folder=short_path(path)))
        name = plain_name(path.name)
        if path.is_dir():
            return Content(f"{name}/")
        return Content.assemble(Content(name).stylize("bold"), f"  {size_text(path.stat().st_size)}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Into a folder, or this file."""
        self._take(self._paths[event.option_index])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A path that was typed, pasted or dragged."""
        event.stop()
        path = path_of(event.value)
        if path is None:
            self.query_one(OptionList).focus()
        elif path.exists():
            self._take(path)
        else:
            self._complain(t("There is no file or folder with that name."))

    def _take(self, path: Path) -> None:
        if path.is_dir():
            self.query_one(Field).value = ""
            self._open(path.absolute())
            self.query_one(OptionList).focus()
        else:
            _last[:] = [path.absolute().parent]
            self.dismiss(path)

    def _complain(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(sentence)


def _inside(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """Folders first, then files of these kinds, by name. Raises OSError."""
    inside = sorted(
        (path for path in folder.iterdir() if not is_system_name(path.name)),
        key=lambda path: (not path.is_dir(), natural(path.name)),
    )
    wanted = [path for path in inside if path.is_dir() or (path.is_file() and path.suffix.lower() in suffixes)]
    yield from wanted[:_MOST]
