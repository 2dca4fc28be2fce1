"""The first walk through a project file: everything but the codings, and how its places are counted. Nothing is stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from verhalen import errors
from verhalen.exchange.refi_qda import records
from verhalen.exchange.refi_qda.archive import Archive
from verhalen.exchange.refi_qda.code_keys import ForeignCode
from verhalen.exchange.refi_qda.offsets import MODELS, Mapping, Scoring, Text
from verhalen.exchange.refi_qda.walking import walk
from verhalen.model.text import normal_text
from verhalen.readers import read_bytes_as

MOST_SELECTIONS = 5_000_000
"""More than anybody coded; a file with more is made to stop us."""


_ALL, _EVERY = 20_000, 8
"""Behind so many selections every eighth is enough to tell how places are counted."""
_RICH = (".docx", ".rtf", ".odt", ".pdf")


@dataclass(slots=True)
class FoundText:
    """A text of the file, in the order of the file."""

    begins: records.TextBegins
    data: bytes = b""
    """The file as it stands in the archive: with its looks where it has that form too."""
    suffix: str = ".txt"
    text: str = ""
    """In our normal form; empty where there is none."""
    mappings: dict[str, Mapping] = field(default_factory=dict)
    has_mark: bool = False
    """A byte order mark."""
    selections: int = 0


@dataclass(slots=True)
class Note:
    """A memo."""

    guid: str
    name: str
    text: str
    user: str
    created: str


@dataclass(slots=True)
class Survey:
    """What a project file holds."""

    users: dict[str, str] = field(default_factory=dict)
    codes: list[ForeignCode] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    cases: list[records.Case] = field(default_factory=list)
    texts: list[FoundText] = field(default_factory=list)
    """Memos that are coded themselves among them."""
    notes: dict[str, Note] = field(default_factory=dict)
    links: list[records.Link] = field(default_factory=list)
    sets: list[records.SetOf] = field(default_factory=list)
    project: records.ProjectSays = field(default_factory=lambda: records.ProjectSays("", "", "", ()))
    dropped: Counter[str] = field(default_factory=Counter)
    """What was left out, by kind."""
    selections: int = 0
    scoring: Scoring = field(default_factory=Scoring)
    codings: Counter[str] = field(default_factory=Counter)
    """Code -> codings with it, at selections in texts that have words."""
    beyond: Counter[str] = field(default_factory=Counter)
    """Way to count -> codings that would lie outside their text."""
    empty: int = 0
    """Codings that end where they begin."""
    of_nobody: int = 0
    """Codings that name no user."""
    text_values: int = 0
    """Values of texts themselves."""


def survey(archive: Archive, *, on_progress: Callable[[int, int], None] | None = None) -> Survey:
    """Read everything once. Raises BadExchange, TooLarge."""
    found = Survey()
    surveyor = _Surveyor(archive, found)
    if archive.outside:
        found.dropped["outside_archive"] += archive.outside
    if archive.among_texts:
        found.dropped["second_qde"] += archive.among_texts
    with archive.qde() as stream:
        for record in walk(stream):
            surveyor.take(record)
            is_time = isinstance(record, records.Selection) and found.selections % 5_000 == 0
            if on_progress and (is_time or isinstance(record, records.TextEnds)):
                on_progress(found.selections, 0)
    return found


class _Surveyor:
    """One walk."""

    def __init__(self, archive: Archive, found: Survey) -> None:
        self.archive = archive
        self.found = found
        self._begun: records.TextBegins | None = None
        self._text: FoundText | None = None
        self._ways: Text | None = None
        self._shortest = 0
        """Length of the text by the way that counts least: what lies within is within by every way."""

    def take(self, record: records.Record) -> None:
        """Keep what a record says."""
        found = self.found
        match record:
            case records.Selection():
                self._selection(record)
            case records.TextBegins():
                self._begins(record)
            case records.TextEnds():
                self._ends(record)
            case records.User():
                found.users.setdefault(record.guid, record.name)
            case records.Codes():
                found.codes.extend(record.codes)
            case records.Variable():
                found.variables.setdefault(record.guid, record.name)
            case records.Case():
                found.cases.append(record)
            case records.Link():
                found.links.append(record)
            case records.SetOf():
                found.sets.append(record)
            case records.ProjectSays():
                found.project = record
            case records.Dropped():
                found.dropped[record.kind] += max(1, record.codings)
            case records.WholeCoding():
                if self._text is None and self._begun is not None and record.text == self._begun.guid:
                    self._open(self._begun)
            case records.Container():
                pass

    def _begins(self, begins: records.TextBegins) -> None:
        self._begun, self._text, self._ways = begins, None, None
        if not begins.is_note:
            self._open(begins)

    def _open(self, begins: records.TextBegins) -> None:
        """Take a text up as one that has codings."""
        self._text = FoundText(begins)
        raw = self._raw(self._text)
        if raw is not None:
            self._ways = Text(raw)
            self._text.has_mark = raw.startswith("\ufeff")
            self._text.text, self._text.mappings = self._ways.text, self._ways.mappings
            self._shortest = min(each.length for each in self._ways.mappings.values())
        self.found.texts.append(self._text)

    def _raw(self, text: FoundText) -> str | None:
        """The words as the file has them, with their line ends and byte order mark."""
        begins = text.begins
        if begins.content:
            text.data = begins.content.encode("utf-8", "replace")
            return begins.content
        data = self.archive.read(begins.path) if begins.path else None
        if data is not None:
            text.data = data
            if _suffix(begins.rich) == ".docx" and (rich := self.archive.read(begins.rich)) is not None:
                text.data, text.suffix = rich, ".docx"
            return _decoded(data)
        with_looks = self._rich(begins.rich)
        if with_looks is None:
            return None
        text.suffix, (text.data, words) = _suffix(begins.rich), with_looks
        self.found.dropped["only_words" if text.suffix == ".pdf" else "only_rich"] += 1
        return words

    def _selection(self, selection: records.Selection) -> None:
        if self._text is None and self._begun is not None:
            self._open(self._begun)
        self.found.selections += 1
        if self.found.selections > MOST_SELECTIONS:
            raise errors.TooLarge(size=str(self.found.selections), limit=str(MOST_SELECTIONS))
        if self._text is not None:
            self._text.selections += 1
        self._count(selection)
        is_looked_at = self.found.selections <= _ALL or self.found.selections % _EVERY == 0
        if is_looked_at and self._ways is not None and selection.start < selection.stop:
            self.found.scoring.add(self._ways, selection.start, selection.stop, selection.name)

    def _count(self, selection: records.Selection) -> None:
        """What can be told of its codings before anything is stored."""
        if self._ways is None:
            return
        found = self.found
        for each in selection.codings:
            found.codings[each.code] += 1
        many = max(1, len(selection.codings))
        if selection.start == selection.stop:
            found.empty += many
            return
        nobody = 0 if selection.user else sum(not each.user for each in selection.codings)
        found.of_nobody += nobody
        if 0 <= selection.start < selection.stop <= self._shortest:
            return
        for first, models in self._ways.groups:
            if self._ways.mappings[first].span(selection.start, selection.stop) is None:
                found.beyond.update(dict.fromkeys(models, many))
                found.of_nobody -= nobody if first == MODELS[0] else 0

    def _ends(self, ends: records.TextEnds) -> None:
        begins = self._begun
        if self._text is not None:
            self.found.text_values += ends.values
        if begins is not None and begins.is_note:
            words = begins.content if begins.content is not None else self._note_words(begins)
            said = normal_text(words or "") or begins.description
            guid = begins.guid or f"note {len(self.found.notes)}"
            self.found.notes.setdefault(guid, Note(guid, begins.name, said, begins.user, begins.created))
        self._begun = self._text = self._ways = None

    def _note_words(self, begins: records.TextBegins) -> str:
        data = self.archive.read(begins.path) if begins.path else None
        if data is not None:
            return _decoded(data)
        rich = self._rich(begins.rich)
        return rich[1] if rich else ""

    def _rich(self, path: str) -> tuple[bytes, str] | None:
        """A file with looks, and its words."""
        data = self.archive.read(path) if _suffix(path) in _RICH else None
        if data is None:
            return None
        try:
            return data, read_bytes_as(f"text{_suffix(path)}", data).text
        except errors.VerhalenError:
            return None


def _suffix(path: str) -> str:
    return path[path.rfind(".") :].lower() if "." in path else ""


def _decoded(data: bytes) -> str:
    """The letters of a plain text; its byte order mark stays, since it may be counted."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        little = data.startswith(b"\xff\xfe")
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def digest(text: FoundText) -> str:
    """SHA-256 of the file as it was."""
    return hashlib.sha256(text.data).hexdigest()
