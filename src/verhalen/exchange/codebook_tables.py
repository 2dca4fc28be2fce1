"""The codebook as a table: one row per code, in CSV."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

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
from verhalen.exchange.columns import YES_NO, Sheet
from verhalen.exchange.csv_text import text_of
from verhalen.exchange.tables import Row, read_table
from verhalen.i18n import t
from verhalen.model.codebook import Code, Codebook, in_tree_order
from verhalen.model.instrument import DomainList
from verhalen.model.patterns import write_patterns

COLUMNS = ("code", "naam", "definitie", "wel", "niet", "ouder", "bewijs", "raakt", "kleur", "verouderd", "patronen")
FOR_READING = ("pad", "aantal")
"""Columns that a workbook has besides, for people; an import passes them over."""
ENGLISH = {
    "key": "code", "name": "naam", "definition": "definitie", "include": "wel", "exclude": "niet", "parent": "ouder",
    "evidence": "bewijs", "touches": "raakt", "colour": "kleur", "color": "kleur", "deprecated": "verouderd",
    "patterns": "patronen",
}  # fmt: skip


def write_codebook_csv(codebook: Codebook) -> str:
    """The codebook as CSV. Reading it back gives the same codes in the same order."""
    return text_of(COLUMNS, [code_cells(code) for code in in_tree_order(codebook)])


def code_cells(code: Code) -> list[str]:
    """What stands in the columns of a code."""
    links = (", ".join(code.evidence), ", ".join(code.touches))
    deprecated = "ja" if code.deprecated else ""
    return [
        *(code.key, code.name, code.definition, code.include, code.exclude, code.parent or ""),
        *(*links, code.colour, deprecated, write_patterns(code.patterns)),
    ]


def read_codebook_table(path: Path, domains: DomainList | None) -> CodebookFile:
    """A codebook from CSV or XLSX; only `code` and `naam` are needed."""
    table = read_table(path)
    sheet = Sheet(table, ENGLISH)
    for name in ("code", "naam"):
        if not sheet.has(name):
            raise bad(table.file, 1, t("the column {column} is missing", column=name))
    siblings: Counter[str] = Counter()
    placed = []
    for row in table.rows:
        code = _code(sheet, row, domains, position=siblings[sheet.text(row, "ouder")])
        siblings[code.parent or ""] += 1
        placed.append(Placed(row.number, code, silent=not sheet.has("patronen")))
    found = whole(table.file, placed)
    return replace(
        found, notices=[*table.notices, *sheet.left_out(sheet.others((*COLUMNS, *FOR_READING))), *found.notices]
    )


def _code(sheet: Sheet, row: Row, domains: DomainList | None, *, position: int) -> Code:
    file, line = sheet.table.file, row.number
    key = checked_key(file, line, sheet.text(row, "code"))
    if not sheet.text(row, "naam"):
        raise bad(file, line, t("code {key} has no name", key=key))
    return Code(
        key=key,
        name=sheet.text(row, "naam"),
        definition=sheet.text(row, "definitie"),
        include=sheet.text(row, "wel"),
        exclude=sheet.text(row, "niet"),
        parent=sheet.text(row, "ouder") or None,
        evidence=checked_domains(file, line, sheet.text(row, "bewijs"), domains),
        touches=checked_domains(file, line, sheet.text(row, "raakt"), domains),
        colour=checked_colour(file, line, sheet.text(row, "kleur")),
        position=position,
        patterns=checked_patterns(file, line, sheet.text(row, "patronen")),
        deprecated=YES_NO.get(sheet.text(row, "verouderd").casefold()) == "ja",
    )
