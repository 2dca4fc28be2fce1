"""Answers of many snapshots in columns, and what stands beside them: analysis reads hundreds of thousands at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from verhalen.model.snapshot import Reason
from verhalen.store.project import ProjectFile

Asked = tuple[str | None, str]
"""Keys of the person (None for the family) and of the item."""


class AnswerColumns(NamedTuple):
    """The observations of one snapshot in two columns of equal length: an object for each would take seconds."""

    snapshot_id: int
    places: list[Asked]
    """Never to be changed: snapshots that ask the same share one list."""
    answers: list[int | str]
    """A score as a number, another state by its name. Higher is better: where it is worse, the score is turned round."""


def answer_columns(project: ProjectFile, snapshot_ids: Collection[int]) -> list[AnswerColumns]:
    """The observations of these snapshots; a snapshot without any is absent."""
    items: dict[int, str] = dict(project.rows("select id, key from item"))
    persons: dict[int | None, str | None] = dict(project.rows("select id, key from person"))
    persons[None] = None
    # In order of the index, so that nothing is sorted and SQLite hands over a row per snapshot.
    sql = """
        select snapshot_id, json_group_array(item_id), json_group_array(person_id),
               json_group_array(coalesce(observation.value, state))
        from observation where snapshot_id in (select value from json_each(?)) group by snapshot_id"""
    ends: dict[int, int] = dict(project.rows(_TURNED))
    known: dict[tuple[str, str], list[Asked]] = {}
    found = []
    for number, asked, about, answers in project.rows(sql, (json.dumps(list(snapshot_ids)),)):
        places = known.get((asked, about))
        if places is None:
            whom, what = map(persons.__getitem__, json.loads(about)), map(items.__getitem__, json.loads(asked))
            places = known[asked, about] = list(zip(whom, what, strict=True))
        said = json.loads(answers)
        found.append(AnswerColumns(number, places, _turned(said, json.loads(asked), ends) if ends else said))
    return found


_TURNED = """
select item.id, low + high from item join instrument on instrument.id = instrument_id where higher_is_worse"""
"""Items of which a higher value is worse, with the sum of the ends of their scale: less a value it is that value turned."""


def _turned(answers: list[int | str], items: list[int], ends: dict[int, int]) -> list[int | str]:
    return [
        ends[item] - answer if isinstance(answer, int) and item in ends else answer
        for answer, item in zip(answers, items, strict=True)
    ]


class RevisionRow(NamedTuple):
    """One revised value of a first snapshot."""

    snapshot_id: int
    item: str
    person: str | None
    value: int | None


def revision_rows(project: ProjectFile, instrument: str) -> list[RevisionRow]:
    """All revised values of an instrument, oldest first: of two of one place the later counts. Higher is better here too."""
    sql = """
        select snapshot_id, item.key, person.key,
               case when higher_is_worse then low + high - revised_baseline.value else revised_baseline.value end
        from revised_baseline join item on item.id = item_id join instrument on instrument.id = item.instrument_id
        left join person on person.id = revised_baseline.person_id
        where instrument.key = ? order by revised_baseline.id"""
    return [RevisionRow(*row) for row in project.rows(sql, (instrument,))]


class ReasonRow(NamedTuple):
    """Why an item looked worse, as it was said at one snapshot."""

    snapshot_id: int
    item: str
    reason: Reason


def reason_rows(project: ProjectFile, instrument: str) -> list[ReasonRow]:
    """All reasons that coaches gave for a worsening on an instrument."""
    sql = """
        select snapshot_id, item.key, reason
        from observation_reason join observation on observation.id = observation_id
        join item on item.id = item_id join instrument on instrument.id = item.instrument_id
        where instrument.key = ? order by observation_reason.id"""
    return [ReasonRow(snapshot, item, Reason(reason)) for snapshot, item, reason in project.rows(sql, (instrument,))]
