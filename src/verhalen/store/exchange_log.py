"""What each change wrote, in a form that another copy of the project can take in.

The journal holds the state of a row *before* each change; another copy needs what a change made of it. That is the
image of the next change of the same row, or the row as it stands. What came from other copies is kept as it came
(`foreign_change`, `foreign_row`), so that it can be passed on. Numbers of text versions are those of one file; outside
it a version is called by what it is (`version_names`).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from verhalen.model.act import Act
from verhalen.model.text import Span, Step, move_through
from verhalen.store import versions
from verhalen.store.journal import MOVING
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.schema import CAME_LATER, JOURNALED, SPANS

Stamp = tuple[int, int]
"""Replica and sequence: the name of a change in all copies."""
Data = dict[str, Any]
OVERRIDE = "o"
"""In `foreign_row`: of a change of our own, values that the journal no longer tells as they were written. It is not sent."""
AT_ONCE = 5_000
"""Rows that are held at a time."""


class Entry(NamedTuple):
    """A change without its rows."""

    replica: int
    sequence: int
    id: int
    act: str
    targets: str
    coder_id: int
    time: str
    undoes: int | None

    @property
    def stamp(self) -> Stamp:
        """Its name in all copies."""
        return self.replica, self.sequence


class Write(NamedTuple):
    """What one change made of one row."""

    stamp: Stamp
    table: str
    row: int
    op: str
    """`i` it is there, with all its columns; `u` these columns have these values; `d` it is gone; `m` it moved with the text."""
    data: Data
    """Column to value; in a span and a source `version` is the name of a text version."""


# -- which changes ---------------------------------------------------------------------------------------------------


def own_entries(project: ProjectFile) -> list[Entry]:
    """The changes in the journal of this file, oldest first: made here, or in the copy that this file came from."""
    sql = "select replica, sequence, id, act, targets, coder_id, time, undoes from change order by id"
    return [Entry(*row) for row in project.rows(sql)]


def foreign_entries(project: ProjectFile) -> list[Entry]:
    """The changes that came in from other copies and stand."""
    undone = undone_merges(project)
    sql = "select replica, sequence, id, act, targets, coder_id, time, undoes, merge_id from foreign_change order by id"
    return [Entry(*row[:8]) for row in project.rows(sql) if row[8] not in undone]


def undone_merges(project: ProjectFile | Writing) -> set[int]:
    """Changes that took work in and were taken back."""
    undoes: dict[int, int] = dict(
        project.rows("select undoes, max(id) from change where undoes is not null group by undoes")
    )

    def is_undone(number: int) -> bool:
        return number in undoes and not is_undone(undoes[number])

    merges = [row[0] for row in project.rows("select id from change where act = 'merge'")]
    return {number for number in merges if is_undone(number)}


def held(project: ProjectFile) -> dict[int, int]:
    """Of each copy the highest sequence of which everything is here."""
    found: dict[int, int] = {}
    for each in (*own_entries(project), *foreign_entries(project)):
        found[each.replica] = max(found.get(each.replica, 0), each.sequence)
    return found


def taken_back(entries: Iterable[Entry]) -> set[Stamp]:
    """Changes that were undone, and the undos and redos themselves: together they say nothing."""
    known = {each.id: each for each in entries}
    undone = _undone(known)
    return {each.stamp for each in known.values() if each.id in undone or each.undoes in known}


def _undone(known: dict[int, Entry]) -> set[int]:
    """Changes of which an undo stands."""
    undone_by = {
        each.undoes: each.id for each in sorted(known.values(), key=lambda one: one.id) if each.undoes in known
    }

    def is_undone(number: int) -> bool:
        return number in undone_by and not is_undone(undone_by[number])

    return {number for number in known if is_undone(number)}


def standing(seen: Iterable[tuple[int, int, int, int]], entries: Iterable[Entry]) -> list[tuple[int, int, int, int]]:
    """What was seen, without what came in by a merge that was taken back, in whichever copy."""
    known = {each.id: each for each in entries}
    gone = {known[number].stamp for number in _undone(known) if known[number].act == Act.MERGE}
    return [row for row in seen if (row[0], row[1]) not in gone]


class Causality:
    """Which change was made by somebody who had seen which other one."""

    def __init__(self, rows: Iterable[tuple[int, int, int, int]]) -> None:
        known: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for replica, sequence, other, upto in rows:
            known[(replica, other)].append((sequence, upto))
        self._sequences: dict[tuple[int, int], list[int]] = {}
        self._upto: dict[tuple[int, int], list[int]] = {}
        for key, pairs in known.items():
            highest, uptos = 0, []
            pairs.sort()
            for _, upto in pairs:
                highest = max(highest, upto)
                uptos.append(highest)
            self._sequences[key] = [sequence for sequence, _ in pairs]
            self._upto[key] = uptos

    def before(self, one: Stamp, other: Stamp) -> bool:
        """Whether whoever made `other` had `one`."""
        if one[0] == other[0]:
            return one[1] < other[1]
        key = (other[0], one[0])
        if key not in self._sequences:
            return False
        place = bisect_right(self._sequences[key], other[1])
        return place > 0 and one[1] <= self._upto[key][place - 1]


def seen_rows(project: ProjectFile) -> list[tuple[int, int, int, int]]:
    """(replica, from its sequence on, other replica, up to its sequence) for all that is known here."""
    kept: list[tuple[int, int, int, int]] = [
        (replica, sequence, other, upto)
        for replica, sequence, other, upto in project.rows("select replica, sequence, other, upto from seen")
    ]
    stored = standing(kept, (*own_entries(project), *foreign_entries(project)))
    return stored + _handed_on(project, stored)


def _handed_on(project: ProjectFile, stored: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The journal of one file is one line: a copy, or a file that was moved, has seen all that stood in it before."""
    at: dict[Stamp, list[tuple[int, int]]] = defaultdict(list)
    for replica, sequence, other, upto in stored:
        at[(replica, sequence)].append((other, upto))
    vector: dict[int, int] = {}
    found, last = [], None
    for replica, sequence in project.rows("select replica, sequence from change order by id"):
        if last is not None and replica != last:
            # Before the first change of a copy: that one may be a merge, which is taken back with all that it saw.
            since = sequence if replica in vector else sequence - 1
            found += [(replica, since, other, upto) for other, upto in vector.items() if other != replica]
        for other, upto in at[(replica, sequence)]:
            vector[other] = max(vector.get(other, 0), upto)
        vector[replica] = max(vector.get(replica, 0), sequence)
        last = replica
    return found


# -- names of text versions ------------------------------------------------------------------------------------------


class Names:
    """Names of the versions of texts, by source; each is looked up once."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._known: dict[int, dict[int, str]] = {}

    def of(self, source_id: int) -> dict[int, str]:
        """Number to name."""
        if source_id not in self._known:
            self._known[source_id] = version_names(self._project, source_id)
        return self._known[source_id]

    def name(self, source_id: int, number: int) -> str:
        """The name of a version; empty where it is no longer there."""
        return self.of(source_id).get(number, "")

    def forget(self, source_id: int) -> None:
        """Look the source up anew: it got other versions."""
        self._known.pop(source_id, None)


def version_names(project: ProjectFile, source_id: int) -> dict[int, str]:
    """Number of each version to its name: the same wherever the same corrections were made on the same text."""
    sql = """
        select version, parent, start, old_length, new_length, cancels, sha256 from text_version
        where source_id = ? order by version"""
    names: dict[int, str] = {}
    for version, parent, start, old, new, cancels, digest in project.rows(sql, (source_id,)):
        taken = "" if cancels is None else f"{'-' if cancels < 0 else '+'}{names.get(abs(cancels), '')}"
        above = str(source_id) if parent is None else names.get(parent, "")
        names[version] = step_name(above, (start, old, new), taken, digest)
    return names


def step_name(above: str, step: tuple[int | None, int | None, int | None], cancels: str, digest: str) -> str:
    """The name of the version that a step makes of the one that is called `above`."""
    said = json.dumps([above, *step, cancels, digest])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def unsent_base(project: ProjectFile, source_id: int, upto: int) -> str | None:
    """The text before the first correction of this copy after its sequence `upto`; None where there was none since."""
    sql = """
        select json_extract(image, '$.version') from change_row join change on change.id = change_id
        where row_id = ?1 and tbl = 'source' and op = 'u' and replica = ?2 and sequence > ?3
        and act <> 'merge' order by change_row.id limit 1"""
    found = project.row(sql, (source_id, project.replica, upto))
    text = versions.text_of(project, source_id, found[0]) if found else None
    return text.text if text else None


# -- what the journal says ---------------------------------------------------------------------------------------------


def touched_rows_of(project: ProjectFile, changes: Collection[int]) -> dict[str, list[int]]:
    """The rows that these changes of the journal touched, by table."""
    sql = """
        select distinct tbl, row_id from json_each(?) wanted join change on change.id = wanted.value
        join change_row on change_row.id between first_row and last_row and change_id = change.id"""
    found: dict[str, list[int]] = defaultdict(list)
    for table, row in project.rows(sql, (json.dumps(sorted(changes)),)):
        if table in JOURNALED:
            found[table].append(row)
    return {table: sorted(found[table]) for table in JOURNALED if table in found}


class OwnLog:
    """Derives from the journal of this file what its changes wrote."""

    def __init__(self, project: ProjectFile, names: Names) -> None:
        self._project = project
        self._names = names
        self._changes: dict[int, tuple[Stamp, bool, bool]] = {}
        self._corrections: set[Stamp] = set()
        """Change to its stamp, whether it moves a text, and whether it took work in (or back): that is nobody's own writing."""
        acts = {each.id: (each.act, each.undoes) for each in own_entries(project)}
        for each in own_entries(project):
            root: int = each.id
            while (taken := acts[root][1]) in acts and taken is not None:
                root = taken
            act = acts[root][0]
            if act == Act.CORRECT:
                self._corrections.add(each.stamp)
            self._changes[each.id] = (each.stamp, act in {one.value for one in MOVING}, act == Act.MERGE)
        self._ways: dict[tuple[int, str, str], list[Step] | None] = {}
        self._versions: dict[int, int] = dict(project.rows("select id, version from source"))
        self._columns = {table: [row[1] for row in project.rows(f"pragma table_info({table})")] for table in JOURNALED}

    def writes(self, table: str, rows: Sequence[int]) -> Iterator[Write]:
        """Everything that was written to these rows, row by row, oldest first."""
        for start in range(0, len(rows), AT_ONCE):
            yield from self._writes(table, rows[start : start + AT_ONCE])

    def _writes(self, table: str, rows: Sequence[int]) -> Iterator[Write]:
        kept = self.kept(table, rows)
        for each in self.derived(table, rows):
            mine = kept.get((each.row, each.stamp))
            if mine is None or each.op == "d":
                yield each
            elif each.op == "i":
                yield each._replace(data=each.data | next((one.data for one in mine if one.op == OVERRIDE), {}))

    def kept(self, table: str, rows: Sequence[int]) -> dict[tuple[int, Stamp], list[Write]]:
        """What was kept of our own writing when the journal was cleaned up, by row and change: it holds in place of what is derived."""
        sql = """
            select row_id, replica, sequence, op, data, change.id from foreign_row join change using (replica, sequence)
            where row_id in (select value from json_each(?)) and tbl = ?"""
        found: dict[tuple[int, Stamp], list[Write]] = defaultdict(list)
        for row, replica, sequence, op, data, change in self._project.rows(sql, (json.dumps(list(rows)), table)):
            if not self._changes[change][2]:
                write = Write((replica, sequence), table, row, op, json.loads(data) if data else {})
                found[(row, write.stamp)].append(write)
        return found

    def derived(self, table: str, rows: Sequence[int], *, without: Collection[int] = ()) -> Iterator[Write]:
        """What the journal itself says of these rows, or would say without some of its lines."""
        sql = """
            select row_id, change_id, op, image, id from change_row
            where row_id in (select value from json_each(?)) and tbl = ? order by row_id, id"""
        now = self._rows_now(table, rows)
        entries: dict[int, list[tuple[int, str, str | None]]] = defaultdict(list)
        for row, change, op, image, line in self._project.rows(sql, (json.dumps(list(rows)), table)):
            if (image or op != "u") and line not in without:  # an update without its image was cleaned up
                entries[row].append((change, op, image))
        for row, past in entries.items():
            yield from self._of_row(table, row, past, now.get(row))

    def _of_row(
        self, table: str, row: int, past: Sequence[tuple[int, str, str | None]], now: Data | None
    ) -> Iterator[Write]:
        index = 0
        while index < len(past):
            change, op, image = past[index]
            after = index
            while after < len(past) and past[after][0] == change:
                after += 1
            gone = past[after - 1][1] == "d"
            state = None if gone else _state(past[after:], now)
            known = self._changes.get(change)
            if known is not None and not known[2] and (gone or state is not None):
                before = json.loads(image) if image and op != "i" else None
                yield from self._write(known, table, row, before, state)
            index = after

    def _write(
        self, known: tuple[Stamp, bool, bool], table: str, row: int, before: Data | None, after: Data | None
    ) -> Iterator[Write]:
        stamp, moves, _ = known
        if after is None:
            # That a span lost all its words follows from the text, which may yet come out otherwise.
            if before is not None and not (table in SPANS and stamp in self._corrections):
                yield Write(stamp, table, row, "d", {})
            return
        after = self._named(table, row, after)
        if before is None:
            yield Write(stamp, table, row, "i", after)
            if table == "decision":
                yield from _decided(stamp, after)
            return
        before = self._named(table, row, before)
        changed = {name: value for name, value in after.items() if before.get(name, _default(table, name)) != value}
        if table in SPANS:
            changed.pop("version", None)
            if "start" in changed or "stop" in changed:
                changed |= {name: after[name] for name in ("start", "stop", "version")}
                if moves:
                    place = {name: changed.pop(name) for name in ("start", "stop", "version")}
                    if not self._follows(source_id=after["source_id"], before=before, place=place):
                        yield Write(stamp, table, row, "m", place)
        if changed:
            yield Write(stamp, table, row, "u", changed)

    def _follows(self, *, source_id: int, before: Data, place: Data) -> bool:
        """Whether a span only went where the text took it: any copy finds that by itself."""
        key = (source_id, before["version"], place["version"])
        if key not in self._ways:
            numbers = {name: number for number, name in self._names.of(source_id).items()}
            start, goal = numbers.get(key[1], 0), numbers.get(key[2], 0)
            kin = start and goal and versions.are_kin(self._project, source_id, start, goal)
            self._ways[key] = versions.way(self._project, source_id, start=start, goal=goal) if kin else None
        steps = self._ways[key]
        moved = None if steps is None else move_through(Span(before["start"], before["stop"]), steps)
        return moved == Span(place["start"], place["stop"])

    def _named(self, table: str, row: int, image: Data) -> Data:
        """With the name of a text version in place of its number."""
        if table == "source":
            return image | {"version": self._names.name(row, image["version"])}
        if table in SPANS:
            source = image["source_id"]
            number = image.get("version") or self._versions.get(source, 0)
            return image | {"version": self._names.name(source, number)}
        return image

    def _rows_now(self, table: str, rows: Sequence[int]) -> dict[int, Data]:
        columns = self._columns[table]
        sql = f"select {', '.join(columns)} from {table} where id in (select value from json_each(?))"
        return {
            row[0]: dict(zip(columns, row, strict=True)) for row in self._project.rows(sql, (json.dumps(list(rows)),))
        }


def _state(later: Sequence[tuple[int, str, str | None]], now: Data | None) -> Data | None:
    """The row after a change: the image of the next one, or the row as it stands."""
    image = next((image for _, _, image in later if image), None)
    if image is not None:
        found: Data = json.loads(image)
        return found
    return None if any(op == "i" for _, op, _ in later) else now


def _default(table: str, column: str) -> Any:
    return CAME_LATER.get(table, {}).get(column)


def _decided(stamp: Stamp, decision: Data) -> Iterator[Write]:
    """A decision that left a value as it was says so all the same: it was made by somebody who had seen both."""
    field = decision["field"]
    if field == "*":
        yield Write(stamp, decision["tbl"], decision["row_id"], "u", {})
    elif field and not field.startswith(":"):
        yield Write(stamp, decision["tbl"], decision["row_id"], "u", {field: json.loads(decision["value"])})


def foreign_writes(project: ProjectFile, *, rows: Sequence[int] | None = None, table: str = "") -> Iterator[Write]:
    """What other copies wrote and what was kept of our own when the journal was cleaned up: of some rows, or all."""
    undone = undone_merges(project)
    stands = """
        not exists (select 1 from foreign_change where foreign_change.replica = foreign_row.replica
                    and foreign_change.sequence = foreign_row.sequence and merge_id in (select value from json_each(?)))
        and not exists (select 1 from change where change.replica = foreign_row.replica
                    and change.sequence = foreign_row.sequence and change.id in (select value from json_each(?)))"""
    values: list[object] = [json.dumps(sorted(undone))] * 2
    sql = f"select replica, sequence, tbl, row_id, op, data from foreign_row where op <> '{OVERRIDE}' and {stands}"
    if rows is not None:
        sql += " and row_id in (select value from json_each(?)) and tbl = ?"
        values += [json.dumps(list(rows)), table]
    for batch in project.batches(sql + " order by id", values):
        for replica, sequence, name, row, op, data in batch:
            yield Write((replica, sequence), name, row, op, json.loads(data) if data else {})
