"""Tables and charts of a report. All that is derived from a table is made from its masked form."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.analysis.coverage import CoverageRow
from verhalen.analysis.joint import JointRow
from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Cleared, enumeration, own_words, phrase
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_bar,
    clear_cell,
    clear_row_total,
    clear_sentence,
    clear_share,
    clear_table,
)
from verhalen.report.blocks import Block, Chart, Note, Paragraph, Series, Table
from verhalen.report.data import ReportData
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.scores.change import Change

UP, SAME, DOWN = 0, 1, 2


def change_rows(data: ReportData) -> list[tuple[JointRow, Change]]:
    """Groups that the instrument measures, with their change."""
    return [(row, row.change) for row in data.joint if row.change is not None and row.change.n]


def masked_change(data: ReportData) -> Cleared[MaskedTable]:
    """Better, same, worse per group of life domains: the one masked table that every number about change comes from."""
    rows = change_rows(data)
    return clear_table(
        [[change.up, change.same, change.down] for _, change in rows],
        data.audience,
        sensitive=[row.sensitive for row, _ in rows],
        worse=DOWN,
        column_totals=False,
        words=True,
        at_least=data.k,
    )


def change_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Per group of life domains: how many families better, same, worse."""
    rows, table = change_rows(data), masked_change(data)
    if not rows:
        return [Note(own_words(t("No family was followed long enough to see change.")))]
    cells = []
    for index, (row, change) in enumerate(rows):
        _log_row(log, table.value, index, placeholder)
        cells.append(
            (
                own_words(row.name),
                clear_row_total(table, index),
                clear_cell(table, index, UP),
                clear_cell(table, index, SAME)
                if change.looked_again
                else _with_carried(clear_cell(table, index, SAME)),
                clear_cell(table, index, DOWN),
            )
        )
    blocks: list[Block] = [
        Table(
            header=tuple(
                own_words(t(word))
                for word in (mark("Life domains"), mark("Families"), mark("Better"), mark("Same"), mark("Worse"))
            ),
            rows=tuple(cells),
            caption=own_words(
                t("Change between the first registration and about six months later, in numbers of families")
            ),
            align=("left", "right", "right", "right", "right"),
            note=_change_note(data),
        )
    ]
    return [*blocks, *_hidden_worsening(table.value, [row.name for row, _ in rows]), *_to_read(data)]


def _to_read(data: ReportData) -> list[Block]:
    """Groups in which items moved that are not simply better when higher: said apart, never as better or worse."""
    items = [
        clear_sentence(
            mark("{group}: {changed} of the {all} families"),
            data.audience,
            counts={"changed": row.change.to_read, "all": row.change.to_read_n},
            sensitive=row.sensitive or _holds_sensitive(data, row),
            at_least=data.k,
            group=row.name,
        )
        for row in data.joint
        if row.change is not None and row.change.to_read
    ]
    if not items:
        return []
    said = mark("Besides, something changed that asks for its story. {groups}.")
    return [Note(phrase(said, groups=enumeration(items)))]


def _holds_sensitive(data: ReportData, row: JointRow) -> bool:
    return any(domain.sensitive for domain in data.domains.domains if domain.key in row.domains)


def _with_carried(cell: Cleared[str]) -> Cleared[str]:
    return phrase(mark("{count} (not looked at again)"), count=cell)


def _change_note(data: ReportData) -> Cleared[str]:
    """How many were followed; how the persons of a family make one value; what "same" means."""
    pairs = data.change.pairs
    unfollowed = sum(len(families) for families in pairs.unfollowed.values())
    return clear_sentence(
        mark(
            "Instrument: {instrument}. {followed} families were followed, {unfollowed} too short or by another assessor."
        ),
        data.audience,
        counts={"followed": len(pairs.followed), "unfollowed": unfollowed},
        at_least=data.k,
        instrument=data.change.instrument.name,
    )


def _hidden_worsening(table: MaskedTable, names: Sequence[str]) -> list[Block]:
    """Worsening never vanishes: where it is masked, a sentence stands."""
    hidden = [names[row] for row in range(len(names)) if table.also_worse[row]]
    if not hidden:
        return []
    return [Note(own_words(t("Among a few families things also got worse: {groups}.", groups=", ".join(hidden))))]


def _log_row(log: Log, table: MaskedTable, row: int, placeholder: Placeholder) -> None:
    for column in range(len(table.cells[row])):
        log.number(table.said(row, column), source=placeholder.source, suppressed=table.cells[row][column] is None)


def change_chart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The same table as a stacked bar; hidden cells are not drawn."""
    rows, table = change_rows(data), masked_change(data)
    if not rows:
        return []
    series = tuple(
        Series(own_words(t(name)), tuple(clear_bar(table, index, column) for index in range(len(rows))))
        for column, name in ((UP, mark("Better")), (SAME, mark("Same")), (DOWN, mark("Worse")))
    )
    return [
        Chart(
            categories=tuple(own_words(row.name) for row, _ in rows),
            series=series,
            caption=own_words(t("Better, same and worse per group of life domains, in numbers of families")),
        )
    ]


def said_cell(data: ReportData, placeholder: Placeholder) -> tuple[Cleared[str], bool]:
    """A number of the change table within a sentence: `{{ beter groep=wonen_geld }}`."""
    rows, table = change_rows(data), masked_change(data)
    wanted = placeholder.arguments.get("groep", "")
    index = next((number for number, (row, _) in enumerate(rows) if row.key == wanted), None)
    if index is None:
        known = ", ".join(row.key for row, _ in rows)
        problem = t("there is no group {wanted} with scores; choose from: {known}", wanted=wanted or "?", known=known)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    column = UP if placeholder.name == "beter" else DOWN
    return clear_share(table, index, column, k=data.k), table.value.cells[index][column] is None


def reach_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Who is reached: known to the service before, or new; per municipality."""
    known = data.reach.known
    classes = [(mark("Known to the service"), "gekend"), (mark("Known long ago"), "ooit"), (mark("New"), "nieuw")]
    towns = sorted(data.reach.municipalities)
    first = clear_table([[known.get(key, 0) for _, key in classes]], data.audience, words=True, at_least=data.k)
    second = clear_table(
        [[data.reach.municipalities[town] for town in towns]], data.audience, words=True, at_least=data.k
    )
    rows = [(own_words(t(label)), clear_cell(first, 0, column)) for column, (label, _) in enumerate(classes)]
    rows += [(own_words(town), clear_cell(second, 0, column)) for column, town in enumerate(towns)]
    for table in (first.value, second.value):
        _log_row(log, table, 0, placeholder)
    return [
        Table(
            header=(own_words(t("Who")), own_words(t("Families"))),
            rows=tuple(rows),
            caption=own_words(t("Families with support in this period")),
            align=("left", "right"),
        )
    ]


def coverage_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Who told and who did not, by how the scores went; in sentences where the cells are too small for a table."""
    rows = [row for row in data.coverage if row.families]
    table = clear_table(
        [[row.with_story, row.families - row.with_story] for row in rows], data.audience, words=True, at_least=data.k
    )
    for index in range(len(rows)):
        _log_row(log, table.value, index, placeholder)
    if table.value.hidden:
        return [Paragraph(sentence) for sentence in _coverage_sentences(data, rows)]
    cells = [
        (own_words(t(row.label)), clear_cell(table, index, 0), clear_cell(table, index, 1))
        for index, row in enumerate(rows)
    ]
    return [
        Table(
            header=tuple(
                own_words(t(word)) for word in (mark("Scores of the family"), mark("Told a story"), mark("No story"))
            ),
            rows=tuple(cells),
            caption=own_words(t("Whose stories we heard")),
            align=("left", "right", "right"),
        ),
        *(Paragraph(sentence) for sentence in _coverage_sentences(data, rows)),
    ]


def _coverage_sentences(data: ReportData, rows: Sequence[CoverageRow]) -> list[Cleared[str]]:
    """How many told; and whether families for whom it got worse were among them. A yes or no, never a small number."""
    told = sum(row.with_story for row in rows)
    said = [
        clear_sentence(
            mark("{told} of the {all} families told a story."),
            data.audience,
            counts={"told": told, "all": sum(row.families for row in rows)},
            at_least=data.k,
        )
    ]
    worse = next((row for row in rows if row.key == "down"), None)
    if worse is not None and worse.with_story:
        said.append(own_words(t("Families for whom it got worse told their story too.")))
    elif worse is not None:
        said.append(own_words(t("No family for whom it got worse told a story: what you read here is too sunny.")))
    return said
