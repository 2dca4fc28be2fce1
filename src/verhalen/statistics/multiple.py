"""Many tests in one table: Holm's correction (methods.md D4)."""

from __future__ import annotations

from collections.abc import Sequence


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjusted p-values in the order given; a test that is undefined stays so and does not count as one (Holm 1979)."""
    order = sorted((p, index) for index, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    worst = 0.0
    for rank, (p, index) in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * p))
        adjusted[index] = worst
    return tuple(adjusted)
