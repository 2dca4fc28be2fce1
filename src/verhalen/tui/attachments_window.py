"""Attachments of a story: see, add, describe, open, and say whether they may leave."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen.api.attachments import Attached
from verhalen.i18n import mark, t
from verhalen.privacy.pictures import SUFFIXES, UNTOUCHED
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.attachments import ATTACHMENTS
from verhalen.tui.commands.base import AnyCommand, CommandDialog
from verhalen.tui.consent_window import ConsentWindow
from verhalen.tui.dialogs import AskLine, yes_or_no
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.paths import size_text
from verhalen.tui.pick_file import PickFile


class AttachmentsWindow(CommandDialog[None]):
    """The list, with what one can do about the line of the cursor."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = ATTACHMENTS
    DEFAULT_CSS = """
    AttachmentsWindow { align: center middle; }
    AttachmentsWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    AttachmentsWindow OptionList { height: auto; max-height: 14; min-height: 2; background: $surface; padding: 0; margin: 1 0; }
    AttachmentsWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, story: str) -> None:
        super().__init__()
        self._story = story
        self._found: list[Attached] = []
        self._opened: list[str] = []
        """Folders with a copy that another program shows."""

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        with Vertical():
            yield Static(t("Attachments of story {key}", key=self._story), markup=False)
            yield OptionList()
            yield KeyBar()

    def on_mount(self) -> None:
        """Show them."""
        self.reload()
        self.query_one(OptionList).focus()

    def on_unmount(self) -> None:
        """No copy stays behind."""
        for folder in self._opened:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read them again."""
        self._found = [each for each in self.project.attachments.all() if each.story.key == self._story]
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        lines = [Option(_line(each), id=each.key) for each in self._found]
        none = Option(t("Nothing is attached yet."), disabled=True)
        options.clear_options().add_options(lines or [none])
        options.highlighted = min(place, len(lines) - 1) if lines else None
        self.refresh_bindings()

    @property
    def chosen(self) -> Attached | None:
        """The line of the cursor."""
        place = self.query_one(OptionList).highlighted
        return self._found[place] if place is not None and place < len(self._found) else None

    def on_option_list_option_selected(self) -> None:
        """Enter opens it."""
        self.open_it()

    def attach(self) -> None:
        """Choose a file and keep it."""
        story = self._story

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.write(lambda project: project.attachments.attach(story, path), self._attached)

        self.app.push_screen(PickFile(t("Which photo, drawing or sound?"), SUFFIXES), chosen)

    def _attached(self, done: Attached) -> None:
        if done.attachment.suffix in UNTOUCHED:
            said = mark(
                "Kept as {name}. What this kind of file says of itself was not taken out: look whether a name stands in it."
            )
            self.frame.say(t(said, name=done.attachment.name), severity="warning")
        else:
            said = mark("Kept as {name}, without place, day and device. The file itself stays where it was.")
            self.frame.say(t(said, name=done.attachment.name))

    def describe(self) -> None:
        """In words, for who cannot see or hear it."""
        found = self.chosen
        if found is None:
            return

        def said(words: str | None) -> None:
            if words is not None:
                self.write(lambda project: project.attachments.describe(found.key, words))

        self.app.push_screen(AskLine(t("What can be seen or heard? No names."), found.attachment.described), said)

    def ask_consent(self) -> None:
        """Whether it may leave."""
        if self.chosen is not None:
            self.app.push_screen(ConsentWindow([each.key for each in self._found], first=self.chosen.key))

    def detach(self) -> None:
        """Take it away; undo brings it back."""
        found = self.chosen
        if found is not None:
            said = t("{name} is no longer with this story. Undo brings it back.", name=found.attachment.name)
            self.write(lambda project: project.attachments.detach(found.key), lambda _: self.frame.say(said))

    def open_it(self) -> None:
        """Show it in another program, after a question."""
        found = self.chosen
        if found is None:
            return
        question = t(
            "{name} opens in another program on this computer. Mind who looks along. Open it?",
            name=found.attachment.name,
        )

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.write(lambda project: project.attachments.content(found.key), lambda data: self._show(found, data))

        self.app.push_screen(yes_or_no(question, yes=t("Yes, open it")), answered)

    def _show(self, found: Attached, data: bytes) -> None:
        folder = tempfile.mkdtemp(prefix="verhalen-")
        self._opened.append(folder)
        path = Path(folder) / f"bijlage{found.attachment.suffix}"
        path.write_bytes(data)
        if not open_with_system(path):
            self.frame.say(t("No program on this computer shows this kind of file."), severity="warning")


def open_with_system(path: Path) -> bool:
    """Open a file in the program that the system has for it; say whether there is one."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        program = "open" if sys.platform == "darwin" else "xdg-open"
        subprocess.Popen(
            [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    return True


def _line(each: Attached) -> Content:
    one = each.attachment
    words = [t(one.kind.label), size_text(one.size), one.described]
    return Content.assemble(
        Content(one.name).stylize("bold"),
        f"  {' · '.join(word for word in words if word)}\n  ",
        t("may be used: {answer}", answer=t(each.answer.label)),
    )
