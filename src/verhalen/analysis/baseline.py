"""The table of baselines: every family that was registered, also those with one registration only (methods.md D4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from verhalen.analysis.scoring import Scored, Settings, load_scored
from verhalen.i18n import mark
from verhalen.model.family import Family, Level
from verhalen.model.instrument import Instrument, Item
from verhalen.scores.moments import FollowUp
from verhalen.scores.own_domains import domain_pairs, own_domains
from verhalen.scores.pairs import NotPaired, Pairs
from verhalen.statistics.outcome import Outcome, undefined
from verhalen.store.project import ProjectFile

NOBODY = mark("nobody has a value")
_FOLLOWED = (FollowUp.IN_WINDOW, FollowUp.AFTER_WINDOW)


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """An item, or a domain of the instrument, at the first registration."""

    key: str
    name: str
    level: Level
    life_domain: str
    """Of an item; empty for a domain of the instrument, whose items may belong to several."""
    items: int
    """1, or how many items the domain has."""
    n: int
    """Families, or persons under `per_persoon`."""
    n_families: int
    n_persons: int
    values: Mapping[int, int]
    """How many have each value of the scale, as it was written down."""
    median: Outcome
    """The lower one: a value of the scale."""
    missing: Mapping[NotPaired, tuple[str, ...]]
    """Families without a value, by reason."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """All that was registered at the start."""

    scored: Scored
    items: tuple[BaselineRow, ...]
    domains: tuple[BaselineRow, ...]
    """The instrument's own domains, after its items."""

    @property
    def registered(self) -> tuple[str, ...]:
        """Families with a first registration by this kind of assessor."""
        return tuple(each.family for each in self.scored.moments if each.t0 is not None)

    @property
    def followed(self) -> tuple[str, ...]:
        """Those of them that are in the table of change."""
        return tuple(each.family for each in self.scored.moments if each.follow_up in _FOLLOWED)

    @property
    def only_here(self) -> dict[FollowUp, tuple[str, ...]]:
        """Those that are not, by reason: in this table and nowhere else."""
        found: dict[FollowUp, list[str]] = {}
        for each in self.scored.moments:
            if each.t0 is not None and each.follow_up not in _FOLLOWED:
                found.setdefault(each.follow_up, []).append(each.family)
        return {reason: tuple(found[reason]) for reason in FollowUp if reason in found}


def baseline(
    project: ProjectFile, instrument: Instrument, *, families: Iterable[Family], settings: Settings | None = None
) -> Baseline:
    """Load and count the first registrations. Raises BadInput for a window that is wider than the days."""
    scored = load_scored(project, instrument, families=families, settings=settings, only_baseline=True)
    pairs = scored.pairs()
    domains = own_domains(instrument)
    joined = domain_pairs(pairs, domains)
    return Baseline(
        scored=scored,
        items=tuple(
            _row(pairs, instrument, each.key, each.name, level=each.level, item=each)
            for each in instrument.items
            if pairs.by_item[each.key] or not each.retired
        ),
        domains=tuple(
            _row(joined, instrument, each.key, each.name, level=each.level, items=len(each.items)) for each in domains
        ),
    )


def _row(
    pairs: Pairs, instrument: Instrument, key: str, name: str, *, level: Level, item: Item | None = None, items: int = 1
) -> BaselineRow:
    found = pairs.by_item[key]
    # Pairs hold turned values where higher is worse; a table of one moment shows what was written.
    turned = item is not None and item.higher_is_worse
    values = [instrument.low + instrument.high - each.before if turned else each.before for each in found.values()]
    counts = Counter(values)
    return BaselineRow(
        key=key,
        name=name,
        level=level,
        life_domain=item.domain if item else "",
        items=items,
        n=len(values),
        n_families=len({family for family, _ in found}),
        n_persons=sum(each.persons for each in found.values()),
        values={value: counts[value] for value in range(instrument.low, instrument.high + 1)},
        median=Outcome(float(median_low(values))) if values else undefined(NOBODY),
        missing=pairs.gaps[key] if item else _too_few(pairs, key),
    )


def _too_few(pairs: Pairs, key: str) -> dict[NotPaired, tuple[str, ...]]:
    """Of a domain there is one reason at one moment: none answered is fewer than half too."""
    families = {family for them in pairs.gaps[key].values() for family in them}
    return {NotPaired.TOO_FEW_ITEMS: tuple(sorted(families))} if families else {}
