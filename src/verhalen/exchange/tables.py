"""Tables in files: CSV, XLSX and SAV in, CSV and XLSX out. Cells are text; a row keeps the number that the user sees."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

from verhalen import errors
from verhalen.exchange.csv_text import rows_of, text_of
from verhalen.exchange.sheet_xml import MOST_CELLS
from verhalen.i18n import mark, t
from verhalen.model.text import Notice, normal_text
from verhalen.readers.content import Tally
from verhalen.readers.decoding import read_text
from verhalen.readers.opening import read_bytes
from verhalen.store.whole_file import write_whole

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from verhalen.exchange.workbooks import WorkbookSheet

KNOWN = ".csv, .xlsx"
TITLE = mark("The lines above the columns were read as a title; the names of the columns stand in row {row}.")
_MOST_TITLES = 6
SUFFIXES = (".csv", ".tsv", ".xlsx", ".sav", ".zsav")
Value = str | int | float | dt.date | None
LONGEST_CELL = 32_767
"""Of a workbook, in characters; openpyxl would cut what is longer without a word."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Row(NamedTuple):
    """One row below the header; a tuple, since there may be a hundred thousand."""

    number: int
    """As the user sees it: the header of a plain file is 1."""
    cells: Mapping[str, str]
    """By the name of the column, as it stands in the header."""


class Lines(Sequence[Row]):
    """Rows that are made when somebody asks for one: a file of a hundred thousand is mostly read by its cells."""

    def __init__(self, names: Sequence[str], lines: Sequence[tuple[int, list[str]]]) -> None:
        self.names = tuple(names)
        """Of every column, also of one that has no name."""
        self.lines = lines
        """Number and cells; a line may be longer than the header by empty cells."""

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(self._row(*line) for line in self.lines[place])
        return self._row(*self.lines[place])

    def __iter__(self) -> Iterator[Row]:
        return (self._row(number, cells) for number, cells in self.lines)

    def _row(self, number: int, cells: list[str]) -> Row:
        return Row(number, dict(zip(self.names, cells, strict=False)))


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows."""

    file: str
    sheet: str
    """Name of the sheet; empty for CSV."""
    header: tuple[str, ...]
    rows: Sequence[Row]
    notices: tuple[Notice, ...] = ()
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column, the words that stand for values in the file itself, as SPSS keeps them."""
    problems: tuple[tuple[int, str, str], ...] = ()
    """(row, column, sentence): why it cannot be read as a table. A sheet that nobody needs may have some."""


def read_table(path: Path) -> Table:
    """The table of a CSV file, or of the first sheet that holds one."""
    return whole(read_tables(path)[0])


def whole(table: Table) -> Table:
    """The table, where it can be read as one. Raises BadTable."""
    if table.problems:
        raise errors.BadTable(list(table.problems), file=table.file)
    return table


def read_tables(path: Path) -> tuple[Table, ...]:
    """Every table of a file: one of CSV and SAV, one per sheet of XLSX that is not empty.

    A file without any sheet that can be read is refused. Of several sheets some may have problems: who uses one asks `whole`.
    """
    file, suffix = normal_text(path.name), path.suffix.lower()
    try:
        if suffix not in SUFFIXES:
            raise errors.UnknownFormat(known=KNOWN)
        data = read_bytes(path)
        tables = _tables(data, path, file)
        if not tables:
            raise errors.EmptyFile
    except errors.UnreadableFile as error:
        # What reads bytes does not know the name of the file; here it is known.
        error.values = {"file": file, "suffix": suffix or t("without a suffix"), **error.values}
        raise
    if all(table.problems for table in tables):
        whole(tables[0])
    return tables


def _tables(data: bytes, path: Path, file: str) -> tuple[Table, ...]:
    match path.suffix.lower():
        case ".xlsx":
            from verhalen.exchange.workbooks import sheets_of

            found = [sheet for sheet in sheets_of(data) if sheet.rows or sheet.uncounted]
            return tuple(_sheet(file, sheet, is_only=len(found) == 1) for sheet in found)
        case ".sav" | ".zsav":
            from verhalen.exchange.sav_reading import read_sav

            content = read_sav(data)
            table = _table(file, "", content.rows, content.notices)
            return (replace(table, value_labels=content.value_labels),)
        case _:
            return _plain(data, file)


def _plain(data: bytes, file: str) -> tuple[Table, ...]:
    tally = Tally()
    text = read_text(data, tally)
    try:
        rows = rows_of(text)
    except csv.Error as error:
        raise errors.UnreadableFile(reason=t("a cell is too long or a quotation mark is missing")) from error
    return (_table(file, "", rows, tally.notices()),) if rows else ()


def _sheet(file: str, sheet: WorkbookSheet, *, is_only: bool) -> Table:
    """A sheet of a workbook. Its formulas that nobody computed are problems: read as empty they would lose scores."""
    table = _table(file, sheet.name, sheet.rows or [(1, [])])
    sentence = t(
        "this cell holds a formula without its result; open the file in Excel or LibreOffice, save it and try again"
    )
    problems = (*((row, letters, sentence) for row, letters in sheet.uncounted), *table.problems)
    return replace(
        table, problems=problems if is_only else tuple((row, f"{sheet.name}: {at}", said) for row, at, said in problems)
    )


def _below_title(rows: Sequence[tuple[int, list[str]]]) -> int:
    """How many lines above the header are a title: one cell, where the next line has three or more and no number."""
    for above, ((_, cells), (_, below)) in enumerate(pairwise(rows[:_MOST_TITLES]), 1):
        names = [cell.strip() for cell in below if cell.strip()]
        if sum(bool(cell.strip()) for cell in cells) != 1:
            return 0
        if len(names) > 1:
            return above if len(names) > 2 and not any(name[0].isdigit() for name in names) else 0
    return 0


def _table(file: str, sheet: str, rows: Sequence[tuple[int, list[str]]], notices: tuple[Notice, ...] = ()) -> Table:
    """Header and rows. Problems: a column without a name that holds something, and two columns of one name."""
    above = _below_title(rows)
    if above:
        notices = (*notices, Notice(rows[0][0], TITLE, {"row": rows[above][0]}))
        rows = rows[above:]
    number, names = rows[0]
    header = [name.strip() for name in names]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    if width * len(rows) > MOST_CELLS:
        raise errors.TooLarge(size=f"{len(rows)} x {width}", limit=f"{MOST_CELLS}")
    for _, cells in rows[1:]:
        if len(cells) < width:  # programs leave empty cells at the end out
            cells.extend([""] * (width - len(cells)))
    problems = _header_problems(header, number) + _nameless_cells(header, rows[1:])
    lines = Lines(header, rows[1:])
    return Table(file, sheet, tuple(name for name in header if name), lines, notices, problems=tuple(problems))


def _header_problems(header: Sequence[str], number: int) -> list[tuple[int, str, str]]:
    seen: set[str] = set()
    problems = []
    for name in header:
        if name and name.casefold() in seen:
            problems.append((number, name, t("two columns have this name")))
        seen.add(name.casefold())
    return problems


def _nameless_cells(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, str, str]]:
    """The first cell of each column that holds something under no name."""
    found: dict[int, int] = {}
    blank = {place for place, name in enumerate(header) if not name}
    width = len(header)
    for row, cells in rows if blank else [line for line in rows if len(line[1]) > width]:
        for place in (*blank, *range(width, len(cells))):
            if place < len(cells) and cells[place].strip():
                found.setdefault(place, row)
    sentence = t("this cell stands under no column name; were cells of the header merged?")
    return [(row, column_letter(place), sentence) for place, row in sorted(found.items())]


def column_letter(place: int) -> str:
    """A for 0, as spreadsheets name columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# -- writing ---------------------------------------------------------------------------------------------------------


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write our CSV, whole or not at all."""
    write_whole(path, text_of(header, rows).encode("utf-8"))


def write_xlsx(path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> None:
    """Write a workbook, whole or not at all: name of each sheet to its header and rows."""
    from openpyxl import Workbook

    ready = {
        _sheet_name(name): [[_writable(cell, path) for cell in row] for row in (header, *rows)]
        for name, (header, rows) in sheets.items()
    }
    book = Workbook(write_only=True)
    for name, lines in ready.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append([_cell(sheet, value) for value in line])
    out = io.BytesIO()
    book.save(out)
    write_whole(path, out.getvalue())


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "1"


def _writable(cell: object, path: Path) -> Value:
    if cell is None or isinstance(cell, (int, float, dt.date)):
        return cell
    text = _CONTROL.sub("", str(cell))
    if len(text) > LONGEST_CELL:
        raise errors.CannotWrite(file=path.name, reason=t("a cell holds more than {n} characters", n=LONGEST_CELL))
    return text


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    """A cell that is never a formula, whatever its text begins with."""
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet)
    made.value = value
    if isinstance(value, str):
        made.data_type = "s"
    return made
