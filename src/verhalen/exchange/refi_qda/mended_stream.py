"""The XML of a project as a parser takes it: UTF-8 whatever it was, without the letters that XML has no place for.

Programs write a .qde by hand as often as with an XML library: a declaration of UTF-16 before UTF-8, a blank line before it,
a vertical tab out of Word, half an emoji as a number. None of these may cost somebody her project.
"""

from __future__ import annotations

import codecs
import re
from typing import IO

_CHUNK = 1 << 16
_HELD = 24
"""Letters that are held back where a number of a letter (`&#xD83D;&#xDE00;`) may go on in what comes next."""
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HALVES = re.compile(r"&#x([dD][89abAB][0-9a-fA-F]{2});&#x([dD][c-fC-F][0-9a-fA-F]{2});")
_NUMBER = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class MendedStream:
    """A stream of bytes to read from; each letter stays one letter, so places in texts do not shift."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        head = stream.read(_CHUNK)
        encoding, skipped = _encoding(head)
        errors = "verhalen.refi" if encoding == "utf-8" else "replace"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        text = self._decoder.decode(head[skipped:], final=not head)
        declaration = _DECLARATION.match(text)
        self._left = text[declaration.end() :] if declaration else text.lstrip()
        self._ready = b""
        self._is_done = False

    def read(self, size: int = -1) -> bytes:
        """Some bytes; all that is left where no size is said."""
        while not self._is_done and (size < 0 or len(self._ready) < size):
            self._more()
        wanted = len(self._ready) if size < 0 else size
        data, self._ready = self._ready[:wanted], self._ready[wanted:]
        return data

    def _more(self) -> None:
        data = self._stream.read(_CHUNK)
        self._is_done = not data
        text = self._left + self._decoder.decode(data, final=self._is_done)
        held = text.find("&", len(text) - _HELD) if len(text) > _HELD and not self._is_done else -1
        self._left = text[held:] if held >= 0 else ""
        self._ready += _mended(text[:held] if held >= 0 else text).encode("utf-8", "replace")


def _mended(text: str) -> str:
    text = _IMPOSSIBLE.sub(" ", text)
    if "&#" in text:
        text = _NUMBER.sub(_possible, _HALVES.sub(_joined, text))
    return text


def _joined(found: re.Match[str]) -> str:
    high, low = int(found[1], 16), int(found[2], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _possible(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    known = number <= 0x10FFFF and not _IMPOSSIBLE.match(chr(number))
    return found[0] if known else " "


def _encoding(head: bytes) -> tuple[str, int]:
    """How the letters are written, by the bytes and only then by what is said of them; and how many bytes say so."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    if head.startswith((b"<\x00", b"\x00<")):
        return "utf-16-le" if head[0] else "utf-16-be", 0
    found = _DECLARED.match(head)
    said = found[1].decode("ascii").lower() if found else "utf-8"
    try:
        name = codecs.lookup(said).name
        codecs.getincrementaldecoder(name)
        "".encode(name)
    except LookupError:
        return "utf-8", 0
    return ("utf-8" if name.startswith(("utf-16", "utf-32", "utf-7")) else name), 0


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 is most often one of Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("verhalen.refi", _as_windows)
