"""Cleaning up a project on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from verhalen.cli.main import run


def test_compact_first_says_what_would_go_and_then_does_it(call: Call) -> None:
    number = call("memo", "add", "project", "Een.")[1]["memo_id"]
    for words in ("Twee.", "Drie."):
        assert call("memo", "change", number, words)[0] == 0
    changed = call("history", "--limit", "1")[1][0]["change"]
    before = call("check")[1]["digest"]
    assert call("compact")[1]["images"] == 0
    code, said = call("compact", "--all")
    assert (code, said["done"], said["images"], said["changes"], said["clean"]) == (0, False, 2, 3, True)
    assert call("history", "--limit", "1")[1][0]["change"] == changed
    code, done = call("compact", "--all", "--yes")
    assert (code, done["done"], done["images"], done["changes"], done["clean"]) == (0, True, 2, 3, True)
    assert call("history", "--limit", "1")[1][0]["act"] == "compact"
    assert call("check")[1] == {"ok": True, "digest": before, "problems": []}
    code, said = call("undo", changed)
    assert (code, said["error"]["code"]) == (2, "nothing_kept")
    code, said = call("compact", "--days", "0", "--yes")
    assert (code, said["images"]) == (0, 0)


def test_what_it_says_offers_a_copy_first(workspace: Path, call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    number = call("memo", "add", "project", "Een.")[1]["memo_id"]
    call("memo", "change", number, "Twee.")
    capsys.readouterr()
    assert run(["-w", str(workspace), "compact", "--all"]) == 0
    said = capsys.readouterr().out
    assert "1 vroegere toestand van een rij" in said
    assert "verhalen backup -o BESTAND" in said
    assert re.search(r"Dat geeft ongeveer [\d.,]+ kB van [\d.,]+ (kB|MB) terug\.", said)
    assert run(["-w", str(workspace), "compact", "--all", "--yes"]) == 0
    assert re.search(r"Het bestand was [\d.,]+ (kB|MB) en is nu [\d.,]+ (kB|MB)\.", capsys.readouterr().out)


def test_days_below_zero_are_refused(call: Call) -> None:
    code, said = call("compact", "--days", "-1")
    assert (code, said["error"]["code"]) == (2, "usage")
