"""Exact two-sided tests on counts: sign test, McNemar, Fisher. Whole numbers until the last division (methods.md D4, D7)."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from verhalen.statistics.outcome import ONE_GROUP_EMPTY, Outcome, undefined


def sign_test(up: int, down: int) -> Outcome:
    """Exact p = min(1, 2 P(X >= max(up, down))), X binomial with chance one half; ties are dropped by the caller.

    Nothing changed gives 1: that is what the formula says, and the table says "no change" beside it.
    """
    _refuse_negative(up, down)
    changed = up + down
    # From the far end inward each binomial coefficient follows from the last.
    term = ways = 1
    for k in range(min(up, down)):
        term = term * (changed - k) // (k + 1)
        ways += term
    return Outcome(float(min(Fraction(1), Fraction(2 * ways, 2**changed))))


def mcnemar(only_before: int, only_after: int) -> Outcome:
    """Exact McNemar: the sign test on the two discordant cells of a 2x2 of before against after."""
    return sign_test(only_before, only_after)


def fisher(a: int, b: int, c: int, d: int) -> Outcome:
    """Fisher's exact test of the table with rows (a, b) and (c, d): all tables with these margins that are no likelier.

    Undefined where a row or column is empty: then only one table is possible, and it says nothing.
    """
    _refuse_negative(a, b, c, d)
    if 0 in (a + b, c + d, a + c, b + d):
        return undefined(ONE_GROUP_EMPTY)
    ways = [_tables(x, a + b, c + d, first=a + c) for x in range(max(0, a - d), min(a + b, a + c) + 1)]
    ours = _tables(a, a + b, c + d, first=a + c)
    return Outcome(float(Fraction(sum(each for each in ways if each <= ours), sum(ways))))


def _tables(x: int, row: int, other: int, *, first: int) -> int:
    """In how many ways the top left cell comes out at `x`, given both row sums and the first column sum."""
    return comb(row, x) * comb(other, first - x)


def _refuse_negative(*counts: int) -> None:
    if min(counts) < 0:
        raise ValueError(f"counts are never negative: {counts}")
