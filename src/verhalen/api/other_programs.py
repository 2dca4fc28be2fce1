"""Projects of QualCoder and RQDA in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from verhalen.exchange.foreign_report import TakenIn
from verhalen.exchange.other_programs import import_project
from verhalen.store.project import ProjectFile


class OtherPrograms:
    """`project.other_programs`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def take_in(self, path: Path, *, on_progress: Callable[[int, int], None] | None = None) -> TakenIn:
        """Take a project of QualCoder (`.qda`: folder, database or archive) or RQDA (`.rqda`) in, in one change.

        Raises UnreadableFile and its kinds: BadExchange, LockedFile, EmptyFile, TooLarge. Then nothing is stored.
        """
        return import_project(self._file, path, on_progress=on_progress)
