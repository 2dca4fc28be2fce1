"""Plain text: kept as it stands, letter for letter, in normal form."""

from __future__ import annotations

from verhalen.readers.content import Content, Tally
from verhalen.readers.decoding import read_text


def read_plain(data: bytes) -> Content:
    """Read a .txt file. Raises NotWhatItSays for what is no text."""
    tally = Tally()
    text = read_text(data, tally)
    return Content(text, tally.notices())
