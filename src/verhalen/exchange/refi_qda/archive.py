"""A .qdpx archive, read member by member and never unpacked: nothing outside it is ever opened."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote

from verhalen import errors
from verhalen.exchange.refi_qda.mended_stream import MendedStream
from verhalen.i18n import t
from verhalen.readers.limits import LARGE, MAX_MEMBERS, MAX_PART, MAX_RATIO, MAX_TOTAL, megabytes
from verhalen.readers.opening import check_kind, why_not_opened

MAX_QDE = 1024 * 1024 * 1024
"""Of `project.qde`, unpacked: it is read as a stream. A hundred thousand codings are 50 MB."""
_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|\x00|(^|/)\.\.(/|$)")
_UTF8 = 0x800
"""The mark in an archive that a name is UTF-8."""
_SCHEME = re.compile(r"^\w+:/*")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError, struct.error,
)  # fmt: skip


class Archive:
    """An open archive that was checked."""

    def __init__(self, archive: zipfile.ZipFile | _Unpacked, file: str) -> None:
        self._archive = archive
        self._file = file
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > MAX_MEMBERS:
            raise errors.TooLarge(size=str(len(members)), limit=str(MAX_MEMBERS))
        inside = [each for each in members if not _OUTSIDE.search(_path(each))]
        self.outside = len(members) - len(inside)
        """Members whose names lead out of the archive; they are left alone."""
        self._by_name: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
        for each in inside:
            self._by_name[_plain(PurePosixPath(_path(each)).name)].append(each)
        self._read = 0
        self._qde = self._only_qde(inside)

    def _only_qde(self, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
        every = [each for each in members if _path(each).casefold().endswith(".qde") and not _is_of_mac(each)]
        # Who unpacks a project and packs it anew easily puts the old .qde among the texts.
        found = [each for each in every if PurePosixPath(_plain(_path(each))).parent.name != "sources"] or every
        self.among_texts = len(every) - len(found)
        if len(found) != 1:
            problem = (
                t("there is no .qde in it") if not found else t("there are {n} projects (.qde) in it", n=len(found))
            )
            raise errors.BadExchange(problem=problem)
        _check_ratio(found[0], limit=MAX_QDE)
        return found[0]

    @contextmanager
    def qde(self) -> Iterator[IO[bytes]]:
        """The project as a stream."""
        with self._translated(), self._archive.open(self._qde) as stream:
            # All that anybody asks of these is `read`.
            yield MendedStream(_Capped(stream, MAX_QDE))  # type: ignore[arg-type,misc]

    def read(self, reference: str) -> bytes | None:
        """The member that a path in the project means, whatever its capitals and folder; None where there is none."""
        member = self._member(reference)
        if member is None:
            return None
        _check_ratio(member, limit=MAX_PART)
        with self._translated(), self._archive.open(member) as stream:
            data = stream.read(MAX_PART + 1)
        self._read += len(data)
        if len(data) > MAX_PART or self._read > 2 * MAX_TOTAL:
            raise errors.TooLarge(size=megabytes(self._read), limit=megabytes(MAX_TOTAL))
        return data

    def _member(self, reference: str) -> zipfile.ZipInfo | None:
        """The member with as much of the path as is there; by its name alone else, since programs move their folders."""
        path = _SCHEME.sub("", reference).replace("\\", "/")
        for written in dict.fromkeys((path, unquote(path))):
            parts = [part for part in _plain(written).split("/") if part not in ("", ".", "..")]
            same = self._by_name.get(parts[-1], []) if parts else []
            if same:
                ends = "/" + "/".join(parts)
                return next((each for each in same if f"/{_plain(_path(each))}".endswith(ends)), same[0])
        return None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except errors.VerhalenError:
            raise
        except _BROKEN:
            raise errors.BadExchange(file=self._file, problem=t("the archive is damaged, or has a password")) from None


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a .qdpx. Raises BadExchange, TooLarge, NotWhatItSays, UnreadableFile; each names the file."""
    try:
        with why_not_opened():
            is_unpacked = path.is_dir() or path.suffix.lower() == ".qde"
            if is_unpacked:
                yield Archive(_Unpacked(path), path.name)
                return
            check_kind(path)
            stream = path.open("rb")
        with stream:
            try:
                archive = zipfile.ZipFile(stream)
            except _BROKEN:
                raise errors.NotWhatItSays from None
            with archive:
                yield Archive(archive, path.name)
    except errors.UnreadableFile as error:
        error.values = {"file": path.name, "suffix": path.suffix, **error.values}
        raise


class _Unpacked:
    """A project that somebody unpacked: its folder, or the .qde with the folder of its texts beside it."""

    def __init__(self, path: Path) -> None:
        files = sorted(path.rglob("*")) if path.is_dir() else [path, *_sources_beside(path)]
        self._root = path if path.is_dir() else path.parent
        self._files = [each for each in files if each.is_file() and not each.is_symlink()]

    def infolist(self) -> list[zipfile.ZipInfo]:
        """The files as members."""
        return [self._member(each) for each in self._files]

    def _member(self, file: Path) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(file.relative_to(self._root).as_posix())
        member.file_size = member.compress_size = file.stat().st_size
        return member

    def open(self, member: zipfile.ZipInfo) -> IO[bytes]:
        """One of them."""
        return (self._root / member.filename).open("rb")


def _sources_beside(qde: Path) -> Iterator[Path]:
    for each in sorted(qde.parent.iterdir()):
        if each.name.casefold() == "sources" and each.is_dir():
            yield from sorted(each.iterdir())


def _path(member: zipfile.ZipInfo) -> str:
    """The name with slashes (some programs for Windows write backslashes), and in UTF-8 where only the mark for that misses."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & _UTF8 or name.isascii():
        return name
    with suppress(UnicodeError):
        return name.encode("cp437").decode("utf-8")
    return name


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_of_mac(member: zipfile.ZipInfo) -> bool:
    return PurePosixPath(_path(member)).name.startswith("._") or _path(member).startswith("__MACOSX/")


def _check_ratio(member: zipfile.ZipInfo, *, limit: int) -> None:
    most = min(limit, max(LARGE, MAX_RATIO * member.compress_size))
    if member.file_size > most:
        raise errors.TooLarge(size=megabytes(member.file_size), limit=megabytes(most))


class _Capped(io.RawIOBase):
    """A stream that ends in an error where it is longer than it may be, whatever the archive says of its length."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1) -> bytes:
        """Some bytes."""
        data = self._stream.read(size if size >= 0 else 1 << 16)
        self._left -= len(data)
        if self._left < 0:
            raise errors.TooLarge(size=f"> {megabytes(MAX_QDE)}", limit=megabytes(MAX_QDE))
        return data
