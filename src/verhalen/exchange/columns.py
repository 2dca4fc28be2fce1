"""Columns by their Dutch or English names, and cells as days, numbers and choices; what does not fit is a row's problem."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.exchange.tables import Lines, Row, Table
from verhalen.i18n import mark, t
from verhalen.model.codes import has_wrong_letter
from verhalen.model.text import Notice

YES_NO = {"ja": "ja", "nee": "nee", "yes": "ja", "no": "nee", "true": "ja", "false": "nee", "1": "ja", "0": "nee"}
_EUROPEAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?: +\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?")
_IN_WORDS = re.compile(r"(\d{1,2})\.? +([^\W\d]+)\.? +(\d{4})")
_MONTH_NAMES = (
    *("jan januari january", "feb februari february", "mrt maart mar march", "apr april", "mei may", "jun juni june"),
    *("jul juli july", "aug augustus august", "sep sept september", "okt oktober oct october", "nov november"),
    "dec december",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_PIVOT = 70
"""A year of two digits below it is of this century: nobody registered families before."""
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,9}([.,]0+)?")
_FIRST_DAY = dt.date(1899, 12, 30)
"""Day 0 of Excel, whose calendar has a 29 February 1900: right for every day after it."""


@dataclass(frozen=True, slots=True)
class RowError:
    """Something in a row that cannot be used."""

    row: int
    column: str
    message: str
    """A sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did with the rows of one kind."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@functools.lru_cache(maxsize=10_000)
def name_of(column: str) -> str:
    """The form in which names of columns are compared."""
    return re.sub(r"[\s-]+", "_", column.strip().casefold())


BY_MAPPING = mark("The columns are those of {name}: read as it says.")
_LONGEST_SHOWN = 24


def shown(written: str) -> str:
    """A cell as a message may repeat it: a date or a key, never a sentence that slipped into the wrong column."""
    return written if len(written) <= _LONGEST_SHOWN else "…"


class Sheet:
    """A table read by canonical names of columns. It gathers the problems of its rows while they are read."""

    def __init__(self, table: Table, synonyms: Mapping[str, str]) -> None:
        self.table = table
        self.problems: list[RowError] = []
        self.columns: dict[str, str] = {}
        self.former: Mapping[str, str] = {}
        """Codes that families had before, to what they are called now."""
        for original in table.header:
            name = name_of(original)
            self.columns.setdefault(synonyms.get(name, name), original)
        self._bad_rows: set[int] = set()
        self._made: tuple[Sequence[Row], Lines] | None = None

    @property
    def lines(self) -> Lines:
        """The rows by the place of their cells, for who reads many."""
        rows, names = self.table.rows, self.table.header
        if isinstance(rows, Lines):
            return rows
        made = self._made
        if made is None or made[0] is not rows:
            lines = Lines(names, [(number, [cells.get(name, "") for name in names]) for number, cells in rows])
            made = self._made = (rows, lines)
        return made[1]

    def different(self, name: str) -> set[str]:
        """All different cells of a column, without blanks around them."""
        at = self.lines.names.index(self.columns[name])
        return {cell.strip() for cell in {cells[at] for _, cells in self.lines.lines}}

    def has(self, *names: str) -> bool:
        """Whether all these columns are there."""
        return all(name in self.columns for name in names)

    def need(self, *names: str) -> None:
        """Note the columns that are missing, as a problem of the header."""
        for name in names:
            if name not in self.columns:
                self.problems.append(RowError(1, name, t("this column is missing")))

    def others(self, known: Iterable[str]) -> list[str]:
        """The columns that are not among the known, by their canonical names."""
        wanted = set(known)
        return [name for name in self.columns if name not in wanted]

    def is_bad(self, row: Row) -> bool:
        """Whether a problem was noted in this row."""
        return row.number in self._bad_rows

    def bad(self, row: Row, name: str, sentence: str) -> None:
        """Note a problem; `sentence` is in the reader's language."""
        self.problems.append(RowError(row.number, self.columns.get(name, name), sentence))
        self._bad_rows.add(row.number)

    def bad_header(self, column: str, sentence: str) -> None:
        """Note a problem of a column as such."""
        self.problems.append(RowError(1, column, sentence))

    def no_family(self, row: Row, name: str, code: str) -> None:
        """Note that no family has this code; where its letter is wrong, say only that."""
        if code in self.former:
            self.bad(row, name, t("family {key} is called {now} now; use that code", key=code, now=self.former[code]))
        elif has_wrong_letter(code):
            self.bad(row, name, t("the check letter of {key} does not fit; look again at the code", key=shown(code)))
        else:
            self.bad(row, name, t("there is no family {key}; import the families first", key=shown(code)))

    def text(self, row: Row, name: str) -> str:
        """The cell without blanks around it; empty where the column is absent."""
        column = self.columns.get(name)
        return row.cells.get(column, "").strip() if column is not None else ""

    def needed(self, row: Row, name: str) -> str:
        """The cell, noted where it is empty."""
        found = self.text(row, name)
        if not found:
            self.bad(row, name, t("this cell is empty"))
        return found

    def day(self, row: Row, name: str, *, latest: dt.date | None = None) -> dt.date | None:
        """The day in a cell; None where it is empty or noted as a problem."""
        written = self.text(row, name)
        if not written:
            return None
        found = parse_day(written)
        if found is None:
            self.bad(
                row, name, t('"{written}" is no date; write it as 2025-03-12 or 12/03/2025', written=shown(written))
            )
        elif latest is not None and found > latest:
            self.bad(row, name, t("{day} lies in the future", day=found.isoformat()))
            return None
        return found

    def number(self, row: Row, name: str) -> int | None:
        """The whole number in a cell; None where it is empty or noted as a problem."""
        written = self.text(row, name)
        if not written:
            return None
        found = parse_whole(written)
        if found is None:
            self.bad(row, name, t('"{written}" is no whole number', written=shown(written)))
        return found

    def choice(self, row: Row, name: str, allowed: Mapping[str, str], *, default: str = "") -> str:
        """The canonical word for a cell; the default where it is empty or noted as a problem."""
        written = self.text(row, name)
        if not written:
            return default
        found = allowed.get(written.casefold())
        if found is None:
            words = ", ".join(_one_word_each(allowed))
            self.bad(row, name, t('"{written}" is not one of: {words}', written=shown(written), words=words))
            return default
        return found

    def left_out(self, names: Iterable[str]) -> list[Notice]:
        """Notices for columns that mean nothing here."""
        sentence = mark("The column {column} is not known here and was left out.")
        return [Notice(None, sentence, {"column": self.columns[name]}) for name in names]


def _one_word_each(allowed: Mapping[str, str]) -> list[str]:
    """The first word for each meaning: the Dutch one stands first everywhere."""
    first: dict[str, str] = {}
    for word, meaning in allowed.items():
        first.setdefault(meaning, word)
    return list(first.values())


@functools.lru_cache(maxsize=10_000)
def parse_day(written: str) -> dt.date | None:
    """A day in ISO, as 12/03/2025, 12-3-25 (day first) or 12 maart 2025, or as the number by which Excel counts days."""
    european, year_first = _EUROPEAN.fullmatch(written), _YEAR_FIRST.fullmatch(written)
    try:
        if european:
            day, month, year = map(int, european.groups())
            if len(european[3]) == 2:
                year += 2000 if year < _PIVOT else 1900
            return dt.date(year, month, day)
        if (in_words := _IN_WORDS.fullmatch(written)) and (named := _MONTHS.get(in_words[2].casefold())):
            return dt.date(int(in_words[3]), named, int(in_words[1]))
        if year_first:
            return dt.date(*map(int, year_first.groups()))
        if _SERIAL.fullmatch(written):
            return _FIRST_DAY + dt.timedelta(days=int(float(written)))
        return dt.datetime.fromisoformat(written).date() if re.match(r"\d{4}-\d\d-\d\d", written) else None
    except ValueError:
        return None


def parse_whole(written: str) -> int | None:
    """A whole number; `3.0` and `3,0` are one, `1,5` is none."""
    return int(re.split("[.,]", written)[0]) if _WHOLE.fullmatch(written) else None


def today() -> dt.date:
    """The day it is where the user sits."""
    return dt.datetime.now().astimezone().date()


def refuse(sheets: Sequence[Sheet]) -> None:
    """Refuse a file whose rows have problems: all or nothing. Where there are several sheets, each problem names its own."""
    found = []
    for sheet in sheets:
        prefix = f"{sheet.table.sheet}: " if len(sheets) > 1 else ""
        found += [(each.row, prefix + each.column, each.message) for each in sheet.problems]
    if found:
        raise errors.BadTable(found, file=sheets[0].table.file)
