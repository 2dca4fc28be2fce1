"""The codebook on two pages in Word, in two columns of small type: a sheet to talk about with coaches."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from verhalen.errors import BadInput, UnknownFormat
from verhalen.i18n import t, tn
from verhalen.model.codebook import Code, Codebook
from verhalen.report.docx_package import open_document, save, set_properties
from verhalen.report.docx_style import GREY
from verhalen.report.docx_writer import add_footer
from verhalen.report.docx_xml import clean, element

PAGES = 2
_MARGIN, _GAP, _BELOW = 1.3, 0.6, 1.3
"""Centimetres."""
_COLUMN = (21 - 2 * _MARGIN - _GAP) / 2 * 72 / 2.54
"""Width of a column in points."""
_HEIGHT = (29.7 - _MARGIN - _BELOW - 0.9) * 72 / 2.54
"""Height of a column in points, above the footer."""
_TITLE = 46
"""Points that the title takes from both columns of the first page."""
_LETTER, _LINE, _ROOM = 0.455, 1.22, 0.97
"""Width of a letter and height of a line, in parts of the size; the part of the room that we dare to fill."""
_INDENT = 7
"""Points for each level."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s")


@dataclass(frozen=True, slots=True)
class Look:
    """How much is said, and in which size."""

    size: float
    """Points."""
    said: int | None
    """Letters of a definition; 0 for names alone, None for all of its first paragraph."""
    guided: int
    """Levels of which when to use and when not stand there too: 0 is none, 1 is the top."""


LOOKS = (
    *(Look(size, None, 9) for size in (10, 9.5, 9, 8.5)),
    *(Look(size, None, 2) for size in (9, 8.5, 8)),
    *(Look(size, None, 1) for size in (9, 8.5, 8)),
    *(Look(size, None, 0) for size in (9, 8.5, 8, 7.5)),
    *(Look(size, said, 0) for said in (110, 70) for size in (8.5, 8, 7.5, 7)),
    *(Look(size, 0, 0) for size in (9, 8, 7, 6.5)),
)
"""The richest first; the first that fits on two pages is taken, and else the last."""


def write_sheet(codebook: Codebook, path: Path, *, today: dt.date, language: str = "nl-BE") -> None:
    """Write the codes that are in use to `path`, whole or not at all. Raises UnknownFormat, BadInput and CannotWrite."""
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(suffix=path.suffix or t("without a suffix"), file=path.name, known=".docx")
    codes = [code for code in codebook if not code.deprecated]
    if not codes:
        raise BadInput(reason=t("there is no code in use to put on the sheet"))
    look = fitting(codebook, codes)
    title = t("Our codes")
    document = open_document(language=language)
    set_properties(document, title=title, language=language, today=today)
    _set_styles(document, look)
    _write_title(document, title, len(codes), len(codebook) - len(codes))
    _set_columns(document.add_section(WD_SECTION.CONTINUOUS), 2)
    _set_columns(document.sections[0], 1)
    for section in document.sections:
        _set_page(section)
    for code in codes:
        _write_code(document, code, depth=codebook.depth(code), look=look)
    add_footer(document, title)
    save(document, path)


# -- what fits -----------------------------------------------------------------------------------------------------------


def fitting(codebook: Codebook, codes: Sequence[Code]) -> Look:
    """The richest look with which the codes fit on two pages, by an estimate that errs on the safe side."""
    room = (2 * PAGES * _HEIGHT - 2 * _TITLE) * _ROOM
    return next((look for look in LOOKS if _height(codebook, codes, look) <= room), LOOKS[-1])


def _height(codebook: Codebook, codes: Sequence[Code], look: Look) -> float:
    """Points that the codes take, one below the other."""
    return sum(_height_of(code, codebook.depth(code), look) for code in codes)


def _height_of(code: Code, depth: int, look: Look) -> float:
    letters = (_COLUMN - _indent(depth)) / (look.size * _LETTER)
    texts = [f"{code.name}  {_definition(code, look)}", *(f"{a} {b}" for a, b in _guidance(code, depth, look))]
    lines = sum(math.ceil(len(text) / letters) for text in texts)
    return (lines + (1.2 if depth == 0 else 0.15)) * look.size * _LINE


def _indent(depth: int) -> float:
    return min(max(depth - 1, 0), 5) * _INDENT


def _definition(code: Code, look: Look) -> str:
    """The first paragraph, or the beginning of its first sentence."""
    text = clean(" ".join(code.definition.split("\n\n", 1)[0].split())).replace("`", "")
    if look.said is None:
        return text
    first = _SENTENCE.split(text, maxsplit=1)[0]
    return first if len(first) <= look.said else _cut(first, look.said)


def _cut(text: str, most: int) -> str:
    """Whole words, as far as they fit; nothing where nothing may be said."""
    cut = text[:most].rpartition(" ")[0].rstrip(",;:")
    return f"{cut}…" if cut else ""


def _guidance(code: Code, depth: int, look: Look) -> Iterator[tuple[str, str]]:
    if depth < look.guided:
        for word, text in ((t("use it for:"), code.include), (t("not for:"), code.exclude)):
            if text:
                yield word, clean(" ".join(text.split())).replace("`", "")


# -- what is written -----------------------------------------------------------------------------------------------------


def _set_styles(document: Document, look: Look) -> None:
    sizes = {"Normal": look.size, "Heading 1": look.size + 1.5, "Title": 16.0, "Subtitle": 9.0, "Footer": 8.0}
    for name, size in sizes.items():
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.size = Pt(size)
            style.paragraph_format.line_spacing = 1.0
            style.paragraph_format.space_before = Pt(look.size * 0.5 if name == "Heading 1" else 0)
            style.paragraph_format.space_after = Pt({"Title": 2, "Subtitle": 4}.get(name, look.size * 0.15))


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(_MARGIN)
    section.bottom_margin, section.footer_distance = Cm(_BELOW + 0.5), Cm(0.7)


def _set_columns(section: Section, number: int) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:cols")):
        properties.remove(old)
    space = round(_GAP / 2.54 * 1440)
    columns = element("w:cols", {"w:num": number, "w:space": space, **({"w:sep": 1} if number > 1 else {})})
    after = ("formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
    properties.insert_element_before(columns, *(f"w:{name}" for name in after))


def _write_title(document: Document, title: str, used: int, unused: int) -> None:
    document.add_paragraph(style="Title").add_run(title)
    parts = [tn("{n} code", "{n} codes", used)]
    if unused:
        parts.append(tn("{n} out of use is left out", "{n} out of use are left out", unused))
    document.add_paragraph(style="Subtitle").add_run(" · ".join(parts))


def _write_code(document: Document, code: Code, *, depth: int, look: Look) -> None:
    """A heading for a code on top, a line for one below; what they mean stands behind the name."""
    definition = _definition(code, look)
    if depth == 0:
        document.add_paragraph(style="Heading 1").add_run(clean(code.name))
        if definition:
            below = _paragraph(document, depth)
            below.add_run(definition)
            below.paragraph_format.keep_with_next = True
    else:
        line = _paragraph(document, depth)
        line.add_run(clean(code.name)).bold = True
        if definition:
            line.add_run(f"  {definition}")
    for word, text in _guidance(code, depth, look):
        line = _paragraph(document, depth)
        line.paragraph_format.keep_together = True
        said = line.add_run(f"{word} ")
        said.italic = True
        said.font.color.rgb = RGBColor.from_string(GREY)
        line.add_run(text)


def _paragraph(document: Document, depth: int) -> Paragraph:
    made = document.add_paragraph(style="Normal")
    made.paragraph_format.left_indent = Pt(_indent(depth))
    made.paragraph_format.keep_together = True
    return made
