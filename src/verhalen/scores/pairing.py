"""Make pairs: persons present at both moments, joined to one value per family by a rule (methods.md D3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median_low

from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import Moments
from verhalen.scores.pairs import UNFOLLOWED, NotPaired, Pair, Pairs, Rule, Stay, Subject
from verhalen.scores.states import NOTHING, Histories, Kind, Known
from verhalen.scores.views import Picture, View, Views, views_from

_CARRIED, _NEVER = Kind.CARRIED, Kind.NEVER
_COMBINE: dict[Rule, Callable[[Sequence[int]], int]] = {Rule.MEDIAN: median_low, Rule.BEST: max}
"""The lowest elsewhere: of one person all are the same."""
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
    """Both moments per item, of whom anything was registered by the second."""
    found: dict[str, list[Both]] = {}
    for place, last in after.items():
        if last.look is _NEVER:
            continue
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
        family = view.family
        named = self.references.get(family, ()) if self.rule is Rule.REFERENCE else None
        whole, combine = (family, None), _COMBINE.get(self.rule, min)
        found, left_out = _values(before, after, there, start=view.t0.toordinal(), named=named)
        for item in left_out & self.moved.keys():
            self.moved[item].add(family)
        people: dict[str, list[Both]] | None = None
        for item, pairs in self.by_item.items():
            values = found.get(item)
            if values is None:
                people = by_item(before, after) if people is None else people
                self.gaps[item].setdefault(_why_not(people.get(item, ()), there, named), []).append(family)
            elif self.rule is Rule.PER_PERSON:
                for key, first, last, look in values:
                    pairs[family, key] = Pair(first, last, look, int(key is not None))
            else:
                pairs[whole] = _joined(values, combine)

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


_Value = tuple[str | None, int, int, Kind]
"""One person (None: the family) with a value at both moments: key, before, after, and how it was last seen."""


def _values(
    before: Picture, after: Picture, there: set[str], *, start: int, named: Sequence[str] | None
) -> tuple[dict[str, list[_Value]], set[str]]:
    """Values per item, and the items about somebody who came or left. `named`: only the first of these counts per item."""
    found: dict[str, list[_Value]] = {}
    left_out: set[str] = set()
    for place, last in after.items():
        key, item = place
        if key is not None and key not in there:
            if last.look is not _NEVER:
                left_out.add(item)
            continue
        first = before.get(place, NOTHING)
        if first.value is None or last.value is None or not (named is None or key is None or key in named):
            continue
        # A look on the baseline day itself is not one since.
        value = (key, first.value, last.value, last.look if last.seen > start else _CARRIED)
        if item in found:
            found[item].append(value)
        else:
            found[item] = [value]
    return (found if named is None else {item: _first(each, named) for item, each in found.items()}), left_out


def _first(values: Sequence[_Value], named: Sequence[str]) -> list[_Value]:
    """The family itself, or the first reference person to whom the item was put."""
    order = (None, *named)
    return [min(values, key=lambda each: order.index(each[0]))]


def _joined(values: Sequence[_Value], combine: Callable[[Sequence[int]], int]) -> Pair:
    if len(values) == 1:
        key, first, last, look = values[0]
        return Pair(first, last, look, 0 if key is None else 1)
    keys, before, after, looks = zip(*values, strict=True)
    return Pair(combine(before), combine(after), common_look(looks), len(keys) - keys.count(None))


def common_look(looks: Sequence[Kind]) -> Kind:
    """One look for several: carried when more than half were, else the commonest of the others, of equals the weakest.

    A decision of this project, after the rule of methods.md D2 that prints "not looked at again" above half.
    """
    first, n = looks[0], len(looks)
    if looks.count(first) == n:
        return first
    if looks.count(_CARRIED) * 2 > n:
        return _CARRIED
    return max(_WEAKEST_FIRST, key=looks.count)


def _why_not(people: Sequence[Both], there: set[str], named: Sequence[str] | None) -> NotPaired:
    """The reason that says most: a transition before a gap, a gap before nothing."""
    both = [each for each in people if each[0] is None or each[0] in there]
    if people and not both:
        return NotPaired.COMPOSITION
    meant = [each for each in both if named is None or each[0] is None or each[0] in named]
    if both and not meant:
        return NotPaired.NO_REFERENCE
    reasons = {_gap(before, after) for _, before, after in meant}
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
