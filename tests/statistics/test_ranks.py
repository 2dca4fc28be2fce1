"""Wilcoxon's signed ranks, against methods.md E3 and scipy's full permutation distribution."""

import math
import warnings

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from verhalen.statistics.outcome import NO_FAMILIES, ONLY_ZEROS, TOO_MANY, Outcome
from verhalen.statistics.ranks import Zeros, midranks, wilcoxon

LODESTAR = [3, 3, -1, 0, 4, -1, 0, -4]
"""12,9,15,11,8,14,10,13 less 9,6,16,11,4,15,10,17."""
KERBY = [15, -7, 5, 20, 0, -9, 17, -12, 5, -10]
ZEROS: list[Zeros] = ["pratt", "wilcox", "zsplit"]


@pytest.mark.parametrize(("zeros", "w", "p"), [("wilcox", 8.5, 0.719), ("pratt", 14.5, 0.844), ("zsplit", 16.0, 0.844)])
def test_three_ways_with_zeros_give_the_known_sums(zeros: Zeros, w: float, p: float) -> None:
    found = wilcoxon(LODESTAR, zeros=zeros)
    assert found.statistic == w
    assert found.p.value == pytest.approx(p, abs=5e-4)
    assert (found.pairs, found.zeros) == (8, 2)


def test_the_textbook_example_with_its_zero_dropped() -> None:
    found = wilcoxon(KERBY, zeros="wilcox")
    assert (found.w_plus, found.w_minus) == (27.0, 18.0)
    assert found.r == Outcome(0.2)
    assert found.p.value == pytest.approx(0.633, abs=5e-4)


def test_pratt_keeps_the_zero_in_the_ranking() -> None:
    found = wilcoxon(KERBY)
    assert (found.w_plus, found.w_minus) == (32.0, 22.0)
    assert found.p.value == pytest.approx(0.6445, abs=5e-5)


def test_equal_values_share_the_middle_of_their_ranks() -> None:
    assert midranks([10, 20, 10, 5]) == [2.5, 4.0, 2.5, 1.0]
    assert midranks([]) == []


@pytest.mark.parametrize("zeros", ZEROS)
def test_when_nothing_changed_there_is_no_correlation(zeros: Zeros) -> None:
    found = wilcoxon([0, 0, 0], zeros=zeros)
    assert found.p == Outcome(1.0)
    assert found.r == Outcome(None, ONLY_ZEROS)


def test_without_families_nothing_is_defined() -> None:
    found = wilcoxon([])
    assert found.p == Outcome(None, NO_FAMILIES)
    assert found.r == Outcome(None, NO_FAMILIES)


def test_three_hundred_changed_families_are_still_exact_and_more_are_refused() -> None:
    assert wilcoxon([1] * 300).p.value == 2 / 2**300
    assert wilcoxon([1] * 301).p == Outcome(None, TOO_MANY)


@settings(max_examples=60, deadline=None)
@given(differences=st.lists(st.integers(-4, 4), min_size=1, max_size=11), zeros=st.sampled_from(ZEROS))
def test_the_exact_p_agrees_with_scipy_over_all_permutations(differences: list[int], zeros: Zeros) -> None:
    if sum(each != 0 for each in differences) < 2:
        return  # scipy permutes two differences or more
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = stats.wilcoxon(differences, zero_method=zeros, method="asymptotic").statistic
    counted = [each for each in differences if each or zeros != "wilcox"]

    # scipy's own `method=PermutationMethod` asks for one permutation at a time; this takes them all at once.
    def plus(signed: npt.NDArray[np.float64], axis: int) -> npt.NDArray[np.float64]:
        of_zeros = 0.5 if zeros == "zsplit" else 0.0
        ranks = stats.rankdata(abs(signed), axis=axis)
        return np.asarray(np.sum(ranks * np.where(signed == 0, of_zeros, signed > 0), axis=axis))

    everything = stats.permutation_test((counted,), plus, permutation_type="samples", n_resamples=math.inf, axis=-1)
    found = wilcoxon(differences, zeros=zeros)
    assert found.statistic == expected
    assert found.p.value == pytest.approx(everything.pvalue)


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.integers(-5, 5), max_size=30))
def test_midranks_agree_with_scipy(values: list[int]) -> None:
    assert midranks(values) == list(stats.rankdata(values))
