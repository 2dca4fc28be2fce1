"""The text of bytes that were a file once, for who looks through everything that is kept."""

from __future__ import annotations

from verhalen.errors import VerhalenError
from verhalen.readers import KNOWN_SUFFIXES, _reader


def text_again(data: bytes, suffix: str) -> str:
    """The text as the reader of `suffix` sees it; empty where it cannot read these bytes."""
    if suffix not in KNOWN_SUFFIXES:
        return ""
    try:
        return _reader(suffix)(data).text
    except (VerhalenError, ImportError):  # a format whose library is not installed here
        return ""
