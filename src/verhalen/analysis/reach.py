"""Who is reached: families, children, known or new, in- and outflow, duration, contacts and waiting, in a period."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.family import Contact, Family, Level, Trajectory, TrajectoryEnd
from verhalen.statistics.outcome import Outcome, undefined

Period = tuple[dt.date, dt.date]
"""First and last day, both included."""
NOTHING = mark("nothing to count")
MONTH = 30.4375
"""Days: a year of 365.25 in twelve."""
_SHORTEST = 28
"""Days of support in the period below which a number of contacts per month says nothing."""
GROUPS = ("municipality", "project", "coach")


@dataclass(frozen=True, slots=True)
class Spread:
    """How long or how often: the middle and the range of n."""

    n: int
    median: Outcome
    low: float | None
    """None where n is 0."""
    high: float | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Counts of families with support in a period."""

    families: int
    children: int
    """Who belonged to these families on some day of the period."""
    known: dict[str, int]
    """`gekend`, `nieuw`, `ooit` or empty (not noted), by the family's first trajectory in the period."""
    started: int
    """Trajectories that started in the period."""
    ended: int
    municipalities: dict[str, int]
    referrers: dict[str, int]
    keys: tuple[str, ...]
    """The families themselves, for drilling down inside."""
    age_groups: dict[str, int]
    """Children by age group; empty (not noted) too."""
    back: int
    """Families that came back: a second or later trajectory started in the period."""
    ends: dict[str, int]
    """Reason to the trajectories that ended in the period; empty (not noted) too."""
    referred_on: dict[str, int]
    """Where families were led on to when support ended."""
    lasted: Spread
    """Days of the trajectories that ended in the period. Refusals are not among them: nothing lasted."""
    running: Spread
    """Days so far of those that ran on at the end of the period."""
    waited: Spread
    """Days from referral to start, of those that started in the period."""
    wait_unknown: int
    """Started in the period without a day of referral, or with one after the start."""
    contacts: int
    """In the period and during support."""
    per_month: Spread
    """Contacts per month of support, per family."""
    too_short: int
    """Families with under four weeks of support in the period: they are not in `per_month`."""
    unseen: tuple[str, ...]
    """Families without any snapshot or story: reached, and not in what we know."""

    @property
    def refused(self) -> int:
        """Trajectories that ended in the period because the family did not want support."""
        return self.ends.get(TrajectoryEnd.REFUSED, 0)

    @property
    def dropped_out(self) -> int:
        """Trajectories in which the family stopped along the way."""
        return self.ends.get(TrajectoryEnd.STOPPED, 0)


@dataclass(frozen=True, slots=True)
class GroupReach:
    """The reach of one group; of everybody under an empty name that comes first."""

    group: str
    whole: bool
    reach: Reach


def reach_by(
    families: Sequence[Family],
    period: Period | None,
    *,
    by: str,
    contacts: Iterable[tuple[str, Contact]],
    today: dt.date,
) -> list[GroupReach]:
    """The whole, then each group in order of its name (never of its numbers). By `coach` is for inside only."""
    if by and by not in GROUPS:
        raise errors.BadInput(reason=t("groups are: {words}", words=", ".join(GROUPS)))
    days: dict[str, list[dt.date]] = {}
    for family, each in contacts:
        days.setdefault(family, []).append(each.day)
    found = [GroupReach("", True, reach(families, period, contacts=days, today=today))]
    groups = sorted({name for family in families for name in _names(family, by)}) if by else []
    for name in groups:
        own = [part for family in families if (part := _part(family, by, name)) is not None]
        counted = reach(own, period, contacts=days, today=today)
        if counted.families:
            found.append(GroupReach(name, False, counted))
    return found


def _names(family: Family, by: str) -> set[str]:
    if by == "municipality":
        return {family.municipality}
    return {getattr(each, by) for each in family.trajectories} or {""}


def _part(family: Family, by: str, name: str) -> Family | None:
    """The family as far as it belongs to a group: with the trajectories of it; None where it does not."""
    if by == "municipality":
        return family if family.municipality == name else None
    own = tuple(each for each in family.trajectories if getattr(each, by) == name)
    if not family.trajectories and not name:
        return family
    return replace(family, trajectories=own) if own else None


def reach(
    families: Iterable[Family],
    period: Period | None = None,
    *,
    contacts: Mapping[str, Sequence[dt.date]] | None = None,
    today: dt.date = dt.date.max,
) -> Reach:
    """Count families with a trajectory that overlaps the period (all time without one, up to `today`).

    `contacts` gives the days of the contacts of each family. What runs on is counted up to the end of the period or today.
    """
    first, last = period or (dt.date.min, today)
    until = min(last, today)
    reached = [
        (family, inside)
        for family in families
        if (inside := [each for each in family.trajectories if overlaps(each, (first, last))])
        or not (family.trajectories or period)
    ]
    support = [each for _, inside in reached for each in inside]
    started = [each for each in support if first <= each.start <= last]
    ended = [each for each in support if each.end is not None and first <= each.end <= last]
    lasted = [each.days_until(each.end) for each in ended if each.end and each.reason != TrajectoryEnd.REFUSED]
    running = [each.days_until(until) for each in support if each.running_on(until) and each.end != until]
    waited = [each.days_waited for each in started if each.days_waited is not None and each.days_waited >= 0]
    children = [
        person
        for family, _ in reached
        for person in family.persons
        if person.level is Level.CHILD and person.was_there(first, last)
    ]
    met = [_met(inside, (contacts or {}).get(family.key, ()), (first, until)) for family, inside in reached if inside]
    return Reach(
        families=len(reached),
        children=len(children),
        known=dict(Counter(inside[0].known for _, inside in reached if inside)),
        started=len(started),
        ended=len(ended),
        municipalities=dict(Counter(family.municipality for family, _ in reached)),
        referrers=dict(Counter(inside[0].referrer for _, inside in reached if inside)),
        keys=tuple(family.key for family, _ in reached),
        age_groups=dict(Counter(person.age_group for person in children)),
        back=sum(any(each.ordinal > 1 and first <= each.start <= last for each in inside) for _, inside in reached),
        ends=dict(Counter(each.reason for each in ended)),
        referred_on=dict(Counter(each.referred_on for each in ended if each.referred_on)),
        lasted=spread(lasted),
        running=spread(running if until != dt.date.max else ()),
        waited=spread(waited),
        wait_unknown=len(started) - len(waited),
        contacts=sum(count for count, _ in met),
        per_month=spread([count / days * MONTH for count, days in met if days >= _SHORTEST]),
        too_short=sum(days < _SHORTEST for _, days in met),
        unseen=tuple(family.key for family, _ in reached if not family.snapshots and not family.stories),
    )


def overlaps(trajectory: Trajectory, period: Period) -> bool:
    """Whether support was given in the period."""
    return trajectory.start <= period[1] and (trajectory.end is None or trajectory.end >= period[0])


def _met(inside: Sequence[Trajectory], contacts: Sequence[dt.date], period: Period) -> tuple[int, int]:
    """Contacts during support within the period, and days of support in it."""
    stays = [(max(each.start, period[0]), min(each.end or period[1], period[1])) for each in inside]
    count = sum(any(start <= day <= stop for start, stop in stays) for day in contacts)
    return count, sum(max(0, (stop - start).days + 1) for start, stop in stays)


def spread(values: Sequence[float]) -> Spread:
    """The middle and the range; undefined where there is nothing."""
    if not values:
        return Spread(0, undefined(NOTHING), None, None)
    return Spread(len(values), Outcome(float(median(values))), min(values), max(values))


def in_order(names: Iterable[str]) -> list[str]:
    """Names of a spread by name, age groups by age: 3-5 before 12-17."""
    return sorted(names, key=lambda name: ([int(part) for part in re.findall(r"\d+", name)[:1]], name))
