"""Compacting: how rows were before changes of long ago goes, and so do texts and files that nothing can bring back.

Which change touched what stays, and every change keeps its sentence. What goes is the way back: a change whose images
went is sealed. What such a change *wrote* is kept in `foreign_row`, since another copy of the project may have written
beside it; so taking work in gives the same as before (`exchange_log`). Of a row that was removed the last image stays:
a withdrawal must find it, and a copy that still uses the row may bring it back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from verhalen import errors
from verhalen.model.act import Act
from verhalen.store.exchange_log import Entry, Names, OwnLog, Stamp, Write, own_entries
from verhalen.store.journal import MOVING
from verhalen.store.orphans import Orphans, drop_orphans, orphans
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.registers import PLACE
from verhalen.store.schema import SPANS
from verhalen.store.thin_texts import make_thin, thinnable

BULKY = (
    *("coding", "turn", "mention", "landmark", "speaker", "discussed", "signal_span"),
    *("snapshot", "observation", "observation_reason", "revised_baseline"),
    *("memo", "story", "story_domain", "voice", "attachment"),
)
"""Tables with many rows, of which nobody reads the former values but an undo and a merge."""
WATCHED = ("coding", "speaker", "observation", "snapshot", "story", "story_domain")
"""Tables of which a verdict must see that they changed after it: the last change of a row keeps its line in the journal."""
_TOLD = ("code_id", "domain")
"""Columns whose former value says which life domain a change touched."""
AT_ONCE, CHARACTERS = 3_000, 4_000_000
"""Lines of the journal, and characters of texts, that go in one transaction: others wait for it."""
_LINE = 60
"""Bytes of a line in the journal beside its image, and of its index."""
_KEPT = 150
"""Bytes of what is kept of a row, about."""


@dataclass(frozen=True, slots=True)
class Found:
    """What would go, or went."""

    changes: int
    """Changes that can no longer be undone, and could before."""
    images: int
    versions: int
    files: int
    """Attachments, and files that were read in, of what was removed."""
    room: int
    """Bytes in the project file that it gives, about."""


@dataclass
class _Sums:
    images: int = 0
    versions: int = 0
    files: int = 0


@dataclass
class _Frame:
    """What holds for the whole run, as the file is now."""

    project: ProjectFile
    boundary: int
    """The newest change that is old."""
    entries: dict[int, Entry] = field(default_factory=dict)
    roots: dict[int, str] = field(default_factory=dict)
    """Change to the act at the root of its chain of undos."""
    seen: int = -1
    """The state of the file in which this was looked up."""

    def look(self) -> _Frame:
        """Look it up anew where somebody else stored something meanwhile."""
        version = self.project.data_version()
        if version != self.seen:
            self.seen = version
            self.entries = {each.id: each for each in own_entries(self.project)}
            self._ids = {each.stamp: each.id for each in self.entries.values()}
            self.roots = {number: self._root(number) for number in self.entries}
            self.log = OwnLog(self.project, Names(self.project))
            self.last = self.project.number("select max(last_row) from change where id <= ?", (self.boundary,))
            self.verdict = self.project.number("select min(id) from verdict")
        return self

    def _root(self, number: int) -> str:
        entry = self.entries[number]
        while entry.undoes in self.entries and entry.undoes is not None:
            entry = self.entries[entry.undoes]
        return entry.act

    @property
    def going(self) -> tuple[str, dict[str, object]]:
        """An SQL condition for the lines of the journal whose image goes, with its values.

        What came in from another copy keeps its images: without them it would look as if people here had written it.
        """
        sql = """
            op = 'u' and image is not null and change_row.id <= :last and change_id <= :boundary
            and tbl in (select value from json_each(:bulky)) and change_id not in (select value from json_each(:merges))"""
        merges = [number for number, act in self.roots.items() if act == Act.MERGE]
        values = {"last": self.last, "boundary": self.boundary, "bulky": json.dumps(BULKY)}
        return sql, {**values, "merges": json.dumps(merges)}

    def moving(self) -> set[int]:
        """Old changes that led a text to another version: the words that they would bring back go."""
        return {number for number, act in self.roots.items() if number <= self.boundary and act in MOVING}

    def age(self, stamp: Stamp) -> int:
        """The journal of one file is one line."""
        return self._ids[stamp]


def boundary(project: ProjectFile, before: str | None) -> int:
    """The newest change that is older than this time; without a time the newest of all. 0 where there is none."""
    if before is None:
        return project.last_change()
    young = project.row("select min(id) from change where time >= ?", (before,))
    if young is None or young[0] is None:
        return project.last_change()
    return project.number("select max(id) from change where id < ?", (young[0],))


# -- what would go ---------------------------------------------------------------------------------------------------


def look(project: ProjectFile, limit: int) -> Found:
    """What would go of everything up to the change `limit`."""
    frame = _Frame(project, limit).look()
    sql, values = frame.going
    images, size = project.rows(
        f"select count(*), coalesce(sum(length(cast(image as blob)) + {_LINE}), 0) from change_row where {sql}", values
    )[0]
    rows = project.number(f"select count(*) from (select distinct tbl, row_id from change_row where {sql})", values)
    left = orphans(project, limit)
    sealed = _coming_sealed(frame, left)
    versions, letters = 0, 0
    for source in _sources(project):
        for each in thinnable(project, source, _needed(project, source, sealed)):
            versions += 1
            letters += each.freed - len(each.kept)
    room = max(0, size - rows * _KEPT) + letters + left.size
    return Found(len(sealed - _sealed(project)), images, versions, left.files, room)


def _coming_sealed(frame: _Frame, left: Orphans) -> set[int]:
    """Every change that is sealed, or would be."""
    sql, values = frame.going
    touching = f"""
        with gone (tbl, row_id, last) as (select tbl, row_id, max(id) from change_row where {sql} group by tbl, row_id)
        select distinct other.change_id from gone join change_row other
        on other.row_id = gone.row_id and other.tbl = gone.tbl and other.id <= gone.last"""
    found = {row[0] for row in frame.project.rows(touching, values)}
    return found | frame.moving() | left.sealing | _sealed(frame.project)


def _sealed(project: ProjectFile) -> set[int]:
    return {row[0] for row in project.rows("select change_id from sealed")}


def _sources(project: ProjectFile) -> list[int]:
    """Sources of which there is more than one version."""
    sql = "select source_id from text_version group by source_id having count(*) > 1 order by source_id"
    return [row[0] for row in project.rows(sql)]


def _needed(project: ProjectFile, source: int, sealed: set[int]) -> set[int]:
    """Versions that must keep their text as it is: that which counts, and those to which an undo may still lead."""
    sql = """
        select change_id, op, json_extract(image, '$.version') from change_row
        where row_id = ? and tbl = 'source' and image is not null order by id"""
    moves = project.rows(sql, (source,))
    now = project.number("select version from source where id = ?", (source,))
    after = [version for _, _, version in moves[1:]] + [now]
    needed = {now}
    for (change, op, before), then in zip(moves, after, strict=True):
        if change not in sealed:
            needed |= {before, then}
        elif op == "d":  # a copy that still uses the text may bring it back
            needed.add(before)
    return needed


# -- doing it --------------------------------------------------------------------------------------------------------


def compact(project: ProjectFile, limit: int, *, on_step: Callable[[], None] = lambda: None) -> Found:
    """Let it go, some at a time, as one entry in the history. What was stopped half-way is whole, and a second run goes on.

    `on_step` is called between two transactions.
    """
    frame, sums = _Frame(project, limit).look(), _Sums()
    before = _sealed(project)
    left = orphans(project, limit)
    with project.note() as writing:
        _seal(writing, frame.moving() | left.sealing)
    for table, rows in _batches(frame):
        on_step()
        _drop(frame, table, rows, sums)
    for source in _sources(project):
        _thin(project, source, sums, on_step)
    on_step()
    with project.note() as writing:
        drop_orphans(writing, left)
    sums.files = left.files
    found = Found(len(_sealed(project) - before), sums.images, sums.versions, sums.files, 0)
    if any((found.changes, found.images, found.versions, found.files)):
        with project.change(Act.COMPACT):
            pass
    return found


def _seal(writing: Writing, changes: Iterable[int]) -> None:
    writing.executemany("insert or ignore into sealed values (?)", [(change,) for change in sorted(changes)])


def _batches(frame: _Frame) -> Iterator[tuple[str, list[int]]]:
    """Rows with images that go, of one table at a time, not too many images at once."""
    sql, values = frame.going
    found = frame.project.rows(
        f"select tbl, row_id, count(*) from change_row where {sql} group by tbl, row_id order by tbl, row_id", values
    )
    for table, counted in groupby(found, key=lambda row: row[0]):
        rows: list[int] = []
        lines = 0
        for _, row, count in counted:
            if rows and lines + count > AT_ONCE:
                yield table, rows
                rows, lines = [], 0
            rows.append(row)
            lines += count
        yield table, rows


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of the journal of some rows."""

    gone: list[int]
    """Lines that go."""
    emptied: list[int]
    """Lines that only lose their image."""
    sealed: set[int]
    replaced: list[int]
    """What was kept of these rows by an earlier run, and is said anew."""
    kept: list[Write]


def _drop(frame: _Frame, table: str, rows: Sequence[int], sums: _Sums) -> None:
    decided = frame.project.decided(lambda: _plan(frame.look(), table, rows))
    with frame.project.note() as writing:
        plan = decided()
        _seal(writing, plan.sealed)
        writing.executemany("delete from foreign_row where id = ?", [(row,) for row in plan.replaced])
        writing.executemany(
            "insert into foreign_row (replica, sequence, tbl, row_id, op, data) values (?, ?, ?, ?, ?, ?)",
            [(*each.stamp, each.table, each.row, each.op, json.dumps(each.data, ensure_ascii=False)) for each in plan.kept],
        )
        writing.executemany("delete from change_row where id = ?", [(row,) for row in plan.gone])
        writing.executemany("update change_row set image = null where id = ?", [(row,) for row in plan.emptied])
    sums.images += len(plan.gone) + len(plan.emptied)


def _plan(frame: _Frame, table: str, rows: Sequence[int]) -> _Plan:
    sql, values = frame.going
    wanted = {"table": table, "rows": json.dumps(list(rows))}
    mine = "tbl = :table and row_id in (select value from json_each(:rows))"
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, line, change in frame.project.rows(
        f"select row_id, id, change_id from change_row where {mine} and {sql} order by id", {**values, **wanted}
    ):
        lines[row].append((line, change))
    earlier = _kept_before(frame.project, table, rows)
    plan = _Plan([], [], set(), [number for found in earlier.values() for number, _ in found], [])
    newest = frame.project.number("select max(id) from change_row")
    for row, writes in groupby(frame.log.writes(table, rows), key=lambda each: each.row):
        said, going = list(writes), lines.pop(row, [])
        if _is_told(frame, said):
            plan.kept.extend(write for _, write in earlier.pop(row, []))
            continue
        old = [write for _, write in earlier.pop(row, [])]
        plan.kept.extend(_folded(frame, table, said, old, {frame.entries[change].stamp for _, change in going}))
        _sort_lines(frame, table, going, newest=newest, plan=plan)
    for row, going in lines.items():  # nothing was written there that another copy could know
        plan.kept.extend(write for _, write in earlier.pop(row, []))
        _sort_lines(frame, table, going, newest=newest, plan=plan)
    plan.kept.extend(write for found in earlier.values() for _, write in found)
    plan.gone.extend(_empty_before(frame.project, table, rows, plan.emptied))
    plan.sealed.update(_touching(frame.project, table, {*plan.gone, *plan.emptied}))
    return plan


def _kept_before(project: ProjectFile, table: str, rows: Sequence[int]) -> dict[int, list[tuple[int, Write]]]:
    """What earlier runs kept of our own writing, by row."""
    sql = """
        select foreign_row.id, replica, sequence, row_id, op, data from foreign_row join change using (replica, sequence)
        where tbl = ? and row_id in (select value from json_each(?))"""
    found: dict[int, list[tuple[int, Write]]] = defaultdict(list)
    for number, replica, sequence, row, op, data in project.rows(sql, (table, json.dumps(list(rows)))):
        found[row].append((number, Write((replica, sequence), table, row, op, json.loads(data or "{}"))))
    return found


def _is_told(frame: _Frame, said: Sequence[Write]) -> bool:
    """Whether a verdict must know how the row was: a fragment had another code, or a story another life domain."""
    return bool(frame.verdict) and any(
        each.op == "u" and frame.age(each.stamp) > frame.verdict and not each.data.keys().isdisjoint(_TOLD)
        for each in said
    )


def _folded(
    frame: _Frame, table: str, said: Sequence[Write], old: Sequence[Write], going: set[Stamp]
) -> Iterator[Write]:
    """The last writing of each column, where it is not in what stays of the journal. A place in a text is one thing."""
    known: set[str] = set()
    every = [(frame.age(each.stamp), True, each) for each in said] + [(frame.age(each.stamp), False, each) for each in old]
    for _, journaled, each in sorted(every, key=lambda one: one[:2], reverse=True):
        names = set(each.data) if each.op in ("i", "u", "m") else set()
        units = {_PLACED if table in SPANS and name in PLACE else name for name in names}
        fresh = units - known
        known |= units
        if fresh and each.op != "i" and (not journaled or each.stamp in going):
            data = {
                name: value
                for name, value in each.data.items()
                if (_PLACED if table in SPANS and name in PLACE else name) in fresh
            }
            yield each._replace(data=data)


_PLACED = "place"


def _sort_lines(frame: _Frame, table: str, lines: Sequence[tuple[int, int]], *, newest: int, plan: _Plan) -> None:
    """Most lines go. The last one that a verdict must see stays without its image, and so does the newest of the journal:
    changes name their lines by a range of numbers."""
    for line, change in lines:
        watched = line == lines[-1][0] and table in WATCHED and 0 < frame.verdict < change
        (plan.emptied if watched or line == newest else plan.gone).append(line)


def _empty_before(project: ProjectFile, table: str, rows: Sequence[int], emptied: Sequence[int]) -> list[int]:
    """Lines that lost their image before and that a later one makes needless."""
    sql = """
        select mine.id from change_row later join change_row mine
        on mine.row_id = later.row_id and mine.tbl = later.tbl and mine.id < later.id
        where later.id in (select value from json_each(?)) and mine.op = 'u' and mine.image is null"""
    return [row[0] for row in project.rows(sql, (json.dumps(list(emptied)),))]


def _touching(project: ProjectFile, table: str, lines: set[int]) -> set[int]:
    """Changes of these rows up to the last line that goes: an undo of an older one would not see what came after it."""
    sql = """
        with gone (row_id, last) as (
            select row_id, max(id) from change_row where id in (select value from json_each(?)) group by row_id)
        select distinct other.change_id from gone join change_row other
        on other.row_id = gone.row_id and other.tbl = ? and other.id <= gone.last"""
    return {row[0] for row in project.rows(sql, (json.dumps(sorted(lines)), table))}


def _thin(project: ProjectFile, source: int, sums: _Sums, on_step: Callable[[], None]) -> None:
    coming = list(thinnable(project, source, _needed(project, source, _sealed(project))))
    while coming:
        on_step()
        letters = list(accumulate(each.freed for each in coming))
        some = 1 + sum(1 for each in letters[:-1] if each < CHARACTERS)
        with project.note() as writing:
            make_thin(writing, coming[:some])
        sums.versions += some
        coming = coming[some:]


# -- the file --------------------------------------------------------------------------------------------------------


def give_room_back(project: ProjectFile) -> bool:
    """Put the search index in order and rewrite the file; False where another window has it open, which would wait too long."""
    with suppress(errors.ProjectBusy, errors.DiskFull):
        with project.note() as writing:
            writing.execute("insert into text_fts (text_fts) values ('optimize')")
        return project.rewrite_alone()
    return False


def size(project: ProjectFile) -> int:
    """Bytes of the project on disk, with its log."""
    log = project.path.with_name(project.path.name + "-wal")
    return project.path.stat().st_size + (log.stat().st_size if log.exists() else 0)
