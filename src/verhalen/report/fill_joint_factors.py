"""J5 in a report: working factors, who names them, with which life domains they are told, who never names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verhalen.analysis.joint_codes import CodedPiece, context_codes, only_below
from verhalen.analysis.joint_factors import NAMED, FactorCell, FactorRow, Factors, factors, heard
from verhalen.analysis.perspectives import Perspective
from verhalen.coding.scheme import elements
from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import MaskedTable, clear_cell, clear_number_of_texts, clear_table
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import numbers_right
from verhalen.report.guarding import note_masked, publish
from verhalen.report.joint_words import coded_in_report
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store.codebook import codebook

_HEADERS = {
    Perspective.FAMILY: mark("Families"),
    Perspective.COACH: mark("Family coaches"),
    Perspective.COORDINATOR: mark("Coordinators"),
    Perspective.PARTNER: mark("Partner services"),
}


def factors_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """One row per context code; `code` takes that one and those below it. Families are masked, fragments of others are not."""
    found = _factors(data, placeholder, coded_in_report(data))
    sides = [each for each in NAMED if each in found.speaking]
    rows = [row for row in found.rows if any(side in row.by for side in sides)]
    if not rows or not sides:
        return [Note(own_words(t("Nobody names a working factor yet.")))]
    table = _masked(data, rows)
    for index, row in enumerate(rows):
        families = row.by.get(Perspective.FAMILY, FactorCell()).families
        publish(data, log, f"factor {row.code}", row.code, table.value.cells[index][0], families)
    note_masked(log, placeholder, t("Working factors: who names them, and with what they are told"), [table.value])
    header = (mark("Working factors"), *(_HEADERS[side] for side in sides), mark("Told with"), mark("Never named by"))
    return [
        Table(
            header=tuple(own_words(t(word)) for word in header),
            rows=tuple(_row(data, row, index, table, sides, placeholder, log) for index, row in enumerate(rows)),
            caption=own_words(t("Working factors: who names them, and with what they are told")),
            align=(*numbers_right(1 + len(sides)), "left", "left"),
            note=own_words(t("Families: how many name it. Others: how many fragments.")),
        )
    ]


def _factors(data: ReportData, placeholder: Placeholder, coded: Sequence[CodedPiece]) -> Factors:
    book = codebook(data.project, counted=False)
    code = placeholder.arguments.get("code", "")
    scheme = {each.key for each in elements(data.project)}
    wanted = {each.key for each in only_below(data.project, book, [code] if code else [])} - scheme
    return factors(
        book,
        coded,
        context=[key for key in context_codes(book) if key in wanted],
        domains=[each.key for each in data.domains.domains],
        heard_from=heard(data.project, data.stories, {each.key for each in data.families}),
    )


def _masked(data: ReportData, rows: Sequence[FactorRow]) -> Cleared[MaskedTable]:
    """Families that name each code. Of how many, nobody is told: who lets us count his words is a matter of consent."""
    named = [len(row.by.get(Perspective.FAMILY, FactorCell()).families) for row in rows]
    return clear_table([[count] for count in named], data.limits, column_totals=False, at_least=data.k)


def _row(
    data: ReportData,
    row: FactorRow,
    index: int,
    table: Cleared[MaskedTable],
    sides: Sequence[Perspective],
    placeholder: Placeholder,
    log: Log,
) -> tuple[Cleared[str], ...]:
    cells = []
    for side in sides:
        hidden = side is Perspective.FAMILY and table.value.cells[index][0] is None
        said = (
            clear_cell(table, index, 0)
            if side is Perspective.FAMILY
            else clear_number_of_texts(row.by.get(side, FactorCell()).fragments)
        )
        log.number(said.value, source=placeholder.source, suppressed=hidden)
        cells.append(said)
    is_known = table.value.cells[index][0] is not None
    never = [t(each.label) for each in row.never if each is not Perspective.FAMILY or is_known]
    told = [
        each.name
        for each in data.domains.domains
        if each.key in row.told_with and _may_say(data, row.told_with[each.key], sensitive=each.sensitive)
    ]
    return (own_words(row.name), *cells, own_words(", ".join(told)), own_words(", ".join(never)))


def _may_say(data: ReportData, by: Mapping[Perspective, FactorCell], *, sensitive: bool) -> bool:
    """Whether a life domain may be named beside a code: never where that would say something of a few families."""
    if data.audience is Audience.INTERNAL:
        return True
    k = data.limits.threshold(sensitive=sensitive)
    own = by.get(Perspective.FAMILY, FactorCell()).families
    others = [cell for side, cell in by.items() if side is not Perspective.FAMILY]
    about = frozenset[str]().union(*(cell.about for cell in others))
    in_general = any(cell.fragments and not cell.about for cell in others)
    return len(own) >= k or len(own | about) >= k or (in_general and not own)
