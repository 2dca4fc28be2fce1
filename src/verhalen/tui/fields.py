"""Fields to type in. Ctrl+z undoes typing there and never reaches the project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.console import RenderableType
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Checkbox, Input, OptionList, RadioButton, Select, TextArea


class Field(Input):
    """One line of text with its own undo, which Textual's has not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo_typing", show=False),
        Binding("ctrl+y", "redo_typing", show=False),
    ]

    def __init__(self, value: str = "", *, placeholder: str = "", key: str | None = None, hidden: bool = False) -> None:
        super().__init__(value, placeholder=placeholder, id=key, select_on_focus=False, password=hidden)
        self._values = [value]
        self._at = 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember every state but those that undo and redo bring back."""
        if event.value != self._values[self._at]:
            self._values = [*self._values[: self._at + 1], event.value]
            self._at += 1

    def action_undo_typing(self) -> None:
        """One step of typing back."""
        self._go(self._at - 1)

    def action_redo_typing(self) -> None:
        """One step of typing forth."""
        self._go(self._at + 1)

    def _go(self, to: int) -> None:
        if 0 <= to < len(self._values):
            self._at = to
            self.value = self._values[to]
            self.cursor_position = len(self.value)


class Prose(TextArea):
    """Several lines of text; tab goes to the next field."""

    def __init__(self, text: str = "", *, key: str | None = None) -> None:
        super().__init__(text, id=key, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)


class Choice(RadioButton):
    """One of several answers. Textual's own tells by colour alone which one is chosen."""

    DEFAULT_CSS = """
    Choice { border: none; background: $background; padding: 0; height: 1; }
    RadioSet:focus > Choice.-selected { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    def render(self) -> Content:
        """Brackets, filled or not."""
        return Content.assemble("(●) " if self.value else "( ) ", self.label)


class Tick(Checkbox):
    """Yes or no, told by a mark and not by colour alone."""

    DEFAULT_CSS = """
    Tick { border: none; background: $background; padding: 0; height: 1; }
    Tick:focus { border: none; background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    def render(self) -> Content:
        """Brackets, crossed or not."""
        return Content.assemble("[x] " if self.value else "[ ] ", self.label)


class Picker(Select[str]):
    """One of a list that folds open. Textual paints the line for "nothing chosen" too faint to read."""

    def on_mount(self) -> None:
        """Textual makes the list in its own handler, which comes after this one."""
        self.call_next(self._at_full_strength)

    def set_options(self, options: Iterable[tuple[RenderableType, str]]) -> None:
        """Other lines."""
        super().set_options(options)
        self._at_full_strength()

    def _at_full_strength(self) -> None:
        self.query_one(OptionList).replace_option_prompt_at_index(0, self.prompt)


TEXT_FIELDS = (Input, TextArea)
"""Widgets in which ctrl+z belongs to the typing."""
