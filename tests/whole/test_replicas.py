"""Three copies of one project work beside each other and meet in any order: they come to say the same, nothing that a
person made is lost, and where two said different things nobody is passed over. VERHALEN_EXPLORE=1 takes long histories,
other ones each time."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import examples
from tests.whole.replicas import (
    Ledger,
    assert_alike,
    assert_whole,
    level,
    lost,
    meet,
    silent,
    state,
    three,
    twin_of,
    work,
)

from verhalen.model.act import Act
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
