"""Families on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.model.family import Family


@click.group("families", invoke_without_command=True, help=t("Families: list, add, import."))
@click.pass_context
def families(context: click.Context) -> None:
    """List the families when no subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    state = context.ensure_object(Context)
    with state.open() as project:
        found = project.families.all()
    header = (t("family"), t("municipality"), t("family coach"), t("persons"), t("snapshots"), t("stories"))
    state.emit(
        [_row(family) for family in found],
        lambda: table(
            header,
            [
                (each.key, each.municipality, each.coach, len(each.persons), each.snapshots, each.stories)
                for each in found
            ],
        ),
    )


def _row(family: Family) -> dict[str, object]:
    return {
        "family": family.key,
        "persons": [
            {
                "person": each.key,
                "role": each.role,
                "age_group": each.age_group,
                "joined": each.joined,
                "left": each.left,
            }
            for each in family.persons
        ],
        "trajectories": [
            {
                "trajectory": each.ordinal,
                "referred": each.referred,
                "start": each.start,
                "end": each.end,
                "reason": each.reason,
                "coach": each.coach,
                "project": each.project,
                "referrer": each.referrer,
                "known": each.known,
            }
            for each in family.trajectories
        ],
        "attributes": {"gemeente": family.municipality, **dict(family.attributes)},
        "snapshots": family.snapshots,
        "stories": family.stories,
    }


@families.command("add", help=t("Add a family; without a code it takes the next free one, with a check letter."))
@click.argument("key", metavar="[KEY]", default="")
@click.option("--municipality", default="", metavar="TEXT", help=t("Where the family lives."))
@pass_context
def families_add(state: Context, key: str, municipality: str) -> None:
    """Store a new family."""
    with state.open() as project:
        family = project.families.add(key, municipality=municipality)
    state.emit({"family": family.key}, lambda: [t("Family {key} was added.", key=family.key)])


@families.command("import", help=t("Import families, persons, trajectories or contacts (CSV, XLSX)."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@pass_context
def families_import(state: Context, file: Path) -> None:
    """Import a table of families."""
    with state.open() as project:
        done = project.families.import_file(file)
    kinds = {
        "families": (t("families"), done.families),
        "persons": (t("persons"), done.persons),
        "trajectories": (t("trajectories"), done.trajectories),
        "contacts": (t("contacts"), done.contacts),
    }
    touched = {key: each for key, each in kinds.items() if each[1].new or each[1].changed or each[1].unchanged}
    state.emit(
        {
            **{
                key: {"new": each.new, "changed": each.changed, "unchanged": each.unchanged}
                for key, (_, each) in kinds.items()
            },
            "warnings": [{"line": each.line, "text": str(each)} for each in done.warnings],
        },
        lambda: [
            *(
                t(
                    "{what}: {new} new, {changed} changed, {unchanged} unchanged.",
                    what=name,
                    new=each.new,
                    changed=each.changed,
                    unchanged=each.unchanged,
                )
                for name, each in touched.values()
            ),
            *(str(each) for each in done.warnings),
        ],
    )


COMMANDS = (families,)
