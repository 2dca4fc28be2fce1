"""What somebody agreed to: a window with a grid of answers, and what was written down before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.consent import Answer, Asked, Consent, Consented, Written, answer_of
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, CommandDialog
from verhalen.tui.commands.consents import CONSENTS
from verhalen.tui.consent_grid import ConsentGrid
from verhalen.tui.family_asking import read_day, written_day
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import MUTED, Line, Page, heading
from verhalen.tui.words import day_text


class ConsentWindow(CommandDialog[None]):
    """Answers about one after the other; each is stored at once."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = CONSENTS
    DEFAULT_CSS = """
    ConsentWindow { align: center middle; }
    ConsentWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    ConsentWindow #about { text-style: bold; height: auto; }
    ConsentWindow #given { color: $text-muted; height: auto; margin-bottom: 1; }
    ConsentWindow VerticalScroll { height: auto; max-height: 6; }
    ConsentWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, keys: Sequence[str], *, first: str = "") -> None:
        super().__init__()
        self._keys = list(keys)
        self._at = self._keys.index(first) if first in self._keys else 0
        self._day: dt.date | None = None
        self._by = ""
        self._says_when = False
        """Whether somebody chose another day or name here."""

    @property
    def several(self) -> bool:
        """Whether there is more than one to ask about."""
        return len(self._keys) > 1

    def compose(self) -> ComposeResult:
        """About whom, on which day, the grid, what was written down."""
        with Vertical():
            yield Static(id="about", markup=False)
            yield Static(id="given", markup=False)
            yield ConsentGrid()
            with VerticalScroll(can_focus=False):
                yield Page()
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the first."""
        self._day, self._by = self.frame.day, self.project.coder
        self.reload()
        self.query_one(ConsentGrid).focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read it again; what was withdrawn meanwhile is passed over."""
        while self._keys:
            self._at = min(self._at, len(self._keys) - 1)
            try:
                about = self.project.consents.of(self._keys[self._at])
                course = self.project.consents.history(about.key)
            except errors.Unknown:
                del self._keys[self._at]
            else:
                self._show(about, course)
                return
        self.dismiss(None)

    def _show(self, about: Consented, course: Sequence[Written]) -> None:
        place = f"  ({self._at + 1}/{len(self._keys)})" if self.several else ""
        title = f"{about.key.partition('/')[0]}: {t(about.kind.label)}, {about.who}{place}"
        self.query_one("#about", Static).update(title)
        self._say_when()
        self.query_one(ConsentGrid).fill(about)
        self.query_one(Page).fill(_course(about, course))
        self.refresh_bindings()

    def _say_when(self) -> None:
        assert self._day is not None, "it is set before anything is shown"
        said = t("Answers of {day}, written down by {who}.", day=day_text(self._day), who=self._by)
        self.query_one("#given", Static).update(said)

    def on_consent_grid_answered(self, event: ConsentGrid.Answered) -> None:
        """Store it."""
        event.stop()
        key, row, answer = self._keys[self._at], event.row, event.answer
        there = answer_of(self.project.consents.of(key).consents, row.purpose, row.side)
        if there is not None and there.answer is answer and not self._says_when:
            return  # it was said already, perhaps on another day by somebody else
        day = None if answer is Answer.NOT_ASKED else self._day
        given = Consent(row.purpose, answer, day, self._by, row.side)
        self.write(lambda project: project.consents.set(key, given))

    def choose(self, answer: Answer | None = None) -> None:
        """The answer at the cursor, or this one."""
        self.query_one(ConsentGrid).choose(answer)

    def go(self, step: int) -> None:
        """To another one."""
        self._at = (self._at + step) % len(self._keys)
        self.reload()

    def ask_when(self) -> None:
        """Another day, or somebody else who gave the answers."""
        questions = [
            Question("day", t("On which day?"), written_day(self._day)),
            Question("by", t("Who wrote it down, or gave it? No name of a family."), self._by),
        ]

        def keep(form: AskForm, answers: Answers) -> None:
            day = read_day(form, answers["day"])
            if day is False:
                return
            if day is not None and day > self.frame.day:
                form.complain(t("Write a day that has been, as in 12/03/2026."))
                return
            self._day, self._by = day or self.frame.day, answers["by"] or self.project.coder
            self._says_when = True
            form.close()
            self._say_when()

        self.app.push_screen(AskForm(t("When was it answered?"), questions, keep))


def _course(about: Consented, course: Sequence[Written]) -> Iterator[Line]:
    if about.is_child:
        yield Line(t("A child tells: only when both say yes, it may be used."), MUTED)
    if course:
        yield from heading(t("Written down before"))
    for each in reversed(course):
        said = each.consent
        who = f" ({t('a parent')})" if said.side else ""
        when = day_text(said.day or dt.date.fromisoformat(each.time[:10])) if said.day or each.time else "…"
        by = f", {said.by or each.coder}" if said.by or each.coder else ""
        yield Line(f"{when}: {t(said.purpose.label)}{who}: {t(said.answer.label)}{by}", indent=2)


def consent_line(about: Consented) -> str:
    """One of a list: who or what, and what is still to ask."""
    waits = ", ".join(t(each.label) for each in about.to_ask)
    state = t("still to ask: {what}", what=waits) if waits else t("nothing to ask")
    if not about.is_used:
        state = t("says nothing in conversations")
    key, what = about.key.partition("/")[0], about.who
    return f"{key}  {state}" if about.kind is Asked.PERSON else f"{key}  {what}, {state}"
