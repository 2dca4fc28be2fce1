"""Taking in what other copies of the project wrote: union of changes by replica and sequence, and what rows become by it.

What a row is depends on nothing but the changes that are known: so it does not matter in which order they came, or how
often. Where people wrote the same column beside each other, or one removed what another used, nothing is settled: the
earliest holds, or the row stays, and a clash is kept until a person decides.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Any

from verhalen.model.act import Act
from verhalen.model.text import Span, move_through
from verhalen.store import versions
from verhalen.store.clashes import Clashes, clash_rows, take_over
from verhalen.store.exchange_log import (
    AT_ONCE,
    Causality,
    Data,
    Entry,
    Names,
    OwnLog,
    Stamp,
    Write,
    foreign_entries,
    foreign_writes,
    held,
    own_entries,
    seen_rows,
    standing,
    taken_back,
)
from verhalen.store.journal import references
from verhalen.store.merge_entries import (
    Outcome,
    aliases,
    buried,
    count_changes,
    fresh_entries,
    keep_entries,
    take_coders,
)
from verhalen.store.package import Package
from verhalen.store.project import ProjectFile, Writing, now
from verhalen.store.registers import Folded, fold
from verhalen.store.schema import CAME_LATER, JOURNALED, SPANS
from verhalen.store.text_merging import Lemmatise, join, take_nodes
from verhalen.store.thin_texts import make_whole
from verhalen.store.unique_keys import make_unique

SAME: dict[str, tuple[str, ...]] = {
    "life_domain": ("key",),
    "domain_group": ("key",),
    "attribute": ("family_id", "name"),
    "person": ("family_id", "key"),
    "trajectory": ("family_id", "ordinal"),
    "attribute_kind": ("name",),
    "instrument": ("key",),
    "item": ("instrument_id", "key"),
    "instrument_version": ("instrument_id", "version", "wording"),
    "observation": ("snapshot_id", "item_id", "person_id"),
    "observation_reason": ("observation_id", "reason"),
    "column_mapping": ("name", "kind"),
    "speaker": ("source_id", "name"),
    "code": ("key",),
    "code_domain": ("code_id", "domain", "link"),
    "code_pattern": ("code_id", "kind", "pattern"),
    "story_domain": ("story_id", "domain"),
    "consent": ("story_id", "person_id", "voice_id", "attachment_id", "purpose", "side"),
}
"""Columns by which two rows that were made apart are one and the same thing."""
_RENAMED = frozenset({"attribute", "person", "trajectory", "attribute_kind", "speaker", "code"})
"""Those of them in which these columns may change."""


def take_in(project: ProjectFile, package: Package, *, lemmatise: Lemmatise) -> Outcome:
    """Take a checked package in, as one change; nothing is written where it brings nothing."""
    fresh = fresh_entries(project, package)
    stamps = {each.stamp for each in fresh}
    if not stamps & package.stamps():
        with project.note() as writing:
            outcome = Outcome(entries=fresh)
            coders = take_coders(writing, package)
            keep_entries(writing, package, fresh, coders, merge=0)
            count_changes(writing, outcome, coders)
            outcome.clashes = take_over(writing, package, coders, aliases(writing), buried(writing))
        return outcome
    with project.change(Act.MERGE) as writing:
        return _Merge(writing, package, fresh, lemmatise).run()


class Rehearsed(Exception):
    """Ends a rehearsal: what was written is rolled back."""

    def __init__(self, outcome: Outcome, decisions: list[dict[str, Any]]) -> None:
        super().__init__()
        self.outcome = outcome
        self.clashes = decisions


def rehearse(project: ProjectFile, package: Package, *, lemmatise: Lemmatise) -> Rehearsed:
    """What taking in would do, and the clashes that would arise; nothing is kept."""
    fresh = fresh_entries(project, package)
    try:
        with project.change(Act.MERGE) as writing:
            raise _rehearsed(writing, package, fresh, lemmatise)
    except Rehearsed as end:
        return end


def _rehearsed(writing: Writing, package: Package, fresh: Sequence[Entry], lemmatise: Lemmatise) -> Rehearsed:
    outcome = _Merge(writing, package, fresh, lemmatise).run()
    return Rehearsed(outcome, [row for row in clash_rows(writing.project) if row["key"] in outcome.clashes])


def _is_version(each: Write) -> bool:
    """A text that went on to another version: a later correction may stand on one that was undone."""
    return each.table == "source" and each.op == "u" and "version" in each.data


_Row = tuple[str, int]


class _Merge:
    def __init__(self, writing: Writing, package: Package, fresh: Sequence[Entry], lemmatise: Lemmatise) -> None:
        self._writing = writing
        self._project = writing.project
        self._package = package
        self._fresh = fresh
        self._lemmatise = lemmatise
        self._coders = take_coders(writing, package)
        self._names = Names(self._project)
        self._log = OwnLog(self._project, self._names)
        self._links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for child, column, parent in references(self._project):
            self._links[child].append((column, parent))
        self._alias = aliases(writing)
        self._buried = buried(writing)
        self._desired: dict[str, dict[int, Data | None]] = defaultdict(dict)
        self._same: dict[str, dict[tuple[object, ...], int]] = {}
        self._versions: dict[int, tuple[int, int]] = {}
        """Source to the version before and the one that it gets, where these differ."""
        self._ways: dict[tuple[int, int, int], Any] = {}
        self._outcome = Outcome(entries=list(fresh))
        self._columns = {table: [row[1] for row in writing.rows(f"pragma table_info({table})")] for table in JOURNALED}

    def run(self) -> Outcome:
        """Take everything in."""
        before = seen_rows(self._project)
        mine = self._my_stamp()
        keep_entries(self._writing, self._package, self._fresh, self._coders, merge=self._writing.id)
        holds = held(self._project)
        vector = [(*mine, other, upto) for other, upto in holds.items() if other != mine[0]]
        self._writing.executemany("insert or replace into seen values (?, ?, ?, ?)", vector)
        entries = (*own_entries(self._project), *foreign_entries(self._project), *self._fresh)
        self._causality = Causality(standing([*before, *self._package.seen(), *vector], entries))
        self._taken_back = taken_back(entries)
        self._ids = {each.stamp: each.id for each in entries} | {mine: self._writing.id}
        self._who = {each.stamp: (each.coder_id, each.time) for each in own_entries(self._project)}
        self._who |= {each.stamp: (each.coder_id, each.time) for each in foreign_entries(self._project)}
        self._who |= {each.stamp: (self._coders[each.coder_id], each.time) for each in self._fresh}
        self._mine = mine
        decisions = [
            row[0] for row in self._writing.rows("select row_id from change_row where tbl = 'decision' and op = 'i'")
        ]
        self._decided = [each for each in self._log.writes("decision", decisions) if each.table != "decision"]
        self._clashes = Clashes(self._project, self._names, self._who, self._age, self._called)
        nodes = (node for node in self._package.nodes() if node.source_id not in self._buried)
        take_nodes(self._writing, nodes, self._names)
        self._take_files()
        stamps = {each.stamp for each in self._fresh}
        for table in self._package.tables():
            self._gather(table, stamps)
        for source, (old, new) in list(self._versions.items()):
            if versions.are_kin(self._project, source, old, new) and not versions.leads_on(
                self._project, source, old, new
            ):
                self._look_at_ended(source)
        self._keep_what_is_used()
        self._store()
        self._make_unique()
        self._outcome.clashes = self._clashes.store(self._writing)
        self._outcome.clashes += take_over(self._writing, self._package, self._coders, self._alias, self._buried)
        self._count()
        return self._outcome

    def _my_stamp(self) -> Stamp:
        replica = self._project.replica
        last = self._project.number("select max(sequence) from change where replica = ?", (replica,))
        return replica, last + 1

    # -- what comes ------------------------------------------------------------------------------------------------

    def _take_files(self) -> None:
        masked = {row[0] for row in self._writing.rows("select id from source where masked <> 0")}
        for row in self._package.rows("original"):
            if row[0] not in self._buried | masked:
                self._writing.execute("insert or ignore into original values (?, ?, ?, ?)", row)
        for row in self._package.rows("attachment_bytes"):
            if row[0] not in self._buried:
                self._writing.execute("insert or ignore into attachment_bytes values (?, ?)", row)

    def _gather(self, table: str, stamps: set[Stamp]) -> None:
        waiting: dict[int, list[Write]] = {}
        for row, writes in groupby(self._package.writes(table), key=lambda each: each.row):
            mine = [self._here(each) for each in writes if each.stamp in stamps]
            if not mine or self._is_buried(table, row, mine):
                continue
            waiting[row] = mine
            if len(waiting) >= AT_ONCE:
                self._fold(table, waiting)
                waiting = {}
        self._fold(table, waiting)

    def _here(self, each: Write) -> Write:
        """With the coders of this file."""
        if "coder_id" not in each.data:
            return each
        return each._replace(
            data=each.data | {"coder_id": self._coders.get(each.data["coder_id"], each.data["coder_id"])}
        )

    def _is_buried(self, table: str, row: int, writes: Sequence[Write]) -> bool:
        """Withdrawn, or hanging on what was: it does not come in, and its words are not kept."""
        if not self._buried:
            return False
        named = {row}
        for each in writes:
            named |= {each.data[column] for column, _ in self._links[table] if each.data.get(column)}
            if table == "memo" and each.data.get("target_id"):
                named.add(each.data["target_id"])
        if not named & self._buried:
            return False
        if row not in self._buried:
            self._buried.add(row)
            self._writing.execute("insert or ignore into tombstone values (?, ?, '', ?)", (row, table, now()))
        return True

    def _fold(self, table: str, waiting: dict[int, list[Write]]) -> None:
        if not waiting:
            return
        self._keep(each for writes in waiting.values() for each in writes)
        known = self._known(table, waiting)
        groups: dict[int, list[int]] = defaultdict(list)
        for row, writes in waiting.items():
            groups[self._resolve(table, row, writes, known)].append(row)
        old = {row for row in groups if row in known or groups[row] != [row]}
        past = self._past(table, old)
        here = self._rows_here(table, groups)
        for row, rows in groups.items():
            writes = self._meant(table, past[row]) if row in old else waiting[row]
            folded = self._folded(table, writes)
            self._want(table, row, folded, here.get(row))
            self._credit(table, row, rows, here, waiting)

    def _folded(self, table: str, writes: Sequence[Write], *, revive: bool = False) -> Folded:
        """The row that these writings make. What was undone says nothing, and its undo neither.

        The versions of a text are another matter: a later correction stands on what was undone.
        """
        if self._alias:
            writes = [each._replace(data=self._mapped(table, each.data)) for each in writes]
        silent = set() if revive or not self._taken_back else self._silent(table, writes)
        counting = [each for each in writes if each.stamp not in silent or each.op == "m" or _is_version(each)]
        if silent and not any(each.op == "i" for each in counting) and any(each.op == "i" for each in writes):
            # A row that was never made, as far as anybody says; or that somebody wrote to all the same.
            counting = list(writes) if any(each.op == "u" for each in writes if each.stamp not in silent) else []
        return fold(counting, self._causality.before, self._age, is_span=table in SPANS, revive=revive)

    def _silent(self, table: str, writes: Sequence[Write]) -> set[Stamp]:
        """Stamps of what was undone and of its undos, where nobody else wrote to the row after seeing it."""
        silent = {each.stamp for each in writes if each.stamp in self._taken_back}
        others = [each for each in writes if each.stamp not in silent and each.op != "m"]
        seen = {one for one in silent for each in others if self._causality.before(one, each.stamp)}
        return set() if seen else silent

    def _called(self, table: str, row: int) -> int:
        """The least of the ids that copies call a row by: all of them find the same."""
        return min([row, *(other for (name, other), here in self._alias.items() if name == table and here == row)])

    def _age(self, stamp: Stamp) -> int:
        return self._ids.get(stamp, 0)

    def _keep(self, writes: Iterable[Write]) -> None:
        sql = "insert into foreign_row (replica, sequence, tbl, row_id, op, data) values (?, ?, ?, ?, ?, ?)"
        self._writing.executemany(
            sql,
            (
                (*each.stamp, each.table, each.row, each.op, json.dumps(each.data, ensure_ascii=False))
                for each in writes
            ),
        )

    def _known(self, table: str, rows: Collection[int]) -> set[int]:
        """Rows of which this file has a past of its own, or got one before."""
        wanted = json.dumps(sorted(rows))
        sql = """
            select row_id from change_row where tbl = ?1 and row_id in (select value from json_each(?2))
            union select row_id from foreign_row where tbl = ?1 and row_id in (select value from json_each(?2))
            and (replica, sequence) not in (select replica, sequence from foreign_change where merge_id = ?3)"""
        found = {row[0] for row in self._writing.rows(sql, (table, wanted, self._writing.id))}
        return found | {row for row in rows if (table, row) in self._alias} | set(self._rows_here(table, rows))

    def _resolve(self, table: str, row: int, writes: Sequence[Write], known: set[int]) -> int:
        """The id that a row has here: that of the one that means the same and was made apart from it."""
        if (table, row) in self._alias:
            return self._alias[(table, row)]
        columns = SAME.get(table)
        first = next((each.data for each in writes if each.op == "i"), None)
        if columns is None or first is None or row in known:
            return row
        mapped = self._mapped(table, first)
        key = tuple(mapped.get(column) for column in columns)
        index = self._index(table, columns)
        if key in index and index[key] != row:
            self._alias[(table, row)] = index[key]
            self._writing.execute("insert or replace into row_alias values (?, ?, ?)", (table, row, index[key]))
            return index[key]
        index[key] = row
        return row

    def _index(self, table: str, columns: tuple[str, ...]) -> dict[tuple[object, ...], int]:
        """Rows by what they were when they were made: what somebody called the same later was not made as the same."""
        if table not in self._same:
            rows = self._writing.rows(f"select id, {', '.join(columns)} from {table} order by id desc")
            found = {tuple(row[1:]): row[0] for row in rows}
            if table in _RENAMED:
                found = self._born(table, columns)
            self._same[table] = found
        return self._same[table]

    def _born(self, table: str, columns: tuple[str, ...]) -> dict[tuple[object, ...], int]:
        sql = "select row_id from change_row where tbl = ?1 and op = 'i' union select row_id from foreign_row where tbl = ?1 and op = 'i'"
        rows = sorted((row[0] for row in self._writing.rows(sql, (table,))), reverse=True)
        fresh = {each.stamp for each in self._fresh}
        found: dict[tuple[object, ...], int] = {}
        for each in (*self._log.writes(table, rows), *foreign_writes(self._project, rows=rows, table=table)):
            if each.op == "i" and each.stamp not in fresh:
                mapped = self._mapped(table, each.data)
                key = tuple(mapped.get(column) for column in columns)
                here = self._alias.get((table, each.row), each.row)
                found[key] = min(here, found.get(key, here))
        return found

    def _mapped(self, table: str, data: Data) -> Data:
        """With the ids that rows have here."""
        found = dict(data)
        for column, parent in self._links[table]:
            value = found.get(column)
            if value is not None:
                found[column] = self._alias.get((parent, value), value)
        if table == "memo" and found.get("target_id"):
            found["target_id"] = self._alias.get((found.get("target", ""), found["target_id"]), found["target_id"])
        return found

    def _past(self, table: str, rows: set[int]) -> dict[int, list[Write]]:
        """All writings of these rows, by whatever id copies call them."""
        called: dict[int, int] = {row: row for row in rows}
        for (name, other), row in self._alias.items():
            if name == table and row in rows:
                called[other] = row
        found: dict[int, list[Write]] = defaultdict(list)
        ids = sorted(called)
        decided = [each for each in self._decided if each.table == table and each.row in called]
        for each in (*self._log.writes(table, ids), *decided, *foreign_writes(self._project, rows=ids, table=table)):
            if each.table == table:
                found[called[each.row]].append(each)
        return found

    def _meant(self, table: str, writes: list[Write]) -> list[Write]:
        """Without what somebody made and took back before anybody called it the same as another row."""
        groups: dict[int, list[Write]] = defaultdict(list)
        for each in writes:
            groups[each.row].append(each)
        if len(groups) == 1:
            return writes
        before = self._causality.before
        kept: list[Write] = []
        for row, mine in groups.items():
            gone = [each for each in mine if each.op == "d"]
            others = [each for each in writes if each.row != row]
            knew = any(before(each.stamp, last.stamp) for each in others for last in gone)
            if knew or self._folded(table, mine).data is not None:
                kept += mine
        return kept or writes

    def _rows_here(self, table: str, rows: Iterable[int]) -> dict[int, Data]:
        columns = self._columns[table]
        sql = f"select {', '.join(columns)} from {table} where id in (select value from json_each(?))"
        found = self._writing.rows(sql, (json.dumps(sorted(rows)),))
        return {row[0]: dict(zip(columns, row, strict=True)) for row in found}

    # -- what a row becomes -----------------------------------------------------------------------------------------

    def _want(self, table: str, row: int, folded: Folded, here: Data | None) -> None:
        if folded.data is None:
            self._desired[table][row] = None
            return
        data = self._complete(table, row, folded, here)
        self._desired[table][row] = data
        if data is None:
            return
        for clash in folded.clashes:
            if clash.column != "id":
                self._clashes.field(table, row, clash)
        if folded.removed:
            self._clashes.removed(table, row, folded.removed, folded.written)

    def _complete(self, table: str, row: int, folded: Folded, here: Data | None) -> Data | None:
        """All columns of a row with the ids, versions and places of this file; None where no words are left of a span."""
        defaults = CAME_LATER.get(table, {})
        data = {**{name: defaults.get(name) for name in self._columns[table]}, **(here or {})}
        data |= self._mapped(table, folded.data or {})
        data["id"] = row
        if table == "source":
            data["version"] = self._version(row, folded, here)
        if table in SPANS:
            place = self._place(table, row, data["source_id"], folded, here)
            if place is None:
                self._outcome.ended += table == "coding"
                return None
            data |= {"start": place.start, "stop": place.stop}
        return {name: data[name] for name in self._columns[table]}

    def _version(self, source: int, folded: Folded, here: Data | None) -> int:
        numbers: dict[str, int] = {}
        for number, name in self._names.of(source).items():
            numbers.setdefault(name, number)
        now_there = here["version"] if here else 0
        if now_there and (name_now := self._names.name(source, int(now_there))):
            numbers[name_now] = int(now_there)
        counting = [(stamp, numbers[name]) for stamp, name in folded.versions if name in numbers]
        if not counting:
            return int(now_there or max(numbers.values(), default=1))
        version = counting[0][1]
        for stamp, other in counting[1:]:
            if not versions.are_kin(self._project, source, version, other):
                continue
            joined = join(self._writing, source, version, other, self._lemmatise)
            self._names.forget(source)
            version = joined.version
            for met in joined.met:
                self._clashes.text(source, counting[0][0], stamp, met)
        if len(counting) > 1:
            name = self._names.name(source, version)
            self._keep([Write(self._mine, "source", source, "u", {"version": name})])
        if version != now_there:
            make_whole(self._writing, source, version, self._lemmatise)
        if here and version != now_there:
            self._versions[source] = (int(now_there), version)
        return version

    def _goal(self, source: int, *, by: _Row) -> int:
        """The version that a text gets; one that was removed comes back for a span that lives in it. 0 where there is none."""
        if not self._lives("source", source) and not self._revive("source", source, by=by):
            return 0
        wanted = self._desired["source"].get(source)
        if wanted:
            return int(wanted["version"])
        return versions.current_version(self._project, source)

    def _place(self, table: str, row: int, source: int, folded: Folded, here: Data | None) -> Span | None:
        goal = self._goal(source, by=(table, row))
        found: dict[Span | None, Stamp] = {}
        for stamp, place in folded.places:
            way = self._way(source, place["version"], goal)
            if way is not None:
                found.setdefault(move_through(Span(place["start"], place["stop"]), way), stamp)
        living = [span for span in found if span is not None]
        if folded.by_hand and len(living) > 1:
            self._clashes.place(table, row, source, goal, {span: found[span] for span in living})
        if found:
            if folded.by_hand:
                return living[0] if living else None
            return min(living, key=lambda span: (span.start, span.stop)) if living else None
        if here is None:
            return None
        way = versions.way(self._project, source, start=versions.current_version(self._project, source), goal=goal)
        return move_through(Span(here["start"], here["stop"]), way)

    def _way(self, source: int, name: str, goal: int) -> Any:
        """The steps to the version that counts; None where there is no way."""
        number = next((number for number, each in self._names.of(source).items() if each == name), 0)
        if (source, number, goal) not in self._ways:
            kin = number > 0 and versions.are_kin(self._project, source, number, goal)
            self._ways[(source, number, goal)] = (
                versions.way(self._project, source, start=number, goal=goal) if kin else None
            )
        return self._ways[(source, number, goal)]

    # -- what hangs together -----------------------------------------------------------------------------------------

    def _keep_what_is_used(self) -> None:
        """A row that somebody removed stays, or comes back, where a row that lives hangs on it."""
        waiting = [
            (table, row) for table, rows in self._desired.items() for row, data in rows.items() if data is not None
        ]
        waiting += self._hanging()
        while waiting:
            table, row = waiting.pop()
            data = self._desired[table].get(row) or self._rows_here(table, [row]).get(row)
            for column, parent in self._links[table]:
                wanted = (data or {}).get(column)
                if wanted is None or self._lives(parent, wanted):
                    continue
                if self._revive(parent, wanted, by=(table, row)):
                    waiting.append((parent, wanted))
                else:
                    self._desired[table][row] = None
                    break

    def _lives(self, table: str, row: int) -> bool:
        if row in self._desired[table]:
            return self._desired[table][row] is not None
        return bool(self._writing.rows(f"select 1 from {table} where id = ?", (row,)))

    def _hanging(self) -> list[_Row]:
        """Rows here that hang on rows which would go, and stay themselves."""
        found = []
        for child, links in self._links.items():
            for column, parent in links:
                going = [row for row, data in self._desired[parent].items() if data is None]
                if not going:
                    continue
                sql = f"select id from {child} where {column} in (select value from json_each(?))"
                for (row,) in self._writing.rows(sql, (json.dumps(going),)):
                    if row not in self._desired[child]:
                        found.append((child, row))
        return found

    def _revive(self, table: str, row: int, *, by: _Row) -> bool:
        writes = self._past(table, {row})[row]
        folded = self._folded(table, writes, revive=True)
        here = self._rows_here(table, [row]).get(row)
        if folded.data is None and here is None:
            return False
        data = self._complete(table, row, folded, here)
        if data is None or row in self._buried:
            return False
        self._desired[table][row] = data
        raw = dict(folded.data or {}) | (folded.places[0][1] if folded.places else {})
        self._keep([Write(self._mine, table, row, "i", raw)])
        gone = [each.stamp for each in writes if each.op == "d"]
        users = [each.stamp for each in self._past(by[0], {by[1]})[by[1]] if each.op == "i"]
        self._clashes.removed(table, row, gone[-1:], users[-1:])
        return True

    # -- storing ----------------------------------------------------------------------------------------------------

    def _store(self) -> None:
        touched = {(table, row) for table, rows in self._desired.items() for row in rows}
        moving = {source: way for source, way in self._versions.items() if source in self._desired["source"]}
        for source, (before, after) in moving.items():
            self._carry_others(source, before, after, touched)
        for table in reversed(JOURNALED):
            gone = [row for row, data in self._desired[table].items() if data is None]
            there = self._rows_here(table, gone)
            self._writing.executemany(f"delete from {table} where id = ?", [(row,) for row in there])
        for table in sorted(JOURNALED, key=lambda name: name == "source"):
            self._put(table)

    def _put(self, table: str) -> None:
        wanted = {row: data for row, data in self._desired[table].items() if data is not None}
        columns = self._columns[table]
        here = self._rows_here(table, wanted)
        sets = ", ".join(f"{name} = ?" for name in columns)
        for row, data in wanted.items():
            if row in here and here[row] != data:
                self._writing.execute(
                    f"update {table} set {sets} where id = ?", (*(data[name] for name in columns), row)
                )
                self._outcome.changed[table] += 1
        new = [[data[name] for name in columns] for row, data in wanted.items() if row not in here]
        self._writing.insert_rows(table, new, width=len(columns))
        texts = [data for data in wanted.values() if data["id"] not in here and data.get("kind") == "story"]
        self._outcome.new[table] += len(new) - (len(texts) if table == "source" else 0)

    def _carry_others(self, source: int, before: int, after: int, touched: set[_Row]) -> None:
        """Spans about which nothing came follow the text to its new version.

        Where corrections of this copy stand in another order there, each is carried from where a person last put it: the
        way over the version of before would clip what the other copies do not.
        """
        now_there = {key: span for key, span in versions.spans_of(self._project, source).items() if key not in touched}
        if not versions.are_kin(self._project, source, before, after):
            return
        goal = versions.carried(now_there, versions.way(self._project, source, start=before, goal=after))
        if not versions.leads_on(self._project, source, before, after):
            goal |= self._from_hand(source, now_there)
        back = versions.way(self._project, source, start=after, goal=before)
        self._outcome.ended += len(versions.place_spans(self._writing, now_there, goal, back=back))

    def _look_at_ended(self, source: int) -> None:
        """Spans of which an earlier version held no words may have some in the version that the text gets."""
        for table in SPANS:
            rows = self._ended(table, source) - set(self._desired[table])
            for row, writes in self._past(table, rows).items():
                folded = self._folded(table, self._meant(table, writes))
                if folded.data is not None and row not in self._buried:
                    self._want(table, row, folded, None)

    def _ended(self, table: str, source: int) -> set[int]:
        sql = f"""
            select row_id from change_row where tbl = ?1 and op = 'd' and json_extract(image, '$.source_id') = ?2
            union select row_id from foreign_row where tbl = ?1 and op = 'i' and json_extract(data, '$.source_id') = ?2
            except select id from {table} where source_id = ?2"""
        return {row[0] for row in self._writing.rows(sql, (table, source))}

    def _from_hand(self, source: int, spans: Iterable[_Row]) -> dict[_Row, Span | None]:
        found: dict[_Row, Span | None] = {}
        for table in SPANS:
            rows = {row for name, row in spans if name == table}
            here = self._rows_here(table, rows)
            for row, writes in self._past(table, rows).items():
                folded = self._folded(table, writes, revive=True)
                found[(table, row)] = self._place(table, row, source, folded, here.get(row))
        return found

    def _make_unique(self) -> None:
        mark = int(self._writing.rows("select coalesce(max(id), 0) from change_row")[0][0])
        for key, table, row, sides in make_unique(self._writing, self._called):
            self._clashes.add("same_key", table, row, ":key", key, said=sides)
        sql = "select tbl, row_id, image from change_row where id > ? and op = 'u' order by id"
        firsts: dict[_Row, Data] = {}
        for table, row, image in self._writing.rows(sql, (mark,)):
            firsts.setdefault((table, row), json.loads(image))
        for (table, row), before in firsts.items():
            after = self._rows_here(table, [row])[row]
            changed = {name: after[name] for name in self._columns[table] if before.get(name) != after[name]}
            if changed:
                self._keep([Write(self._mine, table, row, "u", changed)])

    # -- counting ---------------------------------------------------------------------------------------------------

    def _credit(
        self, table: str, row: int, rows: Sequence[int], here: dict[int, Data], waiting: dict[int, list[Write]]
    ) -> None:
        if row in here or self._desired[table].get(row) is None:
            return
        first = min((each.stamp for name in rows for each in waiting[name]), key=self._age)
        self._outcome.by_coder[self._who[first][0]][table] += 1

    def _count(self) -> None:
        count_changes(self._writing, self._outcome, self._coders)
        open_now = {row["key"] for row in clash_rows(self._project)}
        self._outcome.clashes = [key for key in self._outcome.clashes if key in open_now]
