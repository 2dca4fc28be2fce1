"""Places that were found become proposals, and those that were accepted get their code in one change."""

from __future__ import annotations

import pytest
from tests.builders import add_text, correct_words

from verhalen import errors
from verhalen.api.codes import Codes
from verhalen.api.codings import Codings, Extent, Proposal
from verhalen.api.history import History
from verhalen.api.sources import Sources
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.store.project import ProjectFile

TALK = "Anna: Ik bel de coach. De coach komt, zegt hij.\nBert: Welke coach?\n"


@pytest.fixture
def coded(project: ProjectFile) -> ProjectFile:
    """One talk and one code."""
    add_text(project, TALK)
    add_text(project, "Cas: Mijn coach luistert.\n", "cas")
    Codes(project).add(Code("rol", "Rol"))
    return project


def proposals(project: ProjectFile, extent: Extent) -> list[Proposal]:
    places = [(hit.source_id, hit.start, hit.stop) for hit in Sources(project).search("coach")]
    return Codings(project).propose(places, code="rol", extent=extent)


@pytest.mark.parametrize(
    ("extent", "texts"),
    [
        (Extent.WORDS, ["coach", "coach", "coach", "coach"]),
        (
            Extent.SENTENCE,
            ["Ik bel de coach.", "De coach komt, zegt hij.", "Welke coach?", "Mijn coach luistert."],
        ),
        (Extent.TURN, ["Ik bel de coach. De coach komt, zegt hij.", "Welke coach?", "Mijn coach luistert."]),
    ],
)
def test_a_place_becomes_words_sentence_or_turn_without_the_label(
    coded: ProjectFile, extent: Extent, texts: list[str]
) -> None:
    assert [each.text for each in proposals(coded, extent)] == texts


def test_accepted_proposals_are_one_change_with_its_own_name_and_one_undo(coded: ProjectFile) -> None:
    found = proposals(coded, Extent.SENTENCE)
    Codings(coded).autocode(found[:3], code="rol")
    history = History(coded)
    change = history.entries(limit=1)[0]
    assert change.act is Act.AUTOCODE
    assert "rol" in history.label(change)
    assert len(Codings(coded).fragments()) == 3
    history.undo()
    assert Codings(coded).fragments() == []
    assert history.check().problems == ()


def test_what_has_the_code_already_is_said_and_not_made_twice(coded: ProjectFile) -> None:
    first = proposals(coded, Extent.WORDS)[0]
    Codings(coded).autocode([first], code="rol")
    assert [each.existed for each in proposals(coded, Extent.WORDS)] == [True, False, False, False]
    assert [each.existed for each in Codings(coded).autocode(proposals(coded, Extent.WORDS), code="rol")] == [
        True,
        False,
        False,
        False,
    ]
    assert len(Codings(coded).fragments()) == 4


def test_nothing_is_coded_when_a_text_was_corrected_meanwhile(coded: ProjectFile) -> None:
    found = proposals(coded, Extent.WORDS)
    correct_words(coded, found[0].source_id, "bel", "telefoneer")
    with pytest.raises(errors.StaleText):
        Codings(coded).autocode(found, code="rol")
    assert Codings(coded).fragments() == []
