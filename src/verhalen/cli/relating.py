"""Codes beside codes, and scores beside what families tell, on the command line; for the team, nothing is masked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.measuring import basis_lines, instrument_option, moment_options, rule_option, settings_of
from verhalen.cli.output import Context, pass_context, table, tell
from verhalen.cli.tables import read_by
from verhalen.i18n import t, tn

if TYPE_CHECKING:
    from verhalen.analysis.typology import TypologyRow, TypologyTable
    from verhalen.exchange.data_tables import Written
    from verhalen.model.cooccurrence import Stretch
    from verhalen.model.crosstable import CrossTable
    from verhalen.statistics.quartiles import Spread

_SHOWN = 40
"""Pairs of codes that fit on a screen or two."""
Command = Callable[..., None]


def out_option(command: Command) -> Command:
    """Write tables with a codebook instead of showing one."""
    return click.option(
        "-o",
        "target",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=t("Write it as .csv, .sav or .xlsx (with a codebook of its columns) instead."),
    )(command)


def together_options(command: Command) -> Command:
    """The options that say when two fragments stand together."""
    for option in reversed(
        (
            click.option(
                "--how",
                type=click.Choice(["overlap", "turn", "near"]),
                default="overlap",
                help=t("They overlap, stand within one turn, or near each other."),
            ),
            click.option("--distance", type=int, metavar="N", help=t("How far near is: 200 characters, or 1 turn.")),
            click.option(
                "--in",
                "gap",
                type=click.Choice(["characters", "turns"]),
                default="characters",
                help=t("In what that is counted."),
            ),
            click.option(
                "--unit",
                type=click.Choice(["codings", "families", "sources"]),
                default="codings",
                help=t("What is counted: fragments, families or sources."),
            ),
            click.option(
                "--below", is_flag=True, help=t("Each code with those below it; without --codes the highest ones.")
            ),
            click.option("--query", metavar="EXPR", help=t("Only fragments that a question asks for.")),
        )
    ):
        command = option(command)
    return command


@click.command("cooccurrence", help=t("How often two codes stand together, and how strongly. For the team, unmasked."))
@together_options
@click.option("--codes", metavar="KEY", help=t("Only these codes, with commas between."))
@click.option("--behind", metavar="KEY", help=t("The fragments behind a pair of codes, with a comma between."))
@out_option
@pass_context
def cooccurrence(
    state: Context,
    how: str,
    distance: int | None,
    gap: str,
    unit: str,
    below: bool,
    query: str | None,
    codes: str | None,
    behind: str | None,
    target: Path | None,
) -> None:
    """Show the pairs of codes, the fragments behind one of them, or write all."""
    if behind is not None:
        _show_behind(state, _two(behind), how=how, distance=distance, gap=gap, unit=unit, below=below, query=query)
        return
    wanted = [key.strip() for key in codes.split(",") if key.strip()] if codes else None
    with state.open() as project:
        found = project.relating.cooccurrence(
            how=how, distance=distance, gap=gap, unit=unit, codes=wanted, below=below, query=query
        )
        if target is not None:
            said = [(t("together"), how), (t("distance"), distance), (t("question"), query)]
            say_tables(state, project.relating.write_cooccurrence(target, found, method=said))
            return
    state.emit(_json(found, how), lambda: _lines(found))


def _two(behind: str) -> tuple[str, str]:
    keys = [key.strip() for key in behind.split(",")]
    if len(keys) != 2 or not all(keys):
        raise click.BadParameter(t("write two codes with a comma between"), param_hint="--behind")
    return keys[0], keys[1]


def say_tables(state: Context, done: Written) -> None:
    """What was written, and that it is for inside."""
    state.emit(
        {"path": done.path, "files": list(done.files), "rows": done.rows},
        lambda: [
            t("{rows} rows written: {file}", rows=done.rows, file=done.path),
            t("Nothing is masked in it: for research, not to be published as it is."),
            *read_by(done.lines),
        ],
    )


def _json(found: CrossTable, how: str) -> dict[str, object]:
    return {
        "how": how,
        "unit": found.unit.value,
        "codes": [{"key": line.key, "name": line.name, "n": line.n} for line in found.rows],
        "pairs": [
            {"a": found.rows[row].key, "b": found.columns[column].key, "n": n, "coefficient": strength}
            for row, column, n, strength in _pairs(found)
        ],
        "notes": [str(note) for note in found.notes],
    }


def _pairs(found: CrossTable) -> list[tuple[int, int, int, float | None]]:
    """What stands together, the strongest first; and what has no coefficient."""
    pairs = [
        (row, column, found.counts[row][column], found.coefficients[row][column])
        for row in range(len(found.rows))
        for column in range(row + 1, len(found.columns))
    ]
    return sorted(
        (each for each in pairs if each[2] or each[3] is None), key=lambda each: (-(each[3] or 0), -each[2], each[:2])
    )


def _lines(found: CrossTable) -> Iterator[str]:
    from verhalen.scores.wording import decimals

    pairs = _pairs(found)
    if not pairs:
        yield t("No two codes stand together.")
    else:
        header = (t("code"), "n", t("code"), "n", t("together"), t("coefficient"))
        rows = [
            (
                *(found.rows[row].key, found.rows[row].n, found.columns[column].key, found.columns[column].n),
                *(n, t("none") if strength is None else decimals(strength)),
            )
            for row, column, n, strength in pairs[:_SHOWN]
        ]
        yield from table(header, rows)
    more = len(pairs) - _SHOWN
    if more > 0:
        yield tn("{n} more pair of codes: --json, or -o FILE.", "{n} more pairs of codes: --json, or -o FILE.", more)
    yield from map(str, found.notes)


def _show_behind(
    state: Context,
    two: tuple[str, str],
    *,
    how: str,
    distance: int | None,
    gap: str,
    unit: str,
    below: bool,
    query: str | None,
) -> None:
    with state.open() as project:
        found = project.relating.pairs(*two, how=how, distance=distance, gap=gap, unit=unit, below=below, query=query)
    state.emit(
        [
            {"source_id": each.source_id, "gap": each.gap, "left": _stretch(each.left), "right": _stretch(each.right)}
            for each in found
        ],
        lambda: (
            [
                line
                for each in found
                for line in (
                    f"{each.left.first.source_number} {each.left.first.source_title}, {each.start}-{each.stop}",
                    f"  {two[0]}: {each.left.text}",
                    f"  {two[1]}: {each.right.text}",
                )
            ]
            or [t("These two stand together nowhere.")]
        ),
    )


def _stretch(found: Stretch) -> dict[str, object]:
    from verhalen.model.ids import encode_id

    return {
        "coding_ids": [encode_id(each) for each in found.coding_ids],
        "start": found.start,
        "stop": found.stop,
        "text": found.text,
        "family": found.first.family,
    }


# -- typology ----------------------------------------------------------------------------------------------------------


@click.command(
    "typology", help=t("Scores of families that tell of a code or life domain, beside those that do not. Unmasked.")
)
@click.option("--code", "key", required=True, metavar="KEY", help=t("A code, with those below it, or a life domain."))
@instrument_option
@click.option(
    "--per",
    type=click.Choice(["item", "domain", "section"]),
    default="item",
    help=t("A row per item, life domain, or own domain of the instrument (section)."),
)
@click.option(
    "--whose",
    type=click.Choice(["own", "about", "all"]),
    default="own",
    help=t("Families' own words, words about them, or both."),
)
@moment_options
@rule_option
@out_option
@pass_context
def typology(
    state: Context,
    key: str,
    instrument: str,
    per: str,
    whose: str,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    target: Path | None,
) -> None:
    """Show the table, or write it."""
    settings = settings_of(days, window, moment, assessor, rule)
    with state.open() as project:
        found = project.relating.typology(key, instrument=instrument, settings=settings, per=per, whose=whose)
        if target is not None:
            say_tables(state, project.relating.write_typology(target, found))
            return
    for note in found.notes:
        tell(str(note))
    state.emit(_typology_json(found), lambda: _typology_lines(found))


def _typology_json(found: TypologyTable) -> dict[str, object]:
    return {
        "code": found.key,
        "name": found.name,
        "instrument": found.scored.instrument.key,
        "whose": found.whose.value,
        "per": found.per.value,
        "groups": {group.value: list(families) for group, families in found.groups.items()},
        "rows": [_row_json(row) for row in found.rows],
    }


def _row_json(row: TypologyRow) -> dict[str, object]:
    change = row.change
    return {
        "key": row.target.key,
        "name": row.target.name,
        "group": row.group.value,
        "n": row.n,
        "n_families": change.n_families,
        "before": _spread_json(row.before),
        "after": _spread_json(row.after),
        "up": change.up,
        "same": change.same,
        "down": change.down,
        "shares": {"up": row.share(change.up), "same": row.share(change.same), "down": row.share(change.down)},
        "missing": {reason.value: list(families) for reason, families in change.not_paired.items()},
    }


def _spread_json(found: Spread) -> dict[str, object]:
    reason = found.median.reason
    return {
        "low": found.low.value,
        "median": found.median.value,
        "high": found.high.value,
        "undefined": t(reason) if reason else None,
    }


def _typology_lines(found: TypologyTable) -> Iterator[str]:
    yield from basis_lines(found.scored)
    yield t(
        "By what is told: {name}. Median, and between brackets the quartiles; only families with both moments.",
        name=found.name,
    )
    for group, families in found.groups.items():
        yield t("{group}: {n}", group=t(group.label), n=len(families))
    first = next(iter(found.groups))
    header = (
        *(t("what"), t("families that"), "n", t("at the baseline"), t("at the follow-up")),
        *(t("better"), t("same"), t("worse"), t("no pair")),
    )
    yield from table(header, [_typology_row(row, is_first=row.group is first) for row in found.rows], optional=(8,))


def _typology_row(row: TypologyRow, *, is_first: bool) -> tuple[object, ...]:
    change = row.change
    return (
        *(
            row.target.key if is_first else "",
            t(row.group.label),
            row.n,
            _spread_words(row.before),
            _spread_words(row.after),
        ),
        *(change.up, change.same, change.down, sum(map(len, change.not_paired.values())) or None),
    )


def _spread_words(found: Spread) -> str:
    if found.median.value is None or found.low.value is None or found.high.value is None:
        return "–"
    return f"{found.median.value:g} ({found.low.value:g}-{found.high.value:g})"


COMMANDS = (cooccurrence, typology)
