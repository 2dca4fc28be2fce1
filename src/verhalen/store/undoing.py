"""Undo and redo: a new change that puts the rows of an earlier one back, unless somebody's work hangs on it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from verhalen import errors
from verhalen.model.act import Change
from verhalen.model.text import Correction, Span, Step, move_through
from verhalen.store import versions
from verhalen.store.journal import (
    LaterTouch,
    Touched,
    dependents,
    history,
    later_touches,
    missing_parents,
    moves_text,
    touched_rows,
)
from verhalen.store.origins import Image, pasts, touched_spans
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.schema import JOURNALED, SPANS

Lemmatise = Callable[[str], str]


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
    """Look for later work that a reversal of `change` would take along."""
    if moves_text(project, change):
        return Blockers(
            overlap=_overlapping(project, change), lost=tuple(missing_parents(project, _ended(project, change)))
        )
    touched = touched_rows(project, change.id)
    hanging: Counter[tuple[str, str]] = Counter()
    for (table, _, coder), count in dependents(project, touched).items():
        hanging[(table, coder)] += count
    lost = missing_parents(project, [each for each in touched if each.image is not None])
    return Blockers(
        touched=tuple(later_touches(project, change.id)),
        dependents=tuple((table, coder, count) for (table, coder), count in sorted(hanging.items())),
        lost=tuple(lost),
    )


def _ended(project: ProjectFile, change: Change) -> list[Touched]:
    """Spans that a correction ended and that would come back."""
    gone = touched_spans(project, change.id, gone=True)
    return [
        Touched(table, row, past.last_image())
        for (table, row), past in pasts(project, gone).items()
        if past.now(None) is not None
    ]


def take_back(writing: Writing, change: Change, *, lemmatise: Lemmatise) -> list[int]:
    """Put every row of `change` back as it was before; give the ids of codings that could not come along.

    Call it inside a change, after `blockers` found nothing under the same lock. `lemmatise` makes the search words of a
    text, should a new version be needed.
    """
    project = writing.project
    writing.undoes = change.id
    writing.targets.extend(change.targets)
    if moves_text(project, change):
        return _take_text_back(writing, change, lemmatise)
    _restore_rows(writing, change)
    return _carry_restored(writing, change)


# -- rows ----------------------------------------------------------------------------------------------------------


def _restore_rows(writing: Writing, change: Change) -> None:
    """Set-based: the first image of each row is what to go back to; rows made in between go."""
    writing.execute(
        "create temp table if not exists first_row (id integer primary key, tbl text, row_id integer, made integer)"
    )
    writing.execute("create index if not exists temp.first_row_of on first_row (row_id)")
    writing.execute("delete from first_row")
    writing.execute(
        "insert into first_row select min(change_row.id), tbl, row_id, 0 from change join change_row"
        " on change_row.id between change.first_row and change.last_row where change.id = ? group by tbl, row_id",
        (change.id,),
    )
    writing.execute(
        "update first_row set made = 1 where (select op from change_row where change_row.id = first_row.id) = 'i'"
    )
    tables = [table for table in JOURNALED if writing.rows("select 1 from first_row where tbl = ? limit 1", (table,))]
    for table in reversed(tables):
        writing.execute(
            f"delete from {table} where id in (select row_id from first_row where tbl = ? and made)", (table,)
        )
    for table in tables:
        _write_images(writing, table)


def _write_images(writing: Writing, table: str) -> None:
    columns = [row[1] for row in writing.rows(f"pragma table_info({table})")]
    values = ", ".join(f"json_extract(image, '$.{column}')" for column in columns)
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


def _carry_restored(writing: Writing, change: Change) -> list[int]:
    """Bring restored spans from the version of their image to the one that counts now."""
    project = writing.project
    spans = [each for each in touched_rows(project, change.id) if each.table in SPANS and each.image is not None]
    current = {
        source: versions.current_version(project, source) for source in {_image(each)["source_id"] for each in spans}
    }
    late = {
        (each.table, each.row_id): Span(_image(each)["start"], _image(each)["stop"])
        for each in spans
        if _image(each)["version"] not in (current[_image(each)["source_id"]], 0, None)
    }
    known = pasts(project, {row for _, row in late})
    goal = {}
    ways = _Ways(project, current)
    for key in late:
        origin = known[key].before(change.id)
        if origin is not None:
            goal[key] = ways.carry(origin)
    return versions.place_spans(writing, late, goal)


def _image(touched: Touched) -> Image:
    assert touched.image is not None, "asked of rows with an image only"
    return touched.image


class _Ways:
    """Carries images of spans to the versions in `goal` (source to version); each way is looked up once."""

    def __init__(self, project: ProjectFile, goal: dict[int, int]) -> None:
        self._project = project
        self._goal = goal
        self._known: dict[tuple[int, int], list[Step]] = {}

    def carry(self, image: Image) -> Span | None:
        source, version = image["source_id"], image["version"]
        if (source, version) not in self._known:
            self._known[(source, version)] = versions.way(self._project, source, start=version, goal=self._goal[source])
        return move_through(Span(image["start"], image["stop"]), self._known[(source, version)])


# -- texts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _TextMove:
    source_id: int
    before: int
    after: int


def _text_moves(project: ProjectFile, change: Change) -> list[_TextMove]:
    """Which sources `change` led from one version to another."""
    moves = []
    for each in touched_rows(project, change.id, table="source"):
        if each.image is not None:
            before = each.image["version"]
            after = _version_after(project, change, each.row_id)
            if before != after:
                moves.append(_TextMove(each.row_id, before, after))
    return moves


def _version_after(project: ProjectFile, change: Change, source_id: int) -> int:
    sql = """
        select json_extract(image, '$.version') from change_row
        where row_id = ? and tbl = 'source' and id > (select last_row from change where id = ?) order by id limit 1"""
    found = project.row(sql, (source_id, change.id))
    return found[0] if found and found[0] is not None else versions.current_version(project, source_id)


def _overlapping(project: ProjectFile, change: Change) -> tuple[Change, ...]:
    """Later corrections whose words meet the words that would come back."""
    for move in _text_moves(project, change):
        if _reversal(project, move) is None:
            later = [
                each
                for each in history(project, after=change.id)
                if move.source_id in each.targets and not each.undone and moves_text(project, each)
            ]
            return tuple(later) or (change,)
    return ()


def _reversal(project: ProjectFile, move: _TextMove) -> tuple[Correction, str] | None:
    """The step from `after` back to `before`, carried to the version that counts now, and the text that it makes.

    None where later corrections meet it: they overlap, other words came at the very place of deleted ones (before or
    after them? nobody can tell), they touch so that letters would join (NFC), or nothing is left.
    """
    current = versions.current_version(project, move.source_id)
    back = versions.way(project, move.source_id, start=move.after, goal=move.before)
    if len(back) != 1:
        return None
    place = back[0].correction
    for step in versions.way(project, move.source_id, start=move.after, goal=current):
        other = step.correction
        if other.old == place.old == 0 and other.start == place.start:
            return None
        if other.stop <= place.start:
            place = Correction(place.start + other.shift, place.old, place.new)
        elif other.start < place.stop:
            return None
    old, now = (versions.text_of(project, move.source_id, version) for version in (move.before, current))
    if old is None or now is None:
        return None
    words = old.text[back[0].correction.start :][: place.new]
    text = now.text[: place.start] + words + now.text[place.stop :]
    return (place, text) if text.strip() and unicodedata.is_normalized("NFC", text) else None


def _take_text_back(writing: Writing, change: Change, lemmatise: Lemmatise) -> list[int]:
    project = writing.project
    ended = []
    for move in _text_moves(project, change):
        current = versions.current_version(project, move.source_id)
        goal = move.before if current == move.after else _reversed_version(writing, move, current, lemmatise)
        ended += _place_all(writing, change, move, current=current, goal=goal)
        versions.point_to(writing, move.source_id, goal)
    return ended


def _reversed_version(writing: Writing, move: _TextMove, current: int, lemmatise: Lemmatise) -> int:
    """Make the version that lacks the change but keeps all corrections after it."""
    project = writing.project
    reversal = _reversal(project, move)
    if reversal is None:
        raise errors.StaleText
    place, text = reversal
    cancels = versions.step_number(project, move.source_id, start=move.before, goal=move.after)
    return versions.add_version(
        writing, move.source_id, parent=current, correction=place, text=text, lemmas=lemmatise(text), cancels=cancels
    )


def _place_all(writing: Writing, change: Change, move: _TextMove, *, current: int, goal: int) -> list[int]:
    """Carry every span to `goal`; those at the place, and those that ended, come from where a person last put them."""
    project = writing.project
    source = move.source_id
    now = versions.spans_of(project, source)
    steps = versions.way(project, source, start=current, goal=goal)
    places = versions.carried(now, steps)
    near = {row for (_, row), span in now.items() if any(_meets(span, step.correction) for step in steps)}
    ways = _Ways(project, {source: goal})
    missing = []
    for key, past in pasts(project, near | touched_spans(project, change.id)).items():
        origin = past.now(_place_now(now.get(key), source, current))
        if origin is None or origin["source_id"] != source:
            continue
        place = ways.carry(origin)
        if key in now:
            places[key] = place
        elif place is not None:
            missing.append((key[0], {**(past.last_image() or {}), "start": place.start, "stop": place.stop}))
    back = versions.way(project, source, start=goal, goal=current)
    ended = versions.place_spans(writing, now, places, back=back)
    for table, image in missing:
        _bring_back(writing, table, image)
    return ended


def _meets(span: Span, place: Correction) -> bool:
    return span.start <= place.stop and place.start <= span.stop


def _place_now(span: Span | None, source: int, version: int) -> Image | None:
    if span is None:
        return None
    return {"source_id": source, "start": span.start, "stop": span.stop, "version": version}


def _bring_back(writing: Writing, table: str, image: Image) -> None:
    """Insert a span that a correction had ended."""
    columns = [row[1] for row in writing.rows(f"pragma table_info({table})")]
    writing.execute(
        f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{column}' for column in columns)})",
        {column: image.get(column) for column in columns},
    )
