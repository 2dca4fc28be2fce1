"""Families, their persons, trajectories, contacts and attributes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from verhalen.model.family import Contact, Family, Person, Trajectory
from verhalen.model.family_rules import is_personal_code
from verhalen.store.project import ProjectFile, Row, Writing


def families(project: ProjectFile) -> list[Family]:
    """All families by key, with their people and periods of support."""
    return _families(project, "", ())


def family_of(project: ProjectFile, key: str) -> Family | None:
    """One family, without reading the others; None where no family has this key."""
    found = project.row("select id from family where key = ?", (key,))
    return _families(project, " where {} = ?", (found[0],))[0] if found else None


def _families(project: ProjectFile, where: str, values: tuple[int, ...]) -> list[Family]:
    """Families with what belongs to them; `where` has a place for the column that names the family."""
    attributes, persons, trajectories = defaultdict(list), defaultdict(list), defaultdict(list)
    below = where.format("family_id")
    for family, name, value in project.rows(f"select family_id, name, value from attribute{below} order by id", values):
        attributes[family].append((name, value))
    for row in project.rows(
        f"select id, family_id, key, role, age_group, joined, left_on from person{below} order by id", values
    ):
        persons[row[1]].append(_person(row))
    for row in project.rows(f"{_TRAJECTORY}{below} order by ordinal, id", values):
        trajectories[row[1]].append(_trajectory(row))
    return [
        Family(
            key=key,
            municipality=municipality,
            attributes=tuple(attributes[number]),
            persons=tuple(persons[number]),
            trajectories=tuple(trajectories[number]),
            contacts=contacts,
            snapshots=snapshots,
            stories=stories,
            last_snapshot=_day(last),
            id=number,
        )
        for number, key, municipality, contacts, snapshots, stories, last in project.rows(
            f"{_FAMILY}{where.format('id')} order by key", values
        )
    ]


_FAMILY = """
select id, key, municipality,
       (select count(*) from contact where family_id = family.id),
       (select count(*) from snapshot where family_id = family.id),
       (select count(*) from story where family_id = family.id),
       (select max(day) from snapshot where family_id = family.id)
from family"""
_TRAJECTORY = (
    "select id, family_id, ordinal, referred, started, ended, reason, coach, project, referrer, known, referred_on"
    " from trajectory"
)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _person(row: Row) -> Person:
    number, _, key, role, age_group, joined, left = row
    return Person(key=key, role=role, age_group=age_group, joined=_day(joined), left=_day(left), id=number)


def _trajectory(row: Row) -> Trajectory:
    number, family, ordinal, referred, started, ended, reason, coach, name, referrer, known, referred_on = row
    return Trajectory(
        ordinal=ordinal,
        start=dt.date.fromisoformat(started),
        referred=_day(referred),
        end=_day(ended),
        reason=reason,
        coach=coach,
        project=name,
        referrer=referrer,
        known=known,
        referred_on=referred_on,
        id=number,
        family_id=family,
    )


def family_ids(project: ProjectFile) -> dict[str, int]:
    """Key of each family to its id."""
    return dict(project.rows("select key, id from family"))


def person_ids(project: ProjectFile) -> dict[str, int]:
    """Key of each person to its id."""
    return dict(project.rows("select key, id from person"))


def personal_codes(project: ProjectFile) -> dict[str, str]:
    """People who are named by a code of their own (`P0171`) and not by a role: the code to the family."""
    sql = (
        "select substr(person.key, length(family.key) + 2), family.key from person join family on family.id = family_id"
    )
    return {member: family for member, family in project.rows(sql) if is_personal_code(member)}


def contacts_of(project: ProjectFile, family_id: int) -> list[Contact]:
    """The contacts with a family, newest first."""
    sql = "select day, kind, with_whom, id from contact where family_id = ? order by day desc, id desc"
    return [
        Contact(dt.date.fromisoformat(day), kind, who, number)
        for day, kind, who, number in project.rows(sql, (family_id,))
    ]


def contact_rows(project: ProjectFile) -> list[tuple[str, Contact]]:
    """Every contact beside the key of its family, by family and day."""
    sql = """
        select family.key, day, kind, with_whom, contact.id from contact join family on family.id = family_id
        order by family.key, day, contact.id"""
    return [
        (family, Contact(dt.date.fromisoformat(day), kind, who, number))
        for family, day, kind, who, number in project.rows(sql)
    ]


def snapshot_coders(project: ProjectFile, family_id: int) -> dict[int, str]:
    """Snapshot of a family to the name of who wrote it down."""
    sql = "select snapshot.id, coder.name from snapshot join coder on coder.id = coder_id where family_id = ?"
    return dict(project.rows(sql, (family_id,)))


def add_family(writing: Writing, key: str, *, municipality: str) -> int:
    """Store a new family."""
    new = writing.new_id()
    writing.execute("insert into family values (?, ?, ?)", (new, key, municipality))
    return new


def set_municipality(writing: Writing, family_id: int, municipality: str) -> None:
    """Say where a family lives; nothing is written where it says so already."""
    writing.execute(
        "update family set municipality = ?1 where id = ?2 and municipality <> ?1", (municipality, family_id)
    )


def set_attribute(writing: Writing, family_id: int, name: str, value: str) -> None:
    """Set, change or (with an empty value) take away one attribute."""
    there = writing.rows("select id, value from attribute where family_id = ? and name = ?", (family_id, name))
    if there and there[0][1] == value:
        return
    if there and not value:
        writing.execute("delete from attribute where id = ?", (there[0][0],))
    elif there:
        writing.execute("update attribute set value = ? where id = ?", (value, there[0][0]))
    elif value:
        writing.execute("insert into attribute values (?, ?, ?, ?)", (writing.new_id(), family_id, name, value))


def put_person(writing: Writing, family_id: int, person: Person) -> int:
    """Store a person, or bring one with the same key up to date."""
    there = writing.rows("select id, role, age_group, joined, left_on from person where key = ?", (person.key,))
    joined, left = _text(person.joined), _text(person.left)
    if not there:
        new = writing.new_id()
        writing.execute(
            "insert into person values (?, ?, ?, ?, ?, ?, ?)",
            (new, family_id, person.key, person.role, person.age_group, joined, left),
        )
        return new
    number: int = there[0][0]
    if there[0][1:] != (person.role, person.age_group, joined, left):
        writing.execute(
            "update person set role = ?, age_group = ?, joined = ?, left_on = ? where id = ?",
            (person.role, person.age_group, joined, left, number),
        )
    return number


def put_trajectory(writing: Writing, family_id: int, trajectory: Trajectory) -> int:
    """Store a trajectory, or bring the one with the same ordinal up to date."""
    each = trajectory
    values = (
        *(_text(each.referred), each.start.isoformat(), _text(each.end), each.reason),
        *(each.coach, each.project, each.referrer, each.known, each.referred_on),
    )
    there = writing.rows(
        "select id, referred, started, ended, reason, coach, project, referrer, known, referred_on from trajectory"
        " where family_id = ? and ordinal = ?",
        (family_id, each.ordinal),
    )
    if not there:
        new = writing.new_id()
        writing.execute(
            "insert into trajectory values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new, family_id, each.ordinal, *values),
        )
        return new
    if there[0][1:] != values:
        writing.execute(
            "update trajectory set referred = ?, started = ?, ended = ?, reason = ?, coach = ?, project = ?, referrer = ?,"
            " known = ?, referred_on = ? where id = ?",
            (*values, there[0][0]),
        )
    number: int = there[0][0]
    return number


def add_contacts(writing: Writing, family_id: int, contacts: Iterable[Contact]) -> int:
    """Store contacts that are not there yet; give how many were new."""
    new = 0
    for each in contacts:
        row = (family_id, each.day.isoformat(), each.kind, each.with_whom)
        if not writing.rows(
            "select 1 from contact where family_id = ? and day = ? and kind = ? and with_whom = ?", row
        ):
            writing.execute("insert into contact values (?, ?, ?, ?, ?)", (writing.new_id(), *row))
            new += 1
    return new


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
