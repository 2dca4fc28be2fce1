"""`report new`: eight questions on a terminal, options for each of them everywhere else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.output import Context, pass_context, tell
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.report.questions import Question

AZERTY = str.maketrans("&é\"'(§è!çà", "1234567890")
"""The digits of a Belgian keyboard without Shift."""
KINDS = ("council", "month", "team", "research")


@click.command(
    "new",
    help=t("Write a complete first version. On a terminal it asks eight questions; Enter takes what is proposed."),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.md")
@click.option(
    "--for", "for_", type=click.Choice(KINDS), help=t("For whom: council, a month, team and partners, researchers.")
)
@click.option("--title", metavar="TEXT", help=t("Its title."))
@click.option("--service", metavar="TEXT", help=t("Which service writes it."))
@click.option("--period", metavar="A..B", help=t("First and last day: 2025-01-01..2025-12-31."))
@click.option("--instrument", metavar="KEY", help=t("Which instrument."))
@click.option("--municipalities", metavar="A,B", help=t("Only families of these municipalities."))
@click.option("--first", metavar="KEY", help=t("Which group of life domains comes first."))
@click.option("--story", metavar="KEY", help=t("Which story stands on page one, or which fragment by its id."))
@click.option("--ask", metavar="TEXT", help=t("What is asked of the readers."))
@pass_context
def report_new(state: Context, /, file: Path, for_: str | None, **options: str | None) -> None:
    """Write a first version."""
    given = {key: value for key, value in {"for": for_, **options}.items() if value is not None}
    with state.open() as project:
        if file.exists():
            raise errors.FileExists(file=file.name)
        if not given and sys.stdin.isatty() and sys.stdout.isatty() and not state.as_json:
            given = ask_all(project)
        project.reports.new(file, given)
    state.emit(
        {"path": file},
        lambda: [
            t(
                "Written to {file}. Change the words as you like, then run: verhalen report build {file} -o report.docx",
                file=file,
            )
        ],
    )


def ask_all(project: Project) -> dict[str, str]:
    """Ask every question; the proposals follow from what was answered before."""
    given: dict[str, str] = {}
    keys = [each.key for each in project.reports.questions(given)]
    for key in keys:
        question = next(each for each in project.reports.questions(given) if each.key == key)
        given[key] = ask(question, last=max(each.step for each in project.reports.questions(given)))
    return given


def ask(question: Question, *, last: int) -> str:
    """One answer, asked again while it cannot be; Enter takes the proposal."""
    tell("")
    tell(f"{question.step}/{last}  {question.text}")
    for number, choice in enumerate(question.choices, 1):
        tell(f"  {number:>2}  {choice.label}")
    if question.hint:
        tell(f"  {question.hint}")
    if question.many:
        tell("  " + t("Several: with commas between them."))
    while True:
        typed = str(
            click.prompt(
                ">", default=_shown(question), prompt_suffix=" ", err=True, show_default=bool(_shown(question))
            )
        )
        try:
            return _answer(question, typed)
        except errors.BadInput as error:
            tell("  " + str(error.values["reason"]))


def _shown(question: Question) -> str:
    """The proposal as it is typed: the digit of a choice, or the words."""
    keys = [each.key for each in question.choices]
    return str(keys.index(question.default) + 1) if question.default in keys else question.default


def _answer(question: Question, typed: str) -> str:
    """From digits to keys; whatever else was typed is looked at as it stands."""
    from verhalen.report.questions import checked

    if not question.choices:
        return checked(question, typed)
    parts = typed.split(",") if question.many else [typed]
    return checked(question, ",".join(_chosen(question, each.strip()) for each in parts))


def _chosen(question: Question, typed: str) -> str:
    digits = typed.translate(AZERTY)
    if digits.isdecimal() and 1 <= int(digits) <= len(question.choices):
        return question.choices[int(digits) - 1].key
    return typed
