"""Streets and squares with what follows them: "Kerkstraat 12 bus 3, 9000 Gent", "in de kerkstraat", "Grote Markt", "3600 Genk"."""

from __future__ import annotations

import re

from verhalen.language.naming.cover import Cover
from verhalen.language.naming.lists import (
    fold,
    is_common,
    is_given,
    is_no_name,
    is_surname,
    long_places,
    places,
    word_set,
    words_of,
)
from verhalen.language.naming.talk import Talk
from verhalen.model.masking import NameKind

_STREET = re.compile(r"[\w\u0300-\u036f'’-]{5,40}")
_SURE_ENDS = (
    "straat",
    "straatje",
    "laan",
    "steenweg",
    "plein",
    "pleintje",
    "lei",
    "dreef",
    "kaai",
    "steeg",
    "strate",
    "singel",
)
"""Names that end so are streets; those with another ending only with a house number behind."""
_ENDS = (
    *_SURE_ENDS,
    "baan",
    "weg",
    "pad",
    "hof",
    "dijk",
    "wijk",
    "vest",
    "markt",
    "park",
    "ring",
    "brug",
    "poort",
    "gang",
    "berg",
    "heide",
    "akker",
    "veld",
    "rei",
    "boulevard",
    "stroate",
)
_WORDS = word_set(
    "straat laan steenweg plein lei dreef baan kaai weg markt kouter vest ring square boulevard avenue rue chaussée"
)
"""A word of its own behind another: "Gentse Steenweg", "Grote Markt"."""
_NOUNS = word_set(
    "hoofdstraat zijstraat winkelstraat dwarsstraat achterstraat speelstraat leefstraat woonstraat buurtstraat eenrichtingsstraat "
    "doodlopendestraat speelplein schoolplein kerkplein dorpsplein marktplein vliegplein stationsplein "
    "parkeerplein pleintje "
    "vliegtuigbaan loopbaan rijbaan glijbaan autobaan renbaan startbaan landingsbaan busbaan fietsbaan "
    "onderweg snelweg autoweg "
    "autosnelweg voetweg fietsweg spoorweg uitweg omweg landweg veldweg bosweg zandweg gewestweg hoofdweg "
    "toegangsweg doorweg halfweg "
    "fietspad voetpad wandelpad bospad jaagpad zebrapad kerkhof gerechtshof voorhof tuinhof bakhof begijnhof "
    "gezinshof arbeidshof "
    "speelpark pretpark wagenpark marktpark kindermarkt arbeidsmarkt rommelmarkt woningmarkt kerstmarkt "
    "jaarmarkt zondagsmarkt "
    "ophaalbrug voetgangersbrug woonwijk volkswijk achterstandswijk stadspark vakantiepark woonpark speelveld "
    "voetbalveld werkveld "
    "vestiging dierenpark leefwijk sportpark bedrijvenpark allerlei velerlei menigerlei generlei tweeerlei schilderei boerderij"
)
_KNOWN_SMALL = word_set(
    "kerkstraat dorpsstraat schoolstraat stationsstraat nieuwstraat molenstraat veldstraat hoogstraat kapelstraat kasteelstraat"
)
_LEADS = word_set("in op aan uit van naar langs over door tot bij vanuit")
_NUMBER = re.compile(
    r",?[ ](?:nr\.?[ ]?|nummer[ ]|n°[ ]?|huisnummer[ ])?(?:\d{1,4}(?![\d.:/]?\d)(?:[ ]?[a-zA-Z](?!\w))?(?:/\d{1,3})?)"
    r"(?:,?[ ](?:bus|b\.|boîte|bte)[ ]?[\w.]{1,6})?"
)
_TOWN = re.compile(r"(?:,|\n| -| in| te)?\s?(?:B-)?(?<!\d)[1-9]\d{3}(?!\d)[ \u00a0]{1,2}")
_POSTCODE = re.compile(r"(?<![\w./-])(?:B-)?[1-9]\d{3}[ \u00a0]{1,2}(?=[^\W\d_])")
_NAMED = re.compile(r"(?<!\w)(?:[Oo]p ['’]t|[Oo]p het) (Zuid|Eilandje|Zand|Laar|Kiel)(?!\w)")


def find_addresses(talk: Talk, cover: Cover) -> None:
    """Take streets with all that belongs to them, and post codes with their town."""
    for at, key in enumerate(talk.keys):
        if (key.endswith(_ENDS) or key in _WORDS) and len(key) > 3 and _is_street(talk, at):
            first = _beginning(talk, at)
            sure = talk.words[at][0].isupper()
            cover.take(NameKind.ADDRESS, talk.starts[first], _ending(talk, talk.end(at)), sure=sure)
    for match in _POSTCODE.finditer(talk.text):
        if end := _town_end(talk.text, match.end()):
            cover.take(NameKind.ADDRESS, match.start(), end)
    for match in _NAMED.finditer(talk.text):
        cover.take(NameKind.ADDRESS, *match.span(1), sure=False)


def _is_street(talk: Talk, at: int) -> bool:
    word = talk.words[at]
    low = fold(word)
    if low in _WORDS:
        if (
            word[0].isupper()
            and low in ("markt", "kouter", "vest", "vrijdagmarkt")
            and talk.joins(at)
            and talk.key(at - 1) in ("de", "den")
        ):
            return not talk.opens(at)
        return (
            word[0].isupper()
            and talk.is_capital(at - 1)
            and talk.joins(at)
            and not is_no_name(talk.key(at - 1))
            and _may_lead(talk, at - 1)
        )
    if not low.endswith(_ENDS) or not _STREET.fullmatch(low) or low in _NOUNS or is_given(low) or is_surname(low):
        return False
    number = _NUMBER.match(talk.text, talk.stops[at]) is not None
    if word[0].isupper():
        return (low.endswith(_SURE_ENDS) and (not talk.opens(at) or number or not is_common(low))) or (
            number and talk.follows(at) != "," and low not in places() and not talk.is_common(at)
        )
    if not low.endswith(_SURE_ENDS):
        return False
    if low in _KNOWN_SMALL or number:
        return True
    led = talk.key(at - 1) in ("de", "het", "'t", "t", "den") and talk.key(at - 2) in _LEADS
    return led and not _is_plain(low)


def _is_plain(low: str) -> bool:
    """Whether the dictionary itself has the word: "winkelstraat" names no street."""
    import simplemma

    return bool(simplemma.is_known(low, lang="nl"))


def _may_lead(talk: Talk, at: int) -> bool:
    return (
        not talk.opens(at)
        or talk.key(at) in ("grote", "oude", "nieuwe", "lange", "korte", "kleine")
        or not talk.is_common(at)
    )


def _beginning(talk: Talk, at: int) -> int:
    """The first word of a street of several words: "Lange Lozanastraat", "Koningin Astridplein", "Jan Van Rijswijcklaan"."""
    first = at
    if talk.key(at) in _WORDS and talk.key(at - 1) in ("de", "den") and not talk.words[at - 1][0].isupper():
        return at
    while at - first < 4 and talk.joins(first) and talk.is_capital(first - 1):
        if talk.opens(first - 1) and talk.key(first - 1) in words_of("lowercase_talk"):
            break
        if talk.opens(first - 1) and talk.words[first - 1].lower() in _LEADS | {
            "de",
            "het",
            "adres",
            "onze",
            "die",
        }:
            break
        if is_no_name(talk.key(first - 1)) and talk.key(first - 1) not in (
            "koning",
            "koningin",
            "frans",
            "sint",
            "grote",
            "heilig",
        ):
            break
        first -= 1
    return first


def _ending(talk: Talk, stop: int) -> int:
    """Behind the house number, the box and the town."""
    number = _NUMBER.match(talk.text, stop)
    if number:
        stop = number.end()
    town = _TOWN.match(talk.text, stop)
    return (town and _town_end(talk.text, town.end())) or stop


_TOWN_NAME = re.compile(r"[\w\u0300-\u036f'’-]{2,40}(?: [\w\u0300-\u036f'’-]{2,30}){0,2}")


def _town_end(text: str, start: int) -> int | None:
    """Where the town that begins at `start` ends; None when no town stands there."""
    match = _TOWN_NAME.match(text, start)
    if not match:
        return None
    parts = match.group().split(" ")
    keys = tuple(fold(part).lstrip("'") for part in parts)
    for phrase in long_places().get(keys[0], ()):
        if keys[: len(phrase)] == phrase:
            return start + len(" ".join(parts[: len(phrase)]))
    return start + len(parts[0]) if keys[0] in places() else None
