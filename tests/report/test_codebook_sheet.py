"""The sheet of the codebook: two pages in Word, whatever the codebook; shown to people who never saw the program."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from verhalen import errors
from verhalen.api.workspace import shipped_codebook
from verhalen.exchange.codebook_files import read_codebook
from verhalen.model.codebook import Code, Codebook, in_tree_order
from verhalen.readers import read_source
from verhalen.report.codebook_sheet import LOOKS, fitting, write_sheet

DAY = dt.date(2026, 11, 26)
SMALL = Codebook(
    (
        Code("rol", "Rol", "Wat de coach doet."),
        Code("rol.band", "Band", "Elkaar leren kennen. Meer.", "samen eten", "ruzie, dat is `rol.ruzie`", parent="rol"),
        Code("rol.oud", "Oud", parent="rol", deprecated=True),
    )
)


def big(number: int) -> Codebook:
    """So many codes in groups of thirteen, with a definition of two lines."""
    told = "Iets dat mensen vertellen. " * 4
    keys = [("", f"g{place // 13}") if place % 13 == 0 else (f"g{place // 13}", f"c{place}") for place in range(number)]
    return in_tree_order(Code(key, f"Code {key}", told, parent=parent or None) for parent, key in keys)


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_a_small_codebook_says_all_and_leaves_out_what_is_out_of_use(tmp_path: Path) -> None:
    write_sheet(SMALL, tmp_path / "a.docx", today=DAY)
    told = lines(tmp_path / "a.docx")
    assert "Band  Elkaar leren kennen. Meer." in told
    assert any("samen eten" in line for line in told)
    assert any("dat is rol.ruzie" in line for line in told)
    assert not any("Oud" in line for line in told)


def test_the_codes_stand_in_two_columns(tmp_path: Path) -> None:
    write_sheet(SMALL, tmp_path / "a.docx", today=DAY)
    columns = [each.get(qn("w:num")) for each in docx.Document(str(tmp_path / "a.docx")).element.iter(qn("w:cols"))]
    assert columns == ["1", "2"]


@pytest.mark.parametrize("number", [10, 60, 124, 260])
def test_more_codes_say_less_of_each(number: int) -> None:
    fewer, more = big(number), big(number * 2)
    assert LOOKS.index(fitting(fewer, list(fewer))) <= LOOKS.index(fitting(more, list(more)))


def test_a_sheet_without_codes_or_with_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.BadInput):
        write_sheet(Codebook(()), tmp_path / "a.docx", today=DAY)
    with pytest.raises(errors.UnknownFormat):
        write_sheet(SMALL, tmp_path / "a.pdf", today=DAY)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("which", ["shipped", "many"])
def test_the_sheet_is_two_pages(tmp_path: Path, which: str) -> None:
    book = read_codebook(shipped_codebook()).book if which == "shipped" else big(260)
    write_sheet(book, tmp_path / "blad.docx", today=DAY)
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "blad.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = [each.value for each in read_source(tmp_path / "blad.pdf").landmarks if each.kind == "page"]
    assert pages == [1, 2]
