"""The form on which a coach writes a story down in Word: the questions of the app, with room to dictate in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from verhalen.errors import UnknownFormat
from verhalen.i18n import language, t
from verhalen.model.consent import PARENT, Purpose
from verhalen.model.form import FIELD, STORY, mark_of
from verhalen.model.instrument import LifeDomain
from verhalen.model.story import Moment
from verhalen.model.story_paper import (
    BETTER,
    HARDER,
    HARDER_TEXT,
    NOT_ASKED,
    NOTHING,
    OTHER_LANGUAGE,
    OTHER_REASON,
    QUESTIONS,
    YES,
)
from verhalen.model.story_words import FORMS, REASONS, ROLES, SHARES, TONGUES
from verhalen.report.docx_package import open_document, save, set_properties
from verhalen.report.form_xml import add_face, add_mark, add_place, write
from verhalen.report.paper_xml import PaperWriter

FACES = 5
_LOCALES = {"nl": "nl-BE", "en": "en-GB"}
_PLAIN, _SMALL, _TITLE = 11, 9.5, 20
_WIDTH = 17.4


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What is filled in already when the form is made."""

    id: str
    """By which a form that comes back twice is known."""
    family: str = ""
    recorder: str = ""
    day: dt.date | None = None
    member: str = ""
    role: str = ""
    moment: str = ""


def write_story_form(
    path: Path, known: Prefilled, *, domains: Sequence[LifeDomain], consents: Mapping[str, Purpose], today: dt.date
) -> None:
    """Write the form in the language that is spoken now, whole or not at all.

    `consents` gives the name of each question about consent. Raises UnknownFormat, CannotWrite.
    """
    if path.suffix.lower() != ".docx":
        raise UnknownFormat(suffix=path.suffix or t("without a suffix"), file=path.name, known=".docx")
    locale = _LOCALES.get(language(), "nl-BE")
    document = open_document(language=locale)
    set_properties(document, title=t("A story"), language=locale, today=today)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    form = _Form(PaperWriter(document, size=_PLAIN, width=_WIDTH), known)
    form.head()
    form.change()
    form.consents(consents)
    form.more(domains)
    save(document, path)


class _Form:
    """The questions, numbered as they come."""

    def __init__(self, paper: PaperWriter, known: Prefilled) -> None:
        self._paper = paper
        self._known = known
        self._number = 0

    def head(self) -> None:
        """What it is, about whom, and who tells."""
        paper, known = self._paper, self._known
        title = paper.line(t("A story"), _TITLE, bold=True)
        add_mark(title, mark_of(STORY, "1", known.id))
        paper.line(
            t(
                "Five minutes are enough. Questions 1 to 5 are needed, the rest may stay empty. Click a box to tick it. "
                "You may dictate: click in a frame, then press the Windows key and H, or use Dictate in Word."
            ),
            _SMALL,
        )
        day = f"{known.day:%d/%m/%Y}" if known.day else ""
        self._line("gezin", known.family)
        self._line("datum_verteld", day)
        self._line("opgetekend_door", known.recorder)
        self._asks("stem_rol")
        ticked = [known.role] if known.role else []
        paper.boxes("stem_rol", [(role, t(words)) for role, words in ROLES.items()], columns=4, ticked=ticked)
        self._line("stem_lid", known.member)

    def change(self) -> None:
        """Both questions, and the words."""
        asked = [(YES, t("yes")), (NOTHING, t("nothing")), (NOT_ASKED, t("not asked"))]
        for name in (BETTER, HARDER):
            self._asks(name)
            self._paper.boxes(name, asked, columns=4)
        self._paper.question(t(QUESTIONS["niet_gevraagd_reden"]))
        self._paper.boxes("niet_gevraagd_reden", [(key, t(words)) for key, words in REASONS.items()], columns=3)
        self._line(OTHER_REASON, "", t("In a few words"))
        self._area("tekst", 14)
        self._paper.question(t(QUESTIONS[HARDER_TEXT]), area=HARDER_TEXT)
        self._paper.room(6)

    def consents(self, consents: Mapping[str, Purpose]) -> None:
        """A row per purpose: what the teller says, and for a child a parent."""
        paper = self._paper
        self._asks("toestemming")
        paper.line(t("No tick means: still to ask. For a child, ask a parent too."), _SMALL, after=2)
        table = paper.table(len(consents) + 1, [6.4, 2.75, 2.75, 2.75, 2.75], framed=True)
        heads = (t("Teller: yes"), t("Teller: no"), t("Parent: yes"), t("Parent: no"))
        for column, words in enumerate(heads, start=1):
            paper.cell(table, 0, column, words, bold=True)
        for row, (name, purpose) in enumerate(consents.items(), start=1):
            words = _capital(t(purpose.label))
            paper.cell(table, row, 0, words)
            for column, (side, value) in enumerate((("", "ja"), ("", "nee"), (PARENT, "ja"), (PARENT, "nee")), start=1):
                asked = f"{name}_{side}" if side else name
                paper.box(paper.cell(table, row, column), asked, value, f"{words}: {heads[column - 1]}")
        paper.space()
        self._line("datum_toestemming", "")

    def more(self, domains: Sequence[LifeDomain]) -> None:
        """What may be skipped."""
        paper = self._paper
        paper.line(t("You may skip the rest."), _PLAIN + 2, bold=True, before=10)
        self._area("vroeger", 2.5)
        self._area("nu", 2.5)
        self._area("hoe_gekomen", 2.5)
        paper.question(t(QUESTIONS["aandeel"]))
        paper.boxes("aandeel", [(key, t(words)) for key, words in SHARES.items()], columns=3)
        self._area("waarom_belangrijk", 2.5)
        self._asks("domeinen")
        named = [(each.key, each.name) for each in domains if each.key != "AND"]
        paper.boxes("domeinen", [*named, ("AND", t("something else"))], columns=3)
        self._line("iets_anders", "")
        self._faces()
        self._asks("moment")
        ticked = [self._known.moment] if self._known.moment else []
        paper.boxes("moment", [(each.value, t(each.label)) for each in Moment], columns=5, ticked=ticked)
        paper.question(t(QUESTIONS["taal"]))
        paper.boxes("taal", [(key, t(words)) for key, words in TONGUES.items()], columns=4)
        self._line(OTHER_LANGUAGE, "", t("Another language: which?"))
        paper.question(t(QUESTIONS["vorm"]))
        paper.boxes("vorm", [(key, t(words)) for key, words in FORMS.items()], columns=3)
        paper.line(t("More, if you want"), _PLAIN + 2, bold=True, before=10)
        paper.question(t(QUESTIONS["eigen_woorden"]), area="eigen_woorden")
        paper.room(3)
        self._line("vertaald_door", "")
        self._line("titel", "")
        paper.question(t(QUESTIONS["veranderingen"]), area="veranderingen")
        paper.room(3)
        paper.question(t(QUESTIONS["teruggelezen"]))
        paper.boxes("teruggelezen", [("ja", t("yes")), ("nee", t("no"))], columns=4)
        paper.line(t("Save this file and take it in with: verhalen stories import"), _SMALL, before=6)

    def _faces(self) -> None:
        paper = self._paper
        self._asks("emoticon")
        table = paper.table(2, [_WIDTH / FACES] * FACES)
        for step in range(FACES):
            top, below = table[0][step].paragraphs[0], table[1][step].paragraphs[0]
            for each in (top, below):
                each.alignment = WD_ALIGN_PARAGRAPH.CENTER
                each.paragraph_format.keep_with_next = each is top
            words = t("face {n} of {all}, from sad to glad", n=step + 1, all=FACES)
            add_face(top, step + 1, step, FACES, words)
            paper.box(below, "emoticon", str(step + 1), words)
        paper.space()

    def _asks(self, name: str) -> None:
        self._number += 1
        self._paper.question(f"{self._number}. {t(QUESTIONS[name])}")

    def _area(self, name: str, lines: float) -> None:
        self._number += 1
        self._paper.question(f"{self._number}. {t(QUESTIONS[name])}", area=name)
        self._paper.room(lines)

    def _line(self, name: str, written: str, label: str = "") -> None:
        words = label or t(QUESTIONS[name])
        line = self._paper.line("", before=2, after=2)
        line.paragraph_format.line_spacing = Pt(_PLAIN * 1.3)
        write(line, f"{words} " if words.endswith("?") else f"{words}: ", _PLAIN)
        add_place(line, mark_of(FIELD, name), words, written, _PLAIN)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
