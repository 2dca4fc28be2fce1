"""Where words and numbers contradict each other: families to work through, one by one, each with what to look at."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.joint_families import FamilyApart
from verhalen.i18n import mark, t, tn
from verhalen.tui.case_words import apart_line, apart_lines, side_words
from verhalen.tui.change_choices import Asked
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.joint_families import APART
from verhalen.tui.joint_reading import read_apart
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.verdict_acts import VerdictActs
from verhalen.tui.words import capital

_MARGIN = 5


class ApartScreen(CommandScreen[None]):
    """For inside: nothing is masked."""

    COMMAND_CLASSES = APART
    HELP_TITLE: ClassVar[str] = mark("Where words and numbers contradict each other")
    HELP_TEXT: ClassVar[str] = mark(
        "Families that tell one thing while their scores say another. That is no mistake: it is where a talk with each other "
        "pays. ▲ = ▼: which way the scores go; + o -: which way the words go. Enter shows the family with every voice beside "
        "every score. With V you write down what you think; the family then leaves this list, until something new comes in."
    )
    DEFAULT_CSS = """
    ApartScreen #about { padding: 0 1; height: auto; max-height: 4; color: $text-muted; }
    ApartScreen OptionList { height: 1fr; border-bottom: solid $border-blurred; padding: 0; }
    ApartScreen #row { height: 8; padding: 0 1; }
    ApartScreen.-roomy #row { height: 14; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked
        self._found: tuple[FamilyApart, ...] | None = None
        """None until they were looked for."""
        self._all = False
        """Whether those that were worked through are shown too."""
        self.verdicts = VerdictActs(self)

    def body(self) -> ComposeResult:
        """How many, the families, the one of the cursor."""
        yield Static(t("Counting…"), id="about", markup=False)
        yield OptionList(markup=False)
        with VerticalScroll(id="row", can_focus=False):
            yield Page()

    def on_mount(self) -> None:
        """Look."""
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again, beside the screen."""
        self.run_worker(self._look(), exclusive=True, group="count")

    async def _look(self) -> None:
        day = self.frame.day

        def look() -> tuple[FamilyApart, ...]:
            with self.project.sibling() as own:
                return read_apart(own, self._asked, today=day)

        try:
            self._found = await asyncio.to_thread(look)
        except errors.VerhalenError as error:
            self._found = ()
            self.frame.say_error(error)
        self._fill()

    @property
    def shown(self) -> list[FamilyApart]:
        """Those in the list, in its order."""
        return [each for each in self._found or () if each.is_open or self._all]

    @property
    def family(self) -> FamilyApart | None:
        """The one of the cursor."""
        option = self.query_one(OptionList).highlighted_option if self.is_attached else None
        return next((each for each in self.shown if option and each.family == option.id), None)

    @property
    def has_done(self) -> bool:
        """Whether some were worked through."""
        return any(not each.is_open for each in self._found or ())

    def _fill(self) -> None:
        width = self.size.width - _MARGIN
        if self._found is None or width < 1:
            return
        lines = self.query_one(OptionList)
        at, here = lines.highlighted, lines.highlighted_option.id if lines.highlighted_option else ""
        label = self.project.privacy.family_label
        shown = self.shown
        lines.clear_options().add_options(
            [Option(apart_line(each, label(each.family), width), id=each.family) for each in shown]
        )
        keys = [each.family for each in shown]
        if keys:
            # The one that left the list makes room for the next.
            lines.highlighted = keys.index(here) if here in keys else min(at or 0, len(keys) - 1)
        self.query_one("#about", Static).update(self._said())
        self._show()

    def _said(self) -> str:
        found = self._found or ()
        if not found:
            return t("Nowhere do words and numbers of a family contradict each other, as far as both are known.")
        left = sum(each.is_open for each in found)
        words = tn("{n} family still to talk about", "{n} families still to talk about", left)
        done = tn("{n} talked about", "{n} talked about", len(found) - left)
        return f"{words} · {done} · {t('scores ▲ = ▼ │ words + o -')}"

    def on_option_list_option_highlighted(self) -> None:
        """Another family."""
        self._show()

    def _show(self) -> None:
        each = self.family
        label = self.project.privacy.family_label(each.family) if each else ""
        self.query_one("#row Page", Page).fill(apart_lines(each, label) if each else ())
        self.query_one("#row").scroll_home(animate=False)
        self.refresh_bindings()

    # -- acts ----------------------------------------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """Enter or a click shows the family."""
        self.see_family()

    def see_family(self) -> None:
        """Every voice beside every score."""
        from verhalen.tui.case_screen import CaseScreen

        if self.family is not None:
            self.app.push_screen(CaseScreen(self._asked, self.family.family, [each.family for each in self.shown]))

    def decide(self) -> None:
        """Write down what the team thinks."""
        if self.family is not None:
            sides = " · ".join(side_words(each) for each in self.family.sides if each.is_apart)
            self.verdicts.on_family(self.family.family, f"{capital(t(self.family.apart.label))}. {sides}".strip())

    def show_all(self) -> None:
        """Those that were worked through too, or not."""
        self._all = not self._all
        self._fill()

    def export(self) -> None:
        """Save the list."""
        from verhalen.tui.joint_picture import apart_picture
        from verhalen.tui.joint_saving import Saving, save_display

        if self.shown:
            picture = apart_picture(str(self.title), self._said(), self.shown)
            save_display(self, Saving(t("words-against-numbers"), self.shown, picture))
