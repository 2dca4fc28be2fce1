"""Going back to a point of the history, as far as others' work allows, and forth again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import add_code, add_text, code_words, coded, correct_words, examples, find, redo, undo

from verhalen import errors
from verhalen.api.history import History
from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.ids import encode_id
from verhalen.store import checking, codings, families
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik sliep niet en de kinderen ook niet.\nBert: Nu gaat het beter, zei de coach.\nAnna: Ja."
WORDS = ("sliep niet", "de kinderen", "gaat het", "zei de coach", "Ja")


def newest(project: ProjectFile) -> str:
    return encode_id(project.last_change())


def test_all_own_changes_after_a_point_go_and_come_back(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    add_code(project, "slaap")
    point, before = newest(project), checking.digest(project)
    for words in WORDS:
        code_words(project, source, words, "slaap")
    after = checking.digest(project)
    history = History(project)
    assert [each.act for each in history.would_go_back(point)] == 5 * [Act.CODE]
    gone = history.go_back(point)
    assert (len(gone.done), gone.refused, gone.others) == (5, (), 0)
    assert checking.digest(project) == before
    for _ in gone.done:
        redo(project)
    assert checking.digest(project) == after
    history.go_back(point)
    assert len(history.go_forth().done) == 5
    assert checking.digest(project) == after
    assert checking.problems(project) == []


def test_what_others_build_on_stays_with_its_reason_and_the_rest_goes(project: ProjectFile, jan: ProjectFile) -> None:
    source = add_text(project, TALK)
    point = newest(project)
    add_code(project, "slaap")
    add_code(project, "werk")
    code_words(project, source, "sliep niet", "werk")
    code_words(jan, source, "de kinderen", "slaap")
    gone = History(project).go_back(point)
    assert [History(project).label(History(project).find(encode_id(each.undone_change))) for each in gone.done] == [
        "code 'werk' in bron 1",
        "nieuwe code 'werk'",
    ]
    [refused] = gone.refused
    assert "Jan" in refused.reason
    assert refused.label == "nieuwe code 'slaap'"
    assert gone.others == 1
    assert coded(project) == [("Jan", "slaap", "de kinderen")]


def test_what_no_undo_takes_back_is_told(project: ProjectFile) -> None:
    add_code(project, "slaap")
    early = newest(project)
    add_code(project, "werk")
    point = newest(project)
    add_code(project, "geld")
    with project.change(Act.COMPACT) as writing:
        families.add_family(writing, "G001", municipality="")
    history = History(project)
    undo(project)
    history.undo(early)
    gone = history.go_back(point)
    assert gone.done == ()
    assert [each.label for each in gone.refused] == [
        "ongedaan gemaakt: nieuwe code 'slaap'",
        "opkuis van de geschiedenis",
    ]


def test_an_unknown_point_is_refused(project: ProjectFile) -> None:
    for reference in ("", "x", "0" * 13):
        with pytest.raises(errors.UnknownChange):
            History(project).go_back(reference)


def test_the_details_tell_quotes_and_fields_before_and_after(project: ProjectFile) -> None:
    source = add_text(project, TALK)
    add_code(project, "slaap")
    coding = code_words(project, source, "sliep niet", "slaap")
    history = History(project)
    [row] = history.details(history.entries(limit=1)[0]).rows
    assert (row.before, row.after) == ("", "sliep niet")
    editing.set_valence(project, coding, Valence.NEGATIVE)
    valence = history.entries(limit=1)[0]
    correct_words(project, source, "sliep", "sliep heel lang")
    change = history.entries(limit=1)[0]
    editing.remove_codings(project, [coding])
    [row] = history.details(valence).rows
    assert [(field.before, field.after) for field in row.fields] == [(t(Valence.NONE.label), t(Valence.NEGATIVE.label))]
    rows = history.details(change).rows
    assert any("sliep niet" in row.before and "sliep heel lang niet" in row.after for row in rows)
    removed = history.details(history.entries(limit=1)[0])
    assert [(each.table, each.removed) for each in removed.counts] == [("coding", 1)]
    assert removed.rows[0].before == "sliep heel lang niet"
    assert removed.rows[0].after == ""


# -- whatever two coders did ---------------------------------------------------------------------------------------------

Deed = Callable[[ProjectFile, int, str], object]


def _code(file: ProjectFile, source: int, words: str) -> None:
    code_words(file, source, words, "slaap" if len(words) % 2 else "werk")


def _uncode(file: ProjectFile, source: int, words: str) -> None:
    mine = [each.id for each in codings.codings_of(file, source) if each.coder_id == file.coder_id]
    if mine:
        editing.remove_codings(file, mine[:1])


def _valence(file: ProjectFile, source: int, words: str) -> None:
    there = codings.codings_of(file, source)
    if there:
        editing.set_valence(file, there[len(words) % len(there)].id, Valence.MIXED)


def _correct(file: ProjectFile, source: int, words: str) -> None:
    correct_words(file, source, words[:3], words[:2] + "x" + words[2:3])


def _memo(file: ProjectFile, source: int, words: str) -> None:
    Project(file).memos.add(f"1@{find(file, source, words).start}", words)


def _undo(file: ProjectFile, source: int, words: str) -> None:
    undo(file)


DEEDS: tuple[Deed, ...] = (_code, _code, _uncode, _valence, _correct, _memo, _undo)
steps = st.lists(st.tuples(st.booleans(), st.sampled_from(DEEDS), st.sampled_from(WORDS)), max_size=12)


@settings(max_examples=examples(25))
@given(before=steps, after=steps)
def test_forth_after_back_is_where_one_was(
    before: list[tuple[bool, Deed, str]], after: list[tuple[bool, Deed, str]]
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with ProjectFile.create(folder, coder="Hanne") as hanne, hanne.sibling(coder="Jan") as jan:
            source = add_text(hanne, TALK)
            for code in ("slaap", "werk"):
                add_code(hanne, code)
            _do(before, hanne, jan, source)
            point = newest(hanne)
            _do(after, hanne, jan, source)
            _back_and_forth(hanne, point)
    finally:
        shutil.rmtree(folder)


def _do(deeds: list[tuple[bool, Deed, str]], hanne: ProjectFile, jan: ProjectFile, source: int) -> None:
    for mine, deed, words in deeds:
        try:
            deed(hanne if mine else jan, source, words)
        except (errors.VerhalenError, ValueError):
            continue  # the words are others by now, or there is nothing to undo


def _back_and_forth(hanne: ProjectFile, point: str) -> None:
    history, digest, said = History(hanne), checking.digest(hanne), coded(hanne)
    would = history.would_go_back(point)
    gone = history.go_back(point)
    assert {each.undone_change for each in gone.done} <= {each.id for each in would}
    assert {each.id for each in would} <= {each.undone_change for each in gone.done} | {
        each.change for each in gone.refused
    }
    assert checking.problems(hanne) == []
    for _ in gone.done:
        redo(hanne)
    assert coded(hanne) == said
    assert checking.digest(hanne) == digest
    assert checking.problems(hanne) == []
