"""What stands beside an answer: why it is lower, words of one's own, and what the first snapshot should have said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verhalen.i18n import mark, t
from verhalen.model.snapshot import Reason, RevisedBaseline
from verhalen.scores.registering import Question, label_of
from verhalen.scores.states import Place
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.dialogs import choose
from verhalen.tui.snapshot_reasons import ReasonsDialog
from verhalen.tui.snapshot_words import question_name, value_words
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.tui.snapshot_acts import SnapshotActs
    from verhalen.tui.snapshot_screen import SnapshotScreen

ANSWER_FIRST = mark("First give an answer here, perhaps that it is still so. Then you can write something beside it.")
_NOT_APPLICABLE = "nvt"
_RIGHT = "right"


@dataclass(frozen=True, slots=True)
class StartStep:
    """One act of this sitting about the start of a question."""

    place: Place
    said: RevisedBaseline
    gives: bool
    """False where it takes back what was said earlier."""
    ids: list[int]
    """Under which ids it was stored, the last one last; the writer's thread adds them. Who takes it back shares the list."""


class Beside:
    """Small windows about one question."""

    def __init__(self, screen: SnapshotScreen, acts: SnapshotActs) -> None:
        self._screen = screen
        self._acts = acts

    @property
    def has_revised(self) -> bool:
        """Whether something said about the start in this sitting stands."""
        return any(isinstance(step, StartStep) for step in self._acts.done)

    # -- reasons -------------------------------------------------------------------------------------------------------

    def ask_reasons(self, question: Question, *, then: Callable[[], None]) -> None:
        """Ask why an answer is what it is; whatever is said, `then` goes on."""
        answer = question.answer
        if answer is None:
            return

        def chosen(reasons: tuple[Reason, ...] | None) -> None:
            if reasons is not None and reasons != answer.reasons:
                self._acts.put({question.place: replace(answer, reasons=reasons)})
            then()

        self._screen.app.push_screen(ReasonsDialog(_why(question), answer.reasons), chosen)

    # -- words ---------------------------------------------------------------------------------------------------------

    def write_note(self, question: Question) -> None:
        """Words beside the answer of a question."""
        answer = question.answer
        if answer is None:
            self._screen.frame.say(t(ANSWER_FIRST))
            return

        def written(note: str | None) -> None:
            if note is not None and note != answer.note:
                self._acts.put({question.place: replace(answer, note=note)})
                self._screen.show()

        self._screen.app.push_screen(MemoDialog(question_name(question), answer.note), written)

    # -- the start -----------------------------------------------------------------------------------------------------

    def revise(self, question: Question) -> None:
        """Ask what the first snapshot should have said, and how one knows."""
        sheet = self._screen.sheet
        if sheet is None:
            return
        instrument, item, first = sheet.instrument, question.item, question.first
        answers = [
            (str(value), capital(value_words(instrument, value, label_of(item.labels, instrument.low, value))))
            for value in range(instrument.low, instrument.high + 1)
        ]
        if item.may_be_na:
            answers.append((_NOT_APPLICABLE, capital(t("not applicable"))))
        if question.revised is not None:
            answers.append((_RIGHT, t("What we wrote then was right after all")))
        wrote = value_words(instrument, first.value, first.label) if first else t("nothing")
        words = t(
            "{name}: at the start we wrote {value}. What was it really, as you know now? What was written stays beside it.",
            name=capital(item.name),
            value=wrote,
        )
        choose(self._screen, words, answers, lambda key: self._revised(question, key))

    def _revised(self, question: Question, key: str) -> None:
        screen, before = self._screen, question.revised
        if key == _RIGHT:
            if before is not None:
                steps = (each for each in self._acts.done if isinstance(each, StartStep))
                ids = next((each.ids for each in steps if before.id in each.ids), [before.id])
                self._acts.put_start(StartStep(question.place, before, gives=False, ids=ids))
            return
        value = None if key == _NOT_APPLICABLE else int(key)

        def because(reason: str) -> None:
            person, item = question.place
            said = RevisedBaseline(0, item, person, value, screen.form.day, Reason(reason))
            self._acts.put_start(StartStep(question.place, said, gives=True, ids=[]))

        reasons = [(each.value, capital(t(each.label))) for each in Reason]
        choose(screen, t("How do you know now?"), reasons, because)

    def store_start(self, step: StartStep, *, forth: bool) -> None:
        """Do it, or (not `forth`) take it back."""
        screen, form, said = self._screen, self._screen.form, step.said

        def store(project: Project) -> None:
            if step.gives == forth:
                new = project.snapshots.revise(
                    form, step.place, said.value, reason=said.reason, note=said.note, day=said.day
                )
                step.ids.append(new)
            else:
                project.snapshots.take_revision_back(form, step.ids[-1])

        screen.write(store, lambda _: screen.reload(), self._acts.refused)


def _why(question: Question) -> str:
    last, now = question.last, question.answer.value if question.answer else None
    if last is None or last.value is None or now is None or last.value == now:
        return t("{name}. Do you know why? Tick what fits; it is fine to say nothing.", name=question_name(question))
    return t(
        "{name} went from {before} to {now}. Do you know why? Tick what fits; it is fine to say nothing.",
        name=question_name(question),
        before=last.value,
        now=now,
    )
