"""Finished sentences about a round, for the command line, the screens and Word alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from verhalen.i18n import mark, t, tn
from verhalen.model.following import Feedback
from verhalen.model.selecting import SelectionRound
from verhalen.msc import selecting as rules

if TYPE_CHECKING:
    from verhalen.msc.round_reading import Card
    from verhalen.msc.trail import Step, Trail
    from verhalen.privacy.rounds import Told

ROLES = {
    "gezin": mark("family"),
    "ervaringsdeskundige": mark("expert by experience"),
    "coach": mark("family coach"),
    "coördinator": mark("coordinator"),
    "vrijwilliger": mark("volunteer"),
    "partner": mark("partner organisation"),
    "onderzoeker": mark("researcher"),
    "andere": mark("somebody else"),
}
"""Role on a panel, to marked words."""
TELLERS = {
    "ouder": mark("a parent"),
    "kind": mark("a child"),
    "partner": mark("a partner"),
    "grootouder": mark("a grandparent"),
    "naaste": mark("somebody close to the family"),
    "coach": mark("a family coach"),
    "vrijwilliger": mark("a volunteer"),
    "ervaringsdeskundige": mark("an expert by experience"),
    "partnerdienst": mark("somebody of a partner service"),
    "tolk": mark("an interpreter"),
}
"""Role of a voice, to marked words."""

PARTS = (
    ("before", mark("Before")),
    ("now", mark("Now")),
    ("how", mark("How it came about")),
    ("why", mark("Why it matters")),
)
"""Fields of a story beside its text, with marked headings."""


def remarks(card: Card) -> list[str]:
    """What must be minded about a candidate."""
    told = card.told
    if told is None:
        return [str(card.words)]
    found = []
    if told.unasked:
        found.append(t("consent for the team was not asked yet"))
    if told.is_thin:
        found.append(t("how it came about is not told"))
    if told.unheard:
        found.append(tn("{n} voice may not be read here", "{n} voices may not be read here", told.unheard))
    return found


def gone_sentences(round_: SelectionRound) -> list[str]:
    """What is left of stories that were withdrawn from the round."""
    return [
        t("A story was withdrawn on {day}; it had been chosen.", day=f"{each.day:%d/%m/%Y}")
        if each.was_chosen
        else t("A story was withdrawn on {day}.", day=f"{each.day:%d/%m/%Y}")
        for each in round_.gone
    ]


def point_name(domain: str, names: Mapping[str, str]) -> str:
    """What a vote or choice is about."""
    return names.get(domain, domain) if domain else t("the whole")


def tally_lines(round_: SelectionRound, names: Mapping[str, str]) -> Iterator[str]:
    """The votes on every point, ties, votes of who left, and who did not vote."""
    points = rules.domains_at_stake(round_)
    for domain in points:
        counted = {story: votes for story, votes in round_.tally(domain).items() if votes}
        said = ", ".join(f"{story} {votes}" for story, votes in counted.items()) or t("no votes yet")
        yield f"{point_name(domain, names)}: {said}" if points != ("",) else t("Votes: {votes}", votes=said)
        if tie := rules.tie_sentence(round_, domain):
            settled = any(each.domain == domain for each in round_.choices)
            yield t("A tie, which the panel settled with its choice.") if settled else tie
        if apart := rules.votes_apart(round_, domain):
            said = ", ".join(f"{story} {votes}" for story, votes in apart.items())
            yield t("Of who left the panel, counted apart: {votes}", votes=said)
    if round_.votes and (silent := rules.silent_members(round_)):
        yield t("Did not vote: {names}", names=", ".join(silent))


def next_step(round_: SelectionRound, names: Mapping[str, str]) -> str:
    """What is to be done now, in one sentence."""
    if not round_.is_open:
        return t("Closed on {day}.", day=f"{round_.closed:%d/%m/%Y}")
    if problem := rules.cannot_vote(round_):
        return problem
    if not round_.votes and not round_.choices:
        return t("Read the stories, print the agenda, and write down afterwards what was decided.")
    open_ = rules.stands_in_the_way(round_, dict(names))
    return open_[0] if open_ else t("All is decided: the round can be closed.")


def step_sentence(step: Step) -> str:
    """What one round did with a story."""
    votes = tn("{votes} of {n} vote", "{votes} of {n} votes", step.voters, votes=step.votes) if step.voters else ""
    if step.choices:
        said = t("chosen")
    elif step.is_open:
        said = t("candidate")
    else:
        said = t("not chosen")
    return f"{said} ({votes})" if votes else said


def trail_sentence(trail: Trail) -> str:
    """What became of a story, in a few words."""
    if not trail.steps:
        return t("never in a round")
    if not trail.was_chosen:
        return t("candidate") if all(step.is_open for step in trail.steps) else t("never chosen")
    return t("chosen")


def to_whom(line: Feedback) -> str:
    """Whom a line of the feedback log is for, about which story and round."""
    whom = t("who told {story}", story=line.story) if line.whom == rules.TELLER and line.story else line.whom
    parts = [] if line.whom == rules.TELLER or not line.story else [line.story]
    if line.round:
        parts.append(t("round {name}", name=line.round))
    return f"{whom} ({', '.join(parts)})" if parts else whom


def facts(told: Told, domains: Mapping[str, str]) -> Iterator[str]:
    """What is known of a story beside its words; in a blind round neither family nor coach."""
    yield t(told.answer.label)
    yield t("told by {who}", who=t(TELLERS.get(told.role, told.role)))
    if told.family:
        yield t("Family {key}", key=told.family)
    if told.recorder:
        yield t("written down by {who}", who=told.recorder)
    if told.day:
        yield f"{told.day:%d/%m/%Y}"
    if told.moment:
        yield t(told.moment.label)
    if told.domains:
        yield ", ".join(domains.get(key, key) for key in told.domains)
    yield tn("{n} word", "{n} words", told.words)
