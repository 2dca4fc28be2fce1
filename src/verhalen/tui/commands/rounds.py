"""Commands of the screens of selection rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.rounds_screen import RoundsScreen


class SeeRounds(Command[CommandScreen[None]]):
    """To the rounds, from the stories and from home."""

    id = "see-rounds"
    key = "r"
    title = mark("Selection rounds")
    help = mark("Choose stories together: prepare a round, vote, and write down why.")

    def run(self, screen: CommandScreen[None]) -> None:
        """Open them."""
        screen.frame.open_rounds()


class SeeRoundsFromHome(SeeRounds):
    """By palette only: home has its doors."""

    key = ""
    shown = False


class _OnRound(Command["RoundsScreen"]):
    """Needs a round."""

    def possible(self, screen: RoundsScreen) -> bool:
        """There must be one on the right."""
        return screen.round is not None


class _OnOpenRound(_OnRound):
    """Needs a round that is open."""

    def possible(self, screen: RoundsScreen) -> bool:
        """It must be open."""
        return screen.round is not None and screen.round.is_open


class NewRound(Command["RoundsScreen"]):
    """Another round."""

    id = "new-round"
    key = "n"
    title = mark("New round")
    help = mark("Prepare a round: which stories, at which level, when.")

    def run(self, screen: RoundsScreen) -> None:
        """Ask."""
        screen.acts.new_round()


class RoundStories(_OnOpenRound):
    """Which stories."""

    id = "round-stories"
    key = "k"
    title = mark("Candidates")
    help = mark("See which stories the panel will read; tick others, or let a rule find them.")

    def run(self, screen: RoundsScreen) -> None:
        """Open the list."""
        screen.acts.candidates()


class RoundPanel(_OnRound):
    """Who."""

    id = "round-panel"
    key = "p"
    title = mark("Panel")
    help = mark("Who chooses: add somebody, or note that somebody stops.")

    def run(self, screen: RoundsScreen) -> None:
        """Open the window."""
        screen.acts.panel()


class ReadRound(_OnRound):
    """The words."""

    id = "read-round"
    key = "l"
    title = mark("Read")
    help = mark("Read the candidates, two beside each other.")

    def possible(self, screen: RoundsScreen) -> bool:
        """There must be stories."""
        return screen.round is not None and bool(screen.round.candidates)

    def run(self, screen: RoundsScreen) -> None:
        """Open them."""
        screen.acts.read()


class RoundResultCommand(_OnOpenRound):
    """What was decided."""

    id = "round-result"
    key = "u"
    title = mark("Result of the panel")
    help = mark("Write down what the panel decided: the votes, the choice and why. It takes two minutes.")

    def run(self, screen: RoundsScreen) -> None:
        """Open the form."""
        screen.acts.result()


class CloseRound(_OnOpenRound):
    """Done."""

    id = "close-round"
    key = "s"
    title = mark("Close")
    help = mark("Close the round. What goes back to the tellers comes on the list of what is still to be told.")

    def run(self, screen: RoundsScreen) -> None:
        """Close it, or say what comes first."""
        screen.acts.close()


class ReopenRound(_OnRound):
    """Change it after all."""

    id = "reopen-round"
    key = "o"
    title = mark("Open again")
    help = mark("Open a closed round again, to change something. The history keeps that.")

    def possible(self, screen: RoundsScreen) -> bool:
        """It must be closed."""
        return screen.round is not None and not screen.round.is_open

    def run(self, screen: RoundsScreen) -> None:
        """Open it."""
        screen.acts.reopen()


class RoundOnPaper(_OnRound):
    """Word."""

    id = "round-paper"
    key = "w"
    title = mark("In Word")
    help = mark("Make the agenda of the meeting in Word, or one page for team and partners about what was chosen.")

    def run(self, screen: RoundsScreen) -> None:
        """Ask which."""
        screen.acts.paper()


class SeeTrail(Command["RoundsScreen"]):
    """Every story through every round."""

    id = "see-trail"
    key = "v"
    title = mark("Way of the stories")
    help = mark("See on one page through which rounds every story went, and which were never chosen.")

    def run(self, screen: RoundsScreen) -> None:
        """Open the page."""
        screen.acts.trail()


class SeeFeedback(Command["CommandScreen[None]"]):
    """What goes back."""

    id = "see-feedback"
    key = "t"
    title = mark("Feedback to tellers")
    help = mark("See what went back to tellers and others, and what is still to be told.")

    def run(self, screen: CommandScreen[None]) -> None:
        """Open the log."""
        screen.frame.open_feedback()


class SeeFeedbackFromHome(SeeFeedback):
    """By palette only."""

    key = ""
    shown = False


class EditRound(_OnOpenRound):
    """Title, period and so on."""

    id = "edit-round"
    key = "e"
    title = mark("Change")
    help = mark("Change the title, the level, the period or the question of this round.")
    shown = False

    def run(self, screen: RoundsScreen) -> None:
        """Ask."""
        screen.acts.edit()


class RemoveRound(_OnRound):
    """Away with it."""

    id = "remove-round"
    key = "delete"
    title = mark("Remove")
    help = mark("Take this round away, with its votes and choices. Undo brings it back.")
    shown = False

    def run(self, screen: RoundsScreen) -> None:
        """Take it away."""
        screen.acts.remove()


ROUNDS: tuple[type[AnyCommand], ...] = (
    NewRound,
    RoundStories,
    RoundPanel,
    ReadRound,
    RoundResultCommand,
    CloseRound,
    ReopenRound,
    RoundOnPaper,
    SeeTrail,
    SeeFeedback,
    EditRound,
    RemoveRound,
)
