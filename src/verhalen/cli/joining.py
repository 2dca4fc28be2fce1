"""Joint displays on the command line: numbers and words side by side; for the team, so nothing is masked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen import errors
from verhalen.cli.days import period as period_of
from verhalen.cli.measuring import file_option, moment_options, rule_option, say_written, settings_of
from verhalen.cli.output import Context, pass_context
from verhalen.i18n import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from verhalen.analysis.joint_data import JointChoice
    from verhalen.api.project import Project
    from verhalen.exchange.joint_tables import Shown

_OF_ONE = {
    "by_domain": ("J1",),
    "apart": ("J1",),
    "suggest": ("J1",),
    "family": ("J3",),
    "theory": ("J4",),
    "codes": ("J2", "J5"),
}
"""Options that belong to some displays only."""


@click.command(
    "joint",
    help=t(
        "Numbers and words side by side: J1 per life domain, J2 per code, J3 per family, J4 items and questions, J5 working factors."
    ),
)
@click.argument("display", type=click.Choice(["J1", "J2", "J3", "J4", "J5"]), metavar="J1|J2|J3|J4|J5")
@click.option("--instrument", default="", metavar="KEY", help=t("Which instrument."))
@click.option(
    "--period", type=period_of, metavar="A..B", help=t("Families in support and stories told from day to day.")
)
@moment_options
@rule_option
@click.option("--border", type=float, metavar="N", help=t("Dominance from which numbers go up or down (0.15)."))
@click.option("--fewest", type=int, metavar="N", help=t("Families below which numbers are silent (5)."))
@click.option("--by-domain", is_flag=True, help=t("J1: a row per life domain instead of per group."))
@click.option("--apart", is_flag=True, help=t("J1: adults and children in rows of their own."))
@click.option("--suggest", is_flag=True, help=t("J1: also what the machine would say; a person decides."))
@click.option("--family", default="", metavar="KEY", help=t("J3: one family, with every line."))
@click.option(
    "--code", "codes", multiple=True, metavar="KEY", help=t("J2, J5: this code and those below it; may be repeated.")
)
@click.option(
    "--theory",
    type=click.Path(path_type=Path),
    metavar="FILE.md",
    help=t("J4: the theory of change (codebooks/veranderingstheorie.md, where it is there)."),
)
@file_option
@pass_context
def joint(
    state: Context,
    /,
    display: str,
    instrument: str,
    period: tuple[dt.date, dt.date] | None,
    days: int,
    window: int,
    moment: str,
    assessor: str | None,
    rule: str,
    border: float | None,
    fewest: int | None,
    target: Path | None,
    **only: object,
) -> None:
    """Show a joint display, or write it."""
    _refuse_strangers(display, only)
    from verhalen.analysis.joint_data import JointChoice

    usual = JointChoice()
    choice = JointChoice(
        instrument=instrument,
        period=period,
        settings=settings_of(days, window, moment, assessor, rule),
        border=usual.border if border is None else border,
        fewest=usual.fewest if fewest is None else fewest,
    )
    with state.open() as project:
        _SHOW[display](state, project, choice, only, target)


def _refuse_strangers(display: str, only: dict[str, object]) -> None:
    for name, displays in _OF_ONE.items():
        if only[name] and display not in displays:
            option = {"by_domain": "--by-domain", "codes": "--code"}.get(name, f"--{name}")
            raise errors.BadInput(
                reason=t("{option} belongs to {displays}", option=option, displays=", ".join(displays))
            )


_Only = dict[str, object]


def _give(
    state: Context,
    project: Project,
    found: Shown,
    value: object,
    human: Callable[[], Iterable[str]],
    *,
    target: Path | None,
    choice: JointChoice | None,
) -> None:
    """Write the display, or show it."""
    if target is not None:
        data = project.joining.load(choice) if choice else None
        say_written(state, project.joining.write(target, found, data))
        return
    state.emit(value, human)


def _side(state: Context, project: Project, choice: JointChoice, only: _Only, target: Path | None) -> None:
    from verhalen.cli.joining_json import side_json
    from verhalen.cli.joining_lines import side_lines

    data = project.joining.load(choice)
    rows = project.joining.side_by_side(data, by_domain=bool(only["by_domain"]), apart=bool(only["apart"]))
    value = [side_json(row) for row in rows]
    _give(
        state,
        project,
        rows,
        value,
        lambda: side_lines(rows, suggest=bool(only["suggest"])),
        target=target,
        choice=choice,
    )


def _themes(state: Context, project: Project, choice: JointChoice, only: _Only, target: Path | None) -> None:
    from verhalen.cli.joining_json import themes_json
    from verhalen.cli.joining_lines import theme_lines

    found = project.joining.themes(project.joining.load(choice), below=_codes(only))
    _give(state, project, found, themes_json(found), lambda: theme_lines(found), target=target, choice=choice)


def _cases(state: Context, project: Project, choice: JointChoice, only: _Only, target: Path | None) -> None:
    from verhalen.cli.joining_json import case_json
    from verhalen.cli.joining_lines import case_lines, cases_lines

    family = str(only["family"])
    found = project.joining.cases(project.joining.load(choice), family=family)
    _give(
        state,
        project,
        found,
        [case_json(each) for each in found],
        lambda: case_lines(found[0]) if family and found else cases_lines(found),
        target=target,
        choice=choice,
    )


def _crosswalk(state: Context, project: Project, choice: JointChoice, only: _Only, target: Path | None) -> None:
    from verhalen.cli.joining_json import crosswalk_json
    from verhalen.cli.joining_lines import crosswalk_lines

    theory = only["theory"]
    found = project.joining.crosswalk(choice.instrument, theory=theory if isinstance(theory, Path) else None)
    _give(state, project, found, crosswalk_json(found), lambda: crosswalk_lines(found), target=target, choice=None)


def _factors(state: Context, project: Project, choice: JointChoice, only: _Only, target: Path | None) -> None:
    from verhalen.cli.joining_json import factors_json
    from verhalen.cli.joining_lines import factor_lines

    found = project.joining.factors(project.joining.load(choice), below=_codes(only))
    _give(state, project, found, factors_json(found), lambda: factor_lines(found), target=target, choice=choice)


def _codes(only: _Only) -> tuple[str, ...]:
    codes = only["codes"]
    return tuple(map(str, codes)) if isinstance(codes, tuple) else ()


_SHOW = {"J1": _side, "J2": _themes, "J3": _cases, "J4": _crosswalk, "J5": _factors}

COMMANDS = (joint,)
