"""Codes beside codes, and the scores of families beside what they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.analysis.crossing_names import unknown_code_near
from verhalen.i18n import t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.cooccurrence import Gap, How, Meeting
from verhalen.model.crosstable import CrossTable, Unit
from verhalen.store import codebook as code_store
from verhalen.store import sight
from verhalen.store.families import families
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.analysis.change_table import Per
    from verhalen.analysis.relating import Together
    from verhalen.analysis.scoring import Settings
    from verhalen.analysis.typology import TypologyTable, Whose
    from verhalen.exchange.analysis_tables import Which
    from verhalen.exchange.data_tables import CsvForm, DataTable, Written
    from verhalen.exchange.table_folder import Format


class Relating:
    """`project.relating`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def cooccurrence(
        self,
        *,
        how: How | str = How.OVERLAP,
        distance: int | None = None,
        gap: Gap | str = Gap.CHARACTERS,
        unit: Unit | str = Unit.CODINGS,
        codes: Sequence[str] | None = None,
        below: bool = False,
        query: str | None = None,
    ) -> CrossTable:
        """How often codes stand together: pairs of fragments, families or sources, with the coefficient.

        `distance` is of `near`, in characters (200) or turns (1). A code is itself alone; with `below` it takes all codes below
        it along, and without `codes` those are the highest ones. Raises UnknownCode, BadQuery, and BadInput for a distance
        that is too far, or for a code below another.
        """
        from verhalen.analysis.relating import cooccurrence, tops_of

        with self._file.steady():
            book = code_store.codebook(self._file, counted=False)
            named = [self._code(book, key) for key in dict.fromkeys(codes or ())]
            tops = tops_of(book, named) if below else None
            return cooccurrence(self._file, book, self._asked(how, distance, gap, unit, query, tops), codes=named)

    def pairs(
        self,
        one: str,
        other: str,
        *,
        how: How | str = How.OVERLAP,
        distance: int | None = None,
        gap: Gap | str = Gap.CHARACTERS,
        unit: Unit | str = Unit.CODINGS,
        below: bool = False,
        query: str | None = None,
    ) -> list[Meeting]:
        """The fragments behind a cell of that table, two by two, in reading order."""
        from verhalen.analysis.relating import pairs, tops_of

        with self._file.steady():
            book = code_store.codebook(self._file, counted=False)
            left, right = self._code(book, one), self._code(book, other)
            tops = tops_of(book, [left, right]) if below else None
            return pairs(self._file, left, right, self._asked(how, distance, gap, unit, query, tops))

    def typology(
        self,
        code: str,
        *,
        instrument: str,
        settings: Settings | None = None,
        per: Per | str = "item",
        whose: Whose | str = "own",
    ) -> TypologyTable:
        """Scores of the families that tell of a code (with those below it) or a life domain, beside those that do not.

        Raises UnknownCode, UnknownInstrument, BadInput.
        """
        from verhalen.analysis.change_table import Per
        from verhalen.analysis.scoring import load_scored
        from verhalen.analysis.typology import Whose, typology
        from verhalen.api.measuring import Measuring, with_scores

        with self._file.steady():
            measuring = Measuring(self._file)
            book = code_store.codebook(self._file, counted=False)
            asked = with_scores(measuring.instrument(instrument))
            scored = load_scored(self._file, asked, families=families(self._file), settings=settings)
            return typology(self._file, scored, measuring.domains(), book, code, per=Per(per), whose=Whose(whose))

    def write_cooccurrence(self, path: Path, found: CrossTable, *, method: Sequence[Sequence[object]] = ()) -> Written:
        """Write such a table as CSV or SAV (pairs of codes), or as XLSX with the matrices and a codebook of its columns."""
        from verhalen.exchange.data_tables import write_tables
        from verhalen.exchange.relating_tables import cooccurrence_tables

        said = [*method, *((t("note"), str(each)) for each in found.notes)]
        return write_tables(path, cooccurrence_tables(found), method=said)

    def write_typology(self, path: Path, found: TypologyTable) -> Written:
        """Write such a table as CSV or SAV, or as XLSX with the families, a codebook of its columns and its method."""
        from verhalen.exchange.data_tables import write_tables
        from verhalen.exchange.finding_tables import method_rows
        from verhalen.exchange.relating_tables import typology_tables

        said = [*method_rows(found.scored), *((t("note"), str(each)) for each in found.notes)]
        return write_tables(path, typology_tables(found), method=said)

    def write_tables(
        self,
        path: Path,
        *,
        instrument: str | None = None,
        settings: Settings | None = None,
        codes: Which | str = "used",
        kind: Format = "csv",
        form: CsvForm | None = None,
    ) -> Written:
        """Words as numbers, a row per family, for R and SPSS: one file (.csv, .sav), a workbook (.xlsx), or a folder of them.

        `codes`: `used`, `evidence` or `all`. `kind` is what goes into a folder. Without an instrument nothing is said of
        scores. For inside: nothing is masked. Raises UnknownInstrument, BadInput, CannotWrite.
        """
        from verhalen.exchange.data_tables import CsvForm, write_tables
        from verhalen.exchange.table_folder import write_folder

        sight.refuse_blind(self._file)
        tables, method = self._tables(instrument, settings, codes)
        if path.suffix:
            return write_tables(path, tables, method=method, form=form)
        return write_folder(path, tables, form=form or CsvForm(), kind=kind)

    def _tables(
        self, instrument: str | None, settings: Settings | None, codes: Which | str
    ) -> tuple[tuple[DataTable, ...], list[tuple[str, object]]]:
        from verhalen.analysis.relating import Together, cooccurrence
        from verhalen.api.measuring import Measuring, with_scores
        from verhalen.exchange.analysis_tables import Which, family_data, family_tables, said_of
        from verhalen.exchange.relating_tables import cooccurrence_tables

        with self._file.steady():
            book = code_store.codebook(self._file)
            asked = with_scores(Measuring(self._file).instrument(instrument)) if instrument else None
            data = family_data(self._file, book, asked, settings=settings, which=Which(codes))
            together = cooccurrence(self._file, book, Together(), codes=data.codes) if data.codes else None
        tables = family_tables(data)
        return (*tables, *(cooccurrence_tables(together)[:1] if together else ())), said_of(data, tables)

    def _asked(
        self,
        how: How | str,
        distance: int | None,
        gap: Gap | str,
        unit: Unit | str,
        query: str | None,
        tops: Mapping[int, int] | None,
    ) -> Together:
        from verhalen.analysis.relating import Together

        among = None
        if query is not None:
            from verhalen.analysis.querying import matching

            among = matching(self._file, query)
        return Together(How(how), Gap(gap), distance, Unit(unit), among, tops)

    def _code(self, book: Codebook, key: str) -> Code:
        found = book.find(key)
        if found is None:
            raise unknown_code_near(self._file, key, (each.key for each in book))
        return found
