"""What may be chosen on screens that count: rule, window, whose judgement, instrument; of change also split and rows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verhalen.analysis.change_table import Per
from verhalen.analysis.scoring import Settings
from verhalen.i18n import mark, t, tn
from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import At
from verhalen.scores.pairs import Rule
from verhalen.scores.splitting import ALWAYS, START_SCORE
from verhalen.scores.windows import WindowRow
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import choose
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.tui.change_screen import ChangeScreen

_PER = {
    Per.ITEM: mark("Per question"),
    Per.DOMAIN: mark("Per life domain"),
    Per.GROUP: mark("Per group of life domains"),
    Per.INSTRUMENT: mark("All questions together"),
}
_APART = {
    Per.DOMAIN: mark("Per life domain, adults and children apart"),
    Per.GROUP: mark("Per group, adults and children apart"),
    Per.INSTRUMENT: mark("All together, adults and children apart"),
}
_SPLITS = {
    "gemeente": mark("By municipality"),
    "periode": mark("By half year in which support began"),
    START_SCORE: mark("By starting score"),
    "verwijzer": mark("By who referred them"),
    "gekend": mark("By known or new"),
    "project": mark("By project"),
    "coach": mark("By coach: for the team only"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted."""

    instrument: str
    settings: Settings = field(default_factory=Settings)
    per: Per = Per.ITEM
    apart: bool = False
    by: str = ""
    year: int | None = None
    """Only what was told and who was in support in this year; None for all time."""


class CountingScreen(CommandScreen[None]):
    """A screen that counts by what is asked, and counts anew where something else is asked."""

    asked: Asked

    def count(self, asked: Asked) -> None:
        """Count beside the screen."""
        raise NotImplementedError


class Choices:
    """The small windows of one screen. Each counts anew where something else is chosen."""

    def __init__(self, screen: CountingScreen) -> None:
        self._screen = screen

    @property
    def _asked(self) -> Asked:
        return self._screen.asked

    def _settle(self, settings: Settings) -> None:
        self._screen.count(replace(self._asked, settings=settings))

    def rule(self) -> None:
        """How the persons of a family make one value."""
        answers = [(each.value, capital(t(each.label))) for each in Rule]
        choose(
            self._screen,
            t("Which person counts, where a question is put to several persons of a family?"),
            answers,
            lambda key: self._settle(replace(self._asked.settings, rule=Rule(key))),
        )

    def window(self) -> None:
        """Around which second moment, with how many families each way would move: counted beside the screen."""
        self._screen.run_worker(self._ask_window(), exclusive=True, group="look")

    async def _ask_window(self) -> None:
        asked, settings = self._asked, self._asked.settings

        def counted() -> tuple[WindowRow, ...]:
            with self._screen.project.sibling() as own:
                return own.scores.windows(asked.instrument, settings=replace(settings, at=At.DAY))

        rows = await asyncio.to_thread(counted)
        answers = [(str(each.window), self._window_words(each.window, each.followed, len(each.moved))) for each in rows]
        answers.append(("end", t("The last snapshot when support ended")))
        question = t("How far may the second snapshot lie from day {days}?", days=settings.days)
        choose(self._screen, question, answers, self._take_window)

    def _window_words(self, window: int, followed: int, moved: int) -> str:
        words = tn("{window} days: {n} family", "{window} days: {n} families", followed, window=window)
        if window == self._asked.settings.window and self._asked.settings.at is At.DAY:
            return f"{words} ({t('in use')})"
        return f"{words}, {tn('{n} would move', '{n} would move', moved)}" if moved else words

    def _take_window(self, key: str) -> None:
        settings = self._asked.settings
        if key == "end":
            self._settle(replace(settings, at=At.END))
        else:
            self._settle(replace(settings, at=At.DAY, window=int(key)))

    def assessor(self) -> None:
        """Whose judgement."""
        answers = [(each.value, capital(t(each.label))) for each in Assessor]
        choose(
            self._screen,
            t("Whose judgement is counted?"),
            answers,
            lambda key: self._settle(replace(self._asked.settings, assessor=Assessor(key))),
        )

    def instrument(self) -> None:
        """By another instrument, judged by who usually judges with it."""
        answers = [(each.key, each.name) for each in self._screen.project.scores.instruments() if each.asked]
        choose(self._screen, t("By which instrument?"), answers, self._take_instrument)

    def _take_instrument(self, key: str) -> None:
        settings = replace(self._asked.settings, assessor=None)
        self._screen.count(replace(self._asked, instrument=key, settings=settings))


class ChangeChoices(Choices):
    """Those of the screen of change, which also splits and takes other rows."""

    def __init__(self, screen: ChangeScreen) -> None:
        super().__init__(screen)
        self._change = screen

    def split(self) -> None:
        """By what is known of families."""
        table = self._change.table
        own = sorted({key for each in table.scored.families.values() for key, _ in each.attributes}) if table else []
        known = [each for each in ALWAYS if each != START_SCORE or self._asked.per is Per.ITEM]
        answers = [
            ("", t("Not split")),
            *((each, t(_SPLITS[each])) for each in known),
            *((each, t("By {name}", name=each.replace("_", " "))) for each in own if each not in known),
        ]
        choose(
            self._screen,
            t("How to split the families?"),
            answers,
            lambda key: self._screen.count(replace(self._asked, by=key)),
        )

    def per(self) -> None:
        """What a row stands for."""
        answers = [
            *((each.value, t(words)) for each, words in _PER.items()),
            *((f"{each.value}+", t(words)) for each, words in _APART.items()),
        ]
        choose(self._screen, t("What is a row?"), answers, self._take_per)

    def _take_per(self, key: str) -> None:
        per = Per(key.rstrip("+"))
        by = "" if self._asked.by == START_SCORE and per is not Per.ITEM else self._asked.by
        self._screen.count(replace(self._asked, per=per, apart=key.endswith("+"), by=by))
