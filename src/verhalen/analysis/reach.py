"""Who is reached: families, children, known or new, in- and outflow, per municipality, in a period."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from verhalen.model.family import Family, Level, Trajectory

Period = tuple[dt.date, dt.date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Counts of families with support in a period."""

    families: int
    children: int
    known: dict[str, int]
    """`gekend`, `nieuw`, `ooit` or empty (not noted), by the family's first trajectory in the period."""
    started: int
    """Trajectories that started in the period."""
    ended: int
    municipalities: dict[str, int]
    referrers: dict[str, int]
    keys: tuple[str, ...]
    """The families themselves, for drilling down inside."""


def reach(families: Iterable[Family], period: Period | None = None) -> Reach:
    """Count families with a trajectory that overlaps the period (all time without one)."""
    known, municipalities, referrers = Counter[str](), Counter[str](), Counter[str]()
    children = started = ended = 0
    keys = []
    for family in families:
        inside = [each for each in family.trajectories if overlaps(each, period)]
        if not inside and (family.trajectories or period):
            continue
        keys.append(family.key)
        children += sum(person.level is Level.CHILD for person in family.persons)
        municipalities[family.municipality] += 1
        if inside:
            known[inside[0].known] += 1
            referrers[inside[0].referrer] += 1
        started += sum(period is None or period[0] <= each.start <= period[1] for each in inside)
        ended += sum(each.end is not None and (period is None or period[0] <= each.end <= period[1]) for each in inside)
    return Reach(len(keys), children, dict(known), started, ended, dict(municipalities), dict(referrers), tuple(keys))


def overlaps(trajectory: Trajectory, period: Period | None) -> bool:
    """Whether support was given in the period."""
    if period is None:
        return True
    return trajectory.start <= period[1] and (trajectory.end is None or trajectory.end >= period[0])
