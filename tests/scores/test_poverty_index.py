"""The approximation of the poverty index: what makes an indicator insufficient, and a class only where nothing decides."""

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.model.family import Level
from verhalen.model.instrument import Indicator
from verhalen.scores.poverty_index import (
    Placed,
    PovertyClass,
    PovertyStep,
    Range,
    classify,
    place_family,
)
from verhalen.scores.poverty_table import PovertyTable
from verhalen.scores.states import NOTHING, Answer, Known, Place, observed
from verhalen.scores.views import View
from verhalen.statistics.outcome import NO_FAMILIES, Outcome

T0, T1 = dt.date(2025, 1, 6), dt.date(2025, 7, 7)
WORK = Indicator("werk", "Werk", "WRK", (("werk", 3),), rule="beste")
MONEY = Indicator("geld", "Geld", "INK", (("inkomen", 2), ("schulden", 2)))
HEALTH = Indicator("gezond", "Gezondheid", "LIC", (("lijf", 2), ("kind.lijf", 2)))
CARE = Indicator("zorg", "Zorg", "KIN", (("kind.zorg", 3),))
LEVELS = {
    "werk": Level.ADULT, "inkomen": Level.FAMILY, "schulden": Level.FAMILY, "lijf": Level.ADULT,
    "kind.lijf": Level.CHILD, "kind.zorg": Level.CHILD,
}  # fmt: skip
MEMBERS = {"vader": Level.ADULT, "moeder": Level.ADULT, "kind1": Level.CHILD}
UNKNOWN, NVT = "niet_gekend", "nvt"
IMPROVED, WORSENED = PovertyClass.IMPROVED, PovertyClass.WORSENED


def picture(answers: Mapping[Place, Answer], day: dt.date) -> dict[Place, Known]:
    return {place: observed(NOTHING, answer, day.toordinal()) for place, answer in answers.items()}


def insufficient(indicator: Indicator, answers: Mapping[Place, Answer]) -> bool | None:
    view = View("G001", T0, T1, picture(answers, T0), picture(answers, T0))
    placed = place_family(view, [indicator], levels=LEVELS, members=MEMBERS, threshold=1, stays={})
    return {(0, 0): False, (1, 1): True, (0, 1): None}[placed.before]


@pytest.mark.parametrize(
    ("indicator", "answers", "expected"),
    [
        (MONEY, {(None, "inkomen"): 2, (None, "schulden"): 5}, True),
        (MONEY, {(None, "inkomen"): 3, (None, "schulden"): 3}, False),
        # An unknown item leaves it open, unless another decides.
        (MONEY, {(None, "inkomen"): 3, (None, "schulden"): UNKNOWN}, None),
        (MONEY, {(None, "inkomen"): 1, (None, "schulden"): UNKNOWN}, True),
        (MONEY, {(None, "inkomen"): 3}, None),
        (MONEY, {(None, "inkomen"): 3, (None, "schulden"): NVT}, False),
        # Of both parents the better one counts for work, the weaker one for health.
        (WORK, {("vader", "werk"): 1, ("moeder", "werk"): 4}, False),
        (WORK, {("vader", "werk"): 1, ("moeder", "werk"): 3}, True),
        (WORK, {("vader", "werk"): 1, ("moeder", "werk"): UNKNOWN}, None),
        (WORK, {("vader", "werk"): 5, ("moeder", "werk"): UNKNOWN}, False),
        (WORK, {("vader", "werk"): 1, ("moeder", "werk"): NVT}, True),
        (HEALTH, {("vader", "lijf"): 5, ("moeder", "lijf"): 2}, True),
        # Without a child in the family only the adults count; an indicator about nobody is missing.
        (HEALTH, {("vader", "lijf"): 5}, False),
        (HEALTH, {("vader", "lijf"): 5, ("kind1", "kind.zorg"): 4}, None),
        (CARE, {("vader", "lijf"): 5}, None),
        (CARE, {("kind1", "kind.zorg"): NVT}, False),
        (CARE, {("kind1", "kind.zorg"): 3}, True),
    ],
)
def test_an_indicator_is_insufficient(
    indicator: Indicator, answers: Mapping[Place, Answer], expected: bool | None
) -> None:
    assert insufficient(indicator, answers) is expected


def test_only_who_was_there_at_both_moments_counts() -> None:
    before: dict[Place, Answer] = {("vader", "werk"): 1, ("moeder", "werk"): 5}
    view = View("G001", T0, T1, picture(before, T0), picture({("vader", "werk"): 1}, T0))
    placed = place_family(view, [WORK], levels=LEVELS, members=MEMBERS, threshold=1, stays={})
    assert (placed.before, placed.after) == (Range(1, 1), Range(1, 1))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((3, 3), (2, 2), (IMPROVED, PovertyStep.OUT_OF_POVERTY)),
        ((2, 2), (1, 1), (IMPROVED, PovertyStep.ALREADY_OUT)),
        ((5, 5), (3, 3), (IMPROVED, PovertyStep.STILL_POOR)),
        ((2, 2), (2, 2), (PovertyClass.POSITIVE_STATUS_QUO, None)),
        # Exactly three has no class in the source; here it is poor and stays so.
        ((3, 3), (3, 3), (PovertyClass.NEGATIVE_STATUS_QUO, None)),
        ((2, 2), (3, 3), (WORSENED, PovertyStep.INTO_POVERTY)),
        ((3, 3), (4, 4), (WORSENED, PovertyStep.DEEPER)),
        ((0, 0), (2, 2), (WORSENED, PovertyStep.STAYS_OUT)),
        ((3, 4), (2, 2), (IMPROVED, PovertyStep.OUT_OF_POVERTY)),
        ((3, 4), (1, 3), (None, None)),
        ((2, 3), (4, 5), (WORSENED, None)),
        ((2, 3), (2, 3), (None, None)),
        ((0, 1), (0, 0), (None, None)),
    ],
)
def test_a_class_holds_for_every_completion(
    before: tuple[int, int], after: tuple[int, int], expected: tuple[PovertyClass | None, PovertyStep | None]
) -> None:
    assert classify(Range(*before), Range(*after), 3) == expected


ranges = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda ends: Range(min(ends), max(ends)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ranges, ranges), max_size=20), st.integers(1, 6))
def test_every_family_is_in_one_place(families: list[tuple[Range, Range]], threshold: int) -> None:
    placed = tuple(
        Placed(f"G{number}", before, after, *classify(before, after, threshold), (), ())
        for number, (before, after) in enumerate(families)
    )
    table = PovertyTable(threshold, placed)
    assert sum(table.classes().values()) + len(table.undecided) == len(families)
    assert sum(table.steps(PovertyStep).values()) <= table.classes()[IMPROVED] + table.classes()[WORSENED]
    exact = sum(a.low == a.high and b.low == b.high for a, b in families)
    assert sum(map(sum, table.transitions(6))) == exact
    assert exact <= sum(table.poor_table().values()) <= len(families)


def test_without_families_nothing_is_tested() -> None:
    table = PovertyTable(3, ())
    assert table.sign_p() == table.mcnemar_p() == Outcome(None, NO_FAMILIES)
