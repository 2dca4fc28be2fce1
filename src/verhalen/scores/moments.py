"""Baseline and follow-up of each trajectory: which two days make a pair (methods.md D2).

t0 is the first registration of the trajectory. t1 is the day of the registration nearest to day 182 after it, within 45 days (a
tie goes to the later). Without one in that window but with one after it, the state on day 182 itself counts. A moment by name
may take the place of the day: at the end of support.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.snapshot import Assessor
from verhalen.scores.states import Histories

DAYS = 182
WINDOW = 45


class At(StrEnum):
    """Which moment is the follow-up."""

    DAY = "dag"
    """So many days after the baseline."""
    END = "afronding"
    """The last registration of the trajectory."""


class FollowUp(StrEnum):
    """How far a trajectory was followed by one kind of assessor."""

    IN_WINDOW = "in_venster"
    AFTER_WINDOW = "zonder_registratie_in_venster"
    TOO_SHORT = "te_kort_gevolgd"
    RUNNING = "loopt_nog"
    ONE_REGISTRATION = "een_registratie"
    OTHER_ASSESSOR = "andere_beoordelaar"
    NO_REGISTRATION = "geen_registratie"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "in_venster": mark("followed"),
            "zonder_registratie_in_venster": mark("followed, without a registration in the window"),
            "te_kort_gevolgd": mark("followed too short"),
            "loopt_nog": mark("support still goes on"),
            "een_registratie": mark("one registration only"),
            "andere_beoordelaar": mark("judged by somebody else at one of the moments or both"),
            "geen_registratie": mark("no registration"),
        }[self]


@dataclass(frozen=True, slots=True)
class Period:
    """A trajectory as far as pairing needs it. It lasts until the next one of the family starts."""

    family: str
    ordinal: int
    start: dt.date
    end: dt.date | None = None
    """None while support goes on."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The two days of one trajectory."""

    family: str
    ordinal: int
    since: dt.date
    """What was registered before belongs to an earlier trajectory and is not carried into this one."""
    follow_up: FollowUp
    t0: dt.date | None = None
    t1: dt.date | None = None
    """None where the trajectory was not followed long enough."""


def find_moments(
    known: Histories,
    periods: Iterable[Period],
    *,
    assessor: Assessor,
    days: int = DAYS,
    window: int = WINDOW,
    at: At = At.DAY,
) -> list[Moments]:
    """One per trajectory, in order of family and start. A family that has scores but no trajectory counts as having one.

    A registration belongs to the latest trajectory that had started by then, one before the first start to the first: the
    intake often comes before the papers.
    """
    by_family: dict[str, list[Period]] = {family: [] for family, _ in known.by}
    for period in periods:
        by_family.setdefault(period.family, []).append(period)
    found: list[Moments] = []
    for family, own in sorted(by_family.items()):
        ordered = sorted(own, key=lambda each: each.start) or [Period(family, 1, dt.date.min)]
        all_days = {each: history.days for each in Assessor if (history := known.of(family, each))}
        for index, period in enumerate(ordered):
            since = period.start if index else dt.date.min
            until = ordered[index + 1].start if index + 1 < len(ordered) else dt.date.max
            within = {each: [day for day in them if since <= day < until] for each, them in all_days.items()}
            found.append(_moments(period, since, within, assessor=assessor, days=days, window=window, at=at))
    return found


def one_per_family(moments: Iterable[Moments]) -> list[Moments]:
    """Of the trajectories of a family the latest that was followed, else the latest; `moments` are in order of start."""
    chosen: dict[str, Moments] = {}
    for each in moments:
        if each.t1 is not None or each.family not in chosen or chosen[each.family].t1 is None:
            chosen[each.family] = each
    return list(chosen.values())


def _moments(
    period: Period,
    since: dt.date,
    within: dict[Assessor, list[dt.date]],
    *,
    assessor: Assessor,
    days: int,
    window: int,
    at: At,
) -> Moments:
    def follow(registered: Sequence[dt.date]) -> tuple[FollowUp, dt.date | None]:
        if at is At.END:
            return _to_the_end(registered, period, window=window)
        return _follow_up(registered, days=days, window=window)

    own = within.get(assessor, [])
    follow_up, t1 = follow(own)
    if t1 is None and follow_up is not FollowUp.RUNNING:
        # Would the registrations of all assessors together have made a pair? Then say so: it is listed, never subtracted.
        everybody = sorted({day for them in within.values() for day in them})
        if follow(everybody)[1] is not None:
            follow_up = FollowUp.OTHER_ASSESSOR
    return Moments(period.family, period.ordinal, since, follow_up, own[0] if own else None, t1)


def _follow_up(registered: Sequence[dt.date], *, days: int, window: int) -> tuple[FollowUp, dt.date | None]:
    """How far sorted registrations reach, and the day of follow-up."""
    if not registered:
        return FollowUp.NO_REGISTRATION, None
    if len(registered) == 1:
        return FollowUp.ONE_REGISTRATION, None
    wanted = registered[0] + dt.timedelta(days=days)
    late_enough = [day for day in registered[1:] if (wanted - day).days <= window]
    near = [day for day in late_enough if (day - wanted).days <= window]
    if near:
        return FollowUp.IN_WINDOW, min(reversed(near), key=lambda day: abs(day - wanted))
    return (FollowUp.AFTER_WINDOW, wanted) if late_enough else (FollowUp.TOO_SHORT, None)


def _to_the_end(registered: Sequence[dt.date], period: Period, *, window: int) -> tuple[FollowUp, dt.date | None]:
    """The last registration, as late as `window` days after the end; for a family without a trajectory simply the last."""
    if not registered:
        return FollowUp.NO_REGISTRATION, None
    if period.end is None and period.start != dt.date.min:
        return FollowUp.RUNNING, None
    until = period.end + dt.timedelta(days=window) if period.end else dt.date.max
    later = [day for day in registered[1:] if day <= until]
    if later:
        return FollowUp.IN_WINDOW, later[-1]
    return (FollowUp.ONE_REGISTRATION if len(registered) == 1 else FollowUp.TOO_SHORT), None
