"""Real lists in Word: the list styles of the document, and numbering that begins at 1 in each list."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from verhalen.report.docx_xml import add_to_properties, element

_STEP = Cm(0.63)


class ListNumbers:
    """One list at one depth: which style its items get, and which numbering."""

    def __init__(self, document: Document, *, ordered: bool, depth: int) -> None:
        """`depth` is 1 for a list that is not within another. A template may lack the styles of the depths below."""
        base = "List Number" if ordered else "List Bullet"
        wanted = base if depth == 1 else f"{base} {depth}"
        known = {style.name for style in document.styles}
        self.style_name = wanted if wanted in known else base
        # Without a style of its own the list at least stands further to the right.
        self._indent = _STEP * depth if self.style_name != wanted else None
        self._number = _new_numbering(document, self.style_name) if ordered else None

    def apply(self, paragraph: Paragraph) -> None:
        """Make `paragraph` an item of this list."""
        if self._number is not None:
            level, number = element("w:ilvl", {"w:val": 0}), element("w:numId", {"w:val": self._number})
            add_to_properties(paragraph._p.get_or_add_pPr(), element("w:numPr", {}, level, number))
        if self._indent is not None:
            paragraph.paragraph_format.left_indent = self._indent


def _new_numbering(document: Document, style_name: str) -> int | None:
    """A numbering that looks like that of the style and begins at 1; None where the style has none."""
    found = document.styles[style_name].element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values()):
        return None  # python-docx cannot make the part
    numbering = document.part.numbering_part.element
    numbers = [number for number in numbering.findall(qn("w:num")) if found and number.get(qn("w:numId")) == found[0]]
    if not numbers:
        return None
    new = 1 + max(int(number.get(qn("w:numId"), "0")) for number in numbering.findall(qn("w:num")))
    abstract = numbers[0].find(qn("w:abstractNumId"))
    if abstract is None:
        return None
    # Beside its fellows: the schema wants nothing after them but a clean-up mark that a template may hold.
    numbers[-1].addnext(_restarted(new, abstract.get(qn("w:val"), "0")))
    return new


def _restarted(number: int, abstract: str) -> BaseOxmlElement:
    override = element("w:lvlOverride", {"w:ilvl": 0}, element("w:startOverride", {"w:val": 1}))
    return element("w:num", {"w:numId": number}, element("w:abstractNumId", {"w:val": abstract}), override)
