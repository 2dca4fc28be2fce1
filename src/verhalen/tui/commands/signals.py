"""Commands of the signal log, and the ways to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.signals_screen import SignalsScreen


class SignalLog(Command[CommandScreen[Any]]):
    """From everywhere, by the palette."""

    id = "signal-log"
    title = mark("Signal log")
    help = mark(
        "See the barriers that no family lifts alone: how many families meet them, who was told, what came of it."
    )
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it."""
        screen.frame.if_safe(screen.frame.open_signals)


class SignalLogHere(SignalLog):
    """Where it is close at hand it has a key."""

    key = "L"


class SignalLogShown(SignalLogHere):
    """Where the key bar has room for it."""

    shown = True


class Noting(Protocol):
    """A screen on which a barrier may be met."""

    @property
    def may_note_signal(self) -> bool:
        """Whether there is something here to note it at."""

    def note_signal(self) -> None:
        """Ask which barrier, and store it with its place."""


class NoteSignal(Command[CommandScreen[Any]]):
    """Where a barrier is met."""

    id = "note-signal"
    key = "Z"
    title = mark("Note a signal")
    help = mark("Something here is a barrier that no family lifts alone: note it in the signal log, with its place.")
    shown = False

    def possible(self, screen: CommandScreen[Any]) -> bool:
        """There must be a story, a text, a family or a question."""
        return cast("Noting", screen).may_note_signal

    def run(self, screen: CommandScreen[Any]) -> None:
        """Ask which barrier."""
        cast("Noting", screen).note_signal()


class NoteSignalShown(NoteSignal):
    """Where the key bar has room for it."""

    shown = True


class _OnSignal(Command["SignalsScreen"]):
    """Something about the signal on the right."""

    def possible(self, screen: SignalsScreen) -> bool:
        """There must be one."""
        return screen.signal is not None


class NewSignal(Command["SignalsScreen"]):
    """One that was not met in a text."""

    id = "new-signal"
    key = "n"
    title = mark("New signal")
    help = mark("Write down a barrier that no family lifts alone.")

    def run(self, screen: SignalsScreen) -> None:
        """Ask."""
        screen.acts.new()


class ChangeSignal(_OnSignal):
    """What it is called."""

    id = "change-signal"
    key = "w"
    title = mark("Change")
    help = mark("Change what stands in the way, where it lies and the life domain.")

    def run(self, screen: SignalsScreen) -> None:
        """Ask."""
        screen.acts.change()


class SignalTold(_OnSignal):
    """Who knows of it."""

    id = "signal-told"
    key = "v"
    title = mark("Told to")
    help = mark("Write down who was told, and when.")

    def run(self, screen: SignalsScreen) -> None:
        """Ask."""
        screen.acts.told()


class SignalAnswer(_OnSignal):
    """What they said."""

    id = "signal-answer"
    key = "a"
    title = mark("Answer")
    help = mark("Write down what was answered, and when.")

    def run(self, screen: SignalsScreen) -> None:
        """Ask."""
        screen.acts.answer()


class SignalResult(_OnSignal):
    """What came of it."""

    id = "signal-result"
    key = "r"
    title = mark("Result")
    help = mark("Write down what came of it, and when. 'Nothing' is a result too.")

    def run(self, screen: SignalsScreen) -> None:
        """Ask."""
        screen.acts.result()


class SignalPlaces(_OnSignal):
    """Where it was seen."""

    id = "signal-places"
    key = "p"
    title = mark("Where it was seen")
    help = mark(
        "See the places of this signal, and go to the text, the story, the snapshot or the family. Enter does the same."
    )

    def run(self, screen: SignalsScreen) -> None:
        """Choose one."""
        screen.acts.places()


class SignalFamily(_OnSignal):
    """One more family."""

    id = "signal-family"
    key = "g"
    title = mark("Add a family")
    help = mark("Say that one more family, or several, meet this barrier.")

    def run(self, screen: SignalsScreen) -> None:
        """Choose them."""
        screen.acts.add_families()


class SignalFamilies(_OnSignal):
    """All of them."""

    id = "signal-families"
    key = "f"
    title = mark("Its families")
    help = mark("See the families that meet this barrier.")

    def possible(self, screen: SignalsScreen) -> bool:
        """There must be some."""
        return screen.signal is not None and bool(screen.signal.families)

    def run(self, screen: SignalsScreen) -> None:
        """Open them."""
        screen.acts.see_families()


class RemoveSignalPlace(_OnSignal):
    """It was not seen there."""

    id = "remove-signal-place"
    key = "minus"
    title = mark("Take a place away")
    help = mark("Take away a place where it was noted by mistake.")
    shown = False

    def run(self, screen: SignalsScreen) -> None:
        """Choose it."""
        screen.acts.remove_place()


class RemoveSignal(_OnSignal):
    """By mistake."""

    id = "remove-signal"
    key = "x"
    title = mark("Take away")
    help = mark("Take this signal away with its places. Ctrl+z brings it back.")

    def run(self, screen: SignalsScreen) -> None:
        """Take it away."""
        screen.acts.remove()


SIGNALS: tuple[type[AnyCommand], ...] = (
    *(NewSignal, SignalTold, SignalAnswer, SignalResult, SignalPlaces, SignalFamily, SignalFamilies, ChangeSignal),
    *(RemoveSignal, RemoveSignalPlace),
)
