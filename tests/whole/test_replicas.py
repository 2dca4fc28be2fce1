"""Three copies of one project work beside each other and meet in any order: they come to say the same, nothing that a
person made is lost, and where two said different things nobody is passed over. VERHALEN_EXPLORE=1 takes long histories,
other ones each time."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import add_text, code_words, correct_words, examples
from tests.whole.replicas import (
    Ledger,
    Replica,
    Telling,
    assert_alike,
    assert_whole,
    level,
    lost,
    meet,
    open_points,
    silent,
    state,
    three,
    twin_of,
    work,
)

from verhalen import errors
from verhalen.model.act import Act
from verhalen.model.ids import encode_id
from verhalen.store import checking, journal

ACTS = 8
"""How many each of three does, about, before they meet."""
seeds = st.integers(0, 1 << 30)
histories = settings(max_examples=examples(6), suppress_health_check=list(HealthCheck))


@histories
@given(seed=seeds, rounds=st.integers(1, 3), skewed=st.booleans())
def test_whatever_three_copies_did_and_however_they_met_they_come_to_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, rounds: int, skewed: bool
) -> None:
    dice = random.Random(seed)
    with three(tmp_path_factory.mktemp("three"), seed, skewed=skewed) as copies:
        for _ in range(rounds):
            work(dice, copies, acts=ACTS * 3)
            for _ in range(dice.randint(0, 3)):
                one, other = dice.sample(copies, 2)
                meet(dice, one, other)
                assert_whole(one)
        level(dice, copies)
        assert_whole(*copies)
        assert_alike(copies[0], copies[1])
        assert_alike(copies[0], copies[2])


@histories
@given(seed=seeds)
def test_it_does_not_matter_who_takes_in_whom_or_whom_first(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice, folder = random.Random(seed), tmp_path_factory.mktemp("three")
    with three(folder, seed) as copies:
        work(dice, copies, acts=ACTS * 3)
        one, two, three_ = copies
        with (
            twin_of(one, folder / "a") as first,
            twin_of(one, folder / "b") as second,
            twin_of(two, folder / "c") as back,
        ):
            first.take_from(two)
            back.take_from(one)
            assert_alike(first, back, "one takes in two, or two takes in one")
            first.take_from(three_)
            second.take_from(three_)
            second.take_from(two)
            assert_alike(first, second, "two and then three, or three and then two")
            assert_whole(first, second, back)


@histories
@given(seed=seeds)
def test_the_same_work_twice_changes_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    dice = random.Random(seed)
    with three(tmp_path_factory.mktemp("three"), seed) as (one, two, _):
        work(dice, [one, two], acts=ACTS * 2)
        bundle = two.send()
        one.take(bundle)
        before = state(one)
        again = one.take(bundle)
        assert (again.changes, again.decisions) == (0, ())
        one.take_from(two)
        assert state(one) == before


@histories
@given(seed=seeds)
def test_a_look_beforehand_tells_what_comes_and_keeps_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice = random.Random(seed)
    with three(tmp_path_factory.mktemp("three"), seed) as (one, two, _):
        work(dice, [one, two], acts=ACTS * 2)
        before = state(one)
        with one.here():
            look = one.project.bundles.preview(two.path)
        assert state(one) == before
        came = one.take_from(two)
        told = [(each.changes, each.sources, each.codings, each.stories, each.snapshots) for each in (look, came)]
        assert told[0] == told[1]
        assert [each.key for each in look.decisions] == [each.key for each in came.decisions]


@histories
@given(seed=seeds)
def test_taking_in_is_one_change_that_undo_takes_back_and_redo_brings_back(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice = random.Random(seed)
    with three(tmp_path_factory.mktemp("three"), seed) as (one, two, three_):
        work(dice, [one, two], acts=ACTS * 2)
        two.act()
        before, entries = checking.digest(one.file), len(journal.history(one.file))
        one.take_from(two)
        newest = journal.history(one.file)[0]
        after = checking.digest(one.file)
        if after == before:
            return
        assert newest.act is Act.MERGE
        assert len(journal.history(one.file)) == entries + 1
        with one.here():
            one.project.history.undo()
        assert checking.digest(one.file) == before
        assert_whole(one)
        with one.here():
            one.project.history.redo()
        assert checking.digest(one.file) == after
        level(dice, [one, two, three_])
        assert_alike(one, two)


@histories
@given(seed=seeds, skewed=st.booleans())
def test_nothing_that_a_person_made_is_lost_and_nothing_is_settled_in_silence(
    tmp_path_factory: pytest.TempPathFactory, seed: int, skewed: bool
) -> None:
    dice = random.Random(seed)
    with three(tmp_path_factory.mktemp("three"), seed, skewed=skewed) as copies:
        books = [Ledger(each) for each in copies]
        for _ in range(2):
            for _ in range(ACTS * 3):
                at = dice.randrange(3)
                books[at].act()
            one, other = dice.sample(range(3), 2)
            books[one].take_from(books[other])
        level(dice, copies)
        for each in copies:
            assert lost(each, books) == []
            assert silent(each, books) == []


# -- told one by one ---------------------------------------------------------------------------------------------------


def source_of(replica: Replica, title: str = "anna") -> int:
    """Id of a source, the same in every copy."""
    return replica.file.number("select id from source where title = ?", (title,))


def words_of_codings(replica: Replica) -> list[str]:
    """The words under each coding, in order."""
    telling = Telling(replica.file)
    return sorted(
        telling.texts[row["source_id"]][row["start"] : row["stop"]] for row in telling.rows["coding"].values()
    )


def test_two_values_of_one_field_are_both_shown_and_the_choice_travels(tmp_path: Path) -> None:
    with three(tmp_path) as (one, two, other):
        for copy, place in ((one, "Lier"), (two, "Ranst")):
            with copy.here():
                copy.project.families.edit("G001", municipality=place)
        taken = one.take_from(two)
        assert [[side.value for side in each.sides] for each in taken.decisions] == [["Lier", "Ranst"]]
        level(random.Random(1), [one, two, other])
        assert [len(each.project.bundles.decisions()) for each in (one, two, other)] == [1, 1, 1]
        with two.here():
            two.project.bundles.decide(two.project.bundles.decisions()[0].key, 1)
        level(random.Random(2), [one, two, other])
        for copy in (one, two, other):
            assert copy.project.bundles.decisions() == []
            assert copy.project.families.get("G001").municipality == "Ranst"


def test_a_coding_ends_where_a_correction_took_its_words_and_comes_back_with_the_words(tmp_path: Path) -> None:
    with three(tmp_path) as (one, two, other):
        with one.here():
            correct_words(one.file, source_of(one), "gaat het beter", "ging het beter")
        with two.here():
            correct_words(two.file, source_of(two), "gaat het beter, zei de coach", "")
        with other.here():
            code_words(other.file, source_of(other), "het beter", "vervoer")
        two.take_from(other)
        level(random.Random(1), [one, two, other])
        assert [words_of_codings(each) for each in (one, two, other)] == [["Ik sliep niet", "ging het beter"]] * 3
        assert [len(open_points(each)) for each in (one, two, other)] == [1, 1, 1]


def test_what_a_merge_brought_and_was_taken_back_counts_as_never_seen(tmp_path: Path) -> None:
    with three(tmp_path) as (one, two, other):
        (coding,) = one.file.rows("select id from coding")[0]
        with two.here():
            two.project.codings.set_memo(coding, "Van Jan.")
        one.take_from(two)
        two.take_from(one)
        with one.here():
            one.project.history.undo()
            one.project.codings.set_memo(coding, "Van Hanne.")
        level(random.Random(1), [one, two, other])
        for copy in (one, two, other):
            assert [{side.value for side in each.sides} for each in copy.project.bundles.decisions()] == [
                {"Van Jan.", "Van Hanne."}
            ]


def test_a_later_bundle_before_an_earlier_one_is_refused_and_leaves_everything_as_it_was(tmp_path: Path) -> None:
    with three(tmp_path) as (one, two, other):
        with two.here():
            code_words(two.file, source_of(two), "de straat", "vervoer")
        one.take_from(two)
        with one.here():
            code_words(one.file, source_of(one), "de coach", "vervoer")
        two.take_from(one)
        with two.here():
            code_words(two.file, source_of(two), "gezinnen", "vervoer")
        for_hanne = two.send(partner="Hanne")
        before = state(other)
        with pytest.raises(errors.MissingChanges):
            other.take(for_hanne)
        assert state(other) == before
        assert one.take(for_hanne).codings == 1


def test_what_was_withdrawn_goes_everywhere_and_never_returns(tmp_path: Path) -> None:
    canary = "kwetterkanarie"
    with three(tmp_path) as (one, two, other):
        with one.here():
            number = add_text(one.file, f"Anna: Ik hoorde de {canary} niet meer.", canary)
        two.take_from(one)
        other.take_from(one)
        with two.here():
            code_words(two.file, number, f"de {canary}", "vervoer")
        with other.here():
            coding = code_words(other.file, number, canary, "rol")
            other.project.codings.set_memo(coding, f"Zij zei {canary}.")
            correct_words(other.file, number, "niet meer", f"geen {canary} meer")
        late = other.send()
        with one.here():
            one.project.withdraw(str(one.project.sources.get(encode_id(number)).number), really=True)
        level(random.Random(3), [one, two, other])
        for copy in (one, two, other):
            assert traces(copy, canary) == []
            copy_before = state(copy)
            if copy is not other:
                copy.take(late)
                assert state(copy) == copy_before
            assert traces(copy, canary) == []
        assert_whole(one, two, other)
        assert_alike(one, two)


def traces(replica: Replica, word: str) -> list[str]:
    """Files of the project in which a word still stands."""
    files = [replica.path.with_name(replica.path.name + ending) for ending in ("", "-wal", "-shm")]
    return [each.name for each in files if each.exists() and word.encode() in each.read_bytes().lower()]


def put_back(two: Replica, backup: Path) -> None:
    """Lay an older copy of the file in its place, open it and go on."""
    two.close()
    for ending in ("-wal", "-shm"):
        two.path.with_name(two.path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(backup, two.path)
    two.reopen(same=False)
    with two.here():
        code_words(two.file, source_of(two), "gezinnen", "vervoer")


def test_a_backup_put_back_after_a_bundle_went_out_is_a_copy_of_its_own(tmp_path: Path) -> None:
    with three(tmp_path) as (one, two, _):
        two.file.copy_to(tmp_path / "backup.verhalen")
        with two.here():
            code_words(two.file, source_of(two), "de straat", "vervoer")
        one.take(two.send())
        put_back(two, tmp_path / "backup.verhalen")
        assert two.file.replica != two.number
        assert one.take_from(two).codings == 1
        assert words_of_codings(one) == ["Ik sliep niet", "de straat", "gezinnen"]


def test_a_backup_that_went_on_where_its_file_was_taken_in_before_is_refused(tmp_path: Path) -> None:
    with three(tmp_path) as (one, two, _):
        two.file.copy_to(tmp_path / "backup.verhalen")
        with two.here():
            code_words(two.file, source_of(two), "de straat", "vervoer")
        one.take_from(two)
        put_back(two, tmp_path / "backup.verhalen")
        before = state(one)
        with pytest.raises(errors.SplitHistory):
            one.take_from(two)
        assert state(one) == before
