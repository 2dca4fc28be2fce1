from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from verhalen import errors
from verhalen.exchange.csv_text import rows_of, text_of
from verhalen.exchange.tables import read_table, read_tables, write_csv, write_xlsx

Write = Callable[[str, str], Path]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Blad{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_sign_between_cells_is_found_by_itself(file: Write, sign: str) -> None:
    table = read_table(file("a.csv", f"gezin{sign}gemeente\nG001{sign}Oudermeer\n"))
    assert table.header == ("gezin", "gemeente")
    assert table.rows[0].number == 2
    assert table.rows[0].cells == {"gezin": "G001", "gemeente": "Oudermeer"}


def test_semicolons_in_quoted_cells_do_not_fool_the_search_for_the_sign(file: Write) -> None:
    table = read_table(file("a.csv", 'verhaal,"titel; met; puntkomma\'s"\nV01,iets\n'))
    assert table.header == ("verhaal", "titel; met; puntkomma's")


def test_excel_may_say_the_sign_on_the_first_line(file: Write) -> None:
    table = read_table(file("a.csv", "sep=,\ngezin,gemeente\nG001,a;b\n"))
    assert (table.rows[0].number, table.rows[0].cells["gemeente"]) == (3, "a;b")


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("gezin;gemeente\nG001;Oudermeer\n".encode("utf-8-sig"))
    assert read_table(path).header == ("gezin", "gemeente")


def test_older_windows_text_is_read_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("gezin;gemeente\nG001;Sint-Jozefé\n".encode("cp1252"))
    table = read_table(path)
    assert table.rows[0].cells["gemeente"] == "Sint-Jozefé"
    assert len(table.notices) == 1


def test_empty_rows_are_left_out_and_numbers_stay_those_of_the_file(file: Write) -> None:
    table = read_table(file("a.csv", 'gezin;nota\nG001;"twee\nregels"\n\n;\nG002;x\n'))
    assert [(row.number, row.cells["gezin"]) for row in table.rows] == [(2, "G001"), (5, "G002")]
    assert table.rows[0].cells["nota"] == "twee\nregels"


def test_a_cell_under_no_name_is_refused(file: Write) -> None:
    with pytest.raises(errors.BadTable) as caught:
        read_table(file("a.csv", "gezin;gemeente\nG001;Oudermeer;zomaar\n"))
    assert [(row, column) for row, column, _ in caught.value.problems] == [(2, "C")]


def test_two_columns_of_one_name_are_refused(file: Write) -> None:
    with pytest.raises(errors.BadTable, match="row 1, column Gezin"):
        read_table(file("a.csv", "gezin;Gezin\nG001;G002\n"))


def test_an_empty_csv_is_refused(file: Write) -> None:
    with pytest.raises(errors.EmptyFile):
        read_table(file("a.csv", "\n\n"))


def test_a_workbook_named_csv_is_not_what_it_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["gezin"], ["G001"]])
    with pytest.raises(errors.NotWhatItSays, match=r"b\.csv"):
        read_table(path.rename(tmp_path / "b.csv"))


def test_another_suffix_is_refused_with_the_ones_we_know(file: Write) -> None:
    with pytest.raises(errors.UnknownFormat, match=r"\.csv, \.xlsx"):
        read_table(file("a.ods", "x"))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(errors.UnreadableFile, match=r"weg\.csv"):
        read_table(tmp_path / "weg.csv")


def test_cells_of_a_workbook_become_text(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["gezin", "datum", "tijd", "waarde", "deel", "ja"],
            ["G001", dt.date(2025, 3, 12), dt.datetime.fromisoformat("2025-03-12T14:30"), 3, 2.5, True],
            ["G002", None, None, 4.0, None, False],
        ],
    )
    first, second = read_table(path).rows
    assert list(first.cells.values()) == ["G001", "2025-03-12", "2025-03-12 14:30", "3", "2.5", "ja"]
    assert list(second.cells.values()) == ["G002", "", "", "4", "", "nee"]


def test_every_sheet_that_holds_something_is_a_table(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["gezin"], ["G001"]], [], [[], ["gezin", "lid"], ["G001", "moeder"]])
    tables = read_tables(path)
    assert [(table.sheet, table.header, table.rows[0].number) for table in tables] == [
        ("Blad1", ("gezin",), 2),
        ("Blad3", ("gezin", "lid"), 3),
    ]


def test_the_computed_value_of_a_formula_counts(tmp_path: Path) -> None:
    # openpyxl writes no computed values: put one beside the formula, as Excel does.
    path = workbook(tmp_path / "a.xlsx", [["waarde"], ["=1+2"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = (
        parts[sheet]
        .replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>")
        .replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>")
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert read_table(path).rows[0].cells["waarde"] == "3"


def test_merged_cells_of_a_header_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["gezin", "scores", None], ["G001", 3, 4]])
    book = load_workbook(path)
    book.worksheets[0].merge_cells("B1:C1")
    book.save(path)
    with pytest.raises(errors.BadTable, match=r"column C.*merged"):
        read_table(path)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.EmptyFile):
        read_table(workbook(tmp_path / "a.xlsx", []))


def test_text_named_xlsx_is_not_what_it_says(file: Write) -> None:
    with pytest.raises(errors.NotWhatItSays, match=r"a\.xlsx is not a real \.xlsx file"):
        read_table(file("a.xlsx", "gezin;gemeente\n"))


def test_a_zip_that_is_no_workbook_is_not_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("iets.txt", "zomaar")
    with pytest.raises(errors.NotWhatItSays):
        read_table(path)


def test_a_workbook_that_is_open_elsewhere_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "scores2025.xlsx", [["gezin"], ["G001"]])
    (tmp_path / "~$ores2025.xlsx").write_bytes(b"lock")
    with pytest.raises(errors.LockedFile, match=r"scores2025\.xlsx"):
        read_table(path)


def test_csv_is_written_with_semicolons_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "uit.csv"
    write_csv(path, ("gezin", "nota"), [("G001", "a;b"), ("G002", None), ("G003", 3)])
    assert path.read_bytes() == b'gezin;nota\nG001;"a;b"\nG002;\nG003;3\n'
    assert [row.cells["nota"] for row in read_table(path).rows] == ["a;b", "", "3"]


def test_text_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "uit.csv"
    rows = [("=1+2",), ("@x",), ("-3",), ("- een streepje",), ("'=x",)]
    write_csv(path, ("nota",), rows)
    assert path.read_text("utf-8") == "nota\n'=1+2\n'@x\n-3\n'- een streepje\n''=x\n"
    assert [(row.cells["nota"],) for row in read_table(path).rows] == rows


def test_a_workbook_never_holds_a_formula_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "uit.xlsx"
    write_xlsx(path, {"Verhalen: alle": (("nota", "n"), [("=1+2", 3), ("+x", None)])})
    sheet = load_workbook(path).worksheets[0]
    assert sheet.title == "Verhalen_ alle"
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]
    assert [list(row.cells.values()) for row in read_table(path).rows] == [["=1+2", "3"], ["+x", ""]]


def test_a_cell_that_is_too_long_for_a_workbook_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "uit.xlsx"
    with pytest.raises(errors.CannotWrite):
        write_xlsx(path, {"1": (("tekst",), [("x" * 40_000,)])})
    assert not path.exists()


def test_nothing_is_left_behind_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(errors.CannotWrite, match=r"uit\.csv"):
        write_csv(tmp_path / "geen" / "uit.csv", ("a",), [])
    (tmp_path / "uit.csv").mkdir()
    with pytest.raises(errors.CannotWrite):
        write_csv(tmp_path / "uit.csv", ("a",), [])
    assert [path.name for path in tmp_path.iterdir()] == ["uit.csv"]


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n;,\"'=+-@"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_what_is_written_as_csv_reads_back(rows: list[tuple[str, str]]) -> None:
    full = [("x", *row) for row in rows]
    found = [tuple(cells) for _, cells in rows_of(text_of(("a", "b", "c"), full))[1:]]
    assert found == full
