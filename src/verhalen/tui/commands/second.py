"""Commands of second coders: the way in, texts given and taken back, agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.agreement_screen import AgreementScreen
    from verhalen.tui.second_screen import SecondScreen


class SecondCoder(Command[CommandScreen[Any]]):
    """From everywhere, by the palette; from a text by a key too."""

    id = "second-coder"
    title = mark("Second coder")
    help = mark("Give a colleague texts to code blind, take them back, and settle where you differ.")
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it."""
        screen.frame.if_safe(screen.frame.open_second)


class ShowOthers(Command[CommandScreen[Any]]):
    """Where one chose to code blind."""

    id = "show-others"
    key = "y"
    title = mark("Show others")
    help = mark("You chose to see only your own codings: see those of others again, here and on every screen.")

    def possible(self, screen: CommandScreen[Any]) -> bool:
        """Only where they are hidden by choice."""
        return screen.frame.hides_others and not screen.project.second_coding.is_blind()

    def run(self, screen: CommandScreen[Any]) -> None:
        """Show them."""
        screen.frame.hiding.choose(False)


class CodeText(Command["SecondScreen"]):
    """One's own task."""

    id = "code-text"
    key = "enter"
    title = mark("Code")
    help = mark("Open the text on this line and code it; you see only your own codes.")

    def possible(self, screen: SecondScreen) -> bool:
        """Where it waits for the coder at work."""
        return screen.can_code

    def run(self, screen: SecondScreen) -> None:
        """Open it."""
        screen.code()


class CompareText(Command["SecondScreen"]):
    """Both codings beside each other."""

    id = "compare-text"
    key = "enter"
    title = mark("Compare")
    help = mark("See both codings of the text on this line beside each other, and settle where you differ.")

    def possible(self, screen: SecondScreen) -> bool:
        """Where two coders coded."""
        return screen.can_compare

    def run(self, screen: SecondScreen) -> None:
        """Open it."""
        screen.compare()


class CompareAll(Command["SecondScreen"]):
    """One walk through everything."""

    id = "compare-all"
    key = "v"
    title = mark("All differences")
    help = mark("Walk through the differences of all texts that two coders coded.")

    def possible(self, screen: SecondScreen) -> bool:
        """Where there are such texts."""
        return bool(screen.shared)

    def run(self, screen: SecondScreen) -> None:
        """Open it."""
        screen.compare_all()


class GiveTexts(Command["SecondScreen"]):
    """To a colleague."""

    id = "give-texts"
    key = "n"
    title = mark("Give texts")
    help = mark("Choose texts that a colleague codes too, without seeing the codes of others.")

    def run(self, screen: SecondScreen) -> None:
        """Ask whom and which."""
        screen.give()


class DrawTexts(Command["SecondScreen"]):
    """By lot."""

    id = "draw-texts"
    key = "d"
    title = mark("Draw texts")
    help = mark(
        "Draw a part of the texts at random for a colleague; the number of the draw is kept, so that it can be repeated."
    )

    def run(self, screen: SecondScreen) -> None:
        """Ask whom and how many."""
        screen.draw()


class _OnOpenTask(Command["SecondScreen"]):
    """A command about a text that is at a second coder."""

    def possible(self, screen: SecondScreen) -> bool:
        """The cursor must stand on one."""
        return screen.given is not None and screen.given.back is None


class TakeBack(_OnOpenTask):
    """Done."""

    id = "take-back"
    key = "t"
    title = mark("Take back")
    help = mark("The second coder is done with this text: from now on both codings can be compared.")

    def run(self, screen: SecondScreen) -> None:
        """Take it back."""
        screen.take_back()


class DropTask(Command["SecondScreen"]):
    """A mistake."""

    id = "drop-task"
    key = "x,delete"
    title = mark("Never given")
    help = mark("Take this task away, as if it had never been given. What was coded stays. Ctrl+z brings it back.")

    def possible(self, screen: SecondScreen) -> bool:
        """The cursor must stand on a task."""
        return screen.given is not None

    def run(self, screen: SecondScreen) -> None:
        """Take it away."""
        screen.drop()


class SeeAgreement(Command["SecondScreen"]):
    """Figures."""

    id = "see-agreement"
    key = "f"
    title = mark("Agreement")
    help = mark("See per code how far coders agree: percent, n, how often each gave it, and alpha.")

    def possible(self, screen: SecondScreen) -> bool:
        """Where two coders coded a text."""
        return bool(screen.shared)

    def run(self, screen: SecondScreen) -> None:
        """Open it."""
        screen.see_agreement()


SECOND: tuple[type[AnyCommand], ...] = (
    CodeText,
    CompareText,
    CompareAll,
    GiveTexts,
    DrawTexts,
    TakeBack,
    DropTask,
    SeeAgreement,
    ShowOthers,
)


class DifferencesOfCode(Command["AgreementScreen"]):
    """What stands behind the figures."""

    id = "differences-of-code"
    key = "enter"
    title = mark("Where you differ")
    help = mark("See the turns in which coders differ about the code on this line.")

    def possible(self, screen: AgreementScreen) -> bool:
        """There must be some."""
        return screen.row is not None and bool(screen.row.disagreements)

    def run(self, screen: AgreementScreen) -> None:
        """Open them."""
        screen.see_differences()


class OtherUnit(Command["AgreementScreen"]):
    """What is compared."""

    id = "other-unit"
    key = "u"
    title = mark("Other unit")
    help = mark("Compare turns, sentences, paragraphs, or only turns with a code.")

    def run(self, screen: AgreementScreen) -> None:
        """Choose it."""
        screen.ask_unit()


class ExportAgreement(Command["AgreementScreen"]):
    """To a file."""

    id = "export-agreement"
    key = "x"
    title = mark("File")
    help = mark("Write these figures as an Excel file, with the places where coders differ, or as CSV.")

    def possible(self, screen: AgreementScreen) -> bool:
        """There must be something."""
        return screen.found is not None and bool(screen.found.rows)

    def run(self, screen: AgreementScreen) -> None:
        """Ask where."""
        screen.export()


AGREEMENT: tuple[type[AnyCommand], ...] = (DifferencesOfCode, OtherUnit, ExportAgreement, ShowOthers)
