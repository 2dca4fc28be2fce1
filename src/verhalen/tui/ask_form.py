"""A small window with a few questions. It stays open until what was filled in is stored, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Select, Static

from verhalen.i18n import mark
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.fields import Field, Picker, Tick


class KeepAnswers(Command["AskForm"]):
    """What was filled in."""

    id = "keep-answers"
    key = "ctrl+s"
    title = mark("Store")
    help = mark("Store what you filled in. Enter in the last field does the same.")
    priority = True

    def run(self, screen: AskForm) -> None:
        """Give it."""
        screen.give()


class LeaveForm(Command["AskForm"]):
    """Close without an answer."""

    id = "leave-form"
    key = "escape"
    title = mark("Never mind")
    help = mark("Close this window; nothing changes.")

    def run(self, screen: AskForm) -> None:
        """Close."""
        screen.dismiss(None)


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form."""

    name: str
    """By which its answer is known."""
    label: str
    """Finished words."""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and finished words of each answer to choose from; empty where one types."""
    hint: str = ""
    """What stands in an empty field."""
    hidden: bool = False
    """Whether what is typed shows as dots."""
    tick: bool = False
    """Whether it is yes or no by a tick; its value and its answer are `TICKED` or empty."""


TICKED = "1"
Answers = dict[str, str]
Submit = Callable[["AskForm", Answers], None]


class AskForm(CommandDialog[None]):
    """Asks some things; `submit` hears the answers, and closes the window or says what is wrong with them."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (KeepAnswers, LeaveForm)
    DEFAULT_CSS = """
    AskForm { align: center middle; }
    AskForm > Vertical { width: 72; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    AskForm VerticalScroll { height: auto; max-height: 58vh; margin: 1 0; }
    AskForm .label { margin-top: 0; }
    AskForm Horizontal { height: auto; }
    AskForm Horizontal Static { width: 32; padding-right: 1; }
    AskForm Field, AskForm Picker { width: 1fr; }
    AskForm #about { color: $text-muted; margin-bottom: 1; }
    AskForm #problem { height: auto; color: $text-warning; }
    AskForm KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, title: str, questions: Sequence[Question], submit: Submit, *, about: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        """A longer explanation, above the questions and scrolling with them."""
        self._questions = questions
        self._submit = submit
        self._waits = False
        """Whether the answers were handed over, and nobody said yet what became of them."""

    def compose(self) -> ComposeResult:
        """Title, questions, what is wrong, keys."""
        with Vertical():
            yield Static(self._title, classes="label", markup=False)
            with VerticalScroll(can_focus=False):
                if self._about:
                    yield Static(self._about, id="about", markup=False)
                for each in self._questions:
                    with Horizontal():
                        if not each.tick:
                            yield Static(each.label, markup=False)
                        yield self._field(each)
            yield Static(id="problem", markup=False)
            yield KeyBar()

    @staticmethod
    def _field(question: Question) -> Field | Picker | Tick:
        if question.tick:
            return Tick(question.label, value=bool(question.value), id=question.name)
        if not question.choices:
            return Field(question.value, placeholder=question.hint, key=question.name, hidden=question.hidden)
        known = {value for value, _ in question.choices}
        return Picker(
            [(words, value) for value, words in question.choices],
            prompt=question.hint,
            value=question.value if question.value in known else Select.NULL,
            id=question.name,
            compact=True,
        )

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.query_one(f"#{self._questions[0].name}").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, and stores in the last one."""
        event.stop()
        if event.input.id == self._questions[-1].name:
            self.give()
        else:
            self.focus_next()

    def give(self) -> None:
        """Hand the answers over, once."""
        if not self._waits:
            self._waits = True
            self._submit(self, {each.name: self._answer(each) for each in self._questions})

    def _answer(self, question: Question) -> str:
        if question.tick:
            return TICKED if self.query_one(f"#{question.name}", Tick).value else ""
        if not question.choices:
            typed = self.query_one(f"#{question.name}", Field).value
            return typed if question.hidden else typed.strip()
        value = self.query_one(f"#{question.name}", Select).value
        return "" if value is Select.NULL else str(value)

    def complain(self, sentence: str) -> None:
        """Say what is wrong, or nothing; everything that was filled in stays, and may be handed over again."""
        self._waits = False
        if self.is_attached:
            self.say(sentence)
        elif sentence:  # somebody closed the window meanwhile
            self.frame.say(sentence, severity="warning")

    def say(self, sentence: str) -> None:
        """Say how far it is, below the questions."""
        self.query_one("#problem", Static).update(sentence)

    def close(self) -> None:
        """It is stored."""
        if self.is_current:
            self.dismiss(None)
