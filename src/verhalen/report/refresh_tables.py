"""Tables of a built document: cells in place, rows that come and go, and a table of another shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.report.comparing import Pair, names_of
from verhalen.report.trace import Entry, Piece, Row, piece_of
from verhalen.report.word_edits import blank
from verhalen.report.word_fragments import fragment, holds_others, row_like
from verhalen.report.word_ranges import Range, Seen
from verhalen.report.word_xml import Edit, Node

if TYPE_CHECKING:
    from verhalen.report.refresh_entry import Surgeon

OTHER_SHAPE = mark("the table has other columns now, and somebody wrote in it; it was left as it is")
OTHER_ROW = mark("a row goes, and somebody wrote in it; its numbers were taken out and the row stays")
NO_ROW = mark("there is no row to put a new one beside; build the report anew for that")


class TableSurgery:
    """Works for one surgeon."""

    def __init__(self, surgeon: Surgeon) -> None:
        self._surgeon = surgeon

    def table(self, pair: Pair, entry: Entry, *, purge: bool) -> Piece | None:
        """Bring a table up to date; what is remembered of it from now on, or None where it is gone."""
        assert pair.old is not None
        assert pair.new is not None
        places = self._places(pair.old, entry)
        if not places:
            return None
        if pair.reshaped:
            return self._anew(pair.old, pair.new, entry, places, purge=purge)
        said = {id(spot): self._surgeon.words(spot, purge=purge) for spot in pair.spots}
        of_row: dict[int, list[str]] = {}
        for spot in pair.spots:
            kept = said[id(spot)]
            row = int(spot.name.split("_")[3])
            of_row.setdefault(row, []).append(self._surgeon.stamps.said(spot.new) if kept is None else kept)
        rows = list(self._rows(pair, entry, of_row))
        return replace(pair.old, rows=tuple(rows))

    def _places(self, old: Piece, entry: Entry) -> list[tuple[str, Range]]:
        file = self._surgeon.file
        return [place for name in names_of(entry.bookmark, old) for place in file.ranges(name)]

    def _rows(self, pair: Pair, entry: Entry, of_row: dict[int, list[str]]) -> Iterator[Row]:
        assert pair.old is not None
        assert pair.new is not None
        free = max(row.number for row in pair.old.rows) + 1
        above: Row | None = None
        for old, number in pair.rows:
            if old is not None and number is not None:
                above = old
                yield Row(old.number, tuple(of_row[old.number]))
            elif old is not None:
                self._take_out(old, pair.old, entry)
            elif number is not None and self._put_in(pair, entry, above, number, free):
                texts = [found.text for (row, _), found in sorted(pair.new.cells.items()) if row == number]
                yield Row(free, tuple(self._surgeon.stamps.said(text) for text in texts))
                free += 1

    def _row_places(self, row: Row, piece: Piece, entry: Entry) -> list[tuple[str, Range]]:
        names = (f"{entry.bookmark}_{piece.number}_{row.number}_{column}" for column in range(len(row.cells)))
        return [place for name in names for place in self._surgeon.file.ranges(name)]

    def _take_out(self, row: Row, piece: Piece, entry: Entry) -> None:
        places = self._row_places(row, piece, entry)
        by_line: dict[int, tuple[str, Node, list[Range]]] = {}
        for part, found in places:
            line = found.row
            if line is not None:
                by_line.setdefault(id(line), (part, line, []))[2].append(found)
        for part, line, ranges in by_line.values():
            if holds_others(line, ranges):
                self._surgeon.leave(OTHER_ROW)
                self._surgeon.cut(part, [edit for found in ranges for edit in blank(found, deleted_too=True)])
            else:
                self._surgeon.cut(part, [Edit(line.start, line.end)])

    def _put_in(self, pair: Pair, entry: Entry, above: Row | None, number: int, free: int) -> bool:
        """A new row below `above`, in the looks of a row of numbers near it."""
        assert pair.old is not None
        assert pair.new is not None
        beside = self._line(above, pair.old, entry)
        body = [row for row in pair.old.rows[1:] if self._line(row, pair.old, entry)]
        like = beside if above in body else self._line(body[0], pair.old, entry) if body else None
        if beside is None or like is None:
            self._surgeon.leave(NO_ROW)
            return False
        texts = {column: found.text for (row, column), found in pair.new.cells.items() if row == number}
        stem = f"{entry.bookmark}_{pair.old.number}_{free}"
        words = self._surgeon.files[like[0]]
        xml = row_like(words, like[1], texts, stem=stem, marker=self._surgeon.marker)
        self._surgeon.cut(beside[0], [Edit(beside[1].end, beside[1].end, xml)])
        return True

    def _line(self, row: Row | None, piece: Piece, entry: Entry) -> tuple[str, Node] | None:
        places = self._row_places(row, piece, entry) if row is not None else []
        return next(((part, found.row) for part, found in places if found.row is not None), None)

    def _anew(
        self, old: Piece, new: Seen, entry: Entry, places: list[tuple[str, Range]], *, purge: bool
    ) -> Piece | None:
        """The whole table in the place of the old one."""
        part, found = places[0]
        table, fresh = found.begin.above("w:tbl"), next(iter(new.cells.values())).begin.above("w:tbl")
        surgeon = self._surgeon
        if table is None or fresh is None or (holds_others(table, [each for _, each in places]) and not purge):
            surgeon.leave(OTHER_SHAPE)
            return old
        stems = f"{entry.bookmark}_{new.number}", f"{entry.bookmark}_{old.number}"
        xml = fragment(
            surgeon.refill.words, fresh, old=stems[0], new=stems[1], looks=surgeon.looks, marker=surgeon.marker
        )
        surgeon.cut(part, [Edit(table.start, table.end, xml)])
        return replace(piece_of(new, surgeon.stamps, surgeon.refill.body.chart), number=old.number)

    def remove(self, old: Piece, entry: Entry, *, purge: bool) -> Piece | None:
        """A table that has no place any more; where somebody wrote in it, only our words go."""
        places = self._places(old, entry)
        ranges = [found for _, found in places]
        for part, found in places[:1]:
            table = found.begin.above("w:tbl")
            if table is not None and not holds_others(table, ranges):
                self._surgeon.cut(part, [Edit(table.start, table.end)])
            else:
                self._surgeon.leave(OTHER_SHAPE)
                self._surgeon.cut(part, [edit for each in ranges for edit in blank(each, deleted_too=purge)])
        return None
