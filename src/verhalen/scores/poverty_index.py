"""An approximation of the poverty index: six indicators derived from items, classes and sub-classes (methods.md B3 and D4).

The mapping of items to indicators is our own, so every report says "approximation". A score is the number of indicators
that are insufficient; higher is worse. Where something is not known there is a lowest and a highest score, and a class
only where every completion gives the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from verhalen.i18n import mark
from verhalen.model.family import Level
from verhalen.model.instrument import Indicator
from verhalen.scores.pairing import present_at_both
from verhalen.scores.pairs import Stay
from verhalen.scores.states import NOTHING, Kind, Known
from verhalen.scores.views import Picture, View

NAME = mark("approximation of the poverty index (our own mapping of items)")


class PovertyClass(StrEnum):
    """How the score of a family went."""

    IMPROVED = "improved"
    POSITIVE_STATUS_QUO = "positive_status_quo"
    NEGATIVE_STATUS_QUO = "negative_status_quo"
    WORSENED = "worsened"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "improved": mark("improved"),
            "positive_status_quo": mark("the same, not poor"),
            "negative_status_quo": mark("the same, poor"),
            "worsened": mark("worsened"),
        }[self]


class PovertyStep(StrEnum):
    """What an improvement or a worsening did to being poor."""

    OUT_OF_POVERTY = "out_of_poverty"
    ALREADY_OUT = "already_out"
    STILL_POOR = "still_poor"
    INTO_POVERTY = "into_poverty"
    DEEPER = "deeper"
    STAYS_OUT = "stays_out"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "out_of_poverty": mark("out of poverty"),
            "already_out": mark("was not poor already"),
            "still_poor": mark("still poor"),
            "into_poverty": mark("into poverty"),
            "deeper": mark("was poor already"),
            "stays_out": mark("still not poor"),
        }[self]


BETTER = (PovertyStep.OUT_OF_POVERTY, PovertyStep.ALREADY_OUT, PovertyStep.STILL_POOR)
WORSE = (PovertyStep.INTO_POVERTY, PovertyStep.DEEPER, PovertyStep.STAYS_OUT)


class Range(NamedTuple):
    """The lowest and the highest score that what is known leaves open."""

    low: int
    high: int

    def poor(self, threshold: int) -> bool | None:
        """Whether the score reaches the threshold; None where that depends on what is not known."""
        if self.low >= threshold:
            return True
        return False if self.high < threshold else None


@dataclass(frozen=True, slots=True)
class Placed:
    """One family on the index."""

    family: str
    before: Range
    after: Range
    poverty_class: PovertyClass | None
    """None: undecided, as a missing indicator decides."""
    step: PovertyStep | None
    """None where the class has no steps, or where a missing indicator decides."""
    missing: tuple[str, ...]
    """Indicators that are not known at one of the moments."""
    turned: tuple[str, ...]
    """Indicators that were sufficient and became insufficient."""


def place_family(
    view: View,
    indicators: Sequence[Indicator],
    *,
    levels: Mapping[str, Level],
    members: Mapping[str, Level],
    threshold: int,
    stays: Mapping[str, Stay],
    revised: bool = False,
) -> Placed:
    """Score a family at both moments, over the persons who were there at both.

    `levels` says of each item about whom it asks, `members` of each person (of all families) whether that is one of them.
    """
    before, after = view.revised if revised and view.revised else (view.before, view.after)
    there = present_at_both(view, before, after, stays)
    asked = {
        level: [person for person in sorted(there) if members.get(person) is level]
        for level in (Level.ADULT, Level.CHILD)
    }
    first = [_insufficient(each, before, levels=levels, asked=asked) for each in indicators]
    last = [_insufficient(each, after, levels=levels, asked=asked) for each in indicators]
    s0, s1 = _range(first), _range(last)
    found, step = classify(s0, s1, threshold)
    each_way = list(zip((each.key for each in indicators), first, last, strict=True))
    return Placed(
        family=view.family,
        before=s0,
        after=s1,
        poverty_class=found,
        step=step,
        missing=tuple(key for key, was, now in each_way if was is None or now is None),
        turned=tuple(key for key, was, now in each_way if was is False and now is True),
    )


def _insufficient(
    indicator: Indicator,
    picture: Picture,
    *,
    levels: Mapping[str, Level],
    asked: Mapping[Level, Sequence[str]],
) -> bool | None:
    """One item at or below its border is enough; None where nothing decides and something is not known.

    Not applicable takes no part, unknown and never registered leave it open. An item about children says nothing in a family
    without any; an indicator of which no item has anybody to ask about is missing.
    """
    verdicts = []
    for item, border in indicator.borders:
        level = levels.get(item, Level.FAMILY)
        people = [None] if level is Level.FAMILY else asked[level]
        if people:
            known = [picture.get((person, item), NOTHING) for person in people]
            verdicts.append(_item_verdict(known, border, best=indicator.rule == "beste"))
    if True in verdicts:
        return True
    return None if None in verdicts or not verdicts else False


def _item_verdict(known: Sequence[Known], border: int, *, best: bool) -> bool | None:
    """Over the persons of a family: the lowest decides, or the best; somebody to whom it does not apply takes no part."""
    counted = [each for each in known if each.look is not Kind.NOT_APPLICABLE]
    low = [each.value <= border for each in counted if each.value is not None]
    deciding = not best
    if deciding in low:
        return deciding
    if len(low) < len(counted):
        return None
    return best if low else False


def _range(verdicts: Sequence[bool | None]) -> Range:
    low = verdicts.count(True)
    return Range(low, low + verdicts.count(None))


def classify(before: Range, after: Range, threshold: int) -> tuple[PovertyClass | None, PovertyStep | None]:
    """Class and step that hold for every completion of what is not known; None where they differ."""
    found = {
        _classify(s0, s1, threshold)
        for s0, s1 in product(range(before.low, before.high + 1), range(after.low, after.high + 1))
    }
    classes, steps = {each for each, _ in found}, {step for _, step in found}
    if len(classes) > 1:
        return None, None
    return classes.pop(), steps.pop() if len(steps) == 1 else None


def _classify(s0: int, s1: int, threshold: int) -> tuple[PovertyClass, PovertyStep | None]:
    if s0 == s1:
        return (PovertyClass.POSITIVE_STATUS_QUO if s0 < threshold else PovertyClass.NEGATIVE_STATUS_QUO), None
    was, now = s0 >= threshold, s1 >= threshold
    if s1 < s0:
        if now:
            return PovertyClass.IMPROVED, PovertyStep.STILL_POOR
        return PovertyClass.IMPROVED, PovertyStep.OUT_OF_POVERTY if was else PovertyStep.ALREADY_OUT
    if was:
        return PovertyClass.WORSENED, PovertyStep.DEEPER
    return PovertyClass.WORSENED, PovertyStep.INTO_POVERTY if now else PovertyStep.STAYS_OUT
