"""What one does about a family: a new one, where it lives, who comes and goes, when support starts and ends, contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from verhalen.api.due import Later
from verhalen.i18n import t
from verhalen.model.family import ROLES, AttributeKind, Contact, Family, Person
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.attribute_acts import AttributeActs, attribute_question, shown_name
from verhalen.tui.contact_window import ContactWindow
from verhalen.tui.dialogs import choose
from verhalen.tui.family_asking import read_day, written_day
from verhalen.tui.family_page import contact_text, person_text
from verhalen.tui.form_acts import FormActs
from verhalen.tui.page import TITLE, Line
from verhalen.tui.reading_window import ReadingWindow
from verhalen.tui.removing_acts import RemovingActs
from verhalen.tui.support_acts import SupportActs
from verhalen.tui.words import day_text

LATER_DAYS = (14, 30, 91)


class FamilyActs(SupportActs, RemovingActs, AttributeActs, FormActs):
    """Acts on families for a screen that shows them."""

    # -- families --------------------------------------------------------------------------------------------------

    def new_family(self, wanted: str = "") -> None:
        """A new one, under the code that is wanted, else the next free one."""
        code = wanted or self._screen.project.families.next_code()
        questions = [
            Question("key", t("Code of the family. Never a name."), code),
            Question("municipality", t("Where does it live? The town only.")),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            key, town = answers["key"] or code, answers["municipality"]
            self._keep(form, key, lambda project: project.families.add(key, municipality=town), telling=[town])

        self._ask(t("A new family"), questions, store)

    def change(self, family: Family) -> None:
        """Choose what changes."""
        acts: dict[str, tuple[str, Callable[[Family], None]]] = {
            "facts": (t("Where it lives, language, kind of family and what else is noted"), self.change_facts),
            "joins": (t("Somebody comes into the family, or was forgotten here"), self.add_person),
            "person": (t("Somebody leaves, or something about somebody is different"), self.change_person),
            "start": (t("Support starts, or starts again"), self.start_support),
            "end": (t("Support ends"), self.end_support),
            "support": (t("Something about support is different"), self.change_support),
            "mistake": (t("Something was noted by mistake, and goes"), self.take_away),
            "code": (t("The code of the family is another one"), self.rename),
        }
        if not family.persons:
            del acts["person"]
        if not family.trajectories:
            del acts["support"]
        if not any(each.end is None for each in family.trajectories):
            del acts["end"]
        label = self._label(family)
        answers = [(key, words) for key, (words, _) in acts.items()]
        choose(self._screen, t("What changes for family {key}?", key=label), answers, lambda key: acts[key][1](family))

    def change_facts(self, family: Family) -> None:
        """Town and attributes: those of this family, those that others have, and one more."""
        families = self._screen.project.families
        kinds = {each.name: each for each in families.attribute_kinds()}
        names = families.attribute_names()
        questions = [Question("municipality", t("Where does it live? The town only."), family.municipality)]
        for number, name in enumerate(names):
            kind = kinds.get(name, AttributeKind(name))
            questions.append(attribute_question(f"a{number}", shown_name(name), kind, family.attribute(name)))
        questions.append(Question("more", t("Something else? Write: name = value"), hint=t("school = secundair")))

        def store(form: AskForm, answers: Answers) -> None:
            values = {name: answers[f"a{number}"] for number, name in enumerate(names)}
            name, sign, value = answers["more"].partition("=")
            if answers["more"] and not sign:
                form.complain(t("Write a name, a sign = and a value."))
                return
            if name.strip():
                values[name.strip()] = value.strip()
            changed = {each: said for each, said in values.items() if said != family.attribute(each)}
            town = answers["municipality"]
            act = lambda project: project.families.edit(family.key, municipality=town, attributes=changed)  # noqa: E731
            self._keep(form, family.key, act, telling=[town if town != family.municipality else "", *changed.values()])

        self._ask(t("Family {key}", key=self._label(family)), questions, store)

    # -- people ----------------------------------------------------------------------------------------------------

    def add_person(self, family: Family) -> None:
        """Somebody comes in."""
        questions = [
            Question("role", t("Who is it?"), "kind", _roles()),
            Question("member", t("What do we call this person here? Never a name."), hint=_next_child(family)),
            Question("age_group", t("Age group"), hint="6-11"),
            Question("joined", t("Since when? Nothing means: always there."), hint="12/03/2026"),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            day = read_day(form, answers["joined"])
            if day is not False:
                role = answers["role"]
                member = answers["member"] or (_next_child(family) if role == "kind" else role)
                age = answers["age_group"]
                self._keep(
                    form,
                    family.key,
                    lambda project: project.families.add_person(
                        family.key, member, role=role, age_group=age, joined=day or None
                    ),
                    telling=[age],
                    member=member,
                )

        self._ask(t("Somebody in family {key}", key=self._label(family)), questions, store)

    def change_person(self, family: Family) -> None:
        """Choose somebody, then change or let go."""
        by_key = {person.key: person for person in family.persons}
        answers = [(key, person_text(person)) for key, person in by_key.items()]
        choose(self._screen, t("Who?"), answers, lambda key: self._person(family, by_key[key]))

    def _person(self, family: Family, person: Person) -> None:
        questions = [
            Question(
                "left",
                t("Since when is this person no longer there? Nothing means: still there."),
                written_day(person.left),
            ),
            Question("joined", t("Since when? Nothing means: always there."), written_day(person.joined)),
            Question("age_group", t("Age group"), person.age_group),
            Question("role", t("Who is it?"), person.role, _roles()),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            joined, left = read_day(form, answers["joined"]), read_day(form, answers["left"])
            if joined is not False and left is not False:
                changes = {
                    "role": answers["role"] or person.role,
                    "age_group": answers["age_group"],
                    "joined": joined,
                    "left": left,
                }
                act = lambda project: project.families.edit_person(person.key, **changes)  # noqa: E731
                self._keep(form, family.key, act, telling=[answers["age_group"]])

        self._ask(person.key, questions, store)

    # -- contacts, and what can wait -------------------------------------------------------------------------------

    def note_contact(self, family: Family) -> None:
        """A contact in three keys."""
        today = self._today

        def noted(contact: Contact | None) -> None:
            if contact is not None:
                self._screen.write(
                    lambda project: project.families.add_contact(family.key, contact, today=today),
                    lambda new: self._say_noted(contact, new=new),
                )

        label = self._label(family)
        self._screen.app.push_screen(ContactWindow(family, label, today=today), noted)

    def _say_noted(self, contact: Contact, *, new: bool) -> None:
        line = contact_text(contact, self._today)
        said = t("Noted: {contact}.", contact=line) if new else t("That stood there already: {contact}.", contact=line)
        self._screen.frame.say(said)

    def read_contacts(self, family: Family) -> None:
        """All contacts, newest first."""
        label = self._label(family)
        lines = [Line(t("Contacts with family {key}", key=label), TITLE)]
        lines += [Line(contact_text(each, self._today)) for each in self._screen.project.families.contacts(family.key)]
        self._screen.app.push_screen(ReadingWindow(lines if len(lines) > 1 else [*lines, Line(t("None yet."))]))

    def put_off(self, family: Family) -> None:
        """Leave a snapshot for later: why, and how long."""

        def until(reason: str) -> None:
            days = [
                (str(each), t("until {day}", day=day_text(self._today + dt.timedelta(days=each))))
                for each in LATER_DAYS
            ]
            choose(self._screen, t("Until when?"), days, lambda chosen: keep(reason, int(chosen)))

        def keep(reason: str, days: int) -> None:
            day = self._today + dt.timedelta(days=days)
            self._screen.write(
                lambda project: project.families.snooze(family.key, day, reason), lambda _: self._hear(family.key)
            )

        label = self._label(family)
        reasons = [(each.value, t(each.label)) for each in Later]
        choose(self._screen, t("Why can the snapshot of family {key} wait?", key=label), reasons, until)


def _roles() -> tuple[tuple[str, str], ...]:
    return tuple((role, t(words)) for role, words in ROLES.items())


def _next_child(family: Family) -> str:
    """The first free name of a child: kind1, kind2."""
    there = {person.member for person in family.persons}
    return next(name for number in range(1, len(there) + 2) if (name := f"kind{number}") not in there)
