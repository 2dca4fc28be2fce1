"""Telling: a story becomes a source (so that it can be coded) with its MSC fields around it."""

from __future__ import annotations

from dataclasses import replace

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Purpose
from verhalen.model.story import Outcome, Story
from verhalen.model.text import Turn, normal_text, text_digest
from verhalen.store import families, forget, sources, stories
from verhalen.store.project import ProjectFile, Writing


def tell(project: ProjectFile, story: Story) -> str:
    """Store a new story in one change; give its key. An empty text is refused."""
    text = normal_text(story.text).strip()
    if not text:
        raise errors.BadInput(reason=t("the story has no text yet"))
    if forget.is_forgotten_text(project, text):
        raise errors.Withdrawn(file=t("This story"))
    family_id = families.family_ids(project)[story.family]
    with project.change(Act.STORY) as writing:
        key = story.key or next_key(project)
        source_id = add_story_text(writing, key, title=story.title, text=text, family_id=family_id)
        writing.targets.append(
            stories.add_story(writing, replace(story, key=key), family_id=family_id, source_id=source_id)
        )
    return key


def add_story_text(writing: Writing, key: str, *, title: str, text: str, family_id: int) -> int:
    """Store the text of a story as a source of its own."""
    digest = text_digest(text)
    new = sources.NewSource(
        title=f"{key} {title}".strip(),
        kind="story",
        suffix="",
        text=text,
        lemmas=lemma_text(text),
        turns=[Turn(None, 0, len(text))],
        original=None,
        original_sha256=digest,
        family_id=family_id,
    )
    return sources.add_source(writing, new)


def next_key(project: ProjectFile) -> str:
    """V01, V02, ...: one above the highest."""
    numbers = [
        int(story.key[1:]) for story in stories.stories(project) if story.key[:1] == "V" and story.key[1:].isdecimal()
    ]
    return f"V{max(numbers, default=0) + 1:02d}"


TODO_SENTENCES = {
    "consent": mark("Ask for consent"),
    "how": mark("Ask how it came about"),
    "domains": mark("Choose life domains"),
    "read_back": mark("Read it back to the teller"),
    "otherwise": mark("The teller wants it otherwise: change the text together, and read it back again"),
}


def open_points(story: Story) -> list[str]:
    """What is missing: a list for the next visit, never a barrier (methods.md A6). Marked sentences."""
    points = []
    asked = [story.consent(Purpose.REPORT), *(voice.consent(Purpose.REPORT) for voice in story.others)]
    if Answer.NOT_ASKED in asked:
        points.append(TODO_SENTENCES["consent"])
    if story.is_thin:
        points.append(TODO_SENTENCES["how"])
    if not story.domains:
        points.append(TODO_SENTENCES["domains"])
    if not story.was_read_back:
        points.append(TODO_SENTENCES["read_back"])
    elif story.verifications and story.verifications[-1].outcome is Outcome.OTHERWISE:
        points.append(TODO_SENTENCES["otherwise"])
    return points
