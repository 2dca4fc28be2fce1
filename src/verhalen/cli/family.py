"""One family on the command line: its code, what is noted of it, its people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from verhalen.cli.days import one_day, today
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.api.project import Project

municipality_option = click.option("--municipality", metavar="TEXT", help=t("Where the family lives."))
_ROLES = click.Choice(["ouder", "partner", "grootouder", "kind", "andere"])


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


def _pairs(written: tuple[str, ...]) -> dict[str, str]:
    """`name=value` as a dictionary."""
    found = {}
    for each in written:
        name, sign, value = each.partition("=")
        if not sign:
            raise click.BadParameter(t("write NAME=VALUE: {given}", given=each))
        found[name.strip()] = value.strip()
    return found


# -- families --------------------------------------------------------------------------------------------------------


@click.group("family", help=t("One family: add, edit, rename."))
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


@family.command("rename", help=t("Another code for a family; its people, scores and stories go along."))
@click.argument("key", metavar="KEY")
@click.argument("new", metavar="NEW")
@pass_context
def family_rename(state: Context, key: str, new: str) -> None:
    """Give it another code."""
    with state.open() as project:
        renamed = project.families.rename(key, new)
        project.privacy.carry_nickname(key, new)
    state.emit(
        {"family": renamed.key, "was": key}, lambda: [t("Family {key} is called {new} now.", key=key, new=renamed.key)]
    )


@click.group("attribute", help=t("What the values of attributes are: kinds, kind, rename, remove."))
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


@attribute.command("rename", help=t("Another name for an attribute, in all families."))
@click.argument("name", metavar="NAME")
@click.argument("new", metavar="NEW")
@pass_context
def attribute_rename(state: Context, name: str, new: str) -> None:
    """Rename it."""
    with state.open() as project:
        count = project.families.rename_attribute(name, new)
    said = tn("Renamed in {n} family.", "Renamed in {n} families.", count)
    state.emit({"name": new, "families": count}, lambda: [said])


@attribute.command("remove", help=t("Take an attribute away from all families, with what is said of it."))
@click.argument("name", metavar="NAME")
@pass_context
def attribute_remove(state: Context, name: str) -> None:
    """Take it away."""
    with state.open() as project:
        count = project.families.remove_attribute(name)
    said = tn(
        "Taken away from {n} family. Undo takes it back.", "Taken away from {n} families. Undo takes it back.", count
    )
    state.emit({"name": name, "families": count}, lambda: [said])


# -- people ----------------------------------------------------------------------------------------------------------


@click.group("person", help=t("People of a family: list, add, edit, leave, remove."))
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
        changed = project.families.edit_person(key, **given(role=role, age_group=age_group, joined=joined))
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


@person.command("remove", help=t("Take away somebody who was written down by mistake; who left is noted with leave."))
@click.argument("key", metavar="PERSON")
@pass_context
def person_remove(state: Context, key: str) -> None:
    """Take away, unless something hangs on it."""
    with state.open() as project:
        gone = project.families.remove_person(key)
    state.emit({"person": gone.key}, lambda: [taken_away(gone.key)])


def taken_away(what: str) -> str:
    """That something is gone, and how it comes back."""
    return t("Taken away: {what}. Undo takes it back.", what=what)


def given(**values: Any) -> dict[str, Any]:
    """What was named on the command line."""
    return {name: value for name, value in values.items() if value is not None}


COMMANDS = (family, person, attribute)
