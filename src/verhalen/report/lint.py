"""Plain-language lint of the coordinator's own words: long sentences, passives, abbreviations, causal claims.

Limits and word lists: methods F and D5 (15-20 words per sentence; no causal words without a control group).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.report.source import Inserted, Node, Words, all_words

LONGEST = 20
"""Words per sentence that Wablieft calls readable at most."""

_PLACEHOLDER = "\ufffc"
_WORD = re.compile(rf"[\w{_PLACEHOLDER}]+(?:[-'’.]\w+)*")
_SHORTENED = r"(?<!\bbv)(?<!\bbijv)(?<!\bnr)(?<!\bblz)(?<!\bca)(?<!\bdr)(?<!\bmevr)(?<!\bdhr)(?<!\bo\.a)(?<!\bm\.b\.t)(?<!\bi\.p\.v)"
_END = re.compile(rf"(?:{_SHORTENED}\.|[!?…])[\"'”’)]*(?=\s|$)")
_PREFIX = "(?:aan|achter|af|bij|door|in|mee|na|om|onder|op|over|samen|terug|toe|tegen|uit|vast|voor|weg)?"
_PARTICIPLE = rf"{_PREFIX}(?:ge|be|ver|ont|her)\w{{2,}}(?:d|t|en)"
_PASSIVE = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.IGNORECASE)
_DONE = re.compile(rf"\b{_PARTICIPLE}\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"(?:gezinnen|gemeenten?|gesprekken|getallen|gebeurtenissen|gevoelens?|gevallen|gebieden|gevolgen|geld|gewicht|"
    r"bedrag|bestand|bericht(?:en)?|beeld(?:en)?|bezoeken|behoeften?|bewoners?|begeleid(?:st)ers?|verband(?:en)?|"
    r"verhaal|verhalen|verschil(?:len)?|vertrouwen|geleden|herfst|hersenen|beleid|gebied|getuigen|openbaar|verleden)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")
_ROMAN = re.compile(r"[IVX]+")

_CAUSAL = re.compile(
    r"\b(?P<word>effect(?:en)?|dankzij|significante?|bewij(?:st|zen)|bewe(?:es|zen)|"
    r"(?:leidt|leiden|leidde|leidden)\b(?=[^.!?]{0,60}\btot\b)|thanks to|leads? to|led to|proves?|proven|significant(?:ly)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    line: int


def lint(nodes: Iterable[Node], *, tested: bool = False) -> list[Notice]:
    """What a reader may stumble over, in the order of the lines. Words within quotes are somebody else's: left alone.

    `tested` says that the report prints a statistical test, so that "significant" may be said.
    """
    found: list[Notice] = []
    explained: set[str] = set()
    for words in all_words(nodes, quoted=False):
        paragraph = "".join(_plain(piece) for piece in words)
        for sentence in _sentences(paragraph, words):
            found += _too_long(sentence) + _passive(sentence) + _causal(sentence, tested=tested)
            found += _abbreviations(sentence, paragraph, explained)
    return sorted(found, key=lambda notice: notice.line or 0)


def _plain(piece: object) -> str:
    return _PLACEHOLDER if isinstance(piece, Inserted) else str(getattr(piece, "text", ""))


def _sentences(paragraph: str, words: Words) -> Iterator[_Sentence]:
    """The sentences of a paragraph, each with the line where it begins."""
    starts, lines, at = [], [], 0
    for piece in words:
        starts.append(at)
        lines.append(piece.line)
        at += len(_plain(piece))
    begin = 0
    for end in (*(match.end() for match in _END.finditer(paragraph)), len(paragraph)):
        text = paragraph[begin:end]
        if text.strip():
            first = begin + len(text) - len(text.lstrip())
            yield _Sentence(text.strip(), lines[bisect.bisect_right(starts, first) - 1])
        begin = end


def _too_long(sentence: _Sentence) -> list[Notice]:
    n = len(_WORD.findall(sentence.text))
    if n <= LONGEST:
        return []
    return [Notice(sentence.line, mark("A sentence of {n} words. Can you make two of it?"), {"n": n})]


def _passive(sentence: _Sentence) -> list[Notice]:
    verb = _PASSIVE.search(sentence.text)
    done = (match.group() for match in _DONE.finditer(sentence.text))
    if verb is None or all(_NOT_DONE.fullmatch(word) for word in done):
        return []
    message = mark('"{word}" hides who does something. Can you say who?')
    return [Notice(sentence.line, message, {"word": verb.group()})]


def _causal(sentence: _Sentence, *, tested: bool) -> list[Notice]:
    message = mark('"{word}" says that something is the cause. Without a comparison group we cannot say that.')
    words = (match["word"] for match in _CAUSAL.finditer(sentence.text))
    return [
        Notice(sentence.line, message, {"word": word})
        for word in words
        if not (tested and word.lower().startswith("significant"))
    ]


def _abbreviations(sentence: _Sentence, paragraph: str, explained: set[str]) -> list[Notice]:
    """Abbreviations at their first use without brackets near them: `vzw Klaver (VK)` or `VK (vzw Klaver)` explains."""
    if sentence.text.isupper():
        return []
    found = []
    for match in _ABBREVIATION.finditer(sentence.text):
        word = match.group()
        if word in explained or _ROMAN.fullmatch(word):
            continue
        explained.add(word)
        if f"({word})" not in paragraph and f"{word} (" not in paragraph:
            found.append(Notice(sentence.line, mark('What does "{word}" mean? Write it in full once.'), {"word": word}))
    return found
