"""Memos read back from a file of ours: Markdown as it was exported, perhaps with other words in it, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import Sheet, refuse, shown
from verhalen.exchange.memo_files import COMMENT, DUTCH, MEMO_COLUMNS, unguarded
from verhalen.exchange.tables import Row, read_table
from verhalen.i18n import mark, t
from verhalen.model.ids import decode_id
from verhalen.model.memo import MemoTarget
from verhalen.model.text import Notice, normal_text
from verhalen.readers.content import Tally
from verhalen.readers.decoding import read_text
from verhalen.readers.opening import read_bytes

KNOWN = ".md, .csv, .xlsx"
SYNONYMS = {
    "date": "datum", "time": "datum", "coder": "codeur", "kind": "soort", "about": "bij", "reference": "verwijzing",
    "target": "verwijzing", "text": "tekst", "memo_id": "memo",
}  # fmt: skip
_KINDS: dict[str, MemoTarget] = {**{word: kind for kind, word in DUTCH.items()}, **{kind: kind for kind in DUTCH}}
_HEADING = re.compile(r"(#{1,3})[ \t]+(.*?)[ \t]*")
_WHEN_AND_WHO = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d, (.*)")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z?")


@dataclass(frozen=True, slots=True)
class FileMemo:
    """A memo as it stands in a file."""

    line: int
    id: int | None
    """None where somebody wrote it into the file."""
    created: str
    """ISO, UTC; empty where the file does not say it."""
    coder: str
    """Empty: whoever imports."""
    kind: MemoTarget | None
    """None where the file does not say it; the reference tells."""
    reference: str
    """What it is about, as `memo add` takes it; empty where that was gone when it was written."""
    text: str
    """In normal form, without blanks around it."""


def read_memos(path: Path) -> tuple[list[FileMemo], list[Notice]]:
    """Memos in the order of the file, and what cannot be used. Raises UnreadableFile and its kinds, BadTable."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".xlsx"):
        return _table(path)
    file, tally = normal_text(path.name), Tally()
    try:
        if suffix not in (".md", ".markdown"):
            raise errors.UnknownFormat(known=KNOWN)
        lines = read_text(read_bytes(path), tally).split("\n")
    except errors.UnreadableFile as error:
        error.values = {"file": file, "suffix": suffix or t("without a suffix"), **error.values}
        raise
    return _sorted(_pieces(lines))


def _sorted(pieces: Iterable[FileMemo | Notice]) -> tuple[list[FileMemo], list[Notice]]:
    found = list(pieces)
    return [each for each in found if isinstance(each, FileMemo)], [each for each in found if isinstance(each, Notice)]


# -- Markdown --------------------------------------------------------------------------------------------------------


def _pieces(lines: Sequence[str]) -> Iterator[FileMemo | Notice]:
    starts = [(index, found) for index, line in enumerate(lines) if (found := _HEADING.fullmatch(line))]
    stops = [*(index for index, _ in starts[1:]), len(lines)]
    first = starts[0][0] if starts else len(lines)
    if any(line.strip() for line in lines[:first]):
        yield Notice(1, mark("Words outside a memo were left out."))
    for (start, heading), stop in zip(starts, stops, strict=False):
        body = lines[start + 1 : stop]
        if len(heading[1]) == len("###"):
            yield _piece(start + 1, heading[2], body)
        elif any(line.strip() for line in body):
            yield Notice(start + 2, mark("Words outside a memo were left out."))


def _piece(line: int, heading: str, body: Sequence[str]) -> FileMemo | Notice:
    said = COMMENT.fullmatch(body[0]) if body else None
    who = _WHEN_AND_WHO.fullmatch(heading)
    if said is None or who is None:
        return Notice(
            line, mark("The line that says what this memo is about is missing below its heading; it was left out.")
        )
    number, kind, reference, created = said.groups()
    return _memo(
        line, number, created=created, coder=who[1], kind=kind, reference=reference, text=unguarded("\n".join(body[1:]))
    )


# -- tables ----------------------------------------------------------------------------------------------------------


def _table(path: Path) -> tuple[list[FileMemo], list[Notice]]:
    table = read_table(path)
    sheet = Sheet(table, SYNONYMS)
    sheet.need("verwijzing", "tekst")
    refuse([sheet])
    memos, left_out = _sorted(_row(sheet, row) for row in table.rows)
    return memos, [*table.notices, *sheet.left_out(sheet.others(MEMO_COLUMNS)), *left_out]


def _row(sheet: Sheet, row: Row) -> FileMemo | Notice:
    number, created, coder, kind, _, reference, text = (sheet.text(row, name) for name in MEMO_COLUMNS)
    return _memo(row.number, number, created=created, coder=coder, kind=kind, reference=reference, text=text)


def _memo(
    line: int, number: str, *, created: str, coder: str, kind: str, reference: str, text: str
) -> FileMemo | Notice:
    known = decode_id(number)
    if number and known is None:
        return Notice(line, mark("{number} is no number of a memo; it was left out."), {"number": shown(number)})
    if kind and kind.casefold() not in _KINDS:
        words = ", ".join(DUTCH.values())
        sentence = mark("{kind} is not one of: {words}; the memo was left out.")
        return Notice(line, sentence, {"kind": shown(kind), "words": words})
    words = normal_text(text).strip()
    if not words:
        return Notice(line, mark("This memo has no words and was left out; the one in the project stays."))
    return FileMemo(
        line=line,
        id=known,
        created=created if _TIME.fullmatch(created) else "",
        coder=coder,
        kind=_KINDS.get(kind.casefold()),
        reference=reference.strip(),
        text=words,
    )
