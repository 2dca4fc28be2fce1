"""Codes of other programs have names, not keys: which code of ours one is, and a key for one that is new."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from verhalen.model.codebook import Code, Codebook
from verhalen.model.text import normal_text

_LONGEST = 40
_WANTED, _UNWANTED = "\n\nWel: ", "\n\nNiet: "
"""How our files put the three fields of a code into its one description."""


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code as a file has it."""

    guid: str
    """Plain, or empty where the file gives none that can be used."""
    name: str
    parent: int | None
    """Place of the code above it in the list, from 0."""
    description: str | None = None
    """None where the file says nothing."""
    colour: str = ""
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] | None = None
    touches: tuple[str, ...] | None = None
    ours: Code | None = None
    """What a file of ours beside it says of the code, to the letter."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Foreign codes as codes of ours."""

    book: Codebook
    """In the order of the file; `id` of those that are here already."""
    keys: tuple[str, ...]
    """One per foreign code."""
    brought: dict[str, str] = field(default_factory=dict)
    """Key of each new code -> the GUID that the file gives it."""


def described(code: Code) -> str:
    """The one description that other programs show for a code."""
    wanted = _WANTED + code.include if code.include else ""
    return code.definition + wanted + (_UNWANTED + code.exclude if code.exclude else "")


def slug(name: str) -> str:
    """A name as part of a key: small letters without accents, digits and underscores."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_") or "code"


def match(book: Codebook, guids: dict[str, int], found: Sequence[ForeignCode]) -> Matched:
    """Find for each foreign code the one of ours: by GUID, else by the names from the top down, else it is new.

    `guids`: plain GUID of a code of ours -> its id. What a file does not say about a code of ours stays.
    """
    by_id = {code.id: code for code in book}
    by_key = {code.key: code for code in book}
    by_path = {path: code for code, path in _paths(book)}
    used: set[int] = set()
    taken = {code.key for code in book}
    made: list[Code] = []
    brought: dict[str, str] = {}
    siblings: Counter[str | None] = Counter()
    for each in found:
        above = made[each.parent].key if each.parent is not None else None
        same = by_id.get(guids.get(each.guid, 0)) or by_key.get(each.ours.key if each.ours else "")
        same = same or by_path.get((above or "", each.name.casefold()))
        if same is not None and same.id in used:
            same = None
        if same is None:
            wanted = each.ours.key if each.ours else f"{above}.{slug(each.name)}" if above else slug(each.name)
            key = _free(wanted, taken)
            same = Code(key, each.name)
            if each.guid and each.guid not in guids and each.guid not in brought.values():
                brought[key] = each.guid
        used.add(same.id)
        used.discard(0)
        taken.add(same.key)
        made.append(_filled(same, each, parent=above, position=siblings[above]))
        siblings[above] += 1
    return Matched(Codebook(tuple(made)), tuple(code.key for code in made), brought)


def _paths(book: Codebook) -> Iterable[tuple[Code, tuple[str, str]]]:
    return ((code, (code.parent or "", code.name.casefold())) for code in reversed(book.codes))


def _free(key: str, taken: set[str]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    return free


def _filled(code: Code, each: ForeignCode, *, parent: str | None, position: int) -> Code:
    if each.ours is not None:
        return replace(each.ours, key=code.key, id=code.id, parent=parent)
    definition, include, exclude = code.definition, code.include, code.exclude
    said = normal_text(each.description).strip() if each.description is not None else None
    if said is not None and said != described(code).strip():
        definition, new_include, new_exclude = _parted(said)
        include, exclude = new_include or include, new_exclude or exclude
    return replace(
        code,
        name=each.name,
        definition=definition,
        include=include,
        exclude=exclude,
        parent=parent,
        colour=each.colour or code.colour,
        evidence=code.evidence if each.evidence is None else each.evidence,
        touches=code.touches if each.touches is None else each.touches,
        position=position,
        codings=0,
    )


def _parted(said: str) -> tuple[str, str, str]:
    rest, _, exclude = f"\n\n{said}".partition(_UNWANTED)
    definition, _, include = rest.partition(_WANTED)
    return definition.strip(), include.strip(), exclude.strip()
