"""Stories as Markdown: fields between lines of three hyphens, then the words; further voices are sections.

One file holds one story or many. A field is `name: value`; several values stand with `|` between, or as a list below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from verhalen import errors
from verhalen.exchange.story_names import COLUMNS, is_known, of_voice, ours, voice_column
from verhalen.exchange.tables import Row, Table
from verhalen.i18n import t
from verhalen.model.text import normal_text
from verhalen.readers.content import Tally
from verhalen.readers.decoding import read_text
from verhalen.readers.opening import read_bytes
from verhalen.store.whole_file import write_whole

_FENCE = re.compile(r"---[ \t]*")
_FIELD = re.compile(r"([A-Za-z_][\w -]*?)[ \t]*:(?:[ \t]+(.*))?")
_VOICE = re.compile(r"##[ \t]+(?:stem|voice)[ \t]+([2-9]|[1-9]\d)\b.*", re.IGNORECASE)
_OWN_WORDS = re.compile(r"##[ \t]+(?:eigen woorden|own words)[ \t]*", re.IGNORECASE)
_GUARDED = re.compile(r"\\+(?:---|##[ \t])")
_GUARD = re.compile(r"\\*(?:---[ \t]*$|##[ \t]+(?:stem|voice|eigen woorden|own words)\b)", re.IGNORECASE)
_BLOCKS = ("|", "|-", ">", ">-")


def read_markdown(path: Path) -> Table:
    """The stories of a file as rows; the number of a row is the line where its story begins.

    Raises what reading a file raises, and BadTable for lines before the first story or between its fields.
    """
    file, tally = normal_text(path.name), Tally()
    try:
        text = read_text(read_bytes(path), tally)
    except errors.UnreadableFile as error:
        error.values = {"file": file, "suffix": path.suffix.lower(), **error.values}
        raise
    reader = _Reader(text.split("\n"))
    rows = tuple(reader.rows())
    if not rows and not reader.problems:
        reader.problems.append((1, "---", t("there is no story; begin one with --- and its fields, as in gezin: G012")))
    if reader.problems:
        raise errors.BadTable(reader.problems, file=file)
    if rows and not any({"gezin", "tekst"} <= row.cells.keys() for row in rows):
        raise errors.BadTable([(1, "gezin", t("this column is missing"))], file=file)
    columns = {name for row in rows for name in row.cells}
    known = [name for name in COLUMNS if name in columns]
    header = (*known, *sorted(columns - set(known)))
    return Table(file, "", header, rows, tally.notices())


def begins_with_story(path: Path) -> bool:
    """Whether a file of Markdown begins with the fields of a story, whatever is wrong further on."""
    try:
        lines = [line for line in read_text(read_bytes(path), Tally()).split("\n") if line.strip()][:2]
    except errors.UnreadableFile:
        return False
    return bool(lines) and _Reader(lines).begins(0)


class _Reader:
    """Reads line by line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0
        self.problems: list[tuple[int, str, str]] = []

    def rows(self) -> Iterator[Row]:
        """Every story."""
        while self._at < len(self._lines):
            if not self.begins(self._at):
                if self._lines[self._at].strip():
                    self._bad(t("a story begins with --- and its fields, as in gezin: G012"))
                    return
                self._at += 1
                continue
            number = self._at + 1
            self._at += 1
            cells = dict(self._fields())
            cells.update(self._body())
            yield Row(number, cells)

    def _bad(self, sentence: str) -> None:
        self.problems.append((self._at + 1, "---", sentence))

    def begins(self, at: int) -> bool:
        """A fence with one of our fields below it; a line of hyphens in a text is none, whoever speaks after it."""
        if at + 1 >= len(self._lines) or not _FENCE.fullmatch(self._lines[at]):
            return False
        found = _FIELD.fullmatch(self._lines[at + 1].rstrip())
        return found is not None and is_known(ours(found[1]))

    def _fields(self, *, until_blank: bool = False) -> Iterator[tuple[str, str]]:
        """Fields up to the next fence, or below the heading of a voice up to an empty line."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if until_blank and not line.strip():
                return
            if not until_blank and _FENCE.fullmatch(line):
                self._at += 1
                return
            found = _FIELD.fullmatch(line.rstrip())
            if found is None:
                if until_blank:
                    return
                if line.strip() and not line.startswith("#"):
                    self._bad(t("this line is no field; write it as in gezin: G012, and --- below the last"))
                    self._at = len(self._lines)
                    return
                self._at += 1
                continue
            self._at += 1
            yield ours(found[1]), self._value((found[2] or "").strip())
        if not until_blank:
            self._bad(t("the fields of this story have no end; write --- below the last"))

    def _value(self, written: str) -> str:
        if written in _BLOCKS or not written:
            return self._indented()
        if written.startswith("[") and written.endswith("]"):
            return "|".join(_unquoted(part.strip()) for part in written[1:-1].split(","))
        return _unquoted(written)

    def _indented(self) -> str:
        """Indented lines below a field; those of a list become several values."""
        lines: list[str] = []
        while self._at < len(self._lines) and (line := self._lines[self._at]).startswith((" ", "\t", "- ")):
            lines.append(line.strip())
            self._at += 1
        if lines and all(line.startswith("- ") for line in lines):
            return "|".join(_unquoted(line[2:].strip()) for line in lines)
        return "\n".join(_bare(line) for line in lines)

    def _body(self) -> Iterator[tuple[str, str]]:
        """The words, then each voice with its fields, and own words, in the order of the file."""
        position, column, words = 1, "tekst", list[str]()
        while self._at < len(self._lines) and not self.begins(self._at):
            line = self._lines[self._at]
            self._at += 1
            if found := _VOICE.fullmatch(line):
                yield column, "\n".join(words).strip()
                position, words = int(found[1]), []
                column = voice_column(position, "tekst")
                while self._at < len(self._lines) and not self._lines[self._at].strip():
                    self._at += 1
                for name, value in self._fields(until_blank=True):
                    yield voice_column(position, of_voice(name)), value
            elif _OWN_WORDS.fullmatch(line):
                yield column, "\n".join(words).strip()
                words, column = [], voice_column(position, "eigen_woorden")
            else:
                words.append(_bare(line))
        yield column, "\n".join(words).strip()


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value[1:-1].replace("''", "'") if len(value) > 1 and value[0] == value[-1] == "'" else value


def _bare(line: str) -> str:
    return line[1:] if _GUARDED.match(line) else line


# -- writing -----------------------------------------------------------------------------------------------------------


def write_markdown(path: Path, stories: Iterable[tuple[Mapping[str, str], Sequence[Mapping[str, str]]]]) -> None:
    """Write stories, whole or not at all: of each its cells by column, and those of its further voices."""
    lines: list[str] = []
    for cells, voices in stories:
        lines += ["---", *_head(cells), "---", "", *_guarded(cells.get("tekst", "")), ""]
        lines += _own_words(cells)
        for at, voice in enumerate(voices, start=2):
            position = int(voice.get("stem", at))
            lines += [f"## Stem {position}", "", *_head(voice), "", *_guarded(voice.get("tekst", "")), ""]
            lines += _own_words(voice)
    write_whole(path, "\n".join(lines).encode("utf-8"))


def _head(cells: Mapping[str, str]) -> Iterator[str]:
    for name, value in cells.items():
        if not value or name in ("tekst", "eigen_woorden", "stem"):
            continue
        if "\n" in value:
            yield f"{name}: |"
            yield from (f"  {line}" for line in _guarded(value))
        elif value[0] in "\"'[|>" or value != value.strip():
            yield f'{name}: "{value.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"'
        else:
            yield f"{name}: {value}"


def _own_words(cells: Mapping[str, str]) -> list[str]:
    words = cells.get("eigen_woorden", "")
    return ["## Eigen woorden", "", *_guarded(words), ""] if words else []


def _guarded(text: str) -> list[str]:
    """Lines of a text; one that would be taken for a mark of ours gets a backslash."""
    return [f"\\{line}" if _GUARD.match(line) else line for line in text.split("\n")]
