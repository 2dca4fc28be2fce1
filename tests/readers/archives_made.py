"""ZIP archives for tests, made in code: honest ones, and ones that lie about what is in them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

TALK = "Anna: dag\nBert: ook goeiedag\n"


def zipped(path: Path, members: list[tuple[str | zipfile.ZipInfo, str | bytes]]) -> Path:
    """An archive of these members, in this order; names may occur twice."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)
    return path


def with_raw_name(path: Path, name: bytes, *, flags: int = 0) -> Path:
    """An archive with one text under a name of exactly these bytes."""
    stand_in = "n" * len(name)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(stand_in, TALK)
    data = bytearray(stream.getvalue().replace(stand_in.encode(), name))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + place, flags)
    path.write_bytes(data)
    return path


def with_fields(path: Path, name: str, content: bytes, *, flags: int | None = None, method: int | None = None) -> Path:
    """An archive with one member whose headers say something else than what it is."""
    zipped(path, [(name, content)])
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark) + place
        if flags is not None:
            struct.pack_into("<H", data, start, flags)
        if method is not None:
            struct.pack_into("<H", data, start + 2, method)
    path.write_bytes(data)
    return path


def with_declared_size(path: Path, name: str, content: bytes, *, size: int) -> Path:
    """An archive that says another unpacked size than the true one."""
    zipped(path, [(name, content)])
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x03\x04") + 22, size)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, size)
    path.write_bytes(data)
    return path


def overlapping(path: Path, *, times: int, size: int) -> Path:
    """One lump of packed zeros to which many members point: small on disk, without end when unpacked."""
    zipped(path, [("a0000.txt", b"a" * size)])
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entries = b"".join(data[start:end].replace(b"a0000", f"a{number:04}".encode()) for number in range(times))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entries), start, 0)
    path.write_bytes(data[:start] + entries + tail)
    return path
