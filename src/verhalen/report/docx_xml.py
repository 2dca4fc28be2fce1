"""Pieces of WordprocessingML that python-docx has no words for: fields, bookmarks, links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run as DocxRun

from verhalen.report.blocks import Words

if TYPE_CHECKING:
    from lxml.etree import _Element

# What XML 1.0 cannot hold; a tab and a newline have elements of their own.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` without the characters that cannot be written in XML."""
    return _UNWRITABLE.sub("", text)


def element(tag: str, attributes: Mapping[str, str | int] | None = None, *children: BaseOxmlElement) -> BaseOxmlElement:
    """An element with prefixed names: `element("w:shd", {"w:fill": "EEEEEE"})`."""
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in (attributes or {}).items():
        made.set(qn(name), str(value))
    made.extend(children)
    return made


def add_to_properties(properties: BaseOxmlElement, *made: BaseOxmlElement) -> None:
    """Add numbering, borders or shading, in this order, to paragraph properties: the schema wants them before the rest."""
    for each in made:
        properties.insert_element_before(each, *_AFTER_SHADING)


_AFTER_SHADING = (
    *(
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:kinsoku",
        "w:wordWrap",
        "w:overflowPunct",
        "w:topLinePunct",
        "w:autoSpaceDE",
    ),
    *("w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)


def loose_paragraph(parent: Paragraph, style: BaseStyle) -> Paragraph:
    """A paragraph that stands nowhere yet, in the part of `parent`."""
    made = cast(CT_P, element("w:p"))
    made.style = style.style_id
    return Paragraph(made, parent._parent)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field that Word can update; `shown` stands there until it does."""
    run = paragraph.add_run(shown)
    field = element("w:fldSimple", {"w:instr": f" {instruction} "})
    run._r.addprevious(field)
    field.append(run._r)


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around all the words of `paragraph`."""
    start = element("w:bookmarkStart", {"w:id": number, "w:name": name})
    runs = [child for child in paragraph._p if child.tag != qn("w:pPr")]
    if runs:
        runs[0].addprevious(start)
    else:
        paragraph._p.append(start)
    paragraph._p.append(element("w:bookmarkEnd", {"w:id": number}))


def bookmark(elements: Sequence[_Element], name: str) -> None:
    """Put a bookmark around neighbouring elements, if there are any. `number_bookmarks` gives it a number later."""
    if elements:
        elements[0].addprevious(element("w:bookmarkStart", {"w:id": name, "w:name": name}))
        elements[-1].addnext(element("w:bookmarkEnd", {"w:id": name}))


def number_bookmarks(body: BaseOxmlElement) -> None:
    """Give each bookmark that has only a name a number of its own, in reading order."""
    starts = list(body.iter(qn("w:bookmarkStart")))
    marks = [*starts, *body.iter(qn("w:bookmarkEnd"))]
    taken = [int(given) for each in starts if (given := each.get(qn("w:id"), "")).isdecimal()]
    named = [given for each in starts if not (given := each.get(qn("w:id"), "")).isdecimal()]
    numbers = {name: str(number) for number, name in enumerate(named, max(taken, default=0) + 1)}
    for each in marks:
        given = each.get(qn("w:id"), "")
        each.set(qn("w:id"), numbers.get(given, given))


def add_words(paragraph: Paragraph, words: Words) -> None:
    """Add runs with their look; links become links, filled places get a bookmark."""
    for word in words:
        run = paragraph.add_run(clean(word.text.value))
        # None leaves the look to the style, False would switch off the bold of a heading.
        run.bold = word.strong or None
        run.italic = word.emphasis or None
        if _ADDRESS.fullmatch(word.link):
            _make_link(paragraph, run, word.link)
        elif word.trace:
            bookmark([run._r], word.trace)


def _make_link(paragraph: Paragraph, run: DocxRun, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run.font.underline = True
    link = element("w:hyperlink", {"r:id": relation})
    run._r.addprevious(link)
    link.append(run._r)
