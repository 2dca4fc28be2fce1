"""Codes beside codes, typology, tables and the page, as their user meets them: numbers, sentences, refusals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.telling_made import telling_project

from verhalen.api.project import open_project
from verhalen.cli.main import run
from verhalen.coding.editing import Intent

Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command on families of whom four tell of the cold at home; give its exit code and all that it said."""
    with telling_project(tmp_path) as project:
        for source in project.sources.all("story"):
            if "G002" in project.sources.text(source.id).text:
                project.codings.apply(Intent(source.id, 0, 8, "huis"))
                project.codings.apply(Intent(source.id, 4, 16, "huis"))

    def do(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(["-w", str(tmp_path / "w"), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return do


def read(said: tuple[int, str]) -> Any:
    assert said[0] == 0, said[1]
    return json.loads(said[1])


def test_a_pair_of_codes_is_counted_and_opened(say: Say) -> None:
    found = read(say("cooccurrence", "--json"))
    assert [(each["key"], each["n"]) for each in found["codes"]] == [("huis", 1), ("kou", 4)]
    assert found["pairs"] == [{"a": "huis", "b": "kou", "n": 1, "coefficient": 0.25}]
    [behind] = read(say("cooccurrence", "--behind", "kou,huis", "--json"))
    assert (behind["left"]["text"], behind["right"]["text"]) == ("was het koud", "Bij G002 was het")
    assert len(behind["right"]["coding_ids"]) == 2
    assert behind["left"]["family"] == "G002"


def test_people_get_sentences(say: Say) -> None:
    assert "0,25" in say("cooccurrence")[1]
    code, said = say("typology", "--code", "kou", "--instrument", "balans")
    assert code == 0
    assert "2 (1-3)" in said


@pytest.mark.parametrize(
    "words",
    [
        ("cooccurrence", "--codes", "niets"),
        ("cooccurrence", "--how", "near", "--distance", "-1"),
        ("cooccurrence", "--behind", "kou"),
        ("cooccurrence", "--query", "kou en ("),
        ("cooccurrence", "-o", "samen.doc"),
        ("typology", "--code", "niets", "--instrument", "balans"),
        ("typology", "--code", "kou", "--instrument", "niets"),
        ("typology", "--code", "kou", "--instrument", "balans", "--window", "400"),
        ("tables", "uit.doc"),
        ("report", "page", "raad.md", "-o", "raad.docx"),
        ("report", "page", "er-is-niets.md", "-o", "raad.html"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    say: Say, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "uit"
    place.mkdir()
    monkeypatch.chdir(place)
    code, said = say(*words)
    assert code == 2
    assert "Traceback" not in said
    assert "koud" not in said
    assert list(place.iterdir()) == []


def test_a_slip_of_the_finger_gets_the_nearest_name_and_the_help_of_that_command(say: Say) -> None:
    assert "Bedoel je huis?" in say("cooccurrence", "--codes", "huiss")[1]
    assert "Bedoel je huis?" in say("typology", "--code", "huiss", "--instrument", "balans")[1]
    assert "Bedoel je huis?" in say("joint", "J5", "--code", "huiss")[1]
    assert "verhalen crosstab --help" in say("crosstab")[1]


def test_a_page_is_guarded_as_the_word_report_is(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raad.md").write_text(
        "---\npubliek: raad\ninstrument: balans\n---\n\n# Bereik\n\n{{tabel bereik}}\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    built = read(say("report", "page", "raad.md", "-o", "raad.html", "--json"))
    word = read(say("report", "build", "raad.md", "-o", "raad.docx", "--json"))
    assert {**built, "path": ""} | {"warnings": []} == {**word, "path": ""} | {"warnings": []}
    text = (tmp_path / "raad.html").read_text("utf-8")
    assert '<html lang="nl-BE">' in text
    assert "G001" not in text


def test_coding_blind_hides_nothing_here_but_in_the_door(tmp_path: Path) -> None:
    with telling_project(tmp_path) as project:
        project.hide_others(True)
        assert [line.key for line in project.relating.cooccurrence().rows] == ["kou"]  # Hanne's own
    with open_project(tmp_path / "w", coder="Jan") as project:
        project.hide_others(True)
        assert project.relating.cooccurrence().rows == ()
        found = project.relating.typology("kou", instrument="balans")
        assert [families for group, families in found.groups.items() if group.value == "telling"] == [()]
