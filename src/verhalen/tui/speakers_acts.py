"""What one does on the screen of speakers: ask what is needed, let the writer store it, say what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.tui import coding_here as lines
from verhalen.tui.code_picker import Picker
from verhalen.tui.dialogs import ask_line, choose
from verhalen.tui.family_words import family_entry
from verhalen.tui.speakers_lines import ROLES, name_text
from verhalen.tui.speakers_talk import Act
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.tui.speakers_screen import SpeakersScreen

_FAMILY, _OTHER, _NEW = "*family", "*other", "*new"


class SpeakerActs:
    """Acts of one screen of speakers."""

    def __init__(self, screen: SpeakersScreen) -> None:
        self._screen = screen

    def _store(self, act: Act, said: str, *, then: str | None = None) -> None:
        """Store it; the cursor goes to the speaker `then`."""
        screen = self._screen

        def done() -> None:
            if then is not None:
                screen.chosen = then
            undo = screen.key_text(screen.commands["undo"])
            screen.frame.say(t("{what}. {key} takes it back.", what=said, key=undo))

        screen.talk.do(screen, act, done)

    @property
    def _name(self) -> str:
        return self._screen.chosen or ""

    # -- names -------------------------------------------------------------------------------------------------------

    def rename(self) -> None:
        """Another name; one that is there already may mean the same person."""
        old = self._name

        def named(new: str) -> None:
            new = " ".join(new.split())
            if new == old:
                return
            if new in self._screen.names:
                question = t("Somebody called {name} speaks here already. Is {old} the same person?", name=new, old=old)
                choose(
                    self._screen,
                    question,
                    [("no", t("No, go back")), ("yes", t("Yes, take them together"))],
                    lambda key: self._merge(old, new) if key == "yes" else None,
                )
                return
            said = t("{old} is called {new} now", old=old, new=new)
            self._store(lambda speakers: speakers.rename(old, new), said, then=new)

        ask_line(self._screen, t("How do you want to call {name}?", name=old), named, old)

    def merge(self) -> None:
        """The same as another one; those that look alike come first."""
        name = self._name
        others = [each for each in self._screen.names if each != name]
        maybe = self._screen.maybe(name)
        others.sort(key=lambda each: each != maybe)
        answers = [(f"={each}", each) for each in others]
        question = t("{name} is the same person as… The name that you choose stays.", name=name)
        choose(self._screen, question, answers, lambda key: self._merge(name, key[1:]))

    def _merge(self, name: str, into: str) -> None:
        said = t("{name} and {into} are one now", name=name, into=into)
        self._store(lambda speakers: speakers.merge({name: into}), said, then=into)

    def drop(self) -> None:
        """Nobody's name."""
        name = self._name
        said = t("{name} is no speaker any more", name=name)
        self._store(lambda speakers: speakers.drop([name]), said)

    # -- people ------------------------------------------------------------------------------------------------------

    def link(self) -> None:
        """A family member, or a role."""
        answers = [
            (_FAMILY, t("Somebody of a family")),
            *((role, capital(t(word))) for role, word in ROLES.items()),
            (_OTHER, t("Somebody with another role")),
        ]
        choose(self._screen, t("Who is {name}?", name=self._name), answers, self._kind_chosen)

    def _kind_chosen(self, kind: str) -> None:
        if kind == _FAMILY:
            self._pick_family()
        elif kind == _OTHER:
            ask_line(self._screen, t("Which role? A word or two."), lambda role: self._link(None, role))
        else:
            self._link(None, kind)

    def _pick_family(self) -> None:
        families = {each.key: each for each in self._screen.project.families.all()}
        if not families:
            self._screen.frame.say(t("There are no families yet."))
            return
        picker = Picker(
            [family_entry(self._screen.project, each) for each in families.values()],
            lines.family_line,
            placeholder=t("Which family? Its code, or its town"),
        )
        self._screen.app.push_screen(picker, lambda keys: self._pick_person(families[keys[0]]) if keys else None)

    def _pick_person(self, family: Family) -> None:
        if not family.persons:
            said = t("Nobody of family {key} is written down yet. Import a table of persons first.", key=family.key)
            self._screen.frame.say(said, severity="warning")
            return
        answers = [(each.key, f"{each.key}  {each.role} {each.age_group}".rstrip()) for each in family.persons]
        question = t("Who of family {key} is {name}?", key=family.key, name=self._name)
        choose(self._screen, question, answers, lambda person: self._link(person, ""))

    def _link(self, person: str | None, role: str) -> None:
        name = self._name
        said = t("{name} is {who}", name=name, who=person or t(ROLES.get(role, role)))
        self._store(lambda speakers: speakers.link(name, person=person, role=role), said)

    def unlink(self) -> None:
        """It was not that person."""
        name = self._name
        said = t("It is open again who {name} is", name=name)
        self._store(lambda speakers: speakers.unlink(name), said)

    # -- turns -------------------------------------------------------------------------------------------------------

    def join(self) -> None:
        """The turn goes on with the one before."""
        turn = self._screen.turn
        if turn is not None:
            said = t("Taken together with the turn before")
            self._store(lambda speakers: speakers.join_turn(turn.id), said)

    def give(self) -> None:
        """Somebody else says the turn."""
        turn = self._screen.turn
        if turn is None:
            return
        answers = [(f"={each}", each) for each in self._screen.names if each != turn.speaker]
        answers.append((_NEW, t("Somebody who is not in the list")))

        def chosen(key: str) -> None:
            if key == _NEW:
                ask_line(self._screen, t("Who says it?"), lambda name: self._give(turn.id, name))
            else:
                self._give(turn.id, key[1:])

        choose(self._screen, t("Who says this turn?"), answers, chosen)

    def _give(self, turn_id: int, name: str) -> None:
        said = t("{name} says this turn now", name=name_text(name))
        self._store(lambda speakers: speakers.give_turn(turn_id, name), said)
