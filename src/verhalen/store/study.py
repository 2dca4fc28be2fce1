"""What a research report tells of its material: how long the talks are, who coded, how many texts each family gave."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from typing import NamedTuple

from verhalen.store.project import ProjectFile
from verhalen.store.sight import of_people


class Material(NamedTuple):
    """One text as a study describes it."""

    kind: str
    """`transcript`, `note` or `story`."""
    words: int
    """By blanks, as lemmas are stored: a count to give an idea."""
    last_ms: int | None
    """The last time stamp, in milliseconds; None where the text has none."""


class Coded(NamedTuple):
    """How the texts were coded."""

    coders: int
    codings: int
    texts: int
    """With at least one coding."""
    double: int
    """Of them, coded by two or more."""


def material(project: ProjectFile) -> list[Material]:
    """All texts, by number."""
    sql = """
        select source.kind,
               (select length(trim(lemmas)) - length(replace(trim(lemmas), ' ', '')) + (trim(lemmas) <> '')
                from text_version v where v.source_id = source.id and v.version = source.version),
               max((select max(time_ms) from turn where turn.source_id = source.id),
                   coalesce((select max(value) from landmark where landmark.source_id = source.id and landmark.kind = 'time'), 0))
        from source order by source.number"""
    return [Material(kind, words or 0, last) for kind, words, last in project.rows(sql)]


def coded(project: ProjectFile) -> Coded:
    """Coders, codings and texts with codings, as far as they are seen; the consensus is nobody."""
    sql = f"""
        select count(distinct coder_id), count(*), count(distinct source_id),
               (select count(*) from (select 1 from coding where {of_people(project)} group by source_id
                                      having count(distinct coder_id) > 1))
        from coding where {of_people(project)}"""
    row = project.row(sql)
    return Coded(*row) if row else Coded(0, 0, 0, 0)


def texts_per_family(project: ProjectFile) -> dict[str, int]:
    """In how many texts each family speaks: talks by a linked speaker, and stories."""
    sql = """
        select family.key, count(distinct source) from (
            select person.family_id as family_id, speaker.source_id as source
            from speaker join person on person.id = speaker.person_id
            union select family_id, id from source where family_id is not null
        ) join family on family.id = family_id group by family.key"""
    return dict(project.rows(sql))


def first_and_last(project: ProjectFile) -> tuple[str, str] | None:
    """ISO days of the first and the last thing that somebody registered: contact, snapshot or story; None without any."""
    sql = """
        select min(day), max(day) from (
            select day from contact union all select day from snapshot
            union all select coalesce(told, recorded) from story where coalesce(told, recorded) is not null
            union all select started from trajectory)"""
    row = project.row(sql)
    return (row[0], row[1]) if row and row[0] else None


def snapshot_days(project: ProjectFile, families: Collection[int]) -> list[dt.date]:
    """The day of every snapshot of these families."""
    wanted = json.dumps(sorted(families))
    sql = "select day from snapshot where family_id in (select value from json_each(?))"
    return [dt.date.fromisoformat(day) for (day,) in project.rows(sql, (wanted,))]
