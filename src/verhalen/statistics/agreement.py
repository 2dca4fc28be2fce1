"""Agreement of coders over fixed units: percent, Cohen's and Fleiss' kappa, Krippendorff's alpha (methods.md E1-E3).

A value of a unit is any hashable thing; None is a gap (that coder did not judge that unit). For ordinal and interval alpha
values are numbers. Undefined stays undefined, with its reason: where only one value occurs nobody could have disagreed,
and a coefficient of 1 or 0 would claim to know.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from verhalen.i18n import mark
from verhalen.statistics.intervals import DRAWS, LEAST, SEED, Interval, binomial, quantile
from verhalen.statistics.outcome import Outcome, undefined

Unit = tuple[Hashable | None, ...]
"""What each coder said of one unit, in the order of the coders."""
Units = Sequence[Unit] | Mapping[Unit, int]
"""All units, or how often each pattern of answers occurs: the same, and much shorter where most units are alike."""

NO_UNITS = mark("no unit was judged by two coders")
ONE_VALUE = mark("cannot be determined: only one value occurs")
UNEQUAL = mark("cannot be determined: not every unit was judged by equally many coders")
TOO_FEW_UNITS = mark("fewer than ten units: no interval")
TOO_RARE = mark("too rare for an interval: in more than one draw of twenty only one value occurs")
NOT_TWO = mark("cannot be determined: this measure is for two coders")


class Level(StrEnum):
    """How far two values lie apart."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def _patterns(units: Units) -> Iterable[tuple[Unit, int]]:
    counted = units if isinstance(units, Mapping) else Counter(units)
    return ((unit, times) for unit, times in counted.items() if times)


def percent(units: Units) -> Outcome:
    """Share (0 to 1) of the pairs of coders that said the same of a unit; pairs with a gap do not count."""
    same = pairs = 0
    for unit, times in _patterns(units):
        said = Counter(value for value in unit if value is not None)
        pairs += times * (said.total() * (said.total() - 1) // 2)
        same += times * sum(count * (count - 1) // 2 for count in said.values())
    return Outcome(same / pairs) if pairs else undefined(NO_UNITS)


def cohen(units: Units) -> Outcome:
    """Cohen's kappa (Cohen 1960) of two coders over the units that both judged; for any number of values."""
    table: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit, times in _patterns(units):
        if len(unit) != 2:
            return undefined(NOT_TWO)
        if None not in unit:
            table[unit[0], unit[1]] += times
    return cohen_counts(table)


def cohen_counts(table: Mapping[tuple[Hashable, Hashable], int]) -> Outcome:
    """Cohen's kappa from a table: how often the first coder said `a` where the second said `b`."""
    n = sum(table.values())
    if not n:
        return undefined(NO_UNITS)
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (a, b), count in table.items():
        first[a] += count
        second[b] += count
    # Whole numbers until the last step, so that "everybody said the same" is exactly that.
    agreed = n * sum(count for (a, b), count in table.items() if a == b)
    expected = sum(count * second[value] for value, count in first.items())
    if expected == n * n:
        return undefined(ONE_VALUE)
    return Outcome((agreed - expected) / (n * n - expected))


def fleiss(units: Units) -> Outcome:
    """Fleiss' kappa (Fleiss 1971): the same number of judgements, two or more, for every unit; no gaps."""
    said = [(Counter(value for value in unit if value is not None), times) for unit, times in _patterns(units)]
    raters = {values.total() for values, _ in said}
    if not raters or raters == {0}:
        return undefined(NO_UNITS)
    if len(raters) > 1 or min(raters) < 2:
        return undefined(UNEQUAL)
    n, m = sum(times for _, times in said), raters.pop()
    totals: Counter[Hashable] = Counter()
    agreed = 0
    for values, times in said:
        for value, count in values.items():
            totals[value] += times * count
            agreed += times * count * (count - 1)
    expected = sum(count * count for count in totals.values())
    if expected == (n * m) ** 2:
        return undefined(ONE_VALUE)
    observed, chance = agreed / (n * m * (m - 1)), expected / (n * m) ** 2
    return Outcome((observed - chance) / (1 - chance))


def alpha(units: Units, level: Level = Level.NOMINAL) -> Outcome:
    """Krippendorff's alpha by the coincidence matrix (Krippendorff 2011): any number of coders, gaps allowed.

    Units with fewer than two judgements say nothing and do not count.
    """
    coincidences: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for unit, times in _patterns(units):
        counts = Counter(value for value in unit if value is not None)
        m = counts.total()
        if m < 2:
            continue
        for a in counts:
            for b in counts:
                pairs = counts[a] * (counts[b] - (a == b))
                if pairs:
                    coincidences[a, b] += times * pairs / (m - 1)
    return alpha_of(coincidences, level)


def alpha_of(coincidences: Mapping[tuple[Hashable, Hashable], float], level: Level = Level.NOMINAL) -> Outcome:
    """Krippendorff's alpha of a matrix of coincidences, symmetric, both halves given."""
    totals: dict[Hashable, float] = {}
    for (a, _), weight in coincidences.items():
        totals[a] = totals.get(a, 0.0) + weight
    n = sum(totals.values())
    if not n:
        return undefined(NO_UNITS)
    if len(totals) < 2:
        return undefined(ONE_VALUE)
    apart = _distances(totals, level)
    observed = sum(weight * apart[a, b] for (a, b), weight in coincidences.items() if a != b)
    expected = sum(totals[a] * totals[b] * apart[a, b] for a in totals for b in totals if a != b) / (n - 1)
    return Outcome(1 - observed / expected)


def _distances(totals: Mapping[Hashable, float], level: Level) -> dict[tuple[Hashable, Hashable], float]:
    """How far any two values lie apart, squared (Krippendorff 2011, section E)."""
    measure: Callable[[Hashable, Hashable], float]
    if level is Level.NOMINAL:
        measure = _differ
    elif level is Level.INTERVAL:
        measure = _gap
    else:
        order = sorted(totals, key=_number)
        place = {value: at for at, value in enumerate(order)}
        sums = [0.0]
        for value in order:
            sums.append(sums[-1] + totals[value])

        def measure(a: Hashable, b: Hashable) -> float:
            low, high = sorted((place[a], place[b]))
            between = sums[high + 1] - sums[low]
            return (between - (totals[a] + totals[b]) / 2) ** 2

    found = {}
    for a, b in combinations(totals, 2):
        found[a, b] = found[b, a] = measure(a, b)
    return found


def _differ(a: Hashable, b: Hashable) -> float:
    return float(a != b)


def _gap(a: Hashable, b: Hashable) -> float:
    return (_number(a) - _number(b)) ** 2


def _number(value: Hashable) -> float:
    if not isinstance(value, (int, float)):
        raise TypeError("ordinal and interval alpha are of numbers")
    return value


def interval(
    units: Units, measure: Callable[[Units], Outcome], *, draws: int = DRAWS, seed: int = SEED, level: float = 0.95
) -> Interval:
    """Percentile bootstrap over the units. Draws in which only one value occurs have no coefficient and are left out.

    Where that is more than one draw in twenty there is no interval: the code is too rare to say how sure its figure is.
    """
    patterns = sorted(_patterns(units), key=repr)
    n = sum(times for _, times in patterns)
    if n < LEAST:
        return Interval(None, None, TOO_FEW_UNITS)
    chance = random.Random(seed).random
    values = []
    for _ in range(draws):
        found = measure(_drawn(patterns, n, chance))
        if found.value is not None:
            values.append(found.value)
    if len(values) < 0.95 * draws:
        return Interval(None, None, TOO_RARE)
    values.sort()
    return Interval(quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2), seed=seed, draws=draws)


def _drawn(patterns: Sequence[tuple[Unit, int]], n: int, chance: Callable[[], float]) -> dict[Unit, int]:
    """N units with replacement, as counts of patterns: one binomial draw per pattern instead of one draw per unit."""
    left, weight = n, n
    found = {}
    for unit, times in patterns:
        found[unit] = binomial(left, min(1.0, times / weight), chance()) if left and weight else 0
        left -= found[unit]
        weight -= times
    return found
