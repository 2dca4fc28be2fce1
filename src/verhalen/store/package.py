"""What goes from one copy of a project to another, as tables of a small database.

Changes with what they wrote, versions of texts, files, and what was withdrawn. The same form serves a bundle and a whole
project file.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from verhalen.model.act import Act
from verhalen.store.exchange_log import (
    AT_ONCE,
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
    touched_rows_of,
)
from verhalen.store.project import ProjectFile, now
from verhalen.store.schema import JOURNALED, SCHEMA_VERSION, SPANS
from verhalen.store.thin_texts import texts as all_versions

TABLES = """
create table meta (key text primary key, value text not null);
create table coder (id integer primary key, name text not null, identity text not null);
create table entry (replica integer, sequence integer, id integer, act text, targets text, coder_id integer, time text,
    undoes integer, primary key (replica, sequence));
create table written (id integer primary key, replica integer, sequence integer, tbl text, row_id integer, op text, data text);
create table seen (replica integer, sequence integer, other integer, upto integer);
create table node (id integer primary key, source_id integer, name text, parent text, start integer, old_length integer,
    new_length integer, cancels text, sha256 text, words blob, lemmas blob);
create table original (source_id integer, sha256 text, suffix text, bytes blob);
create table attachment_bytes (attachment_id integer, bytes blob);
create table tombstone (row_id integer, tbl text, fingerprint text, time text);
create table clash (key text, kind text, tbl text, row_id integer, field text, sides text);
create index written_of on written (tbl, row_id, id);
"""


class Node(NamedTuple):
    """A version of a text, without its number in a file."""

    source_id: int
    name: str
    parent: str | None
    start: int | None
    old: int | None
    new: int | None
    cancels: str
    """Sign and name of the step that it takes back; empty where there is none."""
    sha256: str
    words: str | None
    """Of a first version the whole text, of another the words that its step brought; None where they do not travel."""
    lemmas: str | None


class Package:
    """An open package: written once, then read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    def in_memory(cls) -> Package:
        """An empty one that no disk ever sees."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        return cls(connection)

    def meta(self, key: str) -> str:
        """One thing that is said about the package as a whole; empty where it is not."""
        found = self.connection.execute("select value from meta where key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    @property
    def holds(self) -> dict[int, int]:
        """Of each copy the sequence up to which the sender had everything."""
        return {int(replica): upto for replica, upto in json.loads(self.meta("holds")).items()}

    def count(self, table: str) -> int:
        """How many rows of a table are new in it; the texts of stories do not count as texts besides."""
        sql = """
            select count(distinct row_id) from written where tbl = ? and op = 'i'
            and coalesce(json_extract(data, '$.kind'), '') <> 'story'"""
        return int(self.connection.execute(sql, (table,)).fetchone()[0])

    @property
    def replica(self) -> int:
        """The copy that sent it."""
        return int(self.meta("replica"))

    def entries(self) -> list[Entry]:
        """The changes, oldest first."""
        return [Entry(*row) for row in self.connection.execute("select * from entry order by id")]

    def coders(self) -> list[tuple[int, str, str]]:
        """(id, name, identity) of everybody whom a change or a row names."""
        return self.connection.execute("select id, name, identity from coder order by id").fetchall()

    def seen(self) -> list[tuple[int, int, int, int]]:
        """Who had seen what."""
        return self.connection.execute("select replica, sequence, other, upto from seen").fetchall()

    def stamps(self) -> set[Stamp]:
        """Changes that wrote anything."""
        return set(self.connection.execute("select distinct replica, sequence from written").fetchall())

    def tables(self) -> list[str]:
        """Those of which rows were written, parents first."""
        there = {row[0] for row in self.connection.execute("select distinct tbl from written")}
        return [table for table in JOURNALED if table in there]

    def writes(self, table: str) -> Iterator[Write]:
        """What was written to a table, row by row."""
        sql = "select replica, sequence, row_id, op, data from written where tbl = ? order by row_id, id"
        for replica, sequence, row, op, data in self.connection.execute(sql, (table,)):
            yield Write((replica, sequence), table, row, op, json.loads(data))

    def nodes(self) -> Iterator[Node]:
        """Versions of texts, each after the one that it was made of."""
        for row in self.connection.execute("select * from node order by source_id, id"):
            _, source, name, parent, start, old, new, cancels, digest, words, lemmas = row
            yield Node(source, name, parent, start, old, new, cancels, digest, _unpacked(words), _unpacked(lemmas))

    def rows(self, table: str) -> Iterator[tuple[object, ...]]:
        """`original`, `attachment_bytes`, `tombstone` or `clash` as they are."""
        yield from self.connection.execute(f"select * from {table}")


def _packed(text: str | None) -> bytes | None:
    return None if text is None else zlib.compress(text.encode(), 6)


def _unpacked(data: bytes | None) -> str | None:
    return None if data is None else zlib.decompress(data).decode()


def pack(project: ProjectFile, connection: sqlite3.Connection, *, since: dict[int, int]) -> Package:
    """Write everything that somebody who holds `since` (replica to sequence) lacks; the changes are then sealed to joining."""
    package = Package(connection)
    for statement in TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)
    if not connection.in_transaction:
        connection.execute("begin")
    _Packing(project, package, since).run()
    connection.execute("commit")
    return package


def pack_file(other: ProjectFile, *, since: dict[int, int]) -> Package:
    """What somebody who holds `since` lacks of another project file: it comes from whoever worked in it last, not from who opens it."""
    package = pack(other, Package.in_memory().connection, since=since)
    sql = """
        select coder.name from change join coder on coder.id = coder_id
        where replica = ? order by sequence desc limit 1"""
    last = other.row(sql, (package.replica,)) or other.row(sql, (other.number(_LAST_REPLICA),))
    if last is not None:
        package.connection.execute("update meta set value = ? where key = 'coder'", (last[0],))
    return package


_LAST_REPLICA = "select replica from change order by id desc limit 1"


class _Packing:
    def __init__(self, project: ProjectFile, package: Package, since: dict[int, int]) -> None:
        self._project = project
        self._to = package.connection
        self._since = since
        self._names = Names(project)
        self._log = OwnLog(project, self._names)
        self._with_mask: set[int] = set()

    def run(self) -> None:
        project = self._project
        own, foreign = own_entries(project), foreign_entries(project)
        fresh = [each for each in (*own, *foreign) if each.sequence > self._since.get(each.replica, 0)]
        stamps = {each.stamp for each in fresh}
        self._to.executemany("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?)", fresh)
        self._to.executemany("insert into seen values (?, ?, ?, ?)", seen_rows(project))
        mine = {each.id for each in own if each.stamp in stamps}
        for table, rows in touched_rows_of(project, mine).items():
            self._put(each for each in self._log.writes(table, rows) if each.stamp in stamps)
        self._put(each for each in foreign_writes(project) if each.stamp in stamps)
        self._put_masks([each for each in own if each.stamp in stamps and each.act == Act.MASK])
        self._put_texts()
        self._put_files()
        sql = "select id, name, identity from coder"
        self._to.executemany("insert into coder values (?, ?, ?)", project.rows(sql))
        self._to.executemany("insert into tombstone values (?, ?, ?, ?)", project.rows("select * from tombstone"))
        sql = "select key, kind, tbl, row_id, field, sides from clash"
        self._to.executemany("insert into clash values (?, ?, ?, ?, ?, ?)", project.rows(sql))
        self._put_meta(fresh)

    def _put(self, writes: Iterable[Write]) -> None:
        rows: list[tuple[object, ...]] = []
        for each in writes:
            data = json.dumps(each.data, ensure_ascii=False)
            rows.append((*each.stamp, each.table, each.row, each.op, data))
            if len(rows) >= AT_ONCE:
                self._insert(rows)
                rows = []
        self._insert(rows)

    def _insert(self, rows: Sequence[tuple[object, ...]]) -> None:
        sql = "insert into written (replica, sequence, tbl, row_id, op, data) values (?, ?, ?, ?, ?, ?)"
        self._to.executemany(sql, rows)

    def _put_masks(self, masks: Sequence[Entry]) -> None:
        """A mask leaves no rows in the journal: what it made of the text and of what was written about it stands in the tables."""
        for each in masks:
            for source in json.loads(each.targets)[:1]:
                self._with_mask.add(source)
                for table, rows in _about_text(self._project, source).items():
                    columns = [row[1] for row in self._project.rows(f"pragma table_info({table})")]
                    self._put(
                        Write(
                            each.stamp,
                            table,
                            int(str(row[0])),
                            "u",
                            self._masked(table, dict(zip(columns, row, strict=True))),
                        )
                        for row in rows
                    )

    def _masked(self, table: str, row: dict[str, object]) -> dict[str, object]:
        if table == "source":
            version = self._names.name(int(str(row["id"])), int(str(row["version"])))
            return {
                "version": version,
                "title": row["title"],
                "masked": row["masked"],
                "original_sha256": row["original_sha256"],
            }
        kept: dict[str, object] = {name: value for name, value in row.items() if name in _WORDS}
        if table in SPANS:
            source = int(str(row["source_id"]))
            version = self._names.name(
                source, self._project.number("select version from source where id = ?", (source,))
            )
            kept |= {"start": row["start"], "stop": row["stop"], "version": version}
        return kept

    def _put_texts(self) -> None:
        """The versions of every text that something points into; the words of the first one only where the text is new."""
        spans = "', '".join((*SPANS, "source"))
        sql = f"""
            select distinct coalesce(json_extract(data, '$.source_id'), row_id) from written where tbl in ('{spans}')
            and (tbl = 'source' or json_extract(data, '$.source_id') is not null)"""
        sources = {row[0] for row in self._to.execute(sql)}
        moved = f"select distinct tbl, row_id from written where tbl in ('{spans}') and tbl <> 'source' and op in ('u', 'm')"
        for table, row in self._to.execute(moved).fetchall():
            sources.add(self._project.number(f"select source_id from {table} where id = ?", (row,)))
        new = {row[0] for row in self._to.execute("select row_id from written where tbl = 'source' and op = 'i'")}
        for source in sorted(sources - {0}):
            self._put_versions(source, whole=source in new or source in self._with_mask)

    def _put_versions(self, source: int, *, whole: bool) -> None:
        sql = """
            select version, parent, start, old_length, new_length, cancels, sha256,
                   case when version = (select version from source where id = ?1) then lemmas end
            from text_version where source_id = ?1 order by version"""
        names = self._names.of(source)
        texts = all_versions(self._project, source)
        for version, parent, start, old, new, cancels, digest, lemmas in self._project.rows(sql, (source,)):
            text = texts[version]
            taken = "" if cancels is None else f"{'-' if cancels < 0 else '+'}{names.get(abs(cancels), '')}"
            words = (
                (text if whole else None) if parent is None else _words(texts.get(parent, ""), text, start, old, new)
            )
            self._to.execute(
                "insert into node (source_id, name, parent, start, old_length, new_length, cancels, sha256, words, lemmas)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(source, names[version], names.get(parent) if parent else None, start, old, new, taken, digest),
                    *(_packed(words), _packed(lemmas)),
                ),
            )

    def _put_files(self) -> None:
        read = """
            select distinct row_id from written where tbl = 'source'
            and (op = 'i' or json_extract(data, '$.original_sha256') is not null)"""
        new = [row[0] for row in self._to.execute(read)]
        sql = "select source_id, sha256, suffix, bytes from original where source_id = ?"
        for source in new:
            self._to.executemany("insert into original values (?, ?, ?, ?)", self._project.rows(sql, (source,)))
        sql = "select attachment_id, bytes from attachment_bytes where attachment_id = ?"
        for (row,) in self._to.execute(
            "select distinct row_id from written where tbl = 'attachment' and op = 'i'"
        ).fetchall():
            self._to.executemany("insert into attachment_bytes values (?, ?)", self._project.rows(sql, (row,)))

    def _put_meta(self, fresh: Sequence[Entry]) -> None:
        project = self._project
        said = {
            "format": "1",
            "schema": str(SCHEMA_VERSION),
            "project_id": project.setting("project_id"),
            "secret": project.setting("secret"),
            "encrypted": str(int(project.is_encrypted)),
            "replica": str(project.replica),
            "coder": project.coder,
            "holds": json.dumps(held(project)),
            "since": json.dumps(self._since),
            "last": json.dumps(_newest(own_entries(project))),
            "time": now(),
            "changes": str(len(fresh)),
        }
        self._to.executemany("insert into meta values (?, ?)", said.items())


def _newest(entries: Sequence[Entry]) -> dict[int, tuple[int, int]]:
    """Of each copy in this journal the newest sequence, with the id of its change: tells a copy that was put back from a backup."""
    return {each.replica: (each.sequence, each.id) for each in entries}


def _words(before: str, text: str, start: int, old: int, new: int) -> str | None:
    """The words of a step; the whole text where the text before is not kept, None where this one is not."""
    if not text:
        return None
    words = text[start : start + new]
    return "=" + words if before and before[:start] + words + before[start + old :] == text else "*" + text


_WORDS = frozenset(
    {
        "title",
        "name",
        "memo",
        "body",
        "before",
        "now",
        "how",
        "why",
        "shares",
        "not_asked_reason",
        "own_words",
        "changes",
    }
    | {"something_else", "place", "translated_by", "note"}
)


def _about_text(project: ProjectFile, source: int) -> dict[str, list[tuple[object, ...]]]:
    """Rows about a source that a mask may have rewritten."""
    found = {"source": project.rows("select * from source where id = ?", (source,))}
    for table in ("speaker", *SPANS, "story", "voice"):
        found[table] = project.rows(f"select * from {table} where source_id = ?", (source,))
    ids: Collection[int] = {int(str(row[0])) for rows in found.values() for row in rows}
    sql = "select * from memo where target_id in (select value from json_each(?))"
    found["memo"] = project.rows(sql, (json.dumps(sorted(ids)),))
    return found
