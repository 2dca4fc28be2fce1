"""What Word keeps beside the text: footnotes, endnotes and comments, as words in square brackets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.readers.content import Tally
from verhalen.readers.docx_package import Package, attribute, short

if TYPE_CHECKING:
    from lxml.etree import _Element

FOOTNOTES = mark(
    "Footnotes and endnotes stand in square brackets at the end of their paragraph ({n}×; paragraph {places})."
)
COMMENTS = mark("Comments of Word stand in square brackets at the end of their paragraph ({n}×; paragraph {places}).")
UNPLACED = mark("Notes or comments without a place in the text, or at deleted text, were left out ({n}×).")
MISSING = mark("The text points to notes or comments that the file does not hold ({n}×; paragraph {places}).")

_KINDS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
# Part of the stored text and so, like the headings of our tables, always Dutch: the same file gives the same text
# whatever language the reader speaks.
_LABELS = {"footnote": "voetnoot", "endnote": "eindnoot", "comment": "opmerking"}


@dataclass(slots=True)
class Notes:
    """The notes of one document by kind and id; each is given once."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    given: set[tuple[str, str]] = field(default_factory=set)

    def take(self, kind: str, key: str, *, paragraph: int, tally: Tally) -> str:
        """The words for a reference in `paragraph`; empty if there are none, or they were given before."""
        place = (kind, key)
        if place in self.given:
            return ""
        if place not in self.words:
            tally.add(MISSING, paragraph)
            return ""
        self.given.add(place)
        if self.words[place]:
            tally.add(COMMENTS if kind == "comment" else FOOTNOTES, paragraph)
        return self.words[place]

    def count_unplaced(self, tally: Tally) -> None:
        """Tell of notes with words that no reference asked for."""
        lost = sum(1 for place, words in self.words.items() if words and place not in self.given)
        if lost:
            tally.add(UNPLACED, None, lost)


def read_notes(package: Package, words_of: Callable[[_Element], str]) -> Notes:
    """All notes of the document; `words_of` reads the text inside one."""
    notes = Notes()
    for relation, kind in _KINDS.items():
        for root in package.roots(relation):
            for note in root:
                # Word keeps its separator lines among the notes, with a type.
                if short(str(note.tag)) == f"w:{kind}" and attribute(note, "type") in ("", "normal"):
                    notes.words[kind, attribute(note, "id")] = _bracketed(kind, note, words_of(note))
    return notes


def _bracketed(kind: str, note: _Element, words: str) -> str:
    author = " ".join(attribute(note, "author").split()) if kind == "comment" else ""
    by = f" van {author}" if author else ""
    return f"[{_LABELS[kind]}{by}: {words}]" if words else ""
