"""An SQLite file that another program made: read only, whatever is in it, and never trusted."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.store.connection import PLAIN_HEADER

_HEADER = 100
_STEP = 100_000
"""Steps of SQLite's machine between two looks at how many there were."""
_MOST_STEPS = 2_000_000_000
"""Of one statement. A hundred thousand codings take some millions; what takes more is made to hang us."""
_LONGEST = 128 * 1024 * 1024
"""Bytes of one value."""
_AT_ONCE = 500
Value = str | int | float | bytes | None


class OtherFile:
    """The ordinary tables of an open file. Views, virtual tables and columns that are computed are not there for us."""

    def __init__(self, connection: sqlite3.Connection, file: str) -> None:
        self._connection = connection
        self._file = file
        self._steps = 0
        connection.set_progress_handler(self._one_step_more, _STEP)
        with self._translated():
            self.tables = self._read_tables()
            """Name of each table in small letters -> its columns, in small letters too."""
        self._sorted: dict[tuple[str, str], str] = {}

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is such a table, with these columns."""
        return table.lower() in self.tables and all(each.lower() in self.tables[table.lower()] for each in columns)

    def count(self, table: str) -> int:
        """How many rows it has; none where it is not there."""
        if not self.has(table):
            return 0
        return int(str(next(self._read(f"select count(*) from {_quoted(table)}"))[0]))

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """All rows in the order of the file, some at a time; None for a column that this version does not have."""
        if not self.has(table):
            return iter(())
        return self._read(f"select {self._wanted(table, columns)} from {_quoted(table)} as this")

    def rows_of(self, table: str, *columns: str, by: str, value: int) -> Iterator[tuple[Value, ...]]:
        """The rows whose column `by` is this number. Its first use sorts the table, outside the file."""
        if not self.has(table, by):
            return iter(())
        helper = self._sort(table.lower(), by.lower())
        return self._read(
            f"select {self._wanted(table, columns)} from temp.{helper} as place"
            f" join {_quoted(table)} as this on this.rowid = place.row where place.value = ? order by place.row",
            (value,),
        )

    def _wanted(self, table: str, columns: Sequence[str]) -> str:
        known = self.tables[table.lower()]
        return ", ".join(f"this.{_quoted(each)}" if each.lower() in known else "null" for each in columns)

    def _sort(self, table: str, by: str) -> str:
        """Numbers of rows by a column: these files have no index, and a look at all rows for each text takes too long."""
        helper = self._sorted.get((table, by))
        if helper is None:
            helper = self._sorted[(table, by)] = f"sorted_{len(self._sorted)}"
            self._steps = 0
            with self._translated():
                self._connection.execute(
                    f"create temp table {helper} (value integer, row integer, primary key (value, row))"
                )
                self._connection.execute(
                    f"insert into temp.{helper} select cast(this.{_quoted(by)} as integer), this.rowid"
                    f" from {_quoted(table)} as this where this.{_quoted(by)} is not null"
                )
        return helper

    def _read(self, sql: str, values: Sequence[Value] = ()) -> Iterator[tuple[Value, ...]]:
        self._steps = 0
        with self._translated():
            cursor = self._connection.execute(sql, values)
            while batch := cursor.fetchmany(_AT_ONCE):
                yield from batch

    def _read_tables(self) -> dict[str, tuple[str, ...]]:
        found = {}
        listed = self._connection.execute("select name, sql from sqlite_master where type = 'table'").fetchall()
        for name, sql in listed:
            if str(sql).lower().lstrip().startswith("create table") and "without rowid" not in str(sql).lower():
                columns = self._connection.execute(f"pragma table_info({_quoted(name)})").fetchall()
                found[str(name).lower()] = tuple(str(column[1]).lower() for column in columns)
        return found

    def _one_step_more(self) -> int:
        self._steps += _STEP
        return int(self._steps > _MOST_STEPS)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeError):  # names of columns are always taken for UTF-8
            problem = t("the database in it is damaged; make a copy again in the program it came from")
            raise errors.BadExchange(file=self._file, problem=problem) from None


@contextmanager
def open_other(path: Path, *, file: str) -> Iterator[OtherFile]:
    """Open a database of another program; `file` names it in what is raised: EmptyFile, LockedFile, BadExchange."""
    _check(path, file)
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
    except sqlite3.Error:
        raise errors.BadExchange(file=file, problem=t("the database in it does not open")) from None
    try:
        connection.text_factory = _decoded
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma cell_size_check = on")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        yield OtherFile(connection, file)
    finally:
        connection.close()


def _check(path: Path, file: str) -> None:
    """What can be told before SQLite looks: no database at all, an encrypted one, half a one, one that is still open."""
    with path.open("rb") as stream:
        head = stream.read(_HEADER)
    if not head:
        raise errors.EmptyFile(file=file)
    if not head.startswith(PLAIN_HEADER):
        problem = t("there is no database in it, or one with a password; save it without a password")
        raise errors.BadExchange(file=file, problem=problem)
    if any(_is_filled(path.with_name(path.name + end)) for end in ("-wal", "-journal")):
        raise errors.LockedFile(file=file)
    if len(head) < _HEADER or path.stat().st_size < _said_size(head):
        raise errors.BadExchange(file=file, problem=t("it is only half a copy; copy it again"))


def _is_filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _said_size(head: bytes) -> int:
    """How long the file is by its own header, in bytes; 0 where an old SQLite did not say."""
    size, pages = struct.unpack(">H", head[16:18])[0], struct.unpack(">I", head[28:32])[0]
    return (65_536 if size == 1 else size) * pages if head[24:28] == head[92:96] else 0


def _decoded(data: bytes) -> str:
    """UTF-8 as SQLite has it; RQDA on Windows wrote what Windows had."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
