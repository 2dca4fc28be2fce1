"""One more voice that tells the same change: who, its own words, its own consent; or such a voice changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from verhalen import errors
from verhalen.api.corrections import merged
from verhalen.api.project import Project
from verhalen.exchange.columns import parse_day
from verhalen.i18n import mark, t
from verhalen.model.story import Story, Verification, Voice
from verhalen.tui.story_draft import StoryDraft, consents_of, draft_with, voice_with
from verhalen.tui.story_edit import EditStory


class VoiceForm(EditStory):
    """The form of a story, without what is asked of the story as a whole."""

    HELP_TITLE: ClassVar[str] = mark("Another voice")
    HELP_TEXT: ClassVar[str] = mark(
        "Somebody else tells of the same change: the partner, a child, a neighbour, a volunteer, you. Each voice keeps its own "
        "words and its own consent. Told in another language? Keep those words too, beside the translation."
    )

    def __init__(self, story: Story, voice: Voice | None = None) -> None:
        super().__init__(story)
        self._voice = voice

    @property
    def _place(self) -> str:
        """Key of the voice, or of the story where it is a new one."""
        return f"{self._story.key}.{self._voice.position}" if self._voice else self._story.key

    def _draft_key(self) -> str:
        return f"story-voice {self._place} {self.project.coder_id}"

    def _begun(self) -> StoryDraft:
        new = StoryDraft(family=self._story.family, voice_of=self._story.key, told="")
        if self._voice is None:
            return new
        voice = self._voice
        return replace(
            draft_with(new, voice),
            text=voice.text,
            base=voice.text,
            own_words=voice.own_words,
            translated_by=voice.translated_by,
            told=f"{voice.told:%d/%m/%Y}" if voice.told else "",
            editing=self._place,
        )

    def _is_unchanged(self) -> bool:
        return replace(self.draft, at="") == self._as_stored

    def _change(self, reason: str, verification: Verification | None) -> None:
        self._storing()
        draft, roles, key, recorder, day = self.draft, self._roles, self._key, self.project.coder, self.frame.day
        words, story, place = self._words, self._story.key, self._voice.position if self._voice else 0

        def act(project: Project) -> Story:
            if place:
                told = _edited(
                    project, draft, roles, words=words, place=place, reason=reason, verification=verification
                )
            else:
                given = consents_of(draft, roles, recorder=recorder, day=day)
                new = Voice("", text=words, told=day, recorder=recorder, consents=given)
                told = project.stories.add_voice(story, _voice(new, draft, roles), today=day)
            project.keep_draft(key, "")
            return told

        self.write(act, self._changed, self._refused)

    def _changed(self, story: Story) -> None:
        self.frame.go_back()
        self.frame.say(t("Stored: a voice in story {key}.", key=story.key))

    def _again(self) -> None:
        self.frame.switch_screen(VoiceForm(self._story, self._voice))


def _voice(voice: Voice, draft: StoryDraft, roles: Mapping[str, str]) -> Voice:
    foreign = draft.language not in ("", "nl")
    return replace(
        voice_with(voice, draft, roles),
        own_words=draft.own_words if foreign else "",
        translated_by=draft.translated_by.strip() if foreign else "",
        told=parse_day(draft.told.strip()) or voice.told,
    )


def _edited(
    project: Project,
    draft: StoryDraft,
    roles: Mapping[str, str],
    *,
    words: str,
    place: int,
    reason: str,
    verification: Verification | None,
) -> Story:
    """On the writer's thread: words first, as with the first voice."""
    story = project.stories.get(draft.voice_of)
    there = next((each for each in story.others if each.position == place), None)
    if there is None:
        raise errors.UnknownStory(key=draft.editing)
    if words != draft.base:
        together = words if there.text == draft.base else merged(draft.base, words, there.text)
        if together is None:
            raise errors.StaleText
        project.stories.correct_text(draft.editing, together, reason=reason, verification=verification)
        there = replace(there, text=together)
    return project.stories.edit_voice(story.key, _voice(there, draft, roles))
