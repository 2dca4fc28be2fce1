"""Small things about XML: names without their namespace, and words that XML can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
ORIGIN = "verhalen"
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def default_space(namespace: str) -> dict[str, str]:
    """The namespace that names without a prefix have."""
    return {None: namespace}  # type: ignore[dict-item]  # lxml's own way to say "no prefix"


def local(element: _Element) -> str:
    """The name of an element whatever its namespace: older files carry older ones. Empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_text(element: _Element, name: str) -> str | None:
    """What stands in the first child of a name; None where there is no such child."""
    for child in element:
        if local(child) == name:
            return child.text or ""
    return None


def writable(text: str) -> str:
    """The text without the few characters that XML has no place for."""
    return _IMPOSSIBLE.sub("", text)


def one_line(text: str) -> str:
    """A name: blanks and line ends become one blank."""
    return " ".join(writable(text).split())
