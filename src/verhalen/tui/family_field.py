"""Which family: type a part of its code, nickname, town or coach; Enter takes the first that fits, or makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import t
from verhalen.tui.palette import plain
from verhalen.tui.writing_fields import ShortLine

NEW = "+"
"""Id of the last line of the list: no code may be that."""


class _FamilyLine(ShortLine):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "walk(1)", show=False),
        Binding("up", "walk(-1)", show=False),
    ]

    def action_walk(self, step: int) -> None:
        """The cursor of the list below; the keys stay here."""
        assert isinstance(self.parent, FamilyField)
        self.parent.walk(step)

    async def action_submit(self) -> None:
        """Take the line under the cursor of the list."""
        assert isinstance(self.parent, FamilyField)
        self.parent.take()

    def on_blur(self) -> None:
        """Left with a whole code in it, or words that fit one family only: that is the family."""
        assert isinstance(self.parent, FamilyField)
        self.parent.leave()

    def on_focus(self) -> None:
        """Show what there is to choose from."""
        assert isinstance(self.parent, FamilyField)
        self.parent.show_list()


class FamilyField(Vertical):
    """A field with the families that fit below it."""

    DEFAULT_CSS = """
    FamilyField { height: auto; }
    FamilyField OptionList { height: auto; max-height: 6; display: none; background: $surface; padding: 0; }
    FamilyField OptionList.-shown { display: block; }
    """

    class Wanted(Message):
        """A family that does not exist yet is wanted, under this code if it is not empty."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self, families: Sequence[tuple[str, str]], chosen: str, *, key: str, hint: str, heard: Callable[[], None]
    ) -> None:
        super().__init__(id=key)
        self._heard = heard
        """Called when another family is chosen, or none; at once, as with `Answers`."""
        self._families = dict(families)
        """Finished words by key, in the order of the list."""
        self._hint = hint
        self.value = chosen if chosen in self._families else ""
        self._listed: str | None = None

    def compose(self) -> ComposeResult:
        """The field and the list."""
        yield _FamilyLine(self._families.get(self.value, ""), placeholder=self._hint, key="family-line")
        options = OptionList(markup=False)
        options.can_focus = False  # the keys stay in the field; a click chooses
        yield options

    def set_families(self, families: Sequence[tuple[str, str]], chosen: str) -> None:
        """Other families, one of them chosen."""
        self._families = dict(families)
        self._choose(chosen)

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other words: they are no longer the family that was chosen."""
        event.stop()
        self._follow()
        if self._line.has_focus and not self._is_listed:
            self.show_list()

    def _follow(self) -> None:
        if self.value and self._line.value != self._families[self.value]:
            self.value = ""
            self._heard()

    @property
    def _is_listed(self) -> bool:
        """Whether the list is that of the words in the field, and not of those before the last key."""
        return self._listed == self._line.value and not self.value

    def show_list(self) -> None:
        """What fits the words in the field; nothing where they are a family."""
        self._list.set_class(not self.value, "-shown")
        self._listed = self._line.value
        if self.value:
            return
        found = [Option(self._families[key], id=key) for key in self._fitting()]
        if not self._exact():
            code = self._line.value.strip()
            new = t("New family {key}", key=code) if _may_be_code(code) else t("A new family")
            found.append(Option(f"+ {new}", id=NEW))
        self._list.clear_options().add_options(found)
        self._list.highlighted = 0 if found else None

    def _exact(self) -> str:
        written = self._line.value.strip().casefold()
        return next((key for key in self._families if key.casefold() == written), "")

    def _fitting(self) -> list[str]:
        """Keys of the families in which all words stand; the one whose code was typed in full comes first."""
        words, exact = plain(self._line.value).split(), self._exact()
        found = [key for key, told in self._families.items() if all(word in plain(told) for word in words)]
        return sorted(found, key=lambda key: key != exact)

    def walk(self, step: int) -> None:
        """The cursor of the list up or down."""
        if step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def take(self) -> None:
        """The line under the cursor; where a family was chosen, on to the next question."""
        self._follow()
        if not self._is_listed:
            self.show_list()
        at = self._list.highlighted
        if self.value:
            self.screen.focus_next()
        elif at is not None:
            self._take(self._list.get_option_at_index(at).id or "")

    def leave(self) -> None:
        """The keys go elsewhere."""
        self._list.remove_class("-shown")
        fitting = self._fitting() if self._line.value.strip() else []
        if not self.value and fitting and (len(fitting) == 1 or self._exact()):
            self._choose(fitting[0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click in the list."""
        event.stop()
        self._take(event.option.id or "")

    def _take(self, key: str) -> None:
        if key == NEW:
            code = self._line.value.strip()
            self.post_message(self.Wanted(code if _may_be_code(code) else ""))
        elif key:
            self._choose(key)
            self.screen.focus_next()

    def _choose(self, key: str) -> None:
        self.value = key if key in self._families else ""
        self._line.value = self._families.get(self.value, "")
        self._line.cursor_position = len(self._line.value)
        self.show_list()
        if not self._line.has_focus:
            self._list.remove_class("-shown")
        self._heard()

    def on_click(self, event: events.Click) -> None:
        """A click in the field opens the list."""
        self._line.focus()


def _may_be_code(written: str) -> bool:
    """Letters and digits without blanks, with a digit: a name has none."""
    return written.isalnum() and any(letter.isdigit() for letter in written)
