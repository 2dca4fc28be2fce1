"""What is asked of a crosstab, and how the project answers. The one place where the screen meets the engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.cooccurrence import Gap, How, Meeting
from verhalen.model.crosstable import CrossTable, Measure, Rows, Unit, Whose
from verhalen.tui.found import Line, of_fragments
from verhalen.tui.fragments_screen import MOST, Behind, singles, told_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What rows, columns and cells are."""

    by: str = ""
    """Key of the columns; empty: the first there is."""
    rows: Rows = Rows.CODE
    unit: Unit = Unit.CODINGS
    whose: Whose = Whose.OWN
    query: str = ""
    how: How | None = None
    """When two codes stand together; None: a crosstab."""
    gap: Gap = Gap.CHARACTERS
    distance: int | None = None
    """Of `near`, in `gap`; None: the usual one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer."""

    table: CrossTable
    asked: Asked
    by: str
    """What the columns are called."""


def count(project: Project, asked: Asked) -> Counted:
    """The table that is asked for. Raises our own errors, among them BadQuery."""
    if asked.how is not None:
        table = project.relating.cooccurrence(
            how=asked.how, gap=asked.gap, distance=asked.distance, query=asked.query or None
        )
        return Counted(table, asked, t("codes"))
    axes = project.crossing.axes()
    axis = next((each for each in axes if each.key == asked.by), axes[0])
    table = project.crossing.table(
        axis.key, rows=asked.rows, unit=asked.unit, query=asked.query or None, whose=asked.whose
    )
    return Counted(table, asked, axis.name)


def behind(project: Project, counted: Counted, row: str, column: str) -> list[Behind]:
    """The fragments of a cell, by the keys of its row and column."""
    asked = counted.asked
    if asked.how is not None:
        meetings = project.relating.pairs(
            row, column, how=asked.how, gap=asked.gap, distance=asked.distance, query=asked.query or None
        )
        return _pairs(project, meetings[: MOST + 1])
    found = project.crossing.fragments(
        counted.table.by, rows=asked.rows, row=row, column=column, query=asked.query or None, whose=asked.whose
    )
    return singles(project, found)


def _pairs(project: Project, meetings: Sequence[Meeting]) -> list[Behind]:
    """Two fragments as one line: its place is that of both together, its words are those of both."""
    lines = of_fragments(project, [each.left.first for each in meetings])
    return [_pair(line, each) for line, each in zip(lines, meetings, strict=True)]


def _pair(line: Line, each: Meeting) -> Behind:
    left, right = each.left, each.right
    other = right.first.coding
    told = told_of(left.first, left.text)
    if other.code_id != left.first.coding.code_id:
        told = (*told, *told_of(right.first, right.text))
    about = line.about.append(f" · {other.code}") if len(told) > 3 else line.about
    key = f"{line.key}-{other.id}"
    where = (line.source_id, line.source_number, line.title, each.start, each.stop)
    return Behind(Line(key, *where, about, "", left.text, ""), told)


def write(project: Project, path: Path, counted: Counted, measure: Measure) -> None:
    """A table as CSV or XLSX. Raises BadInput, CannotWrite."""
    if counted.asked.how is not None:
        project.relating.write(path, counted.table)
    else:
        project.crossing.write(path, counted.table, measure)
