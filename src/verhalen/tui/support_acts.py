"""What one does about support: it starts, it ends, something about it is different."""

from __future__ import annotations

from typing import Any

from verhalen.i18n import t
from verhalen.model.family import Family, Known, Trajectory, TrajectoryEnd
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.dialogs import choose
from verhalen.tui.family_asking import Asking, read_day, written_day
from verhalen.tui.family_page import newest_first, trajectory_text


class SupportActs(Asking):
    """Acts on the trajectories of a family."""

    def start_support(self, family: Family) -> None:
        """A trajectory begins."""
        latest = family.latest
        before = Trajectory(0, self._today, coach=self._screen.project.coder, project=latest.project if latest else "")

        def store(form: AskForm, answers: Answers) -> None:
            fields = _support_answers(form, answers)
            if fields is not None:
                start = fields.pop("start") or self._today
                self._keep(
                    form, family.key, lambda project: project.families.start_trajectory(family.key, start, **fields)
                )

        self._ask(t("Support starts for family {key}", key=self._label(family)), _support_questions(before), store)

    def end_support(self, family: Family) -> None:
        """The trajectory that runs ends."""
        questions = [
            Question("end", t("When did it end?"), written_day(self._today)),
            Question(
                "reason", t("Why?"), "", tuple((each.value, t(each.label)) for each in TrajectoryEnd), t("choose")
            ),
            Question("referred_on", t("Was the family led on to somebody? To where?")),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            end = read_day(form, answers["end"])
            if end is False:
                return
            if not answers["reason"]:
                form.complain(t("Choose why support ended."))
                return
            day, reason, where = end or self._today, answers["reason"], answers["referred_on"]
            self._keep(
                form,
                family.key,
                lambda project: project.families.end_trajectory(family.key, day, reason=reason, referred_on=where),
            )

        self._ask(t("Support ends for family {key}", key=self._label(family)), questions, store)

    def change_support(self, family: Family) -> None:
        """Choose a trajectory where there are several, then change it."""
        by_number = {str(each.ordinal): each for each in newest_first(family.trajectories)}
        if len(by_number) == 1:
            self._support(family, family.trajectories[0])
            return
        answers = [(number, trajectory_text(each, self._today)) for number, each in by_number.items()]
        choose(self._screen, t("Which period?"), answers, lambda number: self._support(family, by_number[number]))

    def _support(self, family: Family, old: Trajectory) -> None:
        questions = [*_support_questions(old), Question("end", t("When did it end?"), written_day(old.end))]

        def store(form: AskForm, answers: Answers) -> None:
            fields, end = _support_answers(form, answers), read_day(form, answers["end"])
            if fields is not None and end is not False:
                fields |= {"start": fields["start"] or old.start, "end": end, "reason": old.reason if end else ""}
                self._keep(
                    form,
                    family.key,
                    lambda project: project.families.edit_trajectory(family.key, old.ordinal, **fields),
                )

        self._ask(t("Support {n} of family {key}", n=old.ordinal, key=self._label(family)), questions, store)


def _support_questions(old: Trajectory) -> list[Question]:
    return [
        Question("start", t("When did it start?"), written_day(old.start)),
        Question("referred", t("When was the family referred?"), written_day(old.referred)),
        Question("referrer", t("By whom? A service, no name of a person."), old.referrer),
        Question(
            "known",
            t("Was the family known?"),
            old.known,
            tuple((each.value, t(each.label)) for each in Known),
            t("not noted"),
        ),
        Question("coach", t("Which family coach?"), old.coach),
        Question("project", t("In which project?"), old.project),
    ]


def _support_answers(form: AskForm, answers: Answers) -> dict[str, Any] | None:
    start, referred = read_day(form, answers["start"]), read_day(form, answers["referred"])
    if start is False or referred is False:
        return None
    words = {name: answers[name] for name in ("referrer", "known", "coach", "project")}
    return {"start": start, "referred": referred, **words}
