"""Who tells, and who does not: the guard against showing only the stories that suit. For the team."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.analysis.guard import Guard
from verhalen.exchange.columns import parse_whole
from verhalen.i18n import mark, t
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.telling import GUARD
from verhalen.tui.dialogs import choose
from verhalen.tui.guard_lines import GuardLine, guard_lines, summary
from verhalen.tui.messages import ProjectChanged

_DRAWN = 5
_MOST = 100
"""Families that one draws at a time."""


class GuardScreen(CommandScreen[None]):
    """Lines with bars; those with families lead to them."""

    COMMAND_CLASSES = GUARD
    HELP_TITLE: ClassVar[str] = mark("Who tells?")
    HELP_TEXT: ClassVar[str] = mark(
        "Each line says how many of some families told a story. Where families for whom it went well are heard more than "
        "the others, a report tells only half. A sign ⚠ marks who is heard more than twice or less than half as often as "
        "all together. On top stand families to invite: Enter goes to the family, and on a line to those who told nothing "
        "yet. This is for the team: nothing is masked, and no coach is to blame."
    )
    DEFAULT_CSS = """
    GuardScreen #about { padding: 0 1; height: auto; background: $panel; }
    GuardScreen OptionList { height: 1fr; padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._year: int | None = None
        self._instrument = ""
        self._seed: int | None = None
        self._draw = _DRAWN
        self._found: Guard | None = None
        self._lines: list[GuardLine] = []

    def body(self) -> ComposeResult:
        """One sentence, the lines."""
        yield Static(id="about", markup=False)
        yield OptionList()

    def on_mount(self) -> None:
        """Count."""
        self.query_one("#about", Static).update(t("Counting…"))
        self.query_one(OptionList).focus()
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._fill()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again, beside the screen; the same families stay drawn."""
        self.run_worker(self._count(), exclusive=True, group="count")

    async def _count(self) -> None:
        period = (dt.date(self._year, 1, 1), dt.date(self._year, 12, 31)) if self._year else None

        def count() -> Guard:
            with self.project.sibling() as own:
                return own.covering.guard(period=period, instrument=self._instrument, draw=self._draw, seed=self._seed)

        try:
            self._found = await asyncio.to_thread(count)
        except errors.VerhalenError as error:
            self.frame.say_error(error)
            return
        self._seed = self._found.seed
        self._fill()

    def _fill(self) -> None:
        found = self._found
        if found is None or not self.is_attached:
            return
        period = str(self._year) if self._year else t("All time")
        self.query_one("#about", Static).update(f"{period}: {summary(found)}.")
        lines = self.query_one(OptionList)
        at = lines.highlighted
        self._lines = list(guard_lines(self.project, found, self.size.width - 4))
        lines.clear_options().add_options([Option(each.content, disabled=not each.families) for each in self._lines])
        able = [number for number, each in enumerate(self._lines) if each.families]
        lines.highlighted = at if at in able else next(iter(able), None)
        self.refresh_bindings()

    @property
    def _here(self) -> GuardLine | None:
        at = self.query_one(OptionList).highlighted if self.is_attached else None
        return self._lines[at] if at is not None and at < len(self._lines) else None

    @property
    def has_families(self) -> bool:
        """Whether the line of the cursor leads to families."""
        return self._here is not None and bool(self._here.families)

    def on_option_list_option_highlighted(self) -> None:
        """Another line."""
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click goes there."""
        self.see_families()

    def see_families(self) -> None:
        """To the family, or to those of the line who told nothing yet."""
        here = self._here
        if here is not None and here.single:
            self.frame.open_families(here.families[0])
        elif here is not None and here.families:
            self.frame.open_families(only=here.families, why=here.why)

    def draw_again(self) -> None:
        """Other families."""
        self._seed = None
        self.reload()

    def ask_seed(self) -> None:
        """The number of an earlier draw, and how many."""
        questions = [
            Question("seed", t("The number of the draw"), str(self._seed or "")),
            Question("draw", t("How many families"), str(self._draw)),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            seed, draw = parse_whole(answers["seed"]), parse_whole(answers["draw"])
            if seed is None or draw is None or not 0 <= draw <= _MOST:
                form.complain(t("Write a whole number, and how many families: 0 to {most}.", most=_MOST))
                return
            self._seed, self._draw = seed, draw
            form.close()
            self.reload()

        self.app.push_screen(AskForm(t("Draw families who told nothing yet"), questions, store))

    def ask_period(self) -> None:
        """One year, or all time."""
        year = self.frame.day.year
        answers = [(str(each), str(each)) for each in (year, year - 1, year - 2)]
        choose(self, t("In which period?"), [*answers, ("0", t("All time"))], self._take_period)

    def _take_period(self, year: str) -> None:
        self._year = int(year) or None
        self.reload()

    def ask_instrument(self) -> None:
        """By another instrument."""
        answers = [(each.key, each.name) for each in self.project.scores.instruments()]
        choose(self, t("By which instrument?"), answers, self._take_instrument)

    def _take_instrument(self, key: str) -> None:
        self._instrument = key
        self.reload()
