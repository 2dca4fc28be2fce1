"""Quote matrices: the fragments of a code beside each other, in the columns of a crosstab."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from verhalen.analysis.crossing import Crossing, cross_table, fragments_in
from verhalen.analysis.crossing_names import unknown_code_near
from verhalen.model.coding import Fragment
from verhalen.model.crosstable import CrossTable, Line
from verhalen.model.text import Notice
from verhalen.store import codebook
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class QuoteCell:
    """What one code says in one column: every coding, by source and place."""

    code: str
    """Key of the row."""
    column: str
    """Key of the column."""
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class QuoteMatrix:
    """Codes by columns, and the words themselves in the cells."""

    by: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    """With the n of each: fragments, families and texts that could stand in it."""
    cells: tuple[QuoteCell, ...]
    """Row by row; those without words too."""
    table: CrossTable
    """The numbers of the same rows and columns."""

    @property
    def notes(self) -> tuple[Notice, ...]:
        """What the reader must know."""
        return self.table.notes

    def cell(self, code: str, column: str) -> tuple[Fragment, ...]:
        """The fragments where a code and a column cross."""
        return next((each.fragments for each in self.cells if (each.code, each.column) == (code, column)), ())


def quote_matrix(project: ProjectFile, codes: tuple[str, ...], asked: Crossing) -> QuoteMatrix:
    """The words of some codes, each with those of the codes below it. Raises UnknownCode, and what a crosstab raises."""
    known = {code.key for code in codebook.codebook(project, counted=False)}
    for key in codes:
        if key not in known:
            raise unknown_code_near(project, key, known)
    table = _only(cross_table(project, asked), codes)
    found = fragments_in(project, asked, codes)
    by_cell: dict[tuple[str, str], list[Fragment]] = defaultdict(list)
    for row, column, fragment in found:
        by_cell[row, column].append(fragment)
    cells = tuple(
        QuoteCell(row.key, column.key, tuple(by_cell[row.key, column.key]))
        for row in table.rows
        for column in table.columns
    )
    return QuoteMatrix(table.by, table.rows, table.columns, cells, table)


def _only(table: CrossTable, codes: tuple[str, ...]) -> CrossTable:
    """The rows of these codes, in the order of the codebook; the totals stay those of the whole table."""
    kept = [index for index, row in enumerate(table.rows) if row.key in codes]
    return replace(
        table,
        rows=tuple(table.rows[index] for index in kept),
        counts=tuple(table.counts[index] for index in kept),
        row_totals=tuple(table.row_totals[index] for index in kept),
    )
