"""The table of change on the command line; for the team, nothing is masked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.change_json import change_json
from verhalen.cli.measuring import (
    basis_lines,
    file_option,
    instrument_option,
    moment_options,
    rule_option,
    say_written,
    settings_of,
)
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.cli.scores import scores
from verhalen.cli.tables import dropped
from verhalen.i18n import mark, t, tn

if TYPE_CHECKING:
    from verhalen.analysis.change_table import ChangeRow, ChangeTable
    from verhalen.scores.windows import WindowRow
    from verhalen.statistics.intervals import Interval

_ABOUT = {"gezin": mark("family"), "volwassene": mark("adults"), "kind": mark("children")}


@scores.command(
    "change", help=t("Who went up, stayed the same or went down between two moments; for the team, unmasked.")
)
@instrument_option
@moment_options
@rule_option
@click.option(
    "--by", default="", metavar="NAME", help=t("Split by an attribute: verwijzer, gemeente, periode, startscore...")
)
@click.option(
    "--per",
    type=click.Choice(["item", "domain", "group", "instrument", "section"]),
    default="item",
    help=t("A row per item, life domain, group of life domains or instrument, or per own domain of it (section)."),
)
@click.option("--apart", is_flag=True, help=t("Family, adults and children apart."))
@click.option("--tests", is_flag=True, help=t("Tests and intervals, for researchers."))
@click.option("--threshold", type=int, metavar="N", help=t("McNemar for who reaches this value."))
@file_option
@pass_context
def scores_change(
    state: Context,
    instrument: str,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    by: str,
    per: str,
    apart: bool,
    tests: bool,
    threshold: int | None,
    target: Path | None,
) -> None:
    """Show the table of change, or write it."""
    settings = settings_of(days, window, moment, assessor, rule)
    with state.open() as project:
        found = project.scores.change(
            instrument,
            settings=settings,
            per=per,
            apart=apart,
            by=by,
            tests=tests or target is not None,
            threshold=threshold,
        )
        if target is not None:
            _tell_limits(found)
            say_written(state, project.scores.write_change(target, found, per=per))
            return
        moved = () if state.as_json else project.scores.windows(instrument, settings=settings)
    _tell_limits(found)
    domains = {item.key: item.domain for item in found.scored.instrument.items}
    state.emit(
        [change_json(found, each, per, domains.get(each.target.key)) for each in found.rows],
        lambda: [
            *basis_lines(found.scored),
            *_window_lines(moved, window),
            *_rows_for_people(found),
            *(_test_lines(found) if tests or threshold is not None else ()),
            *_rule_lines(len(found.rules())),
            _no_comparison(),
        ],
    )


def _no_comparison() -> str:
    from verhalen.scores.wording import NO_COMPARISON

    return t(NO_COMPARISON)


def _tell_limits(found: ChangeTable) -> None:
    """What must be said beside the numbers, on stderr also under `--json`."""
    from verhalen.scores.splitting import COACH, ONLY_INTERNAL

    if found.by == COACH:
        tell(t(ONLY_INTERNAL))
    for each in found.scored.warnings:
        tell(str(each))


def _window_lines(rows: Iterable[WindowRow], used: int) -> list[str]:
    others = [each for each in rows if each.window != used]
    if not any(each.moved for each in others):
        return []
    moved = "; ".join(t("{window} days: {n}", window=each.window, n=len(each.moved)) for each in others)
    return [t("Families that another window would move: {moved}.", moved=moved)]


def _rule_lines(otherwise: int) -> list[str]:
    if not otherwise:
        return []
    return [
        tn(
            "Under another rule for families one item comes out otherwise: verhalen scores rules",
            "Under another rule for families {n} items come out otherwise: verhalen scores rules",
            otherwise,
        )
    ]


def _rows_for_people(found: ChangeTable) -> list[str]:
    from verhalen.scores.wording import decimals

    header = [t("what"), t("families"), t("persons"), t("up"), t("same"), t("down"), "D", t("no pair"), ""]
    split = any(row.value is not None for row in found.rows)
    if split:
        header.insert(1, found.by)
    rows = []
    for row in found.rows:
        change = row.change
        cells: list[object] = [
            _what(row),
            change.n_families,
            change.n_persons or None,
            change.up,
            change.same,
            change.down,
            "" if change.dominance.value is None else decimals(change.dominance.value),
            sum(map(len, change.not_paired.values())) or None,
            "; ".join(_remarks(row)),
        ]
        if split:
            cells.insert(1, row.value if row.value != "" else t("(not filled in)"))
        rows.append(cells)
    remarked = any(cells[-1] for cells in rows)
    if not remarked:
        header, rows = header[:-1], [cells[:-1] for cells in rows]
    optional = [header.index(name) for name in (t("persons"), t("no pair"), "D")]
    gone = dropped(header, rows, optional, below=remarked)
    return [*table(header, rows, optional=optional, below=remarked), *_left_out(header[column] for column in gone)]


def _left_out(names: Iterable[str]) -> list[str]:
    said = ", ".join(names)
    return (
        [t("Left out on this narrow screen: {columns}. All of it: --json, or -o FILE.", columns=said)] if said else []
    )


def _what(row: ChangeRow) -> str:
    """The key; of what joins items also whom they are about, where that is one kind of people."""
    target = row.target
    if target.level is None or target.key == target.items[0].key:
        return target.key
    return f"{target.key} ({t(_ABOUT[target.level.value])})"


def _remarks(row: ChangeRow) -> Iterator[str]:
    change = row.change
    if change.same and not change.looked_again:
        yield t(change.same_label)
    if change.to_read:
        yield t("changed, needs reading: {n}", n=change.to_read)
    if row.revised:
        again = row.revised
        yield t("with the revised baseline {up}, {same}, {down}", up=again.up, same=again.same, down=again.down)
    for reason, n in row.reasons.items():
        yield t("{reason}: {n}", reason=t(reason.label), n=n)


def _test_lines(found: ChangeTable) -> list[str]:
    from verhalen.scores.research import METHOD
    from verhalen.statistics.intervals import DRAWS, SEED

    header = [t("what"), t("sign test"), "Holm", "Wilcoxon", "r", t("up, 95%"), t("D, 95%"), t("threshold, McNemar")]
    rows = []
    for row in found.rows:
        if row.research is None:
            continue
        asked, at = row.research, row.research.threshold
        rows.append(
            [
                _what(row) if row.value is None else f"{_what(row)}: {row.value}",
                _number(row.change.sign_p.value),
                _number(asked.holm_p),
                _number(asked.wilcoxon_p.value),
                _number(asked.rank_biserial.value),
                _ends(asked.better),
                _ends(asked.dominance),
                "" if at is None else f"+{at.gained} -{at.lost} {_number(at.p.value)}",
            ]
        )
    optional = [6, 5, 4, 7]
    return [
        *table(header, rows, optional=optional),
        *_left_out(header[column] for column in dropped(header, rows, optional)),
        t(METHOD),
        t(
            "Intervals of D: bootstrap by family, {draws} draws, seed {seed}; none below ten families.",
            draws=DRAWS,
            seed=SEED,
        ),
    ]


def _number(value: float | None) -> str:
    from verhalen.scores.wording import decimals

    return "-" if value is None else decimals(value, 3)


def _ends(interval: Interval) -> str:
    from verhalen.scores.wording import decimals

    if interval.low is None or interval.high is None:
        return "-"
    return f"{decimals(interval.low)} {decimals(interval.high)}"


COMMANDS = (scores,)
