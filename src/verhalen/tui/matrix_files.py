"""What is shown of a crosstab, as a file: picture, CSV or workbook. Written beside the screen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.analysis.grid import grid_of
from verhalen.i18n import mark, t
from verhalen.tui.dialogs import ask_line, choose
from verhalen.tui.matrix_asked import write
from verhalen.tui.matrix_words import caption_of
from verhalen.tui.words import day_text

if TYPE_CHECKING:
    from verhalen.tui.matrix_screen import MatrixScreen

_KINDS = {
    ".png": mark("Picture (PNG), for Word or a mail"),
    ".svg": mark("Picture (SVG), sharp at every size"),
    ".xlsx": mark("Workbook (Excel), with the codebook"),
    ".csv": mark("CSV, for another program"),
}


class MatrixFiles:
    """The files of one screen. A name without a folder is one in the workspace."""

    def __init__(self, screen: MatrixScreen) -> None:
        self._screen = screen

    def export(self) -> None:
        """Which kind of file, then where."""
        choose(
            self._screen,
            t("What do you want of this table?"),
            [(suffix, t(words)) for suffix, words in _KINDS.items()],
            self._ask_name,
        )

    def _ask_name(self, suffix: str) -> None:
        counted = self._screen.counted
        if counted is None:
            return
        name = t("together") if counted.asked.how is not None else t("codes-by-{what}", what=_plain(counted.table.by))
        ask_line(self._screen, t("Where does it go?"), self._written, f"exports/{self._free(name, suffix)}")

    def _free(self, name: str, suffix: str) -> str:
        """A name that no file has yet."""
        folder = self._screen.project.workspace / "exports"
        names = (f"{name}{f'-{number}' if number > 1 else ''}{suffix}" for number in range(1, 1000))
        return next((each for each in names if not (folder / each).exists()), f"{name}{suffix}")

    def _written(self, words: str) -> None:
        path = (self._screen.project.workspace / Path(words).expanduser()).resolve()
        self._screen.run_worker(self._write(path), exclusive=True, group="export")

    async def _write(self, path: Path) -> None:
        try:
            said = await asyncio.to_thread(self._put, path)
        except errors.VerhalenError as error:
            self._screen.frame.say_error(error)
        else:
            self._screen.frame.say(said)

    def _put(self, path: Path) -> str:
        """On a thread: the picture of what is shown, or all of the table."""
        from verhalen.exchange.drawing import SUFFIXES, write_drawing
        from verhalen.exchange.matrix_picture import matrix_drawing

        screen = self._screen
        counted, look = screen.counted, screen.look
        if counted is None:
            return ""
        if path.suffix.lower() in SUFFIXES:
            caption = caption_of(counted.table, counted.asked, counted.by, look.measure, day_text(screen.frame.day))
            words = write_drawing(path, matrix_drawing(grid_of(counted.table, look), caption))
            return t("Written to {file}; the same in words: {words}.", file=path, words=words.name)
        with screen.project.sibling() as own:
            write(own, path, counted, look.measure)
        return t("Written to {file}.", file=path)


def _plain(name: str) -> str:
    """Letters that every system takes in the name of a file."""
    return "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "x"
