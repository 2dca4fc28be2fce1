"""An open change: ids, statements and reads inside `project.change(...)` and `project.note()`."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from verhalen.model.text import normal_text
from verhalen.store.replica import REPLICA_BITS

if TYPE_CHECKING:
    from verhalen.store.project import ProjectFile

Row = tuple[Any, ...]
"""A row as SQLite gives it: the one place where types end; the modules of this room make nouns of it."""
Values = Sequence[object] | dict[str, object]

_EPOCH_MS = 1_704_067_200_000
"""2024-01-01, so that ids stay short of 63 bits for centuries."""
_TICKS_PER_MS = 16
_MOST_VALUES = 900
"""In one statement; every SQLite takes 999."""


def now() -> str:
    """The time of a change: ISO, UTC, milliseconds."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Writing:
    """An open change: what may be done inside `project.change(...)`."""

    def __init__(self, project: ProjectFile, connection: sqlite3.Connection) -> None:
        self.project = project
        self._connection = connection
        self._last = int(connection.execute("select last_id from id_clock").fetchone()[0])
        self.id = 0
        self.targets: list[int] = []
        self.undoes: int | None = None

    def new_id(self) -> int:
        """An id above all before, of this replica."""
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> range:
        """`count` ids in time order: the last one given, or now, whichever is later."""
        step = 1 << REPLICA_BITS
        ticks = int((dt.datetime.now(dt.UTC).timestamp() * 1000 - _EPOCH_MS) * _TICKS_PER_MS)
        first = max(ticks, (self._last >> REPLICA_BITS) + 1) * step + (self.project.replica & (step - 1))
        self._last = first + (count - 1) * step
        return range(first, self._last + 1, step)

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement and give the number of rows it touched."""
        try:
            return self._connection.execute(sql, _without_nul(values)).rowcount
        except UnicodeEncodeError:  # half a surrogate pair, as from an odd terminal; nothing was run
            return self._connection.execute(sql, _without_surrogates(values)).rowcount

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for many rows."""
        self._connection.executemany(sql, map(_without_nul, rows))

    def insert_rows(self, table: str, rows: Iterable[Sequence[object]], *, width: int) -> None:
        """Insert whole rows of `width` columns, a hundred in one statement: to SQLite a statement costs more than a row."""
        at_once = _MOST_VALUES // width
        row = f"({', '.join('?' * width)})"
        waiting = iter(rows)
        while batch := list(chain.from_iterable(islice(waiting, at_once))):
            places = ", ".join([row] * (len(batch) // width))
            # One look through all texts together costs a fraction of a look at each value.
            has_nul = "\x00" in "".join([value for value in batch if type(value) is str])
            self._connection.execute(f"insert into {table} values {places}", _without_nul(batch) if has_nul else batch)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Read inside the change."""
        return self._connection.execute(sql, values).fetchall()

    def keep_clock(self) -> None:
        """Write the last id back, under the lock that we hold."""
        self._connection.execute("update id_clock set last_id = ?", (self._last,))


def _without_nul(values: Values) -> Values:
    """The journal's JSON would end at a NUL: what stood behind it could not come back."""
    for value in values.values() if isinstance(values, dict) else values:
        if isinstance(value, str) and "\x00" in value:
            return _each_text(values, lambda text: text.replace("\x00", ""))
    return values


def _without_surrogates(values: Values) -> Values:
    return _each_text(_without_nul(values), normal_text)


def _each_text(values: Values, change: Callable[[str], str]) -> Values:
    if isinstance(values, dict):
        return {name: change(value) if isinstance(value, str) else value for name, value in values.items()}
    return [change(value) if isinstance(value, str) else value for value in values]
