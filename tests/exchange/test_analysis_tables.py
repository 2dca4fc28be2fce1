"""Words as numbers for other programs: what stands in the cells, how columns are named, what programs read back."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.telling_made import telling_project

from verhalen import errors
from verhalen.api.project import Project
from verhalen.exchange.data_tables import CsvForm, codebook_rows, unique_names
from verhalen.exchange.tables import read_table
from verhalen.model.act import Act
from verhalen.store import families


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(tmp_path_factory.mktemp("home")))
        with telling_project(tmp_path_factory.mktemp("tables")) as opened:
            with opened.file.change(Act.IMPORT_FAMILIES) as writing:
                families.set_attribute(writing, families.family_ids(opened.file)["G001"], "één ouder", "=1+1")
            yield opened


def column(path: Path, name: str) -> dict[str, str]:
    """Cells of a column by family."""
    return {row.cells["gezin"]: row.cells[name] for row in read_table(path).rows}


def test_a_family_without_words_has_no_zero(project: Project, tmp_path: Path) -> None:
    done = project.relating.write_tables(tmp_path / "uit", instrument="balans")
    assert set(done.files) == {
        *("gezinnen.csv", "aantallen.csv", "over_gezinnen.csv", "samen.csv", "codeboek.csv", "inlezen.R")
    }
    assert column(tmp_path / "uit" / "gezinnen.csv", "c_kou") == {
        **dict.fromkeys(("G001", "G002", "G003", "G004"), "1"),
        "G005": "0",
        "G006": "",
    }
    assert column(tmp_path / "uit" / "aantallen.csv", "n_kou") == {
        **dict.fromkeys(("G001", "G002", "G003", "G004"), "1"),
        "G005": "0",
        "G006": "",
    }
    assert set(column(tmp_path / "uit" / "over_gezinnen.csv", "o_kou").values()) == {"0"}


def test_change_is_one_zero_or_minus_one_and_empty_without_a_pair(project: Project, tmp_path: Path) -> None:
    project.relating.write_tables(tmp_path / "uit.csv", instrument="balans")
    went = {"G001": "1", "G002": "0", "G003": "-1", "G004": "", "G005": "0", "G006": "1"}
    assert column(tmp_path / "uit.csv", "v_SOC") == went
    assert column(tmp_path / "uit.csv", "v_alles") == went
    project.relating.write_tables(tmp_path / "zonder.csv")
    assert "v_SOC" not in read_table(tmp_path / "zonder.csv").header


def test_a_cell_is_never_a_formula_and_the_form_of_csv_is_chosen(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "uit.csv"
    project.relating.write_tables(file, form=CsvForm(",", mark=True))
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfgezin,gemeente,")
    assert b",'=1+1," in raw
    assert column(file, "a_een_ouder")["G001"] == "=1+1"
    project.relating.write_tables(tmp_path / "uit.xlsx")
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx")
    cells = [cell for row in book["gezinnen"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_workbook_has_a_codebook_of_every_column(project: Project, tmp_path: Path) -> None:
    project.relating.write_tables(tmp_path / "uit.xlsx", instrument="balans", codes="all")
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx")
    said = [tuple(row[:2]) for row in book["codeboek"].iter_rows(min_row=2, values_only=True)]
    for name in book.sheetnames:
        if name not in ("codeboek", "methode"):
            header = next(book[name].iter_rows(max_row=1, values_only=True))
            assert [column for table, column in said if table == name] == list(header)
    keys = {row[1]: row[6] for row in book["codeboek"].iter_rows(min_row=2, values_only=True)}
    assert (keys["c_huis"], keys["v_SOC"], keys["a_een_ouder"]) == ("huis", "SOC", "één ouder")


def test_spss_reads_numbers_days_and_labels(project: Project, tmp_path: Path) -> None:
    done = project.relating.write_tables(tmp_path / "uit", instrument="balans", kind="sav")
    assert "gezinnen.sav" in done.files
    cells, meta = pyreadstat.read_sav(str(tmp_path / "uit" / "gezinnen.sav"), output_format="dict")
    assert list(cells["c_kou"]) == [1, 1, 1, 1, 0, None]
    assert list(cells["v_SOC"]) == [1, 0, -1, None, 0, 1]
    assert cells["gestart"][0] == dt.date(2025, 1, 6)
    assert set(meta.variable_value_labels["v_SOC"]) == {-1.0, 0.0, 1.0}
    assert "GET FILE='gezinnen.sav'." in (tmp_path / "uit" / "inlezen.sps").read_text("utf-8-sig")


def test_lines_for_r_name_every_table_and_what_is_text(project: Project, tmp_path: Path) -> None:
    project.relating.write_tables(tmp_path / "uit", form=CsvForm(","))
    lines = (tmp_path / "uit" / "inlezen.R").read_text("utf-8").splitlines()
    assert [line.split(" <- ")[0] for line in lines] == ["gezinnen", "aantallen", "over_gezinnen", "samen", "codeboek"]
    assert 'read.csv("gezinnen.csv", sep = ",", encoding = "UTF-8"' in lines[0]
    assert 'gestart = "Date"' in lines[0]
    project.relating.write_tables(tmp_path / "excel", form=CsvForm(mark=True))
    marked = (tmp_path / "excel" / "inlezen.R").read_text("utf-8").splitlines()
    assert all('fileEncoding = "UTF-8-BOM"' in line for line in marked)


def test_other_files_are_refused_before_anything_is_written(project: Project, tmp_path: Path) -> None:
    with pytest.raises(errors.BadInput):
        project.relating.write_tables(tmp_path / "uit.txt")
    with pytest.raises(errors.UnknownInstrument):
        project.relating.write_tables(tmp_path / "uit", instrument="niets")
    (tmp_path / "vol").write_text("", "utf-8")
    with pytest.raises(errors.CannotWrite):
        project.relating.write_tables(tmp_path / "vol" / "uit")
    assert [path.name for path in tmp_path.iterdir()] == ["vol"]


def test_cooccurrence_and_typology_are_written_with_their_codebook(project: Project, tmp_path: Path) -> None:
    together = project.relating.cooccurrence(codes=["kou", "huis"])
    project.relating.write_cooccurrence(tmp_path / "samen.xlsx", together)
    book = openpyxl.load_workbook(tmp_path / "samen.xlsx")
    assert list(book["matrix"].iter_rows(values_only=True)) == [
        ("code", "c_kou", "c_huis"),
        ("kou", 4, 0),
        ("huis", 0, 0),
    ]
    assert [row[2] for row in book["coefficient"].iter_rows(min_row=2, values_only=True)] == [0, None]
    found = project.relating.typology("kou", instrument="balans")
    project.relating.write_typology(tmp_path / "typologie.csv", found)
    [row] = [
        each.cells
        for each in read_table(tmp_path / "typologie.csv").rows
        if (each.cells["sleutel"], each.cells["groep"]) == ("gezin.steun", "1")
    ]
    assert [row[f"voor_{part}"] for part in ("kwartiel_1", "mediaan", "kwartiel_3")] == ["1.0", "2.0", "3.0"]
    assert (row["n"], row["beter"], row["zonder_een_registratie"]) == ("3", "1", "1")


@given(st.lists(st.text(max_size=90) | st.sampled_from(["rol.a", "rol_a", "ROL.A", "é", "1x", "x" * 70, "x" * 71])))
def test_names_of_columns_are_valid_short_and_unique(wanted: list[str]) -> None:
    found = unique_names(wanted)
    assert len({name.casefold() for name in found}) == len(wanted)
    assert all(re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII) and len(name) <= 64 for name in found)


def test_codebook_rows_say_what_numbers_stand_for(project: Project) -> None:
    tables, _ = project.relating._tables("balans", None, "used")  # in English, as all tests of this folder
    said = {row[1]: row[5] for row in codebook_rows(tables) if row[0] == "gezinnen"}
    assert said["v_SOC"] == "worse = -1; same = 0; better = 1"


def test_tables_of_scores_have_a_codebook_of_every_column(project: Project, tmp_path: Path) -> None:
    found = project.scores.change("balans", tests=True)
    project.scores.write_change(tmp_path / "verandering.xlsx", found)
    project.scores.write_baseline(tmp_path / "nulmeting.xlsx", project.scores.baseline("balans"))
    for name in ("verandering", "nulmeting"):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        said = list(book["codeboek"].iter_rows(min_row=2, values_only=True))
        columns = [
            (sheet.title, cell.value)
            for sheet in book.worksheets
            if sheet.title not in ("codeboek", "methode")
            for cell in sheet[1]
        ]
        assert [row[:2] for row in said] == columns
        assert all(row[2] for row in said)
