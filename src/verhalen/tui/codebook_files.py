"""The codebook to a file and from one: a Word sheet, Markdown, a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.text import Notice
from verhalen.tui.dialogs import AskLine

if TYPE_CHECKING:
    from verhalen.tui.codebook_screen import CodebookScreen

MOST_TOLD = 3
"""Warnings about a file that are shown, the last ones: what was kept comes last. The command line gives all."""


class CodebookFiles:
    """Files of one screen of the codebook. A name without a folder is one in the workspace."""

    def __init__(self, screen: CodebookScreen) -> None:
        self._screen = screen

    def sheet(self) -> None:
        """Two pages in Word."""
        self._write_file(
            t("Where does the Word sheet go?"), "blad.docx", lambda project, path: project.codes.sheet(path)
        )

    def export(self) -> None:
        """A file that can be read and compared."""
        question = t("Where does the codebook go? A name with .md, .csv, .xlsx or .sav.")
        self._write_file(question, "codeboek.md", lambda project, path: project.codes.export_file(path))

    def _write_file(self, question: str, name: str, act: Callable[[Project, Path], object]) -> None:
        folder = self._screen.project.workspace

        def named(words: str) -> None:
            path = (folder / Path(words).expanduser()).resolve()
            said = t("Written to {file}.", file=path)
            self._screen.write(lambda project: act(project, path), lambda _: self._screen.frame.say(said))

        _ask(self._screen, question, named, f"exports/{name}")

    def read_file(self) -> None:
        """New codes, and other words for those that are there."""
        folder = self._screen.project.workspace

        def named(words: str) -> None:
            path = (folder / Path(words).expanduser()).resolve()
            self._screen.write(lambda project: project.codes.import_file(path), lambda done: told(*done))

        def told(new: int, changed: int, warnings: list[Notice]) -> None:
            self._screen.reload()
            said = t("{new} new codes, {changed} changed.", new=new, changed=changed)
            self._screen.frame.say("\n".join([said, *map(str, warnings[-MOST_TOLD:])]))

        _ask(self._screen, t("Which codebook file? It may be .md, .csv or .xlsx."), named)


def _ask(screen: CodebookScreen, question: str, act: Callable[[str], None], value: str = "") -> None:
    def answer(words: str | None) -> None:
        if words is not None:
            act(words)

    screen.app.push_screen(AskLine(question, value), answer)
