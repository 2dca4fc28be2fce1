"""Keys and numbers that two copies gave out beside each other: the older row keeps it, the other gets one with a number behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from verhalen.model.verdict import family_of
from verhalen.store.project import Writing
from verhalen.store.replica import REPLICA_BITS

ONE = "="
"""The side that says: both are one family."""
_KEYED = ("family", "story", "selection_round", "signal")


_NAMED: dict[str, tuple[str, ...]] = {
    "code": ("key",),
    "speaker": ("source_id", "name"),
    "attribute": ("family_id", "name"),
    "attribute_kind": ("name",),
    "person": ("family_id", "key"),
}
"""Rows that one copy called as another one was called already; the last column gets another value."""
Called = Callable[[str, int], int]
"""The least of the ids that copies call a row by."""


def make_unique(writing: Writing, called: Called) -> Iterator[tuple[str, str, int, list[dict[str, Any]]]]:
    """Give rows that bear the key of an older one another; yield (name of the clash, table, row, sides) for families.

    Two families with one code may be one family: that is for a person to say. Stories, rounds and signals are numbered
    as they are written down, so two with one key are two.
    """
    for table in _KEYED:
        for key, ids in _doubles(writing, table, ("key",), called):
            for number in ids[1:]:
                new = _free(writing, table, "key", key)
                if table == "family":
                    rename_family(writing, number, key, new)
                    sides = [_side(writing, each, name) for each, name in ((ids[0], key), (number, new))]
                    sides.append({"who": 0, "time": "", "value": ONE})
                    yield json.dumps(["same_key", ids[0], number]), table, number, sides
                else:
                    writing.execute(f"update {table} set key = ? where id = ?", (new, number))
    for table, columns in _NAMED.items():
        for key, ids in _doubles(writing, table, columns, called):
            for number in ids[1:]:
                new = _free(writing, table, columns[-1], key)
                writing.execute(f"update {table} set {columns[-1]} = ? where id = ?", (new, number))
    _follow_families(writing)
    for _, ids in _doubles(writing, "source", ("number",), called):
        for number in ids[1:]:
            writing.execute("update source set number = (select max(number) + 1 from source) where id = ?", (number,))


def _follow_families(writing: Writing) -> None:
    """People who were added in one copy while their family got another code in another one."""
    sql = """
        select person.id, person.key, family.key from person join family on family.id = family_id
        where substr(person.key, 1, length(family.key) + 1) <> family.key || '.'"""
    for row, key, family in writing.rows(sql):
        new = f"{family}.{key.partition('.')[2]}"
        if writing.rows("select 1 from person where key = ?", (new,)):
            new = _free(writing, "person", "key", new)
        writing.execute("update person set key = ? where id = ?", (new, row))


def rename_family(writing: Writing, number: int, key: str, new: str) -> None:
    """Give one of two families with one code another.

    Only what was written in the copy that made this family is about it: verdicts name a family by its code.
    """
    writing.execute("update family set key = ? where id = ?", (new, number))
    for row, person in writing.rows("select id, key from person where family_id = ?", (number,)):
        writing.execute("update person set key = ? where id = ?", (new + person.removeprefix(key), row))
    copy = number & ((1 << REPLICA_BITS) - 1)
    for row, target in writing.rows("select id, target from verdict"):
        if row & ((1 << REPLICA_BITS) - 1) == copy and family_of(target)[0] == key:
            writing.execute("update verdict set target = ? where id = ?", (target.replace(key, new, 1), row))


def _doubles(writing: Writing, table: str, columns: tuple[str, ...], called: Called) -> list[tuple[str, list[int]]]:
    """The value of the last column, and the rows that share all of them: the oldest first, the same in every copy."""
    names = ", ".join(columns)
    sql = f"select {columns[-1]}, json_group_array(id) from {table} group by {names} having count(*) > 1"
    found = [(key, sorted(json.loads(ids), key=lambda row: called(table, row))) for key, ids in writing.rows(sql)]
    return sorted(found, key=lambda each: called(table, each[1][0]))


def _free(writing: Writing, table: str, column: str, key: str) -> str:
    number = 2
    while writing.rows(f"select 1 from {table} where {column} = ?", (f"{key}-{number}",)):
        number += 1
    return f"{key}-{number}"


def _side(writing: Writing, row: int, key: str) -> dict[str, Any]:
    """Who made a row, here or in another copy."""
    sql = """
        select coder_id, time from change join change_row on change_row.id between first_row and last_row
        where row_id = ?1 and op = 'i' and act <> 'merge'
        union all select coder_id, time from foreign_change join foreign_row using (replica, sequence)
        where row_id = ?1 and op = 'i' limit 1"""
    found = writing.rows(sql, (row,))
    coder, time = found[0] if found else (0, "")
    return {"who": coder, "time": time, "value": key}
