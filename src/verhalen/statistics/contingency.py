"""Whether several groups say yes equally often: Fisher's test for two, the Freeman-Halton test for more (methods.md D4, D7).

Groups have n_1, n_2, ... members of whom x_1, x_2, ... say yes. Given how many say yes in all, a table is as likely as the product
of the numbers of ways C(n_j, x_j). The p-value is the chance of all tables that are no likelier than ours (Freeman and Halton
1951). Where there are too many tables to look at, yeses are dealt to the members at random, with a seed that is printed.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import comb, prod

from verhalen.i18n import mark
from verhalen.statistics.exact import fisher
from verhalen.statistics.outcome import ONE_GROUP_EMPTY, Outcome, undefined

SEED = 20140115
"""Printed with every p-value that chance had a part in, so that a reader can repeat it."""
DRAWS = 9_999
"""Of the random test; with these the smallest p-value is 0.0001."""
MOST_TABLES = 50_000
"""Different products that the exact test keeps at a time; above this the random test takes its place."""
FISHER = mark("Fisher's exact test")
FREEMAN_HALTON = mark("Fisher-Freeman-Halton, exact")
MONTE_CARLO = mark("Fisher-Freeman-Halton, by random draws")


@dataclass(frozen=True, slots=True)
class GroupTest:
    """What a test says, and how it was made."""

    p: Outcome
    method: str
    """Marked words; empty where there is no value."""
    seed: int | None = None
    """None where chance had no part in it."""
    draws: int = 0


def compare_groups(yes: Sequence[int], of: Sequence[int]) -> GroupTest:
    """Whether the groups say yes equally often; empty groups take no part. `yes` and `of` go together.

    Undefined where fewer than two groups have members, or everybody says the same: then only one table is possible.
    """
    if len(yes) != len(of) or any(not 0 <= x <= n for x, n in zip(yes, of, strict=True)):
        raise ValueError(f"no groups: {yes} of {of}")
    pairs = sorted((n, x) for x, n in zip(yes, of, strict=True) if n)
    said, total = sum(x for _, x in pairs), sum(n for n, _ in pairs)
    if len(pairs) < 2 or said in (0, total):
        return GroupTest(undefined(ONE_GROUP_EMPTY), "")
    if len(pairs) == 2:
        (n, x), (m, y) = pairs
        return GroupTest(fisher(x, n - x, y, m - y), FISHER)
    sizes = tuple(n for n, _ in pairs)
    ours = prod(comb(n, x) for n, x in pairs)
    tables = _all_tables(sizes, said)
    if tables is not None:
        no_likelier = sum(ways * times for ways, times in tables if ways <= ours)
        return GroupTest(Outcome(float(Fraction(no_likelier, comb(total, said)))), FREEMAN_HALTON)
    drawn = _drawn(sizes, said)
    # Our own table is one of the draws, so that p is never 0 (Phipson and Smyth 2010).
    p = Fraction(bisect_right(drawn, ours) + 1, len(drawn) + 1)
    return GroupTest(Outcome(float(p)), MONTE_CARLO, SEED, DRAWS)


@lru_cache(maxsize=4)
def _all_tables(sizes: tuple[int, ...], said: int) -> tuple[tuple[int, int], ...] | None:
    """(ways, how many tables have so many ways) of all tables with `said` yeses; None where there are too many."""
    # By the number of yeses so far: how many tables have which product. Equal products are kept once.
    found: dict[int, Counter[int]] = {0: Counter({1: 1})}
    room = sum(sizes)
    for n in sizes:
        room -= n
        grown: dict[int, Counter[int]] = {}
        for so_far, products in found.items():
            for x in range(max(0, said - so_far - room), min(n, said - so_far) + 1):
                ways, into = comb(n, x), grown.setdefault(so_far + x, Counter())
                for product, times in products.items():
                    into[product * ways] += times
        if sum(map(len, grown.values())) > MOST_TABLES:
            return None
        found = grown
    return tuple(found[said].items())


@lru_cache(maxsize=4)
def _drawn(sizes: tuple[int, ...], said: int) -> tuple[int, ...]:
    """The products of tables that chance deals, sorted. They depend on the sizes and on how many say yes, and on nothing else."""
    # `random()` alone is promised to stay the same over versions of Python; `sample` is not.
    chance = random.Random(SEED).random
    found = []
    for _ in range(DRAWS):
        left, room, product = said, sum(sizes), 1
        for n in sizes:
            x = bisect_right(_cumulative(n, room, left), chance())
            product *= comb(n, x)
            left, room = left - x, room - n
        found.append(product)
    return tuple(sorted(found))


@lru_cache(maxsize=16_384)
def _cumulative(n: int, room: int, left: int) -> tuple[float, ...]:
    """Chance that at most 0, 1, ... of `left` yeses among `room` members fall to a group of n; the last one is left out."""
    total = comb(room, left)
    ways = accumulate(comb(n, x) * comb(room - n, left - x) if x <= left else 0 for x in range(min(n, left) + 1))
    return tuple(each / total for each in ways)[:-1]
