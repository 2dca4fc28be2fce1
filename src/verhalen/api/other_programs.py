"""Projects of QualCoder and RQDA in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from verhalen.exchange.foreign_report import TakenIn
from verhalen.exchange.foreign_words import told
from verhalen.exchange.import_reports import keep_report
from verhalen.exchange.other_programs import import_project
from verhalen.exchange.refi_qda.outcome import Options
from verhalen.store.project import ProjectFile


class OtherPrograms:
    """`project.other_programs`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def take_in(
        self,
        path: Path,
        *,
        offset_model: str = "",
        cases: str = "families",
        speakers: bool = True,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> TakenIn:
        """Take a project of QualCoder (`.qda`: folder, database or archive) or RQDA (`.rqda`) in, in one change.

        `offset_model` says how it counts places; without it the words of its codings do, for each text. `cases` as for
        `exchange.import_file`. `on_progress` gets texts done and all. Raises BadInput,
        UnreadableFile and its kinds: BadExchange, LockedFile, EmptyFile, TooLarge. Then nothing is stored.
        """
        options = Options(offset_model, cases, speakers)
        done = import_project(self._file, path, options, on_progress=on_progress)
        keep_report(self._file, done.file, told(done, spots=False))
        return done
