"""Take words out of everything that people wrote: tables, the journal's images of them, drafts and views."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from verhalen.store.project import Writing
from verhalen.store.schema import JOURNALED

Words = Callable[[str], str]
"""Gives a text back without what may not stay in it."""
SHORTEST = 20
"""Characters of a cell that may hold words worth a look."""


def scrub_everywhere(writing: Writing, words: Words) -> int:
    """Apply `words` to every text of the journaled tables, their images, drafts and views; give how many cells changed.

    The texts of sources are not touched: those change by a correction, and a person must look at them.
    """
    changed = 0
    for table in JOURNALED:
        for column in _text_columns(writing, table):
            rows = writing.rows(f"select id, {column} from {table} where length({column}) >= ?", (SHORTEST,))
            for row, value in rows:
                if (clean := words(value)) != value:
                    writing.execute(f"update {table} set {column} = ? where id = ?", (clean, row))
                    changed += 1
    for row, image in writing.rows("select id, image from change_row where length(image) >= ?", (SHORTEST,)):
        if (clean := in_json(image, words)) != image:
            writing.execute("update change_row set image = ? where id = ?", (clean, row))
    return changed + scrub_foreign(writing, words) + scrub_notes(writing, words)


def scrub_foreign(writing: Writing, words: Words) -> int:
    """The same for what came from other copies, and for what is still to be decided."""
    changed = 0
    for table, key, column in (("foreign_row", "id", "data"), ("clash", "key", "sides")):
        for row, value in writing.rows(f"select {key}, {column} from {table} where length({column}) >= ?", (SHORTEST,)):
            if (clean := in_json(value, words)) != value:
                writing.execute(f"update {table} set {column} = ? where {key} = ?", (clean, row))
                changed += 1
    return changed


def scrub_notes(writing: Writing, words: Words) -> int:
    """The same for half-filled forms and where somebody was looking."""
    changed = 0
    for table in ("draft", "view_state"):
        for key, value in writing.rows(f"select key, value from {table}"):
            if (clean := in_json(value, words)) != value:
                writing.execute(f"update {table} set value = ? where key = ?", (clean, key))
                changed += 1
    return changed


def _text_columns(writing: Writing, table: str) -> list[str]:
    return [name for _, name, kind, *_ in writing.rows(f"pragma table_info({table})") if kind.lower() == "text"]


def in_json(value: str, words: Words) -> str:
    """A text, or JSON with the words applied to each text in it; unchanged where nothing had to go."""
    try:
        found = json.loads(value)
    except ValueError:
        return words(value)
    clean = _each_text(found, words)
    return value if clean == found else as_json(clean)


def _each_text(value: Any, words: Words) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, list):
        return [_each_text(each, words) for each in value]
    if isinstance(value, dict):
        return {key: _each_text(each, words) for key, each in value.items()}
    return value


def as_json(value: Any) -> str:
    """As the journal keeps an image."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
