"""New words in a Word file as tracked insertions, cut into its bytes; what stands around them stays byte for byte."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verhalen.report.docx_package import AUTHOR
from verhalen.report.word_ranges import Letters, Range, Words, is_caption, is_deleted
from verhalen.report.word_xml import Edit, Node, escaped

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_NEAR = 3
"""Equal letters between two changes that are too few to be read apart."""
_SIGN = {"\n": b"<w:br/>", "\t": b"<w:tab/>"}


@dataclass(slots=True)
class Marker:
    """Makes tracked changes in the name of the program."""

    day: dt.date
    number: int
    """The last number of a mark that is taken."""
    keeps_old: bool
    """Whether numbers that go stay in the file as tracked deletions. Only within the team: an old number beside a new one tells
    how many families made the difference."""

    def _start(self, tag: str) -> bytes:
        self.number += 1
        date = f"{self.day.isoformat()}T12:00:00Z"
        return f'<w:{tag} w:id="{self.number}" w:author="{AUTHOR}" w:date="{date}">'.encode()

    def inserted(self, inside: bytes) -> bytes:
        """Runs, as a tracked insertion."""
        return self._start("ins") + inside + b"</w:ins>"

    def deleted(self, inside: bytes) -> bytes:
        """Runs with `w:delText`, as a tracked deletion."""
        return self._start("del") + inside + b"</w:del>"

    def row_mark(self) -> bytes:
        """What says in the properties of a row that it is new."""
        return self._start("ins")[:-1] + b"/>"

    def next(self) -> int:
        """A free number, for a bookmark."""
        self.number += 1
        return self.number


def text_xml(text: str, tag: str = "t") -> bytes:
    """Letters, line breaks and tabs as they stand within a run."""
    parts = (part for part in re.split(r"([\n\t])", text) if part)
    return b"".join(_SIGN.get(part) or _letters(part, tag) for part in parts)


def _letters(text: str, tag: str) -> bytes:
    return b'<w:%(t)s xml:space="preserve">%(x)s</w:%(t)s>' % {b"t": tag.encode(), b"x": escaped(text)}


@dataclass(frozen=True, slots=True)
class Swap:
    """Letters `start` to `stop` of a range become `new`."""

    start: int
    stop: int
    new: str


def swaps(old: str, new: str) -> list[Swap]:
    """The words that differ, those with hardly anything between them together."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0]
    for token in before:
        starts.append(starts[-1] + len(token))
    found: list[Swap] = []
    for kind, first, last, begin, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        swap = Swap(starts[first], starts[last], "".join(after[begin:end]))
        if found and swap.start - found[-1].stop <= _NEAR:
            kept = old[found[-1].stop : swap.start]
            swap = Swap(found[-1].start, swap.stop, found.pop().new + kept + swap.new)
        found.append(swap)
    return found


def rewrite(words: Words, found: Range, new: Iterable[Swap], marker: Marker) -> list[Edit]:
    """Make the swaps within a range. Each new word looks like the first of those it replaces."""
    wanted = list(new)
    if not found.letters:
        text = "".join(swap.new for swap in wanted)
        return [Edit(found.begin.end, found.begin.end, _new_run(b"", text, marker))] if text else []
    runs: dict[int, tuple[Node, list[Letters]]] = {}
    for letters in found.letters:
        run = letters.node.parent
        assert run is not None
        runs.setdefault(id(run), (run, []))[1].append(letters)
    given: set[int] = set()
    edits = []
    for run, held in runs.values():
        atoms = {id(each.node): list(_atoms(each, wanted, given, last=found.letters[-1])) for each in held}
        if any(kind != "kept" for each in atoms.values() for kind, _ in each):
            edits.append(Edit(run.start, run.end, _rebuilt(words.data, run, atoms, marker)))
    return edits


def _atoms(letters: Letters, wanted: list[Swap], given: set[int], *, last: Letters) -> Iterator[tuple[str, str]]:
    """What becomes of one text: pieces that are kept, old or new. `given` are the swaps whose new words stand already."""
    text, at = letters.node.text, 0
    for number, swap in enumerate(wanted):
        start, stop = max(swap.start - letters.start, 0), min(swap.stop - letters.start, len(text))
        here = swap.start < letters.stop or (letters is last and swap.start == letters.stop)
        if not here or stop < 0 or (swap.stop <= letters.start and swap.start < swap.stop):
            continue
        if start > at:
            yield "kept", text[at:start]
        at = max(at, stop)
        if stop > start:
            yield "old", text[start:stop]
        if number not in given:
            given.add(number)
            if swap.new:
                yield "new", swap.new
    if at < len(text) or not text:
        yield "kept", text[at:]


def _rebuilt(data: bytes, run: Node, atoms: dict[int, list[tuple[str, str]]], marker: Marker) -> bytes:
    """A run cut in parts, each with the looks of the whole."""
    looks = run.first("w:rPr")
    opening = data[run.start : run.inside] + (data[looks.start : looks.end] if looks else b"")
    plain: list[bytes] = []
    made: list[bytes] = []
    is_within_insertion = run.above("w:ins") is not None

    def close() -> None:
        if plain:
            made.append(opening + b"".join(plain) + b"</w:r>")
            plain.clear()

    for child in run.children:
        if child is looks:
            continue
        for kind, text in atoms.get(id(child), [("raw", "")]):
            if kind == "raw":
                plain.append(data[child.start : child.end])
            elif (kind == "kept" and text) or (kind == "new" and is_within_insertion):
                plain.append(text_xml(text))
            elif kind == "new":
                close()
                made.append(marker.inserted(opening + text_xml(text) + b"</w:r>"))
            elif kind == "old" and marker.keeps_old and text.strip().isdecimal() and not is_within_insertion:
                close()
                made.append(marker.deleted(opening + text_xml(text, "delText") + b"</w:r>"))
    close()
    return b"".join(made)


def _new_run(looks: bytes, text: str, marker: Marker) -> bytes:
    return marker.inserted(b"<w:r>" + looks + text_xml(text) + b"</w:r>")


def blank(found: Range, *, deleted_too: bool = False) -> list[Edit]:
    """Take the letters out of a range, and with `deleted_too` those that a tracked change had deleted."""
    edits = [Edit(letters.node.start, letters.node.end) for letters in found.letters]
    if deleted_too:
        dead = (run for run in found.runs if is_deleted(run))
        edits += [Edit(node.start, node.end) for run in dead for node in run.children if node.tag in _OF_TEXT]
    return edits


_OF_TEXT = frozenset(("w:delText", "w:t"))
_OWN = _OF_TEXT | {"w:r", "w:br", "w:tab", "w:lastRenderedPageBreak"}
_AROUND = frozenset(("w:p", "w:ins", "w:del", "w:proofErr"))


_LABEL = re.compile(r"\s*(?:\w+\s*\d*\s*)?")
"""What stands before the words of a caption: Table 3."""


def holds_only(paragraph: Node, found: Range) -> bool:
    """Whether a paragraph holds nothing but this range: no words, notes or marks of somebody else. A chart in it is ours."""
    if any(node.tag == "w:sectPr" for node in paragraph.walk()):
        return False
    own = {id(node) for run in found.runs for node in run.walk() if found.chart or node.tag in _OWN}
    own |= {id(node) for part in paragraph.walk() if part.tag in ("w:pPr", "w:rPr") for node in part.walk()}
    if is_caption(found):
        before = [node for node in paragraph.walk() if node.start < found.begin.start]
        said = "".join(node.text for node in before if node.tag == "w:t")
        own |= {id(node) for node in before} if _LABEL.fullmatch(said) else set()
    own |= _places_of_contents(paragraph)
    return all(
        id(node) in own
        or node in (found.begin, found.finish)
        or node.tag in _AROUND
        or (node.tag == "w:r" and all(child.tag == "w:rPr" for child in node.children))
        for node in paragraph.walk()
    )


def _places_of_contents(paragraph: Node) -> set[int]:
    """The bookmarks by which a table of contents finds a heading."""
    starts = [node for node in paragraph.walk() if node.tag == "w:bookmarkStart"]
    found = {node.attributes.get("w:id") for node in starts if node.attributes.get("w:name", "").startswith("_Toc")}
    marks = (node for node in paragraph.walk() if node.tag in ("w:bookmarkStart", "w:bookmarkEnd"))
    return {id(node) for node in marks if node.attributes.get("w:id") in found}


def without(found: Range, *, deleted_too: bool = False) -> list[Edit]:
    """Take a range out with its paragraph, where that holds nothing else and is not the only one of its place."""
    paragraph = found.begin.above("w:p")
    here = paragraph.parent if paragraph else None
    fellows = sum(each.tag == "w:p" for each in here.children) if here else 0
    ends_here = paragraph is not None and paragraph.start < found.finish.start < paragraph.end
    if paragraph is None or not ends_here or fellows <= 1 or not holds_only(paragraph, found):
        return blank(found, deleted_too=deleted_too)
    return [Edit(paragraph.start, paragraph.end)]
