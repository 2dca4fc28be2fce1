"""Reading back: who checked a story with its teller, how, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from verhalen import errors
from verhalen.analysis.read_back import ReadBack, read_back
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.story import Story, Verification
from verhalen.store import around, stories
from verhalen.store.project import ProjectFile


class Verifying:
    """`project.verifying`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def add(self, story: str, verification: Verification) -> Story:
        """Write one check down; give the story. Raises UnknownStory, BadInput for a day to come or where nobody is named."""
        from verhalen.exchange.columns import today

        found = self._story(story)
        if verification.day > today():
            raise errors.BadInput(
                reason=t("a story cannot be read back on a day to come; write the day on which it was")
            )
        if not verification.who.strip():
            raise errors.BadInput(reason=t("say who checked the story: the teller, a colleague, somebody else"))
        clean = replace(
            verification, who=verification.who.strip(), how=verification.how.strip(), note=verification.note.strip()
        )
        with self._file.change(Act.VERIFY, found.id) as writing:
            around.add_verification(writing, found.id, clean, coder_id=self._file.coder_id)
        return self._story(story)

    def of(self, story: str) -> tuple[Verification, ...]:
        """Every check of a story, oldest first. Raises UnknownStory."""
        return self._story(story).verifications

    def share(self) -> ReadBack:
        """How many of all stories were read back."""
        return read_back(stories.stories(self._file))

    def _story(self, key: str) -> Story:
        found = next((each for each in stories.stories(self._file) if each.key == key), None)
        if found is None:
            raise errors.UnknownStory(key=key)
        return found
