"""Where a span came from: every image of it since a person last set its borders.

A correction that takes away the first word of a fragment loses where the border was, and the image of a later change
no longer knows; but that image may know what an earlier one does not. So an undo does not trust the image of its own
change alone: it carries all of them, and takes each border from the one that leaves the least doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.model.act import Act
from verhalen.model.text import Span, Step
from verhalen.store.journal import MOVING
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SPANS

Key = tuple[str, int]
"""Table and row."""
Image = str
"""A row of a span table as the journal has it, in JSON; most are never read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one change did to one row."""

    change: int
    op: str
    image: Image | None
    """The row before the change; None where the change made it."""


@dataclass(frozen=True, slots=True)
class Past:
    """All that ever happened to one span, oldest first."""

    entries: tuple[Entry, ...]
    corrections: frozenset[int]
    """Those of the changes that are corrections, or take one back."""
    undoes: dict[int, int]
    renewals: frozenset[int] = frozenset()
    """Those of the corrections that read in a newer file, or take that back."""

    def before(self, change: int) -> list[Image]:
        """Images of the span as it was before `change`, newest first; none where the change made it."""
        index = next(i for i, entry in enumerate(self.entries) if entry.change == change)
        return self._back(index, self.entries[index].image)

    def now(self, current: str | None) -> list[Image]:
        """Images of the span as it is now, newest first; none where a person took it away."""
        return self._back(len(self.entries), current)

    def last_image(self) -> Image | None:
        """The newest image there is."""
        return next((entry.image for entry in reversed(self.entries) if entry.image is not None), None)

    def _back(self, index: int, found: Image | None) -> list[Image]:
        """Walk back from the state before entry `index` to where a person set the borders."""
        images = [found]
        while index > 0:
            earlier = self.entries[index - 1]
            if earlier.change in self.renewals:
                undone = self._undone_by(index - 1)
                if undone is None and earlier.op != "u":
                    break  # a person took it out, or put it elsewhere
                index = index - 1 if undone is None else undone
                found = self.entries[index].image or found
            elif earlier.change in self.corrections:
                index -= 1
                found = earlier.image or found
            elif (undone := self._undone_by(index - 1)) is not None:
                index = undone
                found = self.entries[index].image
            elif _same_place(earlier.image, found):
                index -= 1
                found = earlier.image
            else:
                break
            images.append(found)
        return [image for image in images if image is not None]

    def _undone_by(self, index: int) -> int | None:
        """The entry that entry `index` took back; None where it is no undo, or of something older than we know."""
        change = self.undoes.get(self.entries[index].change)
        if change is None:
            return None
        return next((i for i, entry in enumerate(self.entries[:index]) if entry.change == change), None)


def version_of(image: Image) -> int:
    """The version of the text that the image was taken in: the triggers put it last. 0 where there was none."""
    text = image[image.rindex(":") + 1 : -1].strip()
    return int(text) if text.isdecimal() else 0


def place_of(image: Image) -> tuple[int, Span]:
    """The source and the place in the version of the image."""
    found = json.loads(image)
    return found["source_id"], Span(found["start"], found["stop"])


def image_of(source: int, span: Span, version: int) -> Image:
    """An image of a span as it is now; only its place counts."""
    return json.dumps({"source_id": source, "start": span.start, "stop": span.stop, "version": version})


def _same_place(one: Image | None, other: Image | None) -> bool:
    if one is None or other is None:
        return False
    return (place_of(one), version_of(one)) == (place_of(other), version_of(other))


@dataclass(frozen=True, slots=True)
class Followed:
    """An image, carried: where it came out, and how often words were put back right at a border."""

    span: Span | None
    """None where nothing was left."""
    start_doubts: int
    stop_doubts: int
    put_back: int
    """How many steps put something back, anywhere."""


def follow(span: Span, steps: Sequence[Step], *, known: int) -> Followed:
    """Carry a span, and count where it may have gone wrong: what is put back at its border may have been its own.

    A correction up to number `known` was there already when the image was taken: it is put back too.
    """
    here: Span | None = span
    start = stop = put_back = 0
    for step in steps:
        place = step.correction
        if step.again or step.number <= known:
            put_back += 1
            if here is not None:
                start += place.start <= here.start < max(place.stop, place.start + 1)
                stop += min(place.start, place.stop - 1) < here.stop <= place.stop
        here = here and place.move(here)
    return Followed(here, start, stop, put_back)


def settled(tries: Sequence[Followed]) -> Span | None:
    """The place on which the images agree best, border by border."""
    best = min(tries, key=lambda each: (each.start_doubts + each.stop_doubts, each.put_back))
    if best.span is None:
        return None
    living = [each for each in tries if each.span is not None]
    first = min(living, key=lambda each: (each.start_doubts, each.put_back)).span or best.span
    last = min(living, key=lambda each: (each.stop_doubts, each.put_back)).span or best.span
    return Span(first.start, last.stop) if first.start < last.stop else best.span


def pasts(project: ProjectFile, rows: Iterable[int]) -> dict[Key, Past]:
    """The past of each of these rows of span tables."""
    sql = """
        select tbl, row_id, change_id, op, image from change_row
        where id in (select min(id) from change_row where row_id in (select value from json_each(?))
                     group by tbl, row_id, change_id)
        order by id"""
    found: dict[Key, list[Entry]] = {}
    for table, row, number, op, image in project.rows(sql, (json.dumps(sorted(rows)),)):
        if table in SPANS:
            found.setdefault((table, row), []).append(Entry(number, op, image))
    numbers = {entry.change for entries in found.values() for entry in entries}
    corrections, renewals, undoes = _kinds(project, numbers)
    return {key: Past(tuple(entries), corrections, undoes, renewals) for key, entries in found.items()}


def touched_spans(project: ProjectFile, change: int, *, gone: bool = False) -> set[int]:
    """The rows of span tables that `change` touched; with `gone` only those that are no longer there.

    Its own undos and redos count too: what a colleague coded in between, only the redo has moved.
    """
    found = set()
    for table in SPANS:
        living = f" and row_id not in (select id from {table})" if gone else ""
        sql = f"""
            with recursive chain (id) as
                (select ? union select change.id from change join chain on change.undoes = chain.id)
            select row_id from chain join change on change.id = chain.id
            join change_row on change_row.id between first_row and last_row where tbl = ?{living}"""
        found |= {row[0] for row in project.rows(sql, (change, table))}
    return found


def _kinds(project: ProjectFile, numbers: Iterable[int]) -> tuple[frozenset[int], frozenset[int], dict[int, int]]:
    """Corrections at the root of their chain of undos, those of them that read in a newer file, and what each takes back."""
    acts: dict[int, str] = {}
    undoes: dict[int, int] = {}
    asked = set(numbers)
    while asked:
        sql = "select id, act, undoes from change where id in (select value from json_each(?))"
        rows = project.rows(sql, (json.dumps(sorted(asked)),))
        acts.update((number, act) for number, act, _ in rows)
        undoes.update((number, taken) for number, _, taken in rows if taken is not None)
        asked = {taken for _, _, taken in rows if taken is not None} - acts.keys()
    roots = {number: acts.get(_root(number, undoes), "") for number in acts}
    corrections = frozenset(number for number, act in roots.items() if act in MOVING)
    renewals = frozenset(number for number, act in roots.items() if act == Act.RENEW_SOURCE)
    return corrections, renewals, undoes


def _root(number: int, undoes: dict[int, int]) -> int:
    while number in undoes:
        number = undoes[number]
    return number
