"""Who is reached, and what counting costs, on the command line. For inside: nothing is masked here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import period as period_of
from verhalen.cli.days import today
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import mark, t

if TYPE_CHECKING:
    from verhalen.analysis.effort import ItemEffort
    from verhalen.analysis.reach import GroupReach, Reach, Spread

_GROUP = {"": "", "municipality": mark("municipality"), "project": mark("project"), "coach": mark("family coach")}


@click.command(
    "reach", help=t("Who is reached: families, children, known or new, in and out, duration, contacts, waiting.")
)
@click.option("--period", type=period_of, metavar="A..B", help=t("From day to day; without it all time until today."))
@click.option(
    "--by",
    type=click.Choice(["municipality", "project", "coach"]),
    help=t("Also per group, in order of the name; by coach only for inside."),
)
@click.option(
    "--counting", default="", metavar="KEY", help=t("What counting by an instrument costs, per item, instead.")
)
@pass_context
def reach(state: Context, period: tuple[dt.date, dt.date] | None, by: str | None, counting: str) -> None:
    """Count, or say what counting costs."""
    with state.open() as project:
        if counting:
            _say_effort(state, project.families.effort(counting))
            return
        found = project.families.reach(period=period, by=by or "", today=today())
    state.emit(
        {
            "period": list(period) if period else None,
            "by": by,
            "groups": [{"group": None if each.whole else each.group, **_json(each.reach)} for each in found],
        },
        lambda: list(_lines(found, by or "")),
    )


def _json(each: Reach) -> dict[str, object]:
    return {
        "families": each.families,
        "children": each.children,
        "children_by_age": _pairs(each.age_groups),
        "known": _pairs(each.known),
        "referrers": _pairs(each.referrers),
        "municipalities": _pairs(each.municipalities),
        "started": each.started,
        "ended": each.ended,
        "came_back": each.back,
        "ends": _pairs(each.ends),
        "refused": each.refused,
        "dropped_out": each.dropped_out,
        "referred_on": _pairs(each.referred_on),
        "days_lasted": _spread(each.lasted),
        "days_running": _spread(each.running),
        "days_waited": _spread(each.waited),
        "waiting_unknown": each.wait_unknown,
        "contacts": each.contacts,
        "contacts_per_month": _spread(each.per_month),
        "under_four_weeks": each.too_short,
        "without_snapshot_or_story": list(each.unseen),
    }


def _pairs(counts: dict[str, int]) -> list[dict[str, object]]:
    """Each value and its families, in order; an empty value is what nobody noted."""
    from verhalen.analysis.reach import in_order

    return [{"value": name or None, "n": counts[name]} for name in in_order(counts)]


def _spread(each: Spread) -> dict[str, object]:
    return {
        "n": each.n,
        "median": each.median.value,
        "low": each.low,
        "high": each.high,
        "reason": t(each.median.reason) if each.median.reason else None,
    }


def _lines(found: list[GroupReach], by: str) -> Iterator[str]:
    from verhalen.api.reach_words import reach_rows

    for each in found:
        if not each.whole:
            yield ""
            yield f"{t(_GROUP[by])}: {each.group or t('not noted')}"
        rows = list(reach_rows(each.reach))
        width = max(len(label) for label, _ in rows)
        yield from (f"{label.ljust(width)}  {value}".rstrip() for label, value in rows)


def _say_effort(state: Context, items: list[ItemEffort]) -> None:
    header = (
        t("item"),
        t("families"),
        t("scored"),
        t("confirmed"),
        t("not applicable"),
        t("unknown"),
        t("changed"),
        t("used"),
        "",
    )
    state.emit(
        [
            {
                "item": each.item,
                "families": each.use.families,
                "scored": each.use.scored,
                "confirmed": each.use.confirmed,
                "not_applicable": each.use.not_applicable,
                "unknown": each.use.unknown,
                "values": each.use.values,
                "changed": each.use.changed,
                "notes": each.use.notes,
                "used": each.used,
                "indexes": list(each.indexes),
                "remark": t(each.remark) if each.remark else None,
            }
            for each in items
        ],
        lambda: table(
            header,
            [
                (
                    each.item,
                    *(each.use.families, each.use.scored, each.use.confirmed, each.use.not_applicable),
                    *(each.use.unknown, each.use.changed, each.used, t(each.remark) if each.remark else ""),
                )
                for each in items
            ],
            optional=(5, 4, 2, 3),
            below=True,
        ),
    )


COMMANDS = (reach,)
