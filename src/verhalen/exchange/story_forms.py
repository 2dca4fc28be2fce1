"""A filled form for a story as a table of one row, or of two where it tells of good and of bad news."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import Sheet, name_of, parse_day
from verhalen.exchange.story_names import CONSENT_COLUMNS, CONSENTS
from verhalen.exchange.story_voices import words
from verhalen.exchange.tables import Row, Table
from verhalen.i18n import t
from verhalen.model.consent import PARENT
from verhalen.model.form import STORY, FilledPaper
from verhalen.model.story import CHILD
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
from verhalen.model.story_words import REASONS
from verhalen.model.text import normal_text, text_digest
from verhalen.readers.story_form import read_paper

_FORGOTTEN = "vergeten"
_ONE = ("stem_rol", BETTER, HARDER, "niet_gevraagd_reden", "emoticon", "moment", "taal", "vorm", "teruggelezen")
_MANY = ("aandeel", "domeinen")
_DETAILS = (
    *("vroeger", "nu", "hoe_gekomen", "aandeel", "waarom_belangrijk", "domeinen", "iets_anders", "emoticon"),
    *("titel", "veranderingen", "eigen_woorden"),
)
"""Asked once: of two stories they are of the first."""


@dataclass(frozen=True, slots=True)
class FormTable:
    """A filled form."""

    id: str
    """By which a form that comes back twice is known."""
    table: Table
    """Its columns are the questions, as they stand on the form."""
    columns: dict[str, str]
    """Our name for each of them."""
    digest: str
    """Of all that was filled in: the same as long as nobody fills in anything else, whatever program saves it."""


def read_form(path: Path) -> FormTable:
    """The stories of a filled form. Raises UnreadableFile for what is no form of ours, BadForm where an answer cannot be used."""
    paper = read_paper(path)
    file = normal_text(path.name)
    if paper.kind != STORY:
        raise errors.UnreadableFile(
            file=file, suffix=".docx", reason=t("it is a sheet of a family; take it in with: verhalen stories import")
        )
    if problems := _problems(paper):
        raise errors.BadForm(problems, file=file)
    labels = {column: _label(column) for column in _columns()}
    rows = tuple(
        Row(number, {labels[column]: value for column, value in cells.items() if column in labels})
        for number, cells in enumerate(_stories(paper), start=1)
    )
    table = Table(file, "", tuple(labels.values()), rows)
    columns = {name_of(label): column for column, label in labels.items()}
    return FormTable(paper.head[1], table, columns, _digest(paper))


def _digest(paper: FilledPaper) -> str:
    fields = sorted((name, words(said)) for name, said in paper.fields.items())
    ticked = sorted((name, sorted(values)) for name, values in paper.ticked.items() if values)
    return text_digest(json.dumps([fields, ticked]))


def _columns() -> list[str]:
    fields = ("gezin", "datum_verteld", "opgetekend_door", "stem_lid", "vertaald_door", "tekst")
    asked = ("gevraagd_positief", "gevraagd_negatief", "niet_gevraagd_reden", "antwoord")
    ticked = (*_ONE[4:], "stem_rol")
    return list(dict.fromkeys((*fields, *asked, *ticked, *_DETAILS, *CONSENT_COLUMNS)))


def _label(column: str) -> str:
    """The question that a column answers, as it stands on the form; our own name where it is no question."""
    return t(QUESTIONS[column]) if column in QUESTIONS else column


def _problems(paper: FilledPaper) -> list[tuple[int, str, str]]:
    """By question: what is needed and missing, and more than one tick where one is asked."""
    problems = [
        (0, _label(name), t("more than one answer is ticked: {values}", values=", ".join(paper.ticked[name])))
        for name in _ONE
        if len(paper.ticked.get(name, ())) > 1
    ]
    problems += [
        (0, _label("toestemming"), t("yes and no are both ticked; leave one"))
        for column in CONSENTS
        for name in (column, f"{column}_{PARENT}")
        if len(paper.ticked.get(name, ())) > 1
    ]
    if not paper.fields.get("gezin"):
        problems.append((0, _label("gezin"), t("write the code of the family, as in G012")))
    if not paper.one("stem_rol"):
        problems.append((0, _label("stem_rol"), t("tick who told it")))
    if not any(paper.fields.get(name) for name in ("tekst", HARDER_TEXT)):
        if not (paper.one(BETTER) or paper.one(HARDER)):
            problems.append((0, _label("tekst"), t("there is no story yet; write it, or tick that nothing changed")))
        elif YES in (paper.one(BETTER), paper.one(HARDER)):
            name = "tekst" if paper.one(BETTER) == YES else HARDER_TEXT
            problems.append((0, _label(name), t("the story itself is still empty")))
    for name in ("datum_verteld", "datum_toestemming"):
        said = paper.fields.get(name, "")
        if said and parse_day(said) is None:
            problems.append((0, _label(name), t("this is no date; write it as 12/03/2026")))
    return problems


def _stories(paper: FilledPaper) -> list[dict[str, str]]:
    """The cells of one story, or of two: what got better first."""
    better, harder = paper.fields.get("tekst", ""), paper.fields.get(HARDER_TEXT, "")
    cells = _cells(paper)
    if better and harder:
        second = {name: value for name, value in cells.items() if name not in _DETAILS}
        return [
            {**cells, "tekst": better, "antwoord": "positief"},
            {**second, "tekst": harder, "antwoord": "negatief"},
        ]
    if better or harder:
        return [{**cells, "tekst": better or harder, "antwoord": _answer(paper, better)}]
    return [{**cells, "tekst": _no_words(paper, cells), "antwoord": _answer(paper, "")}]


def _answer(paper: FilledPaper, better: str) -> str:
    said = (paper.one(BETTER), paper.one(HARDER))
    if said[0] == YES or (better and not any(said)):
        return "positief"
    if said[1] == YES or (paper.fields.get(HARDER_TEXT) and not better):
        return "negatief"
    return "geen" if NOTHING in said else "open"


def _no_words(paper: FilledPaper, cells: dict[str, str]) -> str:
    """What stands there where nothing is told; the day makes it a text of its own."""
    day = parse_day(cells.get("datum_verteld", ""))
    shown = f"{day:%d/%m/%Y}" if day else ""
    if NOTHING in (paper.one(BETTER), paper.one(HARDER)):
        return t("Nothing changed. {day}", day=shown).strip()
    reason = cells.get("niet_gevraagd_reden", "")
    return t("Not asked: {reason}. {day}", reason=t(REASONS.get(reason, reason)), day=shown).strip()


def _cells(paper: FilledPaper) -> dict[str, str]:
    fields, one = paper.fields, paper.one
    asked = {name: one(name) or (YES if fields.get(text) else "") for name, text in _WORDS.items()}
    unasked = any(said in ("", NOT_ASKED) for said in asked.values())
    reason = one("niet_gevraagd_reden") or _FORGOTTEN
    if reason == "andere":
        reason = fields.get(OTHER_REASON, reason)
    cells = {
        **{name: value for name, value in fields.items() if name not in (HARDER_TEXT, OTHER_REASON, OTHER_LANGUAGE)},
        **{name: one(name) for name in _ONE if name not in (BETTER, HARDER)},
        **{name: "|".join(paper.ticked.get(name, ())) for name in _MANY},
        "gevraagd_positief": "nee" if asked[BETTER] in ("", NOT_ASKED) else "ja",
        "gevraagd_negatief": "nee" if asked[HARDER] in ("", NOT_ASKED) else "ja",
        "niet_gevraagd_reden": reason if unasked else "",
        "taal": fields.get(OTHER_LANGUAGE, "") or one("taal"),
    }
    return {**cells, **_consents(paper)}


_WORDS = {BETTER: "tekst", HARDER: HARDER_TEXT}
"""In which room the words to a question stand."""


def _consents(paper: FilledPaper) -> dict[str, str]:
    """Ticks, the day on which they were asked (else that of the story), and who wrote them down."""
    sides = ("", PARENT) if paper.one("stem_rol") == CHILD else ("",)
    cells: dict[str, str] = {}
    for side in sides:
        end = f"_{side}" if side else ""
        cells |= {f"{column}{end}": paper.one(f"{column}{end}") for column in CONSENTS}
        cells[f"datum_toestemming{end}"] = paper.fields.get("datum_toestemming") or paper.fields.get(
            "datum_verteld", ""
        )
        cells[f"toestemming_door{end}"] = paper.fields.get("opgetekend_door", "")
    return cells


def refuse_form(sheet: Sheet) -> None:
    """Refuse a form with problems, by question."""
    if sheet.problems:
        found = [(0, each.column, each.message) for each in sheet.problems]
        raise errors.BadForm(found, file=sheet.table.file)
