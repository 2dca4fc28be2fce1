"""Plain text is kept letter for letter; every guess and every change is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from verhalen.errors import NotWhatItSays
from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]

CAFE = "Anna: café €5\nBert: naïef"


def told(reading: Reading) -> list[tuple[int | None, str]]:
    return [(notice.line, str(notice)) for notice in reading.warnings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_an_encoding_that_the_file_names_needs_no_remark(read: Read, encoding: str) -> None:
    reading = read("a.txt", CAFE.encode(encoding))
    assert (reading.text, reading.warnings) == (CAFE, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_a_guess_and_told(read: Read, encoding: str) -> None:
    assert read("a.txt", ("\ufeff" + CAFE).encode(encoding)).warnings == ()
    reading = read("a.txt", CAFE.encode(encoding))
    assert reading.text == CAFE
    assert told(reading) == [
        (None, "The file does not say how its letters are stored; UTF-16 fits. Look whether the accents are right.")
    ]


def test_older_windows_text_is_told_at_its_first_accent(read: Read) -> None:
    reading = read("a.txt", CAFE.encode("cp1252"))
    assert reading.text == CAFE
    guess = "The file is not stored as UTF-8; it was read as older Windows text (cp1252). Look whether the accents are right."
    assert told(reading) == [(1, guess)]


def test_bytes_without_a_letter_are_told(read: Read) -> None:
    reading = read("a.txt", b"Anna: dag\nBert: ol\xe9 \x81 en \x8f\nAnna: ja")
    assert reading.text == "Anna: dag\nBert: olé \ufffd en \ufffd\nAnna: ja"
    assert told(reading)[1] == (2, "Some bytes stand for no letter; each became \ufffd (2×; line 2).")


def test_one_old_letter_amid_utf8_does_not_spoil_the_others(read: Read) -> None:
    reading = read("a.txt", "één\ntwéé\n".encode() + b"caf\xe9")
    assert reading.text == "één\ntwéé\ncafé"
    assert told(reading) == [
        (3, "Some letters were stored in the older Windows way amid UTF-8; look at them (1×; line 3).")
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_are_one_and_need_no_remark(read: Read, end: str) -> None:
    reading = read("a.txt", f"Anna: ja{end}{end}Bert: nee{end}".encode())
    assert (reading.text, reading.warnings) == ("Anna: ja\n\nBert: nee\n", ())


def test_white_space_stays_as_it_stands(read: Read) -> None:
    text = "\n\n  Anna:\tja   nee \n\n\n\n   dat\u00a0wel\u2028ja\f\n"
    assert read("a.txt", text.encode()).text == text


def test_empty_characters_are_counted_with_their_lines(read: Read) -> None:
    reading = read("a.txt", b"Anna: ja\r\nBert: n\x00ee\r\nAnna: \x00\x00goed, ik weet het ook niet")
    assert reading.text == "Anna: ja\nBert: nee\nAnna: goed, ik weet het ook niet"
    assert told(reading) == [(2, "Empty characters (NUL) were left out (3×; line 2, 3).")]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe" + "Anna: ".encode("utf-16-le") + b"\x3d\xd8" + " ja".encode("utf-16-le"),
        b"Anna: \xed\xa0\xbd ja",
    ],
)
def test_half_characters_are_replaced_and_told(read: Read, data: bytes) -> None:
    reading = read("a.txt", data)
    assert reading.text == "Anna: \ufffd ja"
    assert (1, "Halves of characters that miss their other half became \ufffd (1×; line 1).") in told(reading)


def test_an_emoji_in_two_halves_as_old_java_writes_it_becomes_whole(read: Read) -> None:
    assert read("a.txt", b"Anna: \xed\xa0\xbd\xed\xb8\x80 ja").text == "Anna: 😀 ja"


def test_utf16_that_ends_in_half_a_letter_is_told(read: Read) -> None:
    reading = read("a.txt", b"\xff\xfe" + "Anna".encode("utf-16-le") + b"x")
    assert reading.text == "Anna"
    assert told(reading) == [(None, "The file ends in the middle of a letter; that half letter was left out.")]


def test_loose_accents_are_composed_and_told(read: Read) -> None:
    reading = read("a.txt", unicodedata.normalize("NFD", "Anna: ja\nBert: café\nAnna: één").encode())
    assert reading.text == "Anna: ja\nBert: café\nAnna: één"
    assert told(reading) == [
        (2, "Letters with loose accents became one character each; they look the same (2×; line 2, 3).")
    ]
    assert reading.text[reading.turns[1].start : reading.turns[1].stop] == "café"


def test_several_byte_order_marks_and_a_nul_before_one_all_go(read: Read) -> None:
    assert read("a.txt", "\ufeff\ufeff\x00\ufeffAnna: ja".encode()).text == "Anna: ja"


def test_emoji_with_modifiers_and_writing_from_right_to_left_stay_whole(read: Read) -> None:
    text = "Anna: 👩🏽‍👧🏽 goed 👍🏿\nיעל: שלום לכם\nAnna: مرحبا\nיעל: כן"
    reading = read("a.txt", text.encode())
    assert reading.text == text
    assert [(turn.speaker, text[turn.start : turn.stop]) for turn in reading.turns] == [
        ("Anna", "👩🏽‍👧🏽 goed 👍🏿"),
        ("יעל", "שלום לכם"),
        ("Anna", "مرحبا"),
        ("יעל", "כן"),
    ]


def test_a_thousand_accents_on_one_letter_are_no_text(read: Read) -> None:
    for suffix in ("txt", "md"):
        with pytest.raises(NotWhatItSays):
            read(f"a.{suffix}", ("a" + "\u0316\u0301" * 1000).encode())
