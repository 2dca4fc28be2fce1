"""What the query language asks of the tables: ids of codings, one condition at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from verhalen.store.project import ProjectFile
from verhalen.store.sight import seen
from verhalen.store.speakers import TURN_OF_CODING

_FEW = 50_000
"""So many ids are looked up one by one; for more the whole table is read."""
_PART = 100_000
"""Rows of the whole table that are in memory at a time."""
_VOICE = f"""
left join turn on turn.id = {TURN_OF_CODING}
left join speaker on speaker.id = turn.speaker_id
left join person on person.id = speaker.person_id
"""

Among = Collection[int] | None
"""Only these codings matter; None for all."""
Placed = tuple[int, int, int]
"""Id, start, stop of a coding."""


def coding_ids(
    project: ProjectFile, condition: str = "1", values: Collection[object] = (), *, joins: str = "", among: Among = None
) -> set[int]:
    """Codings that are seen and for which a condition holds."""
    condition = f"({condition}) and {seen(project)}"
    given: list[object] = list(values)
    if among is not None and len(among) <= _FEW:
        # A plain `?` takes the number after the largest one before it.
        condition = f"({condition}) and coding.id in (select value from json_each(?))"
        given.append(json.dumps(list(among)))
    found = {number for (number,) in project.rows(f"select coding.id from coding {joins} where {condition}", given)}
    return found if among is None else found.intersection(among)


def places(project: ProjectFile, ids: Collection[int]) -> Iterator[tuple[int, list[Placed]]]:
    """Where these codings lie, source by source."""
    grouped: dict[int, list[Placed]] = {}
    for number, source, start, stop in _placed(project, ids):
        grouped.setdefault(source, []).append((number, start, stop))
    yield from grouped.items()


def _placed(project: ProjectFile, ids: Collection[int]) -> Iterator[tuple[int, int, int, int]]:
    """Few by their ids; of many the whole table, as it lies on the disk and a part at a time: by an index it would take longer."""
    sql = "select id, source_id, start, stop from coding where"
    if len(ids) <= _FEW:
        yield from project.rows(f"{sql} id in (select value from json_each(?))", (json.dumps(list(ids)),))
        return
    last = -1
    while rows := project.rows(f"{sql} id > ? order by id limit ?", (last, _PART)):
        yield from (row for row in rows if row[0] in ids)
        last = rows[-1][0]


def with_codes(project: ProjectFile, codes: Collection[int]) -> set[int]:
    """Codings of any of these codes."""
    return coding_ids(project, "coding.code_id in (select value from json_each(?))", (json.dumps(list(codes)),))


def with_valence(project: ProjectFile, valence: str, among: Among) -> set[int]:
    """Codings of this valence."""
    return coding_ids(project, "coding.valence = ?", (valence,), among=among)


def of_coders(project: ProjectFile, coders: Collection[int], among: Among) -> set[int]:
    """Codings of these coders."""
    return coding_ids(
        project, "coding.coder_id in (select value from json_each(?))", (json.dumps(list(coders)),), among=among
    )


def of_sources(project: ProjectFile, sources: Collection[int], among: Among) -> set[int]:
    """Codings in these sources."""
    return coding_ids(
        project, "coding.source_id in (select value from json_each(?))", (json.dumps(list(sources)),), among=among
    )


def made_between(project: ProjectFile, first: str, after: str, among: Among) -> set[int]:
    """Codings made from one moment on, until before another (ISO, UTC)."""
    return coding_ids(project, "coding.created >= ? and coding.created < ?", (first, after), among=among)


def imported_between(project: ProjectFile, first: str, after: str, among: Among) -> set[int]:
    """Codings in sources that came in between two moments."""
    condition = "source.imported >= ? and source.imported < ?"
    return coding_ids(project, condition, (first, after), joins="join source on source.id = source_id", among=among)


def voices(project: ProjectFile) -> list[tuple[int, str, str]]:
    """Id, name and role of every speaker; somebody linked to a person of a family has that person's role."""
    sql = """
        select speaker.id, speaker.name, coalesce(nullif(speaker.role, ''), person.role, '')
        from speaker left join person on person.id = speaker.person_id"""
    return [(number, name, role) for number, name, role in project.rows(sql)]


def spoken_by(project: ProjectFile, speakers: Collection[int], among: Among) -> set[int]:
    """Codings whose first words are of these speakers."""
    joins = f"join turn on turn.id = {TURN_OF_CODING}"
    condition = "turn.speaker_id in (select value from json_each(?))"
    return coding_ids(project, condition, (json.dumps(list(speakers)),), joins=joins, among=among)


def of_families(project: ProjectFile, families: Collection[int], among: Among) -> set[int]:
    """Codings with words of these families, or about them."""
    joins = f"join source on source.id = coding.source_id {_VOICE}"
    condition = """
        coalesce(person.family_id, source.family_id) in (select value from json_each(?1)) or exists (
            select 1 from mention where mention.family_id in (select value from json_each(?1))
            and mention.source_id = coding.source_id and mention.start < coding.stop and coding.start < mention.stop)"""
    return coding_ids(project, condition, (json.dumps(list(families)),), joins=joins, among=among)
