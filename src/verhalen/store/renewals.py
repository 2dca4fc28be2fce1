"""The rows of a source that was read in anew, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.model.text import Landmark, Span
from verhalen.store.project import Writing
from verhalen.store.sources import add_landmarks

Place = tuple[int, Span]
"""Row and where it lies in the newer text."""


def shift(writing: Writing, table: str, places: Sequence[Place]) -> None:
    """Write spans that moved with the text."""
    writing.executemany(
        f"update {table} set start = ?, stop = ? where id = ?", [(span.start, span.stop, row) for row, span in places]
    )


def put_elsewhere(writing: Writing, table: str, places: Sequence[Place]) -> None:
    """Take spans out and put them back elsewhere: for the history that is no shift, but a new place that a person gave."""
    columns = [row[1] for row in writing.rows(f"pragma table_info({table})")]
    names = ", ".join(columns)
    for row, span in places:
        values = writing.rows(f"select {names} from {table} where id = ?", (row,))[0]
        there = dict(zip(columns, values, strict=True)) | {"start": span.start, "stop": span.stop}
        writing.execute(f"delete from {table} where id = ?", (row,))
        marks = ", ".join(f":{column}" for column in columns)
        writing.execute(f"insert into {table} ({names}) values ({marks})", there)


def end(writing: Writing, table: str, rows: Sequence[int]) -> None:
    """Take spans away for which there is no place, or no wish."""
    writing.executemany(f"delete from {table} where id = ?", [(row,) for row in rows])


def replace_landmarks(writing: Writing, source_id: int, landmarks: Sequence[Landmark]) -> None:
    """Pages and moments are those of the newer file."""
    writing.execute("delete from landmark where source_id = ?", (source_id,))
    add_landmarks(writing, source_id, landmarks)


def point_to(writing: Writing, source_id: int, *, version: int, digest: str, suffix: str) -> None:
    """Make this version and this file the ones that count. Spans are placed before: their images name the old version."""
    writing.execute(
        "update source set version = ?, original_sha256 = ?, suffix = ? where id = ?",
        (version, digest, suffix, source_id),
    )
