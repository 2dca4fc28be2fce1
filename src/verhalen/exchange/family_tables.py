"""Families, their people, periods of support and contacts from tables: the columns say which of the four a table is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import Counts, Sheet, refuse
from verhalen.exchange.family_rows import (
    CONTACT_COLUMNS,
    IDENTIFYING,
    PERSON_COLUMNS,
    SYNONYMS,
    TRAJECTORY_COLUMNS,
    ContactRow,
    FamilyRow,
    PersonRow,
    TrajectoryRow,
    contact_rows,
    family_rows,
    person_rows,
    telling_keys,
    trajectory_rows,
)
from verhalen.exchange.forgotten import without_forgotten
from verhalen.exchange.tables import Table, read_tables
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.family import Contact, Family
from verhalen.model.text import Notice
from verhalen.store import families as store
from verhalen.store.project import ProjectFile, Writing

LEFT_OUT = mark(
    "The column {column} was left out: it would say who somebody is. Families have a code here, never a name."
)
NO_KIND = mark("The sheet {sheet} is no table of families, persons, trajectories or contacts and was left out.")


@dataclass(frozen=True, slots=True)
class FamilyImport:
    """What an import of family tables did."""

    families: Counts
    persons: Counts
    trajectories: Counts
    contacts: Counts
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """The rows of a file, by kind."""

    families: tuple[FamilyRow, ...]
    persons: tuple[PersonRow, ...]
    trajectories: tuple[TrajectoryRow, ...]
    contacts: tuple[ContactRow, ...]


def import_families(project: ProjectFile, path: Path) -> FamilyImport:
    """Store the rows of a file in one change; a row with an error refuses the whole file. Doing it again changes nothing."""
    tables = [without_forgotten(project, table, SYNONYMS) for table in read_tables(path)]
    found = [(kind_of(sheet := Sheet(table, SYNONYMS)), sheet) for table in tables]
    if not any(kind for kind, _ in found):
        raise errors.BadInput(reason=_why_not(tables[0]))
    read, notices = _read(project, found)
    refuse([sheet for _, sheet in found])
    with project.change(Act.IMPORT_FAMILIES) as writing:
        before = {family.key: family for family in store.families(project)}
        families = _store_families(writing, read.families, before)
        ids = store.family_ids(project)
        return FamilyImport(
            families=families,
            persons=_store_persons(writing, read.persons, before, ids),
            trajectories=_store_trajectories(writing, read.trajectories, before, ids),
            contacts=_store_contacts(writing, read.contacts, ids),
            warnings=tuple(notices),
        )


def kind_of(sheet: Sheet) -> str:
    """Which of the four a table is; empty where it is none."""
    if not sheet.has("gezin") or any(sheet.has(name) for name in ("item", "waarde", "beoordelaar", "verhaal")):
        return ""
    signs = {"persons": ("lid", "rol"), "trajectories": ("traject", "start"), "contacts": ("datum", "soort")}
    return next((kind for kind, columns in signs.items() if sheet.has(*columns)), "families")


def _why_not(table: Table) -> str:
    sheet = Sheet(table, SYNONYMS)
    if sheet.has("verhaal"):
        return t("{file} is a table of stories; import it with: verhalen stories import", file=table.file)
    if sheet.has("gezin"):
        return t("{file} is a table of scores; import it with: verhalen scores import", file=table.file)
    return t("{file} has no column named gezin (family)", file=table.file)


def _read(project: ProjectFile, found: Sequence[tuple[str, Sheet]]) -> tuple[_Read, list[Notice]]:
    """All rows. A family must be in the project or in the same file before others can name it."""
    notices: list[Notice] = [notice for _, sheet in found for notice in sheet.table.notices]
    there = store.family_ids(project)
    families = [row for kind, sheet in found if kind == "families" for row in family_rows(sheet, there)]
    known = {*there, *(row.key for row in families)}
    persons: list[PersonRow] = []
    trajectories: list[TrajectoryRow] = []
    contacts: list[ContactRow] = []
    for kind, sheet in found:
        notices += _column_notices(kind, sheet)
        if kind == "persons":
            persons += person_rows(sheet, known)
        elif kind == "trajectories":
            trajectories += trajectory_rows(sheet, known)
        elif kind == "contacts":
            contacts += contact_rows(sheet, known)
    read = _Read(tuple(families), tuple(persons), tuple(trajectories), tuple(contacts))
    notices += telling_keys([row.key for row in families], [row.person.member for row in persons])
    return read, notices


def _column_notices(kind: str, sheet: Sheet) -> Iterable[Notice]:
    if not kind:
        return [Notice(None, NO_KIND, {"sheet": sheet.table.sheet})]
    columns = {"persons": PERSON_COLUMNS, "trajectories": TRAJECTORY_COLUMNS, "contacts": CONTACT_COLUMNS}
    telling = [name for name in sheet.columns if name in IDENTIFYING]
    # Further columns of families are attributes.
    unknown = sheet.others([*columns[kind], *telling]) if kind in columns else []
    said = [Notice(None, LEFT_OUT, {"column": sheet.columns[name]}) for name in telling]
    return [*said, *sheet.left_out(unknown)]


# -- storing ---------------------------------------------------------------------------------------------------------


def _store_families(writing: Writing, rows: Sequence[FamilyRow], before: dict[str, Family]) -> Counts:
    new = changed = 0
    for row in rows:
        old = before.get(row.key)
        if old is None:
            number = store.add_family(writing, row.key, municipality=row.municipality or "")
            new += 1
        else:
            number = old.id
            if not _differs(row, old):
                continue
            if row.municipality is not None:
                store.set_municipality(writing, number, row.municipality)
            changed += 1
        writing.targets.append(number)
        for name, value in row.attributes:
            store.set_attribute(writing, number, name, value)
    return Counts(new, changed, len(rows) - new - changed)


def _differs(row: FamilyRow, old: Family) -> bool:
    elsewhere = row.municipality is not None and row.municipality != old.municipality
    return elsewhere or any(old.attribute(name) != value for name, value in row.attributes)


def _store_persons(
    writing: Writing, rows: Sequence[PersonRow], before: dict[str, Family], ids: dict[str, int]
) -> Counts:
    there = {person.key: person for family in before.values() for person in family.persons}
    new = changed = 0
    for row in rows:
        old = there.get(row.person.key)
        if old is not None and replace(old, id=0) == row.person:
            continue
        store.put_person(writing, ids[row.family], row.person)
        writing.targets.append(ids[row.family])
        new, changed = new + (old is None), changed + (old is not None)
    return Counts(new, changed, len(rows) - new - changed)


def _store_trajectories(
    writing: Writing, rows: Sequence[TrajectoryRow], before: dict[str, Family], ids: dict[str, int]
) -> Counts:
    there = {(family.key, each.ordinal): each for family in before.values() for each in family.trajectories}
    new = changed = 0
    for row in rows:
        old = there.get((row.family, row.trajectory.ordinal))
        if old is not None and replace(old, id=0, family_id=0) == row.trajectory:
            continue
        store.put_trajectory(writing, ids[row.family], row.trajectory)
        writing.targets.append(ids[row.family])
        new, changed = new + (old is None), changed + (old is not None)
    return Counts(new, changed, len(rows) - new - changed)


def _store_contacts(writing: Writing, rows: Sequence[ContactRow], ids: dict[str, int]) -> Counts:
    by_family: dict[str, list[Contact]] = {}
    for row in rows:
        by_family.setdefault(row.family, []).append(row.contact)
    new = 0
    for family, contacts in by_family.items():
        added = store.add_contacts(writing, ids[family], contacts)
        writing.targets += [ids[family]] if added else []
        new += added
    return Counts(new, 0, len(rows) - new)
