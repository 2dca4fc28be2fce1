"""Places where names stand in a text, as a review holds them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span
from verhalen.privacy.pseudonyms import Key

Part = Literal["text", "title", "speakers", "memos", "file"]
"""Of speakers and memos all in one, line by line."""
_AROUND = 40
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,58}\]")
_COUNTED = re.compile(rf"\[(?:{'|'.join(map(re.escape, NameKind))}) \d{{1,9}}\]")
_LINKED = re.compile(r"\[[^\W_]+ [A-Z]{1,3}\d{2,9}[A-Z]?(?: \d{1,9})?\]")
"""`[moeder G012]`, `[kind G012H 2]`: ours in any case, also when the key that gave it is lost."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text to look at, with what was found in it."""

    text: str
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a name stands."""

    part: Part
    span: Span
    name: str
    """The folded name, which all places of one name share."""
    sure: bool
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """One name with what is proposed for it."""

    name: str
    """As it stands in the text, at its first place."""
    kind: NameKind
    replacement: str = ""
    typed: bool = False
    """Somebody typed the replacement."""


@dataclass(frozen=True, slots=True)
class Context:
    """A place with the words around it, on one line."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How the review stands."""

    places: int
    accepted: int
    guesses: int
    """Places that are a guess, accepted or not."""
    names: int

    @property
    def rejected(self) -> int:
        """Places that stay as they are."""
        return self.places - self.accepted


def context_of(text: str, span: Span) -> Context:
    """A place with some forty characters on both sides, cut between words."""
    before = text[max(0, span.start - _AROUND) : span.start]
    if span.start > _AROUND and not text[span.start - _AROUND - 1].isspace():
        before = before.partition(" ")[2] if " " in before else before
    after = text[span.stop : span.stop + _AROUND]
    if span.stop + _AROUND < len(text) and not text[span.stop + _AROUND].isspace():
        after = after.rpartition(" ")[0] if " " in after else after
    return Context(_line(before), _line(text[span.start : span.stop]), _line(after))


def longest(places: Sequence[Place], found: Sequence[Place], *, shut: Mapping[Part, list[Span]]) -> tuple[Place, ...]:
    """Both together, in order: of two that overlap the longer stays, and of equals the one that was there."""
    order = {part: at for at, part in enumerate(shut)}
    kept: list[Place] = []
    for place in sorted((*places, *found), key=lambda each: (order[each.part], each.span.start, -len(each.span))):
        last = kept[-1] if kept and kept[-1].part == place.part else None
        if _meets(place.span, shut[place.part]):
            continue
        if last is None or not last.span.overlaps(place.span):
            kept.append(place)
        elif len(place.span) > len(last.span):
            kept[-1] = place
    return tuple(kept)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span overlaps one of the others, which are in order and apart."""
    before = bisect_left(others, span.stop, key=lambda each: each.start)
    return before > 0 and others[before - 1].stop > span.start


def placeholders(text: str, key: Key) -> list[Span]:
    """Where replacements of the key stand already: what is masked is not masked again."""
    known = {entry.replacement for entry in key.entries}
    ours = (_COUNTED, _LINKED)
    return [
        Span(match.start(), match.end())
        for match in _BRACKETS.finditer(text)
        if match.group() in known or any(form.fullmatch(match.group()) for form in ours)
    ]


def _line(text: str) -> str:
    return re.sub(r"\s", " ", text)
