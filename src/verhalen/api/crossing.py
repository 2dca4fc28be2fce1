"""Crosstabs and quote matrices: codes by what is known of families, speakers, texts and coders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.analysis.crossing import Crossing, cross_table, fragments_of
from verhalen.analysis.crossing_axes import axes, axis_named
from verhalen.analysis.crossing_change import ChangeOf, check_names
from verhalen.analysis.scoring import Settings
from verhalen.model.coding import Fragment
from verhalen.model.crosstable import Axis, CrossTable, Measure, Rows, Unit, Whose
from verhalen.store import codebook, scores
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.analysis.crossing_tests import RowTest
    from verhalen.analysis.quote_matrix import QuoteMatrix
    from verhalen.exchange.finding_tables import Written


class Crossings:
    """`project.crossing`. For the team: nothing is masked here."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def axes(self) -> list[Axis]:
        """All that columns can be: ours, then the attributes that families have."""
        return axes(self._file)

    def table(
        self,
        by: str,
        *,
        rows: Rows | str = Rows.CODE,
        unit: Unit = Unit.CODINGS,
        query: str | None = None,
        whose: Whose | str | None = None,
        instrument: str = "",
        target: str = "",
        settings: Settings | None = None,
        words: bool = True,
    ) -> CrossTable:
        """Rows by columns. `by` is the key of an axis, an attribute of the families, or another name of one.

        `whose` None: families' own words where columns or units are families, all words elsewhere. `instrument`, `target` (a
        life domain or a group) and `settings` say which change, where `by` is `change`. Without `words` columns have none,
        which spares reading all texts. Raises UnknownAttribute, UnknownInstrument, UnknownDomain, BadQuery, BadInput.
        """
        change = self._change(instrument, target, settings)
        return cross_table(self._file, _asked(by, rows, unit, query, whose, change, words=words))

    def fragments(
        self,
        by: str,
        *,
        row: str | None,
        column: str | None,
        rows: Rows | str = Rows.CODE,
        unit: Unit = Unit.CODINGS,
        query: str | None = None,
        whose: Whose | str | None = None,
        instrument: str = "",
        target: str = "",
        settings: Settings | None = None,
    ) -> list[Fragment]:
        """Exactly the codings behind a cell of the table that the same words ask for, by source and place.

        `row` and `column` are keys of its lines; None stands for all of them. Raises BadInput for a key that is none, and
        what `table` raises.
        """
        change = self._change(instrument, target, settings)
        return fragments_of(self._file, _asked(by, rows, unit, query, whose, change), row=row, column=column)

    def quotes(
        self,
        code: str | Sequence[str],
        by: str,
        *,
        query: str | None = None,
        whose: Whose | str | None = None,
        instrument: str = "",
        target: str = "",
        settings: Settings | None = None,
    ) -> QuoteMatrix:
        """The fragments of a code, or of several, each with the codes below it, in the columns of `by`.

        Raises UnknownCode, and what `table` raises.
        """
        from verhalen.analysis.quote_matrix import quote_matrix

        change = self._change(instrument, target, settings)
        codes = (code,) if isinstance(code, str) else tuple(code)
        return quote_matrix(self._file, codes, _asked(by, Rows.CODE, Unit.CODINGS, query, whose, change))

    def _change(self, instrument: str, target: str, settings: Settings | None) -> ChangeOf:
        change = ChangeOf(instrument, target, settings or Settings())
        check_names(self._file, change)
        return change

    def tests(self, table: CrossTable) -> tuple[RowTest, ...]:
        """Per row of a table of families whether its columns tell equally often, with Holm's correction; for researchers."""
        from verhalen.analysis.crossing_tests import row_tests

        return row_tests(table, axis_named(self._file, table.by))

    def write(
        self,
        path: Path,
        found: CrossTable | QuoteMatrix,
        measure: Measure = Measure.COUNT,
        *,
        tests: Sequence[RowTest] = (),
    ) -> Written:
        """As .csv or .xlsx by suffix, a quote matrix also as .md. Raises BadInput for another one, CannotWrite."""
        from verhalen.exchange.crossing_tables import write_crossing, write_quotes

        if isinstance(found, CrossTable):
            return write_crossing(path, found, measure=measure, explained=self._explained(found), tests=tests)
        return write_quotes(path, found, explained=self._explained(found.table))

    def _explained(self, table: CrossTable) -> dict[str, str]:
        """What each row is: the definition of a code, the description of a life domain."""
        if table.lines == Rows.DOMAIN:
            return {each.key: each.description for each in scores.domain_list(self._file).domains}
        return {each.key: each.definition for each in codebook.codebook(self._file, counted=False)}


def _asked(
    by: str,
    rows: Rows | str,
    unit: Unit,
    query: str | None,
    whose: Whose | str | None,
    change: ChangeOf,
    *,
    words: bool = True,
) -> Crossing:
    return Crossing(
        by=by,
        rows=Rows(rows),
        unit=Unit(unit),
        whose=Whose(whose) if whose is not None else None,
        query=query or "",
        change=change,
        words=words,
    )
