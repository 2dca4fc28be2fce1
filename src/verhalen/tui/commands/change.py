"""Commands of the screen that says what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.change_screen import ChangeScreen


class _OnRow(Command["ChangeScreen"]):
    """A command about the row of the cursor."""

    def possible(self, screen: ChangeScreen) -> bool:
        """There must be a row."""
        return screen.row is not None


class _OnTable(Command["ChangeScreen"]):
    """A command about what was counted."""

    def possible(self, screen: ChangeScreen) -> bool:
        """Something must have been counted."""
        return screen.table is not None


class FamiliesBehind(_OnRow):
    """Who they are."""

    id = "families-behind"
    key = "f"
    title = mark("Which families")
    help = mark(
        "See which families went forward, stayed or went backward on this row, or have no pair. Enter does the same."
    )

    def run(self, screen: ChangeScreen) -> None:
        """Ask which of them."""
        screen.see_families()


class ChangeMatrices(_OnRow):
    """From where to where."""

    id = "change-matrices"
    key = "v"
    title = mark("From where to where")
    help = mark("See from which answer to which answer families went, for the questions of this row.")

    def run(self, screen: ChangeScreen) -> None:
        """Show the tables."""
        screen.see_matrices()


class OtherRule(_OnTable):
    """How the persons of a family make one value."""

    id = "other-rule"
    key = "r"
    title = mark("Rule")
    help = mark(
        "Count by another rule for the persons of a family: the lowest, the middle, the best, or each person apart."
    )

    def run(self, screen: ChangeScreen) -> None:
        """Choose it."""
        screen.choices.rule()


class OtherWindow(_OnTable):
    """Which second moment."""

    id = "other-window"
    key = "w"
    title = mark("Window")
    help = mark(
        "Take a narrower or wider window around the second moment, or the end of the support. You see first how many families that moves."
    )

    def run(self, screen: ChangeScreen) -> None:
        """Choose it."""
        screen.choices.window()


class SplitBy(_OnTable):
    """By what is known of families."""

    id = "split-by"
    key = "s"
    title = mark("Split")
    help = mark(
        "Split the families by who referred them, their municipality, their starting score or another property. Never a ranking."
    )

    def run(self, screen: ChangeScreen) -> None:
        """Choose it."""
        screen.choices.split()


class RowsPer(_OnTable):
    """What a row stands for."""

    id = "rows-per"
    key = "p"
    title = mark("Rows per")
    help = mark(
        "A row per question, per life domain, per group of life domains, or all together; adults and children apart or not."
    )

    def run(self, screen: ChangeScreen) -> None:
        """Choose it."""
        screen.choices.per()


class WhoseJudgement(_OnTable):
    """Judged by whom."""

    id = "whose-judgement"
    key = "j"
    title = mark("Judged by")
    help = mark("Count what the coach, the family, a parent, a child or another service judged. They are never mixed.")

    def run(self, screen: ChangeScreen) -> None:
        """Choose it."""
        screen.choices.assessor()


class UnderOtherRules(_OnTable):
    """What hangs on the rule."""

    id = "under-other-rules"
    key = "a"
    title = mark("What another rule changes")
    help = mark("See which questions come out otherwise under another rule for the persons of a family.")

    def run(self, screen: ChangeScreen) -> None:
        """Show it."""
        screen.see_rules()


class ChangeByInstrument(Command["ChangeScreen"]):
    """By another instrument."""

    id = "change-by-instrument"
    key = "i"
    title = mark("Other instrument")
    help = mark("Count by another instrument.")

    def run(self, screen: ChangeScreen) -> None:
        """Choose it."""
        screen.choices.instrument()


CHANGE: tuple[type[AnyCommand], ...] = (
    FamiliesBehind,
    ChangeMatrices,
    OtherRule,
    OtherWindow,
    SplitBy,
    RowsPer,
    WhoseJudgement,
    UnderOtherRules,
    ChangeByInstrument,
)
