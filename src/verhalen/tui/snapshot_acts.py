"""What the snapshot screen does: give answers, take back, find. Each answer is painted at once and stored in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.snapshot import State
from verhalen.scores.answering import has_two_digits, in_bulk, is_worse, value_at_digit
from verhalen.scores.registering import Answer, Question, Sheet
from verhalen.scores.states import Place
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.dialogs import ask_line
from verhalen.tui.snapshot_beside import Beside, StartStep
from verhalen.tui.snapshot_leaving import Leaving
from verhalen.tui.snapshot_words import question_name

if TYPE_CHECKING:
    from verhalen.tui.snapshot_screen import SnapshotScreen

NOT_ON_SCALE = mark("Type a whole number from {low} to {high}.")

Answers = Mapping[Place, Answer | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of this sitting: what it gave, and what was there before."""

    forth: Answers
    back: Answers


class SnapshotActs:
    """The acts of one screen."""

    def __init__(self, screen: SnapshotScreen) -> None:
        self._screen = screen
        self.beside = Beside(screen, self)
        self.leaving = Leaving(screen, self)
        self.done: list[Step | StartStep] = []
        self.undone: list[Step | StartStep] = []

    # -- answers -------------------------------------------------------------------------------------------------------

    def press_digit(self, digit: str) -> None:
        """Give the answer with this digit; where one digit is not enough, ask for the number."""
        sheet = self._screen.sheet
        if sheet is None:
            return
        if has_two_digits(sheet.instrument):
            question = t(NOT_ON_SCALE, low=sheet.instrument.low, high=sheet.instrument.high)
            ask_line(self._screen, question, self._typed, digit)
            return
        value = value_at_digit(sheet.instrument, digit)
        if value is not None:
            self.give_value(value)

    def _typed(self, written: str) -> None:
        sheet = self._screen.sheet
        if sheet is None:
            return
        low, high = sheet.instrument.low, sheet.instrument.high
        value = int(written) if written.isdecimal() else None
        if value is None or not low <= value <= high:
            self._screen.frame.say(t(NOT_ON_SCALE, low=low, high=high), severity="warning")
        else:
            self.give_value(value)

    def give_value(self, value: int) -> None:
        """It is this now. Where it is lower than last time, ask gently why."""
        here = self._give(Answer(State.SCORED, value))
        if here is None:
            return
        if is_worse(here) and not self._has_no_direction(here):
            self.beside.ask_reasons(here, then=self._go_on)
        else:
            self._go_on()

    def say(self, state: State) -> None:
        """Still so, not applicable, or not known."""
        if self._give(Answer(state)) is not None:
            self._go_on()

    def _give(self, answer: Answer) -> Question | None:
        """Answer the question of the cursor; words that stood beside it stay. Gives it as it is now."""
        here = self._screen.here
        if here is None:
            return None
        note = here.answer.note if here.answer else ""
        self.put({here.place: replace(answer, note=note)})
        return self._screen.here

    def confirm_domain(self) -> None:
        """The rest of this domain is still so."""
        block = self._screen.block
        if block is not None and self._screen.may_confirm_domain:
            self.put(in_bulk(block))
            self._go_on()

    def take_back(self) -> None:
        """This question has no answer after all."""
        here = self._screen.here
        if here is not None and here.answer is not None:
            self.put({here.place: None})
            self._screen.show()

    def _go_on(self) -> None:
        """To the next question without an answer; after the last one, to the closing page."""
        if not self._screen.go_on():
            self.leaving.close()

    def _has_no_direction(self, question: Question) -> bool:
        """More or less is neither better nor worse in this life domain."""
        domain = self._screen.project.scores.domains().find(question.item.domain)
        return domain is not None and domain.colourless

    # -- storing -------------------------------------------------------------------------------------------------------

    def put(self, answers: Answers) -> None:
        """Give answers, or (None) take them back, as one step."""
        sheet = self._screen.sheet
        if sheet is not None:
            self.done.append(Step(answers, {place: _answer_at(sheet, place) for place in answers}))
            self.undone.clear()
            self._store(answers)

    def put_start(self, step: StartStep) -> None:
        """Say something about the start, as one step."""
        self.done.append(step)
        self.undone.clear()
        self.beside.store_start(step, forth=True)

    def _store(self, answers: Answers) -> None:
        screen, form, given = self._screen, self._screen.form, dict(answers)
        if screen.sheet is not None:
            screen.sheet = screen.sheet.with_answers(given)
        screen.write(lambda project: project.snapshots.answer(form, given), lambda _: screen.reload(), self.refused)

    def refused(self, error: errors.VerhalenError) -> None:
        """It could not be: say why, and show what is stored."""
        self._screen.frame.say_error(error)
        self._screen.read_again()

    def undo(self) -> None:
        """Take back what was answered last."""
        if self.done:
            step = self.done.pop()
            self.undone.append(step)
            self._go_through(step, forth=False)
            self._screen.frame.say(t("Taken back: {what}", what=self._name(step)))

    def redo(self) -> None:
        """Bring it back."""
        if self.undone:
            step = self.undone.pop()
            self.done.append(step)
            self._go_through(step, forth=True)
            self._screen.frame.say(t("Brought back: {what}", what=self._name(step)))

    def _go_through(self, step: Step | StartStep, *, forth: bool) -> None:
        if isinstance(step, StartStep):
            self.beside.store_start(step, forth=forth)
        else:
            self._store(step.forth if forth else step.back)
        sheet = self._screen.sheet
        places = [each.place for each in sheet.questions] if sheet is not None else []
        first = next((place for place in _places(step) if place in places), None)
        if first is not None:
            self._screen.go_to(places.index(first))

    def _name(self, step: Step | StartStep) -> str:
        """Which question it was about; of several, the first and how many more."""
        sheet = self._screen.sheet
        asked = [found for place in _places(step) if sheet is not None and (found := sheet.at(place)) is not None]
        if not asked:
            return "…"
        name = question_name(asked[0])
        if isinstance(step, StartStep):
            return t("the start of {name}", name=name)
        more = len(asked) - 1
        return tn("{name} and {n} more", "{name} and {n} more", more, name=name) if more else name

    # -- finding -------------------------------------------------------------------------------------------------------

    def find(self) -> None:
        """Go to a question by a part of its name."""
        screen, sheet = self._screen, self._screen.sheet
        if sheet is None:
            return
        entries = [Entry(str(at), question_name(each), _more(each)) for at, each in enumerate(sheet.questions)]

        def picked(keys: tuple[str, ...] | None) -> None:
            if keys:
                screen.go_to(int(keys[0]))

        picker = Picker(entries, _line, placeholder=t("Type a part of a question"))
        screen.app.push_screen(picker, picked)


def _places(step: Step | StartStep) -> tuple[Place, ...]:
    return (step.place,) if isinstance(step, StartStep) else tuple(step.forth)


def _answer_at(sheet: Sheet, place: Place) -> Answer | None:
    question = sheet.at(place)
    return question.answer if question else None


def _more(question: Question) -> str:
    return f"{question.item.section} {question.item.question}"


def _line(entry: Entry) -> Content:
    return Content(entry.name)
