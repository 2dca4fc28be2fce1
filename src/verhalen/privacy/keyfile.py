"""The file of the key: names and what stands for them, in a table that Excel opens. It never lies in the project."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.masking import NameKind
from verhalen.model.text import normal_text
from verhalen.privacy.matching import fold

COLUMNS = ("naam", "soort", "vervanging")
SHARED = "gedeeld"
"""A fourth column, written where it is needed: these names share one replacement on purpose."""
ID, NICKNAME = "sleutel", "bijnaam"
"""What `soort` says of the row with the key's id, and of a nickname of a family."""
_SYNONYMS = {"name": "naam", "kind": "soort", "type": "soort", "replacement": "vervanging", "shared": SHARED}
_YES = frozenset({"ja", "yes", "x", "1", "true", "waar"})
_FORMULA = ("=", "+", "-", "@", "\t", "'")
"""What a spreadsheet would calculate; an apostrophe before it says that it is text."""
_WAIT_SECONDS = 10.0
_MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and what stands for it."""

    name: str
    kind: NameKind
    replacement: str
    shared: bool = False
    """It shares its replacement with another name on purpose, as two ways to write one name."""
    notes: tuple[str, ...] = ()
    """What stands in columns of one's own, in their order."""

    @property
    def folded(self) -> str:
        """The name as names are compared."""
        return fold(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class KeyRows:
    """What a key file says."""

    id: str
    entries: tuple[Entry, ...]
    nicknames: tuple[tuple[str, str], ...]
    """Code of a family and its nickname."""
    columns: tuple[str, ...] = ()
    """Columns of one's own: they are kept as they are."""
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What stands in them beside a nickname, by code of the family; the key's own row under ''."""


# -- reading ---------------------------------------------------------------------------------------------------------


def read_rows(path: Path) -> KeyRows:
    """Read a key file, also when Excel saved it its own way. Raises NoKey, BadKey, UnreadableFile."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise errors.NoKey(path=path) from None
    except OSError:
        raise errors.UnreadableFile(file=path.name, reason=t("the disk or the network gives no answer")) from None
    if len(data) > _MAX_BYTES:
        raise errors.BadKey(file=path.name, line=1, problem=t("it is too large for a key"))
    return parse_rows(decode(data), file=path.name)


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or else what Excel on Windows writes; in normal form."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return normal_text(data.decode("utf-16", "replace"))
    try:
        return normal_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return normal_text(data.decode("cp1252", "replace"))


def parse_rows(text: str, *, file: str) -> KeyRows:
    """The rows of a key file; what contradicts itself is refused by line, and never with the name itself."""
    lines = csv_lines(text, file=file)
    header = next((cells for _, cells in lines), [])
    places = {_SYNONYMS.get(name, name): at for at, name in enumerate(each.casefold() for each in header)}
    if not set(COLUMNS) <= set(places):
        raise errors.BadKey(file=file, line=1, problem=t("the columns naam, soort and vervanging are needed"))
    known = {places[name] for name in (*COLUMNS, SHARED) if name in places}
    own = [at for at in range(len(header)) if at not in known]
    read = _Reading(file, columns=tuple(header[at] for at in own))
    for line, cells in lines[1:]:
        name, kind, replacement = (_cell(cells, places[column]) for column in COLUMNS)
        notes = tuple(_cell(cells, at) for at in own)
        read.take(line, name, kind=kind, replacement=replacement, shared=_is_yes(cells, places), notes=notes)
    return read.rows()


def csv_lines(text: str, *, file: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with their line; `;`, tab or `,` found by itself."""
    lines = text.split("\n")
    if lines[0].startswith("sep="):  # what Excel likes to read first
        lines[0] = ""
    first = next((line for line in lines if line.strip(' ;,\t"')), "")
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=separator)
    found = []
    try:
        for cells in reader:
            plain = [" ".join(cell.split()) for cell in cells]
            if any(plain):
                found.append((reader.line_num, plain))
    except csv.Error:
        raise errors.BadKey(file=file, line=reader.line_num, problem=t("this line is no row of a table")) from None
    return found


def _cell(cells: list[str], place: int) -> str:
    text = cells[place] if place < len(cells) else ""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _is_yes(cells: list[str], places: dict[str, int]) -> bool:
    return SHARED in places and _cell(cells, places[SHARED]).casefold() in _YES


class _Reading:
    """Rows as they come, checked against those before."""

    def __init__(self, file: str, *, columns: tuple[str, ...]) -> None:
        self._file = file
        self._columns = columns
        self._beside: dict[str, tuple[str, ...]] = {}
        self._ids: set[str] = set()
        self._entries: dict[str, tuple[int, Entry]] = {}
        self._nicknames: dict[str, str] = {}

    def take(self, line: int, name: str, *, kind: str, replacement: str, shared: bool, notes: tuple[str, ...]) -> None:
        """One row."""
        kind = kind.casefold()
        if kind == ID:
            self._ids.add(replacement or name)
            self._beside[""] = notes
            return
        if not name or not replacement:
            self._refuse(line, t("a name, its kind and what replaces it are all needed"))
        if kind == NICKNAME:
            if self._nicknames.setdefault(replacement, name) != name:
                self._refuse(line, t("this family has another nickname on an earlier line"))
            self._beside[replacement] = notes
            return
        if kind not in set(NameKind):
            self._refuse(line, t("the kind must be one of: {kinds}", kinds=", ".join((*NameKind, NICKNAME))))
        self._add(line, Entry(name, NameKind(kind), replacement, shared, notes))

    def _add(self, line: int, entry: Entry) -> None:
        if problem := bad_form(entry.replacement):
            self._refuse(line, problem)
        before = self._entries.get(entry.folded)
        if before is None:
            self._entries[entry.folded] = (line, entry)
        elif before[1].replacement != entry.replacement:
            self._refuse(line, t("the same name stands on line {line} with another replacement", line=before[0]))

    def _refuse(self, line: int, problem: str) -> None:
        raise errors.BadKey(file=self._file, line=line, problem=problem)

    def rows(self) -> KeyRows:
        """Everything, if it does not contradict itself."""
        if len(self._ids) != 1:
            self._refuse(1, t("there must be one row of the kind sleutel, with the id of the key"))
        by_replacement: dict[str, tuple[int, Entry]] = {}
        for line, entry in self._entries.values():
            first = by_replacement.setdefault(entry.replacement, (line, entry))
            if not may_share(first[1], entry):
                problem = t("line {line} has the same replacement for another name", line=first[0])
                self._refuse(line, f"{problem}; {t('write ja in a column gedeeld on both lines if that is meant')}")
        entries = tuple(entry for _, entry in self._entries.values())
        return KeyRows(next(iter(self._ids)), entries, tuple(self._nicknames.items()), self._columns, self._beside)


def may_share(one: Entry, other: Entry) -> bool:
    """One name written longer and shorter, two on purpose, or a word for many that has no number, as in [stad]."""
    words, others = set(one.folded.split()), set(other.folded.split())
    related = words <= others or others <= words
    numbered = any(each.isdecimal() for each in one.replacement)
    return related or (one.shared and other.shared) or not numbered


def bad_form(replacement: str) -> str:
    """What is wrong with the form of a replacement; empty when nothing is."""
    inside = replacement[1:-1]
    if not (replacement.startswith("[") and replacement.endswith("]") and inside.strip()):
        return t("a replacement stands in square brackets, as in [stad]")
    if len(replacement) > 60 or any(each in inside for each in "[]\n\r\x00") or normal_text(replacement) != replacement:
        return t("a replacement is one line of at most 60 characters, with no brackets inside")
    return ""


# -- writing ---------------------------------------------------------------------------------------------------------


def rows_text(rows: KeyRows) -> str:
    """The file as text: the id first, then names in the order in which they came, then nicknames."""
    shared = any(entry.shared for entry in rows.entries)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")

    def write(name: str, kind: str, replacement: str, *, mark: str = "", notes: tuple[str, ...] = ()) -> None:
        own = [_as_text(note) for note in (*notes, *("",) * len(rows.columns))[: len(rows.columns)]]
        writer.writerow([_as_text(name), kind, _as_text(replacement), *([mark] if shared else []), *own])

    writer.writerow([*COLUMNS, *([SHARED] if shared else []), *rows.columns])
    write("", ID, rows.id, notes=rows.beside.get("", ()))
    for entry in rows.entries:
        mark = "ja" if entry.shared else ""
        write(entry.name, entry.kind.value, entry.replacement, mark=mark, notes=entry.notes)
    for code, nickname in rows.nicknames:
        write(nickname, NICKNAME, code, notes=rows.beside.get(code, ()))
    return out.getvalue()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_rows(path: Path, rows: KeyRows) -> None:
    """Write the file whole or not at all; nobody else on this computer may read it. Raises CannotWrite."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(rows_text(rows).encode("utf-8-sig"))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except OSError as error:
        raise errors.CannotWrite(file=path.name, reason=errors.why_not_written(error)) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the key file for this window alone; the system lets go when the program ends. Raises KeyBusy, CannotWrite."""
    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(target.with_name(f".{target.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise errors.CannotWrite(file=path.name, reason=errors.why_not_written(error)) from error
    try:
        _wait(handle, path)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, path: Path) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while not _take(handle):
        if time.monotonic() > end:
            raise errors.KeyBusy(file=path.name)
        time.sleep(0.05)


def _take(handle: int) -> bool:
    """Whether the lock is ours now. Closing the file gives it back."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
