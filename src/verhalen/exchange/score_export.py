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
from verhalen.exchange.sav_writing import SavValue, SavVariable, sav_bytes
from verhalen.exchange.score_words import CODEBOOK, NOTE_OF, REASON_OF
from verhalen.exchange.tables import write_csv, write_whole, write_xlsx
from verhalen.i18n import t
from verhalen.model.instrument import Instrument, InstrumentVersion, Item
from verhalen.model.snapshot import Reason, State
from verhalen.scores.versions import Words, words_at
from verhalen.store import revisions, score_sheets
from verhalen.store import scores as store
from verhalen.store.project import ProjectFile

KNOWN = ".csv, .xlsx, .sav"
LONG = (
    *("gezin", "lid", "rol", "datum", "instrument", "item", "waarde", "status", "beoordelaar", "toelichting", "reden"),
    *("versie", "itemnaam", "label", "levensdomein"),
)
_HEAD = ("gezin", "lid", "rol", "datum", "instrument", "beoordelaar", "versie")
_SIGNS = {
    State.CONFIRMED: "=", State.CONFIRMED_IN_BULK: "==", State.NOT_APPLICABLE: "nvt", State.UNKNOWN: "?",
}  # fmt: skip
_CODES = {State.CONFIRMED: 1, State.CONFIRMED_IN_BULK: 2, State.NOT_APPLICABLE: 7, State.UNKNOWN: 8}
"""Last digit of the number by which a state stands in SPSS: 97 for not applicable, 997 where the scale goes to 90 and above."""


@dataclass(frozen=True, slots=True)
class ScoreExport:
    """What was written."""

    path: Path
    rows: int
    observations: int
    notes: int
    """Observations with words of a coach beside them: to be read before the file goes anywhere."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An instrument with everything that was seen by it."""

    instrument: Instrument
    older: tuple[InstrumentVersion, ...]
    rows: tuple[score_sheets.ExportRow, ...]
    reasons: Mapping[int, tuple[Reason, ...]]

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
    header, rows = _wide(told[0]) if wide else (LONG, list(_long(told)))
    if suffix == ".csv":
        write_csv(path, header, rows)
    elif suffix == ".xlsx":
        write_xlsx(path, {"scores": (header, rows), "codeboek": (CODEBOOK, list(_codebook(told)))})
    else:
        variables = _wide_variables(told[0], header) if wide else _long_variables()
        write_whole(path, sav_bytes(variables, _for_sav(variables, rows), day=today()))
    return ScoreExport(path, len(rows), observations, sum(bool(row.note) for each in told for row in each.rows))


def _told(project: ProjectFile, key: str | None) -> list[_Told]:
    every = [each for each in store.instruments(project) if each.kind != "afgeleid"]
    if key is not None and all(each.key != key for each in every):
        raise errors.UnknownInstrument(key=key)
    found = [
        _Told(
            each,
            tuple(revisions.versions_of(project, each.id)),
            tuple(_latest(score_sheets.export_rows(project, each.id))),
            revisions.all_reasons(project, each.id),
        )
        for each in every
        if key in (None, each.key)
    ]
    return found if key else [each for each in found if each.rows]


def _latest(rows: Iterable[score_sheets.ExportRow]) -> Iterator[score_sheets.ExportRow]:
    """Of two snapshots of a family on one day by the same assessor, what the later one says of an item."""
    kept: dict[tuple[object, ...], score_sheets.ExportRow] = {}
    for row in rows:
        kept[row.family, row.person, row.day, row.assessor, row.item] = row
    return iter(kept.values())


# -- long ------------------------------------------------------------------------------------------------------------


def _long(told: Iterable[_Told]) -> Iterator[list[object]]:
    for each in told:
        words, items = each.words, {item.key: item for item in each.instrument.items}
        for row in each.rows:
            name, labels = words[row.version][row.item].name, words[row.version][row.item].labels
            place = row.value - each.instrument.low if row.value is not None else -1
            yield [
                *(row.family, row.person, row.role, row.day, each.instrument.key, row.item, row.value, row.state),
                *(row.assessor, row.note, _reasons(each, row), row.version or None, name),
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
    )
    lines: dict[tuple[object, ...], dict[str, object]] = {}
    for row in told.rows:
        head = (row.family, row.person, row.role, row.day, told.instrument.key, row.assessor, row.version or None)
        cells = lines.setdefault(head, {})
        cells[row.item] = row.value if row.value is not None else _SIGNS[State(row.state)]
        cells[NOTE_OF + row.item] = row.note
        cells[REASON_OF + row.item] = _reasons(told, row)
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


# -- SPSS ------------------------------------------------------------------------------------------------------------


def _base(instrument: Instrument) -> int:
    return 90 if instrument.high < 90 else 990


def _wide_variables(told: _Told, header: Sequence[str]) -> list[SavVariable]:
    instrument = told.instrument
    base = _base(instrument)
    items = {item.key: item for item in instrument.items}
    return [
        SavVariable(
            name,
            items[name].name,
            "number",
            {**_value_labels(instrument, items[name]), **_state_labels(base)},
            (float(base + 1), float(base + 8)),
            "ordinal",
        )
        if name in items
        else _plain_variable(name)
        for name in header
    ]


def _value_labels(instrument: Instrument, item: Item) -> dict[float, str]:
    return {float(value): label for value, label in enumerate(item.labels, instrument.low)}


def _state_labels(base: int) -> dict[float, str]:
    """In the words that an import understands."""
    words = {
        State.CONFIRMED: "bevestigd ongewijzigd", State.CONFIRMED_IN_BULK: "bevestigd in blok",
        State.NOT_APPLICABLE: "nvt", State.UNKNOWN: "niet gekend",
    }  # fmt: skip
    return {float(base + code): words[state] for state, code in _CODES.items()}


def _long_variables() -> list[SavVariable]:
    return [_plain_variable(name) for name in LONG]


def _plain_variable(name: str) -> SavVariable:
    if name == "datum":
        return SavVariable(name, kind="date", measure="scale")
    return SavVariable(name, kind="number" if name in ("waarde", "versie") else "text")


def _for_sav(variables: Sequence[SavVariable], rows: Iterable[Sequence[object]]) -> Iterator[list[SavValue]]:
    codes = {_SIGNS[state]: code for state, code in _CODES.items()}
    for row in rows:
        yield [_sav_value(variable, cell, codes) for variable, cell in zip(variables, row, strict=True)]


def _sav_value(variable: SavVariable, cell: object, codes: Mapping[str, int]) -> SavValue:
    if variable.kind == "date" and isinstance(cell, dt.date):
        return cell
    if variable.kind == "number":
        if isinstance(cell, str):
            return variable.missing[0] - 1 + codes[cell] if variable.missing else None
        return float(cell) if isinstance(cell, int) else None
    return "" if cell is None else str(cell)
