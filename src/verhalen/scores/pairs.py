"""Pairs: the value of an item at baseline beside the one at follow-up, per family (methods.md D2 and D3)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low
from typing import NamedTuple

from verhalen.i18n import mark
from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import FollowUp, Moments
from verhalen.scores.states import CellState, Histories, Kind, Place


class Rule(StrEnum):
    """How the persons of a family make one value."""

    LOWEST = "laagste"
    MEDIAN = "mediaan"
    BEST = "beste"
    PER_PERSON = "per_persoon"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "laagste": mark("lowest of the family"),
            "mediaan": mark("middle of the family"),
            "beste": mark("best of the family"),
            "per_persoon": mark("per person"),
        }[self]


class NotPaired(StrEnum):
    """Why a family has no pair for an item. Missing is never the same as not applicable."""

    NVT_TO_SCORE = "van_nvt_naar_score"
    SCORE_TO_NVT = "van_score_naar_nvt"
    NOT_APPLICABLE = "nvt"
    UNKNOWN = "niet_gekend"
    NOT_AT_BASELINE = "niet_bij_start"
    COMPOSITION = "samenstelling_gewijzigd"
    NEVER = "niet_geregistreerd"
    NOTHING_PAIRED = "geen_enkel_item"
    TOO_SHORT = "te_kort_gevolgd"
    ONE_REGISTRATION = "een_registratie"
    OTHER_ASSESSOR = "andere_beoordelaar"
    NO_REGISTRATION = "geen_registratie"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "van_nvt_naar_score": mark("from not applicable to a score"),
            "van_score_naar_nvt": mark("from a score to not applicable"),
            "nvt": mark("not applicable"),
            "niet_gekend": mark("unknown"),
            "niet_bij_start": mark("not registered at the start"),
            "samenstelling_gewijzigd": mark("nobody was there at both moments"),
            "niet_geregistreerd": mark("never registered"),
            "geen_enkel_item": mark("no item scored at both moments"),
            "te_kort_gevolgd": mark("followed too short"),
            "een_registratie": mark("one registration only"),
            "andere_beoordelaar": mark("judged by somebody else at one of the moments or both"),
            "geen_registratie": mark("no registration"),
        }[self]


_UNFOLLOWED: dict[FollowUp, NotPaired] = {
    FollowUp.TOO_SHORT: NotPaired.TOO_SHORT,
    FollowUp.ONE_REGISTRATION: NotPaired.ONE_REGISTRATION,
    FollowUp.OTHER_ASSESSOR: NotPaired.OTHER_ASSESSOR,
    FollowUp.NO_REGISTRATION: NotPaired.NO_REGISTRATION,
}


class Stay(NamedTuple):
    """When a person came into the family and left it; None where it is not known or not so."""

    joined: dt.date | None
    left: dt.date | None


class Pair(NamedTuple):
    """The two values of a family (or person) on one item."""

    before: int
    after: int
    look: Kind
    """How the value was last seen after the baseline day; `overgedragen` where nobody looked again."""
    persons: int
    """How many persons it rests on; 0 for an item about the family."""


Subject = tuple[str, str | None]
"""A family; with the person behind it under `per_persoon`."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of one instrument by one kind of assessor under one rule."""

    rule: Rule
    followed: tuple[str, ...]
    """Families with a baseline and a follow-up."""
    after_window: frozenset[str]
    """Those of them without a registration in the window."""
    unfollowed: Mapping[NotPaired, tuple[str, ...]]
    """The other families, by reason: the same for every item."""
    by_item: Mapping[str, Mapping[Subject, Pair]]
    gaps: Mapping[str, Mapping[NotPaired, tuple[str, ...]]]
    """Per item the followed families without a pair, by reason."""
    moved: Mapping[str, frozenset[str]]
    """Per item the families in which a person that it asks about came or left in between."""


def make_pairs(
    known: Histories,
    moments: Iterable[Moments],
    items: Iterable[str],
    *,
    assessor: Assessor,
    rule: Rule = Rule.LOWEST,
    stays: Mapping[str, Stay] | None = None,
) -> Pairs:
    """Set baseline beside follow-up, one trajectory per family: the latest that was followed.

    `stays` says by person who came or left and when; without it a person is there from the first registration on.
    """
    chosen = _one_per_family(moments)
    collected = _Collected(list(items), rule=rule)
    for each in chosen:
        history = known.of(each.family, assessor)
        if history is None or each.t0 is None or each.t1 is None:
            collected.unfollowed.setdefault(_UNFOLLOWED[each.follow_up], []).append(each.family)
            continue
        before, after = history.at(each.t0, since=each.since), history.at(each.t1, since=each.since)
        there = _present(before, each.t0, stays or {}) & _present(after, each.t1, stays or {})
        collected.add_family(each.family, before, after, there=there, days=(each.t1 - each.t0).days)
    return collected.result(frozenset(m.family for m in chosen if m.follow_up is FollowUp.AFTER_WINDOW))


def _one_per_family(moments: Iterable[Moments]) -> list[Moments]:
    chosen: dict[str, Moments] = {}
    for each in moments:  # in order of start
        if each.t1 is not None or each.family not in chosen or chosen[each.family].t1 is None:
            chosen[each.family] = each
    return list(chosen.values())


class _Person(NamedTuple):
    key: str | None
    before: CellState
    after: CellState


class _Collected:
    """What grows while the families are walked through."""

    def __init__(self, items: Sequence[str], *, rule: Rule) -> None:
        self.rule = rule
        self.followed: list[str] = []
        self.unfollowed: dict[NotPaired, list[str]] = {}
        self.by_item: dict[str, dict[Subject, Pair]] = {item: {} for item in items}
        self.gaps: dict[str, dict[NotPaired, list[str]]] = {item: {} for item in items}
        self.moved: dict[str, set[str]] = {item: set() for item in items}

    def add_family(
        self,
        family: str,
        before: Mapping[Place, CellState],
        after: Mapping[Place, CellState],
        *,
        there: set[str],
        days: int,
    ) -> None:
        """Pair all items of one family; `there` are the persons present at both moments, `days` lie between them."""
        self.followed.append(family)
        by_item: dict[str, list[_Person]] = {}
        for (person, item), state in after.items():
            by_item.setdefault(item, []).append(_Person(person, before[person, item], state))
        for item, pairs in self.by_item.items():
            people = by_item.get(item, [])
            both = [each for each in people if each.key is None or each.key in there]
            if len(both) < len(people):
                self.moved[item].add(family)
            found = _pairs_of(both, family, rule=self.rule, days=days)
            pairs.update(found)
            if not found:
                self.gaps[item].setdefault(_why_not(people, both), []).append(family)

    def result(self, after_window: frozenset[str]) -> Pairs:
        """Freeze."""
        return Pairs(
            rule=self.rule,
            followed=tuple(self.followed),
            after_window=after_window,
            unfollowed={reason: tuple(them) for reason, them in self.unfollowed.items()},
            by_item=self.by_item,
            gaps={i: {reason: tuple(them) for reason, them in gaps.items()} for i, gaps in self.gaps.items()},
            moved={item: frozenset(them) for item, them in self.moved.items()},
        )


def _present(states: Mapping[Place, CellState], day: dt.date, stays: Mapping[str, Stay]) -> set[str]:
    """The persons about whom something was registered by that day and who were in the family then."""
    there = {person for (person, _), state in states.items() if person and state.kind is not Kind.NEVER}
    for person in there & stays.keys():
        joined, left = stays[person]
        if (joined is not None and joined > day) or (left is not None and left <= day):
            there.remove(person)
    return there


def _pairs_of(people: Sequence[_Person], family: str, *, rule: Rule, days: int) -> dict[Subject, Pair]:
    """The pair of a family on one item; under `per_persoon` one for each person; empty where there is none."""
    values = [
        (each.key, each.before.value, each.after.value, _look(each.after, days))
        for each in people
        if each.before.value is not None and each.after.value is not None
    ]
    if rule is Rule.PER_PERSON:
        return {(family, key): Pair(first, last, look, int(key is not None)) for key, first, last, look in values}
    if not values:
        return {}
    first, last = _combine(rule, [each[1] for each in values]), _combine(rule, [each[2] for each in values])
    persons = sum(each[0] is not None for each in values)
    return {(family, None): Pair(first, last, common_look([each[3] for each in values]), persons)}


def _look(after: CellState, days: int) -> Kind:
    """How the value was seen since the baseline, `days` ago; on the baseline day itself is not since."""
    if after.look is None or after.age is None or after.age >= days:
        return Kind.CARRIED
    return after.look


def common_look(looks: Sequence[Kind]) -> Kind:
    """One look for several: carried when more than half were, else the commonest of the others, of equals the weakest.

    A decision of this project, after the rule of methods.md D2 that prints "not looked at again" above half.
    """
    if looks.count(Kind.CARRIED) * 2 > len(looks):
        return Kind.CARRIED
    counts: Counter[Kind] = Counter(look for look in looks if look is not Kind.CARRIED)
    return max((Kind.CONFIRMED_IN_BULK, Kind.CONFIRMED, Kind.SCORED), key=lambda look: counts[look])


def _combine(rule: Rule, values: Sequence[int]) -> int:
    if rule is Rule.BEST:
        return max(values)
    return median_low(values) if rule is Rule.MEDIAN else min(values)


def _why_not(people: Sequence[_Person], both: Sequence[_Person]) -> NotPaired:
    """The reason that says most: a transition before a gap, a gap before nothing."""
    if people and not both:
        return NotPaired.COMPOSITION
    reasons = {_gap(each.before, each.after) for each in both}
    return next((reason for reason in NotPaired if reason in reasons), NotPaired.NEVER)


def _gap(before: CellState, after: CellState) -> NotPaired:
    if before.kind is Kind.NOT_APPLICABLE and after.value is not None:
        return NotPaired.NVT_TO_SCORE
    if after.kind is Kind.NOT_APPLICABLE and before.value is not None:
        return NotPaired.SCORE_TO_NVT
    kinds = (before.kind, after.kind)
    if Kind.NOT_APPLICABLE in kinds:
        return NotPaired.NOT_APPLICABLE
    if Kind.UNKNOWN in kinds:
        return NotPaired.UNKNOWN
    return NotPaired.NOT_AT_BASELINE if after.value is not None else NotPaired.NEVER
