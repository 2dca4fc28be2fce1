"""Instruments without questions, made from items of another: indicators with borders, and thresholds of their number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from verhalen.i18n import t
from verhalen.model.instrument import DomainList, Indicator, Instrument, Item
from verhalen.scores.instrument_rules import key_of, one_domain, refuse_double
from verhalen.scores.yaml_nodes import Node

_KNOWN = ("id", "naam", "levensdomein", "regel", "items", "gezin")
THRESHOLDS = ("kansarm", "zwaar")


def read_indicators(root: Node, domains: DomainList | None) -> tuple[Indicator, ...]:
    """The indicators of a derived instrument."""
    found: list[Indicator] = []
    for node in root.need("indicatoren").each():
        node.only(*_KNOWN)
        key = node.need("id")
        key_of(key)
        refuse_double(key, key.text, [other.key for other in found])
        # `een`: one item at or below its border is enough. The only rule there is; another word must not pass unseen.
        node.choice_of("regel", ("een",))
        borders = tuple((each.need("item").text, each.need("grens").number) for each in node.need("items").each())
        if not borders:
            raise node.need("items").bad(t("indicator {key} has no items", key=key.text))
        found.append(
            Indicator(
                key=key.text,
                name=node.need("naam").text,
                domain=domain_of(node, domains, item=key.text),
                borders=borders,
                rule=node.choice_of("gezin", ("laagste", "beste")),
            )
        )
    if not found:
        raise root.need("indicatoren").bad(t("this instrument has no indicators"))
    return tuple(found)


def read_thresholds(root: Node, *, count: int) -> dict[str, int]:
    """From how many of `count` insufficient indicators on a family belongs to a class."""
    node = root.get("drempels")
    if node is None:
        return {}
    node.only(*THRESHOLDS)
    found = {}
    for name in node.names:
        value = node.need(name)
        if not 1 <= value.number <= count:
            raise value.bad(t("a threshold lies between 1 and {n}, the number of indicators", n=count))
        found[name] = value.number
    return found


def refuse_odd_borders(root: Node, known: Sequence[Instrument]) -> None:
    """Refuse an indicator about an item that no instrument has, or with a border off its scale."""
    items: Mapping[str, tuple[Instrument, Item]] = {
        item.key: (each, item) for each in known for item in each.items if each.kind != "afgeleid"
    }
    for node in root.need("indicatoren").each():
        for place in node.need("items").each():
            key, border = place.need("item"), place.need("grens")
            if key.text not in items:
                raise key.bad(t("there is no item {item} in any instrument of this project", item=key.text))
            instrument, item = items[key.text]
            if not instrument.low <= border.number <= instrument.high:
                low, high = instrument.low, instrument.high
                raise border.bad(
                    t("{value} is off the scale of {low} to {high}", value=border.number, low=low, high=high)
                )
            if item.higher_is_worse:
                raise key.bad(
                    t("of item {item} higher is worse: it cannot have a border below which it counts", item=key.text)
                )


def domain_of(node: Node, domains: DomainList | None, *, item: str) -> str:
    """The one life domain that stands in the file; refused where there is none, or more than one."""
    found = node.get("levensdomein")
    if found is None:
        return one_domain(node, (), domains, item=item)
    several = (
        [each.text for each in found.each()] if isinstance(found.value, list) else re.split(r"[,;|\s]+", found.text)
    )
    return one_domain(found, [each for each in several if each], domains, item=item)
