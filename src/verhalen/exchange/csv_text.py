"""CSV as text: which sign stands between the cells, and cells that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

SIGNS = ";,\t"
"""What may stand between cells; where two fit equally, the first."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_LONGEST = 4_000_000
"""Characters of a cell: a story of 50,000 words is one; Python's own limit is 131,072."""
_SAYS = re.compile(r'"?sep=(.)"?')


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with their number as a spreadsheet shows it. Raises csv.Error."""
    csv.field_size_limit(_LONGEST)
    first, _, rest = text.partition("\n")
    said = _SAYS.fullmatch(first.strip())
    sign, body, skipped = (said.group(1), rest, 1) if said else (sign_of(text), text, 0)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=sign, strict=False)
    rows = [(number, cells) for number, cells in enumerate(reader, 1 + skipped) if "".join(cells).strip()]
    if "'" not in body:
        return rows
    return [(number, [_bare(cell) for cell in cells]) for number, cells in rows]


def sign_of(text: str) -> str:
    """The sign that cuts the header into the most cells; not one that cuts through a quoted cell."""
    header = next((line for line in text.split("\n") if line.strip()), "")

    def fit(sign: str) -> tuple[bool, int]:
        cells = next(csv.reader([header], delimiter=sign), [])
        return all('"' not in cell for cell in cells), len(cells)

    return max(SIGNS, key=fit)


def text_of(header: Sequence[str], rows: Iterable[Sequence[object]], *, sign: str = ";") -> str:
    """Our CSV: `;` or another sign, quotes where needed, LF.

    Text that looks like a formula gets an apostrophe, which reading takes away.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator="\n")
    writer.writerow([guarded(name) for name in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: object) -> object:
    """A cell that a spreadsheet shows and never computes (OWASP, CSV injection)."""
    if cell is None:
        return ""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _bare(cell: str) -> str:
    """What was guarded, as it was."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
