"""Which names of speakers may be one person: proposals for somebody to accept or not, never done in silence. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_TITLES = frozenset(
    {"mevr", "mw", "mevrouw", "juf", "dhr", "mijnheer", "meneer", "mr", "dr", "drs", "prof", "ir", "ing", "mme", "mrs"}
)
_NUMBERED = re.compile(r"(\D*[^\W\d])[\s_.\-]*0*(\d+)")


def likely_same(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs (name, fuller name) that may be one voice, each name once. Where two fuller names fit, nothing is proposed.

    Proposed: the same but for case, accents, points and spaces; an initial ("M." for Mieke, "E.M." for Els Maes); a first
    name ("Els" for Els Maes); a title left out; "Interviewer" beside "Interviewer 1" where there is no second one.
    """
    known = list(dict.fromkeys(names))
    first_written: dict[str, str] = {}
    for name in known:
        first_written.setdefault(_bare(name), name)
    one_each = list(first_written.values())
    pairs = []
    for name in known:
        same = first_written[_bare(name)]
        if same != name:
            pairs.append((name, same))
            continue
        fuller = [other for other in one_each if other != name and _may_stand_for(name, other)]
        if len(fuller) == 1 and not _rivals(name, one_each):
            pairs.append((name, fuller[0]))
    return pairs


def _bare(name: str) -> str:
    """Without case, accents, points and spaces. Digits stay: R1 is not R2."""
    letters = unicodedata.normalize("NFD", name.casefold())
    kept = "".join(letter for letter in letters if letter.isalnum())
    return kept or name


def _words(name: str) -> list[str]:
    return [bare for word in re.split(r"[\s.\-_]+", name) if word and (bare := _bare(word))]


def _may_stand_for(name: str, other: str) -> bool:
    """Whether `name` may be a shorter way to write `other`."""
    short, long = _words(name), _words(other)
    if not short or not long or _number(name):
        return False
    if _number(other):
        return _numbered_alone(name, other)
    # "EM" may be Els Maes; "An" is a name of her own.
    letters = list(short[0]) if name.isupper() and len(short) == 1 and len(short[0]) == len(long) <= 3 else short
    return _is_initials(letters, long) or _is_first_name(short, long) or _is_untitled(short, long)


def _number(name: str) -> re.Match[str] | None:
    return _NUMBERED.fullmatch(name.strip())


def _numbered_alone(name: str, other: str) -> bool:
    found = _number(other)
    return bool(found and found[2] == "1" and _bare(found[1]) == _bare(name))


def _rivals(name: str, names: Iterable[str]) -> bool:
    """Whether "Interviewer 2" or the like makes "Interviewer" doubtful."""
    numbered = [found for each in names if (found := _number(each)) and _bare(found[1]) == _bare(name)]
    return len(numbered) > 1


def _is_initials(letters: Sequence[str], long: Sequence[str]) -> bool:
    """M for Mieke; E M for Els Maes. A name of one letter has no longer form in another name of one letter."""
    if any(len(letter) != 1 or not letter.isalpha() for letter in letters) or len(long[0]) < 2:
        return False
    if len(letters) == 1:
        return long[0].startswith(letters[0]) and long[0] not in _TITLES
    return len(letters) == len(long) and all(
        word.startswith(letter) for letter, word in zip(letters, long, strict=True)
    )


def _is_first_name(short: Sequence[str], long: Sequence[str]) -> bool:
    """Els for Els Maes, Els M. for Els Maes; a title alone is nobody's first name."""
    if len(short) > len(long) or short[0] in _TITLES or len(short[0]) < 2 or short[0] != long[0]:
        return False
    rest = zip(short[1:], long[1:], strict=False)
    return list(short) != list(long) and all(
        word == mine or (len(mine) == 1 and word.startswith(mine)) for mine, word in rest
    )


def _is_untitled(short: Sequence[str], long: Sequence[str]) -> bool:
    """Peeters for Dr. Peeters."""
    return len(long) > 1 and long[0] in _TITLES and list(short) == list(long[1:])
