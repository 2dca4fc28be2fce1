"""Reports that were given out, with their tables; and thresholds of the project's own."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable

from verhalen.model.act import Act
from verhalen.model.release import Release, ReleasedRow, Threshold
from verhalen.store.project import ProjectFile, Writing


def releases(project: ProjectFile) -> list[Release]:
    """All of them with their rows, oldest first."""
    rows: dict[int, list[ReleasedRow]] = defaultdict(list)
    for release, kind, label, columns, cells, total, families in project.rows(
        "select release_id, kind, label, columns, cells, total, families from release_row order by id"
    ):
        rows[release].append(
            ReleasedRow(
                kind,
                label,
                tuple(json.loads(columns)),
                tuple(json.loads(cells)),
                total,
                frozenset(json.loads(families)),
            )
        )
    return [
        Release(number, report, title, audience, period, built, sent, coder, tuple(rows[number]))
        for number, report, title, audience, period, built, sent, coder in project.rows(
            """
            select release.id, report, title, audience, period, built, sent, coder.name
            from release join coder on coder.id = coder_id order by release.id"""
        )
    ]


def add_release(
    writing: Writing,
    *,
    report: str,
    title: str,
    audience: str,
    period: str,
    built: dt.date,
    rows: Iterable[ReleasedRow],
) -> int:
    """Store what a report gave out. What the same report gave out before and was never sent goes."""
    for (old,) in writing.rows("select id from release where report = ? and sent is null", (report,)):
        remove_release(writing, old)
    number = writing.new_id()
    writing.execute(
        "insert into release values (?, ?, ?, ?, ?, ?, null, ?)",
        (number, report, title, audience, period, built.isoformat(), writing.project.coder_id),
    )
    for row in rows:
        writing.execute(
            "insert into release_row values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                writing.new_id(),
                number,
                row.kind,
                row.label,
                json.dumps(row.columns, ensure_ascii=False),
                json.dumps(row.cells),
                row.total,
                json.dumps(sorted(row.families)),
            ),
        )
    return number


def mark_sent(writing: Writing, release_id: int, day: dt.date | None) -> None:
    """Say on which day it went out; None: it did not after all."""
    writing.execute("update release set sent = ? where id = ?", (day.isoformat() if day else None, release_id))


def remove_release(writing: Writing, release_id: int) -> None:
    """Take one out of the ledger, with its rows."""
    writing.execute("delete from release_row where release_id = ?", (release_id,))
    writing.execute("delete from release where id = ?", (release_id,))


def thresholds(project: ProjectFile) -> dict[str, Threshold]:
    """The latest of each audience for which the project has its own."""
    return {
        values[0]: Threshold(*values)
        for values in project.rows(
            """
            select audience, plain, strict, reason, day, coder.name
            from threshold join coder on coder.id = coder_id order by threshold.id"""
        )
    }


def add_threshold(writing: Writing, audience: str, *, plain: int, strict: int, reason: str, day: dt.date) -> int:
    """Store what counts for an audience from now on."""
    number = writing.new_id()
    writing.execute(
        "insert into threshold values (?, ?, ?, ?, ?, ?, ?)",
        (number, audience, plain, strict, reason, day.isoformat(), writing.project.coder_id),
    )
    return number


def newest_change(project: ProjectFile) -> int:
    """The newest entry of the history that is more than a report that was built or sent."""
    return project.number("select max(id) from change where act not in (?, ?)", (Act.RELEASE, Act.SENT))
