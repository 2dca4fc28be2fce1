"""Forgetting: after a withdrawal not a byte of what was said is left, and it cannot come back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import (
    Furnished,
    add_code,
    add_family,
    add_text,
    code_words,
    coded,
    correct_words,
    furnish,
    redo,
    story,
    undo,
)

from verhalen import errors
from verhalen.api.history import History
from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.family import Person
from verhalen.model.memo import MemoTarget
from verhalen.msc.telling import tell
from verhalen.store import (
    checking,
    codebook,
    codings,
    drafts,
    families,
    following,
    forget,
    journal,
    memos,
    rounds,
    search,
    sources,
    stories,
)
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED

CANARY = "kwetterkanarie"
TALK = f"Anna: Ik hoorde de {CANARY} niet meer.\nBert: Wat erg."


def traces(project: ProjectFile) -> list[str]:
    """Files of the project in which the canary still stands, in any encoding."""
    files = [project.path.with_name(project.path.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
    kinds = [CANARY.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    return [file.name for file in files if file.exists() and any(kind in file.read_bytes().lower() for kind in kinds)]


def traces_in_tables(project: ProjectFile) -> list[str]:
    """Tables in which the canary still stands: for an encrypted file, whose bytes tell nothing."""
    tables = [row[0] for row in project.rows("select name from sqlite_master where type = 'table'")]
    return [
        table
        for table in tables
        for row in project.rows(f"select * from {table}")
        if any(CANARY in (value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)) for value in row)
    ]


def withdraw(project: ProjectFile, **roots: int) -> bool:
    """Forget these rows and what hangs on them."""
    return forget.forget(project, forget.what_goes(project, {table: {row} for table, row in roots.items()}))


def say_the_canary_everywhere(project: ProjectFile, there: Furnished) -> None:
    """In every place where words about family G001 can come to stand."""
    source = add_text(project, TALK, f"{CANARY} 1")
    with project.change(Act.LINK_SPEAKER, source) as writing:
        speaker = sources.speakers_of(project, source)[0].id
        sources.link_speaker(writing, speaker, person_id=there.person, role=CANARY)
        writing.execute("update source set family_id = ? where id = ?", (there.family, source))
    coding = code_words(project, source, CANARY, "vervoer")
    editing.set_memo(project, coding, f"Zij zei {CANARY}.")
    editing.set_memo(project, coding, "Zij zei het.")
    removed = code_words(project, source, "Ik hoorde", "vervoer")
    editing.set_memo(project, removed, f"Ook {CANARY}.")
    editing.remove_codings(project, [removed])
    correct_words(project, source, CANARY, "vogel")
    correct_words(project, source, "vogel", f"{CANARY} {CANARY}")
    undo(project)
    told = stories.stories(project)[0]
    with project.change(Act.STORY, told.id) as writing:
        stories.change_story(writing, told.id, replace(told, now=f"Ze hoort de {CANARY}.", recorder=CANARY))
    with project.change(Act.STORY, told.id) as writing:
        stories.change_story(writing, told.id, replace(told, now="Ze hoort niets.", how=CANARY))
    targets: list[tuple[MemoTarget, int]] = [("source", source), ("family", there.family), ("story", told.id)]
    for target, number in targets:
        with project.change(Act.MEMO) as writing:
            memos.add_memo(writing, target, number, f"Denk aan {CANARY}.")
    with project.change(Act.EDIT_FAMILY) as writing:
        families.set_attribute(writing, there.family, "bijnaam", CANARY)
    with project.change(Act.EDIT_FAMILY) as writing:
        families.set_attribute(writing, there.family, "bijnaam", "")
    with project.change(Act.EDIT_FAMILY) as writing:
        families.put_person(writing, there.family, Person(f"G001.{CANARY}", "andere"))
    undo(project)
    tell(project, story("", "G001", f"Een verhaal over de {CANARY}."))
    undo(project)
    drafts.keep_draft(project, "verhaal:G001", f"half een verhaal over {CANARY}")
    drafts.keep_draft(project, "verhaal:nieuw", f'{{"gezin": "G001", "tekst": "{CANARY}"}}')
    drafts.keep_view(project, f"bron:{source}", CANARY)


@pytest.fixture
def there(project: ProjectFile) -> Furnished:
    """A furnished project that has the canary in every corner."""
    found = furnish(project)
    say_the_canary_everywhere(project, found)
    assert traces(project)
    assert set(traces_in_tables(project)) >= {
        "change_row",
        "draft",
        "memo",
        "original",
        "source",
        "speaker",
        "story",
        "text_version",
        "view_state",
    }
    return found


def test_after_a_withdrawal_not_a_byte_is_left_also_while_another_window_is_open(
    project: ProjectFile, jan: ProjectFile, there: Furnished
) -> None:
    assert coded(jan)
    assert withdraw(project, family=there.family, story=there.story)
    assert traces(project) == []
    assert traces_in_tables(project) == []
    assert checking.problems(project) == []
    assert coded(jan) == coded(project)


def test_what_was_withdrawn_is_not_found_named_undone_or_redone_back(project: ProjectFile, there: Furnished) -> None:
    withdraw(project, family=there.family)
    assert list(search.matching_texts(project, [CANARY], [CANARY])) == []
    history = History(project)
    assert not any(CANARY in history.label(change) for change in history.entries())
    steps = 0
    while True:
        try:
            undo(project)
        except (errors.NothingToUndo, errors.CannotUndo):
            break
        steps += 1
        assert steps < 100
        assert traces_in_tables(project) == []
    assert steps > 0
    for _ in range(steps):
        redo(project)
        assert traces_in_tables(project) == []
    assert checking.problems(project) == []


def test_the_file_of_a_withdrawn_source_may_not_be_imported_again(project: ProjectFile, there: Furnished) -> None:
    digest = hashlib.sha256(TALK.encode()).hexdigest()
    assert not forget.is_forgotten(project, [digest])
    withdraw(project, family=there.family)
    assert forget.is_forgotten(project, ["", digest])
    assert not forget.is_forgotten(project, [hashlib.sha256(b"iets anders").hexdigest()])
    assert digest not in str(project.rows("select * from tombstone"))


def test_a_source_whose_import_was_undone_can_be_forgotten_and_may_not_come_back(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    undo(project)
    assert traces(project)
    assert withdraw(project, source=source)
    assert traces(project) == []
    assert forget.is_forgotten(project, [hashlib.sha256(TALK.encode()).hexdigest()])
    with pytest.raises(errors.NothingToRedo):
        redo(project)


def test_what_goes_is_counted_before_anything_goes(project: ProjectFile, there: Furnished) -> None:
    before = checking.digest(project)
    going = forget.what_goes(project, {"story": {there.story}})
    assert (going.count("story"), going.count("consent"), going.count("story_domain")) == (1, 3, 2)
    assert (going.count("memo"), going.count("family"), going.count("source")) == (1, 0, 0)
    assert checking.digest(project) == before


def test_the_other_families_keep_everything(project: ProjectFile, there: Furnished) -> None:
    other = add_text(project, "Cas: De bus is stil.", "cas")
    code_words(project, other, "De bus", "vervoer")
    with project.change(Act.MEMO) as writing:
        memos.add_memo(writing, "family", there.other_family, "Nog bellen.")
    drafts.keep_draft(project, "verhaal:G002", "half een zin")
    withdraw(project, family=there.family)
    assert [family.key for family in families.families(project)] == ["G002"]
    assert ("Hanne", "vervoer", "De bus") in coded(project)
    assert [memo.text for memo in memos.memos(project, target="family")] == ["Nog bellen."]
    assert drafts.draft(project, "verhaal:G002") == "half een zin"
    assert sources.original_of(project, other) == (b"Cas: De bus is stil.", ".txt")


def test_changes_after_a_withdrawal_do_not_get_mixed_up_with_changes_before_it(
    project: ProjectFile, jan: ProjectFile
) -> None:
    """The journal names the rows of a change by a range of numbers, so a number is never given twice."""
    code = add_code(jan, "rol")
    kept = add_text(jan, "Cas: De bus is stil.", "cas")
    gone = add_text(jan, TALK)
    with project.change(Act.IMPORT_CODINGS) as writing:
        rows = [(source, 1, 4, code, project.coder_id, "none", "") for source in (kept, gone, gone, gone)]
        codings.add_codings(writing, rows)
    withdraw(jan, source=gone)
    add_code(jan, "tijd")
    undo(project)
    assert coded(project) == []
    assert [code.key for code in codebook.codebook(project)] == ["rol", "tijd"]
    redo(project)
    assert coded(project) == [("Hanne", "rol", "as:")]
    assert [code.key for code in codebook.codebook(project)] == ["rol", "tijd"]
    assert checking.problems(project) == []


def test_undo_passes_over_changes_of_which_nothing_is_left(project: ProjectFile) -> None:
    add_code(project, "rol")
    gone = add_text(project, TALK)
    code_words(project, gone, "Wat erg", "rol")
    withdraw(project, source=gone)
    undo(project)
    assert [change.act for change in journal.history(project)][:2] == [Act.UNDO, Act.WITHDRAW]
    assert len(codebook.codebook(project)) == 0
    with pytest.raises(errors.NothingToUndo):
        undo(project)


def test_a_withdrawal_cannot_be_undone(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    withdraw(project, source=source)
    with pytest.raises(errors.NothingToUndo):
        undo(project)


def test_a_withdrawn_target_is_named_as_withdrawn(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    withdraw(project, source=source)
    labels = [History(project).label(change) for change in journal.history(project)]
    assert all("[" in label for label in labels[1:])


def test_what_a_colleague_codes_between_looking_and_withdrawing_goes_too(
    project: ProjectFile, jan: ProjectFile
) -> None:
    source = add_text(project, TALK)
    add_code(project, "rol")
    going = forget.what_goes(project, {"source": {source}})
    coding = code_words(jan, source, CANARY, "rol")
    editing.set_memo(jan, coding, CANARY)
    assert forget.forget(project, going)
    assert traces(project) == []
    assert checking.problems(project) == []


# -- another window in the way -------------------------------------------------------------------------------------


def test_a_window_that_is_reading_delays_the_last_of_it_to_the_next_opening(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        source = add_text(project, TALK)
        project.outside_transaction("pragma busy_timeout = 1")
        with project.sibling(coder="Jan") as reading, reading.steady():
            assert len(sources.all_sources(reading)) == 1
            assert withdraw(project, source=source) is False
            assert len(sources.all_sources(reading)) == 1
        assert sources.all_sources(project) == []
        assert len(checking.problems(project)) == 1
    with ProjectFile.open(tmp_path / "project.verhalen", coder="Hanne") as project:
        assert checking.problems(project) == []
        assert traces(project) == []
        assert traces_in_tables(project) == []
    assert traces(project) == []


def test_a_window_that_is_writing_delays_it_too(project: ProjectFile, jan: ProjectFile) -> None:
    source = add_text(project, TALK)
    add_code(jan, "rol")
    going = forget.what_goes(project, {"source": {source}})
    finishing: list[bool] = []

    def meanwhile(act: Callable[[], bool]) -> None:
        with jan.change(Act.ADD_CODE) as writing:
            codebook.add_code(writing, Code("tijd", "Tijd"))
            finishing.append(act())

    project.outside_transaction("pragma busy_timeout = 1")
    with project.sibling() as reading, reading.steady():
        assert reading.last_change()
        assert forget.forget(project, going) is False
    meanwhile(lambda: forget.finish(project))
    assert finishing == [False]
    assert forget.finish(project)
    assert traces(project) == []


def test_in_a_sync_folder_nothing_is_left_either(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with ProjectFile.create(folder, coder="Hanne") as project:
        source = add_text(project, TALK)
        assert withdraw(project, source=source)
        assert traces(project) == []


def test_an_encrypted_project_forgets_as_well(tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3")
    with ProjectFile.create(tmp_path, coder="Hanne", passphrase="drie blauwe fietsen") as project:
        found = furnish(project)
        say_the_canary_everywhere(project, found)
        assert traces_in_tables(project)
        assert withdraw(project, family=found.family)
        assert traces_in_tables(project) == []
    with ProjectFile.open(tmp_path / "project.verhalen", coder="Hanne", passphrase="drie blauwe fietsen") as project:
        assert traces_in_tables(project) == []
        assert checking.problems(project) == []
        assert project.number("select count(*) from family") == 1


# -- what stands beside the project --------------------------------------------------------------------------------


def test_a_backup_and_an_inbox_file_that_still_hold_the_words_are_named(project: ProjectFile) -> None:
    add_text(project, TALK)
    folder = project.path.parent
    Project(project).backup(folder / "kopie.verhalen")
    (folder / "transcripts").mkdir()
    (folder / "transcripts" / "anna.txt").write_text(TALK, "utf-8")
    (folder / "transcripts" / "cas.txt").write_text("Cas: Iets heel anders, en lang genoeg om op te vallen.", "utf-8")
    told = Project(project).withdraw("1")
    assert told.stays == ("kopie.verhalen", "transcripts/anna.txt")
    assert told.removed["source"] == 1
    assert len(sources.all_sources(project)) == 1
    assert Project(project).withdraw("1", really=True).clean
    assert traces(project) == []


def test_every_table_that_is_journaled_is_forgotten_with_its_family(project: ProjectFile, there: Furnished) -> None:
    """A new table that hangs on a family must not be passed over."""
    withdraw(project, family=there.family, source=there.source)
    left = {table for table in JOURNALED if project.number(f"select count(*) from {table}")}
    assert left == {
        "life_domain",
        "domain_group",
        "family",
        "instrument",
        "item",
        "code",
        "code_domain",
        "code_pattern",
        "verdict",
        "attribute_kind",
        "column_mapping",
        "instrument_version",
        "selection_round",
        "round_member",
        "round_gone",
        "signal",
        "release",
        "release_row",
        "threshold",
    }
    # A round keeps that a chosen story was withdrawn from it, and nothing else of it.
    (held,) = [each for each in rounds.rounds(project) if each.key == "R1"]
    assert [each.was_chosen for each in held.gone] == [True]
    assert (held.candidates, held.votes, held.choices, held.dissents) == ((), (), (), ())
    (signal,) = following.signals(project)
    assert (signal.families, signal.places) == (frozenset(), ())
    assert project.number("select count(*) from attachment_bytes") == 0


def test_a_draft_of_another_story_with_a_longer_key_stays(project: ProjectFile) -> None:
    add_family(project, "G001")
    tell(project, story("V1", "G001", "Een kort verhaal."))
    kept = {"verhaal:V12": "half", "verhaal:nieuw": '{"family": "G0011"}'}
    gone = {"verhaal:V1": "half", "verhaal:ander": '{"about": "V1"}'}
    for key, value in {**kept, **gone}.items():
        drafts.keep_draft(project, key, value)
    told = project.row("select id, source_id from story")
    assert told is not None
    forget.forget(project, forget.what_goes(project, {"story": {told[0]}, "source": {told[1]}}))
    assert dict(project.rows("select key, value from draft")) == kept
