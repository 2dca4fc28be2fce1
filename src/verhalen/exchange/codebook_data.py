"""The codebook as a table for R and SPSS, one row per code; as a workbook it comes back in by `codebook import`."""

from __future__ import annotations

from verhalen.exchange.codebook_tables import COLUMNS, FOR_READING, code_cells
from verhalen.exchange.data_tables import Cell, Column, DataTable
from verhalen.i18n import mark, t
from verhalen.model.codebook import Codebook, in_tree_order

_LABELS = {
    "code": mark("key of the code"), "naam": mark("name of the code"), "definitie": mark("what it means"),
    "wel": mark("when to use it"), "niet": mark("when not to use it"), "ouder": mark("key of the code above it"),
    "bewijs": mark("life domains of which it tells how it goes"), "raakt": mark("life domains that are related"),
    "kleur": mark("colour"), "verouderd": mark("no longer used"),
    "patronen": mark("words by which the computer finds places"),
    "pad": mark("name of the code, with those above it"),
}  # fmt: skip


def codebook_table(book: Codebook) -> DataTable:
    """Every field of every code, its name behind those of the codes above it, and how often it was given by anybody."""
    _pad, number = FOR_READING
    columns = [Column(name, t(_LABELS[name]), "text", "nominal") for name in (*COLUMNS, _pad)]
    paths = code_paths(book)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*code_cells(code), paths[code.key], code.codings) for code in in_tree_order(book)
    )
    return DataTable("codes", t("One row per code."), (*columns, Column(number, t("codings, of every coder"))), rows)


def code_paths(book: Codebook) -> dict[str, str]:
    """Key of each code -> its name behind the names of those above it."""
    found: dict[str, str] = {}
    for code in in_tree_order(book):
        above = found.get(code.parent or "")
        found[code.key] = f"{above} > {code.name}" if above else code.name
    return found
