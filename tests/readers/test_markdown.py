"""Markdown: the marks go, the words stay in order, and every difference is told."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verhalen.errors import EmptyFile
from verhalen.model.text import Reading
from verhalen.readers import read_source

Read = Callable[[str, bytes], Reading]


def lines(reading: Reading) -> list[tuple[int | None, str]]:
    return [(notice.line, str(notice)) for notice in reading.warnings]


def test_headings_bold_italic_and_code_lose_their_marks_only(read: Read) -> None:
    reading = read("a.md", b"# Gesprek met *Anna*\n\nEen `stukje` en **twee** _drie_ ~~vier~~ vijf_zes\n")
    assert reading.text == "Gesprek met Anna\n\nEen stukje en twee drie vier vijf_zes"
    assert lines(reading) == [
        (1, "Heading marks were left out; the words were kept (1×)."),
        (1, "Places with bold or italic marks: the words were kept (4×)."),
        (3, "Marks around code were left out; the words were kept (1×)."),
    ]


def test_soft_and_hard_breaks_are_line_ends_and_paragraphs_are_one_blank_line_apart(read: Read) -> None:
    reading = read("a.md", b"een\ntwee  \ndrie\\\nvier\n\n\n\nvijf\n")
    assert (reading.text, reading.warnings) == ("een\ntwee\ndrie\nvier\n\nvijf", ())


def test_lists_keep_their_numbers_and_lose_their_bullets(read: Read) -> None:
    reading = read("a.md", b"- een\n- twee\n  - drie\n\n3. vier\n4. vijf\n\n1985. Dat was een jaar.\n\n7)\n")
    assert reading.text == "een\n\ntwee\n\ndrie\n\n3. vier\n\n4. vijf\n\n1985. Dat was een jaar.\n\n7)"
    assert lines(reading) == [(1, "List marks were left out; the words were kept (3×).")]


def test_tables_are_read_row_by_row_and_no_cell_is_lost(read: Read) -> None:
    reading = read("a.md", b"| a | **b** |\n|---|---|\n| c | d | e |\n| f |\n")
    assert reading.text == "a\tb\nc\td\te\nf"
    assert lines(reading)[0] == (1, "Tables were read row by row, with a tab between the cells (1×; line 1).")


def test_links_keep_their_words(read: Read) -> None:
    reading = read("a.md", b"Zie [de site](http://voorbeeld.be) of <http://voorbeeld.be>.\n")
    assert reading.text == "Zie de site of http://voorbeeld.be."
    assert lines(reading) == [(1, "Of links the words were kept and the addresses left out (1×; line 1).")]


def test_images_keep_their_description(read: Read) -> None:
    reading = read("a.md", b"Een ![foto van een hond](hond.png).\n")
    assert reading.text == "Een foto van een hond."
    assert lines(reading) == [(1, "Images were left out; their description was kept (1×; line 1).")]


def test_hidden_remarks_are_left_out_and_told(read: Read) -> None:
    reading = read("a.md", b"Anna: ja\n\n<!-- niet\ntonen -->\n\nBert: nee <!-- ook niet -->toch\n")
    assert reading.text == "Anna: ja\n\nBert: nee toch"
    assert lines(reading) == [(3, "Hidden remarks (HTML comments) were left out (2×; line 3, 6).")]


def test_a_remark_that_never_ends_hides_nothing(read: Read) -> None:
    assert read("a.md", b"<!-- niet af\n\nAnna: ja\n").text == "<!-- niet af\n\nAnna: ja"


def test_html_tags_go_and_what_a_transcriber_puts_between_such_signs_stays(read: Read) -> None:
    reading = read("a.md", b"<lacht> ja <b>echt</b><br>waar\n\n<div>\nen &amp; <em>zo</em>\n</div>\n")
    assert reading.text == "<lacht> ja echt\nwaar\n\nen & zo"
    assert lines(reading) == [(1, "HTML tags were left out; the words between them were kept (7×; line 1, 3, 4, 5).")]


def test_a_block_of_properties_is_left_out_and_told_and_the_lines_keep_their_numbers(read: Read) -> None:
    reading = read("a.md", b"---\ntitle: Gesprek\ndate: 2026-05-03\n---\n\n# Kop\n")
    assert reading.text == "Kop"
    assert lines(reading) == [
        (1, "The block with properties at the top was left out."),
        (6, "Heading marks were left out; the words were kept (1×)."),
    ]


def test_a_talk_between_ruled_lines_is_no_block_of_properties(read: Read) -> None:
    reading = read("a.md", b"---\nAnna: dag\nBert: dag\nAnna: ja\n\n---\n")
    assert [turn.speaker for turn in reading.turns] == ["Anna", "Bert", "Anna"]


def test_a_bracketed_name_is_no_definition_of_a_link(read: Read) -> None:
    reading = read("a.md", b"[Anna]: Ja.\n\n[Bert]: Nee.\n")
    assert reading.text == "[Anna]: Ja.\n\n[Bert]: Nee."
    assert [turn.speaker for turn in reading.turns] == ["Anna", "Bert"]


@pytest.mark.parametrize(
    "label", ["**Anna:**", "**Anna**:", "**Anna**", "__Anna:__", "1. **Anna:**", "- **Anna:**", "**Anna:**x"]
)
def test_bold_names_are_speakers(read: Read, label: str) -> None:
    other = label.replace("Anna", "Bert")
    reading = read(
        "a.md", f"# Gesprek\n\n{label} ja.\n\nEn toen.\n\n{other} nee.\n\n{label} goed.\n\n{other} zo.\n".encode()
    )
    assert [turn.speaker for turn in reading.turns] == ["Anna", "Bert", "Anna", "Bert"]
    assert reading.text[reading.turns[0].start : reading.turns[0].stop].removeprefix("x ") == "ja.\n\nEn toen."


def test_quotations_and_ruled_lines_are_counted(read: Read) -> None:
    reading = read("a.md", b"> ja\n> nee\n\n***\n\n    ingesprongen\n")
    assert reading.text == "ja\nnee\n\ningesprongen"
    assert [text for _, text in lines(reading)] == [
        "Quotation marks of Markdown (>) were left out; the words were kept (1×).",
        "Ruled lines were left out (1×).",
        "Marks around code were left out; the words were kept (1×).",
    ]


@pytest.mark.parametrize("text", ["> " * 200 + "diep", "[" * 30_000 + "veel", "a\n" * 200_000])
def test_markdown_too_deep_or_too_large_is_read_as_plain_and_told(read: Read, text: str) -> None:
    reading = read("a.md", text.encode())
    assert reading.text == text
    assert lines(reading)[0] == (
        None,
        "This Markdown is nested too deep or too large to take apart: it was read as plain text, its marks stay.",
    )


def test_letters_written_as_entities_come_out_in_normal_form(read: Read) -> None:
    assert read("a.md", b"&#xFEFF;cafe&#x301; a&#13;b &lt;x&gt; \\*y\\*\n").text == "café a\nb <x> *y*"


WORDS = st.sampled_from(
    ["Anna:", "ja", "**", "*", "_", "`", "\n```\n", "```", "~~~ ", "#", "> ", "- ", "1. ", "12", "\n", "\n\n", "|", "|-|", "~~",
     "[", "]", "<lacht>", "\\", "    ", "---\n", "&", "!", "+ ", "=", "\t", "é"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_no_word_is_ever_lost_or_moved(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        path.write_text(text, "utf-8")
        try:
            found = read_source(path).text
        except EmptyFile:
            found = ""
    assert "".join(re.findall(r"[^\W_]+", found)) == "".join(re.findall(r"[^\W_]+", text))
