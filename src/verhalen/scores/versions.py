"""A newer version of an instrument beside the scores that were given by an older one: what may change, and what is kept.

Old scores are never read anew on another scale, of another level or in the other direction. Words may change: the older
ones are kept, and old scores print with them. Items that are left out are no longer asked; their scores stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from verhalen.errors import InstrumentClash
from verhalen.i18n import t
from verhalen.model.instrument import Instrument, InstrumentVersion, Item


@dataclass(frozen=True, slots=True)
class VersionPlan:
    """What is to be stored of an instrument that comes in."""

    instrument: Instrument
    """With the items that are no longer asked, and the version that it gets in the project."""
    keeps_older: bool
    """Whether the words of before are kept first."""
    unchanged: bool = False

    @property
    def retired(self) -> tuple[Item, ...]:
        """Items that are no longer asked."""
        return tuple(item for item in self.instrument.items if item.retired)


def plan_version(stored: Instrument | None, wanted: Instrument, *, is_judged: bool) -> VersionPlan:
    """Decide. `is_judged`: there are snapshots by the stored instrument. Raises InstrumentClash."""
    if stored is None:
        return VersionPlan(wanted, keeps_older=False)
    if _same(stored, wanted):
        return VersionPlan(stored, keeps_older=False, unchanged=True)
    switches = (stored.wording, wanted.wording) == ("eigen", "officieel")
    # An official file numbers its own versions: 1 may well come after our 2.
    if wanted.version < stored.version and not switches:
        raise InstrumentClash(
            key=wanted.key,
            reason=t(
                "the file is version {old}, and the project has version {new} already. Raise the version in the file",
                old=wanted.version,
                new=stored.version,
            ),
        )
    if is_judged:
        _refuse_rereading(stored, wanted)
    other_words = _words(stored) != _words(wanted)
    version = wanted.version
    if is_judged and other_words and version <= stored.version:
        if not switches:
            raise InstrumentClash(
                key=wanted.key,
                reason=t(
                    "names or labels differ from those of version {version}, by which families were scored. Raise the "
                    "version in the file to {next}",
                    version=stored.version,
                    next=stored.version + 1,
                ),
            )
        version = stored.version + 1
    items = (*wanted.items, *_left_out(stored, wanted))
    # A version that came in earlier under another number keeps its place.
    return VersionPlan(
        replace(wanted, items=items, version=version), keeps_older=is_judged and version != stored.version
    )


def _same(stored: Instrument, wanted: Instrument) -> bool:
    """Whether this very file is in the project."""
    return stored.definition == wanted.definition and _items_of(stored) == _items_of(wanted)


def _items_of(instrument: Instrument) -> list[Item]:
    return [replace(item, id=0) for item in instrument.asked]


def _words(instrument: Instrument) -> dict[str, tuple[str, tuple[str, ...], str]]:
    return {item.key: (item.name, item.labels, item.question) for item in instrument.items if not item.retired}


def _refuse_rereading(stored: Instrument, wanted: Instrument) -> None:
    if (stored.kind == "afgeleid") != (wanted.kind == "afgeleid"):
        raise InstrumentClash(
            key=wanted.key, reason=t("it was a list of questions and would become an index, or the reverse")
        )
    if stored.kind != "afgeleid" and (stored.low, stored.high) != (wanted.low, wanted.high):
        raise InstrumentClash(
            key=wanted.key,
            reason=t(
                "families were scored from {low} to {high}, and this file counts from {new_low} to {new_high}. Old scores are "
                "not read on another scale: give the new instrument a key of its own, as in {other}",
                low=stored.low,
                high=stored.high,
                new_low=wanted.low,
                new_high=wanted.high,
                other=f"{wanted.key}_{wanted.version}",
            ),
        )
    for item in wanted.items:
        before = stored.find(item.key)
        if before is not None and before.level is not item.level:
            raise InstrumentClash(
                key=wanted.key,
                reason=t(
                    "item {item} is about somebody else than before; give the new item a key of its own", item=item.key
                ),
            )
        if before is not None and before.higher_is_worse != item.higher_is_worse:
            raise InstrumentClash(
                key=wanted.key,
                reason=t(
                    "item {item} runs the other way than before; give the new item a key of its own", item=item.key
                ),
            )


def _left_out(stored: Instrument, wanted: Instrument) -> Iterable[Item]:
    """What was asked before, behind what is asked now."""
    return (replace(item, retired=True) for item in stored.items if wanted.find(item.key) is None)


@dataclass(frozen=True, slots=True)
class Words:
    """How an item is called, and what its values mean."""

    name: str
    labels: tuple[str, ...]


def words_at(instrument: Instrument, older: Iterable[InstrumentVersion], version: int) -> Mapping[str, Words]:
    """The words of each item by which a snapshot of `version` was judged; 0 where nobody noted it: today's.

    Of a version that is not known any more, as of a file from elsewhere, today's words too.
    """
    today = {item.key: Words(item.name, item.labels) for item in instrument.items}
    if version in (0, instrument.version):
        return today
    for each in older:
        if each.version == version:
            return today | {key: Words(each.names[key], each.labels.get(key, ())) for key in each.names}
    return today
