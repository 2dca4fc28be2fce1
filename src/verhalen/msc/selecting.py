"""Votes, choices and reasons of a selection round: what a reason must be, what stands in the way of closing.

All pure: nouns in, plans and sentences out (methods.md A1 step 5, A4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from verhalen.i18n import mark, t, tn
from verhalen.model.consent import Purpose
from verhalen.model.following import Feedback
from verhalen.model.selecting import RoundLevel, Rule, SelectionRound
from verhalen.model.story import Story
from verhalen.privacy.rounds import barred

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
FEWEST_WORDS = 5
TELLER = "verteller"
"""To whom goes back what a choice says about a story."""


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


def not_readable(stories: Collection[Story], level: RoundLevel) -> set[str]:
    """Keys of the stories that may not be read at a level now."""
    return {each.key for each in stories if barred(each.consent(Purpose.TEAM), level) is not None}
