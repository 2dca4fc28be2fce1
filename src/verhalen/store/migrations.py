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


def m004_stories_and_what_a_team_makes_of_them(database: Database) -> None:
    """Voices, attachments, verification, rounds with their votes and reasons, feedback, signals."""
    connection = database.conn
    assert connection is not None, "a database to migrate is open"
    _run_script(connection, _STORIES)
    for table, column, definition in _STORY_COLUMNS:
        if column not in {row[1] for row in connection.execute(f"pragma table_info({table})")}:
            connection.execute(f"alter table {table} add column {column} {definition}")
    _run_script(connection, _STORY_INDEXES)


_STORY_COLUMNS = (
    ("story", "own_words", "text not null default ''"),
    ("story", "translated_by", "text not null default ''"),
    ("story", "changes", "text not null default ''"),
    ("story", "something_else", "text not null default ''"),
    ("story", "place", "text not null default ''"),
    ("story", "domain_when", "text not null default ''"),
    ("consent", "voice_id", "integer references voice(id) deferrable initially deferred"),
    ("consent", "attachment_id", "integer references attachment(id) deferrable initially deferred"),
    ("consent", "side", "text not null default ''"),
)
_STORIES = """
create table if not exists voice (
    id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
    source_id integer not null references source(id) deferrable initially deferred,
    position integer not null, role text not null, member text not null, language text not null, form text not null,
    own_words text not null, translated_by text not null, told text, recorder text not null
) strict;
create table if not exists attachment (
    id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
    name text not null, kind text not null check (kind in ('foto', 'tekening', 'geluid', 'andere')),
    suffix text not null, size integer not null, sha256 text not null, described text not null, added text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists verification (
    id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
    day text not null, who text not null, how text not null,
    outcome text not null check (outcome in ('klopt', 'anders', 'weet_niet')), note text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists selection_round (
    id integer primary key, key text not null, title text not null,
    level text not null check (level in ('team', 'dienst', 'partnerschap')), first text not null, last text not null,
    question text not null, blind integer not null, rule text not null, day text, closed text,
    coder_id integer not null references coder(id)
) strict;
create table if not exists round_member (
    id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
    name text not null, role text not null, stopped text, note text not null, position integer not null
) strict;
create table if not exists round_story (
    id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
    story_id integer not null references story(id) deferrable initially deferred,
    from_round_id integer references selection_round(id) deferrable initially deferred,
    why text not null, position integer not null
) strict;
create table if not exists vote (
    id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
    member_id integer not null references round_member(id) deferrable initially deferred,
    story_id integer not null references story(id) deferrable initially deferred,
    domain text not null, argument text not null, day text not null
) strict;
create table if not exists choice (
    id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
    story_id integer not null references story(id) deferrable initially deferred,
    domain text not null, reason text not null, criteria text not null, goes_back text not null, day text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists dissent (
    id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
    choice_id integer references choice(id) deferrable initially deferred,
    member_id integer references round_member(id) deferrable initially deferred, body text not null
) strict;
create table if not exists round_gone (
    id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
    day text not null, was_chosen integer not null
) strict;
create table if not exists feedback (
    id integer primary key, story_id integer references story(id) deferrable initially deferred,
    round_id integer references selection_round(id) deferrable initially deferred,
    whom text not null, day text, how text not null, body text not null, reaction text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists signal (
    id integer primary key, key text not null, barrier text not null, service text not null, domain text not null,
    noted text not null, whom text not null, told text, answer text not null, answered text, result text not null,
    resulted text, coder_id integer not null references coder(id)
) strict;
create table if not exists signal_place (
    id integer primary key, signal_id integer not null references signal(id) deferrable initially deferred,
    family_id integer references family(id) deferrable initially deferred,
    story_id integer references story(id) deferrable initially deferred,
    snapshot_id integer references snapshot(id) deferrable initially deferred
) strict;
create table if not exists signal_span (
    id integer primary key, signal_id integer not null references signal(id) deferrable initially deferred,
    source_id integer not null references source(id) deferrable initially deferred,
    start integer not null, stop integer not null,
    family_id integer references family(id) deferrable initially deferred
) strict;
create table if not exists attachment_bytes (attachment_id integer primary key, bytes blob not null) strict;
"""
_STORY_INDEXES = """
create index if not exists voice_story on voice (story_id);
create index if not exists voice_source on voice (source_id);
create index if not exists attachment_story on attachment (story_id);
create index if not exists consent_voice on consent (voice_id) where voice_id is not null;
create index if not exists consent_attachment on consent (attachment_id) where attachment_id is not null;
create index if not exists verification_story on verification (story_id);
create index if not exists round_member_round on round_member (round_id);
create index if not exists round_story_round on round_story (round_id);
create index if not exists round_story_story on round_story (story_id);
create index if not exists vote_round on vote (round_id);
create index if not exists vote_story on vote (story_id);
create index if not exists choice_round on choice (round_id);
create index if not exists choice_story on choice (story_id);
create index if not exists dissent_round on dissent (round_id);
create index if not exists round_gone_round on round_gone (round_id);
create index if not exists feedback_story on feedback (story_id);
create index if not exists feedback_round on feedback (round_id);
create index if not exists signal_place_signal on signal_place (signal_id);
create index if not exists signal_place_family on signal_place (family_id);
create index if not exists signal_place_story on signal_place (story_id);
create index if not exists signal_place_snapshot on signal_place (snapshot_id);
create index if not exists signal_span_signal on signal_span (signal_id);
create index if not exists signal_span_source on signal_span (source_id, start);
create index if not exists signal_span_family on signal_span (family_id);
"""


def m005_reports_that_were_given_out(database: Database) -> None:
    """The ledger of released tables, and thresholds of the project's own with their reason."""
    connection = database.conn
    assert connection is not None, "a database to migrate is open"
    _run_script(connection, _RELEASES)


_RELEASES = """
create table if not exists release (
    id integer primary key, report text not null, title text not null, audience text not null, period text not null,
    built text not null, sent text, coder_id integer not null references coder(id)
) strict;
create table if not exists release_row (
    id integer primary key, release_id integer not null references release(id) deferrable initially deferred,
    kind text not null, label text not null, columns text not null, cells text not null, total integer,
    families text not null
) strict;
create table if not exists threshold (
    id integer primary key, audience text not null check (audience in ('internal', 'council', 'public')),
    plain integer not null, strict integer not null, reason text not null, day text not null,
    coder_id integer not null references coder(id)
) strict;
create index if not exists release_row_release on release_row (release_id);
"""


def m006_several_people(database: Database) -> None:
    """Second coders, what was talked over, decisions; and what came from other copies of the project."""
    connection = database.conn
    assert connection is not None, "a database to migrate is open"
    _run_script(connection, _SEVERAL_PEOPLE)


_SEVERAL_PEOPLE = """
create table if not exists double_coding (
    id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
    coder text not null, given text not null, back text, seed integer, drawn text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists discussed (
    id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
    start integer not null, stop integer not null,
    code_id integer references code(id) deferrable initially deferred,
    note text not null, settled integer not null, day text not null,
    coder_id integer not null references coder(id)
) strict;
create table if not exists decision (
    id integer primary key, clash text not null, tbl text not null, row_id integer not null, field text not null,
    value text not null, day text not null, coder_id integer not null references coder(id)
) strict;
create table if not exists foreign_change (
    replica integer not null, sequence integer not null, id integer not null, act text not null, targets text not null,
    coder_id integer not null, time text not null, undoes integer, merge_id integer not null,
    primary key (replica, sequence)
) strict;
create table if not exists foreign_row (
    id integer primary key, replica integer not null, sequence integer not null, tbl text not null,
    row_id integer not null, op text not null, data text
) strict;
create table if not exists seen (
    replica integer not null, sequence integer not null, other integer not null, upto integer not null,
    primary key (replica, sequence, other)
) strict;
create table if not exists partner (replica integer primary key, name text not null, holds text not null, time text not null) strict;
create table if not exists clash (
    key text primary key, kind text not null, tbl text not null, row_id integer not null, field text not null,
    sides text not null, merge_id integer not null
) strict;
create table if not exists row_alias (
    tbl text not null, other_id integer not null, row_id integer not null, primary key (tbl, other_id)
) strict;
create index if not exists double_coding_source on double_coding (source_id);
create index if not exists discussed_source on discussed (source_id, start);
create index if not exists discussed_code on discussed (code_id);
create index if not exists foreign_change_id on foreign_change (id);
create index if not exists foreign_row_of on foreign_row (row_id);
create index if not exists foreign_row_stamp on foreign_row (replica, sequence);
"""

STEPS = [
    m001_first,
    m002_places_and_originals,
    m003_scores_that_can_be_defended,
    m004_stories_and_what_a_team_makes_of_them,
    m005_reports_that_were_given_out,
    m006_several_people,
]
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
