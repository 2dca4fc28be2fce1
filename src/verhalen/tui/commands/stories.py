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
    help = mark("Write down whether this story may be used in a report, without a name.")

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None

    def run(self, screen: StoriesScreen) -> None:
        """Ask."""
        screen.ask_consent()


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


STORIES: tuple[type[AnyCommand], ...] = (
    TellAnother,
    AskedConsent,
    SeeFamily,
    FindStory,
    MemosOfStory,
    SeeRounds,
    SeeFeedbackFromHome,
)
