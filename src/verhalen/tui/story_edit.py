"""Change a story that is there: its fields by the same form, its words by a correction with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from verhalen import errors
from verhalen.api.corrections import merged
from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.model.pasting import pasted
from verhalen.model.story import Outcome, Story, Verification
from verhalen.model.story_words import role_label
from verhalen.tui.dialogs import ask_line, choose
from verhalen.tui.story_draft import StoryDraft, draft_of, edited, load_draft, missing
from verhalen.tui.story_form import MISSING, StoryForm

TYPO, TELLER, ELSE = "typo", "teller", "else"
REASONS = {
    TYPO: mark("A slip of the pen or a wrong word"),
    TELLER: mark("The teller wants it otherwise"),
    ELSE: mark("Another reason"),
}


class EditStory(StoryForm):
    """The form, filled with a story."""

    HELP_TITLE: ClassVar[str] = mark("Change a story")
    HELP_TEXT: ClassVar[str] = mark(
        "Change what stands beside the story, or its words. Where the words change you say why, and that is kept with the story. "
        "Codes move along with the words. Answers about consent are changed on the page of the story."
    )

    def __init__(self, story: Story) -> None:
        super().__init__(story.family)
        self._story = story

    def _draft_key(self) -> str:
        return f"story-edit {self._story.key} {self.project.coder_id}"

    def _begun(self) -> StoryDraft:
        """The form before anything is changed."""
        return draft_of(self._story)

    def _take_draft(self) -> None:
        self._key = self._draft_key()
        kept = self.project.draft(self._key)
        self._as_stored = self._begun()
        self.draft = load_draft(kept) if kept else self._as_stored
        self._kept = kept

    def _to_keep(self) -> str:
        """Nothing where nothing was changed."""
        return "" if self._is_unchanged() else self.draft.dump()

    def _is_unchanged(self) -> bool:
        before, now = (edited(self._story, each, self._roles) for each in (self._as_stored, self.draft))
        return before == now and self._words == self.draft.base

    def _greeting(self) -> str:
        return t("This is what you changed earlier and did not store.") if self._kept else ""

    def finish(self) -> None:
        """Store what was changed; ask why first where the words did."""
        if not self._ready:
            return
        self.keep()
        lacking = missing(self.draft, self._roles)
        if lacking:
            self.frame.say(t("Still needed: {what}", what=t(MISSING[lacking[0]])), severity="warning")
            self._field(lacking[0]).focus()
        elif not self.draft.editing or self._words == self.draft.base:
            self._change("", None)
        else:
            answers = [(key, t(words)) for key, words in REASONS.items()]
            choose(self, t("Why do the words change?"), answers, self._because)

    @property
    def _words(self) -> str:
        return pasted(self.draft.text).text.strip()

    def _because(self, kind: str) -> None:
        if kind == TYPO:
            self._change(t(REASONS[TYPO]), None)
            return
        who = t(role_label(self._story.voice.role))
        how = t("while the story was changed")
        told = Verification(self.frame.day, who, how, Outcome.OTHERWISE) if kind == TELLER else None
        ask_line(self, t("Say in a sentence what and why."), lambda reason: self._change(reason, told))

    def _change(self, reason: str, verification: Verification | None) -> None:
        self._storing()
        draft, roles, key = self.draft, self._roles, self._key
        words = self._words

        def act(project: Project) -> Story:
            story = _change(project, draft, roles, words=words, reason=reason, verification=verification)
            project.keep_draft(key, "")
            return story

        self.write(act, self._changed, self._refused)

    def _changed(self, story: Story) -> None:
        self.frame.go_back()
        self.frame.say(t("Stored: story {key} is changed.", key=story.key))

    def _again(self) -> None:
        self.frame.switch_screen(EditStory(self._story))


def _change(
    project: Project,
    draft: StoryDraft,
    roles: Mapping[str, str],
    *,
    words: str,
    reason: str,
    verification: Verification | None,
) -> Story:
    """On the writer's thread: words first, so that nothing is stored where somebody changed the same words meanwhile."""
    story = project.stories.get(draft.editing)
    if words != draft.base:
        together = words if story.text == draft.base else merged(draft.base, words, story.text)
        if together is None:
            raise errors.StaleText
        project.stories.correct_text(story.key, together, reason=reason, verification=verification)
    return project.stories.edit(edited(project.stories.get(story.key), draft, roles))
