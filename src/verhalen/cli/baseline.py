"""The table of baselines on the command line; for the team, nothing is masked here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.cli.measuring import file_option, instrument_option, moment_options, rule_option, say_written, settings_of
from verhalen.cli.output import Context, pass_context, table
from verhalen.cli.scores import scores
from verhalen.i18n import t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verhalen.analysis.baseline import Baseline, BaselineRow


@scores.command(
    "baseline",
    help=t("How it was at the first registration, of all families; also of those that were never followed. Unmasked."),
)
@instrument_option
@moment_options
@rule_option
@file_option
@pass_context
def scores_baseline(
    state: Context,
    instrument: str,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    target: Path | None,
) -> None:
    """Show the table of baselines, or write it."""
    with state.open() as project:
        found = project.scores.baseline(instrument, settings=settings_of(days, window, moment, assessor, rule))
        if target is not None:
            say_written(state, project.scores.write_baseline(target, found))
            return
    state.emit(baseline_json(found), lambda: _lines(found))


def baseline_json(found: Baseline) -> dict[str, object]:
    """Items first, then the domains of the instrument, with who stands here only."""
    return {
        "instrument": found.scored.instrument.key,
        "registered": len(found.registered),
        "followed": len(found.followed),
        "only_here": {reason.value: list(families) for reason, families in found.only_here.items()},
        "items": [_row_json(row) for row in found.items],
        "domains": [_row_json(row) for row in found.domains],
    }


def _row_json(row: BaselineRow) -> dict[str, object]:
    return {
        "key": row.key,
        "name": row.name,
        "level": row.level.value,
        "life_domain": row.life_domain or None,
        "items": row.items,
        "n": row.n,
        "n_families": row.n_families,
        "n_persons": row.n_persons,
        "values": {str(value): n for value, n in row.values.items()},
        "median": row.median.value,
        "undefined": t(row.median.reason) if row.median.reason else None,
        "missing": {reason.value: list(families) for reason, families in row.missing.items()},
    }


def _lines(found: Baseline) -> list[str]:
    once = "; ".join(t("{reason}: {n}", reason=t(why.label), n=len(them)) for why, them in found.only_here.items())
    said = [
        t(
            "{instrument}, first registration; {rule}; judged by: {assessor}.",
            instrument=found.scored.instrument.name,
            rule=t(found.scored.settings.rule.label),
            assessor=t(found.scored.assessor.label),
        ),
        t(
            "{registered} families registered, of whom {followed} are in the table of change too.",
            registered=len(found.registered),
            followed=len(found.followed),
        ),
    ]
    if once:
        said.append(t("In this table only: {reasons}.", reasons=once))
    said += _table(found, found.items, t("item"))
    if found.domains:
        said += [
            "",
            t("Domains of the instrument: the lower median of their items, where at least half were answered."),
            *_table(found, found.domains, t("domain")),
        ]
    return said


def _table(found: Baseline, rows: Iterable[BaselineRow], what: str) -> list[str]:
    instrument = found.scored.instrument
    scale = range(instrument.low, instrument.high + 1)
    header = [what, t("families"), t("persons"), t("middle"), *map(str, scale), t("no value")]
    cells = [
        (
            *(row.key, row.n_families, row.n_persons or None),
            "–" if row.median.value is None else int(row.median.value),
            *(n or None for n in row.values.values()),
            "; ".join(t("{reason}: {n}", reason=t(why.label), n=len(them)) for why, them in row.missing.items()),
        )
        for row in rows
    ]
    return table(header, cells, optional=(2,), below=True)


COMMANDS = (scores,)
