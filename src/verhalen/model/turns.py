"""Turns of one talk, arranged anew: who speaks how much, names that are one voice, labels that were no names. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.model.text import Turn

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
"""As people count: "foto's" and "OCMW-dossier" are one word."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much one speaker says."""

    name: str | None
    """None for the turns of nobody in particular."""
    turns: int
    words: int
    share: float | None
    """Part of all words in turns, 0 to 1; None where there are no words at all."""


def shares(text: str, turns: Sequence[Turn]) -> list[Share]:
    """What each speaker has of the talk, in order of first appearance."""
    spoken: Counter[str | None] = Counter()
    counted: Counter[str | None] = Counter()
    for turn in turns:
        counted[turn.speaker] += 1
        spoken[turn.speaker] += count_words(text, turn.start, turn.stop)
    total = spoken.total()
    return [
        Share(name, number, spoken[name], spoken[name] / total if total else None) for name, number in counted.items()
    ]


def count_words(text: str, start: int, stop: int) -> int:
    """How many words stand between two places."""
    return sum(1 for _ in _WORD.finditer(text, start, stop))


def merge_names(turns: Sequence[Turn], names: Mapping[str, str]) -> list[Turn]:
    """Give turns another speaker: `{"M.": "Mieke"}` makes both one voice; with a fresh name it renames. Turns stay apart."""
    return [
        replace(turn, speaker=names[turn.speaker], speaker_id=None)
        if turn.speaker is not None and names.get(turn.speaker, turn.speaker) != turn.speaker
        else turn
        for turn in turns
    ]


def drop_names(text: str, turns: Sequence[Turn], names: Collection[str]) -> list[Turn]:
    """Undo wrong splits: turns under a label that is nobody's name join the turn before, label and all.

    A first turn becomes one of nobody in particular, that begins at its label.
    """
    kept: list[Turn] = []
    for turn in turns:
        if turn.speaker is None or turn.speaker not in names:
            kept.append(turn)
        elif kept:
            kept[-1] = replace(kept[-1], stop=turn.stop)
        else:
            kept.append(replace(turn, speaker=None, speaker_id=None, start=label_start(text, turn)))
    return kept


def label_start(text: str, turn: Turn, *, after: int = 0) -> int:
    """Where the label of a turn begins; where the turn itself does when it has none. `after`: the turn before stops there."""
    line = max(text.rfind("\n", 0, turn.start) + 1, after)
    if text[line : turn.start].strip():
        return line + _blanks(text[line : turn.start])
    above = text[after:line].rstrip()
    begin = above.rfind("\n") + 1
    if turn.speaker and turn.speaker.casefold() in above[begin:].casefold():
        return after + begin + _blanks(above[begin:])
    return turn.start


def _blanks(words: str) -> int:
    return len(words) - len(words.lstrip())


def join_with_previous(turns: Sequence[Turn], index: int) -> list[Turn]:
    """Let a turn go on with the one before it, whose speaker it gets. Raises BadTurn for the first one."""
    if not 0 < index < len(turns):
        raise errors.BadTurn(number=index + 1)
    before = replace(turns[index - 1], stop=turns[index].stop)
    return [*turns[: index - 1], before, *turns[index + 1 :]]


def split_turn(text: str, turns: Sequence[Turn], index: int, at: int, *, speaker: str | None) -> list[Turn]:
    """Cut a turn in two at a place in the text; `speaker` says the second part. Raises BadTurn where either would be empty."""
    if not 0 <= index < len(turns):
        raise errors.BadTurn(number=index + 1)
    turn = turns[index]
    first = text[turn.start : at].rstrip()
    second = text[at : turn.stop]
    if not (turn.start < at < turn.stop and first.strip() and second.strip()):
        raise errors.BadTurn(number=index + 1)
    start = at + _blanks(second)
    known = turn.speaker_id if speaker == turn.speaker else None
    later = Turn(speaker, start, turn.stop, speaker_id=known)
    return [*turns[:index], replace(turn, stop=turn.start + len(first)), later, *turns[index + 1 :]]


def reassign(turns: Sequence[Turn], index: int, speaker: str | None) -> list[Turn]:
    """Say that somebody else speaks in this turn; None: nobody in particular."""
    if not 0 <= index < len(turns):
        raise errors.BadTurn(number=index + 1)
    changed = replace(turns[index], speaker=speaker, speaker_id=None)
    return [*turns[:index], changed, *turns[index + 1 :]]
