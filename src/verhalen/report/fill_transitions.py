"""From where to where: an item, or being poor by the approximation of the index, as a table and as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.poverty import poverty
from verhalen.analysis.service import Matrix, matrix_of
from verhalen.i18n import mark, t
from verhalen.model.instrument import Item
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience, Cleared, enumeration, own_words, phrase, sentences
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_bar,
    clear_cell,
    clear_column_totals,
    clear_grand_total,
    clear_number,
    clear_row_total,
    clear_row_totals,
    clear_table,
)
from verhalen.report.blocks import Block, Chart, Look, Note, Series, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import log_row, numbers_right
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.scores.poverty_table import PovertyTable
from verhalen.store.scores import instruments

MOST_PARTS = 6
"""A bar of more parts than this cannot be read."""
_STATES = (True, False, None)
_POOR: dict[bool | None, str] = {True: mark("poor"), False: mark("not poor"), None: mark("undecided")}
_TOO_FEW = mark("Who went from where to where is not shown: the numbers are too small.")
_ALL_TOO_FEW = mark("{what}: not shown, the numbers are too small.")
_LOOKS: dict[bool | None, Look] = {True: "worse", False: "better", None: "unseen"}


@dataclass(frozen=True, slots=True)
class _Grid:
    """A matrix that went through the gate, and the words around it."""

    table: Cleared[MaskedTable]
    names: tuple[str, ...]
    """Of rows and columns alike."""
    heads: tuple[str, ...]
    """The same, short enough to stand above a column."""
    caption: str
    note: Cleared[str]
    looks: tuple[Look, ...] = ()


def item_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ tabel overgang item=huishouden.schulden }}`."""
    found = _item_grid(data, placeholder, log)
    if isinstance(found, Note):
        return [found]
    return (
        [Note(own_words(t(_ALL_TOO_FEW, what=found.caption)))]
        if _nothing(found.table.value)
        else [_as_table(found, placeholder, log)]
    )


def item_chart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ grafiek overgang item=huishouden.schulden }}`."""
    found = _item_grid(data, placeholder, log)
    if not isinstance(found, Note) and len(found.names) > MOST_PARTS:
        raise _wrong(placeholder, t("a bar holds at most {n} values; add drempel=N to join them", n=MOST_PARTS))
    return [] if isinstance(found, Note) or _nothing(found.table.value) else [_as_chart(found)]


def poverty_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ tabel kansarmoede }}`."""
    found = _poverty_grid(data, placeholder, log)
    if isinstance(found, Note):
        return [found]
    return (
        [Note(own_words(t(_ALL_TOO_FEW, what=found.caption)))]
        if _nothing(found.table.value)
        else [_as_table(found, placeholder, log)]
    )


def poverty_chart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ grafiek kansarmoede }}`."""
    found = _poverty_grid(data, placeholder, log)
    return [] if isinstance(found, Note) or _nothing(found.table.value) else [_as_chart(found)]


def _wrong(placeholder: Placeholder, problem: str) -> errors.BadReport:
    return errors.BadReport(file="", line=placeholder.line, problem=problem)


def _threshold(data: ReportData, placeholder: Placeholder, log: Log) -> int | None:
    """Where to cut in two. Outside the team one cut per report: the difference of two would tell of single families (D6)."""
    written = placeholder.arguments.get("drempel")
    about = placeholder.arguments.get("item", placeholder.name.split()[-1])
    if data.audience is not Audience.INTERNAL and log.cuts.setdefault(about, written or "") != (written or ""):
        raise _wrong(
            placeholder,
            t("{about} stands in this report with another drempel; two would tell of families", about=about),
        )
    if written is None:
        return None
    if not written.isdecimal():
        raise _wrong(placeholder, t('"{value}" is not a number for drempel', value=written))
    return int(written)


# -- an item ---------------------------------------------------------------------------------------------------------


def _item_grid(data: ReportData, placeholder: Placeholder, log: Log) -> _Grid | Note:
    key = placeholder.arguments.get("item", "")
    instrument = data.change.instrument
    item = instrument.find(key)
    if item is None:
        some = ", ".join(each.key for each in instrument.asked)
        raise _wrong(
            placeholder,
            t(
                "{instrument} has no item {key}; choose from: {some}",
                instrument=instrument.name,
                key=key or "?",
                some=some,
            ),
        )
    matrix = matrix_of(instrument, data.change.pairs, item)
    threshold = _threshold(data, placeholder, log)
    if threshold is not None:
        matrix = _halved(matrix, _written(item, instrument.low, instrument.high), threshold, placeholder)
    matrix = _used(matrix)
    if not matrix.n:
        return Note(own_words(t("No family has a score at both moments.")))
    domain = data.domains.find(item.domain)
    table = clear_table(
        matrix.counts, data.audience, sensitive=domain is not None and domain.sensitive, at_least=data.k
    )
    if threshold is None and len(table.value.hidden) * 2 > sum(bool(n) for row in matrix.counts for n in row):
        hint = mark("most numbers of {item} cannot be shown; add drempel=N to join its values into two")
        log.warnings.append(Notice(placeholder.line, hint, {"item": item.key}))
    caption = t(
        "{item}, at the first registration and about six months later, in numbers of families",
        item=item.name,
    )
    heads = matrix.names if threshold is not None else tuple(name.partition(" ")[0] for name in matrix.names)
    return _Grid(table, matrix.names, heads, caption, _item_note(data, item, table))


def _item_note(data: ReportData, item: Item, table: Cleared[MaskedTable]) -> Cleared[str]:
    said = [
        phrase(
            mark("Instrument: {instrument}. Families with a score at both moments: {n}."),
            instrument=own_words(data.change.instrument.name),
            n=clear_grand_total(table),
        )
    ]
    if item.note:
        said.append(own_words(t("Read this one: {note}", note=item.note)))
    if any(item.key in each.differ for each in data.wordings):
        said.append(own_words(t("Older snapshots were judged by other words for this item.")))
    return sentences(said)


def _written(item: Item, low: int, high: int) -> list[int]:
    """The values as they were written down, in the order of the matrix: worst first."""
    values = list(range(low, high + 1))
    return values[::-1] if item.higher_is_worse else values


def _halved(matrix: Matrix, written: Sequence[int], threshold: int, placeholder: Placeholder) -> Matrix:
    """Two values: below the threshold, and from it on."""
    sides = [value >= threshold for value in written]
    if len(set(sides)) == 1:
        problem = t("drempel lies between {low} and {high}", low=min(written) + 1, high=max(written))
        raise _wrong(placeholder, problem)
    order = list(dict.fromkeys(sides))
    names = {False: t("below {n}", n=threshold), True: t("{n} or more", n=threshold)}
    places = range(len(sides))
    counts = tuple(
        tuple(
            sum(matrix.counts[i][j] for i in places for j in places if sides[i] is one and sides[j] is two)
            for two in order
        )
        for one in order
    )
    return Matrix(tuple(names[side] for side in order), counts)


def _used(matrix: Matrix) -> Matrix:
    """Without the values that no family had at either moment."""
    places = [i for i, row in enumerate(matrix.counts) if sum(row) or sum(other[i] for other in matrix.counts)]
    return Matrix(
        tuple(matrix.names[i] for i in places), tuple(tuple(matrix.counts[i][j] for j in places) for i in places)
    )


# -- the approximation of the poverty index --------------------------------------------------------------------------


def _poverty_grid(data: ReportData, placeholder: Placeholder, log: Log) -> _Grid | Note:
    try:
        found = poverty(
            data.project,
            instruments(data.project),
            families=data.families,
            threshold=_threshold(data, placeholder, log),
        )
    except (errors.BadInput, errors.UnknownInstrument) as error:
        if "drempel" in placeholder.arguments:
            raise _wrong(placeholder, str(error)) from error
        return Note(own_words(str(error)))
    counts = poor_states(found.table)
    places = [i for i in range(3) if sum(counts[i]) or sum(row[i] for row in counts)]
    if not places:
        return Note(own_words(t("No family was followed long enough to see change.")))
    domains = [data.domains.find(each.domain) for each in found.index.indicators]
    table = clear_table(
        [[counts[i][j] for j in places] for i in places],
        data.audience,
        # As sensitive as all of it: one sensitive indicator among others is not told apart.
        sensitive=all(each is not None and each.sensitive for each in domains),
        at_least=data.k,
    )
    note = t(
        "Poor: at least {threshold} of the {all} indicators are insufficient. Which items make an indicator is our own choice, so "
        "this is not the official index. Undecided: an indicator that is not known decides.",
        threshold=found.table.threshold,
        all=len(found.index.indicators),
    )
    states = [_STATES[i] for i in places]
    names = tuple(t(_POOR[state]) for state in states)
    caption = t(
        "Approximation of the poverty index, at the first registration and about six months later, in numbers of families"
    )
    return _Grid(
        table,
        names,
        names,
        caption,
        own_words(note),
        tuple(_LOOKS[state] for state in states),
    )


def poor_states(table: PovertyTable) -> list[list[int]]:
    """Families by poor, not poor, undecided: before (rows) and after (columns)."""
    counts = [[0] * 3 for _ in _STATES]
    for each in table.families:
        before, after = each.before.poor(table.threshold), each.after.poor(table.threshold)
        counts[_STATES.index(before)][_STATES.index(after)] += 1
    return counts


# -- both ------------------------------------------------------------------------------------------------------------


def _nothing(table: MaskedTable) -> bool:
    """Whether the mask leaves nothing that is worth a table."""
    return not any(count for row in table.cells for count in row) and not _only_totals(table)


def _only_totals(table: MaskedTable) -> bool:
    """Whether the mask leaves nothing but how many there were at each moment."""
    return all(not count for row in table.cells for count in row) and None not in (
        *table.row_totals,
        *table.column_totals,
    )


def _as_table(grid: _Grid, placeholder: Placeholder, log: Log) -> Table:
    """From where (rows) to where (columns); where all of that is hidden, how many there were at each moment."""
    table, places = grid.table, range(len(grid.names))
    for row in places:
        log_row(log, table.value, row, placeholder)
    if _only_totals(table.value):
        header = [t("When"), *grid.names, t("Together")]
        rows = [
            (own_words(t(when)), *map(clear_number, totals), clear_grand_total(table))
            for when, totals in _moments(table)
        ]
        note = sentences([own_words(t(_TOO_FEW)), grid.note])
    else:
        header = [t("At the start"), *(t("later: {value}", value=head) for head in grid.heads), t("Together")]
        rows = [
            (
                own_words(grid.names[row]),
                *(clear_cell(table, row, column) for column in places),
                clear_row_total(table, row),
            )
            for row in places
        ]
        totals = tuple(map(clear_number, clear_column_totals(table)))
        rows.append((own_words(t("Together")), *totals, clear_grand_total(table)))
        note = grid.note
    return Table(
        header=tuple(own_words(word) for word in header),
        rows=tuple(rows),
        caption=own_words(grid.caption),
        align=numbers_right(len(header)),
        note=note,
    )


def _moments(table: Cleared[MaskedTable]) -> tuple[tuple[str, tuple[Cleared[int | None], ...]], ...]:
    return (
        (mark("At the start"), clear_row_totals(table)),
        (mark("About six months later"), clear_column_totals(table)),
    )


def _as_chart(grid: _Grid) -> Chart:
    """A bar per value at the start, its parts are the values later; or a bar per moment, as in the table."""
    table, places = grid.table, range(len(grid.names))
    plain: tuple[Look, ...] = tuple("" for _ in places)
    if _only_totals(table.value):
        bars = [(t(when), totals) for when, totals in _moments(table)]
        named = grid.names
    else:
        bars = [
            (name, tuple(clear_bar(table, row, column) for column in places)) for row, name in enumerate(grid.names)
        ]
        bars = [(t("{value} at the start", value=name), values) for name, values in bars]
        named = tuple(t("later: {value}", value=name) for name in grid.names)
    said = [
        phrase(
            mark("{bar}: {parts}."),
            bar=own_words(bar),
            parts=enumeration([_part(name, value) for name, value in zip(named, values, strict=True)]),
        )
        for bar, values in bars
    ]
    return Chart(
        categories=tuple(own_words(bar) for bar, _ in bars),
        series=tuple(
            Series(own_words(name), tuple(values[place] for _, values in bars), look)
            for place, (name, look) in enumerate(zip(named, grid.looks or plain, strict=True))
        ),
        caption=own_words(grid.caption),
        alt_text=sentences([own_words(t("Stacked bars of counts.")), *said]),
        note=own_words(t(_TOO_FEW)) if _only_totals(table.value) else None,
    )


def _part(name: str, value: Cleared[int | None]) -> Cleared[str]:
    return phrase(mark("{name} {n}"), name=own_words(name), n=clear_number(value))
