"""Speakers and families on the command line: shapes, refusals with a way out, and undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verhalen.cli.main import run

Call = Callable[..., tuple[int, Any]]
TALK = "Joris: Hoe gaat het?\n\nMieke: Ik sliep niet.\n\nBuiten: een bel.\n\nM.: Nu wel.\n\nJoris: Goed.\n"
PERSONS = "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\n"


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in a workspace with one talk, and give its exit code and JSON."""
    folder = str(tmp_path / "w")

    def do(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run(["-w", folder, *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    assert run(["new", folder, "--codebook", "none"]) == 0
    for name, content in (
        ("families.csv", "gezin;gemeente\nG001;Oudermeer\nG002;Lindebeke\n"),
        ("persons.csv", PERSONS),
    ):
        (tmp_path / name).write_text(content, "utf-8")
        assert do("families", "import", str(tmp_path / name))[0] == 0
    (tmp_path / "gesprek.txt").write_text(TALK, "utf-8")
    assert do("import", str(tmp_path / "gesprek.txt"))[0] == 0
    return do


def names(call: Call) -> list[str]:
    return [each["name"] for each in call("speakers", "1")[1]]


def test_speakers_are_listed_with_their_share(call: Call) -> None:
    code, said = call("speakers", "1")
    assert code == 0
    assert said[0] == {
        "name": "Joris", "turns": 2, "words": 4, "share": 4 / 11, "person": None, "role": "", "maybe": None,
    }  # fmt: skip
    assert [(each["name"], each["maybe"]) for each in said[1:]] == [("Mieke", None), ("Buiten", None), ("M.", "Mieke")]


def test_names_are_put_right_and_undone(call: Call) -> None:
    assert [each["name"] for each in call("speakers", "1", "--merge", "M.=Mieke")[1]] == ["Joris", "Mieke", "Buiten"]
    assert call("speakers", "1", "--drop", "Buiten")[0] == 0
    assert call("speakers", "1", "--rename", "Mieke=Rina")[0] == 0
    assert names(call) == ["Joris", "Rina"]
    for _ in range(3):
        assert call("undo")[0] == 0
    assert names(call) == ["Joris", "Mieke", "Buiten", "M."]


@pytest.mark.parametrize("person", ["G001.moeder", "G001/moeder"])
def test_a_speaker_is_linked_to_a_person_and_let_go(call: Call, person: str) -> None:
    said = call("speakers", "1", "--link", f"Mieke={person}")[1]
    assert (said[1]["person"], said[1]["role"]) == ("G001.moeder", "ouder")
    said = call("speakers", "1", "--unlink", "Mieke")[1]
    assert (said[1]["person"], said[1]["role"]) == (None, "")


def test_a_speaker_has_a_role_without_a_family(call: Call) -> None:
    said = call("speakers", "1", "--link", "Joris", "--role", "gezinscoach")[1]
    assert (said[0]["person"], said[0]["role"]) == (None, "gezinscoach")


def test_the_contracted_link_stays(call: Call) -> None:
    assert call("speakers", "link", "1", "Mieke", "G001.moeder") == (0, {})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--rename", "Mieke"], "bad_input"),
        (["--rename", "Mieke="], "bad_input"),
        (["--rename", "M.=Mieke"], "speaker_exists"),
        (["--drop", "Wim"], "unknown_person"),
        (["--merge", "M.=Wim"], "unknown_person"),
        (["--merge", "M.=Mieke", "--merge", "Mieke=M."], "bad_input"),
        (["--merge", "M.=Mieke", "--drop", "Buiten"], "bad_input"),
        (["--link", "Mieke"], "bad_input"),
        (["--link", "Mieke=G009.oma"], "unknown_person"),
        (["--role", "ouder"], "bad_input"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_changes(call: Call, words: list[str], code: str) -> None:
    before = call("check")[1]["digest"]
    exit_code, said = call("speakers", "1", *words)
    assert (exit_code, said["error"]["code"]) == (2, code)
    assert call("check")[1]["digest"] == before


def test_different_people_are_not_merged(call: Call) -> None:
    call("speakers", "1", "--link", "Mieke=G001.moeder")
    call("speakers", "1", "--link", "M.", "--role", "gezinscoach")
    assert call("speakers", "1", "--merge", "M.=Mieke")[1]["error"]["code"] == "speakers_differ"


def test_a_piece_is_about_several_families_in_one_change(call: Call) -> None:
    assert call("about", "1", "0", "20", "G001", "G002") == (0, {"about": ["G001", "G002"]})
    assert call("about", "1", "5", "9", "G001", "--take-back") == (0, {"about": ["G002"]})
    assert call("undo")[0] == 0
    assert call("undo")[0] == 0
    assert call("about", "1", "0", "20", "G002") == (0, {"about": ["G002"]})


@pytest.mark.parametrize(
    ("words", "code"),
    [(["0", "20", "G009"], "unknown_family"), (["5", "5", "G001"], "bad_span"), (["0", "9999", "G001"], "bad_span")],
)
def test_a_wrong_family_or_place_is_refused(call: Call, words: list[str], code: str) -> None:
    exit_code, said = call("about", "1", *words)
    assert (exit_code, said["error"]["code"]) == (2, code)
