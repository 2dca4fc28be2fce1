"""Which stories are candidates of a selection round: by a rule, with consent, and never good news alone (methods.md A4).

All pure: nouns in, a plan out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Purpose
from verhalen.model.selecting import Candidate, CandidateRule, RoundLevel, Rule, SelectionRound
from verhalen.model.story import Story, StoryAnswer
from verhalen.privacy.consent import Refusal
from verhalen.privacy.rounds import barred

ADDED = "negatief"
"""`Candidate.why` of a story of something that became harder that the rule itself did not bring."""
LEVELS = tuple(RoundLevel)
"""Lowest first."""
WHY = {
    Rule.ALL.value: mark("of the period"),
    Rule.DOMAIN.value: mark("by life domain"),
    Rule.RANDOM.value: mark("drawn at random"),
    Rule.WINNERS.value: mark("chosen earlier"),
    Rule.BY_HAND.value: mark("by hand"),
    ADDED: mark("added: something became harder"),
}
"""What brought a candidate, marked."""
FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that the rule found and consent keeps out."""

    story: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class CandidatePlan:
    """Which stories a rule brings."""

    rule: CandidateRule
    """With the seed that was used."""
    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()
    """Finished sentences: what whoever leads the round must know."""


def story_day(story: Story) -> dt.date | None:
    """The day by which a story falls in a period: when it was told, else when it was written down."""
    return story.told or story.recorded


def in_period(stories: Iterable[Story], first: dt.date, last: dt.date) -> list[Story]:
    """The stories of a period, its last day included."""
    return [each for each in stories if (day := story_day(each)) is not None and first <= day <= last]


def draw(keys: Iterable[str], seed: int) -> list[str]:
    """Keys in an order of chance that everybody finds again from the seed.

    By SHA-256 of `seed:key`, so that the order hangs on no version of Python, and a story that comes later moves no other.
    """
    return sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).digest(), key))


def plan_candidates(
    round_: SelectionRound,
    rule: CandidateRule,
    stories: Sequence[Story],
    rounds: Sequence[SelectionRound],
    *,
    by_hand: Sequence[str] = (),
    seed: int = 0,
) -> CandidatePlan:
    """The candidates of a round by a rule; `seed` counts where chance is needed and the rule names none.

    `by_hand`: keys that come along whatever the rule says (with `zelf` the only ones). Keys that are no story are for the
    caller to refuse.
    """
    known = {each.key: each for each in stories}
    period = in_period(stories, round_.first, round_.last)
    found = [Candidate(key, why=Rule.BY_HAND.value) for key in dict.fromkeys(by_hand)]
    needs_seed = rule.rule is Rule.RANDOM or rule.with_negative
    rule = replace(rule, seed=seed) if needs_seed and rule.seed is None else rule
    found += [each for each in _by_rule(rule, period, rounds) if each.story not in set(by_hand)]
    kept, left_out = _with_consent(found, known, round_.level)
    if rule.rule is Rule.RANDOM:
        kept = _drawn(kept, rule)
    notices = list(_said_of_consent(kept, left_out, known))
    if rule.with_negative:
        kept, said = _one_negative(kept, period, known, rule, round_.level)
        notices += said
    undated = sum(story_day(each) is None for each in stories)
    if undated and rule.rule not in (Rule.BY_HAND, Rule.WINNERS):
        notices.append(
            tn(
                "{n} story has no day and so falls in no period.",
                "{n} stories have no day and so fall in no period.",
                undated,
            )
        )
    # Where no chance was needed the seed says nothing.
    if not kept:
        notices.append(t("No story fits. Make the period longer, take another rule, or pick stories by hand."))
    used_chance = rule.rule is Rule.RANDOM or any(each.why == ADDED for each in kept)
    rule = rule if used_chance else replace(rule, seed=None)
    return CandidatePlan(rule, tuple(kept), tuple(left_out), tuple(notices))


def _by_rule(rule: CandidateRule, period: Sequence[Story], rounds: Sequence[SelectionRound]) -> list[Candidate]:
    match rule.rule:
        case Rule.ALL | Rule.RANDOM:
            return [Candidate(each.key, why=rule.rule.value) for each in period]
        case Rule.DOMAIN:
            wanted = set(rule.domains)
            return [Candidate(each.key, why=rule.rule.value) for each in period if wanted & set(each.domains)]
        case Rule.WINNERS:
            return [
                Candidate(story, from_round=each.key, why=rule.rule.value)
                for each in rounds
                if each.key in rule.rounds
                for story in dict.fromkeys(choice.story for choice in each.choices)
            ]
        case Rule.BY_HAND:
            return []


def _with_consent(
    found: Iterable[Candidate], known: dict[str, Story], level: RoundLevel
) -> tuple[list[Candidate], list[LeftOut]]:
    kept: dict[str, Candidate] = {}
    left_out: dict[str, LeftOut] = {}
    for each in found:
        refusal = barred(known[each.story].consent(Purpose.TEAM), level)
        if refusal is None:
            kept.setdefault(each.story, each)
        else:
            left_out.setdefault(each.story, LeftOut(each.story, refusal))
    return list(kept.values()), list(left_out.values())


def _drawn(kept: list[Candidate], rule: CandidateRule) -> list[Candidate]:
    """Those picked by hand, and so many of the others as are to be drawn."""
    picked = [each for each in kept if each.why != Rule.RANDOM.value]
    others = {each.story: each for each in kept if each.why == Rule.RANDOM.value}
    order = draw(others, rule.seed or 0)
    return [*picked, *(others[key] for key in sorted(order[: rule.number]))]


def _said_of_consent(kept: Iterable[Candidate], left_out: Sequence[LeftOut], known: dict[str, Story]) -> Iterable[str]:
    if left_out:
        keys = ", ".join(each.story for each in left_out)
        yield t("Left out, since there is no yes of who told it: {keys}.", keys=keys)


def _one_negative(
    kept: list[Candidate], period: Sequence[Story], known: dict[str, Story], rule: CandidateRule, level: RoundLevel
) -> tuple[list[Candidate], list[str]]:
    """At least one story of something that became harder, where the period has any that may be read."""
    if not kept or any(known[each.story].answer is StoryAnswer.NEGATIVE for each in kept):
        return kept, []
    harder = [each for each in period if each.answer is StoryAnswer.NEGATIVE]
    readable = [each.key for each in harder if barred(each.consent(Purpose.TEAM), level) is None]
    if readable:
        key = draw(readable, rule.seed or 0)[0]
        return [*kept, Candidate(key, why=ADDED)], [
            t("{key} was added: without it nothing here would tell of something that became harder.", key=key)
        ]
    if harder:
        return kept, [
            t("Nothing here tells of something that became harder: the tellers of such stories did not agree to it.")
        ]
    return kept, [
        t("Nothing here tells of something that became harder: the period has no such story. Was the question asked?")
    ]


def lower_rounds(round_: SelectionRound, rounds: Iterable[SelectionRound]) -> list[SelectionRound]:
    """The closed rounds of the level below whose period meets that of this one: what this one goes on from."""
    place = LEVELS.index(round_.level)
    return [
        each
        for each in rounds
        if place and each.level is LEVELS[place - 1] and not each.is_open and _meet(each, round_)
    ]


def _meet(one: SelectionRound, other: SelectionRound) -> bool:
    return one.first <= other.last and other.first <= one.last
