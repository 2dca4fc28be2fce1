"""Blocks -> a Word document in the house style, accessible: real headings and lists, captions, alternative texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from verhalen.i18n import mark, t
from verhalen.model.text import Notice
from verhalen.report import docx_style as style
from verhalen.report.blocks import (
    Block,
    Callout,
    Chart,
    Contents,
    Filled,
    Heading,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Phrase,
    Quotation,
    Table,
    runs,
)
from verhalen.report.charts import add_chart
from verhalen.report.docx_contents import Entry, bookmark_name, fill_contents
from verhalen.report.docx_lists import ListNumbers
from verhalen.report.docx_package import save, set_properties
from verhalen.report.docx_tables import WIDE, TableWriter, needs_width
from verhalen.report.docx_template import dressed, fill_fields, plain
from verhalen.report.docx_xml import add_bookmark, add_field, add_words, clean, number_bookmarks
from verhalen.report.template_sound import lies
from verhalen.report.trace_marks import Body, Manifest, add_manifest, body_of, mark_pieces

_DEEPEST = 3
_A4_TEXT = Cm(16)
_TIGHT = 1.1
"""So much too wide a table may be before it gets a page on its side: our widths of letters are wide guesses."""
_HOLE = "\ufffc"
_TABLE, _FIGURE = mark("Table"), mark("Figure")
_CAPTIONS = {_TABLE: mark("Table {number}. {caption}"), _FIGURE: mark("Figure {number}. {caption}")}


def write_docx(
    blocks: Iterable[Block],
    path: Path,
    *,
    title: str,
    today: datetime.date,
    subtitle: str = "",
    language: str = "nl-BE",
    template: Path | None = None,
    manifest: Manifest | None = None,
) -> tuple[Notice, ...]:
    """Write `blocks` to `path`, whole or not at all. The same blocks on the same day give the same bytes.

    `title` and `subtitle` stand above the blocks, the title in the properties too. `manifest` says, of the finished body, what
    the file must remember of where its numbers and quotes came from. Gives what the template lacks, by name.
    Raises CannotWrite and BadTemplate.
    """
    made = dressed(template, language=language) if template else plain(language)
    document = made.document
    set_properties(document, title=clean(title), language=language, today=today)
    fill_fields(made, title=title, subtitle=subtitle, day=f"{today:%d/%m/%Y}")
    writer = _Writer(document, today, made.names, lying=lies(document))
    if not made.has_title:
        writer.write_title(clean(title), clean(subtitle))
    writer.write(tuple(blocks))
    if made.below:
        writer.turn_page(on_side=False)
        made.finish()
    add_footer(document, clean(title))
    number_bookmarks(document.element.body)
    if manifest is not None:
        add_manifest(document, manifest)
    kept = save(document, path)
    return (*made.notices, *([edited(path, kept)] if kept else []))


def edited(path: Path, kept: Path) -> Notice:
    """Somebody had written in the document that a new one takes the place of."""
    message = mark(
        "{file} was changed in Word. That version stands in {kept}; report refresh would have kept its words"
    )
    return Notice(None, message, {"file": path.name, "kept": kept.name})


def draft(blocks: Iterable[Block], *, today: datetime.date, language: str = "nl-BE") -> Body:
    """The same blocks in our house style, as they would stand in a file."""
    document = plain(language).document
    _Writer(document, today).write(tuple(blocks))
    number_bookmarks(document.element.body)
    return body_of(document)


@dataclass(slots=True)
class _Writer:
    """Adds blocks at the end of the document and keeps the counts that captions need."""

    document: Document
    today: datetime.date
    names: Mapping[str, str] = field(default_factory=dict)
    """Our name of a style -> its name in the document, where these differ."""
    counts: dict[str, int] = field(default_factory=lambda: {_TABLE: 0, _FIGURE: 0})
    headings: int = 0
    new_page: bool = False
    """The next paragraph begins on a new page."""
    after_table: bool = False
    """A table stands right above: the next paragraph keeps its distance."""
    ids: dict[str, str | None] = field(default_factory=dict)
    lying: bool = False
    """The house's own pages lie on their side: all of the report does."""
    entries: tuple[Entry, ...] = ()
    """Every heading of the document, for the table of contents."""

    def write_title(self, title: str, subtitle: str) -> None:
        for words, name in ((title, "Title"), (subtitle, "Subtitle")):
            if words:
                self.paragraph(name).add_run(words)

    def write(self, blocks: tuple[Block, ...]) -> None:
        self.entries = tuple(
            Entry(number, _level(heading), _said(heading.words)) for number, heading in enumerate(_headings(blocks), 1)
        )
        for block, on_side in zip(blocks, _on_their_side(blocks), strict=True):
            self.turn_page(on_side=on_side)
            self.block(block)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Paragraph():
                self.words(block.words, "Quote" if block.quoted else "Normal")
            case ListBlock():
                self.list(block, depth=1)
            case Quotation():
                self.quotation(block)
            case Table():
                self.table(block)
            case Chart():
                self.chart(block)
            case Callout():
                self.callout(block)
            case Note():
                self.words(block.words, style.NOTE)
            case PageBreak():
                self.new_page = True
            case Contents():
                self.contents(block)
            case Filled():
                self.filled(block)

    def paragraph(self, name: str) -> DocxParagraph:
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self.style_id(name)
        if self.new_page:
            paragraph.paragraph_format.page_break_before = True
        elif self.after_table and name != style.NOTE:
            paragraph.paragraph_format.space_before = Pt(14)
        self.new_page = self.after_table = False
        return paragraph

    def style_id(self, name: str) -> str | None:
        """Id of a style; None for that which a paragraph has that names none. Looked up once: a report has few styles."""
        if name not in self.ids:
            found = self.document.styles[self.names.get(name, name)]
            default = self.document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
            self.ids[name] = None if default is not None and default.style_id == found.style_id else found.style_id
        return self.ids[name]

    def words(self, phrase: Phrase, name: str) -> DocxParagraph:
        paragraph = self.paragraph(name)
        add_words(paragraph, runs(phrase))
        return paragraph

    def heading(self, heading: Heading) -> None:
        paragraph = self.words(heading.words, f"Heading {_level(heading)}")
        self.headings += 1
        add_bookmark(paragraph, bookmark_name(self.headings), self.headings)

    def list(self, block: ListBlock, *, depth: int) -> None:
        numbers = ListNumbers(self.document, ordered=block.ordered, depth=depth, names=self.names)
        last = None
        for item in block.items:
            last = self.words(item.words, numbers.style_name)
            numbers.apply(last)
            for inner in item.inside:
                self.list(inner, depth=depth + 1)
        if last is not None and depth == 1 and not block.items[-1].inside:
            last.paragraph_format.space_after = Pt(8)

    def quotation(self, quotation: Quotation) -> None:
        parts = [part for part in clean(_in_quotation_marks(quotation.text.value)).split("\n") if part.strip()]
        by = [clean(words.value) for words in (quotation.attribution, quotation.n) if words is not None]
        for at, part in enumerate(parts):
            paragraph = self.paragraph("Quote")
            paragraph.add_run(part)
            paragraph.paragraph_format.keep_with_next = bool(by) or at < len(parts) - 1
            paragraph.paragraph_format.keep_together = True
        if by:
            self.paragraph(style.ATTRIBUTION).add_run(f"— {' · '.join(by)}")

    def table(self, table: Table) -> None:
        if runs(table.caption):
            self.caption(_TABLE, table.caption).paragraph_format.keep_with_next = True
        elif self.after_table or self.new_page:
            self.paragraph(style.NOTE)  # Word would make one table of two neighbours
        anchor = self.document.add_paragraph()
        look, cell, header = (
            self.document.styles[self.names.get(name, name)] for name in (style.TABLE, style.CELL, style.HEADER_CELL)
        )
        writer = TableWriter(anchor, table=look, cell=cell, header=header)
        width = _text_width(self.document.sections[-1])
        anchor._p.addprevious(writer.write(table, width=width, description=_said(table.caption)))
        self.document.element.body.remove(anchor._p)
        self.after_table = True
        if table.note is not None:
            self.words(table.note, style.NOTE)

    def chart(self, chart: Chart) -> None:
        number = self.counts[_FIGURE] + 1
        text = self.names.get("Normal", "Normal")
        add_chart(self.document, self.paragraph(style.CHART), chart, number=number, today=self.today, text=text)
        self.caption(_FIGURE, chart.caption)
        if chart.lacks_numbers:
            self.paragraph(style.NOTE).add_run(t("A number that is not shown is left out of its bar."))
        if chart.note is not None:
            self.words(chart.note, style.NOTE)

    def caption(self, kind: str, caption: Phrase) -> DocxParagraph:
        """A caption whose number Word keeps counting."""
        self.counts[kind] += 1
        paragraph = self.paragraph("Caption")
        before, between, after = t(_CAPTIONS[kind], number=_HOLE, caption=_HOLE).split(_HOLE)
        paragraph.add_run(before)
        add_field(paragraph, rf"SEQ {t(kind)} \* ARABIC", str(self.counts[kind]))
        paragraph.add_run(between)
        add_words(paragraph, runs(caption))
        if after:
            paragraph.add_run(after)
        return paragraph

    def callout(self, callout: Callout) -> None:
        """A box: paragraphs with one border, kept on one page."""
        phrases = [phrase for phrase in (callout.title, *callout.paragraphs) if phrase is not None]
        for at, phrase in enumerate(phrases):
            paragraph = self.words(phrase, style.CALLOUT)
            paragraph.paragraph_format.keep_together = True
            if at < len(phrases) - 1:
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = Pt(4)
            if callout.title is not None and at == 0:
                for run in paragraph.runs:
                    run.bold = True
        self.after_table = True

    def contents(self, block: Contents) -> None:
        if block.title is not None:
            self.words(block.title, style.CONTENTS_TITLE)
        depth = min(max(block.depth, 1), _DEEPEST)
        entries = [entry for entry in self.entries if entry.level <= depth]
        paragraphs = [self.paragraph(f"toc {entry.level}") for entry in entries]
        fill_contents(paragraphs, entries, depth=depth)

    def filled(self, filled: Filled) -> None:
        """The blocks of a placeholder, with the bookmarks by which a refresh finds them."""
        body = self.document.element.body
        before = set(body)
        for block in filled.blocks:
            self.block(block)
        if filled.trace:
            mark_pieces([child for child in body if child not in before], filled.trace)

    def turn_page(self, *, on_side: bool) -> None:
        """Begin a section in the other direction where `on_side` asks for it."""
        section = self.document.sections[-1]
        if self.lying or on_side == (section.orientation == WD_ORIENT.LANDSCAPE):
            return
        turned = self.document.add_section(WD_SECTION.NEW_PAGE)
        # The mark between sections is a paragraph: make it too small to spill over to a page of its own.
        between = self.document.paragraphs[-1].paragraph_format
        between.space_before = between.space_after = Pt(0)
        between.line_spacing = Pt(1)
        turned.orientation = WD_ORIENT.LANDSCAPE if on_side else WD_ORIENT.PORTRAIT
        turned.page_width, turned.page_height = section.page_height, section.page_width
        self.new_page = self.after_table = False


def _level(heading: Heading) -> int:
    return min(max(heading.level, 1), _DEEPEST)


def _said(phrase: Phrase) -> str:
    return "".join(clean(run.text.value) for run in runs(phrase))


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Filled):
            yield from _headings(block.blocks)


def _on_their_side(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks need a page on its side: wide tables, and the headings right above them."""
    found: list[bool] = []
    for block in reversed(blocks):
        found.append(_is_wide(block) or (isinstance(block, Heading) and bool(found) and found[-1]))
    return found[::-1]


def _is_wide(block: Block) -> bool:
    if isinstance(block, Filled):
        return any(_is_wide(inner) for inner in block.blocks)
    return isinstance(block, Table) and (len(block.header) > WIDE or needs_width(block) > _TIGHT * _A4_TEXT.twips)


def _in_quotation_marks(text: str) -> str:
    text = text.strip()
    return text if text[:1] in {'"', "“", "”", "„", "«", "'", "‘"} else f"“{text}”"


def _text_width(section: Section) -> Length:
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return Length(_A4_TEXT)
    return Length(page - left - right)


def add_footer(document: Document, title: str) -> None:
    """Title and page number below every page; a template's own footer stays."""
    footer = document.sections[0].footer
    if (
        any(child.text.strip() for child in footer.paragraphs)
        or footer.tables
        or footer._element.xpath(".//w:fldSimple|.//w:instrText|.//w:drawing")
    ):
        return
    paragraph = footer.paragraphs[0]
    if "Footer" in {known.name for known in document.styles}:
        paragraph.style = document.styles["Footer"]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between, after = t("Page {page} of {pages}", page=_HOLE, pages=_HOLE).split(_HOLE)
    paragraph.add_run(f"{title} · {before}" if title else before)
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(between)
    add_field(paragraph, "NUMPAGES", "1")
    if after:
        paragraph.add_run(after)
