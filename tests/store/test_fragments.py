"""Pages of fragments: together they are the whole list, in reading order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import add_code, add_family, add_text, code_words, find

from verhalen.coding import editing
from verhalen.model.query import FragmentQuery
from verhalen.store import codings
from verhalen.store.project import ProjectFile

TEXT = "Anna: een twee drie vier vijf zes zeven acht."


@pytest.fixture
def coded(project: ProjectFile, jan: ProjectFile) -> ProjectFile:
    first, second = add_text(project, TEXT, "eerst"), add_text(project, TEXT, "daarna")
    for key, parent in (("rol", None), ("rol.tempo", "rol"), ("uit", None)):
        add_code(project, key, parent=parent)
    for source, words, key in (
        (second, "vijf", "rol.tempo"),
        (first, "acht", "rol"),
        (first, "twee drie", "rol.tempo"),
    ):
        code_words(project, source, words, key)
    for source, words, key in ((first, "zes", "rol.tempo"), (second, "een", "uit"), (first, "twee drie", "uit")):
        code_words(jan, source, words, key)
    family = add_family(project, "G001")
    editing.mention(project, first, find(project, first, "twee drie vier"), family_id=family)
    return project


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (FragmentQuery(code="rol.tempo"), ["twee drie", "zes", "vijf"]),
        (FragmentQuery(code="rol"), ["twee drie", "zes", "acht", "vijf"]),
        (FragmentQuery(coder="Jan"), ["twee drie", "zes", "een"]),
        (FragmentQuery(code="rol", coder="Hanne"), ["twee drie", "acht", "vijf"]),
        (FragmentQuery(family="G001"), ["twee drie", "twee drie"]),
        (FragmentQuery(), ["twee drie", "twee drie", "zes", "acht", "een", "vijf"]),
    ],
)
def test_pages_together_are_the_whole_list(coded: ProjectFile, query: FragmentQuery, expected: list[str]) -> None:
    whole = codings.fragments(coded, query)
    assert [each.text for each in whole] == expected
    pages = [codings.fragments(coded, replace(query, limit=2, offset=start)) for start in range(0, len(whole) + 2, 2)]
    assert [each for page in pages for each in page] == whole


def test_a_fragment_knows_its_speaker_and_whom_it_is_about(coded: ProjectFile) -> None:
    first = codings.fragments(coded, FragmentQuery(code="rol.tempo", limit=1))[0]
    assert (first.speaker, first.about, first.source_title) == ("Anna", ("G001",), "eerst")
