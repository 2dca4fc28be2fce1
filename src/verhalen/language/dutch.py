"""Sentences of Dutch texts, by spaCy's rules; a trained pipeline is used when the user has one installed."""

from __future__ import annotations

import functools
import importlib.util
from typing import TYPE_CHECKING

from verhalen.model.text import Span

if TYPE_CHECKING:
    from spacy.language import Language

TRAINED = ("nl_core_news_lg", "nl_core_news_md", "nl_core_news_sm")
_CHUNK = 100_000
"""spaCy refuses longer texts; paragraphs are handed over one by one and never come near it."""


@functools.cache
def pipeline() -> Language:
    """The Dutch rules for tokens and sentences; loading takes over a second, so call it in the background."""
    import spacy

    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "。", "؟"]})
    return nlp


def trained_pipeline() -> str | None:
    """The best trained Dutch pipeline that the user installed."""
    return next((name for name in TRAINED if importlib.util.find_spec(name)), None)


def sentences(text: str) -> list[Span]:
    """The sentences of a text, without the white space around them; a line break always ends one."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        for piece in range(0, len(line), _CHUNK):
            found.extend(_in_line(line[piece : piece + _CHUNK], start + piece))
        start += len(line) + 1
    return found


def _in_line(line: str, offset: int) -> list[Span]:
    if not line.strip():
        return []
    spans = []
    for sentence in pipeline()(line).sents:
        words = sentence.text
        begin = sentence.start_char + len(words) - len(words.lstrip())
        end = sentence.end_char - (len(words) - len(words.rstrip()))
        if begin < end:
            spans.append(Span(offset + begin, offset + end))
    return spans
