"""The history: reading it, and the plan of an undo. Undo is a new change; nothing is removed from the journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from verhalen.model.act import Act, Change
from verhalen.store.project import ProjectFile, Row
from verhalen.store.schema import JOURNALED, SPANS

_CHANGE = """
select change.id, act, targets, coder_id, coder.name, time, undoes,
       exists (select 1 from change later where later.undoes = change.id
               and not exists (select 1 from change last where last.undoes = later.id)),
       last_row - first_row + 1
from change join coder on coder.id = change.coder_id
"""


def _change(row: Row) -> Change:
    number, act, targets, coder_id, coder, time, undoes, undone, rows = row
    return Change(
        id=number,
        act=Act(act),
        targets=tuple(json.loads(targets)),
        coder_id=coder_id,
        coder=coder,
        time=time,
        undoes=undoes,
        undone=bool(undone),
        rows=max(0, rows),
    )


def history(project: ProjectFile, *, limit: int | None = None, after: int = 0) -> list[Change]:
    """Changes, newest first; `after` leaves out that one and all before it."""
    sql = _CHANGE + " where change.id > ? order by change.id desc limit ?"
    return [_change(row) for row in project.rows(sql, (after, -1 if limit is None else limit))]


def change_by_id(project: ProjectFile, number: int) -> Change | None:
    """One entry of the history."""
    rows = project.rows(_CHANGE + " where change.id = ?", (number,))
    return _change(rows[0]) if rows else None


_CAN_GO_BACK = """change.id not in (select change_id from sealed)
        and exists (select 1 from change_row where change_row.id between change.first_row and change.last_row
        and change_row.change_id = change.id)"""
"""Of a change about something withdrawn nothing is left: to undo it would change nothing, for ever. What a mask sealed
needs words that are gone."""


def is_sealed(project: ProjectFile, change: int) -> bool:
    """Whether a change can no longer be undone, since how it was before is not kept."""
    return bool(project.number("select count(*) from sealed where change_id = ?", (change,)))


def compacted_up_to(project: ProjectFile) -> int:
    """The newest change that was old when the project was last compacted; 0 where it never was."""
    return int(project.setting("compacted") or 0)


def undoable(project: ProjectFile, coder: int, *, limit: int | None = 20) -> list[Change]:
    """One's own changes that stand and can be undone, newest first; without a limit all of them."""
    sql = (
        _CHANGE
        + f""" where change.coder_id = :coder and change.act not in ('undo', 'redo')
        and not exists (select 1 from change later where later.undoes = change.id
                        and not exists (select 1 from change last where last.undoes = later.id))
        and {_CAN_GO_BACK}
        order by change.id desc limit :limit"""
    )
    rows = project.rows(sql, {"coder": coder, "limit": -1 if limit is None else limit})
    return [each for each in map(_change, rows) if each.act.can_be_undone]


def redoable(project: ProjectFile, coder: int, *, limit: int | None = 20) -> list[Change]:
    """One's own undos that stand, newest first, down to one's newest ordinary change: a new act ends redoing."""
    sql = (
        _CHANGE
        + f""" where change.coder_id = ?1 and change.act = 'undo'
        and not exists (select 1 from change later where later.undoes = change.id)
        and {_CAN_GO_BACK}
        and change.id > coalesce((select max(id) from change where coder_id = ?1
                                   and act not in ('undo', 'redo', 'compact')), 0)
        order by change.id desc limit ?2"""
    )
    return [_change(row) for row in project.rows(sql, (coder, -1 if limit is None else limit))]


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that a change touched, with its state before that change."""

    table: str
    row_id: int
    image: dict[str, Any] | None
    """None where the change made the row."""


def touched_rows(project: ProjectFile, change: int, *, table: str | None = None) -> list[Touched]:
    """Every row of a change (of one table, or of all) once, with its first image: the state to go back to."""
    sql = """
        select tbl, row_id, image from change_row
        where id in (select min(change_row.id) from change join change_row
                     on change_row.id between change.first_row and change.last_row
                     where change.id = ?1 and (?2 is null or tbl = ?2) group by tbl, row_id) order by id"""
    rows = project.rows(sql, (change, table))
    return [Touched(tbl, row, json.loads(image) if image else None) for tbl, row, image in rows]


_FIRST_ROW = (
    "create temp table if not exists first_row (id integer primary key, tbl text, row_id integer, made integer)"
)
_LAID = "create temp table if not exists laid (change_id integer)"


def lay_first_rows(project: ProjectFile, change: int) -> None:
    """Fill the temporary table `first_row`: every row of a change once, by its first entry in the journal.

    Its image there is the state to go back to; `made` says that there is none, since the change made the row.
    """
    for sql in (_FIRST_ROW, "create index if not exists temp.first_row_of on first_row (row_id)", _LAID):
        project.rows(sql)
    project.rows("delete from first_row")
    # Beside `min`, SQLite gives the other columns of the row that has it.
    project.rows(
        "insert into first_row select min(change_row.id), tbl, row_id, op = 'i' from change join change_row"
        " on change_row.id between change.first_row and change.last_row where change.id = ? group by tbl, row_id",
        (change,),
    )
    project.rows("delete from laid")
    project.rows("insert into laid values (?)", (change,))


def are_laid(project: ProjectFile, change: int) -> bool:
    """Whether the first rows of this change were laid last."""
    project.rows(_LAID)
    return project.number("select change_id from laid") == change


def touched_references(project: ProjectFile) -> list[Touched]:
    """The first rows that were laid, with of each image only the columns that refer to other rows: enough to look who hangs on them."""
    columns: dict[str, list[str]] = {}
    for child, column, _ in references(project):
        columns.setdefault(child, []).append(column)
    found = []
    for table in JOURNALED:
        named = columns.get(table, [])
        values = "".join(f", json_extract(image, '$.{column}')" for column in named)
        sql = f"""
            select first_row.row_id, made{values} from first_row join change_row on change_row.id = first_row.id
            where first_row.tbl = ?"""
        for row_id, made, *referred in project.rows(sql, (table,)):
            found.append(Touched(table, row_id, None if made else dict(zip(named, referred, strict=True))))
    return found


@dataclass(frozen=True, slots=True)
class LaterTouch:
    """A standing change that touched a row after another one did."""

    change: Change
    table: str
    op: str
    row_id: int


def later_touches(project: ProjectFile, change: int) -> list[LaterTouch]:
    """Standing changes after `change` on its rows. Cancelled pairs are left out.

    A correction moves spans and is no quarrel about them: its updates of span tables do not count.
    """
    first, last = _row_range(project, change)
    if project.number("select max(id) from change_row") == last:
        return []
    later = """
        from change_row mine join change_row other on other.row_id = mine.row_id and other.tbl = mine.tbl
        where mine.id between ?1 and ?2 and other.id > ?2"""
    numbers = {row[0] for row in project.rows(f"select distinct other.change_id {later}", (first, last))}
    standing = _standing(project, numbers)
    if not standing:
        return []
    shifts = {number for number, each in standing.items() if moves_text(project, each)}
    merges = {number for number, each in standing.items() if takes_work_in(project, each)}
    written = _written_by(project, merges)
    sql = f"""
        select distinct other.change_id, other.tbl, other.op, other.row_id {later}
        and other.change_id in (select value from json_each(?3))"""
    return [
        LaterTouch(standing[number], tbl, op, row)
        for number, tbl, op, row in project.rows(sql, (first, last, json.dumps(list(standing))))
        if not (tbl in SPANS and op == "u" and (number in shifts or _only_moved(number, tbl, row, merges, written)))
    ]


def _only_moved(number: int, table: str, row: int, merges: set[int], written: set[tuple[int, str, int]]) -> bool:
    """Whether work that came in did not touch a span itself, but the text in which it lies."""
    return number in merges and (number, table, row) not in written


def _written_by(project: ProjectFile, merges: set[int]) -> set[tuple[int, str, int]]:
    """(merge, table, row) of everything that other copies wrote and that came in with these merges."""
    sql = """
        select merge_id, tbl, row_id from foreign_change join foreign_row using (replica, sequence)
        where merge_id in (select value from json_each(?))"""
    return set(project.rows(sql, (json.dumps(sorted(merges)),))) if merges else set()


def takes_work_in(project: ProjectFile, change: Change) -> bool:
    """Whether the change, or the one at the root of its chain of undos, took in the work of another copy."""
    return _root_act(project, change) is Act.MERGE


def newer_than(project: ProjectFile, change: Change) -> list[Change]:
    """Changes after this one that stand and are not its own undos and redos."""
    chain, found = {change.id}, []
    while change.undoes is not None and (before := change_by_id(project, change.undoes)) is not None:
        change = before
        chain.add(change.id)
    for each in reversed(history(project, after=change.id)):
        if each.id in chain or each.undoes in chain:
            chain.add(each.id)
        else:
            found.append(each)
    standing = _standing(project, {each.id for each in found})
    return [each for each in found if each.id in standing and each.act is not Act.COMPACT]


def _row_range(project: ProjectFile, change: int) -> tuple[int, int]:
    found = project.row("select first_row, last_row from change where id = ?", (change,))
    return (found[0], found[1]) if found else (0, -1)


MOVING = frozenset({Act.CORRECT, Act.RENEW_SOURCE})
"""Acts that lead a text from one version to another, and its spans with it."""


def moves_text(project: ProjectFile, change: Change) -> bool:
    """Whether the change, or the one at the root of its chain of undos, leads a text to another version."""
    return _root_act(project, change) in MOVING


def renews_text(project: ProjectFile, change: Change) -> bool:
    """Whether the change, or the one at the root of its chain of undos, read in a newer file."""
    return _root_act(project, change) is Act.RENEW_SOURCE


def _root_act(project: ProjectFile, change: Change) -> Act | None:
    root: Change | None = change
    while root is not None and root.undoes is not None:
        root = change_by_id(project, root.undoes)
    return root.act if root is not None else None


def _standing(project: ProjectFile, numbers: set[int]) -> dict[int, Change]:
    """Leave out each change together with the one that takes it back, newest first."""
    changes = {number: change for number in numbers if (change := change_by_id(project, number)) is not None}
    for number in sorted(changes, reverse=True):
        change = changes.get(number)
        if change is not None and change.undoes in changes:
            del changes[number], changes[change.undoes]
    return changes


def dependents(project: ProjectFile, touched: Iterable[Touched]) -> Counter[tuple[str, int, str]]:
    """Who hangs on rows that would go with a reversal of `touched`: (table, coder id, coder) -> number of rows.

    Rows that go themselves, and rows that the reversal hangs elsewhere, are left out.
    """
    gone: dict[str, set[int]] = {}
    back: dict[tuple[str, int], dict[str, Any]] = {}
    for each in touched:
        if each.image is None:
            gone.setdefault(each.table, set()).add(each.row_id)
        else:
            back[(each.table, each.row_id)] = each.image
    found: Counter[tuple[str, int, str]] = Counter()
    for child, column, parent in references(project):
        parents, leaving = gone.get(parent, set()), gone.get(child, set())
        for row_id in _children(project, child, column, parents) if parents else ():
            image = back.get((child, row_id))
            stays = image[column] in parents if image is not None else row_id not in leaving
            if stays:
                coder_id, coder = _maker(project, child, row_id)
                found[(child, coder_id, coder)] += 1
    return found


def references(project: ProjectFile) -> list[tuple[str, str, str]]:
    """All (child table, column, parent table) among the journaled tables."""
    return [
        (table, row[3], row[2])
        for table in JOURNALED
        for row in project.rows(f"pragma foreign_key_list({table})")
        if row[2] in JOURNALED
    ]


def _children(project: ProjectFile, child: str, column: str, parents: Iterable[int]) -> list[int]:
    wanted = json.dumps(sorted(parents))
    sql = f"select id from {child} where {column} in (select value from json_each(?))"
    return [row[0] for row in project.rows(sql, (wanted,))]


def _maker(project: ProjectFile, table: str, row_id: int) -> tuple[int, str]:
    sql = """
        select coder.id, coder.name from change_row join change on change.id = change_row.change_id
        join coder on coder.id = change.coder_id
        where change_row.row_id = ? and change_row.tbl = ? and change_row.op in ('i', 'd') order by change_row.id limit 1"""
    found = project.row(sql, (row_id, table))
    return (found[0], found[1]) if found else (0, "?")


def missing_parents(project: ProjectFile, restored: list[Touched]) -> list[str]:
    """Tables of which a restored row needs a row that is no longer there."""
    coming: dict[str, set[int]] = {}
    for each in restored:
        if each.image is not None:
            coming.setdefault(each.table, set()).add(each.row_id)
    lost = []
    for child, column, parent in references(project):
        wanted = {
            each.image[column] for each in restored if each.table == child and each.image and each.image.get(column)
        }
        wanted -= coming.get(parent, set())
        there = project.rows(
            f"select id from {parent} where id in (select value from json_each(?))", (json.dumps(sorted(wanted)),)
        )
        if len(there) < len(wanted):
            lost.append(parent)
    return lost
