"""Which letters the bytes of an RTF file stand for: code pages, fonts with an alphabet of their own, special characters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_SYMBOLS = 2
"""The charset of picture fonts."""
_CHARSETS = {
    0: 1252, 77: 10000, 78: 932, 79: 936, 80: 949, 81: 950, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253,
    162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
"""Charset of a font to code page."""
_NAMED = {
    708: "iso8859_6", 936: "gbk", 1361: "johab", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic",
    10029: "mac_latin2", 10081: "mac_turkish", 65001: "utf-8",
}  # fmt: skip
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)")
_CHARSET, _PAGE = re.compile(r"\\fcharset(\d{1,3})"), re.compile(r"\\cpg(\d{1,5})")
_MARKS = re.compile(r"\{[^{}]*\}|\\[A-Za-z]+-?\d* ?|\\'[0-9A-Fa-f]{2}|[{}\r\n]")

SPECIAL = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "zwnbo": "\u2060", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
"""Control words that are a character."""
SIGNS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
"""Control symbols that are a character."""


def codec(page: int) -> str:
    """The name in Python of a code page; the one of Western Windows where there is none."""
    name = _NAMED.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


@dataclass(frozen=True, slots=True)
class Font:
    """What a font says about the bytes in it."""

    name: str
    codec: str
    """Empty: that of the document."""
    pictures: bool


def read_fonts(table: str) -> dict[int, Font]:
    """The fonts by number, from the inside of a `fonttbl` group."""
    parts = _FONT.split(table)
    return {int(number): _font(words) for number, words in zip(parts[1::2], parts[2::2], strict=False)}


def _font(words: str) -> Font:
    charset, page = _CHARSET.search(words), _PAGE.search(words)
    number = int(charset[1]) if charset else 1
    found = int(page[1]) if page else _CHARSETS.get(number, 0)
    # A name is short; whatever is long is no name.
    name = _MARKS.sub("", _MARKS.sub("", words[:500])).split(";")[0].strip()
    return Font(name, codec(found) if found else "", number == _SYMBOLS)
