"""The whole text with its found names marked, to read and to add what was missed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.model.masking import NameKind
from verhalen.model.text import Span
from verhalen.privacy.review import Review
from verhalen.tui.coding_units import Selection, Unit
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.mask import MASK_READING
from verhalen.tui.mask_screen import kind_question
from verhalen.tui.transcript_view import TranscriptView


class MaskReadingScreen(CommandScreen[None]):
    """One text to read with the eyes of somebody who knows the family."""

    COMMAND_CLASSES = MASK_READING
    UNDOES_PROJECT: ClassVar[bool] = False
    HELP_TITLE: ClassVar[str] = mark("Read it through")
    HELP_TEXT: ClassVar[str] = mark(
        "The underlined places will be replaced. Read the text as somebody from the village would: who could be "
        "recognised? Put the cursor in a word (or select several, with Shift and the arrows or the mouse) and press M to "
        "have it replaced. With N you go to the next place that was found; the space bar leaves it as it is."
    )
    DEFAULT_CSS = """
    MaskReadingScreen TranscriptView { margin: 0 1; }
    MaskReadingScreen #here { height: 1; padding: 0 2; text-style: bold; }
    """

    def __init__(self, review: Review, title: str, *, start: int = 0) -> None:
        super().__init__()
        self.review = review
        self._of = title
        self._start = start

    def body(self) -> ComposeResult:
        """The text, and what is at the cursor."""
        yield TranscriptView()
        yield Static(id="here", markup=False)

    def on_mount(self) -> None:
        """Begin where the name was."""
        view = self._view
        view.show_text(self.review.text("text"), (), selection=Selection(0, 0))
        self._show()
        view.focus()
        self.call_after_refresh(lambda: view.select(Selection(self._start, self._start), center=True))

    def on_screen_resume(self) -> None:
        """Say of which text."""
        super().on_screen_resume()
        self.title = f"{t(self.HELP_TITLE)}  {self._of}"

    @property
    def _view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def _show(self) -> None:
        self._view.show_hits(
            (place.span.start, place.span.stop)
            for place in self.review.places
            if place.part == "text" and place.accepted
        )
        self._say_here()
        self.refresh_bindings()

    def on_painted_text_moved(self) -> None:
        """The cursor is elsewhere."""
        self._say_here()
        self.refresh_bindings()

    def _say_here(self) -> None:
        number = self.place_here
        if number is None:
            counts = self.review.counts()
            sentence = tn("{n} place will be replaced", "{n} places will be replaced", counts.accepted)
        else:
            place = self.review.places[number]
            named = self.review.names[place.name]
            sentence = (
                t("Here: {name} becomes {replacement}", name=named.name, replacement=named.replacement)
                if place.accepted
                else t("Here: {name} stays as it is", name=named.name)
            )
        self.query_one("#here", Static).update(sentence)

    @property
    def place_here(self) -> int | None:
        """Number of the found place at the cursor."""
        now = self._view.selection
        stop = now.stop if now.span else now.cursor + 1
        return next(
            (
                number
                for number, place in enumerate(self.review.places)
                if place.part == "text" and place.span.start < stop and now.start < place.span.stop
            ),
            None,
        )

    @property
    def selected(self) -> Span | None:
        """What is selected, or the word at the cursor."""
        now = self._view.selection
        if now.span:
            return now.span
        word = self._view.words.at(now.cursor)
        return word.span if word else None

    def select_word(self) -> None:
        """The word at the cursor; with a selection one word more."""
        view = self._view
        if view.selection.span:
            view.action_stretch_word(1)
        elif (word := view.words.at(view.selection.cursor)) is not None:
            view.select(word, unit=Unit.WORD)

    def go(self, step: int) -> None:
        """To the next or previous found place."""
        here = self._view.selection.start
        starts = [place.span for place in self.review.places if place.part == "text"]
        ahead = [span for span in starts if (span.start > here if step > 0 else span.start < here)]
        if ahead:
            span = ahead[0] if step > 0 else ahead[-1]
            self._view.select(Selection(span.start, span.start), center=True)
        else:
            self.frame.say(t("There are no more places in this direction."))

    def switch_here(self) -> None:
        """Replace the place at the cursor, or leave it."""
        number = self.place_here
        if number is not None:
            self.review.decide(number, accepted=not self.review.places[number].accepted)
            self._show()

    def ask_kind(self) -> None:
        """What the selection is; then it is added, with all other places of the same name."""
        span = self.selected
        if span is None:
            return

        def answered(kind: str | None) -> None:
            if kind is None:
                return
            try:
                added = self.review.add(span, kind=NameKind(kind))
            except errors.VerhalenError as error:
                self.frame.say_error(error)
                return
            self.frame.say(tn("Added: {n} place.", "Added: {n} places.", added))
            self._view.select(Selection(span.stop, span.stop))
            self._show()

        self.app.push_screen(kind_question(), answered)

    def undo(self) -> None:
        """Take the last decision back."""
        self.review.undo()
        self._show()
