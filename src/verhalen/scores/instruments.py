"""Read life domains and instruments from YAML. A gap or a double life domain refuses to load, with the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.family import Level
from verhalen.model.instrument import DomainGroup, DomainList, Indicator, Instrument, Item, LifeDomain
from verhalen.model.snapshot import Assessor
from verhalen.readers.opening import read_bytes
from verhalen.scores.form_words import FormWords, read_translations
from verhalen.scores.instrument_rules import (
    key_of,
    label_of,
    one_domain,
    refuse_double,
    refuse_no_items,
    refuse_odd_labels,
    scale_of,
)
from verhalen.scores.official import read_official
from verhalen.scores.yaml_nodes import Node

DOMAIN_KEY = re.compile(r"[A-Z][A-Z0-9_]*")
MOST_BYTES = 2_000_000
Kind = Literal["vragen", "sjabloon", "afgeleid"]


def read_domains(path: Path) -> DomainList:
    """The life domains and their groups, in the order of the file."""
    root, _ = _load(path)
    groups = tuple(
        DomainGroup(each.need("id").text, each.need("naam").text, position)
        for position, each in enumerate(root.need("groepen").each())
    )
    known = {group.key for group in groups}
    domains: list[LifeDomain] = []
    for position, node in enumerate(root.need("domeinen").each()):
        domain = _domain(node, position)
        if domain.group not in known:
            raise node.need("groep").bad(t("there is no group {group}", group=domain.group))
        refuse_double(node.need("id"), domain.key, [other.key for other in domains])
        domains.append(domain)
    return DomainList(groups, tuple(domains))


def _domain(node: Node, position: int) -> LifeDomain:
    key = node.need("id")
    if not DOMAIN_KEY.fullmatch(key.text):
        raise key.bad(t("{key} is no key of a life domain: use capitals, as in WON", key=key.text))
    return LifeDomain(
        key=key.text,
        name=node.need("naam").text,
        group=node.need("groep").text,
        description=node.text_of("omschrijving"),
        sensitive=node.flag_of("gevoelig"),
        colourless=node.flag_of("zonder_kleur"),
        position=position,
    )


def read_instrument(path: Path, domains: DomainList, *, known: Sequence[Instrument] = ()) -> Instrument:
    """An instrument in our own form, or an official file.

    An official file does not say to which life domain an item belongs: that is taken over from the instrument with the
    same key among `known`, else from a `life_domains.yaml` beside the file.
    """
    root, definition = _load(path)
    if root.get("versie_bestand") is None:
        return _own(root, domains, definition)
    beside = path.with_name("life_domains.yaml")
    crosswalk = _load(beside)[0] if beside.is_file() and beside != path else None
    key = root.need("instrument").text
    same = next((each for each in known if each.key == key), None)
    return replace(read_official(root, domains, known=same, crosswalk=crosswalk), definition=definition)


def parse_derived(instrument: Instrument) -> Instrument:
    """The same instrument with its indicators and thresholds, which the store keeps in `definition` only."""
    if instrument.kind != "afgeleid" or not instrument.definition:
        return instrument
    root = _parse(instrument.definition, f"{instrument.key}.yaml")
    return replace(instrument, indicators=_indicators(root, None), thresholds=_thresholds(root))


def translations(instrument: Instrument) -> dict[str, FormWords]:
    """The words of its form in other languages, which the store keeps in `definition` only."""
    if not instrument.definition:
        return {}
    return read_translations(_parse(instrument.definition, f"{instrument.key}.yaml"), instrument)


# -- our own form ----------------------------------------------------------------------------------------------------


def _own(root: Node, domains: DomainList, definition: str) -> Instrument:
    kinds: dict[str, Kind] = {"vragen": "vragen", "sjabloon": "sjabloon", "afgeleid": "afgeleid"}
    kind = kinds[root.choice_of("soort", tuple(kinds))]
    version = root.get("versie")
    indicators = _indicators(root, domains) if kind == "afgeleid" else ()
    low, high = (0, len(indicators)) if kind == "afgeleid" else scale_of(root.need("schaal"))
    made = Instrument(
        key=key_of(root.need("instrument")),
        name=root.need("naam").text,
        version=version.number if version else 1,
        wording="officieel" if root.choice_of("wording", ("eigen", "officieel")) == "officieel" else "eigen",
        low=low,
        high=high,
        items=() if kind == "afgeleid" else _items(root, domains, steps=high - low + 1),
        source=root.text_of("bron"),
        assessor=root.choice_of("beoordelaar", tuple(each.value for each in Assessor)),
        kind=kind,
        indicators=indicators,
        thresholds=_thresholds(root) if kind == "afgeleid" else {},
        definition=definition,
    )
    read_translations(root, made)  # what a form would stumble over later is refused now, with its line
    return made


def _items(root: Node, domains: DomainList, *, steps: int) -> tuple[Item, ...]:
    levels = _levels(root)
    shared = _labels(root.need("schaal"), steps)
    may_be_na = root.flag_of("nvt")
    items: list[Item] = []
    for section in root.need("domeinen").each():
        level = _level_of(section, levels)
        for node in section.need("items").each():
            item = _item(node, domains, level=level, section=section.need("naam").text, steps=steps)
            refuse_double(node.need("id"), item.key, [other.key for other in items])
            items.append(replace(item, labels=item.labels or shared, may_be_na=node.flag_of("nvt", default=may_be_na)))
    refuse_no_items(root.need("domeinen"), items)
    return tuple(items)


def _levels(root: Node) -> dict[str, Level]:
    per = {}
    for node in root.need("niveaus").each():
        per[node.need("id").text] = _per(node.need("per"))
    return per


def _per(node: Node) -> Level:
    if node.text not in tuple(Level):
        raise node.bad(t("{key} is one of: {allowed}", key="per", allowed=", ".join(Level)))
    return Level(node.text)


def _level_of(section: Node, levels: dict[str, Level]) -> Level:
    wanted = section.need("niveau")
    if wanted.text not in levels:
        raise wanted.bad(t("there is no level {level}; there are: {known}", level=wanted.text, known=", ".join(levels)))
    return levels[wanted.text]


def _item(node: Node, domains: DomainList, *, level: Level, section: str, steps: int) -> Item:
    key, per = key_of(node.need("id")), node.get("per")
    return Item(
        key=key,
        name=node.need("naam").text,
        level=_per(per) if per else level,
        domain=_domain_of(node, domains, item=key),
        section=section,
        labels=_labels(node, steps),
        question=node.text_of("vraag"),
        note=node.text_of("duiding"),
    )


def _domain_of(node: Node, domains: DomainList | None, *, item: str) -> str:
    found = node.get("levensdomein")
    if found is None:
        return one_domain(node, (), domains, item=item)
    several = (
        [each.text for each in found.each()] if isinstance(found.value, list) else re.split(r"[,;|\s]+", found.text)
    )
    return one_domain(found, [each for each in several if each], domains, item=item)


def _labels(node: Node, steps: int) -> tuple[str, ...]:
    """The labels, worst first: one for each value, or none at all."""
    listed = node.get("labels")
    if listed is None:
        return ()
    labels = tuple(label_of(each) for each in listed.each())
    refuse_odd_labels(listed, labels, steps)
    return labels


# -- derived instruments ---------------------------------------------------------------------------------------------


def _indicators(root: Node, domains: DomainList | None) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for node in root.need("indicatoren").each():
        key = node.need("id")
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
                domain=_domain_of(node, domains, item=key.text),
                borders=borders,
                rule=node.choice_of("gezin", ("laagste", "beste")),
            )
        )
    return tuple(found)


def _thresholds(root: Node) -> dict[str, int]:
    node = root.get("drempels")
    if node is None:
        return {}
    if not isinstance(node.value, dict):
        raise node.bad(t("here a list of names with values is needed"))
    return {str(name): node.need(str(name)).number for name in node.value}


# -- the file --------------------------------------------------------------------------------------------------------


def _load(path: Path) -> tuple[Node, str]:
    """The parsed file, and its text word for word."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise errors.UnknownFormat(suffix=path.suffix, file=path.name, known=".yaml")
    try:
        raw = read_bytes(path)
    except errors.UnreadableFile as error:
        error.values = {"file": path.name, "suffix": path.suffix, **error.values}
        raise
    if len(raw) > MOST_BYTES:
        raise errors.TooLarge(file=path.name, size=f"{len(raw) // 1000} kB", limit=f"{MOST_BYTES // 1000} kB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.UnreadableFile(file=path.name, reason=t("it is not text in UTF-8")) from error
    return _parse(text, path.name), text


def _parse(text: str, name: str) -> Node:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        value: object = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line = place.line + 1 if place else 1
        raise errors.BadInstrument(file=name, line=line, problem=_yaml_problem(error)) from error
    except YAMLError as error:
        raise errors.BadInstrument(file=name, line=1, problem=t("this is not valid YAML")) from error
    if value is None:
        raise errors.EmptyFile(file=name)
    if not isinstance(value, dict):
        raise errors.BadInstrument(
            file=name, line=1, problem=t("the file does not begin with names, as in: instrument: my_key")
        )
    return Node(value, 1, name)


def _yaml_problem(error: Exception) -> str:
    from ruamel.yaml.constructor import DuplicateKeyError

    if isinstance(error, DuplicateKeyError):
        return t("the same name stands twice in one block; each item has one value for it")
    return t("this is not valid YAML: look at blanks, quotes and colons around this line")
