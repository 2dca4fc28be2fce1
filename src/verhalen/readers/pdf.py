"""PDF (.pdf): the words of its text layer in the order of reading, as paragraphs, with the pages as positions."""

from __future__ import annotations

from collections.abc import Iterable

from verhalen.i18n import mark
from verhalen.model.text import Landmark, Span
from verhalen.readers.content import Content, Tally
from verhalen.readers.pdf_edges import without_edges
from verhalen.readers.pdf_hyphens import Hyphens, goes_on
from verhalen.readers.pdf_line_numbers import without_line_numbers
from verhalen.readers.pdf_order import in_reading_order
from verhalen.readers.pdf_pages import Row, read_pages
from verhalen.readers.pdf_paragraphs import Break, paragraphs

CUT_OFF = mark("The file ends before a PDF does: pages may be missing. Fetch it again from where it came.")
REJOINED = mark("Words that were broken at the end of a line were made whole; look at them ({n}×; page {places}).")
KEPT = mark("A hyphen at the end of a line may belong to its word, so it was kept; look at it ({n}×; page {places}).")

_END = b"%%EOF"
_NEAR_END = 2048


def read_pdf(data: bytes) -> Content:
    """Read a .pdf file. Lines of notices are pages, from 1. Raises ScanWithoutText where no page has text."""
    tally = Tally()
    pages = read_pages(data, tally)
    if _END not in data[-_NEAR_END:]:
        tally.add(CUT_OFF, None)
    pages = without_line_numbers(without_edges(pages, tally), tally)
    pages = [in_reading_order(page) for page in pages]
    rows = [row for page in pages for row in page.rows]
    writing = _Writing(Hyphens.of(rows), tally)
    writing.write(paragraphs(rows))
    return writing.content()


class _Writing:
    """The text as it grows, with the places that point into it."""

    def __init__(self, hyphens: Hyphens, tally: Tally) -> None:
        self.hyphens = hyphens
        self.tally = tally
        self.parts: list[str] = []
        self.length = 0
        self.numbers: list[int] = []
        self.bold: list[Span] = []
        self.pages: dict[int, list[int]] = {}

    def write(self, rows: Iterable[tuple[Row, Break]]) -> None:
        """Put every row behind what comes before it."""
        last: Row | None = None
        for row, between in rows:
            self._add(self._glue(last, row, between))
            start = self.length
            self._add(row.words if last else row.words.lstrip("\ufeff"))
            self.pages.setdefault(row.page, [start])[1:] = [self.length]
            if not last or between in ("line", "gap"):
                self.numbers += [row.page] * (2 if last and between == "gap" else 1)
                if row.bold:
                    self.bold.append(Span(start + row.bold[0], start + row.bold[1]))
            last = row
        if last and last.hyphen:
            self._add("-")
            self.pages[last.page][1] = self.length

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _glue(self, one: Row | None, two: Row, between: Break) -> str:
        """What stands between two rows; the hyphen of the first, if it is kept, included."""
        if one is None:
            return ""
        if between != "none" or not one.hyphen:
            if between == "none" and goes_on(one.words, two.words):
                return ""
            wide = two.left - one.right > one.size
            white = {"none": " ", "beside": "\t" if wide else " ", "line": "\n", "gap": "\n\n"}[between]
            return "-" * one.hyphen + white
        ending = self.hyphens.ending(one.words, two.words)
        if ending == "broken":
            self.tally.add(REJOINED, one.page)
            return ""
        if ending == "belongs":
            self.tally.add(KEPT, one.page)
            return "-"
        return "- "

    def content(self) -> Content:
        """All of it."""
        landmarks = tuple(
            Landmark("page", number, start, stop)
            for number, (start, stop) in sorted(self.pages.items())
            if start < stop
        )
        return Content("".join(self.parts), self.tally.notices(), tuple(self.bold), self.numbers, landmarks=landmarks)
