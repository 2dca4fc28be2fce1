"""A table of contents: a field that Word fills with page numbers, holding the headings until it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from verhalen.report.docx_xml import element


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the document."""

    number: int
    """Its place among all headings, from 1."""
    level: int
    words: str


def bookmark_name(number: int) -> str:
    """The bookmark of heading `number`; Word uses names of this form itself."""
    return f"_Toc{number:09d}"


def fill_contents(paragraphs: Sequence[Paragraph], entries: Sequence[Entry], *, depth: int) -> None:
    """Write each entry as a link into its empty paragraph, all of them within one field."""
    for at, (paragraph, entry) in enumerate(zip(paragraphs, entries, strict=True)):
        run = paragraph.add_run(entry.words)
        if at == 0:
            for made in _beginning(depth):
                run._r.addprevious(made)
        link = element("w:hyperlink", {"w:anchor": bookmark_name(entry.number), "w:history": 1})
        run._r.addprevious(link)
        link.append(run._r)
    if paragraphs:
        paragraphs[-1]._p.append(_character({"w:fldCharType": "end"}))


def _beginning(depth: int) -> tuple[BaseOxmlElement, ...]:
    instruction = element("w:instrText")
    instruction.text = rf'TOC \o "1-{depth}" \h \z \u'
    return (
        # Dirty: Word looks up the page numbers when it opens the file.
        _character({"w:fldCharType": "begin", "w:dirty": "true"}),
        element("w:r", {}, instruction),
        _character({"w:fldCharType": "separate"}),
    )


def _character(attributes: dict[str, str]) -> BaseOxmlElement:
    return element("w:r", {}, element("w:fldChar", attributes))
