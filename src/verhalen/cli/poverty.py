"""The approximation of the poverty index on the command line; for the team, nothing is masked here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.measuring import basis_lines, file_option, moment_options, say_written, settings_of
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.scores import scores
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.analysis.poverty import Poverty
    from verhalen.scores.poverty_table import PovertyTable


@scores.command(
    "poverty", help=t("An approximation of the poverty index, before and after; the mapping of items is our own.")
)
@moment_options
@click.option("--threshold", type=int, metavar="N", help=t("Poor from so many indicators on (3)."))
@click.option("--details", is_flag=True, help=t("Families, transitions, reasons and the revised baseline besides."))
@file_option
@pass_context
def scores_poverty(
    state: Context,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    threshold: int | None,
    details: bool,
    target: Path | None,
) -> None:
    """Show the index, or write it."""
    with state.open() as project:
        found = project.scores.poverty(settings=settings_of(days, window, moment, assessor), threshold=threshold)
        if target is not None:
            say_written(state, project.scores.write_poverty(target, found))
            return
    state.emit(
        {**poverty_json(found), **(_details_json(found) if details else {})},
        lambda: [*_lines(found), *(_detail_lines(found) if details else [])],
    )


def poverty_json(found: Poverty) -> dict[str, object]:
    """The shape of the contract, nothing more."""
    counts = found.table
    before, after = counts.poor()
    return {
        "registered": found.registered,
        "followed": counts.followed,
        "too_short": found.registered - counts.followed,
        "undecided": len(counts.undecided),
        **_classes_json(counts),
        "poor_before": before,
        "poor_after": after,
        "sign_p": counts.sign_p().value,
        "mcnemar_p": counts.mcnemar_p().value,
    }


def _classes_json(counts: PovertyTable) -> dict[str, object]:
    from verhalen.scores.poverty_index import BETTER, WORSE

    return {
        "classes": {name.value: n for name, n in counts.classes().items()},
        "improved": {name.value: n for name, n in counts.steps(BETTER).items()},
        "worsened": {name.value: n for name, n in counts.steps(WORSE).items()},
    }


def _details_json(found: Poverty) -> dict[str, object]:
    from verhalen.scores.poverty_index import NAME

    settings = found.scored.settings
    return {
        "name": t(NAME),
        "threshold": found.table.threshold,
        "days": settings.days,
        "window": settings.window,
        "moment": settings.at.value,
        "assessor": found.scored.assessor.value,
        "without_registration": len(found.scored.views.after_window),
        "not_followed": {reason.value: len(them) for reason, them in found.scored.views.unfollowed.items()},
        "other_assessor": list(found.other_assessor),
        "heavy_before": found.heavy[0],
        "heavy_after": found.heavy[1],
        "transitions": found.table.transitions(len(found.index.indicators)),
        "poor_transitions": {
            f"{'poor' if was else 'not_poor'}_{'poor' if now else 'not_poor'}": n
            for (was, now), n in found.table.poor_table().items()
        },
        "reasons": {reason.value: n for reason, n in found.reasons.items()},
        "without_reason": list(found.without_reason),
        "revised": None if found.revised is None else _classes_json(found.revised),
        "families": [
            {
                "family": each.family,
                "s0_min": each.before.low,
                "s0_max": each.before.high,
                "s1_min": each.after.low,
                "s1_max": each.after.high,
                "class": each.poverty_class.value if each.poverty_class else "undecided",
                "step": each.step.value if each.step else None,
                "missing": list(each.missing),
                "turned": list(each.turned),
            }
            for each in found.table.families
        ],
    }


def _lines(found: Poverty) -> list[str]:
    from verhalen.scores.poverty_index import BETTER, NAME, WORSE, PovertyClass

    counts = found.table
    before, after = counts.poor()
    rows: list[tuple[str, int]] = []
    steps = {PovertyClass.IMPROVED: BETTER, PovertyClass.WORSENED: WORSE}
    for name, n in counts.classes().items():
        rows.append((t(name.label), n))
        rows += [(f"  {t(step.label)}", m) for step, m in counts.steps(steps.get(name, ())).items()]
    rows.append((t("undecided: a missing indicator decides"), len(counts.undecided)))
    return [
        t(NAME).capitalize(),
        *basis_lines(found.scored),
        t("Poor from {n} indicators on.", n=counts.threshold),
        *table((t("class"), t("families")), rows),
        t("Poor before: {before}; after: {after}.", before=before, after=after),
        t(
            "Sign test of improved against worsened: p = {sign}. McNemar, out of poverty against into it: p = {mcnemar}.",
            sign=_p(counts.sign_p().value),
            mcnemar=_p(counts.mcnemar_p().value),
        ),
    ]


def _detail_lines(found: Poverty) -> list[str]:
    matrix = found.table.transitions(len(found.index.indicators))
    said = [
        t("Indicators before (rows) and after (columns), families of whom all is known:"),
        *table(
            ["", *map(str, range(len(matrix)))], [[n, *(each or "." for each in row)] for n, row in enumerate(matrix)]
        ),
    ]
    if found.reasons:
        given = "; ".join(t("{reason}: {n}", reason=t(each.label), n=n) for each, n in found.reasons.items())
        said.append(t("Reasons given for a worsening: {given}.", given=given))
    if found.without_reason:
        said.append(t("Worsened, and nobody said why: {families}.", families=", ".join(found.without_reason)))
    if found.table.undecided:
        said.append(t("Undecided: {families}.", families=", ".join(found.table.undecided)))
    if found.revised is not None:
        counts = "; ".join(t("{reason}: {n}", reason=t(each.label), n=n) for each, n in found.revised.classes().items())
        said.append(t("With the revised baselines: {counts}.", counts=counts))
    return said


def _p(value: float | None) -> str:
    from verhalen.scores.wording import decimals

    return "-" if value is None else decimals(value, 4)


COMMANDS = (scores,)
