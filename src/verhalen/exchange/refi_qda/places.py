"""Where a place of ours lies in the text as it goes out: code points as the standard says, or as NVivo counts."""

from __future__ import annotations

import re
from bisect import bisect_left

_WIDE = re.compile("[\n\U00010000-\U0010ffff]")
BOM = "\ufeff"


class Standard:
    """LF, no byte order mark, code points: what the standard says and what we keep ourselves."""

    folder = "sources"

    def __init__(self, text: str) -> None:
        self._text = text

    def at(self, place: int) -> int:
        """The place itself."""
        return place

    def content(self) -> bytes:
        """The file."""
        return self._text.encode("utf-8")


class Nvivo(Standard):
    """A byte order mark that is not counted, CRLF that counts two, and UTF-16 units: measured on exports of NVivo."""

    folder = "Sources"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._wide = [found.start() for found in _WIDE.finditer(text)]

    def at(self, place: int) -> int:
        """One more for each line end and each emoji before it."""
        return place + bisect_left(self._wide, place)

    def content(self) -> bytes:
        """The file."""
        return (BOM + self._text.replace("\n", "\r\n")).encode("utf-8")


PROFILES: dict[str, type[Standard]] = {"standard": Standard, "nvivo": Nvivo}
"""How a project may be written, by the word on the command line."""
