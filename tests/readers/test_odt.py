"""OpenDocument: every word that a reader sees, once and in order; what is not kept is counted with its paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.readers.odt_files import NAMES, make_odt, zipped

from verhalen.errors import EmptyFile, NotWhatItSays, UnreadableFile
from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]
ReadBody = Callable[..., Reading]

BOLD = '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
SHEET = f"<office:document-content {NAMES}><office:body><office:spreadsheet/></office:body></office:document-content>"
HIDDEN = '<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>'


def p(xml: str = "", style: str = "") -> str:
    """A paragraph."""
    return f"<text:p{f' text:style-name={style!r}' if style else ''}>{xml}</text:p>"


def b(words: str) -> str:
    """Bold words."""
    return f'<text:span text:style-name="B">{words}</text:span>'


@pytest.fixture
def read_body(read: Read) -> ReadBody:
    """Read an .odt with this XML as its text."""
    return lambda body, **rest: read("a.odt", make_odt(body, **rest))


def told(reading: Reading) -> list[tuple[int | None, str]]:
    return [(notice.line, str(notice)) for notice in reading.warnings]


def test_blanks_are_as_the_format_means_them_and_not_as_the_xml_is_laid_out(read_body: ReadBody) -> None:
    body = p("\n  een  twee\n<text:span>  drie</text:span>\t vier<text:s/><text:s text:c='2'/>vijf<text:tab/>zes")
    assert read_body(body).text == "een twee drie vier   vijf\tzes"


def test_line_ends_are_kept_and_page_breaks_and_blank_paragraphs_not_doubled(read_body: ReadBody) -> None:
    body = p("een<text:line-break/>twee") + p() + p(" ") + p("drie<text:soft-page-break/>vier")
    reading = read_body(body)
    assert (reading.text, reading.warnings) == ("een\ntwee\n\ndrievier", ())


def test_bold_by_its_own_by_a_named_and_by_an_inherited_style_makes_names(read_body: ReadBody) -> None:
    styles = (
        '<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="700"/></style:style>'
        '<style:style style:name="Naam" style:family="text" style:parent-style-name="Strong"/>'
    )
    body = p(f"{b('Anna Peeters')} ik ging.") + p("<text:span text:style-name='Naam'>Bert</text:span> ah.")
    reading = read_body(body + p(f"{b('Anna Peeters')} ja."), automatic=BOLD, styles=styles)
    assert [turn.speaker for turn in reading.turns] == ["Anna Peeters", "Bert", "Anna Peeters"]


def test_a_style_that_inherits_from_itself_does_no_harm(read_body: ReadBody) -> None:
    circle = '<style:style style:name="B" style:family="text" style:parent-style-name="B"/>'
    assert read_body(p(b("een")), automatic=circle).text == "een"


def test_lists_sections_indexes_and_fields_are_read_through(read_body: ReadBody) -> None:
    body = (
        "<text:sequence-decls><text:sequence-decl text:name='x'/></text:sequence-decls>"
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>weg</text:index-title-template>"
        f"</text:table-of-content-source><text:index-body>{p('Inhoud')}</text:index-body></text:table-of-content>"
        f"<text:section text:name='s'><text:h text:outline-level='1'>Kop</text:h></text:section>"
        f"<text:list><text:list-header>{p('los')}</text:list-header><text:list-item>{p('een')}{p('nog')}"
        f"<text:list><text:list-item>{p('twee')}</text:list-item></text:list></text:list-item></text:list>"
        + p("<text:bookmark-start text:name='x'/>op <text:date>3 mei</text:date><text:bookmark-end text:name='x'/>")
        + p("<text:ruby><text:ruby-base>basis</text:ruby-base><text:ruby-text>hulp</text:ruby-text></text:ruby>")
        + p("<text:hidden-text text:is-hidden='true'>x</text:hidden-text><text:script>y</text:script>z")
    )
    reading = read_body(body)
    assert reading.text == "Inhoud\n\nKop\n\nlos\n\neen\n\nnog\n\ntwee\n\nop 3 mei\n\nbasis\n\nz"
    assert told(reading) == [
        (4, "Automatic numbers and bullets were left out; the words were kept (2×; paragraph 4, 6)."),
        (8, "Reading aids above the words were left out (1×; paragraph 8)."),
        (9, "Hidden text was left out (1×; paragraph 9)."),
    ]


def test_a_list_that_shows_no_numbers_is_not_told_and_numbered_headings_are(read_body: ReadBody) -> None:
    none = (
        "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format=''/>"
        "</text:list-style>"
    )
    outline = (
        "<text:outline-style style:name='O'><text:outline-level-style text:level='1' style:num-format='1'/>"
        "<text:outline-level-style text:level='2' style:num-format=''/></text:outline-style>"
    )
    body = (
        f"<text:list text:style-name='L'><text:list-item>{p('een')}</text:list-item></text:list>"
        "<text:h text:outline-level='1'>Kop</text:h><text:h text:outline-level='2'>Onderkop</text:h>"
    )
    reading = read_body(body, automatic=none, styles=outline)
    assert told(reading) == [(2, "Automatic numbers and bullets were left out; the words were kept (1×; paragraph 2).")]


def region(key: str, change: str) -> str:
    return f"<text:changed-region text:id='{key}'>{change}</text:changed-region>"


def test_tracked_changes_are_read_as_accepted_and_counted_with_their_place(read_body: ReadBody) -> None:
    note = f"<text:note text:note-class='footnote'><text:note-body>{p('weg')}</text:note-body></text:note>"
    body = (
        "<text:tracked-changes>"
        + region(
            "a",
            f"<text:deletion><office:change-info><dc:creator>x</dc:creator></office:change-info>{p('niet ' + note)}</text:deletion>",
        )
        + region("b", "<text:insertion/>")
        + region("c", "<text:format-change/>")
        + region("d", f"<text:deletion>{p(' ')}</text:deletion>")
        + "</text:tracked-changes>"
        + p("Anna: een")
        + p(
            "Bert: ik <text:change text:change-id='a'/><text:change-start text:change-id='b'/>wel "
            "<text:change-end text:change-id='b'/>mee<text:change-start text:change-id='c'/>."
            "<text:change-end text:change-id='c'/><text:change text:change-id='d'/>"
        )
    )
    reading = read_body(body)
    assert reading.text == "Anna: een\n\nBert: ik wel mee."
    assert told(reading) == [
        (None, "Notes or comments without a place in the text, or at deleted text, were left out (1×)."),
        (2, "Tracked deletions were left out (1×; paragraph 2)."),
        (2, "Tracked insertions were read as text (1×; paragraph 2)."),
    ]


def test_notes_and_comments_stand_at_the_end_of_their_paragraph(read_body: ReadBody) -> None:
    def note(kind: str, words: str) -> str:
        return (
            f"<text:note text:note-class='{kind}'><text:note-citation>1</text:note-citation>"
            f"<text:note-body>{words}</text:note-body></text:note>"
        )

    comment = "<office:annotation{}><dc:creator>Els  M.</dc:creator><dc:date>2026</dc:date>{}</office:annotation>"
    body = (
        p(f"Dus ik{note('footnote', p('eerste') + p('regel  twee'))} ging{note('endnote', p('einde'))}.")
        + p(f"En {comment.format(' office:name=`c`', p('klopt')).replace('`', chr(34))}ah")
        + p("zo<office:annotation-end office:name='c'/> is het." + comment.format("", ""))
        + p(note("footnote", p("noot" + comment.format("", p("op een noot")))) + "slot")
    )
    reading = read_body(body)
    assert reading.text == (
        "Dus ik ging. [voetnoot: eerste regel twee] [eindnoot: einde]\n\nEn ah\n\n"
        "zo is het. [opmerking van Els M.: klopt]\n\nslot [voetnoot: noot]"
    )
    assert told(reading) == [
        (None, "Notes or comments without a place in the text, or at deleted text, were left out (1×)."),
        (1, "Footnotes and endnotes stand in square brackets at the end of their paragraph (3×; paragraph 1, 4)."),
        (3, "Comments stand in square brackets at the end of their paragraph (1×; paragraph 3)."),
    ]


def cell(*paragraphs: str, rest: str = "") -> str:
    return f"<table:table-cell{rest}>{''.join(paragraphs)}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_tables_are_read_in_reading_order_also_inside_each_other(read_body: ReadBody) -> None:
    inner = f"<table:table>{row(cell(p('x')), cell(p('y')))}</table:table>"
    covered = f"<table:covered-table-cell>{p('onzichtbaar')}</table:covered-table-cell>"
    body = (
        p("voor")
        + "<table:table><table:table-column/><table:table-header-rows>"
        + row(cell(p("Anna")), cell(p("ik ging"), p("en kwam")), cell(p()))
        + "</table:table-header-rows>"
        + row(cell(p("breed"), rest=" table:number-columns-spanned='2'"), covered, cell(p("smal")))
        + row(covered, cell(p("onder")))
        + row(cell(inner), cell(p("Bert")))
        + "</table:table>"
        + p("na")
    )
    reading = read_body(body)
    assert reading.text == "voor\n\nAnna\tik ging\nen kwam\nbreed\tsmal\n\tonder\nx\ty\tBert\n\nna"
    assert (6, "Hidden text was left out (2×; paragraph 7, 9).") not in told(reading)
    assert "Hidden text was left out (2×; paragraph 7, 9)." in [words for _, words in told(reading)]


def test_text_boxes_and_shapes_are_read_behind_their_paragraph_and_pictures_counted(read_body: ReadBody) -> None:
    box = f"<draw:frame><draw:text-box>{p(b('doos'))}</draw:text-box><svg:desc>uitleg</svg:desc></draw:frame>"
    shape = f"<draw:custom-shape>{p('vorm')}</draw:custom-shape><draw:rect/>"
    image = "<draw:frame><draw:image/></draw:frame><draw:frame><draw:object/><draw:image/></draw:frame>"
    reading = read_body(p(f"een {box}{shape}twee") + p(f"drie{image}"), automatic=BOLD)
    assert reading.text == "een twee\n\ndoos\n\nvorm\n\ndrie"
    assert told(reading) == [
        (1, "Text boxes were put behind the paragraph that they hang on (2×; paragraph 1)."),
        (1, "Images, drawings and embedded objects were left out (3×; paragraph 1, 4)."),
    ]


def test_hidden_words_sections_headers_and_form_controls_are_left_out_and_told(read_body: ReadBody) -> None:
    masters = (
        f"<style:master-page><style:header>{p('Vertrouwelijk')}</style:header><style:footer>{p()}</style:footer>"
        f"<style:footer-left>{p('blad')}</style:footer-left></style:master-page>"
    )
    body = (
        "<office:forms><form:form><form:text>naam</form:text></form:form></office:forms>"
        + p("een<text:span text:style-name='V'>geheim</text:span>!")
        + f"<text:section text:display='none'>{p('weg')}</text:section>"
    )
    reading = read_body(body, automatic=HIDDEN, masters=masters)
    assert reading.text == "een!"
    assert told(reading) == [
        (None, "Headers and footers were left out (2×)."),
        (1, "Hidden text was left out (2×; paragraph 1, 2)."),
    ]


def test_of_links_the_words_are_kept(read_body: ReadBody) -> None:
    reading = read_body(
        p("<text:a xlink:href='http://voorbeeld.be'>site</text:a> <text:a xlink:href='#x'>hier</text:a>")
    )
    assert reading.text == "site hier"
    assert told(reading) == [(1, "Of links the words were kept and the addresses left out (1×; paragraph 1).")]


def test_a_file_with_a_password_says_the_way_out(read: Read) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    for parts in ({"META-INF/manifest.xml": manifest, "content.xml": "x"}, {"encrypted-package": "x"}):
        with pytest.raises(UnreadableFile) as caught:
            read("a.odt", zipped(parts))
        assert str(caught.value) == (
            "I cannot read a.odt: it has a password; save it in LibreOffice without one. Nothing was changed."
        )


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": "<x/>"},
        {"content.xml": "<x/>"},
        {"content.xml": "<office:document-content"},
        {"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"styles.xml": "<x/>"},
    ],
)
def test_what_is_no_opendocument_text_is_refused(read: Read, parts: dict[str, str]) -> None:
    with pytest.raises(NotWhatItSays):
        read("a.odt", zipped(parts))


def test_a_sheet_in_an_odt_coat_is_refused_and_an_empty_text_is_empty(read: Read) -> None:
    with pytest.raises(EmptyFile):
        read("a.odt", make_odt(p()))
    with pytest.raises(NotWhatItSays):
        read("a.odt", zipped({"content.xml": SHEET}))
