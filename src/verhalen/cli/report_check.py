"""Built reports on the command line: does it all still hold, and bring it up to date in place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.report.checking import Changed, Checked, Finding
    from verhalen.report.refreshing import Refreshed


@click.command("check", help=t("Whether everything in a built report still holds today."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@click.option("--today", is_flag=True, help=t("Count what still runs up to today, not up to the day of building."))
@pass_context
def report_check(state: Context, file: Path, *, today: bool) -> None:
    """Check a report; exit code 1 where something does not hold."""
    from verhalen.report.check_words import checked_lines

    with state.open() as project:
        checked = project.reports.check(file, day=_today() if today else None)
    if not checked.holds:
        state.exit_code = 1
    state.emit(_checked_json(checked), lambda: checked_lines(checked))


@click.command("refresh", help=t("New numbers, tables, charts and quotes in a report that you went on writing in."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.docx")
@click.option("-o", "target", type=click.Path(path_type=Path), metavar="OUT.docx", help=t("Where it goes."))
@click.option("--today", is_flag=True, help=t("Count what still runs up to today, not up to the day of building."))
@pass_context
def report_refresh(state: Context, file: Path, target: Path | None, *, today: bool) -> None:
    """Refresh a report; exit code 1 where something could not be brought up to date."""
    from verhalen.report.check_words import refreshed_lines

    with state.open() as project:
        done = project.reports.refresh(file, target, day=_today() if today else None)
    if done.left or done.warnings:
        state.exit_code = 1
    state.emit(_refreshed_json(done), lambda: refreshed_lines(done))


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _checked_json(checked: Checked) -> dict[str, object]:
    manifest = checked.manifest
    return {
        "path": checked.path,
        "holds": checked.holds,
        "built": {
            "day": manifest.day,
            "audience": manifest.audience,
            "version": manifest.program,
            "state": manifest.state,
            "project_changed": checked.later,
        },
        **_findings_json(checked.findings),
        "warnings": [
            {"id": each.entry.id, "text": each.reason}
            for each in checked.findings
            if each.state == "right" and each.reason
        ],
    }


def _findings_json(findings: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "numbers": [
            {
                "id": each.entry.id,
                "kind": each.entry.kind,
                "source": each.source,
                "state": each.state,
                "value": None if each.suppressed or not each.now else each.now,
                "suppressed": each.suppressed,
                "edited": each.edited,
                "reason": each.reason,
                "changes": [_change_json(change) for change in each.changes],
            }
            for each in findings
            if not each.is_quote
        ],
        "quotes": [
            {
                "id": each.entry.id,
                "kind": each.entry.kind,
                "source": each.source,
                "state": each.state,
                "edited": each.edited,
                "reason": each.reason,
            }
            for each in findings
            if each.is_quote
        ],
    }


def _change_json(change: Changed) -> dict[str, object]:
    return {"table": change.table, "row": change.row, "column": change.column, "was": change.was, "now": change.now}


def _refreshed_json(done: Refreshed) -> dict[str, object]:
    return {
        "path": done.path,
        "written": done.written,
        **_findings_json(done.replaced),
        "removed": done.removed,
        "left": [{"source": each.source, "reason": each.why} for each in done.left],
        "kept": done.kept,
        "warnings": list(done.warnings),
    }
