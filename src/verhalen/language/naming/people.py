"""Names of persons, where capitals are written: the lists, the words around, and what the same text does elsewhere.

Dutch writes nouns small, so a capital inside a sentence is a name unless it is known to be something else. At the beginning of a
sentence a capital says nothing: there only a listed name counts, or an unknown word that does what somebody does.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from verhalen.language.naming.cover import Cover
from verhalen.language.naming.cues import (
    DOING,
    LANGUAGE,
    PARTICLES,
    TITLES,
    does_something,
    has_kin,
    has_title,
    says_something,
)
from verhalen.language.naming.lists import (
    is_common,
    is_given,
    is_homograph,
    is_no_name,
    is_surname,
    places,
    word_set,
    words_of,
)
from verhalen.language.naming.talk import Talk
from verhalen.model.masking import NameKind

_MOST_PARTICLES = 3
_FIRST_WORDS = word_set(
    "dan dien tien ben wil will elke kan can toon onder klaar min lang mei lei maan mate nader zo door an daar"
)
"""Homographs that begin many a sentence, with a verb behind: "Dan zegt ze"."""
_WITHOUT_S = 3
"""A name keeps at least so many letters when a possessive -s is taken off ("Annes")."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A name from its first to its last word."""

    first: int
    last: int
    sure: bool


def find_people(talk: Talk, cover: Cover) -> frozenset[str]:
    """Take all persons written with a capital; give the folded words of their names."""
    reading = _Reading(talk, cover, frozenset())
    met = frozenset(talk.key(person.first) for person in reading.people() if not talk.opens(person.first))
    names: set[str] = set()
    for person in _Reading(talk, cover, met).people():
        stop = name_end(talk, person.last)
        if cover.take(NameKind.PERSON, talk.starts[person.first], stop, sure=person.sure):
            names.update(talk.key(at) for at in range(person.first, person.last + 1))
    return frozenset(names)


def name_end(talk: Talk, at: int) -> int:
    """Where a name ends, without the -s of a possessive ("Zeyneps zus")."""
    end = talk.end(at)
    return (
        end - 1 if end == talk.stops[at] and stem(talk.key(at)) != talk.key(at) and talk.words[at][-1] in "sS" else end
    )


@functools.lru_cache(maxsize=100_000)
def stem(key: str) -> str:
    """A listed first name without its ending: "Kobes", "Jefke", "Kimmeke"; otherwise the word itself."""
    if is_given(key) or is_surname(key) or is_common(key):
        return key
    for ending in ("s", "ke", "kes", "eke", "ken", "je", "tje", "ske"):
        base = key[: -len(ending)]
        if key.endswith(ending) and len(base) >= _WITHOUT_S:
            if is_given(base) and not is_homograph(base):
                return base
            if base[-1] == base[-2] and is_given(base[:-1]) and not is_homograph(base[:-1]):
                return base[:-1]
    return key


class _Reading:
    """One walk over the words with a capital."""

    def __init__(self, talk: Talk, cover: Cover, met: frozenset[str]) -> None:
        self._talk, self._cover = talk, cover
        self._met = met
        """First words of names that stood inside a sentence."""

    def people(self) -> Iterator[_Person]:
        """Every name, in order."""
        at, words = 0, self._talk.words
        while at < len(words):
            person = self._name_at(at) if words[at][0].isupper() else None
            if person:
                yield person
            at = person.last + 1 if person else at + 1

    def _name_at(self, at: int) -> _Person | None:
        """The name that begins with this word, if one does."""
        talk = self._talk
        if not talk.is_capital(at) or not self._cover.is_free(talk.starts[at], talk.stops[at]):
            return None
        if len(talk.words[at]) == 1:
            return self._with_initial(at)
        if talk.key(at) in PARTICLES:
            return self._with_particle(at)
        if not self._begins(at):
            return None
        last = self._surname_end(at)
        return _Person(at, last, self._is_sure(at, last))

    def _with_initial(self, at: int) -> _Person | None:
        """A letter with a point and a surname: "B. Thijs", "K. Van Damme"."""
        talk = self._talk
        if talk.follows(at) != "." or not talk.joins(at + 1):
            return None
        last = self._surname_end(at)
        known = last > at and (is_surname(talk.key(last)) or not talk.is_common(last) or last > at + 1)
        return _Person(at, last, is_surname(talk.key(last))) if known and len(talk.words[last]) > 1 else None

    def _with_particle(self, at: int) -> _Person | None:
        """A surname that begins with a small word: "meneer Van Gorp", "De Clercq heeft"."""
        talk = self._talk
        name = at + 1
        while name - at < _MOST_PARTICLES and talk.joins(name) and talk.key(name) in PARTICLES:
            name += 1
        if not talk.joins(name) or not talk.is_capital(name) or not self._free(name):
            return None
        key = talk.key(name)
        if is_no_name(key) and not (is_surname(key) and has_title(talk, at)):
            return None
        if has_title(talk, at) or has_kin(talk, at):
            return _Person(at, name, True)
        listed = is_surname(key)
        if talk.opens(at):
            own = not is_given(key) and (listed or not (talk.is_common(name) or key in places()))
            label = talk.starts_line(at) and talk.follows(name) == ":"
            good = own and (
                does_something(talk, name) or label or (listed and not is_homograph(key) and key not in places())
            )
            return _Person(at, name, listed) if good else None
        return _Person(at, name, listed) if listed or not talk.is_common(name) else None

    def _begins(self, at: int) -> bool:
        """Whether a name begins with this word."""
        talk, key = self._talk, self._talk.key(at)
        word = talk.words[at]
        titled = has_title(talk, at)
        if key in TITLES and talk.joins(at + 1) and talk.is_capital(at + 1) and key != "peter":
            return False
        if is_no_name(key):
            return (is_given(key) or is_surname(key)) and self._is_called(at, titled=titled)
        if word.isupper() and not (is_given(key) or is_surname(key)):
            return False
        if titled or (has_kin(talk, at) and not talk.is_common(at)):
            return len(key) > 1
        if talk.opens(at):
            return self._opens_with_name(at)
        if is_given(stem(key)) or is_surname(key):
            return not (word.isupper() and is_homograph(key))
        return not talk.is_common(at) and len(key) > 2 and not self._is_plural_people(key)

    def _is_called(self, at: int, *, titled: bool) -> bool:
        """Whether a word that is a language or a feast too ("Frans") is a person here."""
        talk = self._talk
        if talk.joins(at + 1) and talk.is_capital(at + 1) and self._is_surname_at(at + 1):
            return True
        if titled and talk.key(at - 1) not in ("noemt", "noemde", "noemen"):
            return True
        if talk.opens(at):
            return talk.key(at) in self._met and says_something(talk, at)
        kin = has_kin(talk, at) and talk.key(at - 1) not in ("ons", "onze", "kleine")
        return kin or (says_something(talk, at) and talk.key(at - 1) not in LANGUAGE)

    def _opens_with_name(self, at: int) -> bool:
        """Whether a sentence begins with a name here."""
        talk, key = self._talk, self._talk.key(at)
        followed = talk.joins(at + 1) and talk.is_capital(at + 1) and self._is_surname_at(at + 1)
        label = talk.starts_line(at) and talk.follows(at) == ":"
        if is_given(stem(key)):
            return not is_homograph(key) or followed or label or self._word_is_somebody(at)
        if is_surname(key) and not talk.is_common(at):
            return True
        small = _lower_first(talk.words[at]) in talk.written_small
        if small or talk.is_common(at) or len(key) < 3 or self._is_plural_people(key):
            return False
        after = talk.key(at + 1)
        followed = followed and (is_surname(after) or not is_given(after))
        return key in self._met or followed or (label and talk.words[at][1:].islower()) or self._stranger_does(at)

    def _word_is_somebody(self, at: int) -> bool:
        """Whether an everyday word that is a first name too ("Roos") is a name at the beginning of a sentence."""
        talk, key = self._talk, self._talk.key(at)
        if talk.key(at + 1) == "en" and talk.is_capital(at + 2) and is_given(talk.key(at + 2)):
            return True
        if key not in self._met:
            return key not in _FIRST_WORDS and says_something(talk, at)
        alone = not talk.joins(at + 1) and key not in talk.written_small
        return alone or does_something(talk, at)

    def _stranger_does(self, at: int) -> bool:
        """Whether a word that nobody knows does what somebody does: "Xhevahire was te laat."."""
        doing = does_something(self._talk, at)
        vague = self._talk.key(at + 1) in ("en", "ook", "zelf", "kan", "moet", "is")
        return doing and (not vague or len(self._talk.key(at)) > 3)

    def _surname_end(self, at: int) -> int:
        """The last word of the name that begins here."""
        talk, last = self._talk, at
        while last - at < 5:
            name = last + 1
            while name - last <= _MOST_PARTICLES and talk.joins(name) and talk.key(name) in PARTICLES:
                name += 1
            if not talk.joins(name) or not self._is_surname_at(name) or not self._free(name):
                return last
            particled = name > last + 1
            if particled and not self._may_link(last, name):
                return last
            last = name
        return last

    def _may_link(self, last: int, name: int) -> bool:
        """Whether particles lead to a surname: "Jan van den Broeck", not "Bo van Gent"."""
        talk, key = self._talk, self._talk.key(name)
        capital = talk.words[last + 1][0].isupper()
        several = name - last > 2
        if talk.key(last + 1) == "van" and not capital and not several:
            return is_surname(key) and not is_given(key) and key not in places()
        return capital or several or is_surname(key)

    def _is_surname_at(self, at: int) -> bool:
        """Whether this word can stand behind a first name as part of the same name."""
        talk, key = self._talk, self._talk.key(at)
        if talk.opens(at):
            return False
        if talk.words[at][:3] in ("al-", "el-") and talk.words[at][3:4].isupper():
            return True
        if not talk.is_capital(at):
            return False
        if len(talk.words[at]) == 1:
            return talk.follows(at) == "."
        if key in PARTICLES:
            return any(
                talk.joins(place) and talk.is_capital(place) and talk.key(place) not in PARTICLES
                for place in (at + 1, at + 2)
            )
        if is_surname(key):
            return True
        before = talk.key(at - 1)
        behind_first = is_given(before) and not is_homograph(before)
        return not is_no_name(key) and key not in DOING and (behind_first or is_given(key) or not talk.is_common(at))

    def _free(self, at: int) -> bool:
        return self._cover.is_free(self._talk.starts[at], self._talk.stops[at])

    @staticmethod
    def _is_plural_people(key: str) -> bool:
        """Words for many, not for one: "Antwerpenaars", "Montessorischolen"."""
        return key.endswith(("aars", "ers", "isten", "ische", "scholen", "school", "talige")) and not is_surname(key)

    def _is_sure(self, at: int, last: int) -> bool:
        talk, key = self._talk, self._talk.key(at)
        listed = is_given(stem(key)) or is_surname(key)
        if last > at and listed:
            return True
        return has_title(talk, at) or (listed and not is_homograph(key) and key not in words_of("not_names"))


def _lower_first(word: str) -> str:
    return word[:1].lower() + word[1:]
