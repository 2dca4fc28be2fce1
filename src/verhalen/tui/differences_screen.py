"""Where two coders differ: both codings of a turn beside each other, one difference after the other, talked over and settled."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import combinations
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.coding import Coder
from verhalen.model.second_coder import State
from verhalen.model.text import Span
from verhalen.tui import differences_words as words
from verhalen.tui.beside_text import Beside, BesideText
from verhalen.tui.coder_looks import CoderLooks, looks_of
from verhalen.tui.coding_looks import CodeLook, looks
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.differences import DIFFERENCES
from verhalen.tui.dialogs import choose
from verhalen.tui.differences_acts import DifferenceActs
from verhalen.tui.differences_desk import Desk
from verhalen.tui.differences_list import DifferencesList
from verhalen.tui.differences_side import Side
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.one_reading import OneReading
from verhalen.tui.second_reading import Asked, Key, Place, SharedText, read_places
from verhalen.tui.second_words import why_not

WIDE = 120
"""From so many columns on the list stands beside the words."""
_LIST = 52
"""Cells of the list there."""
_EDGES = 7
"""Cells of the list that are not text: padding, border and scroll bar."""


class DifferencesScreen(CommandScreen[None]):
    """One difference after the other. `acts` ticks and settles, `desk` knows where one is."""

    COMMAND_CLASSES = DIFFERENCES
    BINDINGS: ClassVar[list[BindingType]] = [
        # Second keys of commands, which the key bar need not name.
        Binding("right", "run_command('next-difference')", show=False),
        Binding("left", "run_command('previous-difference')", show=False),
    ]
    HELP_TITLE: ClassVar[str] = mark("Where two coders differ")
    HELP_TEXT: ClassVar[str] = mark(
        "Above stands what was said, with the codings of the first coder in the margin at the left and those of the second "
        "at the right; what they differ about is underlined. Below it stands what each gave. Press 1 where the first one is "
        "right, 2 for the second, 3 for both together, 4 for neither: it is stored at once in a third layer, the consensus, "
        "and the next open difference comes. The codings of both stay as they are. Space says that you only talked it over; "
        "with m you write down why. Ctrl+z takes the last choice back. ○ open, ◐ talked over, ● settled."
    )
    DEFAULT_CSS = """
    DifferencesScreen #desk { height: 1fr; }
    DifferencesScreen #list { width: 1fr; height: 1fr; display: none; }
    DifferencesScreen #list OptionList { height: 1fr; padding: 0; }
    DifferencesScreen #legend { height: 1; padding: 0 1; color: $text-muted; }
    DifferencesScreen.-listing #list { display: block; }
    DifferencesScreen.-listing #middle { display: none; }
    DifferencesScreen.-wide #list { width: 52; display: block; border-right: solid $border-blurred; }
    DifferencesScreen.-wide #middle { display: block; }
    DifferencesScreen #middle { width: 1fr; height: 1fr; }
    DifferencesScreen .line { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        link-color: $foreground; link-style: none; link-background: transparent;
        link-background-hover: $block-cursor-background; link-color-hover: $block-cursor-foreground;
        link-style-hover: none; }
    DifferencesScreen #progress { background: $panel; }
    DifferencesScreen BesideText { height: 1fr; padding: 0; }
    DifferencesScreen #sides { height: 8; border-top: solid $border-blurred; }
    DifferencesScreen.-roomy #sides { height: 14; }
    DifferencesScreen #first { border-right: solid $border-blurred; }
    DifferencesScreen #choices { background: $panel; }
    DifferencesScreen #state { height: auto; max-height: 3; padding: 0 1; }
    DifferencesScreen #status { color: $text-muted; }
    DifferencesScreen.-nothing #sides, DifferencesScreen.-nothing #choices { display: none; }
    """

    VERTICAL_BREAKPOINTS = [(0, "-tight"), (36, "-roomy")]  # noqa: RUF012 - Textual declares it without ClassVar

    def __init__(self, asked: Asked | None = None) -> None:
        super().__init__()
        self.asked = asked or Asked()
        self.desk = Desk()
        self.texts: list[SharedText] = []
        self.acts = DifferenceActs(self)
        self.looks: dict[str, CodeLook] = {}
        self.names: dict[str, str] = {}
        """Name of a code by its key."""
        self.coders: CoderLooks = {}
        self._refused = ""
        """Why nothing is shown; empty where nothing stands in the way."""
        self._is_read = False
        """Whether anything came yet."""
        self._reading = OneReading(self, self._read)
        self._seeks_undone = False
        """Whether to go where undo changed something."""

    def body(self) -> ComposeResult:
        """The list; words, both sides, what was said and settled."""
        with Horizontal(id="desk"):
            with Vertical(id="list"):
                yield DifferencesList()
                yield Static(id="legend", markup=False)
            with Vertical(id="middle"):
                yield Static(id="progress", classes="line", markup=False)
                yield BesideText()
                with Horizontal(id="sides"):
                    yield Side("first")
                    yield Side("second")
                yield Static(id="choices", classes="line")
                yield Static(id="state", markup=False)
                yield Static(id="status", classes="line", markup=False)

    def on_mount(self) -> None:
        """Read."""
        self.query_one("#legend", Static).update(words.legend())
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self.focus_work()
        self.tell(t("Reading…"))
        self.reload()

    def on_resize(self) -> None:
        """Another width: the list beside the words, or in their place."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.call_after_refresh(self.show_all)

    def focus_work(self) -> None:
        """The keys go to the list where it is in sight, else to the words."""
        lists = self.has_class("-wide") or self.has_class("-listing")
        self.query_one(DifferencesList if lists else BesideText).focus()

    # -- reading -------------------------------------------------------------------------------------------------------

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again, beside the screen."""
        self._reading.ask()

    async def _read(self) -> None:
        held, asked = self.desk.stored(), self.asked

        def read() -> tuple[list[SharedText], list[Place]]:
            with self.project.sibling() as own:
                return read_places(own, asked)

        try:
            texts, places = await asyncio.to_thread(read)
        except errors.VerhalenError as error:
            self._refused, texts, places = why_not(self, error), [], []
        else:
            self._refused = ""
        self._came(texts, places, held)

    def _came(self, texts: list[SharedText], places: list[Place], held: frozenset[Key]) -> None:
        codes = self.project.codes.book().codes
        self.looks, self.coders = looks(codes), looks_of(self.project)
        self.names = {each.key: each.name for each in codes}
        self.texts = texts
        changed = self.desk.take(places, held)
        if not self._is_read:
            self._is_read = True
            self.desk.at = self.desk.first_open()
            self.tell("")
        elif self._seeks_undone and changed is not None:
            self.desk.go_to(changed)
        self._seeks_undone = False
        self.show_all()

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """List, words, sides."""
        self._fill_list()
        self.show_here()

    def show_here(self) -> None:
        """The difference that is looked at."""
        if not self._is_read:
            return
        place = self.desk.here
        self.set_class(place is None, "-nothing")
        self.title = f"{t(self.HELP_TITLE)}: {place.text.name}" if place else t(self.HELP_TITLE)
        self.show_progress()
        if place is None:
            self.query_one(BesideText).show(Beside(self._nothing()))
            self.query_one("#state", Static).update("")
        else:
            self.query_one(BesideText).show(words.turn_words(place, self.looks))
            self._show_sides(place)
            self.query_one("#state", Static).update(words.state_words(self.desk, place))
            self.query_one(DifferencesList).point(place)
        self.refresh_bindings()

    def show_progress(self) -> None:
        """How far they are."""
        self.query_one("#progress", Static).update(self._progress(), layout=False)

    def _progress(self) -> str:
        place = self.desk.here
        if place is None:
            return ""
        code = self.names.get(place.judgement.code, place.judgement.code)
        at = t("difference {at} of {n}: {code}", at=self.desk.at + 1, n=len(self.desk.places), code=code)
        counts = t("the consensus counts") if place.text.concluded else ""
        return " · ".join(each for each in (str(self.desk.counts()), at, counts) if each)

    def _nothing(self) -> str:
        if self._refused:
            return self._refused
        if not self.texts:
            return t("No text was coded by two coders yet: give a colleague a text to code too.")
        return t("The two coders agree everywhere: there is nothing to talk over.")

    def _show_sides(self, place: Place) -> None:
        for number, side in enumerate(self.query(Side)):
            command = ("settle-first", "settle-second")[number]
            key = self.key_text(self.commands[command])
            title = words.side_title(place.judgement, number, self.coders, key=key, command=command)
            side.show(title, words.side_words(place, number, self.looks, self.names))
        choices = ("settle-both", "settle-not", "tick-discussed", "write-note")
        self.query_one("#choices", Static).update(Content("   ").join(self._choice(each) for each in choices))

    def _choice(self, command: str) -> Content:
        key, title = self.key_text(self.commands[command]), t(self.commands[command].title)
        return Content.from_markup(
            f"[@click=screen.run_command('{command}')][b]$key[/b] $title[/]", key=key, title=title
        )

    # -- the list ------------------------------------------------------------------------------------------------------

    def _fill_list(self) -> None:
        room = (_LIST if self.has_class("-wide") else self.size.width) - _EDGES
        self.query_one(DifferencesList).fill(self.desk, self.looks, room=room)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The cursor of the list went somewhere."""
        at = self.query_one(DifferencesList).place_of(event.option)
        if at is not None and at != self.desk.at:
            self.desk.go(at)
            self.show_here()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click on a line: to its words."""
        if self.has_class("-listing"):
            self.toggle_list()

    def toggle_list(self) -> None:
        """All differences in place of the words, or the words again."""
        self.toggle_class("-listing")
        self.call_after_refresh(self._after_toggle)

    def _after_toggle(self) -> None:
        self.focus_work()
        self.show_all()

    @property
    def lists_over(self) -> bool:
        """Whether the list lies over the words."""
        return self.has_class("-listing") and not self.has_class("-wide")

    # -- walking -------------------------------------------------------------------------------------------------------

    def step(self, step: int) -> None:
        """To the next one, or the one before."""
        if self.desk.go(self.desk.at + step):
            self.show_here()
        else:
            self.tell(t("This is the last one.") if step > 0 else t("This is the first one."))

    def go_on(self) -> None:
        """To the next open one; where there is none, say so."""
        if not self.desk.go_on() and all(self.desk.state(each) is State.SETTLED for each in self.desk.places):
            key = self.key_text(self.commands["finish-text"])
            self.tell(t("All of it is settled. {key} finishes this text.", key=key))
        self.show_here()

    def read_in_text(self) -> None:
        """The whole text, at this place."""
        place = self.desk.here
        if place is not None:
            self.frame.open_coding(place.text.number, place=Span(place.judgement.start, place.judgement.stop))

    # -- what is compared ----------------------------------------------------------------------------------------------

    @property
    def text(self) -> SharedText | None:
        """The text of the difference that is looked at; where there is none, the only one."""
        here = self.desk.here
        return here.text if here else self.texts[0] if len(self.texts) == 1 else None

    @property
    def pair(self) -> tuple[str, ...]:
        """Identities of the two that stand beside each other."""
        here = self.desk.here
        return tuple(each.identity for each in here.judgement.coders) if here else self.asked.pair or ()

    @property
    def everybody(self) -> list[Coder]:
        """Who coded in any of the texts."""
        return list({each.identity: each for text in self.texts for each in text.coders}.values())

    def ask_coders(self) -> None:
        """Two of them."""
        pairs = list(combinations(self.everybody, 2))
        answers = [(str(at), f"{one.name} ↔ {other.name}") for at, (one, other) in enumerate(pairs)]

        def chosen(answer: str) -> None:
            one, other = pairs[int(answer)]
            self._ask(replace(self.asked, pair=(one.identity, other.identity)))

        choose(self, t("Whose codings stand beside each other?"), answers, chosen)

    def toggle_alike(self) -> None:
        """Other borders and valences too, or not any more."""
        self._ask(replace(self.asked, also_alike=not self.asked.also_alike))
        shown = t("Other borders and other valences are shown too.")
        self.tell(shown if self.asked.also_alike else t("Only codes that one of both gave are shown."))

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        self.reload()

    def see_agreement(self) -> None:
        """Figures per code."""
        self.frame.open_agreement(self.asked)

    # -- saying --------------------------------------------------------------------------------------------------------

    def tell(self, sentence: str) -> None:
        """Say something at the bottom."""
        self.query_one("#status", Static).update(sentence)

    def hear(self, sentence: str) -> None:
        """What was undone stands at the bottom, and what it was about comes in sight."""
        self.tell(sentence)
        self._seeks_undone = True
