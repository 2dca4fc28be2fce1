"""Projects that many tests begin with: made once a run, closed, and copied file by file for each test."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from verhalen.api.project import Project, open_project
from verhalen.i18n import language
from verhalen.settings import PROJECT_FILE

base = Path()
"""Where they lie; the set-up of the run says it."""
_made: dict[tuple[Callable[[Path], object], str], Path] = {}


def copied(make: Callable[[Path], object], folder: Path) -> None:
    """Put into `folder` what `make` puts into an empty one, and what it leaves in the home: the identity of the coder.

    What `make` opens it closes.
    """
    key = make, language()
    if key not in _made:
        place = base / str(len(_made))
        (place / "made").mkdir(parents=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("VERHALEN_HOME", str(place / "home"))
            make(place / "made")
        _made[key] = place
    shutil.copytree(_made[key] / "made", folder, dirs_exist_ok=True)
    shutil.copytree(_made[key] / "home", os.environ["VERHALEN_HOME"], dirs_exist_ok=True)


def made_once(make: Callable[[Path], Project]) -> Callable[[Path], Project]:
    """`make`, which makes a project of Hanne in the folder `w` of the one it gets; what one gets is an open copy."""

    def make_and_close(folder: Path) -> None:
        make(folder).close()

    @functools.wraps(make)
    def open_copy(folder: Path) -> Project:
        copied(make_and_close, folder)
        return open_project(folder / "w" / PROJECT_FILE, coder="Hanne")

    return open_copy
