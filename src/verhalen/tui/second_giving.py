"""Windows to give a colleague texts to code: chosen one by one, or drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.errors import VerhalenError
from verhalen.i18n import mark, t
from verhalen.model.second_coder import CONSENSUS, Drawn, Progress, Task
from verhalen.model.text import Source
from verhalen.tui.ask_form import Answers, AskForm, Question
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog, CommandScreen
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.fields import Field
from verhalen.tui.tick_list import TickList

USUAL = "20"
"""Percent that is proposed."""


class TickText(Command["GiveWindow"]):
    """In or out."""

    id = "tick-text"
    key = "space"
    title = mark("Tick")
    help = mark("Tick the text of the cursor, or take the tick away. Enter or a click does the same.")

    def possible(self, screen: GiveWindow) -> bool:
        """On the list."""
        return screen.is_on_list

    def run(self, screen: GiveWindow) -> None:
        """Turn it."""
        screen.tick()


class GiveTicked(Command["GiveWindow"]):
    """Away they go."""

    id = "give-ticked"
    key = "ctrl+s"
    title = mark("Give")
    help = mark("Give the ticked texts to this colleague.")
    priority = True

    def run(self, screen: GiveWindow) -> None:
        """Store it."""
        screen.give()


class GiveWindow(CommandDialog[list[Task] | None]):
    """Asks whom and which; gives the new tasks."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (TickText, GiveTicked, CancelDialog)
    DEFAULT_CSS = """
    GiveWindow { align: center middle; }
    GiveWindow > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    GiveWindow TickList { height: auto; max-height: 50vh; background: $surface; padding: 0; }
    GiveWindow Static { height: auto; }
    GiveWindow #problem { color: $text-warning; }
    GiveWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, tasks: Sequence[Progress]) -> None:
        super().__init__()
        self._open = {(each.task.source_id, each.task.coder) for each in tasks if each.task.back is None}
        self._texts: list[Source] = []
        self._ticked: set[int] = set()

    def compose(self) -> ComposeResult:
        """Who, which, what is wrong, keys."""
        with Vertical():
            yield Static(t("Who codes along? The name under which he or she opens the project."), markup=False)
            yield Field(placeholder=others_hint(self), key="who")
            yield Static(t("Which texts?"), markup=False)
            yield TickList(markup=False)
            yield Static(id="problem", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the name."""
        self._texts = self.project.sources.all()
        self._fill()
        self.query_one(Field).focus()

    @property
    def is_on_list(self) -> bool:
        """Whether the cursor is there."""
        return isinstance(self.focused, OptionList)

    @property
    def who(self) -> str:
        """The name that was typed."""
        return self.query_one(Field).value.strip()

    def on_input_changed(self) -> None:
        """Somebody else, other open texts."""
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the list."""
        event.stop()
        self.query_one(TickList).focus()

    def _fill(self) -> None:
        lines = self.query_one(TickList)
        at = lines.highlighted
        lines.clear_options().add_options([Option(self._line(each)) for each in self._texts])
        lines.highlighted = at if at is not None else 0 if self._texts else None

    def _line(self, text: Source) -> str:
        box = "[x]" if text.id in self._ticked else "[ ]"
        there = t("has it already") if (text.id, self.who) in self._open else ""
        return " · ".join(each for each in (f"{box} {text.number} · {text.title}", there) if each)

    def tick(self) -> None:
        """The text of the cursor: in or out, and on to the next."""
        lines = self.query_one(TickList)
        at = lines.highlighted
        if at is None or at >= len(self._texts):
            return
        self._ticked ^= {self._texts[at].id}
        lines.replace_option_prompt_at_index(at, self._line(self._texts[at]))
        lines.highlighted = min(at + 1, len(self._texts) - 1)

    def on_tick_list_box_clicked(self) -> None:
        """A click on the box."""
        self._tick_here()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click on the line."""
        self._tick_here()

    def _tick_here(self) -> None:
        at = self.query_one(TickList).highlighted
        self.tick()
        self.query_one(TickList).highlighted = at

    def give(self) -> None:
        """Store it; what is wrong is said here."""
        chosen = [each.id for each in self._texts if each.id in self._ticked]
        if not self.who:
            self._complain(t("Type the name of your colleague."))
        elif not chosen:
            self._complain(t("Tick at least one text: space or a click."))
        else:
            who = self.who
            self.write(lambda project: project.second_coding.give(chosen, who), self._close, self._refused)

    def _close(self, tasks: list[Task]) -> None:
        if not tasks:
            self._complain(t("All of these are open already for this colleague."))
        elif self.is_current:
            self.dismiss(tasks)

    def _refused(self, error: VerhalenError) -> None:
        self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#problem", Static).update(sentence)


def others_hint(screen: CommandScreen[Any]) -> str:
    """Names of colleagues who coded before."""
    names = {each.name for each in screen.project.codings.coders()} - {screen.project.coder, CONSENSUS}
    return t("for example {name}", name=sorted(names)[0]) if names else ""


def ask_draw(screen: CommandScreen[Any], drawn: Callable[[Drawn], None]) -> None:
    """Ask whom and how many; `drawn` hears what was drawn."""
    questions = [
        Question("who", t("Who codes along?"), hint=others_hint(screen)),
        Question("share", t("How many percent of the texts?"), USUAL),
        Question("seed", t("Number of the draw"), hint=t("empty: a new one")),
    ]

    def submit(form: AskForm, said: Answers) -> None:
        share, seed = _number(said["share"]), said["seed"]
        if not said["who"]:
            form.complain(t("Type the name of your colleague."))
        elif share is None:
            form.complain(t("Give a number of percent, such as 20."))
        elif seed and not seed.isdecimal():
            form.complain(t("The number of the draw has only digits; leave it empty for a new one."))
        else:
            screen.write(
                lambda project: project.second_coding.draw(share, said["who"], seed=int(seed) if seed else None),
                lambda found: _close(form, found),
                lambda error: form.complain(str(error)),
            )

    def _close(form: AskForm, found: Drawn) -> None:
        form.close()
        drawn(found)

    about = t(
        "Usual is 10 to 25 percent. Whole texts are drawn at random; the number of the draw is kept with them, so that "
        "anybody can draw the same ones again."
    )
    screen.app.push_screen(AskForm(t("Draw texts for a second coder"), questions, submit, about=about))


def _number(words: str) -> float | None:
    try:
        return float(words.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
