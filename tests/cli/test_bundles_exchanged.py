"""Bundles between people who each have a machine and a copy of the project: true files, from command to command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from verhalen.cli import main
from verhalen.store import bundle_file
from verhalen.store.schema import SCHEMA_VERSION

TALK = "**Hanne:** Hoe gaat het nu met u?\n\n**Samira:** Beter dan vorige week, ja.\n"
SECRET = "drie blauwe fietsen"


@dataclass
class Desk:
    """Somebody with a home and a copy of the project."""

    name: str
    home: Path
    folder: Path
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def does(self, *words: str) -> Any:
        """What a command gives; it must be all done."""
        code, answer = self.tries(*words)
        assert code == 0, answer
        return answer

    def tries(self, *words: str) -> tuple[int, Any]:
        self.patch.setenv("VERHALEN_HOME", str(self.home))
        self.capsys.readouterr()
        code = main.run(["-w", str(self.folder), "--coder", self.name, "--json", *words])
        return code, json.loads(self.capsys.readouterr().out)

    def refused(self, *words: str) -> str:
        """Code of the error of a command that does nothing."""
        before = self.does("check")["digest"]
        code, answer = self.tries(*words)
        assert code == 2, answer
        assert self.does("check")["digest"] == before
        return str(answer["error"]["code"])

    def bundle(self, *words: str) -> str:
        """Write one; its path."""
        path = self.folder.parent / f"{self.home.name}.bundel"
        self.does("bundle", "out", "-o", str(path), *words)
        return str(path)

    def codings(self) -> set[tuple[str, str]]:
        return {(each["coder"], each["text"]) for each in self.does("codings")}


@dataclass
class Team:
    hanne: Desk
    jan: Desk


def imported(desk: Desk, folder: Path) -> None:
    talk = folder / "gesprek.md"
    talk.write_text(TALK, "utf-8")
    desk.does("new", str(desk.folder))
    desk.does("import", str(talk), "--mask", "none")


@pytest.fixture
def at_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, str], Desk]:
    monkeypatch.setenv("VERHALEN_BUNDLE_PASSPHRASE", SECRET)
    return lambda name, place: Desk(name, tmp_path / f"{place}-home", tmp_path / place, monkeypatch, capsys)


@pytest.fixture
def team(at_desk: Callable[[str, str], Desk], tmp_path: Path) -> Team:
    """Hanne and Jan, who got a copy of Hanne's folder."""
    hanne, jan = at_desk("Hanne", "hanne"), at_desk("Jan", "jan")
    imported(hanne, tmp_path)
    shutil.copytree(hanne.folder, jan.folder)
    return Team(hanne, jan)


def digests(*desks: Desk) -> set[str]:
    return {desk.does("check")["digest"] for desk in desks}


# -- to and fro ----------------------------------------------------------------------------------------------------------


def test_work_goes_to_and_fro_and_both_have_the_same(team: Team) -> None:
    hanne, jan = team.hanne, team.jan
    hanne.does("code", "1", "7", "12", "ld.ink")
    jan.does("code", "1", "40", "45", "ld.won")
    came = jan.does("bundle", "in", hanne.bundle(), "--yes")
    assert (came["stored"], came["changes"], came["codings"]) == (True, 1, 1)
    assert [each["name"] for each in came["people"]] == ["Hanne"]
    came = hanne.does("bundle", "in", jan.bundle("--for", "Hanne"), "--yes")
    assert (came["codings"], came["open_decisions"]) == (1, 0)
    assert hanne.codings() == jan.codings()
    assert len(hanne.codings()) == 2
    assert len(digests(hanne, jan)) == 1
    assert [each["name"] for each in hanne.does("bundle", "partners")] == ["Jan"]


def test_looking_changes_nothing_and_the_same_twice_brings_nothing(team: Team) -> None:
    hanne, jan = team.hanne, team.jan
    hanne.does("code", "1", "7", "12", "ld.ink")
    bundle, before = hanne.bundle(), digests(jan)
    would = jan.does("bundle", "in", bundle, "--plan")
    assert (would["stored"], would["codings"]) == (False, 1)
    assert digests(jan) == before
    jan.does("bundle", "in", bundle, "--yes")
    after = digests(jan)
    again = jan.does("bundle", "in", bundle, "--yes")
    assert (again["changes"], again["codings"], again["people"]) == (0, 0, [])
    assert digests(jan) == after


def test_a_later_bundle_that_comes_first_holds_the_earlier_one_too(team: Team, tmp_path: Path) -> None:
    hanne, jan = team.hanne, team.jan
    hanne.does("code", "1", "7", "12", "ld.ink")
    early = shutil.copy(hanne.bundle(), tmp_path / "eerst.bundel")
    hanne.does("code", "1", "13", "17", "ld.ink")
    assert jan.does("bundle", "in", hanne.bundle(), "--yes")["codings"] == 2
    assert jan.does("bundle", "in", str(early), "--yes")["changes"] == 0
    assert len(digests(hanne, jan)) == 1


def test_two_definitions_are_told_chosen_and_settled_for_both(team: Team) -> None:
    hanne, jan = team.hanne, team.jan
    hanne.does("codebook", "edit", "ld.ink", "--definition", "Inkomen en schulden.")
    jan.does("codebook", "edit", "ld.ink", "--definition", "Alles over geld.")
    came = hanne.does("bundle", "in", jan.bundle(), "--yes")
    assert (len(came["decisions"]), came["open_decisions"]) == (1, 1)
    (one,) = hanne.does("bundle", "open")
    assert [(side["side"], side["who"], side["value"]) for side in one["sides"]] == [
        (1, "Hanne", "Inkomen en schulden."),
        (2, "Jan", "Alles over geld."),
    ]
    assert hanne.does("bundle", "decide", one["key"][:8], "2")["open_decisions"] == 0
    jan.does("bundle", "in", hanne.bundle(), "--yes")
    assert jan.does("bundle", "open") == []
    said = {each["key"]: each["definition"] for each in jan.does("codebook")}
    assert said["ld.ink"] == "Alles over geld."
    assert len(digests(hanne, jan)) == 1


def test_what_was_withdrawn_goes_here_too_with_what_hangs_on_it(team: Team) -> None:
    hanne, jan = team.hanne, team.jan
    hanne.does("code", "1", "7", "12", "ld.ink")
    jan.does("withdraw", "bron:1", "--yes")
    bundle = jan.bundle()
    assert hanne.does("bundle", "in", bundle, "--plan")["withdrawn"] > 0
    assert hanne.does("sources") != []
    (hanne.folder / "transcripts" / "gesprek.md").write_text(TALK, "utf-8")
    came = hanne.does("bundle", "in", bundle, "--yes")
    assert came["withdrawn"] > 0
    assert came["left"] == ["transcripts/gesprek.md"]
    assert hanne.does("sources") == []
    assert hanne.codings() == set()
    assert jan.does("bundle", "in", hanne.bundle(), "--yes")["sources"] == 0
    assert jan.does("sources") == []


def test_two_people_called_jan_stay_two(team: Team, at_desk: Callable[[str, str], Desk]) -> None:
    other = at_desk("Jan", "andere-jan")
    shutil.copytree(team.hanne.folder, other.folder)
    team.jan.does("code", "1", "7", "12", "ld.ink")
    other.does("code", "1", "7", "12", "ld.ink")
    team.hanne.does("bundle", "in", team.jan.bundle(), "--yes")
    came = team.hanne.does("bundle", "in", other.bundle(), "--yes")
    assert came["same_names"] == ["Jan"]
    assert [each["coder"] for each in team.hanne.does("codings")] == ["Jan", "Jan"]


def test_a_copy_by_the_file_manager_on_one_machine_is_a_copy_of_its_own(
    team: Team, at_desk: Callable[[str, str], Desk]
) -> None:
    copy = at_desk("Hanne", "kopie")
    copy.home = team.hanne.home
    shutil.copytree(team.hanne.folder, copy.folder)
    copy.does("code", "1", "7", "12", "ld.ink")
    team.hanne.does("code", "1", "13", "17", "ld.ink")
    file = str(copy.folder / "project.verhalen")
    assert team.hanne.does("bundle", "in", file, "--yes")["codings"] == 1
    assert team.hanne.does("bundle", "in", file, "--yes")["changes"] == 0
    assert len(team.hanne.codings()) == 2


def test_a_project_begins_with_a_bundle(team: Team, at_desk: Callable[[str, str], Desk]) -> None:
    els = at_desk("Els", "els")
    bundle = team.hanne.bundle()
    els.folder.mkdir()
    assert els.tries("bundle", "in", bundle, "--yes")[1]["error"]["code"] == "no_project"
    assert list(els.folder.iterdir()) == []
    made = els.does("bundle", "in", bundle, "--new")
    assert (made["stored"], made["sources"]) == (True, 1)
    assert digests(els) == digests(team.hanne)
    assert els.tries("bundle", "in", bundle, "--new")[1]["error"]["code"] == "workspace_exists"


# -- bad input -----------------------------------------------------------------------------------------------------------


def test_a_bundle_of_oneself_is_told(team: Team) -> None:
    assert team.hanne.refused("bundle", "in", team.hanne.bundle(), "--yes") == "own_bundle"


def test_the_file_of_the_project_itself_is_told(team: Team) -> None:
    team.hanne.does("code", "1", "7", "12", "ld.ink")
    file = str(team.hanne.folder / "project.verhalen")
    assert team.hanne.refused("bundle", "in", file, "--yes") == "own_bundle"


def test_a_bundle_and_a_file_of_another_project_are_told(team: Team, at_desk: Callable[[str, str], Desk]) -> None:
    els = at_desk("Els", "els")
    els.does("new", str(els.folder))
    assert team.hanne.refused("bundle", "in", els.bundle(), "--yes") == "other_project_bundle"
    file = str(els.folder / "project.verhalen")
    assert team.hanne.refused("bundle", "in", file, "--yes") == "other_project_bundle"


def test_a_bundle_of_a_newer_verhalen_is_told(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("verhalen.exchange.merging.SCHEMA_VERSION", SCHEMA_VERSION + 1)
        bundle = team.jan.bundle()
    assert team.hanne.refused("bundle", "in", bundle, "--yes") == "newer_bundle"


def test_a_bundle_that_was_cut_off_is_told(team: Team, tmp_path: Path) -> None:
    half = tmp_path / "half.bundel"
    data = Path(team.jan.bundle()).read_bytes()
    half.write_bytes(data[: len(data) // 2])
    assert team.hanne.refused("bundle", "in", str(half), "--yes") == "broken_bundle"


def test_a_wrong_passphrase_is_told(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = team.jan.bundle()
    monkeypatch.setenv("VERHALEN_BUNDLE_PASSPHRASE", "drie groene fietsen")
    assert team.hanne.refused("bundle", "in", bundle, "--yes") == "wrong_bundle_passphrase"


def test_what_is_no_bundle_at_all_is_told(team: Team, tmp_path: Path) -> None:
    empty, text = tmp_path / "leeg.bundel", tmp_path / "tekst.bundel"
    empty.touch()
    text.write_text(TALK, "utf-8")
    assert team.hanne.refused("bundle", "in", str(empty), "--yes") == "not_a_bundle"
    assert team.hanne.refused("bundle", "in", str(text), "--yes") == "not_a_bundle"
    assert team.hanne.refused("bundle", "in", str(tmp_path), "--yes") == "unreadable"
    assert team.hanne.refused("bundle", "in", str(tmp_path / "weg.bundel"), "--yes") == "unreadable"


def test_a_bundle_never_takes_the_place_of_a_project(team: Team) -> None:
    file = str(team.jan.folder / "project.verhalen")
    assert team.hanne.refused("bundle", "out", "-o", file) == "exists"
    assert not bundle_file.is_bundle(Path(file))


def test_a_weak_passphrase_is_told(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERHALEN_BUNDLE_PASSPHRASE", "kort")
    assert team.hanne.refused("bundle", "out", "-o", str(tmp_path / "h.bundel")) == "weak_passphrase"
    assert not (tmp_path / "h.bundel").exists()
