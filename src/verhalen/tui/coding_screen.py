"""The coding screen: sources and families left, the text with its margin in the middle, codes right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.suggestion import Suggestion
from verhalen.model.text import Span
from verhalen.tui import coding_desk as desks
from verhalen.tui import coding_here as lines
from verhalen.tui.coding_acts import SOURCE_GONE, Acts
from verhalen.tui.coding_arranging import Arranging
from verhalen.tui.coding_background import Lists, ListsRead, UnitsFound, find_units, read_lists, read_lists_later
from verhalen.tui.coding_borders import Borders
from verhalen.tui.coding_changes import Changes
from verhalen.tui.coding_correcting import Correcting
from verhalen.tui.coding_cutting import Cutting
from verhalen.tui.coding_desk import Desk
from verhalen.tui.coding_finder import Finder, SearchDone
from verhalen.tui.coding_gauge import Gauge
from verhalen.tui.coding_in_vivo import WordsAsCode
from verhalen.tui.coding_overview import Overview
from verhalen.tui.coding_panes import CodePane, SourcePane
from verhalen.tui.coding_picking import Picking
from verhalen.tui.coding_places import KEEP_EVERY, Places
from verhalen.tui.coding_search import SearchBar
from verhalen.tui.coding_slots import Slots
from verhalen.tui.coding_units import Selection
from verhalen.tui.coding_walking import Walking
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.coding import CODING
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.transcript_view import TranscriptView


class CodingScreen(CommandScreen[None]):
    """Read, select, code. Its parts do the work: `acts`, `finder`, `panes`, `picking`, `places`."""

    COMMAND_CLASSES = CODING
    HELP_TITLE: ClassVar[str] = mark("Look and code")
    HELP_TEXT: ClassVar[str] = mark(
        "Read the text and give pieces of it a code. Select with s (sentence), t (turn), Shift with the arrows, or the "
        "mouse; twice clicking takes a word, three times a sentence. Then c and a few letters of the code, or a digit. "
        "The margin shows a letter for each coding, with + or - for good or bad news; small letters are those of "
        "another coder. Arrows, Ctrl with arrows, page up and down, Home and End move as in any editor. "
        "Everything is stored at once; ctrl+z takes it back."
    )
    DEFAULT_CSS = """
    CodingScreen #desk { height: 1fr; layers: base above; }
    CodingScreen #middle { width: 1fr; height: 1fr; }
    CodingScreen #text { height: 1fr; }
    CodingScreen .line { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        link-color: $foreground; link-style: none; link-background: transparent;
        link-background-hover: $block-cursor-background; link-color-hover: $block-cursor-foreground;
        link-style-hover: none; }
    CodingScreen #here { background: $panel; }
    CodingScreen #status { color: $text-muted; }
    CodingScreen.-narrow SourcePane { layer: above; dock: left; }
    CodingScreen.-narrow CodePane { layer: above; dock: right; }
    CodingScreen.-calm Heading, CodingScreen.-calm KeyBar, CodingScreen.-calm SourcePane { display: none; }
    """

    def __init__(
        self, source_number: int | None = None, *, place: Span | None = None, digits: Sequence[int] = ()
    ) -> None:
        """`digits`: codes, by id, that have the first digits for this visit only."""
        super().__init__()
        self.view = TranscriptView()
        """The text."""
        self.desk: Desk | None = None
        self.lists = Lists((), (), ())
        self.slots = Slots()
        self.acts = Acts(self)
        self.borders = Borders(self)
        self.cutting = Cutting(self)
        self.finder = Finder(self)
        self.panes = Arranging(self)
        self.picking = Picking(self)
        self.correcting = Correcting(self)
        self.places = Places(self)
        self.walking = Walking(self)
        self.words_as_code = WordsAsCode(self)
        self.overview = Overview(self)
        self.stands_on_coding = False
        """Whether a stored coding lies under the cursor."""
        self._changes = Changes(self)
        self._wanted = source_number
        self._wanted_place = place
        self._lent = tuple(digits)
        self._soon: dict[str, Timer] = {}
        self._working: list[str] = []
        """The commands that the key bar shows."""

    # -- building ----------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Panes, text and the lines below it."""
        with Horizontal(id="desk"):
            yield SourcePane()
            with Vertical(id="middle"):
                with Horizontal(id="text"):
                    yield self.view
                    yield Gauge()
                yield SearchBar()
                yield Static(id="here", classes="line")
                yield Static(id="strip", classes="line")
                yield Static(id="status", classes="line", markup=False)
            yield CodePane()

    def on_mount(self) -> None:
        """Fill it when all parts are there."""
        self.set_interval(KEEP_EVERY, self.places.keep)
        self.panes.arrange(self.app.size.width)
        self.call_next(self._start)

    def _start(self) -> None:
        """Read what there is and open the source that was asked for, or the one of last time."""
        lists = read_lists(self.project)
        self.slots = self.places.slots(lists.codes)
        if self._lent:
            self.slots = self.slots.lend(self._lent)
        self._show_lists(lists)
        numbers = [source.number for source in self.lists.sources]
        wanted = self._wanted or self.places.last_source()
        if not numbers:
            self.tell(t("There is no source yet. Import a transcript first."))
            return
        place = self._wanted_place if wanted == self._wanted else None
        selection = Selection(place.start, place.stop) if place is not None else None
        self.open_source(wanted if wanted in numbers else numbers[0], selection=selection)
        self.focus_text()

    def on_resize(self) -> None:
        """Another width, other panes."""
        self.panes.arrange(self.size.width)
        self.fill_codes_soon()
        self.overview.show_soon()

    def on_screen_resume(self) -> None:
        """Back in front: the codebook may have given codes other digits."""
        if self.desk is not None:
            self.fill_codes_soon()

    @property
    def the_desk(self) -> Desk:
        """What lies open; commands that need it are possible only when something does."""
        if self.desk is None:
            raise errors.UnknownSource(key="")
        return self.desk

    # -- what is open ------------------------------------------------------------------------------------------------

    def open_source(self, number: int, *, selection: Selection | None = None) -> None:
        """Put a source on the desk, at the place of last time or at `selection`."""
        self.places.keep()
        try:
            desk = desks.open_desk(self.project, number)
        except errors.UnknownSource as error:
            self.tell(str(error))
            return
        self.show_desk(desk, selection or self.places.place_of(desk))
        self.places.opened(desk)
        self.fill_panes()

    def show_desk(self, desk: Desk, selection: Selection) -> None:
        """Show this source, or this version of it."""
        self.borders.drop()
        self.desk = desk
        self.overview.opened(desk)
        self.view.show_text(desk.text, desk.turns, selection=selection, marks=desk.marks(), landmarks=desk.landmarks)
        self.finder.show()
        self.show_marks()
        self.title = f"{desk.source.number} · {desk.source.title}"
        find_units(self, self.project, desk)

    def source_is_gone(self) -> None:
        """The open source was withdrawn or removed: open another one, if there is any."""
        self.borders.drop()
        self.desk = None
        numbers = [source.number for source in self.project.sources.all()]
        if numbers:
            self.open_source(numbers[0])
        else:
            self.view.show_text("", (), selection=Selection(0, 0))
        self.tell(t(SOURCE_GONE))

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read again what is shown: lists in a moment, the open source now."""
        read_lists_later(self, self.project)
        if self.desk is not None:
            self._changes.show(self.desk, changed.changes if changed is not None else ())

    # -- showing -----------------------------------------------------------------------------------------------------

    def tell(self, sentence: str, *, whole: bool = False) -> None:
        """Say something in the line below the text; where `whole` of it matters and it is too long, in the corner too."""
        line = self.query_one("#status", Static)
        line.update(sentence, layout=False)
        if whole and cell_len(sentence) > self.room_to_tell:
            self.frame.say(sentence)

    @property
    def room_to_tell(self) -> int:
        """Cells of the line below the text."""
        return self.query_one("#status", Static).content_size.width

    def hear(self, sentence: str) -> None:
        """What was undone or redone stands in the line below the text."""
        self.tell(sentence, whole=True)

    def show_marks(self) -> None:
        """Paint the margin and everything that counts codings."""
        desk = self.the_desk
        self.view.show_marks(desk.marks(), mentions=desk.about())
        self.show_here()
        self.fill_codes_soon()
        self.overview.show_soon()

    def show_here(self) -> None:
        """Name the codings under the cursor."""
        marks = self.view.under_cursor() if self.desk else []
        about = (
            [self.project.privacy.family_label(each.family) for each in self.acts.mentions_here()] if self.desk else []
        )
        told = lines.here(marks, self.lists.looks, about, coders=self.lists.coders, blind=self.project.hides_others)
        self.query_one("#here", Static).update(self.overview.with_place(told), layout=False)
        self.overview.point()
        stands = any(each.coding for each in marks)
        if stands != self.stands_on_coding:
            self.stands_on_coding = stands
            self.refresh_bindings()

    def slots_changed(self) -> None:
        """Digits moved: remember and show them."""
        if not self._lent:
            self.places.keep_slots(self.slots)
        self.fill_codes_soon()

    def fill_codes_soon(self) -> None:
        """Count in the list of codes after the keys have been served."""
        self.soon("codes", 0.1, self._fill_codes)

    def soon(self, what: str, seconds: float, act: Callable[[], None]) -> None:
        """Do something in a moment, once, however often it is asked for."""
        waiting = self._soon.pop(what, None)
        if waiting is not None:
            waiting.stop()
        self._soon[what] = self.set_timer(seconds, act)

    def _fill_codes(self) -> None:
        pane = self.query_one(CodePane)
        if pane.display:
            here = self.desk.counts() if self.desk else {}
            pane.show(self.lists.codes, self.lists.looks, here=here, digits=self.slots.digits())
        self.query_one("#strip", Static).update(lines.strip(self.slots, self.lists.looks), layout=False)

    def fill_panes(self) -> None:
        """Show sources, families and codes as they were last read."""
        desk = self.desk
        self.query_one(SourcePane).show(
            self.lists.sources,
            self.lists.families,
            current=desk.source.number if desk else None,
            label=self.project.privacy.family_label,
            coders=lines.coders_of(desk.codings.values(), self.lists.coders) if desk else (),
        )
        self._fill_codes()

    def _show_lists(self, lists: Lists) -> None:
        if (lists.looks, lists.coders) != (self.view.page.looks, self.view.page.coders):
            self.view.show_looks(lists.looks, lists.coders)
        self.lists = lists
        self.slots.know({code.id: code.key for code in lists.codes})
        self.fill_panes()
        self.show_here()

    def refresh_bindings(self) -> None:
        """Only when other commands work than before: painting the key bar lays out the whole screen anew."""
        working = [command.id for command in self.commands_now()]
        if working != self._working:
            self._working = working
            super().refresh_bindings()

    def focus_text(self) -> None:
        """Put the keys on the text."""
        self.query_one(SearchBar).display = False
        self.view.focus(scroll_visible=False)

    def toggle_calm(self) -> None:
        """Only text and codes, or everything."""
        self.toggle_class("-calm")
        self.focus_text()

    @property
    def can_let_go(self) -> bool:
        """Whether Escape has something to close or to drop before it goes back."""
        if self.desk is None:
            return False
        if not self.view.has_focus or self.borders.moving or self.has_class("-calm"):
            return True
        return self.finder.found is not None or self.view.selection.span is not None

    def let_go(self) -> None:
        """Close or drop one thing: what lies over the text, the calm, the search, the selection."""
        if not self.view.has_focus:
            if self.finder.found is None:
                self.finder.clear()
            self.panes.leave()
        elif self.borders.moving:
            self.borders.leave()
        elif self.has_class("-calm"):
            self.toggle_calm()
        elif self.finder.found is not None:
            self.finder.clear()
        else:
            place = self.view.selection.cursor
            self.view.select(Selection(place, place))

    # -- what the commands ask for -----------------------------------------------------------------------------------

    def toggle_others(self) -> None:
        """Hide what other coders did, or show it again."""
        hides = not self.project.hides_others
        if not self.frame.hiding.choose(hides):
            self.tell(
                t("You code blind until your texts are taken back: the codings of others stay hidden."), whole=True
            )
            return
        key = self.key_text(self.commands["hide-others"])
        hidden = t("You see only your own codings · {key} shows all", key=key)
        self.tell(hidden if hides else t("You see the codings of all coders · {key} hides those of others", key=key))

    def copy_words(self) -> None:
        """Give the selected words to the clipboard."""
        now = self.view.selection
        self.app.copy_to_clipboard(self.view.text[now.start : now.stop])
        self.tell(t("Copied."))

    def mask_names(self) -> None:
        """Look at the names of this text, and replace them for good."""
        from verhalen.tui.reviewing import mask_source

        if self.desk is not None:
            # The app's worker: what is going on there outlives this screen.
            self.app.run_worker(mask_source(self, self.desk.source), group="mask", exclusive=True)

    @property
    def may_note_signal(self) -> bool:
        """Not before there is a text, nor while borders are moved."""
        return self.desk is not None and not self.borders.moving

    def note_signal(self) -> None:
        """The selection tells of a barrier that no family lifts alone."""
        self.picking.note_signal()

    def open_search(self) -> None:
        """Type what to look for."""
        self.query_one(SearchBar).open()

    def open_speakers(self) -> None:
        """See who speaks; a turn that is chosen there gets selected here."""
        self.frame.open_speakers(
            self.the_desk.source.number, lambda turn: self.view.select(Selection(turn.start, turn.stop))
        )

    def open_memos(self) -> None:
        """Read memos and write one about what is here; a memo of a text that is chosen there opens here."""
        self.frame.open_memos(self.acts.memo_targets(), place=self.go_to)

    def go_to(self, number: int, place: Span) -> None:
        """Select a place, in this text or another one."""
        selection = Selection(place.start, place.stop)
        if self.desk is not None and self.desk.source.number == number:
            self.view.select(selection)
        else:
            self.open_source(number, selection=selection)

    def open_suggestions(self) -> None:
        """See what may get a code; a place that is chosen there gets selected here."""
        self.frame.open_suggestions(self.the_desk.source.number, self._show_suggestion)

    def _show_suggestion(self, wanted: Suggestion) -> None:
        self.go_to(self.project.sources.get(wanted.source_id).number, Span(wanted.start, wanted.stop))

    def action_take_coding(self, coding_id: int) -> None:
        """A coding named below the text was clicked: select its fragment."""
        coding = self.the_desk.codings.get(coding_id)
        if coding is not None:
            self.the_desk.last = coding_id
            self.view.select(Selection(coding.start, coding.stop))

    # -- what the parts say ------------------------------------------------------------------------------------------

    def on_painted_text_moved(self) -> None:
        """Name what is under the cursor now; borders that are moved follow."""
        self.borders.show()
        self.show_here()

    def on_transcript_view_mark_clicked(self, message: TranscriptView.MarkClicked) -> None:
        """Select the fragment of a stripe."""
        if message.mark.coding is not None:
            self.action_take_coding(message.mark.coding.id)

    def on_transcript_view_border_taken(self, message: TranscriptView.BorderTaken) -> None:
        """The end of a stripe is dragged."""
        coding = message.mark.coding
        if coding is not None and not self.borders.moving:
            self.borders.drag(coding, at_start=message.at_start)

    def on_transcript_view_border_left(self) -> None:
        """It was let go."""
        self.borders.keep()

    def on_gauge_asked(self, message: Gauge.Asked) -> None:
        """Go to the place that the row of the gauge stands for."""
        self.overview.go(message.row)

    def on_source_pane_source_picked(self, message: SourcePane.SourcePicked) -> None:
        """Open it."""
        self.open_source(message.number)
        self.panes.leave()

    def on_source_pane_family_picked(self, message: SourcePane.FamilyPicked) -> None:
        """The selection is about it."""
        if self.desk is not None:
            self.panes.leave()
            self.borders.leave()
            self.acts.turn_about(message.key)

    def on_code_pane_code_picked(self, message: CodePane.CodePicked) -> None:
        """The selection gets it."""
        if self.desk is not None:
            self.panes.leave()
            self.borders.leave()
            self.acts.apply([message.key])

    def on_search_bar_typed(self, message: SearchBar.Typed) -> None:
        """Mark while typing."""
        if self.query_one(SearchBar).display:
            self.finder.typed(message.letters)

    def on_search_bar_asked(self, message: SearchBar.Asked) -> None:
        """Search."""
        self.finder.asked(message.query)

    def on_search_done(self, message: SearchDone) -> None:
        """Show the hits."""
        if self.desk is not None:
            self.finder.done(message)
            self.refresh_bindings()

    def on_units_found(self, message: UnitsFound) -> None:
        """Words and sentences, if they are still about the text in front."""
        desk = self.desk
        if desk is not None and (desk.source.id, desk.source.version) == message.about:
            self.view.take_units(words=message.words, sentences=message.sentences)

    def on_lists_read(self, message: ListsRead) -> None:
        """Counts, sources and families are read again."""
        self._show_lists(message.lists)
