"""What an import of stories would do: what every column means, what would change, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen.exchange.columns import RowError, Sheet
from verhalen.exchange.score_preview import ColumnPreview
from verhalen.exchange.story_names import FOR_READING, is_known
from verhalen.exchange.story_reading import read_stories
from verhalen.exchange.story_returning import taken_in
from verhalen.exchange.story_tables import StoryImport, plan_of, result_of
from verhalen.i18n import mark
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class StorySheet:
    """One table of a file."""

    sheet: str
    """Name of the sheet; empty where there is one only."""
    rows: int
    columns: tuple[ColumnPreview, ...]


@dataclass(frozen=True, slots=True)
class StoryPreview:
    """What a file holds and what an import of it would do; nothing is stored."""

    sheets: tuple[StorySheet, ...]
    skipped: tuple[str, ...]
    """Columns that the mapping leaves out."""
    would: StoryImport
    """What would be new and changed, were there no errors."""
    errors: tuple[RowError, ...]


def preview_stories(
    project: ProjectFile, path: Path, *, mapping: str | None = None, latest: dt.date | None = None
) -> StoryPreview:
    """Look at a file as an import would. Raises what an import raises, but for errors in rows."""
    read = taken_in(project, read_stories(project, path, mapping=mapping, latest=latest))
    sheets = tuple(
        StorySheet(sheet.table.sheet, len(sheet.table.rows), tuple(_column(sheet, name) for name in sheet.columns))
        for sheet in read.sheets
    )
    several = len(read.sheets) > 1
    found = [
        replace(each, column=f"{sheet.table.sheet}: {each.column}") if several else each
        for sheet in read.sheets
        for each in sheet.problems
    ]
    return StoryPreview(sheets, read.skipped, result_of(read, plan_of(read)), tuple(found))


def _column(sheet: Sheet, name: str) -> ColumnPreview:
    filled = sum(bool(sheet.text(row, name)) for row in sheet.table.rows)
    meaning, use = ("", mark("left out: not known here"))
    if name in FOR_READING:
        use = mark("for reading only")
    elif is_known(name):
        meaning, use = name, mark("used")
    return ColumnPreview(sheet.columns[name], meaning, use, filled)
