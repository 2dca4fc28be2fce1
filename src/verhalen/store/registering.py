"""A snapshot that is being filled in: the people it asks about, answers taken back, and what is not finished yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from verhalen.store.project import ProjectFile, Writing


def family_id(project: ProjectFile, key: str) -> int | None:
    """The id of one family; None where no family has this key."""
    row = project.row("select id from family where key = ?", (key,))
    return row[0] if row else None


def answers_in(project: ProjectFile, *, family: str, instrument: str, day: dt.date, assessor: str) -> int:
    """How many answers a snapshot holds; 0 where there is none."""
    sql = """
        select count(*) from observation where snapshot_id = (
            select max(snapshot.id) from snapshot join family on family.id = family_id
            join instrument on instrument.id = instrument_id
            where family.key = ? and instrument.key = ? and day = ? and snapshot.assessor = ?)"""
    return project.number(sql, (family, instrument, day.isoformat(), assessor))


def last_judged(project: ProjectFile, *, family: str, instrument: str, day: dt.date) -> list[tuple[str, str]]:
    """Per kind of assessor the day of its newest snapshot with answers up to a day: who scored most comes first."""
    sql = """
        select snapshot.assessor, max(day) from snapshot join family on family.id = family_id
        join instrument on instrument.id = instrument_id join observation on snapshot_id = snapshot.id
        where family.key = ? and instrument.key = ? and day <= ?
        group by snapshot.assessor order by sum(state = 'gescoord') desc, max(day) desc"""
    return [(assessor, last) for assessor, last in project.rows(sql, (family, instrument, day.isoformat()))]


def drop_observations(writing: Writing, observations: Iterable[int]) -> None:
    """Take answers back, with their reasons."""
    for number in observations:
        writing.execute("delete from observation_reason where observation_id = ?", (number,))
        writing.execute("delete from observation where id = ?", (number,))


def is_empty(writing: Writing, snapshot: int) -> bool:
    """Whether nothing is left of a snapshot: no answer, no words, and no revision that stands beside it."""
    sql = """
        select exists (select 1 from observation where snapshot_id = :snapshot)
            or exists (select 1 from revised_baseline where snapshot_id = :snapshot)
            or exists (select 1 from snapshot where id = :snapshot and note <> '')"""
    return not writing.rows(sql, {"snapshot": snapshot})[0][0]


def drop_snapshot(writing: Writing, snapshot: int) -> None:
    """Take an empty snapshot away."""
    writing.execute("delete from snapshot where id = ?", (snapshot,))


def set_snapshot_note(writing: Writing, snapshot: int, note: str) -> None:
    """Write something beside a snapshot as a whole; nothing is written where it says so already."""
    writing.execute("update snapshot set note = ?1 where id = ?2 and note <> ?1", (note, snapshot))


def drop_revision(writing: Writing, revision: int) -> None:
    """Take a revised baseline back."""
    writing.execute("delete from revised_baseline where id = ?", (revision,))


def last_row(writing: Writing) -> int:
    """The newest row of the journal: it grows with whatever is written."""
    number: int = writing.rows("select coalesce(max(id), 0) from change_row")[0][0]
    return number
