"""Families, their people, periods of support and contacts from tables: the columns say which of the four a table is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import BY_MAPPING, Sheet, name_of, refuse, today
from verhalen.exchange.family_checks import refuse_overlaps, telling_keys, telling_values, trajectory_notices
from verhalen.exchange.family_columns import understood
from verhalen.exchange.family_names import (
    CONTACT_COLUMNS,
    IDENTIFYING,
    PERSON_COLUMNS,
    TRAJECTORY_COLUMNS,
)
from verhalen.exchange.family_plan import FamilyImport, ReadFamilies, make_plan, store_plan
from verhalen.exchange.family_rows import (
    ContactRow,
    FamilyRow,
    PersonRow,
    TrajectoryRow,
    attribute_columns,
    contact_rows,
    family_rows,
    person_rows,
    trajectory_rows,
)
from verhalen.exchange.forgotten import without_forgotten
from verhalen.exchange.mapped_columns import chosen_mapping, skipped_columns
from verhalen.exchange.tables import read_tables, whole
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.text import Notice
from verhalen.store import declared
from verhalen.store import families as store
from verhalen.store.family_removing import former_codes
from verhalen.store.project import ProjectFile

LEFT_OUT = mark(
    "The column {column} was left out: it would say who somebody is. Families have a code here, never a name."
)
NO_KIND = mark("The sheet {sheet} is no table of families, persons, trajectories or contacts and was left out.")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The tables of a file, before their rows are read."""

    sheets: tuple[tuple[str, Sheet], ...]
    """What each is about (empty where it is none of ours) and the table, without rows of families that were forgotten."""
    mapping: str = ""
    """Name of the kept columns by which the file is read."""
    skipped: tuple[str, ...] = ()
    """Columns that the mapping leaves out."""
    notices: tuple[Notice, ...] = ()


def import_families(project: ProjectFile, path: Path, *, mapping: str | None = None) -> FamilyImport:
    """Store the rows of a file in one change; a row with an error refuses the whole file. Doing it again changes nothing.

    `mapping` is the name of kept columns; without it kept columns that fit are used, and a notice says so.
    """
    found = open_file(project, path, mapping=mapping)
    if not any(kind for kind, _ in found.sheets):
        raise errors.BadInput(reason=why_not(found.sheets[0][1]))
    read, notices = read_rows(project, found.sheets)
    refuse([sheet for _, sheet in found.sheets])
    with project.change(Act.IMPORT_FAMILIES) as writing:
        plan = make_plan(project, read)
        store_plan(writing, plan)
        return replace(plan.result((*found.notices, *notices)), mapping=found.mapping)


def open_file(project: ProjectFile, path: Path, *, mapping: str | None = None) -> OpenFile:
    """Every table of a file by our names of columns. Raises UnknownMapping, BadInput and what reading a table raises."""
    kept = declared.column_mappings(project, "families")
    tables = read_tables(path)
    name = chosen_mapping(tables, kept, mapping)
    sheets = []
    for table in tables:
        sheet = understood(table, kept.get(name))
        sheet.former = former_codes(project)
        names = {name_of(column): ours for ours, column in sheet.columns.items()}
        sheet.table = without_forgotten(project, sheet.table, names)
        kind = kind_of(sheet)
        if kind:
            whole(sheet.table)
        sheets.append((kind, sheet))
    skipped = skipped_columns(tables, [sheet for _, sheet in sheets]) if name else []
    told = (Notice(None, BY_MAPPING, {"name": name}),) if name and mapping is None else ()
    return OpenFile(tuple(sheets), name, tuple(skipped), told)


def kind_of(sheet: Sheet) -> str:
    """Which of the four a table is; empty where it is none."""
    if not sheet.has("gezin") or any(sheet.has(name) for name in ("item", "waarde", "beoordelaar", "verhaal")):
        return ""
    signs = {"persons": ("lid", "rol"), "trajectories": ("traject", "start"), "contacts": ("datum", "soort")}
    return next((kind for kind, columns in signs.items() if sheet.has(*columns)), "families")


def why_not(sheet: Sheet) -> str:
    """Why a table is none of ours, in the reader's language."""
    file = sheet.table.file
    if sheet.has("verhaal"):
        return t("{file} is a table of stories; import it with: verhalen stories import", file=file)
    if sheet.has("gezin"):
        return t("{file} is a table of scores; import it with: verhalen scores import", file=file)
    return t("{file} has no column named gezin (family)", file=file)


def read_rows(project: ProjectFile, found: Sequence[tuple[str, Sheet]]) -> tuple[ReadFamilies, list[Notice]]:
    """All rows; problems are gathered by the sheets. Others may name families of the project or of the same file."""
    notices: list[Notice] = [notice for _, sheet in found for notice in sheet.table.notices]
    there = store.family_ids(project)
    kinds = {each.name: each for each in declared.attribute_kinds(project)}
    families = [row for kind, sheet in found if kind == "families" for row in family_rows(sheet, there, kinds)]
    known = {*there, *(row.key for row in families)}
    codes = store.personal_codes(project)
    persons: list[PersonRow] = []
    trajectories: list[TrajectoryRow] = []
    contacts: list[ContactRow] = []
    for kind, sheet in found:
        notices += _column_notices(kind, sheet)
        if kind == "families":
            notices += telling_values(sheet, ["gemeente", *attribute_columns(sheet)])
        elif kind == "persons":
            persons += person_rows(sheet, known, codes)
            notices += telling_values(sheet, ["leeftijdsgroep"])
        elif kind == "trajectories":
            rows = trajectory_rows(sheet, known, today=today())
            before = {family.key: family.trajectories for family in store.families(project)}
            refuse_overlaps(sheet, rows, before)
            notices += trajectory_notices(sheet, rows, today=today())
            trajectories += rows
        elif kind == "contacts":
            contacts += contact_rows(sheet, known, today=today())
            notices += telling_values(sheet, ["met"])
    notices += telling_keys(_keys_there(families, there), [row.person.member for row in persons])
    return ReadFamilies(tuple(families), tuple(persons), tuple(trajectories), tuple(contacts)), notices


def _keys_there(rows: Iterable[FamilyRow], there: Iterable[str]) -> list[str]:
    """The codes that an older version took and that would be refused today."""
    known = set(there)
    return [row.key for row in rows if row.key in known]


def _column_notices(kind: str, sheet: Sheet) -> Iterable[Notice]:
    if not kind:
        return [Notice(None, NO_KIND, {"sheet": sheet.table.sheet or sheet.table.file})]
    columns = {"persons": PERSON_COLUMNS, "trajectories": TRAJECTORY_COLUMNS, "contacts": CONTACT_COLUMNS}
    telling = [name for name in sheet.columns if name in IDENTIFYING]
    # Further columns of families are attributes.
    unknown = sheet.others([*columns[kind], *telling]) if kind in columns else []
    said = [Notice(None, LEFT_OUT, {"column": sheet.columns[name]}) for name in telling]
    return [*said, *sheet.left_out(unknown)]
