"""A filled paper about a story: the form of a coach, or the sheet that a family got back. Read by its hidden marks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.errors import UnreadableFile
from verhalen.i18n import t
from verhalen.model.form import ANSWER, AREA, END, FIELD, SHEET, STORY, FilledPaper, marks_in
from verhalen.readers.docx_package import open_package, short
from verhalen.readers.opening import read_bytes
from verhalen.readers.score_form import is_ticked

if TYPE_CHECKING:
    from lxml.etree import _Element

_AROUND = " \t\n\r.…_\xa0"
"""Of a line to write on; a sentence that somebody wrote keeps its own end."""
_BEGINNING = 65_536
"""Bytes of the document in which the mark of a paper stands."""
_FIRST = 20
"""Pieces of text in which the mark of a paper stands."""
_DOTS = re.compile(r"[.…_\s]{4,}")
_ENDS = {"w:br": "\n", "w:cr": "\n", "w:tab": "\t", "w:noBreakHyphen": "-"}
"""What stands in a run and is no text."""


def read_paper(path: Path) -> FilledPaper:
    """Read what was filled in. Raises UnreadableFile for a document that is no paper of ours."""
    try:
        document = open_package(read_bytes(path)).document
    except UnreadableFile as error:
        error.values = {"file": path.name, "suffix": ".docx", **error.values}
        raise
    found = _Found()
    for paragraph in document.iter():
        if short(str(paragraph.tag)) == "w:p":
            found.take(paragraph)
    if not found.kind or not all(found.head):
        reason = t("it is no form of this program, or somebody took the hidden marks out of it")
        raise UnreadableFile(file=path.name, suffix=".docx", reason=reason)
    fields = {name: words for name, lines in found.areas.items() if (words := "\n".join(lines).strip())}
    return FilledPaper(found.kind, found.head, {**found.fields, **fields}, found.ticked)


def paper_kind(document: _Element) -> str:
    """`STORY` or `SHEET` where a document is such a paper, as its first words say; else empty."""
    texts = (each.text or "" for each in document.iter() if short(str(each.tag)) == "w:t")
    start = "".join(islice(texts, _FIRST))
    return next((mark.kind for mark in marks_in(start) if mark.kind in (STORY, SHEET)), "")


def kind_of_file(path: Path) -> str:
    """The same of a file; empty also where it cannot be read."""
    if path.suffix.lower() != ".docx" or path.name.startswith("~$") or not _may_be_paper(path):
        return ""
    try:
        return paper_kind(open_package(read_bytes(path)).document)
    except UnreadableFile:
        return ""


def _may_be_paper(path: Path) -> bool:
    """A look at the beginning only: an inbox may hold hundreds of long conversations."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open("word/document.xml") as main:
            return b"{verhalen-" in main.read(_BEGINNING)
    except KeyError:  # another name for the same part
        return True
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


class _Found:
    """What was found so far, in the order of the paper."""

    def __init__(self) -> None:
        self.kind = ""
        self.head: tuple[str, ...] = ()
        self.fields: dict[str, str] = {}
        self.areas: dict[str, list[str]] = {}
        self.ticked: dict[str, tuple[str, ...]] = {}
        self._open: list[str] | None = None

    def take(self, paragraph: _Element) -> None:
        """One paragraph: marks, or words in the room that is open."""
        text = "".join(_words(paragraph))
        marks = list(marks_in(text))
        if not marks:
            if self._open is not None:
                self._open.append(text)
            return
        for mark in marks:
            name = mark.parts[0]
            self._open = None
            if mark.kind in (STORY, SHEET):
                self.kind, self.head = mark.kind, mark.parts
            elif mark.kind == ANSWER:
                value = (mark.parts[-1],) if is_ticked(paragraph, mark.behind) else ()
                self.ticked[name] = (*self.ticked.get(name, ()), *value)
            elif mark.kind == FIELD:
                if said := _DOTS.sub(" ", mark.behind).strip(_AROUND):
                    self.fields[name] = said
            elif mark.kind == AREA:
                self._open = self.areas.setdefault(name, [])
                if mark.behind.strip():
                    self._open.append(mark.behind)
            elif mark.kind == END:
                continue


def _words(paragraph: _Element) -> Iterator[str]:
    for each in paragraph.iter():
        name = short(str(each.tag))
        if name == "w:t":
            yield each.text or ""
        elif name in _ENDS and (above := each.getparent()) is not None and short(str(above.tag)) == "w:r":
            yield _ENDS[name]
