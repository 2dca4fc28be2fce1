"""What is shown, as a file: a picture with the same in words, an Excel file or CSV. Written beside the screen."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verhalen import errors
from verhalen.analysis.joint_data import JointData
from verhalen.exchange.joint_tables import Shown
from verhalen.exchange.table_picture import Table, table_drawing
from verhalen.i18n import mark, t
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.dialogs import ask_line, choose

KINDS = {
    ".png": mark("Picture (PNG), for Word or a mail"),
    ".svg": mark("Picture (SVG), sharp at every size"),
    ".xlsx": mark("Excel file, with all that is behind it"),
    ".csv": mark("CSV, for another program"),
}


@dataclass(frozen=True, slots=True)
class Saving:
    """What may become a file."""

    name: str
    """Of the file, without its suffix."""
    found: Shown
    picture: Table
    data: JointData | None = None
    """By what it was counted."""


def save_display(screen: CommandScreen[Any], saving: Saving) -> None:
    """Ask which kind of file and where it goes, then write it. A name without a folder is one in the workspace."""
    folder = screen.project.workspace

    def ask_name(suffix: str) -> None:
        ask_line(screen, t("Where does it go?"), go, f"exports/{free_name(folder / 'exports', saving.name, suffix)}")

    def go(words: str) -> None:
        path = (folder / Path(words).expanduser()).resolve()
        screen.run_worker(_write(screen, path, saving), exclusive=True, group="export")

    choose(
        screen, t("What do you want of this table?"), [(suffix, t(words)) for suffix, words in KINDS.items()], ask_name
    )


def free_name(folder: Path, name: str, suffix: str) -> str:
    """A name that no file has yet."""
    names = (f"{name}{f'-{number}' if number > 1 else ''}{suffix}" for number in range(1, 1000))
    return next((each for each in names if not (folder / each).exists()), f"{name}{suffix}")


async def _write(screen: CommandScreen[Any], path: Path, saving: Saving) -> None:
    def put() -> str:
        from verhalen.exchange.drawing import SUFFIXES, write_drawing

        if path.suffix.lower() in SUFFIXES:
            words = write_drawing(path, table_drawing(saving.picture))
            return t("Written to {file}; the same in words: {words}.", file=path, words=words.name)
        with screen.project.sibling() as own:
            own.joining.write(path, saving.found, saving.data)
        return t("Written to {file}.", file=path)

    try:
        said = await asyncio.to_thread(put)
    except errors.VerhalenError as error:
        screen.frame.say_error(error)
    else:
        screen.frame.say(said)
