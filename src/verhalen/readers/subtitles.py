"""Subtitles (.vtt, .srt): who speaks and when, from voices or from names before the words; marks for looks go."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from verhalen.i18n import mark
from verhalen.readers.content import Content, Tally
from verhalen.readers.cues import EMPTY, Cue, find_cues
from verhalen.readers.decoding import read_text
from verhalen.readers.speakers import NO_WORDS, Voice, find_voices
from verhalen.readers.timed import IN_LINES, Moment, Said, clean, one_line, talk

MARKS = mark("Marks for looks inside cues were left out; the words were kept ({n}×; line {places}).")
ENDS = mark("Line ends inside cues became spaces ({n}×; line {places}).")

_TAG = re.compile(
    r"<(?:(?P<end>/)?(?P<name>v|c|i|b|u|s|ruby|rt|lang|font|br|span|em|strong)(?P<kind>(?:\.[^\s<>.]*+)*+)"
    r"(?:\s(?P<said>[^<>]*+))?/?|[0-9]{1,3}:[0-9:.,]{2,20}+)>"
    r"|\{\\[^{}\n]{1,80}+\}",
    re.IGNORECASE,
)
"""Only these are marks: `<lacht>` is something that a transcriber wrote. The last are those of SubStation in SRT."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LONGEST_NAME = 120


def read_vtt(data: bytes) -> Content:
    """Read a .vtt file. Raises NotWhatItSays for what has no times at all."""
    tally = Tally()
    cues = find_cues(read_text(data, tally), tally)
    spoken = [(cue, _spoken(cue, tally)) for cue in cues]
    if any(speaker for _, pieces in spoken for speaker, _ in pieces):
        moments = [_moment(cue, _settled(pieces, cue, tally), tally) for cue, pieces in spoken]
    else:
        moments = _by_names([(cue, "".join(words for _, words in pieces)) for cue, pieces in spoken], tally)
    return talk(moments, IN_LINES, tally)


def read_srt(data: bytes) -> Content:
    """Read a .srt file: the older sister of WebVTT, told apart by what is in the file."""
    return read_vtt(data)


def _moment(cue: Cue, said: Sequence[Said], tally: Tally, *, named: bool = False) -> Moment:
    """A cue as a moment; one with only a name is not empty, for the name goes with the words below."""
    if not said and not named:
        tally.add(EMPTY, cue.place)
    return Moment(said, cue.start_ms, cue.stop_ms, cue.place)


def _spoken(cue: Cue, tally: Tally) -> list[tuple[str | None, str]]:
    """Who says what in a cue, without marks; words outside all voices join the voice beside them."""
    text = "\n".join(row for _, row in cue.rows)
    pieces: list[tuple[str | None, str]] = []
    voice = _name(cue.voice or "")
    last = 0
    for match in _TAG.finditer(text):
        is_voice = (match["name"] or "").lower() == "v"
        if is_voice and len(match["said"] or "") > _LONGEST_NAME:
            continue
        pieces.append((voice, _unescaped(text[last : match.start()])))
        last = match.end()
        if is_voice:
            voice = _name((not match["end"] and match["said"]) or cue.voice or "")
            continue
        tally.add(MARKS, cue.place)
        if (match["name"] or "").lower() == "br":
            pieces.append((voice, "\n"))
    pieces.append((voice, _unescaped(text[last:])))
    return _joined(pieces)


def _name(said: str) -> str | None:
    return " ".join(clean(_unescaped(said)).split()) or None


def _unescaped(text: str) -> str:
    """With letters for `&amp;` and its like, also those that nobody needs; "R&D" stays."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text


def _joined(pieces: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """One piece per stretch of a voice."""
    joined: list[tuple[str | None, list[str]]] = []
    before: list[str] = []
    for speaker, words in pieces:
        if joined and (speaker == joined[-1][0] or speaker is None or not words.strip()):
            joined[-1][1].append(words)
        elif speaker is None:
            before.append(words)
        elif words:
            joined.append((speaker, [*before, words]))
            before = []
    return [(speaker, "".join(words)) for speaker, words in joined] or [(None, "".join(before))]


def _settled(pieces: Sequence[tuple[str | None, str]], cue: Cue, tally: Tally) -> list[Said]:
    """The pieces as they come to stand in the text."""
    found: list[Said] = []
    for speaker, words in pieces:
        raw = clean(words)
        settled = one_line(raw)
        ends = raw.count("\n") - settled.count("\n")
        if ends:
            tally.add(ENDS, cue.place, ends)
        if settled:
            found.append(Said(speaker, settled))
    return found


def _by_names(cues: Sequence[tuple[Cue, str]], tally: Tally) -> list[Moment]:
    """Where no cue has a voice, names before the words may say who speaks ("Els: ..."): the text as a whole decides."""
    blocks = [clean(words) for _, words in cues]
    numbers: list[int] = []
    for (cue, _), block in zip(cues, blocks, strict=True):
        # One for each line of the block and one for the blank line below it.
        numbers += [cue.rows[0][0] + at for at in range(block.count("\n") + 2)]
    voices = find_voices("\n\n".join(blocks), tally, numbers)
    return list(_cut([(cue, block) for (cue, _), block in zip(cues, blocks, strict=True)], voices, tally))


def _cut(cues: Sequence[tuple[Cue, str]], voices: Sequence[Voice], tally: Tally) -> Iterator[Moment]:
    """Cut the cues where a voice begins; it goes on until the next, over as many cues as that takes."""
    speaker: str | None = None
    at = position = 0
    silent = False
    for cue, block in cues:
        pieces: list[tuple[str | None, str]] = []
        start, stop = 0, len(block)
        while at < len(voices) and voices[at].start < position + stop:
            pieces.append((speaker, block[start : voices[at].start - position]))
            if silent and not pieces[-1][1].strip():
                tally.add(NO_WORDS, cue.place)
            speaker, start, silent = voices[at].name, voices[at].stop - position, True
            at += 1
        pieces.append((speaker, block[start:]))
        silent = silent and not pieces[-1][1].strip()
        yield _moment(cue, _settled(pieces, cue, tally), tally, named=bool(block))
        position += stop + 2
    if silent:
        tally.add(NO_WORDS, cues[-1][0].place)
