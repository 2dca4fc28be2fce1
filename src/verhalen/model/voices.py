"""Which names of speakers may be one person: proposals for somebody to accept or not, never done in silence. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TITLES = frozenset(
    {"mevr", "mw", "mevrouw", "juf", "dhr", "mijnheer", "meneer", "mr", "dr", "drs", "prof", "ir", "ing", "mme", "mrs"}
)
_NUMBERED = re.compile(r"(\D*[^\W\d])[\s_.\-]*0*(\d+)")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in parts."""

    written: str
    words: tuple[str, ...]
    """Bare: without case, accents, points."""
    base: str
    """The bare name without the number behind it."""
    number: str
    """As in "Interviewer 2"; empty in most names."""

    @classmethod
    def of(cls, written: str) -> _Name:
        words = tuple(bare for word in re.split(r"[\s.\-_]+", written) if word and (bare := _bare(word)))
        numbered = _NUMBERED.fullmatch(written.strip())
        return cls(written, words, _bare(numbered[1] if numbered else written), numbered[2] if numbered else "")

    @property
    def initials(self) -> tuple[str, ...]:
        """The letters, if they may be initials: "M.", "E.M."; "EM" too, but not "An", which is a name of her own."""
        first = self.words[0]
        if len(self.words) == 1 and 1 < len(first) <= 3 and self.written.isupper():
            return tuple(first)
        return self.words if all(len(word) == 1 and word.isalpha() for word in self.words) else ()


def likely_same(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs (name, fuller name) that may be one voice, each name once. Where two fuller names fit, nothing is proposed.

    Proposed: the same but for case, accents, points and spaces; an initial ("M." for Mieke, "E.M." for Els Maes); a first
    name ("Els" for Els Maes); a title left out; "Interviewer" beside "Interviewer 1" where there is no second one.
    """
    first_written: dict[str, str] = {}
    for name in names:
        first_written.setdefault(_bare(name), name)
    found = _Fuller([_Name.of(name) for name in first_written.values()])
    pairs = []
    for name in dict.fromkeys(names):
        same = first_written[_bare(name)]
        fuller = found.of(_Name.of(name)) if same == name else [same]
        if len(fuller) == 1:
            pairs.append((name, fuller[0]))
    return pairs


def _bare(name: str) -> str:
    """Without case, accents, points and spaces. Digits stay: R1 is not R2."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum()) or name


class _Fuller:
    """Finds the names for which a shorter one may stand. Looked up by letter and word: a text may have thousands of names."""

    def __init__(self, names: Iterable[_Name]) -> None:
        self._by_letter: dict[str, list[_Name]] = defaultdict(list)
        self._by_word: dict[str, list[_Name]] = defaultdict(list)
        self._by_rest: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        self._numbered: dict[str, list[_Name]] = defaultdict(list)
        for name in names:
            if name.number:
                self._numbered[name.base].append(name)
            elif name.words:
                self._by_letter[name.words[0][0]].append(name)
                self._by_word[name.words[0]].append(name)
                if name.words[0] in _TITLES:
                    self._by_rest[name.words[1:]].append(name)

    def of(self, name: _Name) -> list[str]:
        """Every fuller name; at most two, as two are too many already."""
        if not name.words or name.number:
            return []
        numbered = self._numbered[name.base]
        if len(numbered) > 1 or any(each.number != "1" for each in numbered):
            return []
        found = [*numbered, *self._by_rest[name.words]]
        if name.initials:
            found += _first_two(
                each for each in self._by_letter[name.initials[0]] if _spells(name.initials, each.words)
            )
        if name.words[0] not in _TITLES and len(name.words[0]) > 1:
            found += _first_two(each for each in self._by_word[name.words[0]] if _begins(name.words, each.words))
        return list(dict.fromkeys(each.written for each in found if each.written != name.written))


def _first_two(names: Iterable[_Name]) -> list[_Name]:
    return [name for name, _ in zip(names, range(2), strict=False)]


def _spells(letters: Sequence[str], long: Sequence[str]) -> bool:
    """M for Mieke or Mieke Claes; E M for Els Maes. A name of one letter is nobody's longer name, and a title neither."""
    if len(long[0]) < 2 or long[0] in _TITLES or len(letters) not in (1, len(long)):
        return False
    return all(word.startswith(letter) for letter, word in zip(letters, long, strict=False))


def _begins(short: Sequence[str], long: Sequence[str]) -> bool:
    """Els for Els Maes, and Els M. too."""
    if len(short) > len(long) or tuple(short) == tuple(long):
        return False
    return all(
        word == mine or (len(mine) == 1 and word.startswith(mine))
        for mine, word in zip(short[1:], long[1:], strict=False)
    )
