"""Pictures of a crosstab: files that open, with the numbers in them as words too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from verhalen import errors
from verhalen.analysis.grid import Look, Paint, grid_of
from verhalen.exchange.drawing import SHADES, Drawing, Words, write_drawing
from verhalen.exchange.matrix_picture import Caption, matrix_drawing
from verhalen.i18n import speaking
from verhalen.model.crosstable import CrossTable, Line, Unit

SVG = "{http://www.w3.org/2000/svg}"
TABLE = CrossTable(
    Unit.FAMILIES,
    "gemeente",
    (Line("ld.won", "Wonen & huur"), Line("ld.won.vocht", "Vocht <muren>", 1), Line("ld.ink", "Inkomen")),
    (Line("Oudermeer", "Oudermeer", n=9), Line("Lindebeke", "Lindebeke aan het water", n=7)),
    ((4, 1), (2, 0), (0, 0)),
    (5, 2, 0),
    (4, 1),
    5,
)
CAPTION = Caption("Codes by municipality", ("5 families; 30 November 2026",))


def drawn(paint: Paint = Paint.HEAT) -> Drawing:
    with speaking("en"):
        return matrix_drawing(grid_of(TABLE, Look(paint=paint)), CAPTION)


def test_a_picture_says_in_words_all_that_it_shows(tmp_path: Path) -> None:
    told = write_drawing(tmp_path / "a.svg", drawn())
    root = ET.fromstring((tmp_path / "a.svg").read_bytes())
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == "Codes by municipality"
    said = root.findtext(f"{SVG}desc")
    assert said is not None
    assert "Wonen & huur: Oudermeer 4, Lindebeke aan het water 1; total 5." in said
    assert "Lindebeke aan het water (n=7, total 1)" in said
    assert "1 empty row is left out." in said
    assert "For the team" in said
    assert said in told.read_text("utf-8")
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert texts.count("n=9") == 1
    assert "Vocht <muren>" in texts
    # Of the rows that hold no others 2 is the most: it, and what is beyond it, is darkest; 1 is half of it.
    grounds = [each.get("fill") for each in root.iter(f"{SVG}rect")]
    assert [grounds.count(each) for each in SHADES[1:]] == [0, 2, 0, 3]


@pytest.mark.parametrize("name", ["Wilgenrode", "Oudermeer", "Lindebeke", "Zandvoorden"])
def test_the_name_of_a_town_is_not_broken_within_a_word(name: str) -> None:
    table = replace(TABLE, columns=(Line("one", name, n=9), TABLE.columns[1]))
    with speaking("en"):
        drawing = matrix_drawing(grid_of(table, Look()), CAPTION)
    assert name in [each.text for each in drawing.parts if isinstance(each, Words)]


def test_a_png_opens_with_its_words_inside(tmp_path: Path) -> None:
    for paint in Paint:
        path = tmp_path / f"{paint}.png"
        drawing = drawn(paint)
        write_drawing(path, drawing)
        with Image.open(path) as image:
            image.load()
            assert image.size == (round(drawing.width * 2), round(drawing.height * 2))
            assert image.info["Description"] == drawing.alternative
            colours = image.convert("RGB").getcolors(100_000)
            assert colours is not None
            assert len(colours) > 8  # paper, ink and the steps between: there are words on it


def test_another_suffix_and_a_folder_that_is_none_leave_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(errors.BadInput):
        write_drawing(tmp_path / "a.gif", drawn())
    with pytest.raises(errors.CannotWrite):
        write_drawing(tmp_path / "none" / "a.svg", drawn())
    assert list(tmp_path.iterdir()) == []


def test_what_xml_does_not_allow_becomes_a_blank(tmp_path: Path) -> None:
    drawing = Drawing(100, 40, [Words(4, 20, "a\x0bb\x00c")], "t\x1b", "one\ntwo")
    write_drawing(tmp_path / "b.svg", drawing)
    root = ET.fromstring((tmp_path / "b.svg").read_bytes())
    assert [each.text for each in root.iter(f"{SVG}text")] == ["a b c"]
    assert root.findtext(f"{SVG}desc") == "one\ntwo"
