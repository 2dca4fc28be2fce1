"""What the search bar of the coding screen does: mark while typing, find in the background, go from hit to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t, tn
from verhalen.model.query import SearchHit, SearchMode
from verhalen.tui.coding_search import MOST, Found, SearchBar, letters_in
from verhalen.tui.coding_units import Selection
from verhalen.tui.found import Way
from verhalen.tui.words import capital

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class SearchDone(Message):
    """A search is ready, or cannot be done; sent from its thread."""

    def __init__(self, found: Found, error: errors.VerhalenError | None = None) -> None:
        super().__init__()
        self.found = found
        self.error = error


class Finder:
    """The search of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self.found: Found | None = None
        self._asked: tuple[str, Way] | None = None
        """What the background looks for; what an older search finds is forgotten."""

    @property
    def _bar(self) -> SearchBar:
        return self._screen.query_one(SearchBar)

    @property
    def is_open(self) -> bool:
        """Whether one types what to search."""
        return any(bar.display for bar in self._screen.query(SearchBar))

    def next_way(self) -> None:
        """Compare the words otherwise."""
        self._bar.next_way()

    def typed(self, letters: str) -> None:
        """Mark the very letters in the text in front; a regular expression waits for Enter."""
        screen, way = self._screen, self._bar.way
        places = letters_in(screen.view.text, letters) if way is not Way.REGEX else []
        screen.view.show_hits(places)
        if not letters or way is Way.REGEX:
            screen.tell(t("{way} · Enter searches all sources", way=capital(t(way.hint))))
        else:
            screen.tell(tn("{n} place with these letters", "{n} places with these letters", len(places)))

    def asked(self, query: str) -> None:
        """Search all sources in the background."""
        if not query:
            self.clear()
            return
        screen, project, way = self._screen, self._screen.project, self._bar.way
        self._asked = query, way
        screen.tell(t("Searching…"))

        def work() -> None:
            screen.post_message(_search(project, query, way))

        screen.run_worker(work, thread=True, exclusive=True, group="search")

    def done(self, message: SearchDone) -> None:
        """Show what was found and go to the first hit behind the cursor; or say why it cannot be searched."""
        screen, desk, found = self._screen, self._screen.the_desk, message.found
        if (found.query, found.way) != self._asked:
            return
        self._asked = None
        if message.error is not None:
            self._refused(message.error)
            return
        if found.way is Way.LEMMA and not found.in_source(desk.source.id):
            found.hits.extend(self._by_letters(found.query))
        self.found = found
        self.show()
        if not found.hits:
            key = screen.key_text(screen.commands["other-way"])
            screen.tell(t("Nothing found for: {query} · {key} searches another way", query=found.query, key=key))
            self.found = None
            return
        here = screen.view.selection.start
        screen.focus_text()
        self._go(found.next(desk.source.id, here - 1))

    def _refused(self, error: errors.VerhalenError) -> None:
        """Say it, with the cursor at the place that it names."""
        self._screen.view.show_hits(())
        self._screen.tell("")
        self._screen.frame.say_error(error)
        if isinstance(error, errors.BadPattern):
            self._bar.point_at(int(str(error.values["at"])) - 1)

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
        self.found = self._asked = None
        self._screen.view.show_hits(())
        self._screen.tell("")


def _search(project: Project, query: str, way: Way) -> SearchDone:
    """Look through all sources; a bad regular expression, or one that takes too long, is told in its place."""
    found = Found(query, way=way)
    try:
        with project.sibling() as own:
            found.hits = own.sources.search(query, mode=SearchMode(way.value), limit=MOST)
    except errors.VerhalenError as error:
        return SearchDone(found, error.let_go())
    return SearchDone(found)
