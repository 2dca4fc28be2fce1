"""What counting costs: items that were never asked, never changed or never told families apart."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen import errors
from verhalen.i18n import mark
from verhalen.store.counting import ItemUse, item_uses
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
    found = next((each for each in instruments(project) if each.key == instrument), None)
    if found is None:
        raise errors.UnknownInstrument(key=instrument)
    uses = {use.item: use for use in item_uses(project, instrument)}
    return [
        ItemEffort(item.key, item.name, item.domain, uses.get(item.key, ItemUse(item.key, *[0] * 8)))
        for item in found.items
        if not item.retired
    ]
