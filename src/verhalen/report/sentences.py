"""The sentences of a report source, each with the line where it begins."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verhalen.report.source import Inserted, Node, Words, all_words

PLACEHOLDER = "\ufffc"
"""Stands for what the project fills in."""
OPEN_PLACE = re.compile(r"\[(?:nog in te vullen|to be filled in)[^\]]*\]", re.IGNORECASE)
"""A place that its writer is still to fill; `report new` and the checklists leave them."""
_SHORTENED = (
    r"(?<!\bbv)(?<!\bbijv)(?<!\bnr)(?<!\bblz)(?<!\bca)(?<!\bdr)(?<!\bmevr)(?<!\bdhr)(?<!\bo\.a)(?<!\bm\.b\.t)"
    r"(?<!\bi\.p\.v)(?<!\bart)(?<!\bst)(?<!\be\.a)(?<!\bt\.e\.m)"
)
_END = re.compile(rf"(?:{_SHORTENED}\.|[!?…])[\"'”’)]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as a reader meets it."""

    text: str
    line: int
    paragraph: str
    """All words around it."""


def sentences(nodes: Iterable[Node], *, quoted: bool = False) -> Iterator[Sentence]:
    """Every sentence of headings, paragraphs, items, boxes and cells; `quoted` takes those within asides too."""
    for words in all_words(nodes, quoted=quoted):
        yield from _sentences("".join(_plain(piece) for piece in words), words)


def _plain(piece: object) -> str:
    """The words of a piece; a place that is not filled in yet says nothing."""
    return PLACEHOLDER if isinstance(piece, Inserted) else OPEN_PLACE.sub("", str(getattr(piece, "text", "")))


def _sentences(paragraph: str, words: Words) -> Iterator[Sentence]:
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
            yield Sentence(text.strip(), lines[bisect.bisect_right(starts, first) - 1], paragraph)
        begin = end
