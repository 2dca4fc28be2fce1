"""Subtitles: who speaks and when, whatever the program that wrote the file made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.readers.test_hostile import check

from verhalen.errors import EmptyFile, NotWhatItSays, TooLarge
from verhalen.model.text import Reading
from verhalen.readers import read_source

Read = Callable[[str, bytes], Reading]
ROOT = Path(__file__).resolve().parents[2]

TALK = """WEBVTT

00:00:01.000 --> 00:00:02.500
<v Els Maes>Hij loopt.

00:00:02.600 --> 00:00:04.000
<v Els Maes>Denk ik.

00:00:05.000 --> 00:00:06.000
<v Bo>Ja.
"""


def turns(reading: Reading) -> list[tuple[str | None, int | None, str]]:
    return [(turn.speaker, turn.time_ms, reading.text[turn.start : turn.stop]) for turn in reading.turns]


def moments(reading: Reading) -> list[tuple[int, str]]:
    return [(each.value, reading.text[each.start : each.stop]) for each in reading.landmarks]


def told(reading: Reading) -> list[str]:
    return [str(notice) for notice in reading.warnings]


def cue(words: str, start: str = "00:00:01.000", stop: str = "00:00:02.000") -> str:
    return f"{start} --> {stop}\n{words}\n\n"


def vtt(*words: str) -> bytes:
    cues = [cue(each, f"00:00:{2 * at:02}.000", f"00:00:{2 * at + 1:02}.000") for at, each in enumerate(words)]
    return ("WEBVTT\n\n" + "".join(cues)).encode()


def test_cues_of_one_voice_become_one_turn_and_keep_their_times(read: Read) -> None:
    reading = read("a.vtt", TALK.encode())
    assert reading.text == "Els Maes: Hij loopt. Denk ik.\n\nBo: Ja."
    assert turns(reading) == [("Els Maes", 1000, "Hij loopt. Denk ik."), ("Bo", 5000, "Ja.")]
    assert moments(reading) == [(1000, "Hij loopt."), (2600, "Denk ik."), (5000, "Ja.")]
    assert told(reading) == []


@pytest.mark.parametrize(
    "data",
    [
        TALK.encode("utf-8-sig"),
        TALK.encode("utf-16"),
        TALK.replace("\n", "\r\n").encode(),
        TALK.replace("\n", "\r").encode(),
        TALK.replace("00:00:0", "00:0").encode(),
        TALK.replace(".", ",").replace("loopt,", "loopt.").replace("ik,", "ik.").replace("Ja,", "Ja.").encode(),
        TALK.replace("\n\n", "\n").encode(),
        TALK.replace("\n\n", "\n \n\n\t\n").encode(),
        TALK.replace(" --> ", "-->").encode(),
        TALK.replace("<v Els", "<v.loud.slow Els").encode(),
        TALK.replace("0\n<v", "0 align:start position:10%\n<v").encode(),
        TALK.replace("<v Bo>Ja.", "<v Bo>Ja.</v>").encode(),
        TALK.replace("WEBVTT\n\n", "").encode(),
    ],
    ids=["bom", "utf16", "crlf", "cr", "no hours", "comma", "no blank lines", "more blank lines", "no spaces", "classes",
         "settings", "closed", "no header"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_untidy_files_give_the_same_talk(read: Read, data: bytes, name: str) -> None:
    assert turns(read(name, data)) == [("Els Maes", 1000, "Hij loopt. Denk ik."), ("Bo", 5000, "Ja.")]


def test_teams_writes_odd_numbers_and_breaks_lines(read: Read) -> None:
    ident = "8f1c9d7a-1111-4c5e-9a0b-111111111111"
    reading = read(
        "a.vtt",
        f"WEBVTT\r\n\r\n{ident}/12-0\r\n00:00:03.120 --> 00:00:05.000\r\n<v Els Maes>Dag allemaal,\r\nwelkom.</v>\r\n\r\n"
        f"{ident}/13-1\r\n00:00:05.120 --> 00:00:07.000\r\n<v Bo Van Hul>Dag.</v>\r\n".encode(),
    )
    assert turns(reading) == [("Els Maes", 3120, "Dag allemaal, welkom."), ("Bo Van Hul", 5120, "Dag.")]
    assert told(reading) == ["Line ends inside cues became spaces (1×; line 4)."]


def test_zoom_writes_the_name_before_the_words(read: Read) -> None:
    reading = read("a.vtt", vtt("Els Maes: Dag.", "Els Maes: Let op: nu.", "Bo: Ja.", "En zo.", "Els Maes: Goed."))
    assert turns(reading) == [
        ("Els Maes", 0, "Dag. Let op: nu."),
        ("Bo", 4000, "Ja. En zo."),
        ("Els Maes", 8000, "Goed."),
    ]


def test_webex_names_the_speaker_above_the_times(read: Read) -> None:
    reading = read(
        "a.vtt",
        b'WEBVTT\n\n1 "Els Maes" (3141592)\n00:01.000 --> 00:02.000\nDag.\n\n2 "Bo" (2718281)\n00:02.000 --> 00:03.000\nJa.\n',
    )
    assert turns(reading) == [("Els Maes", 1000, "Dag."), ("Bo", 2000, "Ja.")]


def test_arrows_before_names_as_on_television(read: Read) -> None:
    reading = read("a.srt", vtt(">> Els: Dag.", ">> BO: Ja.", ">> Els: Zo."))
    assert turns(reading) == [("Els", 0, "Dag."), ("BO", 2000, "Ja."), ("Els", 4000, "Zo.")]


def test_a_name_inside_a_cue_begins_a_turn(read: Read) -> None:
    reading = read("a.srt", vtt("Els: Dag.\nBo: Dag.", "[SPEAKER_00]: Ja.", "Els: Zo.\nBo: Ja."))
    assert turns(reading)[:3] == [("Els", 0, "Dag."), ("Bo", 0, "Dag."), ("SPEAKER_00", 2000, "Ja.")]


def test_two_voices_in_a_cue_are_two_turns_at_one_time(read: Read) -> None:
    reading = read("a.vtt", vtt("<v Els>Ja?</v>\n<v Bo>Nee.</v>"))
    assert reading.text == "Els: Ja?\n\nBo: Nee."
    assert turns(reading) == [("Els", 0, "Ja?"), ("Bo", 0, "Nee.")]
    assert moments(reading) == [(0, "Ja?\n\nBo: Nee.")]


def test_words_beside_a_voice_in_its_cue_are_its_words(read: Read) -> None:
    assert turns(read("a.vtt", vtt("(zucht) <v Els>Ja.</v> (lacht)"))) == [("Els", 0, "(zucht) Ja. (lacht)")]


def test_dashes_of_two_speakers_stay_on_their_lines(read: Read) -> None:
    reading = read("a.srt", vtt("Zo.", "- Ja?\n- Nee."))
    assert reading.text == "Zo.\n- Ja?\n- Nee."


def test_single_words_that_come_back_are_no_names(read: Read) -> None:
    reading = read("a.srt", vtt("Absoluut", "Precies", "Absoluut", "Precies", "En zo ging dat"))
    assert turns(reading) == [(None, 0, "Absoluut Precies Absoluut Precies En zo ging dat")]


def test_a_monologue_has_a_paragraph_at_a_pause(read: Read) -> None:
    reading = read("a.srt", (cue("Ik ging.") + cue("Ik kwam.", "00:00:02.100", "00:00:03.000")).encode()
                   + cue("Later bleef ik.", "00:00:09.000", "00:00:10.000").encode())  # fmt: skip
    assert turns(reading) == [(None, 1000, "Ik ging. Ik kwam."), (None, 9000, "Later bleef ik.")]


def test_a_long_monologue_without_pause_has_paragraphs_too(read: Read) -> None:
    words = [f"Dit is zin nummer {n} van een lang verhaal zonder rust." for n in range(200)]
    cues = "".join(
        cue(each, f"{n // 60:02}:{n % 60:02}.000", f"{n // 60:02}:{n % 60:02}.999") for n, each in enumerate(words)
    )
    reading = read("a.srt", cues.encode())
    assert " ".join(said for _, _, said in turns(reading)) == " ".join(words)
    assert all(900 < len(said) < 1200 for _, _, said in turns(reading)[:-1])
    assert len(reading.turns) > 5


def test_marks_go_and_entities_are_letters(read: Read) -> None:
    reading = read(
        "a.vtt",
        vtt("<v Els &amp; Bo>R&D &lt;ja&gt; <i>zo</i> <c.geel>en</c><00:00:01.500> <lacht> caf&eacute; a&#x301;"),
    )
    assert turns(reading) == [("Els & Bo", 0, "R&D <ja> zo en <lacht> café á")]
    assert told(reading) == ["Marks for looks inside cues were left out; the words were kept (5×; line 3)."]
    assert turns(read("a.srt", vtt("{\\an8}<font color='#fff'>Ja</font>"))) == [(None, 0, "Ja")]


def test_what_is_left_out_is_counted_with_its_line(read: Read) -> None:
    data = (
        "WEBVTT - Gesprek\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE bewaren\nniet delen\n\n"
        "begin\n00:01.000 --> 00:02.000\n<v Els>Ja.\n\n00:03.000 --> 00:04.000\n\nNOTE einde\n"
    )
    reading = read("a.vtt", data.encode())
    assert turns(reading) == [("Els", 1000, "Ja.")]
    assert [(notice.line, str(notice)) for notice in reading.warnings] == [
        (1, "The lines about the file itself at the top were left out (1×)."),
        (4, "Blocks about looks (STYLE, REGION) were left out (2×; line 4, 7)."),
        (10, "Remarks of the maker (NOTE) were left out: they are no talk (2×; line 10, 19)."),
        (13, "Names of cues were left out; their words were kept (1×; line 13)."),
        (17, "Cues without words were left out (1×; line 17)."),
    ]


def test_times_that_are_wrong_are_told_and_lose_no_word(read: Read) -> None:
    data = (
        cue("een", "00:05.000", "00:09.000")
        + cue("twee", "00:08.000", "00:10.000")
        + cue("drie", "00:02.000", "00:03.000")
        + cue("vier", "00:20.000", "00:19.000")
        + cue("vijf", "00:99.000", "01:00.000")
        + cue("zes", "NaN:NaN", "NaN:NaN")
        + cue("zeven", "-00:01.000", "99:99:99.999")
    )
    reading = read("a.vtt", f"WEBVTT\n\n{data}".encode())
    assert " ".join(said for _, _, said in turns(reading)) == "een twee drie vier vijf zes zeven"
    assert [value for value, _ in moments(reading)] == [5000, 8000, 2000, 20_000]
    assert told(reading) == [
        "Cues that begin before the one above has ended; the words stand as in the file (1×; line 6).",
        "Cues that are not in order of time; the words stand as in the file (1×; line 9).",
        "Cues that stop before they start: only their start was kept (1×; line 12).",
        "Times that cannot be read were left out; the words were kept (3×; line 15, 18, 21).",
    ]


@pytest.mark.parametrize(
    ("time", "ms"), [("0:00:01,5", 1500), ("00:01.05", 1050), ("1:02:03.0009", 3_723_000), ("0:7", 7000)]
)
def test_fractions_are_of_a_second(read: Read, time: str, ms: int) -> None:
    assert moments(read("a.srt", cue("ja", time, "2:00:00.000").encode())) == [(ms, "ja")]


def test_words_on_the_line_of_the_times_are_words(read: Read) -> None:
    reading = read(
        "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000 Ik ging.\n00:02.000 --> 00:03.000 line:0 align:start\nIk kwam.\n"
    )
    assert moments(reading) == [(1000, "Ik ging."), (2000, "Ik kwam.")]


def test_blank_lines_inside_a_cue_lose_no_word(read: Read) -> None:
    reading = read(
        "a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nIk ging\n\nnaar huis\n\n2\n00:00:02,000 --> 00:00:03,000\n12\n"
    )
    assert reading.text == "Ik ging naar huis 12"
    assert "Words between the cues were kept, with the cue above them (1×; line 5)." in told(reading)


def test_cues_without_a_voice_amid_others_are_told(read: Read) -> None:
    reading = read("a.vtt", vtt("<v Els>Ja.", "Muziek speelt.", "<v Els>Zo."))
    assert turns(reading) == [("Els", 0, "Ja."), (None, 2000, "Muziek speelt."), ("Els", 4000, "Zo.")]
    assert told(reading) == ["Cues that do not say who speaks, amid cues that do (1×; line 6)."]


@pytest.mark.parametrize("tail", ["2", "2\n", "2\n00:00:0", "2\n00:00:03,000 --", "\n00:00:03,000 -->"])
def test_a_file_that_breaks_off_is_read_up_to_there(read: Read, tail: str) -> None:
    reading = read("a.srt", f"1\n00:00:01,000 --> 00:00:02,000\nJa.\n\n{tail}".encode())
    assert reading.text == "Ja."
    assert len(reading.warnings) >= 1


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(50), bytes(range(256)) * 4, b"Gewoon een verhaal.\n", b"%PDF-1.7\n"]
)
@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_other_files_are_refused(read: Read, name: str, data: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        read(name, data)


def test_a_file_without_words_is_empty(read: Read) -> None:
    for data in (b"WEBVTT", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", b"WEBVTT\n\nNOTE niets\n"):
        with pytest.raises(EmptyFile):
            read("a.vtt", data)


def test_more_cues_than_any_recording_has_are_refused(read: Read) -> None:
    with pytest.raises(TooLarge) as caught:
        read("a.vtt", b"0:01-->0:02\na\n" * 50_001)
    assert "50001 moments" in str(caught.value)


def test_the_conversation_that_comes_with_the_program_reads_well() -> None:
    reading = read_source(ROOT / "transcripts" / "interview-greet.vtt")
    assert [speaker for speaker, _, _ in turns(reading)] == ["Hanne", "Greet"] * 35
    assert turns(reading)[3] == (
        "Greet",
        13_580,
        (
            "Met een lege pastorie, eigenlijk. Ze stond leeg in Oudermeer, en er was nog een potje bij de provincie dat op moest"
            " voor nieuwjaar. Zo gaat dat, hè. Iedereen denkt dat er een visie was. Er was een potje."
        ),
    )
    assert len(reading.landmarks) == 145
    assert told(reading) == ["Remarks of the maker (NOTE) were left out: they are no talk (1×; line 3)."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    ["woord " * 800_000, "<" * 5_000_000, "<v " * 1_000_000, "<v.a" * 1_000_000, "&" * 5_000_000, "{\\" * 2_000_000,
     "Els: " * 1_000_000, "ja\n" + "\n" * 1_000_000 + "nee", "\x00" * 1_000_000 + "a", "e" + "\u0301" * 1_000_000,
     "👍🏽" * 1_000_000, "<v יעל>שלום " * 200_000, "->" * 2_000_000, "- a\n" * 300_000, "1:" * 2_000_000],
    ids=lambda words: f"{words[:6]!r}",
)  # fmt: skip
def test_long_lines_and_endless_repetition_are_read_or_refused(words: str) -> None:
    check(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}".encode(), ".vtt")
