"""What becomes of the journal of a row when its old images go: which lines go, what is kept of what they wrote, what is sealed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from verhalen.model.act import Act
from verhalen.store.exchange_log import OVERRIDE, Entry, Names, OwnLog, Stamp, Write, own_entries
from verhalen.store.journal import MOVING
from verhalen.store.project import ProjectFile, Values

BULKY = (
    *("coding", "turn", "mention", "landmark", "speaker", "discussed", "signal_span"),
    *("snapshot", "observation", "observation_reason", "revised_baseline"),
    *("memo", "story", "story_domain", "voice", "attachment"),
)
"""Tables with many rows, of which nobody reads the former values but an undo and a merge."""
WATCHED = ("coding", "speaker", "observation", "snapshot", "story", "story_domain")
"""Tables of which a verdict must see that they changed after it: the last change of a row keeps its line in the journal."""
TOLD = frozenset({"code_id", "domain"})
"""Columns whose former value says which life domain a change touched."""
AT_ONCE = 3_000
"""Lines of the journal that go in one transaction: others wait for it."""
LINE, KEPT = 60, 110
"""Bytes of a line in the journal beside its image, and of what is kept of a row beside its data; with their indexes, about."""


@dataclass
class Frame:
    """What holds for the whole run, as the file is now."""

    project: ProjectFile
    limit: int
    """The newest change that is old."""
    entries: dict[int, Entry] = field(default_factory=dict)
    roots: dict[int, str] = field(default_factory=dict)
    """Change to the act at the root of its chain of undos."""
    ids: dict[Stamp, int] = field(default_factory=dict)
    seen: int = -1
    """The state of the file in which this was looked up."""

    def look(self) -> Frame:
        """Look it up anew where somebody else stored something meanwhile."""
        version = self.project.data_version()
        if version != self.seen:
            self.seen = version
            self.entries = {each.id: each for each in own_entries(self.project)}
            self.ids = {each.stamp: each.id for each in self.entries.values()}
            self.roots = {number: self._root(number) for number in self.entries}
            self.log = OwnLog(self.project, Names(self.project))
            self.last = self.project.number("select max(last_row) from change where id <= ?", (self.limit,))
            self.newest = self.project.number("select max(id) from change_row")
            self.verdict = self.project.number("select min(id) from verdict")
        return self

    def _root(self, number: int) -> str:
        entry = self.entries[number]
        while entry.undoes in self.entries and entry.undoes is not None:
            entry = self.entries[entry.undoes]
        return entry.act

    def moving(self) -> set[int]:
        """Old changes that led a text to another version: the words that they would bring back go."""
        return {number for number, act in self.roots.items() if number <= self.limit and act in MOVING}

    def going(self) -> tuple[str, dict[str, object]]:
        """An SQL condition for the lines of the journal that are old, with its values.

        What came in from another copy keeps its images: without them it would look as if people here had written it.
        """
        sql = """
            op = 'u' and image is not null and +change_row.id <= :last and change_id <= :limit
            and tbl in (select value from json_each(:bulky)) and change_id not in (select value from json_each(:merges))"""
        merges = json.dumps([number for number, act in self.roots.items() if act == Act.MERGE])
        return sql, {"last": self.last, "limit": self.limit, "bulky": json.dumps(BULKY), "merges": merges}


def batches(frame: Frame) -> Iterator[tuple[str, list[int]]]:
    """Rows with old images, of one table at a time, not too many images at once."""
    sql, values = frame.going()
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
class _Line:
    id: int
    change: int
    size: int


@dataclass
class Plan:
    """What becomes of the journal of some rows of one table."""

    gone: list[int] = field(default_factory=list)
    """Lines that go."""
    emptied: list[int] = field(default_factory=list)
    """Lines that only lose their image."""
    sealed: set[int] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)
    """The rows themselves: what an earlier run kept of them is said anew."""
    kept: list[Write] = field(default_factory=list)
    room: int = 0
    """Bytes that it gives, about."""


def plan(frame: Frame, table: str, rows: Sequence[int]) -> Plan:
    """Look what becomes of these rows."""
    lines = _lines(frame, table, rows)
    earlier = frame.log.kept(table, rows)
    said = _by_row(frame.log.writes(table, rows))
    for (row, _), writes in earlier.items():
        said[row].extend(each for each in writes if each.op != OVERRIDE)
    without = {each.id for old in lines.values() for each in old}
    left = _by_row(frame.log.derived(table, rows, without=without))
    made = Plan()
    for row, old in lines.items():
        kept = _kept(table, row, said[row], left[row])
        if kept is None or _is_told(frame, said[row]):
            continue
        made.rows.append(row)
        made.kept.extend(kept)
        made.room += sum(each.size + LINE for each in old) - sum(KEPT + len(str(each.data)) for each in kept)
        _sort_lines(frame, table, old, made)
    made.gone.extend(_needless(frame.project, made.emptied))
    made.sealed = _touching(frame.project, table, [*made.gone, *made.emptied])
    return made


def _by_row(writes: Iterable[Write]) -> dict[int, list[Write]]:
    found: dict[int, list[Write]] = defaultdict(list)
    for each in writes:
        found[each.row].append(each)
    return found


def _kept(table: str, row: int, said: Sequence[Write], left: Sequence[Write]) -> list[Write] | None:
    """What must be kept so that what was said of a row stays known, where the journal says only `left`; None where that cannot be."""
    before, after = _by_change(said), _by_change(left)
    kept: list[Write] = []
    for stamp in dict.fromkeys((*before, *after)):
        was, now = before.get(stamp, []), after.get(stamp, [])
        born, shown = ([each for each in some if each.op == "i"] for some in (was, now))
        if len(born) != len(shown) or [each for each in was if each.op == "d"] != [
            each for each in now if each.op == "d"
        ]:
            return None
        for one, other in zip(born, shown, strict=True):
            values = {name: value for name, value in one.data.items() if other.data.get(name) != value}
            kept += [one._replace(op=OVERRIDE, data=values)] if values else []
        changed, told = ([each for each in some if each.op in ("u", "m")] for some in (was, now))
        if changed != told:
            kept += changed or [Write(stamp, table, row, OVERRIDE, {})]
    return kept


def _by_change(writes: Iterable[Write]) -> dict[Stamp, list[Write]]:
    found: dict[Stamp, list[Write]] = defaultdict(list)
    for each in writes:
        found[each.stamp].append(each)
    return found


def _lines(frame: Frame, table: str, rows: Sequence[int]) -> dict[int, list[_Line]]:
    sql, values = frame.going()
    wanted: Values = {**values, "table": table, "rows": json.dumps(list(rows))}
    found: dict[int, list[_Line]] = defaultdict(list)
    for row, number, change, size in frame.project.rows(
        f"""select row_id, id, change_id, length(cast(image as blob)) from change_row
            where tbl = :table and row_id in (select value from json_each(:rows)) and {sql} order by id""",
        wanted,
    ):
        found[row].append(_Line(number, change, size))
    return found


def _is_told(frame: Frame, said: Sequence[Write]) -> bool:
    """Whether a verdict must know how the row was: a fragment had another code, or a story another life domain."""
    return bool(frame.verdict) and any(
        each.op == "u" and frame.ids[each.stamp] > frame.verdict and not TOLD.isdisjoint(each.data) for each in said
    )


def _sort_lines(frame: Frame, table: str, lines: Sequence[_Line], made: Plan) -> None:
    """Most lines go. The last one that a verdict must see only loses its image.

    So does the newest of the journal: changes name their lines by a range of numbers, and its number stays taken.
    """
    for each in lines:
        watched = each is lines[-1] and table in WATCHED and 0 < frame.verdict < each.change
        (made.emptied if watched or each.id == frame.newest else made.gone).append(each.id)


def _needless(project: ProjectFile, emptied: Sequence[int]) -> list[int]:
    """Lines that lost their image before, and now another line of their row does."""
    sql = """
        select mine.id from change_row later join change_row mine
        on mine.row_id = later.row_id and mine.tbl = later.tbl and mine.id < later.id
        where later.id in (select value from json_each(?)) and mine.op = 'u' and mine.image is null"""
    return [row[0] for row in project.rows(sql, (json.dumps(list(emptied)),))]


def _touching(project: ProjectFile, table: str, lines: Sequence[int]) -> set[int]:
    """Changes of these rows up to the last line that goes: an undo of an older one would not see what came after it."""
    sql = """
        with gone (row_id, last) as (
            select row_id, max(id) from change_row where id in (select value from json_each(?)) group by row_id)
        select distinct other.change_id from gone join change_row other
        on other.row_id = gone.row_id and other.tbl = ? and other.id <= gone.last"""
    return {row[0] for row in project.rows(sql, (json.dumps(list(lines)), table))}
