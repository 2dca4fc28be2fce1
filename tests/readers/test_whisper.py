"""What Whisper and its sisters write: segments with times, and voices where somebody told them apart."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.readers.test_hostile import check

from verhalen.errors import NotWhatItSays, NotWhisper, TooLarge
from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]
Said = list[tuple[str | None, int | None, str]]


def turns(reading: Reading) -> Said:
    return [(turn.speaker, turn.time_ms, reading.text[turn.start : turn.stop]) for turn in reading.turns]


def moments(reading: Reading) -> list[tuple[int, str]]:
    return [(each.value, reading.text[each.start : each.stop]) for each in reading.landmarks]


def told(reading: Reading) -> list[str]:
    assert all(notice.line is None for notice in reading.warnings)
    return [str(notice) for notice in reading.warnings]


def segment(start: object, end: object, text: object, **more: object) -> dict[str, object]:
    return {"id": 0, "start": start, "end": end, "text": text, **more}


def encoded(*segments: object) -> bytes:
    return json.dumps({"text": "", "segments": segments, "language": "nl"}).encode()


@pytest.mark.parametrize(
    "found",
    [
        {"text": " Ja. Zo. Nu dan.", "segments": [segment(0.0, 2.0, " Ja."), segment(2.0, 3.5, " Zo."),
                                                   segment(9.25, 10, " Nu dan.")], "language": "nl"},
        [{"start": 0, "end": 2, "text": "Ja."}, {"start": 2, "end": 3.5, "text": "Zo."},
         {"start": 9.25, "end": 10, "text": "Nu dan."}],
        {"segments": [[0, 0, 0.0, 2.0, " Ja."], [1, 0, 2.0, 3.5, " Zo."], [2, 0, 9.25, 10.0, " Nu dan."]]},
        {"text": "Ja. Zo. Nu dan.", "chunks": [{"timestamp": [0.0, 2.0], "text": " Ja."}, {"timestamp": [2, 3.5], "text": " Zo."},
                                               {"timestamp": [9.25, None], "text": " Nu dan."}]},
        {"result": {"language": "nl"}, "transcription": [
            {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,000"}, "offsets": {"from": 0, "to": 2000}, "text": " Ja."},
            {"offsets": {"from": 2000, "to": 3500}, "text": " Zo."},
            {"timestamps": {"from": "00:00:09,250", "to": "00:00:10,000"}, "text": " Nu dan."}]},
    ],
    ids=["openai", "bare list", "faster-whisper", "pipeline", "whisper.cpp"],
)  # fmt: skip
def test_the_shapes_of_all_programs_give_one_text(read: Read, found: object) -> None:
    reading = read("a.json", json.dumps(found).encode())
    assert turns(reading) == [(None, 0, "Ja. Zo."), (None, 9250, "Nu dan.")]
    assert moments(reading) == [(0, "Ja."), (2000, "Zo."), (9250, "Nu dan.")]
    assert told(reading) == []


def test_voices_of_whisperx_are_named_as_in_the_file(read: Read) -> None:
    one, other = "SPEAKER_00", "SPEAKER_01"
    reading = read(
        "a.json",
        encoded(
            segment(0, 2, " Dag.", speaker=one),
            segment(2, 4, " Ga zitten.", speaker=one),
            segment(4, 6, " Dank u.", speaker=other),
        ),
    )
    assert reading.text == "SPEAKER_00: Dag. Ga zitten.\n\nSPEAKER_01: Dank u."
    assert turns(reading) == [(one, 0, "Dag. Ga zitten."), (other, 4000, "Dank u.")]


def test_words_with_voices_of_their_own_cut_a_segment(read: Read) -> None:
    words = [
        {"word": "Ja,", "start": 0.1, "speaker": "SPEAKER_00"},
        {"word": "zo.", "speaker": "SPEAKER_00"},
        {"word": "Nee", "start": 2.5, "speaker": "SPEAKER_01"},
        {"word": "hoor!"},
    ]
    reading = read("a.json", encoded(segment(0, 4, " Ja, zo. Nee hoor!", speaker="SPEAKER_00", words=words)))
    assert turns(reading) == [("SPEAKER_00", 0, "Ja, zo."), ("SPEAKER_01", 2500, "Nee hoor!")]


def test_words_that_are_not_those_of_the_text_cut_nothing_and_are_told(read: Read) -> None:
    words = [{"word": "Iets", "speaker": "SPEAKER_00"}, {"word": "anders", "speaker": "SPEAKER_01"}]
    reading = read("a.json", encoded(segment(0, 4, "Ja, zo.", speaker="SPEAKER_00", words=words)))
    assert turns(reading) == [("SPEAKER_00", 0, "Ja, zo.")]
    assert "went to one voice (1×; segment 1)" in told(reading)[0]


def test_whisper_cpp_tells_that_somebody_else_speaks(read: Read) -> None:
    found = [
        {"offsets": {"from": 0, "to": 900}, "text": " Ja?", "speaker_turn_next": True},
        {"offsets": {"from": 1000, "to": 1900}, "text": " Nee."},
    ]
    assert turns(read("a.json", json.dumps({"transcription": found}).encode())) == [
        (None, 0, "Ja?"),
        (None, 1000, "Nee."),
    ]
    found = [{"offsets": {"from": 0, "to": 900}, "text": " Ja?", "speaker": "0"}]
    assert turns(read("a.json", json.dumps({"transcription": found}).encode())) == [("speaker 0", 0, "Ja?")]


def test_times_that_cannot_be_are_told_and_lose_no_word(read: Read) -> None:
    reading = read(
        "a.json",
        encoded(
            segment(float("nan"), 1, "een"), segment(-1, 1, "twee"), segment(float("inf"), 1, "drie"),
            segment(10**40, 1, "vier"), segment("laat", 1, "vijf"), segment(5, 4, "zes"), segment(True, None, "zeven"),
            segment(2, 8, "acht"), segment(3, 9, "negen"),
        ),
    )  # fmt: skip
    assert " ".join(said for _, _, said in turns(reading)) == "een twee drie vier vijf zes zeven acht negen"
    assert [value for value, _ in moments(reading)] == [5000, 2000, 3000]
    assert told(reading) == [
        "Times that cannot be were left out; the words were kept (6×; segment 1, 2, 3, 4, 5, 7).",
        "Segments that stop before they start: only their start was kept (1×; segment 6).",
        "Segments that are not in order of time; the words stand as in the file (1×; segment 8).",
        "Segments that begin before the one above has ended; the words stand as in the file (1×; segment 9).",
    ]


def test_odd_segments_are_left_out_and_told(read: Read) -> None:
    reading = read("a.json", encoded(segment(0, 1, "ja"), "los", segment(1, 2, 3), segment(2, 3, " "), None))
    assert reading.text == "ja"
    assert told(reading) == [
        "Segments in a shape that I do not know were left out (3×; segment 2, 3, 5).",
        "Segments without words were left out (1×; segment 4).",
    ]


def test_halves_of_letters_become_a_sign_and_are_told(read: Read) -> None:
    reading = read(
        "a.json", b'[{"start": 0, "end": 1, "text": "\\ud800 e\\u0301\\u0000 \\ud83d\\udc4d\\ud83c\\udffd"}]'
    )
    assert reading.text == "\ufffd é 👍🏽"
    assert told(reading) == ["Signs that are no letters were left out or became \ufffd (1×; segment 1)."]


def test_only_the_text_is_a_text_without_times(read: Read) -> None:
    reading = read("a.json", b'{"text": " Dag, hallo."}')
    assert turns(reading) == [(None, None, "Dag, hallo.")]
    assert told(reading) == ["The file holds the text only, without times or speakers."]


def test_names_that_stand_twice_are_told(read: Read) -> None:
    reading = read("a.json", b'[{"start": 0, "end": 1, "text": "nee", "text": "ja"}]')
    assert (reading.text, told(reading)) == (
        "ja",
        ["Names that stand twice in one place of the file: the last was read (1×)."],
    )


@pytest.mark.parametrize(
    "data",
    [b'{"name": "iets", "version": "1.0.0"}', b"[]", b"[1, 2]", b"{}", b'"tekst"', b"null", b'{"segments": [{"a": 1}]}',
     b'[{"text": "een bericht", "from": "iemand"}]', b'{"text": "<p>Ja</p>", "media": "a.mp3"}', b"9" * 5000],
    ids=lambda data: data[:24].decode(),
)  # fmt: skip
def test_other_json_is_refused_with_what_we_do_read(read: Read, data: bytes) -> None:
    with pytest.raises(NotWhisper) as caught:
        read("a.json", data)
    assert "openai-whisper, whisper.cpp, WhisperX" in str(caught.value)


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"a":' * 100_000, b"geen json", b'{"text": "ja'])
def test_what_is_no_json_is_refused(read: Read, data: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        read("a.json", data)


def test_numbers_of_a_thousand_digits_are_no_times(read: Read) -> None:
    data = b'[{"start": ' + b"9" * 5000 + b', "end": 1, "text": "ja"}]'
    assert turns(read("a.json", data)) == [(None, None, "ja")]


@pytest.mark.slow
def test_endless_files_are_read_or_refused(read: Read) -> None:
    with pytest.raises(TooLarge):
        read("a.json", b"[{}," * 1_000_000)
    with pytest.raises(TooLarge):
        read("a.json", encoded(*[segment(0, 1, "ja")] * 50_001))
    for words in ("woord " * 800_000, "\ud800" * 500_000, "\x00" * 500_000 + "a"):
        check(encoded(segment(0, 1, words)), ".json")
