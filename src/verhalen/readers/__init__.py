"""A file becomes a Reading: text in normal form, turns that point into it, and a notice for whatever differs."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from verhalen.errors import EmptyFile, UnknownFormat, UnreadableFile
from verhalen.i18n import t
from verhalen.model.text import Landmark, Notice, Reading, Turn, normal_text
from verhalen.readers.content import Content
from verhalen.readers.opening import read_bytes
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
    file, suffix = shown_name(path), normal_text(path.suffix.lower())
    try:
        data = read_bytes(path)
        content = _reader(suffix)(data)
        if not _VISIBLE.search(content.text):
            raise EmptyFile
    except UnreadableFile as error:
        # The readers see bytes only; here is where the name of the file is known.
        error.values = {"file": file, "suffix": suffix or t("(no suffix)"), **error.values}
        raise
    turns, landmarks, found = _turns(content)
    warnings = sorted([*content.notices, *found], key=lambda notice: notice.line or 0)
    return Reading(Path(file).stem, content.text, turns, tuple(warnings), data, suffix, landmarks)


def _turns(content: Content) -> tuple[tuple[Turn, ...], tuple[Landmark, ...], list[Notice]]:
    """Who speaks when, as the format says, else as the labels and the times in the text say."""
    if content.turns is not None:
        return content.turns, content.landmarks, []
    found, notices = find_turns(content.text, hints=content.bold, numbers=content.numbers)
    return *with_times(content.text, found, content.landmarks), notices


def shown_name(path: Path) -> str:
    """The name of the file as it can be stored and shown: names on disk may hold line ends and loose bytes."""
    return " ".join(normal_text(path.name).split("\n"))


def _reader(suffix: str) -> Callable[[bytes], Content]:
    if suffix not in _READERS:
        *most, last = KNOWN_SUFFIXES
        raise UnknownFormat(known=t("{most} or {last}", most=", ".join(most), last=last))
    module, function = _READERS[suffix]
    reader: Callable[[bytes], Content] = getattr(import_module(module), function)
    return reader
