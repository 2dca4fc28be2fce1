"""Scores out: long or wide, as CSV, XLSX with a codebook, or SAV with labels. What goes out comes back in with nothing changed.

Families and persons go by their codes and roles; nothing else about them leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import today
from verhalen.exchange.data_tables import Column
from verhalen.exchange.reading_lines import reading_lines
from verhalen.exchange.sav_writing import LONGEST_LABEL, LONGEST_TEXT, sav_bytes
from verhalen.exchange.score_sav import for_sav, long_variables, wide_variables
from verhalen.exchange.score_words import CODEBOOK, NOTE_OF, REASON_OF, REVISED, SIGN_OF, SNAPSHOT
from verhalen.exchange.tables import write_csv, write_xlsx
from verhalen.i18n import mark, t
from verhalen.model.instrument import Instrument, InstrumentVersion, Item
from verhalen.model.snapshot import Reason, State
from verhalen.model.text import Notice
from verhalen.scores.versions import Words, words_at
from verhalen.store import revisions, score_sheets
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile
from verhalen.store.whole_file import write_whole

KNOWN = ".csv, .xlsx, .sav"
LONG = (
    *("gezin", "lid", "rol", "datum", "instrument", "item", "waarde", "status", "beoordelaar", "toelichting", "reden"),
    *("versie", "itemnaam", "label", "levensdomein"),
)
JOINED = mark(
    "Snapshots of which a later one is there, of the same day and assessor: {n}. The file holds what the later one says."
)
NO_REVISED = mark("Revised baselines, for which a wide table has no place: {n}. A long one holds them.")
CUT = mark("Notes longer than the {most} bytes that SPSS keeps: {n}. They were cut; a CSV file holds them whole.")
SHORT_LABELS = mark("Labels longer than the {most} bytes that SPSS keeps: {n}. They were cut.")
_HEAD = ("gezin", "lid", "rol", "datum", "instrument", "beoordelaar", "versie")


@dataclass(frozen=True, slots=True)
class ScoreExport:
    """What was written."""

    path: Path
    rows: int
    observations: int
    notes: int
    """Notes in somebody's own words, of answers, snapshots and revised baselines: to be read before the file goes anywhere."""
    not_held: tuple[Notice, ...] = ()
    """What this kind of file cannot hold."""
    lines: tuple[str, ...] = ()
    """That read the file in R or SPSS as it is."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An instrument with everything that was seen by it."""

    instrument: Instrument
    older: tuple[InstrumentVersion, ...]
    rows: tuple[score_sheets.ExportRow, ...]
    reasons: Mapping[int, tuple[Reason, ...]]
    snapshots: tuple[score_sheets.SnapshotRow, ...]
    """Those that need a row as such: with a note, or without an answer."""
    joined: int
    """Snapshots on a day with a later one by the same assessor."""
    revised: tuple[revisions.RevisedRow, ...]

    @property
    def words(self) -> dict[int, Mapping[str, Words]]:
        """By version, the words of every item."""
        versions = {row.version for row in self.rows}
        return {version: words_at(self.instrument, self.older, version) for version in versions}


def export_scores(
    project: ProjectFile, path: Path, *, instrument: str | None = None, wide: bool = False
) -> ScoreExport:
    """Write the scores of one instrument, or of all. Raises UnknownInstrument, BadInput, CannotWrite.

    A wide table has one instrument; so has a SAV file that is wide.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx", ".sav"):
        raise errors.BadInput(reason=t("scores are written as {known}; give the file such a name", known=KNOWN))
    told = _told(project, instrument)
    if wide and len(told) != 1:
        raise errors.BadInput(reason=t("a wide table is about one instrument; say which with --instrument"))
    observations = sum(len(each.rows) for each in told)
    header, rows = _wide(told[0]) if wide else _long(told)
    if suffix == ".csv":
        write_csv(path, header, rows)
    elif suffix == ".xlsx":
        write_xlsx(path, {"scores": (header, rows), "codeboek": (CODEBOOK, list(_codebook(told)))})
    else:
        variables = wide_variables(told[0].instrument, header) if wide else long_variables(header)
        write_whole(path, sav_bytes(variables, for_sav(variables, rows), day=today()))
    notes = len(_notes(told, wide=wide))
    held = tuple(_not_held(told, wide=wide, is_sav=suffix == ".sav"))
    return ScoreExport(path, len(rows), observations, notes, held, tuple(_lines(path, told, header, wide=wide)))


def _lines(path: Path, told: Sequence[_Told], header: Sequence[str], *, wide: bool) -> list[str]:
    """In a wide table signs stand where there is no score: they become missing, so that the column stays one of numbers."""
    variables = wide_variables(told[0].instrument, header) if wide else long_variables(header)
    columns = [Column(each.name, each.label, each.kind) for each in variables]
    return reading_lines(path, "scores", columns, sheet="scores", empty=SIGN_OF.values() if wide else ())


def _notes(told: Iterable[_Told], *, wide: bool) -> list[str]:
    """All notes in the file: of answers, of snapshots, and of revised baselines where it has these."""
    return [
        note
        for each in told
        for note in (
            *(row.note for row in each.rows),
            *(row.note for row in each.snapshots),
            *(row.note for row in each.revised if not wide),
        )
        if note
    ]


def _not_held(told: Sequence[_Told], *, wide: bool, is_sav: bool) -> Iterator[Notice]:
    """What gets lost, so that nobody takes the file for the whole."""
    if joined := sum(each.joined for each in told):
        yield Notice(None, JOINED, {"n": joined})
    revised = sum(len(each.revised) for each in told)
    if wide and revised:
        yield Notice(None, NO_REVISED, {"n": revised})
    if is_sav:
        if cut := sum(len(note.encode()) > LONGEST_TEXT for note in _notes(told, wide=wide)):
            yield Notice(None, CUT, {"n": cut, "most": LONGEST_TEXT})
        labels = {label for each in told for item in each.instrument.items for label in item.labels} if wide else ()
        if short := sum(len(label.encode()) > LONGEST_LABEL for label in labels):
            yield Notice(None, SHORT_LABELS, {"n": short, "most": LONGEST_LABEL})


def _told(project: ProjectFile, key: str | None) -> list[_Told]:
    every = [each for each in store.instruments(project) if each.kind != "afgeleid"]
    if key is not None and all(each.key != key for each in every):
        raise errors.UnknownInstrument(key=key)
    found = [_told_of(project, each) for each in every if key in (None, each.key)]
    return found if key else [each for each in found if each.rows or each.snapshots or each.revised]


def _told_of(project: ProjectFile, instrument: Instrument) -> _Told:
    every = score_sheets.snapshot_rows(project, instrument.id)
    days: dict[tuple[str, dt.date, str], score_sheets.SnapshotRow] = {}
    for row in every:
        place = (row.family, row.day, row.assessor)
        days[place] = row._replace(answers=row.answers + (days[place].answers if place in days else 0))
    return _Told(
        instrument,
        tuple(revisions.versions_of(project, instrument.id)),
        tuple(_latest(score_sheets.export_rows(project, instrument.id))),
        revisions.all_reasons(project, instrument.id),
        tuple(row for row in days.values() if row.note or not row.answers),
        len(every) - len(days),
        tuple(revisions.all_revised(project, instrument.id)),
    )


def _latest(rows: Iterable[score_sheets.ExportRow]) -> Iterator[score_sheets.ExportRow]:
    """Of two snapshots of a family on one day by the same assessor, what the later one says of an item."""
    kept: dict[tuple[object, ...], score_sheets.ExportRow] = {}
    for row in rows:
        kept[row.family, row.person, row.day, row.assessor, row.item] = row
    return iter(kept.values())


# -- long ------------------------------------------------------------------------------------------------------------


def _long(told: Sequence[_Told]) -> tuple[tuple[str, ...], list[list[object]]]:
    """A column for the day of a revision only where there is any."""
    revised = [row for each in told for row in _long_revised(each)]
    rows = [*_long_rows(told), *(row for each in told for row in _long_snapshots(each))]
    if not revised:
        return LONG, rows
    return (*LONG, "herzien_op"), [*([*row, None] for row in rows), *revised]


def _long_snapshots(told: _Told) -> Iterator[list[object]]:
    for row in told.snapshots:
        yield [
            *(row.family, "", "", row.day, told.instrument.key, SNAPSHOT, None, "", row.assessor, row.note, ""),
            *(row.version, "", "", ""),
        ]


def _long_revised(told: _Told) -> Iterator[list[object]]:
    for row in told.revised:
        yield [
            *(row.family, row.person, row.role, row.snapshot_day, told.instrument.key, row.item, row.value, REVISED[0]),
            *(row.assessor, row.note, row.reason, None, "", "", "", row.day),
        ]


def _long_rows(told: Iterable[_Told]) -> Iterator[list[object]]:
    for each in told:
        words, items = each.words, {item.key: item for item in each.instrument.items}
        for row in each.rows:
            name, labels = words[row.version][row.item].name, words[row.version][row.item].labels
            place = row.value - each.instrument.low if row.value is not None else -1
            yield [
                *(row.family, row.person, row.role, row.day, each.instrument.key, row.item, row.value, row.state),
                *(row.assessor, row.note, _reasons(each, row), row.version, name),
                labels[place] if 0 <= place < len(labels) else "",
                items[row.item].domain,
            ]


def _reasons(each: _Told, row: score_sheets.ExportRow) -> str:
    return "|".join(each.reasons.get(row.id, ()))


# -- wide ------------------------------------------------------------------------------------------------------------


def _wide(told: _Told) -> tuple[tuple[str, ...], list[list[object]]]:
    """A row for each person and snapshot; columns for notes and reasons only of items that have any."""
    items = [item.key for item in told.instrument.items]
    noted = {row.item for row in told.rows if row.note}
    reasoned = {row.item for row in told.rows if told.reasons.get(row.id)}
    header = (
        *_HEAD,
        *items,
        *(NOTE_OF + item for item in items if item in noted),
        *(REASON_OF + item for item in items if item in reasoned),
        *((SNAPSHOT,) if told.snapshots else ()),
        *((NOTE_OF + SNAPSHOT,) if any(row.note for row in told.snapshots) else ()),
    )
    lines: dict[tuple[object, ...], dict[str, object]] = {}
    for row in told.rows:
        head = (row.family, row.person, row.role, row.day, told.instrument.key, row.assessor, row.version)
        cells = lines.setdefault(head, {})
        cells[row.item] = row.value if row.value is not None else SIGN_OF[State(row.state)]
        cells[NOTE_OF + row.item] = row.note
        cells[REASON_OF + row.item] = _reasons(told, row)
    for each in told.snapshots:
        head = (each.family, "", "", each.day, told.instrument.key, each.assessor, each.version)
        lines.setdefault(head, {}).update({SNAPSHOT: "ja", NOTE_OF + SNAPSHOT: each.note})
    return header, [[*head, *(cells.get(name) for name in header[len(_HEAD) :])] for head, cells in lines.items()]


# -- the codebook ----------------------------------------------------------------------------------------------------


def _codebook(told: Iterable[_Told]) -> Iterator[list[object]]:
    """A row for each value of each item, by each version that scores were given by."""
    for each in told:
        versions = {row.version or each.instrument.version for row in each.rows} | {each.instrument.version}
        wordings = {older.version: older.wording for older in each.older}
        for version in sorted(versions):
            words = words_at(each.instrument, each.older, version)
            wording = wordings.get(version, each.instrument.wording)
            for item in each.instrument.items:
                yield from _codebook_rows(each.instrument, item, words[item.key], (version, wording))


def _codebook_rows(instrument: Instrument, item: Item, words: Words, by: tuple[int, str]) -> Iterator[list[object]]:
    for place, value in enumerate(range(instrument.low, instrument.high + 1)):
        yield [
            *(instrument.key, *by, item.key, words.name, item.level.value, item.domain, value),
            words.labels[place] if words.labels else "",
            *("ja" if item.may_be_na else "nee", "slechter" if item.higher_is_worse else "beter", item.note),
            "ja" if item.retired else "nee",
        ]
