"""Words and numbers together on the command line: joint displays and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli import report_files
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t, tn
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.analysis.joint import JointRow
    from verhalen.analysis.tally import ValenceCount


@click.command("joint", help=t("Numbers and words side by side (J1)."))
@click.argument("display", type=click.Choice(["J1", "J2", "J3", "J4", "J5"]), metavar="J1")
@click.option("--instrument", default="", metavar="KEY", help=t("Which instrument."))
@pass_context
def joint(state: Context, display: str, instrument: str) -> None:
    """Print a joint display; internal, so nothing is masked."""
    if display != "J1":
        raise errors.NotYetPossible(what=display, instead=t("J1 shows numbers and words side by side."))
    with state.open() as project:
        rows = project.reports.joint(instrument=instrument)
    header = (
        t("life domains"),
        "n",
        t("better"),
        t("same"),
        t("worse"),
        t("stories"),
        t("own words"),
        t("about families"),
        t("suggestion"),
    )
    state.emit([_joint_json(row) for row in rows], lambda: table(header, [_joint_line(row) for row in rows]))


def _joint_json(row: JointRow) -> dict[str, object]:
    change, told = row.change, row.stories
    return {
        "key": row.key,
        "name": row.name,
        "n": change.n if change else 0,
        "up": change.up if change else 0,
        "same": change.same if change else 0,
        "down": change.down if change else 0,
        "dominance": change.dominance.value if change else None,
        "stories": {"positive": told.positive, "negative": told.negative, "none": told.none, "open": told.open},
        "own": _valences(row.own),
        "about": _valences(row.about),
        "families_telling": list(row.families_telling),
        "suggestion": row.suggestion.value,
        "verdict": row.verdict.relation.value if row.verdict else None,
        "sentence": row.verdict.sentence if row.verdict else None,
    }


def _valences(count: ValenceCount) -> dict[str, int]:
    return {"positive": count.positive, "negative": count.negative, "mixed": count.mixed, "none": count.none}


def _joint_line(row: JointRow) -> tuple[object, ...]:
    numbers = (row.change.n, row.change.up, row.change.same, row.change.down) if row.change else ("", "", "", "")
    return (row.name, *numbers, row.stories.total, row.own.total, row.about.total, t(row.suggestion.label))


@click.group("report", help=t("Reports in Word: new, build."))
def report() -> None:
    """Hold the subcommands."""


@report.command("new", help=t("Write a complete first version for a city council."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.md")
@pass_context
def report_new(state: Context, file: Path) -> None:
    """Write a first version."""
    with state.open() as project:
        project.reports.new(file)
    state.emit(
        {"path": file},
        lambda: [
            t(
                "Written to {file}. Change the words as you like, then run: verhalen report build {file} -o report.docx",
                file=file,
            )
        ],
    )


@report.command("build", help=t("Build the Word report. Consent and small numbers are guarded."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.md")
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="OUT.docx", help=t("Where it goes.")
)
@click.option(
    "--audience", type=click.Choice(["internal", "council", "public"]), help=t("For whom; decides what is masked.")
)
@click.option("--template", type=click.Path(path_type=Path), metavar="FILE.docx", help=t("Your house style."))
@pass_context
def report_build(state: Context, file: Path, target: Path, audience: str | None, template: Path | None) -> None:
    """Build a report."""
    from verhalen.cli.releases import protection_json, protection_lines
    from verhalen.privacy.clearance import Audience

    with state.open() as project:
        built = project.reports.build(
            file, target, audience=Audience(audience) if audience else None, template=template
        )
    suppressed = sum(each.suppressed for each in built.numbers)
    refused = [each for each in built.quotes if not each.shown]
    state.emit(
        {
            "path": built.path,
            "numbers": [
                {
                    "id": each.id,
                    "kind": each.kind,
                    "value": None if each.suppressed else each.value,
                    "suppressed": each.suppressed,
                    "source": each.source,
                }
                for each in built.numbers
            ],
            "quotes": [
                {
                    **({"story": each.story} if each.story else {"coding_id": encode_id(each.coding_id or 0)}),
                    "shown": each.shown,
                    "reason": each.reason,
                }
                for each in built.quotes
            ],
            **protection_json(built),
            "warnings": [{"line": each.line, "text": str(each)} for each in built.warnings],
        },
        lambda: [
            t("The report stands in {file}.", file=built.path),
            tn(
                "{n} number is not shown, to protect families.",
                "{n} numbers are not shown, to protect families.",
                suppressed,
            ),
            tn("{n} quote was refused.", "{n} quotes were refused.", len(refused)),
            *protection_lines(built),
            *(t("line {line}: ", line=each.line) + str(each) if each.line else str(each) for each in built.warnings),
        ],
    )


for command in report_files.COMMANDS:
    report.add_command(command)

COMMANDS = (joint, report)
