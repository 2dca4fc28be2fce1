"""What one does about a signal: write down whom it was told, the answer, the result; go to where it was seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.following import Signal, SignalPlace
from verhalen.model.text import Span
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_here import family_line
from verhalen.tui.dialogs import choose
from verhalen.tui.family_asking import read_day, written_day
from verhalen.tui.family_words import family_entry
from verhalen.tui.signal_page import place_text

if TYPE_CHECKING:
    from verhalen.tui.signals_screen import SignalsScreen

_SHORT = 60
"""Letters of a fragment in a list to choose from."""


class SignalActs:
    """Acts of the signal log; `hear` is told the key of the signal that was changed."""

    def __init__(self, screen: SignalsScreen, hear: Callable[[str], None]) -> None:
        self._screen = screen
        self._hear = hear

    @property
    def _today(self) -> dt.date:
        return self._screen.frame.day

    # -- writing -----------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """One that was not met in a text."""
        self._ask_facts(t("A new signal"), None)

    def change(self) -> None:
        """What it is called and where it lies."""
        if self._screen.signal is not None:
            self._ask_facts(t("Signal {key}", key=self._screen.signal.key), self._screen.signal)

    def _ask_facts(self, title: str, signal: Signal | None) -> None:
        domains = tuple((each.key, each.name) for each in self._screen.project.scores.domains().domains)
        questions = [
            Question("barrier", t("What stands in the way?"), signal.barrier if signal else ""),
            Question(
                "service", t("Where does it lie? A service, a rule, a waiting list"), signal.service if signal else ""
            ),
            Question("domain", t("Life domain"), signal.domain if signal else "", domains, t("none")),
            Question("noted", t("Noted on"), written_day(signal.noted if signal else self._today)),
        ]
        today = self._today

        def store(form: AskForm, answers: Answers) -> None:
            day = read_day(form, answers["noted"])
            if day is False:
                return
            barrier, service, domain = answers["barrier"], answers["service"], answers["domain"]
            if signal is None:
                self._keep(
                    form,
                    lambda project: project.signals.note(
                        barrier, today=today, service=service, domain=domain, noted=day
                    ),
                )
                return
            after = replace(signal, barrier=barrier, service=service, domain=domain, noted=day or signal.noted)
            self._keep(form, lambda project: project.signals.change(after, today=today))

        self._screen.app.push_screen(AskForm(title, questions, store))

    def told(self) -> None:
        """Who was told, and when."""
        signal = self._screen.signal
        if signal is not None:
            self._ask_step(
                signal,
                t("Who was told?"),
                (signal.whom, signal.told),
                lambda words, day: replace(signal, whom=words, told=day),
            )

    def answer(self) -> None:
        """What was answered, and when."""
        signal = self._screen.signal
        if signal is not None:
            self._ask_step(
                signal,
                t("What was answered?"),
                (signal.answer, signal.answered),
                lambda words, day: replace(signal, answer=words, answered=day),
            )

    def result(self) -> None:
        """What came of it, and when."""
        signal = self._screen.signal
        if signal is not None:
            self._ask_step(
                signal,
                t("What came of it? 'Nothing' is a result too"),
                (signal.result, signal.resulted),
                lambda words, day: replace(signal, result=words, resulted=day),
            )

    def _ask_step(
        self,
        signal: Signal,
        question: str,
        now: tuple[str, dt.date | None],
        changed: Callable[[str, dt.date | None], Signal],
    ) -> None:
        words, day = now
        questions = [
            Question("words", question, words),
            Question("day", t("When?"), written_day(day or self._today)),
        ]
        today = self._today

        def store(form: AskForm, answers: Answers) -> None:
            when = read_day(form, answers["day"])
            if when is False:
                return
            if answers["words"] and when is None:
                form.complain(t("Write a day as in 12/03/2026."))
                return
            # Without words the step was not taken after all.
            after = changed(answers["words"], when if answers["words"] else None)
            self._keep(form, lambda project: project.signals.change(after, today=today))

        title = f"{signal.key}  {signal.barrier}"
        self._screen.app.push_screen(AskForm(title, questions, store))

    def _keep(self, form: AskForm, act: Callable[[Project], Signal]) -> None:
        def done(signal: Signal) -> None:
            form.close()
            self._hear(signal.key)

        self._screen.write(act, done, lambda error: form.complain(str(error)))

    def remove(self) -> None:
        """Take it away; ctrl+z brings it back."""
        signal = self._screen.signal
        if signal is not None:
            said = t("Signal {key} is taken away. Ctrl+z brings it back.", key=signal.key)
            self._screen.write(
                lambda project: project.signals.remove(signal.key), lambda _: self._screen.frame.say(said)
            )

    # -- places ------------------------------------------------------------------------------------------------------

    def add_families(self) -> None:
        """One more family meets it, or several."""
        signal = self._screen.signal
        if signal is None:
            return
        project = self._screen.project
        entries = [family_entry(project, each) for each in project.families.all() if each.key not in signal.families]
        if not entries:
            self._screen.frame.say(t("All families are there already."))
            return
        picker = Picker(
            entries, family_line, placeholder=t("Which families meet this? Space ticks several"), several=True
        )

        def picked(keys: tuple[str, ...] | None) -> None:
            places = [SignalPlace(family=key) for key in keys or ()]
            if places:
                self._screen.write(
                    lambda project: project.signals.add_places(signal.key, places),
                    lambda new: self._screen.frame.say(tn("{n} family added.", "{n} families added.", new)),
                )

        self._screen.app.push_screen(picker, picked)

    def places(self) -> None:
        """Choose where it was seen, and go there."""
        self._choose_place(t("Where do you want to go?"), self._go)

    def remove_place(self) -> None:
        """Choose a place that was noted by mistake."""
        signal = self._screen.signal

        def remove(place: SignalPlace) -> None:
            if signal is not None:
                self._screen.write(lambda project: project.signals.remove_place(signal.key, place))

        self._choose_place(t("Which place goes away?"), remove)

    def _choose_place(self, question: str, act: Callable[[SignalPlace], None]) -> None:
        signal = self._screen.signal
        if signal is None:
            return
        if not signal.places:
            self._screen.frame.say(t("No place is noted."))
            return
        places: Sequence[SignalPlace] = signal.places
        answers = [(str(at), place_text(self._screen.project, place, most=_SHORT)) for at, place in enumerate(places)]
        choose(self._screen, question, answers, lambda key: act(places[int(key)]))

    def _go(self, place: SignalPlace) -> None:
        frame = self._screen.frame
        if place.source_id is not None:
            number = self._screen.project.sources.get(place.source_id).number
            frame.open_coding(number, place=Span(place.start, place.stop))
        elif place.story:
            frame.open_stories(place.story)
        elif place.family:
            frame.open_families(place.family)

    def see_families(self) -> None:
        """All families that meet it, on their own screen."""
        signal = self._screen.signal
        if signal is not None and signal.families:
            self._screen.frame.open_families(only=sorted(signal.families), why=f"{signal.key}  {signal.barrier}")
