"""OpenDocument text (.odt): all words that a reader of the document sees, in their order, and a count of the rest."""

from __future__ import annotations

from verhalen.readers.content import Content, Tally, assemble
from verhalen.readers.document_words import HEADERS
from verhalen.readers.odt_package import Package, full, open_package
from verhalen.readers.odt_story import OdtStory
from verhalen.readers.odt_styles import read_styles
from verhalen.readers.odt_walk import walk

_HEADERS = tuple(full(f"style:{name}{pages}") for name in ("header", "footer") for pages in ("", "-left", "-first"))


def read_odt(data: bytes) -> Content:
    """Read an .odt file. Lines of notices are paragraphs, from 1, empty ones and those in tables counted."""
    package = open_package(data)
    tally = Tally()
    story = OdtStory(tally, styles=read_styles(package))
    # A comment on a range stands at its end, as in Word; one whose end is missing, at its beginning.
    ends = (end.get(full("office:name"), "") for end in package.body.iter(full("office:annotation-end")))
    story.awaited = dict.fromkeys(ends, ("", ""))
    walk(package.body, story)
    story.changes.count_unmet(tally)
    _count_headers(package, tally)
    return assemble(story.blocks(), tally.notices())


def _count_headers(package: Package, tally: Tally) -> None:
    pages = None if package.styles is None else package.styles.find(full("office:master-styles"))
    for header in () if pages is None else pages.iter(*_HEADERS):
        if any((text or "").strip() for text in header.itertext()):
            tally.add(HEADERS, None)
