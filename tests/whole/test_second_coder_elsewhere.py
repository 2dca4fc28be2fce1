"""Two machines: Hanne gives Jan texts, Jan codes blind on his own copy, and they settle where they differ."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import TALK, add_code, add_text, code_words, coded

from verhalen import errors
from verhalen.api.project import Project, open_project
from verhalen.model.second_coder import CONSENSUS, Outcome, State
from verhalen.store import codings
from verhalen.store.project import ProjectFile

PASSPHRASE = "zeven groene paarden"
At = Callable[[str], None]
"""Sit down at somebody's machine."""


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    def sit_down(who: str) -> None:
        monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / f"home-{who}"))

    return sit_down


@pytest.fixture
def copies(tmp_path: Path, at: At) -> tuple[Path, Path]:
    """Hanne's project with two talks that she coded, and Jan's copy of it from before she gave him anything."""
    places = tmp_path / "hanne", tmp_path / "jan"
    for place in places:
        place.mkdir()
    at("hanne")
    with ProjectFile.create(places[0], coder="Hanne") as file:
        for key in ("rol", "huis"):
            add_code(file, key)
        texts = add_text(file, TALK), add_text(file, TALK + " En de bus.", "cas")
        for number in texts:
            code_words(file, number, "Ik sliep niet", "rol")
            code_words(file, number, "in de straat", "huis")
        Project(file).backup(places[1] / "project.verhalen")
    return places


def test_a_second_coder_works_blind_on_a_copy_and_the_consensus_comes_together(
    copies: tuple[Path, Path], tmp_path: Path, at: At
) -> None:
    at("hanne")
    with open_project(copies[0], coder="Hanne") as hanne:
        texts = [each.id for each in hanne.sources.all()]
        hanne.second_coding.give(texts, "Jan")
        hanne.bundles.out(tmp_path / "naar-jan.bundel", passphrase=PASSPHRASE)
    at("jan")
    with open_project(copies[1], coder="Jan") as jan:
        assert not jan.second_coding.is_blind()
        jan.bundles.take_in(tmp_path / "naar-jan.bundel", passphrase=PASSPHRASE)
        assert jan.second_coding.is_blind()
        with pytest.raises(errors.CodesBlind):
            jan.second_coding.disagreements(texts[0])
        code_words(jan.file, texts[0], "Ik sliep", "rol")
        code_words(jan.file, texts[0], "Nu gaat het beter", "huis")
        code_words(jan.file, texts[1], "Ik sliep niet", "rol")
        jan.hide_others(True)
        assert {each[0] for each in coded(jan.file)} == {"Jan"}
        sent = jan.bundles.out(tmp_path / "naar-hanne.bundel", passphrase=PASSPHRASE)
        assert sent.codings >= 3, "a door that hides sends everything"
    at("hanne")
    with open_project(copies[0], coder="Hanne") as hanne:
        hanne.bundles.take_in(tmp_path / "naar-hanne.bundel", passphrase=PASSPHRASE)
        assert [(each.coded, each.coded_by_others) for each in hanne.second_coding.tasks()] == [(2, 1), (1, 1)]
        hanne.second_coding.take_back(coder="Jan")
        door = hanne.second_coding
        found = [each for number in texts for each in door.disagreements(number)]
        assert len(found) == 3
        assert sum(len(row.disagreements) for row in hanne.agreement.table().rows) == 3
        for place in found:
            door.settle(place, Outcome.FIRST if place.given[0] else Outcome.NOT, "Samen gelezen.")
        for number in texts:
            door.conclude(number)
        layer = [(each.start, each.stop, each.code) for number in texts for each in door.consensus(number)]
        assert len(layer) == 4
        hanne.bundles.out(tmp_path / "terug.bundel", passphrase=PASSPHRASE)
    at("jan")
    with open_project(copies[1], coder="Jan") as jan:
        jan.bundles.take_in(tmp_path / "terug.bundel", passphrase=PASSPHRASE)
        assert not jan.second_coding.is_blind()
        door = jan.second_coding
        assert door.concluded() == set(texts)
        assert [(each.start, each.stop, each.code) for number in texts for each in door.consensus(number)] == layer
        assert {each.state for number in texts for each in door.judgements(number)} == {State.SETTLED}
        assert {each.note for number in texts for each in door.disagreements(number)} == {"Samen gelezen."}
        assert [each.name for each in jan.agreement.table().coders] == ["Hanne", "Jan"]
        assert len(jan.codings.fragments()) == 7 + 4
        assert len(codings.coders(jan.file)) == 3
        assert jan.history.check().ok
        # Both copies settle on in one layer.
        door.open_again(texts[0])
        place = next(each for each in door.disagreements(texts[0]) if each.code == "huis")
        door.settle(place, Outcome.NOT)
        jan.bundles.out(tmp_path / "weer.bundel", passphrase=PASSPHRASE)
    at("hanne")
    with open_project(copies[0], coder="Hanne") as hanne:
        hanne.bundles.take_in(tmp_path / "weer.bundel", passphrase=PASSPHRASE)
        assert hanne.second_coding.concluded() == {texts[1]}
        assert len([each for number in texts for each in hanne.second_coding.consensus(number)]) == 3
        assert [each.name for each in codings.coders(hanne.file)].count(CONSENSUS) == 1
        assert hanne.history.check().ok


@pytest.mark.parametrize("theirs", ["first", "not"])
def test_what_two_copies_settled_in_two_ways_is_settled_again(
    copies: tuple[Path, Path], tmp_path: Path, at: At, theirs: str
) -> None:
    """One coder of the consensus; the same choice in both stays, two choices are talked over."""
    at("jan")
    with open_project(copies[1], coder="Jan") as jan:
        text = jan.sources.all()[0].id
        code_words(jan.file, text, "Ik sliep", "rol")
        place = jan.second_coding.disagreements(text, coders=["Hanne", "Jan"])[0]
        jan.second_coding.settle(place, theirs, "Jan leest dit zo.")
        jan.second_coding.settle_agreed(text, coders=["Hanne", "Jan"])
        jan.bundles.out(tmp_path / "naar-hanne.bundel", passphrase=PASSPHRASE)
    at("hanne")
    with open_project(copies[0], coder="Hanne") as hanne:
        door = hanne.second_coding
        with hanne.sibling(coder="Mia") as mia:
            code_words(mia.file, text, "Ik sliep", "rol")
        place = next(each for each in door.disagreements(text, coders=["Hanne", "Mia"]) if each.code == "huis")
        door.settle(place, "first", "Hanne vindt van wel.")
        door.settle_agreed(text, coders=["Hanne", "Mia"])
        hanne.bundles.take_in(tmp_path / "naar-hanne.bundel", passphrase=PASSPHRASE)
        assert [each.name for each in codings.coders(hanne.file)].count(CONSENSUS) == 1
        found = {each.code: each for each in door.judgements(text, coders=["Hanne", "Jan"])}
        assert (found["rol"].state, len(found["rol"].consensus)) == (State.SETTLED, 1)
        assert len([each for each in door.consensus(text) if each.code == "rol"]) == 1
        huis = found["huis"]
        if theirs == "first":
            assert (huis.state, len(huis.consensus)) == (State.SETTLED, 1)
            return
        assert (huis.state, huis.by) == (State.DISCUSSED, "Jan, Hanne")
        assert huis.note == "Jan leest dit zo. / Hanne vindt van wel."
        door.settle(huis, "not", "Toch niet.")
        huis = next(each for each in door.judgements(text, coders=["Hanne", "Jan"]) if each.code == "huis")
        assert (huis.state, huis.consensus, huis.note) == (State.SETTLED, (), "Toch niet.")
        assert hanne.history.check().ok
