"""The official instrument files: another structure than ours, with the printed labels and sentences.

They do not say to which of our life domains an item belongs: that comes from the instrument that is in the project
already, or from the crosswalk beside the file (methods.md C).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verhalen.i18n import t
from verhalen.model.family import Level
from verhalen.model.instrument import DomainList, Instrument, Item
from verhalen.model.snapshot import Assessor
from verhalen.scores.instrument_rules import (
    key_of,
    label_of,
    one_domain,
    refuse_double,
    refuse_no_items,
    refuse_odd_labels,
    scale_of,
)
from verhalen.scores.yaml_nodes import Node

_LEVELS = {"huishouden": Level.FAMILY, "gezin": Level.FAMILY, "volwassene": Level.ADULT, "kind": Level.CHILD}


def read_official(root: Node, domains: DomainList, *, known: Instrument | None, crosswalk: Node | None) -> Instrument:
    """An official file as an instrument. Items keep the keys that the project knows, so that old scores stay theirs."""
    scale = root.get("schaal")
    if scale is None and root.get("vragen") is not None:
        raise root.bad(
            t("these are questions to tell about, without a scale; stories come in with: verhalen stories import")
        )
    scale = root.need("schaal")
    low, high = scale_of(scale) if scale.get("min") else _scale_of_options(scale)
    filled_in_by = root.text_of("invuller") or (known.assessor if known else "coach")
    return Instrument(
        key=key_of(root.need("instrument")),
        name=root.need("naam").text,
        version=root.need("versie_bestand").number,
        wording="officieel",
        low=low,
        high=high,
        items=_items(root, domains, known=known, crosswalk=crosswalk, steps=high - low + 1),
        source=_source(root.get("bron")),
        assessor=filled_in_by if filled_in_by in tuple(Assessor) else "coach",
    )


def _source(node: Node | None) -> str:
    if node is None or not isinstance(node.value, dict):
        return node.text if node else ""
    names = ("eigenaar", "auteurs")
    return "; ".join(said for name in names if (said := node.text_of(name)))


def _scale_of_options(scale: Node) -> tuple[int, int]:
    values = [option.need("waarde").number for option in scale.need("opties").each() if option.get("waarde")]
    if len(values) < 2 or values != list(range(values[0], values[0] + len(values))):
        raise scale.bad(t("the answers of the scale must have following numbers, lowest first"))
    return values[0], values[-1]


def _items(
    root: Node, domains: DomainList, *, known: Instrument | None, crosswalk: Node | None, steps: int
) -> tuple[Item, ...]:
    rows = _rows(root)
    prefix = _common_prefix([node.need("id").text for node, _, _ in rows])
    shared = _labels(root.need("schaal").members("opties"))
    may_be_na = any(option.text_of("code") == "nvt" for option in root.need("schaal").members("opties"))
    placed = _crosswalk(crosswalk) if crosswalk else {}
    # The files say the direction in a sentence; only this word in front turns it round.
    reversed_ = root.need("schaal").text_of("richting").startswith("hoger_is_slechter")
    items: list[Item] = []
    for node, section, level in rows:
        item = _item(node, prefix, section=section, level=level)
        labels = item.labels or shared
        refuse_odd_labels(node, labels, steps)
        refuse_double(node.need("id"), item.key, [other.key for other in items])
        ours = known.find(item.key) if known else None
        key = node.need("id").text
        domain = one_domain(node, [ours.domain] if ours else placed.get(key, []), domains, item=key)
        note = ours.note if ours else item.note
        items.append(
            replace(
                item,
                labels=labels,
                domain=domain,
                note=note,
                may_be_na=item.may_be_na or may_be_na,
                higher_is_worse=reversed_,
            )
        )
    refuse_no_items(root, items)
    return tuple(items)


def _rows(root: Node) -> list[tuple[Node, str, Level]]:
    """Every item with its section and level. Without a tree by level, a file is about who fills it in.

    A file without items has one question per domain; a domain without a name is an empty slot and is not loaded.
    """
    default = Level.ADULT if root.text_of("invuller") == "ouder" else Level.FAMILY
    trees = [(tree, _level(tree.need("niveau"))) for tree in root.members("boom")] or [(root, default)]
    rows = []
    for tree, level in trees:
        for section in tree.need("domeinen").each():
            # A section without items is an item itself.
            name = section.text_of("naam") if section.get("items") else ""
            for node in section.members("items") if section.get("items") else [section]:
                if node.get("naam"):
                    per = node.get("per")
                    rows.append((node, name, _level(per) if per else level))
    return rows


def _level(node: Node) -> Level:
    if node.text not in _LEVELS:
        raise node.bad(t("there is no level {level}; there are: {known}", level=node.text, known=", ".join(_LEVELS)))
    return _LEVELS[node.text]


def _common_prefix(keys: Sequence[str]) -> str:
    """`mgo.` where every key begins with it: the file's own mark, not a part of the key."""
    first = {key.partition(".")[0] + "." for key in keys}
    levels = {f"{level}." for level in _LEVELS}
    return first.pop() if len(first) == 1 and not first & levels else ""


def _item(node: Node, prefix: str, *, section: str, level: Level) -> Item:
    name = node.need("naam").text
    na = node.get("nvt")
    return Item(
        key=node.need("id").text.removeprefix(prefix),
        name=name[:1].upper() + name[1:],
        level=level,
        domain="",
        section=section,
        labels=_labels(node.members(node.text_of("te_gebruiken", "niveaus"))),
        question=node.text_of("stelling"),
        may_be_na=na.flag_of("toegelaten") if na else False,
        note=node.text_of("let_op"),
    )


def _labels(options: Sequence[Node]) -> tuple[str, ...]:
    return tuple(label_of(option.get("label") or option) for option in options if option.get("waarde"))


def _crosswalk(root: Node) -> dict[str, list[str]]:
    """Item to the life domains that name it; a derived index is no instrument with items of its own."""
    placed: dict[str, list[str]] = {}
    for node in root.need("domeinen").each():
        assert isinstance(node.value, dict), "`need` below would have refused it"
        for name, members in node.value.items():
            if isinstance(members, list) and name != "kansarmoede_index":
                for item in members:
                    placed.setdefault(str(item), []).append(node.need("id").text)
    return placed
