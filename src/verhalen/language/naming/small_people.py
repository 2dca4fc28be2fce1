"""Names of persons without a capital, as speech recognisers write: behind a strong word, or a listed name that Dutch does not know."""

from __future__ import annotations

from collections.abc import Set

from verhalen.language.naming.cover import Cover
from verhalen.language.naming.cues import CUES, DOING, KIN, PARTICLES, TITLES, has_kin, has_title
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
from verhalen.language.naming.people import name_end
from verhalen.language.naming.talk import Talk
from verhalen.model.masking import NameKind

_NEVER = (
    DOING
    | PARTICLES
    | TITLES
    | KIN
    | word_set(
        "ik jij je hij zij ze wij we jullie u uw mijn zijn haar hun en of maar want als dan nog al zo "
        "te in op aan bij met voor door naar toe na "
        "niet geen een wat wie waar hoe dat die dit deze daar hier er nu toen altijd nooit nooit eens weer mee "
        "tegen tot uit over onder zich "
        "van de het den dus ja nee he an jan-met-de-pet noemen heten zeggen hebben waren zijn kunnen gelijk "
        "echt mij me ons eigenlijk gewoon "
        "wil will chance klaar kan door dien daan bang goed samen"
    )
)


def find_small_people(talk: Talk, cover: Cover, names: Set[str]) -> None:
    """Take names without capital; `names` are those found with one in the same text."""
    told = _told(talk, cover)
    listed = {name for name in names if is_given(name) or is_surname(name)}
    again = {name for name in told | listed if len(name) > 2 and not is_homograph(name) and name not in _NEVER}
    given = words_of("given_names")
    wanted = again | given
    for at, key in enumerate(talk.keys):
        if key not in wanted or len(key) < 3 or not talk.words[at][0].islower():
            continue
        strange = not talk.is_common(at)
        repeated = key in again and (key in told or strange)
        if repeated or (key in given and len(key) > 3 and strange and not is_no_name(key) and key not in places()):
            cover.take(NameKind.PERSON, talk.starts[at], talk.end(at), sure=False)


def _told(talk: Talk, cover: Cover) -> set[str]:
    """Take what stands behind a title, a word for a relative, or "heet"; give those words."""
    told: set[str] = set()
    for at, before in enumerate(talk.keys[:-1], start=1):
        if before not in CUES or not talk.words[at][0].islower():
            continue
        last = _after_cue(talk, at)
        if last is not None and cover.take(
            NameKind.PERSON, talk.starts[at], name_end(talk, last), sure=has_title(talk, at)
        ):
            told.add(talk.key(last))
    return told


def _after_cue(talk: Talk, at: int) -> int | None:
    """The last word of a name that a cue announces; None when there is no cue or no name."""
    key = talk.key(at)
    if has_title(talk, at):
        if key in PARTICLES:
            return _with_particles(talk, at)
        strict = talk.key(at - 1) not in TITLES
        return (
            at
            if _can_be_name(key, strict=strict) and (is_given(key) or is_surname(key) or not talk.is_common(at))
            else None
        )
    listed = is_given(key) and not is_homograph(key) and key not in _NEVER and not is_no_name(key)
    return at if has_kin(talk, at) and listed else None


def _can_be_name(key: str, *, strict: bool) -> bool:
    if key in _NEVER or len(key) < 2 or (is_no_name(key) and not is_given(key)):
        return False
    if is_given(key) or (is_surname(key) and not strict):
        return True
    return not is_common(key) and key not in places() and len(key) > 2


def _with_particles(talk: Talk, at: int) -> int | None:
    """A surname of several words: "meneer de clercq", "mevrouw van den broeck"."""
    last = at
    while last < at + 3 and talk.key(last) in PARTICLES and talk.joins(last + 1):
        last += 1
    key = talk.key(last)
    return last if last > at and key not in PARTICLES and (is_surname(key) or not is_common(key)) else None
