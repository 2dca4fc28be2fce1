"""Count the families on the poverty index: classes, steps, the two ways of being poor, transitions (methods.md B3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verhalen.scores.poverty_index import Placed, PovertyClass, PovertyStep
from verhalen.statistics.exact import mcnemar, sign_test
from verhalen.statistics.outcome import NO_FAMILIES, Outcome, undefined


@dataclass(frozen=True, slots=True)
class PovertyTable:
    """All followed families on the index."""

    threshold: int
    families: tuple[Placed, ...]

    @property
    def followed(self) -> int:
        """Families with both moments."""
        return len(self.families)

    @property
    def undecided(self) -> tuple[str, ...]:
        """Families without a class: a missing indicator decides."""
        return tuple(each.family for each in self.families if each.poverty_class is None)

    def classes(self) -> dict[PovertyClass, int]:
        """Families per class; with the undecided they are all the followed."""
        return {name: sum(each.poverty_class is name for each in self.families) for name in PovertyClass}

    def steps(self, names: Iterable[PovertyStep]) -> dict[PovertyStep, int]:
        """Families per step; together fewer than their class where a missing indicator decides."""
        return {name: sum(each.step is name for each in self.families) for name in names}

    def poor(self) -> tuple[int, int]:
        """Families that are poor for certain, before and after."""
        return (
            sum(each.before.poor(self.threshold) is True for each in self.families),
            sum(each.after.poor(self.threshold) is True for each in self.families),
        )

    def sign_p(self) -> Outcome:
        """Sign test of improved against worsened."""
        counts = self.classes()
        if not sum(counts.values()):
            return undefined(NO_FAMILIES)
        return sign_test(counts[PovertyClass.IMPROVED], counts[PovertyClass.WORSENED])

    def poor_table(self) -> dict[tuple[bool, bool], int]:
        """Poor before x poor after, over the families of which both are certain."""
        found = {(was, now): 0 for was in (True, False) for now in (True, False)}
        for each in self.families:
            was, now = each.before.poor(self.threshold), each.after.poor(self.threshold)
            if was is not None and now is not None:
                found[was, now] += 1
        return found

    def mcnemar_p(self) -> Outcome:
        """Exact McNemar on the families that went out of poverty and into it."""
        found = self.poor_table()
        return mcnemar(found[True, False], found[False, True]) if any(found.values()) else undefined(NO_FAMILIES)

    def transitions(self, size: int) -> list[list[int]]:
        """Families by score before (rows) and after (columns), 0 to `size`; only those whose scores are certain."""
        matrix = [[0] * (size + 1) for _ in range(size + 1)]
        for each in self.families:
            if each.before.low == each.before.high and each.after.low == each.after.high:
                matrix[each.before.low][each.after.low] += 1
        return matrix
