"""What the snapshot screen does: give answers, take back, find, finish. Each answer is painted at once and stored in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.snapshot import State
from verhalen.scores.registering import (
    Answer,
    Question,
    Sheet,
    count,
    has_two_digits,
    in_bulk,
    is_worse,
    value_at_digit,
)
from verhalen.scores.states import Place
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.dialogs import ask_line, choose, yes_or_no
from verhalen.tui.snapshot_beside import Beside
from verhalen.tui.snapshot_words import closing_words, question_name

if TYPE_CHECKING:
    from verhalen.tui.snapshot_screen import SnapshotScreen

NOTHING = mark("Nothing was answered, so there is no snapshot of this day. That is fine.")
REVISED = mark("Stored: what you said about the start. There is no snapshot of this day.")
NOT_ON_SCALE = mark("Type a whole number from {low} to {high}.")
_DONE, _NOTE, _BACK = "done", "note", "back"

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
        self.done: list[Step] = []
        self.undone: list[Step] = []

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
            self.close()

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
            self._go_through(step.back)

    def redo(self) -> None:
        """Bring it back."""
        if self.undone:
            step = self.undone.pop()
            self.done.append(step)
            self._go_through(step.forth)

    def _go_through(self, answers: Answers) -> None:
        self._store(answers)
        sheet = self._screen.sheet
        places = [each.place for each in sheet.questions] if sheet is not None else []
        first = next((place for place in answers if place in places), None)
        if first is not None:
            self._screen.go_to(places.index(first))

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

    # -- leaving -------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """The closing page; where nothing was answered there is nothing to close."""
        screen, sheet = self._screen, self._screen.sheet
        if sheet is None:
            return
        if not sheet.answered:
            self._end(t(REVISED if self.beside.has_revised else NOTHING))
            return
        found = count(sheet.questions)
        why = [
            (str(at), t("Say why: {name}", name=question_name(each)))
            for at, each in enumerate(sheet.questions)
            if each in found.unexplained
        ]
        answers = [
            (_DONE, t("Done")),
            *why,
            (_NOTE, t("Write something about the whole")),
            (_BACK, t("Back to the questions")),
        ]
        choose(screen, closing_words(found, sheet.day), answers, self._closing)

    def _closing(self, key: str) -> None:
        screen, sheet = self._screen, self._screen.sheet
        if sheet is None or key == _BACK:
            return
        if key == _NOTE:
            self._write_whole(sheet)
        elif key == _DONE:
            said = tn(
                "Stored: a snapshot with {n} answer. Thank you.",
                "Stored: a snapshot with {n} answers. Thank you.",
                sheet.answered,
            )
            self._end(said)
        else:
            at = int(key)
            screen.go_to(at)
            self.beside.ask_reasons(sheet.questions[at], then=self.close)

    def _write_whole(self, sheet: Sheet) -> None:
        screen, form = self._screen, self._screen.form

        def written(note: str | None) -> None:
            if note is not None and note != sheet.note:
                if screen.sheet is not None:
                    screen.sheet = replace(screen.sheet, note=note)
                screen.write(
                    lambda project: project.snapshots.set_note(form, note), lambda _: screen.reload(), self.refused
                )
            self.close()

        screen.app.push_screen(MemoDialog(t("About this snapshot as a whole"), sheet.note), written)

    def _end(self, sentence: str) -> None:
        """Close it; say so once all of it is stored."""
        screen, form, frame = self._screen, self._screen.form, self._screen.frame

        def finished(_: None) -> None:
            frame.say(sentence)
            frame.refresh_screens()  # that it is finished stands in no change: the first screen would go on to list it

        if self._did_something:
            screen.write(lambda project: project.snapshots.finish(form), finished)
        else:
            frame.say(sentence)
        frame.go_back()

    @property
    def _did_something(self) -> bool:
        """Whether something was stored, in this sitting or in an unfinished one before."""
        return bool(self.done or self.undone) or self.beside.has_revised or self._screen.is_unfinished

    def put_off(self) -> None:
        """Stop halfway."""
        screen, sheet = self._screen, self._screen.sheet
        if sheet is not None and not sheet.answered:
            self._end(t(REVISED if self.beside.has_revised else NOTHING))
            return
        frame = screen.frame
        if self._did_something:
            words = t("Stored. You find this snapshot on the first screen, to go on with it.")
            screen.write(lambda _: None, lambda _: frame.say(words))  # comes after all that is still to be stored
        frame.go_back()

    def throw_away(self) -> None:
        """Ask, then take back all that was stored for it."""
        screen, form, frame = self._screen, self._screen.form, self._screen.frame

        def gone(_: None) -> None:
            frame.say(t("Thrown away. What was said before goes on as it was."))
            frame.refresh_screens()

        def answered(key: str | None) -> None:
            if key == "yes":
                screen.write(lambda project: project.snapshots.discard(form), gone)
                frame.go_back()

        question = t("Throw away what you answered in this snapshot? What was finished earlier stays.")
        screen.app.push_screen(yes_or_no(question, yes=t("Yes, throw it away")), answered)


def _answer_at(sheet: Sheet, place: Place) -> Answer | None:
    question = sheet.at(place)
    return question.answer if question else None


def _more(question: Question) -> str:
    return f"{question.item.section} {question.item.question}"


def _line(entry: Entry) -> Content:
    return Content(entry.name)
