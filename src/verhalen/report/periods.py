"""The years or half-years of a report's period, for what is shown side by side."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

MOST = 5
"""More columns than this do not fit on a page: then only the whole is shown."""


class Slice(NamedTuple):
    """A part of the period: its name, first and last day, both included."""

    name: str
    first: dt.date
    last: dt.date


def slices(period: tuple[dt.date, dt.date]) -> tuple[Slice, ...]:
    """Calendar years; half-years where the period lies within one year; none where there would be one, or too many.

    The first and the last may be shorter than their name says: the report prints its period.
    """
    first, last = period
    if first.year == last.year:
        middle = dt.date(first.year, 7, 1)
        found = [
            Slice(f"{first.year}-1", first, middle - dt.timedelta(days=1)),
            Slice(f"{first.year}-2", middle, last),
        ]
        return tuple(found) if first < middle <= last else ()
    found = [
        Slice(str(year), max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    ]
    return tuple(found) if len(found) <= MOST else ()
