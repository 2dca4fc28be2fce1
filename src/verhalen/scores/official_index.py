"""An official index: indicators whose items, borders and thresholds stand in a proposal of the file."""

from __future__ import annotations

import re

from verhalen.i18n import t
from verhalen.model.instrument import DomainList, Indicator, Instrument
from verhalen.scores.derived import THRESHOLDS
from verhalen.scores.instrument_rules import key_of, one_domain, refuse_double
from verhalen.scores.yaml_nodes import Node

_RULE = re.compile(r"score\s*(>=|>)\s*(\d+)")
_OFFICIAL_NAMES = {"kansarm": "kansarm", "zware_kansarmoede": "zwaar"}


def read_official_index(
    root: Node, domains: DomainList, *, known: Instrument | None, crosswalk: Node | None
) -> Instrument:
    """The index as an instrument. Life domains come from the index in the project, else from the crosswalk beside the file."""
    mapping = root.need("koppeling_sociale_balans").need("items")
    placed = _crosswalk(crosswalk) if crosswalk else {}
    ours = {each.key: each for each in known.indicators} if known else {}
    found: list[Indicator] = []
    for node in root.need("indicatoren").each():
        key = key_of(node.need("id"))
        refuse_double(node.need("id"), key, [other.key for other in found])
        linked = mapping.get(key)
        if linked is None:
            raise node.bad(t("indicator {key} has no items", key=key))
        domain = [ours[key].domain] if key in ours else placed.get(key, [])
        found.append(
            Indicator(
                key=key,
                name=node.need("label").text,
                domain=one_domain(node, domain, domains, item=key),
                borders=tuple(
                    (each.need("item").text, each.need("grens").number) for each in linked.need("items").each()
                ),
                rule="beste" if linked.text_of("gezin").startswith("beste") else "laagste",
            )
        )
    return Instrument(
        key=key_of(root.need("instrument")),
        name=root.need("naam").text,
        version=root.need("versie_bestand").number,
        wording="officieel",
        low=0,
        high=len(found),
        items=(),
        kind="afgeleid",
        indicators=tuple(found),
        thresholds=_thresholds(root),
    )


def _thresholds(root: Node) -> dict[str, int]:
    """`score >= 3` and `score > 4` as the lowest number that counts."""
    node = root.get("drempels")
    if node is None:
        return {}
    found: dict[str, int] = {}
    for name in node.names:
        rule = node.need(name).need("regel")
        said = _RULE.fullmatch(rule.text)
        if said is None or name not in _OFFICIAL_NAMES:
            raise rule.bad(t("write a threshold as: score >= 3"))
        found[_OFFICIAL_NAMES[name]] = int(said[2]) + (said[1] == ">")
    assert set(found) <= set(THRESHOLDS)
    return found


def _crosswalk(root: Node) -> dict[str, list[str]]:
    """Indicator to the life domains that name it."""
    placed: dict[str, list[str]] = {}
    for node in root.need("domeinen").each():
        for indicator in node.members("kansarmoede_index"):
            placed.setdefault(indicator.text, []).append(node.need("id").text)
    return placed
