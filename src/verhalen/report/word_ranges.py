"""What stands between our bookmarks in a Word file, as a reader sees it: deleted words in tracked changes do not count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from verhalen.report.word_xml import Node, parse

NAME = re.compile(r"(vh[0-9a-f]{6})_(\d+)(?:_(\d+)(?:_(\d+)_(\d+))?)?")
"""Report, entry, piece, row and column in the name of a bookmark of ours."""
_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
Place = tuple[int, int]
"""Row and column of a cell as it was built, from 0."""


PieceKind = Literal["words", "heading", "by", "caption", "table", "chart"]
"""`by` is the line below a quote."""
BY = "— "
"""How the line below a quote begins: who said it, and how many say so."""


@dataclass(slots=True, eq=False)
class Letters:
    """The letters of one `w:t`, and where they begin in the words of their range."""

    node: Node
    start: int

    @property
    def stop(self) -> int:
        """One past the last letter."""
        return self.start + len(self.node.text)


@dataclass(slots=True, eq=False)
class Range:
    """What one bookmark holds."""

    name: str
    begin: Node
    finish: Node
    text: str = ""
    letters: list[Letters] = field(default_factory=list)
    runs: list[Node] = field(default_factory=list)
    """In reading order, those that a tracked change deleted among them."""
    chart: Node | None = None
    """The `c:chart` that names the part of a chart."""

    @property
    def row(self) -> Node | None:
        """The row of a table in which it stands."""
        return self.begin.above("w:tr")


@dataclass(slots=True)
class Seen:
    """A paragraph, table or chart that a placeholder wrote, as it stands in a file."""

    number: int
    kind: PieceKind
    words: Range | None = None
    cells: dict[Place, Range] = field(default_factory=dict)


class Words:
    """One XML part of a Word file, and the bookmarks of ours in it."""

    def __init__(self, data: bytes) -> None:
        """Raises NotWhatItSays for what is no sound XML."""
        self.data = data
        self.root = parse(data)
        self.flow = list(self.root.walk())
        self._runs = [node for node in self.flow if node.tag == "w:r"]
        self._begins = [run.start for run in self._runs]
        self.ranges: dict[str, list[Range]] = {}
        """By the name of the bookmark. A text box stands in a file twice, so a name may too."""
        for found in self._bookmarks():
            self._fill(found)
            self.ranges.setdefault(found.name, []).append(found)

    def _bookmarks(self) -> Iterator[Range]:
        waiting: dict[str, Node] = {}
        for node in self.flow:
            if node.tag == "w:bookmarkStart" and NAME.fullmatch(node.attributes.get("w:name", "")):
                waiting[node.attributes.get("w:id", "")] = node
            elif node.tag == "w:bookmarkEnd" and (begin := waiting.pop(node.attributes.get("w:id", ""), None)):
                yield Range(begin.attributes["w:name"], begin, node)

    def _fill(self, found: Range) -> None:
        box, paragraph, said = found.begin.above("w:txbxContent"), None, [""]
        first, last = (bisect_left(self._begins, place) for place in (found.begin.end, found.finish.start))
        for run in self._runs[first:last]:
            if run.above("w:txbxContent") is not box:
                continue  # a box of somebody else that hangs on a letter of ours
            found.runs.append(run)
            if is_deleted(run):
                continue
            here = run.above("w:p")
            said.append("\n" if paragraph not in (None, here) else "")
            paragraph = here
            for child in run.children:
                if child.tag == "w:t":
                    found.letters.append(Letters(child, sum(map(len, said))))
                said.append(child.text if child.tag == "w:t" else _SIGNS.get(child.tag, ""))
            drawn = (each for each in run.walk() if each.tag == "c:chart") if len(run.children) else iter(())
            found.chart = found.chart or next(drawn, None)
        found.text = "".join(said)

    def pieces(self, prefix: str) -> dict[int, list[Seen]]:
        """Per entry of the report `prefix` its pieces, in order; where a name stands twice, the first counts."""
        found: dict[int, dict[int, Seen]] = {}
        for name, ranges in self.ranges.items():
            match = NAME.fullmatch(name)
            if match is None or match[1] != prefix:
                continue
            entry, piece = int(match[2]), int(match[3] or 0)
            seen = found.setdefault(entry, {}).setdefault(piece, Seen(piece, "words"))
            if match[4] is not None:
                seen.kind = "table"
                seen.cells[int(match[4]), int(match[5])] = ranges[0]
            else:
                seen.kind, seen.words = _kind_of(ranges[0]), ranges[0]
        return {entry: [pieces[number] for number in sorted(pieces)] for entry, pieces in found.items()}


def is_deleted(run: Node) -> bool:
    """Whether a tracked change took these words away."""
    return run.above("w:del", "w:moveFrom") is not None


def _kind_of(found: Range) -> PieceKind:
    if found.chart is not None:
        return "chart"
    if is_caption(found):
        return "caption"
    paragraph = found.begin.above("w:p")
    names = (node.attributes.get("w:name", "") for node in (paragraph.walk() if paragraph else ()))
    if any(name.startswith("_Toc") for name in names):
        return "heading"
    return "by" if found.text.startswith(BY) else "words"


def is_caption(found: Range) -> bool:
    """Whether a number that Word counts stands before the words, in the same paragraph."""
    paragraph = found.begin.above("w:p")
    fields = (node for node in (paragraph.walk() if paragraph else ()) if node.tag in ("w:fldSimple", "w:fldChar"))
    return any(node.start < found.begin.start for node in fields)
