"""A file becomes a Reading: text in normal form, turns that point into it, and a notice for whatever differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePath

from verhalen.errors import EmptyFile, UnknownFormat, UnreadableFile
from verhalen.i18n import t
from verhalen.model.text import Landmark, Notice, Reading, Turn, normal_text
from verhalen.readers.content import Content
from verhalen.readers.naming import shown, shown_name
from verhalen.readers.opening import check_lines, check_size, read_bytes
from verhalen.readers.speakers import find_turns
from verhalen.readers.stamps import with_times

_READERS = {
    ".docx": ("verhalen.readers.word", "read_word"),
    ".json": ("verhalen.readers.whisper", "read_whisper"),
    ".md": ("verhalen.readers.markdown", "read_markdown"),
    ".odt": ("verhalen.readers.odt", "read_odt"),
    ".otr": ("verhalen.readers.otranscribe", "read_otr"),
    ".pdf": ("verhalen.readers.pdf", "read_pdf"),
    ".rtf": ("verhalen.readers.rtf", "read_rtf"),
    ".srt": ("verhalen.readers.subtitles", "read_srt"),
    ".txt": ("verhalen.readers.plain", "read_plain"),
    ".vtt": ("verhalen.readers.subtitles", "read_vtt"),
}
"""Suffix to module and function, by name: a format loads what it needs when its first file comes."""

_VISIBLE = re.compile("[^\\s\ufeff\u200b]")
KNOWN_SUFFIXES = tuple(_READERS)
"""What `read_source` reads, lower case with the dot."""


def read_source(path: Path) -> Reading:
    """Read a transcript or note. Whatever stops it is an UnreadableFile; the rest is told in `Reading.warnings`."""
    with _named(shown_name(path)):
        data = read_bytes(path)
    return read_bytes_as(path.name, data)


def read_bytes_as(name: str, data: bytes) -> Reading:
    """Read what a file of this name holds, as `read_source` does: a member of an archive has bytes but no path."""
    file, suffix = shown(name), suffix_of(name)
    with _named(file):
        check_size(len(data))
        content = _reader(suffix)(data)
        if not _VISIBLE.search(content.text):
            raise EmptyFile
        check_lines(content.text)
    turns, landmarks, found = _turns(content)
    warnings = sorted([*content.notices, *found], key=lambda notice: notice.line or 0)
    return Reading(Path(file).stem, content.text, turns, tuple(warnings), data, suffix, landmarks)


@contextmanager
def _named(file: str) -> Iterator[None]:
    """The readers see bytes only: name the file in what they raise."""
    try:
        yield
    except UnreadableFile as error:
        error.values = {"file": file, "suffix": suffix_of(file) or t("(no suffix)"), **error.values}
        raise


def suffix_of(name: str) -> str:
    """What says the kind of a file: lower case with its dot, or nothing."""
    return normal_text(PurePath(name).suffix.lower())


def _turns(content: Content) -> tuple[tuple[Turn, ...], tuple[Landmark, ...], list[Notice]]:
    """Who speaks when, as the format says, else as the labels and the times in the text say."""
    if content.turns is not None:
        return content.turns, content.landmarks, []
    found, notices = find_turns(content.text, hints=content.bold, numbers=content.numbers)
    return *with_times(content.text, found, content.landmarks), notices


def _reader(suffix: str) -> Callable[[bytes], Content]:
    if suffix not in _READERS:
        raise unknown_format()
    module, function = _READERS[suffix]
    reader: Callable[[bytes], Content] = getattr(import_module(module), function)
    return reader


def unknown_format() -> UnknownFormat:
    """Refuse a kind of file, with those kinds that a program in which it is open can save it as."""
    *most, last = (".docx", ".odt", ".rtf", ".pdf", ".txt")
    return UnknownFormat(known=t("{most} or {last}", most=", ".join(most), last=last))
