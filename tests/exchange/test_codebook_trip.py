"""A codebook that was edited in every way goes to a file and comes back into another project with nothing lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import examples
from tests.exchange.test_codebook_files import MARKUP

from verhalen import errors
from verhalen.api.codes import Edit
from verhalen.api.project import Project, new_project
from verhalen.model.codebook import Code

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
WORDS = st.lists(st.one_of(MARKUP, ANY, st.tuples(MARKUP, ANY).map("".join)), max_size=5).map("\n".join)
LINKS = st.lists(st.sampled_from(["WON", "PSY", "KIN", "SCH"]), unique=True, max_size=3).map(tuple)
EDITS = st.builds(
    Edit,
    name=st.one_of(st.none(), WORDS),
    definition=st.one_of(st.none(), WORDS),
    include=st.one_of(st.none(), WORDS),
    exclude=st.one_of(st.none(), WORDS),
    colour=st.sampled_from([None, "", "#2f6f9f", "#ABCDEF"]),
    deprecated=st.sampled_from([None, True, False]),
    evidence=st.one_of(st.none(), LINKS),
    touches=st.one_of(st.none(), LINKS),
)
TRIP = settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_numbers = itertools.count()


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Project]:
    """Ten codes: a chain deeper than headings go, and some beside it."""
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as made:
        above: str | None = None
        for key in "abcdefgh":
            above = made.codes.add(Code(key, f"Code {key}", parent=above), last=True).key
        for key in ("x", "y"):
            made.codes.add(Code(key, f"Code {key}"), last=True)
        yield made


def told(project: Project) -> list[Code]:
    """The codes in the order of the tree, without what is only this project's: ids, counts, and gaps in the numbering."""
    return [replace(code, id=0, codings=0, position=0) for code in project.codes.book()]


@TRIP
@given(data=st.data(), suffix=st.sampled_from([".md", ".csv"]))
def test_what_was_edited_and_moved_comes_back_whole(
    edited: Project, tmp_path: Path, data: st.DataObject, suffix: str
) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        codes = list(edited.codes.book())
        number = data.draw(st.sampled_from(codes)).id
        try:
            edited.codes.edit(number, data.draw(EDITS))
            parent = data.draw(st.sampled_from([None, *(code.key for code in codes)]))
            edited.codes.move(number, parent=parent, place=data.draw(st.sampled_from([None, 0, 1, 2])))
        except (errors.BadCode, errors.CodeBelowItself):
            continue  # no name left, or a ring; nothing was changed

    file = tmp_path / f"boek{suffix}"
    edited.codes.export_file(file)
    with new_project(tmp_path / f"w{next(_numbers)}", coder="Jan", empty=True) as other:
        assert other.codes.import_file(file)[:2] == (10, 0)
        assert told(other) == told(edited)
        again = tmp_path / f"weer{suffix}"
        other.codes.export_file(again)
        assert again.read_bytes() == file.read_bytes()
    assert edited.codes.import_file(file)[:2] == (0, 0)
