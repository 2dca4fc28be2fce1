"""Plain-language lint of the coordinator's own words: long sentences, passives, abbreviations, causal claims.

Limits and word lists: methods F and D5 (15-20 words per sentence; no causal words without a control group).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.report.plain_words import plain_words
from verhalen.report.sentences import OPEN_PLACE, PLACEHOLDER, Sentence, sentences
from verhalen.report.source import Node, Text, all_words

LONGEST = 20
"""Words per sentence that Wablieft calls readable at most."""

_WORD = re.compile(rf"[\w{PLACEHOLDER}]+(?:[-'’.]\w+)*")
_PREFIX = "(?:aan|achter|af|bij|door|in|mee|na|om|onder|op|over|samen|terug|toe|tegen|uit|vast|voor|weg)?"
_STRONG = (
    "begonnen|begrepen|behouden|bekeken|beschreven|besloten|besproken|bewogen|bewezen|onthouden|ontnomen|"
    "ontslagen|ontvangen|verboden|verbonden|verborgen|vergeleken|vergeten|verkregen|verloren|vermeden|vernomen|"
    "verschoven|vervangen|verwezen|verzonnen|herbekeken|herschreven|herzien"
)
"""Participles on -en without ge-: "begrijpen" and "vertellen" say who does it."""
_WEAK = r"(?:be|ver|ont|her)\w+(?:d|(?:[kfspx]|ch)t)"
"""A participle takes its -t behind a voiceless letter only: "verteld" is one, "vertelt" is not."""
_PARTICIPLE = rf"{_PREFIX}(?:ge\w{{2,}}(?:d|t|en)|{_WEAK}|{_STRONG})"
_PASSIVE = re.compile(
    r"\b(?:word|wordt|worden|werd|werden|(?:is|zijn|was|waren)(?=\b[^.!?]*\bdoor\b))\b", re.IGNORECASE
)
_DONE = re.compile(rf"\b{_PARTICIPLE}\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"(?:gezinnen|gemeenten?|gesprekken|getallen|gebeurtenissen|gevoelens?|gevallen|gebieden|gevolgen|geld|gewicht|"
    r"bedrag|bestand|bericht(?:en)?|beeld(?:en)?|bezoeken|behoeften?|bewoners?|begeleid(?:st)ers?|verband(?:en)?|"
    r"verhaal|verhalen|verschil(?:len)?|vertrouwen|geleden|herfst|hersenen|beleid|gebied|getuigen|openbaar|verleden)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,6}\b")
_KNOWN = frozenset({"TV", "EUR", "BTW", "SMS", "PDF", "EU"})
"""What everybody says by its letters."""
_ROMAN = re.compile(r"[IVX]+")

_CAUSAL = re.compile(
    r"\b(?P<word>effect(?:en)?|dankzij|significante?|bewij(?:st|zen)|bewe(?:es|zen)|"
    r"veroorza(?:akt?|akten?|akte|ken)|als gevolg van|omwille van|zorg(?:t|en|de|den) ervoor|"
    r"^door (?:onze|de) (?:gezins)?(?:coaching|begeleiding|aanpak|werking)|"
    r"(?:leidt|leiden|leidde|leidden|geleid)\b(?=[^.!?]{0,60}\btot\b)|thanks to|leads? to|led to|proves?|proven|significant(?:ly)?)\b",
    re.IGNORECASE,
)


def lint(nodes: Iterable[Node], *, tested: bool = False) -> list[Notice]:
    """What a reader may stumble over, in the order of the lines. Words within quotes are somebody else's: left alone.

    `tested` says that the report prints a statistical test, so that "significant" may be said.
    """
    found: list[Notice] = []
    explained: set[str] = set()
    met: set[str] = set()
    for sentence in sentences(nodes):
        found += _too_long(sentence) + _passive(sentence) + _causal(sentence, tested=tested)
        found += _abbreviations(sentence, explained) + _jargon(sentence, met)
    return sorted(found, key=lambda notice: notice.line or 0)


def _too_long(sentence: Sentence) -> list[Notice]:
    n = len(_WORD.findall(sentence.text))
    if n <= LONGEST:
        return []
    return [Notice(sentence.line, mark("A sentence of {n} words. Can you make two of it?"), {"n": n})]


def _passive(sentence: Sentence) -> list[Notice]:
    verb = _PASSIVE.search(sentence.text)
    done = (match.group() for match in _DONE.finditer(sentence.text))
    if verb is None or all(_NOT_DONE.fullmatch(word) for word in done):
        return []
    message = mark('"{word}" hides who does something. Can you say who?')
    return [Notice(sentence.line, message, {"word": verb.group()})]


def _causal(sentence: Sentence, *, tested: bool) -> list[Notice]:
    message = mark('"{word}" says that something is the cause. Without a comparison group we cannot say that.')
    words = (match["word"] for match in _CAUSAL.finditer(sentence.text))
    return [
        Notice(sentence.line, message, {"word": word})
        for word in words
        if not (tested and word.lower().startswith("significant"))
    ]


def _abbreviations(sentence: Sentence, explained: set[str]) -> list[Notice]:
    """Abbreviations at their first use without brackets near them: `vzw Klaver (VK)` or `VK (vzw Klaver)` explains."""
    if sentence.text.isupper():
        return []
    found = []
    for match in _ABBREVIATION.finditer(sentence.text):
        word = match.group()
        if word in explained or word in _KNOWN or _ROMAN.fullmatch(word):
            continue
        explained.add(word)
        if f"({word})" not in sentence.paragraph and f"{word} (" not in sentence.paragraph:
            found.append(Notice(sentence.line, mark('What does "{word}" mean? Write it in full once.'), {"word": word}))
    return found


def _jargon(sentence: Sentence, met: set[str]) -> list[Notice]:
    """Words of the trade and of the office at their first use, with what everybody says instead."""
    found = []
    pattern, plain = plain_words()
    for match in pattern.finditer(sentence.text):
        word = match.group()
        if word.casefold() not in met:
            met.add(word.casefold())
            message = mark('"{word}" is a word that few people use. Plainer: {plain}.')
            instead = plain(word)
            found.append(Notice(sentence.line, message, {"word": word, "plain": instead}))
    return found


def open_places(nodes: Iterable[Node]) -> list[Notice]:
    """How many places are still to be filled in, and on which lines; nothing where there are none."""
    lines = [
        piece.line
        for words in all_words(nodes)
        for piece in words
        if isinstance(piece, Text)
        for _ in OPEN_PLACE.findall(piece.text)
    ]
    if not lines:
        return []
    if len(lines) == 1:
        return [Notice(lines[0], mark("one place is still to be filled in"))]
    message = mark("{n} places are still to be filled in: lines {lines}")
    return [Notice(lines[0], message, {"n": len(lines), "lines": runs(lines)})]


def runs(lines: Iterable[int]) -> str:
    """Line numbers for people: `4, 7-9`."""
    found: list[list[int]] = []
    for line in sorted(set(lines)):
        if found and line == found[-1][-1] + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found)
