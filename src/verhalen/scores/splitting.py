"""Families by what is known of them: referrer, family type, period, coach or any attribute. Never a ranking (methods.md D6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from verhalen.i18n import mark
from verhalen.model.family import Family, Trajectory
from verhalen.scores.moments import Moments
from verhalen.scores.pairs import Pairs

START_SCORE = "startscore"
COACH = "coach"
ONLY_INTERNAL = mark(
    "By coach is for the team only. Coaches have other families, and few of them: these numbers say nothing about how well "
    "somebody works."
)
_ENGLISH = {
    "referrer": "verwijzer",
    "municipality": "gemeente",
    "period": "periode",
    "known": "gekend",
    "start score": START_SCORE,
    "starting score": START_SCORE,
}
_OF_TRAJECTORY: dict[str, Callable[[Trajectory], str]] = {
    "verwijzer": lambda each: each.referrer,
    "gekend": lambda each: each.known,
    "project": lambda each: each.project,
    COACH: lambda each: each.coach,
}
ALWAYS = ("gemeente", "periode", START_SCORE, *_OF_TRAJECTORY)
"""What a split can always ask for; the attributes of the families come besides."""


def attribute_named(name: str, families: Iterable[Family]) -> str | None:
    """The attribute that is meant, capitals and English names aside; None where no family has one of that name."""
    wanted = name.strip().casefold()
    wanted = _ENGLISH.get(wanted, wanted)
    if wanted in ALWAYS:
        return wanted
    own = {key.casefold(): key for family in families for key, _ in family.attributes}
    return own.get(wanted)


def split_families(families: Mapping[str, Family], moments: Iterable[Moments], attribute: str) -> dict[str, set[str]]:
    """Families per value in order of the value's name, whatever came out; those without one stand last, under ""."""
    found: dict[str, set[str]] = {}
    for each in moments:
        family = families.get(each.family)
        value = _value(family, each, attribute) if family else ""
        found.setdefault(value, set()).add(each.family)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] == "", pair[0].casefold(), pair[0])))


def _value(family: Family, moments: Moments, attribute: str) -> str:
    if attribute == "gemeente":
        return family.municipality
    trajectory = next((each for each in family.trajectories if each.ordinal == moments.ordinal), None)
    if attribute == "periode":
        day = trajectory.start if trajectory else moments.t0
        return f"{day.year}-{1 if day.month <= 6 else 2}" if day else ""
    if attribute in _OF_TRAJECTORY:
        return _OF_TRAJECTORY[attribute](trajectory) if trajectory else ""
    return family.attribute(attribute)


def split_starts(pairs: Pairs, item: str) -> dict[int, Pairs]:
    """The pairs of one item by the score they started with, low to high; families without a pair are in none."""
    found = pairs.by_item.get(item, {})
    return {
        start: replace(
            pairs,
            followed=(),
            unfollowed={},
            gaps={item: {}},
            by_item={item: {who: pair for who, pair in found.items() if pair.before == start}},
        )
        for start in sorted({pair.before for pair in found.values()})
    }
