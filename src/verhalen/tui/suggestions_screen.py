"""What may get a code: suggestions in a list, each with its words and why. Nothing is coded before a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.act import Act
from verhalen.model.suggestion import Suggestion
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.suggestions import SUGGESTIONS
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.suggestions_acts import SuggestionActs
from verhalen.tui.suggestions_desk import SuggestionsDesk
from verhalen.tui.suggestions_lines import detail, line

WIDE = 120
"""From so many columns on the reasons stand beside the list."""
MOST = 300
"""Suggestions that are listed at once, the best of each text first."""
PATIENCE = 0.3
"""Seconds before looking anew after a change: several changes at once become one look."""


class Found(Message):
    """The texts were looked through; sent from a thread."""

    def __init__(self, found: list[Suggestion]) -> None:
        super().__init__()
        self.found = found


class SuggestionsScreen(CommandScreen[Suggestion | None]):
    """List, words and reasons. Gives the suggestion that is wanted in the text, or None."""

    COMMAND_CLASSES = SUGGESTIONS
    HELP_TITLE: ClassVar[str] = mark("Suggestions")
    HELP_TEXT: ClassVar[str] = mark(
        "These sentences may get a code: a pattern of the code stands in them, or they share words with fragments that "
        "have the code already. You decide: c gives the code, x refuses it for good, space ticks several and b codes all "
        "that are ticked. What has the code already is not listed. With p you write the words at which a code is suggested."
    )
    DEFAULT_CSS = """
    SuggestionsScreen #parts { layout: vertical; height: 1fr; }
    SuggestionsScreen.-wide #parts { layout: horizontal; }
    SuggestionsScreen #found { height: 1fr; width: 1fr; padding: 0; }
    SuggestionsScreen #why { height: 12; width: 1fr; padding: 0 1; border-top: solid $border-blurred; }
    SuggestionsScreen.-wide #why { height: 1fr; border-top: none; border-left: solid $border-blurred; }
    SuggestionsScreen #why Static { height: auto; }
    SuggestionsScreen #status { height: 1; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, source_number: int) -> None:
        super().__init__()
        self.only: str | None = None
        """The one code that is shown; None for all."""
        self.ticked: list[Suggestion] = []
        self.acts = SuggestionActs(self)
        self._source = source_number
        self._everywhere = False
        self._desk: SuggestionsDesk | None = None
        self._found: list[Suggestion] | None = None
        """None until the texts were looked through once."""
        self._shown: list[Suggestion] = []
        self._soon: Timer | None = None

    def body(self) -> ComposeResult:
        """List, reasons, and a line for what was done."""
        with Container(id="parts"):
            yield OptionList(id="found", markup=False)
            with VerticalScroll(id="why", can_focus=False):
                yield Static(markup=False)
        yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Look through the text when all parts are there."""
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self._list.focus()
        self.look()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.call_after_refresh(self._fill)

    @property
    def _list(self) -> OptionList:
        return self.query_one("#found", OptionList)

    @property
    def here(self) -> Suggestion | None:
        """The suggestion of the cursor."""
        # The key bar asks before there is a list.
        found = next(iter(self.query("#found").results(OptionList)), None)
        place = None if found is None else found.highlighted
        return self._shown[place] if place is not None and place < len(self._shown) else None

    def tell(self, sentence: str) -> None:
        """Say something below the list."""
        self.query_one("#status", Static).update(sentence)

    def hear(self, sentence: str) -> None:
        """What was undone or redone stands below the list as well."""
        self.tell(sentence)

    # -- looking -----------------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Look again in a moment, but not after what was accepted here: that is gone from the list already."""
        mine = self.project.coder_id
        known = changed.changes if changed else ()
        if not known or any(each.act is not Act.SUGGESTED or each.coder_id != mine for each in known):
            self.look_again()

    def look_again(self) -> None:
        """Look in a moment, once, however often it is asked for."""
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(PATIENCE, self.look)

    def look(self) -> None:
        """Look through the texts, on another thread."""
        self._desk = SuggestionsDesk(self.project)
        if self._found is None or self._everywhere:
            self.tell(t("Looking for suggestions…"))
        wanted, project = None if self._everywhere else self._source, self.project

        def work() -> None:
            worker = get_current_worker()
            try:
                with project.sibling() as own:
                    found = own.suggestions.of(wanted, stop=lambda: worker.is_cancelled)
            except errors.VerhalenError:
                found = []  # the text or the project is going
            if not worker.is_cancelled:
                self.post_message(Found(found))

        self.run_worker(work, thread=True, exclusive=True, group="suggestions")

    def on_found(self, message: Found) -> None:
        """Show them; ticks stay where the suggestion still stands."""
        is_first = self._found is None or self._everywhere
        self._found = message.found
        self.ticked = [each for each in self.ticked if each in message.found]
        self._fill()
        if is_first:
            self.tell(tn("{n} suggestion", "{n} suggestions", len(message.found)))

    # -- showing -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """The list; the cursor stays at its place."""
        if self._found is None or self._desk is None:
            return
        place = self._list.highlighted or 0
        fitting = [each for each in self._found if self._fits(each)]
        self._shown = fitting[:MOST]
        nothing = t("There is nothing to suggest here. Code some fragments first, or write patterns of a code.")
        options = [Option(self._line(self._desk, each)) for each in self._shown]
        if len(fitting) > MOST:
            more = t("… and {n} more; they come when some of these are decided", n=len(fitting) - MOST)
            options.append(Option(more, disabled=True))
        self._list.clear_options().add_options(options or [Option(nothing, disabled=True)])
        if self._shown:
            self._list.highlighted = min(place, len(self._shown) - 1)
        which = t("all texts") if self._everywhere else self._desk.title(self._source)
        self.title = "  ".join([t(self.HELP_TITLE), which, *([self.only] if self.only else [])])
        self._show()

    def _fits(self, each: Suggestion) -> bool:
        return self.only in (None, each.code)

    @property
    def ready(self) -> list[Suggestion]:
        """What is ticked and not hidden: nobody codes what is not on the screen."""
        return [each for each in self.ticked if self._fits(each)]

    def _line(self, desk: SuggestionsDesk, each: Suggestion) -> Content:
        number = desk.numbers.get(each.source_id) if self._everywhere else None
        room = (self.size.width // 2 if self.has_class("-wide") else self.size.width) - 6  # padding and scroll bar
        return line(each, desk.words(each), ticked=each in self.ticked, number=number, room=room)

    def on_option_list_option_highlighted(self) -> None:
        """Another suggestion."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the text."""
        self.read_in_text()

    def _show(self) -> None:
        """The words and reasons of the suggestion under the cursor."""
        each, desk, told = self.here, self._desk, Content("")
        if each is not None and desk is not None:
            where = desk.title(desk.numbers.get(each.source_id, 0))
            why = [desk.why(reason) for reason in each.reasons]
            text = desk.text(each.source_id, each.version)
            told = detail(each, desk.codes.get(each.code), text, where=where, why=why)
        self.query_one("#why Static", Static).update(told)
        self.query_one("#why").scroll_home(animate=False)
        self.refresh_bindings()

    # -- what the commands ask for -----------------------------------------------------------------------------------

    def take_out(self, gone: Sequence[Suggestion]) -> None:
        """These are decided."""
        self._found = [each for each in self._found or () if each not in gone]
        self.ticked = [each for each in self.ticked if each not in gone]
        self._fill()

    def tick_here(self) -> None:
        """Tick or untick, and go on to the next."""
        each, place = self.here, self._list.highlighted
        if each is None or place is None or self._desk is None:
            return
        self.ticked = [one for one in self.ticked if one != each] if each in self.ticked else [*self.ticked, each]
        self._list.replace_option_prompt_at_index(place, self._line(self._desk, each))
        self._list.highlighted = min(place + 1, len(self._shown) - 1)
        self.tell(t("{n} ticked", n=len(self.ticked)))

    def switch_code(self) -> None:
        """Only the code of the cursor, or all."""
        self.only = None if self.only else self.here.code if self.here else None
        self._list.highlighted = None
        self._fill()

    def switch_texts(self) -> None:
        """Only this text, or all."""
        self._everywhere = not self._everywhere
        self._found, self.only = None, None
        self._list.highlighted = None
        self.look()

    def read_in_text(self) -> None:
        """Give the suggestion of the cursor."""
        if self.here is not None:
            self.dismiss(self.here)
