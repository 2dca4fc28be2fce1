"""Reports on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen.cli import report_files
from verhalen.cli.new_report import report_new
from verhalen.cli.output import Context, pass_context
from verhalen.cli.report_check import report_check, report_refresh
from verhalen.i18n import t, tn
from verhalen.model.ids import encode_id


@click.group("report", help=t("Reports in Word: new, build, check, refresh."))
def report() -> None:
    """Hold the subcommands."""


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


for command in (report_new, *report_files.COMMANDS, report_check, report_refresh):
    report.add_command(command)

COMMANDS = (report,)
