"""J2 in a report: per code who tells of it, by how it went with the family. Outside the team families are masked."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.analysis.crossing_axes import CHANGE
from verhalen.analysis.joint_codes import only_below
from verhalen.analysis.joint_themes import ChangeClass, ThemeRow, ThemeTable, change_classes, themes
from verhalen.i18n import mark, t
from verhalen.privacy.bounds import Cell
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase, sentences
from verhalen.privacy.disclosure import MaskedTable, clear_cell, clear_number_of_texts, clear_row_total, clear_table
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData, settings_of
from verhalen.report.fill_change import log_row, numbers_right, worse_too
from verhalen.report.guarding import ALL, TELLING, note_masked, publish, split_once
from verhalen.report.joint_words import coded_in_report
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store.codebook import codebook


def themes_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Families that tell of a code in their own words; `code` takes that one and those below it."""
    found = _themes(data, placeholder)
    # As in a crosstab by change, so that the two hide the same: no columns of nobody, and full cells hide.
    classes = [each for each in ChangeClass if found.classes[each] or data.audience is Audience.INTERNAL]
    rows = [row for row in found.rows if _families(row, classes)]
    shown = [row for row in rows if sum(_families(row, classes)) >= _threshold(row, data)]
    if not shown:
        return [Note(own_words(t("Of no code do enough families tell to count them.")))]
    table = _masked(data, found, shown, classes)
    kinds = [(f"{TELLING}code {row.code}", frozenset(data.ids[key] for key in _telling(row))) for row in shown]
    table = split_once(data, log, placeholder, table, kinds, CHANGE)
    said = [index for index in range(len(shown)) if _says_something(table.value, index)]
    if not said:
        return [Note(own_words(t("Of no code do enough families tell to count them.")))]
    for index in said:
        log_row(log, table.value, index, placeholder)
        _publish(data, shown[index], table.value, index, classes, log)
    caption = t("Who tells of what, by how it went with the family, in numbers of families")
    note_masked(log, placeholder, caption, [table.value])
    worse = worse_too(table.value, [row.name for row in shown])
    header = (mark("Codes"), mark("Families"), *(_HEADERS[each] for each in classes))
    return [
        Table(
            header=tuple(own_words(t(word)) for word in header),
            rows=tuple(_row(shown[index], index, table, len(classes)) for index in said),
            caption=own_words(caption),
            align=numbers_right(2 + len(classes)),
            note=_note(data, left_out=len(rows) - len(said)),
        ),
        *([Note(worse)] if worse is not None else []),
    ]


_HEADERS = {
    ChangeClass.BETTER: mark("Better"),
    ChangeClass.SAME: mark("Same"),
    ChangeClass.UNSEEN: mark("Not looked at again"),
    ChangeClass.WORSE: mark("Worse"),
    ChangeClass.NOT_COMPARED: mark("Not compared"),
}


def _themes(data: ReportData, placeholder: Placeholder) -> ThemeTable:
    keys = {each.key for each in data.families}
    code = placeholder.arguments.get("code", "")
    book = only_below(data.project, codebook(data.project, counted=False), [code] if code else [])
    coded = coded_in_report(data)
    return themes(book, coded, change_classes(data.change, keys))


def _masked(
    data: ReportData, found: ThemeTable, rows: Sequence[ThemeRow], classes: Sequence[ChangeClass]
) -> Cleared[MaskedTable]:
    counts = [_families(row, classes) for row in rows]
    sizes = [len(found.classes[each]) for each in classes]  # which the coverage table tells
    full: list[Cell] = []
    if data.audience is not Audience.INTERNAL:
        full = [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if 0 < n == sizes[j]]
    return clear_table(
        counts,
        data.limits,
        sensitive=[_is_sensitive(row, data) for row in rows],
        worse=classes.index(ChangeClass.WORSE) if ChangeClass.WORSE in classes else None,
        column_totals=False,
        hidden=full,
        at_least=data.k,
        most=[sizes] * len(rows),
    )


def _families(row: ThemeRow, classes: Sequence[ChangeClass]) -> list[int]:
    return [len(row.own[each].families) for each in classes] if any(row.own.values()) else []


def _is_sensitive(row: ThemeRow, data: ReportData) -> bool:
    return any(each.sensitive for each in data.domains.domains if each.key in row.evidence)


def _threshold(row: ThemeRow, data: ReportData) -> int:
    return data.limits.threshold(sensitive=_is_sensitive(row, data))


def _says_something(table: MaskedTable, index: int) -> bool:
    """Whether any number of a row may be read; rows do not lean on each other, so one may go without betraying another."""
    return table.row_totals[index] is not None or any(table.cells[index])


def _row(row: ThemeRow, index: int, table: Cleared[MaskedTable], classes: int) -> tuple[Cleared[str], ...]:
    cells = (clear_cell(table, index, column) for column in range(classes))
    return (own_words(row.name), clear_row_total(table, index), *cells)


def _telling(row: ThemeRow) -> set[str]:
    return {family for cell in row.own.values() for family in cell.families}


def _publish(
    data: ReportData, row: ThemeRow, table: MaskedTable, index: int, classes: Sequence[ChangeClass], log: Log
) -> None:
    """A row for the ledger: who tells of a code, in classes of one instrument under one choice of moments."""
    settings = settings_of(data.front)
    kind = f"themes {data.change.instrument.key} {settings.rule} {settings.days} {settings.window} {row.code}"
    telling = _telling(row)
    cells = [(each.value, table.cells[index][column]) for column, each in enumerate(classes)]
    sensitive = _is_sensitive(row, data)
    publish(data, log, kind, row.code, table.row_totals[index], telling, cells=cells, sensitive=sensitive)
    # A crosstab splits the same families of the same code.
    publish(data, log, f"{TELLING}code {row.code}", ALL, table.row_totals[index], telling, sensitive=sensitive)
    for each, (_, shown) in zip(classes, cells, strict=True):
        label, own = f"{CHANGE}={each.value}", row.own[each].families if each in row.own else ()
        publish(data, log, f"{TELLING}code {row.code}", label, shown, own, sensitive=sensitive)


def _note(data: ReportData, *, left_out: int) -> Cleared[str]:
    said = [own_words(t("Own words of families only; a family counts once per code."))]
    if data.audience is not Audience.INTERNAL:
        said.append(own_words(t("Only with consent for reports.")))
    if left_out:
        said.append(
            phrase(mark("Codes of which too few families tell were left out: {n}."), n=clear_number_of_texts(left_out))
        )
    return sentences(said)
