"""From where to where: an item, or being poor by the approximation of the index, as a table and as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.analysis.poverty import poverty
from verhalen.analysis.service import Matrix, matrix_of
from verhalen.i18n import mark, t
from verhalen.model.instrument import Item
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase, sentences
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_grand_total,
    clear_table,
)
from verhalen.privacy.ladder import Choice, Rung, lacking
from verhalen.report.blocks import Block, Look, Note
from verhalen.report.data import ReportData
from verhalen.report.guarding import note_masked
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.report.transition_blocks import Grid, Sets, as_chart, as_table, shows_nothing
from verhalen.scores.poverty_table import PovertyTable
from verhalen.store.scores import instruments

MOST_PARTS = 6
"""A bar of more parts than this cannot be read."""
_STATES = (True, False, None)
_POOR: dict[bool | None, str] = {True: mark("poor"), False: mark("not poor"), None: mark("undecided")}
_ALL_TOO_FEW = mark("{what}: not shown, the numbers are too small.")
_LOOKS: dict[bool | None, Look] = {True: "worse", False: "better", None: "unseen"}


def item_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ tabel overgang item=huishouden.schulden }}`."""
    return _table(_item_grid(data, placeholder, log), placeholder, log)


def item_chart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ grafiek overgang item=huishouden.schulden }}`."""
    found = _item_grid(data, placeholder, log)
    if not isinstance(found, Note) and len(found.names) > MOST_PARTS:
        raise _wrong(placeholder, t("a bar holds at most {n} values; add drempel=N to join them", n=MOST_PARTS))
    return _chart(found)


def poverty_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ tabel kansarmoede }}`."""
    return _table(_poverty_grid(data, placeholder, log), placeholder, log)


def poverty_chart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """`{{ grafiek kansarmoede }}`."""
    return _chart(_poverty_grid(data, placeholder, log))


def _table(found: Grid | Note, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The table, or why there is none."""
    if isinstance(found, Note):
        return [found]
    if shows_nothing(found.table.value):
        return [Note(own_words(t(_ALL_TOO_FEW, what=found.caption)))]
    return [as_table(found, placeholder, log)]


def _chart(found: Grid | Note) -> Sequence[Block]:
    """The bars; why there are none stands at the table already."""
    return [] if isinstance(found, Note) or shows_nothing(found.table.value) else [as_chart(found)]


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


def _item_grid(data: ReportData, placeholder: Placeholder, log: Log) -> Grid | Note:
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
    sensitive = domain is not None and domain.sensitive
    table = clear_table(matrix.counts, data.limits, sensitive=sensitive, words=_in_words(placeholder))
    if threshold is None and len(table.value.hidden) * 2 > sum(bool(n) for row in matrix.counts for n in row):
        hint = mark("most numbers of {item} cannot be shown; add drempel=N to join its values into two")
        log.warnings.append(Notice(placeholder.line, hint, {"item": item.key}))
    caption = t(
        "{item}, at the first registration and about six months later, in numbers of families",
        item=item.name,
    )
    heads = matrix.names if threshold is not None else tuple(name.partition(" ")[0] for name in matrix.names)
    kind = f"item {instrument.key} {item.key}"
    written = [name.partition(" ")[0] for name in matrix.names] if threshold is None else []
    sets = _who(data, item, matrix.names, threshold, written)
    grid = Grid(table, matrix.names, heads, caption, _item_note(data, item, table), kind=kind, families=sets)
    grid.publish(data, log, sensitive=sensitive)
    if placeholder.name.startswith("tabel"):
        note_masked(log, placeholder, caption, [table.value], _choices(data, item, placeholder, sensitive=sensitive))
    return grid


def _in_words(placeholder: Placeholder) -> bool:
    return placeholder.arguments.get("woorden") == "ja"


def _who(data: ReportData, item: Item, names: Sequence[str], threshold: int | None, written: Sequence[str]) -> Sets:
    """Families per cell of a matrix: by the value as it was written, or by its side of the threshold."""
    instrument = data.change.instrument
    values = _written(item, instrument.low, instrument.high)

    def place(value: int) -> int:
        own = values[value - instrument.low]
        said = str(own) if threshold is None else (t("{n} or more" if own >= threshold else "below {n}", n=threshold))
        return (written or list(names)).index(said)

    found: list[list[set[str]]] = [[set() for _ in names] for _ in names]
    for (family, _), pair in data.change.pairs.by_item.get(item.key, {}).items():
        found[place(pair.before)][place(pair.after)].add(family)
    return tuple(tuple(frozenset(them) for them in row) for row in found)


def _choices(data: ReportData, item: Item, placeholder: Placeholder, *, sensitive: bool) -> list[Choice]:
    """Two values instead of many, at the cut that hides least; and words."""
    instrument = data.change.instrument
    matrix = matrix_of(instrument, data.change.pairs, item)
    written = _written(item, instrument.low, instrument.high)
    choices: list[Choice] = []
    if "drempel" not in placeholder.arguments:
        cuts = {
            cut: clear_table(_used(_halved(matrix, written, cut, placeholder)).counts, data.limits, sensitive=sensitive)
            for cut in range(min(written) + 1, max(written) + 1)
        }
        best = min(cuts, key=lambda cut: lacking([cuts[cut].value]))
        choices.append((Rung.COARSER, f"drempel={best}", lambda: [cuts[best].value]))
    if not _in_words(placeholder):
        counts = _used(matrix).counts
        said = clear_table(counts, data.limits, sensitive=sensitive, words=True)
        choices.append((Rung.WORDS, "woorden=ja", lambda: [said.value]))
    return choices


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


def _poverty_grid(data: ReportData, placeholder: Placeholder, log: Log) -> Grid | Note:
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
    # As sensitive as all of it: one sensitive indicator among others is not told apart.
    sensitive = all(each is not None and each.sensitive for each in domains)
    inner = [[counts[i][j] for j in places] for i in places]
    table = clear_table(inner, data.limits, sensitive=sensitive, words=_in_words(placeholder))
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
    looks = tuple(_LOOKS[state] for state in states)
    sets = _poor_sets(found.table, states)
    kind = f"poverty {data.change.instrument.key}"  # whatever the threshold: two of them tell who lies between
    grid = Grid(table, names, names, caption, own_words(note), looks, kind, sets)
    grid.publish(data, log, sensitive=sensitive)
    if placeholder.name.startswith("tabel"):
        said = clear_table(inner, data.limits, sensitive=sensitive, words=True)
        words: list[Choice] = [(Rung.WORDS, "woorden=ja", lambda: [said.value])]
        note_masked(log, placeholder, caption, [table.value], [] if _in_words(placeholder) else words)
    return grid


def _poor_sets(table: PovertyTable, states: Sequence[bool | None]) -> Sets:
    """Families per cell, as `poor_states` counts them."""
    found: list[list[set[str]]] = [[set() for _ in states] for _ in states]
    for each in table.families:
        before, after = each.before.poor(table.threshold), each.after.poor(table.threshold)
        found[states.index(before)][states.index(after)].add(each.family)
    return tuple(tuple(frozenset(them) for them in row) for row in found)


def poor_states(table: PovertyTable) -> list[list[int]]:
    """Families by poor, not poor, undecided: before (rows) and after (columns)."""
    counts = [[0] * 3 for _ in _STATES]
    for each in table.families:
        before, after = each.before.poor(table.threshold), each.after.poor(table.threshold)
        counts[_STATES.index(before)][_STATES.index(after)] += 1
    return counts
