"""Score sheets and instruments on the command line: previews, columns of other programs, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Call

from verhalen.cli.main import run

SHEET = "Nr;Dag;Naam;Inkomen\nG001;12/03/2026;Jan;goed\nG001;13/03/2026;Jan;9\n"


@pytest.fixture
def sheet(tmp_path: Path, call: Call) -> str:
    assert call("families", "add", "G001")[0] == 0
    path = tmp_path / "uit.csv"
    path.write_text(SHEET, "utf-8")
    return str(path)


def test_columns_are_kept_previewed_and_then_used(call: Call, sheet: str) -> None:
    words = ("--set", "Nr=gezin", "--set", "Dag=datum", "--set", "Naam=-", "--set", "Inkomen=huishouden.inkomen")
    code, kept = call("scores", "mapping", "Export", *words, "--value", "Inkomen:goed=4")
    assert (code, kept["columns"]["Naam"], kept["values"]) == (0, "-", {"Inkomen": {"goed": "4"}})
    code, seen = call("scores", "import", sheet, "--preview")
    assert (code, seen["skipped"], seen["would"]["new"]) == (1, ["Naam"], 1)
    assert [each["row"] for each in seen["would"]["errors"]] == [3]
    assert [(each["column"], each["meaning"]) for each in seen["sheets"][0]["columns"]] == [
        ("Nr", "gezin"),
        ("Dag", "datum"),
        ("Inkomen", "huishouden.inkomen"),
    ]
    assert call("scores", "import", sheet)[0] == 2
    code, done = call("scores", "import", sheet, "--skip-bad-rows", "--mapping", "Export")
    assert (code, done["new"], done["changed"], done["mapping"]) == (1, 1, 0, "Export")
    assert call("scores", "mapping", "Export", "--remove")[0] == 0
    assert call("scores", "mappings") == (0, [])
    assert call("scores", "mapping", "Export")[1]["error"]["code"] == "unknown_mapping"


def test_a_sheet_with_other_columns_says_how_to_name_them(
    workspace: Path, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", str(workspace), "scores", "import", sheet]) == 2
    assert "verhalen scores mapping --help" in capsys.readouterr().err


@pytest.mark.parametrize("given", [("--set", "Nr"), ("--set", "=gezin"), ("--value", "Nr=3"), ("--set", "Nr=naam")])
def test_a_mapping_that_says_nothing_is_refused(call: Call, given: tuple[str, str]) -> None:
    code, said = call("scores", "mapping", "Export", *given)
    assert (code, said["error"]["code"]) == (2, "bad_input")


def test_scores_and_instruments_go_out_and_refuse_what_they_cannot_write(call: Call, tmp_path: Path) -> None:
    assert call("instruments", "template", "-o", str(tmp_path / "ons.yaml"))[0] == 0
    code, [ours] = call("instruments", "import", str(tmp_path / "ons.yaml"))
    assert (code, ours["items"], ours["version"], ours["retired"]) == (0, 3, 1, [])
    assert (
        call("instruments", "export", "weg", "-o", str(tmp_path / "x.yaml"))[1]["error"]["code"] == "unknown_instrument"
    )
    for words in (("-o", str(tmp_path / "x.pdf")), ("-o", str(tmp_path / "x.sav"), "--wide")):
        code, said = call("scores", "export", *words)
        assert (code, said["error"]["code"], list(tmp_path.glob("x.*"))) == (2, "bad_input", [])
