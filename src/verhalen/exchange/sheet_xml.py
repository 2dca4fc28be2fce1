"""Read one sheet of a workbook from its XML: rows of texts. Nothing is kept but the cells.

The layout is that of ECMA-376, part 1, 18.3.1 (sheetData). openpyxl makes an object of every element, which takes long for
a hundred thousand rows. Here a row in the shape that all programs write is cut up by one expression; a row that holds more
(formulas, texts with a layout) and a sheet in another shape go through a parser.
"""

from __future__ import annotations

import codecs
import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from verhalen import errors
from verhalen.exchange.shared_texts import refuse_doctype, unescaped

Rows = list[tuple[int, list[str]]]
MOST_CELLS = 20_000_000
"""Of one sheet, with the empty ones left of a filled one: a list of so many takes 160 MB."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CHUNK = 1 << 20
_LONGEST_ROW = 16 * _CHUNK
_DIGITS = "0123456789"
_TEXTS = frozenset(("v", "t", "f"))
_NUMBER = re.compile(r' r="(\d{1,7})"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"((?: [a-z]+="[^"<>&]*")*) ?'
    r'(?:/>|>(?:<(?:v|is><t(?: xml:space="preserve")?)>([^<]*)</(?:v|t></is)>|<v ?/>)?</c>)'
)
_OTHER_LETTERS = re.compile(r'<\?xml[^>]*encoding=["\'](?!utf-8["\'])', re.IGNORECASE)
_SAID = re.compile(r' ([a-z]+)="([^"]*)"')
_CONFIRMED_IN_BULK = "="
"""A program that takes `==` for a formula writes it so; no spreadsheet computes a single equals sign."""


@dataclass(slots=True)
class SheetContent:
    """What a sheet holds."""

    rows: Rows = field(default_factory=list)
    """Number and cells of every row that holds something."""
    uncounted: list[tuple[int, str]] = field(default_factory=list)
    """Row and letters of cells with a formula that no program computed."""


Opened = Callable[[], IO[bytes]]
Days = Mapping[int, Callable[[float], object]]


def read_sheet(opened: Opened, shared: Sequence[str], days: Days, text_of: Callable[[object], str]) -> SheetContent:
    """All rows of a part that `opened` opens, once or twice.

    `shared` are the texts of the workbook, `days` make a day or a time of the numbers of some styles, and `text_of` writes
    a value as text. Raises NotWhatItSays for what is no sheet, TooLarge for one that would
    fill the memory.
    """
    texts = [text_of(text) for text in shared]
    try:
        try:
            with opened() as stream:
                return _cut_up(stream, _Sheet(texts, days, text_of))
        except _OtherShape:
            with opened() as stream:
                return _parse(iter(lambda: stream.read(_CHUNK), b""), _Sheet(texts, days, text_of))
    except (ExpatError, ValueError, IndexError, OverflowError) as error:
        raise errors.NotWhatItSays from error


class _OtherShape(Exception):
    """This sheet is not written as most are: the parser must look."""


class _Sheet:
    """What gathers while a sheet is read, and what its cells mean."""

    def __init__(self, shared: Sequence[str], days: Days, text_of: Callable[[object], str]) -> None:
        self.content = SheetContent()
        self._shared, self._days, self._text_of = shared, days, text_of
        self._size = 0
        self.columns: dict[str, int] = {}
        """Of letters that were seen."""

    def column(self, letters: str) -> int:
        """1 for A."""
        found = self.columns.get(letters)
        if found is None:
            found = 0
            for letter in letters:
                found = found * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter.upper()) + 1
            if found > _LAST_COLUMN:
                raise ValueError(letters)
            self.columns[letters] = found
        return found

    def text(self, kind: str, style: str, written: str) -> str:
        """The text of a cell that holds something."""
        match kind:
            case "s":
                return self._shared[int(written)]
            case "" | "n":
                return self._number(style, written)
            case "b":
                return self._text_of(written.strip() not in ("0", "false"))
            case "d":
                return self._text_of(_iso(written))
        return self._text_of(
            unescaped(written)
        )  # text beside its cell, what a formula came to, and the sign of an error

    def _number(self, style: str, written: str) -> str:
        as_day = self._days.get(int(style)) if style else None
        if as_day is None and written.isdigit() and written[0] != "0":
            return written
        value = float(written)
        return self._text_of(value if as_day is None else as_day(value))

    def end_row(self, number: int, cells: list[str]) -> None:
        """Keep a row that holds something."""
        if not 0 < number <= _LAST_ROW:
            raise ValueError(number)
        self._size += len(cells)
        if self._size > MOST_CELLS:
            raise errors.TooLarge(size=f"{self._size}", limit=f"{MOST_CELLS}")
        if "".join(cells).strip():
            self.content.rows.append((number, cells))


def _put(cells: list[str], column: int, text: str) -> None:
    before = column - 1
    if len(cells) > before:
        cells[before] = text
        return
    if len(cells) < before:
        cells.extend([""] * (before - len(cells)))
    cells.append(text)


# -- the usual shape -------------------------------------------------------------------------------------------------


def _cut_up(stream: IO[bytes], sheet: _Sheet) -> SheetContent:
    known: dict[tuple[str, str], str] = {}
    """Text of what was seen before: most cells repeat a few."""
    columns = sheet.columns
    for piece in _rows_as_written(stream):
        at = piece.rfind("<row ")
        head, _, body = piece[at:].partition(">")
        place = _NUMBER.search(head)
        if at < 0 or place is None or "<!" in piece:
            raise _OtherShape
        found = _CELL.findall(body)
        if len(found) != body.count("<c "):
            _parse([f"{head}>{body}</row>".encode()], sheet)
            continue
        cells: list[str] = []
        for letters, attributes, written in found:
            if written:
                key = attributes, written
                text = known.get(key)
                if text is None:
                    text = known[key] = _text_in(sheet, attributes, written)
                column = columns.get(letters) or sheet.column(letters)
                if len(cells) == column - 1:
                    cells.append(text)
                elif text:
                    _put(cells, column, text)
        if cells:
            sheet.end_row(int(place[1]), cells)
    return sheet.content


def _text_in(sheet: _Sheet, attributes: str, written: str) -> str:
    said = dict(_SAID.findall(attributes))
    return sheet.text(said.get("t", ""), said.get("s", ""), html.unescape(written))


def _rows_as_written(stream: IO[bytes]) -> Iterator[str]:
    """The text of each row up to its end, with what stands before it. Raises _OtherShape."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    rest, begun = "", False
    while chunk := stream.read(_CHUNK):
        *pieces, rest = (rest + decoder.decode(chunk)).split("</row>")
        if not begun:
            first = pieces[0] if pieces else rest
            if "<sheetData>" not in first or "<!" in first or _OTHER_LETTERS.match(first):
                raise _OtherShape
            begun = True
        if len(rest) > _LONGEST_ROW:
            raise _OtherShape
        yield from pieces
    if not begun or "</sheetData>" not in rest or not rest.rstrip().endswith("</worksheet>"):
        raise _OtherShape


# -- any shape -------------------------------------------------------------------------------------------------------


def _parse(chunks: Iterable[bytes], sheet: _Sheet) -> SheetContent:
    parser = ParserCreate()
    _Walk(sheet).listen(parser)
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return sheet.content


class _Walk:
    """What is remembered between two elements."""

    def __init__(self, sheet: _Sheet) -> None:
        self._sheet = sheet
        self._row = 0
        self._column = 0
        self._cells: list[str] = []
        self._kind, self._style = "", ""
        self._value: str | None = None
        self._formula: str | None = None
        self._heard: list[str] = []
        self._phonetic = 0

    def listen(self, parser: XMLParserType) -> None:
        """Take part in the reading."""
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._heard.append
        parser.StartDoctypeDeclHandler = refuse_doctype

    def _start(self, tag: str, said: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            letters = said.get("r", "").rstrip(_DIGITS)
            self._column = self._sheet.column(letters) if letters else self._column + 1
            self._kind, self._style = said.get("t", ""), said.get("s", "")
            self._value = self._formula = None
        elif tag in _TEXTS:
            self._heard.clear()
        elif tag == "row":
            self._row = int(said["r"]) if "r" in said else self._row + 1
            self._column, self._cells = 0, []
        elif tag == "rPh":
            self._phonetic += 1

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            if self._value is not None or self._formula is not None:
                self._keep()
        elif tag == "v":
            self._value = "".join(self._heard)
        elif tag == "t":
            if not self._phonetic:  # how a Japanese word sounds is no part of it
                self._value = (self._value or "") + "".join(self._heard)
        elif tag == "f":
            self._formula = "".join(self._heard)
        elif tag == "row":
            if self._cells:
                self._sheet.end_row(self._row, self._cells)
        elif tag == "rPh":
            self._phonetic -= 1

    def _keep(self) -> None:
        written = self._value
        if written:
            text = self._sheet.text(self._kind, self._style, written)
        elif self._formula is None or (self._kind == "str" and written is not None):
            return  # nothing, or a formula that came to an empty text
        elif self._formula.strip() == _CONFIRMED_IN_BULK:
            text = "=="
        else:
            self._sheet.content.uncounted.append((self._row, _letters(self._column)))
            return
        if text:
            _put(self._cells, self._column, text)


def _letters(column: int) -> str:
    """A for 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _iso(written: str) -> object:
    try:
        return dt.datetime.fromisoformat(written.strip())
    except ValueError:
        return written
