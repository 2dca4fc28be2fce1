"""Look whether one line begins with something that has the shape of a speaker's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from verhalen.model.text import Span
from verhalen.readers.notnames import CLOSERS, HEADERS, NOT_NAMES, OPENERS, PARTICLES, TITLES
from verhalen.readers.times import IN_WORDS, enclosed_time_at, time_at

Style = Literal["colon", "bare", "own", "tab", "header"]
"""`Anna: ...`, marked `[Anna] ...`, `Anna` on a line of its own, `Anna<tab>...`, and `Datum: ...`, which is no name."""

_REACH = 160
"""A label with its number and times ends within so many characters: no line is searched further, however long."""
_LONGEST = 40
_MOST_WORDS = 5

# Every repetition is possessive (`*+`): the expression never goes back, so a hostile line costs no more than its length.
_BLANK = "(?:[^\\S\\n]|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff])*+"
_TIME = (
    r"[\[(<#]?+\s?+\d{1,3}:\d{1,2}(?::\d{1,2})?+(?:[.,-]\d{1,3}(?![\d:]))?+"
    rf"(?:\s?(?:-->|-|–|—)\s?[\d:.,]{{4,14}}+)?+(?:\s?[\])>#])?+|{IN_WORDS}"
)
_LETTERS = rf"(?!\d{{1,3}}:\d|{IN_WORDS})[^\s:：;,!?…\"“”„«»()\[\]{{}}<>#|=*]{{1,60}}+"
_NAME = rf"{_LETTERS}(?:[^\S\n\t]++{_LETTERS})*+(?:[^\S\n\t]*+\((?![\d\s]*:)[^()\n:]{{1,40}}\))?+"
_LABEL = re.compile(
    rf"""
    {_BLANK} (?: (?: \d{{1,5}}+ (?: [.)](?![\d:]) | \t | [^\S\n][^\S\n] ) | [-–—•*](?=[^\S\n]) | >{{2,3}} ) {_BLANK} )?+
    (?P<before> {_TIME} )?+ {_BLANK} (?: [-–—|] {_BLANK} )?+
    (?P<opened> \*{{1,3}}+ | __ )?+ {_BLANK}
    (?P<inside> {_TIME} )?+ {_BLANK}
    (?: \[ (?P<bracketed> [^\[\]\n:]{{1,44}}+ ) \] | (?P<name> {_NAME} ) )
    (?P<gap> {_BLANK} )
    (?P<closed> \*{{1,3}}+ | __ )?+ {_BLANK}
    (?P<after> {_TIME} )?+ {_BLANK}
    (?P<colon> [:：] (?![\d/\\:：]) )?+
    """,
    re.VERBOSE,
)
_CLOSING = re.compile(rf"{_BLANK}(?:\*{{1,3}}+|__)")
_BLANKS = re.compile(_BLANK)
_NO_NAMES = NOT_NAMES - HEADERS
_SIGN = re.compile("[:：*_\\[\\t]")
_NUMBER_BEHIND = re.compile(r"[\s_]*\d+$")
_COUNTED = re.compile(r"\d{1,5}+\s++(?=[^\W\d_])")
_CHAT = re.compile(r"(?:From|Van)\s++(?P<who>\S.*?)(?P<whom>\s+(?:to|aan)\s+\S.*)?")
"""How Zoom writes who sends: `10:02:01 From Anna to Everyone:`."""
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+")


@dataclass(frozen=True, slots=True)
class LineAt:
    """Which line it is, as a label keeps it."""

    line: int
    """From 1, blank lines counted."""
    nth: int
    """Which of the lines that are not blank, from 1."""
    paragraph: int
    """Which paragraph, from 1."""
    opens: bool
    """Whether the line begins a paragraph: the first line, or one below a blank line."""


@dataclass(frozen=True, slots=True)
class Label:
    """A possible name at the beginning of a line."""

    name: str
    style: Style
    start: int
    """Where the turn before ends: the beginning of the line, or of a line with only a time above it."""
    stop: int
    """Where the words begin, blanks not yet skipped."""
    time_ms: int | None
    strong: bool
    """Bold, bracketed or with a time in brackets: nobody writes that by accident."""
    at: LineAt

    @property
    def key(self) -> str:
        """What makes two labels one voice: case, a remark in brackets and a last point do not count."""
        return base_name(self.name).casefold().rstrip(".")

    @property
    def proper(self) -> bool:
        """Whether every word begins as names do, and it is not only a number."""
        words = base_name(self.name).split()
        plain = all(
            not word[0].islower() or word in PARTICLES or word.startswith("d'") or _is_title(word) for word in words
        )
        return plain and not self.weak and any(letter.isalpha() for letter in self.name)

    @property
    def weak(self) -> bool:
        """Whether it begins with a small letter that no title ("dr. Maes") explains."""
        first, *more = self.name.split()
        return first[0].islower() and not (more and _is_title(first))


def _is_title(word: str) -> bool:
    return word.endswith(".") and word[:-1].casefold() in TITLES


def base_name(name: str) -> str:
    """The name without a remark in brackets behind it."""
    return name.split("(", 1)[0].strip() or name


def label_at(text: str, span: tuple[int, int], *, bold: Span | None, at: LineAt) -> Label | None:
    """What the line at `span` begins with, if it has the shape of a label. Whether it is one, the whole text decides."""
    if bold is None and _is_hopeless(text, *span):
        return None
    head = _Head.of(text, span, bold)
    match = _LABEL.match(head.text)
    if match is None:
        return None
    name = _bare_name(match)
    marked = bool(match["bracketed"] or (match["opened"] and match["closed"]))
    end = match.end()
    if match["colon"] and match["opened"] and not match["closed"]:
        closing = _CLOSING.match(head.text, end)
        end, marked = (closing.end(), True) if closing else (end, marked)
    style = _style(match, marked=marked, rest=head.rest(end))
    kind = _kind(name) if style else "no"
    if style is None or kind == "no" or (kind == "header" and style != "colon"):
        return None
    times = [time for group in ("before", "inside", "after") if (time := _time(match[group]))]
    if style == "colon":
        blanks = _BLANKS.match(head.text, end)
        later = enclosed_time_at(head.text, blanks.end() if blanks else end, len(head.text))
        end, times = (later[1], [*times, later]) if later else (end, times)
    return Label(
        name=name,
        style="header" if kind == "header" else style,
        start=span[0],
        stop=head.place(end),
        time_ms=times[0][0] if times else None,
        strong=marked or _time_marks(match, style),
        at=at,
    )


def _bare_name(match: re.Match[str]) -> str:
    """The name without what a program puts before it: a number, or `From` and to whom."""
    name: str = (match["bracketed"] or match["name"]).strip(" _")
    sent = _CHAT.fullmatch(name) if match["before"] and match["colon"] else None
    if sent and (sent["whom"] or match["gap"]):
        return sent["who"]
    counted = _COUNTED.match(name)
    return name[counted.end() :] if counted and name[counted.end()].isupper() else name


def _is_hopeless(text: str, start: int, stop: int) -> bool:
    """Without a sign of a label, nothing but a short line that begins with a capital can be a name: saves most of the time."""
    if _SIGN.search(text, start, min(stop, start + _REACH)):
        return False
    return stop - start > _REACH or text[start:stop].lstrip()[:1].islower()


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a line, with bold shown as `**` so that one expression reads all kinds of marks."""

    text: str
    start: int
    stop: int
    marks: tuple[int, ...]
    """Where `**` was put in, in characters of `text`."""
    line: str
    """The whole text, for looking behind the head."""

    @classmethod
    def of(cls, text: str, span: tuple[int, int], bold: Span | None) -> _Head:
        start, stop = span
        reach = min(stop, start + _REACH)
        if bold is None or not start <= bold.start < reach:
            return cls(text[start:reach], start, stop, (), text)
        before, inside = text[start : bold.start], text[bold.start : min(bold.stop, reach)]
        shown = f"{before}**{inside}"
        if bold.stop > reach:
            return cls(shown, start, stop, (len(before),), text)
        return cls(f"{shown}**{text[bold.stop : reach]}", start, stop, (len(before), len(shown)), text)

    def place(self, at: int) -> int:
        """The position in the whole text of a position in the head."""
        return self.start + at - sum(min(2, at - mark) for mark in self.marks if at > mark)

    def rest(self, at: int) -> bool:
        """Whether something follows on the line."""
        start = self.place(at)
        return bool(self.line[start : min(self.stop, start + 2 * _REACH)].strip())


def _style(match: re.Match[str], *, marked: bool, rest: bool) -> Style | None:
    if match["colon"]:
        return "colon"
    if not rest:
        return "own"
    if marked:
        return "bare"
    if match["opened"] or match["closed"]:
        return None
    if match["after"]:
        return "bare"
    return "tab" if "\t" in match["gap"] else None


def _time_marks(match: re.Match[str], style: Style) -> bool:
    """Whether a time makes the name sure: one in brackets anywhere, a bare one behind a name without colon."""
    found = match["before"] or match["inside"] or match["after"] or ""
    return bool(match["after"] if style in ("own", "bare") else found and not found.lstrip()[0].isdigit())


def _time(found: str | None) -> tuple[int, int] | None:
    return time_at(found, 0, len(found)) if found else None


@lru_cache(maxsize=1024)
def _kind(name: str) -> Literal["name", "header", "no"]:
    base = base_name(name)
    words = base.split()
    if len(name) > _LONGEST or not words or len(words) > _MOST_WORDS or not base[0].isalnum():
        return "no"
    said = base.casefold().rstrip(".")
    if said in HEADERS:
        return "header"
    bare = _NUMBER_BEHIND.sub("", said)
    if (not bare and len(said) > 3) or bare in _NO_NAMES:
        return "no"
    if len(words) > 1 and (words[0].casefold() in OPENERS or words[-1].casefold() in CLOSERS):
        return "no"
    return "name" if all(map(_may_have_its_points, words)) else "no"


def _may_have_its_points(word: str) -> bool:
    """No sentence ends inside a label: a point belongs to an initial or a title."""
    return "." not in word or word.casefold().rstrip(".") in TITLES or bool(_INITIALS.fullmatch(word))
