"""Small windows that ask one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog, CommandScreen
from verhalen.tui.fields import Field


class CancelDialog(Command[CommandDialog[Any]]):
    """Close without an answer."""

    id = "cancel"
    key = "escape"
    title = mark("Never mind")
    help = mark("Close this window; nothing changes.")

    def run(self, screen: CommandDialog[Any]) -> None:
        """Close."""
        screen.dismiss(None)


class GiveAnswer(Command["AskLine"]):
    """What was typed."""

    id = "give-answer"
    key = "enter"
    title = mark("All right")
    help = mark("Go on with what you typed.")

    def run(self, screen: AskLine) -> None:
        """Give it."""
        screen.give()


class Choose(CommandDialog[str | None]):
    """One question with a few answers; gives the key of the answer, or None."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (CancelDialog,)
    DEFAULT_CSS = """
    Choose { align: center middle; }
    Choose > Vertical { width: 64; max-width: 95%; height: auto; max-height: 90%; background: $surface;
        border: round $border; padding: 1 2 0 2; }
    Choose OptionList { height: auto; max-height: 12; margin: 1 0; border: none; background: $surface; padding: 0; }
    Choose KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, question: str, answers: Sequence[tuple[str, str | Content]]) -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        """Key and finished sentence."""

    def compose(self) -> ComposeResult:
        """Question, answers, keys."""
        with Vertical():
            yield Static(self._question, markup=False)
            yield OptionList(*(Option(text, id=key) for key, text in self._answers), markup=False)
            yield KeyBar()

    def on_key(self, event: Key) -> None:
        """A letter goes to the next answer that begins with it: in a long list one need not walk."""
        answers, letter = self.query_one(OptionList), (event.character or "").casefold()
        if not letter.isalpha():
            return
        begins = [str(text).lstrip().casefold().startswith(letter) for _, text in self._answers]
        here = answers.highlighted if answers.highlighted is not None else -1
        for at in (*range(here + 1, len(begins)), *range(here + 1)):
            if begins[at]:
                answers.highlighted = at
                event.stop()
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the answer."""
        self.dismiss(event.option.id)


class AskLine(CommandDialog[str | None]):
    """One question with an answer to type; Enter gives it."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (GiveAnswer, CancelDialog)
    DEFAULT_CSS = """
    AskLine { align: center middle; }
    AskLine > Vertical { width: 64; max-width: 95%; height: auto; background: $surface; border: round $border;
        padding: 1 2 0 2; }
    AskLine KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """Question, field, keys."""
        with Vertical():
            yield Static(self._question, markup=False)
            yield Field(self._value)
            yield KeyBar()

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.give()

    def give(self) -> None:
        """Give the answer; an empty one is none."""
        self.dismiss(self.query_one(Input).value.strip() or None)


def yes_or_no(question: str, *, yes: str, no: str = "") -> Choose:
    """A question before an act that cannot be undone; `no` comes first, so that Enter is safe."""
    return Choose(question, [("no", no or t("No, go back")), ("yes", yes)])


def choose(
    screen: CommandScreen[Any], question: str, answers: Sequence[tuple[str, str | Content]], act: Callable[[str], None]
) -> None:
    """Ask one question; `act` hears the key of the answer, and nothing where somebody closes it."""
    screen.app.push_screen(Choose(question, answers), _unless_none(act))


def ask_line(screen: CommandScreen[Any], question: str, act: Callable[[str], None], value: str = "") -> None:
    """Ask for a line to type; `act` hears it, and nothing where somebody closes it."""
    screen.app.push_screen(AskLine(question, value), _unless_none(act))


def _unless_none(act: Callable[[str], None]) -> Callable[[str | None], None]:
    def answered(answer: str | None) -> None:
        if answer is not None:
            act(answer)

    return answered
