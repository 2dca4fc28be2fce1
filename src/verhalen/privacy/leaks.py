"""Look for the names of the key wherever they may not stand: the whole project file, the workspace, finished reports.

What is found is told by file and number; a name itself is never told, not even where it stands in the name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from verhalen.model.masking import NameKind
from verhalen.model.text import Span, normal_text
from verhalen.privacy.contents import is_text, texts_in, texts_of
from verhalen.privacy.matching import NameIndex, bare, fold
from verhalen.privacy.pseudonyms import Key
from verhalen.privacy.swaps import apply_swaps
from verhalen.store.connection import PLAIN_HEADER, is_encrypted
from verhalen.store.contents import every_blob, every_text, every_word
from verhalen.store.project import ProjectFile

_RUN = re.compile(r"\+?\d(?:[ ./()-]{0,3}\d){6,}")
"""Digits that may be one number, however they are grouped."""
_LARGE = 64 * 1024 * 1024
_ENDS = 1024 * 1024
"""Of a large file that is no text (a recording) only the two ends can say a name: what it is called, who speaks."""
_IN_DATABASE, _IN_NOISE = 3, 5
"""Letters that a name must have to be looked for in raw bytes; shorter ones stand by accident in sound and pictures."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A file in which names of the key stand."""

    file: str
    """Path from the workspace, or whole outside it; a name in it is replaced as in a text."""
    count: int


class Seeker:
    """Counts the names of a key in texts and in bytes."""

    def __init__(self, key: Key) -> None:
        self._replacements = {entry.name: entry.replacement for entry in key.entries}
        for code, nickname in key.nicknames().items():
            self._replacements.setdefault(nickname, f"[{code}]")
        self._index = NameIndex(self._replacements)
        self._numbers = {
            re.sub(r"\D", "", entry.folded)
            for entry in key.entries
            if entry.kind in (NameKind.PHONE, NameKind.REGISTER, NameKind.ACCOUNT)
        } - {""}

    def count(self, texts: Iterable[str]) -> int:
        """How often a name stands in the texts."""
        return sum(self._in_text(normal_text(text)) for text in texts)

    def _in_text(self, text: str) -> int:
        found = [Span(hit.start, hit.stop) for hit in self._index.find(text)]
        numbers = (Span(run.start(), run.end()) for run in _RUN.finditer(text) if self._is_number(run.group()))
        return len(found) + sum(not any(number.overlaps(each) for each in found) for number in numbers)

    def _is_number(self, run: str) -> bool:
        kinds = (NameKind.PHONE, NameKind.REGISTER)
        return bool(self._numbers) and any(fold(run, kind) in self._numbers for kind in kinds)

    def count_raw(self, data: bytes, *, least: int) -> int:
        """How often a name of at least `least` letters stands in bytes where texts touch each other."""
        names = [name for name in self._replacements if sum(map(str.isalnum, name)) >= least]
        ways = {way for name in names for way in (name, bare(name), name.upper(), name.lower(), name.title())}
        return sum(_count_whole(data, way, code) for way in ways for code in ("utf-8", "utf-16-le"))

    def shown(self, path: str) -> str:
        """A path as it may be told: every name in it replaced."""
        hits = [(Span(hit.start, hit.stop), self._replacements[hit.name]) for hit in self._index.find(path)]
        return apply_swaps(path, hits)


def _count_whole(data: bytes, name: str, code: str) -> int:
    """Places where the name is no part of a longer word. A capital begins one, since in a database texts touch."""
    wanted, width = name.encode(code), 2 if code == "utf-16-le" else 1
    hump = name[:1].isupper() and name[1:2].islower()
    count, at = 0, data.find(wanted)
    while at >= 0:
        before, after = data[at - width : at] if at >= width else b"", data[at + len(wanted) :][:width]
        count += (hump or not before[:1].isalpha()) and not after[:1].islower()
        at = data.find(wanted, at + len(wanted))
    return count


def find_leaks(project: ProjectFile, key: Key, *, further: Iterable[Path] = ()) -> list[Leak]:
    """Every file of the workspace, and of the `further` files and folders, in which a name of the key stands.

    The project file is looked through by its own tables, so that an encrypted one hides nothing.
    """
    seeker, workspace = Seeker(key), project.path.parent
    found = [Leak(project.path.name, _in_project(project, seeker))]
    shut = {project.path.resolve(), key.path.resolve(), project.path.with_name(f"{project.path.name}-shm").resolve()}
    if is_encrypted(project.path):  # its log is too: there a name stands by accident only
        shut.add(project.path.with_name(f"{project.path.name}-wal").resolve())
    for path in _files([workspace, *further], shut):
        inside = path.is_relative_to(workspace)
        told = str(path.relative_to(workspace)) if inside else str(path)
        told = normal_text(told)
        found.append(Leak(seeker.shown(told), _in_file(path, seeker) + seeker.count([told])))
    return [leak for leak in found if leak.count]


def _in_project(project: ProjectFile, seeker: Seeker) -> int:
    """The tables and originals; where they hold nothing, what the search index and the free pages still hold."""
    texts = (each for value in every_text(project) for each in _both(value))
    count = seeker.count(texts) + sum(seeker.count(texts_in(data)) for data in every_blob(project))
    if count == 0:
        count = seeker.count(every_word(project))
    if count == 0 and not is_encrypted(project.path):
        count = seeker.count_raw(project.path.read_bytes(), least=_IN_DATABASE)
    return count


def _both(value: str) -> Iterator[str]:
    """A value of the database, with what its JSON says: images of rows are written that way."""
    yield from texts_of(value) if value[:1] in ("{", "[") else (value,)


def _files(places: Iterable[Path], shut: set[Path]) -> Iterator[Path]:
    """Each file once, in order."""
    seen = set(shut)
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and (whole := path.resolve()) not in seen:
                seen.add(whole)
                yield path


def _in_file(path: Path, seeker: Seeker) -> int:
    """How many names stand in a file; one that cannot be read holds none that we can see."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGE + 1)
            if len(data) > _LARGE:
                stream.seek(-_ENDS, 2)
                end = stream.read()
                if not is_text(data[:_ENDS]):
                    return seeker.count_raw(data[:_ENDS] + b"\n" + end, least=_IN_NOISE)
                stream.seek(0)
                data = stream.read()
    except OSError:
        return 0
    if is_text(data):
        return seeker.count(texts_in(data))
    database = data.startswith(PLAIN_HEADER) or path.name.endswith("-wal")
    return seeker.count_raw(data, least=_IN_DATABASE if database else _IN_NOISE)
