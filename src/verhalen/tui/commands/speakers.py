"""Commands of the screen of speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.speakers_screen import SpeakersScreen


class OnSpeaker(Command["SpeakersScreen"]):
    """A command for the speaker on the left."""

    def possible(self, screen: SpeakersScreen) -> bool:
        """There must be one with a name."""
        return screen.chosen is not None


class WhoIsIt(OnSpeaker):
    """Link."""

    id = "link-speaker"
    key = "w"
    title = mark("Who is it?")
    help = mark("Say who this speaker is: a member of a family, or somebody with a role, such as the family coach.")

    def run(self, screen: SpeakersScreen) -> None:
        """Ask."""
        screen.acts.link()


class Unlink(OnSpeaker):
    """Not that person."""

    id = "unlink-speaker"
    key = "v"
    title = mark("Forget who")
    help = mark("Take back who this speaker is.")

    def possible(self, screen: SpeakersScreen) -> bool:
        """Only where it was said."""
        return screen.voice is not None and screen.voice.is_linked

    def run(self, screen: SpeakersScreen) -> None:
        """Take it back."""
        screen.acts.unlink()


class RenameSpeaker(OnSpeaker):
    """Another name."""

    id = "rename-speaker"
    key = "n"
    title = mark("Name")
    help = mark("Give this speaker another name here. The words of the text stay as they are.")

    def run(self, screen: SpeakersScreen) -> None:
        """Ask."""
        screen.acts.rename()


class MergeSpeakers(OnSpeaker):
    """One person under two names."""

    id = "merge-speakers"
    key = "s"
    title = mark("Same as…")
    help = mark("This speaker is the same person as another one: take their turns together.")

    def possible(self, screen: SpeakersScreen) -> bool:
        """There must be another one."""
        return screen.chosen is not None and len(screen.names) > 1

    def run(self, screen: SpeakersScreen) -> None:
        """Ask which one."""
        screen.acts.merge()


class NoSpeaker(OnSpeaker):
    """A label that was nobody's name."""

    id = "drop-speaker"
    key = "x"
    title = mark("No speaker")
    help = mark(
        'This is nobody\'s name, as in "Note:". Its words go back to the turn before, with the label in front of them.'
    )

    def run(self, screen: SpeakersScreen) -> None:
        """Drop it."""
        screen.acts.drop()


class OnTurn(Command["SpeakersScreen"]):
    """A command for the turn on the right."""

    def possible(self, screen: SpeakersScreen) -> bool:
        """The cursor must be there."""
        return screen.turn is not None


class ReadInText(OnTurn):
    """In its place."""

    id = "read-turn"
    key = "t"
    title = mark("In the text")
    help = mark("Go to this turn in the text. Enter does the same.")

    def run(self, screen: SpeakersScreen) -> None:
        """Leave for the text."""
        screen.read_in_text()


class JoinTurn(OnTurn):
    """Wrongly cut."""

    id = "join-turn"
    key = "j"
    title = mark("Goes on")
    help = mark("This turn belongs to the one before it in the text: take them together.")

    def run(self, screen: SpeakersScreen) -> None:
        """Join."""
        screen.acts.join()


class GiveTurn(OnTurn):
    """Somebody else said it."""

    id = "give-turn"
    key = "a"
    title = mark("Other speaker")
    help = mark("Somebody else says this turn: choose who.")

    def run(self, screen: SpeakersScreen) -> None:
        """Ask who."""
        screen.acts.give()


SPEAKERS: tuple[type[AnyCommand], ...] = (
    WhoIsIt,
    Unlink,
    RenameSpeaker,
    MergeSpeakers,
    NoSpeaker,
    ReadInText,
    JoinTurn,
    GiveTurn,
)
"""In the order of the key bar."""
