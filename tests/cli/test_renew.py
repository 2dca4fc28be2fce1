"""`verhalen renew`: nothing without --yes, one change with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Call

OLD = "ANNA: Ik sleip niet.\nBERT: En de kinderen?\nANNA: De gezinnen hiernaast kwamen elke avond eten.\n"
NEW = OLD.replace("sleip", "sliep").replace("BERT: En de kinderen?\n", "")


@pytest.fixture
def files(tmp_path: Path, call: Call) -> tuple[Path, Path]:
    """A file that was imported and coded, and its newer version."""
    old, new = tmp_path / "anna.txt", tmp_path / "anna-2.txt"
    old.write_text(OLD, "utf-8")
    new.write_text(NEW, "utf-8")
    call("import", str(old))
    for words in ("Ik sleip niet", "En de kinderen?", "De gezinnen"):
        start = OLD.index(words)
        assert call("code", "1", str(start), str(start + len(words)), "rol.vertrouwen")[0] == 0
    return old, new


def test_renew_without_yes_only_says_what_would_happen(call: Call, files: tuple[Path, Path]) -> None:
    digest = call("check")[1]["digest"]
    code, row = call("renew", "1", str(files[1]))
    assert code == 0
    assert not row["stored"]
    assert [(each["found"], each["old"], each["new"]) for each in row["review"]] == [
        ("changed", "Ik sleip niet", "Ik sliep niet"),
        ("gone", "En de kinderen?", None),
    ]
    assert (row["kept"], len(row["ended"])) == (2, 1)
    assert call("check")[1]["digest"] == digest


def test_renew_with_yes_stores_and_undo_brings_text_codings_and_file_back(
    call: Call, files: tuple[Path, Path], tmp_path: Path
) -> None:
    digest = call("check")[1]["digest"]
    dropped = call("renew", "1", str(files[1]))[1]["review"][0]["id"]
    code, row = call("renew", "1", str(files[1]), "--yes", "--drop", dropped)
    assert (code, row["stored"], row["kept"]) == (0, True, 1)
    assert [each["text"] for each in call("codings")[1]] == ["De gezinnen"]
    call("original", "1", "-o", str(tmp_path / "uit.txt"))
    assert (tmp_path / "uit.txt").read_text("utf-8") == NEW
    assert call("undo")[0] == 0
    assert call("check")[1] == {"ok": True, "digest": digest, "problems": []}
    call("original", "1", "-o", str(tmp_path / "uit.txt"))
    assert (tmp_path / "uit.txt").read_text("utf-8") == OLD


def test_renew_refuses_what_was_read_before_and_an_unknown_coding(call: Call, files: tuple[Path, Path]) -> None:
    code, said = call("renew", "1", str(files[0]))
    assert (code, said["error"]["code"]) == (2, "already_imported")
    code, said = call("renew", "1", str(files[1]), "--yes", "--drop", "0000000000000")
    assert (code, said["error"]["code"]) == (2, "unknown_coding")
