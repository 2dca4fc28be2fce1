"""The story board: stories with what is known around them, cut down by filters and put in order. Pure; nobody is ranked."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.consent import Purpose
from verhalen.model.selecting import SelectionRound
from verhalen.model.story import Story, Voice

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+")
_COUNTED = re.compile(r"\w+(?:[^\s\w]+\w+)*")
"""A word with what hangs on it: `'t`, `foto's` and `12/03` are one each."""
NONE = "-"
"""The value of a story that has none of its own: no life domain, no moment."""
NEVER, CHOSEN = "never", "chosen"
"""Beside the keys of rounds: in no round at all, chosen in one."""


@dataclass(frozen=True, slots=True)
class InRound:
    """A round that looked at a story. Votes are no part of it."""

    key: str
    title: str
    chosen: bool
    is_open: bool = False
    """Whether the round still goes on."""


@dataclass(frozen=True, slots=True)
class BoardStory:
    """One story of the board."""

    story: Story
    label: str
    """Of the family, as the people here call it."""
    points: tuple[str, ...] = ()
    """What is missing, as marked sentences."""
    rounds: tuple[InRound, ...] = ()
    signals: tuple[str, ...] = ()
    """Keys of the signals that were seen in it."""
    words: int = 0
    told: str = field(default="", repr=False)
    """Every word that can be searched, without case and accents, each after a blank."""

    @property
    def key(self) -> str:
        """`V07`."""
        return self.story.key

    @property
    def day(self) -> dt.date | None:
        """On which it was told, or else written down."""
        return self.story.told or self.story.recorded


class Facet(StrEnum):
    """What a board can be cut down by."""

    DOMAIN = "domain"
    ANSWER = "answer"
    MOMENT = "moment"
    CONSENT = "consent"
    ROUND = "round"
    TODO = "todo"
    LANGUAGE = "language"
    FAMILY = "family"
    RECORDER = "recorder"
    YEAR = "year"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return _LABELS[self]

    def values(self, each: BoardStory) -> tuple[str, ...]:
        """What a story has of it."""
        return _VALUES[self](each)


_LABELS = {
    Facet.DOMAIN: mark("Life domain"),
    Facet.ANSWER: mark("What changed"),
    Facet.MOMENT: mark("Moment"),
    Facet.CONSENT: mark("Consent for reports"),
    Facet.ROUND: mark("Selection round"),
    Facet.TODO: mark("Still to do"),
    Facet.LANGUAGE: mark("Language"),
    Facet.FAMILY: mark("Family"),
    Facet.RECORDER: mark("Written down by"),
    Facet.YEAR: mark("Year"),
}
_VALUES: Mapping[Facet, Callable[[BoardStory], tuple[str, ...]]] = {
    Facet.DOMAIN: lambda each: each.story.domains or (NONE,),
    Facet.ANSWER: lambda each: (each.story.answer.value,),
    Facet.MOMENT: lambda each: (each.story.moment.value if each.story.moment else NONE,),
    Facet.CONSENT: lambda each: (each.story.consent(Purpose.REPORT).value,),
    Facet.ROUND: lambda each: _rounds_of(each.rounds),
    Facet.TODO: lambda each: each.points or (NONE,),
    Facet.LANGUAGE: lambda each: tuple(
        dict.fromkeys(voice.language or NONE for voice in (each.story.voice, *each.story.others))
    ),
    Facet.FAMILY: lambda each: (each.story.family,),
    Facet.RECORDER: lambda each: (each.story.recorder or NONE,),
    Facet.YEAR: lambda each: (str(each.day.year) if each.day else NONE,),
}


def _rounds_of(rounds: tuple[InRound, ...]) -> tuple[str, ...]:
    if not rounds:
        return (NEVER,)
    return (*(each.key for each in rounds), *((CHOSEN,) if any(each.chosen for each in rounds) else ()))


class Order(StrEnum):
    """How the board is sorted. Never by votes: tellers get no grades."""

    DAY = "day"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a board, and how."""

    chosen: Mapping[Facet, str] = field(default_factory=dict)
    """One value for each facet that counts."""
    words: str = ""
    order: Order = Order.DAY
    cards: bool = False

    def with_value(self, facet: Facet, value: str | None) -> View:
        """The same with another value for a facet; None lets it go."""
        chosen = {key: each for key, each in self.chosen.items() if key is not facet}
        return replace(self, chosen=chosen if value is None else {**chosen, facet: value})

    @property
    def is_cut(self) -> bool:
        """Whether something is left out."""
        return bool(self.chosen or self.words.strip())

    def dump(self) -> str:
        """As it is remembered: without the words that were typed and the family, which may not stay after a withdrawal."""
        chosen = {facet.value: value for facet, value in self.chosen.items() if facet is not Facet.FAMILY}
        return json.dumps({"chosen": chosen, "order": self.order.value, "cards": self.cards})


def load_view(kept: str) -> View:
    """From what was remembered; anything that cannot be read gives the board as it is at first."""
    try:
        found = json.loads(kept)
        chosen = {Facet(facet): str(value) for facet, value in found["chosen"].items()}
        return View(chosen, order=Order(found["order"]), cards=bool(found["cards"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return View()


# -- reading -----------------------------------------------------------------------------------------------------------


def board_story(
    story: Story,
    *,
    label: str,
    points: Sequence[str] = (),
    rounds: Iterable[SelectionRound] = (),
    signals: Iterable[str] = (),
) -> BoardStory:
    """A story with what is known around it; `rounds` are those that have it among their candidates."""
    where = tuple(
        InRound(each.key, each.title, any(one.story == story.key for one in each.choices), each.is_open)
        for each in rounds
    )
    return BoardStory(
        story, label, tuple(points), where, tuple(signals), count_words(story.text), searchable(story, label)
    )


def count_words(text: str) -> int:
    """Words as people count them: what stands between blanks and holds a letter or a digit."""
    return len(_COUNTED.findall(text))


def searchable(story: Story, label: str) -> str:
    """All words of a story and its voices, each after a blank."""
    fields = (
        *(story.key, story.family, label, story.title, story.text, story.own_words, story.before, story.now),
        *(story.how, story.why, story.something_else, story.place, story.recorder, story.voice.member),
        *story.changes,
        *(part for voice in story.others for part in _of_voice(voice)),
        *(part for each in story.attachments for part in (each.name, each.described)),
    )
    return "".join(f" {word}" for word in _WORD.findall(_plain(" ".join(fields))))


def _of_voice(voice: Voice) -> tuple[str, ...]:
    return (voice.role, voice.member, voice.text, voice.own_words, voice.recorder)


def _plain(text: str) -> str:
    """Without case and accents."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))


# -- choosing ----------------------------------------------------------------------------------------------------------


def shown(board: Iterable[BoardStory], view: View, *, besides: Facet | None = None) -> list[BoardStory]:
    """The stories that a view shows, in its order; `besides` leaves one facet out of account, to count its values."""
    wanted = [f" {word}" for word in _WORD.findall(_plain(view.words))]
    chosen = [(facet, value) for facet, value in view.chosen.items() if facet is not besides]
    found = [
        each
        for each in board
        if all(word in each.told for word in wanted) and all(value in facet.values(each) for facet, value in chosen)
    ]
    return sorted(found, key=_by_family if view.order is Order.FAMILY else _by_day)


def _by_day(each: BoardStory) -> tuple[object, ...]:
    """The newest first; stories without a day at the end."""
    return (each.day is None, -(each.day.toordinal() if each.day else 0), each.key)


def _by_family(each: BoardStory) -> tuple[object, ...]:
    return (each.label.casefold(), *_by_day(each))


def value_counts(board: Iterable[BoardStory], view: View, facet: Facet) -> dict[str, int]:
    """How many stories each value of a facet would show, what is not said last."""
    counted = Counter(value for each in shown(board, view, besides=facet) for value in facet.values(each))
    return {value: counted[value] for value in sorted(counted, key=lambda value: (value == NONE, value))}


def answer_counts(board: Iterable[BoardStory]) -> dict[str, int]:
    """Good news, bad news, no change: so that one sees at a glance whether bad news has its place."""
    return dict(Counter(each.story.answer.value for each in board))
