"""Rows of score tables: long (one observation per row) or wide (one column per item) become observations of one kind.

Most rows of a file repeat what others said before: who, when and by whom, or the same answer to the same item. So what a row
means is kept by its cells, and only cells that were not seen before are looked at one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from verhalen import errors
from verhalen.exchange.columns import Sheet, name_of, parse_whole, shown
from verhalen.exchange.score_heads import Answer, HeadCells, Heads, Place, Revised, Said, SnapshotKey
from verhalen.exchange.score_words import (
    ANSWER,
    FOR_READING,
    HEAD,
    NOTE_OF,
    REASON_OF,
    REASONS,
    REVISED,
    SIGNS,
    SNAPSHOT,
    item_of,
)
from verhalen.exchange.tables import Row
from verhalen.i18n import mark, t
from verhalen.model.family import Level
from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import Reason, State
from verhalen.model.text import Notice

ABOUT = {
    Level.FAMILY: mark("item {item} is about the family; leave the person out"),
    Level.ADULT: mark("item {item} is about an adult; name one of the family, as in moeder"),
    Level.CHILD: mark("item {item} is about a child; name one of the family, as in kind1"),
}
NOT_OFFERED = mark(
    "Item {item} offers no 'not applicable', yet it stands there ({n}×). Perhaps 'unknown' (?) was meant."
)
LATER_COUNTS = mark(
    "Item {item}: row {earlier} says something else of the same day and assessor. The later row counts, this one."
)
LATER_SHEET_COUNTS = mark(
    "Item {item}: an earlier sheet says something else of the same day and assessor. The later row counts, this one."
)
RETIRED = mark("Item {item} is no longer asked, yet it stands there ({n}×). It was stored.")


@dataclass(slots=True)
class Gathered:
    """What the tables of a file say."""

    snapshots: dict[SnapshotKey, int] = field(default_factory=dict)
    """Number of each snapshot, in order of the file."""
    versions: dict[int, int] = field(default_factory=dict)
    """Version of the instrument by which a snapshot was judged, where the file says it."""
    said: dict[Place, Said] = field(default_factory=dict)
    notes: dict[int, str | None] = field(default_factory=dict)
    """Of snapshots that have a row as such, by number; None where the table has no column for notes."""
    revised: list[Revised] = field(default_factory=list)


@dataclass(slots=True)
class ScoreRows:
    """One table of scores while it is read: problems gather in `sheet.problems`, the rest in `gathered`."""

    sheet: Sheet
    heads: Heads
    gathered: Gathered
    _rows: dict[Place, int] = field(default_factory=dict)
    _not_offered: Counter[str] = field(default_factory=Counter)
    _retired: Counter[str] = field(default_factory=Counter)
    _twice: list[Notice] = field(default_factory=list)

    def read(self) -> None:
        """Read every row. Rows with a problem say nothing."""
        long = self.sheet.has("item")
        self.sheet.need("gezin", "datum", *(("waarde",) if long and not self.sheet.has("status") else ()))
        if self.sheet.problems:
            return
        if not self.sheet.has("instrument") and self.heads.default is None:
            self.heads.default = self._only_instrument(self._long_items() if long else self.sheet.others(HEAD))
        if long:
            self._read_long()
        else:
            self._read_wide()

    @property
    def bad_places(self) -> set[Place]:
        """What rows with a problem say: to be left out."""
        bad = {problem.row for problem in self.sheet.problems}
        return {place for place, row in self._rows.items() if row in bad} if bad else set()

    @property
    def notices(self) -> list[Notice]:
        """What is odd but no error."""
        found = [Notice(None, NOT_OFFERED, {"item": item, "n": n}) for item, n in sorted(self._not_offered.items())]
        found += [Notice(None, RETIRED, {"item": item, "n": n}) for item, n in sorted(self._retired.items())]
        return found + self._twice

    # -- what a table is about -----------------------------------------------------------------------------------------

    def _long_items(self) -> list[str]:
        return [name_of(written) for written in self.sheet.different("item")]

    def _only_instrument(self, names: Sequence[str]) -> str:
        """The one instrument that has these items."""
        wanted = {item_of(name) for name in names if name and name not in (*ANSWER, *FOR_READING)} - {SNAPSHOT}
        items = self.heads.items
        fitting = [key for key, known in items.items() if known and wanted & known.keys()]
        best = [key for key in fitting if wanted <= items[key].keys()] or fitting
        if len(best) != 1:
            raise errors.BadInput(
                reason=t("the file does not say of which instrument these scores are: name it in a column `instrument`")
            )
        return best[0]

    # -- long ----------------------------------------------------------------------------------------------------------

    def _read_long(self) -> None:
        sheet, lines = self.sheet, self.sheet.lines
        head_of, answer_of = _getter(sheet, HEAD), _getter(sheet, ANSWER)
        known, said, rows = self.heads.known, self.gathered.said, self._rows
        for at, (number, cells) in enumerate(lines.lines):
            written = head_of(cells)
            head = known.get(written) or self.heads.at(lines[at], written)
            if head is None:
                continue
            answer = answer_of(cells)
            found = head.answers.get(answer)
            if found is None:
                found = self._answer(lines[at], head)
                if found is None:
                    continue
                head.answers[answer] = found
            item, wanted, is_plain = found
            place = (head.snapshot, item.id, head.person_id)
            if is_plain and item.level is head.level and place not in said:
                said[place] = wanted
                rows[place] = number
            else:
                self._put(lines[at], head, item, wanted, column="lid")

    def _answer(self, row: Row, head: HeadCells) -> Answer | None:
        sheet, instrument = self.sheet, head.instrument
        written = sheet.needed(row, "item")
        if name_of(written) == SNAPSHOT:
            self._snapshot(row, head, "toelichting")
            return None
        item = self.heads.item(row, written, head, column="item") if written else None
        if item is None:
            return None
        status = sheet.text(row, "status").casefold()
        if not status:
            said = self._cell(row, "waarde", instrument, item)
            if said is None and not sheet.is_bad(row):
                sheet.bad(row, "waarde", t("this cell is empty"))
        elif status in REVISED:
            self._revised(row, head, item)
            return None
        elif status not in SIGNS:
            words = ", ".join(State)
            sheet.bad(row, "status", t('"{written}" is not one of: {words}', written=shown(status), words=words))
            return None
        else:
            said = self._with_status(row, instrument, item, SIGNS[status])
        if said is None:
            return None
        note = sheet.text(row, "toelichting") if sheet.has("toelichting") else None
        reasons = self._reasons(row, "reden") if sheet.has("reden") else None
        return None if sheet.is_bad(row) else _answer_of(item, said._replace(note=note, reasons=reasons))

    def _snapshot(self, row: Row, head: HeadCells, column: str) -> None:
        """The snapshot as such, with its note in a column of this name."""
        note = self.sheet.text(row, column) if self.sheet.has(column) else None
        if self.gathered.notes.setdefault(head.snapshot, note) != note:
            self.sheet.bad(row, column, t("another row says something else of this snapshot"))

    def _revised(self, row: Row, head: HeadCells, item: Item) -> None:
        sheet = self.sheet
        written = sheet.text(row, "waarde")
        is_na = SIGNS.get(written.casefold(), State.NOT_APPLICABLE if not written else None) is State.NOT_APPLICABLE
        said = None if is_na else self._value(row, "waarde", head.instrument, item)
        day = sheet.day(row, "herzien_op", latest=self.heads.latest) if sheet.needed(row, "herzien_op") else None
        reasons = self._reasons(row, "reden")
        if item.level is not head.level:
            sheet.bad(row, "lid", t(ABOUT[item.level], item=item.key))
        if len(reasons) != 1 and not sheet.is_bad(row):
            sheet.bad(row, "reden", t("a revised baseline needs one reason"))
        if day is not None and not sheet.is_bad(row):
            value, note = (said.value if said else None), sheet.text(row, "toelichting")
            self.gathered.revised.append(Revised(head.snapshot, item.id, head.person_id, value, day, reasons[0], note))

    def _with_status(self, row: Row, instrument: Instrument, item: Item, state: State) -> Said | None:
        value = self.sheet.text(row, "waarde")
        if state is not State.SCORED:
            if value and SIGNS.get(value.casefold()) is not state:
                self.sheet.bad(row, "waarde", t("only a score has a value; leave this cell empty"))
                return None
            return Said(state.value, None)
        if not value:
            self.sheet.bad(row, "waarde", t("a score needs a value"))
            return None
        return self._value(row, "waarde", instrument, item)

    # -- wide ----------------------------------------------------------------------------------------------------------

    def _read_wide(self) -> None:
        lines = self.sheet.lines
        columns = [(name, lines.names.index(self.sheet.columns[name])) for name in self._columns()]
        head_of, as_such = _getter(self.sheet, HEAD), self.sheet.has(SNAPSHOT)
        for at_line, (_, cells) in enumerate(lines.lines):
            row, written = lines[at_line], head_of(cells)
            head = self.heads.known.get(written) or self.heads.at(row, written)
            if head is None:
                continue
            if as_such and self.sheet.text(row, SNAPSHOT):
                self._snapshot(row, head, NOTE_OF + SNAPSHOT)
            for name, at in columns:
                if not (cell := cells[at]) or not cell.strip():
                    continue
                found = head.answers.get((name, cell))
                if found is None:
                    found = self._wide_answer(row, name, head)
                    if found is None:
                        continue
                    head.answers[name, cell] = found
                self._put(row, head, found.item, self._with_words(row, name, found.said), column=name)

    def _columns(self) -> list[str]:
        """The columns of a wide table that are items; unknown ones are problems of the header."""
        known = self.heads.known_items
        found = []
        for name in self.sheet.others(HEAD):
            if name in known:
                found.append(name)
            elif item_of(name) not in known and item_of(name) != SNAPSHOT and name not in (*ANSWER, *FOR_READING):
                original = self.sheet.columns[name]
                self.sheet.bad_header(original, t("there is no item {item}", item=shown(original)))
        return found

    def _wide_answer(self, row: Row, name: str, head: HeadCells) -> Answer | None:
        item = self.heads.item(row, name, head, column=name)
        said = self._cell(row, name, head.instrument, item) if item else None
        return _answer_of(item, said) if item and said else None

    def _with_words(self, row: Row, name: str, said: Said) -> Said:
        """With the note and the reasons that stand in columns of their own."""
        sheet = self.sheet
        if sheet.has(note := NOTE_OF + name):
            said = said._replace(note=sheet.text(row, note))
        if sheet.has(reason := REASON_OF + name):
            said = said._replace(reasons=self._reasons(row, reason))
        return said

    # -- cells ---------------------------------------------------------------------------------------------------------

    def _cell(self, row: Row, name: str, instrument: Instrument, item: Item) -> Said | None:
        """A number or its label, `nvt`, `?`, `=` or `==`; None where the cell is empty or noted as a problem."""
        written = self.sheet.text(row, name)
        if not written:
            return None
        state = SIGNS.get(written.casefold())
        if state is not None and state is not State.SCORED:
            return Said(state.value, None)
        return self._value(row, name, instrument, item)

    def _value(self, row: Row, name: str, instrument: Instrument, item: Item) -> Said | None:
        written = self.sheet.text(row, name)
        value = parse_whole(written)
        if value is None:
            value = self.heads.labels.value(instrument, item, written)
        if value is None:
            self.sheet.bad(row, name, t('"{written}" is no whole number', written=shown(written)))
            return None
        if not instrument.low <= value <= instrument.high:
            sentence = t(
                "{value} is off the scale of {low} to {high}", value=value, low=instrument.low, high=instrument.high
            )
            self.sheet.bad(row, name, sentence)
            return None
        return Said(State.SCORED.value, value)

    def _reasons(self, row: Row, name: str) -> tuple[Reason, ...]:
        """Several with `|` between, in their own order."""
        wanted = set()
        for written in self.sheet.text(row, name).split("|"):
            word = written.strip().casefold()
            if word and word not in REASONS:
                words = ", ".join(Reason)
                self.sheet.bad(row, name, t('"{written}" is not one of: {words}', written=shown(word), words=words))
            elif word:
                wanted.add(REASONS[word])
        return tuple(each for each in Reason if each in wanted)

    def _put(self, row: Row, head: HeadCells, item: Item, said: Said, *, column: str) -> None:
        if head.level is not item.level:
            self.sheet.bad(row, column, t(ABOUT[item.level], item=item.key))
            return
        place = (head.snapshot, item.id, head.person_id)
        earlier = self.gathered.said.get(place)
        if earlier is not None and earlier != said:
            values = {"item": item.key, "earlier": self._rows.get(place, 0)}
            self._twice.append(Notice(row.number, self._again(place), values))
        elif earlier is not None:
            return
        if said.state == _NVT and not item.may_be_na:
            self._not_offered[item.key] += 1
        if item.retired:
            self._retired[item.key] += 1
        self.gathered.said[place] = said
        self._rows[place] = row.number

    def _again(self, place: Place) -> str:
        return LATER_COUNTS if place in self._rows else LATER_SHEET_COUNTS


_NVT = State.NOT_APPLICABLE.value


def _answer_of(item: Item, said: Said) -> Answer:
    return Answer(item, said, not item.retired and (said.state != _NVT or item.may_be_na))


def _getter(sheet: Sheet, names: Sequence[str]) -> Callable[[list[str]], object]:
    """The cells of those columns that are there, as they are written."""
    return itemgetter(*[sheet.lines.names.index(sheet.columns[name]) for name in names if name in sheet.columns])
