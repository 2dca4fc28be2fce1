"""Runs in a process of its own: takes the bytes of PDF files from a pipe and gives back their lines with their places.

Of verhalen it loads little, so that it starts fast. Messages are frames: eight bytes of length, then the content.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
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
_PICTURE_FONTS = (b"moji", b"/Type3", b"/ObjStm")
"""A file without these has no letters that are pictures; with the last one cannot know."""
_TEXT, _STROKED, _FLAT = 1, 1, 0.01
_WIDGET = 20
_REMARKS = (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17)
"""Kinds of annotations that a person adds; links, pop-ups and printer's marks are none."""


class Reader:
    """Files and their pages."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        from verhalen.readers.pdf_lines import Lines

        self.pdfium: Any = pdfium
        self.lines = Lines(pdfium)
        self.pictures = False

    def document(self, data: bytes) -> Iterator[dict[str, Any]]:
        """What holds for the whole file, then every page."""
        pdfium = self.pdfium
        self.lines.bold_names.clear()
        self.pictures = any(sign in data for sign in _PICTURE_FONTS)
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
        if self.pictures:
            self.widen(page)
        text = self.pdfium.FPDFText_LoadPage(page)
        if not text:
            return {"broken": True}
        turned = self.pdfium.FPDFPage_GetRotation(page)
        lines = self.lines.of(text, turned)
        self.pdfium.FPDFText_ClosePage(text)
        drawn = bool(lines) or self.pdfium.FPDFPage_CountObjects(page) > 0
        remarks, fields = self.annotations(page)
        return {"lines": lines, "drawn": drawn, "remarks": remarks, "fields": fields}

    def widen(self, page: Any) -> None:
        """Give emoji without outlines a little width: PDFium takes what has none for nothing and would lose them."""
        pdfium = self.pdfium
        left, right, other = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            found = pdfium.FPDFPage_GetObject(page, index)
            if pdfium.FPDFPageObj_GetType(found) != _TEXT:
                continue
            pdfium.FPDFPageObj_GetBounds(found, left, other, right, other)
            if right.value - left.value < _FLAT:
                pdfium.FPDFTextObj_SetTextRenderMode(found, _STROKED)
                pdfium.FPDFPageObj_SetStrokeWidth(found, 1.0)
                pdfium.FPDFPageObj_Transform(found, 1, 0, 0, 1, 0, 0)

    def annotations(self, page: Any) -> tuple[int, int]:
        """How many remarks and fields of forms lie on the page."""
        kinds = []
        for index in range(self.pdfium.FPDFPage_GetAnnotCount(page)):
            found = self.pdfium.FPDFPage_GetAnnot(page, index)
            if found:
                kinds.append(self.pdfium.FPDFAnnot_GetSubtype(found))
                self.pdfium.FPDFPage_CloseAnnot(found)
        return sum(kind in _REMARKS for kind in kinds), kinds.count(_WIDGET)


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
