"""The form that a parent fills in, in Word or on paper: large type, a face above every answer, one module a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from verhalen.errors import BadInput, UnknownFormat
from verhalen.i18n import t
from verhalen.model.family import Level
from verhalen.model.form import ANSWER, DAY, FAMILY, FIELD, FORM, MEMBER, NOT_KNOWN, TOGETHER, mark_of
from verhalen.model.instrument import Instrument, Item
from verhalen.report.docx_package import open_document, save, set_properties
from verhalen.report.docx_xml import clean, element
from verhalen.report.form_sentences import SENTENCES, Sentences
from verhalen.report.form_xml import add_box, add_face, add_mark, add_place, write
from verhalen.scores.form_words import FormWords, module_of

FACES = 5
"""With so many answers each has a face; a longer scale has its numbers."""
MOST_ANSWERS = 11
"""What fits beside each other on a page."""
_TITLE, _LARGE, _PLAIN, _SMALL = 28, 18, 14, 12
"""Points."""
_WIDTH, _LAST = 17.4, 3.2
"""Of the page between its margins, and of the answer that is no number, in centimetres."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is filled in already when the form is printed."""

    family: str = ""
    member: str = ""
    day: dt.date | None = None


def write_form(
    instrument: Instrument,
    words: FormWords,
    path: Path,
    *,
    today: dt.date,
    modules: Sequence[str] = (),
    known: Known | None = None,
) -> None:
    """Write the form to `path`, whole or not at all; `modules` leaves only these in, in the order of the instrument.

    Raises UnknownFormat, BadInput for a module or scale that does not fit, CannotWrite.
    """
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(suffix=path.suffix or t("without a suffix"), file=path.name, known=".docx")
    pages = _pages(instrument, modules)
    sentences = SENTENCES.get(words.language, SENTENCES["en"])
    document = open_document(language=sentences.locale)
    set_properties(document, title=f"{instrument.name}: {sentences.title}", language=sentences.locale, today=today)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    writer = _Writer(document, instrument, words, sentences)
    writer.head(known or Known())
    for number, (module, items) in enumerate(pages, start=1):
        writer.page(module, items, number=number, all_pages=len(pages))
    writer.line(sentences.thanks, _LARGE, bold=True)
    save(document, path)


def _pages(instrument: Instrument, modules: Sequence[str]) -> list[tuple[str, list[Item]]]:
    """The modules that are asked, with their items."""
    steps = instrument.high - instrument.low + 1
    if steps > MOST_ANSWERS:
        raise BadInput(reason=t("a scale of {n} values does not fit on a form", n=steps))
    by_module: dict[str, list[Item]] = {}
    for item in instrument.asked:
        by_module.setdefault(module_of(item), []).append(item)
    if not by_module:
        raise BadInput(reason=t("this instrument has no items"))
    if unknown := [module for module in modules if module not in by_module]:
        known = ", ".join(by_module)
        raise BadInput(reason=t("there is no module {module}; there are: {known}", module=unknown[0], known=known))
    wanted = {module: items for module, items in by_module.items() if not modules or module in modules}
    for module, items in wanted.items():
        if any(item.level is Level.CHILD for item in items):
            raise BadInput(reason=t("module {module} asks about one child; a parent fills in this form", module=module))
    return list(wanted.items())


def _set_widths(table: Table) -> None:
    """Room for the words of the last answer; the others share the rest."""
    columns = list(table.columns)
    others = (_WIDTH - _LAST) / (len(columns) - 1)
    for index, column in enumerate(columns):
        width = Cm(_LAST if index == len(columns) - 1 else others)
        column.width = width
        for cell in column.cells:
            cell.width = width


class _Writer:
    """Writes a form from top to bottom."""

    def __init__(self, document: Document, instrument: Instrument, words: FormWords, sentences: Sentences) -> None:
        self._document = document
        self._instrument = instrument
        self._words = words
        self._sentences = sentences
        self._drawings = count(1)
        self._turned = sentences.right_to_left
        self._drawn = instrument.high - instrument.low + 1 == FACES

    def line(self, text: str, size: float, *, bold: bool = False, after: float = 6, style: str = "Normal") -> Paragraph:
        """A paragraph of its own."""
        made = self._document.add_paragraph(style=style)
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(0), Pt(after)
        write(made, text, size, bold=bold, right_to_left=self._turned)
        return made

    def head(self, known: Known) -> None:
        """Title, who and when, and what to do."""
        title = self.line(self._sentences.title, _TITLE, after=4, style="Title")
        add_mark(title, mark_of(FORM, self._instrument.key, str(self._instrument.version), self._words.language))
        if not self._words.checked:
            self.line(self._sentences.draft, _SMALL)
        for field, label, written in (
            (FAMILY, self._sentences.family, known.family),
            (MEMBER, self._sentences.member, known.member),
            (DAY, self._sentences.day, f"{known.day:%d/%m/%Y}" if known.day else ""),
        ):
            line = self.line(f"{label}: ", _PLAIN)
            add_place(line, mark_of(FIELD, field), label, written, _PLAIN)
        line = self.line("", _PLAIN, after=10)
        add_box(line, mark_of(FIELD, TOGETHER), self._sentences.together, _PLAIN)
        write(line, f"  {self._sentences.together}", _PLAIN, right_to_left=self._turned)
        for sentence in (
            self._sentences.under_a_face if self._drawn else self._sentences.one_cross,
            self._sentences.nothing_wrong,
        ):
            self.line(sentence, _PLAIN, bold=True, after=3)

    def page(self, module: str, items: Sequence[Item], *, number: int, all_pages: int) -> None:
        """The questions of one module; the first stands below the head."""
        heading = self.line(self._words.modules.get(module, module), _LARGE + 4, bold=True, style="Heading 1", after=2)
        heading.paragraph_format.space_before = Pt(10)
        heading.paragraph_format.page_break_before = number > 1
        self.line(self._sentences.sheet.format(n=number, all=all_pages), _SMALL, after=4)
        for item in items:
            question = self.line(self._words.questions.get(item.key, item.name), _LARGE, after=4)
            question.paragraph_format.space_before = Pt(10)
            question.paragraph_format.keep_with_next = True
            self._answers(item)

    def _answers(self, item: Item) -> None:
        """A table of one column per answer: the face, the words, the box."""
        instrument = self._instrument
        values = [*(str(value) for value in range(instrument.low, instrument.high + 1)), NOT_KNOWN]
        table = self._document.add_table(rows=3 if self._drawn else 2, cols=len(values))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _set_widths(table)
        self._turn(table)
        labels = [*self._labels(item, len(values) - 1), self._words.not_known]
        for column, (value, label) in enumerate(zip(values, labels, strict=True)):
            cells = [self._cell(table, row, column) for row in range(len(table.rows))]
            if self._drawn and value != NOT_KNOWN:
                add_face(cells[0], next(self._drawings), column, FACES, label)
            write(cells[-2], label, _SMALL, right_to_left=self._turned)
            add_box(cells[-1], mark_of(ANSWER, item.key, value), f"{clean(item.name)}: {label}", 22)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))

    def _labels(self, item: Item, steps: int) -> Sequence[str]:
        """The labels of this item in the language of the instrument, or those of the whole scale in another."""
        if self._words.checked and item.labels:
            return item.labels
        return self._words.labels or [str(self._instrument.low + step) for step in range(steps)]

    def _cell(self, table: Table, row: int, column: int) -> Paragraph:
        paragraph: Paragraph = table.cell(row, column).paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = row < len(table.rows) - 1
        return paragraph

    def _turn(self, table: Table) -> None:
        """Let the first column stand on the right."""
        if self._turned:
            style = table._tbl.tblPr.find(qn("w:tblStyle"))
            turned = element("w:bidiVisual")
            if style is not None:
                style.addnext(turned)
            else:
                table._tbl.tblPr.insert(0, turned)
