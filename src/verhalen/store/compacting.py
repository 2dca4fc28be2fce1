"""Compacting: how rows were before changes of long ago goes, and so do texts and files that nothing can bring back.

Every change keeps its place in the history and its sentence. What goes is the way back: a change whose images went is
sealed. What such a change *wrote* is kept in `foreign_row`, since another copy of the project may have written beside it;
so taking work in gives the same as before. Of a row that was removed the last image stays: a withdrawal must find it,
and a copy that still uses the row may bring it back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate

from verhalen import errors
from verhalen.model.act import Act
from verhalen.store.compacting_rows import Frame, Plan, batches, plan
from verhalen.store.journal import compacted_up_to
from verhalen.store.orphans import drop_orphans, orphans
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.thin_texts import Thinned, make_thin, thinnable

CHARACTERS = 4_000_000
"""Of texts that become thin in one transaction."""
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What would go, or went."""

    changes: int
    """Changes that can no longer be undone, and could before."""
    images: int
    versions: int
    files: int
    """Attachments, and files that were read in, of what was removed."""
    room: int = 0
    """Bytes in the project file that it gives, about; 0 where it was done."""

    def __bool__(self) -> bool:
        return bool(self.changes or self.images or self.versions or self.files)


def boundary(project: ProjectFile, before: str | None) -> int:
    """The newest change that is older than this time; without a time the newest of all. 0 where there is none."""
    if before is None:
        return project.last_change()
    young = project.number("select min(id) from change where time >= ?", (before,))
    return project.number("select max(id) from change where id < ?", (young,)) if young else project.last_change()


def look(project: ProjectFile, limit: int) -> Found:
    """What would go of everything up to the change `limit`."""
    frame = Frame(project, limit).look()
    left = orphans(project, limit)
    sealed, images, versions, room = frame.moving() | left.sealing, 0, 0, left.size
    for table, rows in batches(frame):
        made = plan(frame, table, rows)
        sealed |= made.sealed
        images += len(made.gone) + len(made.emptied)
        room += made.room
    before = _sealed(project)
    for source in _sources(project):
        for each in _thinnable(project, source, sealed | before):
            versions += 1
            room += each.freed - len(each.kept)
    return Found(len(sealed - before), images, versions, left.files, max(0, room))


def compact(project: ProjectFile, limit: int, *, on_step: Step = lambda: None) -> Found:
    """Let it go, some at a time, as one entry in the history. What was stopped half-way is whole, and a second run goes on.

    `on_step` is called between two transactions.
    """
    if project.only_coder is not None:
        raise RuntimeError("compacting through a door that hides codings")
    frame, before, left = Frame(project, limit).look(), _sealed(project), orphans(project, limit)
    with project.note() as writing:
        _seal(writing, frame.moving() | left.sealing)
        reached = max(limit, compacted_up_to(project))
        writing.execute("insert or replace into setting values ('compacted', ?)", (str(reached),))
    images, versions = 0, 0
    for table, rows in batches(frame):
        on_step()
        images += _drop(frame, table, rows)
    for source in _sources(project):
        versions += _thin(project, source, on_step)
    on_step()
    with project.note() as writing:
        drop_orphans(writing, left)
    found = Found(len(_sealed(project) - before), images, versions, left.files)
    if found:
        with project.change(Act.COMPACT):
            pass
    return found


def _sealed(project: ProjectFile) -> set[int]:
    return {row[0] for row in project.rows("select change_id from sealed")}


def _seal(writing: Writing, changes: Iterable[int]) -> None:
    writing.executemany("insert or ignore into sealed values (?)", [(change,) for change in sorted(changes)])


def _drop(frame: Frame, table: str, rows: Sequence[int]) -> int:
    decided = frame.project.decided(lambda: plan(frame.look(), table, rows))
    with frame.project.note() as writing:
        made = decided()
        _store(writing, table, made)
    return len(made.gone) + len(made.emptied)


def _store(writing: Writing, table: str, made: Plan) -> None:
    _seal(writing, made.sealed)
    writing.executemany(
        "delete from foreign_row where tbl = ? and row_id = ?"
        " and exists (select 1 from change where change.replica = foreign_row.replica and change.sequence = foreign_row.sequence"
        " and act <> 'merge')",
        [(table, row) for row in made.rows],
    )
    writing.executemany(
        "insert into foreign_row (replica, sequence, tbl, row_id, op, data) values (?, ?, ?, ?, ?, ?)",
        [(*each.stamp, each.table, each.row, each.op, json.dumps(each.data, ensure_ascii=False)) for each in made.kept],
    )
    writing.executemany("delete from change_row where id = ?", [(row,) for row in made.gone])
    writing.executemany("update change_row set image = null where id = ?", [(row,) for row in made.emptied])


# -- texts -----------------------------------------------------------------------------------------------------------


def _sources(project: ProjectFile) -> list[int]:
    """Sources of which there is more than one version."""
    sql = "select source_id from text_version group by source_id having count(*) > 1 order by source_id"
    return [row[0] for row in project.rows(sql)]


def _thinnable(project: ProjectFile, source: int, sealed: set[int]) -> list[Thinned]:
    return list(thinnable(project, source, _needed(project, source, sealed)))


def _needed(project: ProjectFile, source: int, sealed: set[int]) -> set[int]:
    """Versions that must keep their text as it is: that which counts, and those to which an undo may still lead."""
    sql = """
        select change_id, op, json_extract(image, '$.version') from change_row
        where row_id = ? and tbl = 'source' and image is not null order by id"""
    moves = project.rows(sql, (source,))
    now = project.number("select version from source where id = ?", (source,))
    after = [version for _, _, version in moves[1:]] + [now]
    needed = {now}
    for (change, op, before), then in zip(moves, after, strict=False):
        if change not in sealed:
            needed |= {before, then}
        elif op == "d":  # a copy that still uses the text may bring it back
            needed.add(before)
    return needed


def _thin(project: ProjectFile, source: int, on_step: Step) -> int:
    coming = _thinnable(project, source, _sealed(project))
    count = len(coming)
    while coming:
        on_step()
        letters = list(accumulate(each.freed for each in coming))
        some = 1 + sum(1 for each in letters[:-1] if each < CHARACTERS)
        with project.note() as writing:
            make_thin(writing, coming[:some])
        coming = coming[some:]
    return count


# -- the file --------------------------------------------------------------------------------------------------------


def give_room_back(project: ProjectFile) -> bool:
    """Put the search index in order and rewrite the file; False where another window has it open, which would wait too long."""
    with suppress(errors.ProjectBusy, errors.DiskFull):
        with project.note() as writing:
            writing.execute("insert into text_fts (text_fts) values ('optimize')")
        return project.rewrite_alone()
    return False


def used(project: ProjectFile) -> int:
    """Bytes of the project without its log and without the room of what was deleted before."""
    pages, free, of = (project.number(f"pragma {name}") for name in ("page_count", "freelist_count", "page_size"))
    return (pages - free) * of


def size(project: ProjectFile) -> int:
    """Bytes of the project on disk, with its log."""
    log = project.path.with_name(project.path.name + "-wal")
    return project.path.stat().st_size + (log.stat().st_size if log.exists() else 0)
