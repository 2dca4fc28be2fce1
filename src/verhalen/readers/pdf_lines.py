"""The lines of one page as PDFium tells them: words, places, bold, in a process of its own (see `pdf_worker`)."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

LABEL_REACH = 120
"""Bold letters matter near the beginning of a line only, where a name may stand; characters."""
_COLUMN_REACH = 40
_LOOSE_HYPHENS = (" -", " \u2010", " \xad")
_CLOSE = 0.2
"""Less white than a blank takes; in sizes of the letter."""
_GAP = 1.2
"""A wider gap behind a name is a tab or the next cell of a table; in sizes of the letter."""
_IN_NAME = re.compile(r"[^\W\d_a-z]|(?:van|de|den|der|ten|ter|te|el|la)\b")
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
_BLANK, _SPACE = 2.0, 32
"""White that a blank takes at least, points; and the blank itself."""
_FORCED_BOLD = 1 << 18
_BOLD = (b"bold", b"black", b"heavy", b"demi")
HYPHEN = "\x02"
"""Stands at the end of a line for the hyphen that PDFium took away there."""
_MARK = re.compile("[\x02\ufffe]")
"""What PDFium puts there, over the years; it may also be a letter that the file does not explain."""


class Lines:
    """PDFium, and the places where it writes its answers."""

    def __init__(self, pdfium: Any) -> None:
        self.pdfium = pdfium
        self.box, self.matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.to_box, self.to_matrix = ctypes.byref(self.box), ctypes.byref(self.matrix)
        self.name, self.flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self.bold_names: dict[bytes, bool] = {}
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.to_flags, self.to_x, self.to_y = ctypes.byref(self.flags), ctypes.byref(self.x), ctypes.byref(self.y)
        self.red, self.green, self.blue, self.alpha = (ctypes.c_uint() for _ in range(4))
        self.to_colour = tuple(ctypes.byref(part) for part in (self.red, self.green, self.blue, self.alpha))

    def of(self, text: Any, turned: int) -> list[list[Any]]:
        """All lines of a page that is shown turned by so many quarters."""
        return [self.line(text, *place, turned=turned) for place in self.rows(text)]

    def rows(self, text: Any) -> Iterator[tuple[str, int, int]]:
        """Words of each line and its first and last character. PDFium ends lines with CR LF, or a mark for a hyphen."""
        count = self.pdfium.FPDFText_CountChars(text)
        if count <= 0:
            return
        room = (ctypes.c_ushort * (2 * count + 1))()
        size = max(1, self.pdfium.FPDFText_GetText(text, 0, count, room)) - 1
        words = _joined(ctypes.string_at(room, 2 * size))
        # PDFium counts in halves of UTF-16, so a text with emoji is cut up in halves too.
        halves = len(words) < size
        words = "".join(map(chr, room[:size])) if halves else words
        even = size == count
        if _MARK.search(words):
            words = _MARK.sub(
                lambda found: self.mark(text, found.start() if even else self.place(text, found.start())), words
            )
        at = 0
        for line in words.split("\r\n"):
            for row in line.split(HYPHEN):
                kept = row.strip(" ")
                hyphen = HYPHEN * words.startswith(HYPHEN, at + len(row))
                if kept:
                    first = at + row.index(kept)
                    last = first + len(kept) - 1
                    if not even:
                        first, last = self.place(text, first), self.place(text, last)
                    if halves:
                        kept = _joined(kept.encode("utf-16-le", "surrogatepass"))
                    yield kept + hyphen, first, last
                at += len(row) + 1
            at += 1

    def mark(self, text: Any, at: int) -> str:
        """A hyphen or an unknown letter."""
        return HYPHEN if self.pdfium.FPDFText_IsHyphen(text, at) == 1 else "\ufffd"

    def place(self, text: Any, at: int) -> int:
        """The character of the page at a position in its text: some characters are no text."""
        return max(0, int(self.pdfium.FPDFText_GetCharIndexFromTextIndex(text, at)))

    def line(self, text: Any, words: str, first: int, last: int, *, turned: int) -> list[Any]:
        """Words; left, base line, right, size in points; where bold begins and ends; whether it is white."""
        pdfium = self.pdfium
        if _EMOJI.search(words) and not turned:
            words, first, last = self.from_left(text, words, first, last)
        pdfium.FPDFText_GetCharOrigin(text, first, self.to_x, self.to_y)
        pdfium.FPDFText_GetMatrix(text, first, self.to_matrix)
        size = pdfium.FPDFText_GetFontSize(text, first) * max(abs(self.matrix.d), abs(self.matrix.b))
        pdfium.FPDFText_GetLooseCharBox(text, last, self.to_box)
        pdfium.FPDFText_GetFillColor(text, first, *self.to_colour)
        white = self.red.value == self.green.value == self.blue.value == 255
        left, base, right = self.x.value, self.y.value, self.box.right
        if turned:
            left, base, right = _upright(left, base, self.box, turned)
        if words.endswith(_LOOSE_HYPHENS):
            words = self.with_hyphen(text, words, last, size)
        bold = self.bold(text, words, first)
        if words[0].isupper() and ":" not in words[:_COLUMN_REACH]:
            words = self.with_tab(text, words, first, size)
        return [words, round(left, 1), round(base, 1), round(right, 1), round(size, 1), *bold, white]

    def is_bold(self, text: Any, at: int) -> bool:
        """Whether the character is in a bold font, by its name or its flags."""
        self.pdfium.FPDFText_GetFontInfo(text, at, self.name, 96, self.to_flags)
        if self.flags.value & _FORCED_BOLD:
            return True
        name = self.name.value
        known = self.bold_names.get(name)
        if known is None:
            known = self.bold_names[name] = any(word in name.lower() for word in _BOLD)
        return known

    def bold(self, text: Any, words: str, first: int) -> tuple[int, int]:
        """Where the first bold stretch near the beginning of the line begins and ends, in `words`; 0, 0 for none."""
        start = 0
        reach = min(len(words), LABEL_REACH)
        if not self.is_bold(text, first):
            if words[0].isalpha():
                return 0, 0
            # Behind a number, a dash or a time.
            starts = [at for at in range(1, min(reach, _COLUMN_REACH)) if words[at].isalpha() and words[at - 1] == " "]
            start = next((at for at in starts[:4] if self.is_bold(text, first + at)), 0)
            if not start:
                return 0, 0
        if self.is_bold(text, first + reach - 1):
            return start, reach
        # Most often the bold ends behind a colon: then a look before and behind it saves looking at every letter.
        colon = words.find(":", start, reach - 2)
        whole = colon > 0 and self.is_bold(text, first + colon) and not self.is_bold(text, first + colon + 2)
        stop = colon + 1 if whole else start + 1
        while stop < reach and (words[stop] == " " or self.is_bold(text, first + stop)):
            stop += 1
        return start, start + len(words[start:stop].rstrip())

    def from_left(self, text: Any, words: str, first: int, last: int) -> tuple[str, int, int]:
        """The letters of a line from left to right: LibreOffice draws its emoji behind all other words of the line."""
        pdfium = self.pdfium
        letters: list[tuple[float, int, float, int]] = []
        for at in range(first, last + 1):
            if pdfium.FPDFText_IsGenerated(text, at) != 1:
                pdfium.FPDFText_GetCharOrigin(text, at, self.to_x, self.to_y)
                pdfium.FPDFText_GetLooseCharBox(text, at, self.to_box)
                letters.append((self.x.value, at, self.box.right, pdfium.FPDFText_GetUnicode(text, at)))
        letters.sort()
        halves: list[str] = []
        for (left, _, _, code), (_, _, right, _) in zip(letters, [letters[0], *letters], strict=False):
            if left - right > _BLANK and code != _SPACE and halves[-1:] != [" "]:
                halves.append(" ")
            halves.append(chr(code & 0xFFFF))
        ordered = _joined("".join(halves).encode("utf-16-le", "surrogatepass")).strip()
        return ordered + HYPHEN * words.endswith(HYPHEN), letters[0][1], letters[-1][1]

    def with_hyphen(self, text: Any, words: str, last: int, size: float) -> str:
        """A hyphen that was drawn by itself at the end of a line, close behind a word: the blank between is no blank."""
        self.pdfium.FPDFText_GetLooseCharBox(text, last, self.to_box)
        left = self.box.left
        self.pdfium.FPDFText_GetLooseCharBox(text, last - 2, self.to_box)
        return f"{words[:-2]}-" if abs(left - self.box.right) < _CLOSE * size else words

    def with_tab(self, text: Any, words: str, first: int, size: float) -> str:
        """A wide gap behind a name without a colon is a tab, so that the name stays apart from the words."""
        head = words[:_COLUMN_REACH]
        at = head.find(" ")
        while at > 0:
            self.pdfium.FPDFText_GetLooseCharBox(text, first + at - 1, self.to_box)
            before = self.box.right
            self.pdfium.FPDFText_GetLooseCharBox(text, first + at + 1, self.to_box)
            if self.box.left - before > _GAP * size > 0:
                return f"{words[:at]}\t{words[at + 1 :]}"
            # Only a word that may belong to a name is followed to its end.
            at = head.find(" ", at + 1) if _IN_NAME.match(head, at + 1) else 0
        return words


def _joined(data: bytes) -> str:
    return data.decode("utf-16-le", "surrogatepass")


def _upright(x: float, y: float, last: Any, turned: int) -> tuple[float, float, float]:
    """Left, base line and right of a line as one sees them, on a page that is shown turned by quarters."""
    if turned == 1:
        return y, -x, last.top
    if turned == 2:
        return -x, -y, -last.left
    return -y, x, -last.bottom
