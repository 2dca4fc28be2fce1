"""Change per item, per life domain and per group of life domains, counted in families (methods.md D4).

Methods define change for items. For a life domain or a group this project decides: each paired item of the family gives a
sign, and the family went up if their sum is above zero, down if it is below, and stayed the same otherwise. Families whose
items cancel each other out are among the same and counted apart (`mixed`). Items of which a change needs reading take no
part; families in which one of them changed are counted apart (`to_read`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from verhalen.i18n import mark
from verhalen.model.instrument import DomainList, Instrument, Item
from verhalen.scores.pairing import common_look
from verhalen.scores.pairs import NotPaired, Pair, Pairs, Subject
from verhalen.scores.states import Kind
from verhalen.statistics.exact import sign_test
from verhalen.statistics.outcome import Outcome, undefined

DOMINANCE_BORDER = 0.15
"""From here on numbers go up or down (methods.md D8)."""
NO_PAIRS = mark("no pairs")
PER_PERSON = mark("no test per person: persons of one family are not independent")
ONLY_PER_ITEM = mark("a median step exists per item only")


@dataclass(frozen=True, slots=True)
class Change:
    """How many families went up, stayed the same or went down."""

    target: str
    """Key of the item, life domain or group."""
    n: int
    """Pairs: families, or persons under `per_persoon`."""
    n_families: int
    n_persons: int
    """Persons behind the pairs; for a life domain or group per family the most on any one item."""
    up: int
    same: int
    down: int
    same_confirmed: int
    same_in_bulk: int
    same_carried: int
    """Nobody looked again since the baseline. What is left of `same` was scored anew with the same value."""
    mixed: int
    """Of the same: families in whom as much went up as went down."""
    to_read: int
    """Families with a change that needs reading, because the item is not simply better when higher."""
    to_read_n: int
    """Families with a pair on such an item."""
    not_paired: Mapping[NotPaired, tuple[str, ...]]
    """Families without a pair, by reason."""
    composition_changed: int
    """Families in which a person came or left in between; such a person is not in the pair."""
    after_window: int
    """Paired families without a registration in the window."""
    at_floor: int
    """Pairs that started on the lowest level: they could only rise."""
    at_ceiling: int
    dominance: Outcome
    """(up - down) / n, from -1 to 1."""
    sign_p: Outcome
    median_change: Outcome
    rose: frozenset[str] = frozenset()
    """Families that went up."""
    stayed: frozenset[str] = frozenset()
    """Families of the same that were looked at again."""
    unseen: frozenset[str] = frozenset()
    """Families of the same at whom nobody looked again."""
    fell: frozenset[str] = frozenset()
    """Families that went down."""
    turned: frozenset[str] = frozenset()
    """Families with a change that needs reading."""
    flag: str = ""
    """Why a change of this item needs reading, in the words of the instrument; such a row has no colour."""

    @property
    def looked_again(self) -> bool:
        """False where more than half of the same were only carried: say "not looked at again", not "same"."""
        return self.same_carried * 2 <= self.same

    @property
    def same_label(self) -> str:
        """Marked word for the same."""
        return mark("same") if self.looked_again else mark("not looked at again")


class Standing(NamedTuple):
    """One family on a set of items."""

    direction: int
    """1 up, 0 same, -1 down."""
    mixed: bool
    look: Kind
    persons: int


def item_changes(pairs: Pairs, instrument: Instrument) -> tuple[Change, ...]:
    """One row per item, in the order of the instrument."""
    return tuple(item_change(pairs, instrument, item) for item in instrument.items if item.key in pairs.by_item)


def domain_changes(pairs: Pairs, items: Iterable[Item]) -> tuple[Change, ...]:
    """One row per life domain that the items have, in their order."""
    by_domain: dict[str, list[Item]] = {}
    for item in items:
        by_domain.setdefault(item.domain, []).append(item)
    return tuple(joined_change(pairs, domain, own) for domain, own in by_domain.items())


def group_changes(pairs: Pairs, items: Sequence[Item], domains: DomainList) -> tuple[Change, ...]:
    """One row per group of life domains that the items have, in the order of the list."""
    group_of = {domain.key: domain.group for domain in domains.domains}
    by_group = {
        group.key: [item for item in items if group_of.get(item.domain) == group.key] for group in domains.groups
    }
    return tuple(joined_change(pairs, group, own) for group, own in by_group.items() if own)


def standings(pairs: Pairs, items: Iterable[Item]) -> dict[Subject, Standing]:
    """Where each family stands on a set of items, those that need reading left out; families without a pair are absent."""
    signs: dict[Subject, list[int]] = {}
    looks: dict[Subject, list[Kind]] = {}
    persons: dict[Subject, int] = {}
    for item in items:
        if item.monotone:
            for (family, _), each in pairs.by_item.get(item.key, {}).items():
                who = (family, None)
                signs.setdefault(who, []).append(_sign(each))
                looks.setdefault(who, []).append(each.look)
                persons[who] = max(persons.get(who, 0), each.persons)
    return {
        who: Standing(_sign_of(sum(them)), any(them) and not sum(them), common_look(looks[who]), persons[who])
        for who, them in signs.items()
    }


def changed_to_read(pairs: Pairs, items: Iterable[Item]) -> tuple[set[str], set[str]]:
    """Families with a change on an item that needs reading, and all families with a pair on one."""
    changed: set[str] = set()
    paired: set[str] = set()
    for item in items:
        if not item.monotone:
            for (family, _), each in pairs.by_item.get(item.key, {}).items():
                paired.add(family)
                if _sign(each):
                    changed.add(family)
    return changed, paired


def item_change(pairs: Pairs, instrument: Instrument, item: Item) -> Change:
    """One row: an item that was paired (or could have been)."""
    found = pairs.by_item[item.key]
    standing = {who: Standing(_sign(each), False, each.look, each.persons) for who, each in found.items()}
    steps = [each.after - each.before for each in found.values()]
    changed, paired = changed_to_read(pairs, [item])
    return _change(
        pairs,
        item.key,
        standing,
        not_paired=pairs.gaps[item.key],
        moved=pairs.moved[item.key],
        to_read=(changed, paired),
        starts=(
            sum(each.before == instrument.low for each in found.values()),
            sum(each.before == instrument.high for each in found.values()),
        ),
        median_change=Outcome(float(median(steps))) if steps else undefined(NO_PAIRS),
        flag=item.note,
    )


def joined_change(pairs: Pairs, target: str, items: Sequence[Item]) -> Change:
    """One row: items taken together, as a life domain, a group or a whole instrument."""
    standing = standings(pairs, items)
    changed, paired = changed_to_read(pairs, items)
    nothing = tuple(family for family in pairs.followed if (family, None) not in standing)
    return _change(
        pairs,
        target,
        standing,
        not_paired={NotPaired.NOTHING_PAIRED: nothing} if nothing else {},
        moved=frozenset().union(*(pairs.moved.get(item.key, frozenset()) for item in items)),
        to_read=(changed, paired),
        starts=(0, 0),
        median_change=undefined(ONLY_PER_ITEM),
    )


def _change(
    pairs: Pairs,
    target: str,
    standing: Mapping[Subject, Standing],
    *,
    not_paired: Mapping[NotPaired, tuple[str, ...]],
    moved: frozenset[str],
    to_read: tuple[set[str], set[str]],
    starts: tuple[int, int],
    median_change: Outcome,
    flag: str = "",
) -> Change:
    """Count."""
    every = list(standing.values())
    directions = [each.direction for each in every]
    up, same, down = directions.count(1), directions.count(0), directions.count(-1)
    looks = [each.look for each in every if each.direction == 0]
    families = {family for family, _ in standing}
    per_person = any(person is not None for _, person in standing)
    return Change(
        target=target,
        n=len(every),
        n_families=len(families),
        n_persons=sum(each.persons for each in every),
        up=up,
        same=same,
        down=down,
        same_confirmed=looks.count(Kind.CONFIRMED),
        same_in_bulk=looks.count(Kind.CONFIRMED_IN_BULK),
        same_carried=looks.count(Kind.CARRIED),
        mixed=sum(each.mixed for each in every),
        to_read=len(to_read[0]),
        to_read_n=len(to_read[1]),
        not_paired={**not_paired, **pairs.unfollowed},
        composition_changed=len(moved),
        after_window=len(families & pairs.after_window),
        at_floor=starts[0],
        at_ceiling=starts[1],
        dominance=Outcome((up - down) / len(every)) if every else undefined(NO_PAIRS),
        sign_p=_sign_p(up, down, n=len(every), per_person=per_person),
        median_change=median_change,
        rose=frozenset(family for (family, _), each in standing.items() if each.direction > 0),
        stayed=frozenset(
            family for (family, _), each in standing.items() if not each.direction and each.look is not Kind.CARRIED
        ),
        unseen=frozenset(
            family for (family, _), each in standing.items() if not each.direction and each.look is Kind.CARRIED
        ),
        fell=frozenset(family for (family, _), each in standing.items() if each.direction < 0),
        turned=frozenset(to_read[0]),
        flag=flag,
    )


def _sign_p(up: int, down: int, *, n: int, per_person: bool) -> Outcome:
    if per_person:
        return undefined(PER_PERSON)
    return sign_test(up, down) if n else undefined(NO_PAIRS)


def _sign(each: Pair) -> int:
    return _sign_of(each.after - each.before)


def _sign_of(number: int) -> int:
    return (number > 0) - (number < 0)
