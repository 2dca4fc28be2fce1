"""What a round decides, on the command line: read, vote, choose, close, the way of the stories."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.model.selecting import SelectionRound
    from verhalen.msc.round_reading import Reading
    from verhalen.msc.trail import Trail

_domain = click.option("--domain", default="", metavar="KEY", help=t("For this life domain; without it for the whole."))


@click.command("show", help=t("A round with everything: panel, stories, votes, choices, other opinions."))
@click.argument("key", metavar="KEY")
@click.option("--words", is_flag=True, help=t("The words of the stories too."))
@pass_context
def rounds_show(state: Context, key: str, *, words: bool) -> None:
    """Show all of it, blind where the round is."""
    from verhalen.msc.round_words import gone_sentences, next_step, tally_lines

    with state.open() as project:
        seen = project.rounds.read(key, nicknames=project.privacy.nicknames())
        names = {each.key: each.name for each in project.scores.domains().domains}
    round_ = seen.round

    def human() -> list[str]:
        lines = [
            f"{round_.key}  {round_.title}",
            f"{t(round_.level.label)} · {round_.first}..{round_.last}",
            next_step(round_, names),
            *tally_lines(round_, names),
            *gone_sentences(round_),
        ]
        for choice in round_.choices:
            about = f" ({names.get(choice.domain, choice.domain)})" if choice.domain else ""
            lines.append(f"{t('Chosen')}: {choice.story}{about}. {_said(seen, choice.story, choice.reason)}")
        if words:
            for card in seen.cards:
                lines += ["", f"{card.key}  {card.told.title if card.told else ''}"]
                lines.append(card.told.text if card.told else str(card.words))
        return lines

    state.emit(_json(seen, words=words), human)


def _said(seen: Reading, story: str, text: str) -> str:
    """Words of the panel about a story; none where the story may not be read any more."""
    card = seen.card(story)
    if card is None or card.told is None:
        return ""
    return seen.blind.hide(text) if seen.blind else text


def _json(seen: Reading, *, words: bool) -> dict[str, object]:
    from verhalen.msc.selecting import stands_in_the_way, votes_apart

    round_ = seen.round
    names = {each.id: each.name for each in round_.members}
    points = list(dict.fromkeys(("", *(each.domain for each in round_.votes))))
    return {
        "round": round_.key,
        "title": round_.title,
        "level": round_.level.value,
        "first": round_.first,
        "last": round_.last,
        "question": round_.question,
        "blind": round_.blind,
        "rule": round_.rule.rule.value,
        "seed": round_.rule.seed,
        "closed": round_.closed,
        "panel": [{"member": each.name, "role": each.role, "stopped": each.stopped} for each in round_.members],
        "candidates": [
            {
                "story": each.key,
                "title": each.told.title if each.told else "",
                "words": each.told.words if each.told else 0,
                "refused": "" if each.told else str(each.words),
                **({"text": each.told.text if each.told else ""} if words else {}),
            }
            for each in seen.cards
        ],
        "votes": [
            {
                "member": names[each.member_id],
                "story": each.story,
                "domain": each.domain,
                "argument": _said(seen, each.story, each.argument),
            }
            for each in round_.votes
        ],
        "tally": {domain: dict(round_.tally(domain)) for domain in points},
        "apart": {domain: votes_apart(round_, domain) for domain in points},
        "tied": {domain: list(round_.tied(domain)) for domain in points},
        "choices": [
            {
                "story": each.story,
                "domain": each.domain,
                "reason": _said(seen, each.story, each.reason),
                "criteria": [{"criterion": name, "weight": weight} for name, weight in each.criteria],
                "goes_back": _said(seen, each.story, each.goes_back),
                "dissent": [
                    {"member": names.get(said.member_id or 0, ""), "text": _said(seen, each.story, said.body)}
                    for said in round_.dissents
                    if said.choice_id == each.id
                ],
            }
            for each in round_.choices
        ],
        "withdrawn": [{"day": each.day, "was_chosen": each.was_chosen} for each in round_.gone],
        "open": stands_in_the_way(round_, {}) if round_.is_open else [],
    }


def _standing(round_: SelectionRound, domain: str) -> dict[str, object]:
    """The votes on one point after an act."""
    return {
        "round": round_.key,
        "domain": domain,
        "tally": dict(round_.tally(domain)),
        "tied": list(round_.tied(domain)),
    }


def _standing_lines(round_: SelectionRound) -> list[str]:
    from verhalen.msc.round_words import tally_lines

    return list(tally_lines(round_, {}))


@click.command("vote", help=t("What a member of the panel finds the most significant story, and why."))
@click.argument("key", metavar="KEY")
@click.argument("member", metavar="NAME")
@click.argument("story", metavar="[STORY]", default="")
@_domain
@click.option("--argument", default="", metavar="TEXT", help=t("Why this one."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@click.option("--take-back", is_flag=True, help=t("No vote after all."))
@pass_context
def rounds_vote(
    state: Context,
    key: str,
    member: str,
    story: str,
    domain: str,
    argument: str,
    day: dt.date | None,
    *,
    take_back: bool,
) -> None:
    """Store or take back a vote."""
    if not story and not take_back:
        raise click.UsageError(t("Say for which story, or --take-back."))
    with state.open() as project:
        if take_back:
            round_ = project.rounds.take_vote_back(key, member, domain=domain)
        else:
            round_ = project.rounds.vote(key, member, story, domain=domain, argument=argument, day=day or today())
    state.emit(_standing(round_, domain), lambda: _standing_lines(round_))


def _criterion(written: str) -> tuple[str, int]:
    """`TEXT:3`, or the text alone, which weighs 2."""
    name, sign, weight = written.rpartition(":")
    if sign and weight.strip().isdecimal():
        return name.strip(), int(weight)
    return written.strip(), 2


@click.command("choose", help=t("What the round chose, and why, in a full sentence; or what somebody sees otherwise."))
@click.argument("key", metavar="KEY")
@click.argument("story", metavar="STORY")
@click.option("--reason", default="", metavar="TEXT", help=t("At least one full sentence."))
@_domain
@click.option(
    "--criterion",
    "criteria",
    multiple=True,
    metavar="TEXT:N",
    help=t("What counted, and how much: 1 a little, 3 most."),
)
@click.option("--goes-back", default="", metavar="TEXT", help=t("What the tellers are told about it."))
@click.option(
    "--dissent", default="", metavar="TEXT", help=t("What somebody on the panel sees otherwise; kept beside it.")
)
@click.option("--by", "member", default="", metavar="NAME", help=t("Who sees it otherwise."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@click.option("--take-back", is_flag=True, help=t("Not chosen after all."))
@pass_context
def rounds_choose(
    state: Context,
    key: str,
    story: str,
    reason: str,
    domain: str,
    criteria: tuple[str, ...],
    goes_back: str,
    dissent: str,
    member: str,
    day: dt.date | None,
    *,
    take_back: bool,
) -> None:
    """Store a choice, a dissent, or take the choice back."""
    from verhalen.msc.selecting import is_most_voted

    with state.open() as project:
        round_ = project.rounds.get(key)
        if take_back:
            round_ = project.rounds.take_choice_back(key, story, domain=domain)
        elif reason or not dissent:
            weighed = [_criterion(each) for each in criteria]
            round_ = project.rounds.choose(
                key, story, reason, domain=domain, criteria=weighed, goes_back=goes_back, day=day or today()
            )
        if dissent:
            round_ = project.rounds.dissent(key, dissent, member=member, story=story, domain=domain)
    most = is_most_voted(round_, story, domain)
    if not take_back and not most:
        tell(t("Another story has more votes. That is allowed: the reason says why."))
    chosen = [{"story": each.story, "domain": each.domain} for each in round_.choices]
    state.emit(
        {**_standing(round_, domain), "chosen": chosen, "most_voted": most},
        lambda: [
            *_standing_lines(round_),
            t("Chosen: {keys}", keys=", ".join(each.story for each in round_.choices) or "–"),
        ],
    )


@click.command("close", help=t("Close a round. What goes back to the tellers comes on the feedback list."))
@click.argument("key", metavar="KEY")
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@pass_context
def rounds_close(state: Context, key: str, day: dt.date | None) -> None:
    """Close it."""
    with state.open() as project:
        round_ = project.rounds.close(key, day or today())
        planned = [each for each in project.feedback.to_do() if each.round == round_.key]
    state.emit(
        {"round": round_.key, "closed": round_.closed, "feedback": len(planned)},
        lambda: [
            t("Round {key} is closed.", key=round_.key),
            tn(
                "{n} teller is to hear back: verhalen feedback",
                "{n} tellers are to hear back: verhalen feedback",
                len(planned),
            ),
        ],
    )


@click.command("reopen", help=t("Open a closed round again, to change it; the history keeps that."))
@click.argument("key", metavar="KEY")
@pass_context
def rounds_reopen(state: Context, key: str) -> None:
    """Open it again."""
    with state.open() as project:
        round_ = project.rounds.reopen(key)
    state.emit({"round": round_.key, "closed": round_.closed}, lambda: [t("Round {key} is open.", key=round_.key)])


@click.command("remove", help=t("Take a round away, with its votes and choices; undo brings it back."))
@click.argument("key", metavar="KEY")
@pass_context
def rounds_remove(state: Context, key: str) -> None:
    """Take it away."""
    with state.open() as project:
        project.rounds.remove(key)
    state.emit({}, lambda: [t("Round {key} was removed. Undo brings it back.", key=key)])


@click.command(
    "trail", help=t("The way of a story through all rounds; without one of every story, also the never chosen.")
)
@click.argument("key", metavar="[KEY]", default="")
@pass_context
def rounds_trail(state: Context, key: str) -> None:
    """Show the way."""
    from verhalen.msc.round_words import gone_sentences

    with state.open() as project:
        if key:
            key = project.stories.get(key).key
        every = project.rounds.all()
        found = [each for each in project.rounds.trails() if not key or each.story.key == key]
    gone = [f"{each.key}: {sentence}" for each in every for sentence in gone_sentences(each)] if not key else []
    state.emit([_trail_json(each) for each in found], lambda: [*_trail_lines(found, one=bool(key)), *gone])


def _trail_json(trail: Trail) -> dict[str, object]:
    return {
        "story": trail.story.key,
        "answer": trail.story.answer.value,
        "chosen": trail.was_chosen,
        "rounds": [
            {
                "round": each.round,
                "level": each.level,
                "from_round": each.from_round,
                "open": each.is_open,
                "votes": each.votes,
                "voters": each.voters,
                "choices": [{"domain": choice.domain, "reason": choice.reason} for choice in each.choices],
            }
            for each in trail.steps
        ],
    }


def _trail_lines(found: list[Trail], *, one: bool) -> list[str]:
    from verhalen.msc.round_words import step_sentence, trail_sentence

    if one:
        lines = [f"{found[0].story.key}  {found[0].story.title}: {trail_sentence(found[0])}"]
        for each in found[0].steps:
            lines.append(f"  {each.round}  {each.title}: {step_sentence(each)}")
            lines += [f"    {choice.reason}" for choice in each.choices]
        return lines
    rows = [
        (
            each.story.key,
            each.story.title,
            t(each.story.answer.label),
            trail_sentence(each),
            " > ".join(f"{step.round} {step_sentence(step)}" for step in each.steps),
        )
        for each in found
    ]
    return table((t("story"), t("title"), t("answer"), t("chosen?"), t("rounds")), rows)


RESULTS = (
    rounds_show,
    rounds_vote,
    rounds_choose,
    rounds_close,
    rounds_reopen,
    rounds_remove,
    rounds_trail,
)
