"""Joint displays and verdicts on the command line: shapes, options that belong elsewhere, files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.joint_made import furnished

from verhalen.cli.main import run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with furnished(tmp_path):
        pass
    return tmp_path / "w"


def said(workspace: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Exit code and JSON."""
    capsys.readouterr()
    code = run(["-w", str(workspace), "--coder", "Hanne", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def lines(workspace: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """What a person reads."""
    capsys.readouterr()
    assert run(["-w", str(workspace), "--coder", "Hanne", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_the_suggestion_is_shown_to_people_only_when_they_ask(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, asked = (lines(workspace, capsys, "joint", "J1", "--by-domain", *more) for more in ((), ("--suggest",)))
    assert not [line for line in plain if "spreekt tegen" in line]
    assert [line for line in asked if line.startswith("Wonen (WON)") and "spreekt tegen" in line]
    code, rows = said(workspace, capsys, "joint", "J1", "--by-domain")
    home = next(row for row in rows if row["key"] == "WON")
    assert (code, home["suggestion"], home["down"], home["voices"]) == (
        0, "spreekt_tegen", 4, {"up": 2, "neither": 0, "down": 0},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("joint", "J2"), {"classes", "rows"}),
        (("joint", "J3"), {"family", "coach", "not_agreed", "notes", "history", "since", "lines"}),
        (
            ("joint", "J4"),
            {"items", "lines", "without_question", "untold", "bare_lines", "unasked", "theory"},
        ),
        (("joint", "J5"), {"speaking", "rows", "unnamed"}),
        (
            ("verdict", "families"),
            {"family", "apart", "numbers", "words", "open", "since", "history", "domains"},
        ),
    ],
)
def test_every_display_has_the_shape_of_docs(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], keys: set[str]
) -> None:
    code, found = said(workspace, capsys, *words)
    assert (code, set(found[0] if isinstance(found, list) else found)) == (0, keys)


def test_a_verdict_is_written_listed_with_its_history_and_undone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(workspace, capsys, "verdict")[1] == []
    for relation, why in (("stil", "We weten het nog niet."), ("spreekt_tegen", "De huizen zijn slechter.")):
        code, made = said(workspace, capsys, "verdict", "add", "WON", relation, "--why", why)
        assert (code, made["relation"], made["who"]) == (0, relation, "Hanne")
    (found,) = said(workspace, capsys, "verdict")[1]
    assert (found["target"], found["sentence"], len(found["history"])) == ("WON", "De huizen zijn slechter.", 2)
    assert said(workspace, capsys, "undo")[0] == 0
    assert said(workspace, capsys, "verdict")[1][0]["relation"] == "stil"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("joint", "J2", "--suggest"), "bad_input"),
        (("joint", "J1", "--family", "G001"), "bad_input"),
        (("joint", "J1", "--border", "2"), "bad_input"),
        (("joint", "J1", "--fewest", "0"), "bad_input"),
        (("joint", "J1", "--instrument", "bestaat_niet"), "unknown_instrument"),
        (("joint", "J3", "--family", "G999"), "unknown_family"),
        (("joint", "J5", "--code", "bestaat.niet"), "unknown_code"),
        (("joint", "J4", "--theory", "bestaat_niet.md"), "unreadable"),
        (("joint", "J4", "--theory", "theorie.docx"), "unknown_format"),
        (("joint", "J6"), "usage"),
        (("verdict", "add", "WON", "stil", "--why", "Nee."), "bad_input"),
        (("verdict", "add", "WOM", "stil", "--why", "Dit is een zin."), "bad_input"),
        (("verdict", "add", "WON", "misschien", "--why", "Dit is een zin."), "usage"),
    ],
)
def test_bad_input_says_what_is_wrong_and_changes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    found = said(workspace, capsys, *words)
    assert (found[0], found[1]["error"]["code"]) == (2, code)
    assert said(workspace, capsys, "verdict")[1] == []


@pytest.mark.parametrize("display", ["J1", "J2", "J3", "J4", "J5"])
def test_a_display_fits_a_narrow_terminal_and_is_written(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(len(line) for line in lines(workspace, capsys, "joint", display)) <= 80
    code, made = said(workspace, capsys, "joint", display, "-o", str(workspace / "uit.csv"))
    assert (code, made["rows"] > 0, (workspace / "uit.csv").is_file()) == (0, True, True)


def test_one_family_fits_a_narrow_terminal_too(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said_lines = lines(workspace, capsys, "joint", "J3", "--family", "G001")
    assert max(map(len, said_lines)) <= 80
    assert [line for line in said_lines if line.startswith("Wonen") and "moeder +" in line]


def test_bytes_that_are_no_text_are_no_theory_of_change(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "codebooks" / "veranderingstheorie.md"
    path.write_bytes(bytes(range(256)) * 40)
    code, found = said(workspace, capsys, "joint", "J4")
    assert (code, found["error"]["code"]) == (2, "not_what_it_says")
    assert "veranderingstheorie.md" in found["error"]["message"]


def test_a_project_without_anything_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", str(tmp_path / "leeg")]) == 0
    for display in ("J1", "J2", "J3", "J4", "J5"):
        assert lines(tmp_path / "leeg", capsys, "joint", display)
    assert said(tmp_path / "leeg", capsys, "verdict", "families")[1] == []
