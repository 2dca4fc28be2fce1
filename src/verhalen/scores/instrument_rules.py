"""What every instrument file must keep to, in our form and in the official one: keys, scale, labels, one life domain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verhalen.i18n import t
from verhalen.model.instrument import DomainList, Item
from verhalen.scores.yaml_nodes import Node

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")
WIDEST_SCALE = 100


def key_of(node: Node) -> str:
    """A key that can stand in tables and formulas."""
    if not KEY.fullmatch(node.text):
        raise node.bad(t("{key} is no key: use lower case, digits, dots and underscores", key=node.text))
    return node.text


def scale_of(scale: Node) -> tuple[int, int]:
    """Lowest and highest value."""
    low, high = scale.need("min").number, scale.need("max").number
    if not 0 <= low < high <= WIDEST_SCALE:
        raise scale.bad(t("{low} to {high} is no scale: the lowest value comes first", low=low, high=high))
    return low, high


def refuse_double(node: Node, key: str, earlier: Sequence[str]) -> None:
    """Refuse a key that stands in the file already."""
    if key in earlier:
        raise node.bad(t("{key} stands in this file twice; give one of them another key", key=key))


def one_domain(node: Node, found: Sequence[str], domains: DomainList | None, *, item: str) -> str:
    """The life domain of an item: exactly one, and of the list where a list is given."""
    if not found:
        raise node.bad(t("item {item} has no life domain; each item needs exactly one", item=item))
    if len(found) > 1:
        raise node.bad(t("item {item} has more than one life domain; each item needs exactly one", item=item))
    if domains is not None and domains.find(found[0]) is None:
        known = ", ".join(domain.key for domain in domains.domains)
        raise node.bad(t("there is no life domain {domain}; there are: {known}", domain=found[0], known=known))
    return found[0]


def label_of(node: Node) -> str:
    """The text of one label."""
    if node.value is None or isinstance(node.value, dict) or not node.text:
        raise node.bad(t("a label without text; write its words, or leave all labels of the item out"))
    return node.text


def refuse_odd_labels(node: Node, labels: Sequence[str], steps: int) -> None:
    """A scale has one label for each value, or none at all."""
    if labels and len(labels) != steps:
        raise node.bad(t("a scale of {steps} values needs as many labels; here are {n}", n=len(labels), steps=steps))


def refuse_no_items(node: Node, items: Sequence[Item]) -> None:
    """An instrument without questions measures nothing."""
    if not items:
        raise node.bad(t("this instrument has no items; see how one is built with: verhalen instruments template"))
