"""What is noted of families beside their code: make it, say what its values are, give it another name, take it away."""

from __future__ import annotations

from verhalen.i18n import t, tn
from verhalen.model.family import AttributeKind, ValueKind
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.dialogs import ask_line, choose, yes_or_no
from verhalen.tui.family_asking import Asking

_NEW = "+"
"""Answer for one that is not there yet; no attribute can be called so."""

_FEW = 12
"""Different values up to which they may be a list to choose from."""


class AttributeActs(Asking):
    """Acts on the attributes of all families."""

    def manage(self) -> None:
        """Choose an attribute, or make one."""
        families = self._screen.project.families
        kinds = {each.name: each for each in families.attribute_kinds()}
        there = [kinds.get(name, AttributeKind(name)) for name in families.attribute_names()]
        answers = [(_NEW, t("Something new")), *((each.name, attribute_text(each)) for each in there)]
        by_name = {each.name: each for each in there}
        choose(
            self._screen,
            t("What do you note of families? Choose one to change it."),
            answers,
            lambda name: self._change(by_name[name]) if name in by_name else self.set_kind(None),
        )

    def _change(self, old: AttributeKind) -> None:
        acts = {
            "kind": (t("What its values are"), lambda: self.set_kind(old)),
            "name": (t("Its name"), lambda: self._rename(old)),
            "gone": (t("Nobody needs it: take it away from all families"), lambda: self._remove(old)),
        }
        answers = [(key, words) for key, (words, _) in acts.items()]
        choose(self._screen, attribute_text(old), answers, lambda key: acts[key][1]())

    def set_kind(self, old: AttributeKind | None) -> None:
        """Name (of a new one), kind and list to choose from."""
        questions = [] if old else [Question("name", t("What do you call it?"), hint=t("home language"))]
        questions += [
            Question(
                "kind",
                t("What are its values?"),
                old.kind.value if old else ValueKind.CHOICE.value,
                tuple((each.value, t(each.label)) for each in ValueKind),
            ),
            Question(
                "choices",
                t("For one of a list: its words, with commas between"),
                ", ".join(old.choices or self._values_there(old)) if old else "",
                hint=t("rents, owns, other"),
            ),
        ]

        def store(form: AskForm, answers: Answers) -> None:
            name = old.name if old else answers["name"]
            kind = ValueKind(answers["kind"] or ValueKind.TEXT.value)
            words = tuple(answers["choices"].split(",")) if kind is ValueKind.CHOICE else ()
            self._keep(
                form,
                "",
                lambda project: project.families.set_attribute_kind(name, kind, choices=words),
                telling=[] if old else [name],
            )

        self._ask(attribute_text(old) if old else t("Something new to note of families"), questions, store)

    def _values_there(self, old: AttributeKind) -> list[str]:
        """What families have now, to begin a list with; nothing where it is too much for one."""
        values = dict.fromkeys(each.attribute(old.name) for each in self._screen.project.families.all())
        found = sorted(value for value in values if value and "," not in value)
        return found if len(found) <= _FEW else []

    def _rename(self, old: AttributeKind) -> None:
        ask_line(
            self._screen,
            t("Another name for {name}, in all families:", name=shown_name(old.name)),
            lambda new: self._screen.write(
                lambda project: project.families.rename_attribute(old.name, new),
                lambda _: self._hear(""),
                self._screen.frame.say_error,
            ),
            shown_name(old.name),
        )

    def _remove(self, old: AttributeKind) -> None:
        count = sum(bool(each.attribute(old.name)) for each in self._screen.project.families.all())
        question = tn(
            "{n} family has a value for {name}. Take it away there too? Undo brings it back.",
            "{n} families have a value for {name}. Take it away there too? Undo brings it back.",
            count,
            name=shown_name(old.name),
        )

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._screen.write(
                    lambda project: project.families.remove_attribute(old.name), lambda _: self._hear("")
                )

        self._screen.app.push_screen(yes_or_no(question, yes=t("Yes, take it away")), answered)


def shown_name(name: str) -> str:
    """A name as people write it."""
    return name.replace("_", " ")


def attribute_text(each: AttributeKind) -> str:
    """Name, kind and list."""
    words = f" ({', '.join(each.choices)})" if each.choices else ""
    return f"{shown_name(each.name)}: {t(each.kind.label)}{words}"


def attribute_question(name: str, label: str, kind: AttributeKind, value: str) -> Question:
    """The question for a value, in the way of its kind: a list, yes or no, a day, a number, or free text."""
    match kind.kind:
        case ValueKind.CHOICE:
            return Question(name, label, value, tuple((each, each) for each in kind.choices), t("not filled in"))
        case ValueKind.YES_NO:
            return Question(name, label, value, (("ja", t("Yes")), ("nee", t("No"))), t("not filled in"))
        case ValueKind.DAY:
            return Question(name, label, value, hint="12/03/2026")
        case ValueKind.NUMBER:
            return Question(name, label, value, hint=t("a number"))
        case ValueKind.TEXT:
            return Question(name, label, value, hint=t("not filled in"))
