"""Read workbooks: every sheet as rows of texts. Empty rows cost nothing, and a formula without its result is refused."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.text import normal_text
from verhalen.readers.limits import LARGE, Parts, megabytes, open_zip

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Rows = list[tuple[int, list[str]]]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old Excel file begins, and a new one that is locked with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MOST_SHEET = 200_000_000
"""Bytes of one sheet, unpacked: a million rows that hold nothing but a border take 100 MB."""
# Only rows that say their number: what comes behind them then keeps its own.
_EMPTY_ROW = re.compile(rb"<row (?=[^>]*\br=)[^>]*?(?:/>|>(?:<c [^>]*/>|<c [^>/]*></c>)*</row>)")
_UNCOUNTED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


def sheets_of(data: bytes, file: str) -> list[tuple[str, Rows]]:
    """Name and rows of every sheet; empty rows are left out, and each row keeps its number.

    Raises BadTable for formulas that were never computed, UnreadableFile for a locked or an old file, NotWhatItSays.
    """
    if data.startswith(_OLE):
        raise errors.UnreadableFile(reason=_why_old(data))
    light = _without_empty_rows(open_zip(data), data, file)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        # openpyxl warns of what it does not keep (validation, drop-down lists); we only read values.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(light), read_only=True, data_only=True)
            found = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
            book.close()
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError) as error:
            # SyntaxError is what the standard library's XML parser raises for a damaged part.
            raise errors.NotWhatItSays from error
    return found


def _why_old(data: bytes) -> str:
    if _LOCKED in data:
        return t("it is locked with a password; open it in Excel, take the password away and save it")
    return t("it is a file of an old Excel; open it and save it as .xlsx")


def _without_empty_rows(parts: Parts, data: bytes, file: str) -> bytes:
    """The workbook without rows that hold nothing but a layout, where a sheet is large; formulas are looked at on the way."""
    light: dict[str, bytes] = {}
    with parts.archive as archive:
        for member in archive.infolist():
            if not _SHEET.fullmatch(member.filename):
                continue
            if member.file_size > _MOST_SHEET:
                raise errors.TooLarge(size=megabytes(member.file_size), limit=megabytes(_MOST_SHEET))
            xml = _bytes_of(archive, member)
            _refuse_uncounted(xml, file)
            if member.file_size > LARGE:
                light[member.filename] = _EMPTY_ROW.sub(b"", xml)
        if not light:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as copy:
            for member in archive.infolist():
                copy.writestr(member.filename, light.get(member.filename) or _bytes_of(archive, member))
    return out.getvalue()


def _bytes_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    import zlib

    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise errors.NotWhatItSays from None


def _refuse_uncounted(xml: bytes, file: str) -> None:
    """Refuse cells with a formula that no program computed yet: reading them as empty would lose scores."""
    if b"<f" not in xml:
        return
    sentence = t(
        "this cell holds a formula without its result; open the file in Excel or LibreOffice, save it and try again"
    )
    found = [(int(each[2]), each[1].decode(), sentence) for each in _UNCOUNTED.finditer(xml)]
    if found:
        raise errors.BadTable(found, file=file)


def _rows(sheet: Worksheet) -> Iterator[tuple[int, list[str]]]:
    # A sheet that is only read can be told to look for itself: some programs write a wrong size into the file.
    forget_size = getattr(sheet, "reset_dimensions", None)
    if forget_size is not None:
        forget_size()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(value is not None for value in values):
            cells = [_cell_text(value) for value in values]
            if "".join(cells).strip():
                yield number, cells


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
