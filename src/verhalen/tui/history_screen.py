"""What was changed, by whom and when. Newest first."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.act import Change
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.words import capital, time_text

MOST = 500
"""Lines; what is older is in `verhalen log`."""


class HistoryScreen(CommandScreen[None]):
    """The list of changes."""

    HELP_TITLE: ClassVar[str] = mark("History")
    HELP_TEXT: ClassVar[str] = mark(
        "Every change with its time and who made it. What was taken back stays in the list and says so."
    )

    def body(self) -> ComposeResult:
        """One list."""
        yield OptionList()

    def on_mount(self) -> None:
        """Fill it."""
        self.reload()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the newest changes; the cursor stays at its place."""
        changes = self.project.history.entries(limit=MOST)
        found = self.query_one(OptionList)
        place = found.highlighted
        found.clear_options().add_options(
            [Option(self._line(each)) for each in changes]
            or [Option(t("Nothing was changed in this project yet."), disabled=True)]
        )
        if changes:
            found.highlighted = min(place or 0, len(changes) - 1)

    def _line(self, change: Change) -> Content:
        label = capital(self.project.history.label(change))
        undone = t(" (taken back)") if change.undone else ""
        return Content.assemble(
            Content(f"{label}{undone}"),
            "\n  ",
            Content(t("{time} by {coder}", time=time_text(change.time), coder=change.coder)).stylize("italic"),
        )
