"""Pass one's work on: for whom, with which password, where to; then a package is made beside the screen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.merging import Sent
from verhalen.tui.ask_form import Answers as Given
from verhalen.tui.ask_form import AskForm, Question
from verhalen.tui.bundle_words import sent_page, what_is_wrong_out
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.bundles import SEND
from verhalen.tui.fields import Field
from verhalen.tui.paths import path_of, plain_name, short_path, sticks
from verhalen.tui.pick_folder import PickFolder
from verhalen.tui.reading_window import ReadingWindow
from verhalen.tui.reviewing import stored

SUFFIX = ".bundel"
EVERYBODY = "*"
_PLACE = "send-folder"
"""Key of the view that remembers the folder."""


class SendForm(AskForm):
    """The questions before a package is made."""

    COMMAND_CLASSES = SEND
    HELP_TITLE: ClassVar[str] = mark("Pass on your work")
    HELP_TEXT: ClassVar[str] = mark(
        "Your work goes into one locked file, the package, that a colleague takes in on another computer. What you have here "
        "stays as it is. Choose for whom it is: for a colleague whose work you took in before, only what is new for him or "
        "her goes in; for everybody, everything. Think of a password and tell it another way than the file: by phone or face "
        "to face. Without the password nobody can open the package. F4 lets you choose another folder: a stick, or one that "
        "you share."
    )
    is_busy = False
    """Whether the package is being made."""

    def choose_folder(self) -> None:
        """Another folder; the name stays."""
        field = self.query_one("#where", Field)

        def chosen(folder: Path | None) -> None:
            if folder is not None:
                field.value = str(folder / Path(field.value.strip()).name)
                field.cursor_position = len(field.value)

        exports = self.project.workspace / "exports"
        begin = (self.project.workspace / field.value.strip()).parent
        places = (exports, Path.home(), *sticks())
        self.app.push_screen(
            PickFolder(t("In which folder?"), begin if begin.is_dir() else exports, places=places), chosen
        )


def begin_sending(screen: CommandScreen[Any]) -> None:
    """Ask for whom, the password and where."""
    names = dict.fromkeys(each.name for each in screen.project.bundles.partners())
    choices = (
        (EVERYBODY, t("Everybody: everything")),
        *((name, t("{name}: what is new", name=name)) for name in names),
    )
    folder = _remembered(screen)
    questions = (
        Question("whom", t("For whom?"), EVERYBODY, choices),
        Question("password", t("A password"), hidden=True),
        Question("again", t("The same once more"), hidden=True),
        Question("where", t("Where to?"), f"{folder}/{_free(screen, folder)}"),
    )
    about = t(
        "Your work goes into one locked file for a colleague. Tell the password another way than the file: by phone or face "
        "to face. Without it nobody can open the package."
    )
    screen.app.push_screen(SendForm(t("Pass on your work"), questions, _Sending(screen).submit, about=about))


def _remembered(screen: CommandScreen[Any]) -> str:
    kept = screen.project.view(_PLACE)
    return kept if kept and Path(kept).is_dir() else "exports"


def _free(screen: CommandScreen[Any], folder: str) -> str:
    """A name with the day and the coder that no file has yet, of letters that every system takes."""
    coder = re.sub(r"[^\w]+", "-", screen.project.coder.lower()).strip("-")
    plain = t("work-{day}-{coder}", day=screen.frame.day.isoformat(), coder=coder).strip("-")
    names = (f"{plain}{f'-{number}' if number > 1 else ''}{SUFFIX}" for number in range(1, 1000))
    there = screen.project.workspace / folder
    return next((name for name in names if not (there / name).exists()), f"{plain}{SUFFIX}")


class _Sending:
    """From the answers to the package."""

    def __init__(self, screen: CommandScreen[Any]) -> None:
        self._screen = screen

    def submit(self, form: AskForm, given: Given) -> None:
        """Look at the answers; where they are good, begin."""
        problem = _problem(given)
        if problem or not isinstance(form, SendForm):
            form.complain(problem)
            return
        path = self._path(given["where"])
        partner = "" if given["whom"] in ("", EVERYBODY) else given["whom"]
        form.is_busy = True
        # On the app, not on the window: whoever closes the window does not stop it halfway.
        self._screen.app.run_worker(self._send(form, path, given["password"], partner), group="send")

    def _path(self, typed: str) -> Path:
        path = (self._screen.project.workspace / (path_of(typed) or Path("exports"))).resolve()
        if path.is_dir():
            path /= _free(self._screen, str(path))
        return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)

    async def _send(self, form: SendForm, path: Path, password: str, partner: str) -> None:
        ticking = form.set_interval(0.5, _said_since(form, monotonic()))
        try:
            await stored(self._screen, lambda _: None)  # what is still in the queue goes along
            sent = await asyncio.to_thread(self._make, path, password, partner)
        except errors.VerhalenError as error:
            ticking.stop()
            form.is_busy = False
            form.complain(what_is_wrong_out(error))
            return
        ticking.stop()
        self._remember(path.parent)
        if self._screen.app.screen is form:
            form.close()
            self._screen.app.push_screen(ReadingWindow(sent_page(sent, path, partner)))
        else:
            where = short_path(path.parent)
            said = t("The package {file} lies in {folder}.", file=plain_name(path.name), folder=where)
            self._screen.frame.say(said)
            form.is_busy = False
            if form.is_attached:  # the help lies before it
                form.complain(said)

    def _make(self, path: Path, password: str, partner: str) -> Sent:
        exports = self._screen.project.workspace / "exports"
        if path.parent == exports.resolve():
            exports.mkdir(exist_ok=True)
        with self._screen.project.sibling() as own:
            own.hide_others(False)  # that is for the screens; a package holds everything
            return own.bundles.out(path, passphrase=password, partner=partner)

    def _remember(self, folder: Path) -> None:
        home = self._screen.project.workspace / "exports"
        kept = "exports" if folder == home.resolve() else str(folder)
        if kept != (self._screen.project.view(_PLACE) or "exports"):
            # Where nothing can be written it is simply not remembered.
            self._screen.write(lambda project: project.keep_view(_PLACE, kept), failed=lambda _: None)


def _problem(given: Given) -> str:
    if not given["password"].strip():
        return t("Think of a password first. Your colleague needs it to open the package.")
    if given["password"] != given["again"]:
        return t("The two passwords are not the same. Type them once more.")
    return ""


def _said_since(form: SendForm, since: float) -> Callable[[], None]:
    def say() -> None:
        seconds = int(monotonic() - since)
        form.say(tn("Making the package: {n} second…", "Making the package: {n} seconds…", seconds))

    return say
