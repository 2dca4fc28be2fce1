"""Small cells: the rules of methods.md D6, and an independent check by trying all tables."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.i18n import language, set_language
from verhalen.privacy.bounds import bounds
from verhalen.privacy.clearance import Audience
from verhalen.privacy.disclosure import MaskedTable, clear_count, clear_statistic, clear_table, mask_table
from verhalen.privacy.wording import coarse_word

A_AND_B = [(8, 6, 2), (7, 9, 6)]
"""Better, same, worse in two projects."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def test_the_worked_example_hides_the_same_and_the_worse_of_both_rows() -> None:
    masked = mask_table(A_AND_B, k=5)
    assert masked.cells == ((8, None, None), (7, None, None))
    assert masked.row_totals == (16, 22)
    assert masked.column_totals == (15, 15, 8)
    assert masked.total == 38


def test_the_worse_of_row_a_may_be_anything_from_none_to_eight() -> None:
    grid = [(8, 6, 2, 16), (7, 9, 6, 22), (15, 15, 8, 38)]
    hidden = mask_table(A_AND_B, k=5).hidden
    assert hidden == {(0, 1), (0, 2), (1, 1), (1, 2)}
    assert bounds(grid, hidden, (0, 2)) == (0, 8)
    assert bounds(grid, hidden, (0, 1)) == (0, 8)
    assert bounds(grid, hidden, (1, 1)) == (7, 15)


def test_a_hidden_worsening_is_always_said() -> None:
    masked = mask_table(A_AND_B, k=5, worse=2)
    assert masked.hidden == {(0, 1), (0, 2), (1, 1), (1, 2)}
    assert masked.worsening(0) == "Among a few families things also got worse."
    assert mask_table([(10, 8, 6)], k=5, worse=2).worsening(0) == ""


def test_a_council_sees_the_example_at_three_with_row_a_masked() -> None:
    cleared = clear_table(A_AND_B, Audience.COUNCIL, worse=2, column_totals=False)
    assert cleared.value.cells == ((8, None, None), (7, 9, 6))


def test_the_team_sees_everything() -> None:
    cleared = clear_table([(1, 0, 0), (0, 3, 1)], Audience.INTERNAL, worse=2)
    assert cleared.value.cells == ((1, 0, 0), (0, 3, 1))
    assert cleared.value.total == 5


def test_a_sensitive_row_asks_for_more() -> None:
    rows = [(9, 8, 4), (9, 8, 4)]
    masked = clear_table(rows, Audience.COUNCIL, sensitive=[False, True], column_totals=False).value
    assert masked.cells == ((9, 8, 4), (9, None, None))


def test_a_class_that_holds_everybody_is_hidden_though_it_is_large() -> None:
    masked = mask_table([(0, 12, 0)], k=5, column_totals=False)
    assert masked.cells[0][1] is None
    assert len(masked.hidden) >= 2
    assert masked.row_totals == (12,)


def test_nobody_worse_is_shown_since_the_missing_sentence_would_say_it() -> None:
    masked = mask_table([(0, 12, 0)], k=5, worse=2, column_totals=False)
    assert masked.cells == ((None, None, 0),)


def test_a_row_with_too_few_families_is_not_counted_at_all() -> None:
    masked = mask_table([(1, 2, 0), (20, 30, 9), (11, 14, 8)], k=5)
    assert masked.cells[0] == (None, None, None)
    assert masked.row_totals[0] is None


def test_a_row_of_nobody_stays_a_row_of_zeros() -> None:
    assert mask_table([(0, 0, 0)], k=5).cells == ((0, 0, 0),)


def test_a_table_without_rows_stays_empty() -> None:
    assert mask_table([], k=5) == MaskedTable((), (), (), None, (), ())


def test_a_single_hidden_cell_takes_its_total_with_it() -> None:
    masked = mask_table([(4,), (9,), (8,)], k=5, column_totals=False)
    assert masked.cells == ((None,), (9,), (8,))
    assert masked.row_totals == (None, 9, 8)


def test_ties_hide_the_last_of_the_smallest() -> None:
    assert mask_table([(2, 7, 7, 30)], k=5, column_totals=False).cells == ((None, 7, None, 30),)


def test_the_audit_hides_more_where_two_hidden_cells_have_too_little_room() -> None:
    # 2 and its partner 0 add up to 2: neither could be more than 2 off.
    assert mask_table([(2, 0, 10)], k=5, column_totals=False).cells == ((None, None, None),)


def test_what_was_hidden_by_hand_stays_hidden_and_is_protected() -> None:
    masked = mask_table([(20, 30, 15), (11, 14, 18)], k=5, hidden=[(0, 0)])
    assert masked.hidden == {(0, 0), (0, 2), (1, 0), (1, 2)}


def test_percentages_and_dominance_follow_the_mask() -> None:
    masked = mask_table([(8, 6, 2), (10, 8, 6), (5, 2, 1)], k=3, column_totals=False)
    assert masked.share(0, 0) == 50
    assert masked.share(0, 2) is None
    assert masked.dominance(0, up=0, down=2) is None
    assert masked.share(1, 2) == 25
    assert masked.dominance(1, up=0, down=2) == pytest.approx(4 / 24)
    assert masked.share(2, 0) is None  # eight families: no percentage


def test_a_hidden_cell_says_that_it_is_not_shown() -> None:
    masked = mask_table(A_AND_B, k=5)
    assert [masked.said(0, 0), masked.said(0, 2)] == ["8", "not shown"]


def test_coarse_words_stand_where_their_interval_is_wide_enough() -> None:
    masked = mask_table([(40, 15, 4), (38, 20, 12)], k=5, worse=2, column_totals=False, words=True)
    assert masked.cells == ((40, None, None), (38, 20, 12))
    assert [masked.said(0, 1), masked.said(0, 2)] == ["a minority", "a few"]


def test_coarse_words_are_left_out_where_they_would_betray_a_number() -> None:
    masked = mask_table([(2, 8, 6)], k=3, column_totals=False, words=True)
    assert masked.said(0, 0) == "not shown"


def test_a_number_on_its_own_is_cleared_for_its_audience() -> None:
    assert clear_count(2, Audience.COUNCIL).value is None
    assert clear_count(3, Audience.COUNCIL).value == 3
    assert clear_count(0, Audience.PUBLIC).value == 0
    assert clear_count(9, Audience.PUBLIC, sensitive=True).value is None
    assert clear_count(1, Audience.INTERNAL).value == 1


def test_a_median_needs_as_many_families_as_the_threshold() -> None:
    assert clear_statistic(1.0, Audience.COUNCIL, n=2).value is None
    assert clear_statistic(1.0, Audience.COUNCIL, n=3).value == 1.0
    assert clear_statistic(None, Audience.INTERNAL, n=3).value is None


def test_a_wrong_number_of_thresholds_is_refused() -> None:
    with pytest.raises(ValueError, match="thresholds"):
        mask_table(A_AND_B, k=[5])


tiny_tables = st.integers(2, 3).flatmap(
    lambda columns: st.lists(
        st.tuples(*[st.integers(0, 5 if columns == 2 else 4)] * columns), min_size=1, max_size=3 if columns == 2 else 2
    )
)
real_tables = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.tuples(*[st.integers(0, 30)] * columns), min_size=1, max_size=8)
)


def rows_that_fit(
    masked: MaskedTable, i: int, *, worse: int | None, ranges: dict[tuple[int, int], range], top: int
) -> list[tuple[int, ...]]:
    """Every row that a reader cannot exclude by looking at this row alone."""
    n = masked.row_totals[i]
    choices = []
    for j, count in enumerate(masked.cells[i]):
        if count is not None:
            choices.append(range(count, count + 1))
        else:
            lowest = 1 if j == worse and masked.also_worse[i] else 0
            choices.append(ranges.get((i, j), range(lowest, (top if n is None else n) + 1)))
    return [row for row in product(*choices) if n is None or sum(row) == n]


def tables_that_fit(
    masked: MaskedTable, *, worse: int | None, ranges: dict[tuple[int, int], range], top: int
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table with counts to `top` that fits everything published."""
    fitting = [rows_that_fit(masked, i, worse=worse, ranges=ranges, top=top) for i in range(len(masked.cells))]
    for table in product(*fitting):
        totals = [sum(column) for column in zip(*table, strict=True)]
        columns_fit = all(told in (None, is_so) for told, is_so in zip(masked.column_totals, totals, strict=True))
        if columns_fit and masked.total in (None, sum(totals)):
            yield table


@settings(max_examples=150, deadline=None)
@given(
    rows=tiny_tables,
    k=st.sampled_from([2, 3]),
    follow_worse=st.booleans(),
    column_totals=st.booleans(),
    words=st.booleans(),
)
def test_no_reader_can_pin_a_hidden_cell_down_closer_than_k(
    rows: list[tuple[int, ...]], k: int, follow_worse: bool, column_totals: bool, words: bool
) -> None:
    worse = len(rows[0]) - 1 if follow_worse else None
    masked = mask_table(rows, k=k, worse=worse, column_totals=column_totals, words=words)
    ranges = {}
    for i, j in masked.hidden:
        said = coarse_word(rows[i][j], sum(rows[i]), k=k) if masked.words[i][j] else None
        if said:
            ranges[i, j] = range(said.low, said.high + 1)
    top = max(max(row) for row in rows) + k
    seen: dict[tuple[int, int], set[int]] = {cell: set() for cell in masked.hidden}
    totals: list[set[int]] = [set() for _ in rows]
    for table in tables_that_fit(masked, worse=worse, ranges=ranges, top=top):
        for (i, j), values in seen.items():
            values.add(table[i][j])
        for i, row in enumerate(table):
            totals[i].add(sum(row))
    assert all(max(values) - min(values) >= k for values in seen.values())
    for i, row in enumerate(rows):
        if 0 < sum(row) < k:
            assert masked.row_totals[i] is None
            assert max(totals[i]) - min(totals[i]) >= k


@settings(max_examples=80, deadline=None)
@given(rows=real_tables, k=st.sampled_from([3, 5, 10]), column_totals=st.booleans(), words=st.booleans())
def test_what_is_published_is_true_and_never_small(
    rows: list[tuple[int, ...]], k: int, column_totals: bool, words: bool
) -> None:
    masked = mask_table(rows, k=k, worse=len(rows[0]) - 1, column_totals=column_totals, words=words)
    sums = [sum(column) for column in zip(*rows, strict=True)]
    for told, true in zip(masked.cells, rows, strict=True):
        assert all(shown in (None, count) for shown, count in zip(told, true, strict=True))
    published = [
        *(count for row in masked.cells for count in row),
        *masked.row_totals,
        *masked.column_totals,
        masked.total,
    ]
    assert all(count is None or count == 0 or count >= k for count in published)
    assert all(shown in (None, sum(row)) for shown, row in zip(masked.row_totals, rows, strict=True))
    assert all(shown in (None, each) for shown, each in zip(masked.column_totals, sums, strict=True))


@settings(max_examples=80, deadline=None)
@given(rows=real_tables, k=st.sampled_from([1, 3, 5]), follow_worse=st.booleans(), column_totals=st.booleans())
def test_masking_what_is_masked_hides_nothing_more(
    rows: list[tuple[int, ...]], k: int, follow_worse: bool, column_totals: bool
) -> None:
    worse = len(rows[0]) - 1 if follow_worse else None
    masked = mask_table(rows, k=k, worse=worse, column_totals=column_totals)
    last, right = len(rows), len(rows[0])
    hidden = {
        *masked.hidden,
        *((i, right) for i, total in enumerate(masked.row_totals) if total is None),
        *((last, j) for j, total in enumerate(masked.column_totals) if total is None),
        *([(last, right)] if masked.total is None else []),
    }
    assert mask_table(rows, k=k, worse=worse, column_totals=column_totals, hidden=hidden) == masked


@settings(max_examples=60, deadline=None)
@given(rows=real_tables, worse=st.booleans())
def test_worsening_never_vanishes(rows: list[tuple[int, ...]], worse: bool) -> None:
    column = len(rows[0]) - 1 if worse else 0
    masked = mask_table(rows, k=5, worse=column)
    for i, row in enumerate(rows):
        visible = masked.cells[i][column] == row[column]
        assert bool(masked.worsening(i)) == (row[column] > 0 and not visible)


# -- what readers know from elsewhere ----------------------------------------------------------------------------------


def test_a_cell_hides_behind_what_its_column_can_hold_at_most() -> None:
    # Eight families live in A, three in B, four in C. Of A five tell, of B two, of C all: with the total of 11, six are of B and C,
    # so B has two or three.
    row, sizes = (5, 2, 4), (8, 3, 4)
    plain = mask_table([row], k=3, column_totals=False, hidden=[(0, 2)])
    assert (plain.cells, plain.row_totals) == (((5, None, None),), (11,))
    assert bounds([(*row, 11), (*row, 11)], {(0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (1, 3)}, (0, 1)) == (0, 6)
    masked = mask_table([row], k=3, column_totals=False, hidden=[(0, 2)], most=[sizes])
    assert _fitting(masked, sizes, None)[1] == {0, 1, 2, 3}


@settings(max_examples=150, deadline=None)
@given(
    cells=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=2, max_size=4),
    k=st.sampled_from([3, 5, 10]),
    worse=st.sampled_from([None, 0]),
    words=st.booleans(),
)
def test_with_known_sizes_a_hidden_cell_is_as_wide_as_the_threshold_or_as_its_column(
    cells: list[tuple[int, int]], k: int, worse: int | None, words: bool
) -> None:
    row, sizes = [min(cell) for cell in cells], [max(cell) for cell in cells]
    full = [(0, j) for j, n in enumerate(row) if 0 < n == sizes[j]]
    masked = mask_table([row], k=k, worse=worse, column_totals=False, words=words, hidden=full, most=[sizes])
    found = _fitting(masked, sizes, worse, k)
    for j, count in enumerate(masked.cells[0]):
        if count is None:
            at_most = sizes[j] - (j == worse)
            assert max(found[j]) - min(found[j]) >= min(k, at_most), (row, sizes, masked)


def _fitting(masked: MaskedTable, sizes: Sequence[int], worse: int | None, k: int = 3) -> list[set[int]]:
    """Per cell of the first row all values that fit everything published, by trying every row."""
    (cells,), (n,), (words,) = masked.cells, masked.row_totals, masked.words
    choices: list[Sequence[int]] = []
    for j, count in enumerate(cells):
        fit: Sequence[int] = range(1 if j == worse else 0, sizes[j] + 1) if count is None else range(count, count + 1)
        if words[j] and n is not None:
            fit = [each for each in fit if (word := coarse_word(each, n, k=k)) and word.words == words[j]]
        choices.append(fit)
    rows = [each for each in product(*choices) if n is None or sum(each) == n]
    return [{each[j] for each in rows} for j in range(len(cells))]
