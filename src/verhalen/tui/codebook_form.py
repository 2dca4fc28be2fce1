"""A window for what a code is called and what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from verhalen import errors
from verhalen.coding.codebook_editing import checked_key
from verhalen.i18n import mark, t
from verhalen.model.codebook import Code
from verhalen.tui.bars import KeyBar
from verhalen.tui.codebook_lines import key_for
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.fields import Field, Prose


class KeepCode(Command["CodeForm"]):
    """Keep what is written."""

    id = "keep"
    key = "ctrl+s,escape"
    title = mark("Keep and close")
    help = mark("Keep what you wrote and go back.")
    priority = True  # a text area takes escape for itself

    def run(self, screen: CodeForm) -> None:
        """Check, and give it."""
        screen.keep()


class DropCode(Command["CodeForm"]):
    """Leave the code as it was."""

    id = "drop"
    key = "ctrl+d"
    title = mark("Leave as it was")
    help = mark("Close this window; nothing changes.")
    priority = True  # a text area takes the key for itself

    def run(self, screen: CodeForm) -> None:
        """Give nothing."""
        screen.dismiss(None)


@dataclass(frozen=True, slots=True)
class CodeText:
    """What the form holds."""

    key: str = ""
    name: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""

    @classmethod
    def of(cls, code: Code) -> CodeText:
        """What a code is called and what it means."""
        return cls(code.key, code.name, code.definition, code.include, code.exclude)

    def upon(self, before: CodeText, now: CodeText) -> CodeText:
        """What was written here, with what somebody else wrote meanwhile (`now`) where this left things as they were."""
        fields = ("key", "name", "definition", "include", "exclude")
        mine = {each: getattr(self, each) for each in fields if getattr(self, each) != getattr(before, each)}
        return replace(now, **mine)


class CodeForm(CommandDialog[CodeText | None]):
    """Gives what was written, or None where nothing changes."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (KeepCode, DropCode)
    DEFAULT_CSS = """
    CodeForm { align: center middle; }
    CodeForm > Vertical { width: 100; max-width: 100%; height: 24; max-height: 100%; background: $surface;
        border: round $border; padding: 0 1; }
    CodeForm .pair { height: auto; }
    CodeForm .half { width: 1fr; height: auto; }
    CodeForm .part { height: 1fr; }
    CodeForm .part .half { height: 1fr; }
    CodeForm .label { margin-top: 0; }
    CodeForm Prose { height: 1fr; min-height: 3; }
    CodeForm #problem { height: auto; color: $text-warning; }
    CodeForm KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(
        self,
        title: str,
        before: CodeText,
        *,
        parent: str | None = None,
        taken: Callable[[str], bool],
        alike: Callable[[str], tuple[str, ...]],
        typed: CodeText | None = None,
        problem: str = "",
    ) -> None:
        """`taken` says whether another code has a key, `alike` which codes have a name.

        `typed` is what somebody wrote before and could not store, for the `problem` that is told.
        """
        super().__init__()
        self._title = title
        self._before = before
        self._shown = typed or before
        self._said = problem
        self._above = parent
        self._taken = taken
        self._alike = alike
        self._made_key = "" if not before.name else before.key
        """The key that was made of the name; while it stands there, it follows the name."""
        self._warned = ""

    def compose(self) -> ComposeResult:
        """Two lines, three texts, keys."""
        with Vertical():
            yield Static(self._title, classes="label", markup=False)
            with Horizontal(classes="pair"):
                with Vertical(classes="half"):
                    yield Static(t("Its name"), markup=False)
                    yield Field(self._shown.name, key="name")
                with Vertical(classes="half"):
                    yield Static(t("Key, for lists and searches"), markup=False)
                    yield Field(self._shown.key, key="key")
            with Vertical(classes="part"):
                yield Static(t("What it means"), markup=False)
                yield Prose(self._shown.definition, key="definition")
            with Horizontal(classes="part"):
                with Vertical(classes="half"):
                    yield Static(t("When to use it"), markup=False)
                    yield Prose(self._shown.include, key="include")
                with Vertical(classes="half"):
                    yield Static(t("When not"), markup=False)
                    yield Prose(self._shown.exclude, key="exclude")
            yield Static(self._said, id="problem", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name", Field).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The key of a new code follows its name, until somebody writes one."""
        key = self.query_one("#key", Field)
        if event.input.id == "name" and not self._before.name and key.value in (self._made_key, self._before.key):
            self._made_key = key_for(event.value, self._above)
            key.value = self._made_key

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.focus_next()

    @property
    def now(self) -> CodeText:
        """What stands there."""
        name, key = (" ".join(self.query_one(f"#{each}", Field).value.split()) for each in ("name", "key"))
        definition, include, exclude = (
            self.query_one(f"#{each}", Prose).text.strip() for each in ("definition", "include", "exclude")
        )
        return CodeText(key, name, definition, include, exclude)

    def keep(self) -> None:
        """Give it, if the codebook can hold it; a name that is there already is told once."""
        now = self.now
        untouched = not self._before.name and now.name == now.definition == now.include == now.exclude == ""
        if now == self._before or untouched:
            self.dismiss(None)
            return
        problem = self._problem(now)
        if problem:
            self.query_one("#problem", Static).update(problem)
        else:
            self.dismiss(now)

    def _problem(self, now: CodeText) -> str:
        if not now.name:
            return t("Give the code a name, or leave it as it was.")
        try:
            checked_key(now.key)
        except errors.BadCode as error:
            return str(error)
        if now.key != self._before.key and self._taken(now.key):
            return str(errors.CodeExists(key=now.key))
        alike = self._alike(now.name) if now.name != self._before.name else ()
        if alike and self._warned != now.name:
            self._warned = now.name
            return t("Mind: {keys} has the same name. Keep it once more if you mean it.", keys=", ".join(alike))
        return ""
