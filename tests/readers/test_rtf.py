"""RTF: every word that a reader sees, once and in order; what is not kept is counted with its paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from verhalen.errors import EmptyFile, NotWhatItSays, UnreadableFile
from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]
ReadRtf = Callable[..., Reading]


@pytest.fixture
def rtf(read: Read) -> ReadRtf:
    """Read an .rtf with this inside its outermost group."""

    def read_it(inside: str, head: str = r"\ansi\ansicpg1252\deff0") -> Reading:
        return read("a.rtf", f"{{\\rtf1{head} {inside}}}".encode("latin-1"))

    return read_it


def told(reading: Reading) -> list[tuple[int | None, str]]:
    return [(notice.line, str(notice)) for notice in reading.warnings]


def test_line_ends_in_the_file_mean_nothing_and_those_of_the_text_are_kept(rtf: ReadRtf) -> None:
    reading = rtf("een\r\n twee\\line drie\\par\\par\n\\pard vier\\\nvijf\\page\\sect zes")
    assert (reading.text, reading.warnings) == ("een twee\ndrie\n\nvier\n\nvijf\n\nzes", ())


def test_signs_and_special_characters_are_letters(rtf: ReadRtf) -> None:
    reading = rtf(r"\{a\}\\\~b\-c\_d\tab e\emdash\endash\lquote\rquote\ldblquote\rdblquote\bullet \zwj|\|\:")
    assert reading.text == "{a}\\\u00a0b\u00adc\u2011d\te—–‘’“”•\u200d|"


def test_bold_names_are_speakers_in_the_ways_of_word_wordpad_and_cocoa(read: Read) -> None:
    word = (
        r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603}Times New Roman;}}"
        r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql \li0 \snext0 Normal;}{\s1\b heading 1;}}"
        r"{\*\rsidtbl \rsid1}{\*\generator Microsoft Word 16;}{\info{\author Els}}\paperw11906\sectd "
        r"\pard\plain \ltrpar\ql {\rtlch\fcs1 \ab\af0 \ltrch\fcs0 \b\insrsid1 \hich\af0\dbch\af31505\loch\f0 Anna Peeters}"
        r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1  ik ging.\par }\pard {\b Bert\b0  ah.}{\par }\pard {\b Anna Peeters} ja.\par }"
    )
    wordpad = (
        r"{\rtf1\ansi\ansicpg1252\deff0\nouicompat{\fonttbl{\f0\fnil\fcharset0 Calibri;}}{\*\generator Riched20 10.0}"
        "\\viewkind4\\uc1 \r\n\\pard\\sa200\\b\\f0\\fs22\\lang2067 Anna Peeters\\b0  ik ging.\\par\r\n"
        "\\b Bert\\b0  ah.\\par\r\n\\b Anna Peeters\\b0  ja.\\par\r\n}\r\n\x00"
    )
    cocoa = (
        "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639\n{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica-Bold;\\f1\\fswiss\\fcharset0 Helvetica;}\n"
        "{\\colortbl;\\red255;}\n{\\*\\expandedcolortbl;;}\n\\paperw11900\\viewh8400\\viewkind0\n\\pard\\pardirnatural\n\n"
        "\\f0\\b\\fs24 \\cf0 Anna Peeters\n\\f1\\b0  ik ging.\\\n\n\\f0\\b Bert\n\\f1\\b0  ah.\\\n\n\\f0\\b Anna Peeters\n\\f1\\b0  ja.}"
    )
    for data in (word, wordpad, cocoa):
        reading = read("a.rtf", data.encode("latin-1"))
        assert reading.text == "Anna Peeters ik ging.\n\nBert ah.\n\nAnna Peeters ja."
        assert [turn.speaker for turn in reading.turns] == ["Anna Peeters", "Bert", "Anna Peeters"]


def test_letters_by_number_bring_stand_ins_that_are_passed_over(rtf: ReadRtf) -> None:
    reading = rtf(
        r"caf\u233?e \u8364\'80uro {\uc0\u8217}s \uc2 \u252ueb\uc1  \u-10179?\u-8704? \u8220\ldblquote x\u8221{}y"
    )
    assert reading.text == "cafée €uro ’s üb 😀 “x”y"


def test_half_letters_and_bytes_without_a_letter_are_told(rtf: ReadRtf) -> None:
    reading = rtf(r"a\u-10179?b\par \u-8704?c\'81d")
    assert reading.text == "a\ufffdb\n\n\ufffdc\ufffdd"
    assert told(reading) == [(1, "Some bytes stand for no letter; each became \ufffd (3×; paragraph 1, 2).")]


def test_bytes_are_read_by_the_font_or_the_code_page(rtf: ReadRtf) -> None:
    fonts = (
        r"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}{\f2\fcharset128 Mincho;}"
        r"{\f3\fcharset1 X;}{\f4\fcharset2 Wingdings;}\f5\fcharset238\cpg1253 Y;}"
    )
    reading = rtf(fonts + r"\'e9{\f1\'d7\'e0\'e9}{\f2\'93\'fa\'83A}{\f4 J\'fc q}{\f5\'e1}\'80 \f3\'e9")
    assert reading.text == "éЧай日ア☺✓ \ufffdα€ é"
    assert rtf(r"\'8e", head=r"\mac\deff0").text == "é"
    assert rtf(r"{\f9\'e1}\'c3", head=r"\ansi\ansicpg1253").text == "αΓ"
    assert rtf(r"\'c3\'a9", head=r"\ansi\ansicpg65001").text == "é"
    assert rtf(r"\'e9", head=r"\ansi\ansicpg99999").text == "é"


def test_tracked_changes_are_read_as_accepted_and_counted_with_their_place(rtf: ReadRtf) -> None:
    reading = rtf(
        r"{\*\revtbl{Unknown;}{Els;}}Dus een\par En ik {\deleted\revauthdel1 niet {\b echt }}{\revised\revauth1 wel }mee"
        r"{\mvf verhuisd}.\par {\mvt verhuisd} zo {\deleted\par }en verder\par "
    )
    assert reading.text == "Dus een\n\nEn ik wel mee.\n\nverhuisd zo en verder"
    assert told(reading) == [
        (2, "Tracked deletions were left out (1×; paragraph 2)."),
        (2, "Tracked insertions were read as text (1×; paragraph 2)."),
        (2, "Moved text (tracked) stands at its new place only (1×; paragraph 2)."),
        (3, "Paragraphs whose end was deleted (tracked) were joined with the next (1×; paragraph 3)."),
    ]


def test_notes_and_comments_stand_at_the_end_of_their_paragraph(rtf: ReadRtf) -> None:
    reading = rtf(
        r"Dus ik{\super\chftn}{\footnote \pard\plain {\super\chftn} eerste\par regel  twee} ging"
        r"{\*\atrfstart 0}.{\*\atrfend 0}{\*\atnid EM}{\*\atnauthor Els  M.}\chatn {\*\annotation{\*\atnref 0}{\*\atndate 1}"
        r"\pard klopt{\*\annotation nog}}{\footnote\ftnalt einde}\par En ah{\deleted x{\footnote weg}}{\footnote  }"
    )
    assert reading.text == (
        "Dus ik ging. [voetnoot: eerste regel twee] [opmerking van Els M.: klopt] [eindnoot: einde]\n\nEn ah"
    )
    assert told(reading) == [
        (None, "Notes or comments without a place in the text, or at deleted text, were left out (2×)."),
        (1, "Footnotes and endnotes stand in square brackets at the end of their paragraph (2×; paragraph 1)."),
        (1, "Comments stand in square brackets at the end of their paragraph (1×; paragraph 1)."),
        (2, "Tracked deletions were left out (1×; paragraph 2)."),
    ]


def test_tables_are_read_in_reading_order_also_inside_each_other(rtf: ReadRtf) -> None:
    row = r"\trowd\cellx100\cellx200 "
    reading = rtf(
        rf"voor\par {row}\pard\intbl Anna\cell ik ging\par en kwam\cell\cell\row {row}\pard\intbl\itap2 x\nestcell y\nestcell"
        rf"{{\*\nesttableprops\trowd\cellx1\nestrow}}{{\nonesttables\par }}\pard\intbl\itap1 z\cell Bert\cell\row \pard na\par "
        rf"{row}vergeten\cell woord\cell\row\pard slot"
    )
    assert reading.text == ("voor\n\nAnna\tik ging\nen kwam\nx\ty\nz\tBert\n\nna\n\nvergeten\twoord\n\nslot")
    assert told(reading) == [(2, "Tables were read row by row, with a tab between the cells (3×; paragraph 2, 6, 11).")]


def test_marks_of_cells_and_rows_without_a_table_lose_no_words(rtf: ReadRtf) -> None:
    assert rtf(r"een\cell twee\row drie\nestcell vier\nestrow\cell").text.split() == ["een", "twee", "drie", "vier"]


def test_fields_links_symbols_and_forms_show_what_a_reader_sees(rtf: ReadRtf) -> None:
    def field(instruction: str, result: str = "") -> str:
        return f"{{\\field{{\\*\\fldinst {{{instruction}}}}}{{\\fldrslt {result}}}}}"

    box = r"FORMCHECKBOX {{\*\formfield{{\fftype1\ffres{}\ffdefres1}}}}"
    choice = r"FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl ja}{\*\ffl nee}}}"
    reading = rtf(
        field("DATE", "3 mei")
        + field('HYPERLINK "http://voorbeeld.be"', " site")
        + field(r'HYPERLINK \\l "hier"', " hier ")
        + field(r'SYMBOL 74 \\f "Wingdings" \\s 11')
        + field(r'SYMBOL 0xff \\f "Webdings"')
        + field(box.format(0))
        + field(box.format(25))
        + field(choice)
    )
    assert reading.text == "3 mei site hier ☺ÿ☐☒nee"
    assert told(reading) == [(1, "Of links the words were kept and the addresses left out (1×; paragraph 1).")]


def test_boxes_stand_behind_their_paragraph_and_pictures_are_counted(rtf: ReadRtf) -> None:
    shape = (
        r"{\shp{\*\shpinst\shpz0{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard\plain {\b doos}\par tweede\par}}"
        r"{\shprslt{\*\do\dobxpage{\dptxbx{\dptxbxtext doos\par}}}}}"
    )
    picture = r"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 0100}}"
    blob = r"{\object\objemb{\*\objdata 01050000}{\result {\pict 00}Blad1}}{\pict\bin4 }{{\}"
    reading = rtf(rf"een {shape}twee\par drie{picture}\par {blob}{{\shp{{\*\shpinst}}}}")
    assert reading.text == "een twee\n\ndoos\n\ntweede\n\ndrie\n\nBlad1"
    assert told(reading) == [
        (1, "Text boxes were put behind the paragraph that they hang on (1×; paragraph 1)."),
        (4, "Images, drawings and embedded objects were left out (4×; paragraph 4, 5)."),
    ]


def test_headers_hidden_words_numbers_and_machine_data_are_left_out(rtf: ReadRtf) -> None:
    reading = rtf(
        r"{\header \pard Vertrouwelijk\par}{\footerf {\field{\*\fldinst PAGE}{\fldrslt }}}{\*\onbekend{\x weg}\'41}"
        r"een{\v geheim}!\par {\listtext\pard\plain 1.\tab}\pard\ls1 twee\par {\pntext\f1\'B7\tab}{\*\pn\pnlvlblt}drie\par"
        r"{\listtext\tab}vier {\upr{\*\bkmkstart oud}{\*\ud{\*\bkmkstart nieuw}}}{\xe index}"
        r"{\mmath{\*\moMath{\*\moMathPr weg}{\mr x}{\mr =1}}}"
    )
    assert reading.text == "een!\n\ntwee\n\ndrie\n\nvier x=1"
    assert told(reading) == [
        (None, "Headers and footers were left out (1×)."),
        (1, "Hidden text was left out (1×; paragraph 1)."),
        (2, "Automatic numbers and bullets were left out; the words were kept (2×; paragraph 2, 3)."),
        (4, "Of formulas only the letters were kept (1×; paragraph 4)."),
    ]


def test_a_file_that_breaks_off_or_goes_on_behind_its_end_says_so(read: Read) -> None:
    cut = read("a.rtf", rb"{\rtf1 Anna: ja\par Bert: n{\b ee{\footnote half")
    assert cut.text == "Anna: ja\n\nBert: nee [voetnoot: half]"
    assert (None, "The file breaks off before its end: look whether the last words are there.") in told(cut)
    more = read("a.rtf", rb"{\rtf1 Anna: ja}} {\rtf1 Bert: nee}")
    assert more.text == "Anna: ja"
    assert (None, "What stands behind the end of the document was left out.") in told(more)


@pytest.mark.parametrize(
    "data", [b"Anna: ja", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"x{\\rtf1 Anna: ja}", b"{\\urtf ja}"]
)
def test_what_is_no_rtf_is_refused(read: Read, data: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        read("a.rtf", data)


def test_a_file_without_words_is_empty(rtf: ReadRtf) -> None:
    with pytest.raises(EmptyFile):
        rtf(r"\pard\par{\pict 00}")


@pytest.mark.slow
@pytest.mark.parametrize("inside", ["{" * 6000, "{}" * 2_100_000, "{\\footnote a}" * 140_000])
def test_too_many_or_too_deep_marks_are_refused_with_the_way_out(rtf: ReadRtf, inside: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        rtf(inside)
    assert "save it as .docx" in str(caught.value)
