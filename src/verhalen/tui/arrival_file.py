"""Choose what a colleague passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verhalen.i18n import t
from verhalen.settings import PROJECT_FILE
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.paths import sticks
from verhalen.tui.pick_file import PickFile
from verhalen.tui.send_form import SUFFIX

KINDS = (SUFFIX, Path(PROJECT_FILE).suffix)
"""A package, or the whole file of somebody's work."""


def choose_arrival(screen: CommandScreen[Any]) -> None:
    """Choose the file, then see what is in it."""

    def chosen(path: Path | None) -> None:
        if path is not None:
            screen.frame.open_arrival(path)

    places = (Path.home() / "Downloads", *sticks(), Path.home(), screen.project.workspace)
    question = t("Which package did your colleague pass on? Its name ends in {suffix}.", suffix=SUFFIX)
    screen.app.push_screen(PickFile(question, KINDS, places=places), chosen)
