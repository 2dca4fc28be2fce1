"""Who of the families of a report came, left, came back and by whose word: sets of families, each in one class at most.

Reports count families, never periods of support: k protects families, and a reader may subtract one row from another only
where both count the same thing. A family that started twice counts by its first start, one that left twice by its last end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from verhalen.analysis.reach import Period, overlaps
from verhalen.model.family import Family, Trajectory


@dataclass(frozen=True, slots=True)
class Reached:
    """One family with its support in the period."""

    key: str
    family: Family
    support: tuple[Trajectory, ...]
    """Oldest first."""
    started: dt.date | None
    """First start within the period."""
    ended: Trajectory | None
    """The period of support that ended last within the period."""
    back: bool
    """A second or later period of support started within the period."""

    @property
    def known(self) -> str:
        """Whether the service knew it, by its first support in the period; empty where nobody noted that."""
        return self.support[0].known if self.support else ""

    @property
    def referrer(self) -> str:
        """Who referred it, by its first support in the period."""
        return self.support[0].referrer if self.support else ""


def reached(families: Iterable[Family], period: Period) -> list[Reached]:
    """Each family with what happened to its support between two days, both included."""
    found = []
    for family in families:
        support = tuple(each for each in family.trajectories if overlaps(each, period))
        starts = [each.start for each in support if each.start >= period[0]]
        ends = [each for each in support if each.end is not None and each.end <= period[1]]
        found.append(
            Reached(
                family.key,
                family,
                support,
                min(starts, default=None),
                max(ends, key=lambda each: each.end or dt.date.min, default=None),
                any(each.ordinal > 1 and each.start >= period[0] for each in support),
            )
        )
    return found


Parts = dict[str, frozenset[str]]
"""Classes by name, with the keys of their families."""


def parted(families: Sequence[Reached], class_of: Callable[[Reached], str | None]) -> Parts:
    """Families by class, in the order in which the classes come up; None leaves a family out."""
    found: dict[str, set[str]] = {}
    for each in families:
        name = class_of(each)
        if name is not None:
            found.setdefault(name, set()).add(each.key)
    return {name: frozenset(them) for name, them in found.items()}


def there(families: Iterable[Reached], period: Period) -> frozenset[str]:
    """Who had support on some day of a part of the period."""
    return frozenset(each.key for each in families if any(overlaps(one, period) for one in each.support))
