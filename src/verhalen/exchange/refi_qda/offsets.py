"""How a file counts places in its texts: eight ways, told apart by words and quotes.

The standard says code points. NVivo counts UTF-16 units and two for a CRLF; ATLAS.ti keeps the CRLF and counts one;
some count the byte order mark. `origin` is not to be trusted, so every way is tried on every selection.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from verhalen.exchange.refi_qda.xml_text import writable
from verhalen.model.text import normal_text

MODELS = tuple(
    f"{unit}{lines}{mark}"
    for unit, lines, mark in itertools.product(("codepoints", "utf16"), ("", "-crlf1"), ("", "-bom"))
)
"""`codepoints` is the standard; `-crlf1`: CRLF counts one; `-bom`: the byte order mark counts."""
_BOM = "\ufeff"
_ODD = re.compile("\r\n|\x00|[\U00010000-\U0010ffff]")
_WORD = re.compile(r"\S+")
_SHORTEST_QUOTE, _CUT_OFF = 3, 20
BEYOND = 2
"""A selection may go on behind the last letter by a line end that the text itself has not."""
_MOST_EXAMPLES, _EXAMPLE, _AROUND = 60, 60, 16


class Mapping:
    """From places as a file counts them to places in the text as we keep it."""

    def __init__(self, edits: Sequence[tuple[int, int, int]], length: int) -> None:
        self._edits = edits
        self._starts = [start for start, _, _ in edits]
        self._gained = [0, *itertools.accumulate(new - old for _, old, new in edits)]
        self.length = length
        """Of the text as the file counts it."""

    def at(self, place: int, *, up: bool) -> int:
        """A place; one inside something that we keep otherwise goes to its beginning, or `up` to its end."""
        index = bisect_right(self._starts, place)
        if index:
            start, old, new = self._edits[index - 1]
            if place < start + old and place > start:
                return start + self._gained[index - 1] + (new if up else 0)
            if place == start and old:
                return place + self._gained[index - 1]
        return place + self._gained[index]

    def span(self, start: int, stop: int) -> tuple[int, int] | None:
        """The span; None where it is empty or outside the text.

        One that goes a little beyond the end of the text (its last paragraph mark, in Word) ends with the text.
        """
        if not 0 <= start < min(stop, self.length) or stop > self.length + BEYOND:
            return None
        found = self.at(start, up=False), self.at(min(stop, self.length), up=True)
        return found if found[0] < found[1] else None


class Text:
    """A text as a file has it, with a mapping for each way to count."""

    def __init__(self, raw: str) -> None:
        self.text = normal_text(raw)
        odd = _oddities(raw)
        self.mappings = {model: _mapping(raw, odd, model) for model in MODELS}
        self.groups = _grouped(self.mappings)
        """Ways that come to the same in this text: the first of each, and all of them."""


def _oddities(raw: str) -> list[tuple[int, int, str]]:
    """What may be counted otherwise: (place, length in code points, what we keep of it), in order."""
    marks = len(raw) - len(raw.lstrip(_BOM))
    found = [(0, marks, "")] if marks else []
    odd = [(each.start(), each.end() - each.start(), _kept(each.group())) for each in _ODD.finditer(raw, marks)]
    if raw.isascii() or unicodedata.is_normalized("NFC", raw):
        return found + odd
    loose = [each.span() for each in _WORD.finditer(raw, marks) if not unicodedata.is_normalized("NFC", each.group())]
    starts = [start for start, _ in loose]
    alone = [each for each in odd if not _inside(each[0], starts, loose)]
    return sorted([*found, *alone, *(piece for start, stop in loose for piece in _letters(raw, start, stop))])


def _inside(place: int, starts: list[int], covered: list[tuple[int, int]]) -> bool:
    index = bisect_right(starts, place) - 1
    return index >= 0 and place < covered[index][1]


def _letters(raw: str, start: int, stop: int) -> list[tuple[int, int, str]]:
    """A word with loose accents, letter by letter: only where letters join is anything counted otherwise."""
    found = []
    while start < stop:
        after = start + 1
        while after < stop and _joins(raw, start, after):
            after += 1
        piece = raw[start:after]
        if _kept(piece) != piece or any(letter > "\uffff" for letter in piece):
            found.append((start, after - start, _kept(piece)))
        start = after
    return found


def _joins(raw: str, start: int, place: int) -> bool:
    before, after = unicodedata.normalize("NFC", raw[start:place]), unicodedata.normalize("NFC", raw[start : place + 1])
    return unicodedata.category(raw[place])[0] == "M" or len(after) <= len(before)


def _kept(piece: str) -> str:
    return "\n" if piece == "\r\n" else unicodedata.normalize("NFC", piece.replace("\x00", ""))


def _mapping(raw: str, odd: Sequence[tuple[int, int, str]], model: str) -> Mapping:
    """The edits from the places of one way to ours."""
    wide, short, marked = model.startswith("utf16"), "-crlf1" in model, model.endswith("-bom")
    edits = []
    shift = 0
    for start, length, kept in odd:
        piece = raw[start : start + length]
        if piece.startswith(_BOM) and start == 0:
            counted = length if marked else 0
        elif piece == "\r\n":
            counted = 1 if short else 2
        else:
            counted = length + (sum(letter > "\uffff" for letter in piece) if wide else 0)
        if counted != len(kept):
            edits.append((start + shift, counted, len(kept)))
        shift += counted - length
    return Mapping(edits, len(raw) + shift)


def _grouped(mappings: dict[str, Mapping]) -> list[tuple[str, tuple[str, ...]]]:
    groups: dict[tuple[tuple[tuple[int, int, int], ...], int], list[str]] = {}
    for model, mapping in mappings.items():
        groups.setdefault((tuple(mapping._edits), mapping.length), []).append(model)
    return [(models[0], tuple(models)) for models in groups.values()]


# -- which way it is ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Score:
    """How well one way fits."""

    model: str
    selections: int = 0
    starts: int = 0
    """Selections that begin where a word begins."""
    ends: int = 0
    quotes: int = 0
    """Selections whose words are those that the file quotes."""
    exact: int = 0
    """To the letter."""

    @property
    def total(self) -> int:
        """By which ways are ordered: a quote says as much as both borders."""
        return self.starts + self.ends + 2 * (self.quotes + self.exact)


@dataclass(slots=True)
class _Duel:
    """Two ways over the selections at which they differ: quotes and borders at which one was right alone.

    A place at random is the border of a word one time in five: three borders more are a hundred to one.
    """

    quotes: list[int] = field(default_factory=lambda: [0, 0])
    borders: list[int] = field(default_factory=lambda: [0, 0])
    differ: bool = False


Words = tuple[str, str, str]
"""What stands before a selection, in it, and behind it."""


class Scoring:
    """Selections one by one, and then the way that fits them."""

    def __init__(self) -> None:
        self.examples: list[dict[str, Words]] = []
        """Selections at which ways differ: way -> words. For the eyes of somebody who chooses."""
        self.scores = {model: Score(model) for model in MODELS}
        self._duels = {pair: _Duel() for pair in itertools.combinations(MODELS, 2)}

    def add(self, text: Text, start: int, stop: int, quote: str) -> None:
        """One selection, with its name in the file, which may be its words."""
        found: dict[str, tuple[tuple[int, int] | None, int, int, int]] = {}
        for first, models in text.groups:
            span = text.mappings[first].span(start, stop)
            judged = (span, *_judge(text.text, span, quote))
            for model in models:
                found[model] = judged
                score = self.scores[model]
                score.selections += 1
                score.starts += judged[1]
                score.ends += judged[2]
                score.quotes += judged[3] > 0
                score.exact += judged[3] == 2
        if len({judged[0] for judged in found.values()}) > 1:
            self._compare(found)
            if len(self.examples) < _MOST_EXAMPLES:
                self.examples.append({model: _words(text.text, judged[0]) for model, judged in found.items()})

    def _compare(self, found: dict[str, tuple[tuple[int, int] | None, int, int, int]]) -> None:
        for (one, other), duel in self._duels.items():
            a, b = found[one], found[other]
            if a[0] == b[0]:
                continue
            duel.differ = True
            if a[3] != b[3]:
                duel.quotes[a[3] < b[3]] += 1
            elif a[1] + a[2] != b[1] + b[2]:
                more = a[1] + a[2] - (b[1] + b[2])
                duel.borders[more < 0] += abs(more)

    def telling(self, models: Sequence[str], count: int) -> list[dict[str, Words]]:
        """Some selections at which these ways differ, each chosen to tell as many of them apart as it can."""
        chosen: list[dict[str, Words]] = []

        def apart(more: dict[str, Words]) -> int:
            return len({tuple(each[model] for each in (*chosen, more)) for model in models})

        left = list(self.examples)
        while left and len(chosen) < count:
            best = max(left, key=apart)
            left.remove(best)
            chosen.append(best)
        return chosen

    def same(self, one: str, other: str) -> bool:
        """Whether two ways come to the same in every selection."""
        pair = (one, other) if (one, other) in self._duels else (other, one)
        return one == other or not self._duels[pair].differ

    def ordered(self) -> list[Score]:
        """The best way first; the standard's where nothing tells ways apart."""
        return sorted(self.scores.values(), key=lambda each: (-each.total, MODELS.index(each.model)))

    def best(self) -> tuple[str, bool]:
        """The way that fits, and whether that is sure."""
        score = self.ordered()[0]
        wins = all(self._beats(score.model, other) for other in MODELS if other != score.model)
        enough = score.selections < 5 or 2 * (score.starts + score.ends) >= 2 * score.selections or score.quotes > 0
        return score.model, wins and enough

    def _beats(self, one: str, other: str) -> bool:
        """Whether the two come to the same, or the first is right far more often where they differ."""
        swapped = (one, other) not in self._duels
        duel = self._duels[(other, one) if swapped else (one, other)]
        won, lost = (1, 0) if swapped else (0, 1)
        if not duel.differ:
            return True
        if duel.quotes[won] or duel.quotes[lost]:
            return 4 * duel.quotes[lost] <= duel.quotes[won]
        return duel.borders[won] >= 3 and 4 * duel.borders[lost] <= duel.borders[won]


def _words(text: str, span: tuple[int, int] | None) -> Words:
    if span is None:
        return "", "", ""
    start, stop = span
    return text[max(0, start - _AROUND) : start], text[start : min(stop, start + _EXAMPLE)], text[stop : stop + _AROUND]


def _judge(text: str, span: tuple[int, int] | None, quote: str) -> tuple[int, int, int]:
    if span is None:
        return 0, 0, 0
    start, stop = span
    return int(_begins(text, start)), int(_ends(text, stop)), _is_quote(text, span, quote)


def _begins(text: str, place: int) -> bool:
    inside = place > 0 and text[place - 1].isalnum() and text[place].isalnum()
    return not inside and not text[place].isspace()


def _ends(text: str, place: int) -> bool:
    inside = place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
    return not inside and not text[place - 1].isspace()


def _is_quote(text: str, span: tuple[int, int], quote: str) -> int:
    """2 where the name is the words to the letter, 1 but for blanks; long ones are cut off. 0 where it is something else."""
    if not quote:
        return 0
    said, words = normal_text(quote), writable(text[span[0] : span[1]])
    if said == words or (len(said) >= _CUT_OFF and words.startswith(said)):
        return 2
    wanted = " ".join(said.removesuffix("...").removesuffix("…").split())
    if len(wanted) < _SHORTEST_QUOTE:
        return 0
    words = " ".join(words.split())
    return int(words == wanted or (len(wanted) >= _CUT_OFF and words.startswith(wanted)))
