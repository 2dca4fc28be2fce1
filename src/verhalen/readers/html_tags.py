"""Cut a piece of HTML into tags and words in one walk; html.parser takes quadratic time for tags that never close."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30}+)((?:[\s/][^<>]*+)?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]{0,60}+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag; words between tags are plain strings."""

    name: str
    """Lower case; `!` for a remark, and for what stands inside a script or a style sheet."""
    closes: bool
    inside: str
    """Behind the name, as it stands."""

    def attribute(self, name: str) -> str:
        """Its value, or nothing."""
        for match in _ATTRIBUTE.finditer(self.inside):
            if match[1].lower() == name:
                return html.unescape(match[2] or match[3] or match[4] or "")
        return ""


def cut(text: str) -> Iterator[Tag | str]:
    """Tags and words in order, entities read. What is not closed hides nothing: it is words."""
    ends = _Ends(text)
    last = at = 0
    while (start := text.find("<", at)) >= 0:
        at = start + 1
        tag, stop = _tag(text, start, ends)
        if tag is None:
            continue
        yield html.unescape(text[last:start])
        yield tag
        last = at = stop
    yield html.unescape(text[last:])


def _tag(text: str, start: int, ends: _Ends) -> tuple[Tag | None, int]:
    """The tag at `start` and where it ends."""
    if text.startswith("<!--", start):
        stop = ends.behind("-->", start + 4)
        return (Tag("!", False, ""), stop) if stop else (None, start)
    match = _TAG.match(text, start)
    if match is None:
        return None, start
    name = match[2].lower()
    if name in ("script", "style") and not match[1]:
        stop = ends.behind(f"</{name}", match.end())
        stop = ends.behind(">", stop) if stop else 0
        return (Tag("!", False, ""), stop) if stop else (Tag(name, False, match[3]), match.end())
    return Tag(name, bool(match[1]), match[3]), match.end()


class _Ends:
    """Finds ends; one that was not found is not looked for again, so that a thousand beginnings cost one walk."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.absent: set[str] = set()

    def behind(self, end: str, start: int) -> int:
        """Behind the next `end` from `start` on, in letters of either size; 0 where there is none."""
        found = None if end in self.absent else re.compile(re.escape(end), re.IGNORECASE).search(self.text, start)
        if found is None:
            self.absent.add(end)
            return 0
        return found.end()
