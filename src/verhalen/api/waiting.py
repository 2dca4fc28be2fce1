"""What is waiting for somebody: a snapshot left halfway, texts to read or code, stories without an answer about consent, families."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.story import Story
from verhalen.model.text import Source

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.api.snapshot_forms import Unfinished

SNAPSHOT_DAYS = 92
"""A quarter: after it a family without a new snapshot is waiting."""


class Wait(Enum):
    """Why something waits."""

    HALFWAY = auto()
    UNREAD = auto()
    UNCODED = auto()
    CONSENT = auto()
    SNAPSHOT = auto()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits."""

    why: Wait
    key: str
    """Number of the source, key of the story or of the family; of a snapshot left halfway all that names it."""
    about: Source | Story | Family | Unfinished
    mine: bool
    """Whether it is about a family of this coach."""


def waiting(project: Project, *, today: dt.date) -> list[Waiting]:
    """What waits, the coach's own families first: what was left halfway, then families, stories and texts."""
    families = project.families.all()
    mine = {family.key for family in families if _same_name(family.coach, project.coder)}
    found = [
        Waiting(Wait.HALFWAY, each.form.key, each, mine=True)  # only its own coder sees it
        for each in project.snapshots.unfinished()
    ]
    found += [
        Waiting(Wait.SNAPSHOT, family.key, family, family.key in mine)
        for family in sorted(families, key=lambda each: each.last_snapshot or dt.date.min)
        if _in_support(family) and needs_snapshot(family, today)
    ]
    found += [
        Waiting(Wait.CONSENT, story.key, story, story.family in mine)
        for story in project.stories.all()
        if story.consent(Purpose.REPORT) is Answer.NOT_ASKED
    ]
    found += [
        Waiting(Wait.UNREAD, str(source.number), source, mine=False)
        for source in project.sources.all("transcript")
        if source.unread
    ]
    found += [
        Waiting(Wait.UNCODED, str(source.number), source, mine=False)
        for source in project.sources.all("transcript")
        if not source.codings
    ]
    return sorted(found, key=lambda each: not each.mine)


def needs_snapshot(family: Family, today: dt.date) -> bool:
    """Whether nobody took a snapshot for a quarter."""
    return family.last_snapshot is None or (today - family.last_snapshot).days > SNAPSHOT_DAYS


def _in_support(family: Family) -> bool:
    """A family whose support has ended waits for nothing; one without any period on paper counts as in support."""
    return not family.trajectories or any(each.end is None for each in family.trajectories)


def _same_name(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
