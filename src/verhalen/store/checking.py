"""Is the project whole? Integrity of file, journal, triggers, references and spans; and a digest of everything."""

from __future__ import annotations

import hashlib
import json

from verhalen.i18n import mark, t
from verhalen.store.project import ProjectFile
from verhalen.store.schema import CAME_LATER, JOURNALED, SPANS
from verhalen.store.versions import current_version


def digest(project: ProjectFile) -> str:
    """SHA-256 over all rows of all journaled tables, in order of id."""
    running = hashlib.sha256()
    for table in JOURNALED:
        later = _came_later(project, table)
        for row in project.rows(f"select * from {table} order by id"):
            counted = [value for place, value in enumerate(row) if place not in later or value != later[place]]
            running.update(json.dumps([table, *counted], ensure_ascii=False).encode())
    return running.hexdigest()


def _came_later(project: ProjectFile, table: str) -> dict[int, object]:
    """Place of each column that a later schema added, with the default that leaves it out of the digest."""
    defaults = CAME_LATER.get(table)
    if defaults is None:
        return {}
    columns = [row[1] for row in project.rows(f"pragma table_info({table})")]
    return {columns.index(column): default for column, default in defaults.items() if column in columns}


def problems(project: ProjectFile) -> list[str]:
    """What is wrong, in sentences; empty when all is well."""
    found = [
        t("The file is damaged: {what}", what=row[0])
        for row in project.rows("pragma integrity_check(20)")
        if row[0] != "ok"
    ]
    found += [
        t("A row in {table} points to a row that is gone.", table=row[0])
        for row in project.rows("pragma foreign_key_check")
    ]
    found += _triggers(project) + _journal(project) + _spans(project) + _texts(project) + _search(project)
    if project.number("select count(*) from pending_forget"):
        found.append(t("A withdrawal is not finished: close all other windows and open the project again."))
    return found


def _triggers(project: ProjectFile) -> list[str]:
    """Every journaled table has its three triggers, and each names every column."""
    there: dict[str, str] = dict(project.rows("select name, sql from sqlite_master where type = 'trigger'"))
    found = []
    for table in JOURNALED:
        columns = [row[1] for row in project.rows(f"pragma table_info({table})")]
        for event in ("insert", "update", "delete"):
            sql = there.get(f"{table}_journal_{event}", "")
            complete = sql and (event == "insert" or all(f"old.{column}" in sql for column in columns))
            if not complete:
                found.append(t("The journal does not watch {table}.", table=table))
    return found


_JOURNAL_CHECKS = {
    "select count(*) from open_change where change_id is not null": mark("A change was left open."),
    "select count(*) from change_row where not exists (select 1 from change where change.id = change_row.change_id)": mark(
        "The journal holds rows without their change."
    ),
    "select count(*) from change where undoes is not null and not exists (select 1 from change c where c.id = change.undoes)": mark(
        "The history misses a change that was undone."
    ),
}


def _journal(project: ProjectFile) -> list[str]:
    return [t(sentence) for sql, sentence in _JOURNAL_CHECKS.items() if project.number(sql)]


def _spans(project: ProjectFile) -> list[str]:
    found = []
    for table in SPANS:
        # Materialised: else every place of a text takes the length of that whole text anew.
        sql = f"""
            with whole (source_id, length) as materialized (
                select source.id, length(v.text) from source
                join text_version v on v.source_id = source.id and v.version = source.version)
            select count(*) from {table} join whole on whole.source_id = {table}.source_id
            where {table}.start < 0 or {table}.start >= stop or stop > whole.length"""
        if outside := project.number(sql):
            found.append(t("{n} places in {table} lie outside their text.", n=outside, table=table))
    return found


def _texts(project: ProjectFile) -> list[str]:
    """Every source has its text, and every text is what its SHA-256 says."""
    found = []
    for source, number in project.rows("select id, number from source order by number"):
        row = project.row(
            "select text, sha256 from text_version where source_id = ? and version = ?",
            (source, current_version(project, source)),
        )
        if row is None or hashlib.sha256(row[0].encode()).hexdigest() != row[1]:
            found.append(t("The text of source {number} is not what was stored.", number=number))
    return found


def _search(project: ProjectFile) -> list[str]:
    indexed = project.number("select count(*) from text_fts_docsize")
    return [] if indexed == project.number("select count(*) from source") else [t("The search index misses texts.")]
