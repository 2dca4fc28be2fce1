"""What is kept outside the journal: half-filled forms, and where somebody was looking."""

from __future__ import annotations

from verhalen.store.project import ProjectFile, Writing, now


def keep_draft(project: ProjectFile, key: str, value: str) -> None:
    """Keep a draft; an empty one is thrown away."""
    with project.note() as writing:
        put_draft(writing, key, value)


def put_draft(writing: Writing, key: str, value: str) -> None:
    """The same together with what else is written, so that neither is ever there without the other."""
    if value:
        writing.execute("insert or replace into draft values (?, ?, ?)", (key, value, now()))
    else:
        writing.execute("delete from draft where key = ?", (key,))


def draft(project: ProjectFile, key: str) -> str:
    """The draft under a key; empty where there is none."""
    row = project.row("select value from draft where key = ?", (key,))
    return row[0] if row else ""


def drafts_below(project: ProjectFile, prefix: str) -> list[str]:
    """The drafts whose keys begin with `prefix`, oldest first."""
    sql = "select value from draft where substr(key, 1, length(?1)) = ?1 order by time, key"
    return [row[0] for row in project.rows(sql, (prefix,))]


def keyed_below(project: ProjectFile, prefix: str) -> dict[str, str]:
    """The same by their whole keys."""
    sql = "select key, value from draft where substr(key, 1, length(?1)) = ?1 order by time, key"
    return dict(project.rows(sql, (prefix,)))


def keep_view(project: ProjectFile, key: str, value: str) -> None:
    """Keep where somebody was."""
    with project.note() as writing:
        put_view(writing, key, value)


def put_view(writing: Writing, key: str, value: str) -> None:
    """The same together with what else is written."""
    writing.execute("insert or replace into view_state values (?, ?)", (key, value))


def view(project: ProjectFile, key: str) -> str:
    """Where somebody was; empty at the first time."""
    row = project.row("select value from view_state where key = ?", (key,))
    return row[0] if row else ""


def views(project: ProjectFile, prefix: str) -> dict[str, str]:
    """All that is kept under keys that begin with `prefix`, by the rest of the key."""
    sql = "select key, value from view_state where substr(key, 1, ?) = ?"
    return {key[len(prefix) :]: value for key, value in project.rows(sql, (len(prefix), prefix))}
