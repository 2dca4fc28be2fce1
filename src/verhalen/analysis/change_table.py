"""The table of change: per item, life domain, group or instrument, for all families or by what is known of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from verhalen import errors
from verhalen.analysis.scoring import Scored
from verhalen.i18n import t
from verhalen.model.family import Level
from verhalen.model.instrument import DomainList, Item
from verhalen.model.snapshot import Reason
from verhalen.scores.change import Change, item_change, joined_change
from verhalen.scores.own_domains import domain_pairs, own_domains
from verhalen.scores.pairs import Pairs, Rule
from verhalen.scores.research import Research, research
from verhalen.scores.splitting import ALWAYS, START_SCORE, attribute_named, split_families, split_starts
from verhalen.store.answers import ReasonRow, reason_rows
from verhalen.store.project import ProjectFile


class Per(StrEnum):
    """What a row stands for."""

    ITEM = "item"
    DOMAIN = "domain"
    GROUP = "group"
    SECTION = "section"
    """A domain of the instrument itself, by its score."""
    INSTRUMENT = "instrument"


class Target(NamedTuple):
    """What one row is about."""

    key: str
    """Key of the item, life domain, group or instrument."""
    name: str
    items: tuple[Item, ...]
    level: Level | None
    """Whom it asks about; None where that is mixed."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row."""

    target: Target
    value: str | int | None
    """Of the attribute by which families are split, "" where it is not known of them; None without a split."""
    change: Change
    revised: Change | None
    """With the revised baseline, where that gives other counts."""
    reasons: Mapping[Reason, int]
    """Families that went down, by the reasons that were given since the baseline; one may have several."""
    research: Research | None = None


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """The rows, and what they rest on."""

    scored: Scored
    rows: tuple[ChangeRow, ...]
    by: str
    """The attribute by which families are split; empty where they are not."""

    def rules(self) -> list[RuleRow]:
        """Items that come out otherwise under another rule for families, from what is loaded already."""
        return rule_rows(self.scored)


def change_table(
    project: ProjectFile,
    scored: Scored,
    domains: DomainList,
    *,
    per: Per = Per.ITEM,
    apart: bool = False,
    by: str = "",
    tests: bool = False,
    threshold: int | None = None,
) -> ChangeTable:
    """All rows of loaded scores. Raises BadInput for an attribute that no family has."""
    attribute = _attribute(scored, by, per) if by else ""
    reasons = reason_rows(project, scored.instrument.key)
    rows = change_rows(scored, domains, reasons, per=per, apart=apart, by=attribute, tests=tests, threshold=threshold)
    return ChangeTable(scored, tuple(rows), attribute)


def _attribute(scored: Scored, name: str, per: Per) -> str:
    attribute = attribute_named(name, scored.families.values())
    if attribute is None:
        known = sorted({key for family in scored.families.values() for key, _ in family.attributes})
        raise errors.BadInput(
            reason=t("no family has {name}; there are: {known}", name=name, known=", ".join([*ALWAYS, *known]))
        )
    if attribute == START_SCORE and per is not Per.ITEM:
        raise errors.BadInput(reason=t("a starting score exists per item only"))
    return attribute


def change_rows(
    scored: Scored,
    domains: DomainList,
    reasons: Sequence[ReasonRow] = (),
    *,
    per: Per = Per.ITEM,
    apart: bool = False,
    by: str = "",
    tests: bool = False,
    threshold: int | None = None,
) -> list[ChangeRow]:
    """All rows in the order of the instrument, never by what came out.

    `apart` splits rows that mix them into the family, adults and children. `by` is an attribute as `attribute_named` gives
    it. `tests` adds what researchers ask, Holm's correction over the rows of one value.
    """
    targets = list(targets_of(scored, domains, per=per, apart=apart))
    said = _reasons(scored, reasons)
    rows: list[ChangeRow] = []
    for value, first, later in _splits(scored, by, per):
        changes = [(target, change_of(scored, first, target, per)) for target in targets]
        # Nobody started there, or the item is asked no longer: no row.
        changes = [(target, each) for target, each in changes if each.n or not _may_go(target, value)]
        own = [
            ChangeRow(target, value, change, _revised(scored, later, target, per, change), _given(said, target, change))
            for target, change in changes
        ]
        if tests or threshold is not None:
            asked = research(first, [row.change for row in own], threshold=threshold)
            own = [replace(row, research=each) for row, each in zip(own, asked, strict=True)]
        rows += own
    return rows


def _may_go(target: Target, value: str | int | None) -> bool:
    return isinstance(value, int) or all(item.retired for item in target.items)


def targets_of(scored: Scored, domains: DomainList, *, per: Per, apart: bool) -> Iterator[Target]:
    """What the rows are about, in the order of the instrument or of the list of life domains."""
    items = scored.instrument.items
    if per is Per.ITEM:
        for item in items:
            yield Target(item.key, item.name, (item,), item.level)
        return
    if per is Per.SECTION:
        for own in own_domains(scored.instrument):
            yield Target(own.key, own.name, own.items, own.level)
        return
    if per is Per.DOMAIN:
        named = [(each.key, each.name, [item for item in items if item.domain == each.key]) for each in domains.domains]
    elif per is Per.GROUP:
        named = [
            (
                each.key,
                each.name,
                [item for item in items if item.domain in {d.key for d in domains.in_group(each.key)}],
            )
            for each in domains.groups
        ]
    else:
        named = [(scored.instrument.key, scored.instrument.name, list(items))]
    for key, name, asked in named:
        levels = [level for level in Level if any(item.level is level for item in asked)]
        if apart:
            for level in levels:
                yield Target(key, name, tuple(item for item in asked if item.level is level), level)
        elif asked:
            yield Target(key, name, tuple(asked), levels[0] if len(levels) == 1 else None)


def _splits(scored: Scored, by: str, per: Per) -> Iterator[tuple[str | int | None, Pairs, Pairs | None]]:
    """Each value with its pairs, and the same with revised baselines where there are any."""
    first = scored.pairs()
    later = scored.pairs(revised=True) if any(view.revised for view in scored.views.followed) else None
    if per is Per.SECTION:
        domains = own_domains(scored.instrument)
        first, later = domain_pairs(first, domains), domain_pairs(later, domains) if later else None
    if not by:
        yield None, first, later
        return
    if by == START_SCORE:
        yield from _start_splits(first)
        return
    for value, families in split_families(scored.families, scored.moments, by).items():
        yield value, first.only(families), later.only(families) if later else None


def _start_splits(pairs: Pairs) -> Iterator[tuple[int, Pairs, None]]:
    """A revised baseline would be another starting score: those are not set beside these."""
    per_item = {item: split_starts(pairs, item) for item in pairs.by_item}
    for start in sorted({start for own in per_item.values() for start in own}):
        chosen = {item: own[start].by_item[item] if start in own else {} for item, own in per_item.items()}
        yield (
            start,
            replace(pairs, followed=(), unfollowed={}, gaps={item: {} for item in chosen}, by_item=chosen),
            None,
        )


def change_of(scored: Scored, pairs: Pairs, target: Target, per: Per) -> Change:
    """One row of these pairs."""
    if per is Per.ITEM:
        return item_change(pairs, scored.instrument, target.items[0])
    if per is Per.SECTION:
        level = target.level or target.items[0].level
        return item_change(pairs, scored.instrument, Item(target.key, target.name, level, ""))
    return joined_change(pairs, target.key, target.items)


def _revised(scored: Scored, pairs: Pairs | None, target: Target, per: Per, first: Change) -> Change | None:
    if pairs is None:
        return None
    later = change_of(scored, pairs, target, per)
    same = (later.n, later.up, later.same, later.down) == (first.n, first.up, first.same, first.down)
    return None if same else later


def _reasons(scored: Scored, rows: Sequence[ReasonRow]) -> dict[str, dict[str, set[Reason]]]:
    """Item to family to the reasons that were given after its baseline and no later than its follow-up."""
    starts = {view.family: view.t0 for view in scored.views.followed}
    found: dict[str, dict[str, set[Reason]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        family, day = scored.snapshots.get(row.snapshot_id, ("", None))
        if day is not None and day > starts[family]:
            found[row.item][family].add(row.reason)
    return found


def _given(said: Mapping[str, Mapping[str, set[Reason]]], target: Target, change: Change) -> dict[Reason, int]:
    counts = Counter(
        reason
        for family in change.fell
        for reason in set().union(*(said.get(item.key, {}).get(family, set()) for item in target.items))
    )
    return {reason: counts[reason] for reason in Reason if counts[reason]}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One item that comes out otherwise under another rule for families."""

    item: Item
    changes: Mapping[Rule, Change]


def rule_rows(scored: Scored) -> list[RuleRow]:
    """Items whose up, same or down differs between the rules that give one value per family (methods.md D3)."""
    rules: list[Rule] = [rule for rule in Rule if rule is not Rule.PER_PERSON]
    pairs = {rule: scored.pairs(rule) for rule in rules}
    # Where no family named a reference person, that rule has nothing to say.
    if not any(found for item, found in pairs[Rule.REFERENCE].by_item.items() if _is_personal(scored, item)):
        del pairs[Rule.REFERENCE]
    rows = []
    for item in scored.instrument.items:
        changes = {rule: item_change(found, scored.instrument, item) for rule, found in pairs.items()}
        if len({(each.up, each.same, each.down) for each in changes.values()}) > 1:
            rows.append(RuleRow(item, changes))
    return rows


def _is_personal(scored: Scored, key: str) -> bool:
    item = scored.instrument.find(key)
    return item is not None and item.level is not Level.FAMILY
