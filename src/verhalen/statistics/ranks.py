"""Wilcoxon's signed-rank test, exact, and the matched rank-biserial correlation (methods.md D4).

Only for researchers: it treats a step from 1 to 2 as comparable to one from 4 to 5. Print the zero handling with the p.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Literal

from verhalen.statistics.outcome import NO_FAMILIES, ONLY_ZEROS, TOO_MANY, Outcome, undefined

Zeros = Literal["pratt", "wilcox", "zsplit"]
"""Keep zeros in the ranking and drop them from the sums; drop them first; give half of their ranks to each side."""
MOST_PAIRS = 300
"""Above this the exact distribution takes seconds (its length grows with the square, its digits with the number)."""


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """What the ranks of the differences say."""

    pairs: int
    zeros: int
    w_plus: float
    w_minus: float
    p: Outcome
    """Exact and two-sided, given the ranks with their ties."""
    r: Outcome
    """(W+ - W-) / (W+ + W-), from -1 to 1 (Kerby 2014)."""

    @property
    def statistic(self) -> float:
        """The smaller sum, as tables print it."""
        return min(self.w_plus, self.w_minus)


def wilcoxon(differences: Sequence[float], *, zeros: Zeros = "pratt") -> SignedRanks:
    """Rank the sizes of the differences and compare the sums of those that went up and those that went down."""
    ranked = [each for each in differences if each] if zeros == "wilcox" else list(differences)
    # Doubled midranks are whole numbers, so that nothing is rounded before the end.
    ranks = [round(2 * rank) for rank in midranks([abs(each) for each in ranked])]
    plus = sum(rank for rank, each in zip(ranks, ranked, strict=True) if each > 0)
    minus = sum(rank for rank, each in zip(ranks, ranked, strict=True) if each < 0)
    nonzero = [rank for rank, each in zip(ranks, ranked, strict=True) if each]
    chance = _chance(nonzero, max(plus, minus)) if differences else undefined(NO_FAMILIES)
    half = (sum(ranks) - plus - minus) / 2 if zeros == "zsplit" else 0.0
    return SignedRanks(
        pairs=len(differences),
        zeros=sum(1 for each in differences if not each),
        w_plus=(plus + half) / 2,
        w_minus=(minus + half) / 2,
        p=chance,
        r=_rank_biserial(plus + half, minus + half)
        if nonzero
        else undefined(ONLY_ZEROS if differences else NO_FAMILIES),
    )


def midranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the middle of their places."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    place = 0
    for _, group in groupby(order, key=values.__getitem__):
        tied = list(group)
        for index in tied:
            ranks[index] = place + (len(tied) + 1) / 2
        place += len(tied)
    return ranks


def _rank_biserial(plus: float, minus: float) -> Outcome:
    return Outcome((plus - minus) / (plus + minus))


def _chance(ranks: Sequence[int], larger: int) -> Outcome:
    """Twice the chance of a sum of at least `larger` when every rank is up or down with chance one half."""
    if len(ranks) > MOST_PAIRS:
        return undefined(TOO_MANY)
    # The distribution is the product of (1 + x^rank). One long integer holds it, one digit of `bits` bits per power of x:
    # adding it to itself, moved by `rank` digits, multiplies by one such factor.
    bits = len(ranks) + 8
    ways = 1
    for rank in ranks:
        ways += ways << (bits * rank)
    # The sum of the digits of a number is its remainder by the base less one ("casting out nines"): digits fit with room.
    tail = (ways >> (bits * larger)) % ((1 << bits) - 1)
    return Outcome(float(min(Fraction(1), Fraction(2 * tail, 2 ** len(ranks)))))
