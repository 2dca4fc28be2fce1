"""What is kept outside the journal: half-filled forms, and where somebody was looking."""

from __future__ import annotations

from verhalen.store.project import ProjectFile, now


def keep_draft(project: ProjectFile, key: str, value: str) -> None:
    """Keep a draft; an empty one is thrown away."""
    with project.note() as writing:
        if value:
            writing.execute("insert or replace into draft values (?, ?, ?)", (key, value, now()))
        else:
            writing.execute("delete from draft where key = ?", (key,))


def draft(project: ProjectFile, key: str) -> str:
    """The draft under a key; empty where there is none."""
    row = project.row("select value from draft where key = ?", (key,))
    return row[0] if row else ""


def keep_view(project: ProjectFile, key: str, value: str) -> None:
    """Keep where somebody was."""
    with project.note() as writing:
        writing.execute("insert or replace into view_state values (?, ?)", (key, value))


def view(project: ProjectFile, key: str) -> str:
    """Where somebody was; empty at the first time."""
    row = project.row("select value from view_state where key = ?", (key,))
    return row[0] if row else ""


def views(project: ProjectFile, prefix: str) -> dict[str, str]:
    """All that is kept under keys that begin with `prefix`, by the rest of the key."""
    sql = "select key, value from view_state where substr(key, 1, ?) = ?"
    return {key[len(prefix) :]: value for key, value in project.rows(sql, (len(prefix), prefix))}
