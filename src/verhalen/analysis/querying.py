"""Which fragments a question asks for. docs/queries.md says it for people.

A part with codes in it is about places: "en" joins two of them where their fragments overlap. A part with fields only is
a filter on a fragment itself: its speaker, its coder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from verhalen.analysis.places import Place, Reach, containing, counted, lines, overlapping, partnered, within
from verhalen.analysis.query_terms import Terms, codes_of
from verhalen.language.lemmas import WORD
from verhalen.model.codebook import Codebook
from verhalen.model.query_parser import parse
from verhalen.model.query_tree import Both, CodeTerm, Either, FieldTerm, Inverse, Near, Node, Unit, Within
from verhalen.store import asking as store
from verhalen.store import codebook as code_store
from verhalen.store import sources
from verhalen.store.asking import Among
from verhalen.store.former_keys import now_called
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

Units = list[tuple[int, int]]
"""Start and stop, in characters, of every word, turn or paragraph."""


def matching(project: ProjectFile, question: str) -> set[int]:
    """Ids of the codings that the question asks for. Raises BadQuery."""
    return Questioner(project).answer(parse(question))


class Questioner:
    """Answers questions about one project."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._terms = Terms(project)
        self._book: Codebook | None = None

    def answer(self, node: Node, among: Among = None) -> set[int]:
        """Codings that the part asks for; with `among`, only of these."""
        match node:
            case CodeTerm():
                wanted = codes_of(node, self._codes(), once=partial(now_called, self._project))
                return _only(store.with_codes(self._project, wanted), among)
            case FieldTerm():
                return self._terms.holds_for(node, among)
            case Either(parts):
                return set().union(*(self.answer(part, among) for part in parts))
            case Both(parts):
                return _only(self._both(parts, among), among)
            case Inverse(part):
                return self._inverse(part, among)
            case Within(left, right):
                return _only(self._partnered(self.answer(left), self.answer(right), containing), among)
            case Near(left, right, distance, unit):
                return _only(self._near(self.answer(left), self.answer(right), distance, unit), among)

    def _codes(self) -> Codebook:
        if self._book is None:
            self._book = code_store.codebook(self._project)
        return self._book

    def _both(self, parts: tuple[Node, ...], among: Among) -> set[int]:
        """Fragments of parts about codes where these overlap; then the filters, on what is left only."""
        found = self._overlap([self.answer(part) for part in parts if is_placed(part)])
        for part in parts:
            if not is_placed(part):
                found = self.answer(part, among if found is None else found)
                among = found
        return found or set()

    def _overlap(self, sets: list[set[int]]) -> set[int] | None:
        """Members of any set that are in each other one, or overlap a member of it; None of no sets."""
        if not sets:
            return None
        members = set().union(*sets)
        return set.intersection(*(own | self._partnered(members - own, own, overlapping) for own in sets))

    def _inverse(self, part: Node, among: Among) -> set[int]:
        everything = set(among) if among is not None else store.coding_ids(self._project)
        if not is_placed(part):
            return everything - self.answer(part, everything)
        gone = self.answer(part)
        rest = everything - gone
        return rest - self._partnered(rest, gone, overlapping)

    # -- places ------------------------------------------------------------------------------------------------------

    def _partnered(self, left: Collection[int], right: Collection[int], reach: Reach) -> set[int]:
        return self._by_source(left, right, lambda _, places, others: partnered(places, others, reach))

    def _near(self, left: Collection[int], right: Collection[int], distance: int, unit: Unit) -> set[int]:
        # Between two neighbouring words lie none, though their numbers differ by one.
        reach = within(distance + 1 if unit is Unit.WORDS else distance)

        def work(source: int, places: list[Place], others: list[Place]) -> set[int]:
            units = self._units(source, unit)
            return partnered(counted(places, units), counted(others, units), reach)

        return self._by_source(left, right, work)

    def _by_source(
        self,
        left: Collection[int],
        right: Collection[int],
        work: Callable[[int, list[Place], list[Place]], set[int]],
    ) -> set[int]:
        if not left or not right:
            return set()
        mine, theirs = set(left), set(right)
        found: set[int] = set()
        for source, placed in store.places(self._project, mine | theirs):
            places = [Place(number, start, stop - 1) for number, start, stop in placed if number in mine]
            others = [Place(number, start, stop - 1) for number, start, stop in placed if number in theirs]
            if places and others:
                found |= work(source, places, others)
        return found

    def _units(self, source: int, unit: Unit) -> Units:
        if unit is Unit.TURNS:
            return [(turn.start, turn.stop) for turn in sources.turns_of(self._project, source)]
        text = self._text(source)
        return lines(text) if unit is Unit.PARAGRAPHS else [match.span() for match in WORD.finditer(text)]

    def _text(self, source: int) -> str:
        known = sources.source_by_id(self._project, source)
        found = text_of(self._project, source, known.version) if known else None
        return found.text if found else ""


def is_placed(node: Node) -> bool:
    """Whether a part is about places of codes and not only a filter."""
    match node:
        case Both(parts) | Either(parts):
            return any(map(is_placed, parts))
        case FieldTerm() | Inverse():
            return False
        case _:
            return True


def _only(found: set[int], among: Among) -> set[int]:
    return found if among is None else found.intersection(among)
