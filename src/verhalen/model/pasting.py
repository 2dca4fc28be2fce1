"""Words pasted from another program: what cannot be seen in them goes, what can be seen stays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verhalen.model.text import normal_text

_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Word's own line and page breaks, and Unicode's."""
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
"""Blanks of another width, which search would not take for one."""
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u2060-\u2064\ufeff\ufff9-\ufffc]")
"""Control characters, soft hyphens, blanks of no width, and the place of a picture. What joins emoji, shapes letters or
turns the direction of writing (U+200C to U+200F, U+202A to U+202E, U+2066 to U+2069) has a use, and stays."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Words in the one form in which texts are kept."""

    text: str
    hidden: int
    """How many characters that nobody can see were left out."""


def pasted(raw: str) -> Pasted:
    """Lines, blanks and letters as we keep them; curly quotes, dashes, emoji and all scripts stay as they are."""
    visible, hidden = _HIDDEN.subn("", _SPACES.sub(" ", _BREAKS.sub("\n", raw)))
    return Pasted(normal_text(visible), hidden)
