"""How many families another window would move: print it beside every count of followed families (methods.md D2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import DAYS, WINDOW, At, FollowUp, Moments, Period, find_moments, one_per_family
from verhalen.scores.states import Histories

WINDOWS = (30, 45, 60)


@dataclass(frozen=True, slots=True)
class WindowRow:
    """What one window would come to."""

    window: int
    """Days before and after the wanted day."""
    followed: int
    without_registration: int
    """Of the followed: nothing in the window, but something after it."""
    too_short: int
    """Registered, and not followed."""
    moved: tuple[str, ...]
    """Families that would have another day of follow-up, or gain or lose it, beside the window in use."""


def window_rows(
    known: Histories,
    periods: Iterable[Period],
    *,
    assessor: Assessor,
    days: int = DAYS,
    window: int = WINDOW,
    at: At = At.DAY,
    windows: Sequence[int] = WINDOWS,
) -> tuple[WindowRow, ...]:
    """One row per window, narrow to wide; the one in use is always among them and moves nobody."""
    listed = list(periods)

    def chosen(width: int) -> dict[str, Moments]:
        found = find_moments(known, listed, assessor=assessor, days=days, window=width, at=at)
        return {each.family: each for each in one_per_family(found)}

    used = chosen(window)
    rows = []
    for width in sorted({*windows, window}):
        own = chosen(width)
        followed = [each for each in own.values() if each.t1 is not None]
        rows.append(
            WindowRow(
                window=width,
                followed=len(followed),
                without_registration=sum(each.follow_up is FollowUp.AFTER_WINDOW for each in followed),
                too_short=sum(each.t0 is not None and each.t1 is None for each in own.values()),
                moved=tuple(family for family, each in own.items() if _moved(each, used[family])),
            )
        )
    return tuple(rows)


def _moved(one: Moments, other: Moments) -> bool:
    return (one.ordinal, one.t1, one.follow_up) != (other.ordinal, other.t1, other.follow_up)
