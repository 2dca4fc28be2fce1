"""The journal: every write goes through one door, is named, and can be taken back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.builders import (
    BALANCE,
    DAY,
    DOMAINS,
    Furnished,
    add_code,
    add_family,
    add_text,
    code_words,
    coded,
    correct_words,
    drawing,
    find,
    furnish,
    redo,
    release_report,
    story,
    turns_in,
    undo,
)

from verhalen import errors
from verhalen.api.families import Families
from verhalen.api.history import History
from verhalen.coding import codebook_merging, correcting, editing, renewing, speaking
from verhalen.i18n import set_language
from verhalen.model.act import IRREVERSIBLE, Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.family import Contact, Person, Trajectory, ValueKind
from verhalen.model.ids import encode_id
from verhalen.model.mapping import ColumnMapping
from verhalen.model.snapshot import Assessor, State
from verhalen.model.story import Outcome, Verification
from verhalen.model.text import Reading, text_digest
from verhalen.model.verdict import Relation
from verhalen.msc.telling import tell
from verhalen.settings import identity_file
from verhalen.store import (
    around,
    checking,
    codebook,
    codings,
    declared,
    families,
    family_removing,
    following,
    journal,
    masking,
    memos,
    releases,
    rounds,
    scores,
    second_coder,
    sources,
    stories,
    undoing,
)
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.schema import JOURNALED, SPANS

Row = dict[str, object]


@pytest.fixture
def furnished(project: ProjectFile) -> Furnished:
    """The project with rows in every table."""
    return furnish(project)


# -- every table, every way of writing -----------------------------------------------------------------------------


def columns_of(project: ProjectFile, table: str) -> dict[str, str]:
    """Name and type of each column, as the file has them."""
    return {row[1]: row[2].lower() for row in project.rows(f"pragma table_info({table})")}


CHECKED: dict[str, Row] = {
    "attachment": {"kind": "foto"},
    "attribute_kind": {"kind": "choice"},
    "code_domain": {"link": "evidence"},
    "code_pattern": {"kind": "phrase"},
    "column_mapping": {"kind": "scores"},
    "landmark": {"kind": "page"},
    "threshold": {"audience": "council"},
    "selection_round": {"level": "team"},
    "verification": {"outcome": "klopt"},
}
"""Columns that hold one of a few words."""


def invented_row(project: ProjectFile, writing: Writing, table: str, *, parents: dict[str, int]) -> Row:
    """A row in which every column is filled; references point to rows that are there."""
    references = {row[3]: row[2] for row in project.rows(f"pragma foreign_key_list({table})")}
    row: Row = {}
    for number, (column, kind) in enumerate(columns_of(project, table).items()):
        row[column] = number if kind == "integer" else f"{table} {column}"
        if column in references:
            row[column] = parents.get(references[column])
    row["id"] = writing.new_id()
    if table in SPANS:
        row |= {"start": 2, "stop": 7}
    if table == "source":
        row["version"] = 1
    return row | CHECKED.get(table, {})


def insert(writing: Writing, table: str, row: Row) -> None:
    writing.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", row)


def rows_with_parents(project: ProjectFile, writing: Writing) -> dict[str, Row]:
    """One row in every table."""
    parents = {"coder": project.coder_id}
    made: dict[str, Row] = {}
    for table in JOURNALED:
        made[table] = invented_row(project, writing, table, parents=parents)
        if table == "source":
            writing.execute(
                "insert into text_version (source_id, version, text, lemmas, sha256) values (?, 1, 'woorden', '', ?)",
                (made[table]["id"], text_digest("woorden")),
            )
        insert(writing, table, made[table])
        parents[table] = writing.rows(f"select max(id) from {table}")[0][0]
    return made


def journaled(project: ProjectFile, act: Act) -> list[tuple[str, str, Row | None]]:
    """(table, what was done, image) of the newest change."""
    change = journal.history(project, limit=1)[0]
    assert change.act is act
    sql = "select tbl, op, image from change_row where change_id = ? order by id"
    return [(table, op, json.loads(image) if image else None) for table, op, image in project.rows(sql, (change.id,))]


@pytest.mark.parametrize("table", JOURNALED)
def test_every_insert_update_and_delete_is_journaled_with_every_column(project: ProjectFile, table: str) -> None:
    with project.change(Act.IMPORT) as writing:
        rows = rows_with_parents(project, writing)
    assert [(each, op, image) for each, op, image in journaled(project, Act.IMPORT) if each == table] == [
        (table, "i", None)
    ]
    image = rows[table] | ({"version": 1} if table in SPANS else {})

    for column in columns_of(project, table):
        with project.change(Act.EDIT_CODE) as writing:
            writing.execute(f"update {table} set {column} = {column} where id = ?", (rows[table]["id"],))
        assert journaled(project, Act.EDIT_CODE) == [(table, "u", image)]

    with project.change(Act.REMOVE_SOURCE) as writing:
        for each in reversed(JOURNALED):
            writing.execute(f"delete from {each}")
    assert (table, "d", image) in journaled(project, Act.REMOVE_SOURCE)


def write_outside_a_change(project: ProjectFile, way: str, table: str, row: Row) -> None:
    with project.note() as writing:
        if way == "insert":
            insert(writing, table, row | {"id": writing.new_id()})
        else:
            writing.execute({"update": f"update {table} set id = id", "delete": f"delete from {table}"}[way])


@pytest.mark.parametrize("table", JOURNALED)
@pytest.mark.parametrize("way", ["insert", "update", "delete"])
def test_writing_outside_a_change_stores_nothing(project: ProjectFile, table: str, way: str) -> None:
    with project.change(Act.IMPORT) as writing:
        rows = rows_with_parents(project, writing)
    before = checking.digest(project)
    with pytest.raises(sqlite3.IntegrityError, match=r"change_row\.change_id"):
        write_outside_a_change(project, way, table, rows[table])
    assert checking.digest(project) == before
    assert checking.problems(project) == []


def test_replacing_a_row_journals_what_it_replaced(project: ProjectFile) -> None:
    number = add_family(project, "G001")
    with project.change(Act.EDIT_FAMILY) as writing:
        writing.execute("insert or replace into family values (?, 'G001', 'Ranst')", (number,))
    assert journaled(project, Act.EDIT_FAMILY) == [
        ("family", "d", {"id": number, "key": "G001", "municipality": "Zandhoven"}),
        ("family", "i", None),
    ]


def test_what_the_journal_could_not_give_back_is_not_stored(project: ProjectFile) -> None:
    """SQLite's JSON ends at a NUL, and half of a pair of surrogates has no UTF-8."""
    with project.change(Act.MEMO) as writing:
        memos.add_memo(writing, "project", 0, "Voor\x00 en \ud83d na.")
        writing.executemany("insert into family values (?, ?, ?)", [(writing.new_id(), "G001", "Rans\x00t")])
    undo(project)
    redo(project)
    assert [memo.text for memo in memos.memos(project)] == ["Voor en \ufffd na."]
    assert [family.municipality for family in families.families(project)] == ["Ranst"]


def test_a_missing_trigger_is_found(project: ProjectFile) -> None:
    project.outside_transaction("drop trigger coding_journal_update")
    assert len(checking.problems(project)) == 1
    assert "coding" in checking.problems(project)[0]


# -- what a change leaves behind -----------------------------------------------------------------------------------


def test_a_change_that_writes_nothing_leaves_no_trace(project: ProjectFile) -> None:
    source = add_text(project)
    add_code(project, "rol")
    coding = code_words(project, source, "Ik sliep niet", "rol")
    before = [change.id for change in journal.history(project)]
    assert code_words(project, source, "Ik sliep niet", "rol") == coding
    editing.set_valence(project, coding, Valence.NONE)
    editing.resize(project, coding, start=6, stop=19)
    assert correct_words(project, source, "sliep", "sliep") is None
    assert [change.id for change in journal.history(project)] == before
    assert checking.problems(project) == []


def test_an_error_in_the_middle_of_a_change_takes_all_of_it_back(project: ProjectFile) -> None:
    source = add_text(project)
    add_code(project, "rol")
    before, history = checking.digest(project), journal.history(project)
    with pytest.raises(errors.UnknownCode):
        editing.apply_codes(project, [editing.Intent(source, 0, 4, "rol"), editing.Intent(source, 0, 4, "weg")])
    assert checking.digest(project) == before
    assert journal.history(project) == history
    assert checking.problems(project) == []


def test_the_answers_of_one_form_are_one_change_and_one_undo_step(project: ProjectFile) -> None:
    start = checking.digest(project)
    with project.change(Act.ADD_FAMILY) as writing:
        number = families.add_family(writing, "G001", municipality="")
        writing.targets.append(number)
        change = writing.id
    with project.change(Act.ADD_FAMILY, join=change) as writing:
        families.set_municipality(writing, number, "Ranst")
    with project.change(Act.ADD_FAMILY, join=change) as writing:
        families.set_attribute(writing, number, "taal", "nl")
    assert [(each.id, each.rows) for each in journal.history(project)] == [(change, 3)]
    filled = checking.digest(project)
    undo(project)
    assert checking.digest(project) == start
    redo(project)
    assert checking.digest(project) == filled
    assert checking.problems(project) == []


def test_an_answer_does_not_join_a_change_behind_which_somebody_else_wrote(
    project: ProjectFile, jan: ProjectFile
) -> None:
    with project.change(Act.ADD_FAMILY) as writing:
        number = families.add_family(writing, "G001", municipality="")
        change = writing.id
    add_code(jan, "rol")
    before = checking.digest(project)
    with pytest.raises(errors.StaleText), project.change(Act.ADD_FAMILY, join=change) as writing:
        families.set_municipality(writing, number, "Ranst")
    assert checking.digest(project) == before


def test_the_history_is_newest_first_and_names_act_coder_and_targets(project: ProjectFile, jan: ProjectFile) -> None:
    source = add_text(project)
    code = add_code(jan, "rol")
    coding = code_words(project, source, "Ik sliep niet", "rol")
    told = [(each.act, each.coder, each.targets, each.rows) for each in journal.history(project)]
    assert told == [
        (Act.CODE, "Hanne", (code, source, coding), 1),
        (Act.ADD_CODE, "Jan", (code,), 2),
        (Act.IMPORT, "Hanne", (source,), 6),
    ]
    first = journal.history(project)[-1].id
    assert [each.act for each in journal.history(project, after=first, limit=1)] == [Act.CODE]


def test_a_change_is_named_in_the_language_of_the_reader_also_when_its_code_is_gone(project: ProjectFile) -> None:
    source = add_text(project)
    add_code(project, "rol.vertrouwen")
    code_words(project, source, "Ik sliep niet", "rol.vertrouwen")
    undo(project)
    undo(project)
    set_language("en")
    labels = [History(project).label(each) for each in journal.history(project)]
    assert labels == [
        "undone: new code 'rol.vertrouwen'",
        "undone: code 'rol.vertrouwen' in source 1",
        "code 'rol.vertrouwen' in source 1",
        "new code 'rol.vertrouwen'",
        "import of source 1",
    ]
    set_language("nl")
    assert History(project).label(journal.history(project)[3]) != labels[3]


# -- every act can be undone ---------------------------------------------------------------------------------------

Operation = Callable[[ProjectFile, Furnished], object]


def remove_source(project: ProjectFile, there: Furnished) -> None:
    """No function does this yet, so with SQL: a source with all that hangs on it."""
    with project.change(Act.REMOVE_SOURCE, there.source) as writing:
        for table in ("landmark", "mention", "coding", "turn", "speaker", "double_coding", "discussed"):
            writing.execute(f"delete from {table} where source_id = ?", (there.source,))
        writing.execute("delete from source where id = ?", (there.source,))


def renew_source(project: ProjectFile, there: Furnished) -> None:
    text = "Anna: Ik sliep nooit. En de gezinnen in de straat ook niet.\nCas: Goed.\n"
    newer = Reading("anna", text, tuple(turns_in(text)), (), text.encode(), ".md")
    renewing.apply(project, renewing.plan(project, there.source, newer))


def rename_source(project: ProjectFile, there: Furnished) -> None:
    """No function does this yet."""
    with project.change(Act.RENAME_SOURCE, there.source) as writing:
        writing.execute("update source set title = 'Anna, tweede gesprek' where id = ?", (there.source,))


def link_speaker(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.LINK_SPEAKER, there.source) as writing:
        sources.link_speaker(writing, there.speaker, person_id=None, role="gezinscoach")


def change_turns(project: ProjectFile, there: Furnished, act: Act) -> None:
    """Join, cut or give away the second turn, which is Bert's."""
    source = sources.source_by_id(project, there.source)
    turn = sources.turns_of(project, there.source)[1]
    assert source is not None
    if act is Act.JOIN_TURNS:
        speaking.join_turn(project, source, turn.id)
    elif act is Act.SPLIT_TURN:
        at = find(project, there.source, "zei de coach").start
        speaking.split_turn(project, source, turn.id, at=at, speaker="Coach")
    else:
        speaking.give_turn(project, source, turn.id, "Coach")


def change_speakers(project: ProjectFile, there: Furnished, act: Act) -> None:
    """Anna is linked to a mother, Bert to nobody."""
    source = sources.source_by_id(project, there.source)
    assert source is not None
    if act is Act.RENAME_SPEAKER:
        speaking.rename_speaker(project, source, "Anna", "An")
    elif act is Act.MERGE_SPEAKERS:
        speaking.merge_speakers(project, source, {"Anna": "Bert"})
    elif act is Act.DROP_SPEAKERS:
        speaking.drop_speakers(project, source, ["Anna"])
    else:
        speaking.link_speaker(project, source, "Anna", speaking.Link(None, ""))


def other_families(project: ProjectFile, there: Furnished) -> None:
    place = find(project, there.source, "gaat het beter")
    gone = sources.mentions_of(project, there.source)
    editing.mention_many(project, there.source, start=place.start, stop=place.stop, families=[there.family], gone=gone)


def import_codebook(project: ProjectFile, there: Furnished) -> None:
    book = codebook.codebook(project)
    with project.change(Act.IMPORT_CODEBOOK) as writing:
        codebook.add_code(writing, Code("tijd", "Tijd", touches=("SOC",)))
        for code in book:
            codebook.change_code(writing, replace(code, definition="Nieuw.", evidence=("PSY", "SOC")))


def edit_code(project: ProjectFile, there: Furnished) -> None:
    book = codebook.codebook(project)
    code = book.find("vervoer")
    assert code is not None
    with project.change(Act.EDIT_CODE, code.id) as writing:
        codebook.change_code(writing, replace(code, key="rol.vervoer", parent="rol", evidence=(), deprecated=True))
        role = book.find("rol")
        assert role is not None
        codebook.change_code(writing, replace(role, patterns=role.patterns[1:]))


def suggested(project: ProjectFile, there: Furnished) -> None:
    place = find(project, there.source, "de coach")
    editing.apply_codes(project, [editing.Intent(there.source, place.start, place.stop, "rol")], act=Act.SUGGESTED)


def autocode(project: ProjectFile, there: Furnished) -> None:
    place = find(project, there.source, "de coach")
    editing.autocode(project, [editing.Intent(there.source, place.start, place.stop, "rol")])


def remove_code(project: ProjectFile, there: Furnished) -> None:
    number = codebook.code_id(project, "vervoer") or 0
    with project.change(Act.REMOVE_CODE, number) as writing:
        codebook.remove_code(writing, number)


def merge_codes(project: ProjectFile, there: Furnished) -> None:
    gone, kept = codebook.code_id(project, "rol.vertrouwen") or 0, codebook.code_id(project, "vervoer") or 0
    codebook_merging.merge_codes(project, gone, kept)


def split_code(project: ProjectFile, there: Furnished) -> None:
    number = codebook.code_id(project, "rol.vertrouwen") or 0
    codebook_merging.split_code(project, number, {there.coding: ["vervoer"]})


def import_families(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.IMPORT_FAMILIES) as writing:
        new = families.add_family(writing, "G003", municipality="Ranst")
        families.put_person(writing, new, Person("G003.vader", "ouder"))
        families.put_person(writing, there.family, Person("G001.moeder", "ouder", "40-49", DAY))
        families.put_trajectory(writing, there.family, Trajectory(1, DAY, end=DAY, reason="afgerond"))
        families.put_trajectory(writing, there.family, Trajectory(2, DAY))
        families.add_contacts(writing, there.family, [Contact(DAY, "telefoon"), Contact(DAY, "huisbezoek", "moeder")])
        families.set_attribute(writing, there.family, "taal", "")
        families.set_attribute(writing, there.family, "woning", "huur")


def edit_family(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.EDIT_FAMILY, there.family) as writing:
        families.set_municipality(writing, there.family, "Ranst")
        families.set_attribute(writing, there.family, "taal", "ar")


def remove_person(project: ProjectFile, there: Furnished) -> None:
    """With what hangs on it: the store does not ask, the door does."""
    with project.change(Act.REMOVE_PERSON, there.person) as writing:
        for table in ("observation", "revised_baseline", "consent"):
            writing.execute(f"delete from {table} where person_id = ?", (there.person,))
        writing.execute("update speaker set person_id = null where person_id = ?", (there.person,))
        family_removing.remove_row(writing, "person", there.person)


def remove_trajectory(project: ProjectFile, there: Furnished) -> None:
    number = families.families(project)[0].trajectories[0].id
    with project.change(Act.REMOVE_TRAJECTORY, there.family) as writing:
        writing.execute("update snapshot set trajectory_id = null where trajectory_id = ?", (number,))
        family_removing.remove_row(writing, "trajectory", number)


def import_instruments(project: ProjectFile, there: Furnished) -> None:
    changed = replace(BALANCE, version=2, items=(replace(BALANCE.items[0], name="Hulp"), *BALANCE.items[1:]))
    with project.change(Act.IMPORT_INSTRUMENTS) as writing:
        scores.put_instrument(writing, changed)
        scores.put_instrument(writing, replace(BALANCE, key="tien", name="Tien"))


def import_domains(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.IMPORT_DOMAINS) as writing:
        new = replace(DOMAINS.domains[0], key="WON", name="Wonen", position=2)
        changed = replace(DOMAINS.domains[0], colourless=True)
        scores.put_domains(writing, replace(DOMAINS, domains=(changed, DOMAINS.domains[1], new)))


def add_scores(project: ProjectFile, there: Furnished, act: Act) -> None:
    item = scores.instruments(project)[0].items[0].id
    with project.change(act, there.family) as writing:
        number = scores.add_snapshot(
            writing,
            family_id=there.family,
            instrument_id=there.instrument,
            day=DAY.replace(day=9),
            assessor=Assessor.TOGETHER,
            trajectory_id=None,
        )
        scores.add_observations(
            writing, [(number, scores.NewObservation(item, None, State.CONFIRMED, None, "zoals voorheen"))]
        )
        old = min(row[0] for row in scores.observation_keys(writing, there.snapshot).values())
        scores.change_observation(writing, old, scores.NewObservation(item, None, State.SCORED, 4, "beter"))


def import_scores(project: ProjectFile, there: Furnished) -> None:
    add_scores(project, there, Act.IMPORT_SCORES)


def map_columns(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.MAP_COLUMNS) as writing:
        declared.remove_column_mapping(writing, "scores", "Export")
        declared.put_column_mapping(writing, "scores", "Cebud", ColumnMapping({"Nr": "gezin"}, {"Score": {"Ja": "5"}}))


def snapshot(project: ProjectFile, there: Furnished) -> None:
    add_scores(project, there, Act.SNAPSHOT)


def import_stories(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.IMPORT_STORIES) as writing:
        new = replace(story("V01", "G001", ""), title="De trein", domains=("PSY",), consents=(), told=None)
        stories.change_story(writing, there.story, new)
        other = story("V90", "G002", "")
        stories.add_story(writing, other, family_id=there.other_family, source_id=there.source)


def tell_story(project: ProjectFile, there: Furnished) -> None:
    tell(project, story("", "G002", "Er is niets veranderd, zei hij."))


def change_consent(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.CONSENT, there.story) as writing:
        stories.set_consents(
            writing,
            there.story,
            (Consent(Purpose.REPORT, Answer.WITHDRAWN, DAY), Consent(Purpose.RESEARCH, Answer.NO)),
        )
        stories.set_person_consent(writing, there.person, Consent(Purpose.REPORT, Answer.NO))


def write_memo(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.MEMO) as writing:
        memos.add_memo(writing, "family", there.family, 'Een memo met "tekens", een \\, een é en een 😀\nen nog iets.')


def change_memo(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.CHANGE_MEMO, there.source) as writing:
        memos.change_memo(writing, memos.memos(project, target="source")[0].id, "Twee keer gelezen.")


def import_memos(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.IMPORT_MEMOS, there.family) as writing:
        when, number = "2026-03-01T10:00:00.000Z", writing.new_id()
        memos.put_memo(writing, number, "family", there.family, "Terug.", coder_id=project.coder_id, created=when)
        memos.change_memo(writing, memos.memos(project, target="source")[0].id, "Anders gelezen.")
        codings.change_coding(writing, there.coding, memo="In de marge.")


def remove_memo(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.REMOVE_MEMO, there.source) as writing:
        memos.remove_memo(writing, memos.memos(project, target="source")[0].id)


def give_verdict(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.VERDICT) as writing:
        memos.add_verdict(writing, "SOC", Relation.CONTRADICTS, "De woorden zeggen iets anders.")


def build_report(project: ProjectFile, there: Furnished) -> None:
    release_report(project, there.family)


def send_report(project: ProjectFile, there: Furnished) -> None:
    (held,) = releases.releases(project)
    with project.change(Act.SENT, held.id) as writing:
        releases.mark_sent(writing, held.id, DAY)


def set_threshold(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.THRESHOLD) as writing:
        releases.add_threshold(writing, "public", plain=4, strict=8, reason="Een grote stad.", day=DAY)


def give_to_second_coder(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.DOUBLE_CODE, there.source) as writing:
        second_coder.take_back(writing, second_coder.tasks(project)[0].id, DAY)
        second_coder.add_task(writing, there.source, "Els", day=DAY)


def talk_over(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.DISCUSS, there.source) as writing:
        place = find(project, there.source, "Ik sliep niet")
        code = codebook.code_id(project, "rol")
        second_coder.put_discussed(writing, there.source, place, code, note="Toch niet.", settled=False, day=DAY)


def decide(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.DECIDE, there.source) as writing:
        writing.execute("update decision set value = 'null'")
        sources.set_title(writing, there.source, "bruno")


def merge(project: ProjectFile, there: Furnished) -> None:
    """As a merge writes: rows of any table, a text that goes on to another version, and spans that follow."""
    with project.change(Act.MERGE) as writing:
        writing.execute("update coding set valence = 'mixed' where id = ?", (there.coding,))
        add = [(there.source, 2, 5, codebook.code_id(project, "vervoer") or 0, project.coder_id, "none", "")]
        codings.add_codings(writing, add)


def import_codings(project: ProjectFile, there: Furnished) -> None:
    code = codebook.code_id(project, "vervoer") or 0
    with project.change(Act.IMPORT_CODINGS) as writing:
        codings.add_codings(
            writing, [(there.source, place, place + 3, code, project.coder_id, "none", "") for place in range(40)]
        )


def mark_read(project: ProjectFile, there: Furnished) -> None:
    with project.change(Act.READ_NAMES, there.source) as writing:
        masking.mark_read(writing, there.source)


def _changed_voice(writing: Writing, there: Furnished) -> None:
    voice = stories.stories(writing.project)[0].others[0]
    around.change_voice(writing, replace(voice, own_words="Je prends le bus.", language="fr"))


def _changed_round(writing: Writing, there: Furnished) -> None:
    held = rounds.rounds(writing.project)[0]
    rounds.put_round(writing, replace(held, title="Voorjaar", closed=DAY), coder_id=writing.project.coder_id)
    rounds.put_member(writing, held.id, replace(held.members[0], stopped=DAY))
    rounds.set_candidates(writing, held.id, [])


def _voted(writing: Writing, there: Furnished) -> None:
    held = rounds.rounds(writing.project)[0]
    rounds.set_vote(writing, held.id, replace(held.votes[0], argument="Het raakt me."))


def _chosen(writing: Writing, there: Furnished) -> None:
    held = rounds.rounds(writing.project)[0]
    rounds.remove_choice(writing, held.choices[0].id)


def _told_back(writing: Writing, there: Furnished) -> None:
    told = following.feedback(writing.project)[0]
    following.put_feedback(writing, replace(told, reaction="Blij."), coder_id=writing.project.coder_id)


def _signalled(writing: Writing, there: Furnished) -> None:
    seen = following.signals(writing.project)[0]
    following.put_signal(writing, replace(seen, answer="Nee."), coder_id=writing.project.coder_id)
    following.remove_place(writing, seen.places[0])


STORY_STEPS: dict[Act, Callable[[Writing, Furnished], object]] = {
    Act.EDIT_STORY: lambda writing, there: stories.change_story(
        writing, there.story, replace(stories.stories(writing.project)[0], why="", place="Gent", domains=("PSY",))
    ),
    Act.VOICE: _changed_voice,
    Act.REMOVE_VOICE: lambda writing, there: around.remove_voice(
        writing, stories.stories(writing.project)[0].others[0].id
    ),
    Act.ATTACH: lambda writing, there: around.add_attachment(
        writing, there.story, drawing(b"nog een"), b"nog een", coder_id=writing.project.coder_id
    ),
    Act.DETACH: lambda writing, there: around.remove_attachment(
        writing, stories.stories(writing.project)[0].attachments[0].id
    ),
    Act.VERIFY: lambda writing, there: around.add_verification(
        writing, there.story, Verification(DAY, "oma", "telefoon", Outcome.UNSURE), coder_id=writing.project.coder_id
    ),
    Act.ROUND: _changed_round,
    Act.REMOVE_ROUND: lambda writing, there: rounds.remove_round(writing, rounds.rounds(writing.project)[0].id),
    Act.VOTE: _voted,
    Act.CHOICE: _chosen,
    Act.CLOSE_ROUND: lambda writing, there: rounds.put_round(
        writing, replace(rounds.rounds(writing.project)[0], closed=DAY), coder_id=writing.project.coder_id
    ),
    Act.REOPEN_ROUND: lambda writing, there: rounds.put_round(
        writing, replace(rounds.rounds(writing.project)[1], closed=None), coder_id=writing.project.coder_id
    ),
    Act.FEEDBACK: _told_back,
    Act.SIGNAL: _signalled,
    Act.REMOVE_SIGNAL: lambda writing, there: following.remove_signal(
        writing, following.signals(writing.project)[0].id
    ),
}
"""What is done around a story, a round or a signal."""


def around_story(project: ProjectFile, there: Furnished, *, act: Act) -> None:
    """One step on the story, the round or the signal that is there."""
    with project.change(act, there.story) as writing:
        STORY_STEPS[act](writing, there)


OPERATIONS: dict[Act, Operation] = {
    Act.IMPORT: lambda project, there: add_text(project, "Cas: Wij ook niet.", "cas"),
    Act.REMOVE_SOURCE: remove_source,
    Act.RENAME_SOURCE: rename_source,
    Act.CORRECT: lambda project, there: correct_words(project, there.source, "sliep niet. En", "😀"),
    Act.RENEW_SOURCE: renew_source,
    Act.LINK_SPEAKER: link_speaker,
    Act.READ_NAMES: mark_read,
    **{act: partial(change_turns, act=act) for act in (Act.JOIN_TURNS, Act.SPLIT_TURN, Act.GIVE_TURN)},
    **{
        act: partial(change_speakers, act=act)
        for act in (Act.RENAME_SPEAKER, Act.MERGE_SPEAKERS, Act.DROP_SPEAKERS, Act.UNLINK_SPEAKER)
    },
    Act.ABOUT: other_families,
    Act.MENTION: lambda project, there: editing.mention(
        project, there.source, find(project, there.source, "Ik sliep"), family_id=there.family
    ),
    Act.UNMENTION: lambda project, there: editing.unmention(
        project, there.mention, family_id=there.other_family, source_id=there.source
    ),
    Act.CODE: lambda project, there: code_words(project, there.source, "de coach", "vervoer"),
    Act.SUGGESTED: suggested,
    Act.AUTOCODE: autocode,
    Act.UNCODE: lambda project, there: editing.remove_codings(project, [there.coding]),
    Act.RECODE: lambda project, there: editing.recode(project, there.coding, "vervoer"),
    Act.RESIZE: lambda project, there: editing.resize(project, there.coding, start=0, stop=9),
    Act.VALENCE: lambda project, there: editing.set_valence(project, there.coding, Valence.MIXED),
    Act.CODING_MEMO: lambda project, there: editing.set_memo(project, there.coding, 'Ze zei "niet".'),
    Act.IMPORT_CODEBOOK: import_codebook,
    Act.ADD_CODE: lambda project, there: add_code(project, "rol.coach", parent="rol"),
    Act.EDIT_CODE: edit_code,
    Act.REMOVE_CODE: remove_code,
    Act.MERGE_CODES: merge_codes,
    Act.SPLIT_CODE: split_code,
    Act.IMPORT_FAMILIES: import_families,
    Act.ADD_FAMILY: lambda project, there: add_family(project, "G009"),
    Act.EDIT_FAMILY: edit_family,
    Act.ADD_PERSON: lambda project, there: Families(project).add_person("G001", "kind1", role="kind", joined=DAY),
    Act.EDIT_PERSON: lambda project, there: Families(project).edit_person("G001.moeder", left=DAY.replace(day=20)),
    Act.START_TRAJECTORY: lambda project, there: Families(project).start_trajectory("G002", DAY, coach="Jan"),
    Act.EDIT_TRAJECTORY: lambda project, there: Families(project).end_trajectory(
        "G001", DAY.replace(day=20), reason="gestopt", referred_on="CAW"
    ),
    Act.CONTACT: lambda project, there: Families(project).add_contact("G001", Contact(DAY, "uitstap"), today=DAY),
    Act.ATTRIBUTE_KIND: lambda project, there: Families(project).set_attribute_kind("taal", ValueKind.TEXT),
    Act.RENAME_FAMILY: lambda project, there: Families(project).rename("G001", "G050"),
    Act.REMOVE_CONTACT: lambda project, there: Families(project).remove_contact("G001", DAY, kind="huisbezoek"),
    Act.REMOVE_PERSON: remove_person,
    Act.REMOVE_TRAJECTORY: remove_trajectory,
    Act.RENAME_ATTRIBUTE: lambda project, there: Families(project).rename_attribute("taal", "thuistaal"),
    Act.REMOVE_ATTRIBUTE: lambda project, there: Families(project).remove_attribute("taal"),
    Act.IMPORT_INSTRUMENTS: import_instruments,
    Act.IMPORT_DOMAINS: import_domains,
    Act.IMPORT_SCORES: import_scores,
    Act.MAP_COLUMNS: map_columns,
    Act.SNAPSHOT: snapshot,
    Act.IMPORT_STORIES: import_stories,
    Act.STORY: tell_story,
    **{act: partial(around_story, act=act) for act in STORY_STEPS},
    Act.CONSENT: change_consent,
    Act.MEMO: write_memo,
    Act.CHANGE_MEMO: change_memo,
    Act.REMOVE_MEMO: remove_memo,
    Act.IMPORT_MEMOS: import_memos,
    Act.VERDICT: give_verdict,
    Act.RELEASE: build_report,
    Act.SENT: send_report,
    Act.THRESHOLD: set_threshold,
    Act.IMPORT_CODINGS: import_codings,
    Act.DOUBLE_CODE: give_to_second_coder,
    Act.DISCUSS: talk_over,
    Act.DECIDE: decide,
    Act.MERGE: merge,
}
NOT_OPERATIONS = {Act.UNDO: "takes back the others", Act.REDO: "takes back an undo"}


def test_the_table_of_operations_holds_every_act_that_can_be_undone() -> None:
    assert set(OPERATIONS) | set(NOT_OPERATIONS) | IRREVERSIBLE == set(Act)


def tables_read(project: ProjectFile) -> dict[str, list[tuple[object, ...]]]:
    """Every journaled row, so that a difference shows where it is."""
    return {table: project.rows(f"select * from {table} order by id") for table in JOURNALED}


@pytest.mark.parametrize("act", OPERATIONS)
def test_every_act_can_be_undone_and_redone_to_the_last_letter(
    project: ProjectFile, furnished: Furnished, act: Act
) -> None:
    before, digest_before = tables_read(project), checking.digest(project)
    OPERATIONS[act](project, furnished)
    after, digest_after = tables_read(project), checking.digest(project)
    assert journal.history(project, limit=1)[0].act is act
    assert digest_after != digest_before

    for _ in range(2):
        undo(project)
        assert tables_read(project) == before
        redo(project)
        assert tables_read(project) == after
    undo(project)

    assert checking.digest(project) == digest_before
    assert checking.problems(project) == []


def test_a_long_row_of_acts_is_undone_and_redone_step_by_step(project: ProjectFile, furnished: Furnished) -> None:
    acts = [Act.CORRECT, Act.CODE, Act.RESIZE, Act.STORY, Act.RECODE, Act.CONSENT, Act.UNCODE, Act.VERDICT]
    states = [checking.digest(project)]
    for act in acts:
        OPERATIONS[act](project, furnished)
        states.append(checking.digest(project))
    for state in reversed(states[:-1]):
        undo(project)
        assert checking.digest(project) == state
    for state in states[1:]:
        redo(project)
        assert checking.digest(project) == state
    assert checking.problems(project) == []


def test_a_new_act_ends_redoing(project: ProjectFile) -> None:
    add_code(project, "rol")
    undo(project)
    add_code(project, "tijd")
    with pytest.raises(errors.NothingToRedo):
        redo(project)


def test_nothing_to_undo_is_said(project: ProjectFile, jan: ProjectFile) -> None:
    add_code(jan, "rol")
    with pytest.raises(errors.NothingToUndo):
        undo(project)
    with pytest.raises(errors.NothingToUndo):
        History(jan).undo("0000000000000")


def test_an_older_change_can_be_named(project: ProjectFile) -> None:
    add_code(project, "rol")
    add_code(project, "tijd")
    History(project).undo(encode_id(journal.history(project)[1].id))
    assert [code.key for code in codebook.codebook(project)] == ["tijd"]


def test_undo_survives_closing_and_opening(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        source = add_text(project)
        add_code(project, "rol")
        code_words(project, source, "Ik sliep niet", "rol")
        coded_digest = checking.digest(project)
        correct_words(project, source, "sliep", "slaap")
    path = tmp_path / "project.verhalen"
    with ProjectFile.open(path, coder="Hanne") as project:
        undo(project)
        assert checking.digest(project) == coded_digest
    with ProjectFile.open(path, coder="Hanne") as project:
        redo(project)
        assert coded(project) == [("Hanne", "rol", "Ik slaap niet")]
        assert checking.problems(project) == []


# -- undo among colleagues -----------------------------------------------------------------------------------------


def refusal(project: ProjectFile) -> errors.CannotUndo:
    """What undo says, without having changed anything."""
    before, history = checking.digest(project), journal.history(project)
    with pytest.raises(errors.CannotUndo) as caught:
        undo(project)
    assert checking.digest(project) == before
    assert journal.history(project) == history
    return caught.value


def test_undo_takes_ones_own_change_and_leaves_that_of_a_colleague(project: ProjectFile, jan: ProjectFile) -> None:
    add_code(project, "rol")
    add_code(jan, "tijd")
    assert "'rol'" in undo(project).label
    assert [code.key for code in codebook.codebook(project)] == ["tijd"]


def test_a_code_on_which_a_colleagues_codings_hang_is_not_undone_and_the_next_is_offered(
    project: ProjectFile, jan: ProjectFile
) -> None:
    source = add_text(project)
    add_code(project, "tijd")
    add_code(project, "rol")
    for words in ("sliep", "straat", "coach"):
        code_words(jan, source, words, "rol")
    said = refusal(project)
    assert undoing.blockers(project, journal.undoable(project, project.coder_id)[0]).dependents == (
        ("coding", "Jan", 3),
    )
    assert "Jan" in str(said)
    assert "3" in str(said.values["reason"])
    assert "'tijd'" in str(said.values["offer"])
    offered = re.findall(r"[0-9A-Z]{13}", str(said.values["offer"]))
    History(project).undo(offered[0])
    assert [code.key for code in codebook.codebook(project)] == ["rol"]


def test_an_import_on_which_a_colleagues_codings_hang_is_not_undone(project: ProjectFile, jan: ProjectFile) -> None:
    add_code(jan, "rol")
    source = add_text(project)
    coding = code_words(jan, source, "sliep", "rol")
    assert "Jan" in str(refusal(project).values["reason"])
    editing.remove_codings(jan, [coding])
    undo(project)
    assert sources.all_sources(project) == []
    redo(project)
    assert checking.problems(project) == []


def test_what_a_colleague_changed_later_is_not_undone_until_the_colleague_takes_it_back(
    project: ProjectFile, jan: ProjectFile
) -> None:
    source = add_text(project)
    add_code(project, "rol")
    coding = code_words(project, source, "Ik sliep niet", "rol")
    before = checking.digest(project)
    editing.set_valence(project, coding, Valence.NEGATIVE)
    editing.set_valence(jan, coding, Valence.MIXED)
    assert "Jan" in str(refusal(project).values["reason"])
    undo(jan)
    undo(project)
    assert checking.digest(project) == before


def test_what_needs_a_row_that_a_colleague_removed_is_not_undone(project: ProjectFile, jan: ProjectFile) -> None:
    source = add_text(project)
    code = add_code(jan, "rol")
    coding = code_words(project, source, "Ik sliep niet", "rol")
    editing.remove_codings(project, [coding])
    with jan.change(Act.REMOVE_CODE, code) as writing:
        codebook.remove_code(writing, code)
    refusal(project)
    assert undoing.blockers(project, journal.undoable(project, project.coder_id)[0]).lost == ("code",)


def test_two_coders_called_jan_on_two_machines_undo_each_their_own(
    project: ProjectFile, jan: ProjectFile, home: Path
) -> None:
    add_code(jan, "rol")
    identity_file("Jan").unlink()
    with project.sibling(coder="Jan") as other:
        add_code(other, "tijd")
        undo(other)
        with pytest.raises(errors.NothingToUndo):
            undo(other)
    assert [code.key for code in codebook.codebook(project)] == ["rol"]


# -- undoing corrections -------------------------------------------------------------------------------------------


@pytest.fixture
def source(project: ProjectFile) -> int:
    """A text with coded fragments of two coders."""
    number = add_text(project, "Anna: een twee drie vier vijf zes zeven.")
    add_code(project, "rol")
    code_words(project, number, "een twee drie", "rol")
    code_words(project, number, "vijf zes", "rol")
    return number


def words(project: ProjectFile) -> list[str]:
    return [text for _, _, text in coded(project)]


def test_a_colleagues_later_correction_and_ones_own_undo_leave_every_coding_on_its_words(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, "een twee", "1 en 2")
    correct_words(jan, source, "zes", "6")
    assert words(project) == ["1 en 2 drie", "vijf 6"]
    undo(project)
    assert editing.text_now(project, source) == "Anna: een twee drie vier vijf 6 zeven."
    assert words(project) == ["een twee drie", "vijf 6"]
    undo(jan)
    assert words(project) == ["een twee drie", "vijf zes"]
    redo(jan)
    redo(project)
    assert words(project) == ["1 en 2 drie", "vijf 6"]
    assert checking.problems(project) == []


def test_first_words_that_two_coders_delete_come_back_in_whichever_order_they_undo(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, "een ", "")
    correct_words(jan, source, "ee ", "")
    assert words(project) == ["twdrie", "vijf zes"]
    undo(project)
    assert words(project) == ["een twdrie", "vijf zes"]
    undo(jan)
    assert words(project) == ["een twee drie", "vijf zes"]
    redo(project)
    assert words(project) == ["twee drie", "vijf zes"]
    undo(project)
    assert words(project) == ["een twee drie", "vijf zes"]
    assert checking.problems(project) == []


def test_deleted_words_come_back_into_the_coding_though_its_valence_was_set_since(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    coding = codings.codings_of(project, source)[0].id
    correct_words(project, source, "een ", "")
    editing.set_valence(jan, coding, Valence.POSITIVE)
    undo(project)
    assert words(project) == ["een twee drie", "vijf zes"]
    undo(jan)
    assert words(project) == ["een twee drie", "vijf zes"]


def test_new_borders_that_a_person_gave_since_are_kept(project: ProjectFile, jan: ProjectFile, source: int) -> None:
    coding = codings.codings_of(project, source)[0].id
    correct_words(project, source, "een ", "")
    place = find(jan, source, "drie vier")
    editing.resize(jan, coding, start=place.start, stop=place.stop)
    undo(project)
    assert words(project) == ["drie vier", "vijf zes"]
    undo(jan)
    assert words(project) == ["een twee drie", "vijf zes"]
    assert checking.problems(project) == []


def test_undone_redone_and_undone_again_around_a_colleagues_corrections_no_coding_is_clipped(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    code_words(jan, source, "twee", "rol")
    correct_words(project, source, "een twee drie", "alles")
    correct_words(jan, source, "zeven", "7")
    undo(project)
    correct_words(jan, source, "vier", "4")
    redo(project)
    assert words(project) == ["alles", "alles", "vijf zes"]
    undo(project)
    assert words(project) == ["een twee drie", "twee", "vijf zes"]
    assert editing.text_now(project, source) == "Anna: een twee drie 4 vijf zes 7."
    redo(project)
    undo(project)
    assert words(project) == ["een twee drie", "twee", "vijf zes"]
    assert checking.problems(project) == []


def test_a_coding_that_a_correction_ended_comes_back_with_its_words(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    done = correct_words(project, source, " vijf zes", "")
    assert done is not None
    assert len(done.ended) == 1
    correct_words(jan, source, "een", "1")
    undo(project)
    assert words(project) == ["1 twee drie", "vijf zes"]
    assert checking.problems(project) == []


def test_a_coding_that_ended_and_was_removed_by_hand_does_not_come_back(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    removed = codings.codings_of(project, source)[1].id
    correct_words(project, source, "zes", "6")
    editing.remove_codings(jan, [removed])
    undo(project)
    assert words(project) == ["een twee drie"]
    undo(jan)
    assert words(project) == ["een twee drie", "vijf zes"]


def test_deleted_words_do_not_come_back_where_a_colleague_wrote_others_since(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, " vier", "")
    place = find(jan, source, " vijf")
    correcting.correct(jan, source, start=place.start, stop=place.start, replacement=" nieuw")
    assert "Jan" in str(refusal(project).values["reason"])
    undo(jan)
    undo(project)
    assert editing.text_now(project, source) == "Anna: een twee drie vier vijf zes zeven."
    assert words(project) == ["een twee drie", "vijf zes"]


def test_neighbouring_words_that_two_coders_delete_never_change_places(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, " vier", "")
    correct_words(jan, source, " drie", "")
    undo(project)
    assert editing.text_now(project, source) == "Anna: een twee vier vijf zes zeven."
    assert "Hanne" in str(refusal(jan).values["reason"])
    redo(project)
    undo(jan)
    undo(project)
    assert editing.text_now(project, source) == "Anna: een twee drie vier vijf zes zeven."
    assert words(project) == ["een twee drie", "vijf zes"]


def test_what_a_colleague_coded_on_words_while_they_were_back_comes_back_with_them(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, " zeven", "")
    undo(project)
    code_words(jan, source, "zeven", "rol")
    redo(project)
    assert words(project) == ["een twee drie", "vijf zes"]
    undo(project)
    assert words(project) == ["een twee drie", "vijf zes", "zeven"]


def test_a_coding_that_was_brought_back_while_its_first_word_was_deleted_gets_it_back(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    code_words(jan, source, "vier vijf", "rol")
    undo(jan)
    correct_words(project, source, "vier ", "")
    redo(jan)
    assert words(project) == ["een twee drie", "vijf", "vijf zes"]
    undo(project)
    assert words(project) == ["een twee drie", "vier vijf", "vijf zes"]


def test_a_colleagues_coding_of_a_part_of_new_words_is_of_that_part_again_after_undo_and_redo(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, "zeven", "zeven of acht")
    code_words(jan, source, "zeven of", "rol")
    undo(project)
    assert words(project) == ["een twee drie", "vijf zes", "zeven"]
    redo(project)
    assert words(project) == ["een twee drie", "vijf zes", "zeven of"]


def test_words_redone_at_the_edge_of_a_later_deletion_are_in_the_coding_that_held_them(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    place = find(project, source, "drie")
    correcting.correct(project, source, start=place.start, stop=place.start, replacement="wel ")
    assert words(project) == ["een twee wel drie", "vijf zes"]
    undo(project)
    correct_words(jan, source, "een twee ", "")
    redo(project)
    assert words(project) == ["wel drie", "vijf zes"]


def test_a_coding_whose_numbers_a_correction_leaves_alone_goes_back_to_its_words(
    project: ProjectFile, source: int
) -> None:
    code_words(project, source, "zeven", "rol")
    before = checking.digest(project)
    correct_words(project, source, "n.", "n")
    undo(project)
    assert checking.digest(project) == before
    assert words(project)[-1] == "zeven"


def test_a_correction_of_words_that_a_colleague_corrected_again_is_not_undone(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    correct_words(project, source, "twee", "tweede")
    correct_words(jan, source, "tweede drie", "2e drie")
    assert "Jan" in str(refusal(project).values["reason"])
    undo(jan)
    undo(project)
    assert editing.text_now(project, source) == "Anna: een twee drie vier vijf zes zeven."
    assert words(project) == ["een twee drie", "vijf zes"]


def test_an_undo_that_would_join_a_letter_with_a_colleagues_mark_is_refused(
    project: ProjectFile, jan: ProjectFile
) -> None:
    source = add_text(project, "Anna: zee.")
    correct_words(project, source, "zee", "zeex")
    correct_words(jan, source, "x", "x\u0301")
    assert editing.text_now(project, source) == "Anna: zeex\u0301."
    assert "Jan" in str(refusal(project).values["reason"])


def test_what_was_coded_before_a_correction_and_undone_after_it_comes_back_in_its_place(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    removed = codings.codings_of(project, source)[1].id
    editing.remove_codings(project, [removed])
    correct_words(jan, source, "een twee", "1, 2,")
    undo(project)
    assert words(project) == ["1, 2, drie", "vijf zes"]
    assert checking.problems(project) == []


def test_what_was_coded_on_words_that_are_gone_is_named_as_lost(
    project: ProjectFile, jan: ProjectFile, source: int
) -> None:
    removed = codings.codings_of(project, source)[1].id
    editing.remove_codings(project, [removed])
    correct_words(jan, source, " vijf zes", "")
    assert undo(project).lost == (removed,)
    assert words(project) == ["een twee drie"]
    assert checking.problems(project) == []
