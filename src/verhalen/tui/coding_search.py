"""Searching on the coding screen: letters are marked while they are typed, Enter finds other forms and other sources too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from verhalen.i18n import t, tn
from verhalen.model.query import SearchHit
from verhalen.tui.fields import Field
from verhalen.tui.found import Way

MOST = 5000
"""Hits that are kept."""
WAYS = (Way.LEMMA, Way.EXACT, Way.INSIDE, Way.REGEX)
"""What the words can mean here, in the order of the key; a question about codes belongs to the screen that finds."""


@dataclass(slots=True)
class Found:
    """What a search found, in reading order, source by source."""

    query: str
    hits: list[SearchHit] = field(default_factory=list)
    way: Way = Way.LEMMA

    def in_source(self, source_id: int) -> list[tuple[int, int]]:
        """Places in one source."""
        return [(hit.start, hit.stop) for hit in self.hits if hit.source_id == source_id]

    def next(self, source_id: int, offset: int) -> SearchHit | None:
        """The first hit behind a place, going on into the next sources and round again."""
        return self._from(source_id, offset, ahead=True)

    def previous(self, source_id: int, offset: int) -> SearchHit | None:
        """The last hit before a place."""
        return self._from(source_id, offset, ahead=False)

    def _from(self, source_id: int, offset: int, *, ahead: bool) -> SearchHit | None:
        sources = list(dict.fromkeys(hit.source_id for hit in self.hits))
        if not sources:
            return None
        here = [hit for hit in self.hits if hit.source_id == source_id]
        fits = [hit for hit in here if (hit.start > offset if ahead else hit.start < offset)]
        if fits:
            return fits[0 if ahead else -1]
        place = sources.index(source_id) if source_id in sources else (-1 if ahead else 0)
        other = sources[(place + (1 if ahead else -1)) % len(sources)]
        there = [hit for hit in self.hits if hit.source_id == other]
        return there[0 if ahead else -1]

    def told(self, source_id: int, start: int) -> str:
        """Which of how many, and how many elsewhere."""
        here = self.in_source(source_id)
        elsewhere = len(self.hits) - len(here)
        number = sum(place <= start for place, _ in here)
        sentence = t("hit {number} of {total} in this source", number=number, total=len(here))
        if elsewhere:
            sentence += " · " + tn("{n} in other sources", "{n} in other sources", elsewhere)
        return sentence


def letters_in(text: str, letters: str) -> list[tuple[int, int]]:
    """Places of these very letters, capitals or not: what can be shown while somebody types."""
    if len(letters) < 2:
        return []
    return [match.span() for match in re.finditer(re.escape(letters), text, re.IGNORECASE)]


class SearchBar(Horizontal):
    """One line to search with."""

    class Typed(Message):
        """The letters changed, or the way."""

        def __init__(self, letters: str) -> None:
            super().__init__()
            self.letters = letters

    class Asked(Message):
        """Enter was pressed."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    DEFAULT_CSS: ClassVar[str] = """
    SearchBar { height: 1; background: $panel; display: none; }
    SearchBar Static { width: auto; padding: 0 1; text-style: bold; link-color: $foreground; link-style: none;
        link-background: transparent; link-background-hover: $block-cursor-background;
        link-color-hover: $block-cursor-foreground; link-style-hover: none; }
    SearchBar Field { width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.way = Way.LEMMA
        """How the words are compared."""

    def compose(self) -> ComposeResult:
        """How it is meant, and a field."""
        yield Static()
        field = Field()
        # The app's style sheet gives fields a border; it counts above that of a widget, an inline style above both.
        field.styles.border = ("none", "transparent")
        field.styles.height = 1
        field.styles.padding = 0
        yield field

    def on_mount(self) -> None:
        """Say how it is meant."""
        self._show_way()

    def _show_way(self) -> None:
        self.query_one(Static).update(f"[@click=screen.run_command('other-way')]{t(self.way.label)}:[/]")
        self.query_one(Field).placeholder = t(self.way.hint)

    @property
    def wanted(self) -> str:
        """What stands in the field."""
        return self.query_one(Field).value.strip()

    def open(self) -> None:
        """Show it and type."""
        self.display = True
        self.query_one(Field).focus()

    def point_at(self, place: int) -> None:
        """Put the cursor before a character, from 0."""
        self.query_one(Field).cursor_position = place

    def next_way(self) -> None:
        """Another meaning for what stands in the field."""
        self.way = WAYS[(WAYS.index(self.way) + 1) % len(WAYS)]
        self._show_way()
        self.post_message(self.Typed(self.wanted))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter counts."""
        event.stop()
        self.post_message(self.Typed(event.value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search."""
        event.stop()
        self.post_message(self.Asked(event.value.strip()))
