"""Memos as a file: Markdown to read and compare, CSV to count and sort. No words of a text stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from verhalen import errors
from verhalen.exchange.csv_text import text_of
from verhalen.i18n import t
from verhalen.model.ids import encode_id
from verhalen.model.memo import Memo, MemoTarget
from verhalen.store.whole_file import write_whole

MEMO_COLUMNS = ("memo", "datum", "codeur", "soort", "bij", "verwijzing", "tekst")
_KINDS: tuple[MemoTarget, ...] = ("project", "source", "turn", "coding", "code", "family", "story")
DUTCH = dict(zip(_KINDS, ("dagboek", "bron", "beurt", "fragment", "code", "gezin", "verhaal"), strict=True))


@dataclass(frozen=True, slots=True)
class Row:
    """A memo with what it is about, in words and as the command line takes it."""

    memo: Memo
    label: str
    reference: str


def save_memos(path: Path, rows: Sequence[Row]) -> None:
    """Write memos, oldest first, by suffix. Raises CannotWrite."""
    match path.suffix.lower():
        case ".md":
            write_whole(path, memo_markdown(rows).encode())
        case ".csv":
            write_whole(path, memo_csv(rows).encode("utf-8-sig"))  # Excel knows UTF-8 by its mark only
        case _:
            raise errors.BadInput(reason=t("memos are written as .md or .csv"))


def memo_csv(rows: Sequence[Row]) -> str:
    """One memo a row."""
    return text_of(MEMO_COLUMNS, [_cells(row) for row in rows])


def _cells(row: Row) -> tuple[str, ...]:
    memo = row.memo
    return (
        *(encode_id(memo.id), memo.created, memo.coder, DUTCH[memo.target]),
        *(row.label, row.reference, memo.text),
    )


def memo_markdown(rows: Sequence[Row]) -> str:
    """The journal of the analysis first, then what each memo is about, each as a heading.

    Below the heading of a memo stands a comment for reading it back, which nobody sees on a rendered page.
    """
    parts = [f"# {t('Memos')}\n"]
    ordered = sorted(rows, key=_order)
    for label, group in groupby(ordered, key=lambda row: row.label):
        parts.append(f"## {_line(label[:1].upper() + label[1:])}\n")
        for row in group:
            parts.append(f"### {row.memo.created[:16].replace('T', ' ')}, {_line(row.memo.coder)}\n{_comment(row)}\n")
            parts.append(guarded(row.memo.text) + "\n")
    return "\n".join(parts)


def _order(row: Row) -> tuple[object, ...]:
    place = row.memo.place
    return (_KINDS.index(row.memo.target), place.gone, place.source or 0, place.start or 0, row.label, row.memo.id)


def _line(text: str) -> str:
    return " ".join(text.split())


def _comment(row: Row) -> str:
    about = f"{DUTCH[row.memo.target]} {row.reference}".strip()
    return f"<!-- memo {encode_id(row.memo.id)}; {about}; {row.memo.created} -->"


COMMENT = re.compile(r"<!-- memo (\S+); (\w+) ?(.*); (\S*) -->\s*")
"""Its number, what it is about in a Dutch word, the reference, and the time."""
_HEADING = r"(?:#{1,6}(?=\s|$)|=+[ \t]*$|-+[ \t]*$)"
"""What Markdown takes for a heading of its own."""
_BARE = re.compile(rf"(?m)^( {{0,3}})(\\*{_HEADING})")
_GUARDED = re.compile(rf"(?m)^( {{0,3}})\\(\\*{_HEADING})")


def guarded(text: str) -> str:
    """Text without headings: one backslash more where Markdown would see one."""
    return _BARE.sub(r"\1\\\2", text)


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub(r"\1\2", text)
