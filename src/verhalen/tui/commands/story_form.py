"""Commands of the story form."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.everywhere import AnyScreen, Quit

if TYPE_CHECKING:
    from verhalen.tui.story_form import StoryForm


class Finish(Command["StoryForm"]):
    """The story is told."""

    id = "finish"
    key = "ctrl+s"
    title = mark("Ready")
    help = mark("The story is told: put it with the others.")

    def run(self, screen: StoryForm) -> None:
        """Store it, or say what is missing."""
        screen.finish()


class Later(Command["StoryForm"]):
    """Stop halfway: our way back."""

    id = "back"
    key = "escape"
    title = mark("Later")
    help = mark("Stop for now. What you wrote stays here until you come back.")

    def run(self, screen: StoryForm) -> None:
        """Keep the draft and go back."""
        screen.put_off()


class StartOver(Command["StoryForm"]):
    """Empty the form."""

    id = "start-over"
    key = "f4"
    title = mark("Empty the form")
    help = mark("Throw away what stands in the form and begin again. It asks first.")
    shown = False

    def possible(self, screen: StoryForm) -> bool:
        """Only where something was written."""
        return not screen.draft.is_empty

    def run(self, screen: StoryForm) -> None:
        """Ask, then empty."""
        screen.start_over()


class AnotherStory(Command["StoryForm"]):
    """Leave this one halfway for another."""

    id = "another-story"
    key = "f8"  # a text area takes f6 and f7
    title = mark("Another story")
    help = mark("Leave this story halfway, and begin another one or go on with one that you left earlier.")

    def possible(self, screen: StoryForm) -> bool:
        """There must be something to leave, or to go on with; not while a story is changed."""
        is_new = not (screen.draft.editing or screen.draft.voice_of)
        return is_new and (not screen.draft.is_empty or bool(screen.others_halfway))

    def run(self, screen: StoryForm) -> None:
        """Ask which."""
        screen.choose_draft()


class TellInWord(Command["StoryForm"]):
    """The same questions in Word."""

    id = "tell-in-word"
    key = "f9"
    title = mark("Tell in Word")
    help = mark("Write it in Word instead, or dictate it there: a form opens, with what is known filled in.")

    def possible(self, screen: StoryForm) -> bool:
        """Not while a story is changed."""
        return not (screen.draft.editing or screen.draft.voice_of or screen.project.read_only_reason)

    def run(self, screen: StoryForm) -> None:
        """Make the form and open it."""
        screen.tell_in_word()


class LeaveApp(Quit):
    """Close the program; the last words typed are kept first."""

    help = mark("Close the program. What you wrote stays here until you come back.")

    def run(self, screen: AnyScreen) -> None:
        """Keep the draft, then close."""
        cast("StoryForm", screen).keep()
        super().run(screen)


STORY_FORM: tuple[type[AnyCommand], ...] = (Finish, Later, AnotherStory, TellInWord, StartOver, LeaveApp)
