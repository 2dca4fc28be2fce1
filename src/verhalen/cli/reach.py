"""Who is reached, and what counting costs, on the command line. For inside: nothing is masked here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from verhalen.cli.days import period as period_of
from verhalen.cli.days import today
from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import mark, t, tn

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
    return [{"value": name or None, "n": counts[name]} for name in sorted(counts)]


def _spread(each: Spread) -> dict[str, object]:
    return {
        "n": each.n,
        "median": each.median.value,
        "low": each.low,
        "high": each.high,
        "reason": t(each.median.reason) if each.median.reason else None,
    }


def _lines(found: list[GroupReach], by: str) -> Iterator[str]:
    for each in found:
        if not each.whole:
            yield ""
            yield f"{t(_GROUP[by])}: {each.group or t('not noted')}"
        rows = list(_rows(each.reach))
        width = max(len(label) for label, _ in rows)
        yield from (f"{label.ljust(width)}  {value}".rstrip() for label, value in rows)


def _rows(each: Reach) -> Iterator[tuple[str, object]]:
    from verhalen.model.family import Known, TrajectoryEnd

    yield t("families"), each.families
    yield t("children"), f"{each.children}{_listed(each.age_groups)}"
    yield t("known to the service"), each.known.get(Known.KNOWN, 0)
    yield t("known long ago"), each.known.get(Known.LONG_AGO, 0)
    yield t("new to the service"), each.known.get(Known.NEW, 0)
    yield t("not noted whether known"), each.known.get("", 0)
    yield t("referred by"), _listed(each.referrers).strip(" ()")
    yield t("support started"), f"{each.started} ({tn('{n} family came back', '{n} families came back', each.back)})"
    ends = {t(TrajectoryEnd(key).label) if key in set(TrajectoryEnd) else key: n for key, n in each.ends.items()}
    yield t("support ended"), f"{each.ended}{_listed(ends)}"
    yield t("led on to"), _listed(each.referred_on).strip(" ()")
    yield t("days of support that ended"), _spread_text(each.lasted)
    yield t("days of support that runs"), _spread_text(each.running)
    yield t("days of waiting"), f"{_spread_text(each.waited)}; {t('not known of {n}', n=each.wait_unknown)}"
    yield t("contacts"), each.contacts
    short = t("left out, under four weeks: {n}", n=each.too_short)
    yield t("contacts per month and family"), f"{_spread_text(each.per_month)}; {short}"
    yield t("without snapshot or story"), f"{len(each.unseen)} {', '.join(each.unseen[:20])}".strip()


def _listed(counts: dict[str, int]) -> str:
    parts = [f"{name or t('not noted')} {counts[name]}" for name in sorted(counts)]
    return f" ({', '.join(parts)})" if parts else ""


def _spread_text(each: Spread) -> str:
    if each.median.value is None:
        return t(each.median.reason)
    words = {"median": _short(each.median.value), "low": _short(each.low), "high": _short(each.high), "n": each.n}
    return t("middle {median}, from {low} to {high} (n = {n})", **words)


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".removesuffix(".0")


def _say_effort(state: Context, items: list[ItemEffort]) -> None:
    header = (
        t("item"),
        t("families"),
        t("scored"),
        t("confirmed"),
        t("not applicable"),
        t("unknown"),
        t("changed"),
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
                    *(each.use.unknown, each.use.changed, t(each.remark) if each.remark else ""),
                )
                for each in items
            ],
        ),
    )


COMMANDS = (reach,)
