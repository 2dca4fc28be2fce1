"""Finding: words in all texts, or fragments by a question; a list to walk through and to code from."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.text import Span
from verhalen.tui import coding_here as codes
from verhalen.tui.code_picker import Picker, code_detail
from verhalen.tui.coding_fuzzy import Entry
from verhalen.tui.coding_looks import looks
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.find import FIND
from verhalen.tui.fields import Field
from verhalen.tui.found import MOST, Line, Way, count, find, line_content, places
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.tick_list import TickList

_MARGIN = 5
"""Cells beside a line of the list: its edges, those of a line, and the bar to scroll with."""


class Answered(Message):
    """What a search found, or why it could not; sent from its thread."""

    def __init__(self, wanted: str, way: Way, answer: list[Line] | errors.VerhalenError) -> None:
        super().__init__()
        self.wanted = wanted
        self.way = way
        self.answer = answer


class Counted(Message):
    """How many places there are of which the first are shown; sent from the thread of the search."""

    def __init__(self, wanted: str, way: Way, total: int) -> None:
        super().__init__()
        self.wanted = wanted
        self.way = way
        self.total = total


class FindScreen(CommandScreen[None]):
    """A field, how it is meant, and what was found."""

    COMMAND_CLASSES = FIND
    HELP_TITLE: ClassVar[str] = mark("Find everywhere")
    HELP_TEXT: ClassVar[str] = mark(
        "Type words and press Enter: all texts are searched. F4 changes the way: any form of the word, just as written, "
        "inside longer words, by regular expression, or coded fragments by a question. Enter in the list opens the text at "
        "the place; space ticks places, and c gives all of them a code after you looked at each.\n\n"
        "A question names codes by key or name: wonen also finds the codes below it, =wonen only the code itself. "
        'A name with blanks stands between quotes: "Rust in huis". Join them with and, or, not and brackets: '
        "(wonen or geld) and not rust. Two codes joined by and must overlap. wonen near geld: in the same turn, the "
        "one before or the next; wonen near 20 words geld also counts in turns or paragraphs. wonen within geld: wholly inside it.\n\n"
        "More to ask for: role=parent, speaker=Samira, family=G001, valence=negative, coder=Hanne, source=3, "
        "date>=2026-03, date=2026-01..2026-03, consent=yes, text=huur, and every attribute of a family, such as "
        "gemeente=Zandhoven. != asks for all others."
    )
    DEFAULT_CSS = """
    FindScreen #asked { height: 1; background: $panel; padding: 0 1; }
    FindScreen #way { width: auto; text-style: bold; padding: 0 1 0 0; link-color: $foreground; link-style: none;
        link-background: transparent; link-background-hover: $block-cursor-background;
        link-color-hover: $block-cursor-foreground; link-style-hover: none; }
    FindScreen #asked Field { width: 1fr; }
    FindScreen #said { height: auto; max-height: 6; padding: 0 1; color: $text-muted; }
    FindScreen OptionList { height: 1fr; }
    """

    def __init__(self, wanted: str = "", *, way: Way = Way.LEMMA) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.way = way
        self._wanted = wanted
        self._ticked: set[str] = set()

    def body(self) -> ComposeResult:
        """The field, one line about it, the list."""
        with Horizontal(id="asked"):
            yield Static(id="way")
            field = Field(self._wanted)
            # The app's style sheet gives fields a border; it counts above that of a widget, an inline style above both.
            field.styles.border = ("none", "transparent")
            field.styles.height = 1
            field.styles.padding = 0
            yield field
        yield Static(id="said", markup=False)
        yield TickList()

    def on_mount(self) -> None:
        """Begin in the field."""
        self._show_way()
        self.focus_field()
        if self._wanted:
            self.ask()

    def focus_field(self) -> None:
        """Type."""
        self.query_one(Field).focus()

    def tell(self, sentence: str) -> None:
        """Say something between field and list."""
        self.query_one("#said", Static).update(sentence)

    def hear(self, sentence: str) -> None:
        """What was undone or redone stands between field and list as well."""
        self.tell(sentence)

    # -- asking ------------------------------------------------------------------------------------------------------

    def next_way(self) -> None:
        """Another meaning for what stands in the field; asked again at once where there is something."""
        ways = list(Way)
        self.way = ways[(ways.index(self.way) + 1) % len(ways)]
        self._show_way()
        self.ask()

    def _show_way(self) -> None:
        self.query_one("#way", Static).update(f"[@click=screen.run_command('other-way')]{t(self.way.label)}:[/]")
        self.query_one(Field).placeholder = t(self.way.hint)
        if not self.query_one(Field).value.strip():
            self.tell(t(self.way.hint))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter asks."""
        event.stop()
        self.ask()

    def ask(self) -> None:
        """Search in the background; an older search that still runs is forgotten."""
        wanted, way, project = self.query_one(Field).value.strip(), self.way, self.project
        if not wanted:
            return
        self.tell(t("Searching…"))

        def work() -> None:
            answer: list[Line] | errors.VerhalenError
            try:
                with project.sibling() as own:
                    answer = find(own, wanted, way)
            except errors.VerhalenError as error:
                answer = error.let_go()
            self.post_message(Answered(wanted, way, answer))
            if isinstance(answer, list) and len(answer) > MOST:
                self._count(wanted, way)

        self.run_worker(work, thread=True, exclusive=True, group="find")

    def _count(self, wanted: str, way: Way) -> None:
        """Behind the first places, on the same thread: how many there are."""
        try:
            with self.project.sibling() as own:
                total = count(own, wanted, way)
        except errors.VerhalenError:  # an expression that takes too long for all texts; the first places are there
            return
        self.post_message(Counted(wanted, way, total))

    def on_counted(self, message: Counted) -> None:
        """Say it, if these places are still the ones shown."""
        if (message.wanted, message.way) == (self._wanted, self.way) and self._more:
            self._total = message.total
            self._say_found()

    def on_answered(self, message: Answered) -> None:
        """Show what was found, if it is still what is asked."""
        if (message.wanted, message.way) != (self.query_one(Field).value.strip(), self.way):
            return
        if isinstance(message.answer, errors.VerhalenError):
            self._show_error(message.answer)
            return
        kept = self._here.key if self._here and self._wanted == message.wanted else None
        self._wanted = message.wanted
        self._more, self._total = len(message.answer) > MOST, 0
        self.lines = message.answer[:MOST]
        self._ticked &= {line.key for line in self.lines}
        self._fill(kept)
        self._say_found()
        if self.lines and self.focused is self.query_one(Field):
            self.query_one(OptionList).focus()
        self.refresh_bindings()

    def _show_error(self, error: errors.VerhalenError) -> None:
        """Say it, and put the cursor at the place it names."""
        self.lines = []
        self._fill(None)
        self.tell(str(error))
        if isinstance(error, errors.BadQuery):
            self.query_one(Field).cursor_position = error.at
        self.focus_field()
        self.refresh_bindings()

    def _say_found(self) -> None:
        sources = len({line.source_id for line in self.lines})
        if self._more and self._total:
            said = t(
                "The first {n} of {total} places; make the question narrower to see the others.",
                n=MOST,
                total=self._total,
            )
        elif self._more:
            said = t("The first {n} places; make the question narrower to see the others.", n=MOST)
        elif not self.lines:
            said = t("Nothing found. Try another way with F4.")
        else:
            found = tn("{n} place found", "{n} places found", len(self.lines))
            said = f"{found} · " + tn("in {n} source", "in {n} sources", sources)
        if self._ticked:
            said += " · " + tn("{n} ticked", "{n} ticked", len(self._ticked))
        self.tell(said)

    _more = False
    """Whether the list is cut off."""
    _total = 0
    """How many there are then; 0 while they are not counted."""

    # -- the list ----------------------------------------------------------------------------------------------------

    def _fill(self, kept: str | None) -> None:
        options = self.query_one(OptionList)
        width = self.size.width - _MARGIN
        options.clear_options().add_options(
            Option(line_content(line, ticked=line.key in self._ticked, width=width), id=line.key) for line in self.lines
        )
        if self.lines:
            keys = [line.key for line in self.lines]
            options.highlighted = keys.index(kept) if kept in keys else 0

    @property
    def _here(self) -> Line | None:
        place = self.query_one(OptionList).highlighted
        return self.lines[place] if place is not None and place < len(self.lines) else None

    def on_resize(self) -> None:
        """Another width, other lines."""
        if self.lines:
            self._fill(self._here.key if self._here else None)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Something was stored: ask again, the cursor at its place."""
        if self.lines:
            self.ask()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.go_there()

    def go_there(self) -> None:
        """Open the text at the place."""
        line = self._here
        if line is not None:
            self.frame.open_coding(line.source_number, place=Span(line.start, line.stop))

    def on_tick_list_box_clicked(self) -> None:
        """The mouse on a box."""
        self.tick()

    def tick(self) -> None:
        """Tick the line of the cursor or not, and go on."""
        line, options = self._here, self.query_one(OptionList)
        if line is None:
            return
        self._ticked ^= {line.key}
        self._repaint(line)
        if (options.highlighted or 0) < len(self.lines) - 1:
            options.action_cursor_down()
        self._say_found()

    def tick_all(self) -> None:
        """All, or none where all are ticked."""
        everything = {line.key for line in self.lines}
        self._ticked = set() if self._ticked == everything else everything
        for line in self.lines:
            self._repaint(line)
        self._say_found()

    def _repaint(self, line: Line) -> None:
        content = line_content(line, ticked=line.key in self._ticked, width=self.size.width - _MARGIN)
        self.query_one(OptionList).replace_option_prompt(line.key, content)

    # -- coding ------------------------------------------------------------------------------------------------------

    def pick_code(self) -> None:
        """Which code? Then every proposal is shown."""
        known = {code.key: code for code in self.project.codes.book() if not code.deprecated}
        if not known:
            self.tell(t("There are no codes yet. Import or make a codebook first."))
            return
        seen = looks(known.values())
        picker = Picker(
            [Entry(each.key, each.name, f"{each.definition} {each.include} {each.exclude}") for each in known.values()],
            lambda entry: codes.code_line(entry, seen),
            placeholder=t("Which code? A few letters of its key, name or meaning"),
            detail=lambda key: code_detail(known[key]),
        )
        self.app.push_screen(picker, self._propose)

    def _propose(self, keys: tuple[str, ...] | None) -> None:
        if not keys:
            return
        from verhalen.tui.proposals_screen import ProposalsScreen

        chosen = [line for line in self.lines if line.key in self._ticked] or ([self._here] if self._here else [])
        self.app.push_screen(ProposalsScreen(places(chosen), code=keys[0]), self._coded)

    def _coded(self, stored: bool | None) -> None:
        """What got its code needs no tick any more."""
        if stored:
            self._ticked.clear()
            self._fill(self._here.key if self._here else None)
            self._say_found()
