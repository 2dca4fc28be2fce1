"""Would somebody recognise the family? What a quote tells of it, against how many active families share all of that (G5).

Patterns, nothing that learns: a person who places quotes must be able to read why one was refused. What no list knows of other
families counts for the teller alone, so that a striking event or a diagnosis is refused until others told of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark, t, tn
from verhalen.model.family import Family, Level


class TraitKind(StrEnum):
    """What makes a family stand out."""

    TOWN = "town"
    SINGLE = "single"
    CHILDREN = "children"
    ORIGIN = "origin"
    DIAGNOSIS = "diagnosis"
    EVENT = "event"

    @property
    def label(self) -> str:
        """Marked words; the log names the kind and never the words of the quote."""
        return {
            "town": mark("the municipality"),
            "single": mark("a single parent"),
            "children": mark("the number of children"),
            "origin": mark("origin or language"),
            "diagnosis": mark("an illness or diagnosis"),
            "event": mark("a striking event"),
        }[self]


@dataclass(frozen=True, slots=True, order=True)
class Trait:
    """One thing that a text tells of a family."""

    kind: TraitKind
    value: str
    """In one spelling: a number, a stem."""


_NUMBERS = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_CHILDREN = re.compile(
    rf"\b(?P<n>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+(?:[^\W\d_]+\s+)?(?:kinderen|kinders|kids|kleinen|kleintjes|zonen|dochters)\b"
)
_SINGLE = re.compile(r"\balleenstaand|\beenouder|\balleen met (?:de|m'n|mijne?|haar|zijn|ons|\w+ )?\s*(?:kind|klein)")
_ORIGIN = (
    *(
        "marok",
        "turk",
        "syri",
        "irak",
        "iran",
        "afghan",
        "somal",
        "congo",
        "ghane",
        "nigeria",
        "roemeen",
        "roemeni",
        "bulga",
    ),
    *(
        "oekra",
        "russi",
        "alban",
        "kosov",
        "tsjetsj",
        "armee",
        "armeni",
        "eritre",
        "ethiop",
        "guine",
        "kameroe",
        "portug",
        "pools",
    ),
    *(
        "polen",
        "arabi",
        "berber",
        "pashtu",
        "pasjtoe",
        "farsi",
        "tigrinya",
        "koerd",
        "palestij",
        "tibet",
        "nepal",
        "pakistan",
    ),
)
_DIAGNOSES = (
    *(
        "autis",
        "adhd",
        "depressi",
        "psycho",
        "schizo",
        "borderline",
        "bipolair",
        "kanker",
        "leukemie",
        "diabet",
        "suikerziekte",
    ),
    *(
        "epilep",
        "mucovisc",
        "parkinson",
        "multiple sclerose",
        "dement",
        "beroerte",
        "verslaafd",
        "verslaving",
        "alcoholi",
    ),
    *("rolstoel", "dialyse", "hersentumor", "syndroom", "handicap", "mishandel", "anorexi", "hiv"),
)
_EVENTS = (
    *(
        "zelfmoord",
        "zelfdoding",
        "vermoord",
        "gevangenis",
        "gedetineerd",
        "pleeggezin",
        "pleegouder",
        "pleegkind",
        "verkracht",
    ),
    *(
        "huisbrand",
        "afgebrand",
        "uitgebrand",
        "verongelukt",
        "overleden",
        "gestorven",
        "begrafenis",
        "weduw",
        "drieling",
        "tweeling",
    ),
    *(
        "miskraam",
        "asiel",
        "uitgewezen",
        "uithuiszetting",
        "uit huis gezet",
        "uit huis geplaatst",
        "steekpartij",
        "jeugdrechter",
    ),
)
_STEMS = {TraitKind.ORIGIN: _ORIGIN, TraitKind.DIAGNOSIS: _DIAGNOSES, TraitKind.EVENT: _EVENTS}
_FOUND = {
    kind: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(stems, key=len, reverse=True)))})")
    for kind, stems in _STEMS.items()
}


def traits(text: str, towns: Iterable[str] = ()) -> frozenset[Trait]:
    """What a text tells of a family that others may know it by."""
    folded = text.casefold()
    found = {Trait(kind, match.group()) for kind, pattern in _FOUND.items() for match in pattern.finditer(folded)}
    for match in _CHILDREN.finditer(folded):
        said = match["n"]
        found.add(Trait(TraitKind.CHILDREN, str(_NUMBERS.index(said) + 2 if said in _NUMBERS else int(said))))
    if _SINGLE.search(folded):
        found.add(Trait(TraitKind.SINGLE, ""))
    for town in towns:
        if town and re.search(rf"(?<!\w){re.escape(town.casefold())}(?!\w)", folded):
            found.add(Trait(TraitKind.TOWN, town.casefold()))
    return frozenset(found)


class Crowd:
    """The active families among whom somebody may recognise one."""

    def __init__(self, families: Iterable[Family], told: Mapping[str, frozenset[Trait]]) -> None:
        self._families = list(families)
        self._told = told

    def sharing(self, wanted: Iterable[Trait], teller: str) -> int:
        """How many families share all of it, the teller included."""
        listed = list(wanted)
        return sum(
            family.key == teller or all(self._has(family, trait) for trait in listed) for family in self._families
        ) + (teller not in {family.key for family in self._families})

    def _has(self, family: Family, trait: Trait) -> bool:
        values = [value.casefold() for _, value in family.attributes]
        match trait.kind:
            case TraitKind.TOWN:
                return family.municipality.casefold() == trait.value
            case TraitKind.CHILDREN:
                return _children(family) == trait.value
            case TraitKind.SINGLE:
                return _is_single(family, values)
            case _:
                said = any(re.search(rf"(?<!\w){re.escape(trait.value)}", value) for value in values)
                return said or trait in self._told.get(family.key, frozenset())


def _children(family: Family) -> str:
    """As a list says it, or as many children as are known."""
    listed = family.attribute("kinderen").strip()
    return listed or str(sum(person.level is Level.CHILD for person in family.persons))


def _is_single(family: Family, values: Iterable[str]) -> bool:
    listed = family.attribute("gezinsvorm").casefold()
    if listed:
        return listed.startswith(("eenouder", "alleenstaand"))
    adults = sum(person.level is Level.ADULT for person in family.persons)
    return adults == 1 or any(value.startswith(("eenouder", "alleenstaand")) for value in values)


def why_recognised(found: Iterable[Trait], sharing: int) -> str:
    """The reason for the log: what kinds of things the words tell, and that too few families share them. None of the words."""
    kinds = sorted({trait.kind for trait in found}, key=list(TraitKind).index)
    named = ", ".join(t(kind.label) for kind in kinds)
    return tn(
        "it tells {traits}, and only one of the families of now has that",
        "it tells {traits}, and only {n} of the families of now share that",
        sharing,
        traits=named,
    )
