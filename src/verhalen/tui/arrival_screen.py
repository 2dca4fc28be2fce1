"""What a colleague passed on: see what is in it before anything is stored, then take it in or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from verhalen import errors
from verhalen.api.project import Project
from verhalen.api.second_copies import copy_taken_in, is_second_copy
from verhalen.i18n import mark, t, tn
from verhalen.model.merging import Taken
from verhalen.tui.ask_form import Answers as Given
from verhalen.tui.ask_form import AskForm, Question, Submit
from verhalen.tui.bundle_words import came_page, came_sentence, coming_page, is_nothing, what_is_wrong
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.bundles import ARRIVAL, PASSWORD
from verhalen.tui.dialogs import yes_or_no
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import BLANK, MUTED, TITLE, Line, Page
from verhalen.tui.paths import plain_name
from verhalen.tui.reading_window import ReadingWindow

_NEEDS = (errors.NeedsBundlePassphrase, errors.NeedsPassphrase)
_WRONG = (errors.WrongBundlePassphrase, errors.WrongPassphrase)
_TICK = 0.5
"""Seconds between two looks at the clock."""


class AskPassword(AskForm):
    """The password of a package."""

    COMMAND_CLASSES = PASSWORD
    HELP_TITLE: ClassVar[str] = mark("The password")
    HELP_TEXT: ClassVar[str] = mark(
        "The package is locked. Whoever passed it on chose a password, and tells it to you by phone or face to face. Type it "
        "here; capitals and blanks count."
    )

    def __init__(self, name: str, submit: Submit, problem: str) -> None:
        about = t("Ask it of the colleague who passed this on to you, by phone or face to face.")
        question = Question("password", t("Password"), hidden=True)
        super().__init__(t("The password of {file}", file=name), [question], submit, about=about)
        self._problem = problem

    def on_mount(self) -> None:
        """Say what was wrong with the one before."""
        self.complain(self._problem)


class ArrivalScreen(CommandScreen[None]):
    """What comes, per person and as a whole."""

    COMMAND_CLASSES = ARRIVAL
    UNDOES_PROJECT = False
    HELP_TITLE: ClassVar[str] = mark("Work of a colleague")
    HELP_TEXT: ClassVar[str] = mark(
        "Here you see what is in the package before anything is stored: how much, of whom, what was withdrawn elsewhere, and "
        "about what you and your colleague said different things. Ctrl+s takes it in; what you wrote yourself stays. Esc "
        "leaves it: nothing changes then. Where you said different things nothing gets lost: you choose afterwards, under "
        "Open questions."
    )
    DEFAULT_CSS = """
    ArrivalScreen #now { height: auto; padding: 1 2 0 2; color: $text-muted; display: none; }
    ArrivalScreen.-busy #now { display: block; }
    ArrivalScreen VerticalScroll { height: 1fr; padding: 1 2; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file_name = plain_name(path.name)
        self._password = ""
        self._since = 0.0
        self._left = False
        """Whether somebody went away: what was not begun need not be done."""
        self.state: Literal["looking", "asking", "seen", "refused", "taking", "taken"] = "looking"
        self.taken: Taken | None = None
        """What would come in, once it was looked at."""

    def body(self) -> ComposeResult:
        """How far it is, then what is in it."""
        yield Static(id="now", markup=False)
        with VerticalScroll():
            yield Page()

    def on_mount(self) -> None:
        """Look at once; where a password is needed it is asked then."""
        self.set_interval(_TICK, self._tick)
        self.query_one(VerticalScroll).focus()
        self._look("")

    def on_unmount(self) -> None:
        """Whoever leaves, stops what was not begun."""
        self._left = True

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Something was stored here or elsewhere: other things may come now."""
        if self.state == "seen":
            self._look(self._password)

    # -- looking ---------------------------------------------------------------------------------------------------

    def _look(self, password: str) -> None:
        self._password = password
        path = self._path

        def preview(project: Project) -> Taken | None:
            return None if self._left else project.bundles.preview(path, passphrase=password)

        self._begin("looking")
        self.write(preview, self._seen, self._not_seen)

    def _begin(self, state: Literal["looking", "taking"]) -> None:
        self.state, self._since = state, monotonic()
        self.add_class("-busy")
        self._tick()
        self.refresh_bindings()

    def _tick(self) -> None:
        """Show that time passes."""
        if self.state not in ("looking", "taking"):
            return
        seconds = int(monotonic() - self._since)
        sentence = (
            tn("Looking what is in it: {n} second…", "Looking what is in it: {n} seconds…", seconds)
            if self.state == "looking"
            else tn("Taking it in: {n} second…", "Taking it in: {n} seconds…", seconds)
        )
        self.query_one("#now", Static).update(sentence)

    def _seen(self, taken: Taken | None) -> None:
        if self._left or taken is None:
            return
        self.state, self.taken = "seen", taken
        self._show(coming_page(taken, self._file_name))

    def _not_seen(self, error: errors.VerhalenError) -> None:
        if self._left:
            return
        if isinstance(error, _NEEDS):
            self._ask("")
        elif isinstance(error, _WRONG):
            self._ask(what_is_wrong(error, self._path))
        else:
            self._refuse(error)

    def _refuse(self, error: errors.VerhalenError) -> None:
        self.state = "refused"
        lines = [Line(t("This cannot be taken in"), TITLE), BLANK, Line(what_is_wrong(error, self._path)), BLANK]
        self._show([*lines, Line(t("Nothing was changed."), MUTED)])

    def _ask(self, problem: str) -> None:
        self.state = "asking"
        self._show([Line(t("{file} is locked with a password.", file=self._file_name))])
        given: list[str] = []

        def submit(form: AskForm, answers: Given) -> None:
            if answers["password"]:
                given.append(answers["password"])
                form.close()
            else:
                form.complain(t("Type the password first."))

        def closed(_: None) -> None:
            if given:
                self._look(given[0])
            else:
                self.frame.go_back()

        self.app.push_screen(AskPassword(self._file_name, submit, problem), closed)

    def _show(self, lines: Iterable[Line]) -> None:
        self.remove_class("-busy")
        self.query_one(Page).fill(lines)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    # -- taking in -------------------------------------------------------------------------------------------------

    @property
    def can_take_in(self) -> bool:
        """Whether it was seen, and there is something new."""
        return self.state == "seen" and self.taken is not None and not is_nothing(self.taken)

    def take_in(self) -> None:
        """Where something goes for good, ask first."""
        if self.taken is None or not self.taken.withdrawn:
            self._take_in()
            return
        question = tn(
            "{n} thing goes for good: it was withdrawn where this comes from. Shall it be taken in?",
            "{n} things go for good: they were withdrawn where this comes from. Shall it be taken in?",
            self.taken.withdrawn,
        )
        asked = yes_or_no(question, yes=t("Yes, take it in"))
        self.app.push_screen(asked, lambda answer: self._take_in() if answer == "yes" else None)

    def _take_in(self) -> None:
        """By the writer: the screen goes on, and whoever leaves does not stop it halfway."""
        path, password = self._path, self._password

        def act(project: Project) -> Taken:
            taken = project.bundles.take_in(path, passphrase=password)
            copy_taken_in(project, path)
            return taken

        self._begin("taking")
        self.write(act, self._came, self._did_not_come)

    def _came(self, taken: Taken) -> None:
        if self._left:
            self.frame.say(came_sentence(taken, self._file_name))
            return
        page = tuple(came_page(taken, self._file_name, is_copy=is_second_copy(self.project, self._path)))
        self.state = "taken"
        if self.app.screen is not self:  # the help lies before it
            self._show(page)
            return
        self.frame.go_back()
        if taken.decisions:
            self.frame.open_decisions()
        self.app.push_screen(ReadingWindow(page))

    def _did_not_come(self, error: errors.VerhalenError) -> None:
        if self._left:
            self.frame.say(what_is_wrong(error, self._path), severity="error")
        else:
            self._refuse(error)
