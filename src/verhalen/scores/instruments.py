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
from verhalen.model.instrument import DomainGroup, DomainList, Instrument, Item, LifeDomain
from verhalen.model.snapshot import Assessor
from verhalen.readers.opening import read_bytes
from verhalen.scores.derived import domain_of, read_indicators, read_thresholds, refuse_odd_borders
from verhalen.scores.form_words import FormWords, read_translations
from verhalen.scores.instrument_rules import (
    key_of,
    label_of,
    refuse_double,
    refuse_no_items,
    refuse_odd_labels,
    scale_of,
)
from verhalen.scores.instrument_text import instrument_text
from verhalen.scores.official import read_official
from verhalen.scores.official_index import read_official_index
from verhalen.scores.yaml_nodes import Node, refuse_deep

DOMAIN_KEY = re.compile(r"[A-Z][A-Z0-9_]*")
MOST_BYTES = 500_000
"""Of a file; the largest that we know has 47,000."""
Kind = Literal["vragen", "sjabloon", "afgeleid"]
_TOP = (
    *("instrument", "soort", "versie", "naam", "naam_in_verslagen", "bron", "wording", "beoordelaar", "schaal", "nvt"),
    *("niveaus", "domeinen", "indicatoren", "drempels", "vertalingen"),
)
_SCALE = ("min", "max", "labels", "richting")
_ITEM = ("id", "naam", "levensdomein", "labels", "vraag", "nvt", "per", "duiding", "richting")


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


def read_instruments(
    paths: Sequence[Path], domains: DomainList, *, known: Sequence[Instrument] = ()
) -> list[Instrument]:
    """Several files, of which a derived instrument may use the items of another; `known` are those of the project."""
    loaded = [(path, *_load(path)) for path in paths]
    read: dict[str, Instrument] = {}
    for path, root, text in loaded:
        found = _read(path, root, text, domains, known=[*known, *read.values()])
        refuse_double(root.need("instrument"), found.key, list(read))
        read[found.key] = found
    every = [*read.values(), *(each for each in known if each.key not in read)]
    for _, root, _ in loaded:
        if root.get("indicatoren") is not None and root.get("versie_bestand") is None:
            refuse_odd_borders(root, every)
    return list(read.values())


def read_instrument(path: Path, domains: DomainList, *, known: Sequence[Instrument] = ()) -> Instrument:
    """An instrument in our own form, or an official file; whether items of an index exist is not looked at here.

    An official file does not say to which life domain an item belongs: that is taken over from the instrument with the
    same key among `known`, else from a `life_domains.yaml` beside the file.
    """
    root, text = _load(path)
    return _read(path, root, text, domains, known=known)


def _read(path: Path, root: Node, text: str, domains: DomainList, *, known: Sequence[Instrument]) -> Instrument:
    _refuse_other_lists(root)
    if root.get("versie_bestand") is None:
        return _own(root, domains, text)
    beside = path.with_name("life_domains.yaml")
    crosswalk = _load(beside)[0] if beside.is_file() and beside != path else None
    key = root.need("instrument").text
    same = next((each for each in known if each.key == key), None)
    if root.get("indicatoren") is not None:
        index = read_official_index(root, domains, known=parse_derived(same) if same else None, crosswalk=crosswalk)
        # The store reads indicators back from the definition, which must be in our own form for that.
        return replace(index, definition=instrument_text(index))
    return replace(read_official(root, domains, known=same, crosswalk=crosswalk), definition=text)


def _refuse_other_lists(root: Node) -> None:
    """Say of a file of ours that is no instrument what it is."""
    if root.get("instrument") is not None:
        return
    if root.get("codeboek") is not None:
        raise root.bad(t("this is a codebook and no instrument; import it with: verhalen codebook import"))
    if root.get("groepen") is not None or root.get("lijst") is not None:
        raise root.bad(t("this is a list of life domains and no instrument"))
    raise root.bad(t("this is no instrument: the name `instrument` is missing, as in: instrument: my_key"))


def parse_derived(instrument: Instrument) -> Instrument:
    """The same instrument with its indicators and thresholds, which the store keeps in `definition` only."""
    if instrument.kind != "afgeleid" or not instrument.definition:
        return instrument
    root = _parse(instrument.definition, f"{instrument.key}.yaml")
    indicators = read_indicators(root, None)
    return replace(instrument, indicators=indicators, thresholds=read_thresholds(root, count=len(indicators)))


def translations(instrument: Instrument) -> dict[str, FormWords]:
    """The words of its form in other languages, which the store keeps in `definition` only."""
    if not instrument.definition:
        return {}
    return read_translations(_parse(instrument.definition, f"{instrument.key}.yaml"), instrument)


# -- our own form ----------------------------------------------------------------------------------------------------


def _own(root: Node, domains: DomainList, definition: str) -> Instrument:
    root.only(*_TOP)
    kinds: dict[str, Kind] = {"vragen": "vragen", "sjabloon": "sjabloon", "afgeleid": "afgeleid"}
    kind = kinds[root.choice_of("soort", tuple(kinds))]
    version = root.get("versie")
    if version and version.number < 1:
        raise version.bad(t("versions count from 1"))
    indicators = read_indicators(root, domains) if kind == "afgeleid" else ()
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
        thresholds=read_thresholds(root, count=len(indicators)) if kind == "afgeleid" else {},
        definition=definition,
    )
    read_translations(root, made)  # what a form would stumble over later is refused now, with its line
    return made


def _items(root: Node, domains: DomainList, *, steps: int) -> tuple[Item, ...]:
    levels = _levels(root)
    scale = root.need("schaal")
    scale.only(*_SCALE)
    shared, reversed_ = _labels(scale, steps), _is_reversed(scale)
    may_be_na = root.flag_of("nvt")
    items: list[Item] = []
    for section in root.need("domeinen").each():
        section.only("id", "naam", "niveau", "items")
        level = _level_of(section, levels)
        for node in section.need("items").each():
            node.only(*_ITEM)
            item = _item(node, domains, level=level, section=section.need("naam").text, steps=steps)
            refuse_double(node.need("id"), item.key, [other.key for other in items])
            items.append(
                replace(
                    item,
                    labels=item.labels or shared,
                    may_be_na=node.flag_of("nvt", default=may_be_na),
                    higher_is_worse=_is_reversed(node) if node.get("richting") else reversed_,
                )
            )
    refuse_no_items(root.need("domeinen"), items)
    return tuple(items)


def _is_reversed(node: Node) -> bool:
    """Whether a higher value is worse."""
    return node.choice_of("richting", ("beter", "slechter")) == "slechter"


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
        domain=domain_of(node, domains, item=key),
        section=section,
        labels=_labels(node, steps),
        question=node.text_of("vraag"),
        note=node.text_of("duiding"),
    )


def _labels(node: Node, steps: int) -> tuple[str, ...]:
    """The labels, lowest value first: one for each value, or none at all."""
    listed = node.get("labels")
    if listed is None:
        return ()
    labels = tuple(label_of(each) for each in listed.each())
    refuse_odd_labels(listed, labels, steps)
    return labels


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
        line = raw.count(b"\n", 0, error.start) + 1
        problem = t("this is not text in UTF-8; save the file as UTF-8 in your editor")
        raise errors.BadInstrument(file=path.name, line=line, problem=problem) from error
    return _parse(text, path.name), text


def _parse(text: str, name: str) -> Node:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    refuse_deep(text, name)
    try:
        value: object = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line = place.line + 1 if place else 1
        raise errors.BadInstrument(file=name, line=line, problem=_yaml_problem(error)) from error
    except ReaderError as error:
        problem = t("this line holds a sign that no YAML may hold; take it away")
        raise errors.BadInstrument(file=name, line=text.count("\n", 0, error.position) + 1, problem=problem) from error
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
