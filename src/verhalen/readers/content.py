"""What a format gives before speakers are looked for: text in normal form, bold places, notices with their lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from verhalen.errors import NotWhatItSays
from verhalen.model.text import Landmark, Notice, Span, Turn

Piece = tuple[str, bool]
"""Words, and whether they are bold."""

_HINT_REACH = 120
"""Bold matters at the beginning of a line only, where a name may stand."""
_PILE = 1000
"""So many accents on one letter are no text, and putting them in order takes quadratic time."""
_PLACES = 10
_BEYOND_LATIN = re.compile("[^\\x00-\\u02ff]+")


@dataclass(frozen=True, slots=True)
class Content:
    """One text, ready for `find_turns`."""

    text: str
    notices: tuple[Notice, ...]
    bold: tuple[Span, ...] = ()
    """The first bold place of each line that has one near its beginning."""
    numbers: Sequence[int] = ()
    """For each line of the text its line (paragraph in Word) in the original; empty where they are the same."""
    turns: tuple[Turn, ...] | None = None
    """Where the format itself says who speaks when (subtitles, speech recognition); None: look for labels in the text."""
    landmarks: tuple[Landmark, ...] = ()
    """Pages, or moments of the recording, in order."""


class Line(NamedTuple):
    """One line of text with its origin. A tuple: a text has thousands."""

    text: str
    number: int
    bold: tuple[int, int] | None = None


@dataclass(slots=True)
class Tally:
    """Counts what a reader changes or leaves out: one notice per kind, with its places."""

    _found: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    def add(self, message: str, line: int | None, n: int = 1) -> None:
        """Count `n` of the kind that `message` (a marked sentence with {n}, perhaps {places}) tells of."""
        places, count = self._found.setdefault(message, ([], [0]))
        count[0] += n
        if line is not None and len(places) <= _PLACES and line not in places:
            places.append(line)

    def notices(self) -> tuple[Notice, ...]:
        """All that was counted, each at its first place."""
        return tuple(
            Notice(min(places, default=None), message, {"n": count[0], "places": _enumerate(sorted(places))})
            for message, (places, count) in self._found.items()
        )


def _enumerate(places: list[int]) -> str:
    return (", ".join(map(str, places[:_PLACES])) or "–") + (" …" if len(places) > _PLACES else "")


def compose(text: str) -> str:
    """NFC. Raises NotWhatItSays for piles of accents that no person wrote."""
    if text.isascii():
        return text
    for run in _BEYOND_LATIN.finditer(text):
        if run.end() - run.start() >= _PILE and _longest_pile(run.group()) >= _PILE:
            raise NotWhatItSays
    return unicodedata.normalize("NFC", text)


def _longest_pile(text: str) -> int:
    longest = height = 0
    for letter in text:
        height = height + 1 if unicodedata.combining(letter) else 0
        longest = max(longest, height)
    return longest


def lines_of(pieces: Sequence[Piece], number: int, *, step: int = 0) -> list[Line]:
    """Cut pieces at their line ends; `step` is what a line end adds to the number. Blank lines around are dropped."""
    words = pieces[0][0] if len(pieces) == 1 else "".join([piece[0] for piece in pieces])
    if not words or words.isspace():
        return []
    if "\n" not in words and "\r" not in words:
        # Most paragraphs are one line.
        text = compose(words)
        return [Line(text, number, _first_bold(pieces, text))]
    lines: list[Line] = []
    row: list[Piece] = []
    for words, bold in pieces:
        first, *more = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        row.append((first, bold))
        for words_below in more:
            lines.append(_line(row, number))
            number += step
            row = [(words_below, bold)]
    return _without_blanks([*lines, _line(row, number)])


def _without_blanks(lines: list[Line]) -> list[Line]:
    start, stop = 0, len(lines)
    while start < stop and not lines[start].text.strip():
        start += 1
    while stop > start and not lines[stop - 1].text.strip():
        stop -= 1
    return lines[start:stop]


def _line(row: Sequence[Piece], number: int) -> Line:
    text = compose("".join([words for words, _ in row]))
    return Line(text, number, _first_bold(row, text))


def _first_bold(row: Sequence[Piece], text: str) -> tuple[int, int] | None:
    """The first bold stretch; blanks between bold pieces belong to it. None where composing blurs its border."""
    before = inside = gap = ""
    for words, bold in row:
        if bold and words and not words.isspace():
            inside, gap = inside + gap + words, ""
            if len(inside) > 2 * _HINT_REACH:
                # No name is so long; where such a stretch ends does not matter.
                break
        elif not inside:
            before += words
            if len(before) > _HINT_REACH:
                return None
        elif words and not words.isspace():
            break
        else:
            gap += words
    if not inside:
        return None
    if text.isascii():
        return len(before), len(before) + len(inside)
    start, stop = len(compose(before)), len(compose(before + inside))
    whole = text.startswith(compose(before)) and text.startswith(compose(before + inside))
    return (start, stop) if whole and start < stop else None


def assemble(blocks: Iterable[list[Line]], notices: tuple[Notice, ...]) -> Content:
    """Put paragraphs under each other with one blank line between, and work out where the bold places came to lie."""
    parts: list[str] = []
    bold: list[Span] = []
    numbers: list[int] = []
    position = 0
    for block in blocks:
        if parts:
            parts.append("")
            numbers.append(numbers[-1])
            position += 1
        for line in block:
            # The text as a whole may not begin with a byte order mark: that is its normal form.
            text = line.text if position else line.text.lstrip("\ufeff")
            if line.bold and text == line.text:
                bold.append(Span(position + line.bold[0], position + line.bold[1]))
            parts.append(text)
            numbers.append(line.number)
            position += len(text) + 1
    return Content("\n".join(parts), notices, tuple(bold), numbers)
