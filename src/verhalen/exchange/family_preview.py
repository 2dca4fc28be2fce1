"""What an import of family tables would do: what every column means, what would change, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from verhalen.exchange.columns import RowError, Sheet, parse_day, parse_whole
from verhalen.exchange.family_names import CONTACT_COLUMNS, IDENTIFYING, PERSON_COLUMNS, TRAJECTORY_COLUMNS
from verhalen.exchange.family_plan import FamilyImport, make_plan
from verhalen.exchange.family_tables import open_file, read_rows
from verhalen.i18n import mark
from verhalen.store import declared
from verhalen.store.project import ProjectFile

KINDS = {
    "families": mark("families"),
    "persons": mark("persons"),
    "trajectories": mark("trajectories"),
    "contacts": mark("contacts"),
    "": mark("left out: no table of ours"),
}
OURS = {
    "families": ("gezin", "gemeente"),
    "persons": PERSON_COLUMNS,
    "trajectories": TRAJECTORY_COLUMNS,
    "contacts": CONTACT_COLUMNS,
}
_FEW = 12
"""Different values up to which a column looks like a list to choose from."""


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column of a table. Never a value: a preview may be shown to others."""

    column: str
    """As it stands in the file."""
    meaning: str
    """Our name for it; that of the attribute that it becomes; empty where it is left out."""
    use: str
    """Marked: what happens with it."""
    filled: int
    """Cells that hold something."""
    different: int
    """Different values in them."""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One table of a file."""

    sheet: str
    """Name of the sheet; empty for CSV."""
    kind: str
    """`families`, `persons`, `trajectories`, `contacts`, or empty."""
    rows: int
    columns: tuple[ColumnPreview, ...]


@dataclass(frozen=True, slots=True)
class FamilyPreview:
    """What a file holds and what an import of it would do; nothing is stored."""

    sheets: tuple[SheetPreview, ...]
    would: FamilyImport
    """What would be new and changed, were there no errors."""
    errors: tuple[RowError, ...]
    skipped: tuple[str, ...] = ()
    """Columns that the mapping leaves out."""


def preview_families(project: ProjectFile, path: Path, *, mapping: str | None = None) -> FamilyPreview:
    """Look at a file as an import would."""
    found = open_file(project, path, mapping=mapping)
    read, notices = read_rows(project, found.sheets)
    problems = tuple(problem for _, sheet in found.sheets for problem in sheet.problems)
    kinds = {each.name: each.kind.label for each in declared.attribute_kinds(project)}
    sheets = tuple(
        SheetPreview(
            sheet.table.sheet,
            kind,
            len(sheet.table.rows),
            tuple(_column(sheet, kind, name, kinds) for name in sheet.columns),
        )
        for kind, sheet in found.sheets
    )
    would = replace(make_plan(project, read).result((*found.notices, *notices)), mapping=found.mapping)
    return FamilyPreview(sheets, would, problems, found.skipped)


def _column(sheet: Sheet, kind: str, name: str, kinds: dict[str, str]) -> ColumnPreview:
    values = [value for row in sheet.table.rows if (value := sheet.text(row, name))]
    meaning, use = name, mark("used")
    if not kind:
        meaning, use = "", mark("left out")
    elif name in IDENTIFYING:
        meaning, use = "", mark("left out: it would say who somebody is")
    elif name not in OURS[kind]:
        meaning, use = (
            (name, kinds.get(name) or _looks_like(values))
            if kind == "families"
            else ("", mark("left out: not known here"))
        )
    return ColumnPreview(sheet.columns[name], meaning, use, len(values), len(set(values)))


def _looks_like(values: list[str]) -> str:
    """What the values of an attribute look like, where nobody said what they are."""
    if values and all(parse_whole(value) is not None for value in values):
        return mark("attribute, looks like a number")
    if values and all(parse_day(value) is not None for value in values):
        return mark("attribute, looks like a day")
    if values and len(set(values)) <= min(_FEW, len(values) // 2):
        return mark("attribute, looks like one of a list")
    return mark("attribute, free text")
