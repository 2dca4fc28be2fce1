"""The same talk out of LibreOffice as .odt, .docx, .rtf and .txt, and as .md: the same turns and the same words.

The files of `samples/` were saved with LibreOffice 7.4 from the `.fodt` beside them (from the .odt only the parts with text
were kept). Invented talk.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from verhalen.model.text import Reading
from verhalen.readers import read_source

SAMPLES = Path(__file__).with_name("samples")


def turns(reading: Reading) -> list[tuple[str | None, str]]:
    """Who said which words; formats may differ in blanks between paragraphs."""
    return [(turn.speaker, " ".join(reading.text[turn.start : turn.stop].split())) for turn in reading.turns]


@pytest.mark.parametrize("suffix", [".odt", ".docx", ".rtf", ".txt", ".md"])
def test_a_panel_gives_the_same_turns_and_words_in_each_format(suffix: str) -> None:
    reading = read_source(SAMPLES / f"panel{suffix}")
    assert reading.text.split("\n", 1)[0] == "Panelgesprek in Oudermeer"
    assert turns(reading) == [
        ("Host An", "Welkom. Om 10:30 beginnen we, of toch bijna."),
        (
            "Mevr. Van den Broeck-Ünal",
            (
                "Dank u. “Allez,” zei ik – en dan… niets. (lacht) Let op: dat was vroeger anders. Toen ging alles in de schuif"
                " 👍🏽👨\u200d👩\u200d👧."
            ),
        ),
        ("Dr. K. D'Hondt", "’t Is waar. De café-rekening ook: 5 € en een ‘beetje’."),
        ("Host An", "Zoë vroeg dat ook. Een e\u2011mail, een co\u00adach, 3 %?"),
        ("Mevr. Van den Broeck-Ünal", "Nee. Ja. <stilte> {haken} en \\ ook."),
        ("Dr. K. D'Hondt", "Чай en 日本 en עברית, dat zegt men ook."),
    ]


def test_documents_keep_line_ends_tabs_and_paragraphs_alike() -> None:
    readings = [read_source(SAMPLES / f"panel{suffix}") for suffix in (".odt", ".docx", ".rtf")]
    assert len({reading.text for reading in readings}) == 1
    assert "’t Is waar.\nDe café-rekening" in readings[0].text
    assert "Nee.\tJa." in readings[0].text


@pytest.mark.parametrize("suffix", [".odt", ".docx", ".rtf"])
def test_a_report_with_everything_in_it_is_read_alike_and_its_differences_are_told(suffix: str) -> None:
    reading = read_source(SAMPLES / f"verslag{suffix}")
    assert reading.text == (
        "Gesprek in Oudermeer\n\n"
        "Joris De Wachter: Zo, hij loopt. Hoe was  uw week?\n\n"
        "Mevr. Peeters-Ünal: Ik was niet goed gezind. De café-rekening ook niet 👍🏽. [voetnoot: Ze lacht erbij.]\n\n"
        "Maar “Zoë” zei – en dat is waar – ‘doe maar’.\nDus ik deed maar.\n\n"
        "Joris De Wachter: Let op: om 10:30 komt de juf. Wat nam u mee? [opmerking van Els: Klopt dit uur?]\n\n"
        "Mevr. Peeters-Ünal:\tTwee dingen:\n\nde brieven van de school\n\neen grote zak\n\n"
        "Joris De Wachter: En dan?\n\n"
        "maandag\tschool\nhuiswerk\ndinsdag\tzwemmen\n\n"
        "Mevr. Peeters-Ünal: Zie de bus, en e\u2011mail, co\u00adach.\n\nWoorden in een kader.\n\n"
        "eerst slapen\n\ndan bellen\n\n"
        "Joris De Wachter: Dank u. […]"
    )
    assert {(notice.line, str(notice)) for notice in reading.warnings} == {
        (None, "Headers and footers were left out (2×)."),
        (3, "Tracked deletions were left out (1×; paragraph 3)."),
        (3, "Tracked insertions were read as text (1×; paragraph 3)."),
        (3, "Footnotes and endnotes stand in square brackets at the end of their paragraph (1×; paragraph 3)."),
        (4, "Letters with loose accents became one character each; they look the same (1×; paragraph 4)."),
        (5, "Comments stand in square brackets at the end of their paragraph (1×; paragraph 5)."),
        (
            7,
            "Automatic numbers and bullets were left out; the words were kept (4×; paragraph 7, 8, 17, 18).",
        ),
        (9, "Hidden text was left out (1×; paragraph 9)."),
        (10, "Tables were read row by row, with a tab between the cells (1×; paragraph 10)."),
        (15, "Text boxes were put behind the paragraph that they hang on (1×; paragraph 15)."),
        (15, "Of links the words were kept and the addresses left out (1×; paragraph 15)."),
    }
