"""House templates with styles of their own: found, mapped, made; locks and traces taken off; covers kept."""

from __future__ import annotations

import base64
import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle

from verhalen.errors import BadTemplate, CannotWrite
from verhalen.privacy.clearance import own_words as w
from verhalen.report.accessibility import check_file
from verhalen.report.blocks import Chart, Heading, ListBlock, ListItem, Note, Paragraph, Quotation, Series, Table
from verhalen.report.docx_style import TABLE
from verhalen.report.docx_template import styles_of
from verhalen.report.docx_writer import write_docx
from verhalen.report.docx_xml import element

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
"""A grey dot as PNG."""
TODAY = datetime.date(2026, 11, 22)
LATENT = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Quote", "Caption")
BLOCKS = (
    Heading(1, w("Wie we bereiken")),
    Paragraph(w("Gewone tekst.")),
    Heading(2, w("Gemeenten")),
    ListBlock((ListItem(w("een")), ListItem(w("twee")))),
    ListBlock((ListItem(w("eerst")),), ordered=True),
    Quotation(w("Het is nu droog."), w("een ouder")),
    Table((w("Wie"), w("Aantal")), ((w("Alle gezinnen"), w("24")),), w("Gezinnen")),
    Chart((w("Wonen"),), (Series(w("beter"), (None,)),), w("Verandering")),
    Note(w("Kleine letters.")),
)


def _style(document: Document, name: str, *, base: str = "Normal", **look: object) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles[base]
    for key, value in look.items():
        setattr(style.font, key, value)
    return style


def odd(path: Path, *, change: Callable[[Document], None] = lambda document: None) -> Path:
    """A template of a house that named everything itself: no built-in heading, list or quote was ever used."""
    document = docx.Document()
    for name in LATENT:
        document.styles[name].delete()
    _style(document, "KLV_Broodtekst", size=Pt(12)).font.name = "Verdana"
    kop = _style(document, "KLV Kop 1", size=Pt(20), bold=True)
    kop.font.color.rgb = RGBColor.from_string("7A1F3D")
    _style(document, "KLV Kop 2", base="KLV Kop 1", size=Pt(16))
    _style(document, "KLV Documenttitel", size=Pt(30))
    _style(document, "KLV Opsomming")
    _style(document, "Citaat", italic=True)
    document.styles.element.append(
        element(
            "w:style",
            {"w:type": "table", "w:customStyle": 1, "w:styleId": "KLVTabel"},
            element("w:name", {"w:val": "KLV Tabel"}),
        )
    )
    change(document)
    document.save(str(path))
    return path


def _built(folder: Path, template: Path) -> Document:
    path = folder / "rapport.docx"
    write_docx(BLOCKS, path, title="Verslag", subtitle="voor de raad", today=TODAY, template=template)
    return docx.Document(str(path))


def _styles(document: Document) -> list[tuple[str, str]]:
    return [(each.text, each.style.name if each.style else "") for each in document.paragraphs if each.text]


def test_the_styles_of_a_house_are_found_under_their_own_names(tmp_path: Path) -> None:
    template = odd(tmp_path / "huisstijl.docx")
    assert {each.role: each.style for each in styles_of(template)} == {
        "Normal": "KLV_Broodtekst",
        "Title": "KLV Documenttitel",
        "Subtitle": "",
        "Heading 1": "KLV Kop 1",
        "Heading 2": "KLV Kop 2",
        "Heading 3": "",
        "List Bullet": "KLV Opsomming",
        "List Number": "",
        "Quote": "Citaat",
        "Caption": "",
        TABLE: "KLV Tabel",
    }
    made = _built(tmp_path, template)
    assert [name for text, name in _styles(made)] == [
        *("KLV Documenttitel", "Subtitle", "KLV Kop 1", "KLV_Broodtekst", "KLV Kop 2"),
        *("KLV Opsomming", "KLV Opsomming", "List Number", "Citaat", "Quote Attribution"),
        *("Caption", "Caption", "Note", "Note"),
    ]
    assert made.tables[0].style is not None
    assert made.tables[0].style.name == "KLV Tabel"


def test_what_is_made_takes_font_and_colour_from_the_house_and_is_real(tmp_path: Path) -> None:
    made = _built(tmp_path, odd(tmp_path / "huisstijl.docx"))
    heading = made.styles["Heading 3"]
    assert isinstance(heading, ParagraphStyle)
    assert heading.base_style is not None
    assert heading.base_style.name == "KLV_Broodtekst"
    kop = made.styles["KLV Kop 1"]
    assert isinstance(kop, ParagraphStyle)
    assert kop.paragraph_format.keep_with_next
    levels = {
        name: made.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val"))
        for name in ("KLV Kop 1", "KLV Kop 2", "Heading 3")
    }
    assert levels == {"KLV Kop 1": "0", "KLV Kop 2": "1", "Heading 3": "2"}
    formats = {
        each.get(qn("w:abstractNumId")): each.find(f".//{qn('w:numFmt')}").get(qn("w:val"))
        for each in made.part.numbering_part.element.findall(qn("w:abstractNum"))
    }
    numbers = {
        each.get(qn("w:numId")): formats[each.find(qn("w:abstractNumId")).get(qn("w:val"))]
        for each in made.part.numbering_part.element.findall(qn("w:num"))
    }
    bullet, number = (
        made.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
        for name in ("KLV Opsomming", "List Number")
    )
    assert (numbers[bullet], numbers[number]) == ("bullet", "decimal")
    with zipfile.ZipFile(tmp_path / "rapport.docx") as package:
        styles = package.read("word/styles.xml").decode()
        chart = package.read("word/charts/chart1.xml").decode()
    assert "7A1F3D" in styles.split('w:styleId="Callout"')[1].split("</w:style>")[0]
    assert 'typeface="Verdana"' in chart


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    (lacks,) = write_docx(BLOCKS, path, title="Verslag", today=TODAY, template=odd(tmp_path / "huisstijl.docx"))
    assert lacks.values["styles"] == "ondertitel, kop 3, genummerde lijst, bijschrift"
    assert write_docx(BLOCKS, path, title="Verslag", today=TODAY, template=None) == ()


def test_lists_and_headings_are_known_by_what_they_are(tmp_path: Path) -> None:
    """Names that say nothing: a heading by its outline level, a list by its numbering."""

    def change(document: Document) -> None:
        for name, level in (("Blauw groot", 0), ("Blauw klein", 1)):
            properties = _style(document, name).element.get_or_add_pPr()
            properties.append(element("w:outlineLvl", {"w:val": level}))
        for name in ("KLV Kop 1", "KLV Kop 2", "KLV Opsomming"):
            document.styles[name].delete()
        numbering = document.part.numbering_part.element
        bullets = {
            each.get(qn("w:abstractNumId"))
            for each in numbering.findall(qn("w:abstractNum"))
            if each.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val")) == "bullet"
        }
        number = next(
            each.get(qn("w:numId"))
            for each in numbering.findall(qn("w:num"))
            if each.find(qn("w:abstractNumId")).get(qn("w:val")) in bullets
        )
        properties = _style(document, "Streepjes").element.get_or_add_pPr()
        properties.append(element("w:numPr", {}, element("w:numId", {"w:val": number})))

    found = {each.role: each.style for each in styles_of(odd(tmp_path / "huisstijl.docx", change=change))}
    assert (found["Heading 1"], found["Heading 2"]) == ("Blauw groot", "Blauw klein")
    assert found["List Bullet"] == "Streepjes"


def test_a_heading_too_pale_to_read_gives_no_colour_to_others(tmp_path: Path) -> None:
    def change(document: Document) -> None:
        document.styles["KLV Kop 1"].font.color.rgb = RGBColor.from_string("FFC000")

    _built(tmp_path, odd(tmp_path / "huisstijl.docx", change=change))
    with zipfile.ZipFile(tmp_path / "rapport.docx") as package:
        styles = package.read("word/styles.xml").decode()
    assert styles.count("FFC000") == 1
    assert any("FFC000" in str(each.values) for each in check_file(tmp_path / "rapport.docx"))


def test_a_cover_and_a_colophon_stay_and_take_title_and_day(tmp_path: Path) -> None:
    def change(document: Document) -> None:
        cover = document.add_paragraph("Stad Klaverland: ")
        for piece in ("{{ ti", "tel", " }}"):
            cover.add_run(piece)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("{{ verslag }}")
        document.add_paragraph("Uitgegeven door de dienst, {{ datum }}")
        document.sections[0].header.paragraphs[0].text = "{{ ondertitel }}"

    made = _built(tmp_path, odd(tmp_path / "huisstijl.docx", change=change))
    texts = [text for text, _ in _styles(made)]
    assert texts[0] == "Stad Klaverland: Verslag"
    assert texts[1] == "Wie we bereiken"
    assert texts[-1] == "Uitgegeven door de dienst, 22/11/2026"
    assert made.sections[0].header.paragraphs[0].text == "voor de raad"


def test_locks_and_traces_of_the_maker_are_taken_off(tmp_path: Path) -> None:
    def change(document: Document) -> None:
        settings = document.settings.element
        settings.insert(0, element("w:documentProtection", {"w:edit": "readOnly", "w:enforcement": 1}))
        settings.insert(0, element("w:attachedTemplate", {"r:id": "rId99"}))
        document.add_comment(document.add_paragraph("tekst").runs, text="Nog nakijken", author="Jan Peeters")

    template = odd(tmp_path / "huisstijl.docx", change=change)
    with zipfile.ZipFile(template) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["docProps/app.xml"] = members["docProps/app.xml"].replace(
        b"</Properties>", b"<Manager>Jan Peeters</Manager><Company>Stad Klaverland</Company></Properties>"
    )
    with zipfile.ZipFile(template, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    path = tmp_path / "rapport.docx"
    notices = write_docx(BLOCKS, path, title="Verslag", today=TODAY, template=template)
    assert any("beveiligd" in str(each) for each in notices)
    with zipfile.ZipFile(path) as package:
        everything = b"".join(package.read(name) for name in package.namelist() if not name.endswith(".xlsx"))
    for trace in (b"Jan Peeters", b"Nog nakijken", b"documentProtection", b"attachedTemplate"):
        assert trace not in everything


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"\xd0\xcf\x11\xe0" + b"WordDocument", "oude formaat"),
        (b"PK\x03\x04 half", "geen Word-document"),
        (b"", "geen Word-document"),
    ],
)
def test_what_cannot_be_a_template_says_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    template = tmp_path / "huisstijl.docx"
    template.write_bytes(content)
    with pytest.raises(BadTemplate, match=said):
        styles_of(template)


def test_macros_are_refused(tmp_path: Path) -> None:
    template = odd(tmp_path / "huisstijl.docx")
    made = io.BytesIO()
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name,
                data.replace(
                    b"openxmlformats-officedocument.wordprocessingml.document.main",
                    b"ms-word.document.macroEnabled.main",
                ),
            )
    template.write_bytes(made.getvalue())
    with pytest.raises(BadTemplate, match="macro"):
        styles_of(template)


@pytest.mark.parametrize("lock", ["~$apport.docx", "~$pport.docx", ".~lock.rapport.docx#"])
def test_a_report_that_is_open_elsewhere_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "rapport.docx"
    path.write_bytes(b"oud")
    (tmp_path / lock).touch()
    with pytest.raises(CannotWrite, match="open in Word of"):
        write_docx(BLOCKS, path, title="Verslag", today=TODAY)
    assert path.read_bytes() == b"oud"


def test_a_template_of_libreoffice_has_its_headings_under_other_capitals(tmp_path: Path) -> None:
    document = docx.Document()
    for name in document.styles.element.iter(qn("w:name")):
        name.set(qn("w:val"), str(name.get(qn("w:val"))).replace("heading", "Heading").replace("caption", "Caption"))
    document.save(str(tmp_path / "lo.docx"))
    made = _built(tmp_path, tmp_path / "lo.docx")
    assert ("Wie we bereiken", "Heading 1") in _styles(made)


def test_a_template_without_a_last_section_gets_one(tmp_path: Path) -> None:
    document = docx.Document()
    document.element.body.remove(document.element.body.find(qn("w:sectPr")))
    document.save(str(tmp_path / "kaal.docx"))
    last = _built(tmp_path, tmp_path / "kaal.docx").sections[-1]
    assert (last.page_width, last.page_height) == (Twips(11906), Twips(16838))


def test_pages_that_lie_on_their_side_stay_so_and_columns_become_one(tmp_path: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), "2")
    document.save(str(tmp_path / "liggend.docx"))
    path = tmp_path / "rapport.docx"
    notices = write_docx(BLOCKS, path, title="Verslag", today=TODAY, template=tmp_path / "liggend.docx")
    made = docx.Document(str(path))
    assert [each.orientation for each in made.sections] == [WD_ORIENT.LANDSCAPE]
    assert made.sections[0]._sectPr.xpath("./w:cols/@w:num") == []
    assert [each.message[:25] for each in notices] == ["your template has columns"]


def test_what_the_template_keeps_shares_no_number_with_the_report(tmp_path: Path) -> None:
    document = docx.Document()
    cover = document.add_paragraph("Omslag")
    cover._p.append(element("w:bookmarkStart", {"w:id": 1, "w:name": "Omslag"}))
    cover._p.append(element("w:bookmarkEnd", {"w:id": 1}))
    cover.add_run().add_picture(io.BytesIO(base64.b64decode(DOT)))
    document.add_paragraph("{{ verslag }}")
    document.save(str(tmp_path / "omslag.docx"))
    body = _built(tmp_path, tmp_path / "omslag.docx").element.body
    starts = [each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkStart"))]
    assert sorted(starts) == sorted(each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkEnd")))
    assert len(starts) == len(set(starts)) == 3
    pictures = [each.get("id") for each in body.iter(qn("wp:docPr"))]
    assert len(pictures) == len(set(pictures)) == 2


def test_a_place_in_a_table_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{{ verslag }}"
    document.save(str(tmp_path / "tabel.docx"))
    notices = write_docx(
        BLOCKS, tmp_path / "rapport.docx", title="Verslag", today=TODAY, template=tmp_path / "tabel.docx"
    )
    assert [each.message[:44] for each in notices] == ["the place of the report in your template sta"]
