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
from verhalen.store.journal import references
from verhalen.store.project import ProjectFile, Writing


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
    sql = "select holds, time from partner where lower(name) = lower(?) order by time desc limit 1"
    found = project.row(sql, (name,))
    if found is None:
        return {}, None
    return {int(replica): upto for replica, upto in json.loads(found[0]).items()}, found[1]


_SAID = {"attribute": "name", "attribute_kind": "name", "speaker": "name", "instrument": "name", "item": "name"}


def described(project: ProjectFile, table: str, row: int) -> str:
    """A row by something that stands in it; empty where nothing tells it apart."""
    if table not in _SAID:
        return ""
    found = project.row(f"select {_SAID[table]} from {table} where id = ?", (row,))
    return str(found[0]) if found else ""


def place_now(project: ProjectFile, clash: dict[str, Any]) -> Span | None:
    """Where the words that hold in a text stand now."""
    side, source = clash["sides"][0], clash["row_id"]
    numbers = {name: number for number, name in version_names(project, source).items()}
    number, goal = numbers.get(side.get("version", "")), versions.current_version(project, source)
    if number is None or not versions.are_kin(project, source, number, goal):
        return None
    return move_through(Span(side["start"], side["stop"]), versions.way(project, source, start=number, goal=goal))


def decide(writing: Writing, clash: dict[str, Any], side: int, *, day: dt.date) -> None:
    """Choose a side, inside a change. Raises BadInput where the row cannot go because something hangs on it."""
    table, row, column = clash["tbl"], clash["row_id"], clash["field"]
    value = clash["sides"][side]["value"]
    if clash["kind"] == "field" and column == ":place":
        _place(writing, table, row, clash["sides"][side])
    elif clash["kind"] == "field":
        writing.execute(f"update {table} set {column} = ?1 where id = ?2 and {column} is not ?1", (value, row))
    elif clash["kind"] == "removed" and not value:
        _remove(writing, table, row)
    elif clash["kind"] == "same_key" and side > 0:
        _swap_keys(writing, row, clash["sides"])
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
    writing.execute(f"update {table} set start = ?, stop = ? where id = ?", (side["start"], side["stop"], row))


def _remove(writing: Writing, table: str, row: int) -> None:
    for child, column, parent in references(writing.project):
        if parent == table and writing.rows(f"select 1 from {child} where {column} = ? limit 1", (row,)):
            raise errors.BadInput(reason=t("something hangs on it: give that another place first, then remove it"))
    writing.execute(f"delete from {table} where id = ?", (row,))


def _swap_keys(writing: Writing, row: int, sides: list[dict[str, Any]]) -> None:
    """The younger family gets the code, the older one the code with a number."""
    from verhalen.store.unique_keys import rename_family

    first, second = sides[0]["value"], sides[1]["value"]
    other = writing.rows("select id from family where key = ? and id <> ?", (first, row))
    if other:
        rename_family(writing, other[0][0], first, "\u0001")
        rename_family(writing, row, second, first)
        rename_family(writing, other[0][0], "\u0001", second)
