"""Agreement: every value of methods.md E3, and what is undefined stays so. scikit-learn and others are not needed for it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verhalen.statistics import agreement
from verhalen.statistics.agreement import Level, alpha, cohen, cohen_counts, fleiss, interval, percent
from verhalen.statistics.outcome import Outcome
from verhalen.statistics.unitizing import Continuum, Kind, Segment, u_alpha

Units = list[tuple[Hashable | None, ...]]


def value(outcome: Outcome) -> float:
    assert outcome.value is not None, outcome.reason
    return outcome.value


def units(*coders: str) -> Units:
    """One sign per unit, a row per coder; `-` is a gap."""
    rows = [[None if sign == "-" else int(sign) if sign.isdigit() else sign for sign in row] for row in coders]
    return list(zip(*rows, strict=True))


def table(*rows: Sequence[int]) -> dict[tuple[Hashable, Hashable], int]:
    return {(a, b): count for a, row in enumerate(rows) for b, count in enumerate(row)}


COHEN = [
    (table((88, 14, 18), (10, 40, 10), (2, 6, 12)), 0.492),
    (table((20, 5), (10, 15)), 0.400),
    (table((45, 15), (25, 15)), 0.130),
    (table((25, 35), (5, 35)), 0.259),
    (table((12, 2), (4, 2)), 0.211),
    (table((2, 3), (3, 92)), 0.368),
    (table((118, 5), (2, 0)), -0.023),
]


@pytest.mark.parametrize(("counts", "expected"), COHEN)
def test_cohens_kappa(counts: dict[tuple[Hashable, Hashable], int], expected: float) -> None:
    assert value(cohen_counts(counts)) == pytest.approx(expected, abs=0.0005)
    each: Units = [pair for pair, count in counts.items() for _ in range(count)]
    assert value(cohen(each)) == pytest.approx(expected, abs=0.0005)


def test_percent_of_the_same_table() -> None:
    counts, _ = COHEN[0]
    assert value(percent([pair for pair, count in counts.items() for _ in range(count)])) == pytest.approx(0.70)
    assert value(percent(units("11-", "12-", "-12"))) == 0.5  # the first unit; the second has no agreeing pair


KRIPPENDORFF_C = units("123321412---", "1233224125-3", "-3332342251-", "12332441251-")
GAPS = units("-----34121133-3", "1-213343-------", "--21344-21133-4")


@pytest.mark.parametrize(
    ("data", "level", "expected"),
    [
        (KRIPPENDORFF_C, Level.NOMINAL, 0.743),
        (KRIPPENDORFF_C, Level.ORDINAL, 0.815),
        (KRIPPENDORFF_C, Level.INTERVAL, 0.849),
        (units("1100000000", "0110010100"), Level.NOMINAL, 0.095),
        (units("aabbdcccedda", "babbbccceddd"), Level.NOMINAL, 0.692),
        (GAPS, Level.NOMINAL, 0.691),
        (GAPS, Level.INTERVAL, 0.811),
        (units("001111111100001111110000", "000011110000000110000000"), Level.NOMINAL, 0.329),
    ],
)
def test_krippendorffs_alpha(data: Units, level: Level, expected: float) -> None:
    assert value(alpha(data, level)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        (("001111111100001111110000", "000011110000000110000000"), 0.385),
        (("1" * 18 + "0" * 6, "1" * 10 + "0" * 14), 0.385),
        (("001111110011001111001100", "110011110011110011001100"), 0.314),
    ],
)
def test_kappa_per_character(coders: tuple[str, str], expected: float) -> None:
    assert value(cohen(units(*coders))) == pytest.approx(expected, abs=0.0005)


def test_fleiss_kappa() -> None:
    rows = (
        *((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)),
        *((7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)),
    )
    data: Units = [tuple(answer for answer, count in enumerate(row) for _ in range(count)) for row in rows]
    assert value(fleiss(data)) == pytest.approx(0.210, abs=0.0005)


@pytest.mark.parametrize("measure", [cohen, fleiss, alpha])
def test_one_value_only_is_undefined_and_says_so(measure: Callable[[Units], Outcome]) -> None:
    for data in (units("1" * 24, "1" * 24), units("000", "000")):
        assert (measure(data).value, measure(data).reason) == (None, agreement.ONE_VALUE)
    assert (measure([]).value, measure([]).reason) == (None, agreement.NO_UNITS)


def test_counted_patterns_say_the_same_as_units() -> None:
    for data in (KRIPPENDORFF_C, GAPS, units("1100000000", "0110010100")):
        counted = Counter(data)
        assert [value(measure(counted)) for measure in (percent, alpha)] == [value(percent(data)), value(alpha(data))]


def test_an_interval_holds_the_value_and_is_the_same_every_time() -> None:
    counted = Counter(units("1100000000" * 5, "0110010100" * 5))
    found = interval(counted, alpha)
    assert found == interval(counted, alpha)
    assert found.low is not None
    assert found.high is not None
    assert found.low < value(alpha(counted)) < found.high
    assert found.seed
    few = interval(Counter(units("11", "10")), alpha)
    assert (few.low, few.reason != "") == (None, True)
    rare: dict[tuple[Hashable | None, ...], int] = {(0, 0): 400, (1, 1): 1}
    assert interval(rare, alpha).reason == agreement.TOO_RARE


def test_measures_refuse_what_they_are_not_for() -> None:
    assert cohen(units("1", "2", "3")).reason == agreement.NOT_TWO
    assert fleiss(units("11", "1-")).reason == agreement.UNEQUAL
    assert alpha(units("1-", "-2")).reason == agreement.NO_UNITS
    with pytest.raises(TypeError):
        alpha(units("ab", "ba"), Level.ORDINAL)


@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=3, max_size=3).map(tuple), max_size=12),
    st.randoms(),
)
def test_order_of_coders_and_units_changes_nothing(data: Units, chance: random.Random) -> None:
    turned = [tuple(reversed(unit)) for unit in data]
    chance.shuffle(turned)
    for level in Level:
        one, two = alpha(data, level), alpha(turned, level)
        assert one.reason == two.reason
        assert one.value == pytest.approx(two.value)
        assert one.value is None or one.value <= 1 + 1e-9


# -- running text ------------------------------------------------------------------------------------------------------


def text(length: int, *coders: Sequence[tuple[int, int, str]]) -> Continuum:
    return Continuum(length, tuple(tuple(Segment(*each) for each in marked) for marked in coders))


OLD = text(300, [(75, 145, "c"), (220, 250, "c")], [(70, 150, "c"), (205, 225, "c"), (250, 270, "c")])
TOY = text(40, [(0, 10, "a"), (20, 30, "b")], [(2, 12, "a"), (20, 30, "b")])
OTHER = text(40, [(0, 10, "a"), (20, 30, "b")], [(0, 10, "a"), (20, 30, "a")])


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (OLD, Kind.U, 0.516),
        (OLD, Kind.CU, 1.0),
        (TOY, Kind.U, 0.851),
        (TOY, Kind.BINARY, 0.814),
        (TOY, Kind.CU, 1.0),
        (OTHER, Kind.U, 0.608),
        (OTHER, Kind.BINARY, 1.0),
        (OTHER, Kind.CU, 0.0),
    ],
)
def test_alphas_of_running_text(data: Continuum, kind: Kind, expected: float) -> None:
    assert value(u_alpha([data], kind)) == pytest.approx(expected, abs=0.0005)


def test_nothing_marked_is_undefined() -> None:
    empty, apart = text(40, [], []), text(40, [(0, 5, "a")], [(10, 15, "a")])
    assert [u_alpha([empty], kind).value for kind in Kind] == [None, None, None]
    assert u_alpha([apart], Kind.CU).value is None
    assert value(u_alpha([apart])) < 0
    assert u_alpha([text(40, [(0, 40, "a")], [(0, 40, "a")])]).value is None
    assert u_alpha([text(40, [(0, 5, "a")])]).value is None
    with pytest.raises(ValueError, match="overlap"):
        u_alpha([text(40, [(0, 5, "a"), (4, 8, "b")], [])])


@given(st.integers(0, 100), st.integers(0, 100))
def test_the_same_marks_agree_wholly_wherever_they_stand(one: int, two: int) -> None:
    marks = [(one, one + 7, "a"), (120 + two, 125 + two, "b")]
    for kind in Kind:
        assert value(u_alpha([text(300, marks, marks), text(50, [], [])], kind)) == pytest.approx(1.0)
