"""Write down a barrier where it is met: type it, or pick one that is in the signal log already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t, tn
from verhalen.model.following import Signal, SignalPlace
from verhalen.tui.bars import KeyBar
from verhalen.tui.coding_fuzzy import Entry, find
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog, CommandScreen
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.fields import Field

_NEW = "+"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody answered: a signal that is there, or words for a new one."""

    key: str = ""
    barrier: str = ""


class TakeSignal(Command["SignalWindow"]):
    """The line of the cursor."""

    id = "take-signal"
    key = "enter"
    title = mark("Note it")
    help = mark("Note it under the line of the cursor: a new signal, or one that is there already.")

    def run(self, screen: SignalWindow) -> None:
        """Give it."""
        screen.take()


class SignalWindow(CommandDialog[Wish | None]):
    """A field, and below it the signals that look like what was typed."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (TakeSignal, CancelDialog)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]
    DEFAULT_CSS = """
    SignalWindow { align: center middle; }
    SignalWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 1 2 0 2; }
    SignalWindow OptionList { height: auto; max-height: 10; margin: 1 0; border: none; background: $surface; padding: 0; }
    SignalWindow #hint { color: $text-muted; }
    SignalWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, where: str, signals: Sequence[Signal]) -> None:
        super().__init__()
        self._where = where
        self._signals = {each.key: each for each in signals}

    def compose(self) -> ComposeResult:
        """Question, field, list, keys."""
        with Vertical():
            yield Static(
                t("What stands in the way here, that no family lifts alone? ({where})", where=self._where), markup=False
            )
            yield Field(placeholder=t("A waiting list, a rule, a service that cannot be reached"))
            yield OptionList()
            yield Static(id="hint", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """The cursor stays in the field; the list is moved through from there."""
        self.query_one(OptionList).can_focus = False
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what looks like it."""
        event.stop()
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        typed = " ".join(typed.split())
        entries = [Entry(each.key, each.barrier, each.service) for each in self._signals.values()]
        found = find(typed, entries)
        words = typed.split()
        if not found and len(words) > 1:  # a longer sentence may be another wording of the same
            hits = {each.key: sum(bool(find(word, [each])) for word in words if len(word) > 3) for each in entries}
            found = sorted((each for each in entries if hits[each.key]), key=lambda each: -hits[each.key])
        is_there = any(each.barrier.casefold() == typed.casefold() for each in self._signals.values())
        options = [Option(self._line(self._signals[each.key]), id=each.key) for each in found]
        if typed and not is_there:
            options.insert(0, Option(Content(t("New signal: {barrier}", barrier=typed)).stylize("bold"), id=_NEW))
        lines = self.query_one(OptionList)
        lines.clear_options().add_options(options)
        lines.highlighted = 0 if options else None
        lines.display = bool(options)
        hint = t("Is it one of these already? Then pick that one, so that its families are counted together.")
        self.query_one("#hint", Static).update(hint if found else "")

    @staticmethod
    def _line(signal: Signal) -> Content:
        families = tn("{n} family", "{n} families", len(signal.families))
        return Content.assemble(Content(f"{signal.key}  ").stylize("bold"), f"{signal.barrier} ({families})")

    def action_step(self, step: int) -> None:
        """Up and down through the list."""
        lines = self.query_one(OptionList)
        if lines.option_count:
            lines.highlighted = ((lines.highlighted or 0) + step) % lines.option_count

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field takes."""
        event.stop()
        self.take()

    def on_option_list_option_selected(self) -> None:
        """A click takes the line."""
        self.take()

    def take(self) -> None:
        """Give the answer; nothing typed and nothing there is none."""
        lines = self.query_one(OptionList)
        if lines.highlighted is None:
            return
        key = lines.get_option_at_index(lines.highlighted).id or ""
        typed = " ".join(self.query_one(Field).value.split())
        self.dismiss(Wish(barrier=typed) if key == _NEW else Wish(key=key))


def note_signal(
    screen: CommandScreen[Any],
    places: Sequence[SignalPlace],
    *,
    where: str,
    domain: str = "",
    say: Callable[[str], None] | None = None,
) -> None:
    """Ask which barrier, and store it with its places; `where` are finished words for them."""
    today, tell = screen.frame.day, say or screen.frame.say

    def noted(signal: Signal) -> None:
        families = tn("{n} family", "{n} families", len(signal.families))
        tell(
            t(
                "Signal {key} noted at {where}. It counts {families} now.",
                key=signal.key,
                where=where,
                families=families,
            )
        )

    def answered(wish: Wish | None) -> None:
        if wish is None:
            return
        if wish.barrier:
            screen.write(
                lambda project: project.signals.note(wish.barrier, today=today, domain=domain, places=places), noted
            )
            return

        def added(counted: tuple[int, Signal]) -> None:
            new, signal = counted
            if new:
                noted(signal)
            else:
                tell(t("Signal {key} was noted here already.", key=signal.key))

        screen.write(
            lambda project: (project.signals.add_places(wish.key, places), project.signals.get(wish.key)), added
        )

    screen.app.push_screen(SignalWindow(where, screen.project.signals.all()), answered)
