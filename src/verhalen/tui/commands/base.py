"""Commands as classes, and the screen that takes its keys, its key bar, its palette and its help from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from verhalen.i18n import t
from verhalen.tui.bars import Heading, KeyBar
from verhalen.tui.commands.keys import key_label, keys_of, with_azerty
from verhalen.tui.messages import ProjectChanged

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.errors import VerhalenError
    from verhalen.tui.app import VerhalenApp

T = TypeVar("T")
ResultT = TypeVar("ResultT")
ScreenT = TypeVar("ScreenT", bound="CommandScreen[Any]")


class Command(Generic[ScreenT]):
    """One act on a screen. Its class names the screen as a string, so that no module of a screen is imported.

    `class ApplyCode(Command["CodingScreen"]): id = "apply-code"; key = "c"; title = mark("Code"); help = mark("...")`
    """

    id: ClassVar[str]
    """Unique on its screen; settings and docs name it."""
    key: ClassVar[str] = ""
    """Default key or keys, comma separated, as Textual names them (`"delete,minus"`). For 1-0 the unshifted Belgian keys
    count too. Empty: by palette and mouse only."""
    title: ClassVar[str]
    """Marked: two or three words for the key bar and the palette."""
    help: ClassVar[str]
    """Marked: one sentence for F1 and the palette."""
    shown: ClassVar[bool] = True
    """Whether the key bar shows it; help and palette always do."""
    priority: ClassVar[bool] = False
    """Whether the key counts before the focused widget sees it. Only for keys that no editor wants."""

    def run(self, screen: ScreenT) -> None:
        """Do it."""
        raise NotImplementedError

    def possible(self, screen: ScreenT) -> bool:
        """Whether it makes sense now; the key bar and the palette leave it out when not."""
        return True


AnyCommand = Command[Any]


class CommandScreen(Screen[ResultT]):
    """A screen whose keys are its commands, and those that count everywhere."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = ()
    """The commands of this screen. (Textual's own `COMMANDS` are palette providers, which we do not use.)"""
    EVERYWHERE_TOO: ClassVar[bool] = True
    """Whether help, palette, undo, redo and quit count here; a small dialog has none of them."""
    UNDOES_PROJECT: ClassVar[bool] = True
    """Whether the general undo and redo count; not where one decides about something that is not stored yet."""
    HELP_TITLE: ClassVar[str] = ""
    """Marked: the name of the screen, for its title and its help."""
    HELP_TEXT: ClassVar[str] = ""
    """Marked: what one does here, in two or three plain sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: dict[str, AnyCommand] = {each.id: each() for each in self.command_classes()}
        """Command by id, in the order of the key bar."""
        self.stale = False
        """Whether something was stored while another screen was in front."""

    def compose(self) -> ComposeResult:
        """Heading, body, key bar. A screen gives its own `body`."""
        yield Heading()
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What stands between the heading and the key bar."""
        yield from ()

    def on_mount(self) -> None:
        """Bind the keys: here and not in the class, since language and keys are the user's.

        Textual calls this one as well as the `on_mount` of a subclass.
        """
        bindings = [binding for command in self.commands.values() for binding in self._bindings_of(command)]
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(bindings)])
        self.title = t(self.HELP_TITLE)
        self.refresh_bindings()

    @classmethod
    def command_classes(cls) -> tuple[type[AnyCommand], ...]:
        """All commands that count here, own ones first. An own command takes the place of a general one with its id."""
        from verhalen.tui.commands.everywhere import EVERYWHERE

        own = {each.id for each in cls.COMMAND_CLASSES}
        own |= set() if cls.UNDOES_PROJECT else {"undo", "redo"}
        general = [each for each in EVERYWHERE if cls.EVERYWHERE_TOO and each.id not in own]
        return (*cls.COMMAND_CLASSES, *general)

    @property
    def frame(self) -> VerhalenApp:
        """The app, as ours."""
        return cast("VerhalenApp", self.app)

    @property
    def project(self) -> Project:
        """The project for reading, on the UI thread. Writing goes by `write`."""
        return self.frame.project

    def write(
        self,
        act: Callable[[Project], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[VerhalenError], None] | None = None,
    ) -> None:
        """Do `act` on the writer's thread; `done` hears the result on the UI thread, after the commit."""
        self.frame.write(act, done, failed)

    def hear(self, sentence: str) -> None:
        """What was undone or redone, or why not: a note in the corner. A screen with a line of its own says it there."""
        self.frame.say(sentence)

    @property
    def at_stake(self) -> str:
        """What is lost where this screen is closed now, in a sentence; empty where nothing is."""
        return ""

    def keys_for(self, command: AnyCommand) -> tuple[str, ...]:
        """The keys of a command, as the user set them."""
        return keys_of(self.frame.settings.keys.get(command.id, command.key))

    def key_text(self, command: AnyCommand) -> str:
        """Its keys for people, without the unshifted digits: `ctrl+z`, `1`, `delete / -`."""
        return " / ".join(key_label(key) for key in self.keys_for(command))

    def commands_now(self) -> list[AnyCommand]:
        """The commands that work now, without those whose keys an earlier one takes."""
        taken: set[str] = set()
        found = []
        for command in self.commands.values():
            keys = set(self.keys_for(command))
            if self.works_now(command) and not (keys and keys <= taken):
                found.append(command)
                taken |= keys
        return found

    def works_now(self, command: AnyCommand) -> bool:
        """Whether it is possible, and its key is not just a letter in the field where the cursor stands."""
        return command.possible(self) and not any(self._is_typing(key) for key in self.keys_for(command)[:1])

    def _is_typing(self, key: str) -> bool:
        focused = self.focused
        return isinstance(focused, Widget) and len(key) == 1 and focused.check_consume_key(key, key)

    def _bindings_of(self, command: AnyCommand) -> list[Binding]:
        action = f"run_command('{command.id}')"
        return [
            Binding(key, action, t(command.title), show=False, priority=command.priority)
            for key in with_azerty(self.keys_for(command))
        ]

    def action_run_command(self, command_id: str) -> None:
        """Run a command by id: keys, the key bar and the palette all come here.

        Not behind another screen: a key or a click that came twice would open it twice.
        """
        command = self.commands[command_id]
        if self.app.screen is self and command.possible(self):
            command.run(self)
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A command that is not possible now leaves its key alone."""
        if action == "run_command" and parameters and str(parameters[0]) in self.commands:
            return self.commands[str(parameters[0])].possible(self)
        return super().check_action(action, parameters)

    def on_screen_resume(self) -> None:
        """Back in front: show what was stored meanwhile."""
        if self.stale:
            self.stale = False
            self.reload()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Something was stored, here or in another window: show it. Screens override `reload`."""
        message.stop()
        self.reload(message)
        self.refresh_bindings()

    async def compose_anew(self) -> None:
        """Build everything again: the language is another one."""
        await self.recompose()
        self.title = t(self.HELP_TITLE)
        self.reload()
        self.focus_next()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again what is shown. `changed` is None where the screen comes back to the front after changes."""


class CommandDialog(CommandScreen[ResultT], ModalScreen[ResultT]):
    """A small window before the screen, with its own commands only."""

    EVERYWHERE_TOO: ClassVar[bool] = False
