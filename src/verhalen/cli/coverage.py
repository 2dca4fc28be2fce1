"""Whose stories are heard, on the command line. For the team only: families stand here by their code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import period as period_of
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.analysis.coverage import CoverageRow
    from verhalen.analysis.guard import Guard, Line


@click.command("coverage", help=t("Whose stories are heard and whose are not; whom to invite."))
@click.option("--period", type=period_of, metavar="A..B", help=t("Stories told from day to day; without it all time."))
@click.option("--instrument", default="", metavar="KEY", help=t("By whose scores; without it the one used most."))
@click.option(
    "--draw", type=click.IntRange(min=0), default=5, metavar="N", help=t("Draw so many families to invite (5).")
)
@click.option("--seed", type=int, metavar="N", help=t("Draw the same families again."))
@pass_context
def coverage(
    state: Context, period: tuple[dt.date, dt.date] | None, instrument: str, draw: int, seed: int | None
) -> None:
    """Show who told."""
    with state.open() as project:
        found = project.covering.guard(period=period, instrument=instrument, draw=draw, seed=seed)
    state.emit(guard_json(found), lambda: list(guard_lines(found)))


def guard_json(found: Guard) -> dict[str, object]:
    """As other programs read it."""
    return {
        "period": list(found.period) if found.period else None,
        "families": len(found.families),
        "telling": len(found.telling),
        "lines": [{"line": each.key, "rows": [_row_json(row) for row in each.rows]} for each in found.lines],
        "better_against_worse_p": found.fisher.value if found.fisher else None,
        "balance": {
            "answers": {answer.value: number for answer, number in found.balance.answers.items()},
            "asked_positive": found.balance.asked_positive,
            "asked_negative": found.balance.asked_negative,
            "not_asked_reasons": dict(found.balance.reasons),
            "too_sunny": found.balance.is_too_sunny,
        },
        "invite": list(found.invite),
        "drawn": list(found.drawn),
        "seed": found.seed,
    }


def _row_json(row: CoverageRow) -> dict[str, object]:
    return {
        "class": row.key,
        "families": row.families,
        "with_story": row.with_story,
        "ratio": row.ratio,
        "skewed": row.is_skewed,
        "without": list(row.without),
    }


def guard_lines(found: Guard) -> Iterator[str]:
    """For people, in the order in which a team talks about it."""
    yield t("{told} of the {all} families told a story.", told=len(found.telling), all=len(found.families))
    for each in found.lines:
        if len(each.rows) > 1 or each.key == "change":
            yield from _line(each)
    if found.fisher is not None and found.fisher.value is not None:
        p = f"{found.fisher.value:.3f}"
        yield t("Better against worse, exact test of Fisher: p = {p}. Between researchers only.", p=p)
    yield ""
    yield from balance_lines(found)
    yield ""
    if found.invite:
        yield t(
            "It got worse for them and they told nothing; ask them first: {families}", families=", ".join(found.invite)
        )
    if found.drawn:
        drawn = ", ".join(found.drawn)
        yield t(
            "Drawn at random among those without a story (seed {seed}): {families}", seed=found.seed, families=drawn
        )


def _line(each: Line) -> Iterator[str]:
    yield ""
    header = (t(each.title), t("families"), t("told"), t("share compared with all"), "")
    rows = [
        (
            t(row.label) if each.key == "change" or not row.key else row.label,
            row.families,
            row.with_story,
            "" if row.ratio is None else f"{row.ratio:.2f}",
            _remark(row),
        )
        for row in each.rows
        if row.families
    ]
    yield from table(header, rows)


def _remark(row: CoverageRow) -> str:
    if not row.is_skewed or row.ratio is None:
        return ""
    return t("! heard far less") if row.ratio < 1 else t("! heard far more")


def balance_lines(found: Guard) -> Iterator[str]:
    """Good and bad news, and what was asked."""
    balance = found.balance
    counts = ", ".join(f"{t(answer.label)} {number}" for answer, number in balance.answers.items())
    yield t("Stories: {n} ({counts})", n=balance.stories, counts=counts)
    yield t(
        "Asked what became better: {positive} of {n}; what became harder: {negative} of {n}.",
        positive=balance.asked_positive,
        negative=balance.asked_negative,
        n=balance.stories,
    )
    if balance.is_too_sunny:
        yield t(
            "! No story of something that became harder, and it was not asked everywhere. This picture is too sunny."
        )


COMMANDS = (coverage,)
