"""Commands of the screen on which a table is looked at before it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.table_screen import TableScreen


class StoreTable(Command["TableScreen"]):
    """Read it in."""

    id = "store-table"
    key = "i"
    title = mark("Read in")
    help = mark("Store what this table says, all of it at once; it can be undone in one step.")

    def possible(self, screen: TableScreen) -> bool:
        """Nothing may stand in the way."""
        return screen.can_store

    def run(self, screen: TableScreen) -> None:
        """Store."""
        screen.store()


class OtherKind(Command["TableScreen"]):
    """What the table is about."""

    id = "table-kind"
    key = "k"
    title = mark("What it is")
    help = mark("Say what this table is about: scores, families or stories.")

    def possible(self, screen: TableScreen) -> bool:
        """Not while the file is read."""
        return not screen.is_reading

    def run(self, screen: TableScreen) -> None:
        """Ask."""
        screen.ask_kind()


class WhichInstrument(Command["TableScreen"]):
    """By what was scored."""

    id = "table-instrument"
    key = "m"
    title = mark("Instrument")
    help = mark("Say by which instrument was scored, where the table does not say it itself.")

    def possible(self, screen: TableScreen) -> bool:
        """Only for scores."""
        return screen.kind == "scores" and not screen.is_reading

    def run(self, screen: TableScreen) -> None:
        """Ask."""
        screen.ask_instrument()


class WhatColumnsMean(Command["TableScreen"]):
    """For a program that names its columns otherwise."""

    id = "table-columns"
    key = "c"
    title = mark("Columns")
    help = mark("Say what each column means, and keep that under a name for the next table of the same program.")

    def possible(self, screen: TableScreen) -> bool:
        """The table must have been looked at."""
        return screen.found is not None and not screen.is_reading and not screen.project.read_only_reason

    def run(self, screen: TableScreen) -> None:
        """Ask."""
        screen.ask_columns()


class KeptColumns(Command["TableScreen"]):
    """What was said before."""

    id = "table-kept-columns"
    key = "n"
    title = mark("Kept columns")
    help = mark("Read this table by columns that were kept under a name, or by none of them.")

    def possible(self, screen: TableScreen) -> bool:
        """Only where some were kept."""
        return not screen.is_reading and bool(screen.kept_mappings)

    def run(self, screen: TableScreen) -> None:
        """Ask which."""
        screen.ask_mapping()


TABLE: tuple[type[AnyCommand], ...] = (StoreTable, OtherKind, WhichInstrument, WhatColumnsMean, KeptColumns)
