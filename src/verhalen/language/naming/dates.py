"""Dates of birth: a full date with a word about birth near it, or of many years back. Others say when something happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from verhalen.language.naming.cover import Cover
from verhalen.model.masking import NameKind

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "jan|feb|febr|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
_DATE = re.compile(
    rf"(?<![\d.,/])(?:\d{{1,2}} ?[./\-–] ?\d{{1,2}} ?[./\-–] ?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}|"
    rf"\d{{1,2}}(?:ste|de|e)? (?:{_MONTHS})\.? ?'?\d{{2,4}})(?!\d)(?![./-]\d)",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?<!\w)(?:geboren|geboorte\w{0,12}|geb\.|geb |verjaart|verjaar\w{0,8}|jarig|geboortig|dob)|°", re.IGNORECASE
)
_END = re.compile(r"[!?\n]|\.\s+[A-Z\"“]")
_LONG_AGO = 2015
"""The last year of which a date without a word about birth is a guess."""
_BEFORE, _BEHIND, _FAR = 120, 50, 250
"""How far the word about birth may be, in characters: in the same sentence before or behind, or in what was said just before."""


def find_births(text: str, cover: Cover) -> None:
    """Take dates of birth: sure within one sentence, a guess when the word stands in the sentence or the question before.

    A whole date of many years back is a guess by itself.
    """
    cues = [match.start() for match in _BIRTH.finditer(text)]
    for match in _DATE.finditer(text):
        sure = _is_sure(text, match, cues) if cues else None
        if sure is None and _is_long_ago(match.group()):
            sure = False
        if sure is not None:
            cover.take(NameKind.BIRTH, *match.span(), sure=sure)


def _is_sure(text: str, match: re.Match[str], cues: Sequence[int]) -> bool | None:
    """Whether a word about birth makes this date one, or only perhaps; None where there is none near."""
    near = bisect_left(cues, match.start() - _FAR)
    if near == len(cues) or cues[near] > match.end() + _BEHIND or not _is_date(match.group()):
        return None
    before = text[max(0, match.start() - _FAR) : match.start()]
    here = _last_piece(before[-_BEFORE:])
    behind = text[match.end() : match.end() + _BEHIND]
    end = _END.search(behind)
    if _BIRTH.search(here) or _BIRTH.search(behind[: end.start()] if end else behind):
        return True
    return False if _is_asked(before) else None


def _is_long_ago(text: str) -> bool:
    """Whether it is a whole date of many years back: in talk of today that is mostly when somebody was born."""
    years = [int(number) for number in re.findall(r"\d{4}", text)]
    return bool(years) and 1900 <= years[0] <= _LONG_AGO and _is_date(text)


def _is_asked(before: str) -> bool:
    """Whether a question or an unfinished sentence about birth went before: "En de geboortedatum?"."""
    ends = [match.end() for match in _BIRTH.finditer(before)]
    return bool(ends) and any(sign in before[ends[-1] :] for sign in ("?", "...", "…", ":\n", "op\n"))


def _last_piece(text: str) -> str:
    ends = [match.end() - 1 for match in _END.finditer(text)]
    return text[ends[-1] :] if ends else text


def _is_date(text: str) -> bool:
    """Whether day and month exist; the order of a date with the year in front is month, day."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 3 and numbers[0] > 31:
        return 1900 <= numbers[0] <= 2100 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31
    year = numbers[-1]
    return (
        1 <= numbers[0] <= 31 and (len(numbers) < 3 or 1 <= numbers[1] <= 12) and (year < 100 or 1900 <= year <= 2100)
    )
