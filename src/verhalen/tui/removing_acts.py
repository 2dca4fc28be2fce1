"""What one does about something that was noted by mistake: it goes again, or a family gets another code."""

from __future__ import annotations

from collections.abc import Callable

from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.family import Contact, Family, Person, Trajectory
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.dialogs import choose
from verhalen.tui.family_asking import Asking
from verhalen.tui.family_page import contact_text, newest_first, person_text, trajectory_text

Mistake = tuple[str, Callable[[Project], object]]
"""What goes, in finished words, and how."""


class RemovingActs(Asking):
    """Acts that take away one thing of a family."""

    def rename(self, family: Family) -> None:
        """Another code."""
        label = self._label(family)
        question = Question("key", t("The new code. Never a name. People, scores and stories go along."), family.key)

        def act(project: Project, new: str) -> None:
            project.families.rename(family.key, new)
            project.privacy.carry_nickname(family.key, new)

        def store(form: AskForm, answers: Answers) -> None:
            new = answers["key"]
            if new == family.key:
                form.close()
                return
            self._keep(form, new, lambda project: act(project, new))

        self._ask(t("Another code for family {key}", key=label), [question], store)

    def take_away(self, family: Family) -> None:
        """Choose what goes; undo brings it back."""
        found = self._mistakes(family)
        if not found:
            self._screen.frame.say(t("Nothing is noted of family {key} yet.", key=self._label(family)))
            return
        question = t("What was noted of family {key} by mistake, and goes?", key=self._label(family))
        answers = [(str(at), words) for at, (words, _) in enumerate(found)]
        choose(self._screen, question, answers, lambda answer: self._go(family, *found[int(answer)]))

    def _go(self, family: Family, words: str, act: Callable[[Project], object]) -> None:
        def done() -> None:
            self._hear(family.key)
            self._screen.frame.say(t("Taken away: {what}. Undo brings it back.", what=words))

        self._screen.write(act, lambda _: done(), self._screen.frame.say_error)

    def _mistakes(self, family: Family) -> list[Mistake]:
        """People, support, contacts and attributes of a family, each with the act that takes it away."""
        contacts = self._screen.project.families.contacts(family.key)
        return [
            *(self._person_goes(each) for each in family.persons),
            *(self._support_goes(family, each) for each in newest_first(family.trajectories)),
            *(self._attribute_goes(family, name, value) for name, value in family.attributes),
            *(self._contact_goes(family, each) for each in contacts),
        ]

    @staticmethod
    def _person_goes(person: Person) -> Mistake:
        return person_text(person), lambda project: project.families.remove_person(person.key)

    def _support_goes(self, family: Family, each: Trajectory) -> Mistake:
        words = trajectory_text(each, self._today)
        return words, lambda project: project.families.remove_trajectory(family.key, each.ordinal)

    @staticmethod
    def _attribute_goes(family: Family, name: str, value: str) -> Mistake:
        words = f"{name.replace('_', ' ')}: {value}"
        return words, lambda project: project.families.edit(family.key, attributes={name: ""})

    def _contact_goes(self, family: Family, each: Contact) -> Mistake:
        return contact_text(each, self._today), lambda project: project.families.remove_contact(
            family.key, each.day, kind=each.kind, with_whom=each.with_whom
        )
