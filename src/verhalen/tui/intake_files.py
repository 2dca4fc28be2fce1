"""Choose what to read: files, folders and archives, in the inbox of the workspace or anywhere on this computer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.exchange.story_inbox import is_stories
from verhalen.exchange.tables import SUFFIXES
from verhalen.i18n import mark, t
from verhalen.model.text import SourceKind
from verhalen.tui.commands.base import AnyCommand, CommandScreen
from verhalen.tui.commands.intake_files import INTAKE_FILES
from verhalen.tui.fields import Field
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.other_program import SUFFIXES as OTHER_PROGRAMS
from verhalen.tui.other_program import is_other, offer, show_reports
from verhalen.tui.paths import path_of, plain_name, short_path, size_text

EntryKind = Literal["up", "place", "folder", "archive", "file", "table", "other"]
_OTHER_KINDS: dict[str, EntryKind] = {
    ".zip": "archive",
    **dict.fromkeys(SUFFIXES, "table"),
    **dict.fromkeys(OTHER_PROGRAMS, "other"),
}
_MOST = 2_000
"""Lines of one folder that are shown."""
_KIND_TEXT: dict[SourceKind, str] = {"transcript": mark("conversations"), "note": mark("notes of your own")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a file, or a way to somewhere else."""

    kind: EntryKind
    path: Path
    size: int = 0
    """Bytes."""

    @property
    def is_readable(self) -> bool:
        """Whether it can be read as it is; a folder or archive is read with all that is in it."""
        return self.kind in ("folder", "archive", "file")


class FilesScreen(CommandScreen[None]):
    """Files, and where they lie."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = INTAKE_FILES
    HELP_TITLE: ClassVar[str] = mark("Read in conversations")
    HELP_TEXT: ClassVar[str] = mark(
        "Choose a file and press Enter, or tick several with the space bar and press I. A folder or a .zip archive can "
        "be read as a whole. You see who speaks and which names would be masked before anything is stored. "
        "The file itself stays where it is and is never changed. A table (.csv, .xlsx, .sav) of scores, families or stories "
        "is read by itself: press Enter on it. So is the work from NVivo, ATLAS.ti, MAXQDA (.qdpx, .qdc), QualCoder (.qda) or "
        "RQDA (.rqda): its texts, codes and codings come in with who made them. E writes this project for such a program."
    )
    DEFAULT_CSS = """
    FilesScreen #where { padding: 0 2; color: $text-muted; height: 1; }
    FilesScreen Field { margin: 0 1; }
    FilesScreen OptionList { height: 1fr; margin: 0 1; }
    FilesScreen #chosen { padding: 0 2; height: 1; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path()
        self.kind: SourceKind = "transcript"
        self._entries: list[Entry] = []
        self._ticked: dict[Path, None] = {}
        self._known: dict[Path, bool] = {}
        """Whether a file is in the project already, once that was looked at."""

    def body(self) -> ComposeResult:
        """Where we are, a field for a path, the list, what is chosen."""
        yield Static(id="where", markup=False)
        yield Field(placeholder=t("A file, folder or .zip: type it, paste it, or drag it here"))
        yield OptionList()
        yield Static(id="chosen", markup=False)

    def on_mount(self) -> None:
        """Begin in the inbox of the workspace."""
        self._open(self.project.workspace / "transcripts")
        self.query_one(OptionList).focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Something was stored: files may be in the project now. What another window does takes no tick away."""
        here = self._entry
        self._known.clear()
        if changed is None:
            self._ticked.clear()
        self._open(self.folder, came_from=here.path if here else None)

    # -- the list --------------------------------------------------------------------------------------------------

    def _open(self, folder: Path, *, came_from: Path | None = None) -> None:
        """Show a folder; one that cannot be read is said, and we stay where we are."""
        try:
            entries = list(_entries(folder, self.project.workspace))
        except OSError:
            self.frame.say(t("This folder cannot be opened. Choose another one."), severity="warning")
            if self._entries:
                return
            folder, entries = Path.home(), list(_entries(Path.home(), self.project.workspace))
        self.folder = folder
        self._entries = entries
        self.query_one("#where", Static).update(t("Folder: {folder}", folder=short_path(folder)))
        self._fill()
        options = self.query_one(OptionList)
        back = next((at for at, each in enumerate(entries) if each.path == came_from), None)
        first = next((at for at, each in enumerate(entries) if each.kind == "file"), 0)
        options.highlighted = back if back is not None else first
        self.run_worker(self._look_up(folder), exclusive=True, group="known")

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        place = options.highlighted
        options.clear_options().add_options([Option(self._line(each)) for each in self._entries])
        if not any(each.is_readable or each.kind in ("table", "other") for each in self._entries):
            options.add_option(Option(t("There is nothing here that can be read in."), disabled=True))
        if place is not None and place < options.option_count:
            options.highlighted = place
        self._say_chosen()

    def _line(self, entry: Entry) -> Content:
        match entry.kind:
            case "up":
                return Content(t("↑ one folder up"))
            case "place":
                is_home = entry.path == Path.home()
                return Content(t("→ your own folder") if is_home else t("→ {folder}", folder=short_path(entry.path)))
            case "table":
                table = Content(plain_name(entry.path.name)).stylize("bold")
                return Content.assemble("  ⊞ ", table, f"  {size_text(entry.size)}  ", t("a table, read by itself"))
            case "other":
                work = Content(plain_name(entry.path.name)).stylize("bold")
                return Content.assemble("  ⊞ ", work, "  ", t("work from another program, read by itself"))
            case _:
                tick = "[x]" if entry.path in self._ticked else "[ ]"
                name = plain_name(entry.path.name) + ("/" if entry.kind == "folder" else "")
                rest = "" if entry.kind == "folder" else size_text(entry.size)
                there = t("is in the project") if self._known.get(entry.path) else ""
                return Content.assemble(
                    f"{tick} ", Content(name).stylize("bold"), *(f"  {part}" for part in (rest, there) if part)
                )

    async def _look_up(self, folder: Path) -> None:
        """Which of these files are in the project already; in the background, since they are all read for it."""
        files = [each.path for each in self._entries if each.kind == "file" and each.path not in self._known]
        known = self.project.sources.digests()
        found = await asyncio.to_thread(lambda: dict(_known_files(files, known)))
        self._known |= found
        if self.folder == folder and any(found.values()):
            self._fill()

    @property
    def _entry(self) -> Entry | None:
        place = self.query_one(OptionList).highlighted
        return self._entries[place] if place is not None and place < len(self._entries) else None

    def on_option_list_option_selected(self) -> None:
        """Enter: into a folder, or on with this file."""
        entry = self._entry
        if entry is None:
            return
        if entry.kind in ("up", "place", "folder"):
            self._open(entry.path, came_from=self.folder if entry.kind == "up" else None)
        elif entry.kind == "table":
            self.frame.open_table(entry.path)
        elif entry.kind == "other":
            offer(self, entry.path)
        else:
            self.go_on()

    def on_option_list_option_highlighted(self) -> None:
        """What would be read is another file."""
        self._say_chosen()
        self.refresh_bindings()

    def _say_chosen(self) -> None:
        files = len(self._ticked)
        what = t(_KIND_TEXT[self.kind])
        sentence = t("Ticked: {n}. Read as {kind}.", n=files, kind=what) if files else t("Read as {kind}.", kind=what)
        self.query_one("#chosen", Static).update(sentence)

    # -- acts ------------------------------------------------------------------------------------------------------

    @property
    def can_tick(self) -> bool:
        """Whether the cursor is on something to read."""
        entry = self._entry
        return entry is not None and entry.is_readable and self.focused is self.query_one(OptionList)

    @property
    def has_files(self) -> bool:
        """Whether there is a file in this folder."""
        return any(each.kind == "file" for each in self._entries)

    @property
    def wanted(self) -> list[Path]:
        """What is ticked, or else what the cursor is on."""
        if self._ticked:
            return list(self._ticked)
        return [self._entry.path] if self._entry and self._entry.is_readable else []

    def tick(self) -> None:
        """Tick the line, or take the tick away, and go to the next."""
        entry = self._entry
        if entry is not None and entry.is_readable:
            if entry.path in self._ticked:
                del self._ticked[entry.path]
            else:
                self._ticked[entry.path] = None
            self._fill()
            self.query_one(OptionList).action_cursor_down()

    def tick_all(self) -> None:
        """Every file that is not in the project; when they all are ticked, none."""
        files = [each.path for each in self._entries if each.kind == "file" and not self._known.get(each.path)]
        if all(path in self._ticked for path in files):
            for path in files:
                self._ticked.pop(path, None)
        else:
            self._ticked |= dict.fromkeys(files)
        self._fill()

    def switch_kind(self) -> None:
        """Conversations or notes."""
        self.kind = "note" if self.kind == "transcript" else "transcript"
        self._say_chosen()

    @property
    def is_typing(self) -> bool:
        """Whether the cursor is in the field."""
        return isinstance(self.focused, Field)

    def to_list(self) -> None:
        """Out of the field; what was chosen stays."""
        self.query_one(OptionList).focus()

    def go_up(self) -> None:
        """To the folder above."""
        self._open(self.folder.parent, came_from=self.folder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A path that was typed, pasted or dragged."""
        path = path_of(event.value)
        if path is None:
            return
        if path.exists() and is_other(path):
            event.input.value = ""
            offer(self, path)
        elif path.is_dir():
            event.input.value = ""
            self._open(path)
            self.query_one(OptionList).focus()
        elif path.is_file():
            event.input.value = ""
            self.to_list()  # for when one comes back
            if path.suffix.lower() in SUFFIXES:
                self.frame.open_table(path)
            else:
                self.take([path])
        else:
            self.frame.say(t("There is no file or folder with that name."), severity="warning")

    @property
    def has_reports(self) -> bool:
        """Whether something came from another program before."""
        return bool(self.project.exchange.reports())

    def show_reports(self) -> None:
        """What was told then."""
        show_reports(self, self.project.exchange.reports())

    def go_on(self) -> None:
        """See what was chosen."""
        if self.wanted:
            self.take(self.wanted)

    def take(self, paths: Sequence[Path]) -> None:
        """These are the files; one that holds stories is looked at as a table is."""
        if len(paths) == 1 and is_stories(paths[0]):
            self.frame.open_table(paths[0])
        else:
            self.frame.open_intake(paths, kind=self.kind)


def _entries(folder: Path, workspace: Path) -> Iterator[Entry]:
    """Ways out first, then folders, then what can be read, by name. Raises OSError."""
    from verhalen.readers import KNOWN_SUFFIXES
    from verhalen.readers.naming import is_system_name, natural

    folder = folder.absolute()
    inside = sorted(
        (path for path in folder.iterdir() if not is_system_name(path.name)), key=lambda path: natural(path.name)
    )
    if folder.parent != folder:
        yield Entry("up", folder.parent)
    if folder == (workspace / "transcripts").absolute():
        homes = [Path.home(), *(Path.home() / name for name in ("Documents", "Documenten", "Downloads", "Desktop"))]
        yield from (Entry("place", path) for path in homes if path.is_dir())
    shown = 0
    for kinds in (("folder",), ("file", "archive"), ("table", "other")):
        for path in inside:
            suffix = path.suffix.lower()
            kind: EntryKind = _OTHER_KINDS.get(suffix, "file")
            kind = "folder" if path.is_dir() and suffix not in OTHER_PROGRAMS else kind
            known = kind != "file" or suffix in KNOWN_SUFFIXES
            readme = path.stem == "README" and folder == (workspace / "transcripts").absolute()
            if kind in kinds and known and not readme and shown < _MOST:
                shown += 1
                yield Entry(kind, path, _bytes_in(path))


def _bytes_in(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _known_files(paths: list[Path], known: set[str]) -> Iterator[tuple[Path, bool]]:
    import hashlib

    from verhalen.readers.limits import MAX_BYTES

    for path in paths:
        try:
            if path.stat().st_size <= MAX_BYTES:
                yield path, hashlib.sha256(path.read_bytes()).hexdigest() in known
        except OSError:
            continue
