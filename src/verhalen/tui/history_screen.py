"""What was changed, by whom and when: the list on the left, newest first; what the marked change touched on the right."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.api.history import Gone
from verhalen.i18n import mark, t, tn
from verhalen.model.act import Change
from verhalen.model.ids import encode_id
from verhalen.tui.coder_looks import CoderLooks, looks_of, signed
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.history import HISTORY
from verhalen.tui.dialogs import Choose, yes_or_no
from verhalen.tui.history_page import history_page
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.words import capital, time_text

MOST = 500
"""Lines; what is older is in `verhalen history`."""
WIDE = 120
"""From so many columns on the list gets more room."""
TOLD = 8
"""Refused changes that the small window names; the others are counted."""


class HistoryScreen(CommandScreen[None]):
    """The list of changes."""

    COMMAND_CLASSES = HISTORY
    HELP_TITLE: ClassVar[str] = mark("History")
    HELP_TEXT: ClassVar[str] = mark(
        "Every change with its time and who made it; on the right what it touched. What was taken back stays in the list "
        "and says so. You can go back to a point: your own changes after it are taken back, the newest first. What others "
        "built on stays, and you are told."
    )
    DEFAULT_CSS = """
    HistoryScreen #left { width: 40; height: 1fr; border-right: solid $border-blurred; }
    HistoryScreen.-wide #left { width: 64; }
    HistoryScreen #left OptionList { height: 1fr; padding: 0; }
    HistoryScreen #right { width: 1fr; height: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._changes: list[Change] = []
        self._coders: CoderLooks = {}
        self._marked: int | None = None
        self._only_mine = False

    def body(self) -> ComposeResult:
        """List and page."""
        with Horizontal():
            with Vertical(id="left"):
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill it."""
        self.reload()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Another width, another list."""
        self.set_class(self.size.width >= WIDE, "-wide")

    # -- showing -----------------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the newest changes; the cursor stays on its change, or at the top where it was there."""
        found = self.query_one(OptionList)
        on_top = not found.highlighted
        entries = self.project.history.entries(limit=None if self._only_mine else MOST)
        mine = self.project.coder_id
        self._changes = [each for each in entries if not self._only_mine or each.coder_id == mine][:MOST]
        self._coders = looks_of(self.project)
        found.clear_options().add_options(
            [Option(self._line(each)) for each in self._changes]
            or [Option(t("Nothing was changed in this project yet."), disabled=True)]
        )
        if self._changes:
            ids = [each.id for each in self._changes]
            found.highlighted = 0 if on_top or self._marked not in ids else ids.index(self._marked)
        self._show()

    def _line(self, change: Change) -> Content:
        label = capital(self.project.history.label(change))
        undone = t(" (taken back)") if change.undone else ""
        return Content.assemble(
            Content(f"{label}{undone}"),
            "\n  ",
            Content(f"{time_text(change.time)} ").stylize("italic"),
            signed(change.coder_id, change.coder, self._coders),
        )

    @property
    def change(self) -> Change | None:
        """The marked change."""
        return next((each for each in self._changes if each.id == self._marked), None)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another change."""
        self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes to the page, to scroll."""
        self.query_one("#right").focus()

    def _show(self) -> None:
        place = self.query_one(OptionList).highlighted
        self._marked = self._changes[place].id if place is not None and place < len(self._changes) else None
        change = self.change
        self.query_one(Page).fill(history_page(self.project, change) if change else ())
        self.query_one("#right").scroll_home(animate=False)
        self.refresh_bindings()

    def toggle_mine(self) -> None:
        """Only one's own, or everybody's."""
        self._only_mine = not self._only_mine
        self.reload()

    # -- going back --------------------------------------------------------------------------------------------------

    def go_back_to(self) -> None:
        """Say how many changes would go, ask, then take them back."""
        change = self.change
        if change is None:
            return
        point = encode_id(change.id)
        count = len(self.project.history.would_go_back(point))
        if not count:
            self.frame.say(t("Nothing of yours came after it."))
            return
        question = tn(
            "Take back {n} change of yours, made after: {label}?",
            "Take back {n} changes of yours, made after: {label}?",
            count,
            label=self.project.history.label(change),
        )

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.write(
                    lambda project: project.history.go_back(point),
                    lambda gone: self._tell(t("Taken back: {n}.", n=len(gone.done)), gone),
                )

        self.app.push_screen(yes_or_no(question, yes=t("Yes, take them back")), answered)

    def go_forth(self) -> None:
        """Bring all back that was taken back last."""
        self.write(
            lambda project: project.history.go_forth(),
            lambda gone: self._tell(t("Brought back: {n}.", n=len(gone.done)), gone),
        )

    def _tell(self, sentence: str, gone: Gone) -> None:
        """A toast; where something was refused a small window that names it."""
        said = [sentence]
        if gone.others:
            said.append(tn("{n} change of others stays.", "{n} changes of others stay.", gone.others))
        if not gone.refused:
            self.frame.say(" ".join(said))
            return
        lines = [f"- {capital(each.label)}: {each.reason}" for each in gone.refused[:TOLD]]
        if len(gone.refused) > TOLD:
            lines.append(t("… and {n} more", n=len(gone.refused) - TOLD))
        question = "\n".join([*said, t("This stays as it is:"), *lines])
        self.app.push_screen(Choose(question, [("ok", t("Good"))]))
