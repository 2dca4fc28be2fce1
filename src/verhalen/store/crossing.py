"""Columns for crosstabs: codings, turns, speakers, mentions and sources as plain numbers, a hundred thousand at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from verhalen.store.project import ProjectFile, Row
from verhalen.store.sight import counted, of_people

_FEW = 50_000
"""So many codings are looked up by their ids; for more the whole table is read and sifted."""


class SpeakerRow(NamedTuple):
    """Somebody who speaks in one source."""

    id: int
    source_id: int
    name: str
    role: str
    """Of the speaker; of the person where nobody said it of the speaker."""
    person: str
    """Key of the person of a family; empty where nobody linked one."""
    family_id: int | None


class SourceRow(NamedTuple):
    """One source, with what its story says where it is one."""

    id: int
    number: int
    title: str
    kind: str
    family_id: int | None
    imported: str
    """ISO, UTC."""
    told: str
    """Day on which a story or a further voice of one was told; empty elsewhere."""
    role: str
    """Role of who tells a story; empty elsewhere."""
    person: str
    """Key of the member of the family who tells it, as the story names it; empty elsewhere."""
    length: int
    """Characters of its text as it counts now."""


def coded(
    project: ProjectFile, *further: str, among: Collection[int] | None = None, by_coder: bool = False
) -> Iterator[list[Row]]:
    """(source, start, stop, code, and the columns of `coding` in `further`) of what counts, some at a time.

    With `among` of these codings only. Who compares coders wants what each of them gave, not their consensus.
    """
    which = of_people(project) if by_coder else counted(project)
    columns = ", ".join(("source_id", "start", "stop", "code_id", *further))
    if among is None:
        yield from project.batches(f"select {columns} from coding where {which}")
    elif len(among) <= _FEW:
        sql = f"select {columns} from coding where {which} and id in (select value from json_each(?))"
        yield from project.batches(sql, (json.dumps(list(among)),))
    else:
        for rows in project.batches(f"select {columns}, id from coding where {which}"):
            if kept := [row[:-1] for row in rows if row[-1] in among]:
                yield kept


def coder_sources(project: ProjectFile) -> list[tuple[int, str, int]]:
    """(coder, name, source) for every coder and every source in which he or she coded something."""
    sql = f"""
        select coder.id, coder.name, worked.source_id from
            (select distinct coder_id, source_id from coding where {of_people(project)}) worked
        join coder on coder.id = worked.coder_id order by coder.id, worked.source_id"""
    return [(number, name, source) for number, name, source in project.rows(sql)]


def turns(project: ProjectFile) -> list[Row]:
    """(source, start, stop, speaker or None) of every turn, by source and place."""
    return project.rows("select source_id, start, stop, speaker_id from turn order by source_id, start, id")


def mentions(project: ProjectFile) -> list[tuple[int, int, int, int]]:
    """(source, start, stop, family) of every piece that is about a family, by source and place."""
    rows = project.rows("select source_id, start, stop, family_id from mention order by source_id, start, id")
    return [(source, start, stop, family) for source, start, stop, family in rows]


def speakers(project: ProjectFile) -> list[SpeakerRow]:
    """Everybody who speaks, source by source."""
    sql = """
        select speaker.id, speaker.source_id, speaker.name, coalesce(nullif(speaker.role, ''), person.role, ''),
               coalesce(person.key, ''), person.family_id
        from speaker left join person on person.id = speaker.person_id order by speaker.source_id, speaker.id"""
    return [SpeakerRow(*row) for row in project.rows(sql)]


def sources(project: ProjectFile) -> list[SourceRow]:
    """All sources, by id."""
    sql = """
        select source.id, source.number, source.title, source.kind, source.family_id, source.imported,
               coalesce(story.told, voice.told, of_voice.told, ''),
               coalesce(nullif(story.voice_role, ''), voice.role, ''),
               coalesce(family.key || '.' || coalesce(nullif(story.voice_member, ''), nullif(voice.member, '')), ''),
               coalesce(length(text_version.text), 0)
        from source
        left join text_version on text_version.source_id = source.id and text_version.version = source.version
        left join family on family.id = source.family_id
        left join story on story.source_id = source.id
        left join voice on voice.source_id = source.id
        left join story of_voice on of_voice.id = voice.story_id
        group by source.id order by source.id"""
    return [SourceRow(*row) for row in project.rows(sql)]


def texts(project: ProjectFile) -> list[tuple[int, str]]:
    """Every source with its text as it counts now."""
    sql = """
        select source.id, text_version.text from source
        join text_version on text_version.source_id = source.id and text_version.version = source.version"""
    return [(number, text) for number, text in project.rows(sql)]
