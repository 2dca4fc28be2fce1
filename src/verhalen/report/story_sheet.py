"""The sheet on which a family reads what it told: one page, large type, no grades, and boxes for what it says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from verhalen.errors import BadInput, UnknownFormat
from verhalen.i18n import t
from verhalen.model.consent import PARENT, Answer, Consent, Purpose
from verhalen.model.form import FIELD, SHEET, mark_of
from verhalen.model.story import Outcome
from verhalen.model.story_paper import OTHERWISE, OUTCOME, SHEET_DAY
from verhalen.report.docx_package import open_document, save, set_properties
from verhalen.report.form_xml import add_face, add_mark, add_place, write
from verhalen.report.paper_xml import PaperWriter
from verhalen.report.story_sheet_words import SHEET_WORDS, SheetWords

FACES = 5
CHOSEN = "nl"
"""The language in which life domains have their names."""
_WIDTH = 17.4
_SIZES = ((850, 14.0), (1400, 12.5), (2000, 11.0))
"""Characters of all that was told, and the type in which it fits on the page."""
_SMALLEST = 10.5
_SMALL = 11.0
_FACE = 290_000
"""Of the face that was chosen, in EMU: 0.8 cm."""


@dataclass(frozen=True, slots=True)
class SheetStory:
    """What one teller told and chose, and nothing else."""

    key: str
    """`V07`, or `V07.2` of a further voice."""
    text: str
    told: dt.date | None = None
    is_child: bool = False
    before: str = ""
    now: str = ""
    how: str = ""
    why: str = ""
    domains: Sequence[str] = ()
    """Their names."""
    emoticon: int | None = None
    consents: Sequence[Consent] = ()
    has_image: bool = False
    """Whether there is an image or a sound to ask about."""


def write_sheet(
    story: SheetStory, path: Path, *, sheet_id: str, digest: str, child: bool, language: str, today: dt.date
) -> SheetWords:
    """Write the sheet, whole or not at all; give the words that stand on it.

    `sheet_id` and `digest` of the text are hidden. Raises UnknownFormat, BadInput for a language without words, CannotWrite.
    """
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(suffix=path.suffix or t("without a suffix"), file=path.name, known=".docx")
    words = SHEET_WORDS.get(language)
    if words is None:
        languages = ", ".join(SHEET_WORDS)
        sentence = t("there is no sheet in the language {language}; there are: {all}", language=language, all=languages)
        raise BadInput(reason=sentence)
    document = open_document(language=words.locale)
    set_properties(document, title=words.title, language=words.locale, today=today)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.2)
    section.header_distance = section.footer_distance = Cm(0.4)
    size = _size(story, child=child)
    paper = PaperWriter(document, size=size, width=_WIDTH, right_to_left=words.right_to_left)
    sheet = _Sheet(paper, story, words, child=child)
    title = paper.line(words.title, size + 10, bold=True, after=2)
    add_mark(title, mark_of(SHEET, story.key, sheet_id, language, "kind" if child else "gezin", digest))
    if language != CHOSEN:
        paper.line(words.draft, 9, after=2)
    sheet.told(domains=language == CHOSEN)
    sheet.question()
    sheet.consent()
    sheet.end()
    save(document, path)
    return words


def _size(story: SheetStory, *, child: bool) -> float:
    """Of the type, in points: as large as the page allows."""
    length = len(story.text) if child else len(story.text + story.before + story.now + story.how + story.why)
    fitting = next((size for most, size in _SIZES if length <= most), _SMALLEST)
    return fitting + 1 if child else fitting


def _turned(text: str) -> bool:
    """Whether words are written from right to left: a story may be in another script than its sheet."""
    return any("\u0590" <= letter <= "\u08ff" for letter in text)


class _Sheet:
    """The parts of a sheet."""

    def __init__(self, paper: PaperWriter, story: SheetStory, words: SheetWords, *, child: bool) -> None:
        self._paper = paper
        self._story = story
        self._words = words
        self._child = child

    def told(self, *, domains: bool) -> None:
        """What was told, and what was chosen with it."""
        paper, story, words = self._paper, self._story, self._words
        day = f"{story.told:%d/%m/%Y}" if story.told else ""
        paper.line(words.told.format(day=day) if day else words.told_some_day, _SMALL, after=4)
        for part in story.text.split("\n"):
            if part.strip():
                line = paper.line("", after=4)
                write(line, part.strip(), paper.size, right_to_left=_turned(part))
                line.paragraph_format.left_indent = Cm(0.6)
        if not self._child:
            for label, said in (
                (words.before, story.before),
                (words.now, story.now),
                (words.how, story.how),
                (words.why, story.why),
                (words.about, ", ".join(story.domains) if domains else ""),
            ):
                if said:
                    line = paper.line(label if label.endswith(("?", "؟")) else f"{label}:", bold=True, after=2)
                    write(line, f" {' '.join(said.split())}", paper.size, right_to_left=_turned(said))
        if story.emoticon is not None:
            line = paper.line(f"{words.feeling}: ", bold=True, after=2)
            add_face(line, 1, story.emoticon - 1, FACES, words.feeling, side=_FACE)

    def question(self) -> None:
        """Is it right? For a child with faces."""
        paper, words = self._paper, self._words
        paper.question(words.is_it_right, size=paper.size + 3)
        answers = [(Outcome.RIGHT, words.right, 4), (Outcome.OTHERWISE, words.otherwise, 1)]
        if self._child:
            answers.insert(1, (Outcome.UNSURE, words.unsure, 2))
        count = len(answers)
        table = paper.table(2 if self._child else 1, [_WIDTH / count] * count)
        for column, (outcome, said, face) in enumerate(answers):
            cell = table[len(table) - 1][column].paragraphs[0]
            if self._child:
                above = table[0][column].paragraphs[0]
                above.alignment = cell.alignment = WD_ALIGN_PARAGRAPH.CENTER
                above.paragraph_format.keep_with_next = True
                add_face(above, 10 + column, face, FACES, said)
            paper.box(cell, OUTCOME, outcome.value, said)
            write(cell, f" {said}", paper.size, right_to_left=paper.turned)
        paper.space()
        paper.question(words.what_otherwise, area=OTHERWISE)
        paper.room(2.2)

    def consent(self) -> None:
        """A row per question; what was answered before stands beside it, and nothing is ticked beforehand."""
        paper, words, story = self._paper, self._words, self._story
        asked = {
            purpose: question
            for purpose, question in (words.for_children if self._child else words.purposes).items()
            if purpose is not Purpose.MEDIA or story.has_image or self._earlier(purpose).strip("– /")
        }
        paper.question(words.may_child if story.is_child else words.may, size=paper.size + 1)
        sides = ("", PARENT) if story.is_child else ("",)
        earlier = {purpose: said for purpose in asked if (said := self._earlier(purpose)) and not self._child}
        widths = ([1.6, 1.6, 2.7, 2.7] if story.is_child else [1.7, 1.7]) + ([2.6] if earlier else [])
        table = paper.table(len(asked) + 1, [_WIDTH - sum(widths), *widths], framed=True)
        for at, side in enumerate(sides):
            who = f"{words.parent if side else words.me}: " if story.is_child else ""
            for step, answer in enumerate((words.yes, words.no)):
                self._small(table[0][1 + 2 * at + step].paragraphs[0], f"{who}{answer}", bold=True)
        if earlier:
            self._small(table[0][len(widths)].paragraphs[0], words.earlier)
        for row, (purpose, question) in enumerate(asked.items(), start=1):
            self._small(table[row][0].paragraphs[0], question, middle=False)
            for at, side in enumerate(sides):
                for step, (value, answer) in enumerate((("ja", words.yes), ("nee", words.no))):
                    cell = paper.cell(table, row, 1 + 2 * at + step)
                    name = f"{purpose.value}_{side}" if side else purpose.value
                    paper.box(cell, name, value, f"{question} {answer}")
            if earlier:
                self._small(table[row][len(widths)].paragraphs[0], earlier.get(purpose, ""))
        paper.space()

    def _earlier(self, purpose: Purpose) -> str:
        said = {each.side: each.answer for each in self._story.consents if each.purpose is purpose}
        shown = {Answer.YES: self._words.yes, Answer.NO: self._words.no, Answer.WITHDRAWN: self._words.no}
        return " / ".join(shown.get(said.get(side, Answer.NOT_ASKED), "–") for side in self._sides if said)

    @property
    def _sides(self) -> tuple[str, ...]:
        return ("", PARENT) if self._story.is_child else ("",)

    def _small(self, paragraph: Paragraph, words: str, *, bold: bool = False, middle: bool = True) -> None:
        if middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._paper.fill(paragraph, words, min(_SMALL + (2 if self._child else 0), self._paper.size), bold=bold)

    def end(self) -> None:
        """That a mind may change, and the day."""
        paper, words = self._paper, self._words
        paper.line(words.always, _SMALL, before=2, after=4)
        line = paper.line("", _SMALL, after=0)
        write(line, f"{words.thanks}  ", _SMALL, bold=True, right_to_left=paper.turned)
        write(line, f"{words.day}: ", _SMALL, right_to_left=paper.turned)
        add_place(line, mark_of(FIELD, SHEET_DAY), words.day, "", _SMALL)
