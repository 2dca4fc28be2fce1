"""The signal log: the list on the left, one barrier on the right with whom it was told, the answer, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t, tn
from verhalen.model.following import Signal
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.signals import SIGNALS
from verhalen.tui.fields import Field
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.palette import plain
from verhalen.tui.signal_acts import SignalActs
from verhalen.tui.signal_page import signal_page, stage


class SignalsScreen(CommandScreen[None]):
    """Signals and one signal."""

    COMMAND_CLASSES = SIGNALS
    AUTO_FOCUS = "SignalsScreen #left OptionList"  # a key that comes early must not end in the field
    HELP_TITLE: ClassVar[str] = mark("Signal log")
    HELP_TEXT: ClassVar[str] = mark(
        "A signal is a barrier that no family lifts alone: a waiting list, a rule, a service that cannot be reached. Note it "
        "with Z where you meet it: at a story, a fragment, a family or a snapshot. Here you see how many families meet it, "
        "counted anew each time, and you write down whom you told, what they answered and what came of it. Next year's "
        "report begins with that. Enter shows where it was seen."
    )
    DEFAULT_CSS = """
    SignalsScreen #left { width: 38; height: 1fr; border-right: solid $border-blurred; }
    SignalsScreen #left OptionList { height: 1fr; padding: 0; }
    SignalsScreen #right { width: 1fr; height: 1fr; padding: 0 1; scrollbar-gutter: stable; }
    """

    def __init__(self, key: str | None = None) -> None:
        super().__init__()
        self.acts = SignalActs(self, self._go_to)
        self._chosen = key
        self._signals: dict[str, Signal] = {}
        self._domains: dict[str, str] = {}

    @property
    def signal(self) -> Signal | None:
        """The one on the right."""
        return self._signals.get(self._chosen or "")

    def body(self) -> ComposeResult:
        """List and page."""
        with Horizontal():
            with Vertical(id="left"):
                field = Field(placeholder=t("Find a signal"))
                # The app's style sheet gives fields a border; an inline style counts above it.
                field.styles.border = ("none", "transparent")
                field.styles.height = 1
                field.styles.padding = (0, 1)
                yield field
                yield OptionList()
            with VerticalScroll(id="right"):
                yield Page()

    def on_mount(self) -> None:
        """Fill both."""
        self.reload()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read the signals again: their families are counted now."""
        self._signals = {each.key: each for each in self.project.signals.all()}
        self._domains = {each.key: each.name for each in self.project.scores.domains().domains}
        self._fill()

    def _go_to(self, key: str) -> None:
        self._chosen = key
        self.query_one(Field).value = ""
        self.reload()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what fits."""
        event.stop()
        self._fill()

    def on_input_submitted(self) -> None:
        """Enter in the field goes to the list."""
        self.query_one(OptionList).focus()

    def _fill(self) -> None:
        wanted = plain(self.query_one(Field).value).split()
        found = [each for each in reversed(self._signals.values()) if all(word in _told(each) for word in wanted)]
        options = self.query_one(OptionList)
        options.clear_options().add_options(
            [Option(_line(each), id=each.key) for each in found] or [Option(self._none(), disabled=True)]
        )
        keys = [each.key for each in found]
        if keys:
            options.highlighted = keys.index(self._chosen) if self._chosen in keys else 0
            self._chosen = keys[options.highlighted or 0]
        else:
            self._chosen = None
        self._show()

    def _none(self) -> str:
        if self._signals:
            return t("No signal fits. Try another word.")
        return t("Nothing is noted yet. Press Z at a story, a fragment, a family or a snapshot.")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another one."""
        self._chosen = event.option.id
        self._show()
        self.query_one("#right").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        """Enter or a click shows where it was seen."""
        self.acts.places()

    def _show(self) -> None:
        self.query_one(Page).fill(signal_page(self.project, self.signal, self._domains) if self.signal else ())
        self.refresh_bindings()


def _line(each: Signal) -> Content:
    families = tn("{n} family", "{n} families", len(each.families))
    first = Content(f"{each.key}  {each.barrier}").stylize("bold")
    return Content.assemble(first, "\n", Content(f"{families} · {stage(each)}"))


def _told(each: Signal) -> str:
    return plain(f"{each.key} {each.barrier} {each.service} {each.whom} {each.answer} {each.result}")
