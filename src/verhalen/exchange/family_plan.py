"""Decide what the rows of family tables change, then store it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from verhalen.exchange.columns import Counts
from verhalen.exchange.family_rows import ContactRow, FamilyRow, PersonRow, TrajectoryRow
from verhalen.model.family import Contact, Family
from verhalen.model.text import Notice
from verhalen.store import families as store
from verhalen.store.project import ProjectFile, Writing

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class FamilyImport:
    """What an import of family tables did, or would do."""

    families: Counts
    persons: Counts
    trajectories: Counts
    contacts: Counts
    warnings: tuple[Notice, ...]
    mapping: str = ""
    """Name of the kept columns by which the file was read."""


@dataclass(frozen=True, slots=True)
class ReadFamilies:
    """The rows of a file, by kind."""

    families: tuple[FamilyRow, ...]
    persons: tuple[PersonRow, ...]
    trajectories: tuple[TrajectoryRow, ...]
    contacts: tuple[ContactRow, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows that change something, by kind, beside how many there were."""

    families: tuple[FamilyRow, ...]
    persons: tuple[PersonRow, ...]
    trajectories: tuple[TrajectoryRow, ...]
    contacts: tuple[ContactRow, ...]
    counts: tuple[Counts, Counts, Counts, Counts]
    """In the same order."""

    def result(self, warnings: tuple[Notice, ...]) -> FamilyImport:
        """The counts as people read them."""
        return FamilyImport(*self.counts, warnings)


def make_plan(project: ProjectFile, read: ReadFamilies) -> Plan:
    """Compare the rows with what the project holds."""
    before = {family.key: family for family in store.families(project)}
    people = {person.key: replace(person, id=0) for family in before.values() for person in family.persons}
    support = {
        (family.key, each.ordinal): replace(each, id=0, family_id=0)
        for family in before.values()
        for each in family.trajectories
    }
    families = [row for row in read.families if row.key not in before or _differs(row, before[row.key])]
    persons = [row for row in read.persons if people.get(row.person.key) != row.person]
    trajectories = [
        row for row in read.trajectories if support.get((row.family, row.trajectory.ordinal)) != row.trajectory
    ]
    contacts = _new_contacts(read.contacts, store.contact_rows(project) if read.contacts else ())
    return Plan(
        tuple(families),
        tuple(persons),
        tuple(trajectories),
        tuple(contacts),
        (
            _counts(read.families, families, [row.key in before for row in families]),
            _counts(read.persons, persons, [row.person.key in people for row in persons]),
            _counts(
                read.trajectories,
                trajectories,
                [(row.family, row.trajectory.ordinal) in support for row in trajectories],
            ),
            Counts(len(contacts), 0, len(read.contacts) - len(contacts)),
        ),
    )


def _differs(row: FamilyRow, old: Family) -> bool:
    elsewhere = row.municipality is not None and row.municipality != old.municipality
    return elsewhere or any(old.attribute(name) != value for name, value in row.attributes)


def _new_contacts(rows: Iterable[ContactRow], there: Iterable[tuple[str, Contact]]) -> list[ContactRow]:
    """Contacts that are not there yet; the same line twice is one contact."""
    known = {(family, each.day, each.kind, each.with_whom) for family, each in there}
    found = []
    for row in rows:
        key = (row.family, row.contact.day, row.contact.kind, row.contact.with_whom)
        if key not in known:
            known.add(key)
            found.append(row)
    return found


def _counts(all_rows: Collection[RowT], changing: Sequence[RowT], was_there: Sequence[bool]) -> Counts:
    changed = sum(was_there)
    return Counts(len(changing) - changed, changed, len(all_rows) - len(changing))


def store_plan(writing: Writing, plan: Plan) -> None:
    """Write what the plan says."""
    ids = store.family_ids(writing.project)
    for row in plan.families:
        if row.key not in ids:
            ids[row.key] = store.add_family(writing, row.key, municipality=row.municipality or "")
        elif row.municipality is not None:
            store.set_municipality(writing, ids[row.key], row.municipality)
        for name, value in row.attributes:
            store.set_attribute(writing, ids[row.key], name, value)
        writing.targets.append(ids[row.key])
    for person in plan.persons:
        store.put_person(writing, ids[person.family], person.person)
        writing.targets.append(ids[person.family])
    for period in plan.trajectories:
        store.put_trajectory(writing, ids[period.family], period.trajectory)
        writing.targets.append(ids[period.family])
    by_family: dict[str, list[Contact]] = {}
    for each in plan.contacts:
        by_family.setdefault(each.family, []).append(each.contact)
    for family, contacts in by_family.items():
        store.add_contacts(writing, ids[family], contacts)
        writing.targets.append(ids[family])
