"""Open decisions after work of another copy came in: which ones there are, and choosing a side; and who sent what."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.text import Span, move_through
from verhalen.store import versions
from verhalen.store.exchange_log import version_names
from verhalen.store.family_merging import unite
from verhalen.store.journal import references
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.unique_keys import ONE, rename_family


def coder_names(project: ProjectFile) -> dict[int, str]:
    """Id to name of every coder."""
    return dict(project.rows("select id, name from coder"))


def partners(project: ProjectFile) -> list[tuple[int, str, str]]:
    """(replica, name, time) of each copy of which something came, newest first."""
    return [
        (row[0], row[1], row[2]) for row in project.rows("select replica, name, time from partner order by time desc")
    ]


def held_by(project: ProjectFile, name: str) -> tuple[dict[int, int], str | None]:
    """What the copy of somebody had when something last came from it, and when that was; nothing where nothing ever came."""
    sql = "select name, holds, time from partner"
    found = [row for row in project.rows(sql) if row[0].casefold() == name.casefold()]
    if not found:
        return {}, None
    vectors: list[dict[str, int]] = [json.loads(holds) for _, holds, _ in found]
    common = set.intersection(*(set(each) for each in vectors))  # of two people of one name: what both have
    return {int(replica): min(each[replica] for each in vectors) for replica in common}, min(row[2] for row in found)


def texts_that_are_here_twice(project: ProjectFile) -> tuple[int, ...]:
    """Numbers of texts that came from the same file as another one."""
    sql = """
        select number from source where kind <> 'story' and original_sha256 <> '' and original_sha256 in
            (select original_sha256 from source where kind <> 'story' group by original_sha256 having count(*) > 1)
        order by number"""
    return tuple(row[0] for row in project.rows(sql))


_SAID = {"attribute": "name", "attribute_kind": "name", "speaker": "name", "instrument": "name", "item": "name"}


def described(project: ProjectFile, table: str, row: int) -> str:
    """A row by something that stands in it; empty where nothing tells it apart."""
    if table not in _SAID:
        return ""
    found = project.row(f"select {_SAID[table]} from {table} where id = ?", (row,))
    return str(found[0]) if found else ""


def parents(project: ProjectFile, table: str, row: int) -> list[int]:
    """The rows on which a row hangs, as far as it is here."""
    found = []
    for child, column, _ in references(project):
        if child == table:
            value = project.row(f"select {column} from {table} where id = ?", (row,))
            found += [value[0]] if value and value[0] is not None else []
    return found


def place_now(project: ProjectFile, source: int, side: dict[str, Any]) -> tuple[int, int] | None:
    """Start and stop of the words that a side is about, in the text as it counts now; None where they can no longer be told."""
    numbers = {name: number for number, name in version_names(project, source).items()}
    number, goal = numbers.get(side.get("version", "")), versions.current_version(project, source)
    if number is None or not versions.are_kin(project, source, number, goal):
        return None
    start, stop = side["start"], side["stop"]
    steps = versions.way(project, source, start=number, goal=goal)
    if start == stop:
        return (start, stop) if not steps else None
    moved = move_through(Span(start, stop), steps)
    return None if moved is None else (moved.start, moved.stop)


def decide(writing: Writing, clash: dict[str, Any], side: int, *, day: dt.date) -> None:
    """Choose a side, inside a change. Raises BadInput where the row cannot go because something hangs on it."""
    table, row, column = clash["tbl"], clash["row_id"], clash["field"]
    value = clash["sides"][side]["value"]
    if clash["kind"] == "field" and column == ":place":
        if side > 0:  # the first one holds already, and moved along with its text
            _place(writing, table, row, clash["sides"][side])
    elif clash["kind"] == "field" and column == "key":
        _key(writing, table, row, value)
    elif clash["kind"] == "field":
        writing.execute(f"update {table} set {column} = ?1 where id = ?2 and {column} is not ?1", (value, row))
    elif clash["kind"] == "removed" and not value:
        _remove(writing, table, row)
    elif clash["kind"] == "same_key":
        _families(writing, row, clash["sides"], value)
    made = (
        writing.new_id(),
        clash["key"],
        table,
        row,
        column,
        json.dumps(value),
        day.isoformat(),
        writing.project.coder_id,
    )
    writing.execute("insert into decision values (?, ?, ?, ?, ?, ?, ?, ?)", made)


def _place(writing: Writing, table: str, row: int, side: dict[str, Any]) -> None:
    source = writing.rows(f"select source_id from {table} where id = ?", (row,))
    place = place_now(writing.project, source[0][0], side) if source else None
    if place is None:
        raise errors.BadInput(
            reason=t("the words were changed since; put the borders right in the text and choose the first side")
        )
    writing.execute(f"update {table} set start = ?, stop = ? where id = ?", (*place, row))


def _key(writing: Writing, table: str, row: int, value: str) -> None:
    """Another code: one that nobody else bears, and of a family its people follow."""
    if writing.rows(f"select 1 from {table} where key = ? and id <> ?", (value, row)):
        raise errors.BadInput(reason=t("{key} is taken by another one now; choose the first side", key=value))
    now = writing.rows(f"select key from {table} where id = ?", (row,))
    if table == "family" and now:
        rename_family(writing, row, now[0][0], value)
    else:
        writing.execute(f"update {table} set key = ?1 where id = ?2 and key <> ?1", (value, row))


def _remove(writing: Writing, table: str, row: int) -> None:
    for child, column, parent in references(writing.project):
        if parent == table and writing.rows(f"select 1 from {child} where {column} = ? limit 1", (row,)):
            raise errors.BadInput(reason=t("something hangs on it: give that another place first, then remove it"))
    writing.execute(f"delete from {table} where id = ?", (row,))


def _families(writing: Writing, row: int, sides: list[dict[str, Any]], value: str) -> None:
    """Both stay, the second with the code of the first, or they are one."""
    first, second = sides[0]["value"], sides[1]["value"]
    sql = "select key, id from family where key in (?, ?)"
    there: dict[str, int] = dict(writing.rows(sql, (first, second)))
    if value == first:
        return
    if first not in there or there.get(second) != row:
        raise errors.BadInput(reason=t("one of both families has another code now; choose the first side"))
    if value == ONE:
        unite(writing, there[first], row)
        return
    for number, old, new in ((there[first], first, _AWAY), (row, second, first), (there[first], _AWAY, second)):
        rename_family(writing, number, old, new)


_AWAY = "\u0001"
"""Stands for a code while two are exchanged."""
