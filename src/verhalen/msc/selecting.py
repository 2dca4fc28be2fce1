"""Rules of selection rounds: which stories are candidates, what a reason must be, what stands in the way of closing.

All pure: nouns in, plans and sentences out (methods.md A1 step 5, A4).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Purpose
from verhalen.model.following import Feedback
from verhalen.model.selecting import Candidate, CandidateRule, RoundLevel, Rule, SelectionRound
from verhalen.model.story import Story, StoryAnswer
from verhalen.privacy.consent import Refusal
from verhalen.privacy.rounds import barred

ADDED = "negatief"
"""`Candidate.why` of a story of something that became harder that the rule itself did not bring."""
LEVELS = tuple(RoundLevel)
"""Lowest first."""
CRITERIA = (
    mark("we can learn from it for our work"),
    mark("it shows how the change came about"),
    mark("it means a lot to the family"),
    mark("it holds for more families"),
    mark("it tells us something new"),
    mark("it shows what does not work yet"),
)
"""Marked: where a list of criteria begins. A panel adds its own."""
WEIGHTS = {1: mark("a little"), 2: mark("quite"), 3: mark("most")}
"""What the weights of a criterion mean, marked."""
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
TELLER = "verteller"
"""To whom goes back what a choice says about a story."""


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
        yield t("Left out, since the tellers did not agree to it: {keys}.", keys=keys)


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


# -- choosing ----------------------------------------------------------------------------------------------------------


def reason_problem(reason: str) -> str:
    """What a reason lacks to be a full sentence, as a finished sentence; empty where it lacks nothing."""
    said = " ".join(reason.split())
    if not said:
        return t("Say why in a full sentence. Others will read it later.")
    if len(said.split()) < FEWEST_WORDS:
        return t("Say a little more: a full sentence of at least {n} words.", n=FEWEST_WORDS)
    if said.rstrip("\"'”’»)")[-1:] not in {".", "!", "?", "…"}:
        return t("Close the sentence with a full stop. Or was there more to say?")
    if said[0].isalpha() and said[0].islower():
        return t("Begin the sentence with a capital.")
    return ""


def domains_at_stake(round_: SelectionRound) -> tuple[str, ...]:
    """Per what is voted and chosen: life-domain keys, or an empty word for the round as a whole."""
    asked = round_.rule.domains if round_.rule.rule is Rule.DOMAIN else ()
    used = [*(each.domain for each in round_.votes), *(each.domain for each in round_.choices)]
    wanted = dict.fromkeys((*asked, *(each for each in used if each)))
    return ("", *wanted) if not wanted or "" in used else tuple(wanted)


def votes_apart(round_: SelectionRound, domain: str = "") -> dict[str, int]:
    """Votes of members who left the panel since, by story: kept, and not among the others."""
    gone = {each.id for each in round_.members if each.stopped is not None}
    found: dict[str, int] = {}
    for vote in round_.votes:
        if vote.domain == domain and vote.member_id in gone:
            found[vote.story] = found.get(vote.story, 0) + 1
    return found


def silent_members(round_: SelectionRound) -> list[str]:
    """Names of those on the panel who did not vote yet."""
    voted = {each.member_id for each in round_.votes}
    return [each.name for each in round_.members if each.stopped is None and each.id not in voted]


def tie_sentence(round_: SelectionRound, domain: str = "") -> str:
    """That there is a tie, and that votes alone do not decide; empty where there is none."""
    tied = round_.tied(domain)
    if not tied:
        return ""
    votes = round_.tally(domain)[tied[0]]
    keys = ", ".join(tied)
    return tn(
        "A tie: {keys} have {n} vote each. The panel chooses together, and says why.",
        "A tie: {keys} have {n} votes each. The panel chooses together, and says why.",
        votes,
        keys=keys,
    )


def cannot_vote(round_: SelectionRound) -> str:
    """Why no vote can be given yet and what to do, as a finished sentence; empty where one can."""
    if not round_.candidates:
        return t("The round has no stories yet. Choose them first, by a rule or by hand.")
    if not round_.members:
        return t("Nobody is on the panel yet. Add its members first.")
    return ""


def stands_in_the_way(round_: SelectionRound, names: dict[str, str]) -> list[str]:
    """What must happen before the round can be closed, as finished sentences; `names` are those of life domains."""
    if not round_.choices and not (round_.gone and not round_.candidates):
        said = tie_sentence(round_) or cannot_vote(round_)
        return [said or t("Nothing was chosen yet. A round ends with at least one choice and its reason.")]
    chosen = {each.domain for each in round_.choices}
    open_ = []
    for domain in dict.fromkeys(each.domain for each in round_.votes):
        if domain not in chosen:
            about = names.get(domain, domain) or t("the whole")
            tie = tie_sentence(round_, domain)
            open_.append(f"{about}: {tie}" if tie else t("{about}: there are votes, and no choice yet.", about=about))
    return open_


def is_most_voted(round_: SelectionRound, story: str, domain: str = "") -> bool:
    """Whether no other candidate has more votes."""
    votes = round_.tally(domain)
    return votes.get(story, 0) == max(votes.values(), default=0)


def criteria_known(rounds: Iterable[SelectionRound]) -> list[str]:
    """The criteria to choose from, finished: ours, then those that panels added."""
    ours = [t(each) for each in CRITERIA]
    added = dict.fromkeys(name for each in rounds for choice in each.choices for name, _ in choice.criteria)
    return [*ours, *(name for name in added if name not in ours)]


def next_round_key(rounds: Iterable[SelectionRound]) -> str:
    """R1, R2, ...: one above the highest."""
    numbers = [int(each.key[1:]) for each in rounds if each.key[:1] == "R" and each.key[1:].isdecimal()]
    return f"R{max(numbers, default=0) + 1}"


def feedback_plan(round_: SelectionRound, there: Iterable[Feedback]) -> tuple[list[Feedback], list[Feedback]]:
    """What closing a round leaves to be told: lines to keep (new ones with id 0), and planned lines that are no longer so.

    What was told already stays as it is.
    """
    ours = [each for each in there if each.round == round_.key and each.whom == TELLER]
    told = {each.story for each in ours if each.day is not None}
    planned = {each.story: each for each in ours if each.day is None}
    wanted: dict[str, str] = {}
    for choice in round_.choices:
        if choice.goes_back and choice.story not in told:
            before = wanted.get(choice.story)
            wanted[choice.story] = f"{before}\n{choice.goes_back}" if before else choice.goes_back
    kept = [
        replace(planned.get(story, Feedback(TELLER, body, story=story, round=round_.key)), body=body)
        for story, body in wanted.items()
    ]
    return kept, [each for story, each in planned.items() if story not in wanted]


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


def not_readable(stories: Collection[Story], level: RoundLevel) -> set[str]:
    """Keys of the stories that may not be read at a level now."""
    return {each.key for each in stories if barred(each.consent(Purpose.TEAM), level) is not None}
