"""The way of every story through every round, and who is never chosen (methods.md A1 step 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from verhalen.i18n import mark
from verhalen.model.consent import Purpose
from verhalen.model.selecting import Choice, SelectionRound
from verhalen.model.story import Story
from verhalen.privacy.rounds import Blind, barred

NOTHING_HIDDEN: Mapping[str, Blind] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Step:
    """One round that looked at a story."""

    round: str
    """Key."""
    title: str
    level: str
    is_open: bool
    votes: int
    """Of those still on the panel."""
    voters: int
    choices: tuple[Choice, ...] = ()
    """For the whole and per life domain."""
    from_round: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """One story through all rounds, oldest first."""

    story: Story
    steps: tuple[Step, ...] = ()

    @property
    def was_chosen(self) -> bool:
        """At least once."""
        return any(step.choices for step in self.steps)


@dataclass(frozen=True, slots=True)
class Share:
    """Of one kind of stories: how many there are, stood in a round, were chosen."""

    kind: str
    """Marked: by what they are told apart."""
    value: str
    told: int
    stood: int
    chosen: int


def trails(
    stories: Iterable[Story], rounds: Sequence[SelectionRound], *, blind: Mapping[str, Blind] = NOTHING_HIDDEN
) -> list[Trail]:
    """Every story with its rounds, by key: also those that no round ever looked at.

    `blind`: by key of a round what is hidden in its reasons. What a teller refused since is not told at all.
    """
    return [Trail(each, tuple(step for one in rounds if (step := _step(one, each, blind)))) for each in stories]


def _step(round_: SelectionRound, told: Story, blind: Mapping[str, Blind]) -> Step | None:
    story = told.key
    candidate = next((each for each in round_.candidates if each.story == story), None)
    if candidate is None:
        return None
    may_read = barred(told.consent(Purpose.TEAM), round_.level) is None
    hides = blind.get(round_.key, Blind({}))
    choices = [each for each in round_.choices if each.story == story]
    here = {each.id for each in round_.members if each.stopped is None}
    votes = [each for each in round_.votes if each.member_id in here]
    return Step(
        round=round_.key,
        title=round_.title,
        level=round_.level.value,
        is_open=round_.is_open,
        votes=sum(each.story == story for each in votes),
        voters=len({each.member_id for each in votes}),
        choices=tuple(replace(each, reason=hides.hide(each.reason) if may_read else "") for each in choices),
        from_round=candidate.from_round,
    )


_KINDS: tuple[tuple[str, Callable[[Story], str]], ...] = (
    (mark("what they tell"), lambda story: story.answer.value),
    (mark("who tells"), lambda story: story.voice.role),
    (mark("language"), lambda story: story.voice.language),
)


def shares(found: Sequence[Trail]) -> list[Share]:
    """Who is chosen and who never: per kind of change, of teller and of language, most stories first."""
    counted = []
    for kind, of in _KINDS:
        values = sorted({of(each.story) for each in found}, key=lambda v: (-sum(of(e.story) == v for e in found), v))
        for value in values:
            alike = [each for each in found if of(each.story) == value]
            stood, chosen = sum(bool(each.steps) for each in alike), sum(each.was_chosen for each in alike)
            counted.append(Share(kind, value, len(alike), stood, chosen))
    return counted
