r"""A theory of change as one Markdown file: headings are its lines, names in square brackets link them (display J4 of methods.md D1).

    # Gezinnen krijgen weer grip

    ## Er is een dak boven het hoofd [WON] [ld.won]

    Hoe we dat merken: [sociale_balans:huishouden.verblijfplaats]

A name is the key of a life domain, of a code, or of an item (with the key of its instrument before it where two instruments
have one of that name). It stands in the heading or anywhere below it, up to the next heading. `\[` writes a bracket.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.instrument import DomainList, Instrument
from verhalen.model.text import normal_text
from verhalen.readers.content import Tally
from verhalen.readers.decoding import read_text
from verhalen.readers.opening import read_bytes

_T = TypeVar("_T")
USUAL_NAME = "veranderingstheorie.md"
"""Where it is looked for in `codebooks/`."""
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_NAME = re.compile(r"(?<!\\)\[([^\[\]\n]+)\](?![(\[:])")
_TICK = re.compile(r"\s*[-*+][ \t]+\[[ xX]\][ \t]")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class TheoryLine:
    """One line of the theory of change."""

    line: int
    """Of the file, from 1."""
    depth: int
    """1 for the highest heading."""
    title: str
    """Without the names in brackets."""
    domains: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    """Key of the instrument, key of the item."""
    codes: tuple[str, ...] = ()

    @property
    def is_linked(self) -> bool:
        """Whether it names anything itself."""
        return bool(self.domains or self.items or self.codes)


@dataclass(frozen=True, slots=True)
class Theory:
    """The whole of it, in the order of the file."""

    file: str
    lines: tuple[TheoryLine, ...]

    def below(self, line: TheoryLine) -> tuple[TheoryLine, ...]:
        """A line with all lines under its heading: what measures or tells these, does it for the line above too."""
        at = self.lines.index(line)
        found = [line]
        for each in self.lines[at + 1 :]:
            if each.depth <= line.depth:
                break
            found.append(each)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Names:
    """What a name in brackets may mean in this project."""

    domains: frozenset[str]
    codes: frozenset[str]
    items: frozenset[tuple[str, str]]
    instruments: frozenset[str]

    @classmethod
    def of(cls, domains: DomainList, book: Codebook, instruments: Iterable[Instrument]) -> Names:
        """All keys that the project knows."""
        listed = list(instruments)
        return cls(
            domains=frozenset(each.key for each in domains.domains),
            codes=frozenset(code.key for code in book),
            items=frozenset((each.key, item.key) for each in listed for item in each.items),
            instruments=frozenset(each.key for each in listed),
        )

    @property
    def all(self) -> list[str]:
        """Every way in which something can be named."""
        return sorted({*self.domains, *self.codes, *(item for _, item in self.items), *map(":".join, self.items)})


def read_theory(path: Path, names: Names) -> Theory:
    """Read the file and look up every name. Raises UnreadableFile, and BadTheory with the line and the nearest name."""
    file, suffix = normal_text(path.name), path.suffix.lower()
    try:
        if suffix not in (".md", ".markdown"):
            raise errors.UnknownFormat(known=".md")
        text = read_text(read_bytes(path), Tally())
    except errors.UnreadableFile as error:
        error.values = {"file": file, "suffix": suffix or t("without a suffix"), **error.values}
        raise
    return parse_theory(text, names, file=file)


def parse_theory(text: str, names: Names, *, file: str = "") -> Theory:
    """The lines of a text. Raises BadTheory."""
    lines: list[TheoryLine] = []
    for number, written in _prose(text):
        heading = _HEADING.fullmatch(written)
        found = _NAME.findall(_TICK.sub("", written))
        if heading:
            title = " ".join(_NAME.sub("", heading[2]).replace("\\[", "[").replace("\\]", "]").split())
            if not title:
                raise errors.BadTheory(file=file, line=number, problem=t("a heading needs words, not only names"))
            lines.append(TheoryLine(number, len(heading[1]), title))
        elif found and not lines:
            problem = t("a name stands above the first heading; put it below the line that it belongs to")
            raise errors.BadTheory(file=file, line=number, problem=problem)
        for name in found:
            lines[-1] = _linked(lines[-1], name.strip(), names, file=file, number=number)
    if not lines:
        raise errors.BadTheory(file=file, line=1, problem=t("there is no heading: each line of the theory is one"))
    return Theory(file, tuple(lines))


def _prose(text: str) -> Iterable[tuple[int, str]]:
    """Number and words of every line outside code blocks and the head between two lines of dashes."""
    lines = text.split("\n")
    start = 0
    if lines[0].rstrip() == "---":
        start = next((at + 1 for at, line in enumerate(lines) if at and line.rstrip() == "---"), 0)
    fence = ""
    for number, line in enumerate(lines[start:], start + 1):
        if marked := _FENCE.match(line):
            fence = "" if fence == marked[1] else fence or marked[1]
        elif not fence:
            yield number, line


def _linked(line: TheoryLine, name: str, names: Names, *, file: str, number: int) -> TheoryLine:
    if name in names.domains:
        return replace(line, domains=_with(line.domains, name))
    if name in names.codes:
        return replace(line, codes=_with(line.codes, name))
    instrument, colon, item = name.partition(":")
    asked = (instrument.strip(), item.strip()) if colon else ("", name)
    found = sorted(each for each in names.items if each[1] == asked[1] and asked[0] in ("", each[0]))
    if len(found) > 1:
        problem = t(
            "{name} is an item of several instruments; write one of {names}",
            name=name,
            names=", ".join(map(":".join, found)),
        )
        raise errors.BadTheory(file=file, line=number, problem=problem)
    if not found:
        raise errors.BadTheory(file=file, line=number, problem=_unknown(name, names))
    return replace(line, items=_with(line.items, found[0]))


def _with(known: tuple[_T, ...], new: _T) -> tuple[_T, ...]:
    return known if new in known else (*known, new)


def _unknown(name: str, names: Names) -> str:
    by_fold = {each.casefold(): each for each in names.all}
    near = difflib.get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    if near:
        return t(
            '"{name}" is no life domain, item or code here; the nearest is "{nearest}"',
            name=name,
            nearest=by_fold[near[0]],
        )
    return t('"{name}" is no life domain, item or code here; write \\[ for a bracket that is no name', name=name)
