"""Runs in a process of its own: takes the bytes of PDF files from a pipe and gives back their lines with their places.

It knows nothing of verhalen, so that it starts fast. Messages are frames: eight bytes of length, then the content.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import re
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES = 5000
"""A transcript of two hours has 60; a file with more pages than this is told its number of pages and no more."""
_MEMORY = 320 * 1024 * 1024
"""Address space, bytes: a stream that unpacks without end stops here, and only this process with it."""
_SECONDS = 9
"""Processor time for one file, in case nobody is left to stop us."""
_IDLE = 60
"""Seconds without work after which this process goes; the next file starts another."""
LABEL_REACH = 120
"""Bold letters matter near the beginning of a line only, where a name may stand; characters."""
_COLUMN_REACH = 40
_LOOSE_HYPHENS = (" -", " \u2010", " \xad")
_CLOSE = 0.2
"""Less white than a blank takes; in sizes of the letter."""
_GAP = 1.2
"""A wider gap behind a name is a tab or the next cell of a table; in sizes of the letter."""
_IN_NAME = re.compile(r"[^\W\d_a-z]|(?:van|de|den|der|ten|ter|te|el|la)\b")
_FORCED_BOLD = 1 << 18
_BOLD = (b"bold", b"black", b"heavy", b"demi")
_WIDGET = 20
HYPHEN = "\x02"
"""Stands at the end of a line for the hyphen that PDFium took away there."""
_MARK = re.compile("[\x02\ufffe]")
"""What PDFium puts there, over the years; it may also be a letter that the file does not explain."""
_REMARKS = (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17)
"""Kinds of annotations that a person adds; links, pop-ups and printer's marks are none."""


class Reader:
    """PDFium, and the places where it writes its answers."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium: Any = pdfium
        self.box, self.matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.to_box, self.to_matrix = ctypes.byref(self.box), ctypes.byref(self.matrix)
        self.name, self.flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self.bold_names: dict[bytes, bool] = {}
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.to_flags, self.to_x, self.to_y = ctypes.byref(self.flags), ctypes.byref(self.x), ctypes.byref(self.y)
        self.red, self.green, self.blue, self.alpha = (ctypes.c_uint() for _ in range(4))
        self.to_colour = tuple(ctypes.byref(part) for part in (self.red, self.green, self.blue, self.alpha))

    def document(self, data: bytes) -> Iterator[dict[str, Any]]:
        """What holds for the whole file, then every page."""
        pdfium = self.pdfium
        self.bold_names.clear()
        found = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not found:
            yield {"error": pdfium.FPDF_GetLastError()}
            return
        count = pdfium.FPDF_GetPageCount(found)
        attached, form = pdfium.FPDFDoc_GetAttachmentCount(found), pdfium.FPDF_GetFormType(found)
        yield {"pages": count, "attached": attached, "xfa": form in (2, 3)}
        for index in range(count if count <= MAX_PAGES else 0):
            page = pdfium.FPDF_LoadPage(found, index)
            yield self.page(page) if page else {"broken": True}
            if page:
                pdfium.FPDF_ClosePage(page)
        pdfium.FPDF_CloseDocument(found)

    def page(self, page: Any) -> dict[str, Any]:
        """The lines of one page, and what else is on it."""
        text = self.pdfium.FPDFText_LoadPage(page)
        if not text:
            return {"broken": True}
        turned = self.pdfium.FPDFPage_GetRotation(page)
        lines = [self.line(text, *place, turned=turned) for place in self.rows(text)]
        self.pdfium.FPDFText_ClosePage(text)
        drawn = bool(lines) or self.pdfium.FPDFPage_CountObjects(page) > 0
        remarks, fields = self.annotations(page)
        return {"lines": lines, "drawn": drawn, "remarks": remarks, "fields": fields}

    def annotations(self, page: Any) -> tuple[int, int]:
        """How many remarks and fields of forms lie on the page."""
        kinds = []
        for index in range(self.pdfium.FPDFPage_GetAnnotCount(page)):
            found = self.pdfium.FPDFPage_GetAnnot(page, index)
            if found:
                kinds.append(self.pdfium.FPDFAnnot_GetSubtype(found))
                self.pdfium.FPDFPage_CloseAnnot(found)
        return sum(kind in _REMARKS for kind in kinds), kinds.count(_WIDGET)

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


def _limit() -> None:
    """Take less memory and processor time than the machine would give; Windows has other means."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with contextlib.suppress(OSError, ValueError):
        # What we read is private: no copy of our memory may be left on the disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "darwin":
        threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    """Go when memory has grown too large: macOS does not keep the limit on it."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < _MEMORY:
        time.sleep(0.05)
    os._exit(1)


def _limit_time(*, working: bool) -> None:
    if sys.platform == "win32":
        return
    import resource

    signal.alarm(0 if working else _IDLE)
    if working:
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + _SECONDS, hard))


def _take(stream: BinaryIO) -> bytes | None:
    head = stream.read(8)
    return stream.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def _give(stream: BinaryIO, content: bytes) -> None:
    stream.write(len(content).to_bytes(8, "big"))
    stream.write(content)
    stream.flush()


def main() -> None:
    """Read files until the pipe is closed. The first frame says where Python finds its packages; an empty one answers."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.path[:] = json.loads(_take(source) or b"[]")
    reader = Reader()
    # Nothing here refers to itself: looking for such things takes time for nothing.
    gc.disable()
    _limit()
    _give(sink, b"")
    while True:
        _limit_time(working=False)
        data = _take(source)
        if data is None:
            return
        _limit_time(working=True)
        for part in reader.document(data):
            # At once, so that the other side works on one page while we read the next.
            _give(sink, json.dumps(part).encode())
        _give(sink, b"")


if __name__ == "__main__":
    main()
