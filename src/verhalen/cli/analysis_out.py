"""Other ways out on the command line: words as numbers for other programs, and a report as one page of HTML."""

from __future__ import annotations

from pathlib import Path

import click

from verhalen.cli.measuring import moment_options, rule_option, settings_of
from verhalen.cli.output import Context, pass_context
from verhalen.cli.relating import say_tables
from verhalen.cli.reports import report, report_build
from verhalen.i18n import t


@click.command(
    "tables",
    help=t(
        "Words as numbers for R and SPSS, a row per family: codes as 0/1 and counted, attributes, change; with a codebook. "
        "OUT is a folder, or a file .xlsx, .csv or .sav. Unmasked."
    ),
)
@click.argument("target", type=click.Path(path_type=Path), metavar="OUT")
@click.option(
    "--format", "kind", type=click.Choice(["csv", "sav"]), default="csv", help=t("What goes into a folder (csv).")
)
@click.option(
    "--codes",
    type=click.Choice(["used", "evidence", "all"]),
    default="used",
    help=t("Codes with fragments, codes that are evidence, or all."),
)
@click.option(
    "--instrument", default="sociale_balans", metavar="KEY", help=t("Whose change is told; empty: no scores.")
)
@moment_options
@rule_option
@click.option("--comma", is_flag=True, help=t("CSV with a comma between cells instead of a semicolon."))
@click.option("--bom", is_flag=True, help=t("CSV that says it is UTF-8, for Excel."))
@pass_context
def tables(
    state: Context,
    target: Path,
    kind: str,
    codes: str,
    instrument: str,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    comma: bool,
    bom: bool,
) -> None:
    """Write them."""
    from verhalen.exchange.data_tables import CsvForm

    settings = settings_of(days, window, moment, assessor, rule)
    with state.open() as project:
        done = project.relating.write_tables(
            target,
            instrument=instrument or None,
            settings=settings,
            codes=codes,
            kind="sav" if kind == "sav" else "csv",
            form=CsvForm("," if comma else ";", bom),
        )
    say_tables(state, done)


@report.command(
    "page", help=t("Build the report as one page of HTML, guarded as in Word: to mail, to print, to read aloud.")
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.md")
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, metavar="OUT.html", help=t("Where it goes.")
)
@click.option(
    "--audience", type=click.Choice(["internal", "council", "public"]), help=t("For whom; decides what is masked.")
)
@click.pass_context
def report_page(context: click.Context, file: Path, target: Path, audience: str | None) -> None:
    """Build it by the same way as Word."""
    if target.suffix.lower() != ".html":
        raise click.BadParameter(t("a page ends on .html"), param_hint="-o")
    context.invoke(report_build, file=file, target=target, audience=audience)


COMMANDS = (tables,)
