"""Word (.docx): all words that a reader of the document sees, in their order, and a count of what is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.errors import UnreadableFile
from verhalen.i18n import t
from verhalen.readers.content import Content, Tally, assemble
from verhalen.readers.document_words import HEADERS
from verhalen.readers.docx_notes import read_notes
from verhalen.readers.docx_package import Package, open_package, short
from verhalen.readers.docx_story import Story
from verhalen.readers.docx_styles import Styles, read_styles
from verhalen.readers.docx_walk import walk
from verhalen.readers.story_form import paper_kind

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_word(data: bytes) -> Content:
    """Read a .docx file. Lines of notices are paragraphs, from 1, empty ones and those in tables counted.

    The XML is walked here: python-docx leaves out tracked insertions, content controls, notes and text boxes.
    """
    package = open_package(data)
    if paper_kind(package.document):
        raise UnreadableFile(
            reason=t("it is a form to fill in, not a conversation; take it in with: verhalen stories import")
        )
    styles = read_styles(package.roots("styles"), package.roots("numbering"))
    tally = Tally()
    notes = read_notes(package, lambda note: _words(note, styles, tally))
    story = Story(tally, styles=styles, notes=notes)
    walk(package.document, story)
    notes.count_unplaced(tally)
    _count_headers(package, tally)
    return assemble(story.blocks(), tally.notices())


def _words(note: _Element, styles: Styles, tally: Tally) -> str:
    """The words of one note on one line: it will stand inside a paragraph."""
    story = Story(tally, numbered=False, styles=styles)
    walk(note, story)
    return story.words()


def _count_headers(package: Package, tally: Tally) -> None:
    for relation in ("header", "footer"):
        for root in package.roots(relation):
            if any((one.text or "").strip() for one in root.iter() if short(str(one.tag)) == "w:t"):
                tally.add(HEADERS, None)
