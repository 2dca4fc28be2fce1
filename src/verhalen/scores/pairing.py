"""Make pairs: persons present at both moments, joined to one value per family by a rule (methods.md D3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low

from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import Moments
from verhalen.scores.pairs import UNFOLLOWED, NotPaired, Pair, Pairs, Rule, Stay, Subject
from verhalen.scores.states import NOTHING, Histories, Kind, Known
from verhalen.scores.views import Picture, View, Views, views_from

_CARRIED, _NEVER = Kind.CARRIED, Kind.NEVER
_WEAKEST_FIRST = (Kind.CONFIRMED_IN_BULK, Kind.CONFIRMED, Kind.SCORED)


def make_pairs(
    known: Histories,
    moments: Iterable[Moments],
    items: Iterable[str],
    *,
    assessor: Assessor,
    rule: Rule = Rule.LOWEST,
    stays: Mapping[str, Stay] | None = None,
    references: Mapping[str, Sequence[str]] | None = None,
) -> Pairs:
    """Set baseline beside follow-up, one trajectory per family: the latest that was followed."""
    views = views_from(known, moments, assessor=assessor)
    return pair_views(views, items, rule=rule, stays=stays, references=references)


def pair_views(
    views: Views,
    items: Iterable[str],
    *,
    rule: Rule = Rule.LOWEST,
    stays: Mapping[str, Stay] | None = None,
    references: Mapping[str, Sequence[str]] | None = None,
    revised: bool = False,
) -> Pairs:
    """Pair all items of all followed families.

    `stays` says by person who came or left and when; without it a person is there from the first registration on.
    `references` names the reference persons of each family, one per kind of item at most, for the rule of that name.
    `revised` takes the revised baseline where there is one.
    """
    collected = _Collected(list(items), rule=rule, references=references or {})
    for view in views.followed:
        before, after = view.revised if revised and view.revised else (view.before, view.after)
        collected.add_family(view, before, after, there=present_at_both(view, before, after, stays or {}))
    return collected.result(views)


Both = tuple[str | None, Known, Known]
"""One person (None: the family) on one item, before and after."""


def by_item(before: Picture, after: Picture) -> dict[str, list[Both]]:
    """Both moments per item."""
    found: dict[str, list[Both]] = {}
    for place, last in after.items():
        person, item = place
        both = (person, before.get(place, NOTHING), last)
        if item in found:
            found[item].append(both)
        else:
            found[item] = [both]
    return found


def present_at_both(view: View, before: Picture, after: Picture, stays: Mapping[str, Stay]) -> set[str]:
    """The persons who were in the family, and about whom something was registered, at both moments."""
    return _present(before, view.t0, stays) & _present(after, view.t1, stays)


class _Collected:
    """What grows while the families are walked through."""

    def __init__(self, items: Sequence[str], *, rule: Rule, references: Mapping[str, Sequence[str]]) -> None:
        self.rule = rule
        self.references = references
        self.by_item: dict[str, dict[Subject, Pair]] = {item: {} for item in items}
        self.gaps: dict[str, dict[NotPaired, list[str]]] = {item: {} for item in items}
        self.moved: dict[str, set[str]] = {item: set() for item in items}

    def add_family(self, view: View, before: Picture, after: Picture, *, there: set[str]) -> None:
        """Pair all items of one family; `there` are the persons present at both moments."""
        asked = by_item(before, after)
        family, start = view.family, view.t0.toordinal()
        for item, pairs in self.by_item.items():
            people = asked.get(item, [])
            both = [each for each in people if each[0] is None or each[0] in there]
            if len(both) < len(people):
                self.moved[item].add(family)
            meant = self._meant(family, both) if self.rule is Rule.REFERENCE else both
            found = _pairs_of(meant, family, rule=self.rule, start=start)
            pairs.update(found)
            if not found:
                reason = NotPaired.NO_REFERENCE if both and not meant else _why_not(people, meant)
                self.gaps[item].setdefault(reason, []).append(family)

    def _meant(self, family: str, both: Sequence[Both]) -> list[Both]:
        """The family itself, or the first of its reference persons to whom the item is put."""
        people = {each[0]: each for each in both}
        named = [people[key] for key in (None, *self.references.get(family, ())) if key in people]
        return named[:1]

    def result(self, views: Views) -> Pairs:
        """Freeze."""
        return Pairs(
            rule=self.rule,
            followed=tuple(view.family for view in views.followed),
            after_window=views.after_window,
            unfollowed={UNFOLLOWED[reason]: families for reason, families in views.unfollowed.items()},
            by_item=self.by_item,
            gaps={i: {reason: tuple(them) for reason, them in gaps.items()} for i, gaps in self.gaps.items()},
            moved={item: frozenset(them) for item, them in self.moved.items()},
        )


def _present(picture: Picture, day: dt.date, stays: Mapping[str, Stay]) -> set[str]:
    there = {person for (person, _), known in picture.items() if person and known.look is not _NEVER}
    for person in there & stays.keys():
        joined, left = stays[person]
        if (joined is not None and joined > day) or (left is not None and left <= day):
            there.remove(person)
    return there


def _pairs_of(people: Sequence[Both], family: str, *, rule: Rule, start: int) -> dict[Subject, Pair]:
    """The pair of a family on one item; under `per_persoon` one for each person; empty where there is none."""
    pairs: dict[Subject, Pair] = {}
    firsts, lasts, looks, persons = [], [], [], 0
    for key, before, after in people:
        first, last = before.value, after.value
        if first is not None and last is not None:
            # A look on the baseline day itself is not one since.
            look = after.look if after.seen > start else _CARRIED
            if rule is Rule.PER_PERSON:
                pairs[family, key] = Pair(first, last, look, int(key is not None))
            firsts.append(first)
            lasts.append(last)
            looks.append(look)
            persons += key is not None
    if firsts and rule is not Rule.PER_PERSON:
        pairs[family, None] = Pair(_combine(rule, firsts), _combine(rule, lasts), common_look(looks), persons)
    return pairs


def common_look(looks: Sequence[Kind]) -> Kind:
    """One look for several: carried when more than half were, else the commonest of the others, of equals the weakest.

    A decision of this project, after the rule of methods.md D2 that prints "not looked at again" above half.
    """
    if looks.count(_CARRIED) * 2 > len(looks):
        return _CARRIED
    return max(_WEAKEST_FIRST, key=looks.count)


def _combine(rule: Rule, values: Sequence[int]) -> int:
    if rule is Rule.BEST:
        return max(values)
    return median_low(values) if rule is Rule.MEDIAN else min(values)


def _why_not(people: Sequence[Both], both: Sequence[Both]) -> NotPaired:
    """The reason that says most: a transition before a gap, a gap before nothing."""
    if people and not both:
        return NotPaired.COMPOSITION
    reasons = {_gap(before, after) for _, before, after in both}
    return next((reason for reason in NotPaired if reason in reasons), NotPaired.NEVER)


def _gap(before: Known, after: Known) -> NotPaired:
    if before.look is Kind.NOT_APPLICABLE and after.value is not None:
        return NotPaired.NVT_TO_SCORE
    if after.look is Kind.NOT_APPLICABLE and before.value is not None:
        return NotPaired.SCORE_TO_NVT
    looks = (before.look, after.look)
    if Kind.NOT_APPLICABLE in looks:
        return NotPaired.NOT_APPLICABLE
    if Kind.UNKNOWN in looks:
        return NotPaired.UNKNOWN
    return NotPaired.NOT_AT_BASELINE if after.value is not None else NotPaired.NEVER
