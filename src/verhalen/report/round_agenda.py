"""The paper of a selection round in Word: the stories in large type, each with a box for votes and reasons, and a page to choose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from verhalen.errors import UnknownFormat
from verhalen.i18n import mark, speaking, t
from verhalen.msc.round_reading import Card, Reading
from verhalen.msc.round_words import PARTS, ROLES, TELLERS, facts, gone_sentences, remarks
from verhalen.msc.selecting import WEIGHTS, domains_at_stake
from verhalen.privacy.clearance import Cleared
from verhalen.privacy.rounds import Told
from verhalen.report.docx_package import open_document, save, set_properties
from verhalen.report.docx_writer import add_footer
from verhalen.report.docx_xml import clean, element
from verhalen.report.form_xml import EMPTY_BOX

_LANGUAGE = "nl"
"""As every document for a Flemish service."""
_SIZES = {"Normal": 14.0, "List Number": 14.0, "Title": 26.0, "Subtitle": 14.0, "Heading 1": 20.0, "Heading 2": 16.0}
"""Points: it lies on a table among people of all ages."""
_EMPTY_PLACES = 4
"""Rows for a panel that nobody filled in yet."""
_STEPS = (
    mark("Everybody reads the stories, or hears them read aloud."),
    mark("Everybody chooses for himself the story that tells of the most significant change, and writes down why."),
    mark("Tell each other what you chose, and listen: nobody is wrong."),
    mark("Choose together. Votes help; the reasons decide. A tie is no problem: choose, and say why."),
    mark("Write the reason in full sentences, and what somebody sees otherwise. That stays beside the choice."),
    mark("Agree on what goes back to those who told."),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a document holds, and what consent kept out of it."""

    stories: tuple[str, ...]
    """Keys."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Key and finished sentence."""


def left_out(seen: Reading) -> tuple[tuple[str, str], ...]:
    """The candidates that may not stand in a document."""
    return tuple((each.key, str(each.words)) for each in seen.cards if each.told is None)


def write_agenda(
    seen: Reading, path: Path, *, today: dt.date, criteria: Sequence[str], domains: Mapping[str, str]
) -> Written:
    """Write it whole or not at all. Raises UnknownFormat, CannotWrite."""
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(suffix=path.suffix or t("without a suffix"), file=path.name, known=".docx")
    kept_out = left_out(seen)
    with speaking(_LANGUAGE):
        document = open_document(language="nl-BE")
        title = t("Choosing stories: {title}", title=clean(seen.round.title))
        set_properties(document, title=title, language="nl-BE", today=today)
        _set_look(document)
        writer = _Writer(document, seen, domains)
        writer.opening(title)
        for card in seen.readable:
            if isinstance(card.words, Cleared):
                writer.story(card, card.words)
        writer.choosing(criteria)
        add_footer(document, title)
    save(document, path)
    return Written(tuple(each.key for each in seen.readable), kept_out)


def period_words(seen: Reading) -> str:
    """The level, the period and the day of the meeting."""
    round_ = seen.round
    parts = [
        t(seen.level.label),
        t("stories from {first} to {last}", first=f"{round_.first:%d/%m/%Y}", last=f"{round_.last:%d/%m/%Y}"),
    ]
    if round_.day:
        parts.append(t("meeting of {day}", day=f"{round_.day:%d/%m/%Y}"))
    return " · ".join(parts)


def _set_look(document: Document) -> None:
    for name, size in _SIZES.items():
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.size = Pt(size)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)


class _Writer:
    """Writes the paper from front to back."""

    def __init__(self, document: Document, seen: Reading, domains: Mapping[str, str]) -> None:
        self._document = document
        self._seen = seen
        self._domains = domains

    def line(self, text: str, style: str = "Normal", *, bold: bool = False, keep: bool = False) -> Paragraph:
        """A paragraph."""
        made = self._document.add_paragraph(style=style)
        made.add_run(clean(text)).bold = bold or None
        made.paragraph_format.keep_with_next = keep or None
        return made

    def opening(self, title: str) -> None:
        """Who sits together, how the team itself is, and how it goes."""
        round_ = self._seen.round
        self.line(title, "Title")
        self.line(period_words(self._seen), "Subtitle")
        if round_.question:
            self.line(round_.question, bold=True)
        self.line(t("First: how are we ourselves?"), "Heading 1")
        self.line(
            t("How is our team doing? What went well, what weighs on us, what do we need from each other?"), keep=True
        )
        self._box(1, 2.4)
        self.line(t("How it goes"), "Heading 1")
        for step in _STEPS:
            self.line(t(step), "List Number")
        self.line(t("Who sits together"), "Heading 1")
        self._panel()
        self.line(t("The stories"), "Heading 1")
        self._list()

    def _panel(self) -> None:
        rows = list(round_members(self._seen)) or [("", "")] * _EMPTY_PLACES
        self._table((t("Who"), t("For whom or as what")), rows, (8, 9), height=0.9)

    def _list(self) -> None:
        rows = [
            (card.key, card.told.title, t(card.told.answer.label), str(card.told.words))
            for card in self._seen.readable
            if card.told is not None
        ]
        self._table((t("Story"), t("Title"), t("Tells of"), t("Words")), rows, (2.6, 7.7, 4, 2.7), height=0.9)
        if self._seen.cards and not any(
            card.told is not None and card.told.answer.value == "negatief" for card in self._seen.cards
        ):
            self.line(t("Mind: none of these stories tells of something that became harder."))
        for sentence in gone_sentences(self._seen.round):
            self.line(sentence)

    def story(self, card: Card, words: Cleared[Told]) -> None:
        """One story on pages of its own."""
        told = words.value
        head = self.line(f"{card.key} · {told.title}" if told.title else card.key, "Heading 1")
        head.paragraph_format.page_break_before = True
        self.line(" · ".join(facts(told, self._domains)), "Subtitle")
        for remark in remarks(card):
            self.line(t("Mind: {remark}.", remark=remark), bold=True)
        for paragraph in told.text.split("\n"):
            if paragraph.strip():
                self.line(paragraph)
        for role, said in told.voices:
            self.line(t("Also told by {who}", who=t(TELLERS.get(role, role))), "Heading 2")
            self.line(said)
        for name, title in PARTS:
            if said := getattr(told, name):
                part = self.line(f"{t(title)}: ", bold=True)
                part.add_run(clean(said))
        self._votes(card.key)

    def _votes(self, key: str) -> None:
        """The box of a story: who votes for it, and why."""
        self.line(t("Who votes for {key}, and why?", key=key), "Heading 2", keep=True)
        names = [name for name, _ in round_members(self._seen)] or [""] * _EMPTY_PLACES
        rows = [(name, EMPTY_BOX, "") for name in names]
        self._table((t("Who"), t("Vote"), t("Why")), rows, (4, 1.8, 11.2), height=1.3)

    def choosing(self, criteria: Sequence[str]) -> None:
        """The last page: what was chosen and why; once for every life domain that is chosen for."""
        for number, domain in enumerate(domains_at_stake(self._seen.round)):
            about = self._domains.get(domain, domain)
            title = t("What do we choose for {domain}?", domain=about) if domain else t("What do we choose?")
            self.line(title, "Heading 1").paragraph_format.page_break_before = True
            self.line(t("The chosen story (or stories)"), "Heading 2", keep=True)
            self._box(1, 1.0)
            self.line(t("Why this one? In full sentences: others read it later."), "Heading 2", keep=True)
            self._box(1, 2.8)
            if number == 0:
                self.line(t("What counted, and how much?"), "Heading 2", keep=True)
                self._criteria(criteria)
            self.line(t("Who sees it otherwise, and why? That stays beside the choice."), "Heading 2", keep=True)
            self._box(1, 1.8)
            self.line(t("What goes back to those who told? Who tells it them, and when?"), "Heading 2", keep=True)
            self._box(1, 1.8)

    def _criteria(self, criteria: Sequence[str]) -> None:
        header = (t("Criterion"), *(t(WEIGHTS[weight]) for weight in sorted(WEIGHTS)))
        rows = [(each, EMPTY_BOX, EMPTY_BOX, EMPTY_BOX) for each in (*criteria, "", "")]
        self._table(header, rows, (9.5, 2.5, 2.5, 2.5), height=0.72)

    # -- tables and boxes --------------------------------------------------------------------------------------------

    def _box(self, rows: int, height: float) -> None:
        """An empty frame to write in."""
        self._fill(self._document.add_table(rows=rows, cols=1), [("",)] * rows, (17,), height)

    def _table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, height: float
    ) -> None:
        table = self._document.add_table(rows=1 + len(rows), cols=len(header))
        self._fill(table, [tuple(header), *rows], widths, height)
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        table.rows[0].height = Cm(0.9)
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))

    def _fill(self, table: Table, rows: Sequence[Sequence[str]], widths: Sequence[float], height: float) -> None:
        table.style = self._document.styles["Table Grid"]
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for at, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
            row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
            for cell, text, width in zip(row.cells, words, widths, strict=True):
                cell.width = Cm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.paragraph_format.keep_with_next = at < len(table.rows) - 1 or None
                paragraph.add_run(clean(text)).font.size = Pt(13)


def round_members(seen: Reading) -> Iterator[tuple[str, str]]:
    """Names and roles of who is still on the panel."""
    for each in seen.round.members:
        if each.stopped is None:
            yield each.name, t(ROLES.get(each.role, each.role))
