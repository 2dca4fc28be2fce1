"""The answers of one form, given in several sittings, become one entry of the history: one undo step.

The rows of the journal stay as they are; only the entry they belong to, and their place, is another one. That is done only
where nobody touched the same rows since the first of them, so that their order among the rows of others says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from verhalen.store.project import Writing

_ROWS = """
    select change_row.id from change join change_row on change_row.id between first_row and last_row
    where change.id in (select value from json_each(?1)) and change_row.change_id = change.id"""
"""The rows of the journal that belong to the changes; by their range, which needs no index."""


def gather(writing: Writing, changes: Sequence[int]) -> bool:
    """Make several changes of one coder one: that of the newest. False, with nothing done, where that cannot be.

    Call it in a note. Nothing is done where one of them was undone, holds words that are gone, or is no longer alone on its rows.
    """
    if len(changes) < 2 or not _may_be_one(writing, json.dumps(list(changes))):
        return False
    given, newest = json.dumps(list(changes)), changes[-1]
    last = writing.rows("select max(id) from change_row")[0][0]
    writing.execute(
        "insert into change_row select ?2 + row_number() over (order by id), ?3, tbl, row_id, op, image"
        f" from change_row where id in ({_ROWS})",
        (given, last, newest),
    )
    writing.execute(f"delete from change_row where id <= ?2 and id in ({_ROWS})", (given, last))
    writing.execute(
        "update change set first_row = ?1 + 1, last_row = (select max(id) from change_row) where id = ?2",
        (last, newest),
    )
    writing.executemany("delete from change where id = ?", [(each,) for each in changes[:-1]])
    return True


def _may_be_one(writing: Writing, changes: str) -> bool:
    """All are there, by one coder and of one kind, none undone or sealed, and nobody else touched their rows meanwhile."""
    sql = """
        with mine as (select * from change where id in (select value from json_each(?1)))
        select (select count(*) from mine) = json_array_length(?1)
            and (select count(distinct coder_id || act || targets || replica) from mine) = 1
            and not exists (select 1 from change join mine on change.undoes = mine.id)
            and not exists (select 1 from sealed join mine on change_id = mine.id)
            and not exists (
                select 1 from mine join change_row own on own.id between first_row and last_row and own.change_id = mine.id
                join change_row other on other.row_id = own.row_id and other.tbl = own.tbl and other.id > own.id
                where other.change_id not in (select id from mine))"""
    return bool(writing.rows(sql, (changes,))[0][0])
