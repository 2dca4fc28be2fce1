"""A form that comes back: which stories it gave before, so that it is taken in once, and takes back nothing that was changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from verhalen.exchange.story_plan import FIELDS
from verhalen.exchange.story_reading import ReadStories
from verhalen.exchange.story_voices import words
from verhalen.model.story import Story
from verhalen.store import drafts, stories
from verhalen.store.project import ProjectFile, Writing

TAKEN = "story-form "
"""Before the id of a form, in the view state: ids of its stories and a digest, no words."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a form."""

    ids: tuple[int, ...] = ()
    digest: str = ""


def taken_in(project: ProjectFile, read: ReadStories) -> ReadStories:
    """The same with the keys of the stories that this form gave before, whatever was changed on it since.

    A form on which nothing else was filled in changes nothing; one that was filled in further changes what it says, and what
    it leaves empty stays.
    """
    if not read.form_id:
        return read
    there = {story.id: story for story in read.there}
    kept = _kept(project, read.form_id)
    before = [there.get(number) for number in kept.ids]
    if kept.digest == read.form_digest and all(before):
        return replace(read, told=tuple(_as_read(story) for story in before if story))
    told = [
        _over(old, story) if at < len(before) and (old := before[at]) else story for at, story in enumerate(read.told)
    ]
    return replace(read, told=tuple(told))


def _as_read(story: Story) -> Story:
    """A stored story as a file would hold it."""
    others = tuple(replace(each, text=words(each.text)) for each in story.others)
    return replace(story, text=words(story.text), others=others)


def _over(old: Story, story: Story) -> Story:
    """A story of a form, with what the form leaves empty as it is stored."""
    empty = {name: getattr(old, name) for name in FIELDS.values() if getattr(story, name) in ("", (), None)}
    return replace(story, key=old.key, **empty)


def take_in(writing: Writing, read: ReadStories) -> None:
    """Remember which stories a form gave."""
    if read.form_id:
        ids = {story.key: story.id for story in stories.stories(writing.project)}
        kept = {"ids": [ids[story.key] for story in read.told], "digest": read.form_digest}
        drafts.put_view(writing, f"{TAKEN}{read.form_id}", json.dumps(kept))


def is_taken(project: ProjectFile, form_id: str, digest: str) -> bool:
    """Whether a form, as it is filled in now, gave stories that are still there."""
    there = {story.id for story in stories.stories(project)}
    kept = _kept(project, form_id)
    return kept.digest == digest and any(number in there for number in kept.ids)


def _kept(project: ProjectFile, form_id: str) -> _Kept:
    kept = drafts.view(project, f"{TAKEN}{form_id}")
    if not kept:
        return _Kept()
    said = json.loads(kept)
    return _Kept(tuple(said["ids"]), said["digest"])
