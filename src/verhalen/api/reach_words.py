"""Reach in lines of words and numbers, for the terminal and the screen. For inside: nothing is masked here."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.analysis.reach import Reach, Spread, in_order
from verhalen.i18n import t, tn
from verhalen.model.family import Known, TrajectoryEnd
from verhalen.scores.wording import decimals


def reach_rows(each: Reach) -> Iterator[tuple[str, str]]:
    """What is counted and how many, line by line."""
    yield t("families"), str(each.families)
    yield t("children"), f"{each.children}{_listed(each.age_groups)}"
    yield t("known to the service"), str(each.known.get(Known.KNOWN, 0))
    yield t("known long ago"), str(each.known.get(Known.LONG_AGO, 0))
    yield t("new to the service"), str(each.known.get(Known.NEW, 0))
    yield t("not noted whether known"), str(each.known.get("", 0))
    if each.referrers:
        yield t("referred by"), _listed(each.referrers).strip(" ()")
    yield t("support started"), f"{each.started} ({tn('{n} family came back', '{n} families came back', each.back)})"
    ends = {t(TrajectoryEnd(key).label) if key in set(TrajectoryEnd) else key: n for key, n in each.ends.items()}
    yield t("support ended"), f"{each.ended}{_listed(ends)}"
    if each.referred_on:
        yield t("led on to"), _listed(each.referred_on).strip(" ()")
    yield t("days of support that ended"), _spread_text(each.lasted)
    yield t("days of support that runs"), _spread_text(each.running)
    yield t("days of waiting"), f"{_spread_text(each.waited)}; {t('not known of {n}', n=each.wait_unknown)}"
    yield t("contacts"), str(each.contacts)
    short = t("left out, under four weeks: {n}", n=each.too_short)
    yield t("contacts per month and family"), f"{_spread_text(each.per_month)}; {short}"
    yield t("without snapshot or story"), f"{len(each.unseen)} {', '.join(each.unseen[:20])}".strip()


def _listed(counts: dict[str, int]) -> str:
    parts = [f"{name or t('not noted')} {counts[name]}" for name in in_order(counts)]
    return f" ({', '.join(parts)})" if parts else ""


def _spread_text(each: Spread) -> str:
    if each.median.value is None:
        return t(each.median.reason)
    words = {"median": _short(each.median.value), "low": _short(each.low), "high": _short(each.high), "n": each.n}
    return t("middle {median}, from {low} to {high} (n = {n})", **words)


def _short(value: float | None) -> str:
    return "" if value is None else str(int(value)) if value == int(value) else decimals(value, 1)
