"""One family on the command line: what is noted of it, its people, its support, its contacts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.api.project import Project
    from verhalen.model.family import Trajectory

municipality_option = click.option("--municipality", metavar="TEXT", help=t("Where the family lives."))
_ROLES = click.Choice(["ouder", "partner", "grootouder", "kind", "andere"])
_KNOWN = click.Choice(["gekend", "nieuw", "ooit"])
_ENDS = click.Choice(["afgerond", "gestopt", "verhuisd", "doorverwezen", "geweigerd"])


def warn_of_telling(project: Project, *values: str, key: str = "") -> None:
    """Say on stderr that a value looks like something by which somebody is recognised; it is stored all the same."""
    found = project.families.telling(*values, key=key)
    if found:
        tell(
            t(
                "Mind: this looks like something by which somebody is recognised: {what}. Undo takes it back.",
                what=", ".join(found),
            )
        )


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    """`name=value` as a dictionary."""
    found = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise click.BadParameter(t("write NAME=VALUE: {given}", given=each))
        found[name.strip()] = value.strip()
    return found


# -- families --------------------------------------------------------------------------------------------------------


@click.group("family", help=t("One family: add, edit."))
def family() -> None:
    """Hold the subcommands."""


_attributes = click.option(
    "--set", "attributes", multiple=True, metavar="NAME=VALUE", help=t("An attribute; nothing behind = takes it away.")
)


@family.command("add", help=t("Add a family; without a code it takes the next free one, with a check letter."))
@click.argument("key", metavar="[KEY]", default="")
@municipality_option
@_attributes
@pass_context
def family_add(state: Context, key: str, municipality: str | None, attributes: tuple[str, ...]) -> None:
    """Store a new family."""
    values = _pairs(attributes)
    with state.open() as project:
        made = project.families.add(key, municipality=municipality or "", attributes=values)
        warn_of_telling(project, municipality or "", *values.values())
    state.emit({"family": made.key}, lambda: [t("Family {key} was added.", key=made.key)])


@family.command("edit", help=t("Change where a family lives, and what is noted of it."))
@click.argument("key", metavar="KEY")
@municipality_option
@_attributes
@pass_context
def family_edit(state: Context, key: str, municipality: str | None, attributes: tuple[str, ...]) -> None:
    """Change what is named and leave the rest."""
    values = _pairs(attributes)
    with state.open() as project:
        changed = project.families.edit(key, municipality=municipality, attributes=values)
        warn_of_telling(project, municipality or "", *values.values())
    state.emit(
        {"family": changed.key, "attributes": {"gemeente": changed.municipality, **dict(changed.attributes)}},
        lambda: [t("Family {key} was changed.", key=changed.key)],
    )


@click.group("attribute", help=t("What the values of attributes are: kinds, kind."))
def attribute() -> None:
    """Hold the subcommands."""


@attribute.command("kinds", help=t("What is said of attributes; the others hold free text."))
@pass_context
def attribute_kinds(state: Context) -> None:
    """List them."""
    with state.open() as project:
        found = project.families.attribute_kinds()
    state.emit(
        [{"name": each.name, "kind": each.kind.value, "choices": list(each.choices)} for each in found],
        lambda: table(
            (t("attribute"), t("values"), t("choices")),
            [(each.name, t(each.kind.label), ", ".join(each.choices)) for each in found],
        ),
    )


@attribute.command("kind", help=t("Say what the values of an attribute are; values that are there must fit."))
@click.argument("name", metavar="NAME")
@click.argument("kind", type=click.Choice(["text", "choice", "number", "day", "yes_no"]))
@click.option("--choices", default="", metavar="TEXT", help=t("The words to choose from, with commas between."))
@pass_context
def attribute_kind(state: Context, name: str, kind: str, choices: str) -> None:
    """Say it."""
    from verhalen.model.family import ValueKind

    words = tuple(each.strip() for each in choices.split(",") if each.strip())
    with state.open() as project:
        said = project.families.set_attribute_kind(name, ValueKind(kind), choices=words)
    state.emit(
        {"name": said.name, "kind": said.kind.value, "choices": list(said.choices)},
        lambda: [f"{said.name}: {t(said.kind.label)}"],
    )


# -- people ----------------------------------------------------------------------------------------------------------


@click.group("person", help=t("People of a family: list, add, edit, leave."))
def person() -> None:
    """Hold the subcommands."""


@person.command("add", help=t("Somebody of a family, by a role and never by a name: moeder, kind1."))
@click.argument("key", metavar="FAMILY")
@click.argument("member", metavar="MEMBER")
@click.option("--role", type=_ROLES, required=True, help=t("What the person is in the family."))
@click.option("--age-group", default="", metavar="TEXT", help=t("As in 6-11."))
@click.option("--joined", type=one_day, metavar="DAY", help=t("Since when; without it: always there."))
@pass_context
def person_add(state: Context, key: str, member: str, role: str, age_group: str, joined: dt.date | None) -> None:
    """Store a person."""
    with state.open() as project:
        made = project.families.add_person(key, member, role=role, age_group=age_group, joined=joined)
        warn_of_telling(project, age_group, key=member)
    state.emit({"person": made.key}, lambda: [t("{key} was added.", key=made.key)])


@person.command("list", help=t("Who belongs to a family, now or on another day."))
@click.argument("key", metavar="FAMILY")
@click.option("--day", type=one_day, metavar="DAY", help=t("On which day; without it today."))
@pass_context
def person_list(state: Context, key: str, day: dt.date | None) -> None:
    """List who is there on the day."""
    with state.open() as project:
        found = project.families.get(key).there_on(day or today())
    state.emit(
        [
            {
                "person": each.key,
                "role": each.role,
                "age_group": each.age_group,
                "joined": each.joined,
                "left": each.left,
            }
            for each in found
        ],
        lambda: table(
            (t("person"), t("role"), t("age group"), t("since"), t("until")),
            [(each.key, each.role, each.age_group, each.joined, each.left) for each in found],
        ),
    )


@person.command("edit", help=t("Change what is known of a person."))
@click.argument("key", metavar="PERSON")
@click.option("--role", type=_ROLES, help=t("What the person is in the family."))
@click.option("--age-group", metavar="TEXT", help=t("As in 6-11."))
@click.option("--joined", type=one_day, metavar="DAY", help=t("Since when."))
@pass_context
def person_edit(state: Context, key: str, role: str | None, age_group: str | None, joined: dt.date | None) -> None:
    """Change what is named and leave the rest."""
    with state.open() as project:
        changed = project.families.edit_person(key, **_given(role=role, age_group=age_group, joined=joined))
        warn_of_telling(project, age_group or "")
    state.emit({"person": changed.key}, lambda: [t("{key} was changed.", key=changed.key)])


@person.command("leave", help=t("Somebody is no longer in the family, from a day on."))
@click.argument("key", metavar="PERSON")
@click.option("--day", type=one_day, metavar="DAY", help=t("Since when; without it today."))
@click.option("--back", is_flag=True, help=t("No: still there."))
@pass_context
def person_leave(state: Context, key: str, day: dt.date | None, *, back: bool) -> None:
    """Note the day."""
    left = None if back else day or today()
    with state.open() as project:
        changed = project.families.edit_person(key, left=left)
    state.emit({"person": changed.key, "left": changed.left}, lambda: [t("{key} was changed.", key=changed.key)])


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


# -- support ---------------------------------------------------------------------------------------------------------


@click.group("trajectory", help=t("Support of a family: start, end, edit."))
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
        made = project.families.start_trajectory(key, start, **_given(**known))
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
    changes = _given(**known) | ({"end": None, "reason": "", "referred_on": ""} if runs else {})
    with state.open() as project:
        made = project.families.edit_trajectory(key, number, **changes)
    state.emit(_support_json(made), lambda: [t("Support {n} of family {key} was noted.", n=made.ordinal, key=key)])


# -- contacts --------------------------------------------------------------------------------------------------------


@click.group("contact", help=t("Contacts with a family: add, list."))
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


COMMANDS = (family, person, trajectory, contact, attribute)
