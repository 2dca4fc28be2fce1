"""Word: every word that a reader sees, once and in order; what is not kept is counted with its paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.shared import Inches

from verhalen.errors import EmptyFile, NotWhatItSays
from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]
MakeDocx = Callable[..., bytes]


def p(xml: str = "", *, properties: str = "") -> str:
    """A paragraph with this inside."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{xml}</w:p>"


def r(text: str, *, properties: str = "", tag: str = "t") -> str:
    """A run with these words."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def told(reading: Reading) -> list[tuple[int | None, str]]:
    return [(notice.line, str(notice)) for notice in reading.warnings]


@pytest.fixture
def read_body(read: Read, docx: MakeDocx) -> Callable[..., Reading]:
    """Read a Word file with this XML as its body."""
    return lambda body, **parts: read("a.docx", docx(body, **parts))


ReadBody = Callable[..., Reading]


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_document_of_python_docx_with_bold_names(read: Read) -> None:
    document = docx.Document()
    document.add_heading("Gesprek met Anna", 0)
    for name, words in (("Joris", "En hoe was het?"), ("Anna", "Goed."), ("Joris", "Ja?")):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"\t{words}")
    document.add_paragraph()
    document.add_paragraph("Anna lacht.")
    reading = read("a.docx", saved(document))
    assert reading.text == "Gesprek met Anna\n\nJoris\tEn hoe was het?\n\nAnna\tGoed.\n\nJoris\tJa?\n\nAnna lacht."
    assert [(turn.speaker, reading.text[turn.start : turn.stop]) for turn in reading.turns] == [
        ("Joris", "En hoe was het?"),
        ("Anna", "Goed."),
        ("Joris", "Ja?\n\nAnna lacht."),
    ]
    once = "Names that stand there only once were taken as speakers; look whether they are (1×; line 3)."
    assert told(reading) == [(3, once)]


def test_breaks_tabs_and_special_hyphens_are_letters(read_body: ReadBody) -> None:
    body = p(
        r("een")
        + "<w:r><w:br/><w:t>twee</w:t><w:cr/><w:t>drie</w:t><w:tab/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t>"
        "<w:softHyphen/><w:t>tje</w:t></w:r>",
        properties="<w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs>",
    )
    reading = read_body(body)
    assert (reading.text, reading.warnings) == ("een\ntwee\ndrie\te\u2011mail\u00adtje", ())


def test_empty_paragraphs_and_page_breaks_are_not_doubled(read_body: ReadBody) -> None:
    body = p(r("een")) + p() + p(r(" ")) + p('<w:r><w:br w:type="page"/></w:r>') + p(r("twee") + "<w:r><w:br/></w:r>")
    assert read_body(body).text == "een\n\ntwee"


def test_line_ends_in_the_xml_are_blanks(read_body: ReadBody) -> None:
    assert read_body(p(r("een\n  twee"))).text == "een   twee"


def test_tracked_changes_are_read_as_accepted_and_counted(read_body: ReadBody) -> None:
    body = p(r("Anna: ik ging ")) + p(
        r("Bert: ")
        + f'<w:ins w:author="x">{r("wel ")}</w:ins><w:del w:author="x">{r("niet ", tag="delText")}</w:del>{r("mee")}'
    )
    reading = read_body(body)
    assert reading.text == "Anna: ik ging \n\nBert: wel mee"
    assert told(reading) == [
        (2, "Tracked insertions were read as text (1×; paragraph 2)."),
        (2, "Tracked deletions were left out (1×; paragraph 2)."),
    ]


def test_moved_text_stands_once_at_its_new_place(read_body: ReadBody) -> None:
    body = p(f"<w:moveFrom>{r('verhuisd')}</w:moveFrom>{r('een')}") + p(f"<w:moveTo>{r('verhuisd')}</w:moveTo>")
    reading = read_body(body)
    assert reading.text == "een\n\nverhuisd"
    assert told(reading) == [(1, "Moved text (tracked) stands at its new place only (1×; paragraph 1).")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read_body: ReadBody) -> None:
    deleted = "<w:rPr><w:del w:author='x'/></w:rPr>"
    reading = read_body(
        p(r("Anna: ja "), properties=deleted) + p(r("en nee")) + p(properties=deleted) + p(r("Bert: zo"))
    )
    assert reading.text == "Anna: ja en nee\n\nBert: zo"
    assert (1, "Paragraphs whose end was deleted (tracked) were joined with the next (1×; paragraph 1).") in told(
        reading
    )
    assert read_body(p(r("een"), properties=deleted)).text == "een"
    table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    assert read_body(p(r("een"), properties=deleted) + table + p(r("twee"))).text == "een\n\ntwee"


def test_content_controls_links_and_smart_tags_are_read_through(read_body: ReadBody) -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p(r('een'))}</w:sdtContent></w:sdt>"
        + p(f"<w:sdt><w:sdtContent>{r('twee')}</w:sdtContent></w:sdt><w:smartTag>{r(' drie')}</w:smartTag>")
        + p(f"<w:hyperlink r:id='rId1'>{r('vier')}</w:hyperlink><w:hyperlink w:anchor='x'>{r(' vijf')}</w:hyperlink>")
    )
    reading = read_body(body)
    assert reading.text == "een\n\ntwee drie\n\nvier vijf"
    assert told(reading) == [(3, "Of links the words were kept and the addresses left out (1×; paragraph 3).")]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_the_result_of_a_field_is_text_and_its_instruction_is_not(read_body: ReadBody) -> None:
    code = r("DATE", tag="instrText")
    nested = field("begin") + code + field("begin") + code + field("separate") + r("binnen") + field("end")
    body = (
        p(field("begin") + code + field("separate") + r("3 mei") + field("end"))
        + p(f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>')
        + p(nested + field("separate") + r("buiten") + field("end") + r(" na"))
    )
    reading = read_body(body)
    assert reading.text == "3 mei\n\n7\n\nbuiten na"
    assert told(reading) == [(3, "Words inside field codes were left out (1×; paragraph 3).")]


def test_a_field_that_never_ends_swallows_nothing(read_body: ReadBody) -> None:
    assert read_body(p(field("begin") + r("een")) + p(r("twee") + field("end") + field("end"))).text == "een\n\ntwee"


def test_form_fields_show_what_was_chosen(read_body: ReadBody) -> None:
    def form(data: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>{field("end")}'

    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="ja"/><w:listEntry w:val="nee"/></w:ddList>'
    body = p(
        form("<w:checkBox><w:checked/></w:checkBox>")
        + form('<w:checkBox><w:default w:val="0"/></w:checkBox>')
        + form(choice)
    )
    assert read_body(body).text == "☒☐nee"


def test_notes_and_comments_stand_at_the_end_of_their_paragraph(read_body: ReadBody) -> None:
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    body = p(
        r("Anna: ik")
        + reference.format("footnote", 2)
        + r(" ging")
        + reference.format("comment", 0)
        + reference.format("endnote", 1)
        + r(".")
    ) + p(r("Bert: ah") + reference.format("footnote", 9))
    reading = read_body(
        body,
        footnotes=f'<w:footnote w:type="separator" w:id="0">{p(r("--"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("eerste"))}{p(r("regel  twee"))}</w:footnote><w:footnote w:id="3">{p(r("los"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{p(r("einde"))}</w:endnote>',
        comments=f'<w:comment w:id="0" w:author="Els">{p(r("klopt"))}</w:comment>',
    )
    assert reading.text == (
        "Anna: ik ging. [voetnoot: eerste regel twee] [opmerking van Els: klopt] [eindnoot: einde]\n\nBert: ah"
    )
    assert told(reading) == [
        (None, "Notes or comments without a place in the text, or at deleted text, were left out (1×)."),
        (1, "Footnotes and endnotes stand in square brackets at the end of their paragraph (2×; paragraph 1)."),
        (1, "Comments stand in square brackets at the end of their paragraph (1×; paragraph 1)."),
        (2, "The text points to notes or comments that the file does not hold (1×; paragraph 2)."),
    ]


def test_headers_footers_images_and_hidden_text_are_left_out_and_counted(read_body: ReadBody) -> None:
    body = (
        p(r("een") + r("geheim", properties="<w:vanish/>") + r("!", properties='<w:vanish w:val="0"/>'))
        + p("<w:r><w:drawing><pic:pic/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r>")
        + p('<w:r><w:object/></w:r><w:altChunk r:id="x"/>')
    )
    reading = read_body(body, header=p(r("Vertrouwelijk")), footer=p(field("begin")))
    assert reading.text == "een!"
    assert told(reading) == [
        (None, "Headers and footers were left out (1×)."),
        (1, "Hidden text was left out (1×; paragraph 1)."),
        (2, "Images, drawings and embedded objects were left out (3×; paragraph 2, 3)."),
        (3, "Documents embedded in this one were left out (1×; paragraph 3)."),
    ]


def test_a_picture_from_a_file_is_counted(read: Read) -> None:
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    document = docx.Document()
    document.add_paragraph("Anna: kijk")
    document.add_picture(io.BytesIO(pixel), width=Inches(1))
    reading = read("a.docx", saved(document))
    assert told(reading)[-1] == (2, "Images, drawings and embedded objects were left out (1×; paragraph 2).")


def test_text_boxes_are_read_once_behind_their_paragraph(read_body: ReadBody) -> None:
    box = f"<w:txbxContent>{p(r('doos', properties='<w:b/>'))}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    reading = read_body(p(r("een ") + f"<w:r>{drawing}</w:r>" + r("twee")) + p(r("drie")))
    assert reading.text == "een twee\n\ndoos\n\ndrie"
    assert told(reading) == [(1, "Text boxes were put behind the paragraph that they hang on (1×; paragraph 1).")]


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(p(r(text)) for text in paragraphs)}</w:tc>"


def test_tables_are_read_in_reading_order(read_body: ReadBody) -> None:
    inner = f"<w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
    body = (
        p(r("voor"))
        + f"<w:tbl><w:tr>{cell('Anna')}{cell('ik ging', 'en kwam')}{cell('')}</w:tr>"
        + f"<w:tr>{cell('')}{cell('')}</w:tr><w:tr><w:tc>{inner}</w:tc>{cell('Bert')}</w:tr>"
        + f"<w:tr><w:trPr><w:del/></w:trPr>{cell('weg')}</w:tr></w:tbl>"
        + p(r("na"))
    )
    reading = read_body(body)
    assert reading.text == "voor\n\nAnna\tik ging\nen kwam\nx\ty\tBert\n\nna"
    assert told(reading) == [
        (2, "Tables were read row by row, with a tab between the cells (2×; paragraph 2, 8)."),
        (11, "Tracked deletions were left out (1×; paragraph 11)."),
    ]


def test_a_table_with_names_and_words_is_a_talk(read: Read) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for name, words in (("Anna", "Ik ging."), ("Bert", "Ah."), ("Anna", "Ja."), ("Bert", "Zo.")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, words
    reading = read("a.docx", saved(document))
    assert [(turn.speaker, reading.text[turn.start : turn.stop]) for turn in reading.turns] == [
        ("Anna", "Ik ging."),
        ("Bert", "Ah."),
        ("Anna", "Ja."),
        ("Bert", "Zo."),
    ]


def test_automatic_numbers_are_counted_also_when_a_style_gives_them(read: Read) -> None:
    document = docx.Document()
    document.add_paragraph("een", style="List Number")
    document.add_paragraph("twee", style="List Bullet")
    document.add_paragraph("drie")
    reading = read("a.docx", saved(document))
    assert reading.text == "een\n\ntwee\n\ndrie"
    assert told(reading) == [
        (1, "Automatic numbers and bullets were left out; the words were kept (2×; paragraph 1, 2).")
    ]


def test_a_list_level_that_shows_nothing_is_not_told(read_body: ReadBody) -> None:
    def level(number: int, form: str, text: str) -> str:
        return f"<w:lvl w:ilvl='{number}'><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"

    numbering = (
        f"<w:abstractNum w:abstractNumId='7'>{level(0, 'none', '%1')}{level(1, 'decimal', '%2.')}{level(2, 'none', '-')}"
        "</w:abstractNum><w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num>"
    )
    properties = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='3'/></w:numPr>"
    body = "".join(p(r("woord"), properties=properties.format(number)) for number in range(3))
    assert told(read_body(body, numbering=numbering)) == [
        (2, "Automatic numbers and bullets were left out; the words were kept (2×; paragraph 2, 3).")
    ]


def test_links_by_field_are_counted_like_others(read_body: ReadBody) -> None:
    def link(instruction: str) -> str:
        return field("begin") + r(instruction, tag="instrText") + field("separate") + r("hier ") + field("end")

    reading = read_body(p(link(' HYPERLINK "http://voorbeeld.be" ') + link(' HYPERLINK \\l "x" ')))
    assert reading.text == "hier hier "
    assert told(reading) == [(1, "Of links the words were kept and the addresses left out (1×; paragraph 1).")]


def test_signs_of_picture_fonts_are_named_where_possible(read_body: ReadBody) -> None:
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = p(sign.format("Wingdings", "F04A") + sign.format("Arial", "00E9") + sign.format("Webdings", "F0FF"))
    reading = read_body(body)
    assert reading.text == "☺é\ufffd"
    assert told(reading) == [(1, "Signs from a picture font became \ufffd (1×; paragraph 1).")]


def test_formulas_keep_their_letters(read_body: ReadBody) -> None:
    reading = read_body(p("<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>=1</m:t></m:r></m:oMath>"))
    assert reading.text == "x=1"
    assert told(reading) == [(1, "Of formulas only the letters were kept (1×; paragraph 1).")]


def test_bold_by_style_counts_as_bold(read: Read) -> None:
    document = docx.Document()
    for name, words in (("Anna", "Ik ging."), ("Bert", "Ah.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(name, style="Strong")
        paragraph.add_run(f" {words}")
    reading = read("a.docx", saved(document))
    assert [turn.speaker for turn in reading.turns] == ["Anna", "Bert"]


def test_a_name_split_over_bold_runs_is_one_name(read_body: ReadBody) -> None:
    bold = "<w:b/>"
    body = p(
        r("An", properties=bold) + r("na", properties=bold) + r(" ") + r("Peeters:", properties=bold) + r(" ik ging.")
    )
    assert [turn.speaker for turn in read_body(body).turns] == ["Anna Peeters"]


def test_loose_accents_across_runs_are_composed_and_the_words_stay_in_place(read_body: ReadBody) -> None:
    reading = read_body(p(r("Zoe", properties="<w:b/>") + r("\u0308: cafe") + r("\u0301 dag")) + p(r("Bert: ja")))
    assert reading.text == "Zoë: café dag\n\nBert: ja"
    assert reading.text[reading.turns[0].start : reading.turns[0].stop] == "café dag"
    composed = "Letters with loose accents became one character each; they look the same (1×; paragraph 1)."
    assert (1, composed) in told(reading)


def test_the_strict_variant_of_the_format_is_read(read: Read, docx: MakeDocx) -> None:
    data = docx(p(r("Anna: ja")))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(
                name,
                text.replace(
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main",
                ),
            )
    assert read("a.docx", stream.getvalue()).text == "Anna: ja"


def test_a_document_with_only_a_picture_is_empty(read_body: ReadBody) -> None:
    with pytest.raises(EmptyFile):
        read_body(p("<w:r><w:drawing/></w:r>"))


def test_a_document_with_a_document_type_is_refused(read: Read, docx: MakeDocx) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="x"><w:t>&a;</w:t></w:document>'
        )
    with pytest.raises(NotWhatItSays):
        read("a.docx", stream.getvalue())
