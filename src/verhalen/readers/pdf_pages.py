"""What the process that reads PDF files tells, checked: pages with their lines and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from verhalen.errors import NotWhatItSays, ScanWithoutText, TooHeavy, TooLarge, UnreadableFile
from verhalen.i18n import mark, t
from verhalen.readers.content import Tally, compose
from verhalen.readers.pdf_lines import HYPHEN
from verhalen.readers.pdf_process import Part, read_parts
from verhalen.readers.pdf_worker import MAX_PAGES

NO_TEXT = mark(
    "Pages with pictures only, perhaps scanned, gave no text. Have their text recognised (OCR) or type it over"
    " ({n}×; page {places})."
)
EMPTY = mark("Empty pages were skipped ({n}×; page {places}).")
BROKEN = mark("Pages are damaged and could not be read; save the PDF again ({n}×; page {places}).")
REMARKS = mark("Remarks, highlights and stamps on the pages were left out ({n}×; page {places}).")
FIELDS = mark("Fields of a form were left out, with what was filled in ({n}×; page {places}).")
ATTACHED = mark("Files attached to the PDF were left out ({n}×).")
XFA = mark(
    "The PDF is a form that only some programs show; look whether all of its text is here, or print it to a new PDF."
)
WHITE = mark(
    "White letters, which nobody sees on paper, were read too; look whether they belong ({n}×; page {places})."
)
UNKNOWN = mark("Letters of which the PDF does not say which they are became \ufffd or fell away ({n}×; page {places}).")
CUT = mark("A line is so long that only its first 32,767 letters were read; look what is behind ({n}×; page {places}).")

_LONGEST = 32_767
_PASSWORD, _SECURITY = 4, 5
_FAR = 1e6
_UNUSUAL = re.compile("[\x00-\x08\x0a-\x1f\x7f\xad\x85\u2028\u2029\ufeff\ufffe\uffff\ufffd\ud800-\udfff]")
_SPACES = re.compile("[\n\x0b\x0c\r\x85\u2028\u2029]")
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_LOOSE = re.compile("[\ufffd\ud800-\udfff]")


class Row(NamedTuple):
    """One line of a page as it is printed. Places are points from the lower left corner of the page."""

    words: str
    hyphen: bool
    """Whether a hyphen stood at the end; it is not in `words`."""
    left: float
    base: float
    right: float
    size: float
    """Of the first letter."""
    bold: tuple[int, int] | None
    """Where the first bold stretch near its beginning begins and ends, in `words`."""
    page: int
    """From 1."""


@dataclass(slots=True)
class Page:
    """The rows of one page, in the order of the file."""

    number: int
    rows: list[Row]


def read_pages(data: bytes, tally: Tally) -> list[Page]:
    """The pages that hold text. Raises UnreadableFile and its kinds."""
    if b"%PDF-" not in data[:1024]:
        raise NotWhatItSays
    head, *parts = read_parts(data)
    try:
        _check(head)
        _tell_extras(head, tally)
        found = [_page(part, number, tally) for number, part in enumerate(parts, 1)]
        drawn = any(part.get("drawn") for part in parts)
    except (TypeError, ValueError, KeyError, OverflowError):
        # PDFium was brought to tell nonsense: no file that a program wrote does that.
        raise TooHeavy from None
    pages = [page for page in found if page.rows]
    if not pages and any(part.get("broken") for part in parts):
        raise TooHeavy
    if not pages and drawn:
        raise ScanWithoutText
    return pages


def _check(head: Part) -> None:
    if head.get("error") == _PASSWORD:
        raise UnreadableFile(reason=t("it has a password; open it, print it to a new PDF without one, and import that"))
    if head.get("error") == _SECURITY:
        raise UnreadableFile(
            reason=t("it is locked in a way that I do not know; print it to a new PDF and import that")
        )
    if "error" in head or not head["pages"]:
        raise NotWhatItSays
    if head["pages"] > MAX_PAGES:
        raise TooLarge(size=t("{n} pages", n=head["pages"]), limit=t("{n} pages", n=MAX_PAGES))


def _tell_extras(head: Part, tally: Tally) -> None:
    """What belongs to the file as a whole and is left out."""
    if head["attached"] > 0:
        tally.add(ATTACHED, None, head["attached"])
    if head["xfa"]:
        tally.add(XFA, None)


def _page(part: Part, number: int, tally: Tally) -> Page:
    if part.get("broken"):
        tally.add(BROKEN, number)
        return Page(number, [])
    for message, count in ((REMARKS, part["remarks"]), (FIELDS, part["fields"])):
        if count:
            tally.add(message, number, count)
    rows = [row for fields in part["lines"] if (row := _row(fields, number, tally))]
    if not rows:
        tally.add(NO_TEXT if part["drawn"] else EMPTY, number)
    return Page(number, rows)


def _row(fields: list[Any], page: int, tally: Tally) -> Row | None:
    """One line; None where no letter is left."""
    words, left, base, right, size, start, stop, white = fields
    hyphen = words.endswith(HYPHEN)
    if hyphen:
        words = words.rstrip(HYPHEN)
    bold = (start, stop) if stop > start else None
    plain = words
    if _UNUSUAL.search(words):
        words = _clean(words, page, tally)
    if not words.isascii():
        words = compose(words)
    if words != plain and bold:
        bold = (len(compose(_clean(plain[:start]))), len(compose(_clean(plain[:stop]))))
    if not words or words.isspace():
        return None
    if len(words) >= _LONGEST - 1:
        tally.add(CUT, page)
    if white:
        tally.add(WHITE, page)
    if words[-1] in "-\u2010" and words[:-1].strip():
        words, hyphen = words[:-1], True
    if not (-_FAR < left < _FAR and -_FAR < base < _FAR and -_FAR < right < _FAR and 0 < size < _FAR):
        left, base, right, size = (float(place) if -_FAR < place < _FAR else 0.0 for place in (left, base, right, size))
    if bold and not bold[0] < bold[1] <= len(words):
        bold = None
    return Row(words, hyphen, left, base, right, abs(size) or 1.0, bold, page)


def _clean(words: str, page: int = 0, tally: Tally | None = None) -> str:
    """Without what is no letter; loose halves and unknown letters are counted."""
    odd = len(_NO_LETTER.findall(words)) + len(_LOOSE.findall(words))
    if odd and tally:
        tally.add(UNKNOWN, page, odd)
    words = _LOOSE.sub("\ufffd", _NO_LETTER.sub("", _SPACES.sub(" ", words)))
    # Some programs draw every hyphen as a soft one; those that are not needed they do not draw.
    return words.replace("\xad", "-")
