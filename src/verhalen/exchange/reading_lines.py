"""The few lines that read an exported table in R or SPSS without an edit: shown where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from verhalen.exchange.csv_text import guarded
from verhalen.exchange.data_tables import Column


def reading_lines(
    path: Path,
    name: str,
    columns: Sequence[Column],
    *,
    sign: str = ";",
    sheet: str = "",
    empty: Iterable[str] = (),
    has_mark: bool = False,
) -> list[str]:
    """Lines for a .csv (R), .xlsx (R) or .sav (R and SPSS). `empty`: signs that stand where there is no value.

    Keys stay words, whatever they look like; days become days.
    """
    signs = [each for sign in empty for each in (sign, str(guarded(sign)))]
    missing = ", ".join(f'"{each}"' for each in dict.fromkeys(["", *signs]))
    match path.suffix.lower():
        case ".csv":
            known = {each.name: each.kind for each in columns}
            words = {name: "character" for name in _KEYS if known.get(name) == "text"}
            days = {name: "Date" for name, kind in known.items() if kind == "date"}
            kinds = ", ".join(f'{name} = "{kind}"' for name, kind in (words | days).items())
            return [
                f'{name} <- read.csv("{path.name}", sep = "{sign}", {encoded(has_mark)}, na.strings = c({missing}),',
                f"  colClasses = c({kinds}))",
                f"summary({name})",
            ]
        case ".xlsx":
            of = f', sheet = "{sheet}"' if sheet else ""
            return [
                "library(readxl)",
                f'{name} <- read_excel("{path.name}"{of}, na = c({missing}), guess_max = 100000)',
                f"summary({name})",
            ]
        case _:
            return [
                f'R:    {name} <- haven::read_sav("{path.name}")',
                f"SPSS: GET FILE='{path.name}'.",
                "SPSS: DISPLAY DICTIONARY.",
            ]


def encoded(has_mark: bool) -> str:
    """How R is told of UTF-8.

    `fileEncoding` turns the file into what the computer writes in: where that is not UTF-8 (R before 4.2 on Windows, a bare
    server) the first emoji would end the table, with no more than a warning. Only it takes a byte order mark away, though.
    """
    return 'fileEncoding = "UTF-8-BOM"' if has_mark else 'encoding = "UTF-8"'


_KEYS = ("codering", "code", "ouder", "verhaal", "gezin", "lid", "item")
"""Columns of keys: they stay words even where each of them looks like a number."""
