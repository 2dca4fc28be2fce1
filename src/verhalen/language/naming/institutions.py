"""Schools and services by name. The word alone ("de school", "het OCMW") identifies nobody; with a name behind it, it does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verhalen.language.naming.cover import Cover
from verhalen.language.naming.cues import TITLES
from verhalen.language.naming.lists import (
    is_common,
    is_given,
    is_homograph,
    is_no_name,
    is_surname,
    phrases_of,
    places,
    word_set,
)
from verhalen.language.naming.talk import Talk
from verhalen.model.masking import NameKind

_SCHOOL_HEADS = word_set(
    "school basisschool kleuterschool lagereschool freinetschool steinerschool methodeschool secundaire "
    "middenschool vbs gbs gvbs vbo sbs bs "
    "college atheneum lyceum instituut internaat campus scholengroep kinderopvang kinderdagverblijf kdv creche "
    "onthaalmoeder peutertuin "
    "hogeschool universiteit academie muziekschool tekenacademie stekelbees buso buo bubao ibo peuterspeelzaal "
    "crèche vrijeschool kta bsgo "
    "kinderkribbe kribbe babyopvang dagopvang"
)
_SERVICE_HEADS = word_set(
    "ocmw clb vclb caw ckg cgg wgc az uz zna vzw asbl npo dienst thuisbegeleidingsdienst jeugddienst "
    "wijkgezondheidscentrum ziekenhuis kliniek "
    "polikliniek revalidatiecentrum woonzorgcentrum wzc rusthuis dienstencentrum buurthuis jeugdhuis jeugdclub "
    "opvangcentrum asielcentrum "
    "vluchthuis inloopcentrum inloophuis inloopteam gezinscoaching gezinshuis leefgroep instelling voorziening "
    "mfc ooc oooc opvoedingswinkel "
    "ontmoetingscentrum buurtwerk straathoekwerk politiezone ggz cpzg psychiatrie revalidatie dagcentrum "
    "thuiszorg gezinszorg zorgcentrum "
    "consultatiebureau kinderpsychiatrie apotheek praktijk groepspraktijk voedselbank sociaal stichting "
    "organisatie vereniging moskee parochie "
    "scouts chiro ksa voetbalclub centrum turnclub zorggroep psychiatrisch thuisbegeleiding"
)
_HOSPITALS = word_set("uza zol zna uzgent uzleuven olvz azm chu uzbrussel")
_SAINT = re.compile(r"(?:sint|st|heilig|heilige|onze-lieve|olv|o\.l\.v)[- ]?\w*")
_SHAPES = (
    "college",
    "atheneum",
    "lyceum",
    "instituut",
    "school",
    "scholen",
    "humaniora",
    "seminarie",
    "lagere",
    "internaat",
)
_LINKS = word_set("van de het der den voor en in op aan 't t l'")
_ARTICLES = word_set("de het 't t den sint st heilig heilige onze-lieve-vrouw")
_ENDS = word_set("ziekenhuis kliniek vzw asbl college atheneum lyceum instituut school basisschool seminarie")
_PLAIN = word_set(
    "vrije gemeentelijke stedelijke koninklijk koninklijke katholieke gemeenschapsschool provinciale lagere"
)
_SIGNS = _SCHOOL_HEADS | _SERVICE_HEADS | _ENDS | _HOSPITALS | word_set("huis go de het den t 't ons ter ten")
_MOST = 6


def find_institutions(talk: Talk, cover: Cover) -> None:
    """Take schools and services that are called by their name."""
    for at, key in enumerate(talk.keys):
        if key not in _SIGNS and not key.endswith(_SHAPES):
            continue
        for named in (_by_head(talk, at), _by_ending(talk, at), _by_shape(talk, at), _by_article(talk, at)):
            if named and cover.take(named.kind, talk.starts[named.first], talk.end(named.last), sure=named.sure):
                break


@dataclass(frozen=True, slots=True)
class _Named:
    """An institution from its first to its last word."""

    kind: NameKind
    first: int
    last: int
    sure: bool = True


def _by_head(talk: Talk, at: int) -> _Named | None:
    """A word for an institution with a name behind it: "basisschool De Regenboog", "OCMW Gent", "Huis van het Kind Heist"."""
    key = talk.key(at)
    if key == "huis" and tuple(talk.key(at + n) for n in (1, 2, 3)) == ("van", "het", "kind"):
        last = _name_end(talk, at + 3)
        return _Named(NameKind.SERVICE, at, last) if last else None
    if key == "go" and talk.follows(at) == "!" and talk.key(at + 1):
        return _go_school(talk, at)
    kind = NameKind.SCHOOL if key in _SCHOOL_HEADS else NameKind.SERVICE if key in _SERVICE_HEADS else None
    if kind is None:
        return None
    end = _name_end(talk, at)
    if end is None or not _is_name(talk, at, end):
        return None
    first = _name_start(talk, at) if key in ("basisschool", "atheneum", "college", "instituut", "school") else at
    return _Named(kind, first, end)


def _is_name(talk: Talk, at: int, end: int) -> bool:
    """Whether the words behind name the institution, and are not somebody who happens to stand there ("de school Mieke")."""
    first = talk.key(at + 1)
    weak = talk.key(at) in (
        "school",
        "dienst",
        "sociaal",
        "instelling",
        "organisatie",
        "onthaalmoeder",
        "praktijk",
        "leefgroep",
        "campus",
        "centrum",
    )
    if weak and first not in _ARTICLES and not first.startswith(("sint-", "st-")):
        return False
    if end == at + 1 and is_given(first) and not is_homograph(first) and first not in places():
        return False
    return any(not is_no_name(talk.key(place)) for place in range(at + 1, end + 1)) or first in places()


def _name_end(talk: Talk, at: int) -> int | None:
    """The last word of the name behind the word at `at`; None when there is none."""
    last, place = None, at + 1
    while place <= at + _MOST and place < len(talk) and (talk.joins(place) or talk.gap(place) in (" & ", " '", " ’")):
        if talk.is_capital(place):
            last = place
        elif talk.key(place) not in _LINKS or talk.key(place) in ("van", "in", "en", "op", "aan", "voor"):
            break
        place += 1
    if last is not None and talk.key(last) in _LINKS | {"sint"} and last == at + 1:
        return None
    if last is not None and is_no_name(talk.key(last)) and last == at + 1 and talk.key(last) not in places():
        return None
    return last


def _name_start(talk: Talk, at: int) -> int:
    """The first word of "Vrije Basisschool De Wegwijzer", "Koninklijk Atheneum Vilvoorde"."""
    first = at
    while (
        at - first < 3
        and talk.joins(first)
        and talk.is_capital(first - 1)
        and talk.key(first - 1) in _PLAIN | {"sint", "heilig"}
    ):
        first -= 1
    return first


def _go_school(talk: Talk, at: int) -> _Named | None:
    """Schools of the GO!: "GO! atheneum Hasselt", "GO! De Bron"."""
    head = at + 1 if talk.key(at + 1) in _SCHOOL_HEADS else at
    if head == at and not talk.is_capital(at + 1):
        return None
    last = at + 1
    while last + 1 < len(talk) and last < at + _MOST and talk.joins(last + 1) and talk.is_capital(last + 1):
        last += 1
    return _Named(NameKind.SCHOOL, at, last) if last > head else None


def _by_article(talk: Talk, at: int) -> _Named | None:
    """An article with a capital inside a sentence, with everyday words behind it: "bij De Sleutel", "op Het Open Poortje"."""
    word = talk.words[at]
    if (
        word not in ("De", "Het", "Den", "'t", "'T", "Ons", "Ter", "Ten")
        or talk.opens(at)
        or talk.key(at - 1) in TITLES
        or talk.is_capital(at - 1)
    ):
        return None
    last = at
    while last < at + 4 and talk.joins(last + 1) and talk.is_capital(last + 1):
        last += 1
    keys = [talk.key(place) for place in range(at + 1, last + 1)]
    if (
        not keys
        or any(is_surname(key) or is_no_name(key) or is_given(key) for key in keys)
        or (talk.key(at), keys[0]) in phrases_of("places")
    ):
        return None
    return _Named(NameKind.SERVICE, at, last, sure=False) if all(map(is_common, keys)) else None


def _by_ending(talk: Talk, at: int) -> _Named | None:
    """A name before the word: "Jessa Ziekenhuis", "De Brug vzw", "Sint-Jozef Klein Seminarie"."""
    key = talk.key(at)
    if (
        key not in _ENDS
        or not talk.joins(at)
        or (talk.words[at][0].islower() and key not in ("vzw", "asbl", "ziekenhuis"))
    ):
        return None
    first = at
    while (
        at - first < 5
        and talk.joins(first)
        and talk.is_capital(first - 1)
        and not (talk.opens(first - 1) and talk.is_common(first - 1) and talk.key(first - 1) not in _ARTICLES)
    ):
        first -= 1
    if talk.key(first) in ("het", "de") and talk.opens(first):
        first += 0 if at - first > 1 and key in ("vzw", "asbl") else 1
    names = [place for place in range(first, at) if talk.key(place) not in _PLAIN and not is_no_name(talk.key(place))]
    kind = NameKind.SERVICE if key in ("ziekenhuis", "kliniek", "vzw", "asbl") else NameKind.SCHOOL
    return _Named(kind, first, at) if names else None


def _by_shape(talk: Talk, at: int) -> _Named | None:
    """A word that is a school's name by itself: "Sint-Jozefscollege", "Heilig-Grafinstituut", "Pitzemburgschool"."""
    word, key = talk.words[at], talk.key(at)
    if key in _HOSPITALS and word.isupper():
        return _Named(NameKind.SERVICE, at, at)
    if not key.endswith(_SHAPES) or key in _SCHOOL_HEADS or key.endswith("scholen"):
        return None
    before = (
        at > 0
        and talk.joins(at)
        and bool(_SAINT.fullmatch(talk.key(at - 1)))
        and talk.key(at - 1) not in ("stil", "stuk")
    )
    if _SAINT.match(key) and ("-" in key or word[0].isupper()):
        return _Named(NameKind.SCHOOL, at - 1 if before else at, at)
    if before:
        return _Named(NameKind.SCHOOL, at - 1, at)
    if word[0].isupper() and not talk.opens(at) and not talk.is_common(at):
        return _Named(NameKind.SCHOOL, at, at)
    return None
