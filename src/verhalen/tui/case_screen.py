"""One family for intervision: per life domain every assessor and every voice on one line, and where they do not agree."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.joint_cases import Case, CaseLine
from verhalen.i18n import mark, t
from verhalen.tui.case_words import (
    case_about,
    case_line,
    case_lines,
    note_lines,
    numbers_words,
    side_room,
    telling_heading,
    told_words,
)
from verhalen.tui.change_choices import Asked
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.joint_families import CASE
from verhalen.tui.joint_reading import read_case
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.verdict_acts import VerdictActs
from verhalen.tui.words import capital

_MARGIN = 5


class CaseScreen(CommandScreen[None]):
    """J3. Never leaves the team."""

    COMMAND_CLASSES = CASE
    HELP_TITLE: ClassVar[str] = mark("Every voice beside every score")
    HELP_TEXT: ClassVar[str] = mark(
        "One family. Each line is a part of life: left who scored it and which way it went (▲ better, = the same, ▼ worse "
        "than at the start), right who told of it (+ good news, - bad news). A sign ⚠ marks where those who score or tell do "
        "not agree: nobody is wrong, ask each other. Enter opens what was told. V writes down what you think of this family, "
        "N goes to the next one."
    )
    DEFAULT_CSS = """
    CaseScreen #about { padding: 0 1; height: auto; max-height: 5; background: $panel; }
    CaseScreen OptionList { height: 1fr; border-bottom: solid $border-blurred; padding: 0; }
    CaseScreen #row { height: 8; padding: 0 1; }
    CaseScreen.-roomy #row { height: 18; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, asked: Asked, family: str, others: Sequence[str] = ()) -> None:
        super().__init__()
        self._asked = asked
        self._family = family
        self._others = list(others)
        """Families to go through with one key, in this order."""
        self.case: Case | None = None
        """None until it was read."""
        self.verdicts = VerdictActs(self)
        self._instruments: dict[str, str] = {}
        """Names by key."""

    def body(self) -> ComposeResult:
        """Which family, its life domains, the one of the cursor."""
        yield Static(t("Counting…"), id="about", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(id="row", can_focus=False):
            yield Page()

    def on_mount(self) -> None:
        """Read."""
        self._instruments = {each.key: each.name for each in self.project.scores.instruments()}
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again, beside the screen."""
        self.run_worker(self._read(self._family), exclusive=True, group="count")

    async def _read(self, family: str) -> None:
        day = self.frame.day

        def read() -> Case | None:
            with self.project.sibling() as own:
                return read_case(own, self._asked, family, today=day)

        try:
            found = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        if found is None:  # withdrawn meanwhile
            if self.is_current:
                self.call_later(self.frame.go_back)
            return
        self._family, self.case = family, found
        self._fill()

    @property
    def line(self) -> CaseLine | None:
        """The life domain of the cursor."""
        option = self.query_one(OptionList).highlighted_option if self.is_attached else None
        lines = self.case.lines if self.case else ()
        return next((each for each in lines if option and each.domain == option.id), None)

    def _fill(self) -> None:
        case, width = self.case, self.size.width - _MARGIN
        if case is None or width < 1:
            return
        self.query_one("#about", Static).update("\n".join(case_about(case, self._label)))
        lines = self.query_one(OptionList)
        here = lines.highlighted_option.id if lines.highlighted_option else ""
        side = side_room(case.lines, width)
        lines.clear_options().add_options([Option(case_line(each, width, side), id=each.domain) for each in case.lines])
        keys = [each.domain for each in case.lines]
        # Begin where there is something to talk about.
        first = keys.index(case.disagreeing[0]) if case.disagreeing else 0
        lines.highlighted = keys.index(here) if here in keys else first if keys else None
        self._show()

    @property
    def _label(self) -> str:
        return self.project.privacy.family_label(self._family)

    def on_option_list_option_highlighted(self) -> None:
        """Another life domain."""
        self._show()

    def _show(self) -> None:
        line, case = self.line, self.case
        page = self.query_one("#row Page", Page)
        page.fill([*(case_lines(line, self._instruments) if line else ()), *(note_lines(case.notes) if case else ())])
        self.query_one("#row").scroll_home(animate=False)
        self.refresh_bindings()

    # -- acts ----------------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """Enter or a click opens what was told."""
        self.see_told()

    def see_told(self) -> None:
        """The stories and fragments of the line."""
        from verhalen.tui.told_screen import Told, ToldScreen

        line = self.line
        if line is None:
            return
        stories = tuple(dict.fromkeys(key for each in line.tellings for key, _ in each.stories))
        groups = tuple((telling_heading(each), each.codings) for each in line.tellings)
        self.app.push_screen(ToldScreen(Told(f"{self._label}: {line.name}", stories, groups)))

    def decide(self) -> None:
        """Write down what the team thinks of the family."""
        if self.case is not None:
            self.verdicts.on_family(self._family, "\n".join(case_about(self.case, self._label)))

    def decide_line(self) -> None:
        """Write down what the team thinks of one life domain of the family."""
        if self.line is not None:
            about = self.line
            words = f"{capital(numbers_words(about.numbers))}, {told_words(about.words)}."
            self.verdicts.on_family(self._family, words, domain=about.domain, name=about.name)

    def export(self) -> None:
        """Save the family, for the intervision."""
        from verhalen.tui.joint_picture import case_picture
        from verhalen.tui.joint_saving import Saving, save_display

        if self.case is not None:
            about = list(case_about(self.case, self._family))  # its code: a nickname stays on this machine
            picture = case_picture(t(self.HELP_TITLE), about, self.case)
            save_display(self, Saving(t("every-voice-{key}", key=self._family), (self.case,), picture))

    def open_family(self) -> None:
        """Its own page."""
        self.frame.open_families(self._family)

    @property
    def has_next(self) -> bool:
        """Whether there is another one to go to."""
        return len([key for key in self._others if key != self._family]) > 0

    def go_on(self) -> None:
        """The next family of the list; after the last the first."""
        if self.has_next:
            at = self._others.index(self._family) if self._family in self._others else -1
            family = self._others[(at + 1) % len(self._others)]
            self.query_one("#about", Static).update(t("Counting…"))
            self.query_one(OptionList).highlighted = None
            self.run_worker(self._read(family), exclusive=True, group="count")
