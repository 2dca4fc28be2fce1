"""Rows about families that were withdrawn stay out, whatever file they come in; the rest of the file is welcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from verhalen.exchange.columns import Sheet
from verhalen.exchange.tables import Table
from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.store.forget import forgotten_families
from verhalen.store.project import ProjectFile

LEFT_OUT = mark("Rows about families that were withdrawn were left out ({n}×).")


def without_forgotten(project: ProjectFile, table: Table, synonyms: Mapping[str, str]) -> Table:
    """The table without such rows, with a notice that counts them and names nobody."""
    sheet = Sheet(table, dict(synonyms))
    if not sheet.has("gezin"):
        return table
    gone = forgotten_families(project, sheet.different("gezin"))
    if not gone:
        return table
    kept = tuple(row for row in table.rows if sheet.text(row, "gezin") not in gone)
    notice = Notice(None, LEFT_OUT, {"n": len(table.rows) - len(kept)})
    return replace(table, rows=kept, notices=(*table.notices, notice))
