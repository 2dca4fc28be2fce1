"""What counting costs: items that were never asked, never changed or never told families apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.scoring import load_scored
from verhalen.i18n import mark
from verhalen.model.instrument import Instrument
from verhalen.scores.instruments import parse_derived
from verhalen.store.counting import ItemUse, item_uses
from verhalen.store.families import families
from verhalen.store.project import ProjectFile
from verhalen.store.scores import instruments

NEVER_ASKED = mark("never asked")
NEVER_CHANGED = mark("never changed")
ALL_THE_SAME = mark("the same for everybody")


@dataclass(frozen=True, slots=True)
class ItemEffort:
    """One item and what its asking gave."""

    item: str
    name: str
    domain: str
    use: ItemUse
    """All zero where it was never asked."""
    used: int
    """Families counted in the table of change."""
    indexes: tuple[str, ...]
    """Indicators that rest on it."""

    @property
    def remark(self) -> str:
        """Marked: why one may ask oneself whether to go on asking it; empty where it gives something."""
        if not self.use.families:
            return NEVER_ASKED
        if self.use.values == 1 and self.use.families > 1:
            return ALL_THE_SAME
        return "" if self.use.changed else NEVER_CHANGED


def item_effort(project: ProjectFile, instrument: str) -> list[ItemEffort]:
    """Every item that is still asked, in the order of the instrument. Raises UnknownInstrument."""
    known = instruments(project)
    found = next((each for each in known if each.key == instrument), None)
    if found is None:
        raise errors.UnknownInstrument(key=instrument)
    uses = {use.item: use for use in item_uses(project, instrument)}
    pairs = load_scored(project, found, families=families(project)).pairs()
    indexes = _indexes(known)
    return [
        ItemEffort(
            item=item.key,
            name=item.name,
            domain=item.domain,
            use=uses.get(item.key, ItemUse(item.key, *[0] * 8)),
            used=len(pairs.by_item[item.key]),
            indexes=tuple(indexes.get(item.key, ())),
        )
        for item in found.items
        if not item.retired
    ]


def _indexes(known: Sequence[Instrument]) -> dict[str, list[str]]:
    """Item to the indicators of derived instruments that read it."""
    found: dict[str, list[str]] = {}
    for each in known:
        for indicator in parse_derived(each).indicators:
            for item, _ in indicator.borders:
                found.setdefault(item, []).append(f"{each.key}.{indicator.key}")
    return found
