"""Families and persons as cases with variables."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from verhalen.exchange.refi_qda.guids import Guids
from verhalen.exchange.refi_qda.xml_text import PROJECT, one_line, writable
from verhalen.model.family import AttributeKind, Family, ValueKind

MUNICIPALITY, ROLE, AGE_GROUP = "gemeente", "rol", "leeftijdsgroep"
_OF_FAMILY, _OF_PERSON = "family", "person"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Variable:
    """A column that families or persons have."""

    whose: str
    name: str
    kind: str
    """As the standard calls it: Text, Boolean, Float, Date."""

    @property
    def inside(self) -> str:
        """What its GUID is made of."""
        return f"{self.whose}:{self.name}"


@dataclass(slots=True)
class Places:
    """What points at the cases."""

    sources: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Family -> GUIDs of whole texts that are theirs."""
    of_family: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Family -> GUIDs of selections about it."""
    of_person: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Person -> GUIDs of what they say."""


def variables(families: Sequence[Family], kinds: Sequence[AttributeKind]) -> list[Variable]:
    """All columns that hold anything, in a fixed order, each of the narrowest kind that all its values have."""
    declared = {each.name: each.kind for each in kinds}
    values: dict[str, list[str]] = {}
    for family in families:
        for name, value in family.attributes:
            values.setdefault(name, []).append(value)
    found = [Variable(_OF_FAMILY, MUNICIPALITY, "Text")] if any(each.municipality for each in families) else []
    found += [Variable(_OF_FAMILY, name, _kind(declared.get(name), said)) for name, said in sorted(values.items())]
    persons = [person for family in families for person in family.persons]
    found += [Variable(_OF_PERSON, ROLE, "Text")] if any(each.role for each in persons) else []
    found += [Variable(_OF_PERSON, AGE_GROUP, "Text")] if any(each.age_group for each in persons) else []
    return found


def _kind(declared: ValueKind | None, values: Iterable[str]) -> str:
    """A value that does not fit its kind makes the whole column text: nothing may be lost or refused."""
    fits: dict[ValueKind, tuple[str, Callable[[str], bool]]] = {
        ValueKind.NUMBER: ("Float", lambda value: _NUMBER.fullmatch(value) is not None),
        ValueKind.DAY: ("Date", _is_day),
        ValueKind.YES_NO: ("Boolean", lambda value: value in ("ja", "nee")),
    }
    if declared not in fits:
        return "Text"
    name, is_one = fits[declared]
    return name if all(map(is_one, values)) else "Text"


def _is_day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def inside(name: str) -> str:
    """What a column of that name is called inside, whoever has it."""
    return f"{_OF_PERSON if name in (ROLE, AGE_GROUP) else _OF_FAMILY}:{name}"


def variable_elements(found: Iterable[Variable], guids: Guids) -> Iterator[etree._Element]:
    """One element per column."""
    for each in found:
        yield etree.Element(
            f"{{{PROJECT}}}Variable",
            guid=guids.of("variable", each.inside),
            name=one_line(each.name) or each.whose,
            typeOfVariable=each.kind,
        )


def case_elements(
    families: Iterable[Family], found: Sequence[Variable], places: Places, guids: Guids
) -> Iterator[etree._Element]:
    """Each family, and behind it each of its persons; they are named by their codes."""
    columns = {(each.whose, each.name): each for each in found}
    for family in families:
        element = _case(guids.of("family", family.id), family.key)
        for name, value in ((MUNICIPALITY, family.municipality), *sorted(family.attributes)):
            _value(element, columns.get((_OF_FAMILY, name)), value, guids)
        _refer(element, "SourceRef", places.sources.get(family.id, ()))
        _refer(element, "SelectionRef", places.of_family.get(family.id, ()))
        yield element
        for person in family.persons:
            element = _case(guids.of("person", person.id), person.key)
            for name, value in ((ROLE, person.role), (AGE_GROUP, person.age_group)):
                _value(element, columns.get((_OF_PERSON, name)), value, guids)
            _refer(element, "SelectionRef", places.of_person.get(person.id, ()))
            yield element


def _case(guid: str, name: str) -> etree._Element:
    return etree.Element(f"{{{PROJECT}}}Case", guid=guid, name=one_line(name))


def _value(case: etree._Element, variable: Variable | None, value: str, guids: Guids) -> None:
    if variable is None or not value:
        return
    element = etree.SubElement(case, f"{{{PROJECT}}}VariableValue")
    guid = guids.of("variable", variable.inside)
    etree.SubElement(element, f"{{{PROJECT}}}VariableRef", targetGUID=guid)
    said = {"ja": "true", "nee": "false"}[value] if variable.kind == "Boolean" else writable(value)
    etree.SubElement(element, f"{{{PROJECT}}}{variable.kind}Value").text = said


def _refer(case: etree._Element, name: str, guids: Iterable[str]) -> None:
    for guid in guids:
        etree.SubElement(case, f"{{{PROJECT}}}{name}", targetGUID=guid)
