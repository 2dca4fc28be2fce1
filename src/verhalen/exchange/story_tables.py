"""Import stories. The text of a story becomes a source of its own, so that it can be coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from verhalen.exchange.columns import refuse
from verhalen.exchange.story_forms import refuse_form
from verhalen.exchange.story_plan import StoryPlan, make_plan, store_plan
from verhalen.exchange.story_reading import ReadStories, read_stories
from verhalen.exchange.story_returning import take_in, taken_in
from verhalen.exchange.story_rows import consent_notices
from verhalen.i18n import mark
from verhalen.model.act import Act
from verhalen.model.text import Notice
from verhalen.store.project import ProjectFile

CONSENT_STAYS = mark("Story {story}: a consent in this file is older than the stored answer, which still counts.")
TEXT_STAYS = mark(
    "The text of story {story} differs from the stored one. It was left as it is: a text changes only by a correction."
)


@dataclass(frozen=True, slots=True)
class StoryImport:
    """What an import of stories did, or would do."""

    stories: int
    """Stories of the file."""
    new: int
    changed: int
    unchanged: int
    warnings: tuple[Notice, ...]
    keys: tuple[str, ...] = ()
    """Of the stories of the file, in its order."""
    mapping: str = ""
    """Name of the kept columns by which it was read; empty where the columns say it themselves."""


def import_stories(
    project: ProjectFile,
    path: Path,
    *,
    lemmatise: Callable[[str], str],
    mapping: str | None = None,
    latest: dt.date | None = None,
) -> StoryImport:
    """Store the stories of a file in one change; a row with an error refuses the whole file.

    A story that is there keeps its text; its other fields follow the file. `lemmatise` makes the search words of a text.
    """
    read = taken_in(project, read_stories(project, path, mapping=mapping, latest=latest))
    if path.suffix.lower() == ".docx":
        refuse_form(read.sheets[0])
    refuse(read.sheets)
    plan = plan_of(read)
    with project.change(Act.IMPORT_STORIES) as writing:
        store_plan(writing, plan, lemmatise=lemmatise, suffix=path.suffix.lower())
        take_in(writing, read)
    return result_of(read, plan)


def plan_of(read: ReadStories) -> StoryPlan:
    """What the stories of a file change."""
    return make_plan(read.told, read.there, read.columns, rows_per_voice=read.rows_per_voice)


def result_of(read: ReadStories, plan: StoryPlan) -> StoryImport:
    """The counts as people read them, with what they should know."""
    changed = len(plan.changed)
    return StoryImport(
        stories=len(read.told),
        new=len(plan.new),
        changed=changed,
        unchanged=len(plan.there) - changed,
        warnings=(
            *read.notices,
            *(Notice(None, TEXT_STAYS, {"story": key}) for each in plan.there for key in each.text_stays),
            *(Notice(None, CONSENT_STAYS, {"story": each.old.key}) for each in plan.there if each.older_consent),
            *consent_notices(plan.new),
        ),
        keys=tuple(story.key for story in read.told),
        mapping=read.mapping,
    )
