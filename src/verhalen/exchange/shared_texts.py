"""The texts that the cells of a workbook share: each once, in the order by which cells name them.

The layout is that of ECMA-376, part 1, 18.4 (shared string table).
"""

from __future__ import annotations

import re
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from verhalen import errors

_CHUNK = 1 << 20
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_texts(stream: IO[bytes]) -> list[str]:
    """All texts, without their layout. Raises NotWhatItSays."""
    reading = _Reading()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.heard.append
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise errors.NotWhatItSays from error
    return reading.texts


class _Reading:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.heard: list[str] = []
        self._parts: list[str] = []
        self._phonetic = 0

    def start(self, tag: str, _said: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            self.heard.clear()
        elif tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._phonetic += 1

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            if not self._phonetic:  # how a Japanese word sounds is no part of it
                self._parts += self.heard
        elif tag == "si":
            self.texts.append(unescaped("".join(self._parts)))
        elif tag == "rPh":
            self._phonetic -= 1


def unescaped(text: str) -> str:
    """Signs that XML cannot hold, as they were: `_x000D_` is one (ECMA-376, part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def refuse_doctype(*_: object) -> None:
    """No program writes a document type into a workbook; entities declared there could grow without end."""
    raise errors.NotWhatItSays
