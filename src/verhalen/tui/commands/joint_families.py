"""Commands of the families whose words and numbers contradict each other, and of one family with every voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen
from verhalen.tui.commands.joint import ExportJoint

if TYPE_CHECKING:
    from verhalen.tui.apart_screen import ApartScreen
    from verhalen.tui.case_screen import CaseScreen
    from verhalen.tui.families_screen import FamiliesScreen

WHAT_YOU_THINK = mark("Write it down")
WHAT_YOU_THINK_HELP = mark(
    "Choose how numbers and words stand to each other in this family, and write one sentence that says why."
)


class WordsAgainstNumbers(Command[CommandScreen[Any]]):
    """From everywhere, by the palette."""

    id = "words-against-numbers"
    title = mark("Where words and numbers contradict")
    help = mark("Work through the families that tell one thing while their scores say another.")
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it."""
        screen.frame.if_safe(screen.frame.open_apart)


class EveryVoiceOfFamily(Command["FamiliesScreen"]):
    """From the page of a family."""

    id = "every-voice-of-family"
    key = "j"
    title = mark("Every voice beside every score")
    help = mark("See of this family, per part of life, who scored and who told what, and where you do not agree.")
    shown = False

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open it."""
        screen.frame.open_case(screen.chosen or "")


class _OnFamily(Command["ApartScreen"]):
    """A command about the family of the cursor."""

    def possible(self, screen: ApartScreen) -> bool:
        """There must be one."""
        return screen.family is not None


class SeeApart(_OnFamily):
    """Every voice beside every score."""

    id = "see-apart"
    key = "b"
    title = mark("Every voice")
    help = mark("See the family with every voice beside every score. Enter does the same.")

    def run(self, screen: ApartScreen) -> None:
        """Open it."""
        screen.see_family()


class DecideApart(_OnFamily):
    """What the team thinks."""

    id = "decide-family"
    key = "v"
    title = WHAT_YOU_THINK
    help = WHAT_YOU_THINK_HELP

    def possible(self, screen: ApartScreen) -> bool:
        """Not where nothing can be stored."""
        return super().possible(screen) and not screen.project.read_only_reason

    def run(self, screen: ApartScreen) -> None:
        """Ask."""
        screen.decide()


class ShowDone(Command["ApartScreen"]):
    """Those that were worked through."""

    id = "show-done"
    key = "a"
    title = mark("Talked about too")
    help = mark("Show or hide the families that you talked about already, with what you said.")

    def possible(self, screen: ApartScreen) -> bool:
        """There must be some."""
        return screen.has_done

    def run(self, screen: ApartScreen) -> None:
        """Turn."""
        screen.show_all()


class ExportApart(Command["ApartScreen"]):
    """To a file."""

    id = ExportJoint.id
    key = ExportJoint.key
    title = ExportJoint.title
    help = ExportJoint.help

    def possible(self, screen: ApartScreen) -> bool:
        """There must be something to write."""
        return bool(screen.shown)

    def run(self, screen: ApartScreen) -> None:
        """Ask which."""
        screen.export()


class ExportCase(Command["CaseScreen"]):
    """To a file."""

    id = ExportJoint.id
    key = ExportJoint.key
    title = ExportJoint.title
    help = ExportJoint.help

    def possible(self, screen: CaseScreen) -> bool:
        """It must have been read."""
        return screen.case is not None

    def run(self, screen: CaseScreen) -> None:
        """Ask which."""
        screen.export()


APART: tuple[type[AnyCommand], ...] = (DecideApart, SeeApart, ShowDone, ExportApart)


class _OnLine(Command["CaseScreen"]):
    """A command about the life domain of the cursor."""

    def possible(self, screen: CaseScreen) -> bool:
        """There must be one."""
        return screen.line is not None


class SeeTold(_OnLine):
    """The stories and fragments of a line."""

    id = "see-told"
    key = "b"
    title = mark("What was told")
    help = mark("Open the stories and fragments of this part of life. Enter does the same.")

    def run(self, screen: CaseScreen) -> None:
        """Open them."""
        screen.see_told()


class DecideCase(Command["CaseScreen"]):
    """What the team thinks of the family."""

    id = "decide-family"
    key = "v"
    title = WHAT_YOU_THINK
    help = WHAT_YOU_THINK_HELP

    def possible(self, screen: CaseScreen) -> bool:
        """It must have been read, and something can be stored."""
        return screen.case is not None and not screen.project.read_only_reason

    def run(self, screen: CaseScreen) -> None:
        """Ask."""
        screen.decide()


class DecideLine(_OnLine):
    """What the team thinks of one life domain."""

    id = "decide-line"
    key = "d"
    title = mark("About this part of life")
    help = mark("Write down what you think of this part of life in this family only.")

    def possible(self, screen: CaseScreen) -> bool:
        """Not where nothing can be stored."""
        return super().possible(screen) and not screen.project.read_only_reason

    def run(self, screen: CaseScreen) -> None:
        """Ask."""
        screen.decide_line()


class NextCase(Command["CaseScreen"]):
    """On through the list."""

    id = "next-case"
    key = "n"
    title = mark("Next family")
    help = mark("Go to the next family of the list you came from.")

    def possible(self, screen: CaseScreen) -> bool:
        """There must be another one."""
        return screen.has_next

    def run(self, screen: CaseScreen) -> None:
        """Go on."""
        screen.go_on()


class FamilyItself(Command["CaseScreen"]):
    """To its own page."""

    id = "family-itself"
    key = "o"
    title = mark("The family itself")
    help = mark("Open the page of this family, with its timeline.")

    def possible(self, screen: CaseScreen) -> bool:
        """It must have been read."""
        return screen.case is not None

    def run(self, screen: CaseScreen) -> None:
        """Open it."""
        screen.open_family()


CASE: tuple[type[AnyCommand], ...] = (DecideCase, NextCase, SeeTold, FamilyItself, DecideLine, ExportCase)
