"""The commands for bundles: what they ask, say and refuse. The merging itself is a fake here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from tests.cli.conftest import Call

from verhalen import errors
from verhalen.api import bundles
from verhalen.api.bundles import Bundles
from verhalen.cli import bundles as commands
from verhalen.cli import main
from verhalen.i18n import set_language
from verhalen.model.merging import Came, OpenDecision, Partner, Sent, Side, Taken

SECRET = "drie blauwe fietsen"
TRUST = OpenDecision(
    "K1",
    "field",
    "code 'rol.vertrouwen'",
    "definitie",
    (
        Side("Hanne", "2026-03-02T09:00:00+00:00", "De coach is er."),
        Side("Jan", "2026-03-03T10:00:00+00:00", "Het gezin vertrouwt\nde coach."),
    ),
)
GONE = OpenDecision(
    "K2",
    "removed",
    "code 'rol.oud'",
    "",
    (
        Side("Hanne", "2026-03-02T09:00:00+00:00", "rol.oud"),
        Side("Jan", "2026-03-03T10:00:00+00:00", ""),
    ),
)
BROUGHT = Taken(
    changes=14,
    sources=1,
    codings=9,
    stories=2,
    snapshots=1,
    others=3,
    withdrawn=0,
    people=(Came("Jan", 12, 9, 1, 1), Came("Els", 2, 0, 1, 0)),
    decisions=(TRUST,),
)
NOTHING = Taken(0, 0, 0, 0, 0, 0, 0, (), ())


class Fake:
    """What the merging was asked, and what it answers."""

    def __init__(self) -> None:
        self.brings = BROUGHT
        self.open: list[OpenDecision] = []
        self.asked: list[tuple[str, ...]] = []
        self.passphrase: str | None = SECRET
        self.since: str | None = None
        self.needed: errors.VerhalenError = errors.NeedsBundlePassphrase()
        self.wrong: errors.VerhalenError = errors.WrongBundlePassphrase(file="jan.bundel")

    def out(self, _: Bundles, path: Path, *, passphrase: str, partner: str = "") -> Sent:
        self.asked.append(("out", path.name, passphrase, partner))
        return Sent(str(path), 14, 1, 9, 2, 1, self.since)

    def preview(self, _: Bundles, path: Path, *, passphrase: str = "") -> Taken:
        if self.passphrase is not None and not passphrase:
            raise self.needed
        if self.passphrase is not None and passphrase != self.passphrase:
            raise self.wrong
        self.asked.append(("preview", path.name, passphrase))
        return self.brings

    def take_in(self, _: Bundles, path: Path, *, passphrase: str = "") -> Taken:
        self.asked.append(("in", path.name, passphrase))
        self.open += self.brings.decisions
        return self.brings

    def decisions(self, _: Bundles) -> list[OpenDecision]:
        return list(self.open)

    def decide(self, _: Bundles, key: str, side: int) -> None:
        self.asked.append(("decide", key, str(side)))
        self.open = [each for each in self.open if each.key != key]

    def partners(self, _: Bundles) -> list[Partner]:
        return [Partner(5, "Jan", "2026-03-03T10:00:00+00:00")]

    def begin(self, folder: Path, path: Path, *, passphrase: str, coder: str) -> Taken:
        if not passphrase:
            raise self.needed
        self.asked.append(("new", folder.name, path.name, passphrase, coder))
        return self.brings


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    for name in ("out", "preview", "take_in", "decisions", "decide", "partners"):
        method = getattr(made, name)
        monkeypatch.setattr(Bundles, name, lambda *given, _do=method, **named: _do(*given, **named))
    monkeypatch.setattr(bundles, "new_from_bundle", made.begin)
    monkeypatch.setenv("VERHALEN_BUNDLE_PASSPHRASE", SECRET)
    return made


class Person:
    """Somebody at a terminal, who answers what is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.types: list[str] = []
        self.answers = "y"
        """To what is not hidden."""
        self.was_asked: list[str] = []
        self.twice: list[bool] = []
        """For each hidden question whether it was asked a second time."""
        monkeypatch.setattr(commands, "sys", SimpleNamespace(stdin=self, stderr=self))
        monkeypatch.setattr(click, "prompt", self._prompt)

    def isatty(self) -> bool:
        return True

    def _prompt(self, said: str, *, err: bool, hide_input: bool = False, **more: object) -> str:
        assert err
        self.was_asked.append(said)
        if not hide_input:
            return self.answers
        self.twice.append(bool(more.get("confirmation_prompt")))
        return self.types.pop(0)


@pytest.fixture
def person(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.delenv("VERHALEN_BUNDLE_PASSPHRASE")
    return Person(monkeypatch)


def said(workspace: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """What a person sees, in English: exit code, stdout, stderr."""
    set_language("en")
    capsys.readouterr()
    code = main.run(["-w", str(workspace), *words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


# -- out ---------------------------------------------------------------------------------------------------------------


def test_out_gives_what_went_along(fake: Fake, call: Call) -> None:
    assert call("bundle", "out", "-o", "hanne.bundel", "--for", "Jan") == (
        0,
        {
            "file": "hanne.bundel",
            "for": "Jan",
            "since": None,
            "changes": 14,
            "sources": 1,
            "codings": 9,
            "stories": 2,
            "snapshots": 1,
            "open_decisions": 0,
        },
    )
    assert fake.asked == [("out", "hanne.bundel", SECRET, "Jan")]


def test_out_says_since_when_and_how_to_tell_the_passphrase(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.since = "2026-03-01T08:00:00+00:00"
    code, out, _ = said(workspace, capsys, "bundle", "out", "-o", "hanne.bundel", "--for", "Jan")
    assert code == 0
    assert "14 changes, 1 text, 9 coded fragments, 2 stories, 1 snapshot" in out
    assert "new since the bundle of Jan of 2026-03-01" in out
    assert SECRET not in out


def test_out_asks_for_a_hidden_passphrase_twice(
    fake: Fake, person: Person, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person.types = ["vier rode emmers"]
    assert said(workspace, capsys, "bundle", "out", "-o", "hanne.bundel")[0] == 0
    assert person.twice == [True]
    assert fake.asked == [("out", "hanne.bundel", "vier rode emmers", "")]


def test_out_without_a_terminal_and_without_a_passphrase_is_refused(
    fake: Fake, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VERHALEN_BUNDLE_PASSPHRASE")
    code, answer = call("bundle", "out", "-o", "hanne.bundel")
    assert (code, answer["error"]["code"]) == (2, "needs_bundle_passphrase")
    assert fake.asked == []


def test_no_command_takes_a_passphrase_on_the_line() -> None:
    group = main.cli.commands["bundle"]
    assert isinstance(group, click.Group)
    options = {name for each in group.commands.values() for given in each.params for name in given.opts}
    assert options == {"-o", "--for", "--plan", "--yes", "--new", "file", "key", "side"}


# -- in ----------------------------------------------------------------------------------------------------------------


def test_in_with_yes_takes_it_in(fake: Fake, call: Call) -> None:
    code, answer = call("bundle", "in", "jan.bundel", "--yes")
    assert code == 0
    assert fake.asked == [("preview", "jan.bundel", SECRET), ("in", "jan.bundel", SECRET)]
    assert answer["people"] == [
        {"name": "Jan", "changes": 12, "codings": 9, "stories": 1, "snapshots": 1},
        {"name": "Els", "changes": 2, "codings": 0, "stories": 1, "snapshots": 0},
    ]
    assert answer["decisions"][0]["sides"][1] == {
        "side": 2,
        "who": "Jan",
        "time": "2026-03-03T10:00:00+00:00",
        "value": "Het gezin vertrouwt\nde coach.",
    }
    numbers = {name: answer[name] for name in ("changes", "sources", "codings", "stories", "snapshots", "others")}
    assert numbers == {"changes": 14, "sources": 1, "codings": 9, "stories": 2, "snapshots": 1, "others": 3}
    assert (answer["stored"], answer["open_decisions"], answer["clean"]) == (True, 1, True)


def test_plan_only_looks_and_counts_what_would_be_open(fake: Fake, call: Call) -> None:
    fake.open = [GONE, TRUST]
    code, answer = call("bundle", "in", "jan.bundel", "--plan")
    assert (code, answer["stored"], answer["open_decisions"]) == (0, False, 2)
    assert fake.asked == [("preview", "jan.bundel", SECRET)]


def test_in_without_a_terminal_needs_yes(fake: Fake, call: Call) -> None:
    code, answer = call("bundle", "in", "jan.bundel")
    assert (code, answer["error"]["code"]) == (2, "needs_yes")
    assert fake.asked == [("preview", "jan.bundel", SECRET)]


def test_plan_and_yes_together_are_refused(fake: Fake, call: Call) -> None:
    code, answer = call("bundle", "in", "jan.bundel", "--plan", "--yes")
    assert (code, answer["error"]["code"]) == (2, "usage")
    assert fake.asked == []


def test_a_person_sees_what_comes_before_saying_yes(
    fake: Fake, person: Person, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person.types = [SECRET]
    code, out, shown = said(workspace, capsys, "bundle", "in", "jan.bundel")
    assert code == 0
    assert person.was_asked == ["Passphrase", "Take this in? [y/N]"]
    assert person.twice == [False]
    assert "This comes in from jan.bundel:" in shown
    assert "Jan: 12 changes, 9 coded fragments, 1 story, 1 snapshot" in shown
    assert "2. Jan, 2026-03-03" in shown
    assert "Het gezin vertrouwt de coach." in shown
    assert out.splitlines() == [
        "Taken in from jan.bundel:",
        "  14 changes, 1 text, 9 coded fragments, 2 stories, 1 snapshot, 3 rows of other things",
        "1 decision is open. See it with: verhalen bundle open",
        "Undo with: verhalen undo, as long as nothing else was done.",
    ]


@pytest.mark.parametrize("answer", ["", "n", "nee", "misschien"])
def test_all_but_a_yes_takes_nothing_in(
    fake: Fake, person: Person, workspace: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    person.types, person.answers = [SECRET], answer
    assert said(workspace, capsys, "bundle", "in", "jan.bundel")[0] == 2
    assert fake.asked == [("preview", "jan.bundel", SECRET)]


@pytest.mark.parametrize("answer", ["j", "Ja", "y", " yes "])
def test_a_yes_may_be_dutch_or_english(
    fake: Fake, person: Person, workspace: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    person.types, person.answers = [SECRET], answer
    assert said(workspace, capsys, "bundle", "in", "jan.bundel")[0] == 0
    assert fake.asked[-1] == ("in", "jan.bundel", SECRET)


def test_with_json_nobody_is_asked_whether_it_comes_in(fake: Fake, person: Person, call: Call) -> None:
    person.types = [SECRET]
    code, answer = call("bundle", "in", "jan.bundel")
    assert (code, answer["error"]["code"]) == (2, "needs_yes")
    assert person.was_asked == ["Wachtzin"]


def test_what_brings_nothing_asks_nothing(fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake.brings = NOTHING
    code, out, _ = said(workspace, capsys, "bundle", "in", "jan.bundel")
    assert (code, out) == (0, "Nothing new in jan.bundel: all of it is here already.\n")


def test_what_was_withdrawn_and_ended_and_two_people_of_one_name_are_told(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.brings = replace(BROUGHT, withdrawn=31, ended=2, same_names=("Jan",), decisions=())
    before = said(workspace, capsys, "bundle", "in", "jan.bundel", "--plan")[1]
    after = said(workspace, capsys, "bundle", "in", "jan.bundel", "--yes")[1]
    assert "Withdrawn elsewhere: 31 rows go here too" in before
    assert "cannot be undone" in before
    assert "Withdrawn elsewhere: 31 rows went here too" in after
    assert "2 coded fragments end" in before
    assert "verhalen undo" not in after
    assert "Two people are called Jan." in after


def test_files_that_still_hold_words_of_what_was_withdrawn_are_named(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.brings = replace(BROUGHT, withdrawn=31, left=("transcripts/interview.md",))
    out = said(workspace, capsys, "bundle", "in", "jan.bundel", "--yes")[1]
    assert "These files beside the project still hold words of it" in out
    assert "  transcripts/interview.md\n" in out


def test_traces_that_another_window_holds_give_exit_code_1(fake: Fake, call: Call) -> None:
    fake.brings = replace(BROUGHT, withdrawn=31, clean=False)
    code, answer = call("bundle", "in", "jan.bundel", "--yes")
    assert (code, answer["clean"]) == (1, False)


def test_many_decisions_are_counted_and_not_all_shown(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.brings = replace(BROUGHT, decisions=tuple(replace(TRUST, key=f"K{n}") for n in range(25)))
    out = said(workspace, capsys, "bundle", "in", "jan.bundel", "--yes")[1]
    assert out.count("rol.vertrouwen") == 10
    assert "and 15 more" in out
    assert "25 decisions are open" in out


def test_an_encrypted_copy_of_the_project_opens_with_the_passphrase_of_the_project(
    fake: Fake, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VERHALEN_BUNDLE_PASSPHRASE")
    monkeypatch.setenv("VERHALEN_PASSPHRASE", SECRET)
    fake.needed = errors.NeedsPassphrase(path="kopie.verhalen")
    code, _ = call("bundle", "in", "kopie.verhalen", "--yes")
    assert code == 0
    assert fake.asked == [("preview", "kopie.verhalen", SECRET), ("in", "kopie.verhalen", SECRET)]


def test_a_passphrase_for_bundles_does_not_keep_a_copy_of_the_project_out(
    fake: Fake, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERHALEN_PASSPHRASE", "een lang geheim")
    fake.passphrase, fake.wrong = "een lang geheim", errors.WrongPassphrase(path="kopie.verhalen")
    assert call("bundle", "in", "kopie.verhalen", "--yes")[0] == 0


def test_the_passphrase_of_the_project_is_not_tried_on_a_bundle(
    fake: Fake, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VERHALEN_BUNDLE_PASSPHRASE")
    monkeypatch.setenv("VERHALEN_PASSPHRASE", SECRET)
    code, answer = call("bundle", "in", "jan.bundel", "--yes")
    assert (code, answer["error"]["code"]) == (2, "needs_bundle_passphrase")


# -- no project yet ----------------------------------------------------------------------------------------------------


def elsewhere(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = main.run(["-w", str(folder), "--coder", "Els", "--json", *words])
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return code, answer


def test_without_a_project_the_way_to_begin_one_is_told(
    fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, shown = said(tmp_path, capsys, "bundle", "in", "jan.bundel")
    assert code == 2
    assert "--new" in shown
    assert fake.asked == []


def test_new_makes_the_project_from_the_bundle(fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = elsewhere(tmp_path, capsys, "bundle", "in", "jan.bundel", "--new")
    assert (code, answer["stored"], answer["codings"], answer["open_decisions"]) == (0, True, 9, 1)
    assert fake.asked == [("new", tmp_path.name, "jan.bundel", SECRET, "Els")]


def test_a_person_is_asked_whether_a_project_is_to_be_made(
    fake: Fake, person: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person.types = [SECRET]
    code, out, _ = said(tmp_path, capsys, "bundle", "in", "jan.bundel")
    assert code == 0
    assert person.was_asked == ["Make one there from this bundle? [y/N]", "Passphrase"]
    assert "Made a project in" in out


def test_the_other_commands_need_a_project(fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("open",), ("partners",), ("decide", "K1", "1"), ("out", "-o", "x.bundel")):
        code, answer = elsewhere(tmp_path, capsys, "bundle", *words)
        assert (code, answer["error"]) == (2, answer["error"] | {"code": "no_project"})  # type: ignore[operator]


# -- decisions ---------------------------------------------------------------------------------------------------------


def test_open_decisions_are_listed_with_their_sides(fake: Fake, call: Call) -> None:
    fake.open = [TRUST, GONE]
    code, answer = call("bundle", "open")
    assert code == 0
    assert [(each["key"], each["kind"], each["what"]) for each in answer] == [
        ("K1", "field", "code 'rol.vertrouwen'"),
        ("K2", "removed", "code 'rol.oud'"),
    ]
    assert [side["side"] for side in answer[0]["sides"]] == [1, 2]


def test_a_person_reads_both_sides(fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake.open = [TRUST, GONE]
    out = said(workspace, capsys, "bundle", "open")[1]
    assert "K1  code 'rol.vertrouwen', definitie" in out
    assert ": De coach is er." in out
    assert ": removed" in out
    assert "verhalen bundle decide KEY SIDE" in out


def test_a_choice_that_nobody_made_yet_is_offered_too(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = replace(TRUST, kind="same_key", sides=(*TRUST.sides, Side("", "", "both are one family")))
    fake.open = [both]
    assert "    3. both are one family\n" in said(workspace, capsys, "bundle", "open")[1]


def test_nothing_open_is_said(fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(workspace, capsys, "bundle", "open")[1] == "Nothing is left to decide.\n"


def test_a_side_is_chosen_by_its_number(fake: Fake, call: Call) -> None:
    fake.open = [TRUST, GONE]
    assert call("bundle", "decide", "K1", "2") == (
        0,
        {"key": "K1", "side": 2, "value": "Het gezin vertrouwt\nde coach.", "open_decisions": 1},
    )
    assert fake.asked == [("decide", "K1", "1")]


@pytest.mark.parametrize("side", ["0", "3"])
def test_a_side_that_is_not_there_is_refused(fake: Fake, call: Call, side: str) -> None:
    fake.open = [TRUST]
    code, answer = call("bundle", "decide", "K1", side)
    assert (code, answer["error"]["code"]) == (2, "bad_input")
    assert fake.asked == []


def test_a_decision_that_is_not_open_is_refused(fake: Fake, call: Call) -> None:
    code, answer = call("bundle", "decide", "K9", "1")
    assert (code, answer["error"]["code"]) == (2, "unknown_decision")


def test_the_beginning_of_a_key_is_enough_where_no_other_has_it(fake: Fake, call: Call) -> None:
    fake.open = [replace(TRUST, key="3fa9c2"), replace(GONE, key="3fb000")]
    assert call("bundle", "decide", "3f", "1")[1]["error"]["code"] == "unknown_decision"
    assert call("bundle", "decide", "3FA", "1")[1]["key"] == "3fa9c2"


def test_as_much_of_a_key_is_shown_as_tells_it_apart(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.open = [replace(TRUST, key="3fa9c2ee01"), replace(GONE, key="3fa9c2ef02")]
    out = said(workspace, capsys, "bundle", "open")[1]
    assert "3fa9c2ee  code 'rol.vertrouwen'" in out
    assert "3fa9c2ef  code 'rol.oud'" in out


def test_partners_are_listed(fake: Fake, call: Call) -> None:
    code, answer = call("bundle", "partners")
    assert (code, [(each["name"], each["time"]) for each in answer]) == (0, [("Jan", "2026-03-03T10:00:00+00:00")])


# -- conflict copies -----------------------------------------------------------------------------------------------------


def test_a_conflict_copy_is_told_with_the_command_that_takes_it_in(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = workspace / "project (conflicted copy of Jan).verhalen"
    copy.write_bytes(b"")
    shown = said(workspace, capsys, "bundle", "open")[2]
    assert f"verhalen bundle in '{copy}'" in shown.replace("\n", " ")


def test_a_conflict_copy_is_not_told_where_it_is_being_taken_in(
    fake: Fake, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = workspace / "project (conflicted copy of Jan).verhalen"
    copy.write_bytes(b"")
    assert said(workspace, capsys, "bundle", "in", str(copy), "--yes")[2] == ""
