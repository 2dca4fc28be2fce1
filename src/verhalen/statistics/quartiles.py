"""Median and quartiles of levels: each is a level that somebody gave, never a number between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verhalen.statistics.outcome import Outcome, undefined


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a half, and the middle half, of a group stand. All three have a value, or none has."""

    low: Outcome
    """The first quartile: a quarter of the group stands there or below."""
    median: Outcome
    """The lower one."""
    high: Outcome
    """The third quartile."""


def spread(values: Sequence[int], *, nobody: str) -> Spread:
    """By the inverse of the distribution function (Hyndman and Fan 1996, definition 1); `nobody`: why there is none."""
    if not values:
        none = undefined(nobody)
        return Spread(none, none, none)
    ordered, n = sorted(values), len(values)
    return Spread(*(Outcome(float(ordered[-(-n * quarter // 4) - 1])) for quarter in (1, 2, 3)))
