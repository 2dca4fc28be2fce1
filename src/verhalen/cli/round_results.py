"""What a round decides, on the command line: read, vote, choose, close, the way of the stories."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, tell
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.model.selecting import SelectionRound

_domain = click.option("--domain", default="", metavar="KEY", help=t("For this life domain; without it for the whole."))


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
    """`TEXT:3` or `TEXT=3`, or the text alone, which weighs 2."""
    found = re.fullmatch(r"(?P<name>.*\S)\s*[:=]\s*(?P<weight>\d+)\s*", written, re.DOTALL)
    return (found["name"].strip(), int(found["weight"])) if found else (written.strip(), 2)


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


RESULTS = (
    rounds_vote,
    rounds_choose,
    rounds_close,
    rounds_reopen,
    rounds_remove,
)
