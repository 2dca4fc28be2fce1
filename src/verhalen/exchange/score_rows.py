"""Rows of score tables: long (one observation per row) or wide (one column per item) become observations of one kind.

Most rows of a file repeat what others said before: who, when and by whom, or the same answer to the same item. So what a row
means is kept by its cells, and only cells that were not seen before are looked at one by one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from verhalen import errors
from verhalen.exchange.columns import Sheet, name_of, parse_whole, shown
from verhalen.exchange.score_heads import HeadCells, Heads, SnapshotKey
from verhalen.exchange.score_words import ANSWER, HEAD, NOTE_OF, REASON_OF, REASONS, SIGNS, STATES
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
RETIRED = mark("Item {item} is no longer asked, yet it stands there ({n}×). It was stored.")
Place = tuple[int, int, int | None]
"""What makes two rows speak of the same observation: number of the snapshot, item, person."""


class Said(NamedTuple):
    """What a row says. None where the table has no column for it: what is stored then stays."""

    state: State
    value: int | None
    note: str | None = None
    reasons: tuple[Reason, ...] | None = None


class _At(NamedTuple):
    said: Said
    sheet: str
    row: int


@dataclass(slots=True)
class Gathered:
    """What the tables of a file say, without those rows that have a problem."""

    snapshots: dict[SnapshotKey, int] = field(default_factory=dict)
    """Number of each snapshot, in order of the file."""
    versions: dict[int, int] = field(default_factory=dict)
    """Version of the instrument by which a snapshot was judged, where the file says it."""
    said: dict[Place, _At] = field(default_factory=dict)

    def good(self, bad: Mapping[str, set[int]]) -> dict[Place, Said]:
        """What the rows say that have no problem; `bad` are rows by sheet."""
        if not any(bad.values()):
            return {place: at.said for place, at in self.said.items()}
        return {place: at.said for place, at in self.said.items() if at.row not in bad.get(at.sheet, ())}


@dataclass(slots=True)
class ScoreRows:
    """One table of scores while it is read: problems gather in `sheet.problems`, the rest in `gathered`."""

    sheet: Sheet
    heads: Heads
    gathered: Gathered
    _not_offered: Counter[str] = field(default_factory=Counter)
    _retired: Counter[str] = field(default_factory=Counter)
    _answers: dict[tuple[object, ...], tuple[Item, Said] | None] = field(default_factory=dict)

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
    def notices(self) -> list[Notice]:
        """What is odd but no error."""
        found = [Notice(None, NOT_OFFERED, {"item": item, "n": n}) for item, n in sorted(self._not_offered.items())]
        return found + [Notice(None, RETIRED, {"item": item, "n": n}) for item, n in sorted(self._retired.items())]

    # -- what a table is about -----------------------------------------------------------------------------------------

    def _long_items(self) -> list[str]:
        column = self.sheet.columns["item"]
        return [name_of(written) for written in {row.cells[column] for row in self.sheet.table.rows}]

    def _only_instrument(self, names: Sequence[str]) -> str:
        """The one instrument that has these items."""
        wanted = {name.removeprefix(NOTE_OF).removeprefix(REASON_OF) for name in names if name}
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
        head_of, answer_of = _getter(self.sheet, HEAD), _getter(self.sheet, ANSWER)
        heads, answers, said, name = self.heads, self._answers, self.gathered.said, self.sheet.table.sheet
        for row in self.sheet.table.rows:
            head = heads.at(row, head_of(row.cells))
            if head is None:
                continue
            key = (head.instrument.id, answer_of(row.cells))
            found = answers.get(key)
            if found is None:
                found = answers[key] = self._answer(row, head.instrument)
                if found is None:
                    continue
            item, wanted = found
            place = (head.snapshot, item.id, head.person_id)
            if item.level is head.level and place not in said and not item.retired and wanted.state is not _NVT:
                said[place] = _At(wanted, name, row.number)
            else:
                self._put(row, head, item, wanted, column="lid")

    def _answer(self, row: Row, instrument: Instrument) -> tuple[Item, Said] | None:
        sheet = self.sheet
        written = sheet.needed(row, "item")
        item = self.heads.items[instrument.key].get(name_of(written))
        if item is None:
            if written:
                sheet.bad(row, "item", t("there is no item {item}", item=shown(written)))
            return None
        value, status = sheet.text(row, "waarde"), sheet.text(row, "status").casefold()
        if not status:
            said = self._cell(row, "waarde", instrument)
            if said is None and not sheet.is_bad(row):
                sheet.bad(row, "waarde", t("this cell is empty"))
        elif status not in STATES:
            words = ", ".join(State)
            sheet.bad(row, "status", t('"{written}" is not one of: {words}', written=shown(status), words=words))
            return None
        else:
            said = self._with_status(row, instrument, STATES[status], value)
        if said is None:
            return None
        note = sheet.text(row, "toelichting") if sheet.has("toelichting") else None
        reasons = self._reasons(row, "reden") if sheet.has("reden") else None
        return None if sheet.is_bad(row) else (item, said._replace(note=note, reasons=reasons))

    def _with_status(self, row: Row, instrument: Instrument, state: State, value: str) -> Said | None:
        if state is not State.SCORED:
            if value and SIGNS.get(value.casefold()) is not state:
                self.sheet.bad(row, "waarde", t("only a score has a value; leave this cell empty"))
                return None
            return Said(state, None)
        if not value:
            self.sheet.bad(row, "waarde", t("a score needs a value"))
            return None
        return self._value(row, "waarde", instrument)

    # -- wide ----------------------------------------------------------------------------------------------------------

    def _read_wide(self) -> None:
        sheet, columns = self.sheet, self._columns()
        head_of = _getter(sheet, HEAD)
        for row in sheet.table.rows:
            head = self.heads.at(row, head_of(row.cells))
            if head is None:
                continue
            items = self.heads.items[head.instrument.key]
            for name in columns:
                if not (written := row.cells[sheet.columns[name]]) or not written.strip():
                    continue
                key = (head.instrument.id, name, written)
                found = self._answers.get(key)
                if found is None:
                    found = self._answers[key] = self._wide_answer(row, name, items, head.instrument)
                if found is not None:
                    said = self._with_words(row, name, found[1])
                    self._put(row, head, found[0], said, column=name)

    def _columns(self) -> list[str]:
        """The columns of a wide table that are items; unknown ones are problems of the header."""
        known = self.heads.known_items
        found = []
        for name in self.sheet.others(HEAD):
            if name in known:
                found.append(name)
            elif name.removeprefix(NOTE_OF).removeprefix(REASON_OF) not in known:
                original = self.sheet.columns[name]
                self.sheet.bad_header(original, t("there is no item {item}", item=shown(original)))
        return found

    def _wide_answer(
        self, row: Row, name: str, items: Mapping[str, Item], instrument: Instrument
    ) -> tuple[Item, Said] | None:
        if name not in items:
            self.sheet.bad(row, name, t("there is no item {item}", item=shown(self.sheet.columns[name])))
            return None
        said = self._cell(row, name, instrument)
        return None if said is None else (items[name], said)

    def _with_words(self, row: Row, name: str, said: Said) -> Said:
        """With the note and the reasons that stand in columns of their own."""
        sheet = self.sheet
        if sheet.has(note := NOTE_OF + name):
            said = said._replace(note=sheet.text(row, note))
        if sheet.has(reason := REASON_OF + name):
            said = said._replace(reasons=self._reasons(row, reason))
        return said

    # -- cells ---------------------------------------------------------------------------------------------------------

    def _cell(self, row: Row, name: str, instrument: Instrument) -> Said | None:
        """A number, `nvt`, `?`, `=` or `==`; None where the cell is empty or noted as a problem."""
        written = self.sheet.text(row, name)
        if not written:
            return None
        state = SIGNS.get(written.casefold())
        if state is not None and state is not State.SCORED:
            return Said(state, None)
        return self._value(row, name, instrument)

    def _value(self, row: Row, name: str, instrument: Instrument) -> Said | None:
        written = self.sheet.text(row, name)
        value = parse_whole(written)
        if value is None:
            self.sheet.bad(row, name, t('"{written}" is no whole number', written=shown(written)))
            return None
        if not instrument.low <= value <= instrument.high:
            sentence = t(
                "{value} is off the scale of {low} to {high}", value=value, low=instrument.low, high=instrument.high
            )
            self.sheet.bad(row, name, sentence)
            return None
        return Said(State.SCORED, value)

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
        if earlier is not None:
            if earlier.said != said:
                where = f"{earlier.sheet} {earlier.row}" if earlier.sheet != self.sheet.table.sheet else earlier.row
                self.sheet.bad(row, column, t("row {row} says something else of this item on the same day", row=where))
            return
        if said.state is _NVT and not item.may_be_na:
            self._not_offered[item.key] += 1
        if item.retired:
            self._retired[item.key] += 1
        self.gathered.said[place] = _At(said, self.sheet.table.sheet, row.number)


_NVT = State.NOT_APPLICABLE


def _getter(sheet: Sheet, names: Sequence[str]) -> Callable[[Mapping[str, str]], object]:
    """The cells of those columns that are there, as they are written."""
    return itemgetter(*[sheet.columns[name] for name in names if name in sheet.columns])


def bad_rows(sheets: Sequence[Sheet]) -> dict[str, set[int]]:
    """Rows with a problem, by sheet."""
    return {each.table.sheet: {problem.row for problem in each.problems} for each in sheets}
