"""The rows of a crosstab, and in which of them a coding stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.coding import Valence
from verhalen.model.crosstable import Line, Rows
from verhalen.store import codebook as code_store
from verhalen.store import scores
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class RowSet:
    """Lines, and where each coding belongs."""

    kind: Rows
    lines: tuple[Line, ...]
    of: Mapping[int | str, tuple[int, ...]]
    """The rows in which a coding stands, by the id of its code, or by its valence where the rows are those; absent: in none."""
    sensitive: tuple[bool, ...]
    """Whether a row is about a sensitive life domain (methods.md D6)."""


def row_set(project: ProjectFile, kind: Rows) -> RowSet:
    """The rows that are asked for, all of them, whatever was told."""
    if kind is Rows.VALENCE:
        order = (Valence.POSITIVE, Valence.NEGATIVE, Valence.MIXED, Valence.NONE)
        lines = tuple(Line(each.value, t(each.label)) for each in order)
        return RowSet(kind, lines, {each.value: (index,) for index, each in enumerate(order)}, (False,) * 4)
    book = code_store.codebook(project, counted=False)
    domains = scores.domain_list(project)
    strict = {each.key for each in domains.domains if each.sensitive}
    if kind is Rows.DOMAIN:
        place = {each.key: index for index, each in enumerate(domains.domains)}
        of_code: dict[int | str, tuple[int, ...]] = {
            code.id: tuple(sorted({place[key] for key in code.evidence if key in place}))
            for code in book
            if any(key in place for key in code.evidence)
        }
        lines = tuple(Line(each.key, each.name) for each in domains.domains)
        return RowSet(kind, lines, of_code, tuple(each.key in strict for each in domains.domains))
    return _tree(book, kind, strict)


def _tree(book: Codebook, kind: Rows, strict: set[str]) -> RowSet:
    """A code stands in its own line and in that of every code above it; a group takes in all below it."""
    above: dict[str, tuple[str, ...]] = {}
    for code in book:  # parents stand before their children
        above[code.key] = (*above.get(code.parent or "", ()), code.key)
    shown = [code for code in book if kind is Rows.CODE or len(above[code.key]) == 1]
    place = {code.key: index for index, code in enumerate(shown)}
    touched: list[set[str]] = [set() for _ in shown]
    of_code: dict[int | str, tuple[int, ...]] = {}
    for code in book:
        of_code[code.id] = tuple(place[key] for key in above[code.key] if key in place)
        for index in of_code[code.id]:
            touched[index] |= {*code.evidence, *code.touches}
    lines = tuple(Line(code.key, code.name, depth=len(above[code.key]) - 1) for code in shown)
    return RowSet(kind, lines, of_code, tuple(bool(each & strict) for each in touched))
