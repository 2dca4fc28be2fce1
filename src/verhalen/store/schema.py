"""The tables, and the triggers that journal them.

Journaled tables hold integers and text only, are STRICT, and carry no UNIQUE on what people change (order of restoring
would matter): uniqueness is a rule of the plans above. Foreign keys are checked at commit; cascades are written out.
"""

from __future__ import annotations

APPLICATION_ID = 0x56455248
"""`VERH` in the header of every project file."""
SCHEMA_VERSION = 6

JOURNALED: dict[str, str] = {
    "life_domain": """
        id integer primary key, key text not null, group_key text not null, name text not null,
        description text not null, sensitive integer not null, colourless integer not null, position integer not null""",
    "domain_group": """
        id integer primary key, key text not null, name text not null, position integer not null""",
    "family": """
        id integer primary key, key text not null, municipality text not null""",
    "attribute": """
        id integer primary key, family_id integer not null references family(id) deferrable initially deferred,
        name text not null, value text not null""",
    "person": """
        id integer primary key, family_id integer not null references family(id) deferrable initially deferred,
        key text not null, role text not null, age_group text not null, joined text, left_on text""",
    "trajectory": """
        id integer primary key, family_id integer not null references family(id) deferrable initially deferred,
        ordinal integer not null, referred text, started text not null, ended text, reason text not null,
        coach text not null, project text not null, referrer text not null, known text not null,
        referred_on text not null default ''""",
    "contact": """
        id integer primary key, family_id integer not null references family(id) deferrable initially deferred,
        day text not null, kind text not null, with_whom text not null""",
    "attribute_kind": """
        id integer primary key, name text not null,
        kind text not null check (kind in ('text', 'choice', 'number', 'day', 'yes_no')),
        choices text not null, position integer not null""",
    "instrument": """
        id integer primary key, key text not null, name text not null, version integer not null, wording text not null,
        low integer not null, high integer not null, kind text not null, assessor text not null, source text not null,
        definition text not null""",
    "item": """
        id integer primary key, instrument_id integer not null references instrument(id) deferrable initially deferred,
        key text not null, name text not null, level text not null, domain text not null, section text not null,
        labels text not null, question text not null, may_be_na integer not null, note text not null,
        position integer not null, retired integer not null default 0, higher_is_worse integer not null default 0""",
    "instrument_version": """
        id integer primary key, instrument_id integer not null references instrument(id) deferrable initially deferred,
        version integer not null, wording text not null, content text not null""",
    "snapshot": """
        id integer primary key, family_id integer not null references family(id) deferrable initially deferred,
        instrument_id integer not null references instrument(id) deferrable initially deferred,
        trajectory_id integer references trajectory(id) deferrable initially deferred,
        day text not null, assessor text not null, coder_id integer not null references coder(id),
        version integer not null default 0, note text not null default ''""",
    "observation": """
        id integer primary key, snapshot_id integer not null references snapshot(id) deferrable initially deferred,
        item_id integer not null references item(id) deferrable initially deferred,
        person_id integer references person(id) deferrable initially deferred,
        state text not null, value integer, note text not null""",
    "observation_reason": """
        id integer primary key, observation_id integer not null references observation(id) deferrable initially deferred,
        reason text not null""",
    "revised_baseline": """
        id integer primary key, snapshot_id integer not null references snapshot(id) deferrable initially deferred,
        item_id integer not null references item(id) deferrable initially deferred,
        person_id integer references person(id) deferrable initially deferred,
        value integer, day text not null, reason text not null, note text not null,
        coder_id integer not null references coder(id)""",
    "column_mapping": """
        id integer primary key, name text not null, kind text not null check (kind in ('scores', 'families', 'stories')),
        columns text not null""",
    "source": """
        id integer primary key, number integer not null, kind text not null, title text not null, suffix text not null,
        version integer not null, original_sha256 text not null, masked integer not null,
        family_id integer references family(id) deferrable initially deferred, imported text not null""",
    "speaker": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        name text not null, role text not null,
        person_id integer references person(id) deferrable initially deferred""",
    "turn": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        start integer not null, stop integer not null,
        speaker_id integer references speaker(id) deferrable initially deferred, time_ms integer""",
    "code": """
        id integer primary key, key text not null, name text not null, definition text not null,
        include text not null, exclude text not null,
        parent_id integer references code(id) deferrable initially deferred,
        colour text not null, position integer not null, deprecated integer not null""",
    "code_domain": """
        id integer primary key, code_id integer not null references code(id) deferrable initially deferred,
        domain text not null, link text not null check (link in ('evidence', 'touches')), position integer not null""",
    "code_pattern": """
        id integer primary key, code_id integer not null references code(id) deferrable initially deferred,
        kind text not null check (kind in ('word', 'lemma', 'phrase')), pattern text not null, position integer not null""",
    "coding": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        start integer not null, stop integer not null,
        code_id integer not null references code(id) deferrable initially deferred,
        coder_id integer not null references coder(id),
        valence text not null, memo text not null, created text not null""",
    "mention": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        start integer not null, stop integer not null,
        family_id integer not null references family(id) deferrable initially deferred,
        coder_id integer not null references coder(id)""",
    "landmark": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        start integer not null, stop integer not null,
        kind text not null check (kind in ('page', 'time')), value integer not null""",
    "story": """
        id integer primary key, key text not null,
        family_id integer not null references family(id) deferrable initially deferred,
        source_id integer not null references source(id) deferrable initially deferred,
        trajectory integer, title text not null, answer text not null, moment text, voice_role text not null,
        voice_member text not null, language text not null, form text not null, asked_positive integer not null,
        asked_negative integer not null, not_asked_reason text not null, recorder text not null, told text,
        recorded text, before text not null, now text not null, how text not null, why text not null,
        shares text not null, main_domain text not null, emoticon integer, read_back text not null,
        own_words text not null default '', translated_by text not null default '', changes text not null default '',
        something_else text not null default '', place text not null default '', domain_when text not null default ''""",
    "story_domain": """
        id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
        domain text not null, position integer not null""",
    "voice": """
        id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
        source_id integer not null references source(id) deferrable initially deferred,
        position integer not null, role text not null, member text not null, language text not null, form text not null,
        own_words text not null, translated_by text not null, told text, recorder text not null""",
    "attachment": """
        id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
        name text not null, kind text not null check (kind in ('foto', 'tekening', 'geluid', 'andere')),
        suffix text not null, size integer not null, sha256 text not null, described text not null, added text not null,
        coder_id integer not null references coder(id)""",
    "consent": """
        id integer primary key, story_id integer references story(id) deferrable initially deferred,
        person_id integer references person(id) deferrable initially deferred,
        purpose text not null, answer text not null, day text, given_by text not null,
        voice_id integer references voice(id) deferrable initially deferred,
        attachment_id integer references attachment(id) deferrable initially deferred,
        side text not null default ''""",
    "verification": """
        id integer primary key, story_id integer not null references story(id) deferrable initially deferred,
        day text not null, who text not null, how text not null,
        outcome text not null check (outcome in ('klopt', 'anders', 'weet_niet')), note text not null,
        coder_id integer not null references coder(id)""",
    "selection_round": """
        id integer primary key, key text not null, title text not null,
        level text not null check (level in ('team', 'dienst', 'partnerschap')), first text not null, last text not null,
        question text not null, blind integer not null, rule text not null, day text, closed text,
        coder_id integer not null references coder(id)""",
    "round_member": """
        id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
        name text not null, role text not null, stopped text, note text not null, position integer not null""",
    "round_story": """
        id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
        story_id integer not null references story(id) deferrable initially deferred,
        from_round_id integer references selection_round(id) deferrable initially deferred,
        why text not null, position integer not null""",
    "vote": """
        id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
        member_id integer not null references round_member(id) deferrable initially deferred,
        story_id integer not null references story(id) deferrable initially deferred,
        domain text not null, argument text not null, day text not null""",
    "choice": """
        id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
        story_id integer not null references story(id) deferrable initially deferred,
        domain text not null, reason text not null, criteria text not null, goes_back text not null, day text not null,
        coder_id integer not null references coder(id)""",
    "dissent": """
        id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
        choice_id integer references choice(id) deferrable initially deferred,
        member_id integer references round_member(id) deferrable initially deferred, body text not null""",
    "round_gone": """
        id integer primary key, round_id integer not null references selection_round(id) deferrable initially deferred,
        day text not null, was_chosen integer not null""",
    "feedback": """
        id integer primary key, story_id integer references story(id) deferrable initially deferred,
        round_id integer references selection_round(id) deferrable initially deferred,
        whom text not null, day text, how text not null, body text not null, reaction text not null,
        coder_id integer not null references coder(id)""",
    "signal": """
        id integer primary key, key text not null, barrier text not null, service text not null, domain text not null,
        noted text not null, whom text not null, told text, answer text not null, answered text, result text not null,
        resulted text, coder_id integer not null references coder(id)""",
    "signal_place": """
        id integer primary key, signal_id integer not null references signal(id) deferrable initially deferred,
        family_id integer references family(id) deferrable initially deferred,
        story_id integer references story(id) deferrable initially deferred,
        snapshot_id integer references snapshot(id) deferrable initially deferred""",
    "signal_span": """
        id integer primary key, signal_id integer not null references signal(id) deferrable initially deferred,
        source_id integer not null references source(id) deferrable initially deferred,
        start integer not null, stop integer not null,
        family_id integer references family(id) deferrable initially deferred""",
    "memo": """
        id integer primary key, target text not null, target_id integer not null, body text not null,
        coder_id integer not null references coder(id), created text not null""",
    "verdict": """
        id integer primary key, target text not null, relation text not null, sentence text not null,
        coder_id integer not null references coder(id), day text not null""",
    "release": """
        id integer primary key, report text not null, title text not null, audience text not null, period text not null,
        built text not null, sent text, coder_id integer not null references coder(id)""",
    "release_row": """
        id integer primary key, release_id integer not null references release(id) deferrable initially deferred,
        kind text not null, label text not null, columns text not null, cells text not null, total integer,
        families text not null""",
    "threshold": """
        id integer primary key, audience text not null check (audience in ('internal', 'council', 'public')),
        plain integer not null, strict integer not null, reason text not null, day text not null,
        coder_id integer not null references coder(id)""",
    "double_coding": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        coder text not null, given text not null, back text, seed integer, drawn text not null,
        coder_id integer not null references coder(id)""",
    "discussed": """
        id integer primary key, source_id integer not null references source(id) deferrable initially deferred,
        start integer not null, stop integer not null,
        code_id integer references code(id) deferrable initially deferred,
        note text not null, settled integer not null, day text not null,
        coder_id integer not null references coder(id)""",
    "decision": """
        id integer primary key, clash text not null, tbl text not null, row_id integer not null, field text not null,
        value text not null, day text not null, coder_id integer not null references coder(id)""",
}

CAME_LATER: dict[str, dict[str, str | int | None]] = {
    "trajectory": {"referred_on": ""},
    "item": {"retired": 0, "higher_is_worse": 0},
    "snapshot": {"version": 0, "note": ""},
    "story": dict.fromkeys(("own_words", "translated_by", "changes", "something_else", "place", "domain_when"), ""),
    "consent": {"voice_id": None, "attachment_id": None, "side": ""},
}
"""Columns that a later schema added, with their default. Images of before lack them, and a digest leaves them out while they
hold it: a file keeps its digest over a migration."""

SPANS = ("turn", "coding", "mention", "landmark", "signal_span", "discussed")
"""Tables whose rows point into the current version of a text by source, start and stop; their images name the version."""

OUTSIDE_JOURNAL = """
create table coder (id integer primary key, name text not null, identity text not null unique) strict;

create table change (
    id integer primary key, act text not null, targets text not null, coder_id integer not null references coder(id),
    replica integer not null, sequence integer not null, time text not null,
    undoes integer, first_row integer not null, last_row integer not null
) strict;
create table change_row (
    id integer primary key, change_id integer not null, tbl text not null, row_id integer not null,
    op text not null, image text
) strict;
create table open_change (one integer primary key check (one = 1), change_id integer) strict;
insert into open_change values (1, null);

create table setting (key text primary key, value text not null) strict;
create table id_clock (one integer primary key check (one = 1), last_id integer not null) strict;
insert into id_clock values (1, 0);

create table text_version (
    id integer primary key, source_id integer not null, version integer not null, parent integer,
    start integer, old_length integer, new_length integer, cancels integer,
    text text not null, lemmas text not null, sha256 text not null
) strict;
create unique index text_version_of on text_version (source_id, version);
create table original (
    source_id integer not null, sha256 text not null, suffix text not null, bytes blob not null,
    primary key (source_id, sha256)
) strict;

create table attachment_bytes (attachment_id integer primary key, bytes blob not null) strict;

create table draft (key text primary key, value text not null, time text not null) strict;
create table view_state (key text primary key, value text not null) strict;
create table tombstone (row_id integer primary key, tbl text not null, fingerprint text not null, time text not null) strict;
create table pending_forget (id integer primary key, time text not null) strict;
create table sealed (change_id integer primary key) strict;

create table foreign_change (
    replica integer not null, sequence integer not null, id integer not null, act text not null, targets text not null,
    coder_id integer not null, time text not null, undoes integer, merge_id integer not null,
    primary key (replica, sequence)
) strict;
create table foreign_row (
    id integer primary key, replica integer not null, sequence integer not null, tbl text not null,
    row_id integer not null, op text not null, data text
) strict;
create table seen (
    replica integer not null, sequence integer not null, other integer not null, upto integer not null,
    primary key (replica, sequence, other)
) strict;
create table partner (replica integer primary key, name text not null, holds text not null, time text not null) strict;
create table clash (
    key text primary key, kind text not null, tbl text not null, row_id integer not null, field text not null,
    sides text not null, merge_id integer not null
) strict;
create table row_alias (
    tbl text not null, other_id integer not null, row_id integer not null, primary key (tbl, other_id)
) strict;

create view current_text as
    select text_version.id as id, text_version.text as text, text_version.lemmas as lemmas
    from source join text_version on text_version.source_id = source.id and text_version.version = source.version;
"""

INDEXES = """
create index change_row_of on change_row (row_id);
create unique index change_sequence on change (replica, sequence);
create index change_undoes on change (undoes) where undoes is not null;
create index change_of on change (coder_id, id);
create index coding_source on coding (source_id, start);
create index coding_code on coding (code_id, source_id, start);
create index coding_memo on coding (id) where memo <> '';
create index turn_source on turn (source_id, start);
create index turn_speaker on turn (speaker_id);
create index mention_source on mention (source_id, start);
create index mention_family on mention (family_id);
create index landmark_source on landmark (source_id, start);
create index speaker_source on speaker (source_id);
create index speaker_person on speaker (person_id);
create index source_family on source (family_id);
create index code_parent on code (parent_id);
create index code_domain_code on code_domain (code_id);
create index code_pattern_code on code_pattern (code_id);
create index attribute_family on attribute (family_id);
create index person_family on person (family_id);
create index trajectory_family on trajectory (family_id);
create index contact_family on contact (family_id);
create index item_instrument on item (instrument_id);
create index instrument_version_of on instrument_version (instrument_id);
create index snapshot_family on snapshot (family_id, day);
create index snapshot_instrument on snapshot (instrument_id);
create index snapshot_trajectory on snapshot (trajectory_id);
create index observation_snapshot on observation (snapshot_id);
create index observation_item on observation (item_id);
create index observation_person on observation (person_id);
create index observation_reason_of on observation_reason (observation_id);
create index revised_baseline_snapshot on revised_baseline (snapshot_id);
create index revised_baseline_item on revised_baseline (item_id);
create index revised_baseline_person on revised_baseline (person_id);
create index story_family on story (family_id);
create index story_source on story (source_id);
create index story_domain_story on story_domain (story_id);
create index consent_story on consent (story_id);
create index consent_person on consent (person_id);
create index memo_target on memo (target, target_id);
create index voice_story on voice (story_id);
create index voice_source on voice (source_id);
create index attachment_story on attachment (story_id);
create index consent_voice on consent (voice_id) where voice_id is not null;
create index consent_attachment on consent (attachment_id) where attachment_id is not null;
create index verification_story on verification (story_id);
create index round_member_round on round_member (round_id);
create index round_story_round on round_story (round_id);
create index round_story_story on round_story (story_id);
create index vote_round on vote (round_id);
create index vote_story on vote (story_id);
create index choice_round on choice (round_id);
create index choice_story on choice (story_id);
create index dissent_round on dissent (round_id);
create index round_gone_round on round_gone (round_id);
create index feedback_story on feedback (story_id);
create index feedback_round on feedback (round_id);
create index signal_place_signal on signal_place (signal_id);
create index signal_place_family on signal_place (family_id);
create index signal_place_story on signal_place (story_id);
create index signal_place_snapshot on signal_place (snapshot_id);
create index signal_span_signal on signal_span (signal_id);
create index signal_span_source on signal_span (source_id, start);
create index signal_span_family on signal_span (family_id);
create index release_row_release on release_row (release_id);
create index double_coding_source on double_coding (source_id);
create index discussed_source on discussed (source_id, start);
create index discussed_code on discussed (code_id);
create index foreign_change_id on foreign_change (id);
create index foreign_row_of on foreign_row (row_id);
create index foreign_row_stamp on foreign_row (replica, sequence);
"""

SEARCH = """
create virtual table text_fts using fts5(
    text, lemmas, content='current_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
create trigger source_fts_insert after insert on source begin
    insert into text_fts (rowid, text, lemmas)
        select id, text, lemmas from text_version where source_id = new.id and version = new.version;
end;
create trigger source_fts_delete after delete on source begin
    insert into text_fts (text_fts, rowid, text, lemmas)
        select 'delete', id, text, lemmas from text_version where source_id = old.id and version = old.version;
end;
create trigger source_fts_update after update of version on source when old.version <> new.version begin
    insert into text_fts (text_fts, rowid, text, lemmas)
        select 'delete', id, text, lemmas from text_version where source_id = old.id and version = old.version;
    insert into text_fts (rowid, text, lemmas)
        select id, text, lemmas from text_version where source_id = new.id and version = new.version;
end;
"""


def create_tables() -> str:
    """Everything of a new project file, but the journal's triggers."""
    tables = "".join(f"create table {name} ({columns}\n) strict;\n" for name, columns in JOURNALED.items())
    return OUTSIDE_JOURNAL + tables + INDEXES + SEARCH


def journal_triggers(columns: dict[str, list[str]]) -> str:
    """Make the triggers anew from the columns that the file really has; run after every migration.

    An insert journals its id only (its image is taken when it is deleted); whatever writes outside a change
    aborts, since `change_row.change_id` is filled from `open_change` and may not be null.
    """
    return "".join(_triggers(table, columns[table]) for table in JOURNALED)


def _triggers(table: str, columns: list[str]) -> str:
    image = ", ".join(f"'{column}', old.{column}" for column in columns)
    if table in SPANS:
        image += ", 'version', (select version from source where id = old.source_id)"
    opened = "(select change_id from open_change)"
    into = "insert into change_row (change_id, tbl, row_id, op, image) values"
    return f"""
drop trigger if exists {table}_journal_insert;
create trigger {table}_journal_insert after insert on {table} begin
    {into} ({opened}, '{table}', new.id, 'i', null);
end;
drop trigger if exists {table}_journal_update;
create trigger {table}_journal_update after update on {table} begin
    {into} ({opened}, '{table}', old.id, 'u', json_object({image}));
end;
drop trigger if exists {table}_journal_delete;
create trigger {table}_journal_delete after delete on {table} begin
    {into} ({opened}, '{table}', old.id, 'd', json_object({image}));
end;
"""
