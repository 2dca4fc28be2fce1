"""The work from another program in the app: what it is decides how it is looked at, asked about and taken in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.text import Notice
from verhalen.readers.other_program import SUFFIXES as OF_QUALCODER_AND_RQDA
from verhalen.readers.other_program import is_project
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import Choose, choose
from verhalen.tui.page import BLANK, TITLE, Line
from verhalen.tui.paths import plain_name
from verhalen.tui.reading_window import ReadingWindow

if TYPE_CHECKING:
    from verhalen.exchange.foreign_report import TakenIn
    from verhalen.exchange.import_reports import Report
    from verhalen.exchange.refi_qda.codebook_file import CodebookLooked


PROJECT, UNPACKED, CODEBOOK = ".qdpx", ".qde", ".qdc"
SUFFIXES = (*OF_QUALCODER_AND_RQDA, PROJECT, UNPACKED, CODEBOOK)


def is_other(path: Path) -> bool:
    """Whether a file or folder is work from another program, as far as its name says."""
    return path.suffix.lower() in SUFFIXES or is_project(path)


def offer(screen: CommandScreen[Any], path: Path) -> None:
    """Look at it or ask, take it in on the writer's thread, and show the report. An error is said in its own sentence."""
    match path.suffix.lower():
        case ".qdpx" | ".qde":
            from verhalen.tui.intake_exchange import ExchangeScreen

            screen.app.push_screen(ExchangeScreen(path))
        case ".qdc":
            screen.run_worker(_look_at_codebook(screen, path), exclusive=True, group="codebook")
        case _:
            _ask(screen, path)


async def _look_at_codebook(screen: CommandScreen[Any], path: Path) -> None:
    def beside() -> CodebookLooked:
        with screen.project.sibling() as own:
            return own.exchange.look_at_codebook(path)

    try:
        found = await asyncio.to_thread(beside)
    except errors.VerhalenError as error:
        screen.frame.say_error(error)
        return
    question = t(
        "{file} is a codebook with {n} codes. {known} of them are here already: what the file says of these takes the place of "
        "what stands here. You can undo it.",
        file=plain_name(path.name),
        n=found.codes,
        known=found.known,
    )
    question = "\n".join([question, *map(str, found.notices)])
    answer = await screen.app.push_screen_wait(Choose(question, _answers()))
    if answer == "yes":
        screen.write(lambda project: project.codes.import_file(path), lambda done: _say_codes(screen, *done))


def _say_codes(screen: CommandScreen[Any], new: int, changed: int, notices: list[Notice]) -> None:
    said = t("{new} new codes, {changed} changed.", new=new, changed=changed)
    screen.frame.say("\n".join([said, *map(str, notices)]))


def _answers() -> list[tuple[str, str]]:
    return [("yes", t("Take it in")), ("no", t("No, go back"))]


def _ask(screen: CommandScreen[Any], path: Path) -> None:
    question = t(
        "{file} is work from another program. Its texts, codes, codings, memos and coders come in beside what is here. "
        "You can undo it.",
        file=plain_name(path.name),
    )

    def answered(answer: str) -> None:
        if answer == "yes":
            screen.frame.say(t("Reading {file}. This may take a minute.", file=plain_name(path.name)))
            screen.write(lambda project: project.other_programs.take_in(path), lambda done: _show(screen, done))

    choose(screen, question, _answers(), answered)


def show_reports(screen: CommandScreen[Any], reports: Sequence[Report]) -> None:
    """What imports told, newest first."""
    lines: list[Line] = []
    for each in reports:
        lines += [Line(f"{each.time[:16].replace('T', ' ')}  {plain_name(each.file)}", TITLE)]
        lines += [*(Line(line.strip(), indent=2 + len(line) - len(line.lstrip())) for line in each.lines), BLANK]
    screen.app.push_screen(ReadingWindow(lines))


def _show(screen: CommandScreen[Any], done: TakenIn) -> None:
    from verhalen.exchange.foreign_words import told

    title, *rest = told(done)
    lines = [Line(each.strip(), indent=len(each) - len(each.lstrip())) for each in rest]
    screen.frame.clear_notifications()
    screen.app.push_screen(ReadingWindow([Line(title, TITLE), BLANK, *lines]))
