"""Exact tests on counts, against methods.md and scipy."""

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from verhalen.statistics.exact import fisher, mcnemar, sign_test
from verhalen.statistics.outcome import ONE_GROUP_EMPTY, Outcome

counts = st.integers(0, 40)
few = st.integers(0, 12)


def value(outcome: Outcome) -> float:
    assert outcome.value is not None, outcome.reason
    return outcome.value


def test_the_published_classes_cannot_be_told_from_chance() -> None:
    assert value(sign_test(22, 11)) == pytest.approx(0.0801, abs=5e-5)
    assert value(mcnemar(4, 0)) == 0.125


def test_below_six_changed_families_nothing_reaches_five_percent() -> None:
    assert value(sign_test(5, 0)) == 0.0625
    assert value(sign_test(0, 6)) == 0.03125


def test_nothing_changed_gives_one() -> None:
    assert sign_test(0, 0) == Outcome(1.0)


def test_equal_numbers_up_and_down_give_one() -> None:
    assert sign_test(7, 7) == Outcome(1.0)


def test_a_thousand_families_are_counted_exactly() -> None:
    assert value(sign_test(600, 400)) == pytest.approx(2.7287e-10, rel=1e-4)


def test_stories_of_the_better_and_the_worse_families_differ() -> None:
    assert value(fisher(12, 10, 1, 10)) == pytest.approx(0.0216, abs=5e-5)


@pytest.mark.parametrize("table", [(0, 0, 3, 4), (3, 4, 0, 0), (0, 3, 0, 4), (3, 0, 4, 0), (0, 0, 0, 0)])
def test_fisher_is_undefined_where_a_group_or_an_answer_is_missing(table: tuple[int, int, int, int]) -> None:
    assert fisher(*table) == Outcome(None, ONE_GROUP_EMPTY)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        sign_test(-1, 3)


def test_an_outcome_is_a_value_or_a_reason_and_never_nan() -> None:
    for given_value, reason in ((None, ""), (0.5, "because"), (float("nan"), ""), (float("inf"), "")):
        with pytest.raises(ValueError, match=r"outcome|finite"):
            Outcome(given_value, reason)


@settings(max_examples=100, deadline=None)
@given(up=counts, down=counts)
def test_the_sign_test_agrees_with_scipy(up: int, down: int) -> None:
    expected = stats.binomtest(up, up + down).pvalue if up + down else 1.0
    assert value(sign_test(up, down)) == pytest.approx(expected)


@settings(max_examples=100, deadline=None)
@given(a=few, b=few, c=few, d=few)
def test_fisher_agrees_with_scipy(a: int, b: int, c: int, d: int) -> None:
    if 0 in (a + b, c + d, a + c, b + d):
        assert fisher(a, b, c, d).value is None
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = stats.fisher_exact([[a, b], [c, d]]).pvalue
    assert value(fisher(a, b, c, d)) == pytest.approx(expected)
