"""Texts given to a second coder, and places that coders talked over."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence

from verhalen.model.coding import Valence
from verhalen.model.second_coder import CONSENSUS, Discussed, Piece, Settled, Task
from verhalen.model.text import Span
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.sight import consensus_identity

# -- texts at a second coder -------------------------------------------------------------------------------------------


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


def turns_with_codes(project: ProjectFile, source_id: int) -> list[tuple[int, str]]:
    """(start of a turn, name of a coder) for every turn of a text and everybody but the consensus who gave it a code."""
    sql = """
        select distinct turn.start, coder.name from coding join coder on coder.id = coding.coder_id
        join turn on turn.source_id = coding.source_id and turn.start < coding.stop and coding.start < turn.stop
        where coding.source_id = ? and coder.identity <> ?"""
    return [(start, name) for start, name in project.rows(sql, (source_id, consensus_identity(project)))]


# -- the consensus -----------------------------------------------------------------------------------------------------


def make_consensus(writing: Writing) -> int:
    """The row of the consensus coder, made at the first settling: the same identity in every copy of the project."""
    identity = consensus_identity(writing.project)
    there = writing.rows("select id from coder where identity = ?", (identity,))
    if there:
        return int(str(there[0][0]))
    new = writing.new_id()
    # Coders stand outside the journal: undo of the settling leaves the row, to no harm.
    writing.execute("insert into coder values (?, ?, ?)", (new, CONSENSUS, identity))
    return new


def consensus_codings(writing: Writing, source_id: int, code_id: int, consensus: int) -> list[Settled]:
    """What stands in the consensus for one code in one text, in reading order."""
    sql = """
        select id, start, stop, valence from coding
        where source_id = ? and code_id = ? and coder_id = ? order by start, stop, id"""
    rows = writing.rows(sql, (source_id, code_id, consensus))
    return [Settled(number, Piece(start, stop, Valence(valence))) for number, start, stop, valence in rows]


# -- what was talked over ----------------------------------------------------------------------------------------------


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


def cut_discussed(writing: Writing, source_id: int, places: Collection[Place]) -> None:
    """Take back what was said of codes in places; what the same rows say of the places beside these stays."""
    sql = "select id, start, stop, code_id, note, settled, day, coder_id from discussed where source_id = ? and code_id is not null"
    standing: dict[int, list[_Said]] = {}
    for number, start, stop, code, *said in writing.rows(sql, (source_id,)):
        standing.setdefault(code, []).append((number, start, stop, tuple(said)))
    gone: set[int] = set()
    for start, stop, code in places:
        kept: list[_Said] = []
        for row in standing.get(code, ()):
            number, first, last, words = row
            if stop <= first or last <= start:
                kept.append(row)
                continue
            gone.add(number)
            kept += [(_CUT, a, b, words) for a, b in ((first, start), (stop, last)) if a < b]
        standing[code] = kept
    writing.execute("delete from discussed where id in (select value from json_each(?))", (json.dumps(sorted(gone)),))
    parts = [
        (source_id, first, last, code, *words)
        for code, rows in standing.items()
        for number, first, last, words in rows
        if number == _CUT
    ]
    _insert(writing, parts)


Place = tuple[int, int, int]
"""Start, stop and code."""
_Said = tuple[int, int, int, tuple[object, ...]]
"""Id, start, stop, and what was said."""
_CUT = 0
"""For a part of a row that was cut: it has no id yet."""


def say(writing: Writing, source_id: int, places: Collection[Place], *, note: str, settled: bool, day: dt.date) -> None:
    """Say of codes in places that they were talked over, or settled; what was said of them before makes room."""
    cut_discussed(writing, source_id, places)
    end = (note, int(settled), day.isoformat(), writing.project.coder_id)
    _insert(writing, [(source_id, *place, *end) for place in places])


def _insert(writing: Writing, rows: Sequence[tuple[object, ...]]) -> None:
    ids = writing.new_ids(len(rows)) if rows else ()
    writing.executemany(
        "insert into discussed values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, *row) for number, row in zip(ids, rows, strict=True)],
    )


def remove_discussed(writing: Writing, number: int) -> None:
    """Take it back: the place is open again."""
    writing.execute("delete from discussed where id = ?", (number,))


def conclude(writing: Writing, source_id: int, span: Span, day: dt.date) -> None:
    """Say of a whole text that the consensus counts."""
    put_discussed(writing, source_id, span, None, note="", settled=True, day=day)


def open_again(writing: Writing, source_id: int) -> None:
    """Say that it no longer does."""
    writing.execute("delete from discussed where source_id = ? and code_id is null", (source_id,))
