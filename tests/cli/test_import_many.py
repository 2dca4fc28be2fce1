"""`verhalen import` of folders and archives: rows for scripts, a bar and a summary for people, ctrl+c for whoever waits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.readers.archives_made import TALK, zipped

from verhalen.cli.main import run
from verhalen.exchange import intake
from verhalen.i18n import set_language
from verhalen.language import lemmas

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command; its exit code, stdout and stderr, in English."""
    set_language("en")

    def do(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["-w", str(workspace), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return do


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with two talks, an empty file, a photograph, a mark of Word and an archive."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in {
        "a 2.txt": TALK,
        "a 10.txt": TALK + "!",
        "leeg.txt": "",
        "foto.jpg": "x",
        "~$a.docx": "",
    }.items():
        (folder / name).write_text(text, "utf-8")
    zipped(folder / "oud.zip", [("map/c.txt", TALK + "?"), ("binnen.zip", "x")])
    return folder


def rows(said: str) -> list[tuple[str, str | None]]:
    found: list[dict[str, Any]] = json.loads(said)
    return [(row["file"], row["error"] and row["error"]["code"]) for row in found]


def test_a_folder_gives_one_row_per_file_and_exit_code_1_where_some_fail(call: Call, inbox: Path) -> None:
    code, out, err = call("import", str(inbox), "--json")
    assert code == 1
    assert err == ""
    assert rows(out) == [
        ("in/a 2.txt", None),
        ("in/a 10.txt", None),
        ("in/leeg.txt", "empty"),
        ("in/oud.zip › map/c.txt", None),
        ("in/foto.jpg", "unknown_format"),
        ("in/oud.zip › binnen.zip", "packed"),
    ]
    titles = [each["title"] for each in json.loads(call("sources", "--json")[1])]
    assert titles == ["a 2", "a 10", "c"]


def test_people_get_a_line_per_file_and_a_summary(call: Call, inbox: Path) -> None:
    code, out, err = call("import", str(inbox))
    assert code == 1
    assert out.splitlines()[0].startswith("in/a 2.txt: source 1, ")
    stored, refused, unknown, system = out.splitlines()[-4:]
    assert stored == "3 files imported."
    assert refused == "2 files did not get in; the reasons stand above."
    assert unknown.startswith("Left out because of their kind: 1 × .jpg. Save what is a text as .docx, ")
    assert system == "1 hidden or system file was passed over."
    assert "in/leeg.txt holds no text." in err


def test_many_photographs_are_counted_not_named(call: Call, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "x.zip", [("a.txt", TALK), *[(f"{n}.jpg", "x") for n in range(40)]])
    code, out, err = call("import", str(archive))
    assert code == 1
    assert "40 × .jpg" in out
    assert err == ""


def test_all_of_a_good_folder_is_exit_code_0(call: Call, inbox: Path) -> None:
    for name in ("leeg.txt", "foto.jpg", "oud.zip"):
        (inbox / name).unlink()
    code, out, _ = call("import", str(inbox))
    assert (code, out.splitlines()[-2]) == (0, "2 files imported.")


def test_the_same_folder_again_imports_nothing_and_says_why(call: Call, inbox: Path) -> None:
    call("import", str(inbox))
    code, out, _ = call("import", str(inbox))
    assert code == 2
    assert out.splitlines()[:2] == ["0 files imported.", "3 files were imported before."]


def test_a_folder_with_nothing_to_read_is_exit_code_2(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Thumbs.db").touch()
    assert call("import", str(tmp_path / "in"), "--json")[:2] == (2, "[]\n")


def test_one_file_needs_no_summary(call: Call, inbox: Path) -> None:
    code, out, _ = call("import", str(inbox / "a 2.txt"))
    assert code == 0
    assert out.splitlines()[0].startswith("a 2.txt: source 1, ")
    assert "imported." not in out


def test_ctrl_c_finishes_the_file_in_hand_and_tells_the_rest(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zipped(tmp_path / "x.zip", [(f"{n}.txt", f"{TALK}{n}") for n in range(4)])
    real = intake.store_reviewed

    def pressed(*given: Any, **named: Any) -> int:
        number = real(*given, **named)
        if number and given[1].title == "1":
            signal.raise_signal(signal.SIGINT)
        return number

    monkeypatch.setattr(intake, "store_reviewed", pressed)
    before = signal.getsignal(signal.SIGINT)
    code, out, err = call("import", str(archive), "--json")
    assert code == 1
    assert [error for _, error in rows(out)] == [None, None, "stopped", "stopped"]
    assert err == "Stopping after this file. Ctrl+C once more stops at once.\n"
    assert signal.getsignal(signal.SIGINT) is before
    monkeypatch.setattr(intake, "store_reviewed", real)
    assert len(json.loads(call("sources", "--json")[1])) == 2
    code, out, _ = call("import", str(archive))
    assert out.splitlines()[-2:] == ["2 files imported.", "2 files were imported before."]


def test_a_second_ctrl_c_stops_at_once_and_leaves_nothing_of_the_file(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zipped(tmp_path / "x.zip", [(f"{n}.txt", f"{TALK}{n}") for n in range(3)])
    real = lemmas.lemma_text

    def impatient(text: str) -> str:
        if text.endswith("1"):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
        return real(text)

    monkeypatch.setattr(intake, "lemma_text", impatient)
    code, out, _ = call("import", str(archive))
    assert code == 1
    assert out.splitlines()[-2] == "1 file imported."
    assert out.splitlines()[-1].startswith("Stopped: 2 files were not read.")
    assert len(json.loads(call("sources", "--json")[1])) == 1
    assert call("check")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="this system has no pseudo-terminals")
def test_a_terminal_shows_a_bar_and_the_lines_behind_it(workspace: Path, tmp_path: Path) -> None:
    import pty

    archive = zipped(tmp_path / "x.zip", [(f"{n}.txt", f"{TALK}{n}") for n in range(3)])
    mine, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "verhalen", "--lang", "en", "-w", str(workspace), "import", str(archive)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(mine, 4096):
            seen += piece
    except OSError:
        pass  # Linux: the other side was closed
    os.close(mine)
    out = done.communicate()[0]
    assert done.returncode == 0
    assert b"Importing" in seen
    assert b"3/3" in seen
    assert "x.zip › 1.txt".encode() in seen
    assert out.splitlines()[-1] == "3 files imported."
