"""Several groups: Fisher-Freeman-Halton against scipy and against counting every table, and the random test (methods.md D7)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import fisher_exact

from verhalen.statistics import contingency
from verhalen.statistics.contingency import (
    DRAWS,
    FISHER,
    FREEMAN_HALTON,
    MONTE_CARLO,
    SEED,
    compare_groups,
)
from verhalen.statistics.outcome import ONE_GROUP_EMPTY


def by_hand(yes: list[int], of: list[int]) -> Fraction:
    """All tables with the same margins, one by one."""
    said = sum(yes)
    ours = prod(map(comb, of, yes))
    tables = [table for table in product(*(range(n + 1) for n in of)) if sum(table) == said]
    ways = [prod(map(comb, of, table)) for table in tables]
    return Fraction(sum(each for each in ways if each <= ours), sum(ways))


@given(
    some.lists(
        some.integers(1, 6).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))), min_size=3, max_size=5
    )
)
def test_three_groups_and_more_are_every_table_that_is_no_likelier(groups: list[tuple[int, int]]) -> None:
    yes, of = [x for x, _ in groups], [n for _, n in groups]
    found = compare_groups(yes, of)
    if sum(yes) in (0, sum(of)):
        assert (found.p.value, found.p.reason) == (None, ONE_GROUP_EMPTY)
    else:
        assert found.method == FREEMAN_HALTON
        assert found.p.value == float(by_hand(yes, of))


@pytest.mark.parametrize(
    ("yes", "of"), [([2, 0, 1, 0], [8, 1, 13, 2]), ([7, 2, 1], [9, 8, 7]), ([0, 5, 3, 4], [6, 6, 6, 6])]
)
def test_scipy_says_the_same(yes: list[int], of: list[int]) -> None:
    table = [yes, [n - x for x, n in zip(yes, of, strict=True)]]
    value = compare_groups(yes, of).p.value
    # scipy's test of larger tables draws at random too, or counts all: within what 9,999 draws may differ.
    assert value == pytest.approx(fisher_exact(table).pvalue, abs=0.02)


def test_two_groups_are_fishers_test_and_empty_groups_take_no_part() -> None:
    found = compare_groups([12, 1, 0], [22, 11, 0])
    assert found.method == FISHER
    assert found.p.value == pytest.approx(0.022, abs=0.0005)  # the worked example of D7
    assert (found.seed, found.draws) == (None, 0)


@pytest.mark.parametrize(("yes", "of"), [([3, 0], [5, 0]), ([0, 0, 0], [5, 5, 5]), ([5, 5], [5, 5]), ([], [])])
def test_what_can_come_out_in_one_way_only_is_undefined(yes: list[int], of: list[int]) -> None:
    assert compare_groups(yes, of).p.reason == ONE_GROUP_EMPTY


def test_more_yeses_than_members_is_nonsense() -> None:
    with pytest.raises(ValueError, match="no groups"):
        compare_groups([6, 1], [5, 5])


def test_too_many_tables_are_drawn_at_random_with_a_printed_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    yes, of = [9, 2, 4, 1, 6], [12, 11, 10, 9, 8]
    exact = compare_groups(yes, of)
    assert exact.method == FREEMAN_HALTON
    monkeypatch.setattr(contingency, "MOST_TABLES", 10)
    contingency._all_tables.cache_clear()
    drawn = compare_groups(yes, of)
    contingency._all_tables.cache_clear()
    assert (drawn.method, drawn.seed, drawn.draws) == (MONTE_CARLO, SEED, DRAWS)
    assert exact.p.value is not None
    assert drawn.p.value == pytest.approx(exact.p.value, abs=4 * (exact.p.value / DRAWS) ** 0.5)
    assert compare_groups(yes, of).p.value is not None


def test_order_of_the_groups_does_not_matter() -> None:
    assert compare_groups([1, 5, 2], [9, 6, 7]) == compare_groups([2, 1, 5], [7, 9, 6])
