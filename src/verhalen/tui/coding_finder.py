"""What the search bar of the coding screen does: mark while typing, find in the background, go from hit to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.query import SearchHit
from verhalen.tui.coding_search import MOST, Found, letters_in
from verhalen.tui.coding_units import Selection

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class SearchDone(Message):
    """A search is ready; sent from its thread."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


class Finder:
    """The search of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self.found: Found | None = None

    def typed(self, letters: str) -> None:
        """Mark the very letters in the text in front."""
        places = letters_in(self._screen.view.text, letters)
        self._screen.view.show_hits(places)
        self._screen.tell(tn("{n} place with these letters", "{n} places with these letters", len(places)))

    def asked(self, query: str) -> None:
        """Search all sources for the words, in any form, in the background."""
        if not query:
            self.clear()
            return
        screen, project = self._screen, self._screen.project
        screen.tell(t("Searching…"))

        def work() -> None:
            screen.post_message(SearchDone(_search(project, query)))

        screen.run_worker(work, thread=True, exclusive=True, group="search")

    def done(self, found: Found) -> None:
        """Show what was found and go to the first hit behind the cursor."""
        screen, desk = self._screen, self._screen.the_desk
        if not found.in_source(desk.source.id):
            found.hits.extend(self._by_letters(found.query))
        self.found = found
        self.show()
        if not found.hits:
            screen.tell(t("Nothing found for: {query}", query=found.query))
            self.found = None
            return
        here = screen.view.selection.start
        screen.focus_text()
        self._go(found.next(desk.source.id, here - 1))

    def _by_letters(self, query: str) -> list[SearchHit]:
        """Parts of words, which a search for words does not find."""
        source, text = self._screen.the_desk.source, self._screen.view.text
        places = letters_in(text, query)
        return [SearchHit(source.id, source.number, source.title, a, b, "", text[a:b], "") for a, b in places]

    def show(self) -> None:
        """Mark the hits of the source in front."""
        desk = self._screen.desk
        hits = self.found.in_source(desk.source.id) if self.found and desk else []
        self._screen.view.show_hits(hits)

    def step(self, step: int) -> None:
        """To the next or the previous hit, in whatever source it is."""
        if self.found is None:
            return
        source, start = self._screen.the_desk.source.id, self._screen.view.selection.start
        self._go(self.found.next(source, start) if step > 0 else self.found.previous(source, start))

    def _go(self, hit: SearchHit | None) -> None:
        if hit is None or self.found is None:
            return
        screen, place = self._screen, Selection(hit.start, hit.stop)
        if hit.source_id == screen.the_desk.source.id:
            screen.view.select(place, center=True)
        else:
            screen.open_source(hit.source_number, selection=place)
        screen.tell(self.found.told(hit.source_id, hit.start))

    def clear(self) -> None:
        """No more hits."""
        self.found = None
        self._screen.view.show_hits(())
        self._screen.tell("")


def _search(project: Project, query: str) -> Found:
    try:
        with project.sibling() as own:
            return Found(query, own.sources.search(query, limit=MOST))
    except errors.VerhalenError:
        return Found(query)
