"""Intervals for proportions and for statistics of families."""

from statistics import fmean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from verhalen.statistics.intervals import SEED, Interval, bootstrap, dominance_interval, wilson
from verhalen.statistics.outcome import NO_FAMILIES, TOO_FEW


@pytest.mark.parametrize(("count", "low", "high"), [(22, 0.276, 0.524), (11, 0.113, 0.318), (4, 0.028, 0.170)])
def test_the_published_shares_of_56_families_have_these_intervals(count: int, low: float, high: float) -> None:
    found = wilson(count, 56)
    assert found.low == pytest.approx(low, abs=5e-4)
    assert found.high == pytest.approx(high, abs=5e-4)


def test_there_is_no_interval_below_ten_families() -> None:
    assert wilson(4, 9) == Interval(None, None, TOO_FEW)
    assert bootstrap([1] * 9, fmean) == Interval(None, None, TOO_FEW)
    assert wilson(0, 0) == Interval(None, None, NO_FAMILIES)
    assert bootstrap([], fmean) == Interval(None, None, NO_FAMILIES)
    assert wilson(4, 10).low is not None


def test_nobody_and_everybody_end_at_nought_and_one() -> None:
    assert wilson(0, 20).low == 0.0
    assert wilson(20, 20).high == 1.0


def test_more_than_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(5, 4)


def test_dominance_of_the_published_classes_lies_about_between_nought_and_two_fifths() -> None:
    found = dominance_interval(22, 23, 11)
    assert found.low == pytest.approx(0.0, abs=0.02)
    assert found.high == pytest.approx(0.39, abs=0.02)
    assert (found.seed, found.draws) == (SEED, 2000)


def test_the_same_seed_gives_the_same_interval_and_another_gives_another() -> None:
    values = [1, 5, 2, 8, 3, 9, 4, 7, 6, 10, 2, 5]
    assert bootstrap(values, fmean) == bootstrap(values, fmean)
    assert bootstrap(values, fmean, seed=1) != bootstrap(values, fmean, seed=2)


@pytest.mark.parametrize("counts", [(22, 23, 11), (3, 0, 9), (0, 12, 0), (12, 0, 0), (0, 5, 9)])
def test_drawing_counts_is_drawing_families(counts: tuple[int, int, int]) -> None:
    up, same, down = counts
    ours = dominance_interval(up, same, down)
    families = bootstrap([1] * up + [0] * same + [-1] * down, fmean)
    assert ours.low is not None
    assert ours.high is not None
    # Two runs of 2,000 draws from one distribution, whose steps are 1/n.
    assert ours.low == pytest.approx(families.low, abs=1.5 / sum(counts))
    assert ours.high == pytest.approx(families.high, abs=1.5 / sum(counts))


def test_equal_families_leave_no_doubt() -> None:
    found = bootstrap([3] * 12, median)
    assert (found.low, found.high) == (3, 3)


def test_the_persons_of_a_family_are_drawn_together() -> None:
    families = [(1, 1, 1)] * 6 + [(5, 5, 5)] * 6
    sizes = set()

    def persons(drawn: object) -> float:
        assert isinstance(drawn, list)
        sizes.add(sum(len(family) for family in drawn))
        return fmean(value for family in drawn for value in family)

    bootstrap(families, persons, draws=50)
    assert sizes == {36}


@settings(max_examples=80, deadline=None)
@given(n=st.integers(10, 300), share=st.floats(0, 1))
def test_wilson_agrees_with_scipy(n: int, share: float) -> None:
    count = round(share * n)
    expected = stats.binomtest(count, n).proportion_ci(method="wilson")
    found = wilson(count, n)
    assert found.low == pytest.approx(expected.low, abs=1e-12)
    assert found.high == pytest.approx(expected.high, abs=1e-12)
