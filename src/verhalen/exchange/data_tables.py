"""Tables for other programs, with a codebook that says what every column is: CSV, XLSX and SPSS, from one description.

For inside: nothing is masked.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from verhalen import errors
from verhalen.exchange.csv_text import text_of
from verhalen.exchange.sav_writing import SavValue, SavVariable, sav_bytes
from verhalen.exchange.tables import write_xlsx
from verhalen.i18n import t
from verhalen.store.whole_file import write_whole

Cell = str | int | float | dt.date | None
Kind = Literal["text", "number", "date"]
Measure = Literal["nominal", "ordinal", "scale"]
CODEBOOK = "codeboek"
_LONGEST = 60
_KINDS: dict[Kind, str] = {"text": "tekst", "number": "getal", "date": "dag"}
_MEASURES: dict[Measure, str] = {"nominal": "nominaal", "ordinal": "ordinaal", "scale": "schaal"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and all that its reader must know."""

    name: str
    """Valid as the name of a variable in SPSS and R."""
    label: str
    kind: Kind = "number"
    measure: Measure = "scale"
    values: Mapping[int, str] = field(default_factory=dict)
    """What its numbers stand for."""
    source: str = ""
    """Key of the code, attribute or life domain that it holds."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table."""

    name: str
    """Of its sheet or file."""
    what: str
    """One sentence."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def header(self) -> list[str]:
        """Names of its columns."""
        return [column.name for column in self.columns]


@dataclass(frozen=True, slots=True)
class CsvForm:
    """What stands between cells, and whether the file says that it is UTF-8, as Excel wants."""

    sign: Literal[";", ","] = ";"
    mark: bool = False
    """A byte order mark."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    path: Path
    """A file, or a folder of files."""
    files: tuple[str, ...]
    """Names of the files."""
    rows: int
    """Of the first table."""
    lines: tuple[str, ...] = ()
    """That read it in R or SPSS as it is."""


def unique_names(wanted: Sequence[str]) -> list[str]:
    """Names that SPSS and R take, each once whatever was shortened: letters, digits and underscores, a letter first.

    At most 60 bytes: SPSS takes 64, and a number may follow. Capitals make no difference there, so none here.
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in wanted:
        bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        # SPSS warns of names that end on an underscore: it makes such names itself.
        plain = re.sub(r"[^A-Za-z0-9_]", "_", bare).rstrip("_") or "kolom"
        plain = (plain if plain[0].isalpha() else f"v_{plain}")[:_LONGEST].rstrip("_")
        unique, number = plain, 2
        while unique.casefold() in taken:
            tail = f"_{number}"
            unique, number = plain[: _LONGEST - len(tail)] + tail, number + 1
        taken.add(unique.casefold())
        found.append(unique)
    return found


def codebook_rows(tables: Sequence[DataTable]) -> list[list[Cell]]:
    """A row for every column of every table."""
    return [
        [
            *(table.name, column.name, column.label, _KINDS[column.kind], _MEASURES[column.measure]),
            "; ".join(f"{word} = {value}" for value, word in column.values.items()),
            column.source,
        ]
        for table in tables
        for column in table.columns
    ]


CODEBOOK_HEADER = ("tabel", "kolom", "wat", "soort", "meetniveau", "waarden", "sleutel")


def write_tables(
    path: Path, tables: Sequence[DataTable], *, method: Sequence[Sequence[object]] = (), form: CsvForm | None = None
) -> Written:
    """The first table as .csv or .sav, or all of them, with codebook and method, as .xlsx. Raises BadInput, CannotWrite."""
    first = tables[0]
    match path.suffix.lower():
        case ".csv":
            write_whole(path, csv_bytes(first.header, first.rows, form or CsvForm()))
        case ".sav":
            write_whole(path, sav_of(first))
        case ".xlsx":
            write_xlsx(path, _sheets(tables, method))
        case _:
            raise errors.BadInput(reason=t("this table is written as .csv, .xlsx or .sav; give the file such a name"))
    return Written(path, (path.name,), len(first.rows))


def _sheets(
    tables: Sequence[DataTable], method: Sequence[Sequence[object]]
) -> dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]]:
    sheets: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
        each.name: (each.header, each.rows) for each in tables
    }
    sheets[CODEBOOK] = (CODEBOOK_HEADER, codebook_rows(tables))
    if method:
        sheets["methode"] = (("wat", "hoe"), method)
    return sheets


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[object]], form: CsvForm) -> bytes:
    """A table as CSV, in UTF-8."""
    text = text_of(header, rows, sign=form.sign)
    return text.encode("utf-8-sig" if form.mark else "utf-8")


def sav_of(table: DataTable, *, day: dt.date | None = None) -> bytes:
    """A table for SPSS, with labels of columns and values."""
    variables = [
        SavVariable(
            each.name,
            each.label,
            each.kind,
            {float(value): word for value, word in each.values.items()},
            None,
            each.measure,
        )
        for each in table.columns
    ]
    return sav_bytes(variables, _sav_rows(table), day=day or dt.datetime.now().astimezone().date())


def _sav_rows(table: DataTable) -> Iterator[list[SavValue]]:
    for row in table.rows:
        yield [
            ("" if cell is None else str(cell)) if column.kind == "text" else _number(cell)
            for column, cell in zip(table.columns, row, strict=True)
        ]


def _number(cell: Cell) -> SavValue:
    return float(cell) if isinstance(cell, (int, float)) else cell if isinstance(cell, dt.date) else None
