"""Why something is lower than last time: a list with ticks. Asked gently; Enter goes on, with or without a reason."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.snapshot import Reason
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.dialogs import CancelDialog


class GoOn(Command["ReasonsDialog"]):
    """With what is ticked."""

    id = "go-on"
    key = "enter"
    title = mark("Go on")
    help = mark("Keep the reasons that are ticked, also none, and go on.")

    def run(self, screen: ReasonsDialog) -> None:
        """Give them."""
        screen.dismiss(screen.chosen)


class TickReason(Command["ReasonsDialog"]):
    """The reason under the cursor."""

    id = "tick-reason"
    key = "space"
    title = mark("Tick")
    help = mark("Tick this reason, or take the tick away. The digit before a reason does the same.")

    def run(self, screen: ReasonsDialog) -> None:
        """Tick it."""
        screen.tick_here()


class _TickDigit(Command["ReasonsDialog"]):
    """The reason with this digit."""

    place: ClassVar[int]
    help = mark("Tick the reason with this digit, or take the tick away.")
    shown = False

    def run(self, screen: ReasonsDialog) -> None:
        """Tick it."""
        screen.tick(self.place)


def _digit(place: int, title: str) -> type[_TickDigit]:
    values: dict[str, Any] = {"id": f"tick-{place}", "key": str(place), "place": place - 1, "title": title}
    return type(f"Tick{place}", (_TickDigit,), values)


DIGITS = (
    _digit(1, mark("Reason 1")),
    _digit(2, mark("Reason 2")),
    _digit(3, mark("Reason 3")),
    _digit(4, mark("Reason 4")),
    _digit(5, mark("Reason 5")),
    _digit(6, mark("Reason 6")),
    _digit(7, mark("Reason 7")),
    _digit(8, mark("Reason 8")),
    _digit(9, mark("Reason 9")),
)


class ReasonList(OptionList, inherit_bindings=False):
    """Enter is the dialog's, not the list's; a click ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
    ]


class ReasonsDialog(CommandDialog[tuple[Reason, ...] | None]):
    """Gives the reasons that are ticked, or None where it was closed."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (GoOn, TickReason, CancelDialog, *DIGITS)
    DEFAULT_CSS = """
    ReasonsDialog { align: center middle; }
    ReasonsDialog > Vertical { width: 66; max-width: 96%; height: auto; max-height: 96%; background: $surface;
        border: round $border; padding: 0 1; }
    ReasonsDialog OptionList { height: auto; max-height: 12; margin: 1 0 0 0; background: $surface; padding: 0; }
    ReasonsDialog KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, question: str, chosen: tuple[Reason, ...] = ()) -> None:
        super().__init__()
        self._question = question
        self._ticked = set(chosen)

    @property
    def chosen(self) -> tuple[Reason, ...]:
        """What is ticked, in the order of the list."""
        return tuple(each for each in Reason if each in self._ticked)

    def compose(self) -> ComposeResult:
        """Question, reasons, keys."""
        with Vertical():
            yield Static(self._question, markup=False)
            yield ReasonList(*(Option(self._line(each)) for each in Reason), markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """On the first reason."""
        self.query_one(ReasonList).highlighted = 0
        self.query_one(ReasonList).focus()

    def _line(self, reason: Reason) -> str:
        digit = list(Reason).index(reason) + 1
        return f"[{'x' if reason in self._ticked else ' '}] {digit}  {t(reason.label)}"

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        self.tick(event.option_index)

    def tick_here(self) -> None:
        """Tick the line of the cursor, or take the tick away."""
        here = self.query_one(ReasonList).highlighted
        if here is not None:
            self.tick(here)

    def tick(self, place: int) -> None:
        """Tick one, or take the tick away."""
        reason = list(Reason)[place]
        self._ticked ^= {reason}
        self.query_one(ReasonList).replace_option_prompt_at_index(place, self._line(reason))
