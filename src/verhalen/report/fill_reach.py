"""Who we reach and who not: families, towns, referrers, in and out, how long and how often, and what counting costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from verhalen.analysis.effort import ALL_THE_SAME, NEVER_ASKED, NEVER_CHANGED, item_effort
from verhalen.analysis.reach import Reach, reach
from verhalen.i18n import mark, t
from verhalen.model.family import Family, TrajectoryEnd
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_cell,
    clear_middle,
    clear_number_of_texts,
    clear_row_total,
    clear_sentence,
    clear_table,
    clear_turned,
)
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import log_row, numbers_right
from verhalen.report.log import Log
from verhalen.report.periods import slices
from verhalen.report.placeholders import Placeholder
from verhalen.store.counting import snapshot_counts

Row = tuple[Cleared[str], ...]
_KNOWN = (
    (mark("Known to the service"), "gekend"),
    (mark("Known long ago"), "ooit"),
    (mark("New"), "nieuw"),
    (mark("Not noted"), ""),
)
_ENDS = (
    (mark("ended as agreed"), TrajectoryEnd.DONE.value),
    (mark("ended: led on to another service"), TrajectoryEnd.REFERRED.value),
    (mark("ended: the family moved"), TrajectoryEnd.MOVED.value),
    (mark("ended: the family dropped out"), TrajectoryEnd.STOPPED.value),
    (mark("ended: the family did not want support"), TrajectoryEnd.REFUSED.value),
    (mark("ended, reason not noted"), ""),
)
_LEFT = (TrajectoryEnd.STOPPED.value, TrajectoryEnd.REFUSED.value)
_GAVE_UP = mark("ended: the family dropped out or did not want support")
_WENT_ON = mark("ended for another reason")
_UNTOLD = mark("not noted")


def reach_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """All of reach, in five short tables."""
    if not data.reach.families:
        return [Note(own_words(t("No family had support in this period.")))]
    return [
        _who(data, placeholder, log),
        _towns(data, placeholder, log),
        *_referrers(data, placeholder, log),
        _in_and_out(data, placeholder, log),
        _how_long(data, placeholder, log),
    ]


def _one_way(data: ReportData, counts: Sequence[int]) -> Cleared[MaskedTable]:
    """A row of counts that each family (or trajectory) is in once."""
    return clear_table([list(counts)], data.audience, words=True, at_least=data.k)


def _who(data: ReportData, placeholder: Placeholder, log: Log) -> Table:
    classes = [(label, n) for label, key in _KNOWN if (n := data.reach.known.get(key, 0)) or key]
    table = _one_way(data, [n for _, n in classes])
    log_row(log, table.value, 0, placeholder)
    rows = [(own_words(t("All families")), _count(data, data.reach.families))]
    rows += [(own_words(t(label)), clear_cell(table, 0, column)) for column, (label, _) in enumerate(classes)]
    rows.append((own_words(t("Children in these families")), _count(data, data.reach.children)))
    return _table(rows, (mark("Who"), mark("Number")), t("Families with support in this period"))


def _count(data: ReportData, n: int) -> Cleared[str]:
    return clear_sentence(mark("{n}"), data.audience, counts={"n": n}, at_least=data.k)


def _towns(data: ReportData, placeholder: Placeholder, log: Log) -> Table:
    """In order of the name, never of the numbers."""
    towns = sorted(data.reach.municipalities)
    own = {town: _reach(data, [each for each in data.families if each.municipality == town]) for town in towns}
    columns = [
        _one_way(data, counts)
        for counts in (
            [own[town].families for town in towns],
            [own[town].started for town in towns],
            [own[town].ended for town in towns],
        )
    ]
    for table in columns:
        log_row(log, table.value, 0, placeholder)
    rows = [
        (own_words(town or t(_UNTOLD)), *(clear_cell(table, 0, place) for table in columns))
        for place, town in enumerate(towns)
    ]
    header = (mark("Municipality"), mark("Families"), mark("Support started"), mark("Support ended"))
    return _table(rows, header, t("Families per municipality"))


def _reach(data: ReportData, families: Sequence[Family], period: tuple[dt.date, dt.date] | None = None) -> Reach:
    return reach(families, period or data.front.period, contacts=data.contacts, today=data.day)


def _referrers(data: ReportData, placeholder: Placeholder, log: Log) -> list[Block]:
    """Referrers of few families go together, so that the others can be shown."""
    named, rest = with_rest(data.reach.referrers, data.k)
    if not named:
        return []
    counts = [data.reach.referrers[name] for name in named] + (
        [sum(data.reach.referrers[name] for name in rest)] if rest else []
    )
    labels = [name or t(_UNTOLD) for name in named] + ([t("{n} others together", n=len(rest))] if rest else [])
    table = _one_way(data, counts)
    log_row(log, table.value, 0, placeholder)
    rows = [(own_words(label), clear_cell(table, 0, column)) for column, label in enumerate(labels)]
    return [_table(rows, (mark("Referred by"), mark("Families")), t("Who led families to us"))]


def with_rest(counts: Mapping[str, int], k: int) -> tuple[list[str], list[str]]:
    """Names of enough families, by name, and the others: as many of them as make k families and hide each other."""
    rest = [name for name, n in counts.items() if n < k]
    if rest:
        for name in sorted(set(counts) - set(rest), key=lambda each: (counts[each], each)):
            if len(rest) > 1 and sum(counts[each] for each in rest) > k:
                break
            rest.append(name)
    return sorted(set(counts) - set(rest)), rest


def _in_and_out(data: ReportData, placeholder: Placeholder, log: Log) -> Table:
    """Who came and who left, per year or half-year and together; rows of which nothing may be shown are named below."""
    starts = [each.start for family in data.families for each in family.trajectories]
    parts = slices(data.front.period or (min(starts, default=data.day), data.day))
    reached = [_reach(data, data.families, (each.first, each.last)) for each in parts] or [data.reach]
    whole = [_count(data, data.reach.families)] if parts else []
    rows: list[Row] = [
        (own_words(t("Families with support")), *(_count(data, each.families) for each in reached), *whole)
    ]
    left_out: list[str] = []
    for label, counts in (
        (mark("Support started"), [each.started for each in reached]),
        (mark("of whom came back"), [each.back for each in reached]),
        (mark("Support ended"), [each.ended for each in reached]),
    ):
        table = _one_way(data, counts)
        log_row(log, table.value, 0, placeholder)
        if _says_nothing(table.value, 0):
            left_out.append(t(label))
        else:
            rows.append(_line(t(label), table, 0, total=bool(parts)))
    labels, ends = _ends(data, reached)
    for index, label in enumerate(labels):
        log_row(log, ends.value, index, placeholder)
        if _says_nothing(ends.value, index):
            left_out.append(label)
        else:
            together = len(reached) > 1 and len(ends.value.cells[index]) == 1
            rows.append(_line(label, ends, index, total=bool(parts), only_total=len(parts) if together else 0))
    header = [t("What happened"), *(each.name for each in parts), t("Together") if parts else t("Number")]
    notes = [t("A family with support in two years counts in both; together it counts once.")] if parts else []
    if left_out:
        notes.append(t("Too few to show: {rows}.", rows="; ".join(left_out)))
    return Table(
        header=tuple(own_words(word) for word in header),
        rows=tuple(rows),
        caption=own_words(t("In and out")),
        align=numbers_right(len(header)),
        note=own_words(" ".join(notes)) if notes else None,
    )


def _ends(data: ReportData, reached: Sequence[Reach]) -> tuple[list[str], Cleared[MaskedTable]]:
    """Why support ended: as finely as the mask leaves most of it, else over the whole period, else in two classes."""
    fine = [(t(label), (key,)) for label, key in _ENDS if key or data.reach.ends.get(key)]
    coarse = [(t(_WENT_ON), tuple(key for _, key in _ENDS if key not in _LEFT)), (t(_GAVE_UP), _LEFT)]
    for classes, columns in ((fine, reached), (fine, [data.reach]), (coarse, reached), (coarse, [data.reach])):
        counts = [[sum(each.ends.get(key, 0) for key in keys) for each in columns] for _, keys in classes]
        # One column needs its classes side by side, so that they hide each other.
        if len(columns) == 1:
            table = clear_table([[own for (own,) in counts]], data.audience, words=True, at_least=data.k)
            table = clear_turned(table)
        else:
            table = clear_table(counts, data.audience, at_least=data.k)
        filled = sum(bool(n) for row in counts for n in row)
        if len(table.value.hidden) * 2 <= filled:
            break
    return [label for label, _ in classes], table


def _says_nothing(table: MaskedTable, row: int) -> bool:
    """Whether neither a number nor a word stands in a row."""
    return all(n is None and not words for n, words in zip(table.cells[row], table.words[row], strict=True))


def _line(label: str, table: Cleared[MaskedTable], row: int, *, total: bool, only_total: int = 0) -> Row:
    """A row; with `only_total` empty places for so many columns stand before its one number."""
    cells = [clear_cell(table, row, column) for column in range(len(table.value.cells[row]))]
    if only_total:
        return (own_words(label), *(own_words("") for _ in range(only_total)), *cells)
    return (own_words(label), *cells, *([clear_row_total(table, row)] if total else []))


def _how_long(data: ReportData, placeholder: Placeholder, log: Log) -> Table:
    found = data.reach
    rows: list[Row] = []
    for label, spread, places in (
        (mark("Days of support that ended"), found.lasted, 0),
        (mark("Days of support that still runs"), found.running, 0),
        (mark("Days from referral to start"), found.waited, 0),
        (mark("Contacts per month and family"), found.per_month, 1),
    ):
        value = spread.median.value
        middle = clear_middle(value, data.audience, n=spread.n, at_least=data.k, places=places)
        log.number(middle.value, source=placeholder.source, suppressed=0 < spread.n < data.k, kind="statistic")
        rows.append((own_words(t(label)), middle, _count(data, spread.n)))
    return _table(
        rows,
        (mark("How long and how often"), mark("Middle"), mark("Number behind it")),
        t("Duration, waiting and contacts"),
        note=t("The middle one: as many lie below it as above it. Support that was refused has no duration."),
    )


def _table(rows: Sequence[Row], header: Sequence[str], caption: str, *, note: str = "") -> Table:
    return Table(
        header=tuple(own_words(t(word)) for word in header),
        rows=tuple(rows),
        caption=own_words(caption),
        align=numbers_right(len(header)),
        note=own_words(note) if note else None,
    )


def not_seen(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Of whom we know little: no change, and why; neither snapshot nor story."""
    reasons = [(reason, len(them)) for reason, them in data.change.pairs.unfollowed.items()]
    blocks: list[Block] = []
    if reasons:
        table = _one_way(data, [n for _, n in reasons])
        log_row(log, table.value, 0, placeholder)
        rows = [
            (own_words(t(reason.label).capitalize()), clear_cell(table, 0, column))
            for column, (reason, _) in enumerate(reasons)
        ]
        blocks.append(
            _table(
                [*rows, (own_words(t("All together")), clear_row_total(table, 0))],
                (mark("Why"), mark("Families")),
                t("Families of whom we cannot say whether something changed"),
            )
        )
    said = clear_sentence(
        mark("Families of whom we have neither a snapshot nor a story: {n}."),
        data.audience,
        counts={"n": len(data.reach.unseen)},
        at_least=data.k,
    )
    return [*blocks, Note(said)]


def counting_cost(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """What counting asked of families and coaches; outside the team without the names of items, which would tell of families."""
    items = item_effort(data.project, data.change.instrument.key)
    parts = {
        "snapshots": snapshot_counts(data.project).get(data.change.instrument.key, 0),
        "answers": sum(
            each.use.scored + each.use.confirmed + each.use.not_applicable + each.use.unknown for each in items
        ),
        "all": len(items),
        "asked": sum(bool(each.use.families) for each in items),
        "moved": sum(each.use.changed > 0 for each in items),
        "used": sum(each.used > 0 for each in items),
        "index": sum(bool(each.indexes) for each in items),
    }
    message = mark(
        "Counting took {snapshots} snapshots with {answers} answers. Of the {all} items of {instrument}, {asked} were ever asked, "
        "{moved} ever changed, {used} are in the table of change and {index} in the approximation of the poverty index."
    )
    numbers = {name: clear_number_of_texts(n) for name, n in parts.items()}
    blocks: list[Block] = [Note(phrase(message, instrument=own_words(data.change.instrument.name), **numbers))]
    if data.audience is Audience.INTERNAL:
        for remark in (NEVER_ASKED, NEVER_CHANGED, ALL_THE_SAME):
            named = ", ".join(each.name for each in items if each.remark == remark)
            if named:
                blocks.append(Note(own_words(f"{t(remark).capitalize()}: {named}.")))
    return blocks
