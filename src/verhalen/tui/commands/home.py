"""Commands of the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.find import FindEverywhere
from verhalen.tui.commands.matrix import CodesInNumbers
from verhalen.tui.commands.rounds import SeeFeedbackFromHome, SeeRoundsFromHome

if TYPE_CHECKING:
    from verhalen.tui.home_screen import HomeScreen


class TellStory(Command["HomeScreen"]):
    """The first door."""

    id = "tell-story"
    key = "1"
    shown = False  # its door says it
    title = mark("Write down a story")
    help = mark("Write down what a family told you. It takes five minutes, and you can stop halfway.")

    def run(self, screen: HomeScreen) -> None:
        """Open the form."""
        screen.frame.open_story_form()


class SeeFamilies(Command["HomeScreen"]):
    """The second door."""

    id = "see-families"
    key = "2"
    shown = False  # its door says it
    title = mark("How is a family doing?")
    help = mark("See a family: who they are, how it goes in each part of their life, and what they told.")

    def run(self, screen: HomeScreen) -> None:
        """Open the families."""
        screen.frame.open_families()


class LookAndCode(Command["HomeScreen"]):
    """The third door."""

    id = "look-and-code"
    key = "3"
    shown = False  # its door says it
    title = mark("Look and code")
    help = mark("Read the interviews and give fragments a code.")

    def run(self, screen: HomeScreen) -> None:
        """Open the reading and coding screen."""
        screen.frame.open_coding()


class ReadStories(Command["HomeScreen"]):
    """All stories."""

    id = "read-stories"
    key = "4"
    title = mark("Read stories")
    help = mark("Read what families told, and see what you still want to ask.")

    def run(self, screen: HomeScreen) -> None:
        """Open the stories."""
        screen.frame.open_stories()


class MakeReport(Command["HomeScreen"]):
    """Reports."""

    id = "make-report"
    key = "5"
    title = mark("Make a report")
    help = mark("Start a report, or build the Word document of one.")

    def run(self, screen: HomeScreen) -> None:
        """Open the reports."""
        screen.frame.open_reports()


class ReadIn(Command["HomeScreen"]):
    """Conversations into the project."""

    id = "read-in"
    key = "6"
    title = mark("Read in conversations")
    help = mark("Read conversations or notes in from files: Word, PDF, text, subtitles and others, also many at once.")

    def run(self, screen: HomeScreen) -> None:
        """Choose files."""
        screen.frame.open_files()


class ReadMemos(Command["HomeScreen"]):
    """All memos."""

    id = "memos"
    key = "M"
    title = mark("Memos and journal")
    help = mark("Read and write memos, and keep the journal of the analysis.")
    shown = False

    def run(self, screen: HomeScreen) -> None:
        """Open the list."""
        screen.frame.open_memos()


class FindFromHome(FindEverywhere):
    """Here there is room for it in the key bar."""

    shown = True


class PutOffWaiting(Command["HomeScreen"]):
    """A snapshot that can wait."""

    id = "put-off"
    key = "u"
    title = mark("Later")
    help = mark("Put off the snapshot of the family on the line of the cursor, with a reason and until a day.")

    def possible(self, screen: HomeScreen) -> bool:
        """The cursor must stand on such a line."""
        return screen.waiting_family is not None

    def run(self, screen: HomeScreen) -> None:
        """Ask why."""
        screen.put_off()


class SeeAllFamilies(Command["HomeScreen"]):
    """The whole service."""

    id = "all-together"
    key = "7"
    title = mark("All families")
    help = mark("See how the families are doing all together, per part of life.")

    def run(self, screen: HomeScreen) -> None:
        """Open the screen."""
        screen.frame.open_service()


class SeeCodebook(Command["HomeScreen"]):
    """The codes."""

    id = "codebook"
    title = mark("Codebook")
    help = mark("See and change the codes: what they mean, where they stand, their colour, merge and split them.")
    shown = False

    def run(self, screen: HomeScreen) -> None:
        """Open it."""
        screen.frame.open_codebook()


class SendWork(Command["HomeScreen"]):
    """To a colleague."""

    id = "send-work"
    key = "d"
    title = mark("Pass on")
    help = mark("Put your work in a locked package for a colleague, by mail, on a stick or in a shared folder.")

    def run(self, screen: HomeScreen) -> None:
        """Ask for whom and where."""
        from verhalen.tui.send_form import begin_sending

        begin_sending(screen)


class TakeInWork(Command["HomeScreen"]):
    """From a colleague."""

    id = "take-in-work"
    key = "o"
    title = mark("Receive")
    help = mark("Take in what a colleague passed on to you. You first see what it is.")

    def run(self, screen: HomeScreen) -> None:
        """Choose the file."""
        from verhalen.tui.arrival_file import choose_arrival

        choose_arrival(screen)


class SeeDecisions(Command["HomeScreen"]):
    """What two people said differently."""

    id = "open-questions"
    key = "v"
    title = mark("Open questions")
    help = mark("Choose where you and a colleague wrote different things about the same.")
    shown = False  # a line of what waits says it where there are any

    def run(self, screen: HomeScreen) -> None:
        """Open the list."""
        screen.frame.open_decisions()


HOME: tuple[type[AnyCommand], ...] = (
    TellStory,
    SeeFamilies,
    LookAndCode,
    ReadStories,
    MakeReport,
    ReadIn,
    SeeAllFamilies,
    FindFromHome,
    PutOffWaiting,
    SendWork,
    TakeInWork,
    SeeDecisions,
    ReadMemos,
    SeeCodebook,
    CodesInNumbers,
    SeeRoundsFromHome,
    SeeFeedbackFromHome,
)
