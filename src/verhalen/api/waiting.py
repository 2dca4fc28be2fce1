"""What is waiting for somebody: texts to read or without a code, stories without an answer about consent, families not seen lately."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from verhalen.api.due import due_families
from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.story import Story
from verhalen.model.text import Source
from verhalen.settings import load_settings

if TYPE_CHECKING:
    from verhalen.api.project import Project


class Wait(Enum):
    """Why something waits."""

    UNREAD = auto()
    UNCODED = auto()
    CONSENT = auto()
    SNAPSHOT = auto()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits."""

    why: Wait
    key: str
    """Number of the source, key of the story or of the family."""
    about: Source | Story | Family
    mine: bool
    """Whether it is about a family of this coach."""


def waiting(project: Project, *, today: dt.date) -> list[Waiting]:
    """What waits, the coach's own families first, then families, stories and texts."""
    families = project.families.all()
    mine = {family.key for family in families if _same_name(family.coach, project.coder)}
    found = [
        Waiting(Wait.SNAPSHOT, each.family.key, each.family, each.mine)
        for each in due_families(project.file, families, today=today, days=load_settings().snapshot_days)
        if each.later is None
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


def _same_name(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
