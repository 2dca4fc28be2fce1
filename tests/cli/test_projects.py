"""A project to and from another program on the command line: what leaves is said, what cannot be kept is listed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.cli.conftest import Call
from tests.exchange.refi.foreign_made import ATLAS, NVIVO, QUOTES

from verhalen.cli.main import run


def test_import_answers_with_what_came_how_places_were_counted_and_what_was_lost(call: Call, tmp_path: Path) -> None:
    path = ATLAS.write(
        tmp_path / "p.qdpx", xml=ATLAS.xml().replace("<Sources>", "<Sources><TextSource guid='x' name='Weg'/>")
    )
    code, said = call("import", str(path))
    assert code == 1
    assert (said["sources"], said["codes"], said["codings"], said["coders"], said["sidecar"]) == (1, 2, 5, 1, False)
    assert (said["offset_model"], said["offset_sure"]) == ("codepoints-crlf1", True)
    best = said["offset_scores"][0]
    assert best == {"model": "codepoints-crlf1", "selections": 5, "starts": 5, "ends": 5, "quotes": 5}
    assert [(each["kind"], each["n"]) for each in said["discarded"]] == [("no_text", 1)]
    (source,) = said["source_ids"]
    assert [each["text"] for each in call("codings", "--source", source)[1]] == list(QUOTES)


def test_unsure_places_are_an_error_without_a_terminal_until_somebody_says(call: Call, tmp_path: Path) -> None:
    text = "Een\nkort 😀 woord."
    xml = NVIVO.xml(text).replace("</TextSource>", NVIVO.selection(100, text, "woord", 11) + "</TextSource>")
    path = NVIVO.write(tmp_path / "p.qdpx", text, xml=xml)
    code, said = call("import", str(path))
    assert (code, said["error"]["code"]) == (2, "unsure_places")
    assert "utf16" in said["error"]["message"]
    assert call("import", str(path), "--offset-model", "utf-8")[1]["error"]["code"] == "bad_input"
    assert call("import", str(path), "--offset-model", "utf16")[1]["codings"] == 1


def test_a_project_of_another_program_goes_alone_and_unmasked(call: Call, tmp_path: Path) -> None:
    path = ATLAS.write(tmp_path / "p.qdpx")
    other = tmp_path / "los.txt"
    other.write_text("Anna: Dag.\n", "utf-8")
    for words in ((str(path), str(other)), (str(path), "--mask", "auto")):
        assert call("import", *words)[1]["error"]["code"] == "bad_input"
    assert call("sources")[1] == []


def test_export_says_what_leaves_and_comes_back(
    call: Call, workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("import", str(ATLAS.write(tmp_path / "p.qdpx")))
    out = tmp_path / "uit.qdpx"
    code, said = call("export", str(out))
    assert (code, said["sources"], said["codings"], said["wide"]) == (0, 1, 5, 1)
    assert said["sidecar"] == str(tmp_path / "uit.verhalen.json")
    assert run(["-w", str(workspace), "export", str(out), "--for", "nvivo"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "5" in told.out
    assert run(["-w", str(workspace), "export", str(tmp_path / "uit.odt")]) == 2


def test_all_codings_go_into_a_table(call: Call, tmp_path: Path) -> None:
    call("import", str(ATLAS.write(tmp_path / "p.qdpx")))
    for name in ("uit.csv", "uit.xlsx", "uit.sav"):
        assert call("export", str(tmp_path / name))[1]["codings"] == 5
    lines = (tmp_path / "uit.csv").read_text("utf-8").splitlines()
    assert [line.split(";")[14] for line in lines[1:]] == list(QUOTES)
    assert lines[2].split(";")[5:8] == ["thema.slaap", "Thema > Slaap", "Jan"]
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx", read_only=True)
    assert {"coderingen", "gezinnen", "aantallen", "codes", "codeboek"} <= set(book.sheetnames)
