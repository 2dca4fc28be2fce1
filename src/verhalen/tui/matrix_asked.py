"""What is asked of a crosstab, and how the project answers. The one place where the screen meets the engines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.analysis.crossing import Crossing, whose_of
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.cooccurrence import Gap, How
from verhalen.model.crosstable import Axis, CrossTable, Measure, Rows, Unit, Whose
from verhalen.tui.behind import Behind, pairs, singles

if TYPE_CHECKING:
    from verhalen.analysis.quote_matrix import QuoteMatrix


@dataclass(frozen=True, slots=True)
class Asked:
    """What rows, columns and cells are."""

    by: str = ""
    """Key of the columns; empty: the first there is."""
    rows: Rows = Rows.CODE
    unit: Unit = Unit.CODINGS
    whose: Whose | None = None
    """None: families' own words where columns or units are families, else all words."""
    query: str = ""
    instrument: str = ""
    """By which change is meant, where columns are change; empty: the usual one."""
    target: str = ""
    """Life domain or group of them whose change is meant; empty: all questions together."""
    change: str = ""
    """The same two in finished words."""
    how: How | None = None
    """When two codes stand together; None: a crosstab."""
    gap: Gap = Gap.CHARACTERS
    below: bool = False
    """Whether the codes on top take those below them along, where codes stand together."""
    distance: int | None = None
    """Of `near`, in `gap`; None: the usual one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer."""

    table: CrossTable
    asked: Asked
    axis: Axis | None
    """What the columns are; None where they are codes."""
    whose: Whose
    only_own: bool = False
    """Whether the coder works blind, so that only his or her own codings were counted."""

    @property
    def has_code_rows(self) -> bool:
        """Whether a row is a code, so that one may ask for its quotes and its families."""
        return self.axis is None or self.asked.rows in (Rows.CODE, Rows.GROUP)


def count(project: Project, asked: Asked) -> Counted:
    """The table that is asked for. Raises our own errors, among them BadQuery."""
    if asked.how is not None:
        table = project.relating.cooccurrence(
            how=asked.how,
            gap=asked.gap,
            distance=asked.distance,
            unit=asked.unit,
            below=asked.below,
            query=asked.query or None,
        )
        return Counted(table, asked, None, Whose.ALL, project.hides_others)
    axis = axis_of(project, asked)
    table = project.crossing.table(
        axis.key,
        rows=asked.rows,
        unit=asked.unit,
        query=asked.query or None,
        whose=asked.whose,
        instrument=asked.instrument,
        target=asked.target,
    )
    whose = whose_of(Crossing(axis.key, unit=asked.unit, whose=asked.whose), axis)
    return Counted(table, asked, axis, whose, project.hides_others)


def quotes(project: Project, asked: Asked, code: str) -> QuoteMatrix:
    """The words of a code, in the same columns. Raises our own errors."""
    return project.crossing.quotes(
        code,
        by=axis_of(project, asked).key,
        query=asked.query or None,
        whose=asked.whose,
        instrument=asked.instrument,
        target=asked.target,
    )


def axis_of(project: Project, asked: Asked) -> Axis:
    """What the columns are; the first there is where nobody chose."""
    axes = project.crossing.axes()
    return next((each for each in axes if each.key == asked.by), axes[0])


def behind(project: Project, counted: Counted, row: str, column: str | None) -> list[Behind]:
    """The fragments of a cell, by the keys of its row and column; with None for the column, of the whole row."""
    asked = counted.asked
    query = asked.query or None
    if counted.axis is None:
        meetings = project.relating.pairs(
            row,
            column or row,
            how=asked.how or How.OVERLAP,
            gap=asked.gap,
            distance=asked.distance,
            unit=asked.unit,
            below=asked.below,
            query=query,
        )
        return pairs(project, meetings)
    found = project.crossing.fragments(
        counted.axis.key,
        rows=asked.rows,
        row=row,
        column=column,
        unit=asked.unit,
        query=query,
        whose=asked.whose,
        instrument=asked.instrument,
        target=asked.target,
    )
    return singles(project, found)


def write(project: Project, path: Path, counted: Counted, measure: Measure, said: str) -> None:
    """A table as CSV or XLSX, with what it is in finished words. Raises BadInput, CannotWrite."""
    if counted.axis is None:
        project.relating.write_cooccurrence(path, counted.table, method=[[t("table"), said]])
    else:
        project.crossing.write(path, counted.table, measure=measure)
