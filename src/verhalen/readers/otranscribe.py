"""oTranscribe (.otr): the text as it is seen there; its time stamps go out of the words and become places in the text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from verhalen.errors import NotTranscribed, TooLarge
from verhalen.i18n import mark, t
from verhalen.model.text import Landmark, Span, normal_text
from verhalen.readers.content import Content, Tally, compose
from verhalen.readers.decoding import read_text
from verhalen.readers.html_tags import Tag, cut
from verhalen.readers.json_text import parse_json
from verhalen.readers.times import clock_ms

STAMPS = mark("Time stamps were taken out of the words and kept as places in the recording ({n}×).")
STAMPS_ALONE = mark("Time stamps with no words behind them were left out ({n}×).")
BAD_STAMPS = mark("Time stamps that cannot be read stay in the words ({n}×; line {places}).")
EMPHASIS = mark("Places with bold or italic marks: the words were kept ({n}×).")
HIDDEN = mark("What is not seen in oTranscribe (scripts, looks, remarks) was left out ({n}×; line {places}).")
TAGS = mark("HTML tags were left out; the words between them were kept ({n}×; line {places}).")
PICTURES = mark("Pictures were left out ({n}×; line {places}).")

_BLOCKS = frozenset(
    ["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr", "hr"]
)
_EMPHASIS = frozenset(["b", "strong", "i", "em", "u"])
_BOLD = frozenset({"b", "strong"})
_PLAIN = _BLOCKS | {"br", "span"}
_PICTURES = frozenset({"img", "svg", "video", "audio", "canvas", "iframe", "object", "embed"})
_CLOCK = re.compile(r"[\s\[(]*+[0-9:.,]+[\s\])]*")
_BLANKS = re.compile("[ \t\n\r\f\xa0\ufeff]+")
_MOST_TAGS = 200_000
"""Two hours of talk have some 5,000."""
_LONGEST_S = 1000 * 3600
_REACH = 120
"""Bold matters near the beginning of a line only, where a name may stand."""


def read_otr(data: bytes) -> Content:
    """Read an .otr file. Raises NotWhatItSays for what is no JSON, NotTranscribed for JSON of something else."""
    tally = Tally()
    found = parse_json(read_text(data, tally), tally)
    html = found.get("text") if isinstance(found, dict) and "segments" not in found else None
    if not isinstance(html, str):
        raise NotTranscribed
    if html.count("<") > _MOST_TAGS:
        raise TooLarge(size=t("{n} parts", n=html.count("<")), limit=t("{n} parts", n=_MOST_TAGS))
    page = _Page(tally)
    for piece in cut(normal_text(html)):
        page.take(piece)
    return _assemble(page.rows, tally)


@dataclass(slots=True)
class _Row:
    """One line as it is seen, with what was in it."""

    words: list[str] = field(default_factory=list)
    length: int = 0
    stamps: list[tuple[int, int]] = field(default_factory=list)
    """Milliseconds, and the place in the line."""
    bold: list[int] = field(default_factory=list)
    """Start and stop of the first bold stretch."""

    def put(self, words: str, *, bold: bool) -> None:
        """Add words; blanks in a row are one, as a browser shows them."""
        shown = _BLANKS.sub(" ", words)
        if not self.length or (self.words and self.words[-1].endswith(" ")):
            shown = shown.lstrip(" ")
        if not shown:
            return
        start, self.length = self.length, self.length + len(shown)
        self.words.append(shown)
        if not bold or not shown.strip():
            return
        if not self.bold and start < _REACH:
            self.bold = [start, self.length]
        elif self.bold and self.bold[1] >= start:
            self.bold[1] = self.length


@dataclass(slots=True)
class _Page:
    """Collects the lines of a page, tag by tag."""

    tally: Tally
    rows: list[_Row] = field(default_factory=lambda: [_Row()])
    bold: int = 0
    line: int = 1
    """Of the text as it comes out."""
    stamp: bool = False
    """Whether we are in a stamp: the time that it shows is no word of the talk."""

    def take(self, piece: Tag | str) -> None:
        """Take the next tag or words."""
        if isinstance(piece, str):
            if not (self.stamp and _CLOCK.fullmatch(piece)):
                self.rows[-1].put(normal_text(piece), bold=self.bold > 0)
            return
        if not piece.closes:
            self._count(piece.name)
        if piece.name in _BLOCKS:
            self._paragraph()
        elif piece.name == "br":
            self._next_row()
        elif piece.name in _BOLD:
            self.bold = max(0, self.bold - 1 if piece.closes else self.bold + 1)
        elif piece.name == "span":
            self.stamp = not piece.closes and self._is_stamp(piece)

    def _count(self, tag: str) -> None:
        message = EMPHASIS if tag in _EMPHASIS else HIDDEN if tag == "!" else PICTURES if tag in _PICTURES else TAGS
        if tag not in _PLAIN:
            self.tally.add(message, self.line)

    def _paragraph(self) -> None:
        """A blank line, once: the next words begin a paragraph."""
        if self.rows[-1].length or self.rows[-1].stamps:
            self._next_row()
            self._next_row()

    def _next_row(self) -> None:
        # Of blank lines under each other one is kept, and none at the top.
        if self.rows[-1].length or (len(self.rows) > 1 and self.rows[-2].length):
            self.line += 1
        self.rows.append(_Row())

    def _is_stamp(self, tag: Tag) -> bool:
        if "timestamp" not in tag.attribute("class").split():
            return False
        moment = _moment(tag.attribute("data-timestamp"))
        if moment is None:
            self.tally.add(BAD_STAMPS, self.line)
            return False
        self.tally.add(STAMPS, self.line)
        self.rows[-1].stamps.append((moment, self.rows[-1].length))
        return True


def _moment(seconds: str) -> int | None:
    try:
        value = float(seconds[:40])
    except ValueError:
        return clock_ms(seconds)
    return round(value * 1000) if math.isfinite(value) and 0 <= value <= _LONGEST_S else None


def _assemble(rows: Sequence[_Row], tally: Tally) -> Content:
    """Put the lines under each other; at most one blank line between."""
    parts: list[str] = []
    bold: list[Span] = []
    stamps: list[tuple[int, int]] = []
    position = 0
    for row in rows:
        line = compose("".join(row.words)).rstrip()
        if not line and (not parts or not parts[-1]):
            stamps += [(moment, position) for moment, _ in row.stamps]
            continue
        # Composing may take letters together: a place is then a letter off, but never outside the line.
        if row.bold and min(row.bold[1], len(line)) > row.bold[0]:
            bold.append(Span(position + row.bold[0], position + min(row.bold[1], len(line))))
        stamps += [(moment, position + min(place, len(line))) for moment, place in row.stamps]
        parts.append(line)
        position += len(line) + 1
    text = "\n".join(parts).rstrip()
    landmarks = _landmarks(text, stamps, tally)
    return Content(text, tally.notices(), tuple(bold), landmarks=landmarks)


def _landmarks(text: str, stamps: Sequence[tuple[int, int]], tally: Tally) -> tuple[Landmark, ...]:
    """From each stamp to the next, without the blanks around."""
    found: list[Landmark] = []
    stops = [*(place for _, place in stamps[1:]), len(text)]
    # Without any stamp there is one end too many.
    for (moment, start), stop in zip(stamps, stops, strict=False):
        words = text[start:stop]
        kept = words.strip()
        if kept:
            begin = start + len(words) - len(words.lstrip())
            found.append(Landmark("time", moment, begin, begin + len(kept)))
        else:
            tally.add(STAMPS_ALONE, None)
    return tuple(found)
