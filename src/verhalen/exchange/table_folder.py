"""A folder of tables for R or SPSS: a file per table, one with the codebook, and the lines that read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from verhalen import errors
from verhalen.exchange.data_tables import (
    CODEBOOK,
    CODEBOOK_HEADER,
    CsvForm,
    DataTable,
    Written,
    codebook_rows,
    csv_bytes,
    sav_of,
)
from verhalen.exchange.reading_lines import encoded
from verhalen.store.whole_file import write_whole

Format = Literal["csv", "sav"]


def write_folder(folder: Path, tables: Sequence[DataTable], *, form: CsvForm, kind: Format = "csv") -> Written:
    """Make all files first, then write each whole. Files of the same name are written over. Raises CannotWrite."""
    files = _csv_files(tables, form) if kind == "csv" else _sav_files(tables)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.CannotWrite(file=folder.name, reason=errors.why_not_written(error)) from error
    for name, data in files.items():
        write_whole(folder / name, data)
    named = f"{folder.name}/inlezen"
    reading = f'source("{named}.R", chdir = TRUE)' if kind == "csv" else f"INSERT FILE='{named}.sps' CD=YES."
    return Written(folder, tuple(files), len(tables[0].rows), (reading,))


def _csv_files(tables: Sequence[DataTable], form: CsvForm) -> dict[str, bytes]:
    files = {f"{each.name}.csv": csv_bytes(each.header, each.rows, form) for each in tables}
    files[f"{CODEBOOK}.csv"] = csv_bytes(CODEBOOK_HEADER, codebook_rows(tables), form)
    files["inlezen.R"] = r_lines(tables, form).encode()
    return files


def _sav_files(tables: Sequence[DataTable]) -> dict[str, bytes]:
    files = {f"{each.name}.sav": sav_of(each) for each in tables}
    # The codebook is in the files themselves, as labels; this one is for who wants to print it.
    files[f"{CODEBOOK}.csv"] = csv_bytes(CODEBOOK_HEADER, codebook_rows(tables), CsvForm(mark=True))
    files["inlezen.sps"] = spss_lines(tables).encode("utf-8-sig")
    return files


def r_lines(tables: Sequence[DataTable], form: CsvForm) -> str:
    """A line per table: keys stay text; an empty cell is missing."""
    lines = []
    for each in tables:
        texts = ", ".join(f'{column.name} = "character"' for column in each.columns if column.kind == "text")
        days = [column.name for column in each.columns if column.kind == "date"]
        kinds = ", ".join([*([texts] if texts else []), *(f'{name} = "Date"' for name in days)])
        lines.append(
            f'{each.name} <- read.csv("{each.name}.csv", sep = "{form.sign}", {encoded(form.mark)}, na.strings = "",'
            f" colClasses = c({kinds}))"
        )
    lines.append(
        f'{CODEBOOK} <- read.csv("{CODEBOOK}.csv", sep = "{form.sign}", {encoded(form.mark)}, na.strings = "")'
    )
    return "\n".join([*lines, ""])


def spss_lines(tables: Sequence[DataTable]) -> str:
    """Each table as a dataset of its own, the first one last, so that it is the active one; its labels are in the file.

    Never DATASET ACTIVATE: PSPP keeps one dataset only, and knows no other by name.
    """
    lines = []
    for each in (*tables[1:], tables[0]):
        lines += [f"GET FILE='{each.name}.sav'.", f"DATASET NAME {each.name}."]
    return "\n".join([*lines, "DISPLAY DICTIONARY.", ""])
