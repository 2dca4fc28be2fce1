"""Three things beside each other, place by place: what a report said when it was built, what stands there, what it should say."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from verhalen.report.refilling import Refilled
from verhalen.report.trace import Charts, Entry, Piece, Row, Stamps, alternative, piece_of
from verhalen.report.word_charts import Drawn, drawn
from verhalen.report.word_file import WordFile
from verhalen.report.word_ranges import Range, Seen

_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:nul|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien"
    r"|zeventien|achttien|negentien|twintig|geen|enkele|minderheid|helft|meerderheid|alle|iedereen|niemand"
    r"|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|few|minority|half|majority|all)\b|%",
    re.IGNORECASE,
)


def numbers_in(text: str) -> list[str]:
    """Every number in a text, Dutch or English, and the words that stand for one, in order."""
    return [found.casefold() for found in _NUMBER.findall(text)]


SpotState = Literal["right", "changed", "edited", "gone"]
_OTHER, _ONE = 1.0, 1.2
"""Cost of another text in a piece, and of a piece too many: a note that goes is taken out, not rewritten into the next."""


@dataclass(slots=True, eq=False)
class Spot:
    """The words of one bookmark."""

    name: str
    old: str
    """As the file remembers it (`Stamps.said`)."""
    new: str
    """What should stand there now."""
    places: list[tuple[str, Range]]
    stamps: Stamps = field(repr=False)
    exact: bool
    """Somebody's own words: every letter counts. Elsewhere one may write around a number."""
    column: int = 0
    fresh: Range | None = None
    """The same words in the draft of today."""

    @property
    def text(self) -> str:
        """What stands there."""
        return self.places[0][1].text if self.places else ""

    @property
    def moved_on(self) -> bool:
        """Whether the project says something else than when it was built."""
        return self.stamps.said(self.new) != self.old

    @property
    def state(self) -> SpotState:
        """What is to be said of it."""
        text = self.text
        if not self.places or (not text.strip() and self.old != self.stamps.said(text)):
            return "gone"
        if self.fits(text):
            return "right"
        return "changed" if self.stamps.said(text) == self.old else "edited"

    def fits(self, text: str) -> bool:
        """Whether a text says what it should: the very words, or ours rewritten by hand around the same numbers."""
        return text == self.new or not (self.exact or self.moved_on or numbers_in(text) != numbers_in(self.new))


@dataclass(slots=True, eq=False)
class ChartSpot:
    """A chart."""

    name: str
    old: Piece
    places: list[tuple[str, Range]]
    parts: list[str]
    """Names of the chart parts, one per place; empty where that is gone."""
    was: Drawn | None
    """What it shows, where its part can be read."""
    now: Drawn
    fresh: Range
    state: SpotState


@dataclass(slots=True, eq=False)
class Pair:
    """A piece of before and the one that takes its place; one of both may be missing."""

    old: Piece | None
    new: Seen | None
    spots: list[Spot] = field(default_factory=list)
    rows: list[tuple[Row | None, int | None]] = field(default_factory=list)
    """Of a table: row of before, and number of its row in the draft."""
    reshaped: bool = False
    """The table has other columns now."""
    chart: ChartSpot | None = None
    standing: bool = True
    """Something of a piece that has no place any more still stands in the file."""


def compared(file: WordFile, entry: Refilled, stamps: Stamps, charts: Charts) -> list[Pair]:
    """Every piece of an entry beside what it should be."""
    if not entry.entry.alone:
        return [_inline(file, entry, stamps)] if entry.entry.pieces else []
    new = [piece_of(seen, stamps, charts) for seen in entry.pieces]
    by_number = {seen.number: seen for seen in entry.pieces}
    pairs = []
    for old, fresh in aligned(entry.entry.pieces, new):
        pair = Pair(old, by_number[fresh.number] if fresh else None)
        if old is None:
            pair.standing = False
        elif fresh is None:
            pair.standing = any(file.ranges(name) for name in names_of(entry.entry.bookmark, old))
        else:
            _fill(pair, file, entry.entry, stamps, charts)
        pairs.append(pair)
    return pairs


def _inline(file: WordFile, entry: Refilled, stamps: Stamps) -> Pair:
    old, stem = entry.entry.pieces[0], entry.entry.bookmark
    return Pair(old, None, [Spot(stem, old.said, entry.text, file.ranges(stem), stamps, exact=False)], standing=False)


def names_of(stem: str, piece: Piece) -> Iterator[str]:
    """The bookmarks of a piece."""
    if piece.kind != "table":
        yield f"{stem}_{piece.number}"
    for row in piece.rows:
        yield from (f"{stem}_{piece.number}_{row.number}_{column}" for column in range(len(row.cells)))


def _fill(pair: Pair, file: WordFile, entry: Entry, stamps: Stamps, charts: Charts) -> None:
    assert pair.old is not None
    assert pair.new is not None
    name, exact = f"{entry.bookmark}_{pair.old.number}", bool(entry.quotes)
    if pair.new.kind == "table":
        _fill_table(pair, file, name, stamps, exact=exact)
        return
    assert pair.new.words is not None
    places = file.ranges(name)
    if pair.new.kind == "chart":
        pair.chart = _chart(pair.old, name, places, file, pair.new.words, stamps, charts)
    else:
        pair.spots.append(Spot(name, pair.old.said, pair.new.words.text, places, stamps, exact, fresh=pair.new.words))


def _fill_table(pair: Pair, file: WordFile, name: str, stamps: Stamps, *, exact: bool) -> None:
    assert pair.old is not None
    assert pair.new is not None
    cells = pair.new.cells
    texts: dict[int, list[Range]] = {}
    for row, column in sorted(cells):
        texts.setdefault(row, []).append(cells[row, column])
    widths = {len(each) for each in texts.values()} | {len(row.cells) for row in pair.old.rows}
    pair.reshaped = len(widths) != 1
    if pair.reshaped:
        return
    numbers = sorted(texts)
    heads = [stamps.said(texts[number][0].text) for number in numbers]
    body = _rows_beside(pair.old.rows[1:], list(zip(numbers, heads, strict=True))[1:])
    pair.rows = [(pair.old.rows[0], numbers[0]), *body]
    for old, number in pair.rows:
        if old is None or number is None:
            continue
        for column, fresh in enumerate(texts[number]):
            here = f"{name}_{old.number}_{column}"
            spot = Spot(here, old.cells[column], fresh.text, file.ranges(here), stamps, exact, column, fresh)
            pair.spots.append(spot)


def _rows_beside(old: Sequence[Row], new: Sequence[tuple[int, str]]) -> list[tuple[Row | None, int | None]]:
    """Rows with the same first cell beside each other, in the order of today."""
    pairs: list[tuple[Row | None, int | None]] = []
    matcher = difflib.SequenceMatcher(None, [row.cells[0] for row in old], [head for _, head in new], autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        both = min(last - first, end - begin)
        pairs += [(old[first + at], new[begin + at][0]) for at in range(both)]
        pairs += [(row, None) for row in old[first + both : last]]
        pairs += [(None, number) for number, _ in new[begin + both : end]]
    return pairs


def _chart(
    old: Piece,
    name: str,
    places: list[tuple[str, Range]],
    file: WordFile,
    fresh: Range,
    stamps: Stamps,
    charts: Charts,
) -> ChartSpot:
    places = [(part, found) for part, found in places if found.chart is not None]
    parts = [file.chart_part(part, found) for part, found in places]
    shown = [drawn(xml) if name and (xml := file.parts.read(name)) else None for name in parts]
    now = drawn(charts(fresh.chart.attributes.get("r:id", "") if fresh.chart else "") or b"")
    was = shown[0] if shown else None
    state: SpotState = "gone"
    if was is not None:
        state = "right" if was == now else "changed" if stamps.of(was.said) == old.said else "edited"
        state = "changed" if state == "right" and _is_told_wrong(places[0][1], fresh, old, stamps) else state
    return ChartSpot(name, old, places, parts, was, now, fresh, state)


def _is_told_wrong(found: Range, fresh: Range, old: Piece, stamps: Stamps) -> bool:
    """Whether the alternative text is ours and says something else than it should."""
    told = alternative(found)
    return told != alternative(fresh) and stamps.of(told) == old.told


def aligned(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[Piece | None, Piece | None]]:
    """Pieces of one kind beside each other, in order, with as little change as can be."""
    costs: dict[tuple[int, int], tuple[float, int]] = {(len(old), len(new)): (0.0, 0)}
    for i in range(len(old), -1, -1):
        for j in range(len(new), -1, -1):
            ways = []
            if i < len(old) and j < len(new) and old[i].kind == new[j].kind:
                ways.append((costs[i + 1, j + 1][0] + (0 if _same(old[i], new[j]) else _OTHER), 0))
            if i < len(old):
                ways.append((costs[i + 1, j][0] + _ONE, 1))
            if j < len(new):
                ways.append((costs[i, j + 1][0] + _ONE, 2))
            if ways:
                costs[i, j] = min(ways)
    pairs: list[tuple[Piece | None, Piece | None]] = []
    i = j = 0
    while (i, j) != (len(old), len(new)):
        way = costs[i, j][1]
        pairs.append((old[i] if way != 2 else None, new[j] if way != 1 else None))
        i, j = i + (way != 2), j + (way != 1)
    return pairs


def _same(old: Piece, new: Piece) -> bool:
    return (old.said, [row.cells for row in old.rows]) == (new.said, [row.cells for row in new.rows])
