"""Write the answers of a snapshot, inside an open change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.snapshot import Reason
from verhalen.scores.answering import refusal
from verhalen.scores.registering import Answer, Sheet
from verhalen.scores.states import Place
from verhalen.store import registering, revisions
from verhalen.store import scores as store
from verhalen.store.project import Writing

NOT_ASKED = mark("this snapshot does not ask about {item}, or no longer: the family or the questionnaire was changed")


def refuse(sheet: Sheet, answers: Mapping[Place, Answer | None]) -> None:
    """Refuse what cannot be. To take an answer back is always possible."""
    for place, answer in answers.items():
        question = sheet.at(place)
        if answer is not None:
            why = t(NOT_ASKED, item=place[1]) if question is None else refusal(sheet, question, answer)
            if why:
                raise errors.BadInput(reason=why)


def put_answers(writing: Writing, sheet: Sheet, snapshot: int, answers: Mapping[Place, Answer | None]) -> None:
    """Store answers, or (None) take them back; what says nothing new is not written."""
    there = store.observation_keys(writing, snapshot)
    fresh, gone = [], []
    for place, answer in answers.items():
        question = sheet.at(place)
        if question is None or answer == question.answer:
            continue
        ids = (question.item.id, question.person.id if question.person else None)
        found = there.get(ids)
        if answer is None:
            gone += [found[0]] if found else []
            continue
        wanted = store.NewObservation(*ids, answer.state, answer.value, answer.note)
        if found is None:
            fresh.append((snapshot, wanted))
        elif found[1:] != (answer.state.value, answer.value, answer.note):
            store.change_observation(writing, found[0], wanted)
    registering.drop_observations(writing, gone)
    store.add_observations(writing, fresh)
    _put_reasons(writing, sheet, snapshot, answers)


def _put_reasons(writing: Writing, sheet: Sheet, snapshot: int, answers: Mapping[Place, Answer | None]) -> None:
    numbers = store.observation_keys(writing, snapshot)
    for place, answer in answers.items():
        question = sheet.at(place)
        if question is not None and answer is not None:
            ids = (question.item.id, question.person.id if question.person else None)
            before: Sequence[Reason] = question.answer.reasons if question.answer else ()
            if before or answer.reasons:
                revisions.set_reasons(writing, numbers[ids][0], answer.reasons)
