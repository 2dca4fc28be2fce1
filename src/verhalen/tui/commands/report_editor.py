"""Commands of the screen in which a report is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.report_editor import ReportEditor


class LeaveReport(Command["ReportEditor"]):
    """Back to the list."""

    id = "back"
    key = "escape"
    title = mark("Back")
    help = mark("Go back to the list of reports. What you typed is stored.")
    priority = True  # a text area takes the key for itself

    def run(self, screen: ReportEditor) -> None:
        """Store what was typed last, and go."""
        screen.leave()


class TurnPreview(Command["ReportEditor"]):
    """Words, both, preview."""

    id = "turn-preview"
    key = "f4"
    title = mark("Words or result")
    help = mark("See your words and the result beside each other, or one of them alone on the whole screen.")

    def run(self, screen: ReportEditor) -> None:
        """The next of the three."""
        screen.turn_view()


class BuildHere(Command["ReportEditor"]):
    """Make the Word document."""

    id = "build-here"
    key = "f5"
    title = mark("Build the Word document")
    help = mark("Make the Word document of what stands here, with the numbers and quotes of now.")

    def possible(self, screen: ReportEditor) -> bool:
        """Not while it is being made."""
        return not screen.is_building

    def run(self, screen: ReportEditor) -> None:
        """Build."""
        screen.build()


class InsertPlace(Command["ReportEditor"]):
    """A place for a number, a table, a quote."""

    id = "insert-place"
    key = "f8"  # a text area takes f6 and f7
    title = mark("Insert a number or table")
    help = mark("Choose what the project should fill in where the cursor stands: a number, a table, a chart, a quote.")

    def run(self, screen: ReportEditor) -> None:
        """Show the list."""
        screen.ask_place()


class NextRemark(Command["ReportEditor"]):
    """Walk through the remarks."""

    id = "next-remark"
    key = "f9"
    title = mark("Next remark")
    help = mark("Go to the next line about which there is something to say; after the last one you begin again.")

    def possible(self, screen: ReportEditor) -> bool:
        """There must be one with a line."""
        return any(each.line for each in screen.remarks)

    def run(self, screen: ReportEditor) -> None:
        """Go there."""
        screen.next_remark()


REPORT_EDITOR: tuple[type[AnyCommand], ...] = (TurnPreview, BuildHere, InsertPlace, NextRemark, LeaveReport)
