"""What the panel of a round may read: each candidate with its words or the reason why they stay away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verhalen.model.selecting import Candidate, RoundLevel, SelectionRound
from verhalen.model.story import Story
from verhalen.msc.candidates import in_period, story_day
from verhalen.privacy.clearance import Cleared
from verhalen.privacy.consent import Refusal
from verhalen.privacy.rounds import Blind, Told, blind_for, clear_for_panel
from verhalen.store import families, stories
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Card:
    """One candidate."""

    candidate: Candidate
    words: Cleared[Told] | Refusal

    @property
    def key(self) -> str:
        """Of the story."""
        return self.candidate.story

    @property
    def told(self) -> Told | None:
        """What may be read; None where consent keeps it away."""
        return self.words.value if isinstance(self.words, Cleared) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A round as its panel reads it, at a level."""

    round: SelectionRound
    level: RoundLevel
    cards: tuple[Card, ...]
    """In the order of the round."""
    blind: Blind | None
    """Takes names of coaches and codes of families out of words; None where the round is not blind."""

    def card(self, story: str) -> Card | None:
        """The candidate with a key."""
        return next((each for each in self.cards if each.key == story), None)

    @property
    def readable(self) -> tuple[Card, ...]:
        """Those whose words may be read now."""
        return tuple(each for each in self.cards if each.told is not None)


def reading(
    project: ProjectFile,
    round_: SelectionRound,
    nicknames: Mapping[str, str],
    *,
    level: RoundLevel | None = None,
    nameless: bool = False,
) -> Reading:
    """What may be read of a round's candidates; consent is looked up now, so that a no of today counts today.

    `nameless` hides coaches and families also where the round is not blind: for what leaves the room.
    """
    known = {each.key: each for each in stories.stories(project)}
    return _cards(project, round_, round_.candidates, known, nicknames, level=level, nameless=nameless)


def shelf(project: ProjectFile, round_: SelectionRound, nicknames: Mapping[str, str]) -> Reading:
    """The candidates, and then every other story of the period or without a day (with no `why`), to pick from by hand."""
    told = stories.stories(project)
    there = {each.story for each in round_.candidates}
    period = {each.key for each in in_period(told, round_.first, round_.last)}
    others = [each for each in told if each.key not in there and (each.key in period or story_day(each) is None)]
    candidates = (*round_.candidates, *(Candidate(each.key) for each in others))
    return _cards(project, round_, candidates, {each.key: each for each in told}, nicknames)


def _cards(
    project: ProjectFile,
    round_: SelectionRound,
    candidates: Sequence[Candidate],
    known: Mapping[str, Story],
    nicknames: Mapping[str, str],
    *,
    level: RoundLevel | None = None,
    nameless: bool = False,
) -> Reading:
    there = [known[each.story] for each in candidates]
    blind = blind_for(there, families.families(project), nicknames) if round_.blind or nameless else None
    at = level or round_.level
    cards = tuple(Card(each, clear_for_panel(known[each.story], at, blind)) for each in candidates)
    return Reading(round_, at, cards, blind)
