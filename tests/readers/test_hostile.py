"""Whatever a file holds: a Reading in order, or one of our own errors, within seconds."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.errors import UnreadableFile
from verhalen.model.text import Reading, Span, normal_text
from verhalen.readers import read_source
from verhalen.readers.speakers import find_turns


def sound(reading: Reading) -> None:
    """Text in normal form; turns in order, apart, within the text, without white space around; notices that can be said."""
    assert reading.text == normal_text(reading.text)
    assert normal_text(reading.title) == reading.title
    last = 0
    for turn in reading.turns:
        words = reading.text[turn.start : turn.stop]
        assert last <= turn.start < turn.stop
        assert words == words.strip()
        last = turn.stop
    lines = [notice.line for notice in reading.warnings]
    assert all(line is None or line >= 1 for line in lines)
    assert all(str(notice).encode() for notice in reading.warnings)


def outcome(data: bytes, suffix: str) -> Reading | UnreadableFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        try:
            return read_source(path)
        except UnreadableFile as error:
            return error


def check(data: bytes, suffix: str) -> None:
    found = outcome(data, suffix)
    if isinstance(found, Reading):
        assert found.original == data
        sound(found)
    else:
        assert "a." in str(found)


TALK = st.lists(
    st.sampled_from(
        ["Anna", "Bert", ":", " ", "\n", "\n\n", "[0:05]", "[", "]", "**", "*", "ja", "00:01:23", "#", "(", ")", "1.", "\t",
         "Datum", "\r", "\x00", "e\u0301", "\ufeff", "👍🏽", "\u0301", "é", "|", "-", "<!--", "-->", "<b>", "`", "> ", "&#x301;"]
    ),
    max_size=60,
).map("".join)  # fmt: skip
BYTES = st.one_of(
    st.binary(max_size=300),
    TALK.map(str.encode),
    TALK.map(lambda text: text.encode("utf-16")),
    TALK.map(lambda text: text.encode("cp1252", "replace")),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


@given(BYTES, st.sampled_from([".txt", ".md", ".docx"]))
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_a_sound_reading_or_our_own_error(data: bytes, suffix: str) -> None:
    check(data, suffix)


@given(TALK.map(normal_text), st.data())
@settings(max_examples=200, deadline=None)
def test_hints_anywhere_give_turns_in_order(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    hints = [Span(start, stop) for start, stop in zip(places[::2], places[1::2], strict=False)]
    turns, _ = find_turns(text, hints=hints)
    last = 0
    for turn in turns:
        assert last <= turn.start < turn.stop <= len(text)
        last = turn.stop


def small_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph().add_run("Anna:").bold = True
    document.add_paragraph("Bert: ja", style="List Bullet")
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "cel"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


SMALL = small_docx()


@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 60)
)
@settings(max_examples=300, deadline=None)
def test_a_damaged_word_file_gives_a_sound_reading_or_our_own_error(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SMALL)
    for place, value in changes:
        data[place] = value
    check(bytes(data[: len(data) - cut * (cut > 50)]), ".docx")


XML = st.recursive(
    st.sampled_from(["<w:t>Anna: ja</w:t>", "<w:t> nee</w:t>", "<w:tab/>", "<w:br/>", '<w:sym w:char="zz"/>', "<w:t/>", "los",
                     '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', '<w:footnoteReference w:id="1"/>',
                     '<w:fldChar w:fldCharType="separate"/>', "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:drawing/>"]),
    lambda inner: st.tuples(
        st.sampled_from(["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:ins", "w:del", "w:txbxContent", "w:drawing",
                         "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:hyperlink", "w:trPr", "w:body", "m:oMath"]),
        st.lists(inner, max_size=4),
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=25,
)  # fmt: skip
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def packed(xml: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}>{xml}</w:document>")
    return stream.getvalue()


@given(XML)
@settings(max_examples=300, deadline=None)
def test_word_elements_in_any_nesting_give_a_sound_reading_or_our_own_error(xml: str) -> None:
    check(packed(xml), ".docx")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "woord " * 800_000,
        "a" * 5_000_000,
        "a" + " " * 5_000_000 + "b",
        "Anna: " * 800_000,
        "[" * 5_000_000,
        "*" * 5_000_000,
        "1" * 5_000_000,
        "00:00:00 " * 500_000,
        "(" * 5_000_000,
        "a" + "\n" * 1_000_000 + "b",
        "<!-- " * 200_000,
        "![" * 14_000,
        "> " * 3_000 + "a",
        "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|b|\n" * 3_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_long_lines_and_endless_repetition_are_read_to_the_end(text: str, suffix: str) -> None:
    check(text.encode(), suffix)


@pytest.mark.slow
def test_large_word_files_are_read_to_the_end() -> None:
    run = "<w:r><w:t>woord </w:t></w:r>"
    for body in ("<w:p/>" * 200_000 + f"<w:p>{run}</w:p>", f"<w:p>{run * 50_000}</w:p>", f"<w:p>{run}</w:p>" * 20_000):
        check(packed(body), ".docx")
    deep = outcome(packed("<w:sdt>" * 100_000 + run + "</w:sdt>" * 100_000), ".docx")
    assert isinstance(deep, UnreadableFile)
