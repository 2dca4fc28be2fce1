"""The search index: by word and by lemma, without marks, and always of the text as it counts now."""

from __future__ import annotations

import pytest
from tests.builders import TALK, add_text, correct_words, redo, undo

from verhalen.api.sources import Sources
from verhalen.language import lemmas
from verhalen.store import checking, forget, search
from verhalen.store.project import ProjectFile


def found(project: ProjectFile, query: str) -> list[str]:
    """Titles of the sources that hold every word of the query, as written or by lemma."""
    words = lemmas.words(query)
    return [row[2] for row in search.matching_texts(project, words, [lemmas.lemma(word) for word in words])]


def places(project: ProjectFile, query: str, *, exact: bool = False) -> list[str]:
    """The words that a search marks."""
    return [hit.match for hit in Sources(project).search(query, exact=exact)]


def test_one_form_of_a_word_finds_the_others(project: ProjectFile) -> None:
    add_text(project)
    assert found(project, "gezin") == found(project, "gezinnen") == ["anna"]
    assert places(project, "gezin") == ["gezinnen"]
    assert places(project, "gezin", exact=True) == []
    assert found(project, "zin") == []


def test_marks_and_capitals_make_no_difference(project: ProjectFile) -> None:
    add_text(project, "Anna: Eén café, één CRÈCHE.")
    assert found(project, "cafe") == found(project, "CAFÉ") == found(project, "creche") == ["anna"]
    assert places(project, "creche") == ["CRÈCHE"]


def test_every_word_must_be_there_and_a_phrase_stands_together(project: ProjectFile) -> None:
    add_text(project)
    add_text(project, "Cas: De straat is stil.", "cas")
    assert found(project, "straat") == ["anna", "cas"]
    assert found(project, "straat coach") == ["anna"]
    assert places(project, "de straat") == ["de straat", "De straat"]
    assert places(project, "straat coach") == []


def test_the_index_follows_corrections_and_their_undo(project: ProjectFile) -> None:
    source = add_text(project)
    correct_words(project, source, "gezinnen", "buren")
    assert (found(project, "gezin"), found(project, "buur")) == ([], ["anna"])
    undo(project)
    assert (found(project, "gezin"), found(project, "buur")) == (["anna"], [])
    redo(project)
    assert (found(project, "gezin"), found(project, "buur")) == ([], ["anna"])


def test_the_index_follows_a_reversal_that_keeps_a_colleagues_correction(
    project: ProjectFile, jan: ProjectFile
) -> None:
    source = add_text(project)
    correct_words(project, source, "gezinnen", "buren")
    correct_words(jan, source, "coach", "dokter")
    undo(project)
    assert found(project, "gezin dokter") == ["anna"]
    assert found(project, "buur") == found(project, "coach") == []


def test_an_import_that_is_undone_is_not_found_and_found_again_after_redo(project: ProjectFile) -> None:
    add_text(project)
    undo(project)
    assert found(project, "gezin") == []
    redo(project)
    assert found(project, "gezin") == ["anna"]
    assert checking.problems(project) == []


def test_what_was_withdrawn_is_not_found_and_the_rest_is(project: ProjectFile) -> None:
    source = add_text(project)
    add_text(project, "Cas: De gezinnen zijn stil.", "cas")
    assert forget.forget(project, forget.what_goes(project, {"source": {source}}))
    assert found(project, "gezin") == ["cas"]
    assert checking.problems(project) == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        'gezin"',
        "' OR 1=1 --",
        "gezin*",
        "(gezin",
        "gezin AND",
        "NEAR(gezin)",
        "text:",
        "-",
        "",
        "   ",
        "^",
        "\x00",
    ],
)
def test_no_sign_in_a_query_breaks_the_search(project: ProjectFile, query: str) -> None:
    add_text(project)
    assert set(places(project, query)) <= {"gezinnen"}
    # Straight into the index, without a word being cut first.
    assert list(search.matching_texts(project, [query], [query])) in (
        [],
        list(search.matching_texts(project, ["gezinnen"], ["gezin"])),
    )


def test_a_word_that_looks_like_an_operator_is_a_word(project: ProjectFile) -> None:
    add_text(project, "Anna: Not or near, AND so on.")
    assert found(project, "not or near and") == ["anna"]


def test_an_empty_query_finds_nothing(project: ProjectFile) -> None:
    add_text(project, TALK)
    assert list(search.matching_texts(project, [], [])) == []
