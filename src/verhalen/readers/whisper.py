"""Speech recognition by Whisper (.json): openai-whisper, whisper.cpp, WhisperX, faster-whisper and their like."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from verhalen.errors import NotWhisper
from verhalen.i18n import mark
from verhalen.readers.content import Content, Tally
from verhalen.readers.decoding import read_text
from verhalen.readers.json_text import parse_json
from verhalen.readers.timed import IN_SEGMENTS, Moment, Said, check_number, clean, talk
from verhalen.readers.times import clock_ms

BAD_TIMES = mark("Times that cannot be were left out; the words were kept ({n}×; segment {places}).")
EMPTY = mark("Segments without words were left out ({n}×; segment {places}).")
ODD = mark("Segments in a shape that I do not know were left out ({n}×; segment {places}).")
CLEANED = mark("Signs that are no letters were left out or became \ufffd ({n}×; segment {places}).")
UNMATCHED = mark(
    "Segments with several voices whose words differ from the text: they went to one voice ({n}×; segment {places})."
)
NO_TIMES = mark("The file holds the text only, without times or speakers.")

_LISTS = ("segments", "transcription", "chunks")
_TEXT_ONLY = {"text", "language", "segments", "duration", "task", "usage", "words", "chunks"}
_LONGEST_MS = 1000 * 3600 * 1000
"""A thousand hours: no recording is longer, so a time beyond it is a mistake."""
_LONGEST_NAME = 120


def read_whisper(data: bytes) -> Content:
    """Read a .json file. Raises NotWhatItSays for what is no JSON, NotWhisper for JSON of something else."""
    tally = Tally()
    found = parse_json(read_text(data, tally), tally)
    segments = _segments(found)
    if segments is None:
        raise NotWhisper
    check_number(len(segments))
    moments: Iterable[Moment] = _moments(segments, tally)
    if not segments and isinstance(found, dict):
        tally.add(NO_TIMES, None)
        words = _settled(str(found["text"]), 1, tally)
        moments = [Moment([Said(None, words)] if words else [], None, None, 1)]
    content = talk(moments, IN_SEGMENTS, tally)
    # Places are segments here, and a notice's own place a line: only its sentence tells of them.
    return replace(content, notices=tuple(replace(notice, line=None) for notice in content.notices))


def _segments(found: object) -> Sequence[object] | None:
    """The list of what was said; empty where there is only the whole text. None for JSON of something else."""
    if isinstance(found, list):
        return found if any(map(_is_segment, found)) else None
    if not isinstance(found, dict):
        return None
    for key in _LISTS:
        each = found.get(key)
        if isinstance(each, list) and any(map(_is_segment, each)):
            return each
    has_list = any(isinstance(found.get(key), list) for key in _LISTS)
    is_text = isinstance(found.get("text"), str) and (has_list or found.keys() <= _TEXT_ONLY)
    return [] if is_text else None


def _is_segment(each: object) -> bool:
    fields = _fields(each)
    return fields is not None and isinstance(fields.get("text"), str) and _times_of(fields) != (None, None)


def _fields(each: object) -> Mapping[str, object] | None:
    """A segment by its fields; faster-whisper's own are lists: id, seek, start, stop, text."""
    if isinstance(each, dict):
        return each
    if isinstance(each, list) and len(each) >= 5 and isinstance(each[4], str):
        return {"start": each[2], "end": each[3], "text": each[4]}
    return None


def _times_of(fields: Mapping[str, object]) -> tuple[object, object]:
    """Start and stop as they stand there: seconds as a number, or a time in words; None where there is none."""
    offsets, stamps, pair = fields.get("offsets"), fields.get("timestamps"), fields.get("timestamp")
    if isinstance(offsets, dict):
        return _seconds(offsets.get("from")), _seconds(offsets.get("to"))
    if isinstance(stamps, dict):
        return stamps.get("from"), stamps.get("to")
    if isinstance(pair, list) and len(pair) == 2:
        return pair[0], pair[1]
    return fields.get("start"), fields.get("end")


def _seconds(milliseconds: object) -> object:
    return milliseconds / 1000 if _is_number(milliseconds) else milliseconds


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ms(value: object) -> int | None:
    if isinstance(value, str):
        return clock_ms(value.strip()[:40])
    if not _is_number(value) or not math.isfinite(value):
        return None
    return round(value * 1000) if 0 <= value * 1000 <= _LONGEST_MS else None


def _moments(segments: Sequence[object], tally: Tally) -> Iterator[Moment]:
    turns = False
    for number, each in enumerate(segments, 1):
        fields = _fields(each)
        if fields is None or not isinstance(fields.get("text"), str):
            tally.add(ODD, number)
            continue
        start, stop = map(_ms, _times_of(fields))
        if start is None or (stop is None and _times_of(fields)[1] is not None):
            tally.add(BAD_TIMES, number)
        pieces = [piece for piece in _pieces(fields, number, tally) if piece.said.words]
        if not pieces:
            tally.add(EMPTY, number)
        starts = [start, *(start if piece.start_ms is None else piece.start_ms for piece in pieces[1:])]
        for piece, begin, end in zip(pieces, starts, [*starts[1:], stop], strict=False):
            yield Moment([piece.said], begin, end, number, turns)
            turns = False
        turns = turns or fields.get("speaker_turn_next") is True


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one voice says in a segment, and when it begins as far as the words tell."""

    said: Said
    start_ms: int | None


def _pieces(fields: Mapping[str, object], number: int, tally: Tally) -> list[_Piece]:
    """Who says what in a segment: by its words where they have voices of their own, as in WhisperX."""
    text = str(fields["text"])
    speaker = _speaker(fields.get("speaker"))
    changes = _changes(text, speaker, fields.get("words"))
    if changes is None:
        tally.add(UNMATCHED, number)
        changes = [(0, speaker, None)]
    stops = [*(start for start, _, _ in changes[1:]), len(text)]
    return [
        _Piece(Said(name, _settled(text[start:stop], number, tally)), moment)
        for (start, name, moment), stop in zip(changes, stops, strict=True)
    ]


def _settled(words: str, number: int, tally: Tally) -> str:
    settled = clean(words)
    if "\x00" in words or settled.count("\ufffd") > words.count("\ufffd"):
        tally.add(CLEANED, number)
    return settled


def _changes(text: str, speaker: str | None, words: object) -> list[tuple[int, str | None, int | None]] | None:
    """Where in the text another voice begins, whose and when; None where the words are not those of the text."""
    rows = [each for each in words if isinstance(each, dict)] if isinstance(words, list) else []
    voices = {_speaker(each.get("speaker")) for each in rows} - {None}
    if not voices or voices == {speaker}:
        return [(0, speaker, None)]
    changes: list[tuple[int, str | None, int | None]] = []
    position = 0
    for each in rows:
        word = each.get("word", each.get("text"))
        if not isinstance(word, str):
            return None
        word = word.strip()
        place = text.find(word, position, position + len(word) + 40)
        if place < 0:
            return None
        # A word that could not be aligned has no voice: it goes with the one before.
        name = _speaker(each.get("speaker")) or (changes[-1][1] if changes else speaker)
        if not changes:
            changes = [(0, name, None)]
        elif name != changes[-1][1]:
            changes.append((place, name, _ms(each.get("start"))))
        position = place + len(word)
    return changes


def _speaker(value: object) -> str | None:
    """As the file names them; a bare number the way whisper.cpp writes it out."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000:
        return f"speaker {value}"
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        return None
    name = " ".join(clean(value).split())
    if name in ("", "?"):
        return None
    return f"speaker {name}" if name.isdigit() else name
