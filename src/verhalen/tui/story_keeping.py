"""Where half-told stories are kept, and how one becomes a story."""

from __future__ import annotations

import datetime as dt
import time

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.story import Story
from verhalen.tui.story_draft import DRAFT_KEY, StoryDraft, load_draft, second_of


def drafts_of(project: Project) -> dict[str, StoryDraft]:
    """The stories that the coder at work left halfway, by the key of their draft, oldest first."""
    kept = project.drafts(f"{DRAFT_KEY} {project.coder_id} ")
    if earlier := project.draft(DRAFT_KEY):
        kept = {DRAFT_KEY: earlier, **kept}  # where older versions kept the only one
    return {key: load_draft(each) for key, each in kept.items()}


def new_key(project: Project) -> str:
    """Under which a new draft is kept: no other has it."""
    return f"{DRAFT_KEY} {project.coder_id} {time.time_ns()}"


def draft_line(draft: StoryDraft, project: Project) -> str:
    """A draft in a list: its family and its first words."""
    family = project.privacy.family_label(draft.family) if draft.family else t("no family yet")
    first = " ".join(draft.text.split()[:6])
    return f"{family}: {first} …" if first else family


def tell_draft(project: Project, story: Story, draft: StoryDraft, key: str, *, day: dt.date) -> Story:
    """On the writer's thread: the draft goes only after the story is stored; of two it makes room for the second."""
    told = project.stories.tell(story, today=day)
    both = draft.tells_both and not draft.second
    project.keep_draft(key, second_of(draft, told.key).dump() if both else "")
    return told
