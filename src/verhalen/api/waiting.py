"""What is waiting for somebody: what was left halfway, texts, stories without consent, families, verdicts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.api.due import due_families
from verhalen.api.half_told import HalfTold, half_told
from verhalen.api.second_copies import second_copies
from verhalen.api.undecided import undecided_groups
from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.following import Feedback
from verhalen.model.story import Story
from verhalen.model.text import Source
from verhalen.settings import load_settings

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.api.snapshot_forms import Unfinished


class Wait(Enum):
    """Why something waits."""

    HALF_TOLD = auto()
    HALFWAY = auto()
    UNREAD = auto()
    UNCODED = auto()
    CONSENT = auto()
    SNAPSHOT = auto()
    FEEDBACK = auto()
    PAPER = auto()
    VERDICT = auto()
    DECISION = auto()
    COPY = auto()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits."""

    why: Wait
    key: str
    """Number of the source, key of the story or of the family, id of a line of feedback; of a snapshot left halfway all that
    names it, of a filled form or a second copy of the project its path, of verdicts and decisions nothing."""
    about: Source | Story | Family | Unfinished | Feedback | HalfTold | Path | int
    """Of verdicts how many parts of life wait for one; of decisions how many there are."""
    mine: bool
    """Whether it is about a family of this coach."""


def waiting(project: Project, *, today: dt.date) -> list[Waiting]:
    """What waits, the coach's own families first: what was left halfway, then families, stories and texts."""
    families = project.families.all()
    mine = {family.key for family in families if _same_name(family.coach, project.coder)}
    found = [Waiting(Wait.HALF_TOLD, each.key, each, mine=True) for each in half_told(project.file)]
    found += [
        Waiting(Wait.HALFWAY, each.form.key, each, mine=True)  # only its own coder sees it
        for each in project.snapshots.unfinished()
    ]
    found += [Waiting(Wait.PAPER, str(path), path, mine=True) for path in project.story_papers.waiting()]
    found += [Waiting(Wait.COPY, str(path), path, mine=True) for path in second_copies(project)]
    if decisions := len(project.bundles.decisions()):
        found.append(Waiting(Wait.DECISION, "", decisions, mine=True))
    if undecided := len(undecided_groups(project.file)):
        found.append(Waiting(Wait.VERDICT, "", undecided, mine=False))
    found += [
        Waiting(Wait.SNAPSHOT, each.family.key, each.family, each.mine)
        for each in due_families(project.file, families, today=today, days=load_settings().snapshot_days)
        if each.later is None
    ]
    found += [
        Waiting(Wait.CONSENT, story.key, story, story.family in mine)
        for story in project.stories.all()
        if story.consent(Purpose.REPORT) is Answer.NOT_ASKED
    ]
    own = {story.key for story in project.stories.all() if story.family in mine}
    found += [Waiting(Wait.FEEDBACK, str(each.id), each, each.story in own) for each in project.feedback.to_do()]
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
