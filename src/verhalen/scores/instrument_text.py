"""An instrument as a file in our own form: `read_instrument` of it gives the same instrument."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from verhalen.model.family import Level
from verhalen.model.instrument import Indicator, Instrument, Item

_LEVEL_NAMES = {Level.FAMILY: "Gezin", Level.ADULT: "Volwassene", Level.CHILD: "Kind"}


def instrument_text(instrument: Instrument) -> str:
    """YAML, LF. Items that are no longer asked are left out: they belong to earlier versions."""
    derived = instrument.kind == "afgeleid"
    lines = [*_head(instrument), *(_index(instrument) if derived else _tree(instrument))]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A quoted text; of JSON's strings every one is YAML too."""
    return json.dumps(value, ensure_ascii=False)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _head(instrument: Instrument) -> Iterator[str]:
    yield f"instrument: {instrument.key}"
    if instrument.kind != "vragen":
        yield f"soort: {instrument.kind}"
    yield f"versie: {instrument.version}"
    yield f"naam: {_text(instrument.name)}"
    if instrument.source:
        yield f"bron: {_text(instrument.source)}"
    yield f"wording: {instrument.wording}"
    if instrument.kind != "afgeleid":
        yield f"beoordelaar: {instrument.assessor}"


def _tree(instrument: Instrument) -> Iterator[str]:
    yield f"schaal: {{min: {instrument.low}, max: {instrument.high}}}"
    yield "niveaus:"
    levels = list(dict.fromkeys(item.level for item in instrument.asked))
    for level in levels:
        yield f"  - {{id: {level.value}, naam: {_LEVEL_NAMES[level]}, per: {level.value}}}"
    yield "domeinen:"
    runs = groupby(instrument.asked, key=lambda item: (item.section, item.level))
    for number, ((section, level), items) in enumerate(runs, 1):
        yield f"  - id: domein_{number}"
        yield f"    naam: {_text(section or instrument.name)}"
        yield f"    niveau: {level.value}"
        yield "    items:"
        for item in items:
            yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    yield f"      - id: {item.key}"
    yield f"        naam: {_text(item.name)}"
    yield f"        levensdomein: {item.domain}"
    if item.labels:
        yield f"        labels: [{', '.join(map(_text, item.labels))}]"
    if item.question:
        yield f"        vraag: {_text(item.question)}"
    yield f"        nvt: {_flag(item.may_be_na)}"
    if item.note:
        yield f"        duiding: {_text(item.note)}"
    if item.higher_is_worse:
        yield "        richting: slechter"


def _index(instrument: Instrument) -> Iterator[str]:
    yield "indicatoren:"
    for each in instrument.indicators:
        yield from _indicator(each)
    if instrument.thresholds:
        said = ", ".join(f"{name}: {value}" for name, value in instrument.thresholds.items())
        yield f"drempels: {{{said}}}"


def _indicator(each: Indicator) -> Iterator[str]:
    yield f"  - id: {each.key}"
    yield f"    naam: {_text(each.name)}"
    yield f"    levensdomein: {each.domain}"
    yield "    regel: een"
    yield "    items:"
    for item, border in each.borders:
        yield f"      - {{item: {item}, grens: {border}}}"
    yield f"    gezin: {each.rule}"
