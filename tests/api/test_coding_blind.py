"""Coding blind: a door that hides shows only one's own codings, whatever one asks, and writes nothing."""

from __future__ import annotations

import pytest
from tests.builders import TALK, add_code, add_text, code_words

from verhalen.api.project import Project, open_project
from verhalen.coding import editing
from verhalen.model.act import Act
from verhalen.model.ids import encode_id
from verhalen.model.memo import Memo
from verhalen.model.query import FragmentQuery
from verhalen.store import suggesting
from verhalen.store.project import ProjectFile


@pytest.fixture
def door(project: ProjectFile, jan: ProjectFile) -> Project:
    """A talk in which Hanne coded one place (with a memo) and Jan two (with memos at his and at hers)."""
    for key in ("rol", "huis"):
        add_code(project, key, patterns="straat" if key == "huis" else "")
    source = add_text(project)
    mine = code_words(project, source, "Ik sliep niet", "rol")
    theirs = code_words(jan, source, "Nu gaat het beter", "rol")
    code_words(jan, source, "in de straat", "huis")
    editing.set_memo(project, mine, "Van mij.")
    editing.set_memo(jan, theirs, "Van Jan.")
    Project(jan).memos.add(encode_id(theirs), "Nog van Jan.")
    Project(jan).memos.add(encode_id(mine), "Van Jan, bij Hanne.")
    Project(jan).memos.add("1", "Over de hele tekst.")
    return Project(project)


def asked(door: Project, question: str) -> list[str]:
    return [each.text for each in door.codings.fragments(FragmentQuery(expression=question))]


def texts(found: list[Memo]) -> set[str]:
    return {each.text for each in found}


def test_lists_counts_and_questions_show_only_what_is_ones_own(door: Project) -> None:
    assert [each.codings for each in door.sources.all()] == [3]
    assert {code.key: code.codings for code in door.codes.book()} == {"rol": 2, "huis": 1}
    assert asked(door, "not huis") == ["Ik sliep niet", "Nu gaat het beter"]
    everything = {each.id for each in door.codings.of(door.sources.get(1).id)}
    door.hide_others(True)
    assert [each.codings for each in door.sources.all()] == [1]
    assert {code.key: code.codings for code in door.codes.book()} == {"rol": 1, "huis": 0}
    assert {code.key: code.codings for code in door.codes.book(source_id=door.sources.get(1).id)} == {
        "rol": 1,
        "huis": 0,
    }
    assert asked(door, "not huis") == asked(door, "rol") == ["Ik sliep niet"]
    assert asked(door, "coder=Jan") == asked(door, "huis") == []
    assert [each.text for each in door.codings.fragments()] == ["Ik sliep niet"]
    assert [each.text for each in door.codings.fragments(FragmentQuery(code="rol", limit=9))] == ["Ik sliep niet"]
    assert everything > {each.id for each in door.codings.of(door.sources.get(1).id)}
    door.hide_others(False)
    assert [each.codings for each in door.sources.all()] == [3]


def test_memos_at_fragments_go_with_their_coder_or_their_coding(door: Project) -> None:
    everything = {"Van mij.", "Van Jan.", "Nog van Jan.", "Van Jan, bij Hanne.", "Over de hele tekst."}
    assert texts(door.memos.all()) == everything
    door.hide_others(True)
    assert texts(door.memos.all()) == texts(door.memos.all(target="1")) == {"Van mij.", "Over de hele tekst."}


def test_suggestions_neither_learn_from_hidden_codings_nor_leave_their_places_out(door: Project) -> None:
    of_jan = "En de gezinnen in de straat ook niet."
    assert of_jan not in suggested(door)
    assert len(suggesting.examples(door.file)) == 3
    door.hide_others(True)
    assert of_jan in suggested(door)
    assert [each.text for each in suggesting.examples(door.file)] == ["Ik sliep niet"]


def suggested(door: Project) -> list[str]:
    return [TALK[each.start : each.stop] for each in door.suggestions.of(1, code="huis")]


def test_the_history_leaves_hidden_codings_out_and_what_undid_them(door: Project, jan: ProjectFile) -> None:
    code_words(jan, door.sources.get(1).id, "zei de coach", "rol")
    Project(jan).history.undo()
    merged = door.codes.merge(door.codes.get("huis").id, door.codes.get("rol").id)
    assert merged.codings == 1
    door.hide_others(True)
    told = [(each.coder, each.act) for each in door.history.entries()]
    assert told == [
        ("Hanne", Act.MERGE_CODES),
        ("Jan", Act.MEMO),
        ("Hanne", Act.CODING_MEMO),
        ("Hanne", Act.CODE),
        ("Hanne", Act.IMPORT),
        ("Hanne", Act.ADD_CODE),
        ("Hanne", Act.ADD_CODE),
    ]
    assert [each.act for each in door.history.entries(limit=2)] == [Act.MERGE_CODES, Act.MEMO]
    newest = door.history.entries()[0]
    assert "coding" not in {each.table for each in door.history.details(newest).counts}
    door.hide_others(False)
    assert len(door.history.entries()) == 14
    assert "coding" in {each.table for each in door.history.details(newest).counts}


def test_a_merge_is_planned_for_what_one_sees_and_done_for_all(door: Project) -> None:
    rol, huis = door.codes.get("rol").id, door.codes.get("huis").id
    door.hide_others(True)
    assert (door.codes.merge_plan(huis, rol).codings, door.codes.merge_plan(rol, huis).codings) == (0, 1)
    with pytest.raises(RuntimeError, match="must see them all"):
        door.codes.merge(huis, rol)
    door.hide_others(False)
    door.codes.merge(huis, rol)
    assert [each.codings for each in door.codes.book()] == [3]


def test_the_choice_is_kept_for_each_coder_and_only_a_door_that_is_told_hides(door: Project, jan: ProjectFile) -> None:
    before = door.last_change()
    door.keep_hiding(True)
    with door.sibling() as again:
        assert again.keeps_hiding()
        assert [each.codings for each in again.sources.all()] == [3]
        again.hide_others(again.keeps_hiding())
        with again.sibling() as third, again.sibling(coder="Jan") as other:
            assert (third.hides_others, other.hides_others) == (True, False)
    assert not Project(jan).keeps_hiding()
    assert door.last_change() == before
    with open_project(door.workspace) as command_line:
        assert not command_line.hides_others
    door.keep_hiding(False)
    assert not door.keeps_hiding()
