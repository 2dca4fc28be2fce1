"""Crosstabs and quote matrices as files: what stands in them, and what explains it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from tests.analysis.crossing_made import make
from tests.builders import code_words

from verhalen import errors
from verhalen.api.crossing import Crossings
from verhalen.exchange.crossing_tables import CODEBOOK, COLUMN, QUOTE, ROW, TEST
from verhalen.model.act import Act
from verhalen.model.coding import Valence
from verhalen.model.crosstable import Measure, Unit


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crossings]:
    folder = tmp_path_factory.mktemp("crossing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        project = make(folder)
        speaker, person = (project.number(f"select min(id) from {table}") for table in ("speaker", "person"))
        with project.change(Act.LINK_SPEAKER) as writing:
            writing.execute("update speaker set person_id = ? where id = ?", (person, speaker))
        source = project.number("select min(id) from source")
        code_words(project, source, "Ik sliep niet", "ld.won", valence=Valence.NEGATIVE)
        code_words(project, source, "de huur was te hoog", "ld.won.huur")
        yield Crossings(project)
        project.close()


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def test_a_table_ends_with_its_totals_and_the_n_of_each_column(door: Crossings, tmp_path: Path) -> None:
    table = door.table("gemeente", unit=Unit.FAMILIES)
    done = door.write(tmp_path / "tabel.csv", table, tests=door.tests(table))
    header, *rows = lines(done.path)
    assert header == [*ROW, "Ranst", "Zandhoven", table.columns[-1].name, "totaal", *TEST]
    assert [row[:8] for row in rows if row[0] in ("ld", "ld.ink", "")] == [
        ["ld", "ld", "0", "0", "1", "0", "1", "1.0"],
        ["ld.ink", "ld.ink", "1", "0", "0", "0", "0", ""],
        ["", "totaal", "", "0", "1", "0", "1", ""],
        ["", "n", "", "1", "1", "1", "", ""],
    ]
    assert done.rows == 5


def test_a_workbook_explains_every_row_column_and_measure(door: Crossings, tmp_path: Path) -> None:
    door.write(tmp_path / "tabel.xlsx", door.table("gemeente", query="ld.won"), Measure.COLUMN_PERCENT)
    book = openpyxl.load_workbook(tmp_path / "tabel.xlsx")
    assert book.sheetnames == [
        "kolomprocenten", "aantallen", "rijprocenten", "per_1000_woorden", "kolommen", "codeboek",
    ]  # fmt: skip
    said = list(book["codeboek"].iter_rows(values_only=True))
    assert said[0] == CODEBOOK
    assert {(kind, key) for kind, key, *_ in said} >= {
        *(("rij", key) for key in ("ld", "ld.won", "ld.won.huur", "ld.ink", "rol")),
        *(("kolom", key) for key in ("Ranst", "Zandhoven")),
        *(("maat", measure.value) for measure in Measure if measure is not Measure.COEFFICIENT),
        ("instelling", "langs"),
    }
    assert any("ld.won" in str(row[3]) for row in said if row[1] == "opmerking" or row[0] == "instelling")
    assert next(book["kolommen"].iter_rows(values_only=True)) == COLUMN


def test_quotes_are_lines_with_whose_words_they_are_and_where(door: Crossings, tmp_path: Path) -> None:
    matrix = door.quotes("ld.won", "gemeente")
    header, *rows = lines(door.write(tmp_path / "citaten.csv", matrix).path)
    assert tuple(header) == QUOTE
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["kolom"], row["gezin"], row["kleur"], row["citaat"]) for row in found] == [
        ("Zandhoven", "G001", "negative", "Ik sliep niet"),
        ("Zandhoven", "G001", "none", "de huur was te hoog"),
    ]
    assert [row["kolom_gezinnen"] for row in found] == ["1", "1"]
    door.write(tmp_path / "citaten.md", matrix)
    page = (tmp_path / "citaten.md").read_text("utf-8")
    assert "# ld.won (ld.won)" in page
    assert "> Ik sliep niet\n>\n> G001; 1@6; -\n" in page
    door.write(tmp_path / "citaten.xlsx", matrix)
    book = openpyxl.load_workbook(tmp_path / "citaten.xlsx")
    assert book.sheetnames == ["citaten", "matrix", "aantallen", "kolommen", "codeboek"]
    assert "“Ik sliep niet”" in str(book["matrix"]["D2"].value)


def test_another_suffix_is_refused_and_leaves_nothing(door: Crossings, tmp_path: Path) -> None:
    for found in (door.table("gemeente"), door.quotes("ld", "gemeente")):
        with pytest.raises(errors.BadInput):
            door.write(tmp_path / "tabel.docx", found)
    assert list(tmp_path.iterdir()) == []
