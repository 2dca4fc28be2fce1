"""Selection rounds: a panel reads stories, votes, and says in full sentences why one is chosen (methods.md A1, A4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from verhalen.i18n import mark


class RoundLevel(StrEnum):
    """Where a round is held. What a team chose goes on to the service, and from there to the partnership."""

    TEAM = "team"
    SERVICE = "dienst"
    PARTNERSHIP = "partnerschap"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "team": mark("team"),
            "dienst": mark("service"),
            "partnerschap": mark("partnership"),
        }[self]


PANEL_ROLES: tuple[str, ...] = (
    "gezin",
    "ervaringsdeskundige",
    "coach",
    "coördinator",
    "vrijwilliger",
    "partner",
    "onderzoeker",
    "andere",
)
"""Who may sit on a panel: families and experts by experience first."""


class Rule(StrEnum):
    """How the candidates were found."""

    ALL = "alle"
    DOMAIN = "domein"
    RANDOM = "toeval"
    WINNERS = "gekozen"
    """What rounds of the level below chose."""
    BY_HAND = "zelf"

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "alle": mark("all stories of the period"),
            "domein": mark("stories about some life domains"),
            "toeval": mark("stories drawn at random"),
            "gekozen": mark("what earlier rounds chose"),
            "zelf": mark("picked by hand"),
        }[self]


@dataclass(frozen=True, slots=True)
class CandidateRule:
    """How the candidates of a round were found, so that anybody can find the same again."""

    rule: Rule = Rule.ALL
    domains: tuple[str, ...] = ()
    number: int | None = None
    """How many are drawn at random."""
    seed: int | None = None
    """Of the draw; printed."""
    with_negative: bool = True
    """Whether at least one story of something that became harder is to be among them."""
    rounds: tuple[str, ...] = ()
    """Keys of the rounds whose choices are the candidates."""


@dataclass(frozen=True, slots=True)
class Panelist:
    """A member of the panel."""

    name: str
    """A first name, initials or `deelnemer 3`; a family never by its name."""
    role: str
    stopped: dt.date | None = None
    """Left the panel: votes of before stay and are shown apart."""
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that a round looks at."""

    story: str
    """Key, `V07`."""
    from_round: str = ""
    """Key of the round of the level below that chose it."""
    why: str = ""
    """Value of the rule that brought it: `alle`, `toeval`, ... or `zelf`."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """What one member finds the most significant story, in all or for one life domain."""

    member_id: int
    story: str
    domain: str = ""
    """Life-domain key; empty: for the round as a whole."""
    argument: str = ""
    day: dt.date | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One story that the round chose, and why."""

    story: str
    reason: str
    """At least one full sentence."""
    domain: str = ""
    criteria: tuple[tuple[str, int], ...] = ()
    """Criterion and its weight, 1 (a little) to 3 (most)."""
    goes_back: str = ""
    """What the tellers are told about it."""
    day: dt.date | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Dissent:
    """Where somebody saw it otherwise: kept beside the choice, never smoothed away."""

    body: str
    choice_id: int | None = None
    member_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Gone:
    """What is left of a candidate that was withdrawn: no key, no words."""

    day: dt.date
    was_chosen: bool


@dataclass(frozen=True, slots=True)
class SelectionRound:
    """One round with all that belongs to it."""

    key: str
    """`R1`."""
    title: str
    level: RoundLevel
    first: dt.date
    """First day of the period."""
    last: dt.date
    """Last day, included."""
    question: str = ""
    blind: bool = False
    """Whether the panel sees neither coach nor code of the family."""
    rule: CandidateRule = field(default_factory=CandidateRule)
    day: dt.date | None = None
    """Of the meeting."""
    closed: dt.date | None = None
    members: tuple[Panelist, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    votes: tuple[Vote, ...] = ()
    choices: tuple[Choice, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    gone: tuple[Gone, ...] = ()
    id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether votes and choices may still come."""
        return self.closed is None

    def tally(self, domain: str = "") -> Mapping[str, int]:
        """Votes of those who are still on the panel by story, most first; a candidate without any has 0."""
        here = {each.id for each in self.members if each.stopped is None}
        counted = {each.story: 0 for each in self.candidates}
        for vote in self.votes:
            if vote.domain == domain and vote.member_id in here and vote.story in counted:
                counted[vote.story] += 1
        return dict(sorted(counted.items(), key=lambda each: -each[1]))

    def tied(self, domain: str = "") -> tuple[str, ...]:
        """The stories that share the highest number of votes; fewer than two: no tie."""
        counted = self.tally(domain)
        most = max(counted.values(), default=0)
        first = tuple(story for story, votes in counted.items() if votes == most)
        return first if most and len(first) > 1 else ()
