"""What is cut out of and put into a document for one placeholder. Decides only; `refreshing` writes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verhalen.i18n import mark
from verhalen.report.checking import GAP, QUOTES, Comparison, is_gap
from verhalen.report.comparing import ChartSpot, Pair, Spot, names_of
from verhalen.report.refilling import Refilled
from verhalen.report.refresh_tables import TableSurgery
from verhalen.report.trace import PLAIN, Entry, Piece, alternative, piece_of
from verhalen.report.word_charts import emptied, emptied_book, with_numbers
from verhalen.report.word_edits import Marker, Swap, blank, rewrite, swaps, without
from verhalen.report.word_fragments import Looks, fragment, told
from verhalen.report.word_ranges import BY, Range, Seen
from verhalen.report.word_xml import Edit, Node, spliced

EDITED = mark("somebody edited this by hand; it was left as it is")
NOWHERE = mark("there is no place for it in the document; build the report anew for that")
CHART_ANEW = mark("the chart has other bars or parts now: it was drawn anew, and looks as we draw it")
ALTERNATIVE = mark(
    "the alternative text of the chart was edited by hand; read whether it still says what the chart shows"
)


class Surgeon:
    """Goes through a document placeholder by placeholder and gathers what must change."""

    def __init__(self, comparison: Comparison, marker: Marker) -> None:
        self.file, self.stamps, self.refill = comparison.file, comparison.stamps, comparison.refill
        self.marker = marker
        self.files = self.file.words
        self.edits: dict[str, list[Edit]] = {}
        self.whole: dict[str, bytes] = {}
        """Charts and workbooks, by the name of their part."""
        self.entries: list[Entry] = []
        """What the file must remember from now on."""
        self.touched: set[int] = set()
        self.removed = 0
        self.left: list[tuple[str, str]] = []
        """Placeholders that were not brought up to date, and why."""
        self.taken_out: list[str] = []
        """Words of quotes that may no longer stand there. For looking once, never to be told."""
        self.expected: dict[tuple[str, str], str] = {}
        """What must stand at a bookmark of a part afterwards."""
        self.looks = Looks()
        self.looks.learn((pair for _, pairs in comparison.pairs for pair in pairs), self.files, self.refill.words)
        self._tables = TableSurgery(self)
        self._at = Entry(0, "words", "", alone=False, bookmark="")
        self._source = ""
        self._purge = False

    def parts(self) -> dict[str, bytes]:
        """Every part that changes, with its new bytes."""
        cut = {name: spliced(self.files[name].data, edits) for name, edits in self.edits.items() if edits}
        return {**cut, **self.whole}

    def cut(self, part: str, edits: Sequence[Edit]) -> None:
        """Gather edits of a part."""
        if edits:
            self.edits.setdefault(part, []).extend(edits)
            self.touched.add(self._at.id)

    def leave(self, why: str) -> None:
        """Say once why something of this placeholder stays as it is: a marked sentence, or words that are made already."""
        if (self._source, why) not in self.left:
            self.left.append((self._source, why))

    def entry(self, entry: Refilled, pairs: Sequence[Pair]) -> None:
        """One placeholder with all its pieces."""
        self._at, self._source = entry.entry, entry.source
        unknown = entry.problem if entry.entry.kind not in QUOTES else ""
        if unknown or not entry.entry.pieces or (is_gap(entry.entry, self.stamps) and not entry.pieces):
            if unknown or entry.pieces:
                self.leave(unknown or NOWHERE)
            self.entries.append(entry.entry)
            return
        shown = entry.shown(self.stamps)
        lost = [each for each in entry.entry.quotes if each not in shown]
        self._purge = bool(lost)
        before = len(self.taken_out)
        said = [self._pair(pairs, at) for at in range(len(pairs))]
        pieces = [piece for piece in said if piece is not None]
        if lost and entry.entry.kind in QUOTES and not entry.pieces:
            pieces = self._with_gap(pairs) or pieces
        self.removed += len(lost) if len(self.taken_out) > before else 0
        if pieces:
            kept = self._with_taken(pairs, said) if pieces == [each for each in said if each is not None] else pieces
            self.entries.append(_remembered(entry, kept, shown))

    def _with_taken(self, pairs: Sequence[Pair], said: Sequence[Piece | None]) -> list[Piece]:
        """The pieces, and those that somebody took out by hand: what is remembered does not come back at the next refresh."""
        taken = [
            pair.old if piece is None and pair.new is not None and not self._purge else None
            for pair, piece in zip(pairs, said, strict=True)
        ]
        return [each for pair in zip(said, taken, strict=True) for each in pair if each is not None]

    def _pair(self, pairs: Sequence[Pair], at: int) -> Piece | None:
        pair = pairs[at]
        if pair.old is None:
            return self._insert(pairs, at)
        if pair.new is None and self._at.alone:
            return self._remove(pair.old)
        if pair.chart is not None:
            return self._chart(pair.old, pair.chart)
        if pair.old.kind == "table":
            return self._tables.table(pair, self._at, purge=self._purge)
        said = self.words(pair.spots[0], purge=self._purge)
        return None if said is None else replace(pair.old, said=said)

    # -- words ---------------------------------------------------------------------------------------------------------

    def words(self, spot: Spot, *, purge: bool) -> str | None:
        """Bring one place up to date; what it says from now on (`Stamps.said`), or None where it is gone."""
        if spot.state == "gone":
            return None
        said = self.stamps.said(spot.new)
        for part, found in spot.places:
            if spot.fits(found.text):
                continue
            if self.stamps.said(found.text) == spot.old or (purge and spot.moved_on):
                self._replace(part, found, spot, whole=purge)
            elif not self._within_own_words(part, found, spot):
                said = spot.old
                self.leave(EDITED)
        return said

    def _replace(self, part: str, found: Range, spot: Spot, *, whole: bool) -> None:
        wanted = [Swap(0, len(found.text), spot.new)] if whole else swaps(found.text, spot.new)
        self.cut(part, rewrite(self.files[part], found, wanted, self.marker))
        self.expected[part, found.name] = spot.new
        if whole:
            self._forget(part, found)

    def _forget(self, part: str, found: Range) -> None:
        """Words that may no longer stand there: those in tracked deletions too."""
        self.taken_out.append("" if found.text.startswith(BY) else found.text)
        dead = [edit for edit in blank(found, deleted_too=True) if edit not in blank(found)]
        self.cut(part, dead)

    def _within_own_words(self, part: str, found: Range, spot: Spot) -> bool:
        """Where somebody wrote around a number ("ongeveer 12"), only the number changes. Whether that could be."""
        places = _places(found.text, spot.old) if PLAIN.fullmatch(spot.old) and spot.old.strip() else []
        if len(places) != 1:
            return False
        start, stop = places[0]
        self.cut(part, rewrite(self.files[part], found, [Swap(start, stop, spot.new)], self.marker))
        self.expected[part, found.name] = found.text[:start] + spot.new + found.text[stop:]
        return True

    # -- pieces that come and go ---------------------------------------------------------------------------------------

    def _remove(self, old: Piece) -> Piece | None:
        if old.kind == "table":
            return self._tables.remove(old, self._at, purge=self._purge)
        for part, found in self.file.ranges(f"{self._at.bookmark}_{old.number}"):
            if old.kind != "chart" and self.stamps.said(found.text) != old.said and not self._purge:
                self.leave(EDITED)
                return old
            if self._purge:
                self._forget(part, found)
            self.cut(part, without(found, deleted_too=self._purge))
            self._empty_chart(self.file.chart_part(part, found))
        return None

    def _empty_chart(self, name: str) -> None:
        """No old number stays behind in a part that nothing shows any more."""
        xml = self.file.parts.read(name) if name else None
        if xml is not None:
            self.whole[name] = emptied(xml)
            workbook = self.file.workbook_part(name)
            book = self.file.parts.read(workbook) if workbook else None
            if book is not None:
                self.whole[workbook] = emptied_book(book)

    def _with_gap(self, pairs: Sequence[Pair]) -> list[Piece]:
        """In the place of a quote that goes without another that fits: a sober sign that something was left out."""
        for old in (pair.old for pair in pairs if pair.old is not None):
            for part, found in self.file.ranges(f"{self._at.bookmark}_{old.number}"):
                paragraph = found.begin.above("w:p")
                if paragraph is None or not (found.letters or found.runs):
                    continue
                gone = self.edits.get(part, [])
                gone[:] = [each for each in gone if not paragraph.start <= each.start < paragraph.end]
                self._forget(part, found)
                self.cut(part, rewrite(self.files[part], found, [Swap(0, len(found.text), GAP)], self.marker))
                return [Piece(old.number, "words", self.stamps.said(GAP))]
        return []

    def _insert(self, pairs: Sequence[Pair], at: int) -> Piece | None:
        new = pairs[at].new
        assert new is not None
        place = self._beside(pairs, at)
        node = _block(new)
        if place is None or node is None or new.kind == "chart":
            self.leave(NOWHERE)
            return None
        taken = [each.number for pair in pairs for each in (pair.old, pair.new) if each is not None]
        number = max(taken) + 1 + at
        old_stem = f"{self._at.bookmark}_{new.number}"
        stem = f"{self._at.bookmark}_{number}"
        xml = fragment(self.refill.words, node, old=old_stem, new=stem, looks=self.looks, marker=self.marker)
        part, where = place
        self.cut(part, [Edit(where, where, xml)])
        return replace(piece_of(new, self.stamps, self.refill.body.chart), number=number)

    def _beside(self, pairs: Sequence[Pair], at: int) -> tuple[str, int] | None:
        """The part and the place in it where a new piece comes: behind what is before it, else before what follows."""
        for near, behind in ((range(at - 1, -1, -1), True), (range(at + 1, len(pairs)), False)):
            for other in near:
                old = pairs[other].old
                names = names_of(self._at.bookmark, old) if old is not None else ()
                for part, found in (place for name in names for place in self.file.ranges(name)):
                    block = found.begin.above("w:tbl" if old is not None and old.kind == "table" else "w:p")
                    if block is not None:
                        return part, block.end if behind else block.start
        return None

    # -- charts --------------------------------------------------------------------------------------------------------

    def _chart(self, old: Piece, chart: ChartSpot) -> Piece | None:
        new = replace(old, said=self.stamps.of(chart.now.said), told=self.stamps.of(alternative(chart.fresh)))
        if chart.state == "gone":
            return None
        if chart.state == "right":
            return new
        if chart.state == "edited":
            self.leave(EDITED)
            return old
        relation = chart.fresh.chart.attributes.get("r:id", "") if chart.fresh.chart else ""
        xml, book = self.refill.body.charts[relation]
        for (part, found), name in zip(chart.places, chart.parts, strict=True):
            self._redraw(chart, name, xml, book)
            self._mark_picture(part, found)
            if self.stamps.of(alternative(found)) == old.told or not alternative(found):
                self.cut(part, told(self.files[part], found, alternative(chart.fresh)))
            else:
                self.leave(ALTERNATIVE)
        return new

    def _redraw(self, chart: ChartSpot, name: str, fresh: bytes, book: bytes) -> None:
        xml = self.file.parts.read(name) if name else None
        if xml is None or chart.was is None:
            return
        if chart.was.same_shape(chart.now):
            self.whole[name] = with_numbers(xml, chart.now)
        else:
            self.whole[name] = _with_link_of(xml, fresh)
            self.leave(CHART_ANEW)
        workbook = self.file.workbook_part(name)
        if workbook:
            self.whole[workbook] = book

    def _mark_picture(self, part: str, found: Range) -> None:
        run = found.chart.above("w:r") if found.chart else None
        if run is None or run.above("w:ins") is not None:
            return
        data = self.files[part].data
        self.cut(part, [Edit(run.start, run.end, self.marker.inserted(data[run.start : run.end]))])


def _remembered(entry: Refilled, pieces: Sequence[Piece], shown: tuple[str, ...]) -> Entry:
    numbers = entry.asked.numbers if entry.asked else ()
    value = numbers[0].value if not entry.entry.alone and numbers else ""
    suppressed = sum(number.suppressed for number in numbers)
    kind = entry.asked.kind if entry.asked else entry.entry.kind
    return replace(entry.entry, kind=kind, pieces=tuple(pieces), quotes=shown, value=value, suppressed=suppressed)


def _places(text: str, number: str) -> list[tuple[int, int]]:
    """Where a number stands as a word of its own."""
    return [found.span() for found in re.finditer(rf"(?<![\w.,]){re.escape(number)}(?!\w|[.,]\d)", text)]


def _block(seen: Seen) -> Node | None:
    """The paragraph or table of a piece in the draft."""
    if seen.kind == "table":
        first = next(iter(seen.cells.values()), None)
        return first.begin.above("w:tbl") if first else None
    return seen.words.begin.above("w:p") if seen.words else None


_LINK = re.compile(rb'(<c:externalData\b[^>]*\br:id=")[^"]*(")')
_WHOLE_LINK = re.compile(rb"<c:externalData\b.*?</c:externalData>", re.DOTALL)


def _with_link_of(old: bytes, fresh: bytes) -> bytes:
    """The fresh chart, calling its workbook as the old one did; without workbook no call."""
    link = _LINK.search(old)
    if link is None:
        return _WHOLE_LINK.sub(b"", fresh)
    return _LINK.sub(lambda found: found[1] + link[0].split(b'r:id="')[1], fresh)
