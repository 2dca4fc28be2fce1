"""What goes to other programs and comes from them: codings with their own coder and date, and who those coders are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from verhalen.model.coding import Coder
from verhalen.store.project import ProjectFile, Writing

AT_ONCE = 5_000
"""Rows that are held at a time."""


class DatedCoding(NamedTuple):
    """A coding as its row has it."""

    id: int
    start: int
    stop: int
    code_id: int
    coder_id: int
    valence: str
    memo: str
    created: str


class NewCoding(NamedTuple):
    """A coding that another program made."""

    start: int
    stop: int
    code_id: int
    coder_id: int
    valence: str
    memo: str
    created: str


class RawMemo(NamedTuple):
    """A memo as its row has it."""

    id: int
    target: str
    target_id: int
    body: str
    coder_id: int
    created: str


def codings_in(project: ProjectFile, source_id: int) -> Iterator[DatedCoding]:
    """All codings of a text in reading order, a few thousand at a time."""
    start, last = -1, 0
    sql = """
        select id, start, stop, code_id, coder_id, valence, memo, created from coding
        where source_id = ? and (start > ? or (start = ? and id > ?)) order by start, id limit ?"""
    while rows := project.rows(sql, (source_id, start, start, last, AT_ONCE)):
        yield from map(DatedCoding._make, rows)
        start, last = rows[-1][1], rows[-1][0]


def raw_memos(project: ProjectFile) -> list[RawMemo]:
    """The memos that are no coding's own, by id."""
    sql = "select id, target, target_id, body, coder_id, created from memo order by id"
    return [RawMemo(*row) for row in project.rows(sql)]


def own_memos(project: ProjectFile) -> list[RawMemo]:
    """The memos that codings carry themselves, by id."""
    sql = "select id, 'coding', id, memo, coder_id, created from coding where memo <> '' order by id"
    return [RawMemo(*row) for row in project.rows(sql)]


def mention_rows(project: ProjectFile) -> list[tuple[int, int, int, int, int, int]]:
    """Every mention: (id, source, start, stop, family, coder)."""
    sql = "select id, source_id, start, stop, family_id, coder_id from mention order by source_id, start, id"
    return [(a, b, c, d, e, f) for a, b, c, d, e, f in project.rows(sql)]


def family_sources(project: ProjectFile) -> dict[int, int]:
    """Source -> the family whose words it holds as a whole."""
    return dict(project.rows("select id, family_id from source where family_id is not null"))


def persons_turns(project: ProjectFile) -> list[tuple[int, int]]:
    """(turn, person) for each turn of somebody who is known, in reading order."""
    sql = """
        select turn.id, speaker.person_id from turn join speaker on speaker.id = turn.speaker_id
        where speaker.person_id is not null order by turn.source_id, turn.start"""
    return [(turn, person) for turn, person in project.rows(sql)]


def people_at_work(project: ProjectFile) -> list[Coder]:
    """The coders who coded, noted or marked something, by id: nobody else is named to other programs."""
    sql = """
        select id, name, identity from coder where id in (select coder_id from coding union select coder_id from memo
            union select coder_id from mention) order by id"""
    return [Coder(a, b, c) for a, b, c in project.rows(sql)]


def put_coder(writing: Writing, name: str, identity: str) -> int:
    """The coder of this identity; made where there is none yet."""
    there = writing.rows("select id from coder where identity = ?", (identity,))
    if there:
        found: int = there[0][0]
        return found
    new = writing.new_id()
    writing.execute("insert into coder values (?, ?, ?)", (new, name, identity))
    return new


def add_dated(writing: Writing, source_id: int, codings: Iterable[NewCoding]) -> range:
    """Store codings with their own coder and date; give their ids in order."""
    listed = list(codings)
    if not listed:
        return range(0)
    ids = writing.new_ids(len(listed))
    writing.insert_rows("coding", ((new, source_id, *each) for new, each in zip(ids, listed, strict=True)), width=9)
    return ids


def places_coded(project: ProjectFile, source_id: int) -> dict[tuple[int, int, int, int], int]:
    """(start, stop, code, coder) of each coding of a text -> its id."""
    sql = "select start, stop, code_id, coder_id, id from coding where source_id = ?"
    return {(a, b, c, d): number for a, b, c, d, number in project.rows(sql, (source_id,))}


def digest_of(project: ProjectFile, source_id: int) -> str:
    """SHA-256 of a text as it counts now."""
    sql = """
        select v.sha256 from source join text_version v on v.source_id = source.id and v.version = source.version
        where source.id = ?"""
    found = project.row(sql, (source_id,))
    return str(found[0]) if found else ""


def no_story_after_all(writing: Writing, source_ids: Iterable[int]) -> None:
    """Texts whose story did not come along are transcripts."""
    writing.executemany(
        "update source set kind = 'transcript' where id = ?1 and kind = 'story' and not exists"
        " (select 1 from story where source_id = ?1) and not exists (select 1 from voice where source_id = ?1)",
        [(number,) for number in source_ids],
    )


def items_of(project: ProjectFile, instrument_id: int) -> dict[str, int]:
    """Key of each item of an instrument -> its id."""
    return dict(project.rows("select key, id from item where instrument_id = ?", (instrument_id,)))


def put_mention(
    writing: Writing, source_id: int, *, start: int, stop: int, family_id: int, coder_id: int
) -> int | None:
    """Say that a piece of text is about a family, as this coder said; None where that was said already."""
    sql = "select id from mention where source_id = ? and start = ? and stop = ? and family_id = ?"
    if writing.rows(sql, (source_id, start, stop, family_id)):
        return None
    new = writing.new_id()
    writing.execute("insert into mention values (?, ?, ?, ?, ?, ?)", (new, source_id, start, stop, family_id, coder_id))
    return new


def give_family(writing: Writing, source_id: int, family_id: int) -> None:
    """The words of a whole text are those of this family, where nobody said so of another."""
    writing.execute("update source set family_id = ? where id = ? and family_id is null", (family_id, source_id))


def memo_ids(project: ProjectFile) -> set[int]:
    """Ids of all memos, those that codings carry included."""
    return {row[0] for row in project.rows("select id from memo union select id from coding where memo <> ''")}


def texts_by_digest(project: ProjectFile) -> dict[str, int]:
    """SHA-256 of each text as it counts now -> its source; the first one where two hold the same words."""
    sql = """
        select v.sha256, source.id from source join text_version v
        on v.source_id = source.id and v.version = source.version order by source.id desc"""
    return dict(project.rows(sql))


def story_texts(project: ProjectFile) -> dict[int, int]:
    """Story -> the source that holds its words."""
    return dict(project.rows("select id, source_id from story"))


# -- whole rows --------------------------------------------------------------------------------------------------------


def columns_of(project: ProjectFile, table: str) -> list[str]:
    """The columns of a table, `id` first."""
    return [row[1] for row in project.rows(f"pragma table_info({table})")]


def rows_of(project: ProjectFile, table: str) -> list[list[str | int | None]]:
    """All rows of a journaled table, by id."""
    return [list(row) for row in project.rows(f"select * from {table} order by id")]


def add_row(writing: Writing, table: str, row: Sequence[str | int | None]) -> None:
    """Store a whole row, whose ids are those of this project."""
    writing.execute(f"insert into {table} values ({', '.join('?' * len(row))})", list(row))


def keyed_ids(project: ProjectFile, table: str) -> dict[str, int]:
    """Key of each row of a table -> its id."""
    return dict(project.rows(f"select key, id from {table}"))


def ids_in(project: ProjectFile, table: str) -> set[int]:
    """Ids of all rows of a table."""
    return {row[0] for row in project.rows(f"select id from {table}")}


# -- families ----------------------------------------------------------------------------------------------------------


def is_described(writing: Writing, person: str) -> bool:
    """Whether a role or age group was written down for a person."""
    return bool(writing.rows("select 1 from person where key = ? and (role <> '' or age_group <> '')", (person,)))


def value_of(writing: Writing, family_id: int, name: str) -> str:
    """The value of an attribute, or without a name the municipality; empty where there is none."""
    sql = "select value from attribute where family_id = ?1 and name = ?2"
    if not name:
        sql = "select municipality from family where id = ?1 and ?2 = ''"
    there = writing.rows(sql, (family_id, name))
    return str(there[0][0]) if there else ""
