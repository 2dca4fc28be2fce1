"""A project of another program, as neutral nouns: the readers yield them, `foreign_storing` takes them in.

Numbers (of texts, codes) are the other program's own. Places count as that program counts; texts are as it keeps them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from verhalen.exchange.refi_qda.code_keys import ForeignCode
from verhalen.model.text import normal_text


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """Words that somebody wrote: a memo, an entry of a journal."""

    body: str
    owner: str = ""
    created: str = ""
    """ISO time; empty where nobody can tell."""


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text with what was said of it as a whole."""

    number: int
    name: str
    raw: str
    memo: ForeignNote
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignCoding:
    """A coded piece of a text."""

    code: int
    """Place of its code in the list of codes, from 0."""
    start: int
    stop: int
    quote: str
    """The words that were coded, as that program kept them; empty where it kept none."""
    memo: ForeignNote


@dataclass(frozen=True, slots=True)
class ForeignAnnotation:
    """A remark at a place of a text."""

    start: int
    stop: int
    note: ForeignNote


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case has this piece of a text."""

    text: int
    start: int
    stop: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ForeignCase:
    """Somebody or something about whom texts are. Its name may be a person's: it is never shown."""

    name: str
    memo: ForeignNote
    attributes: tuple[tuple[str, str], ...] = ()
    links: tuple[CaseLink, ...] = ()


@dataclass(slots=True)
class Tally:
    """What is not kept: a kind of `foreign_discarded` -> how many."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, n: int = 1) -> None:
        """So many more."""
        if n:
            self.counts[kind] += n


class ForeignProject(Protocol):
    """What a reader gives. Texts, codings and annotations come one by one and are never held together."""

    program: str
    stamp: str
    """What tells this project from others of the program, the same in every later copy of it."""
    left_out: Tally
    codes: Sequence[ForeignCode]
    cases: Sequence[ForeignCase]
    journal: Sequence[ForeignNote]

    def count(self) -> int:
        """How many texts there are."""

    def texts(self) -> Iterator[ForeignText]:
        """The texts that have words."""

    def codings(self, number: int) -> Iterator[ForeignCoding]:
        """The codings of a text; the same each time. Counting what is left out is `texts`' work."""

    def annotations(self, number: int) -> Iterator[ForeignAnnotation]:
        """The remarks in a text."""


# -- values as these files have them --------------------------------------------------------------------------------

_VISIBLE = re.compile("[^\\s\ufeff\u200b]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d))?)?")
_OF_R = re.compile(r"[a-z]{3} ([a-z]{3}) +(\d\d?) (\d\d):(\d\d):(\d\d) (\d{4})", re.IGNORECASE)


def has_words(text: str) -> bool:
    """Whether there is anything to read in a text."""
    return _VISIBLE.search(text) is not None


def said(value: object) -> str:
    """A value as words in our form; empty for none."""
    return normal_text(str(value)).strip() if value is not None else ""


def named(value: object) -> str:
    """A name on one line; empty for none."""
    return " ".join(said(value).split())


def whole(value: object) -> int | None:
    """A value as a whole number (RQDA keeps places as `12.0`); None for what is none."""
    try:
        return int(float(str(value)))
    except (ValueError, OverflowError):
        return None


def moment(value: object) -> str:
    """A date as ISO, by the clock of whoever wrote it: these programs keep no time zone. Empty where it is none."""
    text = said(value)
    if found := _ISO.match(text):
        parts = [int(each or 0) for each in found.groups()]
    elif found := _OF_R.fullmatch(text):
        month, day, hour, minute, second, year = found.groups()
        if month.lower() not in _MONTHS:
            return ""
        parts = [int(year), _MONTHS.index(month.lower()) + 1, int(day), int(hour), int(minute), int(second)]
    else:
        return ""
    year, number, day_number, hours, minutes, seconds = parts
    try:
        when = dt.datetime(year, number, day_number, hours, minutes, seconds, tzinfo=dt.UTC)
    except ValueError:
        return ""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
