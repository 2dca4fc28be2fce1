"""Crosstabs and quote matrices on the command line; for the team, nothing is masked here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verhalen.cli.crossing_lines import quote_lines, table_lines, test_lines
from verhalen.cli.measuring import moment_options, rule_option, say_written, settings_of
from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t
from verhalen.model.crosstable import Measure, Rows, Unit, Whose
from verhalen.model.ids import encode_id

if TYPE_CHECKING:
    from verhalen.analysis.crossing_tests import RowTest
    from verhalen.analysis.quote_matrix import QuoteMatrix
    from verhalen.model.coding import Fragment
    from verhalen.model.crosstable import CrossTable, Line

Command = TypeVar("Command", bound=Callable[..., Any])
_MEASURES = [each.value for each in Measure if each is not Measure.COEFFICIENT]


def column_options(command: Command) -> Command:
    """Which columns, whose words, which codings, and which change where the columns are that."""
    command = rule_option(moment_options(command))
    for option in reversed(
        (
            click.option(
                "--by",
                required=True,
                metavar="NAME",
                help=t("What the columns are: gemeente, taal or another attribute; change, role, speaker, year, coder..."),
            ),
            click.option(
                "--whose",
                type=click.Choice([each.value for each in Whose]),
                help=t("Families' own words, words about them, or all (own where families are counted or in the columns)."),
            ),
            click.option(
                "--query", "expression", metavar="EXPR", help=t("A question, such as: wonen and not geld (docs/queries.md).")
            ),
            click.option("--instrument", default="", metavar="KEY", help=t("With change: on which instrument.")),
            click.option(
                "--target", default="", metavar="KEY", help=t("With change: of one life domain or group of them only.")
            ),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("crosstab", help=t("Codes by what is known of families, speakers and texts; for the team, unmasked."))
@column_options
@click.option(
    "--rows", type=click.Choice([each.value for each in Rows]), default="code", help=t("What the rows are (code).")
)
@click.option(
    "--unit",
    type=click.Choice([each.value for each in Unit]),
    help=t("What is counted (codings: fragments that lie apart; with --tests: families)."),
)
@click.option("--measure", type=click.Choice(_MEASURES), default="count", help=t("What a cell shows (count)."))
@click.option("--tests", is_flag=True, help=t("Exact tests on families, for researchers."))
@click.option(
    "-o", "target_file", type=click.Path(path_type=Path), metavar="FILE", help=t("Write it as .csv or .xlsx instead.")
)
@pass_context
def crosstab(
    state: Context,
    by: str,
    whose: str | None,
    expression: str | None,
    instrument: str,
    target: str,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    rows: str,
    unit: str | None,
    measure: str,
    tests: bool,
    target_file: Path | None,
) -> None:
    """Show a crosstab, or write it."""
    counted = Unit(unit or ("families" if tests else "codings"))
    with state.open() as project:
        found = project.crossing.table(
            by,
            rows=rows,
            unit=counted,
            query=expression,
            whose=whose,
            instrument=instrument,
            target=target,
            settings=settings_of(days, window, moment, assessor, rule),
        )
        tested = project.crossing.tests(found) if tests else ()
        if target_file is not None:
            say_written(state, project.crossing.write(target_file, found, Measure(measure), tests=tested))
            return
    state.emit(
        _table_json(found, Measure(measure), tested),
        lambda: [*table_lines(found, Measure(measure)), *test_lines(found, tested), *map(str, found.notes)],
    )


@click.command("quotes", help=t("What is said under a code, side by side; for the team, unmasked."))
@click.option(
    "--code",
    "codes",
    required=True,
    multiple=True,
    metavar="KEY",
    help=t("A code, with all below it; may be repeated."),
)
@column_options
@click.option(
    "-o", "target_file", type=click.Path(path_type=Path), metavar="FILE", help=t("Write it as .csv, .xlsx or .md instead.")
)  # fmt: skip
@pass_context
def quotes(
    state: Context,
    codes: tuple[str, ...],
    by: str,
    whose: str | None,
    expression: str | None,
    instrument: str,
    target: str,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    target_file: Path | None,
) -> None:
    """Show a quote matrix, or write it."""
    with state.open() as project:
        found = project.crossing.quotes(
            codes,
            by,
            query=expression,
            whose=whose,
            instrument=instrument,
            target=target,
            settings=settings_of(days, window, moment, assessor, rule),
        )
        if target_file is not None:
            say_written(state, project.crossing.write(target_file, found))
            return
    state.emit(_quotes_json(found), lambda: [*quote_lines(found), *map(str, found.notes)])


# -- for programs ------------------------------------------------------------------------------------------------------


def _table_json(found: CrossTable, measure: Measure, tested: Sequence[RowTest]) -> dict[str, object]:
    return {
        "by": found.by,
        "lines": found.lines,
        "unit": found.unit.value,
        "whose": found.whose,
        "measure": measure.value,
        "columns": _columns(found),
        "rows": [_row_json(found, index, measure, tested) for index in range(len(found.rows))],
        "total": found.total,
        "notes": [str(note) for note in found.notes],
    }


def _columns(found: CrossTable) -> list[dict[str, object]]:
    return [
        {**_line(each), "total": total, "families": each.families, "sources": each.sources, "words": each.words}
        for each, total in zip(found.columns, found.column_totals, strict=True)
    ]


def _line(line: Line) -> dict[str, object]:
    return {"key": line.key, "name": line.name, "n": line.n}


def _row_json(found: CrossTable, index: int, measure: Measure, tested: Sequence[RowTest]) -> dict[str, object]:
    row = found.rows[index]
    said: dict[str, object] = {
        "key": row.key,
        "name": row.name,
        "depth": row.depth,
        "total": found.row_totals[index],
        "cells": list(found.counts[index]),
    }
    if measure is not Measure.COUNT:
        said["shown"] = [found.shown(index, column, measure) for column in range(len(found.columns))]
    if tested:
        test = tested[index].test
        said["test"] = {
            "p": test.p.value,
            "p_holm": tested[index].holm_p,
            "method": t(test.method) if test.method else None,
            "seed": test.seed,
            "draws": test.draws or None,
            "undefined": t(test.p.reason) if test.p.value is None else None,
        }
    return said


def _quotes_json(found: QuoteMatrix) -> dict[str, object]:
    return {
        "by": found.by,
        "whose": found.table.whose,
        "columns": _columns(found.table),
        "rows": [
            {
                "key": row.key,
                "name": row.name,
                "cells": [
                    {"column": column.key, "fragments": [_fragment(each) for each in found.cell(row.key, column.key)]}
                    for column in found.columns
                ],
            }
            for row in found.rows
        ],
        "notes": [str(note) for note in found.notes],
    }


def _fragment(each: Fragment) -> dict[str, object]:
    coding = each.coding
    return {
        "coding_id": encode_id(coding.id),
        "source_id": encode_id(coding.source_id),
        "source": each.source_number,
        "title": each.source_title,
        "start": coding.start,
        "stop": coding.stop,
        "text": each.text,
        "code": coding.code,
        "coder": coding.coder,
        "valence": coding.valence.value,
        "speaker": each.speaker,
        "role": each.speaker_role,
        "family": each.family,
        "about": list(each.about),
    }


COMMANDS = (crosstab, quotes)
