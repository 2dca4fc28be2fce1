"""Time things and print them beside what they are compared with."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the bench."""

    what: str
    ours_ms: float
    raw_ms: float | None
    budget: str


def best_ms(act: Callable[[], object], *, times: int = 3) -> float:
    """The fastest of a few runs: the one that the other programs on the machine disturbed least."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return min(found)


def percentile_ms(act: Callable[[int], object], *, times: int, share: float) -> tuple[float, float]:
    """Median and the given percentile over many runs, in milliseconds."""
    found = []
    for number in range(times):
        start = time.perf_counter()
        act(number)
        found.append((time.perf_counter() - start) * 1000)
    found.sort()
    return statistics.median(found), found[min(len(found) - 1, int(share * len(found)))]


def show(figures: list[Figure]) -> None:
    """Print a table."""
    print(f"{'what':<66} {'ours ms':>10} {'raw ms':>10} {'ratio':>7}  budget")
    for figure in figures:
        raw = f"{figure.raw_ms:10.1f}" if figure.raw_ms is not None else " " * 10
        ratio = f"{figure.ours_ms / figure.raw_ms:7.2f}" if figure.raw_ms else " " * 7
        print(f"{figure.what:<66} {figure.ours_ms:10.1f} {raw} {ratio}  {figure.budget}")
