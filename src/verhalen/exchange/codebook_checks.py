"""What every codebook file must keep to, whether Markdown or CSV: keys, parents, colours, life domains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.exchange.codebook_text import COLOUR
from verhalen.i18n import mark, t
from verhalen.model.codebook import KEY, Code, Codebook, in_tree_order
from verhalen.model.instrument import DomainList
from verhalen.model.patterns import BadPattern, Pattern, read_patterns
from verhalen.model.text import Notice

_REFERENCE = re.compile(r"`([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)`")


@dataclass(frozen=True, slots=True)
class Placed:
    """A code with the line or row where it stands."""

    line: int
    code: Code
    silent: bool = False
    """Whether the file says nothing about its patterns: no field, no column."""


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A codebook as a file gives it."""

    book: Codebook
    notices: list[Notice]
    silent: frozenset[str]
    """Keys of the codes about whose patterns the file says nothing: they keep what they have."""


def bad(file: str, line: int, problem: str) -> errors.BadCodebook:
    """The error for one line; `problem` is in the reader's language, without its full stop."""
    return errors.BadCodebook(file=file, line=line, problem=problem)


def checked_key(file: str, line: int, key: str) -> str:
    """A key that can be typed in queries and stands in tables."""
    if not KEY.fullmatch(key):
        raise bad(file, line, t("{key} is no key: use lower case, digits, dots and underscores", key=key or '""'))
    return key


def checked_colour(file: str, line: int, colour: str) -> str:
    """`#rrggbb`, or nothing."""
    if colour and not COLOUR.fullmatch(colour):
        raise bad(file, line, t("{colour} is no colour; write it as #2f6f9f", colour=colour))
    return colour


def checked_domains(file: str, line: int, written: str, domains: DomainList | None) -> tuple[str, ...]:
    """Keys of life domains with commas between them; each must be in the list where a list is given."""
    keys = tuple(dict.fromkeys(key for key in re.split(r"[,|\s]+", written) if key))
    for key in keys:
        if domains is not None and domains.find(key) is None:
            raise bad(file, line, t("there is no life domain {domain}", domain=key))
    return keys


def checked_patterns(file: str, line: int, written: str) -> tuple[Pattern, ...]:
    """Words, lemmas and phrases with commas between them."""
    try:
        return read_patterns(written)
    except BadPattern as error:
        problem = t('{piece} is no pattern; write huur, lemma:slapen or "op straat"', piece=error.args[0] or '""')
        raise bad(file, line, problem) from error


def whole(file: str, placed: Sequence[Placed]) -> CodebookFile:
    """The codebook in tree order. Refused: a key twice, a parent that is not there, a ring of parents."""
    lines: dict[str, int] = {}
    for each in placed:
        if each.code.key in lines:
            earlier = lines[each.code.key]
            raise bad(file, each.line, t("code {key} stands on line {line} already", key=each.code.key, line=earlier))
        lines[each.code.key] = each.line
    for each in placed:
        if each.code.parent is not None and each.code.parent not in lines:
            raise bad(file, each.line, t("there is no code {key} to stand above this one", key=each.code.parent))
    book = in_tree_order(each.code for each in placed)
    reached = {code.key for code in book}
    for each in placed:
        if each.code.key not in reached:
            raise bad(file, each.line, t("code {key} stands below itself", key=each.code.key))
    silent = frozenset(each.code.key for each in placed if each.silent)
    return CodebookFile(book, list(_dangling(placed, reached)), silent)


def _dangling(placed: Sequence[Placed], known: set[str]) -> Iterable[Notice]:
    for each in placed:
        for text in (each.code.definition, each.code.include, each.code.exclude):
            for other in _REFERENCE.findall(text):
                if other not in known:
                    yield Notice(
                        each.line,
                        mark("Code {key} refers to {other}, which is not in this codebook."),
                        {"key": each.code.key, "other": other},
                    )
