"""What an import of scores would do: what every column means, what would change, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from verhalen.exchange.columns import Sheet
from verhalen.exchange.score_tables import ScoreImport, plan_of, read_scores, result_of
from verhalen.exchange.score_words import ANSWER, FOR_READING, HEAD, NOTE_OF, SNAPSHOT, item_of
from verhalen.i18n import mark
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column of a table. Never a value: a preview may be shown to others."""

    column: str
    """As it stands in the file."""
    meaning: str
    """Our name for it; empty where it is left out or unknown."""
    use: str
    """Marked: what happens with it."""
    filled: int
    """Cells that hold something."""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One table of a file."""

    sheet: str
    """Name of the sheet; empty for CSV."""
    is_long: bool
    """One observation per row; else one column per item."""
    rows: int
    columns: tuple[ColumnPreview, ...]


@dataclass(frozen=True, slots=True)
class ScorePreview:
    """What a file holds and what an import of it would do; nothing is stored."""

    sheets: tuple[SheetPreview, ...]
    skipped: tuple[str, ...]
    """Columns that the mapping leaves out."""
    would: ScoreImport
    """What would be new and changed; its errors are all that stands in the way."""


def preview_scores(
    project: ProjectFile,
    path: Path,
    *,
    instrument: str | None = None,
    mapping: str | None = None,
    latest: dt.date | None = None,
) -> ScorePreview:
    """Look at a file as an import would. Raises what an import raises, but for errors in rows."""
    read = read_scores(project, path, instrument=instrument, mapping=mapping, latest=latest)
    said = read.said
    sheets = tuple(
        SheetPreview(
            sheet.table.sheet,
            sheet.has("item"),
            len(sheet.table.rows),
            tuple(_column(sheet, name, read.known_items) for name in sheet.columns),
        )
        for sheet in read.sheets
    )
    return ScorePreview(sheets, read.skipped, result_of(read, said, plan_of(project, read, said)))


def _column(sheet: Sheet, name: str, items: frozenset[str]) -> ColumnPreview:
    at = sheet.lines.names.index(sheet.columns[name])
    filled = sum(bool(cells[at].strip()) for _, cells in sheet.lines.lines)
    meaning, use = _use(sheet, name, items)
    return ColumnPreview(sheet.columns[name], meaning, use, filled)


def _use(sheet: Sheet, name: str, items: frozenset[str]) -> tuple[str, str]:
    if name in HEAD:
        return name, mark("about whom, when and by what")
    if item_of(name) == SNAPSHOT and not sheet.has("item"):
        return name, mark("note of a snapshot") if name.startswith(NOTE_OF) else mark("the snapshot as such")
    if sheet.has("item"):
        if name in ANSWER:
            return name, mark("what was seen")
        return "", mark("for reading only") if name in FOR_READING else mark("left out: not known here")
    if name in items:
        return name, mark("item")
    if item_of(name) in items:
        return name, mark("note of an item") if name.startswith(NOTE_OF) else mark("reasons of an item")
    if name in (*ANSWER, *FOR_READING):
        return "", mark("left out: not known here")
    return "", mark("unknown: no item of the instrument")
