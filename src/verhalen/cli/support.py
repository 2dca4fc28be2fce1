"""Support of a family and contacts with it, on the command line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.family import given, taken_away, warn_of_telling
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.model.family import Trajectory

_KNOWN = click.Choice(["gekend", "nieuw", "ooit"])
_ENDS = click.Choice(["afgerond", "gestopt", "verhuisd", "doorverwezen", "geweigerd"])

# -- support ---------------------------------------------------------------------------------------------------------


@click.group("trajectory", help=t("Support of a family: start, end, edit, remove."))
def trajectory() -> None:
    """Hold the subcommands."""


def _support_options(command: Any) -> Any:
    """What is noted of support, for starting and changing alike."""
    options = (
        click.option("--referred", type=one_day, metavar="DAY", help=t("When the family was referred.")),
        click.option("--referrer", metavar="TEXT", help=t("By which service.")),
        click.option("--known", type=_KNOWN, help=t("Whether the service knew the family: known, new, long ago.")),
        click.option("--coach", metavar="TEXT", help=t("Which family coach.")),
        click.option("--project", metavar="TEXT", help=t("In which project.")),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _support_json(made: Trajectory) -> dict[str, object]:
    return {"trajectory": made.ordinal, "start": made.start, "end": made.end, "reason": made.reason}


@trajectory.command("start", help=t("Support starts, or starts again; a day to come is a plan."))
@click.argument("key", metavar="FAMILY")
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@_support_options
@pass_context
def trajectory_start(state: Context, /, key: str, day: dt.date | None, **known: Any) -> None:
    """Begin a trajectory."""
    start = day or today()
    with state.open() as project:
        made = project.families.start_trajectory(key, start, **given(**known))
    if start > today():
        tell(t("{day} lies in the future; it was kept as planned.", day=start.isoformat()))
    state.emit(_support_json(made), lambda: [t("Support {n} of family {key} was noted.", n=made.ordinal, key=key)])


@trajectory.command("end", help=t("Support ends: why, and where the family was led on to."))
@click.argument("key", metavar="FAMILY")
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@click.option("--reason", type=_ENDS, required=True, help=t("Why it ended."))
@click.option("--referred-on", default="", metavar="TEXT", help=t("Where the family was led on to."))
@click.option("--number", type=int, metavar="N", help=t("Which one; without it the one that runs."))
@pass_context
def trajectory_end(
    state: Context, key: str, day: dt.date | None, reason: str, referred_on: str, number: int | None
) -> None:
    """End a trajectory."""
    with state.open() as project:
        made = project.families.end_trajectory(
            key, day or today(), reason=reason, ordinal=number, referred_on=referred_on
        )
    state.emit(_support_json(made), lambda: [t("Support {n} of family {key} was noted.", n=made.ordinal, key=key)])


@trajectory.command("edit", help=t("Change what is known of support."))
@click.argument("key", metavar="FAMILY")
@click.argument("number", type=int, metavar="N")
@click.option("--start", type=one_day, metavar="DAY", help=t("When it started."))
@click.option("--end", type=one_day, metavar="DAY", help=t("When it ended."))
@click.option("--reason", type=_ENDS, help=t("Why it ended."))
@click.option("--referred-on", metavar="TEXT", help=t("Where the family was led on to."))
@click.option("--runs", is_flag=True, help=t("It did not end after all."))
@_support_options
@pass_context
def trajectory_edit(state: Context, /, key: str, number: int, *, runs: bool, **known: Any) -> None:
    """Change what is named and leave the rest."""
    changes = given(**known) | ({"end": None, "reason": "", "referred_on": ""} if runs else {})
    with state.open() as project:
        made = project.families.edit_trajectory(key, number, **changes)
    state.emit(_support_json(made), lambda: [t("Support {n} of family {key} was noted.", n=made.ordinal, key=key)])


@trajectory.command("remove", help=t("Take away support that was noted by mistake."))
@click.argument("key", metavar="FAMILY")
@click.argument("number", type=int, metavar="N")
@pass_context
def trajectory_remove(state: Context, key: str, number: int) -> None:
    """Take away, unless something hangs on it."""
    with state.open() as project:
        gone = project.families.remove_trajectory(key, number)
    what = t("support {n} of family {key}", n=gone.ordinal, key=key)
    state.emit(_support_json(gone), lambda: [taken_away(what)])


# -- contacts --------------------------------------------------------------------------------------------------------


@click.group("contact", help=t("Contacts with a family: add, list, remove."))
def contact() -> None:
    """Hold the subcommands."""


@contact.command("add", help=t("Note a contact; today and with the family, unless you say otherwise."))
@click.argument("key", metavar="FAMILY")
@click.argument("kind", type=click.Choice(["huisbezoek", "uitstap", "bericht", "overleg"]))
@click.option("--day", type=one_day, metavar="DAY", help=t("When; without it today."))
@click.option("--with", "with_whom", default="gezin", metavar="TEXT", help=t("With whom: a role or a service."))
@pass_context
def contact_add(state: Context, key: str, kind: str, day: dt.date | None, with_whom: str) -> None:
    """Store a contact."""
    from verhalen.model.family import Contact

    with state.open() as project:
        noted = Contact(day or today(), kind, with_whom)
        new = project.families.add_contact(key, noted, today=today())
        warn_of_telling(project, with_whom)
    state.emit({"family": key, "new": new}, lambda: [t("Noted.") if new else t("This contact was noted already.")])


@contact.command("remove", help=t("Take away a contact that was noted by mistake."))
@click.argument("key", metavar="FAMILY")
@click.argument("day", type=one_day, metavar="DAY")
@click.option("--kind", metavar="KIND", help=t("Which, where there were several on that day."))
@click.option("--with", "with_whom", metavar="TEXT", help=t("With whom: a role or a service."))
@pass_context
def contact_remove(state: Context, key: str, day: dt.date, kind: str | None, with_whom: str | None) -> None:
    """Take it away."""
    with state.open() as project:
        gone = project.families.remove_contact(key, day, kind=kind, with_whom=with_whom)
    state.emit(
        {"family": key, "day": gone.day, "kind": gone.kind, "with": gone.with_whom},
        lambda: [taken_away(f"{gone.day}, {gone.kind}")],
    )


@contact.command("list", help=t("All contacts with a family, newest first."))
@click.argument("key", metavar="FAMILY")
@pass_context
def contact_list(state: Context, key: str) -> None:
    """List them."""
    with state.open() as project:
        found = project.families.contacts(key)
    state.emit(
        [{"day": each.day, "kind": each.kind, "with": each.with_whom} for each in found],
        lambda: table((t("day"), t("kind"), t("with")), [(each.day, each.kind, each.with_whom) for each in found]),
    )


COMMANDS = (trajectory, contact)
