"""Real lists in Word: the list styles of the document, and numbering that begins at 1 in each list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.shared import Cm
from docx.styles.style import BaseStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

from verhalen.report.docx_xml import add_to_properties, element

_STEP = Cm(0.63)


class ListNumbers:
    """One list at one depth: which style its items get, and which numbering."""

    def __init__(
        self, document: Document, *, ordered: bool, depth: int, names: Mapping[str, str] | None = None
    ) -> None:
        """`depth` is 1 for a list that is not within another. A template may lack the styles of the depths below.

        `names`: our name of a style -> its name in a house template.
        """
        ours = "List Number" if ordered else "List Bullet"
        base = (names or {}).get(ours, ours)
        wanted = base if depth == 1 else f"{ours} {depth}"
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


def ensure_list(document: Document, style_name: str, *, ordered: bool) -> None:
    """Give a list style of a template a numbering of its own, where it has none: else its items would be plain paragraphs."""
    properties = document.styles[style_name].element.get_or_add_pPr()
    if _number_of(document, style_name) is not None:
        return
    numbering = _numbering(document)
    abstracts = numbering.findall(qn("w:abstractNum"))
    new = 1 + max((int(each.get(qn("w:abstractNumId"), "0")) for each in abstracts), default=0)
    look = ("decimal", "%1.") if ordered else ("bullet", "\u2022")
    level = element(
        "w:lvl",
        {"w:ilvl": 0},
        element("w:start", {"w:val": 1}),
        element("w:numFmt", {"w:val": look[0]}),
        element("w:lvlText", {"w:val": look[1]}),
        element("w:lvlJc", {"w:val": "left"}),
        element("w:pPr", {}, element("w:ind", {"w:left": _STEP.twips, "w:hanging": _STEP.twips})),
    )
    made = element(
        "w:abstractNum", {"w:abstractNumId": new}, element("w:multiLevelType", {"w:val": "singleLevel"}), level
    )
    if abstracts:
        abstracts[-1].addnext(made)
    else:
        numbering.insert(0, made)
    numbers = numbering.findall(qn("w:num"))
    number = 1 + max((int(each.get(qn("w:numId"), "0")) for each in numbers), default=0)
    given = element("w:num", {"w:numId": number}, element("w:abstractNumId", {"w:val": new}))
    (numbers[-1] if numbers else made).addnext(given)
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    add_to_properties(properties, element("w:numPr", {}, element("w:numId", {"w:val": number})))


def _numbering(document: Document) -> BaseOxmlElement:
    """The numbering of the document; made where there is none."""
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values()):
        package = document.part.package
        assert package is not None, "an opened document stands in a package"
        part = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element("w:numbering"), package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return cast(BaseOxmlElement, document.part.numbering_part.element)


def _number_of(document: Document, style_name: str) -> str | None:
    """The numbering of a style, or of those on which it is built; None where it has none that is there."""
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values()):
        return None
    known = {each.get(qn("w:numId")) for each in document.part.numbering_part.element.findall(qn("w:num"))}
    style: BaseStyle | None = document.styles[style_name]
    while isinstance(style, ParagraphStyle):
        found = style.element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        if found:
            return str(found[0]) if found[0] in known else None
        style = style.base_style
    return None


def _new_numbering(document: Document, style_name: str) -> int | None:
    """A numbering that looks like that of the style and begins at 1; None where the style has none."""
    found = _number_of(document, style_name)
    if found is None:
        return None
    numbering = document.part.numbering_part.element
    numbers = [number for number in numbering.findall(qn("w:num")) if number.get(qn("w:numId")) == found]
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
