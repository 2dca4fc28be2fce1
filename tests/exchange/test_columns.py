from __future__ import annotations

import datetime as dt

import pytest

from verhalen.exchange.columns import parse_day, parse_whole


@pytest.mark.parametrize(
    "written",
    [
        *("2025-03-12", "12/03/2025", "12-3-2025", "12.03.2025", "45728", "45728.0", "2025-03-12 14:30"),
        *("12/3/2025 0:00", "12-03-25 14:30:00", "12 maart 2025", "12 Mrt. 2025", "12. March 2025"),
    ],
)
def test_a_day_is_read_in_many_notations(written: str) -> None:
    assert parse_day(written) == dt.date(2025, 3, 12)


@pytest.mark.parametrize(
    "written",
    ["03/13/2025", "2025-02-30", "gisteren", "12", "2025-03", "1e5", "30 februari 2025", "12 zomer 2025", "12 maart"],
)
def test_what_is_no_day_is_none(written: str) -> None:
    assert parse_day(written) is None


@pytest.mark.parametrize(
    ("written", "value"), [("3", 3), ("3.0", 3), ("-1", -1), ("1,5", None), ("1.5", None), ("x", None)]
)
def test_only_whole_numbers_are_numbers(written: str, value: int | None) -> None:
    assert parse_whole(written) == value
