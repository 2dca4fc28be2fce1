"""Who speaks in a file that is not stored yet: the same acts as on a stored text, on a draft, with undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from verhalen import errors
from verhalen.exchange.intake import Draft, Voice
from verhalen.model.text import Turn
from verhalen.model.turns import join_with_previous, reassign


class DraftSpeakers:
    """The speakers of one draft. Turns are known by their number, from 1, which they keep."""

    def __init__(self, draft: Draft) -> None:
        numbered = tuple(replace(turn, id=number) for number, turn in enumerate(draft.turns, 1))
        self.draft = replace(draft, turns=numbered)
        """With everything that was decided so far."""
        self._before: list[Draft] = []

    def rename(self, old: str, new: str) -> None:
        """Call a speaker otherwise. Raises SpeakerExists where that would be a merge."""
        if new in self.draft.speakers and new != old:
            raise errors.SpeakerExists(name=new, old=old)
        self._change(lambda draft: draft.called({old: new}))

    def merge(self, names: Mapping[str, str]) -> None:
        """Make speakers one, `{"M.": "Mieke"}`, with who they are. Raises SpeakersDiffer where these disagree."""
        for old, new in names.items():
            one, other = self.draft.voices.get(old), self.draft.voices.get(new)
            if one and other and one != other:
                raise errors.SpeakersDiffer(first=new, one=other.who, second=old, other=one.who)
        self._change(lambda draft: draft.called(names))

    def drop(self, names: Iterable[str]) -> None:
        """Say that labels ("Let op") are nobody's name: their turns go on with the turn before."""
        self._change(lambda draft: draft.without(list(names)))

    def link(self, name: str, *, person: str | None = None, role: str = "") -> None:
        """Say that a speaker is this person of a family, or has this professional role."""
        self._change(lambda draft: draft.known_as(name, Voice(person, role)))

    def unlink(self, name: str) -> None:
        """Take back who a speaker is."""
        self._change(lambda draft: draft.known_as(name, None))

    def join_turn(self, turn_id: int) -> None:
        """Let a turn go on with the one before it. Raises BadTurn for the first."""
        self._change(lambda draft: _with_turns(draft, join_with_previous(draft.turns, _place(draft, turn_id))))

    def give_turn(self, turn_id: int, speaker: str | None) -> None:
        """Say that somebody else, known or new, speaks in a turn."""
        self._change(lambda draft: _with_turns(draft, reassign(draft.turns, _place(draft, turn_id), speaker)))

    def call(self, title: str) -> None:
        """Another title for the text."""
        self._change(lambda draft: replace(draft, title=title))

    @property
    def is_changed(self) -> bool:
        """Whether anything was decided."""
        return bool(self._before)

    def undo(self) -> bool:
        """Take the last decision back; False when there is none."""
        if not self._before:
            return False
        self.draft = self._before.pop()
        return True

    def _change(self, act: Callable[[Draft], Draft]) -> None:
        before = self.draft
        self.draft = act(before)
        self._before.append(before)


def _with_turns(draft: Draft, turns: list[Turn]) -> Draft:
    spoken = {turn.speaker for turn in turns}
    voices = {name: voice for name, voice in draft.voices.items() if name in spoken}
    return replace(draft, turns=tuple(turns), voices=voices)


def _place(draft: Draft, turn_id: int) -> int:
    found = next((place for place, turn in enumerate(draft.turns) if turn.id == turn_id), None)
    if found is None:
        raise errors.BadTurn(number=turn_id)
    return found
