"""Commands of the tables that were counted beside stories: codes by how it went, questions beside codes, what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.joint import BehindRow, ExportJoint

if TYPE_CHECKING:
    from verhalen.tui.counted_screen import CountedScreen
    from verhalen.tui.joint_tables import FactorsScreen


class BehindCounted(Command["CountedScreen"]):
    """The fragments of a line."""

    id = "behind-counted"
    key = "b"
    title = BehindRow.title
    help = mark("See the fragments behind this line, and go from there into the texts. Enter does the same.")

    def possible(self, screen: CountedScreen) -> bool:
        """There must be some."""
        return screen.row is not None and bool(screen.row.groups)

    def run(self, screen: CountedScreen) -> None:
        """Open them."""
        screen.see_behind()


class ExportCounted(Command["CountedScreen"]):
    """To a file."""

    id = ExportJoint.id
    key = ExportJoint.key
    title = ExportJoint.title
    help = ExportJoint.help

    def possible(self, screen: CountedScreen) -> bool:
        """Something must have been counted."""
        return screen.counted is not None

    def run(self, screen: CountedScreen) -> None:
        """Ask which."""
        screen.export()


COUNTED: tuple[type[AnyCommand], ...] = (BehindCounted, ExportCounted)


class FactorsWith(Command["FactorsScreen"]):
    """Other columns."""

    id = "factors-with"
    key = "l"
    title = mark("Who, or with what")
    help = mark("Let the columns say who names it, or with which parts of life it is told.")

    def possible(self, screen: FactorsScreen) -> bool:
        """Something must have been counted."""
        return screen.counted is not None

    def run(self, screen: FactorsScreen) -> None:
        """Turn."""
        screen.turn()


FACTORS: tuple[type[AnyCommand], ...] = (BehindCounted, FactorsWith, ExportCounted)
