"""Begin a report: for whom, then the questions of `report new` in one window, each with what the project proposes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.tui.ask_form import Answers, AskForm
from verhalen.tui.ask_form import Question as Asked
from verhalen.tui.dialogs import choose
from verhalen.tui.words import today

if TYPE_CHECKING:
    from verhalen.report.questions import Question
    from verhalen.tui.report_screen import ReportScreen

_NAME = "name"
_FOR = "for"


def begin_report(screen: ReportScreen) -> None:
    """Ask for whom it is, then the rest."""
    from verhalen.report.kinds import Kind

    def chosen(kind: str) -> None:
        screen.run_worker(_ask(screen, kind), group="questions", exclusive=True)

    choose(screen, t("For whom is the report?"), [(each.value, t(each.label)) for each in Kind], chosen)


async def _ask(screen: ReportScreen, kind: str) -> None:
    """Read beside the screen what is proposed, then open the window."""
    try:
        questions = await asyncio.to_thread(_questions, screen.project, kind)
    except errors.VerhalenError as error:
        screen.frame.say(str(error))
        return
    name = Asked(_NAME, t("How shall we call the report?"), _free_name(screen.folder, kind))
    asked = [_asked(each) for each in questions if each.key != _FOR]

    def submit(form: AskForm, answers: Answers) -> None:
        path = screen.folder / f"{file_name(answers.pop(_NAME))}.md"

        def made(path: Path) -> None:
            form.close()
            screen.made(path)

        given: Mapping[str, str] = {_FOR: kind, **answers}
        screen.write(lambda project: project.reports.new(path, given), made, lambda error: form.complain(str(error)))

    about = t("Everything has an answer already; change what you want. You can change all of it in the text later.")
    screen.app.push_screen(AskForm(t("A new report"), [name, *asked], submit, about=about))


def _questions(project: Project, kind: str) -> tuple[Question, ...]:
    with project.sibling() as own:
        own.hide_others(False)  # a report counts everybody's
        return own.reports.questions({_FOR: kind})


def _asked(question: Question) -> Asked:
    choices = tuple((each.key, each.label) for each in question.choices)
    if question.many:  # several of them, so one types
        names = ", ".join(label for key, label in choices if key)
        hint = t("all of them, or some: {names}", names=names) if names else t("all of them")
        return Asked(question.key, question.text, question.default, hint=hint)
    return Asked(question.key, question.text, question.default, choices, question.hint)


def _free_name(folder: Path, kind: str) -> str:
    """A name that no report in the folder has yet."""
    names = {
        "council": t("council {year}", year=today().year),
        "month": t("month {month}", month=f"{today():%Y-%m}"),
        "team": t("team {year}", year=today().year),
        "research": t("research {year}", year=today().year),
    }
    wanted = names[kind]
    taken = {each.stem for each in folder.glob("*.md")}
    number, free = 2, wanted
    while file_name(free) in taken:
        free, number = f"{wanted} ({number})", number + 1
    return free


def file_name(name: str) -> str:
    """A name that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in name.removesuffix(".md"))
    return "-".join(kept.split()) or "report"
