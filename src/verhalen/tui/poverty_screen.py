"""The approximation of the poverty index: classes, poor or not poor, from how many indicators to how many."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from verhalen import errors
from verhalen.analysis.poverty import Poverty
from verhalen.analysis.scoring import Settings
from verhalen.i18n import mark, t, tn
from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import At
from verhalen.scores.windows import WINDOWS
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.poverty import POVERTY
from verhalen.tui.dialogs import choose
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Line, Page
from verhalen.tui.poverty_words import poverty_groups, poverty_page
from verhalen.tui.words import capital


class PovertyScreen(CommandScreen[None]):
    """All families on the index. For inside: nothing is masked."""

    COMMAND_CLASSES = POVERTY
    HELP_TITLE: ClassVar[str] = mark("Poverty index")
    HELP_TEXT: ClassVar[str] = mark(
        "An approximation: which questions stand for which indicator is our own choice. A family is called poor from three "
        "of the six indicators on; you may look at another threshold. Where an indicator is not known and decides, a family "
        "is called undecided. These numbers are for you and your colleagues: they do not say that you caused the change."
    )
    DEFAULT_CSS = """
    PovertyScreen VerticalScroll { height: 1fr; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: Poverty | None = None
        """None until it was counted, and where there is no index."""
        self._settings = Settings()
        self._threshold: int | None = None

    def body(self) -> ComposeResult:
        """One page."""
        with VerticalScroll():
            yield Page()

    def on_mount(self) -> None:
        """Count; arrows scroll at once."""
        self.query_one(VerticalScroll).focus()
        self.reload()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Count again, beside the screen."""
        self._count(self._settings, self._threshold)

    def _count(self, settings: Settings, threshold: int | None) -> None:
        self.run_worker(self._counted(settings, threshold), exclusive=True, group="count")

    async def _counted(self, settings: Settings, threshold: int | None) -> None:
        page = self.query_one(Page)
        if self.found is None:
            page.fill([Line(t("Counting…"))])

        def count() -> Poverty:
            with self.project.sibling() as own:
                return own.scores.poverty(settings=settings, threshold=threshold)

        try:
            self.found = await asyncio.to_thread(count)
        except errors.UnknownInstrument:
            self.found = None
            page.fill([Line(t("There is no poverty index in this project. Ask the coordinator to load it."))])
        except errors.VerhalenError as error:
            self.frame.say_error(error)
        else:
            self._settings, self._threshold = settings, threshold
            page.fill(poverty_page(self.found))
        self.refresh_bindings()

    def see_families(self) -> None:
        """Choose a class or a cell, then see its families."""
        if self.found is None:
            return
        groups = poverty_groups(self.found)
        if not groups:
            self.frame.say(t("No family was looked at here yet."))
            return
        answers = [
            (str(at), tn("{n} family: {what}", "{n} families: {what}", len(them), what=words))
            for at, (words, them) in enumerate(groups)
        ]

        def chosen(answer: str) -> None:
            words, them = groups[int(answer)]
            self.frame.open_families(only=sorted(them), why=f"{t('Poverty index')}: {words.strip()}")

        choose(self, t("Which families?"), answers, chosen)

    def choose_threshold(self) -> None:
        """From how many indicators on a family is called poor."""
        if self.found is not None:
            most = len(self.found.index.indicators)
            answers = [(str(n), tn("From {n} indicator on", "From {n} indicators on", n)) for n in range(1, most + 1)]
            choose(
                self,
                t("From when on is a family called poor?"),
                answers,
                lambda key: self._count(self._settings, int(key)),
            )

    def choose_window(self) -> None:
        """Around which second moment."""
        answers = [(str(n), tn("{n} day before and after", "{n} days before and after", n)) for n in WINDOWS]
        answers.append(("end", t("The last snapshot when support ended")))
        question = t("How far may the second snapshot lie from day {days}?", days=self._settings.days)
        choose(self, question, answers, self._take_window)

    def _take_window(self, key: str) -> None:
        at, window = (At.END, self._settings.window) if key == "end" else (At.DAY, int(key))
        self._count(replace(self._settings, at=at, window=window), self._threshold)

    def choose_assessor(self) -> None:
        """Whose judgement."""
        answers = [(each.value, capital(t(each.label))) for each in Assessor]

        def chosen(key: str) -> None:
            self._count(replace(self._settings, assessor=Assessor(key)), self._threshold)

        choose(self, t("Whose judgement is counted?"), answers, chosen)
