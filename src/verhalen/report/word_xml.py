"""The XML of a Word file with the place of every element in its bytes, so that a change leaves all other bytes as they are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from verhalen.errors import NotWhatItSays

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PREFIXES = {
    W: "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:verhalen:report": "v",
}
_TAG_END = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_OTHER_LETTERS = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Node:
    """An element and where it stands: `start` to `inside` is its first tag, `after` to `end` its last."""

    tag: str
    """With the usual prefix: `w:p`; `x:...` in vocabularies that do not matter here."""
    attributes: dict[str, str]
    parent: Node | None
    start: int
    inside: int
    after: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)
    text: str = ""
    """What stands right within it, where that is kept: in `w:t`, `w:delText`, `c:v`, the title of a file, and our own part."""

    def first(self, *path: str) -> Node | None:
        """The first child by its tag, and so on along `path`."""
        found: Node | None = self
        for tag in path:
            found = next((each for each in found.children if each.tag == tag), None) if found else None
        return found

    def walk(self) -> Iterator[Node]:
        """This element and all within it, in the order in which they begin."""
        yield self
        for child in self.children:
            yield from child.walk()

    def above(self, *tags: str) -> Node | None:
        """The nearest element around it with one of these tags."""
        found = self.parent
        while found is not None and found.tag not in tags:
            found = found.parent
        return found


_KEPT = frozenset(("w:t", "w:delText", "c:v", "dc:title", "v:report"))


def parse(data: bytes) -> Node:
    """The root. Raises NotWhatItSays for anything but sound XML in UTF-8 without a document type."""
    if _OTHER_LETTERS.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise NotWhatItSays
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    root: list[Node] = []
    open_: list[Node] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        given = {_short(key): value for key, value in attributes.items()} if attributes else {}
        node = Node(_short(name), given, open_[-1] if open_ else None, start, _end_of_tag(data, start))
        (open_[-1].children if open_ else root).append(node)
        open_.append(node)

    def finish(_: str) -> None:
        node = open_.pop()
        if data[node.inside - 2 : node.inside] == b"/>":
            node.after = node.end = node.inside
        else:
            node.after = parser.CurrentByteIndex
            node.end = data.index(b">", node.after) + 1

    def say(text: str) -> None:
        if open_ and open_[-1].tag in _KEPT:
            open_[-1].text += text

    def refuse(*_: object) -> None:
        raise NotWhatItSays

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = say, refuse
    try:
        parser.Parse(data, True)
    except ExpatError:
        raise NotWhatItSays from None
    return root[0]


def _end_of_tag(data: bytes, start: int) -> int:
    """One past the `>` of the tag that begins at `start`; an attribute may hold that sign too."""
    end = data.index(b">", start) + 1
    if data.count(b'"', start, end) % 2 or data.count(b"'", start, end) % 2:
        whole = _TAG_END.match(data, start)
        assert whole is not None
        return whole.end()
    return end


@functools.lru_cache(maxsize=4096)
def _short(name: str) -> str:
    uri, blank, local = name.rpartition(" ")
    return f"{_PREFIXES.get(uri, 'x')}:{local}" if blank else local


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes from `start` to `stop` become `new`."""

    start: int
    stop: int
    new: bytes = b""


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with all `edits` made; several at one place come in the order given. An edit within a larger one is lost with it."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.stop > each.start, -each.stop)):
        if edit.start < at:
            continue
        pieces += [data[at : edit.start], edit.new]
        at = edit.stop
    return b"".join((*pieces, data[at:]))


def escaped(text: str) -> bytes:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode("utf-8")
