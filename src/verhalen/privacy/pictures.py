"""Take out of a photo, drawing or sound what it says beside itself: where it was made, with which telephone, by whom.

The picture is copied part by part and never decoded, so that it stays as sharp as it was. Sources: ITU T.81 annex B (JPEG), Exif
2.3 (tag 0x0112, orientation), W3C PNG 3rd edition section 11, RIFF container of WebP and WAVE, ID3v2.4 section 3.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".mp3", ".wav", ".ogg", ".opus", ".pdf")
"""What may be attached."""
UNTOUCHED = (".ogg", ".opus", ".pdf")
"""Kinds that are kept as they are: what they say beside themselves is not taken out."""


class NotThatKind(Exception):
    """The bytes are not what the suffix promises, or end too early."""


def without_traces(data: bytes, suffix: str) -> bytes:
    """The same picture or sound without place, time, device and names. Raises NotThatKind; `suffix` is one of SUFFIXES."""
    try:
        return _CLEANERS[suffix](data)
    except (IndexError, struct.error) as error:
        raise NotThatKind from error


# -- JPEG --------------------------------------------------------------------------------------------------------------

_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length: TEM, RST0-7, SOI."""
_KEPT = {0xE0, 0xEE}
"""Application segments that belong to the picture: JFIF, and Adobe's (colours)."""


def _jpeg(data: bytes) -> bytes:
    if not data.startswith(b"\xff\xd8\xff"):
        raise NotThatKind
    kept, turned = [], 1
    for marker, part in _jpeg_parts(data):
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            turned = _orientation(part[10:]) or turned
        if marker in range(0xE0, 0xF0) or marker == 0xFE:
            is_profile = marker == 0xE2 and part[4:16] == b"ICC_PROFILE\0"
            if marker not in _KEPT and not is_profile:
                continue
        kept.append(part)
    if turned != 1:
        # A telephone writes on which side the picture lies, and turns nothing itself: without it, it would lie down.
        kept.insert(1, _turned(turned))
    return b"".join(kept)


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; what stands behind it (a film, a second picture) is left."""
    yield 0xD8, data[:2]
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise NotThatKind
        marker = data[at + 1]
        if marker == 0xD9:
            yield marker, data[at : at + 2]
            return
        stop = at + 2 if marker in _ALONE else at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if stop > len(data):
            raise NotThatKind
        if marker == 0xDA:
            stop = _end_of_scan(data, stop)
        yield marker, data[at:stop]
        at = stop


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker begins that does not belong to the coded picture itself."""
    while True:
        at = data.index(0xFF, at) if 0xFF in data[at:] else len(data)
        if at + 1 >= len(data):
            raise NotThatKind
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """On which side the picture lies, 1-8; 0 where Exif does not say or cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order:
        return 0
    try:
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for entry in range(min(struct.unpack_from(f"{order}H", tiff, first)[0], 500)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * entry)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 0
    except struct.error:
        pass
    return 0


def _turned(orientation: int) -> bytes:
    """An Exif segment that says nothing but on which side the picture lies."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


# -- PNG ---------------------------------------------------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"),
    *(b"cICP", b"acTL", b"fcTL", b"fdAT"),
}


def _png(data: bytes) -> bytes:
    if not data.startswith(_PNG):
        raise NotThatKind
    kept, at = [_PNG], len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        stop = at + 12 + length
        if stop > len(data):
            raise NotThatKind
        if kind in _CHUNKS:
            kept.append(data[at:stop])
        at = stop
        if kind == b"IEND":
            return b"".join(kept)


# -- RIFF: WebP and WAVE -----------------------------------------------------------------------------------------------

_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WAVE = {b"fmt ", b"data", b"fact"}
_XMP_AND_EXIF = 0x0C
"""Flags of VP8X that announce them."""


def _webp(data: bytes) -> bytes:
    return _riff(data, b"WEBP", _WEBP)


def _wav(data: bytes) -> bytes:
    return _riff(data, b"WAVE", _WAVE)


def _riff(data: bytes, form: bytes, wanted: set[bytes]) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != form:
        raise NotThatKind
    data = data[: 8 + struct.unpack_from("<I", data, 4)[0]]
    kept, at = [], 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        stop = at + 8 + length + length % 2
        if stop > len(data) + 1:
            raise NotThatKind
        part = data[at:stop]
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_XMP_AND_EXIF]) + part[9:]
        if kind in wanted:
            kept.append(part + b"\0" * (len(part) % 2))
        at = stop
    if not kept:
        raise NotThatKind
    body = form + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# -- MP3, and what is kept as it is ------------------------------------------------------------------------------------


def _mp3(data: bytes) -> bytes:
    """Without the tags before and behind the sound."""
    while data[:3] == b"ID3":
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    if data[-32:-24] == b"APETAGEX":
        data = data[: -32 - struct.unpack_from("<I", data, len(data) - 20)[0]]
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        raise NotThatKind
    return data


def _begins(with_: bytes) -> Callable[[bytes], bytes]:
    def same(data: bytes) -> bytes:
        if not data.startswith(with_):
            raise NotThatKind
        return data

    return same


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".png": _png,
    ".webp": _webp,
    ".mp3": _mp3,
    ".wav": _wav,
    ".ogg": _begins(b"OggS"),
    ".opus": _begins(b"OggS"),
    ".pdf": _begins(b"%PDF"),
}
