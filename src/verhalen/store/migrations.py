"""Make a new project file, and lead an older one to today's tables. A migration is forever: add at the end, never edit.

sqlite_utils numbers and records the steps; it is loaded only when there is one to take, since it costs start-up time.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.store.schema import APPLICATION_ID, JOURNALED, SCHEMA_VERSION, create_tables, journal_triggers

if TYPE_CHECKING:
    from sqlite_utils import Database


def create(connection: sqlite3.Connection, *, project_id: str, secret: str) -> None:
    """Lay the tables of a new file, all or nothing."""
    connection.execute("begin immediate")
    try:
        _run_script(connection, create_tables())
        connection.executemany("insert into setting values (?, ?)", [("project_id", project_id), ("secret", secret)])
        make_triggers(connection)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def migrate(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Bring an older file up to date; refuse a newer one."""
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise errors.NewerProject(path=path.name, found=version, known=SCHEMA_VERSION)
    if version < SCHEMA_VERSION and not read_only:
        _step_up(connection, path, version)


def _step_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    from sqlite_utils import Database

    _copy_before(connection, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}"))
    connection.execute("begin immediate")
    try:
        database = Database(connection)
        for step in STEPS[version:]:
            step(database)
        make_triggers(connection)
        _check_references(connection, path)
        connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _copy_before(connection: sqlite3.Connection, copy: Path) -> None:
    """Through SQLite, so that what still stands in the log beside the file is in the copy too."""
    copy.unlink(missing_ok=True)
    connection.execute("vacuum into ?", (str(copy),))


def _check_references(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("pragma foreign_key_check").fetchone():
        raise errors.DamagedProject(path=path.name)


def m001_first(database: Database) -> None:
    """Version 1 is what `create` lays; there is nothing before it."""


def m002_places_and_originals(database: Database) -> None:
    """Pages and moments of a text; more than one original of a source; changes that a mask made final; patterns."""
    connection = database.conn
    assert connection is not None, "a database to migrate is open"
    if "sha256" not in {row[1] for row in connection.execute("pragma table_info(original)")}:
        _run_script(connection, _MORE_ORIGINALS)
    _run_script(connection, _PLACES + _PATTERNS)


_MORE_ORIGINALS = """
alter table original rename to original_1;
create table original (
    source_id integer not null, sha256 text not null, suffix text not null, bytes blob not null,
    primary key (source_id, sha256)
) strict;
insert into original
    select source_id, original_sha256, suffix, bytes from original_1 join source on source.id = source_id;
drop table original_1;
"""
_PLACES = """
create table if not exists landmark (
    id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
    start integer not null, stop integer not null,
    kind text not null check (kind in ('page', 'time')), value integer not null
) strict;
create index if not exists landmark_source on landmark (source_id, start);
create table if not exists sealed (change_id integer primary key) strict;
"""
_PATTERNS = """
create table if not exists code_pattern (
    id integer primary key, code_id integer not null references code(id) deferrable initially deferred,
    kind text not null check (kind in ('word', 'lemma', 'phrase')), pattern text not null, position integer not null
) strict;
create index if not exists code_pattern_code on code_pattern (code_id);
"""


def m003_scores_that_can_be_defended(database: Database) -> None:
    """Reasons, revised baselines, versions of instruments, kinds of attributes, columns of other programs under a name."""
    connection = database.conn
    assert connection is not None, "a database to migrate is open"
    for table, column, definition in _LATER_COLUMNS:
        if column not in {row[1] for row in connection.execute(f"pragma table_info({table})")}:
            connection.execute(f"alter table {table} add column {column} {definition}")
    _run_script(connection, _SCORES)


_LATER_COLUMNS = (
    ("trajectory", "referred_on", "text not null default ''"),
    ("item", "retired", "integer not null default 0"),
    ("item", "higher_is_worse", "integer not null default 0"),
    ("snapshot", "version", "integer not null default 0"),
    ("snapshot", "note", "text not null default ''"),
)
_SCORES = """
create table if not exists attribute_kind (
    id integer primary key, name text not null,
    kind text not null check (kind in ('text', 'choice', 'number', 'day', 'yes_no')),
    choices text not null, position integer not null
) strict;
create table if not exists instrument_version (
    id integer primary key, instrument_id integer not null references instrument(id) deferrable initially deferred,
    version integer not null, wording text not null, content text not null
) strict;
create table if not exists observation_reason (
    id integer primary key, observation_id integer not null references observation(id) deferrable initially deferred,
    reason text not null
) strict;
create table if not exists revised_baseline (
    id integer primary key, snapshot_id integer not null references snapshot(id) deferrable initially deferred,
    item_id integer not null references item(id) deferrable initially deferred,
    person_id integer references person(id) deferrable initially deferred,
    value integer, day text not null, reason text not null, note text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists column_mapping (
    id integer primary key, name text not null, kind text not null check (kind in ('scores', 'families', 'stories')),
    columns text not null
) strict;
create index if not exists instrument_version_of on instrument_version (instrument_id);
create index if not exists observation_reason_of on observation_reason (observation_id);
create index if not exists revised_baseline_snapshot on revised_baseline (snapshot_id);
create index if not exists revised_baseline_item on revised_baseline (item_id);
create index if not exists revised_baseline_person on revised_baseline (person_id);
create index if not exists coding_memo on coding (id) where memo <> '';
"""

STEPS = [m001_first, m002_places_and_originals, m003_scores_that_can_be_defended]
"""Step n leads from version n to n + 1."""


def make_triggers(connection: sqlite3.Connection) -> None:
    """Generate the journal's triggers from the columns that the file has."""
    columns = {table: [row[1] for row in connection.execute(f"pragma table_info({table})")] for table in JOURNALED}
    _run_script(connection, journal_triggers(columns))


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statement by statement: `executescript` would commit the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
