"""Memos on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call


def test_memos_are_written_listed_changed_and_removed(call: Call, tmp_path: Path) -> None:
    (tmp_path / "anna.txt").write_text("ANNA: Ik sliep niet.\nBERT: En de kinderen?\n", "utf-8")
    call("import", str(tmp_path / "anna.txt"))
    code, made = call("memo", "add", "1@10", "Ze aarzelt.")
    assert code == 0
    call("memo", "add", "project", "Eerste lezing klaar.")
    _, rows = call("memos")
    assert [set(row) for row in rows] == 2 * [{"memo_id", "kind", "target", "label", "text", "coder", "created"}]
    assert [(row["kind"], row["target"], row["text"]) for row in rows] == [
        ("project", "project", "Eerste lezing klaar."),
        ("turn", "1@6", "Ze aarzelt."),
    ]
    assert [row["memo_id"] for row in call("memos", "--target", "1")[1]] == [made["memo_id"]]
    assert call("memo", "change", made["memo_id"], "Ze aarzelt lang.") == (0, {})
    assert [row["text"] for row in call("memos", "--find", "lang")[1]] == ["Ze aarzelt lang."]
    assert call("memo", "remove", made["memo_id"], coder="Jan")[1]["error"]["code"] == "not_your_memo"
    assert call("memo", "remove", made["memo_id"]) == (0, {})
    assert call("memo", "remove", made["memo_id"])[1]["error"]["code"] == "unknown_memo"
    assert call("memo", "add", "geen.code", "Hm.")[1]["error"]["code"] == "unknown_target"
    call("undo")
    out = tmp_path / "memos.csv"
    assert call("memos", "export", "-o", str(out)) == (0, {"path": str(out), "memos": 2})
    assert "beurt" in out.read_text("utf-8-sig")
