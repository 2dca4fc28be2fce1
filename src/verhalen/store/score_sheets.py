"""Sheets of scores against the store: all that is there of an instrument in a few queries, and many rows at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from verhalen.model.snapshot import Assessor
from verhalen.store.project import ProjectFile, Writing


class NewSnapshot(NamedTuple):
    """One snapshot to store, by ids."""

    family_id: int
    instrument_id: int
    day: dt.date
    assessor: Assessor
    trajectory_id: int | None
    version: int
    """Of the instrument by which it was judged."""


def add_snapshots(writing: Writing, rows: Sequence[NewSnapshot]) -> range:
    """Store many empty snapshots; give their ids in the same order."""
    ids = writing.new_ids(len(rows)) if rows else range(0)
    coder = writing.project.coder_id
    made = (
        (new, family, instrument, trajectory, day.isoformat(), assessor.value, coder, version, "")
        for new, (family, instrument, day, assessor, trajectory, version) in zip(ids, rows, strict=True)
    )
    writing.insert_rows("snapshot", made, width=9)
    return ids


def all_snapshots(
    writing: ProjectFile | Writing, instrument_id: int
) -> dict[tuple[int, str, str], tuple[int, int | None]]:
    """The snapshots of an instrument: (family, day, assessor) -> (id, trajectory). Of two alike, the later one."""
    sql = """
        select family_id, day, assessor, id, trajectory_id from snapshot where instrument_id = ? order by id"""
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in writing.rows(sql, (instrument_id,))}


def all_observations(
    writing: ProjectFile | Writing, instrument_id: int
) -> dict[tuple[int, int, int | None], tuple[int, str, int | None, str]]:
    """The observations of an instrument: (snapshot, item, person) -> (id, state, value, note)."""
    sql = """
        select snapshot_id, item_id, person_id, observation.id, state, value, observation.note
        from observation join snapshot on snapshot.id = snapshot_id where instrument_id = ?"""
    return {(row[0], row[1], row[2]): (row[3], row[4], row[5], row[6]) for row in writing.rows(sql, (instrument_id,))}


class SnapshotRow(NamedTuple):
    """A snapshot as such."""

    family: str
    day: dt.date
    assessor: str
    version: int
    note: str
    answers: int
    """How many observations it holds."""


def snapshot_rows(project: ProjectFile, instrument_id: int) -> list[SnapshotRow]:
    """All snapshots by an instrument, by family and day; of a day in the order in which they were made."""
    sql = """
        select family.key, day, assessor, version, note,
               (select count(*) from observation where snapshot_id = snapshot.id)
        from snapshot join family on family.id = family_id
        where instrument_id = ? order by family.key, day, snapshot.id"""
    return [
        SnapshotRow(*row)._replace(day=dt.date.fromisoformat(row[1])) for row in project.rows(sql, (instrument_id,))
    ]


class ExportRow(NamedTuple):
    """One observation with what an export tells of it."""

    id: int
    family: str
    person: str
    """The role within the family, as in `moeder`; empty for the family as a whole."""
    role: str
    item: str
    day: dt.date
    assessor: str
    state: str
    value: int | None
    """As it was scored, also where higher is worse."""
    note: str
    version: int
    """Of the instrument; 0 where nobody noted it."""


def export_rows(project: ProjectFile, instrument_id: int) -> list[ExportRow]:
    """All observations of an instrument, by family, day, person, item; those of a later snapshot of a day stand later."""
    sql = """
        select observation.id, family.key, coalesce(substr(person.key, length(family.key) + 2), ''),
               coalesce(person.role, ''), item.key, day, snapshot.assessor, state, value, observation.note, snapshot.version
        from observation
        join snapshot on snapshot.id = snapshot_id
        join item on item.id = item_id
        join family on family.id = snapshot.family_id
        left join person on person.id = observation.person_id
        where snapshot.instrument_id = ? order by family.key, day, snapshot.id, person.key, item.position, item.id"""
    return [ExportRow(*row)._replace(day=dt.date.fromisoformat(row[5])) for row in project.rows(sql, (instrument_id,))]
