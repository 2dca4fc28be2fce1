"""A Word file as a whole: opened from a template, its properties, written whole or not at all, the same every time."""

from __future__ import annotations

import datetime
import hashlib
import io
import shutil
import zipfile
from pathlib import Path

from docx.document import Document

from verhalen.errors import CannotWrite, why_not_written
from verhalen.i18n import t
from verhalen.report.docx_template import plain
from verhalen.store.whole_file import write_whole

AUTHOR = "verhalen"
_BODY = "word/document.xml"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def open_document(*, language: str) -> Document:
    """An empty document in our own house style."""
    return plain(language).document


def set_properties(document: Document, *, title: str, language: str, today: datetime.date) -> None:
    """Set the document's properties; nobody's name is in them, not even that of who made the template."""
    properties = document.core_properties
    made = datetime.datetime.combine(today, datetime.time(12), tzinfo=datetime.UTC)
    properties.title, properties.language = title, language
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = made
    properties.revision = 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""


def refuse_open(path: Path) -> None:
    """Raise CannotWrite where Word or LibreOffice holds the file: elsewhere than on Windows it could be written all the same."""
    name = path.name
    # Word drops up to two letters of a longer name.
    for lock in (*(f"~${name[dropped:]}" for dropped in range(3)), f".~lock.{name}#"):
        if path.with_name(lock).exists():
            reason = t(
                "it is open in Word or LibreOffice. Close it there; is it not, then remove the file {lock}", lock=lock
            )
            raise CannotWrite(file=name, reason=reason)


def save(document: Document, path: Path) -> Path | None:
    """Write the file whole or not at all; raise CannotWrite with the reason.

    What somebody wrote in the file of before is put beside it first; gives where.
    """
    content = _packed(document)
    refuse_open(path)
    try:
        kept = keep_edited(path)
    except OSError as error:
        raise CannotWrite(file=path.name, reason=why_not_written(error)) from error
    try:
        put(content, path)
    except CannotWrite:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    return kept


def put(content: bytes, path: Path) -> None:
    """Write the bytes of a Word file, whole or not at all; raise CannotWrite with the reason."""
    refuse_open(path)
    write_whole(path, content)


def keep_edited(path: Path) -> Path | None:
    """Put a Word file that was changed since we wrote it beside itself, as `NAME.vorige.docx`; None where there is nothing to keep."""
    if not path.is_file() or _is_as_written(path):
        return None
    number, other = 2, path.with_name(f"{path.stem}.vorige{path.suffix}")
    while other.exists():
        number, other = number + 1, path.with_name(f"{path.stem}.vorige-{number}{path.suffix}")
    shutil.copy2(path, other)
    return other


def _is_as_written(path: Path) -> bool:
    """Whether nobody saved the file since: our mark stands in it, and fits its words. Word and LibreOffice drop the mark."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.comment == _mark(package.read(_BODY))
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _mark(body: bytes) -> bytes:
    return b"verhalen " + hashlib.sha256(body).hexdigest().encode()


def _packed(document: Document) -> bytes:
    """The bytes of the file, with one fixed time in place of the clock: the same blocks give the same bytes."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
        new.comment = _mark(old.read(_BODY))
    return made.getvalue()
