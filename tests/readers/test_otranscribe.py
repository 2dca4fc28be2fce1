"""oTranscribe: the text as it is seen, and its stamps as times."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.readers.test_hostile import check

from verhalen.errors import EmptyFile, NotTranscribed, NotWhatItSays
from verhalen.model.text import Reading

Read = Callable[[str, bytes], Reading]


def turns(reading: Reading) -> list[tuple[str | None, int | None, str]]:
    return [(turn.speaker, turn.time_ms, reading.text[turn.start : turn.stop]) for turn in reading.turns]


def moments(reading: Reading) -> list[tuple[int, str]]:
    return [(each.value, reading.text[each.start : each.stop]) for each in reading.landmarks]


def told(reading: Reading) -> list[str]:
    return [str(notice) for notice in reading.warnings]


def stamp(seconds: float) -> str:
    shown = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{seconds}">{shown}</span>&nbsp;'


def otr(html: str) -> bytes:
    return json.dumps({"text": html, "media": "a.mp3", "media-source": "", "media-time": 12.5}).encode()


def test_stamps_before_names_are_the_times_of_the_turns(read: Read) -> None:
    reading = read(
        "a.otr",
        otr(f"<p>{stamp(0)}Els: Hij loopt.</p><p>{stamp(75.25)}Bo: Ja.<br>Zo.</p><p>Els: {stamp(80)}Goed.</p>"),
    )
    assert reading.text == "Els: Hij loopt.\n\nBo: Ja.\nZo.\n\nEls: Goed."
    assert turns(reading) == [("Els", 0, "Hij loopt."), ("Bo", 75_250, "Ja.\nZo."), ("Els", 80_000, "Goed.")]
    assert told(reading)[0] == "Time stamps were taken out of the words and kept as places in the recording (3×)."


def test_a_stamp_amid_a_turn_is_a_place_in_it(read: Read) -> None:
    reading = read("a.otr", otr(f"<p>Els: Ja, {stamp(5)}en toen.</p><p>Bo: Zo.</p>"))
    assert turns(reading) == [("Els", None, "Ja, en toen."), ("Bo", None, "Zo.")]
    assert moments(reading) == [(5000, "en toen.\n\nBo: Zo.")]


def test_bold_names_are_names(read: Read) -> None:
    reading = read("a.otr", otr("<b>Els</b> ik ging.<br><br><b>Bo</b> ah ja?"))
    assert turns(reading) == [("Els", None, "ik ging."), ("Bo", None, "ah ja?")]
    assert "Places with bold or italic marks: the words were kept (2×)." in told(reading)


def test_a_text_without_names_is_a_turn_per_paragraph(read: Read) -> None:
    reading = read("a.otr", otr(f"<div>{stamp(3)}Ik  ging\n&amp; kwam.</div><div><br></div><div>Ik bleef.</div>"))
    assert turns(reading) == [(None, 3000, "Ik ging & kwam."), (None, None, "Ik bleef.")]


def test_what_is_not_seen_is_left_out_and_what_is_odd_stays(read: Read) -> None:
    reading = read(
        "a.otr",
        otr(
            "<p>Ja<!-- weg --> zo</p><script>alert('x')</script><style>p{}</style><p><img src='http://a.b/c'>a < b"
            " <vreemd>wel</vreemd></p><p><span class='timestamp' data-timestamp='nan'>0:20</span> later</p>"
            f"<p>{stamp(9)}</p>"
        ),
    )
    assert reading.text == "Ja zo\n\na < b wel\n\n0:20 later"
    assert told(reading) == [
        "Time stamps with no words behind them were left out (1×).",
        "What is not seen in oTranscribe (scripts, looks, remarks) was left out (3×; line 1, 3).",
        "Pictures were left out (1×; line 3).",
        "HTML tags were left out; the words between them were kept (1×; line 3).",
        "Time stamps that cannot be read stay in the words (1×; line 5).",
        "Time stamps were taken out of the words and kept as places in the recording (1×).",
    ]


def test_a_stamp_that_never_closes_hides_no_words(read: Read) -> None:
    assert read("a.otr", otr('<p><span class="timestamp" data-timestamp="1">0:01</p><p>woorden')).text == "woorden"


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"text": 3}', b'{"text": "x", "segments": []}', b"null"])
def test_other_json_is_refused(read: Read, data: bytes) -> None:
    with pytest.raises(NotTranscribed) as caught:
        read("a.otr", data)
    assert "otranscribe.com" in str(caught.value)


def test_what_is_no_json_or_has_no_words_is_refused(read: Read) -> None:
    with pytest.raises(NotWhatItSays):
        read("a.otr", b"<p>Els: ja</p>")
    with pytest.raises(EmptyFile):
        read("a.otr", otr("<p><br></p>"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    ["<" * 190_000, "<a " * 190_000, "<!--" * 190_000, "<script>" * 190_000, "<p>a" * 190_000, "<br>" * 190_000 + "a",
     "&" * 5_000_000, " " * 5_000_000 + "a", "<a " + "b=c " * 1_000_000 + ">a", stamp(1) * 90_000 + "a", "woord " * 800_000],
    ids=lambda html: html[:8],
)  # fmt: skip
def test_endless_repetition_is_read_or_refused(html: str) -> None:
    check(otr(html), ".otr")
