"""Families that wait for a snapshot, and those that somebody put off with a reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.family import Family
from verhalen.store import drafts
from verhalen.store.project import ProjectFile

DAYS = 92
"""A quarter: after it a family without a new snapshot is waiting."""
VIEW = "later:"
"""Before the key of a family: where it is kept that somebody put it off. Outside the history; forgotten with the family."""


class Later(StrEnum):
    """Why a snapshot is put off. A list and no free text: nothing about a family belongs outside the history."""

    CRISIS = "crisis"
    AWAY = "afwezig"
    PLANNED = "gepland"
    ENDING = "loopt_af"
    OTHER = "andere"

    @property
    def label(self) -> str:
        """Marked sentence for people."""
        return {
            "crisis": mark("it is no moment for it now"),
            "afwezig": mark("the family is away, or cannot be reached"),
            "gepland": mark("it is planned already"),
            "loopt_af": mark("support is about to end"),
            "andere": mark("another reason"),
        }[self]


@dataclass(frozen=True, slots=True)
class Due:
    """One family that waits for a snapshot."""

    family: Family
    mine: bool
    """Whether the coder at work is its coach."""
    days: int | None
    """Since the last snapshot; None where there never was one."""
    later: Later | None = None
    """Why it was put off; None where it was not, or not any more."""
    until: dt.date | None = None


def due_families(project: ProjectFile, families: Iterable[Family], *, today: dt.date, days: int = DAYS) -> list[Due]:
    """Families in support without a snapshot for more than `days`; the coder's own first, then longest ago."""
    coder = project.coder.strip().casefold()
    put_off = {key: json.loads(kept) for key, kept in drafts.views(project, VIEW).items()}
    found = []
    for family in families:
        age = (today - family.last_snapshot).days if family.last_snapshot else None
        if not _in_support(family, today) or (age is not None and age <= days):
            continue
        kept = put_off.get(family.key)
        until = dt.date.fromisoformat(kept["until"]) if kept else None
        is_later = until is not None and until > today
        found.append(
            Due(
                family,
                mine=family.coach.strip().casefold() == coder,
                days=age,
                later=Later(kept["reason"]) if kept and is_later else None,
                until=until if is_later else None,
            )
        )
    return sorted(found, key=lambda each: (not each.mine, each.family.last_snapshot or dt.date.min, each.family.key))


def snooze(project: ProjectFile, family: Family, *, until: dt.date, reason: str) -> None:
    """Leave a family off the list until a day."""
    if reason not in set(Later):
        raise errors.BadInput(reason=t("a reason is one of: {words}", words=", ".join(Later)))
    kept = json.dumps({"until": until.isoformat(), "reason": reason})
    drafts.keep_view(project, f"{VIEW}{family.key}", kept)


def _in_support(family: Family, today: dt.date) -> bool:
    """A family whose support has ended or is yet to begin waits for nothing; without any period on paper it is in support."""
    return not family.trajectories or any(each.running_on(today) for each in family.trajectories)
