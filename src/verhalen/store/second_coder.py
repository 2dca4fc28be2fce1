"""Texts given to a second coder, and places that coders talked over."""

from __future__ import annotations

import datetime as dt

from verhalen.model.second_coder import Discussed, Task
from verhalen.model.text import Span
from verhalen.store.project import ProjectFile, Writing


def tasks(project: ProjectFile) -> list[Task]:
    """All of them, oldest first; also those that were taken back."""
    sql = "select id, source_id, coder, given, back, seed, drawn from double_coding order by id"
    return [Task(*row) for row in project.rows(sql)]


def add_task(
    writing: Writing, source_id: int, coder: str, *, day: dt.date, seed: int | None = None, drawn: str = ""
) -> int:
    """Give a text to a second coder."""
    new = writing.new_id()
    row = (new, source_id, coder, day.isoformat(), None, seed, drawn, writing.project.coder_id)
    writing.execute("insert into double_coding values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return new


def take_back(writing: Writing, task_id: int, day: dt.date) -> None:
    """Say that the second coder is done with it."""
    writing.execute("update double_coding set back = ? where id = ?", (day.isoformat(), task_id))


def remove_task(writing: Writing, task_id: int) -> None:
    """Take a task away, as if it had never been given."""
    writing.execute("delete from double_coding where id = ?", (task_id,))


def discussed(project: ProjectFile, source_id: int) -> list[Discussed]:
    """What was talked over in a text, in reading order."""
    sql = """
        select discussed.id, source_id, start, stop, code_id, note, settled, day, coder.name
        from discussed join coder on coder.id = coder_id where source_id = ? order by start, discussed.id"""
    return [
        Discussed(number, source, start, stop, code, note, bool(settled), day, coder)
        for number, source, start, stop, code, note, settled, day, coder in project.rows(sql, (source_id,))
    ]


def put_discussed(
    writing: Writing, source_id: int, span: Span, code_id: int | None, *, note: str, settled: bool, day: dt.date
) -> int:
    """Say that a place was talked over; what was said of the same place and code before makes room."""
    writing.execute(
        "delete from discussed where source_id = ? and start = ? and stop = ? and code_id is ?",
        (source_id, span.start, span.stop, code_id),
    )
    new = writing.new_id()
    row = (new, source_id, span.start, span.stop, code_id, note, int(settled), day.isoformat())
    writing.execute("insert into discussed values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, writing.project.coder_id))
    return new


def remove_discussed(writing: Writing, number: int) -> None:
    """Take it back: the place is open again."""
    writing.execute("delete from discussed where id = ?", (number,))
