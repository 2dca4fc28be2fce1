"""What lies open on the coding screen: one source with its codings, read from the project. No Textual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from verhalen import errors
from verhalen.api.corrections import Edits, differences
from verhalen.api.project import Project
from verhalen.model.act import Act, Change
from verhalen.model.coding import Coding
from verhalen.model.text import Landmark, Mention, Source, Span, Turn
from verhalen.tui.coding_marks import Mark, mark_of
from verhalen.tui.coding_units import Selection

WAITING = "…"
"""Stands where the valence stands, until the act is stored."""
_OF_CODINGS = frozenset({Act.CODE, Act.SUGGESTED, Act.UNCODE, Act.RECODE, Act.RESIZE, Act.VALENCE, Act.CODING_MEMO})
_NAMED = 48
"""A change names at most 50 ids; one with as many may have touched more."""


@dataclass(slots=True)
class Desk:
    """One source as the screen shows it."""

    source: Source
    text: str
    turns: tuple[Turn, ...]
    coder_id: int
    codings: dict[int, Coding] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    intents: list[Mark] = field(default_factory=list)
    """Codings asked for and not stored yet."""
    waiting: set[int] = field(default_factory=set)
    """Codings with a change that is not stored yet."""
    going: set[int] = field(default_factory=set)
    """Codings whose removal is not stored yet."""
    moved: dict[int, Span] = field(default_factory=dict)
    """Other borders of codings, shown and not stored yet."""
    landmarks: tuple[Landmark, ...] = ()
    """Pages, and moments of the recording."""
    last: int | None = None
    """The coding that was touched last."""
    _marks: dict[int, Mark] = field(default_factory=dict)
    """Marks made before: thousands stay the same when one coding comes."""

    def marks(self) -> list[Mark]:
        """Everything for the margin."""
        stored = {each.id: self._mark(each.id, each) for each in self.codings.values()}
        self._marks = dict(stored)
        for number in (self.waiting | self.going) & stored.keys():
            stored[number] = replace(stored[number], sign=WAITING)
        for number in self.moved.keys() & stored.keys():
            span = self.moved[number]
            stored[number] = replace(stored[number], start=span.start, stop=span.stop, sign=WAITING)
        return [*stored.values(), *self.intents]

    def _mark(self, number: int, coding: Coding) -> Mark:
        known = self._marks.get(number)
        return known if known and known.coding is coding else mark_of(coding, coder_id=self.coder_id)

    def counts(self) -> Counter[str]:
        """Codings of this source by code."""
        return Counter(each.code for each in self.codings.values())

    def about(self) -> list[tuple[int, int]]:
        """Pieces that are about a family."""
        return [(each.start, each.stop) for each in self.mentions]

    def read_codings(self, project: Project) -> None:
        """Read all codings and mentions again."""
        known = self.codings
        fresh = project.codings.of(self.source.id)
        # What is the same stays the same object, so that its stripe is not made anew.
        self.codings = {each.id: known[each.id] if known.get(each.id) == each else each for each in fresh}
        self.mentions = project.sources.mentions(self.source.id)

    def read_turns(self, project: Project) -> bool:
        """Read the turns again; say whether anything differs: somebody may have put speakers right."""
        before, self.turns = self.turns, project.sources.text(self.source.id).turns
        return before != self.turns

    def take(self, project: Project, ids: Iterable[int]) -> bool:
        """Read these codings again; say whether anything differs."""
        before = dict(self.codings)
        for number in ids:
            found = _coding(project, number)
            if found is None or found.source_id != self.source.id:
                self.codings.pop(number, None)
            else:
                self.codings[number] = found
        return before != self.codings


def _coding(project: Project, number: int) -> Coding | None:
    try:
        return project.codings.get(number)
    except errors.UnknownCoding:
        return None


def open_desk(project: Project, number: int) -> Desk:
    """Read a source. Raises UnknownSource."""
    found = project.sources.text(number)
    desk = Desk(found.source, found.text, found.turns, project.coder_id, landmarks=found.landmarks)
    desk.read_codings(project)
    return desk


def touched(changes: Iterable[Change], source_id: int) -> set[int] | None:
    """Which codings of a source these changes are about; None where everything must be read again."""
    ids: set[int] = set()
    for change in changes:
        if change.act not in _OF_CODINGS or len(change.targets) >= _NAMED or len(change.targets) % 3:
            return None
        triples = zip(change.targets[::3], change.targets[1::3], change.targets[2::3], strict=True)
        ids.update(coding for _, source, coding in triples if source == source_id)
    return ids


def carried(selection: Selection, old: str, new: str) -> Selection:
    """Where cursor and selection lie in the text after a correction: at the same words, or where these were."""
    edits = differences(old, new)
    span = selection.span
    moved = edits.move(span or Span(selection.cursor, selection.cursor + 1))
    if moved is None:
        place = _after(selection.start, edits, len(new))
        return Selection(place, place)
    if span is None:
        return Selection(moved.start, moved.start)
    forward = selection.anchor <= selection.cursor
    return Selection(moved.start, moved.stop) if forward else Selection(moved.stop, moved.start)


def _after(place: int, edits: Edits, length: int) -> int:
    """Where words stood that are gone: a character before them stays before."""
    before = edits.move(Span(0, place)) if place else None
    return min(before.stop if before else 0, length)
