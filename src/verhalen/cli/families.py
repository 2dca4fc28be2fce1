"""Families on the command line: list, import, export, what would identify somebody, and who waits for a snapshot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.days import one_day, today
from verhalen.cli.family import municipality_option, warn_of_telling
from verhalen.cli.mappings import mapping_commands
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.i18n import mark, t, tn
from verhalen.settings import MOST_SNAPSHOT_DAYS, keep_snapshot_days, load_settings

if TYPE_CHECKING:
    from verhalen.exchange.columns import Counts
    from verhalen.exchange.family_plan import FamilyImport
    from verhalen.exchange.family_preview import FamilyPreview
    from verhalen.model.family import Family

_KINDS = {
    "families": mark("families"),
    "persons": mark("persons"),
    "trajectories": mark("trajectories"),
    "contacts": mark("contacts"),
}
_MOST = 50
"""Problems that are written out for people; JSON and the preview have them all."""


@click.group("families", invoke_without_command=True, help=t("Families: list, add, import, export, check, due."))
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
                "referred_on": each.referred_on,
            }
            for each in family.trajectories
        ],
        "attributes": {"gemeente": family.municipality, **dict(family.attributes)},
        "snapshots": family.snapshots,
        "stories": family.stories,
    }


@families.command("add", help=t("Add a family; without a code it takes the next free one, with a check letter."))
@click.argument("key", metavar="[KEY]", default="")
@municipality_option
@pass_context
def families_add(state: Context, key: str, municipality: str | None) -> None:
    """Store a new family."""
    with state.open() as project:
        family = project.families.add(key, municipality=municipality or "")
        warn_of_telling(project, municipality or "")
    state.emit({"family": family.key}, lambda: [t("Family {key} was added.", key=family.key)])


@families.command("import", help=t("Import families, persons, trajectories or contacts (CSV, XLSX)."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--mapping", metavar="NAME", help=t("Columns that were kept under a name: see families mapping."))
@click.option("--preview", is_flag=True, help=t("Only say what every column means and what would change."))
@pass_context
def families_import(state: Context, file: Path, mapping: str | None, *, preview: bool) -> None:
    """Import a table of families."""
    with state.open() as project:
        if preview:
            _say_preview(state, project.families.preview_file(file, mapping=mapping))
            return
        try:
            done = project.families.import_file(file, mapping=mapping)
        except errors.BadTable as error:
            if not state.as_json:
                for row, column, problem in error.problems[:_MOST]:
                    tell(errors.row_words(row, column, problem))
            raise
        except errors.BadInput:
            if not state.as_json:
                tell(t("Does {file} name its columns otherwise? See: verhalen families mapping --help", file=file.name))
            raise
    state.emit(_counts_json(done), lambda: _counts_lines(done))


def _counts(done: FamilyImport) -> dict[str, Counts]:
    return {
        "families": done.families,
        "persons": done.persons,
        "trajectories": done.trajectories,
        "contacts": done.contacts,
    }


def _counts_json(done: FamilyImport) -> dict[str, object]:
    return {
        **{
            key: {"new": each.new, "changed": each.changed, "unchanged": each.unchanged}
            for key, each in _counts(done).items()
        },
        "mapping": done.mapping,
        "warnings": [{"line": each.line, "text": str(each)} for each in done.warnings],
    }


def _counts_lines(done: FamilyImport) -> list[str]:
    said = [
        t(
            "{what}: {new} new, {changed} changed, {unchanged} unchanged.",
            what=t(_KINDS[key]),
            new=each.new,
            changed=each.changed,
            unchanged=each.unchanged,
        )
        for key, each in _counts(done).items()
        if each.new or each.changed or each.unchanged
    ]
    return said + [str(each) for each in done.warnings]


def _say_preview(state: Context, found: FamilyPreview) -> None:
    """Columns, then what would change, then what stands in the way; exit code 1 where something does."""
    from verhalen.exchange.family_preview import KINDS

    header = (t("column"), t("becomes"), t("what happens with it"), t("filled in"), t("different values"))

    def lines() -> list[str]:
        said = []
        for sheet in found.sheets:
            name = f"{sheet.sheet}: " if sheet.sheet else ""
            rows = tn("{n} row", "{n} rows", sheet.rows)
            said.append(f"{name}{t(KINDS[sheet.kind])}, {rows}")
            cells = [(each.column, each.meaning, t(each.use), each.filled, each.different) for each in sheet.columns]
            said += [*table(header, cells), ""]
        if found.skipped:
            said += [t("Left out, as the mapping says: {columns}.", columns=", ".join(found.skipped)), ""]
        said += [t("Nothing was stored. An import would do this:"), *_counts_lines(found.would)]
        if found.errors:
            said.append(t("It cannot be imported like this:"))
            said += [errors.row_words(each.row, each.column, each.message) for each in found.errors[:_MOST]]
        return said

    state.emit(
        {
            "sheets": [
                {
                    "sheet": sheet.sheet,
                    "kind": sheet.kind,
                    "rows": sheet.rows,
                    "columns": [
                        {
                            "column": each.column,
                            "meaning": each.meaning,
                            "use": t(each.use),
                            "filled": each.filled,
                            "different": each.different,
                        }
                        for each in sheet.columns
                    ],
                }
                for sheet in found.sheets
            ],
            "skipped": found.skipped,
            **_counts_json(found.would),
            "errors": [{"row": each.row, "column": each.column, "message": each.message} for each in found.errors],
        },
        lines,
    )
    state.exit_code = 1 if found.errors else 0


@families.command("export", help=t("Write all families as a workbook (.xlsx), or as four tables into a folder."))
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, metavar="PATH", help=t("Where they go."))
@pass_context
def families_export(state: Context, target: Path) -> None:
    """Write the tables."""
    with state.open() as project:
        paths = project.families.export(target)
    state.emit({"paths": paths}, lambda: [t("Written: {path}", path=path) for path in paths])


@families.command("check", help=t("Look for keys and values by which somebody would be recognised."))
@pass_context
def families_check(state: Context) -> None:
    """Exit code 1 where something is found."""
    with state.open() as project:
        found = project.families.check()
    state.exit_code = 1 if found else 0
    state.emit(
        {"found": [{"family": each.family or None, "field": each.field, "what": t(each.what)} for each in found]},
        lambda: (
            [
                t("family {key}, {field}: {what}", key=each.family or "?", field=each.field, what=t(each.what))
                for each in found
            ]
            or [t("Nothing was found by which somebody would be recognised.")]
        ),
    )


@families.command("due", help=t("Families that wait for a snapshot, your own first; or put one of them off."))
@click.option(
    "--days",
    type=click.IntRange(1, MOST_SNAPSHOT_DAYS),
    metavar="N",
    help=t("After so many days without a snapshot; without it the setting, which begins at 92."),
)
@click.option(
    "--keep", is_flag=True, help=t("Keep this number of days as the setting on this computer, for the app too.")
)
@click.option("--later", default="", metavar="KEY", help=t("Put this family off."))
@click.option("--until", type=one_day, metavar="DAY", help=t("Until this day; without it for two weeks."))
@click.option(
    "--reason",
    type=click.Choice(["crisis", "afwezig", "gepland", "loopt_af", "andere"]),
    default="andere",
    help=t("Why it can wait."),
)
@click.option("--all", "everything", is_flag=True, help=t("Also those that were put off."))
@pass_context
def families_due(
    state: Context, days: int | None, later: str, until: dt.date | None, reason: str, *, keep: bool, everything: bool
) -> None:
    """List them; with `--later` put one off first, with `--keep` keep the days first."""
    now = today()
    if keep and days is None:
        raise click.UsageError(t("--keep needs --days"))
    if keep and days is not None:
        keep_snapshot_days(days)
    wait = days or load_settings().snapshot_days
    with state.open() as project:
        if later:
            project.families.snooze(later, until or now + dt.timedelta(days=14), reason)
        found = project.families.due(today=now, days=wait)
    shown = [each for each in found if everything or each.later is None]
    header = (t("family"), t("family coach"), t("last snapshot"), t("days"), t("put off until"))
    rows = [(each.family.key, each.family.coach, each.family.last_snapshot, each.days, each.until) for each in shown]
    state.emit(
        [
            {
                "family": each.family.key,
                "coach": each.family.coach,
                "mine": each.mine,
                "last": each.family.last_snapshot,
                "days": each.days,
                "later": each.later.value if each.later else None,
                "until": each.until,
            }
            for each in shown
        ],
        lambda: [
            t("In support, and without a snapshot for more than {days} days:", days=wait),
            *(table(header, rows) if rows else [t("No family waits for a snapshot.")]),
        ],
    )


for command in mapping_commands(
    lambda project: project.families,
    "verhalen families mapping Cebud-export --set Gezinsnr=gezin --set Type=gezinsvorm",
):
    families.add_command(command)

COMMANDS = (families,)
