"""RTF: all words that a reader of the document sees, in their order, and a count of the rest.

Read here and not by a library: those for Python give bare text, without bold, notes, or what was deleted.
"""

from __future__ import annotations

from verhalen.errors import NotWhatItSays, UnreadableFile
from verhalen.i18n import mark, t
from verhalen.readers import rtf_tokens as tokens
from verhalen.readers.content import Content, Tally, assemble
from verhalen.readers.rtf_controls import CONTROLS, sign
from verhalen.readers.rtf_groups import GROUPS
from verhalen.readers.rtf_letters import SPECIAL, read_fonts
from verhalen.readers.rtf_story import RtfStory

BREAKS_OFF = mark("The file breaks off before its end: look whether the last words are there.")
BEHIND = mark("What stands behind the end of the document was left out.")
_TOO_MUCH = mark("it is nested too deep or has too many marks to take apart; save it as .docx")

_BEGINNING = b"{\\rtf"
_DEEPEST = 5_000
"""Groups inside groups. Word writes a few dozen at most."""
_WORDS = (tokens.WORD, tokens.ARGUMENT)
_MOST_WORK = 4_000_000
"""Tokens, some of which count for more. A transcript of two hours from Word has 200,000."""


def read_rtf(data: bytes) -> Content:
    """Read an .rtf file. Lines of notices are paragraphs, from 1, empty ones and those in tables counted."""
    start = data[:1024].find(_BEGINNING)
    if start < 0 or data[:start].strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise NotWhatItSays
    raw = data[start:].decode("latin-1")
    tally = Tally()
    story = RtfStory(tally)
    end = _Walk(raw, story).run()
    story.settle()
    if not story.done:
        tally.add(BREAKS_OFF, None)
    elif raw[end:].strip("\x00 \t\r\n\x1a}"):
        tally.add(BEHIND, None)
    while story.flows:
        # Notes and boxes that were never closed.
        story.close_group()
    story.flow.finish()
    return assemble(story.flow.blocks(), tally.notices())


class _Walk:
    """Take the file apart into tokens and tell them to the story."""

    def __init__(self, raw: str, story: RtfStory) -> None:
        self.raw = raw
        self.story = story

    def run(self) -> int:
        """To the end of the document; gives the place behind it."""
        place: int | None = 0
        while place is not None and place < len(self.raw) and not self.story.done:
            place = self._from(place)
        return len(self.raw) if place is None else place

    def _from(self, place: int) -> int | None:
        """Until something is to be jumped over, or the end; gives where to go on."""
        story = self.story
        for match in tokens.TOKEN.finditer(self.raw, place):
            kind = match.lastindex
            story.work += 1
            if kind == tokens.TEXT:
                story.text(match[tokens.TEXT])
            elif kind in _WORDS:
                jump = self._word(match[tokens.WORD], match[tokens.ARGUMENT], match.end())
                if jump:
                    return jump
            elif kind == tokens.BRACE:
                if match[tokens.BRACE] == "}":
                    story.close_group()
                    if story.done:
                        return match.end()
                elif story.open_group():
                    return tokens.end_of_group(self.raw, match.end())
                elif len(story.around) > _DEEPEST:
                    raise UnreadableFile(reason=t(_TOO_MUCH))
            elif kind == tokens.BYTES:
                story.escaped(match[tokens.BYTES])
            elif kind == tokens.SIGN:
                sign(story, match[tokens.SIGN])
            if story.work > _MOST_WORK:
                raise UnreadableFile(reason=t(_TOO_MUCH))
        return None

    def _word(self, word: str, argument: str | None, end: int) -> int:
        """A control word; gives where to go on if something is to be jumped over."""
        story = self.story
        if story.stand_ins and word in SPECIAL:
            # It is the stand-in of the Unicode character before it.
            story.stand_ins -= 1
            return 0
        story.settle()
        if story.begins:
            story.begins = False
            left_out = self._begins(word)
            if left_out:
                return self._leave_out(word, end)
        if word in CONTROLS:
            CONTROLS[word](story, None if argument is None else int(argument))
        elif word == "bin":
            return end + max(0, int(argument or 0))
        return 0

    def _begins(self, word: str) -> bool:
        """What a group is for; True if it is to be left out."""
        if word in GROUPS:
            return bool(GROUPS[word](self.story))
        if self.story.state.formula and word.startswith("m") and word.endswith("Pr"):
            return True
        return self.story.starred and word not in CONTROLS and not (self.story.state.formula and word[0] == "m")

    def _leave_out(self, word: str, end: int) -> int:
        stop = tokens.end_of_group(self.raw, end)
        if word == "fonttbl":
            self.story.fonts = read_fonts(self.raw[end:stop])
        return stop
