"""Import scores from long or wide tables: all rows or none, and again without doing anything twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.exchange.bulk import without_collecting
from verhalen.exchange.columns import BY_MAPPING, RowError, Sheet, name_of, refuse, today
from verhalen.exchange.forgotten import without_forgotten
from verhalen.exchange.mapped_columns import chosen_mapping, skipped_columns
from verhalen.exchange.score_columns import is_scores, passed_over, understood
from verhalen.exchange.score_forms import read_form
from verhalen.exchange.score_heads import Heads, Place, Said
from verhalen.exchange.score_labels import Labels
from verhalen.exchange.score_plan import ScorePlan, make_plan, store_plan
from verhalen.exchange.score_rows import Gathered, ScoreRows
from verhalen.exchange.score_words import CODEBOOK
from verhalen.exchange.tables import Table, read_tables, whole
from verhalen.i18n import mark
from verhalen.model.act import Act
from verhalen.model.family import Family
from verhalen.model.instrument import Instrument
from verhalen.model.mapping import ColumnMapping
from verhalen.model.text import Notice
from verhalen.store import declared, revisions
from verhalen.store import families as family_store
from verhalen.store import scores as store
from verhalen.store.family_removing import former_codes
from verhalen.store.project import ProjectFile, Writing

OUTSIDE = mark("Snapshots outside every period of support of their family: {n}. They belong to no trajectory.")
OTHER_SHEET = mark("The sheet {sheet} is no table of scores and was left out.")


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """What an import of scores did, or would do. Counts are of the file; the last three are of its observations."""

    families: int
    persons: int
    snapshots: int
    observations: int
    new: int
    changed: int
    """Observations that were there with another answer, note or reason: corrections."""
    unchanged: int
    warnings: tuple[Notice, ...]
    errors: tuple[RowError, ...]
    """Rows that were skipped, where that was asked."""
    mapping: str = ""
    """Name of the kept columns by which the file was read."""


@dataclass(frozen=True, slots=True)
class ReadScores:
    """A file of scores that was read, before anything is stored."""

    sheets: tuple[Sheet, ...]
    gathered: Gathered
    families: tuple[Family, ...]
    instruments: tuple[Instrument, ...]
    known_items: frozenset[str]
    """Names of items that a column may have."""
    mapping: str
    notices: tuple[Notice, ...]
    bad: frozenset[Place] = frozenset()
    """What rows with a problem say."""
    skipped: tuple[str, ...] = ()
    """Columns that a mapping leaves out."""

    @property
    def problems(self) -> tuple[RowError, ...]:
        """All problems of all sheets."""
        return tuple(problem for sheet in self.sheets for problem in sheet.problems)

    @property
    def said(self) -> dict[Place, Said]:
        """What the rows say that have no problem."""
        if not self.bad:
            return self.gathered.said
        return {place: said for place, said in self.gathered.said.items() if place not in self.bad}


def import_scores(
    project: ProjectFile,
    path: Path,
    *,
    instrument: str | None = None,
    mapping: str | None = None,
    skip_bad_rows: bool = False,
    latest: dt.date | None = None,
) -> ScoreImport:
    """Store the scores of a file in one change.

    Raises BadTable for rows with errors, unless they are to be skipped. Rows of one family, instrument, day and assessor
    are one snapshot; one that is there already is added to, and an answer that differs corrects the stored one.
    `mapping` is the name of kept columns; without it kept columns that fit are used, and a notice says so.
    `latest` is the last day that is no future; today where it is not given.
    """
    with without_collecting():
        return _import(project, path, instrument, mapping, skip_bad_rows=skip_bad_rows, latest=latest)


def _import(
    project: ProjectFile,
    path: Path,
    instrument: str | None,
    mapping: str | None,
    *,
    skip_bad_rows: bool,
    latest: dt.date | None,
) -> ScoreImport:
    read = read_scores(project, path, instrument=instrument, mapping=mapping, latest=latest)
    # A problem of the header is one of every row: there is nothing left to skip to.
    if not skip_bad_rows or any(problem.row <= 1 for problem in read.problems):
        refuse(read.sheets)
    said = read.said
    targets = dict.fromkeys(key.instrument_id for key in read.gathered.snapshots)
    with project.change(Act.IMPORT_SCORES, *targets) as writing:
        plan = plan_of(writing, read, said)
        store_plan(writing, plan)
    return result_of(read, said, plan)


def read_scores(
    project: ProjectFile, path: Path, *, instrument: str | None, mapping: str | None, latest: dt.date | None
) -> ReadScores:
    """Read a file; problems of its rows stand in the sheets. Raises UnknownInstrument, UnknownMapping, BadTable, BadInput."""
    instruments = store.instruments(project)
    by_key = {each.key: each for each in instruments}
    if instrument is not None and instrument not in by_key:
        raise errors.UnknownInstrument(key=instrument)
    kept = declared.column_mappings(project, "scores")
    tables = _read(path, by_key)
    name = chosen_mapping(tables, kept, mapping)
    sheets, notices = _sheets(project, tables, kept.get(name))
    skipped = skipped_columns(tables, sheets) if name else []
    if name and mapping is None:
        notices.append(Notice(None, BY_MAPPING, {"name": name}))
    families = family_store.families(project)
    gathered = Gathered()
    labels = Labels(lambda each: revisions.versions_of(project, each.id))
    known: set[str] = set()
    bad: set[Place] = set()
    for sheet in sheets:
        heads = Heads(
            sheet,
            families,
            instruments,
            labels=labels,
            default=instrument,
            latest=latest or today(),
            snapshots=gathered.snapshots,
            versions=gathered.versions,
        )
        rows = ScoreRows(sheet, heads, gathered)
        rows.read()
        known |= heads.known_items
        bad |= rows.bad_places
        notices += [*sheet.left_out(passed_over(sheet, heads.known_items)), *rows.notices]
    return ReadScores(
        tuple(sheets),
        gathered,
        tuple(families),
        tuple(instruments),
        frozenset(known),
        name,
        tuple(notices),
        frozenset(bad),
        tuple(skipped),
    )


def _read(path: Path, instruments: Mapping[str, Instrument]) -> tuple[Table, ...]:
    """The tables of a file, or the rows of a form that was filled in in Word."""
    if path.suffix.lower() == ".docx":
        return (read_form(path, instruments),)
    return read_tables(path)


def _sheets(
    project: ProjectFile, tables: Sequence[Table], mapping: ColumnMapping | None
) -> tuple[list[Sheet], list[Notice]]:
    """The sheets with scores; where there is none, the first, whose header then says what is missing."""
    every = [understood(table, mapping) for table in tables]
    chosen = [sheet for sheet in every if is_scores(sheet)] or every[:1]
    notices: list[Notice] = []
    for sheet in every:
        sheet.former = former_codes(project)
        if sheet in chosen:
            whole(sheet.table)
            names = {name_of(column): name for name, column in sheet.columns.items()}
            sheet.table = without_forgotten(project, sheet.table, names)
            notices += sheet.table.notices
        elif sheet.table.header != CODEBOOK:
            notices.append(Notice(None, OTHER_SHEET, {"sheet": sheet.table.sheet}))
    return chosen, notices


def plan_of(project: ProjectFile | Writing, read: ReadScores, said: Mapping[Place, Said]) -> ScorePlan:
    """What would change."""
    return make_plan(
        project,
        read.gathered,
        said,
        families=read.families,
        instruments=read.instruments,
    )


def result_of(read: ReadScores, said: Mapping[Place, Said], plan: ScorePlan) -> ScoreImport:
    """The counts."""
    snapshots = {place[0] for place in said} | read.gathered.notes.keys()
    families = {key.family_id for key, number in read.gathered.snapshots.items() if number in snapshots}
    outside = (Notice(None, OUTSIDE, {"n": plan.outside}),) if plan.outside else ()
    return ScoreImport(
        families=len(families),
        persons=len({place[2] for place in said} - {None}),
        snapshots=len(snapshots),
        observations=len(said),
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        warnings=(*read.notices, *outside),
        errors=read.problems,
        mapping=read.mapping,
    )
