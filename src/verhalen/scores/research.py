"""What only a researcher asks of an item: ranks, intervals, thresholds, many tests at once (methods.md D4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen.i18n import mark
from verhalen.scores.change import NO_PAIRS, PER_PERSON, Change
from verhalen.scores.pairs import Pair, Pairs, Rule
from verhalen.statistics.exact import mcnemar
from verhalen.statistics.intervals import Interval, dominance_interval, wilson
from verhalen.statistics.multiple import holm
from verhalen.statistics.outcome import Outcome, undefined
from verhalen.statistics.ranks import wilcoxon

METHOD = mark(
    "Wilcoxon's signed ranks, exact and two-sided, zeros by Pratt (kept in the ranking, left out of the sums)"
)
ONE_STEP = mark("ranks exist per item only")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Families at or above a value, before and after: a 2x2 by its two margins and its discordant cells."""

    value: int
    before: int
    """Families at or above it at the baseline."""
    after: int
    gained: int
    """Below it before, at or above it after."""
    lost: int
    p: Outcome
    """McNemar, exact."""


@dataclass(frozen=True, slots=True)
class Research:
    """The tests and intervals of one row. None of them is printed outside the researchers' export."""

    target: str
    wilcoxon_p: Outcome
    rank_biserial: Outcome
    holm_p: float | None
    """The sign test after Holm's correction over the rows of the table; None where there is none."""
    better: Interval
    """Wilson, share of the pairs that went up."""
    worse: Interval
    dominance: Interval
    """Bootstrap by family; it carries its seed."""
    threshold: Threshold | None = None


def research(pairs: Pairs, changes: Sequence[Change], *, threshold: int | None = None) -> tuple[Research, ...]:
    """One per row of a change table. Rows of life domains or groups have no ranks and no threshold."""
    rows = [_of_row(pairs, each, threshold) for each in changes]
    corrected = holm([each.sign_p.value for each in changes])
    return tuple(replace(row, holm_p=p) for row, p in zip(rows, corrected, strict=True))


def _of_row(pairs: Pairs, change: Change, threshold: int | None) -> Research:
    found = pairs.by_item.get(change.target)
    ranks, biserial = _ranks(found.values() if found is not None else None, pairs.rule)
    per_person = pairs.rule is Rule.PER_PERSON
    none = Interval(None, None, PER_PERSON)
    return Research(
        target=change.target,
        wilcoxon_p=ranks,
        rank_biserial=biserial,
        holm_p=None,
        better=none if per_person else wilson(change.up, change.n),
        worse=none if per_person else wilson(change.down, change.n),
        dominance=none if per_person else dominance_interval(change.up, change.same, change.down),
        threshold=None if threshold is None or found is None else _threshold(found.values(), threshold, pairs.rule),
    )


def _ranks(found: Iterable[Pair] | None, rule: Rule) -> tuple[Outcome, Outcome]:
    if found is None:
        return undefined(ONE_STEP), undefined(ONE_STEP)
    if rule is Rule.PER_PERSON:
        return undefined(PER_PERSON), undefined(PER_PERSON)
    ranked = wilcoxon([each.after - each.before for each in found])
    return ranked.p, ranked.r


def _threshold(found: Iterable[Pair], value: int, rule: Rule) -> Threshold:
    reached = [(each.before >= value, each.after >= value) for each in found]
    gained, lost = reached.count((False, True)), reached.count((True, False))
    p = mcnemar(lost, gained) if reached else undefined(NO_PAIRS)
    stayed = reached.count((True, True))
    if rule is Rule.PER_PERSON:
        p = undefined(PER_PERSON)
    return Threshold(value, stayed + lost, stayed + gained, gained, lost, p)
