"""A talk written in every format with times comes back whole; damaged files give a sound reading or our own error."""

from __future__ import annotations

import html
import json
import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.readers.test_hostile import check

from verhalen.model.text import Reading
from verhalen.readers import read_source

Line = tuple[str, int, str]
"""Who, when (milliseconds), what."""

WORDS = st.lists(
    st.sampled_from(["ja", "Nee,", "café", "10:30", "Let op: nu", "<lacht>", "R&D", "👍🏽", "שלום", "…", "12", "(zucht)", "een-twee",
                     "http://a.be", "'t", "->", "a\u0308", "\U0001f469\u200d\U0001f467", "n°1."]),
    min_size=1, max_size=6,
).map(" ".join).map(lambda words: words.replace("a\u0308", "ä"))  # fmt: skip
NAMES = st.sampled_from(["Els", "Bo Van Hul", "Mevr. Peeters", "Mama van Lio", "SPEAKER_00", "Zoë D'Haese", "M.V."])
TALKS = st.lists(st.tuples(NAMES, st.integers(1, 90_000), WORDS), min_size=2, max_size=12).map(
    lambda said: [(name, sum(step for _, step, _ in said[: at + 1]), words) for at, (name, _, words) in enumerate(said)]
)


def clock(ms: int, mark: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"


def as_vtt(talk: list[Line]) -> str:
    cues = [
        f"{clock(ms, '.')} --> {clock(ms + 1, '.')}\n<v {name}>{html.escape(words)}</v>\n" for name, ms, words in talk
    ]
    return "\n".join(["WEBVTT\n", *cues])


def as_srt(talk: list[Line]) -> str:
    cues = [
        f"{n}\n{clock(ms, ',')} --> {clock(ms + 1, ',')}\n{name}: {words}\n"
        for n, (name, ms, words) in enumerate(talk, 1)
    ]
    return "\n".join(cues)


def as_whisper(talk: list[Line]) -> str:
    segments = [
        {"start": ms / 1000, "end": (ms + 1) / 1000, "text": f" {words}", "speaker": name} for name, ms, words in talk
    ]
    return json.dumps({"segments": segments})


def read(name: str, data: bytes) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_source(path)


def expected(talk: list[Line]) -> list[tuple[str, int, str]]:
    stretches = [list(lines) for _, lines in groupby(talk, key=lambda line: line[0])]
    return [(lines[0][0], lines[0][1], " ".join(words for _, _, words in lines)) for lines in stretches]


def same(reading: Reading, talk: list[Line]) -> None:
    turns = [(turn.speaker, turn.time_ms, reading.text[turn.start : turn.stop]) for turn in reading.turns]
    assert turns == expected(talk)
    moments = [(each.value, reading.text[each.start : each.stop]) for each in reading.landmarks]
    assert moments == [(ms, words) for _, ms, words in talk]


@pytest.mark.parametrize(("write", "name"), [(as_vtt, "a.vtt"), (as_whisper, "a.json")])
@given(TALKS)
@settings(max_examples=150, deadline=None)
def test_a_talk_with_voices_comes_back_whole(write: Callable[[list[Line]], str], name: str, talk: list[Line]) -> None:
    same(read(name, write(talk).encode()), talk)


@given(
    TALKS.filter(lambda talk: len({name for name, _, _ in talk}) > 1), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])
)
@settings(max_examples=150, deadline=None)
def test_a_talk_with_names_before_the_words_comes_back_whole(talk: list[Line], encoding: str) -> None:
    same(read("a.srt", as_srt(talk).replace("\n", "\r\n").encode(encoding)), talk)


SAMPLE: list[Line] = [("Els", 0, "Dag <i>allemaal</i>"), ("Bo", 1500, "ja &amp; nee 👍🏽"), ("Els", 3_600_000, "zo é")]
OTR = json.dumps(
    {"text": '<p><span class="timestamp" data-timestamp="1.5">0:01</span>&nbsp;<b>Els:</b> ja<br>nee</p><p>Bo: zo</p>',
     "media": ""}
)  # fmt: skip
FILES = {".vtt": as_vtt(SAMPLE), ".srt": as_srt(SAMPLE), ".json": as_whisper(SAMPLE), ".otr": OTR}


@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=5),
    st.lists(st.tuples(st.floats(0, 0.999), st.floats(0, 0.999), st.floats(0, 0.999)), max_size=2),
    st.floats(0, 1),
)
@settings(max_examples=400, deadline=None)
def test_damaged_files_give_a_sound_reading_or_our_own_error(
    suffix: str, changes: list[tuple[float, int]], moves: list[tuple[float, float, float]], cut: float
) -> None:
    data = bytearray(FILES[suffix].encode())
    for start, stop, place in moves:
        piece = data[int(start * len(data)) : int(stop * len(data))]
        data[int(place * len(data)) : int(place * len(data))] = piece
    for where, value in changes:
        data[int(where * len(data))] = value
    check(bytes(data[: int(len(data) * (cut if cut > 0.5 else 1))]), suffix)


CUES = st.lists(
    st.sampled_from(
        ["WEBVTT", "\n", "\n\n", "00:00:01.000 --> 00:00:02.000\n", "00:03 --> 00:01", "-->", "Els: ", "Bo: ", "ja", "<v Els>", "</v>",
         "<v ", "<v>", "<i>", "&amp;", "&#0;", "&#xD800;", "&#xFEFF;", "&#13;", "\x00", "\ufeff", "\u0301", "e", "NOTE", "STYLE", "1\n",
         "2\n", "- ", "{\\an8}", "0:05", " ", "\t", "\u2028", "\x85", "[SPEAKER_00]: ", "👍🏽", "<br>", "<00:01.000>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(CUES, st.sampled_from([".vtt", ".srt"]))
@example("Els: 1\nEls: \n00:00:01.000 --> 00:00:02.000\n", ".vtt")
@settings(max_examples=400, deadline=None)
def test_any_order_of_what_subtitles_hold_gives_a_sound_reading(text: str, suffix: str) -> None:
    check(text.encode(), suffix)


HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<br>", "Els:", " ja", "Bo: nee", "<", ">", "&nbsp;", "&amp;", "&#0;", "&#xFEFF;", "\u0301", "e",
         '<span class="timestamp" data-timestamp="1">', '<span class="timestamp" data-timestamp="-1">', "</span>", "0:01", "<!--", "-->",
         "<script>", "</script>", "<x y='z'>", "\n", "\t", "\u2003", "\ufeff", "\x00", "\ud800"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(HTML)
@settings(max_examples=300, deadline=None)
def test_any_page_of_otranscribe_gives_a_sound_reading(page: str) -> None:
    check(json.dumps({"text": page}).encode(), ".otr")


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4),
    st.sampled_from(["ja", " nee", "\ud800", "\ufeff", "e\u0301", "\x00", "00:00:01,000", "?", "0", 10**40]),
)  # fmt: skip
KEYS = ["text", "segments", "start", "end", "speaker", "words", "word", "offsets", "from", "to", "timestamps", "timestamp",
        "transcription", "chunks", "speaker_turn_next"]  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)
SEGMENTS = st.lists(
    st.fixed_dictionaries(
        {"text": LEAVES, "start": LEAVES}, optional={"end": LEAVES, "speaker": LEAVES, "words": JSON, "offsets": JSON}
    ),
    max_size=4,
)


@given(st.one_of(JSON, SEGMENTS, SEGMENTS.map(lambda found: {"segments": found})), st.sampled_from([".json", ".otr"]))
@settings(max_examples=400, deadline=None)
def test_any_json_gives_a_sound_reading_or_our_own_error(found: object, suffix: str) -> None:
    check(json.dumps(found).encode(), suffix)
