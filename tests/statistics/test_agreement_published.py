"""Agreement on published examples that are not in methods.md, and against the slowest way: every pair, every character."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import examples

from verhalen.statistics.agreement import (
    NO_UNITS,
    ONE_VALUE,
    Level,
    alpha,
    cohen,
    cohen_counts,
    fleiss,
    interval,
    percent,
)
from verhalen.statistics.outcome import Outcome
from verhalen.statistics.unitizing import Alphas, Continuum, Segment, u_alphas

Units = list[tuple[Hashable | None, ...]]
Marks = list[tuple[int, int, str]]


def value(outcome: Outcome) -> float:
    assert outcome.value is not None, outcome.reason
    return outcome.value


def rows(*units: str) -> Units:
    """A unit per text, a sign per coder; `-` is a gap."""
    return [tuple(None if sign == "-" else int(sign) for sign in unit) for unit in units]


# -- published examples --------------------------------------------------------------------------------------------------

# Hayes and Krippendorff 2007, p. 84: 40 newspaper articles, five coders, 0 to 3, with gaps.
HAYES = rows(
    *("112-2", "1101-", "2333-", "-00-0", "000-0", "000-0", "102-1", "1-20-", "222-2", "2111-", "-100-", "0000-"),
    *("1222-", "33223", "111-1", "111-1", "212-2", "1233-", "1101-", "000-0", "0011-", "00-00", "2333-", "0000-"),
    *("12-22", "0111-", "00010", "1212-", "1122-", "112-2", "110-0", "2121-", "22-22", "3222-", "222-2", "223-2"),
    *("222-2", "22-12", "2222-", "111-1"),
)


def test_hayes_and_krippendorff_2007() -> None:
    assert len(HAYES) == 40
    assert value(alpha(HAYES, Level.ORDINAL)) == pytest.approx(0.7598, abs=0.00005)


# Fleiss 1971: 30 patients, six psychiatrists, five diagnoses; the value in full from R's irr.
FLEISS = rows(
    *("444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555"),
    *("144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555"),
    *("555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555"),
)


def test_fleiss_1971() -> None:
    assert value(fleiss(FLEISS)) == pytest.approx(0.43024452006, abs=1e-11)


@pytest.mark.parametrize(
    ("table", "kappa", "krippendorff", "agreed"),
    [
        # Gwet's handbook, 100 pregnancies and two abstractors: irrCAC gives kappa and alpha of it in full.
        (((13, 0, 0), (0, 20, 7), (0, 4, 56)), 0.7964094, 0.7972585, 0.89),
        # Printout of SAS, kept in the tests of statsmodels and at Uebersax' page.
        (((0, 4, 1), (0, 8, 0), (0, 1, 5)), 0.4842, None, None),
        (((0, 0, 0), (5, 16, 3), (8, 12, 28)), 0.3333, None, None),
        # Artstein and Poesio 2008 and two more, kept in the tests of scikit-learn.
        (((20, 20), (10, 50)), 0.348, None, 0.70),
        (((46, 0, 0), (6, 32, 6), (0, 0, 10)), 0.8013, None, None),
        (((46, 0, 0), (4, 40, 0), (0, 0, 10)), 0.9315, None, None),
    ],
)
def test_tables_of_two_coders(
    table: Sequence[Sequence[int]], kappa: float, krippendorff: float | None, agreed: float | None
) -> None:
    counts: dict[tuple[Hashable, Hashable], int] = {
        (a, b): count for a, row in enumerate(table) for b, count in enumerate(row)
    }
    units: Units = [pair for pair, count in counts.items() for _ in range(count)]
    places = 7 if krippendorff else 4 if kappa != 0.348 else 3
    assert round(value(cohen_counts(counts)), places) == kappa
    assert value(cohen(units)) == value(cohen_counts(counts))
    if krippendorff is not None:
        assert round(value(alpha(units)), 7) == krippendorff
    if agreed is not None:
        assert value(percent(units)) == pytest.approx(agreed)


def test_nobody_said_a_thing_twice() -> None:
    """Two coders who never agree on two values: kappa, Fleiss and alpha by hand."""
    data = rows("01", "10", "01", "10")
    assert value(cohen(data)) == -1
    assert value(fleiss(data)) == -1
    assert value(alpha(data)) == pytest.approx(1 - 7 * 8 / 32)  # 1 - (n.. - 1) * sum o_ck / sum n_c n_k


# -- the slow way --------------------------------------------------------------------------------------------------------

data_of = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 4))] * coders), max_size=14)
)


def slow_alpha(data: Units, level: Level) -> float | None:
    """Krippendorff 2011 as it stands there: pairs of values within units against pairs of all pairable values."""
    kept = [[value for value in unit if value is not None] for unit in data]
    kept = [unit for unit in kept if len(unit) > 1]
    everything = [value for unit in kept for value in unit]
    if len(set(everything)) < 2:
        return None

    def apart(a: Hashable, b: Hashable) -> float:
        assert isinstance(a, int)
        assert isinstance(b, int)
        if level is Level.NOMINAL:
            return float(a != b)
        if level is Level.INTERVAL:
            return float((a - b) ** 2)
        low, high = min(a, b), max(a, b)
        ranks = sum(1 for each in everything if isinstance(each, int) and low <= each <= high)
        return (ranks - (everything.count(a) + everything.count(b)) / 2) ** 2 if a != b else 0.0

    within = sum(apart(a, b) / (len(unit) - 1) for unit in kept for a, b in permutations(unit, 2))
    between = sum(apart(a, b) for a, b in permutations(everything, 2))
    return 1 - (within / len(everything)) / (between / (len(everything) * (len(everything) - 1)))


@given(data_of)
def test_alpha_is_what_all_pairs_say(data: Units) -> None:
    for level in Level:
        found, slow = alpha(data, level), slow_alpha(data, level)
        assert found.value == pytest.approx(slow), level
        assert found.value is not None or found.reason in (ONE_VALUE, NO_UNITS)


@given(data_of)
def test_percent_kappa_and_fleiss_are_what_all_pairs_say(data: Units) -> None:
    pairs = [pair for unit in data for pair in permutations([each for each in unit if each is not None], 2)]
    assert percent(data).value == (pytest.approx(sum(a == b for a, b in pairs) / len(pairs)) if pairs else None)
    both = [(unit[0], unit[1]) for unit in data if None not in unit[:2]]
    if both:
        expected = sum(a == b for a, _ in both for _, b in both) / len(both) ** 2
        observed = sum(a == b for a, b in both) / len(both)
        slow = (observed - expected) / (1 - expected) if expected < 1 else None
        assert cohen([unit[:2] for unit in data]).value == pytest.approx(slow)
    full = [unit for unit in data if None not in unit]
    if full:
        said = [each for unit in full for each in unit]
        expected = sum(a == b for a in said for b in said) / len(said) ** 2
        each = [sum(a == b for a, b in permutations(unit, 2)) / (len(unit) * (len(unit) - 1)) for unit in full]
        slow = (sum(each) / len(each) - expected) / (1 - expected) if expected < 1 else None
        assert fleiss(full).value == pytest.approx(slow)


def slow_u(texts: Sequence[tuple[int, Sequence[Marks]]]) -> dict[str, float | None]:
    """Every character of every pair of coders; what a piece pairs with itself from the pieces themselves."""
    seen: dict[tuple[object, object], float] = defaultdict(float)
    whole: dict[object, float] = defaultdict(float)
    shared: dict[object, float] = defaultdict(float)
    for length, coders in texts:
        said = []
        for marks in coders:
            line: list[tuple[object, int]] = [(None, -1)] * length
            for number, (start, stop, name) in enumerate(marks):
                line[start:stop] = [(name, number)] * (stop - start)
            said.append(line)
        for one, two in permutations(range(len(coders)), 2):
            for at in range(length):
                seen[said[one][at][0], said[two][at][0]] += 1 / (len(coders) - 1)
        for one, marks in enumerate(coders):
            whole[None] += sum(name is None for name, _ in said[one])
            for start, stop, name in marks:
                whole[name] += (stop - start) ** 2
                weight = sum(
                    said[two][at][0] is not None
                    for two in range(len(coders))
                    if two != one
                    for at in range(start, stop)
                )
                shared[name] += (weight / (len(coders) - 1)) ** 2
    marked = {pair: times for pair, times in seen.items() if None not in pair}
    as_one: dict[tuple[object, object], float] = defaultdict(float)
    for (a, b), times in seen.items():
        as_one[a is not None, b is not None] += times
    two_kinds: dict[object, float] = {
        False: whole[None],
        True: sum(square for name, square in whole.items() if name is not None),
    }
    return {"u": _slow(seen, whole), "binary": _slow(as_one, two_kinds), "cu": _slow(marked, shared)}


def _slow(seen: dict[tuple[object, object], float], correction: dict[object, float]) -> float | None:
    totals: dict[object, float] = defaultdict(float)
    for (a, _), weight in seen.items():
        totals[a] += weight
    if sum(weight > 0 for weight in totals.values()) < 2:
        return None
    everything = sum(totals.values())
    room = everything - sum(correction.values()) / everything
    chance = {c: (totals[c] ** 2 - correction.get(c, 0)) / room for c in totals}
    all_chance = (everything**2 - sum(correction.values())) / room
    same = sum(weight for (a, b), weight in seen.items() if a == b)
    return 1 - (everything - same) / (all_chance - sum(chance.values()))


def segments(chance: random.Random, length: int) -> Marks:
    """Passages of one coder that do not overlap; some touch."""
    borders = sorted(chance.sample(range(length + 1), chance.randrange(0, min(length, 8) // 2 * 2 + 1, 2)))
    found = [(a, b, chance.choice("abc")) for a, b in zip(borders[::2], borders[1::2], strict=True)]
    return [*found, (borders[-1], length, "a")] if borders and borders[-1] < length and chance.random() < 0.3 else found


@given(st.integers(2, 4), st.lists(st.integers(1, 30), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_alphas_of_running_text_are_what_every_character_says(
    coders: int, lengths: list[int], chance: random.Random
) -> None:
    texts = [(length, [segments(chance, length) for _ in range(coders)]) for length in lengths]
    found = u_alphas(
        Continuum(length, tuple(tuple(Segment(*each) for each in marks) for marks in said)) for length, said in texts
    )
    slow = slow_u(texts)
    assert found.u.value == pytest.approx(slow["u"])
    assert found.binary.value == pytest.approx(slow["binary"])
    # Of one value there is no other to differ from: 1, where two coders marked anything together (methods.md E3).
    assert found.cu.value == pytest.approx(slow["cu"] if slow["cu"] is not None else found.cu.value)
    assert slow["cu"] is not None or found.cu.value in (None, 1.0)


def test_a_third_coder_who_marked_nothing_does_not_change_what_the_others_agreed_on_where_they_marked() -> None:
    """The passages of two of three coders pair at half their weight, and so does what they cannot pair with themselves."""
    first: tuple[Segment, ...] = (Segment(0, 10, "a"), Segment(20, 30, "b"))
    second: tuple[Segment, ...] = (Segment(0, 10, "a"), Segment(20, 30, "a"))

    def cu(*coders: tuple[Segment, ...]) -> Alphas:
        return u_alphas([Continuum(40, coders)])

    assert value(cu(first, second).cu) == pytest.approx(0)
    assert value(cu(first, second, ()).cu) == pytest.approx(0)
    assert value(cu(first, second, ()).u) < value(cu(first, second).u)


# -- intervals -----------------------------------------------------------------------------------------------------------


def test_intervals_are_those_of_drawing_units_one_by_one() -> None:
    """Percentiles of alpha over 4,000 draws of units, made in the plain way."""
    chance = random.Random(7)
    data: Units = [
        (said, said if chance.random() < 0.8 else 1 - said) for said in (int(chance.random() < 0.3) for _ in range(120))
    ]
    found = interval(Counter(data), alpha)
    drawn = sorted(value(alpha([chance.choice(data) for _ in data])) for _ in range(4000))
    assert found.low == pytest.approx(drawn[100], abs=0.02)
    assert found.high == pytest.approx(drawn[3900], abs=0.02)
    assert found == interval(Counter(reversed(data)), alpha)
    assert interval(Counter(data), alpha, seed=1) != found


def test_intervals_hold_the_true_value_about_as_often_as_they_say() -> None:
    """80 samples of 150 units from one world, of which alpha follows from its chances."""
    # Two coders see the truth (30 % yes) rightly nine times in ten, apart from each other.
    both = 0.3 * 0.81 + 0.7 * 0.01
    yes = 0.3 * 0.9 + 0.7 * 0.1
    true = 1 - 2 * (yes - both) / (2 * yes * (1 - yes))
    chance = random.Random(3)

    def sees(truth: bool) -> int:
        return int(truth == (chance.random() < 0.9))

    held, samples = 0, examples(80)
    for _ in range(samples):
        truths = [chance.random() < 0.3 for _ in range(150)]
        found = interval(Counter((sees(truth), sees(truth)) for truth in truths), alpha, draws=400)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert 0.85 <= held / samples <= 1.0
