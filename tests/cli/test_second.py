"""The second coder on the command line: giving, drawing, blind lists, differences, settling."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from tests.cli.conftest import Call

from verhalen.cli import blind
from verhalen.cli.main import cli, run
from verhalen.i18n import t, tn

TALK = "ANNA: Ik sliep niet vannacht.\n\nBERT: En de kinderen?\n\nANNA: De gezinnen hiernaast ook niet.\n"
SECRET = "Memo van Hanne."


@pytest.fixture
def talk(call: Call, tmp_path: Path) -> str:
    """A text that Hanne coded in two turns, with a memo; give the text."""
    path = tmp_path / "anna.txt"
    path.write_text(TALK, "utf-8")
    call("import", str(path))
    text: str = call("text", "1")[1]["text"]
    at = text.index("Ik sliep")
    assert call("code", "1", str(at), str(at + 13), "rol.vertrouwen", "--memo", SECRET)[0] == 0
    at = text.index("De gezinnen")
    assert call("code", "1", str(at), str(at + 11), "ld.won")[0] == 0
    return text


def code(call: Call, text: str, words: str, key: str, coder: str) -> None:
    at = text.index(words)
    assert call("code", "1", str(at), str(at + len(words)), key, coder=coder)[0] == 0


def test_from_giving_to_the_consensus(call: Call, talk: str) -> None:
    exit_code, [task] = call("second", "give", "1", "--coder", "Jan")
    assert exit_code == 0
    assert (task["number"], task["title"], task["coder"], task["back"], task["seed"]) == (1, "anna", "Jan", None, None)
    assert call("second", "give", "1", "--coder", "jan") == (0, [])
    code(call, talk, "niet vannacht", "rol.vertrouwen", "Jan")
    code(call, talk, "En de kinderen", "ld.won", "Jan")
    assert call("agreement", coder="Jan")[1]["error"]["code"] == "codes_blind"
    assert call("second", "differences", "1", coder="Jan")[1]["error"]["code"] == "codes_blind"
    _, [row] = call("second", "list", "--open")
    assert (row["turns"], row["coded"], row["coded_by_others"], row["concluded"]) == (3, 2, 2, False)
    assert call("second", "list", coder="Jan")[1][0]["coded_by_others"] == 0
    assert call("second", "back", "--coder", "Jan")[1][0]["task"] == task["task"]
    _, found = call("second", "differences", "1")
    assert [(each["text"][:6], each["code"], each["state"]) for each in found] == [
        ("En de ", "ld.won", "open"),
        ("De gez", "ld.won", "open"),
    ]
    assert found[0]["coders"] == ["Hanne", "Jan"]
    assert [len(side) for side in found[0]["given"]] == [0, 1]
    _, table = call("agreement", "--disagreements")
    assert sum(len(each["disagreements"]) for each in table) == len(found)
    assert len(call("second", "differences", "1", "--all")[1]) == 3
    first, second = (str(each["start"]) for each in found)
    _, ticked = call("second", "tick", "1", first, "ld.won", "--note", "Nog eens lezen.")
    assert (ticked["state"], ticked["note"], ticked["by"]) == ("discussed", "Nog eens lezen.", "Hanne")
    assert call("second", "conclude", "1")[0] == 2
    _, settled = call("second", "settle", "1", first, "ld.won", "--as", "not")
    assert (settled["state"], settled["consensus"]) == ("settled", [])
    _, settled = call("second", "settle", "1", second, "ld.won", "--as", "first")
    assert [each["start"] for each in settled["consensus"]] == [int(second)]
    assert call("second", "settle", "1", second, "ld.won", "--as", "second")[0] == 2
    assert call("second", "agreed", "1", "--borders", "both") == (0, {"settled": 1, "existed": 0})
    assert call("second", "conclude", "1") == (0, {"concluded": True, "settled": 0, "existed": 1})
    assert call("second", "list")[1][0]["concluded"] is True
    assert len([each for each in call("codings")[1] if each["coder"] == "Consensus"]) == 2
    assert call("second", "conclude", "1", "--off") == (0, {"concluded": False})
    _, again = call("second", "reopen", "1", second, "ld.won")
    assert (again["state"], again["consensus"]) == ("open", [])


def test_bad_input_changes_nothing(call: Call, talk: str) -> None:
    before = call("check")[1]["digest"]
    for words in (
        ("give", "9", "--coder", "Jan"),
        ("give", "1", "--coder", " "),
        ("give", "1", "--coder", "Consensus"),
        ("draw", "--share", "0", "--coder", "Jan"),
        ("draw", "--share", "nan", "--coder", "Jan"),
        ("back",),
        ("back", "--coder", "Jan"),
        ("drop", "nonsense"),
        ("differences", "1"),
        ("settle", "1", "0", "ld.won", "--as", "first"),
        ("settle", "1", "0", "ld.won", "--as", "third"),
        ("tick", "1", "0", "geen.code"),
        ("conclude", "1", "--off"),
    ):
        exit_code, said = call("second", *words)
        assert exit_code == 2, words
        assert said["error"]["code"] != "fault", words
    assert call("check")[1]["digest"] == before


def test_a_draw_prints_its_seed_and_can_be_dropped(call: Call, talk: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, drawn = call("second", "draw", "--share", "100", "--seed", "42", "--coder", "Jan")
    assert exit_code == 0
    assert (drawn["seed"], drawn["among"], drawn["unusual"]) == (42, 1, True)
    assert [each["drawn"] for each in drawn["tasks"]] == ["1/1"]
    assert call("second", "draw", "--coder", "Mia")[0] == 2
    assert call("second", "drop", drawn["tasks"][0]["task"]) == (0, {"dropped": 1})
    assert call("second", "list") == (0, [])
    assert call("undo")[0] == 0
    assert call("second", "list")[1][0]["seed"] == 42


LISTED: dict[str, tuple[str, ...]] = {
    "codebook sheet": ("-o", "OUT/blad.docx"),
    "memos export": ("-o", "OUT/memos.md"),
    "crosstab": ("--by", "role"),
    "quotes": ("--code", "rol.vertrouwen", "--by", "role"),
    "cooccurrence": (),
    "typology": ("--instrument", "sociale_balans", "--code", "ld.won"),
    "verdict families": ("--instrument", "sociale_balans"),
    "joint": ("J1", "--instrument", "sociale_balans"),
}
"""What a listing command needs to say anything at all."""


@pytest.mark.parametrize("command", sorted(blind.LISTING))
def test_every_list_hides_the_codings_of_others_while_a_task_is_open(
    call: Call, talk: str, tmp_path: Path, command: str
) -> None:
    words = [word.replace("OUT", str(tmp_path)) for word in LISTED.get(command, ())]
    seen = call(*command.split(), *words)
    code(call, talk, "En de kinderen", "ld.kin", "Jan")
    call("second", "give", "1", "--coder", "Jan")
    exit_code, hidden = call(*command.split(), *words, coder="Jan")
    assert (exit_code, seen[0]) == (0, 0), (hidden, seen)
    assert SECRET not in str(hidden)
    for written in tmp_path.glob("memos.md"):
        assert SECRET not in written.read_text("utf-8")
    if command in ("sources", "codings", "codebook", "memos"):
        assert seen[1] != hidden


def test_lists_show_own_codings_and_counts_only(call: Call, talk: str) -> None:
    code(call, talk, "En de kinderen", "ld.kin", "Jan")
    call("second", "give", "1", "--coder", "Jan")
    assert {each["coder"] for each in call("codings", coder="Jan")[1]} == {"Jan"}
    assert {each["coder"] for each in call("codings")[1]} == {"Hanne", "Jan"}
    assert call("sources", coder="Jan")[1][0]["codings"] == 1
    counts = {each["key"]: each["codings"] for each in call("codebook", coder="Jan")[1]}
    assert (counts["rol.vertrouwen"], counts["ld.won"]) == (0, 0)
    assert "code" not in {each["act"] for each in call("history", coder="Jan")[1] if each["coder"] == "Hanne"}


def test_what_gives_everything_out_is_refused_and_own_work_goes_on(call: Call, talk: str, tmp_path: Path) -> None:
    call("second", "give", "1", "--coder", "Jan")
    for words in (
        ("export", str(tmp_path / "alles.qdpx")),
        ("export", str(tmp_path / "alles.csv")),
        ("tables", str(tmp_path / "tabel.csv")),
        ("agreement",),
    ):
        exit_code, said = call(*words, coder="Jan")
        assert (exit_code, said["error"]["code"]) == (2, "codes_blind"), words
    assert list(tmp_path.glob("alles*")) == list(tmp_path.glob("tabel*")) == []
    assert call("report", "new", str(tmp_path / "raad.md"), coder="Jan")[0] == 0
    built = call("report", "build", str(tmp_path / "raad.md"), "-o", str(tmp_path / "raad.docx"), coder="Jan")
    assert (built[0], built[1]["error"]["code"]) == (2, "codes_blind")
    code(call, talk, "En de kinderen", "ld.kin", "Jan")
    _, undone = call("undo", coder="Jan")
    assert undone["label"].endswith("in bron 1")
    assert call("codebook", "merge", "ld.kin", "ld.won", coder="Jan")[0] == 0


def test_the_names_of_listing_commands_exist() -> None:
    def paths(command: click.Command, path: tuple[str, ...]) -> set[str]:
        found = {" ".join(path)}
        if isinstance(command, click.Group):
            for name, below in command.commands.items():
                found |= paths(below, (*path, name))
        return found

    assert paths(cli, ()) >= blind.LISTING


def test_people_read_sentences(call: Call, talk: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code(call, talk, "En de kinderen", "ld.won", "Jan")

    def say(*words: str) -> str:
        capsys.readouterr()
        assert run(["-w", str(workspace), "--coder", "Hanne", "second", *words]) == 0
        both = capsys.readouterr()
        return both.out + both.err

    def settled(done: int) -> str:
        return tn("{done} of {n} settled.", "{done} of {n} settled.", 3, done=done)

    drawn = say("draw", "--share", "100", "--seed", "3", "--coder", "Jan")
    said = "Drawn with seed {seed}: {n} text of {among}."
    assert tn(said, said, 1, seed=3, among=1) in drawn
    assert t("Usually 10 to 25 % of the texts is coded twice.") in drawn
    unknown = t(
        "Nobody called {coder} has worked in this project yet. It must be the name that he or she works under.",
        coder="Jna",
    )
    assert unknown not in drawn
    assert unknown in say("give", "1", "--coder", "Jna")
    assert "3 (1/1)" in say("list")
    assert t("{coder} still codes blind.", coder="Jan") not in say("back", "1", "--coder", "Jan")
    assert settled(0) in say("differences", "1")
    assert t("Settled: {code}.", code="ld.won") in say(
        "settle", "1", str(talk.index("De gezinnen")), "ld.won", "--as", "first"
    )
    assert settled(1) in say("differences", "1")
