"""The words between double braces: `{{ aantal gezinnen jaar=2025 }}`. What they mean is not decided here."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from verhalen.i18n import mark
from verhalen.model.text import Notice

OPENING, CLOSING = "{{", "}}"

# Word and phones turn straight quotes into curly ones; both are understood.
_VALUE = r"""(?:"(?P<straight>[^"]*)"|[“”„](?P<curly>[^“”„]*)[“”]|(?P<bare>[^\s"“”„=]+))"""
_PAIR = re.compile(rf"\s*(?P<key>[^\W\d][\w.-]*)\s*=\s*{_VALUE}(?=\s|$)")
_NAME = re.compile(r"[^\W\d_][\w.'-]*(?: [\w.'-]+)*")
_APOSTROPHES = str.maketrans("‘’", "''")
"""Word and phones turn a straight apostrophe into a curly one."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place in the report that the project fills."""

    name: str
    """Lower case, words joined by one space: `tabel verandering`."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    """Line of the report source, from 1."""

    @property
    def source(self) -> str:
        """The placeholder in its shortest spelling: how a built report remembers what filled a place."""
        pairs = (f'{key}="{value}"' if " " in value else f"{key}={value}" for key, value in self.arguments.items())
        return " ".join((self.name, *pairs))


def parse_placeholder(inside: str, *, line: int) -> Placeholder | Notice:
    """Read what stands between the braces; a Notice says what is wrong with it."""
    inside = unicodedata.normalize("NFC", inside).strip()
    first = _PAIR.search(inside)
    name = " ".join(inside[: first.start()].split() if first else inside.split()).casefold()
    name = name.translate(_APOSTROPHES)
    if not name:
        return Notice(line, mark("between {{ and }} a name is missing"))
    if "=" in name or not _NAME.fullmatch(name):
        return _unreadable(inside, line)
    if first is None:
        return Placeholder(name, {}, line)
    return _with_arguments(name, inside[first.start() :], line=line)


def _with_arguments(name: str, rest: str, *, line: int) -> Placeholder | Notice:
    arguments: dict[str, str] = {}
    position = 0
    while position < len(rest):
        pair = _PAIR.match(rest, position)
        if pair is None:
            return _unreadable(rest[position:].strip(), line)
        key = pair["key"].casefold()
        if key in arguments:
            return Notice(line, mark('"{key}" is given twice in the placeholder "{name}"'), {"key": key, "name": name})
        arguments[key] = next(value for value in (pair["straight"], pair["curly"], pair["bare"]) if value is not None)
        position = pair.end()
    return Placeholder(name, arguments, line)


def _unreadable(piece: str, line: int) -> Notice:
    return Notice(
        line, mark('I do not understand "{piece}" between the braces: write name key=value'), {"piece": piece}
    )


def check_names(placeholders: Iterable[Placeholder], known: Mapping[str, frozenset[str]]) -> tuple[Notice, ...]:
    """What is wrong with names and keys. `known` gives for each valid name, synonyms included, the keys it may have."""
    return tuple(problem for found in placeholders for problem in _problems(found, known))


def _problems(found: Placeholder, known: Mapping[str, frozenset[str]]) -> list[Notice]:
    if found.name not in known:
        return [_unknown(found.line, mark('there is no placeholder "{name}"'), found.name, known)]
    allowed = known[found.name]
    return [
        _unknown(found.line, mark('"{within}" does not know "{name}"'), key, allowed, within=found.name)
        for key in found.arguments
        if key not in allowed
    ]


_NEAREST = {
    'there is no placeholder "{name}"': mark('there is no placeholder "{name}"; did you mean "{nearest}"?'),
    '"{within}" does not know "{name}"': mark('"{within}" does not know "{name}"; did you mean "{nearest}"?'),
}


def _unknown(line: int, message: str, name: str, valid: Iterable[str], **values: object) -> Notice:
    near = difflib.get_close_matches(name, sorted(valid), n=1, cutoff=0.6)
    if not near:
        return Notice(line, message, {"name": name, **values})
    return Notice(line, _NEAREST[message], {"name": name, "nearest": near[0], **values})
