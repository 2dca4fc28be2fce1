"""The numbers of a chart in a Word file, whatever it looks like, and new ones in their place."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass

from verhalen.report.word_xml import Edit, Node, escaped, parse, spliced


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart shows: names of the bars, and per series its name and a number per bar; empty where nothing is drawn."""

    bars: tuple[str, ...]
    series: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def said(self) -> str:
        """All of it in one text, by which a change is noticed."""
        return json.dumps([self.bars, self.series], ensure_ascii=False)

    def same_shape(self, other: Drawn) -> bool:
        """Whether the same bars have the same parts, so that only numbers differ."""
        return self.bars == other.bars and [name for name, _ in self.series] == [name for name, _ in other.series]


def drawn(xml: bytes) -> Drawn:
    """Read a chart part. Raises NotWhatItSays."""
    series = [node for node in parse(xml).walk() if node.tag == "c:ser"]
    bars = _values(series[0].first("c:cat")) if series else ()
    parts = ((_joined(each.first("c:tx")), _values(each.first("c:val"), len(bars))) for each in series)
    return Drawn(bars, tuple(parts))


def _joined(found: Node | None) -> str:
    return " ".join(_values(found))


def _values(found: Node | None, least: int = 0) -> tuple[str, ...]:
    points = [each for each in found.walk() if each.tag == "c:pt"] if found else []
    by_place = {int(each.attributes.get("idx", "0")): _said(each) for each in points}
    return tuple(by_place.get(place, "") for place in range(max([least, *(place + 1 for place in by_place)])))


def _said(point: Node) -> str:
    value = point.first("c:v")
    text = value.text if value else ""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() else text


def with_numbers(xml: bytes, wanted: Drawn) -> bytes:
    """The chart with the numbers of `wanted`, which has its shape; its looks stay."""
    edits = []
    series = [node for node in parse(xml).walk() if node.tag == "c:ser"]
    for each, (_, values) in zip(series, wanted.series, strict=True):
        cache = next(node for node in (each.first("c:val") or each).walk() if node.tag == "c:numCache")
        prefix = xml[cache.start + 1 : cache.start + 3] if xml[cache.start + 1 : cache.start + 3] == b"c:" else b""
        points = b"".join(
            b'<%(p)spt idx="%(i)d"><%(p)sv>%(v)s</%(p)sv></%(p)spt>' % {b"p": prefix, b"i": at, b"v": escaped(value)}
            for at, value in enumerate(values)
            if value
        )
        count = b'<%(p)sptCount val="%(n)d"/>' % {b"p": prefix, b"n": len(values)}
        kept = cache.first("c:formatCode")
        edits.append(Edit(kept.end if kept else cache.inside, cache.after, count + points))
    return spliced(xml, edits)


def emptied(xml: bytes) -> bytes:
    """The chart without its numbers, for a part that stays behind in a file when its picture goes."""
    shown = drawn(xml)
    nothing = tuple((name, ("",) * len(values)) for name, values in shown.series)
    return with_numbers(xml, Drawn(shown.bars, nothing))


def emptied_book(book: bytes) -> bytes:
    """A workbook without cells."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename.startswith("xl/worksheets/"):
                data = _CELLS.sub(b"<sheetData/>", data)
            new.writestr(member, data)
    return made.getvalue()


_CELLS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
