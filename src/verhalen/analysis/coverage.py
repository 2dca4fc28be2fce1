"""Who told and who did not, by change class: the guard against cherry-picking (methods.md D7)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from verhalen.i18n import mark
from verhalen.statistics.exact import fisher
from verhalen.statistics.outcome import Outcome

LOW, HIGH = 0.5, 2.0
"""Outside this range a class tells much less or more often than all families do."""
TEST_FROM = 10
"""So many families, better and worse together, are needed for an exact test."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One class of families: how many there are, how many told."""

    key: str
    label: str
    """Marked word, or the value of an attribute."""
    families: int
    with_story: int
    ratio: float | None
    """Share with a story in this class over the share in all; None where it is undefined."""
    without: tuple[str, ...]
    """Families of this class without a story: whom to invite."""

    @property
    def is_skewed(self) -> bool:
        """Whether this class tells far less or far more than the others."""
        return self.ratio is not None and not LOW <= self.ratio <= HIGH


_LABELS = {1: mark("better"), 0: mark("same"), -1: mark("worse")}
_KEYS = {1: "up", 0: "same", -1: "down"}
UNKNOWN = mark("not known")


def coverage(families: Iterable[str], telling: Collection[str], standing: Mapping[str, int]) -> list[CoverageRow]:
    """Better, same, worse and not paired, in this order; all families take part, also those without scores."""
    listed = sorted(set(families))
    groups = [
        ("none" if direction is None else _KEYS[direction], mark("not paired") if direction is None else _LABELS[direction],
         [family for family in listed if standing.get(family) == direction])
        for direction in (1, 0, -1, None)
    ]  # fmt: skip
    return coverage_rows(groups, telling, among=listed)


def coverage_rows(
    groups: Iterable[tuple[str, str, Collection[str]]], telling: Collection[str], *, among: Collection[str]
) -> list[CoverageRow]:
    """A row for each (key, label, families), in the order given; ratios are against the share among all."""
    share = sum(family in telling for family in among) / len(among) if among else 0.0
    return [_row(key, label, families, telling, share=share) for key, label, families in groups]


def _row(key: str, label: str, families: Collection[str], telling: Collection[str], *, share: float) -> CoverageRow:
    told = sum(family in telling for family in families)
    return CoverageRow(
        key=key,
        label=label,
        families=len(families),
        with_story=told,
        ratio=(told / len(families)) / share if families and share else None,
        without=tuple(sorted(family for family in families if family not in telling)),
    )


def coverage_by(families: Iterable[str], telling: Collection[str], value_of: Callable[[str], str]) -> list[CoverageRow]:
    """A row per value in order of its name, never of what came out; families without a value stand last."""
    listed = sorted(set(families))
    found: dict[str, list[str]] = {}
    for family in listed:
        found.setdefault(value_of(family), []).append(family)
    ordered = sorted(found.items(), key=lambda pair: (pair[0] == "", pair[0].casefold()))
    return coverage_rows([(value, value or UNKNOWN, own) for value, own in ordered], telling, among=listed)


def better_against_worse(rows: Iterable[CoverageRow]) -> Outcome | None:
    """Fisher's exact test of who told among better and worse; None below ten families (methods.md D7)."""
    by_key = {row.key: row for row in rows}
    up, down = by_key.get("up"), by_key.get("down")
    if up is None or down is None or up.families + down.families < TEST_FROM:
        return None
    return fisher(up.with_story, up.families - up.with_story, down.with_story, down.families - down.with_story)
