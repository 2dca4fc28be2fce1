"""Holm's correction for the items of one table."""

from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.statistics.multiple import holm


def test_the_known_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == (0.03, 0.06, 0.06, 0.02)


def test_an_undefined_p_stays_undefined_and_counts_for_no_test() -> None:
    assert holm([0.02, None, 0.5]) == (0.04, None, 0.5)


def test_an_empty_table_stays_empty() -> None:
    assert holm([]) == ()


@settings(max_examples=80, deadline=None)
@given(ps=st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
def test_no_p_becomes_smaller_or_greater_than_one_and_the_order_stays(ps: list[float | None]) -> None:
    adjusted = holm(ps)
    pairs = sorted((p, new) for p, new in zip(ps, adjusted, strict=True) if p is not None and new is not None)
    assert [p is None for p in ps] == [new is None for new in adjusted]
    assert all(p <= new <= 1 for p, new in pairs)
    assert [new for _, new in pairs] == sorted(new for _, new in pairs)
