"""Bytes to text: what the encoding is, how sure we are, and what did not fit."""

from __future__ import annotations

import codecs
import re

from verhalen.errors import NotWhatItSays
from verhalen.i18n import mark
from verhalen.model.text import normal_text
from verhalen.readers.content import Tally, compose

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = (
    b"%PDF", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"ID3",
    b"RIFF", b"OggS", b"\x1f\x8b", b"SQLite format 3",
)  # fmt: skip
_ESCAPED = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffd]")
_LINE_END = re.compile("\r\n?|\n")
_SAMPLE = 8192

GUESSED_UTF16 = mark(
    "The file does not say how its letters are stored; UTF-16 fits. Look whether the accents are right."
)
GUESSED_CP1252 = mark(
    "The file is not stored as UTF-8; it was read as older Windows text (cp1252). Look whether the accents are right."
)
MIXED = mark("Some letters were stored in the older Windows way amid UTF-8; look at them ({n}×; line {places}).")
UNDECODED = mark("Some bytes stand for no letter; each became \ufffd ({n}×; line {places}).")
HALF = mark("The file ends in the middle of a letter; that half letter was left out.")
NULS = mark("Empty characters (NUL) were left out ({n}×; line {places}).")
SURROGATES = mark("Halves of characters that miss their other half became \ufffd ({n}×; line {places}).")
COMPOSED = mark("Letters with loose accents became one character each; they look the same ({n}×; line {places}).")


def read_text(data: bytes, tally: Tally) -> str:
    """The text of `data` in normal form. Raises NotWhatItSays for what is no text."""
    if data.lstrip()[:16].startswith(_NOT_TEXT):
        raise NotWhatItSays
    raw = _decode(data, tally)
    sample = raw[:_SAMPLE]
    if len(sample) >= 64 and len(_CONTROL.findall(sample)) * 10 > len(sample):
        raise NotWhatItSays
    return _settle(raw, tally)


def _settle(raw: str, tally: Tally) -> str:
    """Normal form, with a count of what that changed. Line ends and the byte order mark go without a word."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    _count(text, re.compile("\x00"), NULS, tally)
    _count(text, _SURROGATE, SURROGATES, tally)
    text = _SURROGATE.sub("\ufffd", text.replace("\x00", "")).lstrip("\ufeff")
    settled = compose(text)
    if settled != text:
        for number, (before, after) in enumerate(zip(text.split("\n"), settled.split("\n"), strict=True), 1):
            if before != after:
                tally.add(COMPOSED, number)
    return normal_text(settled)


def _decode(data: bytes, tally: Tally) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return _utf8(data[3:], tally)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _wide(data[len(bom) :], encoding, tally)
    encoding = _wide_by_evidence(data)
    if encoding:
        tally.add(GUESSED_UTF16, None)
        return _wide(data, encoding, tally)
    return _utf8(data, tally)


def _wide_by_evidence(data: bytes) -> str:
    """UTF-16 without a mark: in Western text every other byte is zero, always on the same side."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 10 < len(sample) // 2 or len(sample) < 4:
        return ""
    if even * 10 < odd:
        return "utf-16-le"
    return "utf-16-be" if odd * 10 < even else ""


def _wide(data: bytes, encoding: str, tally: Tally) -> str:
    unit = 4 if "32" in encoding else 2
    if len(data) % unit:
        tally.add(HALF, None)
        data = data[: -(len(data) % unit)]
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        _count(text, re.compile("\ufffd"), UNDECODED, tally)
        return text


def _utf8(data: bytes, tally: Tally) -> str:
    for errors in ("strict", "surrogatepass"):
        try:
            text = data.decode("utf-8", errors)
        except UnicodeDecodeError:
            continue
        # Old Java and databases write an emoji as two halves: a tour through UTF-16 joins them.
        return text if errors == "strict" else text.encode("utf-16-le", errors).decode("utf-16-le", errors)
    text = data.decode("utf-8", "surrogateescape")
    odd = len(_ESCAPED.findall(text))
    beyond_ascii = sum(map(len, re.findall("[^\x00-\x7f]+", text)))
    if beyond_ascii - odd > odd:
        _count(text, _ESCAPED, MIXED, tally)
        return _ESCAPED.sub(_old_letter, text)
    return _cp1252(data, tally)


def _old_letter(match: re.Match[str]) -> str:
    return match.group().encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _cp1252(data: bytes, tally: Tally) -> str:
    first = re.search(rb"[\x80-\xff]", data)
    before = data[: first.start()] if first else b""
    text = data.decode("cp1252", "replace")
    # Counted in the text, where line ends of every kind are the same.
    lines = text[: len(before)].replace("\r\n", "\n").replace("\r", "\n").count("\n")
    tally.add(GUESSED_CP1252, lines + 1)
    _count(text, re.compile("\ufffd"), UNDECODED, tally)
    return text


def _count(text: str, pattern: re.Pattern[str], message: str, tally: Tally) -> None:
    """Count each match with the line where it stands."""
    line = 1
    last = 0
    for match in pattern.finditer(text):
        line += len(_LINE_END.findall(text, last, match.start()))
        last = match.start()
        tally.add(message, line)
