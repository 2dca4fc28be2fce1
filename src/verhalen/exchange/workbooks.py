"""Read workbooks: every sheet as rows of texts. Empty rows cost nothing, and a formula without its result is told.

openpyxl finds the sheets, the shared texts and the styles of days; the cells are read by `sheet_xml`.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from verhalen import errors
from verhalen.exchange.shared_texts import read_texts
from verhalen.exchange.sheet_xml import Rows, read_sheet
from verhalen.i18n import t
from verhalen.model.text import normal_text
from verhalen.readers.limits import Parts, megabytes, open_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old Excel file begins, and a new one that is locked with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_LARGE_PART = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_MOST_PART = 200_000_000
"""Bytes of one sheet, unpacked: a million rows that hold nothing but a border take 100 MB."""


class WorkbookSheet(NamedTuple):
    """One sheet."""

    name: str
    rows: Rows
    """Empty ones are left out, and each row keeps its number."""
    uncounted: list[tuple[int, str]]
    """Row and letters of cells with a formula that no program computed."""


def sheets_of(data: bytes) -> list[WorkbookSheet]:
    """Every sheet. Raises UnreadableFile for a locked or an old file, NotWhatItSays, TooLarge."""
    if data.startswith(_OLE):
        raise errors.UnreadableFile(reason=_why_old(data))
    _refuse_large(open_zip(data))
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        # openpyxl warns of what it does not keep (validation, drop-down lists); we only read values.
        warnings.simplefilter("ignore")
        try:
            book = _open(data)
            found = [WorkbookSheet(sheet.title, *_content(sheet)) for sheet in book.worksheets]
            book.close()
        except (
            InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, EOFError,
            NotImplementedError, RuntimeError, TypeError, AttributeError, OSError,
        ) as error:  # fmt: skip
            # SyntaxError is what the standard library's XML parser raises for a damaged part; TypeError and AttributeError
            # are what openpyxl trips over where a part lacks what it must have.
            raise errors.NotWhatItSays from error
    return found


def _why_old(data: bytes) -> str:
    if _LOCKED in data:
        return t("it is locked with a password; open it in Excel, take the password away and save it")
    return t("it is a file of an old Excel; open it and save it as .xlsx")


def _refuse_large(parts: Parts) -> None:
    with parts.archive as archive:
        for member in archive.infolist():
            if _LARGE_PART.fullmatch(member.filename) and member.file_size > _MOST_PART:
                raise errors.TooLarge(size=megabytes(member.file_size), limit=megabytes(_MOST_PART))


def _open(data: bytes) -> Any:
    """The workbook without its cells."""
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):
        """Reads the shared texts in our way: openpyxl makes several objects of each."""

        def read_strings(self) -> None:
            part = self.package.find(_SHARED)  # type: ignore[no-untyped-call]
            if part is not None:
                with self.archive.open(part.PartName[1:]) as stream:
                    self.shared_strings = read_texts(stream)

    reader = Reader(io.BytesIO(data), read_only=True, data_only=True)
    reader.read()
    return reader.wb


def _content(sheet: Any) -> tuple[Rows, list[tuple[int, str]]]:
    """The cells of a sheet that openpyxl opened to be read only. It hands over the part of the sheet, and what others share."""
    book = sheet.parent
    days = {style: _as_day(book.epoch, is_span=style in book._timedelta_formats) for style in book._date_formats}
    content = read_sheet(sheet._get_source, sheet._shared_strings, days, _cell_text)
    return content.rows, content.uncounted


def _as_day(epoch: dt.datetime, *, is_span: bool) -> Callable[[float], object]:
    from openpyxl.utils.datetime import from_excel

    def convert(value: float) -> object:
        try:
            return from_excel(value, epoch, is_span)
        except (OverflowError, ValueError):
            return "#VALUE!"  # as a spreadsheet shows a day before its first

    return convert


def _cell_text(value: object) -> str:
    """A cell as text: dates in ISO, whole numbers without `.0`, yes and no as in the settings of our own files."""
    if value is None:
        return ""
    if isinstance(value, str):
        return normal_text(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return normal_text(str(value))
