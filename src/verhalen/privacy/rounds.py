"""What a panel may read of a story: consent for team use decides, and in blind rounds no coach and no family shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.selecting import RoundLevel
from verhalen.model.story import Moment, Story, StoryAnswer, is_thin
from verhalen.privacy.clearance import _SEAL, Audience, Cleared
from verhalen.privacy.consent import Refusal, refusal

_ASK_FIRST = mark("Nobody has asked yet whether it may be used in the team: beyond your own team that is needed first.")
FAMILY, COACH = mark("[family]"), mark("[coach]")


def barred(answer: Answer, level: RoundLevel) -> Refusal | None:
    """Why words with this answer for team use may not be read at a level; None when they may.

    The own team also reads what nobody asked about yet. A service or a partnership only reads what has a yes.
    """
    if answer is Answer.NOT_ASKED and level is not RoundLevel.TEAM:
        return Refusal(_ASK_FIRST)
    return refusal(Audience.INTERNAL, team=answer, report=answer)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a story as a panel reads them."""

    title: str
    text: str
    answer: StoryAnswer
    role: str
    """Of the first teller: `ouder`."""
    day: dt.date | None = None
    moment: Moment | None = None
    before: str = ""
    now: str = ""
    how: str = ""
    why: str = ""
    shares: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    voices: tuple[tuple[str, str], ...] = ()
    """Role and words of each further voice that may be read here."""
    unheard: int = 0
    """Further voices whose words may not be read here."""
    family: str = ""
    """Key; empty in a blind round."""
    recorder: str = ""
    """Empty in a blind round."""
    unasked: bool = False
    """Nobody asked yet about team use: only the own team may read it, with this said."""

    @property
    def words(self) -> int:
        """How many words the story has, further voices included."""
        return sum(len(each.split()) for each in (self.text, *(said for _, said in self.voices)))

    @property
    def is_thin(self) -> bool:
        """Something changed, and nobody said how it came about (methods.md A4)."""
        return is_thin(self.answer, self.how)


@dataclass(frozen=True, slots=True)
class Blind:
    """Takes the names of coaches and the codes of families out of words."""

    names: Mapping[str, str]
    """What is hidden, to the marked word in its place; empty hides nothing."""

    def hide(self, text: str) -> str:
        """The same without them. Whole words only; codes of families in any case."""
        for name, instead in self.names.items():
            flags = re.IGNORECASE if instead == FAMILY else 0
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", t(instead), text, flags=flags)
        return text


def blind_for(stories: Iterable[Story], families: Iterable[Family], nicknames: Mapping[str, str]) -> Blind:
    """What to hide where a panel reads these stories blind: codes and nicknames of families, names of who coached or wrote."""
    told = list(stories)
    wanted = {story.family for story in told}
    codes = {each: FAMILY for key in wanted for each in (key, nicknames.get(key, "")) if each}
    coaches = {each.coach for family in families if family.key in wanted for each in family.trajectories}
    coaches |= {who for story in told for who in (story.recorder, *(voice.recorder for voice in story.others))}
    whole = {name.strip() for name in coaches if len(name.strip()) > 1}
    parts = {part for name in whole for part in name.split() if len(part) > 2 and part[0].isupper()}
    # Longest first: a full name goes as one, before its parts.
    hidden = {**codes, **dict.fromkeys(whole | parts, COACH)}
    return Blind(dict(sorted(hidden.items(), key=lambda each: -len(each[0]))))


def clear_for_panel(story: Story, level: RoundLevel, blind: Blind | None) -> Cleared[Told] | Refusal:
    """The words of a story for a panel at a level; `blind` is None where all may be seen."""
    kept_away = barred(story.consent(Purpose.TEAM), level)
    if kept_away is not None:
        return kept_away
    heard = [each for each in story.others if barred(each.consent(Purpose.TEAM), level) is None]
    told = Told(
        title=story.title,
        text=story.text,
        answer=story.answer,
        role=story.voice.role,
        day=story.told or story.recorded,
        moment=story.moment,
        before=story.before,
        now=story.now,
        how=story.how,
        why=story.why,
        shares=story.shares,
        domains=story.domains,
        voices=tuple((each.role, each.text) for each in heard),
        unheard=len(story.others) - len(heard),
        family=story.family,
        recorder=story.recorder,
        unasked=story.consent(Purpose.TEAM) is Answer.NOT_ASKED,
    )
    return Cleared(told if blind is None else _without(told, blind), _SEAL)


def _without(told: Told, blind: Blind) -> Told:
    return replace(
        told,
        title=blind.hide(told.title),
        text=blind.hide(told.text),
        before=blind.hide(told.before),
        now=blind.hide(told.now),
        how=blind.hide(told.how),
        why=blind.hide(told.why),
        voices=tuple((role, blind.hide(said)) for role, said in told.voices),
        family="",
        recorder="",
    )


def clear_of_panel(text: str, blind: Blind | None = None) -> Cleared[str]:
    """What a panel itself said: a reason, an argument, another opinion. Only for a story that may be read there."""
    return Cleared(text if blind is None else blind.hide(text), _SEAL)
