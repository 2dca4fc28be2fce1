"""The codebook on the command line: what a script or a colleague without the app can do."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call

TALK = "ANNA: Ik sliep niet. De huur is te hoog.\nCOACH: Vertel eens.\n"


def rows(call: Call) -> dict[str, dict[str, object]]:
    return {row["key"]: row for row in call("codebook")[1]}


def test_a_code_is_added_edited_moved_and_put_out_of_use(call: Call) -> None:
    code, made = call("codebook", "add", "rol.nieuw", "Nieuw", "--under", "rol", "--touches", "WON, PSY")
    assert (code, made) == (0, {"key": "rol.nieuw", "alike": []})
    assert call("codebook", "edit", "rol.nieuw", "--key", "rol.ander", "--name", "Wonen")[1] == {
        "key": "rol.ander",
        "alike": ["ld.won"],
    }
    assert call("codebook", "move", "rol.ander", "--under", "ld", "--place", "1") == (
        0,
        {"key": "rol.ander", "parent": "ld"},
    )
    call("codebook", "deprecate", "rol.ander")
    found = rows(call)["rol.ander"]
    assert (found["name"], found["parent"], found["touches"], found["deprecated"]) == (
        "Wonen",
        "ld",
        ["WON", "PSY"],
        True,
    )
    keys = list(rows(call))
    assert keys.index("rol.ander") == keys.index("ld") + 1
    call("codebook", "deprecate", "rol.ander", "--back")
    assert rows(call)["rol.ander"]["deprecated"] is False


def test_what_the_codebook_cannot_hold_is_refused_by_name(call: Call) -> None:
    assert call("codebook", "add", "Met Spatie", "Naam")[1]["error"]["code"] == "bad_code"
    assert call("codebook", "add", "rol", "Rol")[1]["error"]["code"] == "code_exists"
    assert call("codebook", "move", "rol", "--under", "rol.vertrouwen")[1]["error"]["code"] == "code_below_itself"
    assert call("codebook", "remove", "rol")[1]["error"]["code"] == "code_in_use"
    assert call("codebook", "edit", "nergens", "--name", "X")[1]["error"]["code"] == "unknown_code"


def test_a_merge_is_planned_done_and_undone(call: Call, tmp_path: Path) -> None:
    (tmp_path / "praat.txt").write_text(TALK, "utf-8")
    call("import", str(tmp_path / "praat.txt"))
    for key, start, stop in (("ld.won", "6", "20"), ("ld.ink", "6", "20"), ("ld.won", "10", "30")):
        call("code", "1", start, stop, key)
    before = call("check")[1]["digest"]
    _, plan = call("codebook", "merge", "ld.won", "ld.ink", "--plan")
    assert plan == {"done": False, "codings": 2, "joined": 1, "overlapping": 1, "children": [], "memos": 0}
    assert call("check")[1]["digest"] == before
    _, done = call("codebook", "merge", "ld.won", "ld.ink", "--overlaps")
    assert (done["done"], done["joined"], done["overlapping"]) == (True, 2, 0)
    assert [(row["code"], row["start"], row["stop"]) for row in call("codings")[1]] == [("ld.ink", 6, 30)]
    call("undo")
    assert call("check")[1]["digest"] == before


def test_the_sheet_is_a_word_file(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "blad.docx"
    assert call("codebook", "sheet", "-o", str(target))[0] == 0
    assert target.read_bytes()[:2] == b"PK"
    assert call("codebook", "sheet", "-o", str(tmp_path / "blad.pdf"))[1]["error"]["code"] == "unknown_format"
