"""Codings: making, changing, and listing them with their text and family."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from verhalen.model.coding import Coder, Coding, Fragment, Valence
from verhalen.model.query import FragmentQuery
from verhalen.store.project import ProjectFile, Row, Writing, now
from verhalen.store.sight import seen
from verhalen.store.speakers import TURN_OF_CODING

_CODING = """
select coding.id, coding.source_id, coding.start, coding.stop, code_id, code.key, coding.coder_id, coder.name,
       valence, memo, created
from coding join code on code.id = code_id join coder on coder.id = coding.coder_id
"""


def _coding(row: Row) -> Coding:
    number, source, start, stop, code_id, code, coder_id, coder, valence, memo, created = row
    return Coding(
        id=number,
        source_id=source,
        start=start,
        stop=stop,
        code_id=code_id,
        code=code,
        coder_id=coder_id,
        coder=coder,
        valence=Valence(valence),
        memo=memo,
        created=created,
    )


def coding_by_id(project: ProjectFile, coding_id: int) -> Coding | None:
    """One coding, if it is seen."""
    row = project.row(f"{_CODING} where coding.id = ? and {seen(project)}", (coding_id,))
    return _coding(row) if row else None


def codings_of(project: ProjectFile, source_id: int) -> list[Coding]:
    """All codings of a source that are seen, in reading order."""
    sql = f"{_CODING} where coding.source_id = ? and {seen(project)} order by coding.start, coding.stop, coding.id"
    return [_coding(row) for row in project.rows(sql, (source_id,))]


_MANY = 50_000
"""So many codings are not handed to SQLite by their ids."""
_VALENCES = {each.value: each for each in Valence}
"""Looked up a hundred thousand times: calling the enumeration takes five times as long."""


class Piece(NamedTuple):
    """A coding without what only screens need: for rules over many of them."""

    id: int
    source_id: int
    coder_id: int
    start: int
    stop: int
    code_id: int
    valence: Valence
    memo: str


def pieces_of(project: ProjectFile, code_ids: Sequence[int]) -> list[Piece]:
    """The codings of these codes that are seen, by source, coder and place."""
    sql = f"""
        select id, source_id, coder_id, start, stop, code_id, valence, memo from coding
        where code_id in (select value from json_each(?)) and {seen(project)} order by source_id, coder_id, start, stop, id"""
    rows = project.rows(sql, (json.dumps(list(code_ids)),))
    return [
        Piece(number, source, coder, start, stop, code, _VALENCES[valence], memo)
        for number, source, coder, start, stop, code, valence, memo in rows
    ]


def same_coding(
    project: ProjectFile, *, source_id: int, start: int, stop: int, code_id: int, coder_id: int
) -> int | None:
    """The coding of this coder that says the same already."""
    sql = (
        "select id from coding where source_id = ? and start = ? and stop = ? and code_id = ? and coder_id = ? limit 1"
    )
    row = project.row(sql, (source_id, start, stop, code_id, coder_id))
    return row[0] if row else None


def add_coding(
    writing: Writing, *, source_id: int, start: int, stop: int, code_id: int, valence: Valence, memo: str
) -> int:
    """Store one coding of the coder at work."""
    new = writing.new_id()
    writing.execute(
        "insert into coding values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (new, source_id, start, stop, code_id, writing.project.coder_id, valence.value, memo, now()),
    )
    return new


def add_codings(writing: Writing, rows: Iterable[tuple[int, int, int, int, int, str, str]]) -> None:
    """Store many: (source_id, start, stop, code_id, coder_id, valence, memo) each."""
    listed = list(rows)
    stamp = now()
    ids = writing.new_ids(len(listed)) if listed else ()
    writing.executemany(
        "insert into coding values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((new, *row, stamp) for new, row in zip(ids, listed, strict=True)),
    )


def remove_coding(writing: Writing, coding_id: int) -> None:
    """Take a coding away."""
    writing.execute("delete from coding where id = ?", (coding_id,))


def remove_codings(writing: Writing, coding_ids: Sequence[int]) -> None:
    """Take many away at once."""
    writing.execute("delete from coding where id in (select value from json_each(?))", (json.dumps(list(coding_ids)),))


def change_pieces(writing: Writing, pieces: Iterable[Piece]) -> None:
    """Make many codings as these say; nothing is written where nothing differs."""
    columns = ("code_id", "start", "stop", "valence", "memo")
    sets = ", ".join(f"{column} = :{column}" for column in columns)
    differs = " or ".join(f"{column} <> :{column}" for column in columns)
    writing.executemany(
        f"update coding set {sets} where id = :id and ({differs})",
        ({**each._asdict(), "valence": each.valence.value} for each in pieces),
    )


def change_coding(
    writing: Writing,
    coding_id: int,
    *,
    code_id: int | None = None,
    start: int | None = None,
    stop: int | None = None,
    valence: Valence | None = None,
    memo: str | None = None,
) -> None:
    """Change what is given and leave the rest; nothing is written where nothing differs."""
    wanted = {
        "code_id": code_id,
        "start": start,
        "stop": stop,
        "valence": valence.value if valence else None,
        "memo": memo,
    }
    given = {column: value for column, value in wanted.items() if value is not None}
    if not given:
        return
    differs = " or ".join(f"{column} is not :{column}" for column in given)
    sets = ", ".join(f"{column} = :{column}" for column in given)
    writing.execute(f"update coding set {sets} where id = :id and ({differs})", {**given, "id": coding_id})


_FRAGMENT = f"""
select coding.id, coding.source_id, coding.start, coding.stop, coding.code_id, code.key, coding.coder_id, coder.name,
       coding.valence, coding.memo, coding.created,
       source.number, source.title, substr(text_version.text, coding.start + 1, coding.stop - coding.start),
       speaker.name, coalesce(speaker.role, ''), coalesce(person_family.key, source_family.key),
       (select group_concat(family.key, ' ') from mention join family on family.id = mention.family_id
        where mention.source_id = coding.source_id and mention.start < coding.stop and coding.start < mention.stop)
from coding
join code on code.id = coding.code_id
join coder on coder.id = coding.coder_id
join source on source.id = coding.source_id
join text_version on text_version.source_id = source.id and text_version.version = source.version
left join turn on turn.id = {TURN_OF_CODING}
left join speaker on speaker.id = turn.speaker_id
left join person on person.id = speaker.person_id
left join family person_family on person_family.id = person.family_id
left join family source_family on source_family.id = source.family_id
"""


def fragments(project: ProjectFile, query: FragmentQuery, *, ids: Collection[int] | None = None) -> list[Fragment]:
    """Codings that are seen, with their text, speaker and families, by source and place; with `ids`, of these only.

    A page is chosen first, by the index of the code, and only its rows are then furnished with text and speaker.
    """
    conditions, values = _conditions(project, query)
    if ids is not None and query.limit is not None and len(ids) > _MANY and not conditions:
        ids = _page(project, ids, offset=query.offset, limit=query.limit)
        query = replace(query, offset=0)
    if ids is not None:
        conditions.append("coding.id in (select value from json_each(:ids))")
        values["ids"] = json.dumps(list(ids))
    values |= {"limit": -1 if query.limit is None else query.limit, "offset": query.offset}
    place = "coding.source_id, coding.start, coding.stop, coding.id"
    where = " where " + " and ".join([*conditions, seen(project)])
    if query.limit is None or query.family is not None:
        sql = f"{_FRAGMENT}{where} order by {place} limit :limit offset :offset"
    else:
        page = f"select coding.id from coding join coder on coder.id = coding.coder_id{where} order by {place} limit :limit offset :offset"
        sql = f"{_FRAGMENT} where coding.id in ({page}) order by {place}"
    return [_fragment(row) for row in project.rows(sql, values)]


def _page(project: ProjectFile, ids: Collection[int], *, offset: int, limit: int) -> list[int]:
    """A page of these codings, source by source until it is full: to sort all of them would take seconds."""
    found: list[int] = []
    for (source,) in project.rows("select id from source order by id"):
        sql = "select id from coding where source_id = ? order by start, stop, id"
        found += [number for (number,) in project.rows(sql, (source,)) if number in ids]
        if len(found) >= offset + limit:
            break
    return found[offset : offset + limit]


_BELOW = """
with recursive below(id) as (select id from code where key = ? union select code.id from code join below
                             on code.parent_id = below.id)
select id from below"""


def _conditions(project: ProjectFile, query: FragmentQuery) -> tuple[list[str], dict[str, object]]:
    conditions, values = [], dict[str, object]()
    if query.code is not None:
        codes = [row[0] for row in project.rows(_BELOW, (query.code,))]
        # One code is looked up as such: its index is in reading order, so a page ends the search early.
        conditions.append(
            "coding.code_id = :code" if len(codes) == 1 else "coding.code_id in (select value from json_each(:code))"
        )
        values["code"] = codes[0] if len(codes) == 1 else json.dumps(codes)
    if query.source_id is not None:
        conditions.append("coding.source_id = :source")
        values["source"] = query.source_id
    if query.coder is not None:
        conditions.append("coder.name = :coder")
        values["coder"] = query.coder
    if query.family is not None:
        conditions.append(
            "(coalesce(person_family.key, source_family.key) = :family or exists (select 1 from mention join family on"
            " family.id = mention.family_id where family.key = :family and mention.source_id = coding.source_id"
            " and mention.start < coding.stop and coding.start < mention.stop))"
        )
        values["family"] = query.family
    return conditions, values


def _fragment(row: Row) -> Fragment:
    number, title, text, speaker, role, family, about = row[11:]
    return Fragment(
        coding=_coding(row[:11]),
        source_number=number,
        source_title=title,
        text=text,
        speaker=speaker,
        speaker_role=role,
        family=family,
        about=tuple(sorted(set(about.split(" ")))) if about else (),
    )


def coders(project: ProjectFile) -> list[Coder]:
    """Everybody who wrote in this project."""
    return [Coder(a, b, c) for a, b, c in project.rows("select id, name, identity from coder order by id")]
