"""Life domains, instruments, snapshots and observations; typed columns for analysis."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from verhalen.model.family import Level
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain
from verhalen.model.snapshot import Assessor, Observation, Snapshot, State
from verhalen.store.project import ProjectFile, Row, Writing
from verhalen.store.revisions import reasons_of

# -- life domains ----------------------------------------------------------------------------------------------------


def domain_list(project: ProjectFile) -> DomainList:
    """The life domains of this project, in order."""
    groups = tuple(
        DomainGroup(*row) for row in project.rows("select key, name, position from domain_group order by position, id")
    )
    domains = tuple(
        LifeDomain(key, name, group, description, bool(sensitive), bool(colourless), position)
        for key, name, group, description, sensitive, colourless, position in project.rows(
            "select key, name, group_key, description, sensitive, colourless, position from life_domain order by position, id"
        )
    )
    return DomainList(groups, domains)


def put_domains(writing: Writing, wanted: DomainList) -> None:
    """Store the life domains, or bring those with the same key up to date; none is ever taken away here."""
    for group in wanted.groups:
        _put(writing, "domain_group", "key", {"key": group.key, "name": group.name, "position": group.position})
    for domain in wanted.domains:
        _put(
            writing,
            "life_domain",
            "key",
            {
                "key": domain.key,
                "group_key": domain.group,
                "name": domain.name,
                "description": domain.description,
                "sensitive": int(domain.sensitive),
                "colourless": int(domain.colourless),
                "position": domain.position,
            },
        )


def _put(writing: Writing, table: str, unique: str, values: dict[str, object], *, within: str = "") -> int:
    """Insert a row, or update the one with the same unique column where something differs; give its id."""
    columns = list(values)
    where = f"{unique} = :{unique}" + (f" and {within} = :{within}" if within else "")
    there = writing.rows(f"select id, {', '.join(columns)} from {table} where {where}", values)
    if not there:
        new = writing.new_id()
        names = ", ".join(["id", *columns])
        writing.execute(
            f"insert into {table} ({names}) values (:id, {', '.join(f':{c}' for c in columns)})", {"id": new, **values}
        )
        return new
    number: int = there[0][0]
    if there[0][1:] != tuple(values.values()):
        sets = ", ".join(f"{column} = :{column}" for column in columns)
        writing.execute(f"update {table} set {sets} where id = :id", {"id": number, **values})
    return number


# -- instruments -----------------------------------------------------------------------------------------------------


def instruments(project: ProjectFile) -> list[Instrument]:
    """All instruments with their items. Derived ones carry their definition; `scores.instruments` reads it."""
    items = defaultdict(list)
    for row in project.rows(
        "select instrument_id, id, key, name, level, domain, section, labels, question, may_be_na, note, retired, higher_is_worse"
        " from item order by position, id"
    ):
        items[row[0]].append(_item(row[1:]))
    return [
        Instrument(
            key=key,
            name=name,
            version=version,
            wording=wording,
            low=low,
            high=high,
            items=tuple(items[number]),
            source=source,
            assessor=assessor,
            kind=kind,
            definition=definition,
            id=number,
        )
        for number, key, name, version, wording, low, high, kind, assessor, source, definition in project.rows(
            "select id, key, name, version, wording, low, high, kind, assessor, source, definition from instrument order by id"
        )
    ]


def _item(row: Row) -> Item:
    number, key, name, level, domain, section, labels, question, may_be_na, note, retired, higher_is_worse = row
    return Item(
        key=key,
        name=name,
        level=Level(level),
        domain=domain,
        section=section,
        labels=tuple(json.loads(labels)),
        question=question,
        may_be_na=bool(may_be_na),
        note=note,
        id=number,
        retired=bool(retired),
        higher_is_worse=bool(higher_is_worse),
    )


def judged_instruments(project: ProjectFile | Writing) -> set[int]:
    """The instruments by which a family was scored at least once."""
    return {row[0] for row in project.rows("select distinct instrument_id from snapshot")}


def put_instrument(writing: Writing, wanted: Instrument) -> int:
    """Store an instrument, or bring the one with the same key up to date; items keep their ids, so old scores stay."""
    number = _put(
        writing,
        "instrument",
        "key",
        {
            "key": wanted.key,
            "name": wanted.name,
            "version": wanted.version,
            "wording": wanted.wording,
            "low": wanted.low,
            "high": wanted.high,
            "kind": wanted.kind,
            "assessor": wanted.assessor,
            "source": wanted.source,
            "definition": wanted.definition,
        },
    )
    for position, item in enumerate(wanted.items):
        _put(
            writing,
            "item",
            "key",
            {
                "instrument_id": number,
                "key": item.key,
                "name": item.name,
                "level": item.level.value,
                "domain": item.domain,
                "section": item.section,
                "labels": json.dumps(item.labels, ensure_ascii=False),
                "question": item.question,
                "may_be_na": int(item.may_be_na),
                "note": item.note,
                "position": position,
                "retired": int(item.retired),
                "higher_is_worse": int(item.higher_is_worse),
            },
            within="instrument_id",
        )
    return number


# -- snapshots -------------------------------------------------------------------------------------------------------


class NewObservation(NamedTuple):
    """One observation to store, by ids."""

    item_id: int
    person_id: int | None
    state: str
    """A `State`, or its value, which is written faster."""
    value: int | None
    note: str


def find_snapshot(
    writing: Writing, *, family_id: int, instrument_id: int, day: dt.date, assessor: Assessor
) -> int | None:
    """The snapshot of that family, instrument, day and assessor."""
    rows = writing.rows(
        "select id from snapshot where family_id = ? and instrument_id = ? and day = ? and assessor = ? order by id desc limit 1",
        (family_id, instrument_id, day.isoformat(), assessor.value),
    )
    return rows[0][0] if rows else None


def add_snapshot(
    writing: Writing, *, family_id: int, instrument_id: int, day: dt.date, assessor: Assessor, trajectory_id: int | None
) -> int:
    """Store an empty snapshot, judged by the instrument as it is now."""
    new = writing.new_id()
    writing.execute(
        "insert into snapshot select ?, ?, id, ?, ?, ?, ?, version, '' from instrument where id = ?",
        (new, family_id, trajectory_id, day.isoformat(), assessor.value, writing.project.coder_id, instrument_id),
    )
    return new


def add_observations(writing: Writing, rows: Sequence[tuple[int, NewObservation]]) -> range:
    """Store many observations: (snapshot id, observation) each; give their ids in the same order."""
    ids = writing.new_ids(len(rows)) if rows else range(0)
    made = ((new, snapshot, *each) for new, (snapshot, each) in zip(ids, rows, strict=True))
    writing.insert_rows("observation", made, width=7)
    return ids


def observation_keys(
    writing: Writing, snapshot_id: int
) -> dict[tuple[int, int | None], tuple[int, str, int | None, str]]:
    """What a snapshot holds: (item, person) -> (id, state, value, note)."""
    sql = "select item_id, person_id, id, state, value, note from observation where snapshot_id = ?"
    return {(row[0], row[1]): tuple(row[2:]) for row in writing.rows(sql, (snapshot_id,))}


def link_trajectory(writing: Writing, snapshot_id: int, trajectory_id: int) -> None:
    """Say in which period of support a snapshot falls."""
    writing.execute("update snapshot set trajectory_id = ? where id = ?", (trajectory_id, snapshot_id))


def change_observation(writing: Writing, observation_id: int, new: NewObservation) -> None:
    """Write another answer over one."""
    writing.execute(
        "update observation set state = ?, value = ?, note = ? where id = ?",
        (str(new.state), new.value, new.note, observation_id),
    )


def snapshots_of(project: ProjectFile, family_id: int) -> list[Snapshot]:
    """The snapshots of a family by day, with their observations."""
    observations = defaultdict(list)
    reasons = reasons_of(project, family_id)
    sql = """
        select snapshot_id, item.key, person.key, state, value, observation.note, observation.id
        from observation join item on item.id = item_id left join person on person.id = person_id
        where snapshot_id in (select id from snapshot where family_id = ?) order by item.position, person_id"""
    for snapshot, item, person, state, value, note, number in project.rows(sql, (family_id,)):
        why = reasons.get(number, ())
        observations[snapshot].append(Observation(item, person, State(state), value, note, number, why))
    rows = project.rows(
        """select snapshot.id, family.key, day, instrument.key, snapshot.assessor, trajectory_id, snapshot.version, snapshot.note
           from snapshot join family on family.id = family_id join instrument on instrument.id = instrument_id
           where family_id = ? order by day, snapshot.id""",
        (family_id,),
    )
    return [
        Snapshot(
            family,
            dt.date.fromisoformat(day),
            instrument,
            Assessor(assessor),
            tuple(observations[number]),
            number,
            trajectory,
            version,
            said,
        )
        for number, family, day, instrument, assessor, trajectory, version, said in rows
    ]


class ObservationColumn(NamedTuple):
    """One observation as analysis reads it."""

    family: str
    person: str | None
    item: str
    day: str
    snapshot_id: int
    assessor: str
    state: str
    value: int | None


def observation_rows(project: ProjectFile, instrument: str) -> list[ObservationColumn]:
    """All observations of an instrument, by family, item, person, day.

    A higher value is better here: one of an item where it is worse is turned round on its scale (5 of 1 to 5 becomes 1).
    """
    sql = """
        select family.key, person.key, item.key, day, snapshot.id, snapshot.assessor, state, value
        from observation
        join snapshot on snapshot.id = snapshot_id
        join item on item.id = item_id
        join instrument on instrument.id = snapshot.instrument_id
        join family on family.id = snapshot.family_id
        left join person on person.id = observation.person_id
        where instrument.key = ? order by family.key, item.position, person.key, day, snapshot.id"""
    found = [ObservationColumn(*row) for row in project.rows(sql, (instrument,))]
    ends = ends_of_reversed(project, instrument)
    if not ends:
        return found
    return [
        each._replace(value=ends[each.item] - each.value) if each.value is not None and each.item in ends else each
        for each in found
    ]


def ends_of_reversed(project: ProjectFile, instrument: str) -> dict[str, int]:
    """Items of which a higher value is worse, by key, with the sum of the lowest and highest value of their scale.

    That sum less a value is the value turned round: who computes change from values of its own query must do it too.
    """
    sql = """
        select item.key, low + high from item join instrument on instrument.id = instrument_id
        where instrument.key = ? and higher_is_worse"""
    return {row[0]: row[1] for row in project.rows(sql, (instrument,))}


def registration_rows(project: ProjectFile, instrument: str) -> list[tuple[str, str, int, str]]:
    """All snapshots of an instrument: (family, day, id, assessor); one in which nothing changed is a registration too."""
    sql = """
        select family.key, day, snapshot.id, snapshot.assessor from snapshot
        join family on family.id = family_id join instrument on instrument.id = instrument_id
        where instrument.key = ? order by family.key, day, snapshot.id"""
    return [(family, day, number, assessor) for family, day, number, assessor in project.rows(sql, (instrument,))]


def judged_versions(project: ProjectFile, instrument: str) -> list[tuple[str, int, int]]:
    """(family, version, snapshots) by an instrument; version 0 where nobody noted it."""
    sql = """
        select family.key, snapshot.version, count(*) from snapshot
        join family on family.id = family_id join instrument on instrument.id = instrument_id
        where instrument.key = ? group by family.key, snapshot.version order by snapshot.version, family.key"""
    return [(family, version, n) for family, version, n in project.rows(sql, (instrument,))]
