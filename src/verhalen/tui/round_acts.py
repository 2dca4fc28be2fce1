"""What one does with a round on its screen: prepare, open its windows, close, put on paper."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.selecting import CandidateRule, RoundLevel, Rule, SelectionRound
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.dialogs import choose
from verhalen.tui.family_asking import read_day, written_day
from verhalen.tui.reading_window import ReadingWindow
from verhalen.tui.round_page import trail_page

if TYPE_CHECKING:
    from verhalen.msc.candidates import CandidatePlan
    from verhalen.report.round_agenda import Written
    from verhalen.tui.rounds_screen import RoundsScreen


class RoundActs:
    """The acts of the screen; each says what became of it."""

    def __init__(self, screen: RoundsScreen) -> None:
        self._screen = screen

    @property
    def _round(self) -> SelectionRound:
        found = self._screen.round
        assert found is not None  # a command without a round is not possible
        return found

    # -- preparing ---------------------------------------------------------------------------------------------------

    def new_round(self) -> None:
        """Ask what the round is; its stories are found at once."""
        first, last = _last_quarter(self._screen.frame.day)
        questions = [
            *_questions("", RoundLevel.TEAM.value, first, last, None, "", blind=False),
            Question("rule", t("Which stories?"), Rule.ALL.value, _rules()),
            Question("number", t("How many (at random)"), "6"),
        ]

        def submit(form: AskForm, said: Answers) -> None:
            values = _values(form, said)
            if values is None:
                return
            try:
                rule = _rule(said["rule"], said["number"])
            except errors.BadInput as error:
                form.complain(str(error))
                return

            def done(made: tuple[SelectionRound, CandidatePlan | None]) -> None:
                form.close()
                round_, plan = made
                self._screen.choose(round_.key)
                if plan is None:
                    self.candidates(by_domain=said["rule"] == Rule.DOMAIN.value)
                    return
                ready = t("Round {key} is prepared. Now the panel.", key=round_.key)
                self._screen.frame.say(" ".join((ready, *plan.notices)))

            self._screen.write(
                lambda project: project.rounds.add(**values, rule=rule), done, lambda e: form.complain(str(e))
            )

        self._screen.app.push_screen(AskForm(t("A new round"), questions, submit))

    def edit(self) -> None:
        """Change what the round is."""
        now = self._round
        questions = _questions(now.title, now.level.value, now.first, now.last, now.day, now.question, blind=now.blind)

        def submit(form: AskForm, said: Answers) -> None:
            values = _values(form, said)
            if values is None:
                return
            self._screen.write(
                lambda project: project.rounds.edit(now.key, **values),
                lambda _: form.close(),
                lambda error: form.complain(str(error)),
            )

        self._screen.app.push_screen(AskForm(t("Round {key}", key=now.key), questions, submit))

    def remove(self) -> None:
        """Take it away; undo brings it back."""
        key = self._round.key
        said = t("Round {key} was removed. {undo} brings it back.", key=key, undo="ctrl+z")
        self._screen.write(lambda project: project.rounds.remove(key), lambda _: self._screen.frame.say(said))

    # -- windows -----------------------------------------------------------------------------------------------------

    def candidates(self, *, by_domain: bool = False) -> None:
        """Which stories; perhaps asking at once about which life domains."""
        from verhalen.tui.round_candidates import RoundCandidates

        self._screen.app.push_screen(RoundCandidates(self._round.key, by_domain=by_domain))

    def panel(self) -> None:
        """Who chooses."""
        from verhalen.tui.round_panel import PanelWindow

        self._screen.app.push_screen(PanelWindow(self._round.key))

    def read(self) -> None:
        """Two stories beside each other."""
        from verhalen.tui.round_reading import RoundReading

        self._screen.app.push_screen(RoundReading(self._round.key))

    def result(self) -> None:
        """What was decided; says what comes first where nothing can be decided yet."""
        from verhalen.msc.selecting import cannot_vote
        from verhalen.tui.round_result import RoundResult

        if problem := cannot_vote(self._round):
            self._screen.frame.say(problem, severity="warning")
            return
        self._screen.app.push_screen(RoundResult(self._round.key))

    def trail(self) -> None:
        """Every story through every round."""
        project = self._screen.project
        self._screen.app.push_screen(
            ReadingWindow(trail_page(project, project.rounds.trails(nicknames=project.privacy.nicknames())))
        )

    # -- closing -----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Close it, or say what must happen first."""
        key, day = self._round.key, self._screen.frame.day

        def act(project: Project) -> int:
            project.rounds.close(key, day)
            return sum(each.round == key for each in project.feedback.to_do())

        def done(planned: int) -> None:
            told = tn("{n} teller is to hear back.", "{n} tellers are to hear back.", planned) if planned else ""
            self._screen.frame.say(f"{t('Round {key} is closed.', key=key)} {told}".strip())

        self._screen.write(act, done)

    def reopen(self) -> None:
        """Open it again."""
        key = self._round.key
        said = t("Round {key} is open.", key=key)
        self._screen.write(lambda project: project.rounds.reopen(key), lambda _: self._screen.frame.say(said))

    # -- on paper ----------------------------------------------------------------------------------------------------

    def paper(self) -> None:
        """The agenda, or the page about what was chosen, for a level."""
        round_ = self._round
        answers = [("agenda", t("The agenda, with the stories and room to write"))]
        if round_.choices:
            answers += [
                (each.value, t("One page about what was chosen, for: {level}", level=t(each.label)))
                for each in RoundLevel
            ]

        def chosen(which: str) -> None:
            self._screen.run_worker(self._write(round_.key, which), exclusive=True, group="paper")

        choose(self._screen, t("What do you want in Word?"), answers, chosen)

    async def _write(self, key: str, which: str) -> None:
        folder = self._screen.project.workspace / "exports"
        name = t("round-{key}-agenda", key=key) if which == "agenda" else t("round-{key}-{level}", key=key, level=which)
        path, day = folder / f"{name}.docx", self._screen.frame.day

        def write() -> Written:
            folder.mkdir(exist_ok=True)
            with self._screen.project.sibling() as own:
                nicknames = own.privacy.nicknames()
                if which == "agenda":
                    return own.rounds.agenda(key, path, today=day, nicknames=nicknames)
                return own.rounds.summary(key, path, today=day, level=RoundLevel(which), nicknames=nicknames)

        try:
            done = await asyncio.to_thread(write)
        except errors.VerhalenError as error:
            self._screen.frame.say_error(error)
            return
        self._screen.frame.say(_written(path, done))


def _written(path: Path, done: Written) -> str:
    said = t("Written: {path}", path=f"exports/{path.name}")
    out = ", ".join(key for key, _ in done.left_out)
    return f"{said} {t('Left out, without consent: {keys}.', keys=out)}" if out else said


def _last_quarter(today: dt.date) -> tuple[dt.date, dt.date]:
    """The last whole quarter: most panels meet once in three months (methods.md A1)."""
    first_of_this = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = first_of_this - dt.timedelta(days=1)
    return dt.date(last.year, last.month - 2, 1), last


def _rules() -> tuple[tuple[str, str], ...]:
    return tuple((each.value, t(each.label)) for each in Rule)


def _rule(value: str, number: str) -> CandidateRule | None:
    """The rule that was chosen; None where the stories are ticked afterwards."""
    rule = Rule(value or Rule.ALL.value)
    if rule in (Rule.BY_HAND, Rule.DOMAIN):
        return None
    if rule is Rule.RANDOM and not number.isdecimal():
        raise errors.BadInput(reason=t("say how many stories are to be drawn"))
    return CandidateRule(rule, number=int(number) if rule is Rule.RANDOM else None)


def _questions(
    title: str, level: str, first: dt.date, last: dt.date, day: dt.date | None, question: str, *, blind: bool
) -> list[Question]:
    return [
        Question("title", t("Title"), title, hint=t("as in: Spring 2026")),
        Question("level", t("Where?"), level, tuple((each.value, t(each.label)) for each in RoundLevel)),
        Question("first", t("Stories from"), written_day(first)),
        Question("last", t("until"), written_day(last)),
        Question("day", t("Day of the meeting"), written_day(day), hint=t("may stay empty")),
        Question("question", t("What does the panel ask itself?"), question, hint=t("may stay empty")),
        Question(
            "blind",
            t("Hide coach and family?"),
            "yes" if blind else "no",
            (("no", t("No")), ("yes", t("Yes, read blind"))),
        ),
    ]


def _values(form: AskForm, said: Answers) -> dict[str, Any] | None:
    """What a round is, from the answers; None where a day cannot be read or is not there, which the form says."""
    days = {name: read_day(form, said[name]) for name in ("first", "last", "day")}
    if False in days.values():
        return None
    if not (days["first"] and days["last"]):
        form.complain(t("From when until when were the stories told?"))
        return None
    return {
        **days,
        "title": said["title"],
        "level": RoundLevel(said["level"] or RoundLevel.TEAM.value),
        "question": said["question"],
        "blind": said["blind"] == "yes",
    }
