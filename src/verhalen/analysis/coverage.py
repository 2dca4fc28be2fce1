"""Who told and who did not, by change class: the guard against cherry-picking (methods.md D7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from verhalen.i18n import mark

LOW, HIGH = 0.5, 2.0
"""Outside this range a class tells much less or more often than all families do."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One class of families: how many there are, how many told."""

    key: str
    label: str
    """Marked word."""
    families: int
    with_story: int
    ratio: float | None
    """Share with a story in this class over the share in all; None where it is undefined."""
    without: tuple[str, ...]
    """Families of this class without a story: whom to invite."""

    @property
    def is_skewed(self) -> bool:
        """Whether this class tells far less or far more than the others."""
        return self.ratio is not None and not LOW <= self.ratio <= HIGH


_LABELS = {1: mark("better"), 0: mark("same"), -1: mark("worse")}


def coverage(families: Iterable[str], telling: Collection[str], standing: Mapping[str, int]) -> list[CoverageRow]:
    """Better, same, worse and not paired, in this order; all families take part, also those without scores."""
    listed = sorted(set(families))
    share = sum(family in telling for family in listed) / len(listed) if listed else 0.0
    rows = []
    for direction in (1, 0, -1, None):
        inside = [family for family in listed if standing.get(family) == direction]
        told = [family for family in inside if family in telling]
        ratio = (len(told) / len(inside)) / share if inside and share else None
        label = _LABELS[direction] if direction is not None else mark("not paired")
        rows.append(
            CoverageRow(
                key="none" if direction is None else {1: "up", 0: "same", -1: "down"}[direction],
                label=label,
                families=len(inside),
                with_story=len(told),
                ratio=ratio,
                without=tuple(family for family in inside if family not in telling),
            )
        )
    return rows
