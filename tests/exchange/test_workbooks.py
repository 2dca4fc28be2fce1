"""Workbooks as they are read from their XML: beside what openpyxl makes of them, and what nobody should have to trust."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from verhalen import errors
from verhalen.exchange.tables import read_table, read_tables
from verhalen.exchange.workbooks import _cell_text, sheets_of

VALUES = (
    *(
        None,
        1,
        0,
        -7,
        2.5,
        1e20,
        1e-7,
        True,
        False,
        "tekst",
        "  ruim ",
        "a&b <c> 'd' \"e\"",
        "é €",
        "x\ny",
        "007",
        "1,5",
    ),
    *(
        "",
        "#N/A",
        dt.date(2024, 3, 4),
        dt.datetime.fromisoformat("2024-03-04T13:30"),
        dt.time(9, 15),
        dt.timedelta(hours=30),
    ),
    CellRichText("half ", TextBlock(InlineFont(b=True), "vet")),
)


def changed(path: Path, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with another part."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def made(path: Path, *rows: Sequence[object], write_only: bool = False) -> Path:
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("Blad") if write_only else book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def by_openpyxl(data: bytes) -> list[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    lines = enumerate(book.worksheets[0].iter_rows(values_only=True), 1)
    return [(number, bare([_cell_text(value) for value in row])) for number, row in lines if any(map(_cell_text, row))]


def bare(cells: list[str]) -> list[str]:
    """Without empty cells at the end."""
    return cells[: max((at for at, cell in enumerate(cells, 1) if cell), default=0)]


@pytest.mark.parametrize("write_only", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml,
        lambda xml: re.sub(rb'<(row|c) r="[A-Z]*\d+"', rb"<\1", xml),
        lambda xml: xml.replace(b"<sheetData>", b"<!-- van elders --><sheetData>"),
        lambda xml: re.sub(rb"<(/?)(row|c|v|is|t|sheetData)\b", rb"<\1x:\2", xml).replace(
            b"xmlns=", b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns=', 1
        ),
    ],
    ids=["plain", "without places", "with a comment", "with a prefix"],
)
def test_a_workbook_reads_as_openpyxl_reads_it(
    tmp_path: Path, change: Callable[[bytes], bytes], write_only: bool
) -> None:
    turned = [[*VALUES[at:], *VALUES[:at]] for at in range(0, len(VALUES), 3)]
    data = changed(made(tmp_path / "a.xlsx", *turned, [], ["laatste"], write_only=write_only), change)
    (sheet,) = sheets_of(data)
    found = [(number, bare(cells)) for number, cells in sheet.rows]
    assert found == by_openpyxl(data)
    assert (len(found), sheet.uncounted) == (len(turned) + 1, [])


def test_a_formula_counts_by_its_result_also_when_that_is_empty(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", ["gezin", "a", "b", "c"], ["G001", 1, 2, 3], ["G002", "==", "=", "x"])
    data = changed(
        path,
        lambda xml: re.sub(
            rb'<c r="B2".*?</c><c r="C2".*?</c>',
            rb'<c r="B2" t="str"><f>IF(1,"","x")</f><v></v></c><c r="C2"><f>1+1</f><v>2</v></c>',
            xml,
        ),
    )
    (sheet,) = sheets_of(data)
    assert [cells for _, cells in sheet.rows[1:]] == [["G001", "", "2", "3"], ["G002", "==", "=", "x"]]
    assert sheet.uncounted == []


def test_a_sheet_that_nobody_needs_may_hold_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    for cell in (["Titel"], [], ["gezin", "datum", "waarde"], ["G001", 1, 2]):
        book.worksheets[0].append(cell)
    other = book.create_sheet("Analyse")
    for row in (["gemiddeld", None], ["=AVERAGE(1,2)", 3]):
        other.append(row)
    book.save(path)
    first, second = read_tables(path)
    assert (first.header, first.rows[0].number, first.problems) == (("gezin", "datum", "waarde"), 4, ())
    assert [(each.line, each.values) for each in first.notices] == [(1, {"row": 3})]
    assert [(row, column) for row, column, _ in second.problems] == [(2, "Analyse: A"), (2, "Analyse: B")]


def test_hostile_sheets_cost_no_memory_and_reach_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", ["gezin"])
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(2, 1300))
    with pytest.raises(errors.TooLarge):
        sheets_of(changed(path, lambda xml: xml.replace(b"</sheetData>", far + b"</sheetData>")))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    beyond = b'<row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData>'
    for change in (
        lambda xml: bomb + xml,
        lambda xml: xml.replace(b"</sheetData>", beyond),
        lambda xml: xml.replace(b"</sheetData>", b'<row r="2"><c r="XFE2"><v>1</v></c></row></sheetData>'),
        lambda xml: xml.replace(b"</sheetData>", b'<row r="2"><c r="A2" t="s"><v>999</v></c></row></sheetData>'),
        lambda xml: xml[:-40],
    ):
        with pytest.raises(errors.NotWhatItSays):
            sheets_of(changed(path, change))
    (tmp_path / "b.xlsx").write_bytes(changed(path, lambda xml: b"", "xl/workbook.xml"))
    with pytest.raises(errors.NotWhatItSays):
        read_table(tmp_path / "b.xlsx")
