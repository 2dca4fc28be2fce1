"""Rows of score tables: long (one observation per row) or wide (one column per item) become observations of one kind."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from verhalen import errors
from verhalen.exchange.columns import RowError, Sheet, name_of, parse_whole, shown
from verhalen.exchange.tables import Row
from verhalen.i18n import mark, t
from verhalen.model.family import Family, Level, Person
from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import Assessor, State
from verhalen.model.text import Notice

SYNONYMS = {
    "family": "gezin", "gezinscode": "gezin", "person": "lid", "member": "lid", "role": "rol", "date": "datum",
    "value": "waarde", "score": "waarde", "assessor": "beoordelaar", "note": "toelichting", "moment": "datum",
}  # fmt: skip
STATES = {
    "gescoord": State.SCORED, "scored": State.SCORED,
    "bevestigd": State.CONFIRMED, "bevestigd_ongewijzigd": State.CONFIRMED, "confirmed": State.CONFIRMED,
    "bevestigd_in_blok": State.CONFIRMED_IN_BULK, "in_blok_bevestigd": State.CONFIRMED_IN_BULK,
    "confirmed_in_bulk": State.CONFIRMED_IN_BULK,
    "nvt": State.NOT_APPLICABLE, "n.v.t.": State.NOT_APPLICABLE, "na": State.NOT_APPLICABLE,
    "n/a": State.NOT_APPLICABLE, "not_applicable": State.NOT_APPLICABLE,
    "niet_gekend": State.UNKNOWN, "niet gekend": State.UNKNOWN, "unknown": State.UNKNOWN,
}  # fmt: skip
SIGNS = STATES | {"?": State.UNKNOWN, "=": State.CONFIRMED}
ASSESSORS = {each.value: each.value for each in Assessor} | {
    "together": "samen", "parent": "ouder", "child": "kind", "service": "dienst",
}  # fmt: skip
META = ("gezin", "lid", "rol", "datum", "instrument", "beoordelaar", "toelichting")
WHOLE_FAMILY = ("gezin", "huishouden", "family")
ABOUT = {
    Level.FAMILY: mark("item {item} is about the family; leave the person out"),
    Level.ADULT: mark("item {item} is about an adult; name one of the family, as in moeder"),
    Level.CHILD: mark("item {item} is about a child; name one of the family, as in kind1"),
}
NOT_OFFERED = mark(
    "Item {item} offers no 'not applicable', yet it stands there ({n}×). Perhaps 'unknown' (?) was meant."
)


class Place(NamedTuple):
    """What makes two rows speak of the same observation."""

    family_id: int
    instrument_id: int
    day: dt.date
    assessor: Assessor
    item_id: int
    person_id: int | None


class Said(NamedTuple):
    """What a row says."""

    state: State
    value: int | None
    note: str


class _Head(NamedTuple):
    """What the cells of one row share."""

    family: Family
    person: Person | None
    day: dt.date
    instrument: Instrument
    assessor: Assessor


@dataclass(slots=True)
class ScoreRows:
    """A table of scores while it is read: what it says of each place, and what is wrong with it."""

    sheet: Sheet
    families: dict[str, Family]
    instruments: dict[str, Instrument]
    default: str | None
    """Key of the instrument for rows that name none."""
    latest: dt.date
    said: dict[Place, Said] = field(default_factory=dict)
    _rows: dict[Place, int] = field(default_factory=dict)
    _items: dict[str, dict[str, Item]] = field(default_factory=dict)
    _persons: dict[str, Person] = field(default_factory=dict)
    _not_offered: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._items = {key: {name_of(item.key): item for item in each.items} for key, each in self.instruments.items()}
        self._persons = {person.key: person for family in self.families.values() for person in family.persons}

    def read(self) -> None:
        """Read every row. Problems stand in `sheet.problems` afterwards; rows that have one say nothing."""
        long = self.sheet.has("item")
        self.sheet.need("gezin", "datum", *(("waarde",) if long else ()))
        if self.sheet.problems:
            return
        if not self.sheet.has("instrument") and self.default is None:
            self.default = self._only_instrument(self._long_items() if long else self.sheet.others(META))
        columns = [] if long else self._columns()
        for row in self.sheet.table.rows:
            head = self._head(row)
            if head is not None and long:
                self._take_long(row, head)
            elif head is not None:
                self._take_wide(row, head, columns)

    @property
    def notices(self) -> list[Notice]:
        """What is odd but no error."""
        return [Notice(None, NOT_OFFERED, {"item": item, "n": n}) for item, n in sorted(self._not_offered.items())]

    # -- what a table is about -----------------------------------------------------------------------------------------

    def _long_items(self) -> list[str]:
        return [name_of(self.sheet.text(row, "item")) for row in self.sheet.table.rows]

    def _only_instrument(self, items: Sequence[str]) -> str:
        """The one instrument that has these items."""
        wanted = {item for item in items if item}
        fitting = [key for key, known in self._items.items() if known and wanted & known.keys()]
        best = [key for key in fitting if wanted <= self._items[key].keys()] or fitting
        if len(best) != 1:
            raise errors.BadInput(reason=t("the file does not say of which instrument these scores are"))
        return best[0]

    def _columns(self) -> list[str]:
        """The columns of a wide table that are no heads; unknown ones are problems of the header."""
        columns = self.sheet.others(META)
        known = self._items[self.default] if self.default else {key for each in self._items.values() for key in each}
        for name in columns:
            if name not in known:
                original = self.sheet.columns[name]
                self.sheet.problems.append(RowError(1, original, t("there is no item {item}", item=original)))
        return [name for name in columns if name in known]

    # -- what a row is about -------------------------------------------------------------------------------------------

    def _head(self, row: Row) -> _Head | None:
        sheet = self.sheet
        family = self.families.get(key := sheet.needed(row, "gezin"))
        if family is None and key:
            sheet.no_family(row, "gezin", key)
        day = sheet.day(row, "datum", latest=self.latest) if sheet.needed(row, "datum") else None
        instrument = self._instrument(row)
        person = self._person(row, key) if family else None
        usual = instrument.assessor if instrument and instrument.assessor in ASSESSORS else Assessor.COACH.value
        assessor = sheet.choice(row, "beoordelaar", ASSESSORS, default=usual)
        if sheet.is_bad(row) or family is None or day is None or instrument is None:
            return None
        return _Head(family, person, day, instrument, Assessor(assessor))

    def _instrument(self, row: Row) -> Instrument | None:
        key = self.sheet.text(row, "instrument") or self.default or ""
        found = self.instruments.get(key)
        if found is None:
            self.sheet.bad(row, "instrument", t("there is no instrument {key}", key=shown(key) or '""'))
        return found

    def _person(self, row: Row, family: str) -> Person | None:
        member = self.sheet.text(row, "lid").removeprefix(f"{family}.")
        if not member or member.casefold() in WHOLE_FAMILY:
            return None
        found = self._persons.get(f"{family}.{member}")
        if found is None:
            self.sheet.bad(row, "lid", t("there is no person {key}", key=f"{family}.{member}"))
        return found

    # -- what a row says -----------------------------------------------------------------------------------------------

    def _take_long(self, row: Row, head: _Head) -> None:
        sheet = self.sheet
        written = sheet.needed(row, "item")
        item = self._items[head.instrument.key].get(name_of(written))
        if item is None:
            if written:
                sheet.bad(row, "item", t("there is no item {item}", item=written))
            return
        value, status = sheet.text(row, "waarde"), sheet.text(row, "status").casefold()
        if not status:
            said = self._cell(row, "waarde", head.instrument)
            if said is None and not sheet.is_bad(row):
                sheet.bad(row, "waarde", t("this cell is empty"))
        elif status not in STATES:
            words = ", ".join(State)
            sheet.bad(row, "status", t('"{written}" is not one of: {words}', written=shown(status), words=words))
            return
        else:
            said = self._with_status(row, head.instrument, STATES[status], value)
        if said is not None:
            self._put(row, head, item, said._replace(note=sheet.text(row, "toelichting")), column="lid")

    def _with_status(self, row: Row, instrument: Instrument, state: State, value: str) -> Said | None:
        if state is not State.SCORED:
            if value:
                self.sheet.bad(row, "waarde", t("only a score has a value; leave this cell empty"))
                return None
            return Said(state, None, "")
        if not value:
            self.sheet.bad(row, "waarde", t("a score needs a value"))
            return None
        return self._value(row, "waarde", instrument)

    def _take_wide(self, row: Row, head: _Head, columns: Sequence[str]) -> None:
        items = self._items[head.instrument.key]
        for name in columns:
            said = self._cell(row, name, head.instrument)
            if said is None:
                continue
            if name in items:
                self._put(row, head, items[name], said, column=name)
            else:
                self.sheet.bad(row, name, t("there is no item {item}", item=self.sheet.columns[name]))

    def _cell(self, row: Row, name: str, instrument: Instrument) -> Said | None:
        """A number, `nvt`, `?` or `=`; None where the cell is empty or noted as a problem."""
        written = self.sheet.text(row, name)
        if not written:
            return None
        state = SIGNS.get(written.casefold())
        if state is not None and state is not State.SCORED:
            return Said(state, None, "")
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
        return Said(State.SCORED, value, "")

    def _put(self, row: Row, head: _Head, item: Item, said: Said, *, column: str) -> None:
        level = head.person.level if head.person else Level.FAMILY
        if level is not item.level:
            self.sheet.bad(row, column, t(ABOUT[item.level], item=item.key))
            return
        person = head.person.id if head.person else None
        place = Place(head.family.id, head.instrument.id, head.day, head.assessor, item.id, person)
        earlier = self.said.get(place)
        if earlier is not None and earlier != said:
            sentence = t("row {row} says something else of this item on the same day", row=self._rows[place])
            self.sheet.bad(row, column, sentence)
            return
        if earlier is None and said.state is State.NOT_APPLICABLE and not item.may_be_na:
            self._not_offered[item.key] += 1
        self.said[place] = said
        self._rows.setdefault(place, row.number)

    def good(self) -> Iterator[tuple[Place, Said]]:
        """What the rows without a problem say."""
        bad = {problem.row for problem in self.sheet.problems}
        return ((place, said) for place, said in self.said.items() if self._rows[place] not in bad)
