"""Selection rounds on the command line: list, prepare, panel, candidates. Voting and closing: `round_results`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from verhalen.cli.days import one_day, period
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.round_papers import PAPERS, members_of
from verhalen.cli.round_results import RESULTS
from verhalen.cli.round_show import SHOWN
from verhalen.i18n import t, tn
from verhalen.model.selecting import CandidateRule, RoundLevel, Rule

if TYPE_CHECKING:
    from verhalen.model.selecting import SelectionRound
    from verhalen.msc.candidates import CandidatePlan
    from verhalen.msc.round_reading import Card, Reading

_LEVELS = click.Choice(["team", "dienst", "partnerschap"])
_RULES = click.Choice(["alle", "domein", "toeval", "gekozen", "zelf"])


@click.group("rounds", invoke_without_command=True, help=t("Selection rounds: list, prepare, vote, choose, close."))
@click.pass_context
def rounds(context: click.Context) -> None:
    """List the rounds when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.rounds.all()
    header = (t("round"), t("title"), t("level"), t("period"), t("panel"), t("stories"), t("chosen"), t("closed"))
    state.emit(
        [_row(each) for each in found],
        lambda: table(
            header,
            [
                (
                    each.key,
                    each.title,
                    t(each.level.label),
                    f"{each.first}..{each.last}",
                    len(each.members),
                    len(each.candidates),
                    ", ".join(dict.fromkeys(choice.story for choice in each.choices)),
                    each.closed,
                )
                for each in found
            ],
        ),
    )


def _row(round_: SelectionRound) -> dict[str, object]:
    return {
        "round": round_.key,
        "title": round_.title,
        "level": round_.level.value,
        "first": round_.first,
        "last": round_.last,
        "blind": round_.blind,
        "day": round_.day,
        "closed": round_.closed,
        "members": len(round_.members),
        "candidates": [each.story for each in round_.candidates],
        "chosen": [{"story": each.story, "domain": each.domain} for each in round_.choices],
        "withdrawn": [{"day": each.day, "was_chosen": each.was_chosen} for each in round_.gone],
    }


# -- rules and candidates --------------------------------------------------------------------------------------------


def _rule_options(command: Any) -> Any:
    """How candidates are found, for a new round and for one that is there."""
    options = (
        click.option("--rule", type=_RULES, help=t("How the stories are found; without it all of the period.")),
        click.option(
            "--domain", "domains", multiple=True, metavar="KEY", help=t("A life domain, with the rule domein.")
        ),
        click.option("--number", type=int, metavar="N", help=t("How many are drawn, with the rule toeval.")),
        click.option("--seed", type=int, metavar="N", help=t("Draw the same again; without it one is drawn and kept.")),
        click.option("--from", "earlier", multiple=True, metavar="KEY", help=t("A round whose choices come along.")),
        click.option("--story", "stories", multiple=True, metavar="KEY", help=t("A story picked by hand.")),
        click.option("--any-answer", is_flag=True, help=t("Add no story of something that became harder.")),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _rule_of(given: dict[str, Any]) -> CandidateRule:
    """The rule that the options say; what they imply need not be said."""
    named = Rule(given["rule"]) if given["rule"] else None
    if named is None:
        implied = (
            ("domains", Rule.DOMAIN),
            ("number", Rule.RANDOM),
            ("earlier", Rule.WINNERS),
            ("stories", Rule.BY_HAND),
        )
        named = next((rule for option, rule in implied if given[option]), Rule.ALL)
    return CandidateRule(
        named,
        domains=tuple(given["domains"]),
        number=given["number"],
        seed=given["seed"],
        with_negative=not given["any_answer"],
        rounds=tuple(given["earlier"]),
    )


def _plan_json(plan: CandidatePlan) -> dict[str, object]:
    return {
        "rule": plan.rule.rule.value,
        "seed": plan.rule.seed,
        "left_out": [{"story": each.story, "reason": str(each.refusal)} for each in plan.left_out],
        "notices": list(plan.notices),
    }


def _plan_lines(plan: CandidatePlan) -> list[str]:
    keys = ", ".join(each.story for each in plan.candidates)
    lines = [tn("{n} story: {keys}", "{n} stories: {keys}", len(plan.candidates), keys=keys or "–")]
    if plan.rule.seed is not None:
        lines.append(t("Drawn with the seed {seed}; it draws the same again.", seed=plan.rule.seed))
    return [*lines, *plan.notices]


@rounds.command("new", help=t("Prepare a round: its period, its level, its panel and how the stories are found."))
@click.argument("title", metavar="TEXT")
@click.option("--level", type=_LEVELS, default="team", help=t("Where it is held; team without it."))
@click.option(
    "--period", "days", type=period, required=True, metavar="A..B", help=t("First and last day of the stories.")
)
@click.option("--question", default="", metavar="TEXT", help=t("What the panel asks itself."))
@click.option("--blind", is_flag=True, help=t("Hide the coach and the code of the family from the panel."))
@click.option("--day", type=one_day, metavar="DAY", help=t("When the panel meets."))
@click.option("--member", "members", multiple=True, metavar="NAME=ROLE", help=t("Somebody on the panel."))
@_rule_options
@pass_context
def rounds_new(
    state: Context,
    /,
    title: str,
    level: str,
    days: tuple[dt.date, dt.date],
    question: str,
    day: dt.date | None,
    members: tuple[str, ...],
    *,
    blind: bool,
    **given: Any,
) -> None:
    """Make the round and let the rule find its candidates."""
    panel = members_of(members)
    with state.open() as project:
        made, plan = project.rounds.add(
            title,
            level=RoundLevel(level),
            first=days[0],
            last=days[1],
            question=question,
            blind=blind,
            day=day,
            members=panel,
            rule=_rule_of(given),
            by_hand=given["stories"],
        )
    state.emit(
        {**_row(made), **(_plan_json(plan) if plan else {})},
        lambda: [t("Round {key} is prepared.", key=made.key), *(_plan_lines(plan) if plan else ())],
    )


@rounds.command("candidates", help=t("The stories of a round, or find others: by a rule, or one by one."))
@click.argument("key", metavar="KEY")
@_rule_options
@click.option("--add", "more", multiple=True, metavar="KEY", help=t("Put this story in."))
@click.option("--remove", "less", multiple=True, metavar="KEY", help=t("Take this story out."))
@pass_context
def rounds_candidates(state: Context, /, key: str, more: tuple[str, ...], less: tuple[str, ...], **given: Any) -> None:
    """Show them, after changing them where an option asks it."""
    plan = None
    with state.open() as project:
        if any(given.values()):
            plan = project.rounds.find_candidates(key, _rule_of(given), by_hand=given["stories"])
        if more:
            project.rounds.add_candidates(key, more)
        if less:
            project.rounds.remove_candidates(key, less)
        seen = project.rounds.read(key, nicknames=project.privacy.nicknames())
    rule = seen.round.rule
    said = _plan_json(plan) if plan else {"rule": rule.rule.value, "seed": rule.seed, "left_out": [], "notices": []}
    state.emit(
        {"round": seen.round.key, **said, "candidates": [_card(each) for each in seen.cards]},
        lambda: [*(_plan_lines(plan) if plan else ()), *_card_table(seen)],
    )


def _card(card: Card) -> dict[str, object]:
    told = card.told
    return {
        "story": card.key,
        "why": card.candidate.why,
        "from_round": card.candidate.from_round,
        "title": told.title if told else "",
        "answer": told.answer.value if told else "",
        "words": told.words if told else 0,
        "thin": told.is_thin if told else False,
        "consent_asked": bool(told) and not (told and told.unasked),
        "refused": "" if told else str(card.words),
    }


def _card_table(seen: Reading) -> list[str]:
    from verhalen.msc.candidates import WHY

    header = (t("story"), t("title"), t("answer"), t("words"), t("why here"), t("mind"))
    return table(
        header,
        [
            (
                each.key,
                each.told.title if each.told else "",
                t(each.told.answer.label) if each.told else "",
                each.told.words if each.told else "",
                t(WHY.get(each.candidate.why, each.candidate.why)),
                card_remark(each),
            )
            for each in seen.cards
        ],
    )


def card_remark(card: Card) -> str:
    """What must be minded about a candidate, in a few words."""
    from verhalen.msc.round_words import remarks

    return "; ".join(remarks(card))


for command in (*PAPERS, *SHOWN, *RESULTS):
    rounds.add_command(command)

COMMANDS = (rounds,)
