"""The lists of names in `language/data`, and how words are compared with them: without case, accents and typography."""

from __future__ import annotations

import functools
import unicodedata
from importlib import resources

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "‑": "-"}
)
"""Letters that Unicode does not take apart, and the signs that word processors put in their place."""
_BUILT = (
    "heid",
    "heden",
    "isch",
    "ische",
    "lijk",
    "lijke",
    "atie",
    "aties",
    "schap",
    "iseren",
    "eerd",
    "eerde",
    "ing",
    "ingen",
    "ende",
    "iteit",
    "achtig",
    "achtige",
)
LONGEST = 40
"""No word of a name is longer; anything longer is never compared."""


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The word as the lists know it: "Yılmaz", "YILMAZ" and "yilmaz" are one."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


def word_set(words: str) -> frozenset[str]:
    """Words that stand apart by white space, as a set."""
    return frozenset(words.split())


def _content(name: str) -> str:
    text = resources.files("verhalen.language").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """The folded words of a list whose entries stand apart by white space."""
    return frozenset(fold(word) for word in _content(name).split())


@functools.cache
def phrases_of(name: str) -> frozenset[tuple[str, ...]]:
    """The folded entries of a list that stand apart by commas or line ends, each as its words."""
    entries = _content(name).replace("\n", ",").split(",")
    return frozenset(tuple(fold(word).lstrip("'") for word in entry.split()) for entry in entries if entry.strip())


@functools.cache
def places() -> frozenset[str]:
    """Places of one word."""
    return frozenset(phrase[0] for phrase in phrases_of("places") if len(phrase) == 1)


@functools.cache
def long_places() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Places of several words by their first, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases_of("places"), key=len, reverse=True):
        if len(phrase) > 1:
            found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(each) for first, each in found.items()}


def is_given(key: str) -> bool:
    """Whether a folded word is a first name; of a double name ("Pieter-Jan") the first part is enough."""
    given = words_of("given_names")
    return key in given or ("-" in key and key.split("-", maxsplit=1)[0] in given - words_of("homographs"))


def is_surname(key: str) -> bool:
    """Whether a folded word is a surname; of a double name ("Akkaya-Demir") one part is enough."""
    surnames = words_of("surnames")
    return key in surnames or key.startswith("d'") or ("-" in key and any(part in surnames for part in key.split("-")))


def is_homograph(key: str) -> bool:
    """Whether a name is an everyday word too."""
    return key in words_of("homographs")


def is_no_name(key: str) -> bool:
    """Whether a capital is nothing special on this word: a language, a country, a feast, a brand, a role."""
    return key in words_of("not_names")


@functools.lru_cache(maxsize=200_000)
def is_common(key: str) -> bool:
    """Whether Dutch knows the word, also as two known words in one ("huisbezoek")."""
    if is_single(key):
        return True
    parts = (key.partition("'")[0], key.rpartition("-")[2])
    return any(is_common(part) for part in parts if part and part != key) or _joined(key)


def _is_built(key: str) -> bool:
    """Whether a word ends as Dutch builds words, never names."""
    return len(key) > 8 and key.endswith(_BUILT)


def _joined(key: str) -> bool:
    cuts = range(4, len(key) - 3) if len(key) < LONGEST else ()
    return any(_in_dictionary(key[cut:]) and _first_part(key[:cut]) for cut in cuts)


def _first_part(part: str) -> bool:
    return _in_dictionary(part) or (len(part) > 4 and part.endswith("s") and _in_dictionary(part[:-1]))


def is_single(key: str) -> bool:
    """Whether Dutch knows the word as it is; a word made of two known ones may well be a town ("Oudermeer")."""
    return key in words_of("lowercase_talk") or is_homograph(key) or _in_dictionary(key) or _is_built(key)


def is_spelled(word: str) -> bool:
    """Whether the dictionary has the word as it is written, with its accents ("coördinatoren")."""
    return not word.isascii() and _in_dictionary(word.lower())


@functools.lru_cache(maxsize=200_000)
def _in_dictionary(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word, lang="nl"))
