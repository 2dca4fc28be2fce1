"""Word documents: languages, properties, contrast, templates, and writing whole or not at all."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.errors import BadInput, BadTemplate, CannotWrite
from verhalen.i18n import language, set_language
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.report import charts, docx_style
from verhalen.report.blocks import (
    Block,
    Callout,
    Filled,
    Heading,
    ListBlock,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Quotation,
    Run,
    Table,
)
from verhalen.report.docx_writer import write_docx
from verhalen.report.docx_xml import clean

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


def w(text: str) -> Cleared[str]:
    return own_words(text)


def _table(columns: int, rows: int = 1) -> Table:
    header = tuple(w(f"kop {column}") for column in range(columns))
    return Table(header, tuple(tuple(w("cel") for _ in header) for _ in range(rows)), w("Tabel"))


def _write(folder: Path, *blocks: Block, template: Path | None = None, title: str = "Verslag") -> Path:
    path = folder / "rapport.docx"
    write_docx(blocks, path, title=title, today=TODAY, template=template)
    return path


def _member(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode("utf-8")


def test_the_same_blocks_on_the_same_day_give_the_same_bytes(tmp_path: Path) -> None:
    blocks = (Heading(1, w("Kop")), Paragraph(w("Tekst")), _table(3))
    (tmp_path / "een").mkdir()
    (tmp_path / "twee").mkdir()
    one, two = _write(tmp_path / "een", *blocks), _write(tmp_path / "twee", *blocks)
    assert one.read_bytes() == two.read_bytes()


def test_the_language_is_set_in_styles_settings_and_properties(tmp_path: Path) -> None:
    path = _write(tmp_path, Paragraph(w("Tekst")))
    assert '<w:lang w:val="nl-BE"' in _member(path, "word/styles.xml")
    assert 'w:lang w:val="en-US"' not in _member(path, "word/styles.xml")
    assert '<w:themeFontLang w:val="nl-BE"' in _member(path, "word/settings.xml")
    assert docx.Document(str(path)).core_properties.language == "nl-BE"


def test_the_properties_name_the_title_and_nobody(tmp_path: Path) -> None:
    properties = docx.Document(str(_write(tmp_path, title="Tellen & vertellen"))).core_properties
    assert properties.title == "Tellen & vertellen"
    assert (properties.author, properties.last_modified_by) == ("verhalen", "verhalen")
    assert properties.created == datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
    assert (properties.comments, properties.keywords) == ("", "")


def test_text_is_twelve_points_without_serifs(tmp_path: Path) -> None:
    normal = docx.Document(str(_write(tmp_path))).styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Calibri", 12 * 12700)


def test_every_page_has_its_number_in_the_footer(tmp_path: Path) -> None:
    footer = docx.Document(str(_write(tmp_path))).sections[0].footer._element
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == [" PAGE ", " NUMPAGES "]


def test_a_table_of_eight_columns_lies_on_its_side_and_one_of_seven_stands(tmp_path: Path) -> None:
    seven = docx.Document(str(_write(tmp_path, _table(7), Paragraph(w("na")))))
    assert [section.orientation for section in seven.sections] == [WD_ORIENT.PORTRAIT]
    eight = docx.Document(str(_write(tmp_path, Paragraph(w("voor")), _table(8), _table(9), Paragraph(w("na")))))
    assert [section.orientation for section in eight.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    wide = eight.sections[1]
    assert (wide.page_width, wide.page_height) == (eight.sections[0].page_height, eight.sections[0].page_width)


def test_columns_fill_at_most_the_width_of_the_text(tmp_path: Path) -> None:
    for columns in (2, 5, 7):
        document = docx.Document(str(_write(tmp_path, _table(columns))))
        widths = [int(each.get(qn("w:w"), "0")) for each in document.element.body.iter(qn("w:gridCol"))]
        assert len(widths) == columns
        assert sum(widths) <= 9072 + columns  # 16 cm in twentieths of a point, plus rounding


def test_two_tables_without_captions_stay_two_tables(tmp_path: Path) -> None:
    bare = Table((w("a"),), ((w("b"),),), ())
    body = docx.Document(str(_write(tmp_path, bare, bare, title=""))).element.body
    assert [child.tag for child in body][:3] == [qn("w:tbl"), qn("w:p"), qn("w:tbl")]


def test_a_row_that_does_not_fit_its_header_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        Table((w("a"), w("b")), ((w("1"),),), w("Tabel"))
    assert "a row of a table has 1 cells, its header has 2" in str(refused.value)


def test_a_new_page_begins_with_the_next_paragraph_without_an_empty_one(tmp_path: Path) -> None:
    document = docx.Document(str(_write(tmp_path, Paragraph(w("een")), PageBreak(), Paragraph(w("twee")), title="")))
    assert [(each.text, each.paragraph_format.page_break_before) for each in document.paragraphs] == [
        ("een", None),
        ("twee", True),
    ]


def test_quotation_marks_are_added_only_where_there_are_none(tmp_path: Path) -> None:
    blocks = (Quotation(w("Het gaat.")), Quotation(w("'t Gaat.")), Quotation(w("„Goed“, zei ze.")))
    document = docx.Document(str(_write(tmp_path, *blocks, title="")))
    assert [paragraph.text for paragraph in document.paragraphs] == ["“Het gaat.”", "'t Gaat.", "„Goed“, zei ze."]


def test_only_web_and_mail_addresses_become_links(tmp_path: Path) -> None:
    runs = (Run(w("site"), link="https://www.example.be"), Run(w("schijf"), link="file:///C:/geheim.docx"))
    path = _write(tmp_path, Paragraph(runs))
    assert "https://www.example.be" in _member(path, "word/_rels/document.xml.rels")
    assert "geheim" not in _member(path, "word/_rels/document.xml.rels")
    assert "geheim" not in _member(path, "word/document.xml")


def test_a_filled_place_gets_bookmarks_and_one_without_trace_gets_none(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        Heading(1, w("Kop")),
        Paragraph((Run(w("24"), trace="vh000000_1"), Run(w("7")))),
        Filled("samen", (Paragraph(w("x")), _table(2)), trace="vh000000_2"),
        Filled("samen", (Paragraph(w("y")),)),
        Filled("leeg", (), trace="vh000000_3"),
    )
    starts = list(docx.Document(str(path)).element.body.iter(qn("w:bookmarkStart")))
    cells = [f"vh000000_2_2_{row}_{column}" for row in (0, 1) for column in (0, 1)]
    assert [each.get(qn("w:name")) for each in starts[1:]] == ["vh000000_1", "vh000000_2_0", "vh000000_2_1", *cells]
    numbers = [each.get(qn("w:id")) for each in starts]
    assert len(set(numbers)) == len(numbers)
    assert all(number is not None and number.isdecimal() for number in numbers)


def test_each_numbered_list_begins_at_one(tmp_path: Path) -> None:
    numbered = ListBlock((ListItem(w("een")), ListItem(w("twee"))), ordered=True)
    document = docx.Document(str(_write(tmp_path, numbered, Paragraph(w("en")), numbered)))
    used = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:numId"))]
    assert (used[0], used[2]) == (used[1], used[3])
    assert used[0] != used[2]
    starts = list(document.part.numbering_part.element.iter(qn("w:startOverride")))
    assert [start.get(qn("w:val")) for start in starts] == ["1", "1"]


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=[]), max_size=40))
def test_any_text_can_be_written_as_xml(text: str) -> None:
    document = docx.Document()
    document.add_paragraph(clean(text))
    document.save(io.BytesIO())


# -- templates ----------------------------------------------------------------------------------------------------------


def _template(folder: Path, *, suffix: str = ".docx") -> Path:
    """A house style: Georgia, a header, words and a picture-less body that must not come along."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    document.sections[0].header.paragraphs[0].text = "Stad Klaverland"
    document.core_properties.author = "Jan van de huisstijl"
    document.add_paragraph("Vul hier de titel in")
    path = folder / f"huisstijl{suffix}"
    document.save(str(path))
    return path


def test_a_template_gives_its_look_and_header_and_not_its_words(tmp_path: Path) -> None:
    path = _write(tmp_path, Paragraph(w("Tekst")), _table(2), Note(w("klein")), template=_template(tmp_path))
    document = docx.Document(str(path))
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.sections[0].header.paragraphs[0].text == "Stad Klaverland"
    assert [paragraph.text for paragraph in document.paragraphs][:2] == ["Verslag", "Tekst"]
    assert "Vul hier" not in _member(path, "word/document.xml")
    assert "Jan" not in _member(path, "docProps/core.xml")
    assert {"Callout", "Note", "Table Text"} <= {style.name for style in document.styles}


def test_a_dotx_template_is_opened_too(tmp_path: Path) -> None:
    plain, template = _template(tmp_path), tmp_path / "huisstijl.dotx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(template, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"document.main+xml", b"template.main+xml")
            new.writestr(name, data)
    document = docx.Document(str(_write(tmp_path, Paragraph(w("Tekst")), template=template)))
    assert document.sections[0].header.paragraphs[0].text == "Stad Klaverland"


def test_a_bare_template_without_numbering_or_footer_style_still_makes_a_report(tmp_path: Path) -> None:
    document = docx.Document()
    for name in ("Footer", "List Bullet 2", "List Number 2"):
        document.styles[name].delete()
    for key in [key for key, relation in document.part.rels.items() if relation.reltype.endswith("/numbering")]:
        del document.part.rels[key]
    template = tmp_path / "kaal.docx"
    document.save(str(template))
    inner = ListBlock((ListItem(w("diep")),))
    numbered = ListBlock((ListItem(w("een"), (inner,)),), ordered=True)
    made = docx.Document(str(_write(tmp_path, numbered, template=template, title="")))
    assert [(each.text, each.style.name if each.style else "") for each in made.paragraphs] == [
        ("een", "List Number"),
        ("diep", "List Bullet"),
    ]


def test_a_template_without_any_style_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    for each in list(document.styles.element.findall(qn("w:style"))):
        document.styles.element.remove(each)
    path = tmp_path / "kaal.docx"
    document.save(str(path))
    with pytest.raises(BadTemplate) as refused:
        _write(tmp_path, template=path)
    assert "kaal.docx" in str(refused.value)
    assert "it holds no styles" in str(refused.value)
    assert not (tmp_path / "rapport.docx").exists()


def test_a_template_that_is_no_word_file_or_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huisstijl.docx"
    with pytest.raises(BadTemplate) as missing:
        _write(tmp_path, template=path)
    assert "it is not there" in str(missing.value)
    path.write_text("geen zip")
    with pytest.raises(BadTemplate) as text:
        _write(tmp_path, template=path)
    assert "it is not a Word document" in str(text.value)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("x.txt", "x")
    with pytest.raises(BadTemplate):
        _write(tmp_path, template=path)


# -- writing ------------------------------------------------------------------------------------------------------------


def test_a_folder_that_does_not_exist_is_named_as_the_reason(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as refused:
        _write(tmp_path / "nergens", Paragraph(w("Tekst")))
    assert "rapport.docx: its folder does not exist" in str(refused.value)


def test_a_place_that_cannot_be_written_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "rapport.docx").mkdir()
    (tmp_path / "rapport.docx" / "bestand").write_text("van iemand")
    with pytest.raises(CannotWrite):
        _write(tmp_path, Paragraph(w("Tekst")))
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.docx"]
    assert (tmp_path / "rapport.docx" / "bestand").read_text() == "van iemand"


# -- colours ------------------------------------------------------------------------------------------------------------


def _luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", [docx_style.INK, docx_style.ACCENT, docx_style.GREY])
@pytest.mark.parametrize("paper", ["FFFFFF", docx_style.TINT, docx_style.WARM])
def test_letters_stand_out_from_what_they_stand_on(ink: str, paper: str) -> None:
    assert _contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("paint", charts.PAINTS)
def test_counts_in_a_bar_stand_out_from_it(paint: charts.Paint) -> None:
    assert _contrast(paint.label, "FFFFFF" if paint.pattern else paint.fill) >= 4.5


def test_a_callout_keeps_its_paragraphs_together(tmp_path: Path) -> None:
    document = docx.Document(str(_write(tmp_path, Callout(w("Let op"), (w("een"), w("twee"))), title="")))
    assert [each.paragraph_format.keep_with_next for each in document.paragraphs] == [True, True, None]
    assert [each.runs[0].bold for each in document.paragraphs] == [True, None, None]


# -- what somebody wrote in a built report -----------------------------------------------------------------------------


def test_a_document_that_was_changed_in_word_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    for _ in range(2):
        assert write_docx([Paragraph(w("Tekst"))], path, title="Verslag", today=TODAY) == ()
    assert [each.name for each in tmp_path.iterdir()] == ["rapport.docx"]
    for number, kept in enumerate(("rapport.vorige.docx", "rapport.vorige-2.docx")):
        document = docx.Document(str(path))
        document.add_paragraph(f"Eigen woorden {number}")
        document.save(str(path))
        (notice,) = write_docx([Paragraph(w("Tekst"))], path, title="Verslag", today=TODAY)
        assert notice.values["kept"] == kept
        assert docx.Document(str(tmp_path / kept)).paragraphs[-1].text == f"Eigen woorden {number}"
        assert docx.Document(str(path)).paragraphs[-1].text == "Tekst"
