"""Whole paragraphs, rows, tables and charts cut out of the draft of today, in the looks that the file has by now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from verhalen.report.comparing import Pair
from verhalen.report.word_edits import Marker, text_xml
from verhalen.report.word_ranges import NAME, Range, Words, is_deleted
from verhalen.report.word_xml import Edit, Node, escaped, spliced

_TRACKED = frozenset(("w:ins", "w:del", "w:trPrChange"))
_DESCRIPTION = re.compile(rb'\sdescr="[^"]*"')


@dataclass(slots=True)
class Looks:
    """How the paragraphs and tables of the draft look in the file: what somebody restyled stays restyled."""

    paragraphs: dict[bytes, bytes] = field(default_factory=dict)
    """Properties in the draft -> properties in the file."""
    table: bytes = b""
    """Properties of one of our tables in the file."""

    def learn(self, pairs: Iterable[Pair], files: Mapping[str, Words], draft: Words) -> None:
        """Look how the pieces that are in both were dressed."""
        for spot in (spot for pair in pairs for spot in pair.spots):
            if spot.fresh is None or not spot.places:
                continue
            part, found = spot.places[0]
            here, there = found.begin.above("w:p"), spot.fresh.begin.above("w:p")
            if here is not None and there is not None:
                self.paragraphs.setdefault(_properties(draft.data, there), _properties(files[part].data, here))
            table = found.begin.above("w:tbl")
            if table is not None and spot.fresh.begin.above("w:tbl") is not None:
                self.table = self.table or _slice(files[part].data, table.first("w:tblPr"))


def _properties(data: bytes, paragraph: Node) -> bytes:
    return _slice(data, paragraph.first("w:pPr"))


def _slice(data: bytes, node: Node | None) -> bytes:
    return data[node.start : node.end] if node else b""


def fragment(draft: Words, node: Node, *, old: str, new: str, looks: Looks, marker: Marker) -> bytes:
    """An element of the draft for the file: bookmarks `old...` become `new...`, all its words a tracked insertion."""
    base = node.start
    numbers: dict[str, int] = {}
    edits: list[Edit] = []
    for each in node.walk():
        if each.tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            edits.append(Edit(each.start, each.end, _bookmark(each, old, new, numbers, marker)))
        elif each.tag == "w:p":
            known = looks.paragraphs.get(_properties(draft.data, each))
            properties = each.first("w:pPr")
            if known is not None and properties is not None:
                edits.append(Edit(properties.start, properties.end, known))
        elif each.tag == "w:tblPr" and looks.table:
            edits.append(Edit(each.start, each.end, looks.table))
        elif each.tag == "w:r" and each.parent is not None and each.parent.tag == "w:p":
            edits.append(Edit(each.start, each.end, marker.inserted(draft.data[each.start : each.end])))
    moved = (Edit(each.start - base, each.stop - base, each.new) for each in edits)
    return spliced(draft.data[node.start : node.end], moved)


def _bookmark(node: Node, old: str, new: str, numbers: dict[str, int], marker: Marker) -> bytes:
    """Only bookmarks of ours go along, under their new names."""
    key, name = node.attributes.get("w:id", ""), node.attributes.get("w:name", "")
    if node.tag == "w:bookmarkStart" and NAME.fullmatch(name):
        numbers[key] = marker.next()
        return b'<w:bookmarkStart w:id="%d" w:name="%s"/>' % (numbers[key], (new + name.removeprefix(old)).encode())
    if node.tag == "w:bookmarkEnd" and key in numbers:
        return b'<w:bookmarkEnd w:id="%d"/>' % numbers[key]
    return b""


def row_like(words: Words, like: Node, texts: Mapping[int, str], *, stem: str, marker: Marker) -> bytes:
    """A new row that looks like `like`: `texts` by column of ours, cells that somebody added stay empty.

    `stem` begins the names of the bookmarks; the column follows.
    """
    data = words.data
    properties = like.first("w:trPr")
    kept = [
        data[each.start : each.end] for each in (properties.children if properties else ()) if each.tag not in _TRACKED
    ]
    made = [b"<w:trPr>", *kept, marker.row_mark(), b"</w:trPr>"]
    for cell in (each for each in like.children if each.tag == "w:tc"):
        column = _column(cell)
        paragraph = cell.first("w:p")
        inside = _properties(data, paragraph) if paragraph else b""
        if column is not None and column in texts:
            looks = next((node for node in cell.walk() if node.tag == "w:r" and not is_deleted(node)), None)
            run = b"<w:r>" + _slice(data, looks.first("w:rPr") if looks else None) + text_xml(texts[column]) + b"</w:r>"
            number = marker.next()
            inside += b'<w:bookmarkStart w:id="%d" w:name="%s"/>' % (number, f"{stem}_{column}".encode())
            inside += marker.inserted(run) + b'<w:bookmarkEnd w:id="%d"/>' % number
        made += [b"<w:tc>", _slice(data, cell.first("w:tcPr")), b"<w:p>", inside, b"</w:p></w:tc>"]
    return b"<w:tr>" + b"".join(made) + b"</w:tr>"


def _column(cell: Node) -> int | None:
    names = (node.attributes.get("w:name", "") for node in cell.walk() if node.tag == "w:bookmarkStart")
    found = next((match for name in names if (match := NAME.fullmatch(name)) and match[5]), None)
    return int(found[5]) if found else None


def holds_others(node: Node, ranges: Iterable[Range]) -> bool:
    """Whether a row or table holds words, pictures or notes beside these ranges."""
    own = {id(each) for found in ranges for run in found.runs for each in run.walk()}
    telling = ("w:t", "w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference")
    return any(each.tag in telling and id(each) not in own for each in node.walk())


def told(words: Words, found: Range, description: str) -> list[Edit]:
    """The alternative text of the picture in a range."""
    picture = next((node for run in found.runs for node in run.walk() if node.tag == "wp:docPr"), None)
    if picture is None:
        return []
    tag = words.data[picture.start : picture.inside]
    said = b' descr="' + escaped(description).replace(b'"', b"&quot;") + b'"'
    if _DESCRIPTION.search(tag):
        new = _DESCRIPTION.sub(lambda _: said, tag, count=1)
    else:
        end = -2 if tag.endswith(b"/>") else -1
        new = tag[:end] + said + tag[end:]
    return [Edit(picture.start, picture.inside, new)]
