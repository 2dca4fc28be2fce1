"""Projects of QualCoder and RQDA: which files they are, how they open, and what to do with them."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from verhalen import errors
from verhalen.exchange.foreign_discarded import DOCUMENTS
from verhalen.exchange.foreign_project import ForeignProject
from verhalen.exchange.foreign_report import TakenIn
from verhalen.exchange.foreign_storing import Progress, take_in
from verhalen.exchange.qualcoder import QualCoder, is_qualcoder
from verhalen.exchange.refi_qda.importing import check_options
from verhalen.exchange.refi_qda.outcome import Options
from verhalen.exchange.rqda import Rqda, is_rqda
from verhalen.i18n import t
from verhalen.model.text import normal_text
from verhalen.readers.limits import LARGE, MAX_RATIO, megabytes
from verhalen.readers.opening import check_kind, why_not_opened
from verhalen.store.other_file import OtherFile, open_other
from verhalen.store.project import ProjectFile

_DATABASE = "data.qda"
"""The file in the folder of a QualCoder project that holds everything but the originals."""
MAX_DATABASE = 1024 * 1024 * 1024
"""Bytes of a database, unpacked. A hundred thousand codings are 50 MB."""


def import_project(
    project: ProjectFile, path: Path, options: Options | None = None, *, on_progress: Progress | None = None
) -> TakenIn:
    """Take a project in, in one change. Raises UnreadableFile and its kinds (BadExchange, LockedFile, TooLarge); each names it."""
    file, options = normal_text(path.name), options or Options()
    check_options(options)
    try:
        with _database(path, file) as database, open_other(database, file=file) as other:
            reader = _reader(other, file)
            reader.left_out.add(DOCUMENTS, _documents(path))
            return take_in(project, reader, options, file=file, on_progress=on_progress)
    except errors.UnreadableFile as error:
        error.values = {"file": file, "suffix": path.suffix.lower(), **error.values}
        raise


def _reader(other: OtherFile, file: str) -> ForeignProject:
    if is_qualcoder(other):
        return QualCoder(other)
    if is_rqda(other):
        return Rqda(other)
    raise errors.BadExchange(file=file, problem=t("it is a database, but not one of QualCoder or RQDA"))


@contextmanager
def _database(path: Path, file: str) -> Iterator[Path]:
    """The SQLite file of a project: in its folder, in its archive, or the file itself."""
    with why_not_opened():
        inside = _in_folder(path) if path.is_dir() else path
    if inside is None:
        raise errors.BadExchange(file=file, problem=t("there is no data.qda in this folder"))
    with why_not_opened():
        check_kind(inside)
        if inside.stat().st_size > MAX_DATABASE:
            raise errors.TooLarge(size=megabytes(inside.stat().st_size), limit=megabytes(MAX_DATABASE))
        is_archive = zipfile.is_zipfile(inside) and not _is_database(inside)
    if not is_archive:
        yield inside
        return
    with tempfile.TemporaryDirectory(prefix="verhalen-") as folder:
        yield _unpacked(inside, Path(folder) / _DATABASE, file)


def _in_folder(path: Path) -> Path | None:
    """The database of a folder, whatever its capitals."""
    return next((each for each in sorted(path.iterdir()) if each.name.casefold() == _DATABASE), None)


def _documents(path: Path) -> int:
    """How many files of texts lie in a folder of QualCoder."""
    folder = path / "documents"
    return sum(1 for each in folder.iterdir() if each.is_file()) if folder.is_dir() else 0


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(6) == b"SQLite"


def _unpacked(path: Path, target: Path, file: str) -> Path:
    """The one database in an archive, and nothing else of it. Raises BadExchange, TooLarge."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [each for each in archive.infolist() if _is_member(each)]
            if len(found) != 1:
                problem = t("there are {n} files data.qda in the archive; give one project", n=len(found))
                raise errors.BadExchange(file=file, problem=problem)
            most = min(MAX_DATABASE, max(LARGE, MAX_RATIO * found[0].compress_size))
            if found[0].file_size > most:
                raise errors.TooLarge(size=megabytes(found[0].file_size), limit=megabytes(most))
            with archive.open(found[0]) as stream, target.open("wb") as copy:
                shutil.copyfileobj(stream, copy)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        problem = t("the archive is damaged, or has a password")
        raise errors.BadExchange(file=file, problem=problem) from None
    return target


def _is_member(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_of_mac = path.name.startswith("._") or "__MACOSX" in path.parts
    return path.name.casefold() == _DATABASE and not is_of_mac
