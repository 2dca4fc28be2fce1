"""A window to pick one or several codes (or families) by a few letters, with what the code means below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.model.codebook import Code
from verhalen.tui.bars import KeyBar
from verhalen.tui.coding_fuzzy import Entry, find
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.fields import Field

MOST = 60
"""Lines that are worth showing; a letter more makes the list shorter."""


class TakeIt(Command["Picker"]):
    """Take what is marked, or else the line of the cursor."""

    id = "take"
    key = "enter"
    title = mark("Take")
    help = mark("Take the line of the cursor, or all that are marked.")

    def run(self, screen: Picker) -> None:
        """Give the answer."""
        screen.take()


class MarkIt(Command["Picker"]):
    """Mark a line, to take several."""

    id = "mark"
    key = "space"
    title = mark("Mark several")
    help = mark("Mark this line too, to take several at once.")
    priority = True  # a space finds nothing: keys have none

    def possible(self, screen: Picker) -> bool:
        """Only where several make sense."""
        return screen.several

    def run(self, screen: Picker) -> None:
        """Mark it, or unmark it."""
        screen.mark_here()


class LeaveIt(Command["Picker"]):
    """Close without an answer."""

    id = "leave"
    key = "escape"
    title = mark("Never mind")
    help = mark("Close this window; nothing changes.")

    def run(self, screen: Picker) -> None:
        """Close."""
        screen.dismiss(None)


class Letters(Field):
    """The field of a picker: it leaves the space bar to the command that marks."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A field claims every printable key, and Textual then hides even bindings with priority."""
        return key != "space" and super().check_consume_key(key, character)


class Picker(CommandDialog[tuple[str, ...] | None]):
    """Gives the keys that were picked, or None."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (TakeIt, MarkIt, LeaveIt)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "step(8)", show=False),
        Binding("pageup", "step(-8)", show=False),
    ]
    DEFAULT_CSS = """
    Picker { align: center top; }
    Picker > Vertical { width: 80; max-width: 100%; height: 100%; max-height: 32;
        background: $surface; border: round $border; padding: 0 1; }
    Picker OptionList { height: 1fr; border: none; background: $surface; padding: 0; text-wrap: nowrap;
        text-overflow: ellipsis; }
    Picker #nothing { height: 1fr; padding: 1; color: $text-muted; }
    Picker #detail { height: 8; border-top: solid $border-blurred; }
    Picker #detail Static { height: auto; }
    Picker KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        line: Callable[[Entry], Content],
        *,
        placeholder: str,
        detail: Callable[[str], Content] | None = None,
        several: bool = False,
        ticked: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        self.several = several
        self._entries = entries
        self._line = line
        self._placeholder = placeholder
        self._detail = detail
        self._found: list[Entry] = []
        self._marked: list[str] = list(ticked or ())
        self._is_tick_list = ticked is not None
        """Whether the marks are what holds now, so that unmarking all of them is an answer too."""
        self._touched = False

    def compose(self) -> ComposeResult:
        """Field, list, meaning, keys."""
        with Vertical():
            yield Letters(placeholder=self._placeholder)
            yield OptionList()
            yield Static(t("Nothing fits. Try fewer letters."), id="nothing", markup=False)
            with VerticalScroll(id="detail", can_focus=False):
                yield Static()
            yield KeyBar()

    def on_mount(self) -> None:
        """The cursor stays in the field; the list is moved through from there."""
        self._list.can_focus = False
        self.query_one("#detail").display = self._detail is not None
        self._fill("")

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _fill(self, wanted: str) -> None:
        self._found = find(wanted, self._entries)[:MOST]
        self._list.clear_options().add_options([Option(self._marked_line(each), id=each.key) for each in self._found])
        self._list.highlighted = 0 if self._found else None
        self._list.display = bool(self._found)
        self.query_one("#nothing").display = not self._found

    def _marked_line(self, entry: Entry) -> Content:
        return Content.assemble(self._sign(marked=entry.key in self._marked), self._line(entry))

    def _sign(self, *, marked: bool) -> str:
        if self._is_tick_list:
            return "[x] " if marked else "[ ] "
        if self.several:
            return "✓ " if marked else "  "
        return ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field takes."""
        event.stop()
        self.take()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it means."""
        if self._detail is not None and event.option.id is not None:
            self.query_one("#detail Static", Static).update(self._detail(event.option.id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes the line; where lines are marked already, it marks one more."""
        if self._marked or self._is_tick_list:
            self.mark_here()
        else:
            self.take()

    def action_step(self, step: int) -> None:
        """Up and down through the list."""
        if self._found:
            last = len(self._found) - 1
            here = self._list.highlighted or 0
            round_trip = (here + step) % (last + 1)
            self._list.highlighted = round_trip if abs(step) == 1 else min(max(here + step, 0), last)

    def _here(self) -> str | None:
        place = self._list.highlighted
        return self._found[place].key if place is not None else None

    def mark_here(self) -> None:
        """Mark or unmark the line of the cursor."""
        key = self._here()
        if key is None or self._list.highlighted is None:
            return
        if key in self._marked:
            self._marked.remove(key)
        else:
            self._marked.append(key)
        self._touched = True
        entry = self._found[self._list.highlighted]
        self._list.replace_option_prompt(key, self._marked_line(entry))

    def take(self) -> None:
        """Give what is marked, or else the line of the cursor.

        In a list of ticks that nobody touched, the line of the cursor comes beside them: a few letters and Enter are enough.
        """
        here = self._here()
        if self._is_tick_list:
            more = [here] if here is not None and not self._touched and here not in self._marked else []
            self.dismiss((*self._marked, *more))
        elif self._marked or here is not None:
            self.dismiss(tuple(self._marked) or (here or "",))


def code_detail(code: Code) -> Content:
    """Name, definition, when to use and when not."""
    lines = [Content(f"{code.name}  ").stylize("bold") + Content(code.key).stylize("$text-muted")]
    if code.definition:
        lines.append(Content(code.definition))
    for word, told in ((t("use it for:"), code.include), (t("not for:"), code.exclude)):
        if told:
            lines.append(Content.assemble(Content(f"{word} ").stylize("bold"), told))
    return Content("\n").join(lines)
