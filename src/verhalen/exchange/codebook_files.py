"""Codebooks in and out: our Markdown, read by its structure; and which file is read by whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.exchange.codebook_checks import (
    CodebookFile,
    Placed,
    bad,
    checked_colour,
    checked_domains,
    checked_key,
    checked_patterns,
    whole,
)
from verhalen.exchange.codebook_data import codebook_table
from verhalen.exchange.codebook_tables import read_codebook_table, write_codebook_csv
from verhalen.exchange.codebook_text import FIELDS, HEADING, unguarded, write_codebook_markdown
from verhalen.exchange.data_tables import write_tables
from verhalen.exchange.reading_lines import reading_lines
from verhalen.i18n import mark, t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.instrument import DomainList
from verhalen.model.text import Notice, normal_text
from verhalen.readers.content import Tally
from verhalen.readers.decoding import read_text
from verhalen.readers.opening import read_bytes
from verhalen.store.whole_file import write_whole

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_codebook", "save_codebook", "write_codebook_csv", "write_codebook_markdown"]

KNOWN = ".md, .csv, .xlsx, .qdc"
_FIELD = re.compile(rf"( {{0,3}}[-*+][ \t]+)({'|'.join(FIELDS)}):[ \t]*(.*)")
_OTHER_FIELD = re.compile(r" {0,3}[-*+][ \t]+[a-z]+:")
INTRODUCTION = mark("The text above the first code is not part of a code and was left out.")


def read_codebook(path: Path, *, domains: DomainList | None = None) -> CodebookFile:
    """A codebook with what is worth knowing about its file. Life domains are checked where `domains` is given."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".xlsx"):
        return read_codebook_table(path, domains)
    file = normal_text(path.name)
    tally = Tally()
    try:
        if suffix not in (".md", ".markdown"):
            raise errors.UnknownFormat(known=KNOWN)
        text = read_text(read_bytes(path), tally)
        placed, notices = _Markdown(file, text, domains).codes()
        if not placed:
            raise errors.EmptyFile
    except errors.UnreadableFile as error:
        error.values = {"file": file, "suffix": suffix or t("without a suffix"), **error.values}
        raise
    found = whole(file, placed)
    return replace(found, notices=[*tally.notices(), *notices, *found.notices])


def save_codebook(path: Path, codebook: Codebook) -> list[str]:
    """Write a codebook by the suffix of the file, whole or not at all; give the lines that read a table elsewhere."""
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".sav"):
        table = codebook_table(codebook)
        write_tables(path, [table])
        return reading_lines(path, table.name, table.columns, sheet=table.name)
    writers = {".md": write_codebook_markdown, ".csv": write_codebook_csv}
    writer = writers.get(suffix)
    if writer is None:
        raise errors.UnknownFormat(
            suffix=path.suffix, file=path.name, known=", ".join([*writers, ".xlsx", ".sav", ".qdc"])
        )
    write_whole(path, writer(codebook).encode("utf-8"))
    return reading_lines(path, "codes", codebook_table(codebook).columns) if suffix == ".csv" else []


# -- Markdown --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the blocks below it; lines from 0, half-open."""

    start: int
    stop: int
    depth: int
    lists: tuple[Sequence[tuple[int, int]], ...]
    """Each list of the section as the lines of its items."""
    tops: tuple[int, ...]
    """First lines of all blocks."""


class _Markdown:
    """One file while it is read. Structure comes from the parser's tokens, text from the lines as they stand."""

    def __init__(self, file: str, text: str, domains: DomainList | None) -> None:
        self.file = file
        self.lines = _without_front_matter(text.split("\n"))
        self.domains = domains

    def codes(self) -> tuple[list[Placed], list[Notice]]:
        """All codes in the order of the file."""
        sections = _sections(self.lines)
        above: list[Code] = []
        placed: list[Placed] = []
        siblings: Counter[str | None] = Counter()
        for section in sections:
            if section.depth > len(above) + 1:
                raise self._bad(section.start, t("this heading is more than one level below the one before it"))
            above = above[: section.depth - 1]
            stop, fields = self._fields(section)
            code = self._code(section, above[-1].key if above else None, stop=stop, fields=fields)
            code = replace(code, position=siblings[code.parent])
            siblings[code.parent] += 1
            above.append(code)
            placed.append(Placed(section.start + 1, code, silent="patronen" not in fields))
        first = sections[0].start if sections else len(self.lines)
        spoken = any(line.strip() for line in self.lines[:first])
        return placed, [Notice(1, INTRODUCTION)] if spoken and sections else []

    def _bad(self, line: int, problem: str) -> errors.BadCodebook:
        return bad(self.file, line + 1, problem)

    def _code(self, section: _Section, parent: str | None, *, stop: int, fields: Mapping[str, tuple[int, str]]) -> Code:
        heading = HEADING.fullmatch(self.lines[section.start])
        if heading is None or not heading.group(2):
            raise self._bad(section.start, t("a heading of a code reads: key: name"))
        line = section.start + 1
        key = checked_key(self.file, line, heading.group(1))
        return Code(
            key=key,
            name=heading.group(2),
            definition=self._text(section.start + 1, stop),
            include=fields.get("wel", (line, ""))[1],
            exclude=fields.get("niet", (line, ""))[1],
            parent=fields.get("ouder", (line, ""))[1] or parent,
            evidence=self._domains(fields, "bewijs"),
            touches=self._domains(fields, "raakt"),
            colour=checked_colour(self.file, *fields.get("kleur", (line, ""))),
            patterns=checked_patterns(self.file, *fields.get("patronen", (line, ""))),
            deprecated=fields.get("verouderd", (line, ""))[1] == "ja",
        )

    def _domains(self, fields: Mapping[str, tuple[int, str]], name: str) -> tuple[str, ...]:
        line, written = fields.get(name, (0, ""))
        return checked_domains(self.file, line, written, self.domains)

    def _text(self, start: int, stop: int) -> str:
        return "\n".join(map(unguarded, self.lines[start:stop])).strip()

    def _fields(self, section: _Section) -> tuple[int, dict[str, tuple[int, str]]]:
        """Where the definition stops, and the fields with their line: the first list that holds one."""
        for items in section.lists:
            known = [index for index, (start, _) in enumerate(items) if _FIELD.match(self.lines[start])]
            if not known:
                continue
            for start, _ in items[: known[0]]:
                if _OTHER_FIELD.match(self.lines[start]):
                    raise self._unknown_field(start)
            behind = [top for top in section.tops if top >= items[-1][1]]
            if behind:
                raise self._bad(behind[0], t("this text stands below the list of its code; put it above"))
            return items[known[0]][0], self._fields_of(items[known[0] :])
        return section.stop, {}

    def _fields_of(self, items: Sequence[tuple[int, int]]) -> dict[str, tuple[int, str]]:
        fields: dict[str, tuple[int, str]] = {}
        for start, stop in items:
            found = _FIELD.fullmatch(self.lines[start])
            if found is None:
                raise self._unknown_field(start)
            marker, name, first = found.groups()
            if name in fields:
                raise self._bad(start, t("{name} stands twice in this list", name=name))
            rest = [unguarded(_dedented(line, len(marker))) for line in self.lines[start + 1 : stop]]
            fields[name] = (start + 1, "\n".join([first, *rest]).strip())
        return fields

    def _unknown_field(self, line: int) -> errors.BadCodebook:
        return self._bad(line, t("this list may hold: {fields}", fields=", ".join(FIELDS)))


def _dedented(line: str, most: int) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(blanks, most) :]


def _without_front_matter(lines: list[str]) -> list[str]:
    """The head between two lines of dashes made blank, so that every other line keeps its number."""
    if lines[0].rstrip() != "---":
        return lines
    ends = [index for index, line in enumerate(lines) if index and line.rstrip() == "---"]
    return ["" for _ in range(ends[0] + 1)] + lines[ends[0] + 1 :] if ends else lines


def _sections(lines: Sequence[str]) -> list[_Section]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse("\n".join(lines))
    blocks = [token for token in tokens if token.map and (token.level == 0 or token.type == "list_item_open")]
    headings = [token for token in blocks if token.type == "heading_open" and token.markup.startswith("#")]
    starts = [_lines_of(token)[0] for token in headings]
    stops = [*starts[1:], len(lines)][: len(starts)]
    begins = [_lines_of(block)[0] for block in blocks]
    return [
        _section(heading, stop, blocks[bisect_right(begins, start) : bisect_left(begins, stop)])
        for heading, start, stop in zip(headings, starts, stops, strict=True)
    ]


def _section(heading: Token, stop: int, blocks: Sequence[Token]) -> _Section:
    lists: list[list[tuple[int, int]]] = []
    inside = False
    for block in blocks:
        if block.level == 0:
            inside = block.type == "bullet_list_open"
            lists += [[]] if inside else []
        elif inside and block.level == 1:
            lists[-1].append(_lines_of(block))
    tops = tuple(_lines_of(block)[0] for block in blocks if block.level == 0)
    return _Section(_lines_of(heading)[0], stop, int(heading.tag[1:]), tuple(lists), tops)


def _lines_of(token: Token) -> tuple[int, int]:
    start, stop = token.map or (0, 0)
    return start, stop
