"""How tables of a report are cut so that small numbers hide without taking better and worse along."""

import datetime as dt

import pytest

from verhalen.privacy.clearance import Audience
from verhalen.privacy.disclosure import clear_split, clear_table, clear_turned, mask_table
from verhalen.report.fill_change import UNCHANGED, hidden_together
from verhalen.report.fill_reach import with_rest
from verhalen.report.periods import slices


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([5, 5, 2, 3], UNCHANGED),  # 2 of the unchanged were not looked at again: 7 together
        ([5, 2, 5, 3], UNCHANGED),
        ([4, 7, 2, 2], ()),  # 2 not looked at again and 2 worse hide each other
        ([6, 0, 2, 4], ()),  # with none of the other kind the sum would say it
        ([6, 1, 2, 4], ()),
        ([5, 5, 3, 3], ()),
    ],
)
def test_the_two_kinds_of_unchanged_hide_each_other_where_only_they_are_small(
    counts: list[int], hidden: tuple[int, ...]
) -> None:
    assert hidden_together(counts, 3) == hidden


def test_the_sum_of_hidden_cells_is_said_only_where_the_row_gives_it_anyway() -> None:
    shown = mask_table([[5, 5, 2, 3]], k=3, worse=3, column_totals=False, hidden=[(0, 1), (0, 2)])
    assert (shown.cells, shown.together(0, UNCHANGED)) == (((5, None, None, 3),), 7)
    more = mask_table([[4, 7, 2, 2]], k=3, worse=3, column_totals=False)
    assert (more.cells, more.together(0, UNCHANGED)) == (((4, 7, None, None),), None)
    assert mask_table([[5, 5, 3, 3]], k=3, column_totals=False).together(0, UNCHANGED) is None


def test_two_columns_masked_as_one_keep_their_sum_and_nothing_else() -> None:
    split = clear_split(clear_table([[5, 7, 6], [6, 6, 3]], Audience.PUBLIC, worse=2, column_totals=False), 1).value
    assert split.cells == ((5, None, None, 6), (6, None, None, None))
    assert [split.together(row, UNCHANGED) for row in (0, 1)] == [7, None]
    assert (split.row_totals, split.also_worse) == ((18, 15), (False, True))


def test_a_row_turned_into_a_column_hides_the_same_cells() -> None:
    turned = clear_turned(clear_table([[6, 2, 4]], Audience.COUNCIL)).value
    assert [list(row) for row in turned.cells] == [[6], [None], [None]]
    assert (turned.column_totals, turned.total, sorted(turned.hidden)) == ((12,), 12, [(1, 0), (2, 0)])


def test_referrers_of_few_families_go_together_with_the_smallest_other_one() -> None:
    assert with_rest({"OCMW": 6, "CAW": 1, "CLB": 2, "school": 4}, 3) == (["OCMW"], ["CAW", "CLB", "school"])
    assert with_rest({"OCMW": 6, "CAW": 2, "CLB": 2, "school": 4}, 3) == (["OCMW", "school"], ["CAW", "CLB"])
    assert with_rest({"OCMW": 6, "school": 4}, 3) == (["OCMW", "school"], [])
    assert with_rest({"OCMW": 6, "school": 1}, 1) == (["OCMW", "school"], [])


def test_a_period_is_cut_in_years_or_half_years() -> None:
    day = dt.date
    assert [tuple(each) for each in slices((day(2024, 9, 1), day(2025, 10, 31)))] == [
        ("2024", day(2024, 9, 1), day(2024, 12, 31)),
        ("2025", day(2025, 1, 1), day(2025, 10, 31)),
    ]
    assert [each.name for each in slices((day(2025, 2, 1), day(2025, 7, 1)))] == ["2025-1", "2025-2"]
    assert slices((day(2025, 7, 1), day(2025, 12, 31))) == ()
    assert slices((day(2019, 1, 1), day(2025, 12, 31))) == ()
