"""Words that were taken out and stand elsewhere in a document too, because somebody copied them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from verhalen.report.typed_quotes import RUN
from verhalen.report.word_file import WordFile
from verhalen.report.word_xml import parse

_WORD = re.compile(r"\w+")


def copies_left(parts: Mapping[str, bytes], taken_out: Iterable[str], file: WordFile) -> bool:
    """Whether so many words in a row that it is no accident still stand in the new file, deleted ones among them."""
    runs = {
        tuple(words[at : at + RUN])
        for text in taken_out
        if (words := _words(text))
        for at in range(len(words) - RUN + 1)
    }
    if not runs:
        return False
    for name in file.parts.names:
        if name.startswith("word/") and name.endswith(".xml") and "/charts/" not in name:
            data = parts.get(name) or file.parts.read(name) or b""
            if any(_holds(paragraph, runs) for paragraph in _paragraphs(data)):
                return True
    return False


def _holds(text: str, runs: set[tuple[str, ...]]) -> bool:
    words = _words(text)
    return any(tuple(words[at : at + RUN]) in runs for at in range(len(words) - RUN + 1))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _paragraphs(data: bytes) -> Iterable[str]:
    if b"<w:p" not in data:
        return
    for node in parse(data).walk():
        if node.tag == "w:p":
            yield "".join(each.text for each in node.walk() if each.tag in ("w:t", "w:delText"))
