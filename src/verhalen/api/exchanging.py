"""The whole project to other programs, and their projects in."""

from __future__ import annotations

from pathlib import Path

from verhalen import errors
from verhalen.exchange.refi_qda.codebook_file import write_qdc
from verhalen.exchange.refi_qda.exporting import Exported, export_project, known_profile
from verhalen.exchange.refi_qda.importing import Choose, import_project
from verhalen.exchange.refi_qda.outcome import Imported, Options, Progress
from verhalen.i18n import t
from verhalen.store import codebook, sight
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
        """Write the project (.qdpx), its codebook (.qdc) or all codings as a table (.csv, .xlsx, .sav), whole or not at all.

        A workbook holds the tables per family and the codes too. No consent is looked at, and nothing is masked.
        `profile` is `standard` or `nvivo`; `rich` adds the Word files that still say what the texts say; `sidecar` puts
        what the format has no place for beside the archive. Raises BadInput, CannotWrite, CodesBlind (but for a codebook).
        """
        suffix = path.suffix.lower()
        if suffix != ".qdc":
            sight.refuse_blind(self._file)
        if suffix in (".csv", ".xlsx", ".sav"):
            return self._tables(path)
        if suffix not in (".qdpx", ".qdc"):
            known = ".qdpx, .qdc, .csv, .xlsx, .sav"
            raise errors.BadInput(
                reason=t("I write projects as {known}, not as {suffix}", known=known, suffix=suffix or path.name)
            )
        if suffix == ".qdc":
            return Exported(path, None, 0, 0, write_qdc(self._file, path), 0, 0, 0, 0, 0, 0)
        return export_project(
            self._file, path, profile=known_profile(profile), rich=rich, sidecar=sidecar, on_progress=on_progress
        )

    def _tables(self, path: Path) -> Exported:
        from verhalen.exchange.analysis_tables import Which, family_data, family_tables, said_of
        from verhalen.exchange.coding_export import codes_table, coding_table
        from verhalen.exchange.data_tables import write_tables

        with self._file.steady():
            tables = [coding_table(self._file)]
            method: list[tuple[str, object]] = []
            if path.suffix.lower() == ".xlsx":
                book = codebook.codebook(self._file)
                data = family_data(self._file, book, None, settings=None, which=Which.ALL)
                families = family_tables(data)
                tables += [*families, codes_table(self._file)]
                method = said_of(data, families)
        write_tables(path, tables, method=method)
        rows = {each.name: len(each.rows) for each in tables}
        sources = len({row[1] for row in tables[0].rows})
        coders = len({row[7] for row in tables[0].rows})
        codings, codes, people = rows["coderingen"], rows.get("codes", 0), rows.get("gezinnen", 0)
        return Exported(path, None, sources, 0, codes, codings, 0, coders, people, 0, 0)
