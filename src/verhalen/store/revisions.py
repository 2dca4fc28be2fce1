"""What stands beside a score: why it looks worse, a revised baseline, and the instrument as it was when it was judged."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from verhalen.model.instrument import Instrument, InstrumentVersion
from verhalen.model.snapshot import Reason, RevisedBaseline
from verhalen.store.project import ProjectFile, Writing

# -- reasons ---------------------------------------------------------------------------------------------------------


def reasons_of(project: ProjectFile, family_id: int) -> dict[int, tuple[Reason, ...]]:
    """Observation to its reasons, for all observations of a family that have any."""
    sql = """
        select observation_id, reason from observation_reason
        where observation_id in (select observation.id from observation join snapshot on snapshot.id = snapshot_id
                                 where family_id = ?) order by id"""
    found = defaultdict(list)
    for observation, reason in project.rows(sql, (family_id,)):
        found[observation].append(Reason(reason))
    return {observation: tuple(reasons) for observation, reasons in found.items()}


def all_reasons(project: ProjectFile | Writing, instrument_id: int) -> dict[int, tuple[Reason, ...]]:
    """Observation to its reasons, each in the order of `Reason`, for all observations by an instrument that have any."""
    sql = """
        select observation_id, reason from observation_reason
        join observation on observation.id = observation_id join snapshot on snapshot.id = snapshot_id
        where instrument_id = ?"""
    found = defaultdict(set)
    for observation, reason in project.rows(sql, (instrument_id,)):
        found[observation].add(reason)
    return {observation: tuple(each for each in Reason if each in reasons) for observation, reasons in found.items()}


def add_reasons(writing: Writing, rows: Sequence[tuple[int, Reason]]) -> None:
    """Store reasons of observations that have none yet: (observation id, reason) each."""
    ids = writing.new_ids(len(rows)) if rows else ()
    made = ((new, observation, reason.value) for new, (observation, reason) in zip(ids, rows, strict=True))
    writing.insert_rows("observation_reason", made, width=3)


def set_reasons(writing: Writing, observation_id: int, wanted: Collection[Reason]) -> None:
    """Say why an item looks worse; reasons that are no longer wanted go."""
    sql = "select reason, id from observation_reason where observation_id = ?"
    there: dict[str, int] = dict(writing.rows(sql, (observation_id,)))
    for reason, number in there.items():
        if reason not in wanted:
            writing.execute("delete from observation_reason where id = ?", (number,))
    for each in Reason:
        if each in wanted and each not in there:
            row = (writing.new_id(), observation_id, each.value)
            writing.execute("insert into observation_reason values (?, ?, ?)", row)


# -- revised baselines -----------------------------------------------------------------------------------------------


def revised_baselines(project: ProjectFile, family_id: int) -> list[RevisedBaseline]:
    """All revisions of a family's first snapshots, oldest first; of two of one item the later one counts."""
    sql = """
        select snapshot_id, item.key, person.key, revised_baseline.value, revised_baseline.day, reason,
               revised_baseline.note, coder.name, revised_baseline.id
        from revised_baseline join snapshot on snapshot.id = snapshot_id join item on item.id = revised_baseline.item_id
        left join person on person.id = revised_baseline.person_id
        join coder on coder.id = revised_baseline.coder_id
        where snapshot.family_id = ? order by revised_baseline.id"""
    return [
        RevisedBaseline(snapshot, item, person, value, dt.date.fromisoformat(day), Reason(reason), note, coder, number)
        for snapshot, item, person, value, day, reason, note, coder, number in project.rows(sql, (family_id,))
    ]


class RevisedRow(NamedTuple):
    """A revised baseline with what a table tells of it."""

    family: str
    person: str
    """The role within the family; empty for the family as a whole."""
    role: str
    item: str
    snapshot_day: dt.date
    assessor: str
    value: int | None
    day: dt.date
    reason: str
    note: str
    family_id: int
    item_id: int
    person_id: int | None


def all_revised(project: ProjectFile | Writing, instrument_id: int) -> list[RevisedRow]:
    """All revised baselines by an instrument, by family and oldest first."""
    sql = """
        select family.key, coalesce(substr(person.key, length(family.key) + 2), ''), coalesce(person.role, ''), item.key,
               snapshot.day, snapshot.assessor, revised_baseline.value, revised_baseline.day, reason, revised_baseline.note,
               family.id, item.id, person.id
        from revised_baseline join snapshot on snapshot.id = snapshot_id join item on item.id = revised_baseline.item_id
        join family on family.id = snapshot.family_id left join person on person.id = revised_baseline.person_id
        where snapshot.instrument_id = ? order by family.key, revised_baseline.id"""
    return [
        RevisedRow(*row)._replace(snapshot_day=dt.date.fromisoformat(row[4]), day=dt.date.fromisoformat(row[7]))
        for row in project.rows(sql, (instrument_id,))
    ]


def add_revised_baseline(
    writing: Writing,
    snapshot_id: int,
    *,
    item_id: int,
    person_id: int | None,
    value: int | None,
    day: dt.date,
    reason: Reason,
    note: str = "",
) -> int:
    """Keep a revised value beside the first."""
    new = writing.new_id()
    writing.execute(
        "insert into revised_baseline values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new, snapshot_id, item_id, person_id, value),
            *(day.isoformat(), reason.value, note, writing.project.coder_id),
        ),
    )
    return new


# -- versions of an instrument ---------------------------------------------------------------------------------------


def keep_version(writing: Writing, instrument: Instrument) -> None:
    """Keep the words of an instrument as it is, before a newer one takes its place. The same version is kept once."""
    key = (instrument.id, instrument.version, instrument.wording)
    there = "select 1 from instrument_version where instrument_id = ? and version = ? and wording = ?"
    if writing.rows(there, key):
        return
    content = {
        "low": instrument.low,
        "high": instrument.high,
        "items": [{"key": item.key, "name": item.name, "labels": item.labels} for item in instrument.items],
    }
    row = (writing.new_id(), *key, json.dumps(content, ensure_ascii=False))
    writing.execute("insert into instrument_version values (?, ?, ?, ?, ?)", row)


def versions_of(project: ProjectFile, instrument_id: int) -> list[InstrumentVersion]:
    """The earlier versions of an instrument, oldest first."""
    sql = "select version, wording, content from instrument_version where instrument_id = ? order by id"
    found = []
    for version, wording, text in project.rows(sql, (instrument_id,)):
        content = json.loads(text)
        items = content["items"]
        found.append(
            InstrumentVersion(
                version=version,
                wording=wording,
                low=content["low"],
                high=content["high"],
                names={item["key"]: item["name"] for item in items},
                labels={item["key"]: tuple(item["labels"]) for item in items},
            )
        )
    return found
