"""Intervals: Wilson for a proportion, the percentile bootstrap for the rest. None below ten families (methods.md D4)."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from statistics import NormalDist
from typing import TypeVar

from verhalen.statistics.outcome import NO_FAMILIES, TOO_FEW

SEED = 20140115
"""Printed with every interval, so that a reader can repeat it."""
DRAWS = 2000
LEAST = 10
"""Below this number of families an interval promises more than it knows."""

Family = TypeVar("Family")


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends, or the reason why there are none."""

    low: float | None
    high: float | None
    reason: str = ""
    """Marked sentence; empty where there are ends."""
    seed: int | None = None
    """Of the bootstrap; None where no chance was involved."""
    draws: int = 0


def wilson(count: int, n: int, *, level: float = 0.95, least: int = LEAST) -> Interval:
    """Wilson's score interval for `count` out of `n`, without continuity correction (Wilson 1927)."""
    if not 0 <= count <= n:
        raise ValueError(f"no proportion: {count} of {n}")
    if n < max(least, 1):
        return _none(n)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = count / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At the ends rounding would leave 1e-17 where the formula says 0 or 1.
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == n else middle + half
    return Interval(low, high)


def bootstrap(
    families: Sequence[Family],
    statistic: Callable[[Sequence[Family]], float],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = 0.95,
    least: int = LEAST,
) -> Interval:
    """Percentile bootstrap: draw families with replacement and take the middle `level` of the statistic.

    One entry per family: what belongs to one family (its persons, its items) is drawn together or not at all.
    """
    n = len(families)
    if n < max(least, 1):
        return _none(n)
    # `random()` alone is promised to stay the same over versions of Python; `choices` is not.
    chance = random.Random(seed).random
    values = sorted(statistic([families[int(chance() * n)] for _ in range(n)]) for _ in range(draws))
    return Interval(quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2), seed=seed, draws=draws)


@lru_cache(maxsize=4096)
def dominance_interval(up: int, same: int, down: int) -> Interval:
    """Bootstrap interval of (up - down) / n; kept, because a report asks for the same counts again and again.

    Families differ by their direction only. So a draw of n of them is a draw of counts: how many went up, and how many of the
    others went down. That gives the same intervals in a hundredth of the time.
    """
    n = up + same + down
    if n < LEAST:
        return _none(n)
    chance = random.Random(SEED).random
    values = []
    for _ in range(DRAWS):
        ups = binomial(n, up / n, chance())
        downs = binomial(n - ups, down / (n - up) if n > up else 0.0, chance())
        values.append((ups - downs) / n)
    values.sort()
    return Interval(quantile(values, 0.025), quantile(values, 0.975), seed=SEED, draws=DRAWS)


def binomial(n: int, share: float, place: float) -> int:
    """The number of successes at `place` (from 0 to 1) of the binomial distribution."""
    if share in (0.0, 1.0):
        return round(n * share)
    return min(bisect_right(_cumulative(n, share), place), n)


@lru_cache(maxsize=8192)
def _cumulative(n: int, share: float) -> tuple[float, ...]:
    """Chance of at most 0, 1, ... n successes."""
    log, no = math.log(share), math.log1p(-share)
    ways = math.lgamma(n + 1)
    chances = (
        math.exp(ways - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * log + (n - k) * no) for k in range(n + 1)
    )
    return tuple(accumulate(chances))


def _none(n: int) -> Interval:
    return Interval(None, None, TOO_FEW if n else NO_FAMILIES)


def quantile(values: Sequence[float], share: float) -> float:
    """Linear between the two nearest of sorted `values` (Hyndman and Fan, type 7, as numpy has it)."""
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])
