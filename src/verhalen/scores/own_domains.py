"""A score for a domain of an instrument itself, as for the modules of the Impactmeter (methods.md B2).

The lower median of its items: a level that somebody gave, never a mean. Only where at least half of the items were answered
(2 of 3, 1 of 2); elsewhere it is undefined, with the reason. Not applicable is no number and counts as not answered. Items of
which a change needs reading take no part, and items that are no longer asked do not count among the half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from verhalen.i18n import mark
from verhalen.model.family import Level
from verhalen.model.instrument import Instrument, Item
from verhalen.scores.pairing import common_look
from verhalen.scores.pairs import NotPaired, Pair, Pairs, Subject
from verhalen.statistics.outcome import Outcome, undefined

TOO_FEW_ANSWERED = mark("fewer than half of the items were answered")


@dataclass(frozen=True, slots=True)
class OwnDomain:
    """A domain of an instrument, for one kind of people."""

    key: str
    """Its name; with the level before it where two levels have one of that name."""
    name: str
    level: Level
    items: tuple[Item, ...]
    """Those that are asked and of which higher is simply better (or worse: values are turned before)."""


def own_domains(instrument: Instrument) -> tuple[OwnDomain, ...]:
    """In the order of the instrument; items without a domain of their own are left out."""
    found: dict[tuple[str, Level], list[Item]] = {}
    for item in instrument.asked:
        if item.section and item.monotone:
            found.setdefault((item.section, item.level), []).append(item)
    names = [section for section, _ in found]
    return tuple(
        OwnDomain(section if names.count(section) == 1 else f"{level.value}.{section}", section, level, tuple(items))
        for (section, level), items in found.items()
    )


def domain_score(values: Sequence[int], *, items: int) -> Outcome:
    """The lower median of the answered items, of `items` that the domain has."""
    if not values or len(values) * 2 < items:
        return undefined(TOO_FEW_ANSWERED)
    return Outcome(float(median_low(values)))


def domain_pairs(pairs: Pairs, domains: Sequence[OwnDomain]) -> Pairs:
    """The same families with one pair per domain, over the items that were answered at both moments: like beside like."""
    by_domain: dict[str, dict[Subject, Pair]] = {}
    gaps: dict[str, dict[NotPaired, tuple[str, ...]]] = {}
    for domain in domains:
        own = [pairs.by_item.get(item.key, {}) for item in domain.items]
        answered: dict[Subject, list[Pair]] = {}
        for found in own:
            for who, pair in found.items():
                answered.setdefault(who, []).append(pair)
        by_domain[domain.key] = {
            who: joined for who, them in answered.items() if (joined := _joined(them, items=len(domain.items)))
        }
        there = {family for family, _ in by_domain[domain.key]}
        some = {family for family, _ in answered} - there
        reasons = {
            NotPaired.TOO_FEW_ITEMS: tuple(each for each in pairs.followed if each in some),
            NotPaired.NOTHING_PAIRED: tuple(each for each in pairs.followed if each not in some | there),
        }
        gaps[domain.key] = {reason: them for reason, them in reasons.items() if them}
    moved = {
        domain.key: frozenset().union(*(pairs.moved.get(item.key, frozenset()) for item in domain.items))
        for domain in domains
    }
    return replace(pairs, by_item=by_domain, gaps=gaps, moved=moved)


def _joined(pairs: Sequence[Pair], *, items: int) -> Pair | None:
    before = domain_score([each.before for each in pairs], items=items).value
    after = domain_score([each.after for each in pairs], items=items).value
    if before is None or after is None:
        return None
    looks = common_look([each.look for each in pairs])
    return Pair(int(before), int(after), looks, max(each.persons for each in pairs))
