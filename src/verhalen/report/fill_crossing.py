"""A crosstab in a report: how many families tell of a life domain, by what is known of them.

Outside the team families are counted and nothing else, only with words that they agreed to, all under one mask; where everybody
in a column tells of something, that is not said either. Never by coach (methods.md D6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.analysis.crossing import Crossed, Crossing, count, crossed
from verhalen.analysis.crossing_axes import CHANGE, COACH, axis_named
from verhalen.analysis.crossing_change import DOWN, ChangeOf
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.crosstable import Axis, AxisKind, Rows, Unit, Whose
from verhalen.model.text import Notice
from verhalen.privacy.bounds import Cell
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_cell,
    clear_number_of_texts,
    clear_row_total,
    clear_table,
    clear_without,
)
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData, settings_of
from verhalen.report.fill_change import log_row, numbers_right, worse_too
from verhalen.report.fill_reach import with_rest
from verhalen.report.guarding import ALL, TELLING, publish, split_once
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

_ROWS = {"groep": Rows.DOMAIN, "domein": Rows.DOMAIN, "codegroep": Rows.GROUP, "code": Rows.CODE}
_UNITS = {"gezinnen": Unit.FAMILIES, "fragmenten": Unit.CODINGS}
MOST_COLUMNS = 10
"""More do not fit on a page."""
ONLY_FAMILIES = mark("outside the team only families are counted in a crosstab; fragments are for the team")

_MOSTLY_HIDDEN = mark(
    "more than half of this crosstab is not shown; take groups instead of life domains, fewer columns or a longer period"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: one value, or several of few families together."""

    name: str
    at: frozenset[int]
    """Indexes of the values."""
    families: int
    """Of the report, told or not."""
    is_worse: bool = False
    """Those for whom it went worse."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its name, and the families that tell of it in each column."""

    key: str
    name: str
    sensitive: bool
    families: tuple[frozenset[int], ...]


def crosstab(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Rows of groups, life domains or codes, columns of one attribute. Raises BadReport for what it cannot be made by."""
    rows, unit, axis = _asked(data, placeholder, log)
    asked = Crossing(
        by=axis.key,
        rows=rows,
        unit=unit,
        whose=Whose.OWN,
        change=ChangeOf(data.change.instrument.key, "", settings_of(data.front)),
    )
    found = crossed(data.project, asked, with_ids=True)
    shown = _columns(data, found)
    if len(shown) > MOST_COLUMNS:
        raise _wrong(placeholder, t("by {by} the table has {n} columns, which do not fit", by=axis.name, n=len(shown)))
    if unit is Unit.CODINGS:
        counted = crossed(data.project, replace(asked, among=_allowed(data, found)))
        return _fragments(counted, shown, axis, placeholder, log)
    lines = [line for line in _lines(data, found, placeholder) if any(line.families)]
    if not lines:
        return [Note(own_words(t("Nobody tells of it in words that may be counted here.")))]
    kinds = [(_kind(line, placeholder), frozenset[int]().union(*line.families)) for line in lines]
    table = split_once(data, log, placeholder, _masked(data, lines, shown), kinds, axis.key)
    for index in range(len(lines)):
        log_row(log, table.value, index, placeholder)
    _publish(data, found, lines, table.value, shown, placeholder, log)
    return _blocks(lines, table, [each.name for each in shown], axis, placeholder, log)


def _blocks(
    lines: Sequence[_Line],
    table: Cleared[MaskedTable],
    names: Sequence[str],
    axis: Axis,
    placeholder: Placeholder,
    log: Log,
) -> list[Block]:
    """The rows of which something is shown; the others are named below."""
    masked = table.value
    kept = [index for index in range(len(lines)) if masked.row_totals[index] is not None or any(masked.cells[index])]
    few = ", ".join(line.name for index, line in enumerate(lines) if index not in kept)
    below: list[Block] = (
        [
            Note(
                own_words(
                    t("Of these we show no numbers, as families could be recognised by them: {names}.", names=few)
                )
            )
        ]
        if few
        else []
    )
    told = clear_without(table, set(range(len(lines))) - set(kept))
    worse = worse_too(told.value, [line.name for line in lines])
    below += [Note(worse)] if worse is not None else []
    if 2 * len(masked.hidden) > len(lines) * len(names):
        log.warnings.append(Notice(placeholder.line, _MOSTLY_HIDDEN))
    if not kept:
        return below
    return [
        Table(
            header=tuple(own_words(word) for word in (_head(placeholder), *names, t("Families"))),
            rows=tuple(
                (
                    own_words(lines[index].name),
                    *(clear_cell(table, index, column) for column in range(len(names))),
                    clear_row_total(table, index),
                )
                for index in kept
            ),
            caption=own_words(t("Families that tell of it, by {by}", by=axis.name)),
            align=numbers_right(len(names) + 2),
            note=own_words(t("A family counts once in each row, in a story or in its own words.")),
        ),
        *below,
    ]


def _head(placeholder: Placeholder) -> str:
    """What stands above the first column."""
    rows = placeholder.arguments.get("rijen", "groep")
    return t("Life domains") if _ROWS[rows] is Rows.DOMAIN else t(_ROWS[rows].label).capitalize()


def _asked(data: ReportData, placeholder: Placeholder, log: Log) -> tuple[Rows, Unit, Axis]:
    asked = placeholder.arguments
    for key, known in (("rijen", _ROWS), ("eenheid", _UNITS)):
        if asked.get(key, next(iter(known))) not in known:
            raise _wrong(placeholder, t("{key} is one of {known}", key=key, known=", ".join(known)))
    rows, unit = _ROWS[asked.get("rijen", "groep")], _UNITS[asked.get("eenheid", "gezinnen")]
    try:
        axis = axis_named(data.project, asked.get("langs", ""))
    except errors.UnknownAttribute as error:
        raise _wrong(placeholder, str(error)) from error
    inside = data.audience is Audience.INTERNAL
    if axis.kind is not AxisKind.FAMILY:
        raise _wrong(placeholder, t("a report counts families: langs is something that is known of them"))
    if axis.key == COACH and not inside:
        raise _wrong(placeholder, t("by coach is for the team only"))
    if unit is Unit.CODINGS and not inside:
        log.warnings.append(Notice(placeholder.line, ONLY_FAMILIES))
        unit = Unit.FAMILIES
    return rows, unit, axis


def _wrong(placeholder: Placeholder, problem: str) -> errors.BadReport:
    return errors.BadReport(file="", line=placeholder.line, problem=problem)


def _columns(data: ReportData, found: Crossed) -> list[_Column]:
    """Values that a family of the report has. Those of few families go together, as each would be known by its column.

    Classes of change never do: worsening would vanish among others.
    """
    sizes = Counter(found.split.families[each.id] for each in data.families)
    places = {found.split.keys[at]: at for at in sizes}
    alone, few = list(places), list[str]()
    if found.axis.key != CHANGE:
        alone, few = with_rest({key: sizes[at] for key, at in places.items()}, data.k)
    columns = [
        _Column(
            found.split.names[at],
            frozenset({at}),
            sizes[at],
            is_worse=(found.axis.key, found.split.keys[at]) == (CHANGE, DOWN),
        )
        for at in sorted(places[key] for key in alone)
    ]
    if few:
        rest = frozenset(places[key] for key in few)
        columns.append(_Column(t("{n} others together", n=len(few)), rest, sum(sizes[at] for at in rest)))
    return columns


# -- families ----------------------------------------------------------------------------------------------------------


def _lines(data: ReportData, found: Crossed, placeholder: Placeholder) -> list[_Line]:
    """Who tells of each row: in own words that may be counted, and of life domains in a story too."""
    ids = {each.key: each.id for each in data.families}
    telling = _telling(data, found, set(ids.values()))
    if found.rows.kind is Rows.DOMAIN:
        place = {line.key: index for index, line in enumerate(found.rows.lines)}
        for story in data.stories:
            for key in story.domains:
                if key in place and story.family in ids:
                    telling[place[key]].add(ids[story.family])
    columns = found.split.families
    width = len(found.split.keys)

    def line(key: str, name: str, sensitive: bool, families: set[int]) -> _Line:
        return _Line(
            key, name, sensitive, tuple(frozenset(f for f in families if columns[f] == at) for at in range(width))
        )

    if placeholder.arguments.get("rijen", "groep") != "groep":
        return [
            line(row.key, row.name, found.rows.sensitive[index], telling[index])
            for index, row in enumerate(found.rows.lines)
        ]
    inside = {group.key: [each.key for each in data.domains.in_group(group.key)] for group in data.domains.groups}
    place = {row.key: index for index, row in enumerate(found.rows.lines)}
    return [
        # A group is as sensitive as all of it: one sensitive domain among others is not told apart in its row.
        line(
            group.key,
            group.name,
            all(found.rows.sensitive[place[key]] for key in inside[group.key]),
            set().union(*(telling[place[key]] for key in inside[group.key])),
        )
        for group in data.domains.groups
    ]


def _telling(data: ReportData, found: Crossed, among: set[int]) -> list[set[int]]:
    """Families of the report per row, by codings that may be counted for these readers."""
    telling: list[set[int]] = [set() for _ in found.rows.lines]
    pieces, texts = found.pieces, found.texts
    for begin, end, key, family, voice in zip(
        pieces.begins, pieces.ends, pieces.keys, pieces.families, pieces.voices, strict=True
    ):
        rows = found.rows.of.get(key, ())
        if family not in among or all(family in telling[row] for row in rows):
            continue
        source = texts.voices[voice].source
        start = texts.starts[source]
        if _may_count(data, found, source, begin - start, end - start):
            for row in rows:
                telling[row].add(family)
    return telling


def _may_count(data: ReportData, found: Crossed, source: int, start: int, stop: int) -> bool:
    """As the other numbers of the report: in the team unless somebody refused, outside with the yes of all who say it.

    Outside a story counts as a story, by its own consent.
    """
    row = found.texts.sources[source]
    if data.audience is Audience.INTERNAL:
        return data.saying.answer(row.id, start, stop, Purpose.TEAM) not in (Answer.NO, Answer.WITHDRAWN)
    return row.kind != "story" and data.saying.answer(row.id, start, stop, Purpose.REPORT) is Answer.YES


def _masked(data: ReportData, lines: Sequence[_Line], shown: Sequence[_Column]) -> Cleared[MaskedTable]:
    """Each row masked for itself, since families stand in several; full cells hide too, as all of a column would be known."""
    counts = [[sum(len(line.families[at]) for at in column.at) for column in shown] for line in lines]
    full: list[Cell] = []
    if data.audience is not Audience.INTERNAL:
        full = [
            (i, j) for i, row in enumerate(counts) for j, column in enumerate(shown) if 0 < row[j] == column.families
        ]
    return clear_table(
        counts,
        data.limits,
        sensitive=[line.sensitive for line in lines],
        column_totals=False,
        words=True,
        hidden=full,
        # How many families a column has stands at the municipalities, and may be known anyway.
        most=[[column.families for column in shown]] * len(lines),
        worse=next((j for j, column in enumerate(shown) if column.is_worse), None),
    )


def _kind(line: _Line, placeholder: Placeholder) -> str:
    return f"{TELLING}{placeholder.arguments.get('rijen', 'groep')} {line.key}"


def _publish(
    data: ReportData,
    found: Crossed,
    lines: Sequence[_Line],
    table: MaskedTable,
    shown: Sequence[_Column],
    placeholder: Placeholder,
    log: Log,
) -> None:
    """Each number that is shown goes to the ledger, with the families behind it.

    All of one row are of one kind, however it is split, so that no crosstab is subtracted from another.
    """
    keys = {number: key for key, number in data.ids.items()}
    for index, line in enumerate(lines):
        kind = _kind(line, placeholder)
        everybody = {keys[each] for families in line.families for each in families}
        publish(data, log, kind, ALL, table.row_totals[index], everybody, sensitive=line.sensitive)
        for column, values in enumerate(shown):
            label = f"{found.axis.key}={'+'.join(found.split.keys[at] for at in sorted(values.at))}"
            own = {keys[each] for at in values.at for each in line.families[at]}
            publish(data, log, kind, label, table.cells[index][column], own, sensitive=line.sensitive)


# -- fragments, for the team -------------------------------------------------------------------------------------------


def _allowed(data: ReportData, found: Crossed) -> set[int]:
    """Codings of the families of the report that may be counted in the team."""
    among = {each.id for each in data.families}
    texts, pieces = found.texts, found.pieces
    allowed = set()
    for begin, end, number, index in zip(pieces.begins, pieces.ends, pieces.ids, pieces.voices, strict=True):
        voice = texts.voices[index]
        start = texts.starts[voice.source]
        if voice.family in among and _may_count(data, found, voice.source, begin - start, end - start):
            allowed.add(number)
    return allowed


def _fragments(
    found: Crossed, shown: Sequence[_Column], axis: Axis, placeholder: Placeholder, log: Log
) -> Sequence[Block]:
    counts = count(found)
    columns = [at for column in shown for at in sorted(column.at)]
    told = [index for index, total in enumerate(counts.row_totals) if total]
    if not told:
        return [Note(own_words(t("Nobody tells of it in words that may be counted here.")))]
    for index in told:
        for at in columns:
            log.number(str(counts.cells[index][at]), source=placeholder.source, suppressed=False)
    return [
        Table(
            header=tuple(
                own_words(word) for word in (_head(placeholder), *(found.split.names[at] for at in columns), t("total"))
            ),
            rows=tuple(
                (
                    own_words(found.rows.lines[index].name),
                    *(clear_number_of_texts(counts.cells[index][at]) for at in columns),
                    clear_number_of_texts(counts.row_totals[index]),
                )
                for index in told
            ),
            caption=own_words(t("Fragments in families' own words, by {by}", by=axis.name)),
            align=numbers_right(len(columns) + 2),
            note=own_words(
                t("For the team only. What overlaps in one text is one fragment, however many coders marked it.")
            ),
        )
    ]
