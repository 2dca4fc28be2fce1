"""Commands of the stories screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.rounds import SeeFeedbackFromHome, SeeRounds

if TYPE_CHECKING:
    from verhalen.tui.stories_screen import StoriesScreen


class TellAnother(Command["StoriesScreen"]):
    """A new story."""

    id = "tell-another"
    key = "v"
    title = mark("New story")
    help = mark("Write down a story, of the same family or another one.")

    def run(self, screen: StoriesScreen) -> None:
        """Open the form."""
        story = screen.story
        screen.frame.open_story_form(story.family if story else None)


class AskedConsent(Command["StoriesScreen"]):
    """The answer about consent."""

    id = "asked-consent"
    key = "t"
    title = mark("Consent")
    help = mark("Write down what this story, its voices and its attachments may be used for.")

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None

    def run(self, screen: StoriesScreen) -> None:
        """Ask."""
        screen.ask_consent()


class ChangeStory(Command["StoriesScreen"]):
    """Change the story on the right."""

    id = "change-story"
    key = "w"
    title = mark("Change")
    help = mark("Change this story: what stands beside it, or its words with the reason why.")

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None

    def run(self, screen: StoriesScreen) -> None:
        """Open the form with it."""
        if screen.story is not None:
            screen.frame.open_story_edit(screen.story)


class VoicesOfStory(Command["StoriesScreen"]):
    """Who else tells of it."""

    id = "voices-of-story"
    key = "s"
    title = mark("Voices")
    help = mark("Read all who tell of this change beside each other, and add another voice.")

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None

    def run(self, screen: StoriesScreen) -> None:
        """Open them."""
        if screen.story is not None:
            screen.frame.open_voices(screen.story.key)


class SeeFamily(Command["StoriesScreen"]):
    """The family of the story."""

    id = "see-family"
    key = "g"
    title = mark("Its family")
    help = mark("Go to the page of the family that told this story.")

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None

    def run(self, screen: StoriesScreen) -> None:
        """Open the families at it."""
        if screen.story is not None:
            screen.frame.open_families(screen.story.family)


class FindStory(Command["StoriesScreen"]):
    """To the field."""

    id = "find-story"
    key = "f"
    title = mark("Find a story")
    help = mark("Go to the field above the list, to find a story by any word in it.")

    def run(self, screen: StoriesScreen) -> None:
        """Put the cursor there."""
        screen.query_one("Field").focus()


class MemosOfStory(Command["StoriesScreen"]):
    """What was thought about the story on the right."""

    id = "memos-of-story"
    key = "m"
    title = mark("Memos")
    help = mark("Read memos, and write one about this story.")

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None

    def run(self, screen: StoriesScreen) -> None:
        """Open the list."""
        screen.open_memos()


class _OnStory(Command["StoriesScreen"]):
    """Something about the story on the right."""

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None


class AttachmentsOfStory(_OnStory):
    """Photos, drawings, sounds."""

    id = "attachments-of-story"
    key = "a"
    title = mark("Attachments")
    help = mark("See the photos, drawings and sounds of this story, and add one.")

    def run(self, screen: StoriesScreen) -> None:
        """Open the window."""
        screen.open_attachments()


class ReadBackStory(_OnStory):
    """It was read back."""

    id = "read-back-story"
    key = "n"
    title = mark("Read back")
    help = mark("Write down that this story was read back to its teller, and what came of it.")

    def run(self, screen: StoriesScreen) -> None:
        """Ask."""
        screen.read_back()


class WithdrawStory(_OnStory):
    """It goes for good."""

    id = "withdraw-story"
    key = "x"
    title = mark("Withdraw")
    help = mark("Take this story, a voice or an attachment away everywhere. You see first what goes.")

    def run(self, screen: StoriesScreen) -> None:
        """Ask."""
        screen.withdraw()


STORIES: tuple[type[AnyCommand], ...] = (
    TellAnother,
    ChangeStory,
    VoicesOfStory,
    AskedConsent,
    SeeFamily,
    FindStory,
    MemosOfStory,
    SeeRounds,
    SeeFeedbackFromHome,
    ReadBackStory,
    AttachmentsOfStory,
    WithdrawStory,
)
