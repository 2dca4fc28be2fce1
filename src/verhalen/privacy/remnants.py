"""Where words that must go still stand: in notes, in files of the workspace, in copies of the project. Pure but for reading files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from verhalen.i18n import mark
from verhalen.model.text import common_length, normal_text
from verhalen.privacy.contents import texts_in
from verhalen.settings import PROJECT_FILE
from verhalen.store.connection import PLAIN_HEADER

GONE = "[ingetrokken]"
"""What stands in the place of words that were withdrawn, in whatever language the screens speak: texts are Dutch."""
_PIECE, _RUN = 20, 32
"""Characters of the shortest line that is looked for, and so many in a row that are no accident. A quote in a report is longer."""
_WHOLE = 12
"""A text as short as this is looked for as a whole; a shorter one stands in other texts by accident."""


# -- in what people wrote ----------------------------------------------------------------------------------------------


class Runs:
    """Finds runs of words of some texts in other texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._grams: set[str] = set()
        self._lines: dict[str, set[str]] = {}
        """Short lines by their first letters."""
        for text in texts:
            flat = " ".join(text.split())
            for whole in {text, flat}:
                self._grams.update(whole[at : at + _RUN] for at in range(len(whole) - _RUN + 1))
            for line in map(str.strip, text.split("\n")):
                if _PIECE <= len(line) < _RUN:
                    self._lines.setdefault(line[:_PIECE], set()).add(line)

    def without(self, text: str) -> str:
        """The text with every such run replaced by a mark; the same object where there is none."""
        spans = self._spans(text)
        if not spans:
            return text
        parts, at = [], 0
        for start, stop in spans:
            parts += [text[at:start], GONE]
            at = stop
        return "".join([*parts, text[at:]])

    def stand_in(self, text: str) -> bool:
        """Whether there is such a run."""
        return bool(self._spans(text))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        found = [(at, at + _RUN) for at in range(len(text) - _RUN + 1) if text[at : at + _RUN] in self._grams]
        if self._lines:
            for at in range(len(text) - _PIECE + 1):
                lines = self._lines.get(text[at : at + _PIECE], ())
                found += [(at, at + len(line)) for line in lines if text.startswith(line, at)]
        joined: list[tuple[int, int]] = []
        for start, stop in sorted(found):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
            else:
                joined.append((start, stop))
        return [(a, b) for a, b in (_trimmed(text, start, stop) for start, stop in joined) if a < b]


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Without the signs before the first word and the blanks behind the last one, which are of the text around."""
    while start < stop and not text[start].isalnum():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


# -- in files ----------------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a file is that still holds the words; it says what to do."""

    INBOX = "original"
    """The very file that was read in."""
    REPORT = "report"
    TABLE = "table"
    COPY = "before"
    """What an update of the program left beside the project."""
    BACKUP = "backup"
    SHUT = "encrypted"
    """A copy that nobody can look into without its passphrase."""
    OTHER = "other"

    @property
    def advice(self) -> str:
        """Marked sentence."""
        return {
            "original": mark("the file that was read in: delete it"),
            "report": mark("a report or document: build it again, or delete it; what was sent cannot be taken back"),
            "table": mark("a table: take these rows out, or delete it"),
            "before": mark("a copy of before an update: delete it once this project works well"),
            "backup": mark("a copy of the project: make a new one, then delete this one"),
            "encrypted": mark("an encrypted copy, which cannot be looked into: make a new one, then delete this one"),
            "other": mark("take the words out, or delete it"),
        }[self]

    @property
    def may_be_deleted(self) -> bool:
        """Whether it holds nothing that is not made again, or is exactly what was withdrawn."""
        return self in (Kind.INBOX, Kind.REPORT, Kind.COPY)


@dataclass(frozen=True, slots=True)
class Remnant:
    """A file of the workspace that still holds words, or may hold them."""

    file: str
    """Path from the workspace."""
    kind: Kind

    @property
    def may_go(self) -> bool:
        """Whether the program may delete it when asked, or of a CSV table the rows."""
        return self.kind.may_be_deleted or (self.kind is Kind.TABLE and self.file.lower().endswith(".csv"))


def without_rows(table: str, texts: Iterable[str]) -> str:
    """A CSV table without the rows in which words of these texts stand; what stays is as it was, letter by letter."""
    runs = Runs(texts)
    head, *records = _records(table) or [""]
    kept = [each for each in records if not _holds(runs, each)]
    return table if len(kept) == len(records) else "".join([head, *kept])


def _holds(runs: Runs, record: str) -> bool:
    plain = record.replace('""', '"')
    return runs.stand_in(plain) or runs.stand_in(" ".join(plain.split()))


def _records(table: str) -> list[str]:
    """Rows of a CSV table with their line ends; a line break inside quotes is part of its row."""
    found, row = [], ""
    for line in table.splitlines(keepends=True):
        row += line
        if row.count('"') % 2 == 0:
            found.append(row)
            row = ""
    return [*found, row] if row else found


def remnants(workspace: Path, texts: Sequence[str], *, originals: Iterable[str] = ()) -> list[Remnant]:
    """Files that share a run of words with one of the texts, and copies that cannot be looked into, by name.

    `originals` are SHA-256 digests of files that held these texts. Word, Excel, PDF and RTF files are looked into.
    """
    import hashlib

    wanted, known = _Wanted(texts), set(originals)
    own = {PROJECT_FILE, *(f"{PROJECT_FILE}-{ending}" for ending in ("wal", "shm", "journal"))}
    found = []
    for path in sorted(workspace.rglob("*")):
        if not path.is_file() or (path.name in own and path.parent == workspace):
            continue
        name = str(path.relative_to(workspace))
        data = _bytes_of(path)
        if known and hashlib.sha256(data).hexdigest() in known:
            found.append(Remnant(name, Kind.INBOX))
        elif is_project_copy(path) and not data.startswith(PLAIN_HEADER) and texts:
            found.append(Remnant(name, Kind.COPY if ".before-" in path.name else Kind.SHUT))
        elif wanted.stand_in(data):
            found.append(Remnant(name, _kind_of(path, workspace)))
    return found


def holds(path: Path, texts: Sequence[str]) -> bool:
    """Whether a file shares a run of words with one of the texts."""
    return _Wanted(texts).stand_in(_bytes_of(path))


def is_project_copy(path: Path) -> bool:
    """Whether a file is named as a copy of a project: `kopie.verhalen`, `project.verhalen.before-3`."""
    return path.suffix.lower() == ".verhalen" or f"{PROJECT_FILE}." in path.name.lower()


def files_with(workspace: Path, texts: Sequence[str]) -> list[str]:
    """The names of those files."""
    return [each.file for each in remnants(workspace, texts)]


def _kind_of(path: Path, workspace: Path) -> Kind:
    if is_project_copy(path):
        return Kind.COPY if ".before-" in path.name else Kind.BACKUP
    suffix = path.suffix.lower()
    if suffix in (".csv", ".xlsx", ".sav", ".tsv"):
        return Kind.TABLE
    if suffix in (".docx", ".pdf", ".odt") and path.is_relative_to(workspace / "exports"):
        return Kind.REPORT
    return Kind.OTHER


class _Wanted:
    """What is looked for in a file."""

    def __init__(self, texts: Sequence[str]) -> None:
        stripped = [list(map(str.strip, text.split("\n"))) for text in texts]
        self._lines = [line for lines in stripped for line in lines if len(line) >= _PIECE]
        # Only where no line is long enough by itself: elsewhere what joins two short lines says little.
        flat = [" ".join(" ".join(lines).split()) for lines in stripped if all(len(line) < _RUN for line in lines)]
        self._flat = [text for text in flat if len(text) >= _WHOLE]

    def stand_in(self, data: bytes) -> bool:
        if not self._flat and not self._lines:
            return False
        return any(self._in_text(content) for content in _contents(data))

    def _in_text(self, content: str) -> bool:
        if any(_shares(content, line) for line in self._lines):
            return True
        if not self._flat:
            return False
        squeezed = re.sub(r"\s+", " ", content)
        return any(_shares(squeezed, text) if len(text) >= _PIECE else text in squeezed for text in self._flat)


def _contents(data: bytes) -> Iterator[str]:
    """Every text in the bytes; of a database the bytes themselves, in which texts touch each other."""
    found = False
    for text in texts_in(data):
        found = True
        yield normal_text(text)
    if not found:
        yield data.decode("utf-8", "ignore")


def _shares(content: str, line: str) -> bool:
    """Whether a run of the line, or all of a short one, stands in the content."""
    for start in range(0, len(line) - _PIECE + 1, _PIECE // 2):
        place = content.find(line[start : start + _PIECE])
        if place >= 0 and _run_length(content, place, line, start) >= min(_RUN, len(line)):
            return True
    return False


def _run_length(content: str, place: int, line: str, start: int) -> int:
    """How far both are the same around a place where they meet."""
    before = common_length(content[max(0, place - _RUN) : place][::-1], line[:start][::-1])
    return before + common_length(content[place : place + _RUN], line[start:])


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
