"""Each example of docs/queries.md works on the shipped demo, in the app's words and on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.analysis.test_querying import fill
from tools.messages import ROOT

from verhalen.api.project import Project, new_project
from verhalen.model.codebook import Code
from verhalen.model.query import FragmentQuery
from verhalen.model.query_parser import parse
from verhalen.model.query_tree import FIELDS, UNITS, WORDS

PAGE = (ROOT / "docs" / "queries.md").read_text("utf-8")
EXAMPLES = [
    example
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for example in re.findall(r"`([^`]+)`", line.split("|")[1])
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A talk, a story, and the two codes of the page."""
    folder = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(Path(folder) / "home"))
        with new_project(folder / "w", coder="Hanne", empty=True) as made:
            fill(made, folder)
            for key, name in (("ld.won", "Wonen"), ("ld.soc", "Mensen")):
                made.codes.add(Code(key, name))
            yield made


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_page_works(asked: Project, example: str) -> None:
    assert isinstance(asked.codings.fragments(FragmentQuery(expression=example)), list)


def test_examples_in_both_languages_are_the_same_question() -> None:
    cells = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `") and "`, `" in line]
    pairs = [re.findall(r"`([^`]+)`", cell) for cell in cells]
    assert len(pairs) >= 10
    same = [pair for pair in pairs if parse(pair[0]) == parse(pair[1])]
    assert len(same) >= len(pairs) - 6  # roles, valences and answers are told apart later


def test_the_page_names_every_word_of_the_language() -> None:
    missing = [word for word in (*WORDS, *FIELDS) if word not in PAGE and word not in ("kleur",)]
    assert missing == []
    assert {"woorden", "beurten", "alinea's"} <= set(UNITS)
