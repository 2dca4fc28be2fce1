"""The whole project to other programs, and their projects in."""

from __future__ import annotations

from pathlib import Path

from verhalen import errors
from verhalen.exchange.refi_qda.codebook_file import write_qdc
from verhalen.exchange.refi_qda.exporting import Exported, export_project, known_profile
from verhalen.exchange.refi_qda.importing import Choose, import_project
from verhalen.exchange.refi_qda.outcome import Imported, Options, Progress
from verhalen.i18n import t
from verhalen.store.project import ProjectFile


class Exchange:
    """`project.exchange`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def import_file(
        self,
        path: Path,
        *,
        offset_model: str = "",
        cases: str = "families",
        speakers: bool = True,
        choose: Choose | None = None,
        on_progress: Progress | None = None,
    ) -> Imported:
        """Import a project of another program (.qdpx), with our own file beside it if there is one, in one change.

        `offset_model` says how it counts places in its texts; without it figures tell, and `choose` is asked where they do
        not. `cases`: `families` takes those whose names are codes, `new` gives the others a fresh code, `none` takes none.
        Raises BadExchange and other UnreadableFile, UnsurePlaces, BadInput.
        """
        options = Options(offset_model, cases, speakers)
        return import_project(self._file, path, options, choose=choose, on_progress=on_progress)

    def export(
        self,
        path: Path,
        *,
        profile: str = "standard",
        rich: bool = True,
        sidecar: bool = True,
        on_progress: Progress | None = None,
    ) -> Exported:
        """Write the project (.qdpx) or its codebook (.qdc) by suffix, whole or not at all. No consent is looked at.

        `profile` is `standard` or `nvivo`; `rich` adds the Word files that still say what the texts say; `sidecar` puts
        what the format has no place for beside the archive. Raises BadInput, CannotWrite.
        """
        suffix = path.suffix.lower()
        if suffix not in (".qdpx", ".qdc"):
            written = suffix or path.name
            raise errors.BadInput(reason=t("I write projects as .qdpx or .qdc, not as {suffix}", suffix=written))
        if suffix == ".qdc":
            return Exported(path, None, 0, 0, write_qdc(self._file, path), 0, 0, 0, 0, 0, 0)
        return export_project(
            self._file, path, profile=known_profile(profile), rich=rich, sidecar=sidecar, on_progress=on_progress
        )
