"""Two copies of a project that went on apart, and come together again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.builders import (
    TALK,
    Furnished,
    add_code,
    add_family,
    add_text,
    code_words,
    coded,
    correct_words,
    furnish,
    redo,
    story,
    undo,
)

from verhalen import errors
from verhalen.api.bundles import Bundles, new_from_bundle
from verhalen.api.history import History
from verhalen.coding import codebook_editing, editing
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.family import Person
from verhalen.model.ids import encode_id
from verhalen.model.merging import to_look_at
from verhalen.model.text import Span
from verhalen.msc.telling import tell
from verhalen.privacy.swaps import SwapMap, apply_swaps
from verhalen.privacy.withdrawal import carry_out, plan
from verhalen.store import checking, codebook, codings, families, family_removing, masking, memos, sources, stories
from verhalen.store.project import ProjectFile

WORD = "geheim woord"


class Copy:
    """One copy of the project, on a machine of its own."""

    def __init__(self, folder: Path, coder: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.coder, self._patch = folder, coder, monkeypatch
        self.at_home()
        self.file = ProjectFile.open(folder / "project.verhalen", coder=coder)

    def at_home(self) -> ProjectFile:
        self._patch.setenv("VERHALEN_HOME", str(self.folder / "home"))
        return getattr(self, "file", None)  # type: ignore[return-value]

    @property
    def bundles(self) -> Bundles:
        self.at_home()
        return Bundles(self.file)

    def send(self, other: Copy, *, partner: str = "") -> object:
        """Everything (or what a partner lacks) to another copy."""
        path = self.folder / "weg.bundel"
        self.bundles.out(path, passphrase=WORD, partner=partner)
        return other.bundles.take_in(path, passphrase=WORD)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Furnished:
    folder = tmp_path / "hanne"
    folder.mkdir()
    monkeypatch.setenv("VERHALEN_HOME", str(folder / "home"))
    with ProjectFile.create(folder, coder="Hanne") as project:
        found = furnish(project)
    for name in ("jan", "els"):
        (tmp_path / name).mkdir()
        shutil.copy(folder / "project.verhalen", tmp_path / name)
    return found


@pytest.fixture
def copies(tmp_path: Path, there: Furnished, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Copy, Copy, Copy]]:
    with ExitStack() as stack:
        made = [Copy(tmp_path / name, name.capitalize(), monkeypatch) for name in ("hanne", "jan", "els")]
        for each in made:
            stack.enter_context(each.file)
        yield made[0], made[1], made[2]


def test_codings_of_both_stand_on_their_own_words_though_both_corrected_the_text(
    copies: tuple[Copy, Copy, Copy], there: Furnished
) -> None:
    hanne, jan, _ = copies
    correct_words(hanne.at_home(), there.source, "sliep", "slaap 😀")
    code_words(hanne.file, there.source, "in de straat", "rol")
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    correct_words(jan.file, there.source, "zei de coach", "zei de coördinator")

    jan.send(hanne)
    hanne.send(jan, partner="Jan")

    for each in (hanne, jan):
        assert sorted(coded(each.file)) == [
            ("Hanne", "rol", "in de straat"),
            ("Hanne", "rol.vertrouwen", "Ik slaap 😀 niet"),
            ("Jan", "vervoer", "beter"),
        ]
        assert editing.text_now(each.file, there.source) == TALK.replace("sliep", "slaap 😀").replace(
            "zei de coach", "zei de coördinator"
        )
        assert checking.problems(each.file) == []


def test_a_bundle_that_comes_twice_changes_nothing(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, _ = copies
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    jan.send(hanne)
    before, last = checking.digest(hanne.file), hanne.file.last_change()
    jan.send(hanne)
    assert (checking.digest(hanne.file), hanne.file.last_change()) == (before, last)


def test_taking_in_is_one_change_that_can_be_undone_and_redone(
    copies: tuple[Copy, Copy, Copy], there: Furnished
) -> None:
    hanne, jan, _ = copies
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    correct_words(jan.file, there.source, "sliep", "sliep echt")
    add_text(jan.file, "Cas: een nieuwe tekst.", "cas")
    before = checking.digest(hanne.file)
    jan.send(hanne)
    after = checking.digest(hanne.file)
    undo(hanne.at_home())
    assert checking.digest(hanne.file) == before
    redo(hanne.file)
    assert checking.digest(hanne.file) == after
    undo(hanne.file)
    jan.send(hanne)
    assert len(coded(hanne.file)) == 2


def test_after_other_work_it_can_no_longer_be_undone(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, _ = copies
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    jan.send(hanne)
    merged = hanne.file.last_change()
    code_words(hanne.at_home(), there.source, "in de straat", "rol")
    with pytest.raises(errors.CannotUndo):
        History(hanne.file).undo(encode_id(merged))
    undo(hanne.file)  # the coding
    undo(hanne.file)
    assert len(coded(hanne.file)) == 1


def test_two_titles_become_an_open_decision_that_shows_both(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, els = copies
    for each, title in ((hanne, "Anna een"), (jan, "Anna twee")):
        with each.at_home().change(Act.RENAME_SOURCE, there.source) as writing:
            sources.set_title(writing, there.source, title)
    jan.send(hanne)
    hanne.send(jan)
    (mine,) = hanne.bundles.decisions()
    assert mine == jan.bundles.decisions()[0]
    assert [(side.who, side.value) for side in mine.sides] == [("Hanne", "Anna een"), ("Jan", "Anna twee")]
    jan.bundles.decide(mine.key, 1)
    jan.send(hanne)
    jan.send(els)
    for each in copies:
        assert each.bundles.decisions() == []
        assert sources.all_sources(each.file)[0].title == "Anna twee"


def test_two_corrections_of_the_same_words_wait_for_a_person(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, _ = copies
    correct_words(hanne.at_home(), there.source, "sliep", "slaap")
    correct_words(jan.at_home(), there.source, "sliep", "waakte")
    jan.send(hanne)
    hanne.send(jan)
    (open_one,) = hanne.bundles.decisions()
    assert open_one.kind == "text"
    assert editing.text_now(hanne.file, there.source) == editing.text_now(jan.file, there.source)
    assert "slaap" in editing.text_now(hanne.file, there.source)
    hanne.bundles.decide(open_one.key, 1)
    assert "waakte" in editing.text_now(hanne.file, there.source)
    hanne.send(jan)
    assert jan.bundles.decisions() == []
    assert editing.text_now(hanne.file, there.source) == editing.text_now(jan.file, there.source)


def test_a_code_that_one_removed_and_another_used_stays(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, _ = copies
    number = codebook.code_id(hanne.file, "vervoer") or 0
    codebook_editing.remove_code(hanne.at_home(), number)
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    jan.send(hanne)
    hanne.send(jan)
    for each in (hanne, jan):
        assert ("Jan", "vervoer", "beter") in coded(each.file)
        assert [one.kind for one in each.bundles.decisions()] == ["removed"]
        assert checking.problems(each.file) == []


def test_what_was_withdrawn_goes_everywhere_and_never_returns(
    copies: tuple[Copy, Copy, Copy], there: Furnished
) -> None:
    hanne, jan, els = copies
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    assert carry_out(hanne.at_home(), plan(hanne.file, "1"))
    hanne.send(jan)
    els.send(hanne)
    jan.send(els)
    for each in copies:
        assert coded(each.file) == []
        assert checking.problems(each.file) == []
    jan.send(hanne)
    assert coded(hanne.file) == []
    for each in copies:
        for path in each.folder.glob("project.verhalen*"):
            assert b"in de straat ook niet" not in path.read_bytes(), path.name


def test_two_families_with_one_code_are_kept_apart(copies: tuple[Copy, Copy, Copy]) -> None:
    hanne, jan, _ = copies
    add_family(hanne.at_home(), "G031")
    add_family(jan.at_home(), "G031")
    jan.send(hanne)
    hanne.send(jan)
    for each in (hanne, jan):
        assert {"G031", "G031-2"} <= set(families.family_ids(each.file))
        assert [one.kind for one in each.bundles.decisions()] == ["same_key"]
    assert families.family_ids(hanne.file) == families.family_ids(jan.file)


def test_the_same_new_code_in_both_is_one_code(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, _ = copies
    for each in (hanne, jan):
        add_code(each.at_home(), "nieuw")
        code_words(each.file, there.source, "beter", "nieuw")
    jan.send(hanne)
    hanne.send(jan)
    for each in (hanne, jan):
        assert [code.key for code in codebook.codebook(each.file)].count("nieuw") == 1
        assert len([one for one in coded(each.file) if one[1] == "nieuw"]) == 2


def test_a_bundle_of_everything_makes_the_project_elsewhere(
    copies: tuple[Copy, Copy, Copy], there: Furnished, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanne, _, _ = copies
    path = tmp_path / "alles.bundel"
    hanne.bundles.out(path, passphrase=WORD)
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "nieuw" / "home"))
    new_from_bundle(tmp_path / "nieuw", path, passphrase=WORD, coder="Mieke")
    with ProjectFile.open(tmp_path / "nieuw" / "project.verhalen", coder="Mieke") as project:
        assert coded(project) == coded(hanne.file)
        assert checking.problems(project) == []


def test_one_s_own_bundle_and_that_of_another_project_are_refused(
    copies: tuple[Copy, Copy, Copy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanne, jan, _ = copies
    path = tmp_path / "eigen.bundel"
    hanne.bundles.out(path, passphrase=WORD)
    with pytest.raises(errors.OwnBundle):
        hanne.bundles.take_in(path, passphrase=WORD)
    (tmp_path / "ander").mkdir()
    with ProjectFile.create(tmp_path / "ander", coder="Hanne") as other, pytest.raises(errors.OtherProjectBundle):
        Bundles(other).take_in(path, passphrase=WORD)
    assert jan.bundles.take_in(path, passphrase=WORD).changes == 0


def test_a_whole_project_file_is_taken_in_as_a_bundle_is(copies: tuple[Copy, Copy, Copy], there: Furnished) -> None:
    hanne, jan, _ = copies
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    assert hanne.bundles.take_in(jan.folder / "project.verhalen").codings == 1
    assert len(codings.codings_of(hanne.file, there.source)) == 2


def test_a_rehearsal_keeps_nothing(copies: tuple[Copy, Copy, Copy], there: Furnished, tmp_path: Path) -> None:
    hanne, jan, _ = copies
    code_words(jan.at_home(), there.source, "beter", "vervoer")
    path = tmp_path / "jan.bundel"
    jan.bundles.out(path, passphrase=WORD)
    before = checking.digest(hanne.at_home())
    seen = hanne.bundles.preview(path, passphrase=WORD)
    assert (seen.codings, seen.people[0].name) == (1, "Jan")
    assert (checking.digest(hanne.file), hanne.file.number("select count(*) from foreign_change")) == (before, 0)


def test_names_that_were_masked_in_one_copy_go_from_all_and_codes_stay_on_their_words(
    copies: tuple[Copy, Copy, Copy], there: Furnished
) -> None:
    hanne, jan, _ = copies
    code_words(jan.at_home(), there.source, "Bert: Nu", "vervoer")
    editing.set_memo(jan.file, codings.codings_of(jan.file, there.source)[-1].id, "Bert zegt het zelf.")
    text = editing.text_now(hanne.at_home(), there.source)
    swaps = [(Span(text.index("Bert"), text.index("Bert") + 4), "[buurman]")]
    words = lambda said: said.replace("Bert", "[buurman]")  # noqa: E731
    masked = apply_swaps(text, swaps)
    order = masking.Mask(there.source, 1, masked, SwapMap.of(swaps).move, words, lemma_text)
    assert masking.mask(hanne.file, order)
    hanne.send(jan)
    jan.send(hanne)
    for each in (hanne, jan):
        assert editing.text_now(each.file, there.source) == masked
        assert ("Jan", "vervoer", "[buurman]: Nu") in coded(each.file)
        assert checking.problems(each.file) == []
        assert b"Bert" not in (each.folder / "project.verhalen").read_bytes()


def test_two_stories_that_got_one_number_are_two_stories(copies: tuple[Copy, Copy, Copy]) -> None:
    hanne, jan, _ = copies
    key = tell(jan.at_home(), story("", "G002", "We gaan nu samen naar de bibliotheek."))
    tell(hanne.at_home(), story("", "G001", "Ik kan weer slapen."))
    jan.send(hanne)
    hanne.send(jan)
    for each in (hanne, jan):
        told = {one.key: one.family for one in stories.stories(each.file)}
        assert (told[key], told[f"{key}-2"]) == ("G002", "G001")
        assert checking.problems(each.file) == []
        assert each.bundles.decisions() == []


def test_a_file_that_was_put_back_from_a_backup_is_another_copy(
    copies: tuple[Copy, Copy, Copy], there: Furnished, tmp_path: Path
) -> None:
    hanne, jan, _ = copies
    backup = tmp_path / "reserve.verhalen"
    hanne.at_home().copy_to(backup)
    code_words(hanne.file, there.source, "beter", "vervoer")
    hanne.send(jan)
    hanne.file.close()
    for end in ("-wal", "-shm"):
        (hanne.folder / f"project.verhalen{end}").unlink(missing_ok=True)
    shutil.copy(backup, hanne.folder / "project.verhalen")
    old = hanne.file.replica
    hanne.file = ProjectFile.open(hanne.folder / "project.verhalen", coder="Hanne")
    assert hanne.file.replica != old
    code_words(hanne.file, there.source, "in de straat", "rol")
    hanne.send(jan)
    jan.send(hanne)
    for each in (hanne, jan):
        assert {words for _, _, words in coded(each.file)} == {"beter", "in de straat", "Ik sliep niet"}


@pytest.mark.parametrize(
    ("side", "left"), [(0, {"G031": "Frans", "G031-2": "Turks"}), (1, {"G031": "Turks", "G031-2": "Frans"})]
)
def test_of_two_families_with_one_code_a_person_says_which_keeps_it(
    copies: tuple[Copy, Copy, Copy], side: int, left: dict[str, str]
) -> None:
    hanne, jan, _ = copies
    _both_add_g031(hanne, jan)
    (found,) = hanne.bundles.decisions()
    hanne.bundles.decide(found.key, side)
    hanne.send(jan)
    for each in (hanne, jan):
        languages = {one.key: dict(one.attributes).get("taal") for one in families.families(each.at_home())}
        assert {key: value for key, value in languages.items() if key.startswith("G031")} == left
        assert each.bundles.decisions() == []


def test_two_families_that_are_one_become_one_and_nothing_of_them_is_lost(copies: tuple[Copy, Copy, Copy]) -> None:
    hanne, jan, _ = copies
    _both_add_g031(hanne, jan)
    (found,) = hanne.bundles.decisions()
    before = checking.digest(hanne.file)
    hanne.bundles.decide(found.key, 2)
    undo(hanne.file)
    assert checking.digest(hanne.file) == before
    redo(hanne.file)
    hanne.send(jan)
    for each in (hanne, jan):
        (family,) = [one for one in families.families(each.at_home()) if one.key.startswith("G031")]
        assert {person.key for person in family.persons} == {"G031.moeder"}
        assert dict(family.attributes)["taal"] == "Frans"
        assert ["taal: Turks" in memo.text for memo in memos.memos(each.file, target="family")] == [True]
        assert each.bundles.decisions() == []
        assert checking.problems(each.file) == []


def _both_add_g031(hanne: Copy, jan: Copy) -> None:
    for each, language in ((hanne, "Frans"), (jan, "Turks")):
        family = add_family(each.at_home(), "G031")
        with each.file.change(Act.EDIT_FAMILY, family) as writing:
            families.set_attribute(writing, family, "taal", language)
            families.put_person(writing, family, Person("G031.moeder", "ouder"))
    jan.send(hanne)
    hanne.send(jan)


def test_somebody_who_is_added_while_the_family_gets_another_code_follows_it(copies: tuple[Copy, Copy, Copy]) -> None:
    hanne, jan, _ = copies
    family = families.family_of(hanne.at_home(), "G002")
    assert family is not None
    with hanne.file.change(Act.RENAME_FAMILY, family.id) as writing:
        family_removing.rename_family(writing, family, "G077")
    with jan.at_home().change(Act.ADD_PERSON, family.id) as writing:
        families.put_person(writing, family.id, Person("G002.oma", "grootouder"))
    jan.send(hanne)
    hanne.send(jan)
    for each in (hanne, jan):
        found = families.family_of(each.file, "G077")
        assert found is not None
        assert [person.key for person in found.persons] == ["G077.oma"]


def test_one_file_that_was_read_in_twice_is_told(copies: tuple[Copy, Copy, Copy], tmp_path: Path) -> None:
    hanne, jan, _ = copies
    for each in (hanne, jan):
        add_text(each.at_home(), "Cas: een tekst van iedereen.", "cas")
    path = tmp_path / "jan.bundel"
    jan.bundles.out(path, passphrase=WORD)
    taken = hanne.bundles.take_in(path, passphrase=WORD)
    assert len(taken.twice) == 2
    assert any(str(taken.twice[0]) in sentence for sentence in to_look_at(taken))


def test_a_project_with_a_passphrase_makes_one_with_a_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("van", "naar"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "van" / "home"))
    with ProjectFile.create(tmp_path / "van", coder="Hanne", passphrase="een ander woord") as project:
        furnish(project)
        Bundles(project).out(tmp_path / "alles.bundel", passphrase=WORD)
    monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "naar" / "home"))
    new_from_bundle(tmp_path / "naar", tmp_path / "alles.bundel", passphrase=WORD, coder="Jan")
    with pytest.raises(errors.NeedsPassphrase):
        ProjectFile.open(tmp_path / "naar" / "project.verhalen", coder="Jan")
    with ProjectFile.open(tmp_path / "naar" / "project.verhalen", coder="Jan", passphrase=WORD) as project:
        assert len(coded(project)) == 1


def test_a_correction_made_before_a_mask_was_seen_stays_and_reaches_the_one_who_masked(
    copies: tuple[Copy, Copy, Copy], there: Furnished
) -> None:
    hanne, jan, _ = copies
    correct_words(jan.at_home(), there.source, "beter", "veel beter")
    code_words(jan.file, there.source, "zei de coach", "rol")
    text = editing.text_now(hanne.at_home(), there.source)
    swaps = [(Span(text.index("Bert"), text.index("Bert") + 4), "[buurman]")]
    masked = apply_swaps(text, swaps)
    words = lambda said: said.replace("Bert", "[buurman]")  # noqa: E731
    assert masking.mask(hanne.file, masking.Mask(there.source, 1, masked, SwapMap.of(swaps).move, words, lemma_text))
    jan.send(hanne)  # before Jan knows of the mask
    assert "Bert" not in editing.text_now(hanne.file, there.source)
    hanne.send(jan)
    jan.send(hanne)
    for each in (hanne, jan):
        assert editing.text_now(each.file, there.source) == masked.replace("beter", "veel beter")
        assert ("Jan", "rol", "zei de coach") in coded(each.file)
        assert checking.problems(each.file) == []


@pytest.mark.parametrize(("side", "words"), [(0, "Ik sliep"), (1, "sliep niet")])
def test_borders_that_are_chosen_lie_on_their_words_though_the_text_was_corrected_since(
    copies: tuple[Copy, Copy, Copy], there: Furnished, side: int, words: str
) -> None:
    hanne, jan, _ = copies
    for each, span in ((hanne, Span(6, 14)), (jan, Span(9, 19))):
        with each.at_home().change(Act.RESIZE, there.coding) as writing:
            codings.change_coding(writing, there.coding, start=span.start, stop=span.stop)
    jan.send(hanne)
    (found,) = hanne.bundles.decisions()
    correct_words(hanne.at_home(), there.source, "Anna", "Annelies")
    hanne.bundles.decide(found.key, side)
    hanne.send(jan)
    for each in (hanne, jan):
        assert [said for coder, _, said in coded(each.file) if coder == "Hanne"] == [words]
        assert each.bundles.decisions() == []


def test_a_family_that_got_two_codes_gets_the_one_that_is_chosen_with_its_people(
    copies: tuple[Copy, Copy, Copy], there: Furnished
) -> None:
    hanne, jan, _ = copies
    for each, new in ((hanne, "G071"), (jan, "G072")):
        family = families.family_of(each.at_home(), "G001")
        assert family is not None
        with each.file.change(Act.RENAME_FAMILY, family.id) as writing:
            family_removing.rename_family(writing, family, new)
    jan.send(hanne)
    found = next(one for one in hanne.bundles.decisions() if one.sides[0].value == "G071")
    hanne.bundles.decide(found.key, 1)
    chosen = families.family_of(hanne.file, "G072")
    assert chosen is not None
    assert all(person.key.startswith("G072.") for person in chosen.persons)
