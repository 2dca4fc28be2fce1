"""Read SPSS files: values as text, user missing values by what their label says, dates in ISO. Needs pyreadstat."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from verhalen import errors
from verhalen.exchange.score_words import SIGN_OF, SIGNS
from verhalen.i18n import mark
from verhalen.model.text import Notice, normal_text

MISSING = mark("{column}: {n} values that SPSS calls missing say nothing more and were read as empty.")
_MOST_CELLS = 20_000_000
_LIBRARY = "pyreadstat"


@dataclass(slots=True)
class SavContent:
    """What an SPSS file holds, as the rows of a table."""

    rows: list[tuple[int, list[str]]]
    """Number and cells; the first is the header."""
    value_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def read_sav(data: bytes) -> SavContent:
    """Raises NeedsSpss where the library is missing, NotWhatItSays, TooLarge."""
    if find_spec(_LIBRARY) is None:
        raise errors.NeedsSpss
    values, meta = _load(data)
    names = list(values)
    columns = [_Column(name, meta) for name in names]
    cells = [[column.text(value) for value in values[name]] for name, column in zip(names, columns, strict=True)]
    # SPSS allows no name that begins with a digit: our export puts an @ before it.
    header = [name.removeprefix("@") for name in names]
    rows = [(number, list(row)) for number, row in enumerate(zip(*cells, strict=True), 2) if any(row)]
    return SavContent(
        rows=[(1, header), *rows],
        value_labels={name: column.labels for name, column in zip(header, columns, strict=True) if column.labels},
        notices=tuple(
            Notice(None, MISSING, {"column": name, "n": column.unsaid.total()})
            for name, column in zip(header, columns, strict=True)
            if column.unsaid
        ),
    )


def _load(data: bytes) -> tuple[Mapping[str, Sequence[object]], Any]:
    import pyreadstat

    broken = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError, UnicodeError)
    try:
        _, meta = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True, output_format="dict")
        if (meta.number_rows or 0) * max(meta.number_columns or 0, 1) > _MOST_CELLS:
            size = f"{meta.number_rows} x {meta.number_columns}"
            raise errors.TooLarge(size=size, limit=f"{_MOST_CELLS}")
    except broken:
        meta = None  # perhaps only its letters are of another time
    for encoding in (None, "WINDOWS-1252"):
        try:
            read: tuple[Mapping[str, Sequence[object]], Any] = pyreadstat.read_sav(
                io.BytesIO(data), user_missing=True, output_format="dict", encoding=encoding
            )
        except broken:
            continue
        return read
    raise errors.NotWhatItSays


class _Column:
    """How the values of one variable become text."""

    def __init__(self, name: str, meta: Any) -> None:
        said = meta.variable_value_labels.get(name, {})
        self.labels = {_plain(value): normal_text(str(label)).strip() for value, label in said.items()}
        self._missing: list[Any] = meta.missing_ranges.get(name, [])
        self._known: dict[object, str] = {}
        self.unsaid: Counter[str] = Counter()

    def text(self, value: object) -> str:
        """A cell; a value that is missing becomes `nvt`, `?`, `=` or nothing, by its label."""
        found = "" if isinstance(value, float) and math.isnan(value) else self._known.get(value)
        if found is None:
            found = self._known[value] = self._text(value)
        if not found and (text := _plain(value)):
            self.unsaid[text] += 1
        return found

    def _text(self, value: object) -> str:
        text = _plain(value)
        label = self.labels.get(text, "")
        state = SIGNS.get(label.casefold())
        if state in SIGN_OF:
            return SIGN_OF[state]
        return "" if self._is_missing(value, text) else text

    def _is_missing(self, value: object, text: str) -> bool:
        for each in self._missing:
            low, high = (each["lo"], each["hi"]) if isinstance(each, dict) else (each, each)
            if isinstance(value, (int, float)) and isinstance(low, (int, float)):
                if low <= value <= high:
                    return True
            elif text and str(low) <= text <= str(high):
                return True
        return False


def _plain(value: object) -> str:
    """A value as our tables write it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return normal_text(str(value)).strip()
