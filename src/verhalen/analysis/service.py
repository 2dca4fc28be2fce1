"""How it goes with all families together: per life domain who went better, stayed the same, was not looked at again, went worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.scoring import ScoredChange, Settings, scored_change
from verhalen.i18n import mark
from verhalen.model.family import Family
from verhalen.model.instrument import Instrument, Item
from verhalen.scores.change import changed_to_read, standings
from verhalen.scores.pairs import Pairs
from verhalen.scores.states import Kind
from verhalen.store.counting import snapshot_counts
from verhalen.store.project import ProjectFile
from verhalen.store.scores import domain_list, instruments

BETTER, SAME, NOT_LOOKED, WORSE = mark("better"), mark("same"), mark("not looked at again"), mark("worse")
CLASSES = (BETTER, SAME, NOT_LOOKED, WORSE)
"""In the order in which they stand everywhere."""


@dataclass(frozen=True, slots=True)
class DomainChange:
    """One life domain: the families in each class, and those that cannot be compared."""

    key: str
    name: str
    families: tuple[tuple[str, ...], ...]
    """Keys of families, in the order of `CLASSES`."""
    to_read: tuple[str, ...]
    """Families in whom something changed of which higher is not simply better: they stand in no class for it."""
    not_compared: tuple[str, ...]
    """Families that were scored and have no pair on any item of the domain."""

    @property
    def counts(self) -> tuple[int, ...]:
        """How many families, in the order of `CLASSES`."""
        return tuple(len(them) for them in self.families)

    @property
    def n(self) -> int:
        """Families that can be compared."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Service:
    """All life domains on one instrument."""

    instrument: Instrument
    settings: Settings
    domains: tuple[DomainChange, ...]
    change: ScoredChange
    """The pairs behind it, for a matrix of one item."""

    @property
    def followed(self) -> int:
        """Families with a baseline and a follow-up."""
        return len(set(self.change.pairs.followed))


@dataclass(frozen=True, slots=True)
class Matrix:
    """From where to where: how many families (or persons) went from each row to each column."""

    names: tuple[str, ...]
    """Of rows and columns alike, worst first."""
    counts: tuple[tuple[int, ...], ...]

    @property
    def n(self) -> int:
        """All of them."""
        return sum(map(sum, self.counts))


def service_change(
    project: ProjectFile, families: Sequence[Family], *, instrument: str = "", settings: Settings | None = None
) -> Service:
    """Pair baseline and follow-up of everybody. Without a key: the instrument with most snapshots. Raises UnknownInstrument."""
    known = instruments(project)
    uses = snapshot_counts(project)
    if not instrument:
        instrument = max(known, key=lambda each: uses.get(each.key, 0)).key if known else ""
    chosen = next((each for each in known if each.key == instrument), None)
    if chosen is None:
        raise errors.UnknownInstrument(key=instrument)
    domains = domain_list(project)
    settings = settings or Settings()
    change = scored_change(project, chosen, domains=domains, families=families, settings=settings)
    by_domain: dict[str, list[Item]] = {each.key: [] for each in domains.domains}
    for item in chosen.items:
        by_domain.setdefault(item.domain, []).append(item)
    names = {each.key: each.name for each in domains.domains}
    return Service(
        chosen,
        settings,
        tuple(_domain(change, key, names.get(key, key), own) for key, own in by_domain.items() if own),
        change,
    )


def _domain(change: ScoredChange, key: str, name: str, items: list[Item]) -> DomainChange:
    found: tuple[list[str], ...] = ([], [], [], [])
    seen = standings(change.pairs, items)
    for (family, _), each in seen.items():
        place = 0 if each.direction > 0 else 3 if each.direction < 0 else 2 if each.look is Kind.CARRIED else 1
        found[place].append(family)
    to_read, paired = changed_to_read(change.pairs, items)
    compared = {family for family, _ in seen} | paired
    everybody = {*change.pairs.followed, *(family for them in change.pairs.unfollowed.values() for family in them)}
    return DomainChange(
        key,
        name,
        tuple(tuple(sorted(them)) for them in found),
        tuple(sorted(to_read)),
        tuple(sorted(everybody - compared)),
    )


def matrix_of(instrument: Instrument, pairs: Pairs, item: Item) -> Matrix:
    """From the first value to the value at follow-up, for all pairs of one item."""
    values = range(instrument.low, instrument.high + 1)
    found = Counter((each.before, each.after) for each in pairs.by_item.get(item.key, {}).values())
    counts = tuple(tuple(found[one, two] for two in values) for one in values)
    labels = item.labels if len(item.labels) == len(values) else tuple("" for _ in values)
    names = [f"{value} {label}".strip() for value, label in zip(values, labels, strict=True)]
    # The pairs hold turned values where higher is worse: the worst comes first all the same, with what was written.
    return Matrix(tuple(reversed(names) if item.higher_is_worse else names), counts)
