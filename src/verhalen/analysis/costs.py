"""What counting costs: how often each item was asked, changed and used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.scoring import Scored
from verhalen.model.instrument import Instrument, Item
from verhalen.model.snapshot import State
from verhalen.scores.change import Change, item_changes
from verhalen.scores.instruments import parse_derived
from verhalen.store.answers import CostRow, cost_counts, families_asked
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class CostOfItem:
    """One item over all families and assessors."""

    item: Item
    asked: int
    """Observations: each is an answer that somebody gave."""
    states: Mapping[State, int]
    families: int
    changed: int
    """Scores that differ from the one before, of the same person by the same kind of assessor."""
    used: int
    """Families counted in the table of change."""
    indexes: tuple[str, ...]
    """Indicators that rest on it."""

    @property
    def never_asked(self) -> bool:
        """Nobody was ever asked: it may be left out."""
        return not self.asked

    @property
    def never_changed(self) -> bool:
        """Asked, and never another answer: it may be asked less often."""
        return bool(self.asked) and not self.changed


def cost_rows(
    instrument: Instrument,
    counted: Sequence[CostRow],
    families: Mapping[str, int],
    *,
    changes: Sequence[Change],
    derived: Sequence[Instrument] = (),
) -> list[CostOfItem]:
    """One row per item that is still asked, in the order of the instrument. `families` counts those that ever answered."""
    states: dict[str, Counter[State]] = defaultdict(Counter)
    changed: Counter[str] = Counter()
    for row in counted:
        states[row.item][State(row.state)] += row.times
        changed[row.item] += row.changed
    used = {each.target: each.n_families for each in changes}
    indexes = defaultdict(list)
    for each in derived:
        for indicator in each.indicators:
            for key, _ in indicator.borders:
                indexes[key].append(f"{each.key}.{indicator.key}")
    return [
        CostOfItem(
            item=item,
            asked=states[item.key].total(),
            states=states[item.key],
            families=families.get(item.key, 0),
            changed=changed[item.key],
            used=used.get(item.key, 0),
            indexes=tuple(indexes[item.key]),
        )
        for item in instrument.items
        if not item.retired
    ]


def costs(project: ProjectFile, scored: Scored, instruments: Sequence[Instrument]) -> list[CostOfItem]:
    """The cost of every item of loaded scores."""
    key = scored.instrument.key
    return cost_rows(
        scored.instrument,
        cost_counts(project, key),
        families_asked(project, key),
        changes=item_changes(scored.pairs(), scored.instrument),
        derived=[parse_derived(each) for each in instruments if each.kind == "afgeleid"],
    )
