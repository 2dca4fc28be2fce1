"""Undo and redo: a new change that puts the rows of an earlier one back, unless somebody's work hangs on it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from verhalen.model.act import Change
from verhalen.model.text import Span
from verhalen.store import versions
from verhalen.store.journal import (
    LaterTouch,
    Touched,
    are_laid,
    dependents,
    later_touches,
    lay_first_rows,
    missing_parents,
    moves_text,
    newer_than,
    renews_text,
    takes_work_in,
    touched_references,
    touched_rows,
)
from verhalen.store.origins import Key, pasts, touched_spans
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.reverting import Lemmatise, Ways, carry_back, overlapping, take_text_back
from verhalen.store.schema import CAME_LATER, JOURNALED, SPANS


@dataclass(frozen=True, slots=True)
class Blockers:
    """Why a change cannot be taken back now. Nothing in it: it can."""

    touched: tuple[LaterTouch, ...] = ()
    dependents: tuple[tuple[str, str, int], ...] = ()
    """(table, coder, number of rows) that hang on rows which would go."""
    lost: tuple[str, ...] = ()
    """Tables of which a needed row is gone."""
    overlap: tuple[Change, ...] = ()
    """Later corrections of the same words."""

    def __bool__(self) -> bool:
        return bool(self.touched or self.dependents or self.lost or self.overlap)


def blockers(project: ProjectFile, change: Change) -> Blockers:
    """Look for later work that a reversal of `change` would take along.

    Work of another copy that came in can only be taken back while nothing was done since: what was done may rest on all of it.
    """
    if takes_work_in(project, change) and (newer := newer_than(project, change)):
        return Blockers(touched=tuple(LaterTouch(each, "change", "u", each.id) for each in newer))
    renews = renews_text(project, change)
    if moves_text(project, change) and not renews:
        return Blockers(
            overlap=overlapping(project, change), lost=tuple(missing_parents(project, _ended(project, change)))
        )
    lay_first_rows(project, change.id)
    touched = touched_references(project)
    shifted = _shifted(project, change) if renews else set()
    touched = [each for each in touched if (each.table, each.row_id) not in shifted]
    hanging: Counter[tuple[str, str]] = Counter()
    for (table, _, coder), count in dependents(project, touched).items():
        hanging[(table, coder)] += count
    lost = missing_parents(project, [each for each in touched if each.image is not None])
    return Blockers(
        touched=tuple(each for each in later_touches(project, change.id) if (each.table, each.row_id) not in shifted),
        dependents=tuple((table, coder, count) for (table, coder), count in sorted(hanging.items())),
        lost=tuple(lost),
    )


def _shifted(project: ProjectFile, change: Change) -> set[Key]:
    """Spans that only moved with the text, and that still lie in it: they are carried back, whatever else was done to them."""
    sql = """
        select tbl, row_id from change_row where id in
            (select min(change_row.id) from change join change_row on change_row.id between first_row and last_row
             where change.id = ? group by tbl, row_id) and op = 'u'"""
    rows = [(table, row) for table, row in project.rows(sql, (change.id,)) if table in SPANS]
    return {
        (table, row) for table, row in rows if project.row(f"select 1 from {table} where id = ?", (row,)) is not None
    }


def _ended(project: ProjectFile, change: Change) -> list[Touched]:
    """Spans that a correction ended and that would come back."""
    gone = touched_spans(project, change.id, gone=True)
    return [
        Touched(table, row, json.loads(past.last_image() or "null"))
        for (table, row), past in pasts(project, gone).items()
        if past.now(None)
    ]


def take_back(writing: Writing, change: Change, *, lemmatise: Lemmatise) -> list[int]:
    """Put every row of `change` back as it was before; give the ids of codings that could not come along.

    Call it inside a change, after `blockers` found nothing and with nothing stored by others since. `lemmatise` makes the search words of a
    text, should a new version be needed.
    """
    project = writing.project
    writing.undoes = change.id
    writing.targets.extend(change.targets)
    if renews_text(project, change):
        return _take_renewal_back(writing, change)
    if moves_text(project, change):
        ended = take_text_back(writing, change, lemmatise)
        _restore_notes(writing, change)
        return ended
    _restore_rows(writing, change)
    return _carry_restored(writing, change)


def _restore_notes(writing: Writing, change: Change) -> None:
    """What was noted in the same change as a correction, its reason, goes and comes with it; what was touched since stays."""
    project = writing.project
    if not any(touched_rows(project, change.id, table=table) for table in _NOTES):
        return
    later = {(each.table, each.row_id) for each in later_touches(project, change.id)}
    rows = {(each.table, each.row_id) for each in touched_rows(project, change.id)}
    _restore_rows(writing, change, leave=[key for key in rows if key[0] not in _NOTES or key in later])


_NOTES = ("memo", "verification")


def _take_renewal_back(writing: Writing, change: Change) -> list[int]:
    """Rows of the source become what they were; what only moved with the text, or came later, is carried back."""
    shifted = _shifted(writing.project, change)
    restored = {(each.table, each.row_id) for each in touched_rows(writing.project, change.id)} - shifted
    ended = carry_back(writing, change, fixed=restored)
    for (
        table
    ) in SPANS:  # taken out and put back, as at reading in: a redo must see that they did not move with the text
        rows = [(row,) for found, row in restored if found == table]
        writing.executemany(f"delete from {table} where id = ?", rows)
    _restore_rows(writing, change, leave=shifted)
    return ended


# -- rows ----------------------------------------------------------------------------------------------------------


def _restore_rows(writing: Writing, change: Change, *, leave: Iterable[Key] = ()) -> None:
    """Set-based: the first image of each row is what to go back to; rows made in between go, and those in `leave` stay."""
    if not are_laid(writing.project, change.id):
        lay_first_rows(writing.project, change.id)
    writing.executemany("delete from first_row where tbl = ? and row_id = ?", list(leave))
    tables = [table for table in JOURNALED if writing.rows("select 1 from first_row where tbl = ? limit 1", (table,))]
    for table in reversed(tables):
        writing.execute(
            f"delete from {table} where id in (select row_id from first_row where tbl = ? and made)", (table,)
        )
    # A source goes last: images of its spans name the version that it still has.
    for table in sorted(tables, key=lambda table: table == "source"):
        _write_images(writing, table)


def _write_images(writing: Writing, table: str) -> None:
    columns = [row[1] for row in writing.rows(f"pragma table_info({table})")]
    values = ", ".join(_from_image(table, column) for column in columns)
    names = ", ".join(columns)
    back = "from first_row join change_row on change_row.id = first_row.id where first_row.tbl = ? and not made"
    writing.execute(
        f"update {table} set ({names}) = (select {values} {back} and first_row.row_id = {table}.id)"
        f" where id in (select row_id from first_row where tbl = ? and not made)",
        (table, table),
    )
    writing.execute(
        f"insert into {table} ({names}) select {values} {back} and first_row.row_id not in (select id from {table})",
        (table,),
    )


def _from_image(table: str, column: str) -> str:
    """SQL of a column's value in an image; images of before the column hold its default."""
    value = f"json_extract(image, '$.{column}')"
    defaults = CAME_LATER.get(table, {})
    default = defaults.get(column)
    return value if default is None else f"coalesce({value}, {default!r})"


def _carry_restored(writing: Writing, change: Change) -> list[int]:
    """Bring the spans that were just restored from the version of their image to the one that counts now."""
    project = writing.project
    sql = """
        select first_row.tbl, first_row.row_id, json_extract(image, '$.start'), json_extract(image, '$.stop'),
               source.id, source.version
        from first_row join change_row on change_row.id = first_row.id
        join source on source.id = json_extract(image, '$.source_id')
        where first_row.tbl in (select value from json_each(?)) and not made
              and json_extract(image, '$.version') not in (source.version, 0)"""
    found = writing.rows(sql, (json.dumps(SPANS),))
    late: dict[Key, Span] = {(table, row): Span(start, stop) for table, row, start, stop, _, _ in found}
    known = pasts(project, {row for _, row in late})
    ways = Ways(project, {source: version for *_, source, version in found})
    goal = {key: ways.carry(known[key].before(change.id)) for key in late}
    return versions.place_spans(writing, late, goal)
