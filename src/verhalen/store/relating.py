"""Typed columns for codes beside codes, and for families beside what they tell: a hundred thousand codings at a time."""

from __future__ import annotations

import json
from collections.abc import Collection

from verhalen.store.project import ProjectFile
from verhalen.store.sight import counted
from verhalen.store.speakers import TURN_OF_CODING

Placed = tuple[int, int, int, int, int]
"""Source, start, stop, code, coding: ids and places of one coding. A plain tuple: there are a hundred thousand."""

_VOICE = f"""
join source on source.id = coding.source_id
left join turn on turn.id = {TURN_OF_CODING}
left join speaker on speaker.id = turn.speaker_id
left join person on person.id = speaker.person_id"""


def placed_codings(project: ProjectFile, codes: Collection[int] | None = None) -> list[Placed]:
    """The codings that are seen, by source and place; with `codes`, of these codes only."""
    sql = f"select source_id, start, stop, code_id, id from coding not indexed where {counted(project)}"
    if codes is not None:
        sql += " and code_id in (select value from json_each(?))"
    # Read as it lies on the disk, then sorted: by its index SQLite would jump through the file for every row.
    return project.rows(f"{sql} order by source_id, start, id", () if codes is None else (json.dumps(list(codes)),))


def family_of_codings(project: ProjectFile) -> dict[int, int]:
    """Coding to the family whose own words they are, by speaker or story; the others are absent."""
    sql = f"""
        select coding.id, coalesce(person.family_id, source.family_id) as family from coding {_VOICE}
        where {counted(project)} and family is not null"""
    return dict(project.rows(sql))


def turn_borders(project: ProjectFile) -> dict[int, tuple[list[int], list[int]]]:
    """Per source where its turns begin and where they end, in reading order."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    for source, start, stop in project.rows("select source_id, start, stop from turn order by source_id, start"):
        starts, stops = found.setdefault(source, ([], []))
        starts.append(start)
        stops.append(stop)
    return found


def families_with_words(project: ProjectFile) -> set[str]:
    """Keys of families of whom there are words in the project: a story, or somebody who speaks in a text."""
    sql = """
        select key from family where exists (select 1 from source where source.family_id = family.id)
        or exists (select 1 from person join speaker on speaker.person_id = person.id
                   join turn on turn.speaker_id = speaker.id where person.family_id = family.id)"""
    return {key for (key,) in project.rows(sql)}


def families_of_mentions(project: ProjectFile) -> dict[int, set[int]]:
    """Coding to the families that it is about by mention, in words that are not their own; the others are absent."""
    sql = f"""
        select coding.id, mention.family_id from coding {_VOICE}
        join mention on mention.source_id = coding.source_id and mention.start < coding.stop and coding.start < mention.stop
        where {counted(project)} and mention.family_id is not coalesce(person.family_id, source.family_id)"""
    found: dict[int, set[int]] = {}
    for coding, family in project.rows(sql):
        found.setdefault(coding, set()).add(family)
    return found
