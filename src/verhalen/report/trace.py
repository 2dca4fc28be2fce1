"""What a Word file remembers of where its numbers and quotes came from. No words of anybody, and no names."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from verhalen.errors import NewerReport, NotWhatItSays
from verhalen.report.trace_marks import NAMESPACE
from verhalen.report.word_charts import drawn
from verhalen.report.word_ranges import PieceKind, Place, Range, Seen
from verhalen.report.word_xml import escaped, parse

VERSION = 1
"""Of the layout of our part."""
Kind = Literal["count", "percent", "statistic", "table", "chart", "quote", "story", "words"]
PLAIN = re.compile(r"[\d\s.,:;%()/+–-]{0,40}")
"""A bare number, which tells nobody anything that does not stand in the document."""
_LENGTH = 24


class Stamps:
    """Keyed hashes: whoever has the project knows a value again, and nobody reads it from them."""

    def __init__(self, secret: str) -> None:
        """`secret` is that of the project, in hexadecimal."""
        self._secret = bytes.fromhex(secret)

    def of(self, text: str) -> str:
        """The stamp of a text."""
        digest = hmac.new(self._secret, f"report\n{text}".encode(), hashlib.sha256).hexdigest()
        return f"#{digest[:_LENGTH]}"

    def said(self, text: str) -> str:
        """A bare number as it is, anything else as its stamp."""
        return text if PLAIN.fullmatch(text) else self.of(text)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number in the names of its bookmarks, and what its cells say."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, table or chart of an entry, and what it said when it was built (`Stamps.said`)."""

    number: int
    kind: PieceKind
    said: str = ""
    """Of words, captions and charts."""
    told: str = ""
    """Of the alternative text of a chart."""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One placeholder."""

    id: int
    kind: Kind
    asks: str
    """The placeholder; an argument that would tell which story or family it is stands there as a stamp."""
    alone: bool
    """It stood alone in a paragraph; else within a sentence."""
    bookmark: str
    """The bookmark of its words, or how the names of its bookmarks begin."""
    suppressed: int = 0
    """How many of its numbers are not shown."""
    quotes: tuple[str, ...] = ()
    """Stamps of the fragments and stories that stand there."""
    value: str = ""
    """As printed, of a number within a sentence."""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of it."""

    project: str
    """A hash of the project's id."""
    state: str
    """The newest change of the history that was in it."""
    schema: int
    program: str
    """Version of verhalen."""
    day: str
    audience: str
    prefix: str
    """How the names of the bookmarks of this report begin."""
    source: str = ""
    """Stamp of the name of the report source, under which the ledger of released numbers knows the report."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """The lines at the top of the source, without title and names."""
    titled: bool = False
    """The source gave a title; it stands in the properties of the file, and is not written down twice."""
    template: bool = False
    """Built in a house style of somebody's own."""
    entries: tuple[Entry, ...] = ()
    version: int = VERSION

    def written(self) -> bytes:
        """As a part of a Word file; the same manifest gives the same bytes."""
        content = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)
        start = f'<?xml version="1.0" encoding="UTF-8"?>\n<v:report xmlns:v="{NAMESPACE}" version="{VERSION}">'
        return b"".join((start.encode(), escaped(content), b"</v:report>"))


def read_manifest(xml: bytes) -> Manifest:
    """Raises NotWhatItSays for what is none of ours, NewerReport for one that only a newer verhalen reads."""
    root = parse(xml)
    if root.tag != "v:report":
        raise NotWhatItSays
    try:
        content = json.loads(root.text)
        if int(content["version"]) > VERSION:
            raise NewerReport(version=content["program"])
        return Manifest(**{**content, "entries": tuple(map(_entry, content["entries"]))})
    except (ValueError, KeyError, TypeError):
        raise NotWhatItSays from None


def _entry(content: dict[str, Any]) -> Entry:
    pieces = tuple(map(_piece, content["pieces"]))
    return Entry(**{**content, "quotes": tuple(content["quotes"]), "pieces": pieces})


def _piece(content: dict[str, Any]) -> Piece:
    rows = tuple(Row(each["number"], tuple(each["cells"])) for each in content["rows"])
    return Piece(**{**content, "rows": rows})


Charts = Callable[[str], bytes | None]
"""The part of a chart by its relation."""


def piece_of(seen: Seen, stamps: Stamps, charts: Charts) -> Piece:
    """What is remembered of a piece that stands in a file."""
    if seen.kind == "table":
        return Piece(seen.number, "table", rows=_rows(seen.cells, stamps))
    assert seen.words is not None
    if seen.kind == "chart":
        said, told = chart_said(seen.words, charts), alternative(seen.words)
        return Piece(seen.number, "chart", stamps.of(said), stamps.of(told))
    return Piece(seen.number, seen.kind, stamps.said(seen.words.text))


def _rows(cells: Mapping[Place, Range], stamps: Stamps) -> tuple[Row, ...]:
    rows: dict[int, list[str]] = {}
    for row, column in sorted(cells):
        rows.setdefault(row, []).append(stamps.said(cells[row, column].text))
    return tuple(Row(number, tuple(said)) for number, said in rows.items())


def chart_said(found: Range, charts: Charts) -> str:
    """What a chart in a file shows; empty where its part is gone."""
    xml = charts(found.chart.attributes.get("r:id", "")) if found.chart else None
    return drawn(xml).said if xml else ""


def alternative(found: Range) -> str:
    """The alternative text of the picture in a range."""
    pictures = (node for run in found.runs for node in run.walk() if node.tag == "wp:docPr")
    return next((node.attributes.get("descr", "") for node in pictures), "")
