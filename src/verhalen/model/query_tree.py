"""What a question in the query language is made of, and how it is written down again. Pure; docs/queries.md explains it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Field(StrEnum):
    """What a test looks at; any other name is an attribute of the family."""

    ROLE = "rol"
    SPEAKER = "spreker"
    FAMILY = "gezin"
    VALENCE = "valentie"
    CODER = "codeur"
    SOURCE = "bron"
    CODED = "datum"
    IMPORTED = "ingelezen"
    CONSENT = "toestemming"
    TEXT = "tekst"


FIELDS: dict[str, Field] = {
    **{each.value: each for each in Field},
    "role": Field.ROLE,
    "speaker": Field.SPEAKER,
    "family": Field.FAMILY,
    "valence": Field.VALENCE,
    "kleur": Field.VALENCE,
    "coder": Field.CODER,
    "source": Field.SOURCE,
    "date": Field.CODED,
    "imported": Field.IMPORTED,
    "consent": Field.CONSENT,
    "text": Field.TEXT,
}
"""Every name of a field, Dutch and English."""

Sign = Literal["=", "!=", "<", "<=", ">", ">="]
SIGNS: tuple[Sign, ...] = ("!=", "<=", ">=", "=", "<", ">")


class Unit(StrEnum):
    """What nearness is counted in."""

    WORDS = "woorden"
    TURNS = "beurten"
    PARAGRAPHS = "alinea's"


UNITS: dict[str, Unit] = {
    **dict.fromkeys(("woord", "woorden", "word", "words"), Unit.WORDS),
    **dict.fromkeys(("beurt", "beurten", "turn", "turns"), Unit.TURNS),
    **dict.fromkeys(("alinea", "alinea's", "alineas", "paragraph", "paragraphs"), Unit.PARAGRAPHS),
}
WORDS = {
    "en": "and",
    "and": "and",
    "of": "or",
    "or": "or",
    "niet": "not",
    "not": "not",
    "bij": "near",
    "near": "near",
    "binnen": "within",
    "within": "within",
}
"""Every word of the language itself, with its meaning. As the name of a code it stands between quotes."""


@dataclass(frozen=True, slots=True)
class CodeTerm:
    """Fragments of a code, by key or name."""

    name: str
    exact: bool = False
    """Without the codes below it."""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """Fragments whose field holds this value."""

    name: Field | str
    """A name that is no `Field` is an attribute of the family, in small letters."""
    sign: Sign
    value: str
    at: int = field(default=0, compare=False)
    value_at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    """All of these, on one piece of text."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Inverse:
    """What this is not about."""

    part: Node


@dataclass(frozen=True, slots=True)
class Near:
    """Fragments of `left` that lie near one of `right`."""

    left: Node
    right: Node
    distance: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Within:
    """Fragments of `left` that lie inside one of `right`."""

    left: Node
    right: Node


Node = CodeTerm | FieldTerm | Both | Either | Inverse | Near | Within

BARE = re.compile(r"[^\s()\"'“”‘’=!<>]+")
"""What may stand without quotes."""
_DIGITS = re.compile(r"[0-9]+")


def written(node: Node) -> str:
    """The question in Dutch, as the parser reads it back."""
    match node:
        case CodeTerm(name, exact):
            return f"{'=' if exact else ''}{_quoted(name)}"
        case FieldTerm(name, sign, value):
            return f"{_quoted(name)}{sign}{_quoted(value)}"
        case Both(parts):
            return " en ".join(_inside(part, (Both, Either)) for part in parts)
        case Either(parts):
            return " of ".join(_inside(part, (Either,)) for part in parts)
        case Inverse(part):
            return f"niet {_inside(part, (Both, Either))}"
        case Near(left, right, distance, unit):
            return f"{_inside(left, _LOOSE)} bij {distance} {unit} {_inside(right, _TIGHT)}"
        case Within(left, right):
            return f"{_inside(left, _LOOSE)} binnen {_inside(right, _TIGHT)}"


_LOOSE = (Both, Either, Inverse)
_TIGHT = (*_LOOSE, Near, Within)


def _inside(node: Node, loose: tuple[type, ...]) -> str:
    """Between brackets where the part binds less than what is around it."""
    return f"({written(node)})" if isinstance(node, loose) else written(node)


def _quoted(text: str) -> str:
    is_bare = BARE.fullmatch(text) and text.casefold() not in WORDS and not _DIGITS.fullmatch(text)
    return text if is_bare else '"' + text.replace('"', '""') + '"'
