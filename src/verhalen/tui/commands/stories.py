"""Commands of the stories screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen
from verhalen.tui.commands.everywhere import Back
from verhalen.tui.commands.rounds import SeeFeedbackFromHome, SeeRounds
from verhalen.tui.commands.signals import NoteSignalShown, SignalLogHere
from verhalen.tui.commands.telling import WhoTellsHere

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


class OnStory(Command["StoriesScreen"]):
    """Something about the story on the right."""

    def possible(self, screen: StoriesScreen) -> bool:
        """There must be a story."""
        return screen.story is not None


class FilterStories(Command["StoriesScreen"]):
    """Only some."""

    id = "filter-stories"
    key = "l"
    title = mark("Only some")
    help = mark(
        "Show only some stories: by life domain, what changed, moment, consent, round, what is still to do, language, "
        "family, who wrote them down or year."
    )

    def run(self, screen: StoriesScreen) -> None:
        """Ask by what."""
        screen.ask_filter()


class AllStories(Command["StoriesScreen"]):
    """Nothing left out."""

    id = "all-stories"
    key = "0"
    title = mark("All stories")
    help = mark("Show all stories again.")

    def possible(self, screen: StoriesScreen) -> bool:
        """Only where some are left out."""
        return screen.view.is_cut

    def run(self, screen: StoriesScreen) -> None:
        """Show them."""
        screen.show_all()


class CardsOrList(Command["StoriesScreen"]):
    """More of each story, or more stories."""

    id = "cards-or-list"
    key = "k"
    title = mark("Cards or list")
    help = mark("Show each story as a card with its beginning, or as a line in a list.")

    def run(self, screen: StoriesScreen) -> None:
        """Turn it."""
        screen.turn_cards()


class OrderStories(Command["StoriesScreen"]):
    """By day or by family."""

    id = "order-stories"
    key = "o"
    title = mark("Order")
    help = mark("Sort the stories by day, the newest first, or by family.")

    def run(self, screen: StoriesScreen) -> None:
        """Turn it."""
        screen.turn_order()


class ReadBeside(OnStory):
    """Two stories together."""

    id = "read-beside"
    key = "b"
    title = mark("Beside another")
    help = mark("Mark this story to read it beside another one; on the other one the same key opens both.")

    def run(self, screen: StoriesScreen) -> None:
        """Mark it, or open both."""
        screen.read_beside()


class MarkUpStory(OnStory):
    """With the scheme."""

    id = "mark-up-story"
    key = "c"
    title = mark("Mark up")
    help = mark("Open the text with the scheme on the digits: select a piece, then press 1, 2, 3 or 4.")

    def run(self, screen: StoriesScreen) -> None:
        """Open the text."""
        screen.mark_up()


class LeaveStory(Back):
    """From the story to the list, from there to the screen before."""

    help = mark("Go from the story back to the list, and from the list to the screen you came from.")

    def possible(self, screen: CommandScreen[Any]) -> bool:
        """Also where this is the first screen, from a story."""
        return super().possible(screen) or cast("StoriesScreen", screen).can_leave_story

    def run(self, screen: CommandScreen[Any]) -> None:
        """Go there."""
        cast("StoriesScreen", screen).leave()


class AttachmentsOfStory(OnStory):
    """Photos, drawings, sounds."""

    id = "attachments-of-story"
    key = "a"
    title = mark("Attachments")
    help = mark("See the photos, drawings and sounds of this story, and add one.")

    def run(self, screen: StoriesScreen) -> None:
        """Open the window."""
        screen.open_attachments()


class ReadBackStory(OnStory):
    """It was read back."""

    id = "read-back-story"
    key = "n"
    title = mark("Read back")
    help = mark("Write down that this story was read back to its teller, and what came of it.")

    def run(self, screen: StoriesScreen) -> None:
        """Ask."""
        screen.read_back()


class WithdrawStory(OnStory):
    """It goes for good."""

    id = "withdraw-story"
    key = "x"
    title = mark("Withdraw")
    help = mark("Take this story, a voice or an attachment away everywhere. You see first what goes.")

    def run(self, screen: StoriesScreen) -> None:
        """Ask."""
        screen.withdraw()


STORIES: tuple[type[AnyCommand], ...] = (
    *(TellAnother, ChangeStory, AskedConsent, FilterStories, AllStories, CardsOrList, ReadBeside, SeeFamily),
    *(
        NoteSignalShown,
        VoicesOfStory,
        MarkUpStory,
        FindStory,
        OrderStories,
        MemosOfStory,
        SeeRounds,
        WhoTellsHere,
        SignalLogHere,
    ),
    *(SeeFeedbackFromHome, ReadBackStory, AttachmentsOfStory, WithdrawStory, LeaveStory),
)
