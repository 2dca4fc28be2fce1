"""State of a walk over an RTF file: open groups, pending bytes, and the flow that words go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from verhalen.readers import document_words as words
from verhalen.readers.content import Tally
from verhalen.readers.rtf_flow import RtfFlow
from verhalen.readers.rtf_letters import Font
from verhalen.readers.rtf_state import State

Closer = Callable[["RtfStory"], None]
"""What the closing brace of a group does, before the state around it comes back."""

_NOTE_WORK = 30


@dataclass(slots=True)
class RtfStory:
    """Take tokens in order; then `flow` holds the paragraphs."""

    tally: Tally
    flow: RtfFlow = field(init=False)
    state: State = field(default_factory=State)
    around: list[tuple[State, Closer | None]] = field(default_factory=list)
    """State and closer of the groups around this one."""
    closer: Closer | None = None
    """Of this group."""
    flows: list[RtfFlow] = field(default_factory=list)
    """The flows that a note or box interrupts."""
    begins: bool = False
    """Whether nothing but `\\*` came since the opening brace: only here a word names what the group is for."""
    starred: bool = False
    """Whether a program that does not know what the group is for shall leave it out."""
    left_out: bool = False
    """Whether the next group is the old variant of the one behind it."""
    codec: str = "cp1252"
    fonts: dict[int, Font] = field(default_factory=dict)
    default_font: int = -1
    pending: list[str] = field(default_factory=list)
    """Bytes of text, each as one character, that are not decoded yet: a letter may be made of two."""
    stand_ins: int = 0
    """How many characters are still to be passed over."""
    half: int = 0
    """The first half of a Unicode character beyond FFFF."""
    untold: bool = False
    """Whether the tracked change where we are was not counted yet."""
    author: str = ""
    """Of the comment that follows."""
    shown: str | None = None
    """What a field shows by itself, instead of its result."""
    choices: dict[str, int] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    """Settings and entries of a form field."""
    boxes: list[bool] = field(default_factory=list)
    """For each open shape whether it holds words."""
    work: int = 0
    """What reading cost so far, in tokens: notes and cells cost more than others."""
    done: bool = False
    """Whether the outermost group was closed."""

    def __post_init__(self) -> None:
        self.flow = RtfFlow(self.tally)

    # -- groups

    def open_group(self) -> bool:
        """An opening brace; True if the group is to be left out."""
        self.settle()
        self.around.append((self.state, self.closer))
        self.state, self.closer = self.state.copy(), None
        self.begins, self.starred = True, False
        left_out, self.left_out = self.left_out, False
        return left_out

    def close_group(self) -> None:
        """A closing brace."""
        self.settle()
        self.begins = self.left_out = False
        if self.closer:
            self.closer(self)
        if self.around:
            self.state, self.closer = self.around.pop()
        self.done = not self.around

    def settle(self) -> None:
        """Decode what is pending: a brace or control word ends a run of bytes."""
        self.stand_ins = 0
        if self.pending:
            self._decode()

    def _decode(self) -> None:
        raw = "".join(self.pending)
        self.pending.clear()
        font = self.fonts.get(self.state.font)
        if font and font.pictures:
            self.say(self._picture_letters(font, raw))
            return
        text = raw.encode("latin-1").decode((font and font.codec) or self.codec, "replace")
        lost = text.count("\ufffd")
        if lost and self.state.sink is None:
            self.tally.add(words.UNDECODED, self.flow.line, lost)
        self.say(text)

    def _picture_letters(self, font: Font, raw: str) -> str:
        shown = {ord(one): words.symbol(font.name, f"{ord(one):x}") for one in set(raw) if not one.isspace()}
        text = raw.translate(shown)
        lost = text.count(words.UNKNOWN)
        if lost and self.state.sink is None:
            self.tally.add(words.SYMBOLS, self.flow.line, lost)
        return text

    # -- words

    def text(self, raw: str) -> None:
        """Characters of the file, each one byte."""
        self.begins = False
        if self.stand_ins:
            passed = min(self.stand_ins, len(raw))
            self.stand_ins -= passed
            raw = raw[passed:]
            if not raw:
                return
        font = self.fonts.get(self.state.font)
        if self.pending or not raw.isascii() or (font and font.pictures):
            self.pending.append(raw)
        else:
            self.say(raw)

    def escaped(self, escaped: str) -> None:
        r"""Bytes in hexadecimal: `\'e9\'20`."""
        self.text(bytes.fromhex(escaped.replace("\\'", "")).decode("latin-1"))

    def unicode(self, number: int) -> None:
        """A character by its number: 16 bits with a sign, as RTF writes it."""
        number += 0x10000 if number < 0 else 0
        half, self.half = self.half, 0
        if 0xD800 <= number < 0xDC00:
            self.half = number
        elif 0xDC00 <= number < 0xE000:
            # The second half without the first is no letter.
            self._letter(0x10000 + ((half - 0xD800) << 10) + number - 0xDC00 if half else 0xFFFD)
        else:
            self._letter(number if 0 <= number < 0x110000 else 0xFFFD)
        self.stand_ins = self.state.skips

    def _letter(self, number: int) -> None:
        if number == 0xFFFD:
            self.flow.tell(words.UNDECODED)
        font = self.fonts.get(self.state.font)
        picture = font and font.pictures and 0xF000 <= number < 0xF100
        self.say(self._picture_letters(font, chr(number & 0xFF)) if font and picture else chr(number))

    def say(self, text: str) -> None:
        """Add words where we are, if a reader sees them."""
        if self.half:
            # The first half of a letter without the second is none.
            self.half = 0
            self._letter(0xFFFD)
        state = self.state
        if "\x00" in text:
            text = text.replace("\x00", "")
        if state.sink is not None:
            state.sink.append(text)
        elif state.removed:
            self._tell_once(state.removed)
        elif state.hidden:
            if text.strip():
                self.flow.tell(words.HIDDEN)
        elif text:
            self.flow.write(text, state.bold, state.level)
            if state.added:
                self._tell_once(words.INSERTIONS)

    def _tell_once(self, message: str) -> None:
        if self.untold:
            self.flow.tell(message)
        self.untold = False

    # -- notes, boxes and what else interrupts the text

    def interrupt(self, flow: RtfFlow, closer: Closer) -> None:
        """Words go to another flow until the group closes."""
        self.work += _NOTE_WORK
        self.flows.append(self.flow)
        self.flow = flow
        self.closer = closer
        self.state = State(font=self.default_font, skips=self.state.skips)

    def resume(self) -> RtfFlow:
        """Back to the flow that was interrupted; gives the other one, finished."""
        flow, self.flow = self.flow, self.flows.pop()
        flow.finish()
        return flow
