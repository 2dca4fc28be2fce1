"""Telling and changing stories: their fields, their words by corrections with a reason, their further voices."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codes import no_family
from verhalen.model.family import Family
from verhalen.model.story import Moment, Story, Verification, Voice
from verhalen.model.text import normal_text
from verhalen.store import around, memos, scores
from verhalen.store import families as family_store
from verhalen.store import sources as source_store
from verhalen.store import stories as store
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.api.corrections import Corrected
    from verhalen.msc.voices import Removal


class StoryEditing:
    """The part of `project.stories` that writes stories."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def get(self, key: str) -> Story:
        """One story; raises UnknownStory."""
        found = next((story for story in store.stories(self._file) if story.key == key), None)
        if found is None:
            raise errors.UnknownStory(key=key)
        return found

    def moment_on(self, family: Family, day: dt.date) -> tuple[Moment | None, int | None]:
        """When in the support of a family a story of that day is told, and the number of the trajectory; None where none began."""
        from verhalen.msc.story_rules import moment_on

        return moment_on(family, day)

    def tell(self, story: Story, *, today: dt.date | None = None) -> Story:
        """Log a new story in one change; an empty key takes the next number. Raises UnknownFamily, BadInput, Withdrawn."""
        from verhalen.msc.telling import tell

        if story.family not in family_store.family_ids(self._file):
            raise no_family(story.family)
        self._check(story, today)
        return self.get(tell(self._file, story))

    def edit(self, story: Story, *, today: dt.date | None = None) -> Story:
        """Write the fields of a story, found by its key, as they stand in `story`; a change only where one differs.

        Its words change by `correct_text`, its further voices by `edit_voice`. Raises UnknownStory, BadInput.
        """
        from verhalen.msc.telling import tidy

        there = self.get(story.key)
        if story.family != there.family:
            raise errors.BadInput(reason=t("a story stays with the family that told it"))
        if normal_text(story.text).strip() != there.text:
            raise errors.BadInput(reason=t("the words of a story change only by a correction with its reason"))
        self._check(replace(story, others=()), today)
        story = tidy(story)
        with self._file.change(Act.EDIT_STORY, there.id) as writing:
            store.change_story(writing, there.id, story)
            if story.title != there.title:
                source_store.set_title(writing, there.source_id, f"{there.key} {story.title}".strip())
        return self.get(story.key)

    def correct_text(
        self, key: str, text: str, *, reason: str, verification: Verification | None = None
    ) -> Corrected | None:
        """Give a story, or a further voice (`V07.2`), other words in one change; codings move along.

        The reason is kept as a memo at the story, or as the note of `verification` where the teller was asked. None
        where nothing differs. Raises UnknownStory, BadInput (no reason, no words).
        """
        from verhalen.coding.correcting import correct_all

        story, source, before = self._words(key)
        text, reason = normal_text(text).strip(), normal_text(reason).strip()
        if not text:
            raise errors.BadInput(reason=t("the story has no text yet"))
        if text == before:
            return None
        if not reason:
            raise errors.BadInput(reason=t("say why the words change"))
        with self._file.change(Act.CORRECT, story.id) as writing:
            done = correct_all(writing, source, before=before, after=text)
            if done is None:
                return None
            if verification is None:
                memos.add_memo(writing, "story", story.id, t("Words corrected: {reason}", reason=reason))
            else:
                checked = replace(verification, note=reason)
                around.add_verification(writing, story.id, checked, coder_id=self._file.coder_id)
        return done

    def _words(self, key: str) -> tuple[Story, int, str]:
        """The story, the id of the source, and its words."""
        from verhalen.msc.voices import voice_at

        name, dot, place = key.rpartition(".")
        if dot and place.isdecimal() and place != "1":
            story = self.get(name)
            voice = voice_at(story, int(place))
            return story, voice.source_id, voice.text
        story = self.get(name if dot and place == "1" else key)
        return story, story.source_id, story.text

    # -- voices ----------------------------------------------------------------------------------------------------

    def add_voice(self, key: str, voice: Voice, *, today: dt.date | None = None) -> Story:
        """One more voice that tells the same change, with its own words and consent. Raises UnknownStory, BadInput, Withdrawn."""
        from verhalen.msc import voices

        voices.add_voice(self._file, self.get(key), voice, today=today or _today())
        return self.get(key)

    def edit_voice(self, key: str, voice: Voice, *, today: dt.date | None = None) -> Story:
        """Write the fields of a further voice, found by `voice.position`. Raises UnknownStory, BadInput."""
        from verhalen.msc import voices

        voices.edit_voice(self._file, self.get(key), voice, today=today or _today())
        return self.get(key)

    def plan_removal(self, key: str, position: int) -> Removal:
        """What would go with a voice, and whose work stands in the way; nothing is written."""
        from verhalen.msc import voices

        return voices.plan_removal(self._file, voices.voice_at(self.get(key), position))

    def remove_voice(self, key: str, position: int) -> Removal:
        """Take a voice out with its text and one's own codings there. Raises VoiceInUse where others worked on it."""
        from verhalen.msc import voices

        return voices.remove_voice(self._file, self.get(key), position)

    def _check(self, story: Story, today: dt.date | None) -> None:
        from verhalen.msc.story_rules import check_story

        domains = [each.key for each in scores.domain_list(self._file).domains]
        check_story(story, domains=domains, today=today or _today())


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
