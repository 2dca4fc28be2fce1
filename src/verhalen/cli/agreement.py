"""Agreement between coders on the command line. No traffic light: figures, n, how often, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import mark, t, tn

if TYPE_CHECKING:
    from verhalen.analysis.agreeing import AgreementRow, AgreementTable
    from verhalen.statistics.outcome import Outcome

_MOST_PLACES = 40
_UNITS = {
    "turn": mark("turn"),
    "sentence": mark("sentence"),
    "paragraph": mark("paragraph"),
    "coded": mark("turn with a code"),
}


@click.command("agreement", help=t("How far coders agree, per code: percent, kappa, alpha, and alpha of running text."))
@click.option("--code", "codes", multiple=True, metavar="KEY", help=t("Only this code; may be repeated."))
@click.option(
    "--group", default="", metavar="KEY", help=t("The codes right below this one, as answers that exclude each other.")
)
@click.option(
    "--unit",
    type=click.Choice(["turn", "sentence", "paragraph", "coded"]),
    default="turn",
    help=t("What is compared; coded: turns with at least one code."),
)
@click.option("--coders", default="", metavar="A,B", help=t("Who; without it all who share a text."))
@click.option("--source", "sources", multiple=True, metavar="ID", help=t("Only this text; may be repeated."))
@click.option("--intervals", is_flag=True, help=t("With a bootstrap interval of alpha; takes longer."))
@click.option("--disagreements", is_flag=True, help=t("With the places where coders differ."))
@click.option("-o", "target", type=click.Path(path_type=Path), metavar="FILE", help=t("Write a .csv or .xlsx table."))
@pass_context
def agreement(
    state: Context,
    codes: tuple[str, ...],
    group: str,
    unit: str,
    coders: str,
    sources: tuple[str, ...],
    *,
    intervals: bool,
    disagreements: bool,
    target: Path | None,
) -> None:
    """Compare coders."""
    with state.open() as project:
        wanted = [project.sources.get(each).id for each in sources]
        named = [each.strip() for each in coders.split(",") if each.strip()]
        found = project.agreement.table(
            codes=codes, group=group, unit=unit, coders=named, sources=wanted, intervals=intervals
        )
        numbers = project.agreement.source_numbers()
        if target is not None:
            project.agreement.write(target, found)
    state.emit(
        [_row_json(row, found, numbers, places=disagreements) for row in found.rows],
        lambda: list(_lines(found, numbers, places=disagreements)),
    )


def _row_json(
    row: AgreementRow, found: AgreementTable, numbers: Mapping[int, int], *, places: bool
) -> dict[str, object]:
    between = row.alpha_interval
    return {
        "code": row.code,
        "coders": [each.name for each in found.coders],
        "unit": found.unit.value,
        "n": row.n,
        "prevalence": list(row.prevalence),
        "percent": row.percent.value,
        "kappa": row.kappa.value,
        "fleiss": row.fleiss.value,
        "alpha": row.alpha.value,
        "alpha_interval": None
        if between is None
        else {
            "low": between.low,
            "high": between.high,
            "seed": between.seed,
            "draws": between.draws,
            "reason": t(between.reason),
        },
        "u_alpha": row.u_alpha.value,
        "binary_alpha": row.binary_alpha.value,
        "cu_alpha": row.cu_alpha.value,
        "version": found.version,
        "undefined": {name: t(reason) for name, reason in row.undefined.items()},
        "disagreements": [
            {
                "source_id": str(numbers.get(each.source_id, "")),
                "start": each.start,
                "stop": each.stop,
                "said": list(each.said),
            }
            for each in row.disagreements
        ]
        if places
        else len(row.disagreements),
    }


def _lines(found: AgreementTable, numbers: Mapping[int, int], *, places: bool) -> Iterator[str]:
    if len(found.coders) < 2 or not found.rows:
        yield t("No text was coded by two coders yet: give a colleague a text to code too.")
        return
    yield t(
        "{coders} · unit: {unit} · {n}",
        coders=", ".join(each.name for each in found.coders),
        unit=t(_UNITS[found.unit.value]),
        n=tn("{n} text", "{n} texts", len(found.sources)),
    )
    header = (t("code"), "n", t("how often"), "%", "kappa", "alfa", "u", "cu", t("differ"))
    yield from table(header, [_line(row) for row in found.rows])
    yield t("Alpha of running text (u, cu) by the formulas of {version}.", version=found.version)
    reasons = sorted({t(reason) for row in found.rows for reason in row.undefined.values()})
    if reasons:
        yield "–: " + "; ".join(reasons)
    if places:
        yield from _places(found, numbers)


def _line(row: AgreementRow) -> tuple[object, ...]:
    from verhalen.scores.wording import decimals

    often = " / ".join(str(count) for count in row.given)
    figures = (row.kappa, row.alpha, row.u_alpha, row.cu_alpha)
    percent = "–" if row.percent.value is None else decimals(100 * row.percent.value, 1)
    return (row.code, row.n, often, percent, *(_figure(each) for each in figures), len(row.disagreements))


def _figure(outcome: Outcome) -> str:
    from verhalen.scores.wording import decimals

    return "–" if outcome.value is None else decimals(outcome.value, 3)


def _places(found: AgreementTable, numbers: Mapping[int, int]) -> Iterator[str]:
    every = [each for row in found.rows for each in row.disagreements]
    header = (t("code"), t("source"), t("place"), *(each.name for each in found.coders))
    rows = [
        (each.code, numbers.get(each.source_id, ""), f"{each.start}-{each.stop}", *(_gave(said) for said in each.said))
        for each in every[:_MOST_PLACES]
    ]
    yield ""
    yield from table(header, rows)
    if len(every) > _MOST_PLACES:
        yield t("… and {n} more; -o FILE.xlsx writes them all.", n=len(every) - _MOST_PLACES)


def _gave(said: str | None) -> str:
    return t("did not code this text") if said is None else said or "–"


COMMANDS = (agreement,)
