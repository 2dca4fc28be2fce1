"""Keys and values that are in the project and would identify somebody: told by place, never repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verhalen.i18n import mark
from verhalen.model.family import Contact, Family
from verhalen.privacy.identifying import is_telling_key, telling_kind

NAME = mark("name")


@dataclass(frozen=True, slots=True)
class Telling:
    """One place where somebody would be recognised."""

    family: str
    """Key; empty where the key itself is what tells."""
    field: str
    """`gezin`, `lid`, `gemeente`, `leeftijdsgroep`, `met` or the name of an attribute."""
    what: str
    """Marked: what it looks like."""


def telling_fields(families: Iterable[Family], contacts: Iterable[tuple[str, Contact]]) -> list[Telling]:
    """Everything that is found, by family."""
    found = [each for family in families for each in _of_family(family)]
    seen = dict.fromkeys((family, each.with_whom) for family, each in contacts)
    return found + [
        Telling(family, "met", kind.label) for family, who in seen if (kind := telling_kind(who)) is not None
    ]


def _of_family(family: Family) -> Iterator[Telling]:
    if is_telling_key(family.key):
        yield Telling("", "gezin", NAME)
    fields = [("gemeente", family.municipality), *family.attributes]
    for person in family.persons:
        if is_telling_key(person.member):
            yield Telling(family.key, "lid", NAME)
        fields.append(("leeftijdsgroep", person.age_group))
    for name, value in fields:
        kind = telling_kind(value)
        if kind is not None:
            yield Telling(family.key, name, kind.label)
