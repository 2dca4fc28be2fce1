"""What other programs leave in a template, made so that our report can stand in it: names of styles, the last section, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from docx.styles import BabelFish

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.report.docx_xml import element

_FROM = 100_000
"""Numbers of what the template keeps begin here: those of the report count from one."""


def sound(document: Document) -> None:
    """Styles under the names that Word gives its own, each with a name; and a last section with a size."""
    styles = document.styles.element.findall(qn("w:style"))
    names = {each.get(qn("w:val")) for style in styles if (each := style.find(qn("w:name"))) is not None}
    for style in styles:
        name = style.find(qn("w:name"))
        if name is None:
            name = element("w:name", {"w:val": style.get(qn("w:styleId"), "")})
            style.insert(0, name)
        # LibreOffice writes "Heading 1" for Word's "heading 1", and python-docx does not find that.
        ours = BabelFish.ui2internal(name.get(qn("w:val"), ""))
        if ours not in names:
            name.set(qn("w:val"), ours)
    document.element.body.get_or_add_sectPr()
    last = document.sections[-1]
    if last.page_width is None or last.page_height is None:
        last.page_width, last.page_height = Cm(21), Cm(29.7)
    if last.left_margin is None or last.right_margin is None:
        last.left_margin = last.right_margin = last.top_margin = last.bottom_margin = Cm(2.5)


def lies(document: Document) -> bool:
    """Whether the pages of a template are wider than they are high."""
    last = document.sections[-1]
    return bool(last.page_width and last.page_height and last.page_width > last.page_height)


def in_one_column(document: Document) -> Iterator[Notice]:
    """Tables and charts do not fit in columns: the section of the report gets one."""
    columns = document.element.body.get_or_add_sectPr().find(qn("w:cols"))
    if columns is None or columns.get(qn("w:num"), "1") in ("0", "1"):
        return
    for each in list(columns):
        columns.remove(each)
    for name in ("w:num", "w:equalWidth", "w:sep"):
        columns.attrib.pop(qn(name), None)
    yield Notice(None, mark("your template has columns; the report stands in one, else its tables would not fit"))


def misplaced(document: Document, place: re.Pattern[str]) -> Iterator[Notice]:
    """The place of the report where it cannot come: in a table or a box, or within a paragraph with other words."""
    found = [each for each in document.element.body.iter(qn("w:p")) if place.search(_words(each))]
    own = [
        each for each in found if each.getparent() is document.element.body and place.fullmatch(_words(each).strip())
    ]
    if found and not own:
        yield Notice(None, mark("the place of the report in your template stands in a table, in a box or among other words. "
                                "Give it a paragraph of its own; now none of the template's pages are used"))  # fmt: skip


def _words(paragraph: BaseOxmlElement) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def renumber(document: Document, below: Sequence[BaseOxmlElement]) -> None:
    """Bookmarks and pictures that stay get numbers that the report does not use."""
    kept = [document.element.body, *below]
    starts = [each for one in kept for each in one.iter(qn("w:bookmarkStart"))]
    given = {each.get(qn("w:id"), ""): str(_FROM + number) for number, each in enumerate(starts)}
    ends = [each for one in kept for each in one.iter(qn("w:bookmarkEnd"))]
    for each in (*starts, *ends):
        each.set(qn("w:id"), given.get(each.get(qn("w:id"), ""), each.get(qn("w:id"), "")))
    pictures = (each for one in kept for each in one.iter(qn("wp:docPr")))
    for number, each in enumerate(pictures):
        each.set("id", str(_FROM + number))
