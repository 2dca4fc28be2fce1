"""Municipalities, their parts and quarters. Everyday words among them ("Mol", "As", "Halle") by capital and the word before."""

from __future__ import annotations

import re

from verhalen.language.naming.cover import Cover
from verhalen.language.naming.cues import PARTICLES, TITLES
from verhalen.language.naming.lists import (
    fold,
    is_given,
    is_homograph,
    is_no_name,
    is_single,
    is_surname,
    long_places,
    places,
    word_set,
)
from verhalen.language.naming.talk import Talk
from verhalen.model.masking import NameKind

_INTO = word_set("in uit naar te richting vanuit nabij regio rond tot via omgeving binnen groot tussen")
"""Before these words a capital names a place, not a person."""
_NEAR = _INTO | word_set("van over door bij langs voorbij tegen centrum dorp stad gemeente deelgemeente station")
_CALLED = word_set("wijk buurt gehucht gemeente deelgemeente dorp stad dorpje stadje tuinwijk volkswijk")
_SIDES = word_set("noord zuid oost west centrum stad station")
_PARTICLES = word_set("van de der den vander vanden el al")
_QUARTER = re.compile(r"(?<!\w)([^\W\d_][\w’'-]{2,30})(?:-?wijk|buurt)(?!\w)")


def find_towns(talk: Talk, cover: Cover) -> None:
    """Take all places."""
    last_taken, first_words, listed = -9, long_places(), places()
    for at, key in enumerate(talk.keys):
        capital = talk.words[at][0].isupper()
        if not key or not (capital or key in listed or key in first_words):
            continue
        long = _long_place(talk, at) if key in first_words else None
        if long and cover.take(NameKind.PLACE, talk.starts[at], talk.end(long), sure=True):
            last_taken = long
        elif capital:
            if _is_town(talk, at, listed=at - last_taken <= 2) and cover.take(
                NameKind.PLACE, talk.starts[at], talk.end(at), sure=not is_homograph(talk.key(at))
            ):
                last_taken = at
        elif _is_small_town(talk, at) and cover.take(NameKind.PLACE, talk.starts[at], talk.end(at), sure=False):
            last_taken = at
    for match in _QUARTER.finditer(talk.text):
        if (
            match.group()[0].isupper()
            and not is_no_name(fold(match.group(1)))
            and ("-wijk" in match.group() or fold(match.group(1)) in places())
        ):
            cover.take(NameKind.PLACE, *match.span(), sure=False)


def _long_place(talk: Talk, at: int) -> int | None:
    """The last word of a place of several words that begins at `at`."""
    for phrase in long_places().get(talk.key(at), ()):
        last = at + len(phrase) - 1
        if last >= len(talk) or not all(talk.joins(place) for place in range(at + 1, last + 1)):
            continue
        if tuple(talk.key(place) for place in range(at, last + 1)) != phrase or not talk.words[last][0].isupper():
            continue
        if talk.words[at][0].isupper() or talk.key(at - 1) in _NEAR:
            return last
    return None


def _is_town(talk: Talk, at: int, *, listed: bool) -> bool:
    key, before = talk.key(at), talk.key(at - 1)
    joined = talk.joins(at)
    if talk.is_capital(at) and joined and before in _CALLED and not is_no_name(key):
        return True
    if _is_foreign(talk, at):
        return True
    if key.startswith(("sint-", "onze-lieve-vrouw")) and key not in places() and talk.is_capital(at):
        return not _is_part_of_name(talk, at)
    if "-" in key and key not in places() and _is_double(talk, at):
        return True
    if key not in places() or is_no_name(key) or (talk.words[at].isupper() and len(key) < 4):
        return False
    opens = talk.opens(at)
    into = joined and not opens and before in _INTO
    if _is_part_of_name(talk, at):
        return False
    if is_given(key):
        return into
    if not is_homograph(key):
        return True
    near = joined and before in _NEAR and not (before != "van" and is_surname(key))
    return not opens and (into or near or listed)


def _is_double(talk: Talk, at: int) -> bool:
    """A place and a part of it: "Gent-Sint-Pieters", "Mechelen-Willebroek"."""
    first = talk.key(at).split("-")[0]
    sure = talk.key(at).rpartition("-")[2] in _SIDES or not is_surname(first)
    plain = first in places() and not (is_homograph(first) or is_given(first))
    return plain and sure and not _is_part_of_name(talk, at)


def _is_foreign(talk: Talk, at: int) -> bool:
    """A word that no list knows behind "in", "uit" or "te": a place we have not heard of."""
    key = talk.key(at)
    if (
        not talk.is_capital(at)
        or not talk.joins(at)
        or talk.key(at - 1) not in ("in", "uit", "te", "vanuit")
        or talk.words[at].isupper()
    ):
        return False
    # Not `talk.is_common`: towns are made of everyday words ("Oudermeer"), and here a capital is no accident.
    known = is_no_name(key) or is_given(key) or is_surname(key) or is_single(key) or key in PARTICLES
    return not known and not talk.opens(at)


def _is_part_of_name(talk: Talk, at: int) -> bool:
    """Whether a person's name goes before or a surname follows: "mevrouw Van Mechelen", "Jan Geel", "Brecht Peeters"."""
    if not talk.joins(at):
        return False
    before = talk.key(at - 1)
    if before in TITLES:
        return is_surname(talk.key(at))
    if talk.words[at - 1][0].isupper() and before in _PARTICLES:
        return not talk.opens(at - 1) or before in ("de", "el", "al", "vander", "vanden")
    if before in _PARTICLES and (
        talk.key(at - 2) == "van" or (talk.joins(at - 1) and talk.is_capital(at - 2) and is_given(talk.key(at - 2)))
    ):
        return True
    named = talk.is_capital(at - 1) and is_given(before) and not is_no_name(before)
    return named and (not talk.opens(at - 1) or not is_homograph(before))


def _is_small_town(talk: Talk, at: int) -> bool:
    """A place without capital, as speech recognisers write: only behind a word that leads to a place."""
    key = talk.key(at)
    if key not in places() or is_homograph(key) or is_given(key):
        return False
    return talk.joins(at) and talk.key(at - 1) in _INTO | {"van"}
