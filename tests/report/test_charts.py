"""Charts: editable in Word, told in words, and without a trace of what was masked."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from verhalen.errors import BadInput
from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Audience, Cleared, own_words
from verhalen.privacy.disclosure import clear_count
from verhalen.report.blocks import Chart, Series
from verhalen.report.charts import alternative_text
from verhalen.report.docx_writer import write_docx

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def _count(count: int) -> Cleared[int | None]:
    return clear_count(count, Audience.COUNCIL)


def _chart() -> Chart:
    return Chart(
        (own_words("Wonen & geld"), own_words("=Opvoeding")),
        (
            Series(own_words("vooruit"), (_count(8), _count(5))),
            Series(own_words("gelijk"), (_count(0), _count(11))),
            Series(own_words("achteruit"), (_count(2), None)),
        ),
        own_words("Verandering"),
    )


def _parts(folder: Path, *charts: Chart) -> zipfile.ZipFile:
    path = folder / "rapport.docx"
    write_docx(charts, path, title="", today=datetime.date(2026, 11, 22))
    return zipfile.ZipFile(path)


def test_the_workbook_behind_a_chart_holds_what_may_be_shown_and_nothing_else(tmp_path: Path) -> None:
    with _parts(tmp_path, _chart()) as parts:
        book = openpyxl.load_workbook(io.BytesIO(parts.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert book.sheetnames == ["Sheet1"]
    assert rows == [
        (None, "vooruit", "gelijk", "achteruit"),
        ("Wonen & geld", 8, 0, None),
        ("=Opvoeding", 5, 11, None),
    ]


def test_a_chart_is_stacked_labelled_and_in_reading_order(tmp_path: Path) -> None:
    with _parts(tmp_path, _chart()) as parts:
        root = etree.fromstring(parts.read("word/charts/chart1.xml"))
    assert [each.get("val") for each in root.iter(f"{CHART}grouping")] == ["stacked"]
    assert [each.get("val") for each in root.iter(f"{CHART}orientation")][:1] == ["maxMin"]
    assert [each.get("val") for each in root.iter(f"{CHART}showVal")] == ["1", "1", "1"]
    assert len(list(root.iter(f"{CHART}legend"))) == 1
    points = [
        [(point.get("idx"), point.findtext(f"{CHART}v")) for point in values.iter(f"{CHART}pt")]
        for values in root.iter(f"{CHART}numCache")
    ]
    assert points == [[("0", "8"), ("1", "5")], [("0", "0"), ("1", "11")], []]


def test_every_chart_has_parts_of_its_own(tmp_path: Path) -> None:
    with _parts(tmp_path, _chart(), _chart()) as parts:
        names = [name for name in parts.namelist() if "chart" in name or "embeddings" in name]
    assert sorted(names) == [
        "word/charts/_rels/chart1.xml.rels",
        "word/charts/_rels/chart2.xml.rels",
        "word/charts/chart1.xml",
        "word/charts/chart2.xml",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        "word/embeddings/Microsoft_Excel_Sheet2.xlsx",
    ]


def test_the_alternative_text_is_made_from_the_numbers() -> None:
    assert alternative_text(_chart()) == (
        "Stacked bars of counts. Wonen & geld: vooruit 8, gelijk 0, achteruit not shown. "
        "=Opvoeding: vooruit 5, gelijk 11, achteruit not shown."
    )


def test_the_callers_own_alternative_text_goes_before() -> None:
    chart = Chart((own_words("a"),), (), own_words("b"), alt_text=own_words("Acht van de tien."))
    assert alternative_text(chart) == "Acht van de tien."


def test_a_series_that_does_not_fit_the_bars_is_refused() -> None:
    with pytest.raises(BadInput):
        Chart((own_words("a"),), (Series(own_words("b"), (_count(8), _count(9))),), own_words("c"))
