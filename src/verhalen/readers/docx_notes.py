"""What Word keeps beside the text: footnotes, endnotes and comments, as words in square brackets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers import document_words as texts
from verhalen.readers.content import Tally
from verhalen.readers.document_words import bracketed
from verhalen.readers.docx_package import Package, attribute, short

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


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
            tally.add(texts.MISSING, paragraph)
            return ""
        self.given.add(place)
        if self.words[place]:
            tally.add(texts.COMMENTS if kind == "comment" else texts.FOOTNOTES, paragraph)
        return self.words[place]

    def count_unplaced(self, tally: Tally) -> None:
        """Tell of notes with words that no reference asked for."""
        lost = sum(1 for place, words in self.words.items() if words and place not in self.given)
        if lost:
            tally.add(texts.UNPLACED, None, lost)


def read_notes(package: Package, words_of: Callable[[_Element], str]) -> Notes:
    """All notes of the document; `words_of` reads the text inside one."""
    notes = Notes()
    for relation, kind in _KINDS.items():
        for root in package.roots(relation):
            for note in root:
                # Word keeps its separator lines among the notes, with a type.
                if short(str(note.tag)) == f"w:{kind}" and attribute(note, "type") in ("", "normal"):
                    notes.words[kind, attribute(note, "id")] = bracketed(
                        kind, words_of(note), author=attribute(note, "author") if kind == "comment" else ""
                    )
    return notes
