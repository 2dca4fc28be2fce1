"""Samples of every format, damaged by chance, and what must hold of whatever the readers make of them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence

from talk_made import SHORT, WRITERS

from verhalen.errors import UnreadableFile
from verhalen.model.text import Landmark, Reading, Turn, normal_text
from verhalen.readers import read_bytes_as

SAMPLES = {suffix: write(SHORT) for suffix, write in WRITERS.items()}
WORDS = ("Joris", "Samira", "Peeters", "loopt", "papier", "lacht", "twee keer", "rekening", "Allez", "Oudermeer")
"""Words of the samples: no sentence about a file may hold one of them."""
_MOST_MS = 1 << 62
_PIECES: Sequence[bytes] = (
    b"\x00", b"\xff", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\xbd", "e\u0301".encode(), "\u202e".encode(),
    "👍🏽".encode(), b"\r", b"\n", b"\r\n", b"\n\n\n", b"\t", b":", b" --> ", b"-", b"<", b">", b"</", b"/>", b"&", b"&#0;",
    b"&#xD800;", b"&amp;", b"<!DOCTYPE x>", b"<!--", b"]]>", b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u", b"\\ud83d", b"\\'",
    b"\\par ", b"\\u-1?", b"\\bin9 ", b"\\uc0", b"\\*", b"\\field", b"\\v", b"99999999999999999999", b"-1", b"1e999", b"NaN",
    b"null", b"true", b"00:00:00.000", b"#00:01:23-4#", b"Anna: ", b"**", b"`", b"|", b"1. ", b"> ", b"<v Anna>", b"<b>",
    b"stream", b"endstream", b"endobj", b"obj", b"/Length", b"(", b")", b"Tj", b"BT", b"ET", b"<w:p>", b"<w:t>", b"</w:p>",
    b"<w:br/>", b"<w:del>", b"<w:tbl>", b"<text:p>", b"<text:s/>", b"<text:note>", b"w:", b"text:", b"PK\x03\x04", b"WEBVTT",
    b"NOTE ", b"STYLE\n", b"data-timestamp",
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A copy with one to eight things wrong; a ZIP is damaged from outside, or in one of its parts."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _part_damaged(data, chance)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        _damage(changed, chance)
    return bytes(changed)


def _damage(data: bytearray, chance: random.Random) -> None:
    start = chance.randint(0, len(data))
    stop = min(len(data), start + chance.choice((1, 2, 5, 20, 200)))
    match chance.randint(0, 6):
        case 0 if start < len(data):
            data[start] ^= 1 << chance.randint(0, 7)
        case 1 if start < len(data):
            data[start] = chance.randint(0, 255)
        case 2:
            del data[start:stop]
        case 3:
            data[start:start] = data[start:stop] * chance.choice((1, 2, 50))
        case 4:
            data[start:stop] = chance.choice(_PIECES)
        case 5:
            at = chance.randint(0, len(data))
            data[at:at] = data[start:stop]
        case _:
            data[start:start] = chance.choice(_PIECES) * chance.choice((1, 1, 1, 2, 100))


def _part_damaged(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = [name for name in parts if name.endswith(("document.xml", "content.xml", "styles.xml", "numbering.xml", ".rels"))]
    name = chance.choice(texts or list(parts))
    parts[name] = damaged(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return out.getvalue()


def check(name: str, data: bytes) -> Reading | UnreadableFile:
    """Read, and assert what holds of every reading and every refusal."""
    try:
        reading = read_bytes_as(name, data)
    except UnreadableFile as error:
        check_refusal(error, name)
        return error
    check_reading(reading)
    assert reading.original == data
    return reading


def check_refusal(error: UnreadableFile, name: str) -> None:
    """A sentence that names the file and says what to do, with no word of it."""
    said = str(error)
    assert name in said
    assert said.count(".") >= 2
    assert "{" not in said
    assert not any(word in said for word in WORDS)


def check_reading(reading: Reading) -> None:
    """Text in normal form, all places in it and in order, all words and numbers such as can be stored."""
    assert reading.text == normal_text(reading.text)
    assert reading.text.strip()
    check_turns(reading.turns, reading.text)
    check_landmarks(reading.landmarks, len(reading.text))
    for words in (reading.title, *(turn.speaker or "-" for turn in reading.turns), *map(str, reading.warnings)):
        assert words.strip()
        assert words.encode()
        assert "\x00" not in words
        assert words == normal_text(words)
    assert all(notice.line is None or notice.line >= 1 for notice in reading.warnings)


def check_turns(turns: Sequence[Turn], text: str) -> None:
    """In order, apart, and without white space around."""
    last = 0
    for turn in turns:
        words = text[turn.start : turn.stop]
        assert last <= turn.start < turn.stop <= len(text)
        assert words == words.strip()
        assert turn.time_ms is None or 0 <= turn.time_ms < _MOST_MS
        last = turn.stop


def check_landmarks(landmarks: Sequence[Landmark], length: int) -> None:
    """In order and inside."""
    starts = [landmark.start for landmark in landmarks]
    assert starts == sorted(starts)
    for landmark in landmarks:
        assert 0 <= landmark.start < landmark.stop <= length
        assert 0 <= landmark.value < _MOST_MS
