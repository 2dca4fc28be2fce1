"""Commands of the snapshot screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from verhalen.i18n import mark
from verhalen.model.snapshot import State
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.signals import NoteSignal

if TYPE_CHECKING:
    from verhalen.tui.snapshot_screen import SnapshotScreen


class StillSo(Command["SnapshotScreen"]):
    """As last time."""

    id = "still-so"
    key = "enter"
    title = mark("Still so")
    help = mark("Confirm that this is as it was the last time, and go on to the next question.")

    def possible(self, screen: SnapshotScreen) -> bool:
        """Only where there was a last time."""
        return screen.here is not None and screen.here.last is not None

    def run(self, screen: SnapshotScreen) -> None:
        """Confirm it."""
        screen.acts.say(State.CONFIRMED)


class DomainStillSo(Command["SnapshotScreen"]):
    """All that stands on the screen."""

    id = "domain-still-so"
    key = "d"
    title = mark("Whole domain still so")
    help = mark(
        "You read this domain and all of it is as it was: confirm every question that has no answer yet. It is offered "
        "only where the whole domain stands on the screen, and it is counted apart."
    )

    def possible(self, screen: SnapshotScreen) -> bool:
        """Only where all of it can be read."""
        return screen.may_confirm_domain

    def run(self, screen: SnapshotScreen) -> None:
        """Confirm the rest of it."""
        screen.acts.confirm_domain()


class DoesNotApply(Command["SnapshotScreen"]):
    """Not for this family."""

    id = "does-not-apply"
    key = "n"
    title = mark("Not applicable")
    help = mark("This does not apply to them. Only some questions offer it.")

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where the question offers it."""
        return screen.may_be_na

    def run(self, screen: SnapshotScreen) -> None:
        """Say it."""
        screen.acts.say(State.NOT_APPLICABLE)


class NotKnown(Command["SnapshotScreen"]):
    """Nobody can say."""

    id = "not-known"
    key = "w"
    title = mark("I do not know")
    help = mark("You cannot say how this is now. That is an answer too; what was said last goes on.")

    def possible(self, screen: SnapshotScreen) -> bool:
        """There must be a question."""
        return screen.here is not None

    def run(self, screen: SnapshotScreen) -> None:
        """Say it."""
        screen.acts.say(State.UNKNOWN)


class FindQuestion(Command["SnapshotScreen"]):
    """To a question by its name."""

    id = "find-question"
    key = "f"
    title = mark("Find a question")
    help = mark("Go to a question: type a part of its name.")

    def run(self, screen: SnapshotScreen) -> None:
        """Pick one."""
        screen.acts.find()


class FinishSnapshot(Command["SnapshotScreen"]):
    """Done."""

    id = "finish-snapshot"
    key = "k"
    title = mark("Finished")
    help = mark("See what you answered, and close the snapshot. Not every question needs an answer.")

    def run(self, screen: SnapshotScreen) -> None:
        """Show the closing page."""
        screen.acts.leaving.close()


class WordsBeside(Command["SnapshotScreen"]):
    """Free text."""

    id = "words-beside"
    key = "t"
    title = mark("Words beside it")
    help = mark("Write something beside the answer of this question, in your own words.")

    def possible(self, screen: SnapshotScreen) -> bool:
        """There must be a question; where it has no answer yet, that is said."""
        return screen.here is not None

    def run(self, screen: SnapshotScreen) -> None:
        """Write."""
        if screen.here is not None:
            screen.acts.beside.write_note(screen.here)


class WhyLower(Command["SnapshotScreen"]):
    """Reasons."""

    id = "why-lower"
    key = "r"
    title = mark("Why?")
    help = mark("Say why something is lower than last time: tick what fits in a list.")

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where a value was given."""
        return screen.here is not None and screen.here.answer is not None and screen.here.answer.value is not None

    def run(self, screen: SnapshotScreen) -> None:
        """Ask."""
        if screen.here is not None:
            screen.acts.beside.ask_reasons(screen.here, then=screen.show)


class BeganOtherwise(Command["SnapshotScreen"]):
    """A revised baseline."""

    id = "began-otherwise"
    key = "b"
    title = mark("It began otherwise")
    help = mark(
        "At the start it was really something else than we wrote then. What was written stays; this is kept beside it, "
        "with a reason."
    )

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where there was a first snapshot."""
        return screen.here is not None and screen.sheet is not None and bool(screen.sheet.first_id)

    def run(self, screen: SnapshotScreen) -> None:
        """Ask which value and why."""
        if screen.here is not None:
            screen.acts.beside.revise(screen.here)


class NextDomain(Command["SnapshotScreen"]):
    """Onward."""

    id = "next-domain"
    key = "pagedown,right"
    title = mark("Next domain")
    help = mark("Go to the next domain, and leave this one as it is.")

    def run(self, screen: SnapshotScreen) -> None:
        """Go there."""
        screen.go_block(1)


class PreviousDomain(Command["SnapshotScreen"]):
    """Back."""

    id = "previous-domain"
    key = "pageup,left"
    title = mark("Domain before")
    help = mark("Go to the domain before this one.")

    def run(self, screen: SnapshotScreen) -> None:
        """Go there."""
        screen.go_block(-1)


class NextQuestion(Command["SnapshotScreen"]):
    """Down."""

    id = "next-question"
    key = "down"
    title = mark("Next question")
    help = mark("Go to the next question.")
    shown = False

    def run(self, screen: SnapshotScreen) -> None:
        """Go there."""
        screen.go(1)


class PreviousQuestion(Command["SnapshotScreen"]):
    """Up."""

    id = "previous-question"
    key = "up"
    title = mark("Question before")
    help = mark("Go to the question before this one.")
    shown = False

    def run(self, screen: SnapshotScreen) -> None:
        """Go there."""
        screen.go(-1)


class TakeAnswerBack(Command["SnapshotScreen"]):
    """No answer after all."""

    id = "take-answer-back"
    key = "backspace,delete"
    title = mark("Without an answer")
    help = mark("Take the answer of this question away: it counts as not looked at.")
    shown = False

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where there is one."""
        return screen.here is not None and screen.here.answer is not None

    def run(self, screen: SnapshotScreen) -> None:
        """Take it away."""
        screen.acts.take_back()


class UndoAnswer(Command["SnapshotScreen"]):
    """The last answer of this sitting."""

    id = "undo"
    key = "ctrl+z"
    title = mark("Undo")
    help = mark("Take back what you answered last on this screen.")

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where something was answered."""
        return bool(screen.acts.done)

    def run(self, screen: SnapshotScreen) -> None:
        """Take it back."""
        screen.acts.undo()


class RedoAnswer(Command["SnapshotScreen"]):
    """What was taken back."""

    id = "redo"
    key = "ctrl+y"
    title = mark("Redo")
    help = mark("Bring back what you took back on this screen.")
    shown = False

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where something was taken back."""
        return bool(screen.acts.undone)

    def run(self, screen: SnapshotScreen) -> None:
        """Bring it back."""
        screen.acts.redo()


class ThrowAway(Command["SnapshotScreen"]):
    """All of it."""

    id = "throw-away"
    key = "f4"
    title = mark("Throw away")
    help = mark("Throw away what you answered in this snapshot. It asks first.")
    shown = False

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where something was answered since it was finished last, if ever."""
        return screen.is_unfinished

    def run(self, screen: SnapshotScreen) -> None:
        """Ask, then do it."""
        screen.acts.leaving.throw_away()


class SnapshotLater(Command["SnapshotScreen"]):
    """Stop halfway: our way back."""

    id = "back"
    key = "escape"
    title = mark("Later")
    help = mark("Stop for now. Every answer is stored, and you go on where you stopped when you come back.")

    def run(self, screen: SnapshotScreen) -> None:
        """Leave it as it is."""
        screen.acts.leaving.put_off()


class AnswerDigit(Command["SnapshotScreen"]):
    """The answer with a digit."""

    digit: ClassVar[str]
    help = mark("Give the answer that stands beside this digit. On a scale up to ten, 0 is ten.")
    shown = False

    def possible(self, screen: SnapshotScreen) -> bool:
        """Where an answer has this digit."""
        return screen.has_digit(self.digit)

    def run(self, screen: SnapshotScreen) -> None:
        """Give it."""
        screen.acts.press_digit(self.digit)


def _digit(digit: str, title: str) -> type[AnswerDigit]:
    values: dict[str, Any] = {"id": f"answer-{digit}", "key": digit, "digit": digit, "title": title}
    return type(f"Answer{digit}", (AnswerDigit,), values)


DIGITS = (
    _digit("1", mark("Answer 1")),
    _digit("2", mark("Answer 2")),
    _digit("3", mark("Answer 3")),
    _digit("4", mark("Answer 4")),
    _digit("5", mark("Answer 5")),
    _digit("6", mark("Answer 6")),
    _digit("7", mark("Answer 7")),
    _digit("8", mark("Answer 8")),
    _digit("9", mark("Answer 9")),
    _digit("0", mark("Answer 0")),
)

SNAPSHOT: tuple[type[AnyCommand], ...] = (
    StillSo,
    DomainStillSo,
    DoesNotApply,
    NotKnown,
    FindQuestion,
    FinishSnapshot,
    WordsBeside,
    WhyLower,
    BeganOtherwise,
    NextDomain,
    PreviousDomain,
    UndoAnswer,
    RedoAnswer,
    TakeAnswerBack,
    ThrowAway,
    NextQuestion,
    PreviousQuestion,
    NoteSignal,
    SnapshotLater,
    *DIGITS,
)
