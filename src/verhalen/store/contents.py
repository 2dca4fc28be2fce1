"""Everything that a project file says, table by table, for who must know that something is nowhere in it."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.store.project import ProjectFile, Row

_AT_ONCE = 50
_WORDS = "leak_words"


def every_text(project: ProjectFile) -> Iterator[str]:
    """Each value of each text column: texts and their older versions, journal, drafts, settings and all else."""
    for row in _every(project, "TEXT"):
        yield from (str(value) for value in row if value)


def every_blob(project: ProjectFile) -> Iterator[bytes]:
    """Each value of each column of bytes: the originals."""
    for row in _every(project, "BLOB"):
        yield from (bytes(value) for value in row if value)


def _every(project: ProjectFile, kind: str) -> Iterator[Row]:
    """The columns of one kind, some rows at a time: a project may hold more text than fits in memory twice."""
    for (table,) in project.rows(_TABLES):
        columns = [name for _, name, type_, *_ in project.rows(f"pragma table_info({table})") if type_ == kind]
        if not columns:
            continue
        ids = [row[0] for row in project.rows(f"select rowid from {table} order by rowid")]
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            chosen = f"select {', '.join(columns)} from {table} where rowid between ? and ?"
            yield from project.rows(chosen, (some[0], some[-1]))


_TABLES = """
select name from sqlite_master
where type = 'table' and sql not like 'create virtual%' and name not like 'text_fts%' and name not like 'sqlite_%'
"""


def every_word(project: ProjectFile) -> list[str]:
    """Every word that the search index knows, also of what it should have forgotten."""
    project.outside_transaction(f"create virtual table temp.{_WORDS} using fts5vocab(main, text_fts, row)")
    try:
        return [row[0] for row in project.rows(f"select term from temp.{_WORDS}")]
    finally:
        project.outside_transaction(f"drop table temp.{_WORDS}")
