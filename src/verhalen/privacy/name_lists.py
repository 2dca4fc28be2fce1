"""Lists of names that a service has already: one on a line, or a table with the kind beside each."""

from __future__ import annotations

from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.masking import NameKind
from verhalen.privacy.keyfile import csv_lines, decode
from verhalen.privacy.matching import fold
from verhalen.readers.opening import read_bytes

_NAME, _KIND = ("naam", "name"), ("soort", "kind", "type")


def read_names(path: Path, kind: NameKind) -> list[tuple[str, NameKind]]:
    """The names of a list with their kind; `kind` where the list says none. Raises UnreadableFile, BadInput."""
    try:
        data = read_bytes(path)
    except errors.UnreadableFile as error:
        error.values = {"file": path.name, **error.values}
        raise
    lines = csv_lines(decode(data), file=path.name)
    header = [cell.casefold() for cell in lines[0][1]] if lines else []
    name_at = next((at for at, cell in enumerate(header) if cell in _NAME), None)
    kind_at = next((at for at, cell in enumerate(header) if cell in _KIND), None)
    rows = lines if name_at is None else lines[1:]
    return [_row(line, cells, name_at or 0, kind_at, kind) for line, cells in rows if _says(cells, name_at or 0)]


def _says(cells: list[str], place: int) -> bool:
    return place < len(cells) and bool(fold(cells[place]))


def _row(line: int, cells: list[str], name_at: int, kind_at: int | None, kind: NameKind) -> tuple[str, NameKind]:
    said = cells[kind_at].casefold() if kind_at is not None and kind_at < len(cells) else ""
    if said and said not in set(NameKind):
        kinds = ", ".join(NameKind)
        raise errors.BadInput(reason=t("line {line}: the kind must be one of: {kinds}", line=line, kinds=kinds))
    return cells[name_at], NameKind(said) if said else kind
