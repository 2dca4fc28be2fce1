"""The work from QualCoder or RQDA in the app: one question, then what came and what did not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from verhalen.i18n import t
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import choose
from verhalen.tui.page import BLANK, TITLE, Line
from verhalen.tui.paths import plain_name
from verhalen.tui.reading_window import ReadingWindow

if TYPE_CHECKING:
    from verhalen.exchange.foreign_report import TakenIn


def offer(screen: CommandScreen[Any], path: Path) -> None:
    """Ask, take it in on the writer's thread, and show the report. An error is said in its own sentence."""
    question = t(
        "{file} is work from another program. Its texts, codes, codings, memos and coders come in beside what is here. "
        "You can undo it.",
        file=plain_name(path.name),
    )

    def answered(answer: str) -> None:
        if answer == "yes":
            screen.frame.say(t("Reading {file}. This may take a minute.", file=plain_name(path.name)))
            screen.write(lambda project: project.other_programs.take_in(path), lambda done: _show(screen, done))

    choose(screen, question, [("yes", t("Take it in")), ("no", t("No, go back"))], answered)


def _show(screen: CommandScreen[Any], done: TakenIn) -> None:
    from verhalen.exchange.foreign_words import told

    title, *rest = told(done)
    lines = [Line(each.strip(), indent=len(each) - len(each.lstrip())) for each in rest]
    screen.frame.clear_notifications()
    screen.app.push_screen(ReadingWindow([Line(title, TITLE), BLANK, *lines]))
