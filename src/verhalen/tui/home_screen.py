"""The first screen: three doors, and below them what is waiting."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Digits, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.api.half_told import HalfTold
from verhalen.api.snapshot_forms import Unfinished
from verhalen.api.waiting import Wait, Waiting, waiting
from verhalen.i18n import mark, t, tn
from verhalen.model.family import Family
from verhalen.model.following import Feedback
from verhalen.model.story import Story
from verhalen.model.text import Source
from verhalen.msc.round_words import to_whom
from verhalen.settings import load_settings
from verhalen.tui.commands.base import AnyCommand, CommandScreen
from verhalen.tui.commands.home import HOME, LookAndCode, SeeFamilies, TellStory
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.paths import plain_name
from verhalen.tui.words import age_text, day_text

DOORS: tuple[tuple[type[AnyCommand], str], ...] = (
    (TellStory, mark("After a visit. Five minutes.")),
    (SeeFamilies, mark("What changed, and what did not.")),
    (LookAndCode, mark("Interviews, fragments and codes.")),
)


class Door(Widget, can_focus=True):
    """A big button with its digit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("down", "leave", show=False),
    ]
    DEFAULT_CSS = """
    Door { width: 1fr; height: 5; border: round $border-blurred; background: $surface; padding: 0 1; margin: 0 1 0 0;
        layout: horizontal; }
    Door:focus { border: heavy $border; background: $block-cursor-blurred-background; }
    Door:hover { background: $block-hover-background; }
    Door Digits { width: 4; color: $text-primary; }
    Door .name { text-style: bold; }
    Door .about { color: $text-muted; display: none; }
    """

    class Opened(Message):
        """Somebody goes through."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command
            """Id of the command behind the door."""

    def __init__(self, number: int, command: type[AnyCommand], about: str) -> None:
        super().__init__(id=command.id)
        self._number = number
        self._command = command
        self._about = about

    def compose(self) -> ComposeResult:
        """The digit, the name, a few words."""
        yield Digits(str(self._number))
        with Vertical():
            yield Static(t(self._command.title), classes="name", markup=False)
            yield Static(t(self._about), classes="about", markup=False)

    def on_click(self) -> None:
        """The mouse way."""
        self.action_open()

    def action_open(self) -> None:
        """The key way."""
        self.post_message(self.Opened(self._command.id))

    def action_leave(self) -> None:
        """Down from any door is what waits."""
        self.screen.query_one(WaitingList).enter()


class WaitingList(OptionList):
    """What waits, one line each. Up from the first line goes back to the doors."""

    def enter(self) -> None:
        """Come in from above, on the first line that can be chosen."""
        self.focus()
        if self.highlighted is None:
            self.action_first()

    def action_cursor_up(self) -> None:
        """As in any list, but without the jump from first to last."""
        before = self.highlighted
        super().action_cursor_up()
        if before is None or (self.highlighted is not None and self.highlighted >= before):
            self.highlighted = before
            self.screen.query(Door).first().focus()


class HomeScreen(CommandScreen[None]):
    """Three doors and what is waiting."""

    COMMAND_CLASSES = HOME
    VERTICAL_BREAKPOINTS = [(0, "-tight"), (32, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar
    HELP_TITLE: ClassVar[str] = mark("Stories: start")
    HELP_TEXT: ClassVar[str] = mark(
        "Choose a door: with its digit (no Shift needed), with the arrows and Enter, or with the mouse. "
        "Below the doors stands what is waiting, your own families first. Enter takes you there."
    )
    DEFAULT_CSS = """
    HomeScreen #greeting { padding: 1 2 0 2; text-style: bold; }
    HomeScreen #doors { height: auto; padding: 1 1 0 2; }
    HomeScreen #waiting-title { padding: 1 2 0 2; color: $text-muted; }
    HomeScreen WaitingList { height: 1fr; margin: 0 1; }
    HomeScreen.-roomy Door { height: 7; padding: 1 2; }
    HomeScreen.-roomy Door Digits { width: 6; }
    HomeScreen.-roomy Door .about { display: block; }
    HomeScreen.-roomy #greeting { padding: 2 4 0 4; }
    HomeScreen.-roomy #doors { padding: 1 3 0 4; }
    HomeScreen.-roomy #waiting-title { padding: 2 4 0 4; }
    HomeScreen.-roomy WaitingList { margin: 0 3; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Waiting] = []

    def body(self) -> ComposeResult:
        """Greeting, doors, list."""
        name = self.project.coder
        yield Static(t("Hello {name}. What do you want to do?", name=name), id="greeting", markup=False)
        with Horizontal(id="doors"):
            for number, (command, about) in enumerate(DOORS, 1):
                yield Door(number, command, about)
        yield Static(id="waiting-title", markup=False)
        yield WaitingList()

    def on_mount(self) -> None:
        """Show what waits."""
        self.reload()

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again what waits; the cursor stays on its line."""
        self._waiting = waiting(self.project, today=self.frame.day)
        lines = self.query_one(WaitingList)
        place = lines.highlighted
        lines.clear_options().add_options(self._options())
        if place is not None and lines.option_count:
            lines.highlighted = min(place, lines.option_count - 1)
        self.query_one("#waiting-title", Static).update(self._title())

    def _title(self) -> str:
        count = len(self._waiting)
        if not count:
            return t("Nothing is waiting. Well done.")
        said = tn("{n} thing is waiting", "{n} things are waiting", count)
        if any(each.why is Wait.SNAPSHOT for each in self._waiting):
            days = load_settings().snapshot_days
            said += f" · {t('a family waits after {days} days without a snapshot', days=days)}"
        return said

    def _options(self) -> list[Option]:
        options: list[Option] = []
        mine = [each for each in self._waiting if each.mine]
        others = [each for each in self._waiting if not each.mine]
        if mine:
            options.append(Option(t("Your families"), disabled=True))
            options += [self._option(each) for each in mine]
        if mine and others:
            options.append(Option(t("The others"), disabled=True))
        return options + [self._option(each) for each in others]

    def _option(self, each: Waiting) -> Option:
        return Option(self._sentence(each), id=_id_of(each))

    def _sentence(self, each: Waiting) -> str:
        label = self.project.privacy.family_label
        match each.about:
            case Unfinished(form=form, answers=answers):
                return tn(
                    "Family {key}: snapshot of {day} not finished ({n} answer)",
                    "Family {key}: snapshot of {day} not finished ({n} answers)",
                    answers,
                    key=label(form.family),
                    day=day_text(form.day),
                )
            case HalfTold(family=""):
                return t("A story is half told")
            case HalfTold(family=family):
                return t("Family {key}: a story is half told", key=label(family))
            case Family(key=key, last_snapshot=None):
                return t("Family {key}: no snapshot yet", key=label(key))
            case Family(key=key, last_snapshot=day) if day is not None:
                return t("Family {key}: last snapshot {ago}", key=label(key), ago=age_text(day, self.frame.day))
            case Story(key=key, family=family):
                return t("Story {key} of family {family}: consent still to ask", key=key, family=label(family))
            case int(questions) if each.why is Wait.DECISION:
                return tn(
                    "{n} question after taking in work: choose what stays",
                    "{n} questions after taking in work: choose what stays",
                    questions,
                )
            case int(parts):
                return tn(
                    "Numbers and stories: {n} part of life not discussed yet",
                    "Numbers and stories: {n} parts of life not discussed yet",
                    parts,
                )
            case Path(name=name) if each.why is Wait.COPY:
                return t("{file} looks like a second copy of your work: see what is in it", file=plain_name(name))
            case Path(name=name):
                return t("Filled in and ready to read in: {file}", file=name)
            case Feedback() as line:
                return t("Feedback still to give: {whom}", whom=to_whom(line))
            case Source(number=number, title=title) if each.why is Wait.UNREAD:
                return t("Conversation {n}, {title}: names replaced, still to be read", n=number, title=title)
            case Source(number=number, title=title):
                if self.frame.hides_others:
                    return t("Conversation {n}, {title}: not coded by you yet", n=number, title=title)
                return t("Conversation {n}, {title}: not coded yet", n=number, title=title)
            case _:
                return each.key

    @property
    def waiting_family(self) -> Family | None:
        """The family whose snapshot waits on the line of the cursor."""
        lines = self.query_one(WaitingList)
        option = lines.highlighted_option if lines.has_focus else None
        found = next((each for each in self._waiting if option and _id_of(each) == option.id), None)
        return found.about if found and found.why is Wait.SNAPSHOT and isinstance(found.about, Family) else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another line, other keys."""
        event.stop()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """From the doors to the list or back: other keys."""
        self.refresh_bindings()

    def put_off(self) -> None:
        """Leave a snapshot for later; the list hears of it, since no change of the project tells."""
        from verhalen.tui.family_acts import FamilyActs

        if self.waiting_family is not None:
            FamilyActs(self, lambda _: self.reload()).put_off(self.waiting_family)

    def on_door_opened(self, message: Door.Opened) -> None:
        """Through a door."""
        self.action_run_command(message.command)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To what waits."""
        chosen = next(each for each in self._waiting if _id_of(each) == event.option.id)
        match chosen.why:
            case Wait.HALF_TOLD:
                self.frame.open_story_form(draft_key=chosen.key)
            case Wait.HALFWAY if isinstance(chosen.about, Unfinished):
                self.frame.open_snapshot_form(chosen.about.form)
            case Wait.SNAPSHOT:
                self.frame.open_families(chosen.key)
            case Wait.CONSENT:
                self.frame.open_stories(chosen.key)
            case Wait.PAPER if isinstance(chosen.about, Path):
                self.frame.open_table(chosen.about)
            case Wait.COPY if isinstance(chosen.about, Path):
                self.frame.open_arrival(chosen.about)
            case Wait.DECISION:
                self.frame.open_decisions()
            case Wait.FEEDBACK:
                self.frame.open_feedback()
            case Wait.VERDICT:
                self.frame.open_joint()
            case Wait.UNCODED | Wait.UNREAD:
                self.frame.open_coding(int(chosen.key))


def _id_of(each: Waiting) -> str:
    return f"{each.why.name}-{each.key}"
