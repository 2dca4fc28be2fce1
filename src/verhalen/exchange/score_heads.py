"""What the cells of a row of scores share: which family and person, when, by which instrument, and who judged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from verhalen.exchange.columns import Sheet, name_of, shown
from verhalen.exchange.score_labels import Labels
from verhalen.exchange.score_words import ASSESSORS, WHOLE_FAMILY
from verhalen.exchange.tables import Row
from verhalen.i18n import t
from verhalen.model.family import Family, Level, Person
from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import Assessor, Reason

_NAME_LIKE = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ'’-]+( .*)?|.* .*[a-zà-ÿ].*")
"""A capitalised word, or several words with small letters."""


class SnapshotKey(NamedTuple):
    """What makes two rows speak of the same snapshot."""

    family_id: int
    instrument_id: int
    day: dt.date
    assessor: Assessor


Place = tuple[int, int, int | None]
"""What makes two rows speak of the same observation: number of the snapshot, item, person."""


class Said(NamedTuple):
    """What a row says. None where the table has no column for it: what is stored then stays."""

    state: str
    """The value of a `State`."""
    value: int | None
    note: str | None = None
    reasons: tuple[Reason, ...] | None = None


class Revised(NamedTuple):
    """A revised baseline: by number of the snapshot, and ids."""

    snapshot: int
    item_id: int
    person_id: int | None
    value: int | None
    """None: not applicable after all."""
    day: dt.date
    reason: Reason
    note: str


class Answer(NamedTuple):
    """What the cells of an answer mean, whoever it is about."""

    item: Item
    said: Said
    is_plain: bool
    """Whether nothing about it is worth a word."""


class HeadCells(NamedTuple):
    """One row's snapshot, and about whom it is."""

    snapshot: int
    """Number of the snapshot within the file."""
    person_id: int | None
    level: Level
    instrument: Instrument
    answers: dict[object, Answer]
    """What cells mean for this instrument and somebody of this level, as far as they were seen."""


class Heads:
    """The heads of one table; the snapshots of all tables of a file are counted together."""

    def __init__(
        self,
        sheet: Sheet,
        families: Sequence[Family],
        instruments: Sequence[Instrument],
        *,
        labels: Labels,
        default: str | None,
        latest: dt.date,
        snapshots: dict[SnapshotKey, int],
        versions: dict[int, int],
    ) -> None:
        self.labels = labels
        self.default = default
        """Key of the instrument for rows that name none."""
        self.items = {each.key: _by_name(each) for each in instruments}
        """By instrument, the items by the names that a column or cell may give them; several where they share one."""
        self._sheet = sheet
        self.latest = latest
        """The last day that is no future."""
        self._snapshots = snapshots
        self._versions = versions
        self._families = {family.key: family for family in families}
        self._instruments = {each.key: each for each in instruments}
        self._persons = {person.key.casefold(): person for family in families for person in family.persons}
        self._alike = {_plain(key): key for key in self._families}
        self._answers: dict[tuple[int, Level], dict[object, Answer]] = {
            (each.id, level): {} for each in instruments for level in Level
        }
        self.known: dict[object, HeadCells | None] = {}
        """What the cells of a head mean; None or absent where `at` must look."""

    @property
    def known_items(self) -> set[str]:
        """Names of items that a column may have."""
        if self.default is not None:
            return set(self.items[self.default])
        return {name for names in self.items.values() for name in names}

    def at(self, row: Row, cells: object) -> HeadCells | None:
        """The head of a row, whose cells are `cells`; None where it has a problem, which is noted for each such row."""
        found = self.known.get(cells)
        if found is None:
            found = self.known[cells] = self._head(row)
        return found

    def _head(self, row: Row) -> HeadCells | None:
        sheet = self._sheet
        family = self._family(row)
        day = sheet.day(row, "datum", latest=self.latest) if sheet.needed(row, "datum") else None
        instrument = self._instrument(row)
        person = self._person(row, family) if family else None
        usual = instrument.assessor if instrument and instrument.assessor in ASSESSORS else Assessor.COACH.value
        assessor = Assessor(sheet.choice(row, "beoordelaar", ASSESSORS, default=usual))
        version = self._version(row, instrument) if instrument else None
        if sheet.is_bad(row) or family is None or day is None or instrument is None:
            return None
        key = SnapshotKey(family.id, instrument.id, day, assessor)
        number = self._snapshots.setdefault(key, len(self._snapshots))
        if version is not None:
            self._versions[number] = version
        return HeadCells(
            number,
            person.id if person else None,
            person.level if person else Level.FAMILY,
            instrument,
            self._answers[instrument.id, person.level if person else Level.FAMILY],
        )

    def item(self, row: Row, name: str, head: HeadCells, *, column: str) -> Item | None:
        """The item that a row means by a name; of several of that name the one about such a person. A problem is noted."""
        found = self.items[head.instrument.key].get(name_of(name), ())
        meant = [item for item in found if item.level is head.level] if len(found) > 1 else found
        if len(meant) == 1:
            return meant[0]
        written = shown(self._sheet.columns.get(name, name))
        if found:
            keys = ", ".join(item.key for item in found)
            sentence = t(
                "several items are called {item}: name the person, or write one of {keys}", item=written, keys=keys
            )
            self._sheet.bad(row, column, sentence)
        else:
            self._sheet.bad(row, column, t("there is no item {item}", item=written))
        return None

    def _family(self, row: Row) -> Family | None:
        key = self._sheet.needed(row, "gezin")
        found = self._families.get(key)
        if found is not None or not key:
            return found
        alike = self._alike.get(_plain(key))
        if alike is not None:
            sentence = t("there is no family {key}; {other} is one: is that meant?", key=shown(key), other=alike)
            self._sheet.bad(row, "gezin", sentence)
        elif _NAME_LIKE.fullmatch(key):
            self._sheet.bad(
                row, "gezin", t("this looks like somebody's name; write the code of the family, as in G012")
            )
        else:
            self._sheet.no_family(row, "gezin", key)
        return None

    def _instrument(self, row: Row) -> Instrument | None:
        key = self._sheet.text(row, "instrument") or self.default or ""
        found = self._instruments.get(key)
        if found is None or found.kind == "afgeleid":
            self._sheet.bad(row, "instrument", t("there is no instrument {key}", key=shown(key) or '""'))
            return None
        return found

    def _version(self, row: Row, instrument: Instrument) -> int | None:
        version = self._sheet.number(row, "versie")
        if version is not None and not 0 <= version <= instrument.version:
            self._sheet.bad(row, "versie", t("there is no version {version} of this instrument", version=version))
        return version

    def _person(self, row: Row, family: Family) -> Person | None:
        member = self._sheet.text(row, "lid")
        if not member or member.casefold() in WHOLE_FAMILY:
            return None
        owner, _, rest = member.partition(".")
        if rest and owner != family.key and owner in self._families:
            sentence = t(
                "{key} belongs to family {owner}, and this row is about {family}",
                key=member,
                owner=owner,
                family=family.key,
            )
            self._sheet.bad(row, "lid", sentence)
            return None
        key = f"{family.key}.{rest if owner == family.key else member}"
        found = self._persons.get(key.casefold())
        if found is None and _NAME_LIKE.fullmatch(member):
            self._sheet.bad(
                row, "lid", t("there is no such person; write a role, as in moeder or kind1, and never a name")
            )
        elif found is None:
            self._sheet.bad(row, "lid", t("there is no person {key}", key=shown(key)))
        return found


def _by_name(instrument: Instrument) -> Mapping[str, tuple[Item, ...]]:
    """The items by key, and by name where no key is like it. Some programs allow no dot in the name of a column."""
    found: dict[str, tuple[Item, ...]] = {}
    for item in instrument.items:
        name = name_of(item.name)
        found[name] = (*found.get(name, ()), item)
    keys = {name_of(item.key): (item,) for item in instrument.items}
    return found | {key.replace(".", "_"): items for key, items in keys.items()} | keys


def _plain(key: str) -> str:
    """A code without blanks and capitals."""
    return re.sub(r"[\s.-]+", "", key).casefold()
