"""Ask about a family and store what was answered, with a question first where it would say who somebody is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Literal

from verhalen.api.project import Project
from verhalen.exchange.columns import parse_day
from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import yes_or_no

AnyScreen = CommandScreen[Any]


class Asking:
    """Forms before a screen; `hear` is told the key of the family that was changed."""

    def __init__(self, screen: AnyScreen, hear: Callable[[str], None]) -> None:
        self._screen = screen
        self._hear = hear

    def _ask(self, title: str, questions: Sequence[Question], store: Callable[[AskForm, Answers], None]) -> None:
        self._screen.app.push_screen(AskForm(title, questions, store))

    def _keep(
        self,
        form: AskForm,
        key: str,
        act: Callable[[Project], object],
        *,
        telling: Sequence[str] = (),
        member: str = "",
    ) -> None:
        """Store what a form asked; ask first where something in it would say who somebody is."""

        def store() -> None:
            self._screen.write(act, lambda _: done(), lambda error: form.complain(str(error)))

        def done() -> None:
            form.close()
            self._hear(key)

        def looked(found: list[str]) -> None:
            if not form.is_attached:
                return  # somebody left without storing
            if not found:
                store()
                return
            question = t(
                "This looks like something by which somebody is recognised: {what}. Store it all the same?",
                what=", ".join(found),
            )
            yes, no = t("Yes, it says nothing about who it is"), t("No, I change it")
            self._screen.app.push_screen(
                yes_or_no(question, yes=yes, no=no), lambda answer: store() if answer == "yes" else form.complain("")
            )

        self._screen.write(lambda project: project.families.telling(*telling, key=member), looked)

    def _label(self, family: Family) -> str:
        return self._screen.project.privacy.family_label(family.key)

    @property
    def _today(self) -> dt.date:
        return self._screen.frame.day


def written_day(day: dt.date | None) -> str:
    """A day as the forms have it."""
    return f"{day:%d/%m/%Y}" if day else ""


def read_day(form: AskForm, written: str) -> dt.date | Literal[False] | None:
    """The day; None where nothing stands there; False where it cannot be read, which the form says."""
    day = parse_day(written) if written else None
    if written and day is None:
        form.complain(t("Write a day as in 12/03/2026."))
        return False
    return day
