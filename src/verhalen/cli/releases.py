"""Reports that were given out, on the command line: the ledger, what was sent, and the smallest numbers that are shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.reports import report
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.model.release import Release
    from verhalen.report.building import Built

_NAMED = click.argument("name", metavar="FILE.md")


@report.command("ledger", help=t("Which reports were built for people outside the team, and which were sent."))
@pass_context
def report_ledger(state: Context) -> None:
    """List them."""
    with state.open() as project:
        found = project.releases.all()
    header = (t("report"), t("for"), t("period"), t("built"), t("sent"), t("tables and numbers"))
    state.emit(
        [_release_json(each) for each in found],
        lambda: table(header, [_release_line(each) for each in found]) if found else [t("No report was built yet.")],
    )


def _release_json(each: Release) -> dict[str, object]:
    return {
        "report": each.report,
        "title": each.title,
        "audience": each.audience,
        "period": each.period or None,
        "built": each.built,
        "sent": each.sent,
        "coder": each.coder,
        "rows": len(each.rows),
    }


def _release_line(each: Release) -> tuple[object, ...]:
    from verhalen.privacy.clearance import Audience

    label = t(Audience(each.audience).label)
    return (each.report, label, each.period, each.built, each.sent or t("no"), len({row.kind for row in each.rows}))


@report.command("sent", help=t("A report went out: later ones may not give its hidden numbers away."))
@_NAMED
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@pass_context
def report_sent(state: Context, name: str, day: dt.date | None) -> None:
    """Mark it as sent."""
    with state.open() as project:
        found = project.releases.sent(name, today=today(), day=day)
    state.emit(_release_json(found), lambda: [t("{report} was sent on {day}.", report=found.report, day=found.sent)])


@report.command("unsend", help=t("A report was marked as sent by mistake."))
@_NAMED
@pass_context
def report_unsend(state: Context, name: str) -> None:
    """Take the mark away."""
    with state.open() as project:
        found = project.releases.unsend(name)
    state.emit(_release_json(found), lambda: [t("{report} is not marked as sent any more.", report=found.report)])


@report.command("forget", help=t("A report was built and given to nobody: take it out of the ledger."))
@_NAMED
@pass_context
def report_forget(state: Context, name: str) -> None:
    """Take it out."""
    with state.open() as project:
        found = project.releases.forget(name)
    state.emit(_release_json(found), lambda: [t("{report} is out of the ledger.", report=found.report)])


@report.command("threshold", help=t("The smallest number of families that is shown to an audience."))
@click.argument("audience", type=click.Choice(["internal", "council", "public"]), metavar="AUDIENCE")
@click.option("--k", "plain", type=int, metavar="N", help=t("For ordinary numbers."))
@click.option("--sensitive", "strict", type=int, metavar="N", help=t("For sensitive life domains."))
@click.option("--why", "reason", default="", metavar="TEXT", help=t("Why; it is printed in every report."))
@pass_context
def report_threshold(state: Context, audience: str, plain: int | None, strict: int | None, reason: str) -> None:
    """Say what counts now; with numbers change it."""
    from verhalen.privacy.clearance import Audience

    wanted = Audience(audience)
    with state.open() as project:
        if plain is not None or strict is not None:
            project.releases.set_threshold(wanted, today=today(), plain=plain, strict=strict, reason=reason)
        numbers = project.releases.thresholds()[wanted]
        own = project.releases.own_thresholds().get(wanted)
    said = {
        "audience": audience,
        "k": numbers[0],
        "sensitive": numbers[1],
        "reason": own.reason if own else None,
        "day": own.day if own else None,
    }
    message = t(
        "For {audience} we show numbers from {k} families on, in sensitive life domains from {sensitive} on.",
        audience=t(wanted.label),
        k=numbers[0],
        sensitive=numbers[1],
    )
    state.emit(said, lambda: [message, *([own.reason] if own and own.reason else [])])


def protection_json(built: Built) -> dict[str, Any]:
    """What a building left out or hid, for programs."""
    return {
        "refused": [
            {"source": each.source, "line": each.line, "what": each.what, "report": each.report, "day": each.day}
            for each in built.refused
        ],
        "masked": [
            {
                "source": each.source,
                "line": each.line,
                "what": each.what,
                "hidden": each.hidden,
                "of": each.of,
                "steps": [
                    {"step": one.rung.value, "hidden": one.hidden, "of": one.of, "argument": one.argument}
                    for one in each.steps
                ],
            }
            for each in built.masked
        ],
    }


def protection_lines(built: Built) -> list[str]:
    """The same for people: each masked table with the ladder, each quote that was held back with its reason."""
    from verhalen.model.ids import encode_id

    lines = []
    for each in built.masked:
        said = t("{what}: {hidden} of {all} numbers are hidden.", what=each.what, hidden=each.hidden, all=each.of)
        lines += [said, *(f"  - {step}" for step in each.steps if len(each.steps) > 1)]
    for quote in built.quotes:
        if not quote.shown:
            which = quote.story or encode_id(quote.coding_id or 0)
            lines.append(t("Held back: {which}: {reason}", which=which, reason=quote.reason))
    return lines


COMMANDS = ()
