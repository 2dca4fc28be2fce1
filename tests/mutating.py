"""Samples of every format, damaged by chance, and what must hold of whatever the readers make of them."""

from __future__ import annotations

import copy
import io
import json
import random
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from tests.talk_made import SHORT, WRITERS

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
    if data.startswith(b"{") and not data.startswith(b"{\\") and chance.random() < 0.6:
        return _json_damaged(data, chance)
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
    texts = [
        name for name in parts if name.endswith(("document.xml", "content.xml", "styles.xml", "numbering.xml", ".rels"))
    ]
    name = chance.choice(texts or list(parts))
    parts[name] = _tree_damaged(parts[name], chance) if chance.random() < 0.7 else damaged(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return out.getvalue()


def _tree_damaged(xml: bytes, chance: random.Random) -> bytes:
    """XML that stays XML: elements go, come twice, move, or get another name, other words or no attributes."""
    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError:
        return xml
    for _ in range(chance.randint(1, 6)):
        found = [each for each in root.iter() if isinstance(each.tag, str)]
        one, other = chance.choice(found), chance.choice(found)
        parent = one.getparent()
        match chance.randint(0, 6):
            case 0 if parent is not None:
                parent.remove(one)
            case 1:
                other.extend([copy.deepcopy(one) for _ in range(chance.choice((1, 2, 20)))])
            case 2 if one not in list(other.iterancestors()) and one is not other and parent is not None:
                other.append(one)
            case 3:
                one.tag = other.tag
            case 4:
                one.text = chance.choice(_TEXTS)
            case 5:
                one.tail = chance.choice(_TEXTS)
            case _ if one.attrib:
                one.set(chance.choice(list(one.attrib)), chance.choice(_TEXTS))
    return etree.tostring(root)


_TEXTS = (
    "", " ", "-1", "1e9", "99999999999", "true", "#00:01:23-4#", "Anna: ", "e\u0301", "\u0301", "👍🏽",
    "\u202e", "\n\n", "\t", "1", "B", "Heading 1",
)  # fmt: skip


def _json_damaged(data: bytes, chance: random.Random) -> bytes:
    """JSON that stays JSON: values become others, keys go or come twice."""
    try:
        root = json.loads(data)
    except ValueError:
        return data
    values: list[object] = [
        None, True, -1, 0, 1e308, 10**30, "", "Anna: ja", "\x00", "\ud83d", "e\u0301", [], {}, "00:00:05,000", "<p>ja", "&#0;",
    ]  # fmt: skip
    for _ in range(chance.randint(1, 5)):
        places = list(_places(root))
        if not places:
            break
        holder, key = chance.choice(places)
        holder[key] = chance.choice([*values, copy.deepcopy(holder[key]), {"text": "ja", "start": 1, "end": 2}])
    return json.dumps(root).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in JSON that holds a value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


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
