"""Where a span came from: the last place that a person gave it, before corrections moved it.

A correction that takes away the first word of a fragment loses where the border was, and the image of a later change
no longer knows. So an undo does not trust the image of its own change alone: it goes back to the oldest image since a
person last set the borders, and carries that one through the corrections that still stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from verhalen.model.act import Act
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SPANS

Key = tuple[str, int]
"""Table and row."""
Image = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one change did to one row."""

    change: int
    op: str
    image: str | None
    """The row before the change, as the journal has it; None where the change made it. Most are never read."""


@dataclass(frozen=True, slots=True)
class Past:
    """All that ever happened to one span, oldest first."""

    entries: tuple[Entry, ...]
    corrections: frozenset[int]
    """Those of the changes that are corrections, or take one back."""
    undoes: dict[int, int]

    def before(self, change: int) -> Image | None:
        """Where the span came from as it was before `change`; None where the change made it."""
        index = next(i for i, entry in enumerate(self.entries) if entry.change == change)
        return self._back(index, self.entries[index].image)

    def now(self, current: Image | None) -> Image | None:
        """Where the span came from as it is now; None where a person took it away."""
        return self._back(len(self.entries), current)

    def last_image(self) -> Image | None:
        """The newest image there is."""
        return _read(next((entry.image for entry in reversed(self.entries) if entry.image is not None), None))

    def _back(self, index: int, found: Image | str | None) -> Image | None:
        """Walk back from the state before entry `index` to the oldest image with the same borders."""
        while index > 0:
            earlier = self.entries[index - 1]
            if earlier.change in self.corrections:
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
        return _read(found)

    def _undone_by(self, index: int) -> int | None:
        """The entry that entry `index` took back; None where it is no undo, or of something older than we know."""
        change = self.undoes.get(self.entries[index].change)
        if change is None:
            return None
        return next((i for i, entry in enumerate(self.entries[:index]) if entry.change == change), None)


def _read(image: Image | str | None) -> Image | None:
    found: Image | None = json.loads(image) if isinstance(image, str) else image
    return found


def _same_place(one: str | None, other: Image | str | None) -> bool:
    if one is None or other is None:
        return False
    before, after = _read(one) or {}, _read(other) or {}
    return all(before[column] == after[column] for column in ("source_id", "start", "stop", "version"))


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
    corrections, undoes = _kinds(project, numbers)
    return {key: Past(tuple(entries), corrections, undoes) for key, entries in found.items()}


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


def _kinds(project: ProjectFile, numbers: Iterable[int]) -> tuple[frozenset[int], dict[int, int]]:
    """Which changes are corrections at the root of their chain of undos, and what each takes back."""
    acts: dict[int, str] = {}
    undoes: dict[int, int] = {}
    asked = set(numbers)
    while asked:
        sql = "select id, act, undoes from change where id in (select value from json_each(?))"
        rows = project.rows(sql, (json.dumps(sorted(asked)),))
        acts.update((number, act) for number, act, _ in rows)
        undoes.update((number, taken) for number, _, taken in rows if taken is not None)
        asked = {taken for _, _, taken in rows if taken is not None} - acts.keys()
    corrections = {number for number in acts if acts.get(_root(number, undoes)) == Act.CORRECT.value}
    return frozenset(corrections), undoes


def _root(number: int, undoes: dict[int, int]) -> int:
    while number in undoes:
        number = undoes[number]
    return number
