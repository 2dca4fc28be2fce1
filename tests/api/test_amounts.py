"""Texts without end and names without end: masking refuses them in a sentence, and what is only counted says how far it looked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from verhalen.api.project import Project, new_project
from verhalen.api.sources import Imported, Mask
from verhalen.errors import TooLarge
from verhalen.i18n import set_language


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    """An empty project, in English."""
    set_language("en")
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as made:
        yield made


def brought(work: Project, text: str, mask: Mask) -> Imported:
    path = work.workspace.parent / "lang.txt"
    path.write_text(text, "utf-8")
    [found] = work.sources.import_files([path], mask=mask)
    return found


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a b " * 500_001, "1000002 words; at most 1000000 words"),
        ("".join(f"0471 {at // 100:02} {at % 100:02} 11\n" for at in range(5_001)), "5001 names; at most 5000 names"),
        ("Mieke Peeters,\n" * 20_001, "20001 places; at most 20000 places"),
    ],
    ids=["words", "names", "places"],
)
def test_more_than_anybody_would_look_through_is_not_masked_but_refused(work: Project, text: str, size: str) -> None:
    before = work.history.check().digest
    found = brought(work, text, "auto")
    assert isinstance(found.error, TooLarge)
    assert str(found.error) == f"lang.txt is too large ({size}). Split it and import the parts. Nothing was changed."
    assert work.sources.all() == []
    assert work.history.check().digest == before


def test_a_text_of_more_lines_than_fifty_talks_is_refused(work: Project) -> None:
    found = brought(work, "Anna: ja\n" * 200_001, "none")
    assert "200001 lines; at most 200000 lines" in str(found.error)


@pytest.mark.slow
def test_a_million_blank_lines_are_no_lines(work: Project) -> None:
    found = brought(work, "Anna: ja\nBert: nee\n" + "\n" * 1_000_000 + "Anna: ja\nBert: nee\n", "none")
    assert [(each.name, each.turns) for each in found.speakers] == [("Anna", 2), ("Bert", 2)]


def test_names_at_the_end_of_an_endless_text_are_said_not_to_be_counted(work: Project) -> None:
    found = brought(work, "woord " * 170_000 + "Mieke Peeters\n", "none")
    assert [str(each) for each in found.warnings] == [
        "The text is very long: only its first 1000000 characters were looked through for names."
    ]
