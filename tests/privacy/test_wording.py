"""Numbers in words, what n permits, and coarse words for a hidden number."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.i18n import language, set_language
from verhalen.privacy.wording import Allowed, Coarse, allowed, coarse_word, number_word, say_count, whole_percent


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def test_numbers_are_words_to_twelve() -> None:
    assert [number_word(n) for n in (0, 1, 12, 13)] == ["zero", "one", "twelve", "13"]


def test_what_may_be_said_grows_with_n() -> None:
    assert allowed(2, k=3) == Allowed()
    assert allowed(3, k=3) == Allowed(counts=True, in_words=True)
    assert allowed(9, k=3) == Allowed(counts=True, in_words=True)
    assert allowed(10, k=3) == Allowed(counts=True, percentages=True, phrase="points to")
    assert allowed(29, k=3) == Allowed(counts=True, percentages=True, phrase="points to")
    assert allowed(30, k=3) == Allowed(counts=True, percentages=True, interval=True, phrase="in this group")
    assert allowed(9, k=10) == Allowed()
    assert allowed(0, k=1) == Allowed()


def test_counts_are_said_as_n_permits() -> None:
    assert say_count(2, 2, k=3) == "too few families to count"
    assert say_count(8, 9, k=3) == "eight of the nine families"
    assert say_count(8, 11, k=3) == "eight of the eleven families (73%)"
    assert say_count(8, 16, k=3) == "8 of the 16 families (50%)"
    assert say_count(1, 1, k=1) == "one of one family"


def test_halves_of_a_percent_go_up() -> None:
    assert [whole_percent(1, 8), whole_percent(3, 8), whole_percent(1, 200)] == [13, 38, 1]


@pytest.mark.parametrize(
    ("count", "words", "low", "high"),
    [
        (3, "a few", 1, 10),
        (20, "a minority", 11, 20),
        (25, "about half", 21, 29),
        (30, "a majority", 30, 39),
        (50, "almost all", 40, 50),
    ],
)
def test_fifths_of_fifty_families_have_their_words(count: int, words: str, low: int, high: int) -> None:
    assert coarse_word(count, 50, k=5) == Coarse(words, low, high)


def test_none_has_no_coarse_word() -> None:
    assert coarse_word(0, 50, k=5) is None


def test_an_interval_narrower_than_k_has_no_word() -> None:
    assert coarse_word(12, 25, k=5) is None


def test_a_few_is_never_more_than_a_third() -> None:
    assert coarse_word(4, 12, k=5) is None
    assert coarse_word(2, 12, k=3) == Coarse("a few", 1, 4)


@settings(max_examples=200, deadline=None)
@given(n=st.integers(0, 120), k=st.sampled_from([3, 5, 10]), data=st.data())
def test_a_coarse_word_holds_its_number_and_is_at_least_k_wide(n: int, k: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    found = coarse_word(count, n, k=k)
    if found:
        assert 1 <= found.low <= count <= found.high <= n
        assert found.high - found.low >= k
        assert all(coarse_word(each, n, k=k) == found for each in (found.low, found.high))
