"""The check of accessibility finds what keeps people from reading, and nothing in what we write ourselves."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.run import Run as DocxRun

from verhalen.errors import UnreadableFile
from verhalen.privacy.clearance import own_words as w
from verhalen.report.accessibility import check, check_file
from verhalen.report.blocks import (
    Callout,
    Chart,
    Contents,
    Heading,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Quotation,
    Run,
    Series,
    Table,
)
from verhalen.report.docx_writer import write_docx

BLOCKS = (
    Contents(w("Inhoud")),
    Heading(1, w("Een")),
    Heading(2, w("Twee")),
    Paragraph((Run(w("Een "), strong=True), Run(w("tekst.")), Run(w("De stad"), link="https://www.klaverland.be"))),
    Paragraph(w("In deze periode kregen 24 gezinnen begeleiding van een gezinscoach. " * 3)),
    ListBlock((ListItem(w("punt"), (ListBlock((ListItem(w("dieper")),)),)),)),
    Quotation(w("Het is droog."), w("een ouder"), w("1 van de 7")),
    Table((w("Wie"), w("Aantal")), ((w("Alle"), w("24")),), w("Gezinnen"), note=w("Klein.")),
    Chart((w("Wonen"),), (Series(w("beter"), (None,)),), w("Verandering")),
    Callout(w("Let op"), (w("Geen vergelijkingsgroep."),)),
    Note(w("Klein.")),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A document with every kind of block, as we write it."""
    path = tmp_path_factory.mktemp("toegankelijk") / "rapport.docx"
    write_docx(BLOCKS, path, title="Verslag", subtitle="voor de raad", today=datetime.date(2026, 11, 22))
    return path.read_bytes()


def test_what_we_write_passes(sound: bytes) -> None:
    assert check(sound) == []


def _text_box(document: Document) -> None:
    shape = (
        f"<w:r {nsdecls('w')}><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent><w:p><w:r><w:t>Kader</w:t>"
        "</w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )
    document.paragraphs[3]._p.append(parse_xml(shape))


def _silent(document: Document) -> None:
    for each in document.element.body.iter(qn("wp:docPr")):
        each.set("descr", "")


def _merged(document: Document) -> None:
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(1, 1))


def _no_header(document: Document) -> None:
    for each in list(document.element.body.iter(qn("w:tblHeader"))):
        each.getparent().remove(each)


def _run(document: Document, text: str = "Hier staat iets.") -> DocxRun:
    return document.add_paragraph(style="Normal").add_run(text)


def _pale(document: Document) -> None:
    _run(document).font.color.rgb = RGBColor.from_string("BBBBBB")


def _pale_on_paper(document: Document) -> None:
    run = _run(document)
    run.font.color.rgb = RGBColor.from_string("FFFFFF")
    run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="CCCCCC"/>'))


def _link(document: Document) -> None:
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="rId1"><w:r><w:t>klik hier</w:t></w:r></w:hyperlink>')
    document.add_paragraph()._p.append(link)


def _justified(document: Document) -> None:
    document.add_paragraph("Een lange zin. " * 12).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _untitled(document: Document) -> None:
    document.core_properties.title = ""


def _without_language(document: Document) -> None:
    for each in list(document.styles.element.iter(qn("w:lang"))):
        each.getparent().remove(each)


def _small_plain(document: Document) -> None:
    document.styles["Normal"].font.size = Pt(10)


def _serifs(document: Document) -> None:
    document.styles["Normal"].font.name = "Times New Roman"


def _protected(document: Document) -> None:
    document.settings.element.insert(0, parse_xml(f'<w:documentProtection {nsdecls("w")} w:edit="readOnly"/>'))


def _typed_list(document: Document) -> None:
    for word in ("- een", "- twee"):
        document.add_paragraph(word)


def _no_page_numbers(document: Document) -> None:
    for each in list(document.sections[0].footer.paragraphs):
        each._p.getparent().remove(each._p)
    document.sections[0].footer.add_paragraph("Verslag")


BARRIERS: list[tuple[str, Callable[[Document], object]]] = [
    ("geen titel bij zijn eigenschappen", _untitled),
    ("in welke taal", _without_language),
    ('"Diep" slaat een niveau over: van 1 naar 3', lambda d: (d.add_heading("Een", 1), d.add_heading("Diep", 3))),
    ("een kop van niveau 1 is leeg", lambda d: d.add_heading("", 1)),
    ("vette letters voor een kop", lambda d: setattr(_run(d, "Zogezegd een kop"), "bold", True)),
    ("getypt met streepjes", _typed_list),
    ("geen alternatieve tekst", _silent),
    ("1 tekstvakken", _text_box),
    ("tabel 1: geen kopregel", _no_header),
    ("tabel 1: samengevoegde cellen", _merged),
    ("tabel 2: geen kopregel", lambda d: d.add_table(2, 2)),
    ("lege regels maken ruimte", lambda d: [d.add_paragraph() for _ in range(2)]),
    ("spaties of tabs", lambda d: d.add_paragraph("Links          rechts")),
    ("kleur BBBBBB op FFFFFF", _pale),
    ("kleur FFFFFF op CCCCCC", _pale_on_paper),
    ("kleiner dan 9 punten", lambda d: setattr(_run(d).font, "size", Pt(7))),
    ("in hoofdletters", lambda d: setattr(_run(d, "dit is een hele lange zin").font, "all_caps", True)),
    ("geen link zijn", lambda d: setattr(_run(d), "underline", True)),
    ("10 punten", _small_plain),
    ("Times New Roman heeft schreven", _serifs),
    ("uitgevuld", _justified),
    ("zegt niet waar hij naartoe gaat", _link),
    ("geen nummer", _no_page_numbers),
    ("is beveiligd", _protected),
]


@pytest.mark.parametrize(("said", "spoil"), BARRIERS, ids=[said for said, _ in BARRIERS])
def test_each_barrier_is_found_and_named(sound: bytes, said: str, spoil: Callable[[Document], object]) -> None:
    document = docx.Document(io.BytesIO(sound))
    spoil(document)
    spoilt = io.BytesIO()
    document.save(spoilt)
    found = [str(each) for each in check(spoilt.getvalue())]
    assert any(said in each for each in found), found


def test_what_is_no_document_is_said(tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    with pytest.raises(UnreadableFile, match="is er niet"):
        check_file(path)
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableFile, match="geen Word-document"):
        check_file(path)
