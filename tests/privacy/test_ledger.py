"""What two reports give away together: worked examples by hand, and a search for what a reader could calculate."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import examples

from verhalen.model.release import Release, ReleasedRow
from verhalen.privacy.disclosure import mask_table
from verhalen.privacy.ledger import Published, clashes, tells

CLASSES = ("up", "same", "down")


def row(
    families: range | set[int], cells: tuple[int | None, ...] = (), total: int | None = -1, label: str = "x"
) -> ReleasedRow:
    """A row of these families; a total that is not given is shown."""
    n = len(families) if total == -1 else total
    return ReleasedRow("change", label, CLASSES[: len(cells)], cells, n, frozenset(families))


def release(*rows: ReleasedRow, number: int = 1) -> Release:
    return Release(number, "raad.md", "Raad", "council", "", "2026-01-05", "2026-01-12", "Greet", rows)


def refused(new: ReleasedRow, *old: ReleasedRow, k: int = 3) -> bool:
    return bool(clashes([Published(new, k)], [release(*old)]))


def test_two_families_more_than_last_time_would_be_told_of() -> None:
    # Report of June: 16 families, 8 better, 5 the same, 3 worse. Of December: the same and two more.
    assert refused(row(range(18), (9, 5, 4)), row(range(16), (8, 5, 3)))
    # The other way round: two families fewer.
    assert refused(row(range(16), (8, 5, 3)), row(range(18), (9, 5, 4)))


def test_three_families_more_are_enough_where_each_class_grows_by_none_or_three() -> None:
    assert not refused(row(range(22), (11, 5, 6)), row(range(16), (8, 5, 3)))
    # One of the six got worse: 4 - 3.
    assert refused(row(range(22), (11, 7, 4)), row(range(16), (8, 5, 3)))
    # All six got better.
    assert refused(row(range(22), (14, 5, 3)), row(range(16), (8, 5, 3)))


def test_a_class_that_one_of_both_hides_may_not_follow_from_the_rest() -> None:
    # Better 8 -> 13 and one more class hidden in both: 6 more families, 5 of them better, so 1 did not get better.
    assert refused(row(range(22), (13, None, None)), row(range(16), (8, None, None)))
    # 6 more, 3 better: the other three are the same or worse in any way.
    assert not refused(row(range(22), (11, None, None)), row(range(16), (8, None, None)))


def test_the_same_families_with_the_same_numbers_are_fine() -> None:
    assert not refused(row(range(16), (8, 5, 3)), row(range(16), (8, 5, 3)))
    assert not refused(row(range(16), (8, None, None)), row(range(16), (8, None, None)))
    # Corrected numbers of the same families do not add up to anything.
    assert not refused(row(range(16), (9, 4, 3)), row(range(16), (8, 5, 3)))


def test_the_same_families_hidden_in_other_places_do_not_betray_each_other() -> None:
    # Worse was 2. One report hid it behind the same, the other behind better: together 16 - 8 - 6 is 2.
    assert refused(row(range(16), (None, 6, None)), row(range(16), (8, None, None)))


def test_other_families_or_another_kind_are_never_subtracted() -> None:
    assert not refused(row(range(18), (9, 5, 4)), row(range(1, 20), (8, 5, 6)))
    other = ReleasedRow("reach", "x", CLASSES, (8, 5, 3), 16, frozenset(range(16)))
    assert not refused(row(range(18), (9, 5, 4)), other)


def test_hidden_numbers_cannot_be_subtracted() -> None:
    assert not refused(row(range(18), (None, None, None), None), row(range(16), (8, 5, 3)))


def test_four_municipalities_of_one_partnership() -> None:
    # Report 1 gives the four together: 40 families. Report 2 would give three of them: 15, 13 and 10 leave 2 for the fourth.
    whole = row(range(40), label="all")
    three = [row(range(15), label="A"), row(range(15, 28), label="B"), row(range(28, 38), label="C")]
    found = clashes([Published(each, 3) for each in three], [release(whole)])
    assert [clash.release.report for clash in found] == ["raad.md"]
    # With ten in the fourth nothing is told.
    assert not clashes([Published(each, 3) for each in three], [release(row(range(48), label="all"))])
    # The parts were there first, and now the whole comes.
    assert clashes([Published(whole, 3)], [release(*three)])


def test_parts_from_two_earlier_reports_are_added_up_too() -> None:
    first, second = release(row(range(15), label="A"), number=1), release(row(range(15, 38), label="B"), number=2)
    (clash,) = clashes([Published(row(range(40), label="all"), 3)], [first, second])
    assert clash.release.id == 1


def test_the_oldest_report_that_forbids_it_is_named() -> None:
    old = [release(row(range(16), (8, 5, 3)), number=7), release(row(range(17), (8, 5, 4)), number=9)]
    (clash,) = clashes([Published(row(range(18), (9, 5, 4)), 3)], old)
    assert clash.release.id == 7


# -- what a reader could calculate ------------------------------------------------------------------------------------

people = st.lists(st.sampled_from(range(3)), min_size=4, max_size=14)
"""The class of each family."""
reports = st.lists(st.sets(st.integers(0, 13), min_size=3), min_size=2, max_size=5)


def published(of: frozenset[int], classes: list[int], k: int) -> ReleasedRow:
    """A row as a report would mask it."""
    counts = [sum(classes[each] == column for each in of) for column in range(3)]
    masked = mask_table([counts], k=k, worse=2, column_totals=False)
    return ReleasedRow("change", "x", CLASSES, masked.cells[0], masked.row_totals[0], of)


@settings(max_examples=examples(120), deadline=None)
@given(classes=people, asked=reports, k=st.sampled_from([2, 3]))
def test_no_two_released_rows_let_anybody_calculate_a_small_number(
    classes: list[int], asked: list[set[int]], k: int
) -> None:
    out: list[ReleasedRow] = []
    for wanted in asked:
        families = frozenset(each for each in wanted if each < len(classes))
        if not families:
            continue
        new = published(families, classes, k)
        if not clashes([Published(new, k)], [release(each, number=place) for place, each in enumerate(out)]):
            out.append(new)
    for one, other in combinations(out, 2):
        small, large = sorted((one, other), key=lambda each: len(each.families))
        if small.families < large.families:
            assert not 0 < (large.total or 0) - (small.total or 0) < k or None in (large.total, small.total)
            for before, after in zip(small.cells, large.cells, strict=True):
                assert before is None or after is None or not 0 < after - before < k
        assert not tells(one, other, k)
    assert not _sums_tell(out, k)


def _sums_tell(rows: list[ReleasedRow], k: int) -> bool:
    """Two disjoint rows within a third that leave one to k - 1 families: tried one by one."""
    shown = [each for each in rows if each.total is not None]
    return any(
        0 < len(whole.families - one.families - other.families) < k
        for whole in shown
        for one, other in combinations(shown, 2)
        if one.families < whole.families and other.families < whole.families and not one.families & other.families
    )


def test_a_whole_with_very_many_parts_is_decided_in_time() -> None:
    parts = [row({each, each + 1}, label=str(each)) for each in range(120)]
    assert clashes([Published(row(range(121), label="all"), 3)], [release(*parts)])
