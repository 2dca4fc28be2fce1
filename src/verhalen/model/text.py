"""Texts and places in them. Offsets are Unicode code points, half-open, always into one version of one text."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from verhalen.i18n import t

SourceKind = Literal["transcript", "note", "story"]
_JAMO = ("\u1160", "\u11ff")
"""Hangul vowels and tails join the syllable before them, though they are letters."""
_KIRAT_AA = "\U00016d67"
"""The one other letter that joins the one before it (Unicode 16)."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text: never empty, never before its beginning."""

    start: int
    """First character."""
    stop: int
    """One past the last character, as in Python slices."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"no span: {self.start}..{self.stop}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.stop and other.start < self.stop

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this one, borders included."""
        return self.start <= other.start and other.stop <= self.stop

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Correction:
    """Replace [start, start + old) by `new` characters. The rule for positions is decision 1 of docs/architecture.md."""

    start: int
    old: int
    """Length of what goes, in code points of the version before."""
    new: int
    """Length of what comes, in code points of the version after."""

    @property
    def stop(self) -> int:
        """One past the replaced text, in the version before."""
        return self.start + self.old

    @property
    def shift(self) -> int:
        """How far everything behind moves."""
        return self.new - self.old

    @property
    def inverse(self) -> Correction:
        """The correction that leads back."""
        return Correction(self.start, self.new, self.old)

    def move(self, span: Span) -> Span | None:
        """Where `span` lies afterwards; None when nothing of it is left."""
        start = self._move_start(span.start)
        stop = self._move_stop(span.stop)
        return Span(start, stop) if start < stop else None

    def _move_start(self, position: int) -> int:
        # An insertion at a border is outside: a start at the very place moves along.
        return position + self.shift if position >= self.stop else min(position, self.start)

    def _move_stop(self, position: int) -> int:
        if position <= self.start:
            return position
        return position + self.shift if position >= self.stop else self.start + self.new


@dataclass(frozen=True, slots=True)
class Step:
    """One correction on the way between two versions."""

    correction: Correction
    number: int
    """Which correction this is; negative where it takes that one back. Opposite numbers cancel each other."""
    again: bool = False
    """It puts something back: words that were deleted, or a correction that was undone."""


def move_through(span: Span, steps: Sequence[Step]) -> Span | None:
    """Carry `span` through `steps`; a correction and its own reversal cancel, so that nothing is clipped by the detour."""
    return move_on(span, cancel_pairs(steps))


def move_on(span: Span, steps: Iterable[Step]) -> Span | None:
    """Carry `span` through steps among which no pair cancels."""
    for step in steps:
        moved = step.correction.move(span)
        if moved is None:
            return None
        span = moved
    return span


def cancel_pairs(steps: Sequence[Step]) -> list[Step]:
    """Drop each step with its reversal, moving the steps in between as if neither had been.

    What lies between never overlaps the place (an undo that would is refused), so moving is exact.
    """
    left: list[Step] = []
    numbers: Counter[int] = Counter()
    for step in steps:
        if not numbers[-step.number]:
            left.append(step)
            numbers[step.number] += 1
            continue
        index = next(i for i, earlier in enumerate(left) if earlier.number == -step.number)
        numbers[-step.number] -= 1
        gone = left.pop(index).correction
        for later in range(index, len(left)):
            left[later], gone = _as_if_never(left[later], gone)
    return left


def _as_if_never(step: Step, gone: Correction) -> tuple[Step, Correction]:
    """`step` as it would be without the correction `gone` before it, and `gone` as it would be after `step`."""
    place = step.correction
    # An insertion at the very place of a deletion would count as before it; an undo that meets one is refused.
    if place.stop <= gone.start:
        return step, Correction(gone.start + place.shift, gone.old, gone.new)
    return replace(step, correction=Correction(place.start - gone.shift, place.old, place.new)), gone


def normal_text(raw: str) -> str:
    """The one form in which texts are kept: NFC, LF, no BOM, no NUL, no lone surrogate."""
    text = raw.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if text.isascii():
        return text  # in every normal form already
    text = (
        "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
        if _has_surrogate(text)
        else text
    )
    return unicodedata.normalize("NFC", text)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def text_digest(text: str) -> str:
    """SHA-256 of the UTF-8 of `text`, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def stable_edit(text: str, start: int, stop: int, replacement: str) -> tuple[Correction, str]:
    """Widen [start, stop) no further than it takes for the result to be NFC; give the correction and its replacement."""
    left, right = start, stop
    while left > 0:
        left -= 1
        if _begins(text[left]):
            break
    while right < len(text) and not _begins(text[right]):
        right += 1
    before, after = text[left:start], text[stop:right]
    new = unicodedata.normalize("NFC", before + normal_text(replacement) + after)
    same = common_length(before, new)
    new, left = new[same:], left + same
    same = common_length(after[::-1], new[::-1])
    new, right = new[: len(new) - same], right - same
    return Correction(left, right - left, len(new)), new


def _begins(letter: str) -> bool:
    """Whether `letter` never joins or changes places with what stands before it in NFC."""
    return unicodedata.category(letter)[0] != "M" and not _JAMO[0] <= letter <= _JAMO[1] and letter != _KIRAT_AA


def common_length(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a stretch, without the label in front of it."""

    speaker: str | None
    """The name as it stands in the text; None in a monologue."""
    start: int
    stop: int
    time_ms: int | None = None
    """Time in the recording, milliseconds from its beginning."""
    id: int = 0
    speaker_id: int | None = None

    @property
    def span(self) -> Span:
        """The words of the turn."""
        return Span(self.start, self.stop)


LandmarkKind = Literal["page", "time"]


@dataclass(frozen=True, slots=True)
class Landmark:
    """Where a page or a moment of the recording lies in the text: it moves along with corrections, as codings do."""

    kind: LandmarkKind
    value: int
    """Number of the page, from 1; or milliseconds from the beginning of the recording."""
    start: int
    stop: int

    @property
    def span(self) -> Span:
        """All text of the page; of a moment the words that were said from then on."""
        return Span(self.start, self.stop)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a user's file that the reader should know: a problem is data, not an error."""

    line: int | None
    """Line of the original (paragraph in Word, page in PDF), from 1; None for the file as a whole."""
    message: str
    """A marked sentence."""
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return t(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: text in normal form, turns that point into it, and what was left out or changed."""

    title: str
    text: str
    turns: tuple[Turn, ...]
    warnings: tuple[Notice, ...]
    original: bytes
    suffix: str
    """Lower case with its dot, as in `.docx`."""
    landmarks: tuple[Landmark, ...] = ()

    def __post_init__(self) -> None:
        for start, stop in [(each.start, each.stop) for kind in (self.turns, self.landmarks) for each in kind]:
            if not 0 <= start < stop <= len(self.text):
                raise ValueError(f"a place outside its text: {start}..{stop}")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in one source; it may be linked to a person of a family or to a professional role."""

    id: int
    source_id: int
    name: str
    person_id: int | None
    role: str
    """`ouder`, `kind`, `gezinscoach`, `coordinator`, `onderzoeker` or empty."""
    turns: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A text in the project, as lists show it."""

    id: int
    number: int
    title: str
    kind: SourceKind
    version: int
    characters: int
    turns: int
    codings: int
    imported: str
    """ISO time, UTC."""
    masked: bool = False
    unread: bool = False
    """Its names were replaced by the program alone: nobody read it since."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One immutable version of a text."""

    source_id: int
    version: int
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Mention:
    """This piece of text is about that family."""

    id: int
    source_id: int
    start: int
    stop: int
    family_id: int
    family: str
