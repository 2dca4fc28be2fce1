"""Masking a stored text: the name is gone to the last byte, and every coding lies on the words it lay on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import DAY, add_code, add_text, code_words, coded, correct_words, examples, redo, undo

from verhalen import errors
from verhalen.coding import correcting, editing
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.text import Span
from verhalen.privacy.swaps import SwapMap, apply_swaps
from verhalen.store import checking, codings, drafts, journal, masking, search, second_coder, sources, versions
from verhalen.store.project import ProjectFile

NAME = "Zwaantje"
TALK = f"{NAME}: Ik ben {NAME} en ik slaap slecht.\nBert: Dag {NAME}, slaap je nu beter?"


def words(text: str) -> str:
    """The name, replaced as the key would have it."""
    return re.sub(NAME, "[persoon 1]", text, flags=re.IGNORECASE)


def order(project: ProjectFile, source: int, *, original: tuple[bytes, str] | None = None) -> masking.Mask:
    """Every place of the name in the text as it is now."""
    text = editing.text_now(project, source)
    swaps = [(Span(*found.span()), "[persoon 1]") for found in re.finditer(NAME, text, re.IGNORECASE)]
    version = versions.current_version(project, source)
    moved = SwapMap.of(swaps)
    return masking.Mask(source, version, apply_swaps(text, swaps), moved.move, words, lemma_text, original)


def traces(project: ProjectFile) -> list[str]:
    """Files and tables in which the name still stands."""
    files = [project.path.with_name(project.path.name + ending) for ending in ("", "-wal")]
    found = [file.name for file in files if file.exists() and NAME.lower().encode() in file.read_bytes().lower()]
    for (table,) in project.rows("select name from sqlite_master where type = 'table'"):
        rows = project.rows(f"select * from {table}")
        found += [table for row in rows if any(NAME.lower() in str(value).lower() for value in row)]
    return found


@pytest.fixture
def source(project: ProjectFile) -> int:
    """A talk with the name in its title, text, corrections, memo, journal and a draft."""
    add_code(project, "slaap")
    number = add_text(project, TALK, title=f"gesprek met {NAME}")
    with project.change(Act.DISCUSS, number) as writing:
        note = f"Slaapt {NAME}?"
        second_coder.put_discussed(writing, number, Span(0, 9), None, note=note, settled=False, day=DAY)
    code_words(project, number, "ik slaap slecht", "slaap")
    code_words(project, number, f"Dag {NAME}, slaap", "slaap")
    editing.set_memo(project, codings.codings_of(project, number)[0].id, f"{NAME} bedoelt de nachten")
    correct_words(project, number, "slecht", f"heel slecht, zegt {NAME}")
    undo(project)
    correct_words(project, number, "nu beter", "nu wat beter")
    drafts.keep_draft(project, "verhaal:nieuw", f'{{"titel": "{NAME} vertelt"}}')
    return number


def test_not_a_byte_of_the_name_is_left_and_codings_stay_on_their_words(project: ProjectFile, source: int) -> None:
    assert len(traces(project)) > 5
    assert masking.mask(project, order(project, source))
    assert traces(project) == []
    assert editing.text_now(project, source) == (
        "[persoon 1]: Ik ben [persoon 1] en ik slaap slecht.\nBert: Dag [persoon 1], slaap je nu wat beter?"
    )
    assert [text for _, _, text in coded(project)] == ["ik slaap slecht", "Dag [persoon 1], slaap"]
    assert [each.speaker for each in sources.turns_of(project, source)] == ["[persoon 1]", "Bert"]
    stored = sources.source_by_id(project, source)
    assert stored is not None
    assert (stored.title, stored.masked) == ("gesprek met [persoon 1]", True)
    assert sources.original_of(project, source) is None
    assert list(search.matching_texts(project, [NAME.lower()], [NAME.lower()])) == []
    assert len(list(search.matching_texts(project, ["persoon"], ["persoon"]))) == 1
    assert checking.problems(project) == []


def test_a_mask_cannot_be_undone_nor_the_corrections_before_it_but_codings_can(
    project: ProjectFile, source: int
) -> None:
    masking.mask(project, order(project, source))
    acts = [each.act for each in journal.undoable(project, project.coder_id)]
    assert Act.MASK not in acts
    assert Act.CORRECT not in acts
    undo(project)  # the memo
    undo(project)  # the second coding
    assert [text for _, _, text in coded(project)] == ["ik slaap slecht"]
    redo(project)
    assert [text for _, _, text in coded(project)] == ["ik slaap slecht", "Dag [persoon 1], slaap"]
    assert traces(project) == []
    assert checking.problems(project) == []


def test_a_correction_after_the_mask_can_be_undone(project: ProjectFile, source: int) -> None:
    masking.mask(project, order(project, source))
    text = editing.text_now(project, source)
    correct_words(project, source, "heel" if "heel" in text else "slecht", "matig")
    undo(project)
    assert editing.text_now(project, source) == text
    assert [text for _, _, text in coded(project)] == ["ik slaap slecht", "Dag [persoon 1], slaap"]


def test_a_masked_copy_can_be_kept_as_original(project: ProjectFile, source: int) -> None:
    masking.mask(project, order(project, source, original=(b"[persoon 1]: Dag", ".txt")))
    assert sources.original_of(project, source) == (b"[persoon 1]: Dag", ".txt")


def test_a_text_that_changed_meanwhile_is_not_masked(project: ProjectFile, source: int) -> None:
    stale = order(project, source)
    correct_words(project, source, "Dag", "Ha")
    before = checking.digest(project)
    with pytest.raises(errors.StaleText):
        masking.mask(project, stale)
    assert checking.digest(project) == before


def test_a_coding_whose_words_a_correction_had_ended_does_not_come_back_and_breaks_nothing(
    project: ProjectFile,
) -> None:
    add_code(project, "slaap")
    number = add_text(project, TALK)
    code_words(project, number, "slecht", "slaap")
    correct_words(project, number, " slecht", "")
    code_words(project, number, "Dag", "slaap")
    masking.mask(project, order(project, number))
    undo(project)
    assert coded(project) == []
    undo(project)  # of the coding that is gone already: nothing to take away, nothing comes back
    with pytest.raises(errors.CannotUndo):
        undo(project)  # the import, which a correction has touched that stays
    assert checking.problems(project) == []
    assert traces(project) == []


def test_a_window_that_reads_delays_the_last_of_it(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project, project.sibling() as reader:
        number = add_text(project, TALK)
        project.outside_transaction("pragma busy_timeout = 1")
        with reader.steady():
            reader.number("select count(*) from source")
            assert not masking.mask(project, order(project, number))
        path = project.path
    with ProjectFile.open(path, coder="Hanne") as project:
        assert traces(project) == []


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(["", "x", "lang woord"])), max_size=4)
)
@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_after_any_corrections_a_mask_keeps_each_coding_where_the_mask_alone_would_bring_it(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    with ProjectFile.create(tmp_path_factory.mktemp("masker"), coder="Hanne") as project:
        add_code(project, "slaap")
        number = add_text(project, TALK)
        for part in ("Ik ben", "slaap slecht", "beter?"):
            code_words(project, number, part, "slaap")
        for start, length, new in edits:
            size = len(editing.text_now(project, number))
            stop = min(start + length, size)
            if start < stop:
                correcting.correct(project, number, start=start, stop=stop, replacement=new)
        before = [words(text) for _, _, text in coded(project) if not _cuts_name(text)]
        masking.mask(project, order(project, number))
        after = [text for _, _, text in coded(project)]
        assert all(text in after for text in before)
        assert traces(project) == []
        assert checking.problems(project) == []
        while journal.undoable(project, project.coder_id):
            try:
                undo(project)
            except errors.CannotUndo:
                break
        assert traces(project) == []
        assert checking.problems(project) == []


def _cuts_name(text: str) -> bool:
    """Whether the fragment ends inside a name that is whole only outside it."""
    tail = [NAME[:size] for size in range(1, len(NAME))]
    head = [NAME[size:] for size in range(1, len(NAME))]
    return text.endswith(tuple(tail)) or text.startswith(tuple(head))
