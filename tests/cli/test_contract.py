"""The command line is a contract: names, JSON shapes, exit codes, and nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from verhalen.cli import texts
from verhalen.cli.main import run

TALK = "ANNA: Ik sliep niet 👩‍👧 vannacht.\n\nBERT: En de kinderen?\n\nANNA: De gezinnen hiernaast ook niet.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "anna.txt"
    path.write_text(TALK, "utf-8")
    return path


def test_import_answers_with_the_shape_of_the_contract(call: Call, talk: Path) -> None:
    code, [row] = call("import", str(talk))
    assert code == 0
    assert row["file"] == "anna.txt"
    assert row["title"] == "anna"
    assert len(row["source_id"]) == 13
    assert row["turns"] == 3
    assert row["speakers"] == [{"name": "ANNA", "turns": 2}, {"name": "BERT", "turns": 1}]
    assert row["error"] is None


def test_text_is_given_exactly_with_turns_that_point_into_it(call: Call, talk: Path) -> None:
    call("import", str(talk))
    code, found = call("text", "1")
    assert code == 0
    assert found["text"] == TALK.rstrip("\n") or found["text"] == TALK
    words = [found["text"][turn["start"] : turn["stop"]] for turn in found["turns"]]
    assert words == ["Ik sliep niet 👩‍👧 vannacht.", "En de kinderen?", "De gezinnen hiernaast ook niet."]


def test_original_comes_back_byte_for_byte(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "dos.txt"
    path.write_bytes("\ufeffANNA: ja\r\nBERT: nee\r\nANNA: goed\r\nBERT: tja\r\n".encode())
    call("import", str(path))
    out = tmp_path / "terug.txt"
    code, _ = call("original", "1", "-o", str(out))
    assert code == 0
    assert out.read_bytes() == path.read_bytes()


def test_code_uncode_undo_redo_come_back_to_the_same_digest(call: Call, talk: Path) -> None:
    call("import", str(talk))
    _, before = call("check")
    code, made = call("code", "1", "6", "14", "rol.vertrouwen", "--valence", "negative")
    assert (code, made["existed"]) == (0, False)
    _, again = call("code", "1", "6", "14", "rol.vertrouwen")
    assert again == {"coding_id": made["coding_id"], "existed": True}
    _, after = call("check")
    _, undone = call("undo")
    assert call("check")[1]["digest"] == before["digest"]
    assert undone["label"] == "ongedaan gemaakt: code 'rol.vertrouwen' in bron 1"
    call("redo")
    assert call("check")[1]["digest"] == after["digest"]
    assert call("uncode", made["coding_id"]) == (0, {})
    assert call("codings") == (0, [])


def test_codings_carry_text_speaker_and_coder(call: Call, talk: Path) -> None:
    call("import", str(talk))
    call("code", "1", "6", "14", "rol.vertrouwen", "--memo", "kijk na")
    _, [row] = call("codings", "--code", "rol.vertrouwen")
    assert (row["text"], row["speaker"], row["coder"], row["valence"], row["memo"]) == (
        "Ik sliep",
        "ANNA",
        "Hanne",
        "none",
        "kijk na",
    )
    assert (row["family"], row["about"]) == (None, [])


@pytest.mark.parametrize(("start", "stop"), [("5", "5"), ("9", "4"), ("0", "100000")])
def test_a_span_outside_the_text_is_refused_with_its_length(call: Call, talk: Path, start: str, stop: str) -> None:
    call("import", str(talk))
    code, answer = call("code", "1", start, stop, "rol.vertrouwen")
    assert code == 2
    assert answer["error"]["code"] == "bad_span"
    assert str(len(call("text", "1")[1]["text"])) in answer["error"]["message"]


def test_an_import_that_fails_in_part_says_so_and_leaves_nothing_of_the_bad_file(
    call: Call, talk: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "leeg.txt"
    bad.write_bytes(b"")
    code, rows = call("import", str(bad), str(talk))
    assert code == 1
    assert [row["error"] and row["error"]["code"] for row in rows] == ["empty", None]
    assert len(call("sources")[1]) == 1


def test_importing_only_bad_files_exits_with_2_and_still_prints_its_list(call: Call, tmp_path: Path) -> None:
    code, [row] = call("import", str(tmp_path / "nergens.txt"))
    assert code == 2
    assert row["error"]["code"] == "unreadable"
    assert row["source_id"] is None


def test_undo_refuses_by_name_where_a_colleague_built_on_it(call: Call, talk: Path) -> None:
    call("import", str(talk))
    call("code", "1", "6", "14", "rol.vertrouwen", coder="Jan")
    code, answer = call("undo")
    assert code == 2
    assert answer["error"]["code"] == "cannot_undo"
    assert "Jan" in answer["error"]["message"]
    assert len(call("codings")[1]) == 1


def test_nothing_to_undo_is_exit_code_2(call: Call) -> None:
    code, answer = call("undo", coder="Nieuw")
    assert (code, answer["error"]["code"]) == (2, "nothing_to_undo")


def test_json_may_stand_before_the_command(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["--json", "-w", str(workspace), "sources"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_usage_errors_are_json_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["-w", str(workspace), "code", "1", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "usage"


def test_new_refuses_a_workspace_that_exists(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["new", str(workspace), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "workspace_exists"


def test_no_project_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-w", str(tmp_path), "sources"]) == 2
    said = capsys.readouterr().err
    assert "verhalen new" in said
    assert "Traceback" not in said


def test_an_encrypted_project_opens_with_its_passphrase_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "geheim"
    monkeypatch.setenv("VERHALEN_PASSPHRASE", "een lange zin")
    assert run(["new", str(folder), "--encrypt", "--codebook", "none"]) == 0
    assert b"SQLite format" not in (folder / "project.verhalen").read_bytes()[:32]
    assert run(["-w", str(folder), "sources"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("VERHALEN_PASSPHRASE", "fout")
    assert run(["-w", str(folder), "sources", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "wrong_passphrase"
    monkeypatch.delenv("VERHALEN_PASSPHRASE")
    assert run(["-w", str(folder), "sources", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "needs_passphrase"


def test_a_correction_moves_codings_and_undo_brings_all_back(call: Call, talk: Path) -> None:
    call("import", str(talk))
    call("code", "1", "6", "20", "rol.vertrouwen")
    _, before = call("check")
    _, done = call("correct", "1", "9", "14", "heb geslapen, of")
    assert done["moved"] > 0
    assert call("codings")[1][0]["text"] == "Ik heb geslapen, of niet "
    call("undo")
    assert call("check")[1]["digest"] == before["digest"]


def test_backup_is_a_project_of_its_own(call: Call, talk: Path, tmp_path: Path) -> None:
    call("import", str(talk))
    copy = tmp_path / "kopie" / "project.verhalen"
    copy.parent.mkdir()
    assert call("backup", "-o", str(copy))[0] == 0
    assert run(["-w", str(copy.parent), "check"]) == 0


def test_withdraw_first_says_what_would_go(call: Call, talk: Path) -> None:
    call("import", str(talk))
    _, plan = call("withdraw", "1")
    assert plan["removed"] == {}
    assert plan["would_remove"]["source"] == 1
    assert len(call("sources")[1]) == 1
    code, done = call("withdraw", "1", "--yes")
    assert code == 0
    assert done["removed"]["source"] == 1
    assert call("sources") == (0, [])
    code, [row] = call("import", str(talk))
    assert (code, row["error"]["code"]) == (2, "withdrawn")


def test_search_finds_other_forms_of_a_word(call: Call, talk: Path) -> None:
    call("import", str(talk))
    _, hits = call("search", "gezin")
    assert [hit["text"] for hit in hits] == ["gezinnen"]
    assert call("search", "gezin", "--exact")[1] == []


def test_search_says_how_many_places_it_does_not_show(
    call: Call, workspace: Path, talk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(texts, "_SHOWN", 1)
    call("import", str(talk))
    assert run(["-w", str(workspace), "--lang", "en", "search", "niet"]) == 0
    first, *said = capsys.readouterr().out.splitlines()
    assert "[niet]" in first
    assert said[0].startswith("2 ")
    assert len(said) == 2


def test_search_looks_inside_words_and_by_expression(call: Call, talk: Path) -> None:
    call("import", str(talk))
    assert [hit["text"] for hit in call("search", "zinn", "--inside")[1]] == ["gezinnen"]
    assert [hit["text"] for hit in call("search", "ge.innen", "--regex")[1]] == ["gezinnen"]
    code, said = call("search", "(ge", "--regex")
    assert (code, said["error"]["code"]) == (2, "bad_pattern")


def test_codings_are_asked_in_the_query_language(call: Call, talk: Path) -> None:
    call("import", str(talk))
    call("code", "1", "6", "14", "rol.vertrouwen")
    assert len(call("codings", "--query", "rol en niet codeur=Hanne")[1]) == 0
    assert [row["code"] for row in call("codings", "--query", "rol.vertrouwen")[1]] == ["rol.vertrouwen"]
    code, said = call("codings", "--query", "rol en")
    assert (code, said["error"]["code"]) == (2, "bad_query")
    assert "7" in said["error"]["message"]


def test_history_names_every_change(call: Call, talk: Path) -> None:
    call("import", str(talk))
    call("code", "1", "6", "14", "rol.vertrouwen")
    _, rows = call("history")
    assert rows[0]["label"] == "code 'rol.vertrouwen' in bron 1"
    assert rows[1]["act"] == "import"
    assert {"change", "act", "label", "coder", "time", "undoes", "undone"} == set(rows[0])
