"""Going back in the history on the command line."""

from __future__ import annotations

from tests.cli.conftest import Call


def test_going_back_first_says_what_it_would_do_and_then_does_it(call: Call) -> None:
    call("families", "add", "G901")
    point = call("history", "--limit", "1")[1][0]["change"]
    before = call("check")[1]["digest"]
    call("memo", "add", "project", "Een.")
    call("families", "add", "G902")
    call("memo", "add", "G902", "Van Jan.", coder="Jan")
    after = call("check")[1]["digest"]
    code, said = call("history", "back", point)
    assert (code, len(said["would_undo"]), said["undone"]) == (0, 2, [])
    assert call("check")[1]["digest"] == after
    code, said = call("history", "back", point, "--yes")
    assert (code, len(said["undone"]), said["refused"], said["others"]) == (0, 2, [], 1)
    assert call("check")[1]["digest"] != before
    code, said = call("history", "forth")
    assert (code, len(said["redone"]), said["refused"]) == (0, 2, [])
    assert call("check")[1]["digest"] == after
    assert call("history", "back", "0" * 13)[1]["error"]["code"] == "unknown_change"
    assert len(call("history", "--limit", "3")[1]) == 3
