"""PDF files that mean harm, or were damaged on the way: a text, or one of our own errors, and the program lives on."""

from __future__ import annotations

import random
import sys
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pdf_making import column, joined, make_pdf, show, stream

from verhalen.errors import NotWhatItSays, TooHeavy, TooLarge, UnreadableFile
from verhalen.model.text import Reading, normal_text
from verhalen.readers import pdf_process
from verhalen.readers.content import Content
from verhalen.readers.pdf import read_pdf

Read = Callable[[str, bytes], Reading]
SAMPLES = Path(__file__).parent / "samples"
SMALL = make_pdf([column(["Els: Dag allemaal, hier zijn we dan.", "Jan: Ja."]), column(["Els: Goed."])])
HEAD = b"<< /Type /Catalog /Pages 2 0 R >>"


def content_or_error(data: bytes) -> Content | UnreadableFile:
    try:
        return read_pdf(data)
    except UnreadableFile as error:
        return error


def sound(data: bytes) -> None:
    content = content_or_error(data)
    if isinstance(content, UnreadableFile):
        content.values.update(file="a.pdf", suffix=".pdf")
        assert str(content)
        return
    assert content.text == normal_text(content.text)
    assert len(content.numbers) == content.text.count("\n") + 1 or not content.text
    last = 0
    for mark in content.landmarks:
        assert last <= mark.start < mark.stop <= len(content.text)
        last = mark.stop
    for span in content.bold:
        assert span.stop <= len(content.text)
    assert all(str(notice).encode() and (notice.line is None or notice.line >= 1) for notice in content.notices)


def endless(gigabytes: int) -> bytes:
    """A stream that unpacks to so much white space."""
    packer = zlib.compressobj(9)
    first, again = (packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + again * (gigabytes * 1024)
    twice = zlib.compress(packed, 9)
    return f"<< /Length {len(twice)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + twice + b"\nendstream"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits the time of the process, not its memory")
def test_a_stream_that_unpacks_without_end_is_refused_in_seconds(read: Read) -> None:
    data = make_pdf([endless(10)])
    start = time.monotonic()
    with pytest.raises(TooHeavy):
        read("a.pdf", data)
    assert time.monotonic() - start < 10
    assert read("b.pdf", SMALL).text.startswith("Els: Dag")


def test_a_picture_that_draws_itself_is_refused(read: Read) -> None:
    form = stream(
        b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    )
    sound(make_pdf([b"/X Do"], page="/Resources << /XObject << /X 5 0 R >> >>", objects=[form]))


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"


def test_trees_of_pages_that_lie_are_refused(read: Read) -> None:
    cyclic = joined(
        [HEAD, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
    )
    lying = joined([HEAD, b"<< /Type /Pages /Kids [3 0 R] /Count 4000 >>", PAGE])
    for data in (cyclic, lying):
        with pytest.raises(UnreadableFile):
            read("a.pdf", data)


def test_too_many_pages_are_told_with_their_number(read: Read) -> None:
    data = joined([HEAD, b"<< /Type /Pages /Kids [" + b"3 0 R " * 20_000 + b"] /Count 20000 >>", PAGE])
    with pytest.raises(TooLarge, match="20000 pages; at most 5000 pages"):
        read("a.pdf", data)


def test_what_pdfium_cuts_off_is_told(read: Read) -> None:
    reading = read("a.pdf", make_pdf([show(57, 700, "woord " * 10_000)]))
    assert "only its first 32,767 letters were read" in str(reading.warnings[0])


def test_a_false_table_of_places_is_mended(read: Read) -> None:
    assert read("a.pdf", SMALL.replace(b"startxref\n", b"startxref\n99")).text.startswith("Els: Dag")


def test_deep_nesting_is_read_or_refused() -> None:
    for content in (b"[" * 100_000, b"q " * 100_000 + show(57, 700, "Els: ja")):
        sound(make_pdf([content]))
    sound(joined([b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 50_000 + b"]" * 50_000 + b" >>", HEAD, PAGE]))


def mapped(*letters: str) -> bytes:
    """A page that writes these letters (as hexadecimal UTF-16), in a font that only says which they are."""
    pairs = b"\n".join(b"<%04X> <%s>" % (at, letter.encode()) for at, letter in enumerate(letters, 1))
    names = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF>"
        b" endcodespacerange %d beginbfchar\n%s\nendbfchar endcmap end end" % (len(letters), pairs)
    )
    objects = [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 600 /FontDescriptor 8 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        stream(names),
        (
            b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800"
            b" /Descent -200 /CapHeight 700 /StemV 80 >>"
        ),
    ]
    codes = "".join(f"{at:04X}" for at in range(1, len(letters) + 1))
    return make_pdf([f"BT /F 12 Tf 57 700 Td <{codes}> Tj ET".encode()], objects=objects)


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        (("0065", "0301"), "é"),
        (("D83DDC4DD83CDFFD", "0041"), "👍🏽A"),
        (("FB01", "FB02", "FB03"), "fiflffi"),
        (("D83D", "0041", "DE00"), "\ufffdA\ufffd"),
        (("0041", "0000", "0042"), "A\ufffdB"),
        (("05DD", "05DC", "05E9"), "שלם"),
    ],
)
def test_letters_come_out_in_normal_form(read: Read, letters: tuple[str, ...], text: str) -> None:
    reading = read("a.pdf", mapped(*letters))
    assert reading.text == text
    assert bool(reading.warnings) == ("\ufffd" in text)


def test_a_pile_of_accents_is_refused(read: Read) -> None:
    with pytest.raises(NotWhatItSays):
        read("a.pdf", mapped("0065", *["0301"] * 2000))


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    read("a.pdf", SMALL)
    monkeypatch.setattr(pdf_process, "_SECONDS", 0.2)
    busy = make_pdf(
        [b"".join(show(57 + at % 5 / 10, 800 - at / 64, f"{at} woord en nog een woord") for at in range(20_000))]
    )
    with pytest.raises(TooHeavy):
        read("b.pdf", busy)
    monkeypatch.undo()
    assert read("c.pdf", SMALL).text.startswith("Els: Dag")


def test_a_process_that_went_away_is_started_again(read: Read) -> None:
    read("a.pdf", SMALL)
    process = pdf_process._worker.process
    assert process
    process.kill()
    process.wait()
    assert read("b.pdf", SMALL).text.startswith("Els: Dag")


def test_threads_get_each_their_own_text() -> None:
    names = ["Els", "Jan", "Mia", "Bob"]
    found: dict[str, str] = {}

    def work(name: str) -> None:
        for _ in range(5):
            found[name] = read_pdf(make_pdf([column([f"{name}: dag"])])).text

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: f"{name}: dag" for name in names}


def test_damaged_samples_give_a_sound_text_or_our_own_error() -> None:
    chance = random.Random(20_26)
    for name in ("namen", "leeg-wachtwoord", "kolommen"):
        whole = (SAMPLES / f"{name}.pdf").read_bytes()
        for _ in range(25):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            sound(bytes(data[: chance.randrange(len(data) // 2, 2 * len(data))]))


@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 60)
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_small_file_gives_a_sound_text_or_our_own_error(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SMALL)
    for place, value in changes:
        data[place] = value
    sound(bytes(data[: len(data) - cut * (cut > 50)]))


WORDS = st.sampled_from(
    ["Els:", "ja", "nee", "gezins-", "coach", "-", "1.", "[0:05]", "é", "A", "https://a.be/", "•", "Jan: goed"]
)
PLACED = st.tuples(st.integers(-50, 700), st.integers(-50, 900), st.lists(WORDS, min_size=1, max_size=6).map(" ".join))


@given(st.lists(st.lists(PLACED, max_size=12), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_words_anywhere_on_the_page_all_come_out(pages: list[list[tuple[int, int, str]]]) -> None:
    data = make_pdf([b"".join(show(x, y, words, bold=x % 2 == 0) for x, y, words in page) for page in pages])
    sound(data)


def test_nothing_is_read_twice_or_lost_whatever_its_place() -> None:
    words = [f"woord{at}" for at in range(60)]
    chance = random.Random(7)
    content = b"".join(show(chance.randrange(50, 500), chance.randrange(50, 800), word) for word in words)
    assert sorted(read_pdf(make_pdf([content])).text.split()) == sorted(words)
