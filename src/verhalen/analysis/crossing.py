"""Crosstabs: codes, groups of codes, life domains or valence by what is known of families, speakers, texts and coders.

Drilling down from a cell gives exactly the codings behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from verhalen import errors
from verhalen.analysis.collecting import not_collecting
from verhalen.analysis.consensus_notes import consensus_notes
from verhalen.analysis.crossing_axes import COACH, NO_FAMILY, Split, axis_named, split_by
from verhalen.analysis.crossing_change import ChangeOf
from verhalen.analysis.crossing_counts import Counts, count_pieces
from verhalen.analysis.crossing_notes import notes_of
from verhalen.analysis.crossing_pieces import Mentions, Pieces, load_pieces
from verhalen.analysis.crossing_reach import Reachable, reachable
from verhalen.analysis.crossing_rows import RowSet, row_set
from verhalen.analysis.crossing_text import Texts, load_texts
from verhalen.analysis.querying import matching
from verhalen.i18n import mark, t
from verhalen.model.coding import Fragment
from verhalen.model.crosstable import Axis, AxisKind, CrossTable, Line, Rows, Unit, Whose
from verhalen.model.query import FragmentQuery
from verhalen.model.text import Notice
from verhalen.store import codings
from verhalen.store.project import ProjectFile

NOBODYS = mark("of no family")


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is asked of a crosstab."""

    by: str
    rows: Rows = Rows.CODE
    unit: Unit = Unit.CODINGS
    whose: Whose | None = None
    """None: families' own words where columns or units are families, all words elsewhere."""
    query: str = ""
    """A question in the query language; empty for all codings."""
    change: ChangeOf = field(default_factory=ChangeOf)
    words: bool = True
    """Whether words per column are counted: that reads all texts."""
    among: Collection[int] | None = None
    """Only these codings (ids); None for all."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """All that a crosstab is counted from; made once for a table, or for the codings behind one cell."""

    asked: Crossing
    axis: Axis
    whose: Whose
    texts: Texts
    split: Split
    rows: RowSet
    pieces: Pieces
    mentions: Mentions | None

    @property
    def lines(self) -> Mapping[int | str, tuple[int, ...]]:
        """The rows of a piece, by what decides them."""
        return self.rows.of

    @property
    def column_keys(self) -> tuple[str, ...]:
        """Of all columns, with the one for words of no family."""
        return (*self.split.keys, NO_FAMILY)


def whose_of(asked: Crossing, axis: Axis) -> Whose:
    """Whose words are counted where nobody said it."""
    if asked.whose is not None:
        return asked.whose
    return Whose.OWN if axis.kind is AxisKind.FAMILY or asked.unit is Unit.FAMILIES else Whose.ALL


def crossed(project: ProjectFile, asked: Crossing, *, with_ids: bool = False) -> Crossed:
    """Load what a table needs. Raises UnknownAttribute, UnknownInstrument, UnknownDomain, BadQuery, BadInput."""
    axis = axis_named(project, asked.by)
    whose = whose_of(asked, axis)
    among = _among(project, asked)
    with not_collecting():
        texts = load_texts(project)
        split = split_by(project, axis, texts, asked.change)
        mentions = None if whose is Whose.OWN else Mentions(project, texts)
        pieces = load_pieces(
            project,
            texts,
            split,
            rows=asked.rows,
            whose=whose,
            mentions=mentions,
            among=among,
            with_ids=with_ids,
            with_families=asked.unit is Unit.FAMILIES,
        )
    return Crossed(asked, axis, whose, texts, split, row_set(project, asked.rows), pieces, mentions)


def _among(project: ProjectFile, asked: Crossing) -> Collection[int] | None:
    if not asked.query.strip():
        return asked.among
    found = matching(project, asked.query)
    return found if asked.among is None else found.intersection(asked.among)


def cross_table(project: ProjectFile, asked: Crossing) -> CrossTable:
    """Count. Raises UnknownAttribute, UnknownInstrument, UnknownDomain, BadQuery, BadInput."""
    with project.steady(), not_collecting():
        found = crossed(project, asked)
        reach = reachable(
            project,
            found.texts,
            found.split,
            found.pieces,
            whose=found.whose,
            mentions=found.mentions,
            words=asked.words,
        )
        further = consensus_notes(project, by_coder=found.axis.kind is AxisKind.CODER)
        return _table(found, count(found), reach, further)


def count(found: Crossed) -> Counts:
    """Cells and totals by the unit that was asked for."""
    pieces, unit = found.pieces, found.asked.unit
    units: Sequence[int] = ()
    if unit is Unit.FAMILIES:
        units = pieces.families
    elif unit is Unit.SOURCES:
        # Numbered from 1 here: 0 counts for none.
        units = [found.texts.voices[voice].source + 1 for voice in pieces.voices]
    return count_pieces(
        unit,
        found.lines,
        rows=len(found.rows.lines),
        columns=len(found.column_keys),
        keys=pieces.keys,
        at=pieces.columns,
        begins=pieces.begins,
        ends=pieces.ends,
        units=units,
    )


def _table(found: Crossed, counts: Counts, reach: Reachable, further: Sequence[Notice]) -> CrossTable:
    names = (*found.split.names, t(NOBODYS))
    ns = {Unit.CODINGS: counts.column_totals, Unit.FAMILIES: reach.families, Unit.SOURCES: reach.sources}
    n = ns[found.asked.unit]
    columns = [
        Line(key, names[index], 0, n[index], reach.words[index], reach.families[index], reach.sources[index])
        for index, key in enumerate(found.column_keys)
    ]
    # A column for what has no value stands wherever something or somebody is in it.
    kept = [
        index
        for index, each in enumerate(columns)
        if each.key not in ("", NO_FAMILY) or counts.column_totals[index] or n[index] or each.sources or each.families
    ]
    return CrossTable(
        unit=found.asked.unit,
        by=found.axis.key,
        rows=found.rows.lines,
        columns=tuple(columns[index] for index in kept),
        counts=tuple(tuple(row[index] for index in kept) for row in counts.cells),
        row_totals=counts.row_totals,
        column_totals=tuple(counts.column_totals[index] for index in kept),
        total=counts.total,
        notes=_notes(found, further),
        lines=found.rows.kind.value,
        whose=found.whose.value,
    )


def _notes(found: Crossed, further: Sequence[Notice]) -> tuple[Notice, ...]:
    lines = found.lines
    placed = sum(1 for key in found.pieces.keys if lines.get(key)) if found.rows.kind is Rows.DOMAIN else None
    return notes_of(
        found.rows.kind,
        found.asked.unit,
        found.whose,
        query=found.asked.query.strip(),
        by_coach=found.axis.key == COACH,
        not_asked=found.pieces.left_out,
        in_no_line=0 if placed is None else len(found.pieces.keys) - placed,
        further=(*found.split.notes, *further),
    )


# -- what stands behind a cell -----------------------------------------------------------------------------------------


def fragments_of(project: ProjectFile, asked: Crossing, *, row: str | None, column: str | None) -> list[Fragment]:
    """Exactly the codings behind a cell, by source and place; None for the total of a row or a column.

    Raises BadInput for a row or a column that the table does not have, and what `crossed` raises.
    """
    with project.steady():
        found = crossed(project, asked, with_ids=True)
        wanted_row = None if row is None else _index([line.key for line in found.rows.lines], row)
        wanted_column = None if column is None else _index(found.column_keys, column)
        pieces, lines = found.pieces, found.lines
        ids = {
            number
            for number, key, at in zip(pieces.ids, pieces.keys, pieces.columns, strict=True)
            if (wanted_column is None or at == wanted_column)
            and (lines.get(key) if wanted_row is None else wanted_row in lines.get(key, ()))
        }
        return codings.fragments(project, FragmentQuery(), ids=ids)


def _index(keys: Sequence[str], wanted: str) -> int:
    if wanted not in keys:
        raise errors.BadInput(reason=t("the table has no row or column {key}", key=wanted))
    return keys.index(wanted)


def fragments_in(project: ProjectFile, asked: Crossing, rows: Collection[str]) -> list[tuple[str, str, Fragment]]:
    """(row, column, coding) for all codings of some rows, by source and place; a coding may stand in several."""
    with project.steady():
        found = crossed(project, asked, with_ids=True)
        pieces, lines, columns = found.pieces, found.lines, found.column_keys
        names = {index: line.key for index, line in enumerate(found.rows.lines) if line.key in rows}
        places = [
            (number, names[row], columns[at])
            for number, key, at in zip(pieces.ids, pieces.keys, pieces.columns, strict=True)
            for row in lines.get(key, ())
            if row in names
        ]
        read = codings.fragments(project, FragmentQuery(), ids={number for number, *_ in places})
    order = {each.coding.id: (index, each) for index, each in enumerate(read)}
    ordered = sorted({place for place in places if place[0] in order}, key=lambda place: (order[place[0]][0], place))
    return [(row, column, order[number][1]) for number, row, column in ordered]
