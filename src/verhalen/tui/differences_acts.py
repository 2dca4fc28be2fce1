"""Ticking, noting and settling on the screen where two coders differ. What is chosen is shown at once and stored by the writer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from verhalen.api.project import Project
from verhalen.errors import VerhalenError
from verhalen.i18n import t, tn
from verhalen.model.second_coder import Copied, Outcome, State
from verhalen.tui.coding_memo import MemoDialog
from verhalen.tui.dialogs import choose
from verhalen.tui.differences_desk import Waiting
from verhalen.tui.differences_words import settled_words
from verhalen.tui.second_reading import Place, SharedText, as_it_is

if TYPE_CHECKING:
    from verhalen.tui.differences_screen import DifferencesScreen

_SIDES = (Outcome.FIRST, Outcome.SECOND)


class DifferenceActs:
    """What one does with the difference that is looked at."""

    def __init__(self, screen: DifferencesScreen) -> None:
        self._screen = screen

    @property
    def _here(self) -> Place | None:
        return self._screen.desk.here

    def side_is_right(self, side: int) -> None:
        """The first or the second coder is right: as he or she gave the code, or did not give it."""
        if self._here is not None:
            self.settle(_SIDES[side] if self._here.judgement.given[side] else Outcome.NOT)

    def settle(self, outcome: Outcome) -> None:
        """Choose what stands in the consensus, and on to the next."""
        place = self._here
        if place is None:
            return
        note = self._screen.desk.note(place)
        self._store(
            place,
            Waiting(State.SETTLED, outcome, note),
            lambda project: project.second_coding.settle(place.judgement, outcome, note),
        )
        self._screen.tell(settled_words(place, outcome, self._screen.names))
        self._screen.go_on()

    def tick(self) -> None:
        """It was talked over; and on to the next. A tick goes away again, a choice does not."""
        place = self._here
        if place is None:
            return
        state, note = self._screen.desk.state(place), self._screen.desk.note(place)
        if state is State.SETTLED:
            key = self._screen.key_text(self._screen.commands["reopen-difference"])
            self._screen.tell(t("This is settled, and so talked over. {key} opens it again.", key=key))
        elif state is State.DISCUSSED:
            self.reopen()
        else:
            waiting = Waiting(State.DISCUSSED, None, note)
            self._store(place, waiting, lambda project: project.second_coding.tick(as_it_is(project, place), note))
            self._screen.go_on()

    def reopen(self) -> None:
        """As if it had never been talked over."""
        place = self._here
        if place is not None:
            waiting = Waiting(State.OPEN, None, "")
            self._store(place, waiting, lambda project: project.second_coding.reopen(as_it_is(project, place)))
            self._screen.show_all()

    def write_note(self) -> None:
        """What was said of it."""
        place = self._here
        if place is None:
            return
        before, found = self._screen.desk.note(place), place.judgement
        # Withdrawing finds drafts by the id of a source.
        draft = f"discussed {found.source_id} {found.start} {found.code_id}"

        def written(words: str | None) -> None:
            if words is not None and words != before:
                self._note(place, words, draft)

        code = self._screen.names.get(found.code, found.code)
        self._screen.app.push_screen(
            MemoDialog(t("What you said about {code}", code=code), before, draft=draft), written
        )

    def _note(self, place: Place, words: str, draft: str) -> None:
        desk = self._screen.desk
        known = desk.waiting.get(place.key)
        state = desk.state(place)
        waiting = Waiting(State.DISCUSSED if state is State.OPEN else state, known.outcome if known else None, words)

        def store(project: Project) -> None:
            project.second_coding.tick(as_it_is(project, place), words)
            project.keep_draft(draft, "")

        self._store(place, waiting, store)
        self._screen.show_all()

    def _store(self, place: Place, waiting: Waiting, act: Callable[[Project], None]) -> None:
        screen = self._screen
        stored = screen.desk.wait_for(place, waiting)
        screen.tell("")

        def done(_: None) -> None:
            stored()
            screen.show_progress()
            screen.reload()

        def failed(error: VerhalenError) -> None:
            screen.desk.drop(place, waiting)
            screen.frame.say_error(error)
            screen.reload()

        screen.write(act, done, failed)

    # -- finishing a text ----------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """What becomes of the consensus of this text."""
        text = self._screen.text
        if text is None:
            return
        answers = [
            ("copy", t("Put in the consensus what you both gave")),
            ("count", t("Let the consensus count in tables and reports, with what you both gave")),
        ]
        if text.concluded:
            answers = [("people", t("Let the codings of the coders count again"))]
        acts = {"copy": self._copy, "count": self._count, "people": self._people}
        question = t("{text}: what now?", text=text.name)
        choose(self._screen, question, answers, lambda answer: acts[answer](text))

    def _copy(self, text: SharedText) -> None:
        pair = self._screen.pair
        self._screen.write(
            lambda project: project.second_coding.settle_agreed(text.id, coders=pair),
            lambda copied: self._said(_copied(copied)),
        )

    def _count(self, text: SharedText) -> None:
        pair = self._screen.pair
        self._screen.write(
            lambda project: project.second_coding.conclude(text.id, coders=pair),
            lambda copied: self._said(t("From now on the consensus counts in this text.") + " " + _copied(copied)),
        )

    def _people(self, text: SharedText) -> None:
        self._screen.write(
            lambda project: project.second_coding.open_again(text.id),
            lambda _: self._said(t("The codings of the coders count again in this text.")),
        )

    def _said(self, sentence: str) -> None:
        self._screen.frame.say(sentence)
        self._screen.reload()


def _copied(copied: Copied) -> str:
    return tn(
        "{n} place that you agree on was put in it.",
        "{n} places that you agree on were put in it.",
        copied.judgements,
    )
