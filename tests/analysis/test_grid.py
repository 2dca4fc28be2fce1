"""What is shown of a crosstab: known answers by hand, and what holds for every table."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import examples

from verhalen.analysis.grid import MOST, Grid, Look, Order, grid_of, strongest, value_text
from verhalen.i18n import speaking
from verhalen.model.crosstable import CrossTable, Line, Measure, Unit


def table(lines: list[tuple[int, list[int]]], *, coefficients: tuple[tuple[float | None, ...], ...] = ()) -> CrossTable:
    """Rows by depth and counts; columns have 10 fragments and 500 words each."""
    counts = tuple(tuple(row) for _, row in lines)
    width = len(counts[0]) if counts else 0
    return CrossTable(
        Unit.CODINGS,
        "gemeente",
        tuple(Line(f"r{at}", f"Row {at}", depth) for at, (depth, _) in enumerate(lines)),
        tuple(Line(f"r{at}" if coefficients else f"c{at}", f"Column {at}", n=10, words=500) for at in range(width)),
        counts,
        tuple(map(sum, counts)),
        tuple(sum(row[at] for row in counts) for at in range(width)),
        sum(map(sum, counts)),
        coefficients,
    )


TREE = table([(0, [9, 0, 3]), (1, [8, 0, 0]), (1, [0, 0, 0]), (0, [0, 0, 0]), (1, [0, 0, 0]), (2, [1, 0, 3])])
"""A code with two below it, of which one is empty; one whose only words stand two levels below it."""


def keys(grid: Grid) -> list[str]:
    return [grid.table.rows[at].key for at in grid.rows]


def test_empty_rows_and_columns_go_but_what_stands_above_a_row_that_stays() -> None:
    grid = grid_of(TREE, Look())
    assert keys(grid) == ["r0", "r1", "r3", "r4", "r5"]
    assert grid.columns == (0, 2)
    assert grid.hidden == (1, 1)
    assert keys(grid_of(TREE, Look(hides_empty=False))) == ["r0", "r1", "r2", "r3", "r4", "r5"]
    assert keys(grid_of(TREE, Look(order=Order.TOTAL))) == ["r0", "r1", "r5"]


def test_a_row_that_counts_all_below_it_does_not_make_the_others_pale() -> None:
    grid = grid_of(TREE, Look())
    assert grid.highest == 8
    assert [grid.level(row, 0) for row in grid.rows] == [MOST, MOST, 0, 0, 1]
    assert grid.is_beyond
    assert grid.steps() == [(1, "2"), (2, "4"), (3, "6"), (4, "8")]


def test_measures_are_said_as_people_read_them() -> None:
    with speaking("nl"):
        shares = grid_of(TREE, Look(Measure.ROW_PERCENT))
        assert [shares.text(5, at) for at in range(3)] == ["25%", "·", "75%"]
        assert grid_of(TREE, Look(Measure.PER_1000_WORDS)).text(0, 2) == "6,0"
        assert grid_of(TREE, Look(Measure.COLUMN_PERCENT)).text(0, 0) == "90%"
        assert value_text(0.2, Measure.ROW_PERCENT) == "<1%"
        assert value_text(None, Measure.COEFFICIENT) == "–"


def test_a_code_that_meets_itself_counts_for_nothing_on_the_scale() -> None:
    meeting = table(
        [(0, [7, 2, 0]), (1, [2, 3, 0]), (1, [0, 0, 9])],
        coefficients=((1.0, 0.25, 0.0), (0.25, 1.0, 0.0), (0.0, 0.0, 1.0)),
    )
    grid = grid_of(meeting, Look())
    assert keys(grid) == ["r0", "r1"]
    assert grid.columns == (0, 1)
    assert grid.highest == 2
    assert [[grid.level(row, column) for column in (0, 1)] for row in (0, 1)] == [[0, MOST], [MOST, 0]]
    assert strongest(meeting, 5) == [(1, 0)]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.integers(0, 40), min_size=3, max_size=3)), min_size=1, max_size=8
    ),
    st.sampled_from([Measure.COUNT, Measure.ROW_PERCENT, Measure.PER_1000_WORDS]),
    st.sampled_from(Order),
)
@settings(max_examples=examples(60))
def test_every_number_is_shown_darker_where_it_is_higher(
    lines: list[tuple[int, list[int]]], measure: Measure, order: Order
) -> None:
    found = table(lines)
    grid = grid_of(found, Look(measure, order=order))
    shown = {cell: grid.value(*cell) or 0.0 for cell in grid.cells()}
    assert sum(found.counts[row][column] for row, column in shown) == found.total
    for cell, value in shown.items():
        assert 0 <= grid.level(*cell) <= MOST
        assert (grid.level(*cell) > 0) == (value > 0 and grid.highest > 0)
    ordered = sorted(shown, key=lambda cell: shown[cell])
    levels = [grid.level(*cell) for cell in ordered]
    assert levels == sorted(levels)
