"""What hangs on nothing any more: files of what was removed long ago, and where people were looking in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verhalen.store.project import ProjectFile, Writing

_ID = re.compile(r"\d{15,}")
"""Ids as they stand in the key of a draft or a view; short numbers are something else."""


@dataclass(frozen=True, slots=True)
class Orphans:
    """What would go."""

    attachments: tuple[int, ...]
    originals: tuple[int, ...]
    """Sources whose files go."""
    notes: tuple[tuple[str, str], ...]
    """(table, key) of drafts and views."""
    sealing: frozenset[int]
    """Changes that removed what these files belonged to: an undo would bring it back without its file."""
    files: int
    size: int
    """Bytes of the files."""


def orphans(project: ProjectFile, limit: int) -> Orphans:
    """Files and notes of rows that are gone since the change `limit`, or longer."""
    attachments, a_bytes = _without_row(project, "attachment_bytes", "attachment", limit)
    originals, o_bytes = _without_row(project, "original", "source", limit)
    sealing = _removals(project, "attachment", attachments) | _removals(project, "source", originals)
    files = len(attachments) + len(originals)
    return Orphans(attachments, originals, _notes(project, limit), sealing, files, a_bytes + o_bytes)


def _without_row(project: ProjectFile, files: str, table: str, limit: int) -> tuple[tuple[int, ...], int]:
    sql = f"""
        select {table}_id, sum(length(bytes)) from {files} file
        where not exists (select 1 from {table} where {table}.id = file.{table}_id)
        and not exists (select 1 from change_row where row_id = file.{table}_id and tbl = '{table}' and change_id > ?)
        group by {table}_id order by {table}_id"""
    found = project.rows(sql, (limit,))
    return tuple(row[0] for row in found), sum(row[1] for row in found)


def _removals(project: ProjectFile, table: str, rows: tuple[int, ...]) -> frozenset[int]:
    sql = "select distinct change_id from change_row where row_id = ? and tbl = ? and op = 'd'"
    return frozenset(change for row in rows for (change,) in project.rows(sql, (row, table)))


def _notes(project: ProjectFile, limit: int) -> tuple[tuple[str, str], ...]:
    found = []
    for table in ("draft", "view_state"):
        for (key,) in project.rows(f"select key from {table} order by key"):
            if any(_is_gone(project, int(number), limit) for number in _ID.findall(key)):
                found.append((table, key))
    return tuple(found)


def _is_gone(project: ProjectFile, number: int, limit: int) -> bool:
    """Whether it is the id of a row that was removed, and not lately."""
    if number >= 1 << 63:
        return False
    last = project.row("select tbl, op, change_id from change_row where row_id = ? order by id desc limit 1", (number,))
    return last is not None and last[1] == "d" and last[2] <= limit and last[0] != "withdrawn"


def drop_orphans(writing: Writing, left: Orphans) -> None:
    """Let them go; what came back meanwhile stays."""
    for files, table, rows in (
        ("attachment_bytes", "attachment", left.attachments),
        ("original", "source", left.originals),
    ):
        writing.executemany(
            f"delete from {files} where {table}_id = ?1 and not exists (select 1 from {table} where id = ?1)",
            [(row,) for row in rows],
        )
    for table, key in left.notes:
        writing.execute(f"delete from {table} where key = ?", (key,))
