"""Whose words stand at a place of a text, and what all of them agreed to."""

from __future__ import annotations

from bisect import bisect_right

from verhalen.model.consent import Answer, Asked, Consented, Purpose, strictest
from verhalen.store import consents as store
from verhalen.store.project import ProjectFile

PROFESSIONS = frozenset(
    {
        *("gezinscoach", "coach", "coordinator", "coördinator", "onderzoeker", "interviewer", "hulpverlener"),
        *("begeleider", "partnerdienst", "tolk"),
    }
)
"""Roles in which one speaks for a service, and needs nobody's consent to be quoted as such."""


class Saying:
    """One look at all consents of a project. Turns are read when a text is asked about first."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        everything = store.consented(project)
        self.by_id: dict[tuple[Asked, int], Consented] = {(each.kind, each.id): each for each in everything}
        """By what it is about and the id of that."""
        self._tellers = store.tellers(project)
        self._told = store.told_sources(project)
        self._turns: dict[int, tuple[list[int], list[store.SpokenTurn]]] = {}
        """Where they begin, and the turns."""

    def answer(self, source_id: int, start: int, stop: int, purpose: Purpose) -> Answer:
        """What counts for the words from `start` to `stop`: the strictest answer of all who say something there.

        Words of somebody whom nobody linked were asked of nobody; a professional takes no part. Where no family member
        speaks at all, nobody was asked either.
        """
        teller = self._tellers.get(source_id)
        if teller is not None:
            return self.by_id[teller].answer(purpose)
        if source_id in self._told:  # the voice was taken out of its story, and its consents with it
            return Answer.NOT_ASKED
        answers = {self._spoken(turn, purpose) for turn in self._turns_at(source_id, start, stop)}
        return strictest(*answers) if answers else Answer.NOT_ASKED

    def answer_here(self, source_id: int, start: int, stop: int, purpose: Purpose) -> Answer | None:
        """The same for a list; None where nobody of a family says anything and nobody unknown speaks under a name."""
        is_told = source_id in self._tellers or source_id in self._told
        if not is_told and not any(turn.is_somebody for turn in self._turns_at(source_id, start, stop)):
            return None
        return self.answer(source_id, start, stop, purpose)

    def _turns_at(self, source_id: int, start: int, stop: int) -> list[store.SpokenTurn]:
        """Turns with words between two places, without those of professionals."""
        if source_id not in self._turns:
            read = store.turns_spoken(self._project, source_id)
            self._turns[source_id] = ([each.start for each in read], read)
        begins, turns = self._turns[source_id]
        first, after = max(0, bisect_right(begins, start) - 1), bisect_right(begins, stop - 1)
        return [each for each in turns[first:after] if each.stop > start and not _is_profession(each)]

    def _spoken(self, turn: store.SpokenTurn, purpose: Purpose) -> Answer:
        found = self.by_id.get((Asked.PERSON, turn.person_id or 0))
        return found.answer(purpose) if found else Answer.NOT_ASKED


def _is_profession(turn: store.SpokenTurn) -> bool:
    return turn.person_id is None and turn.role.strip().casefold() in PROFESSIONS
