"""`crosstab` and `quotes` as scripts and people see them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.analysis.crossing_made import make
from tests.builders import code_words
from tests.copies import copied

from verhalen.cli.main import run
from verhalen.model.act import Act


def _made(folder: Path) -> None:
    with make(folder) as project:
        speakers = [number for (number,) in project.rows("select id from speaker order by id limit 2")]
        people = [number for (number,) in project.rows("select id from person order by id limit 2")]
        with project.change(Act.LINK_SPEAKER) as writing:
            for speaker, person in zip(speakers, people, strict=True):
                writing.execute("update speaker set person_id = ? where id = ?", (person, speaker))
        source = project.number("select min(id) from source")
        code_words(project, source, "Ik sliep niet", "ld.won")
        code_words(project, source, "de huur was te hoog", "ld.won.huur")
        code_words(project, source, "Nu gaat het beter", "ld.ink")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    copied(_made, tmp_path / "w")
    return tmp_path / "w"


def test_a_table_has_totals_and_the_n_of_each_column(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-w", str(workspace), "crosstab", "--by", "gemeente", "--measure", "row_percent", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["by"], said["lines"], said["unit"], said["whose"]) == ("gemeente", "code", "codings", "own")
    assert [(each["key"], each["n"], each["total"], each["families"]) for each in said["columns"]] == [
        ("Ranst", 1, 1, 1),
        ("Zandhoven", 2, 2, 1),
        ("", 0, 0, 1),
    ]
    row = next(each for each in said["rows"] if each["key"] == "ld.won")
    assert (row["cells"], row["total"], row["shown"]) == ([0, 2, 0], 2, [0, 100, 0])
    assert said["total"] == 3


def test_tests_count_families(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-w", str(workspace), "crosstab", "--by", "gemeente", "--tests", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["unit"] == "families"
    tests = {each["key"]: each["test"] for each in said["rows"]}
    assert tests["ld"]["p"] is None
    assert tests["ld"]["undefined"]
    assert (tests["ld.ink"]["p"], tests["ld.ink"]["p_holm"]) == (1, 1)


def test_columns_that_do_not_fit_go_and_what_is_left_out_is_named(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert run(["-w", str(workspace), "crosstab", "--by", "speaker", "--rows", "valence"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 30
    assert lines[0].split()[:2] == ["Anna", "Bert"]
    assert any(line.startswith("1 ") for line in lines), "the column for what has no name is empty and went"


def test_quotes_say_where_each_stands(workspace: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["-w", str(workspace), "quotes", "--code", "ld.won", "--by", "taal", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (row,) = said["rows"]
    found = {each["column"]: [quote["text"] for quote in each["fragments"]] for each in row["cells"]}
    assert found == {"nl": ["Ik sliep niet", "de huur was te hoog"], "pl": [], "": []}
    assert row["cells"][0]["fragments"][0]["family"] == "G001"
    target = tmp_path / "citaten.csv"
    assert run(["-w", str(workspace), "quotes", "--code", "ld.won", "--by", "taal", "-o", str(target)]) == 0
    assert len(target.read_text("utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["crosstab", "--by", "gemeent"], "unknown_attribute", "gemeente"),
        (["crosstab", "--by", "change", "--instrument", "balan"], "unknown_instrument", "balans"),
        (["crosstab", "--by", "gemeente", "--instrument", "balan"], "unknown_instrument", "balans"),
        (["crosstab", "--by", "change", "--instrument", "balans", "--target", "X"], "unknown_domain", "SOC"),
        (["crosstab", "--by", "taal", "--query", "ld.won en"], "bad_query", "10"),
        (["quotes", "--code", "ld.wn", "--by", "taal"], "unknown_code", "ld.won"),
        (["crosstab", "--by", "taal", "-o", "tabel.pdf"], "bad_input", ".xlsx"),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest_name(
    workspace: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: str,
    hint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["-w", str(workspace), *words, "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert hint in error["message"]
    assert not (tmp_path / "tabel.pdf").exists()
