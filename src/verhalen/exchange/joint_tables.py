"""Joint displays as tables for inside: CSV holds the first, XLSX all of them, the last one with how was counted.

Nothing is masked, and families go by their codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.analysis.joint import JointRow
from verhalen.analysis.joint_cases import Case, CaseLine
from verhalen.analysis.joint_crosswalk import Crosswalk
from verhalen.analysis.joint_data import JointData
from verhalen.analysis.joint_factors import FactorCell, Factors
from verhalen.analysis.joint_families import FamilyApart
from verhalen.analysis.joint_themes import ThemeTable
from verhalen.analysis.perspectives import Perspective
from verhalen.exchange.finding_tables import Cells, Sheet, Written
from verhalen.exchange.tables import write_csv, write_xlsx
from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.ids import encode_id
from verhalen.model.verdict import Verdict

_WAY = {1: "beter", 0: "gelijk", -1: "slechter", None: ""}
"""Words: a sign at the beginning of a cell would be taken for a formula."""


Shown = Sequence[JointRow] | ThemeTable | Sequence[Case] | Crosswalk | Factors | Sequence[FamilyApart]
"""What can be written: one of the displays."""


@dataclass(frozen=True, slots=True)
class Display:
    """A display that can be written, and how it was counted."""

    found: Shown
    data: JointData | None = None
    """What it was made from: by which scores, of when."""
    book: Codebook | None = None


def write_display(path: Path, display: Display) -> Written:
    """Write it by the suffix of the file, whole or not at all. Raises BadInput, CannotWrite."""
    sheets = _sheets(display)
    header, rows = next(iter(sheets.values()))
    match path.suffix.lower():
        case ".csv":
            write_csv(path, header, rows)
        case ".xlsx":
            write_xlsx(path, sheets)
        case _:
            raise errors.BadInput(reason=t("this table is written as .csv or .xlsx; give the file such a name"))
    return Written(path, len(rows))


def _sheets(display: Display) -> dict[str, Sheet]:
    found = display.found
    match found:
        case ThemeTable():
            sheets = _themes(found)
        case Crosswalk():
            sheets = _crosswalk(found)
        case Factors():
            sheets = _factors(found)
        case _:
            first = found[0] if found else None
            if isinstance(first, Case):
                sheets = _cases([each for each in found if isinstance(each, Case)])
            elif isinstance(first, FamilyApart):
                sheets = _families([each for each in found if isinstance(each, FamilyApart)])
            else:
                sheets = _side_by_side([each for each in found if isinstance(each, JointRow)])
    return sheets | _about(display)


# -- J1 --------------------------------------------------------------------------------------------------------------

_SIDE = (
    *("sleutel", "naam", "gezinnen", "vooruit", "gelijk", "niet_opnieuw_bekeken", "achteruit", "dominantie", "cijfers"),
    *("verhalen_positief", "verhalen_negatief", "verhalen_geen", "verhalen_open", "verhalen_over"),
    *("eigen_positief", "eigen_negatief", "eigen_gemengd", "eigen_zonder_kleur", "over_gezinnen"),
    *("gezinnen_goed", "gezinnen_geen_van_beide", "gezinnen_slecht", "woorden", "voorstel"),
    *("duiding", "waarom", "wie", "dag", "sindsdien", "citaat_codering", "citaat"),
)
_VERDICTS = ("waarover", "duiding", "waarom", "wie", "dag")


def _side_by_side(rows: Iterable[JointRow]) -> dict[str, Sheet]:
    listed = list(rows)
    return {
        "cijfers en woorden": (_SIDE, [_side_row(row) for row in listed]),
        "duidingen": (_VERDICTS, [_verdict(each) for row in listed for each in row.history]),
    }


def _side_row(row: JointRow) -> Cells:
    change, told, own, verdict, quote = row.change, row.stories, row.own, row.verdict, row.quote
    numbers: Cells = (
        [change.n, change.up, change.same - change.same_carried, change.same_carried, change.down]
        if change
        else [None] * 5
    )
    return [
        *(row.key, row.name, *numbers, change.dominance.value if change else None, _WAY[row.numbers]),
        *(told.positive, told.negative, told.none, told.open, row.stories_about.total),
        *(own.positive, own.negative, own.mixed, own.none, row.about.total),
        *(*row.voices, _WAY[row.words], row.suggestion.value),
        *((verdict.relation.value, verdict.sentence, verdict.coder, verdict.day) if verdict else [None] * 4),
        "|".join(row.since),
        *((encode_id(quote.coding_id), quote.text) if quote else (None, None)),
    ]


def _verdict(each: Verdict) -> Cells:
    return [each.target, each.relation.value, each.sentence, each.coder, each.day]


# -- J2 --------------------------------------------------------------------------------------------------------------


def _themes(found: ThemeTable) -> dict[str, Sheet]:
    names = [each.value for each in found.classes]
    header = (
        *("code", "naam", "bewijs", "woorden"),
        *(f"fragmenten_{name}" for name in names),
        *(f"gezinnen_{name}" for name in names),
    )
    rows: list[Cells] = [
        [
            *(row.code, row.name, "|".join(row.evidence), whose),
            *(cells[each].fragments for each in found.classes),
            *(len(cells[each].families) for each in found.classes),
        ]
        for row in found.rows
        for whose, cells in (("eigen", row.own), ("over", row.about))
        if any(cell.fragments for cell in cells.values())
    ]
    classes: list[Cells] = [
        [each.value, t(each.label), len(families), len(found.telling[each])] for each, families in found.classes.items()
    ]
    return {"codes": (header, rows), "klassen": (("klasse", "naam", "gezinnen", "met_eigen_woorden"), classes)}


# -- J3 --------------------------------------------------------------------------------------------------------------

_CASE = (
    *("gezin", "coach", "levensdomein", "naam", "beoordelaars", "cijfers", "stemmen", "woorden"),
    *("notities", "duiding", "waarom", "wie", "dag", "niet_eens"),
)


def _cases(found: Iterable[Case]) -> dict[str, Sheet]:
    listed = list(found)
    paths: list[Cells] = [
        [
            *(case.family, line.domain, path.instrument, path.assessor.value, item.item, item.name, item.person or ""),
            " ".join(map(str, item.values)),
            " ".join(day.isoformat() for day in path.days),
        ]
        for case in listed
        for line in case.lines
        for path in line.paths
        for item in path.items
    ]
    header = ("gezin", "levensdomein", "instrument", "beoordelaar", "item", "naam", "lid", "waarden", "dagen")
    return {
        "gezinnen": (_CASE, [_case_line(case, line) for case in listed for line in case.lines]),
        "scores": (header, paths),
    }


def _case_line(case: Case, line: CaseLine) -> Cells:
    verdict = line.history[-1] if line.history else None
    return [
        *(case.family, case.coach, line.domain, line.name),
        "; ".join(f"{path.assessor.value} ({path.instrument}): {_WAY[path.way]}" for path in line.paths),
        _WAY[line.numbers],
        "; ".join(f"{each.person or each.who}: {_WAY[each.way]}" for each in line.tellings),
        _WAY[line.words],
        "; ".join(" ".join(filter(None, (*(t(why.label) for why in each.reasons), each.note))) for each in line.notes),
        *((verdict.relation.value, verdict.sentence, verdict.coder, verdict.day) if verdict else [None] * 4),
        "|".join(line.differ),
    ]


# -- J4 --------------------------------------------------------------------------------------------------------------


def _crosswalk(found: Crosswalk) -> dict[str, Sheet]:
    rows: list[Cells] = [
        [
            *(row.instrument, row.item.key, row.item.name, row.item.level.value, row.item.question),
            *(row.item.domain, row.domain_name, "|".join(row.codes), row.fragments, row.stories),
            "|".join(line.title for line in row.lines),
        ]
        for row in found.rows
    ]
    header = (
        *("instrument", "item", "naam", "niveau", "vraag", "levensdomein", "naam_levensdomein"),
        *("codes", "fragmenten", "verhalen", "veranderingstheorie"),
    )
    lines: list[Cells] = [
        [
            *(row.line.line, row.line.depth, row.line.title, "|".join(map(":".join, row.items)), "|".join(row.codes)),
            *(row.stories, "ja" if row.is_measured else "nee", "ja" if row.is_told else "nee"),
        ]
        for row in found.lines
    ]
    of_lines = ("regel", "diepte", "lijn", "items", "codes", "verhalen", "gemeten", "verteld")
    return {"vragen en items": (header, rows), "veranderingstheorie": (of_lines, lines)}


# -- J5 --------------------------------------------------------------------------------------------------------------


def _factors(found: Factors) -> dict[str, Sheet]:
    sides = [each for each in Perspective if each in found.speaking]
    header = (
        *("code", "naam"),
        *(f"{kind}_{side.value}" for side in sides for kind in ("fragmenten", "bronnen", "gezinnen")),
        *("levensdomeinen", "nooit"),
    )
    rows: list[Cells] = [
        [
            *(row.code, row.name),
            *(cell for side in sides for cell in _counts(row.by.get(side, FactorCell()))),
            *("|".join(row.told_with), "|".join(each.value for each in row.never)),
        ]
        for row in found.rows
    ]
    crossed: list[Cells] = [
        [row.code, row.name, domain, side.value, *_counts(cell)]
        for row in found.rows
        for domain, by in row.told_with.items()
        for side, cell in by.items()
    ]
    of_crossed = ("code", "naam", "levensdomein", "perspectief", "fragmenten", "bronnen", "gezinnen")
    return {
        "werkende factoren": (header, rows),
        "met levensdomeinen": (of_crossed, crossed),
        "door niemand genoemd": (("code", "naam"), [list(each) for each in found.unnamed]),
    }


def _counts(cell: FactorCell) -> Cells:
    return [cell.fragments, len(cell.sources), len(cell.families)]


# -- families whose words and numbers go apart -----------------------------------------------------------------------


def _families(found: Iterable[FamilyApart]) -> dict[str, Sheet]:
    listed = list(found)
    rows: list[Cells] = [
        [
            *(each.family, each.apart.value, _WAY[each.numbers], _WAY[each.words], "ja" if each.is_open else "nee"),
            "|".join(side.domain for side in each.sides if side.is_apart),
            *((last.relation.value, last.sentence, last.coder, last.day) if last else [None] * 4),
        ]
        for each in listed
        for last in (each.history[-1] if each.history else None,)
    ]
    sides: list[Cells] = [
        [each.family, side.domain, side.name, _WAY[side.numbers], _WAY[side.words], "|".join(side.stories)]
        for each in listed
        for side in each.sides
    ]
    header = ("gezin", "hoe", "cijfers", "woorden", "te_bekijken", "levensdomeinen", "duiding", "waarom", "wie", "dag")
    of_sides = ("gezin", "levensdomein", "naam", "cijfers", "woorden", "verhalen")
    return {"gezinnen": (header, rows), "levensdomeinen": (of_sides, sides)}


# -- how was counted -------------------------------------------------------------------------------------------------


def _about(display: Display) -> dict[str, Sheet]:
    method: list[Cells] = []
    if display.data is not None:
        choice, change = display.data.choice, display.data.change
        settings = choice.settings
        period = choice.period
        method = [
            ["instrument", f"{change.instrument.name} ({change.instrument.key})"],
            [t("period"), f"{period[0]}..{period[1]}" if period else t("all time")],
            [t("days"), settings.days],
            [t("window"), settings.window],
            [t("persons of a family"), t(settings.rule.label)],
            [t("dominance from which numbers go up or down"), choice.border],
            [t("families below which numbers are silent"), choice.fewest],
            [t("families"), len(display.data.families)],
            [t("families followed"), len(change.pairs.followed)],
        ]
    sheets: dict[str, Sheet] = {}
    if display.book is not None:
        codes: list[Cells] = [
            [code.key, code.name, code.definition, code.include, code.exclude, "|".join(code.evidence)]
            for code in display.book
        ]
        sheets["codeboek"] = (("code", "naam", "definitie", "wel", "niet", "bewijs"), codes)
    sheets["methode"] = (("wat", "hoe"), method)
    return sheets
