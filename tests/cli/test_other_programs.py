"""`import` of a project of QualCoder or RQDA: its JSON, its lines, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.exchange.other.databases import QUALCODER, coded, make

from verhalen.api.project import new_project
from verhalen.cli.main import run

TALK = "Anna: Ik sliep slecht die week.\nCoach: En nu?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERHALEN_NO_APP", "1")
    new_project(tmp_path / "w", coder="Hanne", empty=True).close()
    rows = [*coded(TALK, ["Ik sliep slecht"]), {**coded(TALK, ["En nu?"])[0], "seltext": "verzonnen woorden"}]
    make(
        tmp_path / "oud.qda/data.qda",
        QUALCODER["v6"],
        {
            "source": [{"id": 1, "name": "anna", "fulltext": TALK}],
            "code_name": [{"cid": 1, "name": "Slaap"}],
            "code_text": rows,
            "cases": [{"caseid": 1, "name": "Anna Peeters"}],
        },
    )
    return tmp_path


def test_the_answer_says_what_came_and_what_was_lost(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["-w", str(folder / "w"), "--json", "import", str(folder / "oud.qda")])
    said = json.loads(capsys.readouterr().out)
    assert (code, said["sources"], said["codes"], said["codings"], said["families"]) == (1, 1, 1, 1, 0)
    assert (said["offset_model"], said["share"]) == ("codepoints", 0.5)
    assert said["lost"] == [{"source": "anna", "code": "slaap", "start": 39, "now": None}]
    assert {each["kind"]: each["n"] for each in said["discarded"]} == {"coding_lost": 1, "case_names": 1, "no_date": 1}
    assert "Peeters" not in json.dumps(said)
    assert "verzonnen" not in json.dumps(said)


def test_cases_may_get_a_fresh_code_and_keep_their_names_outside(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["-w", str(folder / "w"), "import", str(folder / "oud.qda"), "--cases", "new"])
    capsys.readouterr()
    run(["-w", str(folder / "w"), "--json", "families"])
    said = capsys.readouterr().out
    assert [each["family"] for each in json.loads(said)] == ["G001C"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["oud.qda", "brief.txt"], "bad_input"),
        (["oud.qda", "--mask", "auto"], "bad_input"),
        (["oud.qda", "--offset-model", "raar"], "bad_input"),
        (["weg.rqda"], "unreadable"),
        (["brief.rqda"], "bad_exchange"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_stored(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], problem: str
) -> None:
    (folder / "brief.txt").write_text("Dag.", "utf-8")
    (folder / "brief.rqda").write_text("Dag.", "utf-8")
    given = [str(folder / each) if "." in each else each for each in words]
    assert run(["-w", str(folder / "w"), "--json", "import", *given]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == problem
    run(["-w", str(folder / "w"), "--json", "sources"])
    assert json.loads(capsys.readouterr().out) == []
