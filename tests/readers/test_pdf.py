"""PDF: the same talk as its text, with the pages as positions, and a notice for all that is left out or changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pdf_making import column, make_pdf, show, stream

from verhalen.errors import EmptyFile, NotWhatItSays, ScanWithoutText, UnreadableFile
from verhalen.model.text import Reading
from verhalen.readers import read_source
from verhalen.readers.pdf import read_pdf

Read = Callable[[str, bytes], Reading]
SAMPLES = Path(__file__).parent / "samples"
PICTURE = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"


def turns(reading: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, " ".join(reading.text[turn.start : turn.stop].split())) for turn in reading.turns]


def said(reading: Reading) -> list[str]:
    return [str(notice) for notice in reading.warnings]


@pytest.mark.parametrize(
    ("name", "talk"),
    [
        ("wit", "gesprek"),
        ("dicht", "gesprek"),
        ("inspringen", "gesprek"),
        ("kolommen", "gesprek"),
        ("emoji", "emoji"),
        ("namen", "namen"),
        ("tabel", "namen"),
    ],
)
def test_a_talk_printed_by_libreoffice_gives_the_turns_and_words_of_its_text(name: str, talk: str) -> None:
    printed, typed = read_source(SAMPLES / f"{name}.pdf"), read_source(SAMPLES / f"{talk}.txt")
    assert turns(printed) == turns(typed)
    assert printed.text.split() == typed.text.split()


def test_white_between_paragraphs_becomes_the_blank_lines_of_the_text() -> None:
    assert (
        read_source(SAMPLES / "wit.pdf").text.count("\n\n")
        == read_source(SAMPLES / "gesprek.txt").text.count("\n\n") + 2
    )


def test_pages_are_kept_as_places_also_inside_a_paragraph(read: Read) -> None:
    first = [
        "Els: Het begon met de brieven op de tafel in de keuken van mijn zus",
        "en met de juf die vroeg waarom hij altijd zo bleek zag en ook nog",
    ]
    reading = read(
        "a.pdf", make_pdf([column(first), column(["nooit boterhammen bij zich had, en daarna niets.", "Jan: Ja."])])
    )
    assert "en ook nog nooit boterhammen" in reading.text
    assert [(mark.kind, mark.value, reading.text[mark.start : mark.stop][:11]) for mark in reading.landmarks] == [
        ("page", 1, "Els: Het be"),
        ("page", 2, "nooit boter"),
    ]


def test_running_heads_and_numbers_of_pages_are_left_out_and_counted() -> None:
    reading = read_source(SAMPLES / "wit.pdf")
    assert "Pagina" not in reading.text
    assert "Gesprek 3" not in reading.text
    assert said(reading) == ["Headers, footers and page numbers were left out (4×; page 1, 2)."]


def test_words_that_come_back_within_the_talk_stay() -> None:
    def page(number: int) -> bytes:
        return column(["Jan: Ja.", f"Els: Dat was de {number}e keer."]) + show(57, 40, str(number))

    data = make_pdf([page(number) for number in (1, 2)])
    assert read_pdf(data).text.split("\n") == [
        "Jan: Ja.", "", "Els: Dat was de 1e keer.", "", "Jan: Ja.", "", "Els: Dat was de 2e keer."
    ]  # fmt: skip


def test_words_broken_at_a_line_end_are_made_whole_and_true_hyphens_stay(read: Read) -> None:
    lines = [
        "Els: Wij zijn de mama- en papagroep en daarna gezins-",
        "coach en ook de mama-",
        "en papagroep in Sint-",
        "Niklaas met een auto-",
        "ongeluk en da-",
        "dat is zo-",
        "wel 1-",
        "2 keer de kinder-club en de kinder-",
        "club.",
    ]
    reading = read("a.pdf", make_pdf([column(lines)]))
    assert reading.text == (
        "Els: Wij zijn de mama- en papagroep en daarna gezinscoach en ook de mama- en papagroep in Sint-Niklaas"
        " met een auto-ongeluk en da- dat is zowel 1-2 keer de kinder-club en de kinder-club."
    )
    assert said(reading)[:2] == [
        "Words that were broken at the end of a line were made whole; look at them (2×; page 1).",
        "A hyphen at the end of a line may belong to its word, so it was kept; look at it (4×; page 1).",
    ]


def test_bold_names_are_speakers_also_without_a_colon(read: Read) -> None:
    content = b"".join(
        show(57, 780 - 28 * at, name, bold=True) + show(100, 780 - 28 * at, words)
        for at, (name, words) in enumerate(
            [("Els", "Ik weet het niet."), ("Jan", "Wat weet je niet?"), ("Els", "Dat.")]
        )
    )
    expected = [("Els", "Ik weet het niet."), ("Jan", "Wat weet je niet?"), ("Els", "Dat.")]
    assert turns(read("a.pdf", make_pdf([content]))) == expected


def test_names_that_the_file_writes_before_all_words_come_back_to_their_words(read: Read) -> None:
    names = b"".join(show(57, 780 - 28 * at, f"{name}:", bold=True) for at, name in enumerate(["Els", "Jan"]))
    words = b"".join(show(100, 780 - 28 * at, said) for at, said in enumerate(["Ik weet het niet.", "Ik wel."]))
    assert turns(read("a.pdf", make_pdf([names + words]))) == [("Els", "Ik weet het niet."), ("Jan", "Ik wel.")]


def test_short_lines_stay_lines(read: Read) -> None:
    reading = read("a.pdf", make_pdf([column(["Els: Ja.", "Jan: Nee.", "Els: Wel waar.", "Jan: Goed."])]))
    assert [speaker for speaker, _ in turns(reading)] == ["Els", "Jan", "Els", "Jan"]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown(read: Read) -> None:
    content = b"BT /R 12 Tf 0 1 -1 0 100 57 Tm (Els: eerst) Tj 0 1 -1 0 128 57 Tm (Jan: daarna) Tj ET"
    reading = read("a.pdf", make_pdf([content], page="/Rotate 90"))
    assert turns(reading) == [("Els", "eerst"), ("Jan", "daarna")]


def test_a_scan_is_refused_with_the_way_out(read: Read) -> None:
    with pytest.raises(ScanWithoutText, match=r"a\.pdf holds only pictures .* text recognition \(OCR\)"):
        read("a.pdf", make_pdf([PICTURE, PICTURE]))


def test_scanned_and_empty_pages_between_others_are_told(read: Read) -> None:
    page = column(["Els: ja", "Jan: nee"])
    reading = read("a.pdf", make_pdf([page, PICTURE, b"", page]))
    assert [mark.value for mark in reading.landmarks] == [1, 4]
    assert [(notice.line, str(notice)[:30]) for notice in reading.warnings] == [
        (2, "Pages with pictures only, perh"),
        (3, "Empty pages were skipped (1×; "),
    ]


def test_a_file_with_blank_pages_only_is_empty(read: Read) -> None:
    with pytest.raises(EmptyFile):
        read("a.pdf", make_pdf([b"", b""]))


def test_a_password_is_told_and_an_empty_one_is_none(read: Read) -> None:
    with pytest.raises(UnreadableFile, match="it has a password"):
        read("a.pdf", (SAMPLES / "wachtwoord.pdf").read_bytes())
    assert turns(read("a.pdf", (SAMPLES / "leeg-wachtwoord.pdf").read_bytes())) == [("Els", "ja"), ("Jan", "nee")]


def test_remarks_fields_and_attached_files_are_left_out_and_counted(read: Read) -> None:
    page = (
        "/Annots [<< /Subtype /Text /Rect [0 0 9 9] /Contents (geheim) >> << /Subtype /Link /Rect [0 0 9 9] >>"
        " << /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /V (ingevuld) >>]"
    )
    catalog = "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 5 0 R >> >>] >> >>"
    data = make_pdf([column(["Els: ja", "Jan: nee"])], page=page, catalog=catalog, objects=[stream(b"bijlage")])
    assert said(read("a.pdf", data)) == [
        "Files attached to the PDF were left out (1×).",
        "Remarks, highlights and stamps on the pages were left out (1×; page 1).",
        "Fields of a form were left out, with what was filled in (1×; page 1).",
    ]


def test_white_letters_and_letters_beside_the_paper_are_read(read: Read) -> None:
    content = column(["Els: ja"]) + show(57, 2000, "Mia: boven") + show(57, 700, "Jan: wit", before="1 1 1 rg")
    reading = read("a.pdf", make_pdf([content]))
    assert {speaker for speaker, _ in turns(reading)} == {"Els", "Jan", "Mia"}
    assert said(reading) == [
        "White letters, which nobody sees on paper, were read too; look whether they belong (1×; page 1)."
    ]


def test_an_address_broken_at_a_slash_stays_whole(read: Read) -> None:
    lines = [
        "Els: Het staat op https://oudermeer.example/gezinnen/en-meer/",
        "begeleiding en daarna",
        "is er niets meer.",
    ]
    assert "https://oudermeer.example/gezinnen/en-meer/begeleiding en" in read("a.pdf", make_pdf([column(lines)])).text


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + b"x" * 500, b"Els: ja\nJan: nee\n" * 100, b"%PDF-1.7\n", b"\0" * 5000]
)
def test_another_file_with_this_suffix_is_refused(read: Read, data: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        read("a.pdf", data)


def test_a_file_without_its_end_is_told_to_be_cut_off(read: Read) -> None:
    data = make_pdf([column(["Els: ja", "Jan: nee"])])
    reading = read("a.pdf", data[: data.rindex(b"startxref")])
    assert said(reading)[0].startswith("The file ends before a PDF does")


def test_the_library_is_never_loaded_into_our_own_process(read: Read) -> None:
    read("a.pdf", make_pdf([column(["Els: ja", "Jan: nee"])]))
    assert not any(name.split(".")[0] in ("pypdfium2", "pypdfium2_raw") for name in sys.modules)


def test_numbers_of_lines_in_the_margin_are_left_out(read: Read) -> None:
    lines = [
        "Els: Wij zaten aan de tafel met de brieven van het water en",
        "daarna kwam de juf van de school.",
        "Jan: Ja.",
    ] * 3
    beside = column(lines) + column([str(at) for at in range(1, 10)], x=30)
    before = column([f"{at} {line}" for at, line in enumerate(lines, 1)])
    for content in (beside, before):
        reading = read("a.pdf", make_pdf([content]))
        assert [speaker for speaker, _ in turns(reading)] == ["Els", "Jan"] * 3
        assert not any(letter.isdigit() for letter in reading.text)
        assert said(reading) == ["Numbers of lines in the margin were left out (9×; page 1)."]


def test_bold_names_on_lines_of_their_own_end_a_full_line_before_them(read: Read) -> None:
    full = "wij zaten de hele avond aan de tafel met al die brieven erbij"
    content = b"".join(
        show(57, 780 - 28 * at, name, bold=True) + show(57, 766 - 28 * at, full)
        for at, name in enumerate(["Els", "Jan"] * 2)
    )
    assert turns(read("a.pdf", make_pdf([content]))) == [("Els", full), ("Jan", full)] * 2
