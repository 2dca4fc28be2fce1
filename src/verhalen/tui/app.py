"""The app: settings, theme, the writer and its mark, and polling for changes."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from verhalen import errors
from verhalen.api.history import Undone
from verhalen.api.project import Project
from verhalen.api.sources import Imported
from verhalen.i18n import language, mark, set_language, t, tn
from verhalen.model.act import Change
from verhalen.model.text import SourceKind
from verhalen.settings import Settings, keep_snapshot_days, load_settings, save_settings
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.faults import fault_report
from verhalen.tui.hiding import Hiding
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.navigation import Navigator
from verhalen.tui.themes import DARK, LIGHT, THEMES, known_theme
from verhalen.tui.words import capital, today
from verhalen.tui.writer import Intent, Outcome, Writer

T = TypeVar("T")
DISK_FULL = mark("The disk is full. What you did is kept here and stored as soon as there is room: free some space.")
BUSY = mark("Another window is writing in this project. What you did is kept here and stored in a moment.")
POLL = 0.25
"""Seconds between two looks at the change counter of the file."""


class Settled(Message):
    """The writer settled an intent, or says that it keeps one."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


# `inherit_bindings=False`: Textual's own quit and its English hint at ctrl+c stay out.
class VerhalenApp(Navigator, inherit_bindings=False):
    """One project, one writer, one stack of screens with home at the bottom."""

    ENABLE_COMMAND_PALETTE = False  # ours speaks the reader's language
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "screen.copy_text", show=False)]
    unstored: reactive[int] = reactive(0)
    """How many acts wait for the writer."""
    hides_others: reactive[bool] = reactive(False)
    """Whether the coder works blind: screens show only his or her own codings."""

    def __init__(
        self, project: Project, *, day: dt.date | None = None, opening: CommandScreen[Any] | None = None
    ) -> None:
        self.settings: Settings = load_settings()
        super().__init__()
        self.project = project
        """For reading, on the UI thread."""
        project.hide_others(project.keeps_hiding())
        self.set_reactive(VerhalenApp.hides_others, project.hides_others)
        self.hiding = Hiding(self)
        self.day = day or today()
        """Today; tests choose another day."""
        self._opening = opening
        """The one screen to show; the app closes with it."""
        self.title = "verhalen"
        self._writer = Writer(project, self._hear)
        self._seen_version = project.data_version()
        self._seen_change = project.last_change()
        latest = self._latest()
        self._seen_time = latest[0].time if latest else ""
        self._blocked = False
        self._fault_said = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = known_theme(self.settings.theme)

    def get_default_screen(self) -> Screen[Any]:
        """The three doors lie at the bottom of the stack."""
        from verhalen.tui.home_screen import HomeScreen

        return HomeScreen()

    def on_mount(self) -> None:
        """Start to look for changes."""
        self.set_interval(POLL, self.poll)
        self.set_interval(HEARTBEAT, self.project.beat)
        if self._opening is not None:
            self.push_screen(self._opening, lambda _: self.leave())
        # What was loaded stays: the collector need not walk through it at every key.
        self.call_after_refresh(gc.freeze)

    # -- storing ---------------------------------------------------------------------------------------------------

    def write(
        self,
        act: Callable[[Project], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[errors.VerhalenError], None] | None = None,
    ) -> None:
        """Do `act` on the writer's thread, in order. `done` hears the result here, after the commit.

        An error is said in its own sentence, unless `failed` takes it.
        """
        self.unstored += 1
        self._writer.put(Intent(act, done, failed))

    def _hear(self, outcome: Outcome) -> None:
        """On the writer's thread: hand it over to this one."""
        self.post_message(Settled(outcome))

    def on_settled(self, message: Settled) -> None:
        """Pass on what the writer says."""
        outcome, intent = message.outcome, message.outcome.intent
        if outcome.kept:
            self._blocked = True
            full = isinstance(outcome.error, errors.DiskFull)
            self.say(t(DISK_FULL) if full else t(BUSY), severity="warning")
            return
        self.unstored -= 1
        if self._blocked:
            self._blocked = False
            self.clear_notifications()  # it says that something is not stored
        self.poll()
        self.hiding.follow()  # a poll of a moment ago may have seen the change, and waited for the writer
        if isinstance(outcome.error, errors.VerhalenError):
            (intent.failed or self.say_error)(outcome.error)
        elif outcome.error is not None:
            raise outcome.error
        elif intent.done is not None:
            intent.done(outcome.result)

    @property
    def is_held_up(self) -> bool:
        """Whether nothing can be stored just now: the disk is full, or another window is writing."""
        return self._blocked

    @property
    def stored_mark(self) -> str:
        """The writer's mark, in words."""
        if self.unstored:
            return t("not stored yet: {n}", n=self.unstored)
        return t("reading only") if self.project.read_only_reason else t("all stored")

    def poll(self) -> None:
        """Tell the screen in front when this window or another one stored something."""
        version = self.project.data_version()
        if version == self._seen_version:
            return
        self._seen_version = version
        self.hiding.follow()
        newest = self.project.last_change()
        changes = tuple(self.project.history.entries(after=self._seen_change))
        latest = self._latest()
        if newest == self._seen_change and latest and latest[0].time != self._seen_time:
            changes = latest  # an answer that joined the others of its form
        self._seen_change = newest
        self._seen_time = latest[0].time if latest else ""
        if changes:  # else a draft, a view, or codings that are hidden: nothing that a screen shows
            self.refresh_screens(changes)

    def refresh_screens(self, changes: tuple[Change, ...] = ()) -> None:
        """Let the screen in front read anew, and each other one when it comes back."""
        self._others_look_again()
        self.screen.post_message(ProjectChanged(changes))

    def _others_look_again(self) -> None:
        """What lies behind the screen in front reads anew when it is seen."""
        for screen in self.screen_stack[:-1]:
            if isinstance(screen, CommandScreen):
                screen.stale = True

    def _latest(self) -> tuple[Change, ...]:
        """The newest entry of the history."""
        return tuple(self.project.history.entries(limit=1))

    # -- saying ----------------------------------------------------------------------------------------------------

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A note in the corner, in the place of the one before unless that warns. Longer sentences stay longer."""
        stays = max(4.0, len(sentence) / 12)
        self.notify(
            sentence,
            severity="error" if severity == "error" else "warning" if severity == "warning" else "information",
            timeout=stays,
            markup=False,
        )

    def on_notify(self) -> None:
        """Make room when a note comes up, not when it is written: two may be written before the first comes up."""
        for note in [each for each in self._notifications if each.severity == "information"]:
            self._unnotify(note)

    def say_error(self, error: errors.VerhalenError) -> None:
        """What happened and what to do, in its own sentence."""
        self.say(str(error), severity="error")

    # -- undo ------------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back one's own last change; ask where that is not the last thing one did."""
        beyond = self.project.history.beyond()
        if beyond is None:
            self._undo()
            return
        from verhalen.tui.dialogs import yes_or_no

        lasting, older = (self.project.history.label(each) for each in beyond)
        question = t(
            "What you did last cannot be undone: {lasting}. Shall what you did before that be undone: {older}?",
            lasting=lasting,
            older=older,
        )
        self.push_screen(
            yes_or_no(question, yes=t("Yes, undo that")), lambda key: self._undo() if key == "yes" else None
        )

    def _undo(self) -> None:
        self.write(lambda project: project.history.undo(), self._say_undone, self._say_not_undone)

    def redo(self) -> None:
        """Bring it back."""
        self.write(lambda project: project.history.redo(), self._say_undone, self._say_not_undone)

    def _say_undone(self, undone: Undone) -> None:
        lost = len(undone.lost)
        self._say_here(capital(undone.label))
        if lost:
            self.say(
                tn(
                    "{n} coding could not come back: its words are gone.",
                    "{n} codings could not come back: their words are gone.",
                    lost,
                ),
                severity="warning",
            )

    def _say_not_undone(self, error: errors.VerhalenError) -> None:
        self._say_here(str(error))

    def _say_here(self, sentence: str) -> None:
        if isinstance(self.screen, CommandScreen):
            self.screen.hear(sentence)
        else:
            self.say(sentence)

    # -- settings and leaving --------------------------------------------------------------------------------------

    def switch_theme(self) -> None:
        """Light or dark, remembered."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name
        self._remember(theme=self.theme)

    def switch_language(self) -> None:
        """Dutch or English, remembered; home is built anew in it."""
        set_language("en" if language() == "nl" else "nl")
        self._remember(language=language())
        self.go_home()
        if isinstance(self.screen, CommandScreen):
            self.call_next(self.screen.compose_anew)

    def set_snapshot_days(self, days: int) -> None:
        """After so many days a family waits for a new snapshot; remembered on this computer."""
        self.settings = keep_snapshot_days(days)
        self._others_look_again()

    def _remember(self, **choices: Any) -> None:
        # Read anew: another window may have changed something else meanwhile.
        self.settings = replace(load_settings(), **choices)
        save_settings(self.settings)

    def leave(self) -> None:
        """Store what is queued, then close; ask first where the disk refuses."""
        if not self._blocked:
            self.run_worker(self._store_and_exit(), exclusive=True, group="leave")
            return
        from verhalen.tui.dialogs import yes_or_no

        question = tn(
            "{n} change is not stored: the disk is full or another window is writing. If you leave now, it may be lost.",
            "{n} changes are not stored: the disk is full or another window is writing. If you leave now, they may be lost.",
            self.unstored,
        )

        def answer(key: str | None) -> None:
            if key == "yes":
                self.run_worker(self._store_and_exit(), exclusive=True, group="leave")

        self.push_screen(yes_or_no(question, yes=t("Try once more, then leave"), no=t("Stay")), answer)

    async def _store_and_exit(self) -> None:
        await asyncio.to_thread(self._writer.close)
        self.exit()

    def _fatal_error(self) -> None:
        """A fault of ours. Textual would print every variable with the stack, and so the words of a family."""
        if not self._fault_said:  # one fault may drag others along
            self._fault_said = True
            self.panic(fault_report(self._exception))

    async def action_quit(self) -> None:
        """The terminal asks us to leave."""
        self.leave()

    def on_unmount(self) -> None:
        """However we leave: nothing queued is dropped."""
        self._writer.close()


def review_files(project: Project, files: Sequence[Path], *, kind: SourceKind, speakers: bool) -> list[Imported]:
    """Open the app on these files only: look at speakers and names, store, and give what became of each file."""
    from verhalen.tui.intake_screen import IntakeScreen

    screen = IntakeScreen(files, kind=kind, speakers=speakers)
    VerhalenApp(project, opening=screen).run()
    project.hide_others(False)  # that was for the screens
    return screen.imported


def run(project: Project) -> None:
    """Open the app on a project, until the user leaves."""
    VerhalenApp(project).run()


HEARTBEAT = 60.0
"""Seconds between two signs that this machine still holds a project in a shared folder."""
