"""What went back to tellers, team and partners, and what is still to be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.following import Feedback
from verhalen.model.ids import decode_id
from verhalen.store import following as store
from verhalen.store import rounds, stories
from verhalen.store.project import ProjectFile


class FeedbackLog:
    """`project.feedback`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self, *, story: str = "", round_: str = "") -> list[Feedback]:
        """All lines, oldest first and what is still to be told last; of a story or a round where one is named."""
        return [
            each
            for each in store.feedback(self._file)
            if (not story or each.story == story) and (not round_ or each.round == round_)
        ]

    def to_do(self) -> list[Feedback]:
        """What is still to be told."""
        return [each for each in self.all() if each.day is None]

    def get(self, reference: str | int) -> Feedback:
        """One line, by its id as other programs see it or as the project keeps it; raises UnknownFeedback."""
        number = reference if isinstance(reference, int) else decode_id(reference)
        found = next((each for each in self.all() if each.id == number), None)
        if found is None:
            raise errors.UnknownFeedback(key=reference)
        return found

    def add(self, wanted: Feedback, *, today: dt.date) -> Feedback:
        """A new line; without a day it is still to be done. Raises BadInput, UnknownStory, UnknownRound."""
        self._check(wanted, today)
        if wanted.story and wanted.story not in {each.key for each in stories.stories(self._file)}:
            raise errors.UnknownStory(key=wanted.story)
        if wanted.round and wanted.round not in {each.key for each in rounds.rounds(self._file)}:
            raise errors.UnknownRound(key=wanted.round)
        with self._file.change(Act.FEEDBACK) as writing:
            number = store.put_feedback(writing, replace(wanted, id=0), coder_id=self._file.coder_id)
            writing.targets.extend(self._about(wanted))
        return self.get(number)

    def edit(self, number: int, *, today: dt.date, **changes: Any) -> Feedback:
        """Change whom, body, day, how or reaction of a line. Raises UnknownFeedback, BadInput."""
        wanted = replace(self.get(number), **changes)
        self._check(wanted, today)
        with self._file.change(Act.FEEDBACK, *self._about(wanted)) as writing:
            store.put_feedback(writing, wanted, coder_id=self._file.coder_id)
        return self.get(number)

    def remove(self, number: int) -> None:
        """Take a line away; undo brings it back."""
        there = self.get(number)
        with self._file.change(Act.FEEDBACK, *self._about(there)) as writing:
            store.remove_feedback(writing, number)

    def _about(self, line: Feedback) -> list[int]:
        """Ids of the story and the round, for the history."""
        found = [each.id for each in stories.stories(self._file) if each.key == line.story]
        return found + [each.id for each in rounds.rounds(self._file) if each.key == line.round]

    @staticmethod
    def _check(wanted: Feedback, today: dt.date) -> None:
        if not wanted.whom.strip():
            raise errors.BadInput(reason=t("say to whom it goes back"))
        if not wanted.body.strip():
            raise errors.BadInput(reason=t("say what goes back"))
        if wanted.day is not None and wanted.day > today:
            raise errors.BadInput(
                reason=t("the day lies in the future; leave it open until it is told, and it stays on the list")
            )
