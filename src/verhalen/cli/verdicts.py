"""Verdicts on the command line: what the team says of numbers beside words, and families to talk over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import period as period_of
from verhalen.cli.measuring import moment_options, rule_option, settings_of
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from verhalen.model.verdict import Verdict

RELATIONS = ("bevestigt", "vult_aan", "spreekt_tegen", "stil")


@click.group(
    "verdict",
    invoke_without_command=True,
    help=t("What the team says of numbers beside words: all verdicts, with what was said before."),
)
@click.option("--all", "everything", is_flag=True, help=t("Also what was said before."))
@click.pass_context
def verdict(context: click.Context, *, everything: bool) -> None:
    """List the verdicts when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.joining.verdicts()
    state.emit([_json(own) for own in found.values()], lambda: _lines(found, everything=everything))


def _json(own: Sequence[Verdict]) -> dict[str, object]:
    from verhalen.cli.joining_json import verdict_json

    return {"target": own[-1].target, **verdict_json(own[-1]), "history": [verdict_json(each) for each in own]}


def _lines(found: Mapping[str, Sequence[Verdict]], *, everything: bool) -> Iterator[str]:
    if not found:
        yield t("Nothing was decided yet.")
        return
    yield from table(
        [t("about"), t("verdict"), t("why"), t("who"), t("day")],
        [
            [each.target, t(each.relation.label), each.sentence, each.coder, each.day]
            for own in found.values()
            for each in (reversed(own) if everything else own[-1:])
        ],
    )


@verdict.command("add", help=t("Write down a verdict with its reason in a full sentence; earlier ones are kept."))
@click.argument("key", metavar="KEY")
@click.argument("relation", type=click.Choice(RELATIONS), metavar="|".join(RELATIONS))
@click.option("--why", required=True, metavar="TEXT", help=t("Why, in a full sentence."))
@pass_context
def verdict_add(state: Context, key: str, relation: str, why: str) -> None:
    """Write one down."""
    from verhalen.cli.joining_json import verdict_json
    from verhalen.cli.joining_lines import verdict_words
    from verhalen.model.verdict import Relation

    with state.open() as project:
        made = project.joining.decide(key, Relation(relation), why)
    state.emit({"target": made.target, **verdict_json(made)}, lambda: [f"{made.target}: {verdict_words(made)}"])


@verdict.command("families", help=t("Families whose words and scores go apart, to talk over one by one."))
@click.option("--instrument", default="", metavar="KEY", help=t("Which instrument."))
@click.option(
    "--period", type=period_of, metavar="A..B", help=t("Families in support and stories told from day to day.")
)
@moment_options
@rule_option
@click.option("--all", "everything", is_flag=True, help=t("Also those that were talked over already."))
@pass_context
def verdict_families(
    state: Context,
    instrument: str,
    period: tuple[dt.date, dt.date] | None,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    *,
    everything: bool,
) -> None:
    """List them."""
    from verhalen.analysis.joint_data import JointChoice
    from verhalen.cli.joining_json import apart_json
    from verhalen.cli.joining_lines import apart_lines

    choice = JointChoice(instrument, period, settings_of(days, window, moment, assessor, rule))
    with state.open() as project:
        found = project.joining.families_apart(project.joining.load(choice))
    listed = [each for each in found if everything or each.is_open]
    state.emit(apart_json(listed), lambda: apart_lines(listed))


COMMANDS = (verdict,)
