"""Names that the project knows, or that the transcript has as speakers: found however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from verhalen.language.naming.cover import Cover
from verhalen.language.naming.cues import PARTICLES
from verhalen.language.naming.lists import (
    LONGEST,
    fold,
    is_common,
    is_given,
    is_homograph,
    is_no_name,
    is_surname,
    word_set,
    words_of,
)
from verhalen.model.masking import NameKind

_PIECE = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*+")
"""Known names are compared without hyphens and apostrophes, so that "Anna's" and "Jan Pieter" need no rule of their own."""
_GAP = re.compile(r"[\s\-‑–'’./+@_()]{0,12}")
_ENDINGS = ("s", "ke", "kes", "eke", "ken", "tje", "tjes", "je", "jes", "ske", "skes")


@dataclass(frozen=True, slots=True)
class _Name:
    """One name to look for."""

    words: tuple[str, ...]
    kind: NameKind
    sure: bool
    careful: bool
    """An everyday word: without a capital it is only a guess, and so are its endings."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names to look for, by their first word, longest first."""

    index: Mapping[str, Sequence[_Name]]
    beginnings: frozenset[str]
    """The first two letters of them all: most words of a text begin otherwise."""

    @classmethod
    def of(cls, names: Iterable[_Name]) -> KnownNames:
        """Put them in order."""
        index: dict[str, list[_Name]] = {}
        for name in sorted(names, key=lambda each: (-len(each.words), not each.sure)):
            index.setdefault(name.words[0], []).append(name)
        return cls(index, frozenset(word[:2] for word in index))


def whole_names(known: Mapping[str, NameKind], speakers: Sequence[str]) -> KnownNames:
    """The project's list as it is written, and what speakers are called: the strongest findings."""
    return KnownNames.of(_whole_names(known, speakers))


def parts_of_names(known: Mapping[str, NameKind], speakers: Sequence[str]) -> KnownNames:
    """The words of persons' names by themselves, as guesses: "Mieke Peeters" is also called Mieke."""
    whole = [name for name in _whole_names(known, speakers) if name.kind is NameKind.PERSON and len(name.words) > 1]
    return KnownNames.of(part for name in whole for part in _parts(name.words))


def find_known(text: str, names: KnownNames, cover: Cover) -> None:
    """Take every known name, the longest at each place."""
    if not names.index:
        return
    pieces = list(_PIECE.finditer(text))
    at = 0
    while at < len(pieces):
        word = pieces[at].group()
        key = fold(word) if len(word) <= LONGEST else ""
        at += _take_at(text, pieces, at, names.index, cover) if key[:2] in names.beginnings else 1


def _take_at(
    text: str, pieces: Sequence[re.Match[str]], at: int, index: Mapping[str, Sequence[_Name]], cover: Cover
) -> int:
    """Take the name that begins at this piece, if one does; give how many pieces to go on."""
    word = pieces[at].group()
    key = fold(word)
    for name in index.get(key, ()):
        last = at + len(name.words) - 1
        if last < len(pieces) and _matches(text, pieces, at, name):
            start, stop = pieces[at].start(), pieces[last].end() - _possessive(pieces[last].group(), name.words[-1])
            sure = name.sure and not (name.careful and word[0].islower())
            if _may_be(word, name) and cover.take(name.kind, start, stop, sure=sure):
                return len(name.words)
    if _is_surname_here(text, pieces, at):
        return 1
    for base, dropped in _bases(key):
        for name in index.get(base, ()):
            if len(name.words) == 1 and _may_bend(word, key, name):
                stop = pieces[at].end() - (dropped == "s")
                if cover.take(name.kind, pieces[at].start(), stop, sure=name.sure and not name.careful):
                    return 1
    return 1


def _is_surname_here(text: str, pieces: Sequence[re.Match[str]], at: int) -> bool:
    """Behind a first name "Wouters" is a surname, and nothing of a Wouter that the project knows."""
    word = pieces[at].group()
    if at == 0 or not word[0].isupper() or text[pieces[at - 1].end() : pieces[at].start()] != " ":
        return False
    before = pieces[at - 1].group()
    return before[0].isupper() and is_given(fold(before)) and is_surname(fold(word))


def _matches(text: str, pieces: Sequence[re.Match[str]], at: int, name: _Name) -> bool:
    for step, wanted in enumerate(name.words[1:], start=1):
        piece, before = pieces[at + step], pieces[at + step - 1]
        if piece.start() - before.end() > 12 or not _GAP.fullmatch(text, before.end(), piece.start()):
            return False
        found = fold(piece.group()) if len(piece.group()) <= LONGEST else ""
        if found != wanted and not (step == len(name.words) - 1 and found == f"{wanted}s"):
            return False
    return True


def _possessive(word: str, wanted: str) -> int:
    return 1 if fold(word) == f"{wanted}s" else 0


def _bases(key: str) -> Iterator[tuple[str, str]]:
    """What a word may be a possessive or a diminutive of: "annes", "jefke", "kimmeke"."""
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 2:
            base = key[: -len(ending)]
            yield base, ending
            if len(base) > 2 and base[-1] == base[-2]:
                yield base[:-1], ending


def _may_be(word: str, name: _Name) -> bool:
    """A part of a name that is an everyday word, and a name of one letter, need a capital."""
    return word[0].isupper() or not word[0].isalpha() or (len(word) > 1 and (name.sure or not name.careful))


def _may_bend(word: str, key: str, name: _Name) -> bool:
    return name.kind is NameKind.PERSON and (word[0].isupper() or not (name.careful or is_common(key) or len(key) < 4))


def _whole_names(known: Mapping[str, NameKind], speakers: Sequence[str]) -> Iterator[_Name]:
    for text, kind in known.items():
        if words := _pieces(text):
            yield _Name(words, kind, sure=True, careful=_is_everyday(words))
    for label in speakers:
        for words in spoken_names(label):
            yield _Name(words, NameKind.PERSON, sure=True, careful=_is_everyday(words))


def _parts(words: Iterable[str]) -> Iterator[_Name]:
    for word in words:
        if len(word) > 2 and word not in PARTICLES and not word.isdigit():
            yield _Name((word,), NameKind.PERSON, sure=False, careful=_is_everyday((word,)))


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(fold(match.group()) for match in _PIECE.finditer(text[:400]))


def _is_everyday(words: Sequence[str]) -> bool:
    return len(words) == 1 and (is_homograph(words[0]) or words[0] in words_of("lowercase_talk") or is_common(words[0]))


def spoken_names(label: str) -> list[tuple[str, ...]]:
    """The names in a speaker's label: none in "INT1" or "Begeleider", Bo in "Mama van Bo", Els Maes in "Els Maes (coach)"."""
    found: list[tuple[str, ...]] = []
    name: list[str] = []
    for match in [*_PIECE.finditer(label[:200]), None]:
        key = fold(match.group()) if match else ""
        particle = key in PARTICLES and bool(name or (match and match.group()[0].isupper()))
        if match and (particle or _is_name_word(match.group(), key) or _is_surname_word(match.group(), key, name)):
            name.append(key)
            continue
        while name and name[-1] in PARTICLES:
            name.pop()
        if name:
            found.append(tuple(name))
        name = []
    return found


def _is_name_word(word: str, key: str) -> bool:
    """A word with a capital (or a label in small letters) that is no role, no number, no code."""
    if len(word) < 2 or any(letter.isdigit() for letter in word) or key in ("int", "resp", "pp", "mod", "obs", "tlk"):
        return False
    if word.isupper() and len(word) < 4 and key not in words_of("given_names"):
        return False
    named = key in words_of("given_names") or key in words_of("surnames")
    if is_no_name(key) and not (key == "frans" or (named and key in words_of("given_names") and key not in _ROLES)):
        return False
    if named and word[0].isupper():
        return key not in _ROLES
    return not is_common(key)


def _is_surname_word(word: str, key: str, name: Sequence[str]) -> bool:
    """Behind a first name in a label any word with a capital is a surname: "Ilse Kwikstaart"."""
    behind = bool(name) and name[-1] not in PARTICLES
    return behind and len(word) > 2 and word.istitle() and not is_no_name(key) and key not in _ROLES


_ROLES = word_set(
    "mama papa mamie papy peter meter coach ouder moeder vader kind mieke-niet broer zus stem spreker man vrouw prof"
)
