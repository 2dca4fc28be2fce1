"""All text that the bytes of any file hold: inside archives, between marks, in whatever encoding."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator

from verhalen.readers.again import text_again

_DEPTH = 3
_PART = 64 * 1024 * 1024
_TOTAL = 400 * 1024 * 1024
_MEMBERS = 5000
_BLOCK_ENDS = re.compile(
    r"<(?:/(?:[\w-]+:)?(?:p|h|tr|tc|td|th|li|div|si|c|row|title|text|tspan|creator|lastModifiedBy)"
    r"|(?:[\w-]+:)?(?:br|tab|cr|line-break|s))\b[^>]*>"
)
_MARK = re.compile(r"<[^<>]*>")
_REMARK = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_RTF_BYTE = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_LETTER = re.compile(r"\\u(-?\d{1,6}) ?\??")
_RTF_WORD = re.compile(r"\\[a-zA-Z]+-?\d* ?|[{}]")


def texts_in(data: bytes, *, depth: int = 0) -> Iterator[str]:
    """Every text that is found in the bytes; nothing for bytes that hold none."""
    if data.startswith(b"PK\x03\x04"):
        yield from _in_archive(data, depth)
    elif data.startswith(b"%PDF"):
        yield text_again(data, ".pdf")
    elif data.lstrip()[:5] == b"{\\rtf":
        yield text_again(data, ".rtf") or _rtf(data)
    elif (text := decoded(data)) is not None:
        yield from texts_of(text)


def is_text(data: bytes) -> bool:
    """Whether `texts_in` can see what is in the bytes; it cannot in sound, pictures and databases."""
    known = data.startswith((b"PK\x03\x04", b"%PDF")) or data.lstrip()[:5] == b"{\\rtf"
    return known or decoded(data) is not None


def decoded(data: bytes) -> str | None:
    """As text, whatever the encoding; None where it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.count(0):
        # Latin letters in UTF-16 without its mark: a nought behind nearly every one, and none before.
        is_wide = data[1::2].count(0) > len(data) // 4 and data[::2].count(0) * 50 <= len(data)
        return data.decode("utf-16-le", "replace") if is_wide else None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        controls = sum(data.count(each) for each in (*range(1, 9), *range(14, 27)))
        return data.decode("cp1252", "replace") if controls * 200 < len(data) else None


def texts_of(text: str) -> Iterator[str]:
    """A text, and what is written in it another way: JSON, XML, HTML."""
    head = text.lstrip("\ufeff \t\r\n")[:1]
    if head in ("{", "["):
        yield from _json(text)
    elif head == "<":
        yield from _marked_up(text)
    else:
        yield text


def _json(text: str) -> Iterator[str]:
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        yield text
        return
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif each is not None:
            yield str(each)


def _marked_up(text: str) -> Iterator[str]:
    """The words without their marks, a word that is cut by marks made whole; and what the marks themselves say."""
    yield html.unescape(_MARK.sub("", _BLOCK_ENDS.sub("\n", text)))
    yield "\n".join(html.unescape(one or other) for one, other in _ATTRIBUTE.findall(text))
    yield "\n".join(_REMARK.findall(text))


def _rtf(data: bytes) -> str:
    text = _RTF_BYTE.sub(
        lambda found: bytes.fromhex(found[1]).decode("cp1252", "replace"), data.decode("cp1252", "replace")
    )
    text = _RTF_LETTER.sub(lambda found: chr(int(found[1]) % 0x10000), text)
    return _RTF_WORD.sub("", text)


def _in_archive(data: bytes, depth: int) -> Iterator[str]:
    """Every part, and its name. What would explode or cannot be opened is left; parts are read within bounds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()[:_MEMBERS]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    left = _TOTAL
    for member in members:
        yield member.filename
        part = _part(archive, member, min(left, _PART))
        left -= len(part)
        if depth < _DEPTH and left > 0:
            yield from texts_in(part, depth=depth + 1)


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return b""
