"""Commands on the voices of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.voices_screen import VoicesScreen


class AddVoice(Command["VoicesScreen"]):
    """Somebody else tells."""

    id = "add-voice"
    key = "n"
    title = mark("Another voice")
    help = mark("Write down what somebody else tells of the same change.")

    def run(self, screen: VoicesScreen) -> None:
        """Open the form."""
        screen.add_voice()


class ChangeVoice(Command["VoicesScreen"]):
    """Change what stands there."""

    id = "change-voice"
    key = "w"
    title = mark("Change")
    help = mark("Change the words of this voice, or what stands beside them.")

    def run(self, screen: VoicesScreen) -> None:
        """Open the form with it."""
        screen.change_voice()


class RemoveVoice(Command["VoicesScreen"]):
    """Take a voice out."""

    id = "remove-voice"
    key = "delete,minus"
    title = mark("Take out")
    help = mark("Take this voice out of the story, with its words. It asks first, and can be undone.")

    def possible(self, screen: VoicesScreen) -> bool:
        """The first voice is the story itself."""
        return screen.voice is not None

    def run(self, screen: VoicesScreen) -> None:
        """Ask, then take out."""
        screen.remove_voice()


VOICES: tuple[type[AnyCommand], ...] = (AddVoice, ChangeVoice, RemoveVoice)
