"""ZIP archives of texts: list what is in them and read one member at a time, in memory. Nothing is ever written to disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verhalen.errors import BrokenArchive, PackedFile, SystemFile, TooLarge, TooManyFiles, UnreadableFile
from verhalen.i18n import t
from verhalen.readers import KNOWN_SUFFIXES, suffix_of, unknown_format
from verhalen.readers.limits import LARGE, MAX_BYTES, MAX_MEMBERS, MAX_RATIO, megabytes
from verhalen.readers.naming import is_system_name, shown
from verhalen.readers.opening import check_kind, why_not_opened

PACKED_SUFFIXES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip")
"""Archives: inside an archive we open none, in a folder only .zip."""
_MAX_DIRECTORY = 4 * 1024 * 1024
"""Bytes of the list of members that we let in, and of any other single read."""
_MAX_UNPACKED = 100 * 1024 * 1024
"""Of all members that we would read together, unless the archive itself is large: people zip texts, not repetitions."""
_PIECE = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Windows, macOS and browsers write. The others can ask for gigabytes before the first letter."""
_IN_UTF8, _ENCRYPTED, _STRONGLY_ENCRYPTED, _HIDDEN_NAMES = 0x800, 0x1, 0x40, 0x2000
"""Flags of a member."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, KeyError, IndexError, OverflowError, struct.error,
)  # fmt: skip
"""All that zipfile raises on bytes that are no ZIP file."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    index: int
    """Its place in the list of the archive: names may occur twice."""
    parts: tuple[str, ...]
    """Folders and name, as they can be shown."""
    checksum: int
    """CRC-32 by which we see that the archive is still the one that was listed."""

    @property
    def name(self) -> str:
        """The name of the file alone."""
        return self.parts[-1]


def other_archive(suffix: str) -> PackedFile | None:
    """The way out for an archive that is no .zip; None for all else."""
    if suffix == ".zip" or suffix not in PACKED_SUFFIXES:
        return None
    return PackedFile(reason=t("it is an archive of a kind that is not read here"))


def list_members(path: Path) -> tuple[list[Member], list[tuple[tuple[str, ...], UnreadableFile]]]:
    """The files in an archive that can be read, and the others by their parts with what is wrong; folders are not named.

    Raises UnreadableFile and its kinds for the archive as a whole; who calls adds its name.
    """
    members: list[Member] = []
    refused: list[tuple[tuple[str, ...], UnreadableFile]] = []
    unpacked = 0
    with _opened(path) as archive:
        found = archive.infolist()
        if len(found) > MAX_MEMBERS:
            raise TooManyFiles(limit=MAX_MEMBERS)
        names = [_real_name(info) for info in found]
        times = Counter(names)
        for index, (info, name) in enumerate(zip(found, names, strict=True)):
            if name.endswith("/"):
                continue
            parts = tuple(shown(part) for part in name.split("/") if part) or ("?",)
            error = _refusal(info, name, parts=parts, twice=times[name] > 1)
            if error is not None:
                refused.append((parts, error))
                continue
            members.append(Member(index, parts, info.CRC))
            unpacked += info.file_size
        _check_total(unpacked, packed=path.stat().st_size)
    return members, refused


def read_member(path: Path, member: Member) -> bytes:
    """The bytes of one member. Raises UnreadableFile and its kinds; who calls adds the name."""
    with _opened(path) as archive:
        found = archive.infolist()
        if member.index >= len(found) or member.checksum != found[member.index].CRC:
            raise UnreadableFile(reason=t("the archive was changed in the meantime; import it again"))
        pieces, size = [], 0
        with archive.open(found[member.index]) as stream:
            while size <= MAX_BYTES and (piece := stream.read(_PIECE)):
                pieces.append(piece)
                size += len(piece)
    if size > MAX_BYTES:
        raise TooLarge(size=megabytes(size), limit=megabytes(MAX_BYTES))
    return b"".join(pieces)


class _Bounded(io.BufferedReader):
    """A file of which no header can make us take in more than `_MAX_DIRECTORY` at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(_MAX_DIRECTORY + 1 if size is None or not 0 <= size <= _MAX_DIRECTORY else size)
        if len(data) > _MAX_DIRECTORY:
            raise TooManyFiles(limit=MAX_MEMBERS)
        return data


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive on disk, opened anew for each member: no handle stays open while a person reviews a text."""
    with why_not_opened():
        check_kind(path)
        stream = _Bounded(io.FileIO(path))
    with stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                yield archive
        except _BROKEN:
            raise BrokenArchive from None


def _check_total(unpacked: int, *, packed: int) -> None:
    """Refuse an archive of which so much would come out that it can only be a trick; both in bytes."""
    limit = max(_MAX_UNPACKED, MAX_RATIO * packed)
    if unpacked > limit:
        raise TooLarge(size=megabytes(unpacked), limit=megabytes(limit))


def _refusal(info: zipfile.ZipInfo, name: str, *, parts: Sequence[str], twice: bool) -> UnreadableFile | None:
    """Why we do not read this member, or None where we do."""
    if any(is_system_name(part) for part in name.split("/") if part not in ("", ".", "..")):
        return SystemFile()
    suffix = suffix_of(parts[-1])
    if suffix in PACKED_SUFFIXES:
        return PackedFile(reason=t("it is an archive inside an archive"))
    if suffix not in KNOWN_SUFFIXES:
        return unknown_format()
    reason = _trick(info, name) or (t("the archive holds several files of this name") if twice else "")
    if info.flag_bits & (_ENCRYPTED | _STRONGLY_ENCRYPTED | _HIDDEN_NAMES):
        reason = t("it has a password")
    if not reason and info.compress_type not in _METHODS:
        reason = t("it is packed in a way that is not read here")
    return PackedFile(reason=reason) if reason else _explosion(info)


def _trick(info: zipfile.ZipInfo, name: str) -> str:
    """What is odd about the name or kind of a member. Nothing is unpacked to disk, yet such an archive wants a look first."""
    mode = info.external_attr >> 16
    if "\x00" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return t("its name points to a place outside the archive")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return t("it is not an ordinary file but a link or a device")
    return ""


def _explosion(info: zipfile.ZipInfo) -> UnreadableFile | None:
    """TooLarge by what the archive says itself; zipfile never gives more bytes than that."""
    limit = min(MAX_BYTES, max(LARGE, MAX_RATIO * info.compress_size))
    return TooLarge(size=megabytes(info.file_size), limit=megabytes(limit)) if info.file_size > limit else None


def _real_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker saw it, with `/` between folders."""
    name = info.orig_filename
    if not info.flag_bits & _IN_UTF8:
        name = _decoded(name.encode("cp437"))
    # Windows programs of old write their own separator; zipfile would show it as part of the name.
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    """A name of which the archive does not say the encoding; zipfile takes it for American MS-DOS.

    macOS writes UTF-8 without saying so; Windows the code page of MS-DOS, 850 in our countries, and some programs
    there the one of Windows itself. Accented small letters lie below 0xC0 in the former, above it in the latter.
    """
    high = [byte for byte in raw if byte >= 0x80]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252" if min(high) >= 0xC0 else "cp850")
