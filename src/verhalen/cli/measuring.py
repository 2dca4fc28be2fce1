"""Which moments and persons are set side by side, on the command line; other rules and other windows.

All of it is for the team: nothing is masked here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.scores import scores
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.analysis.scoring import Scored, Settings
    from verhalen.exchange.finding_tables import Written
    from verhalen.scores.change import Change

DEFAULT_INSTRUMENT = "sociale_balans"
ASSESSORS = ("coach", "samen", "ouder", "kind", "dienst")
RULES = ("laagste", "mediaan", "beste", "referentiepersoon", "per_persoon")
Command = TypeVar("Command", bound=Callable[..., Any])


def moment_options(command: Command) -> Command:
    """The options that say which two moments are set side by side."""
    for option in reversed(
        (
            click.option(
                "--days", type=int, default=182, metavar="N", help=t("Days from baseline to follow-up (182).")
            ),
            click.option(
                "--window",
                type=int,
                default=45,
                metavar="N",
                help=t("Days before and after that day that still count (45)."),
            ),
            click.option(
                "--moment",
                type=click.Choice(["dag", "afronding"]),
                default="dag",
                help=t("Follow-up: so many days after the baseline, or the last registration when support ended."),
            ),
            click.option(
                "--assessor", type=click.Choice(ASSESSORS), help=t("Who judged (what is usual for the instrument).")
            ),
        )
    ):
        command = option(command)
    return command


def instrument_option(command: Command) -> Command:
    """Which instrument."""
    return click.option(
        "--instrument", default=DEFAULT_INSTRUMENT, metavar="KEY", help=t("Which instrument (sociale_balans).")
    )(command)


def rule_option(command: Command) -> Command:
    """How the persons of a family make one value."""
    return click.option(
        "--rule", type=click.Choice(RULES), default="laagste", help=t("How the persons of a family make one value.")
    )(command)


def file_option(command: Command) -> Command:
    """Write a table for researchers instead of showing one."""
    return click.option(
        "-o",
        "target",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=t("Write it, with all that researchers ask, as .csv or .xlsx instead."),
    )(command)


def say_written(state: Context, done: Written) -> None:
    """What was written, and that it is for inside."""
    state.emit(
        {"path": done.path, "rows": done.rows},
        lambda: [
            t("{rows} rows written: {file}", rows=done.rows, file=done.path),
            t("Nothing is masked in it: for research, not to be published as it is."),
        ],
    )


def settings_of(days: int, window: int, moment: str, assessor: str | None, rule: str = "laagste") -> Settings:
    """The options as the analysis takes them."""
    from verhalen.analysis.scoring import Settings
    from verhalen.model.snapshot import Assessor
    from verhalen.scores.moments import At
    from verhalen.scores.pairs import Rule

    return Settings(days, window, Rule(rule), Assessor(assessor) if assessor else None, At(moment))


def basis_lines(scored: Scored) -> list[str]:
    """By which settings, and who is in the table and who is not."""
    from verhalen.scores.moments import At

    settings = scored.settings
    if settings.at is At.END:
        moments = t("from the first registration to the last when support ended")
    else:
        moments = t("day {days}, {window} days before and after", days=settings.days, window=settings.window)
    followed, late = len(scored.views.followed), len(scored.views.after_window)
    said = [
        t(
            "{instrument}: {moments}; {rule}; judged by: {assessor}.",
            instrument=scored.instrument.name,
            moments=moments,
            rule=t(settings.rule.label),
            assessor=t(scored.assessor.label),
        ),
        t(
            "{registered} families registered, {followed} followed, of whom {late} without a registration in the window.",
            registered=sum(each.t0 is not None for each in scored.moments),
            followed=followed,
            late=late,
        ),
    ]
    gaps = [
        t("{reason}: {n}", reason=t(reason.label), n=len(families))
        for reason, families in scored.views.unfollowed.items()
    ]
    return [*said, *([t("Not followed: {reasons}.", reasons="; ".join(gaps))] if gaps else [])]


@scores.command("rules", help=t("Items that come out otherwise under another rule for the persons of a family."))
@instrument_option
@moment_options
@pass_context
def scores_rules(state: Context, instrument: str, days: int, window: int, moment: str, assessor: str | None) -> None:
    """Compare the rules."""
    with state.open() as project:
        found = project.scores.rules(instrument, settings=settings_of(days, window, moment, assessor))
    rules = list(found[0].changes) if found else []
    state.emit(
        [
            {
                "item": row.item.key,
                "life_domain": row.item.domain,
                "rules": {
                    rule.value: {"n": each.n, "up": each.up, "same": each.same, "down": each.down}
                    for rule, each in row.changes.items()
                },
            }
            for row in found
        ],
        lambda: (
            table(
                [t("item"), *(t(rule.label) for rule in rules)],
                [[row.item.key, *(_three(row.changes[rule]) for rule in rules)] for row in found],
            )
            if found
            else [t("Every rule gives the same numbers.")]
        ),
    )


def _three(change: Change) -> str:
    return f"{change.up} / {change.same} / {change.down}"


@scores.command("window", help=t("How many families another window around the day of follow-up would move."))
@instrument_option
@moment_options
@click.option(
    "--try", "tries", type=int, multiple=True, metavar="N", help=t("Another window; may be repeated (30, 45, 60).")
)
@pass_context
def scores_window(
    state: Context, instrument: str, days: int, window: int, moment: str, assessor: str | None, tries: tuple[int, ...]
) -> None:
    """Compare the windows."""
    with state.open() as project:
        found = project.scores.windows(instrument, settings=settings_of(days, window, moment, assessor), windows=tries)
    state.emit(
        [
            {
                "window": each.window,
                "followed": each.followed,
                "without_registration": each.without_registration,
                "too_short": each.too_short,
                "moved": len(each.moved),
                "families": list(each.moved),
            }
            for each in found
        ],
        lambda: table(
            (t("window"), t("followed"), t("without a registration in it"), t("too short"), t("moved")),
            [
                (each.window, each.followed, each.without_registration, each.too_short, len(each.moved))
                for each in found
            ],
        ),
    )


COMMANDS = (scores,)
