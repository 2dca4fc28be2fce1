"""Selection rounds: the list on the left; on the right one round, what is to be done now, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.selecting import SelectionRound
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.rounds import ROUNDS
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.round_acts import RoundActs
from verhalen.tui.round_page import round_page


class RoundsScreen(CommandScreen[None]):
    """Rounds and one round."""

    COMMAND_CLASSES = ROUNDS
    HELP_TITLE: ClassVar[str] = mark("Selection rounds")
    HELP_TEXT: ClassVar[str] = mark(
        "In a round a panel reads stories and chooses together which tells of the most significant change, and why. On the "
        "left stand the rounds; on the right you see what is to be done now. Prepare it here, meet on paper if you like, and "
        "write down afterwards what was decided."
    )
    DEFAULT_CSS = """
    RoundsScreen #left { width: 30; height: 1fr; border-right: solid $border-blurred; }
    RoundsScreen #left OptionList { height: 1fr; padding: 0; }
    RoundsScreen #right { width: 1fr; height: 1fr; padding: 0 2; }
    """

    def __init__(self, key: str | None = None) -> None:
        super().__init__()
        self._chosen = key
        self._rounds: dict[str, SelectionRound] = {}
        self.acts = RoundActs(self)

    @property
    def round(self) -> SelectionRound | None:
        """The round on the right."""
        return self._rounds.get(self._chosen or "")

    def choose(self, key: str) -> None:
        """Put the cursor on a round."""
        self._chosen = key
        self.reload()

    def body(self) -> ComposeResult:
        """List and page."""
        with Horizontal():
            with Vertical(id="left"):
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill both; the cursor is on the list."""
        self.reload()
        self.query_one(OptionList).focus()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the rounds again, the newest first; the cursor stays on its round."""
        self._rounds = {each.key: each for each in reversed(self.project.rounds.all())}
        options = self.query_one(OptionList)
        lines = [Option(_line(each), id=each.key) for each in self._rounds.values()]
        nothing = t("There are no rounds yet. {key} prepares one.", key=self.key_text(self.commands["new-round"]))
        options.clear_options().add_options(lines or [Option(nothing, disabled=True)])
        keys = list(self._rounds)
        if keys:
            options.highlighted = keys.index(self._chosen) if self._chosen in keys else 0
            self._chosen = keys[options.highlighted]
        else:
            self._chosen = None
        self._show()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another round."""
        self._chosen = event.option.id
        self._show()
        self.query_one("#right").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the page, to scroll."""
        self.query_one("#right").focus()

    def _show(self) -> None:
        self.query_one(Page).fill(round_page(self.project, self.round) if self.round else ())
        self.refresh_bindings()


def _line(round_: SelectionRound) -> Content:
    state = t("open") if round_.is_open else t("closed")
    head = Content(f"{round_.key}  ").stylize("bold")
    return Content.assemble(head, f"{round_.title}\n  {t(round_.level.label)} · {state}")
