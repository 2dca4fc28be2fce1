"""A row of the table of change as programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import t

if TYPE_CHECKING:
    from verhalen.analysis.change_table import ChangeRow, ChangeTable
    from verhalen.scores.research import Research
    from verhalen.statistics.intervals import Interval


def change_json(found: ChangeTable, row: ChangeRow, per: str, domain: str | None) -> dict[str, object]:
    """One row as programs read it: the keys of the contract first, ours after them."""
    from verhalen.scores.wording import change_sentence

    change, target = row.change, row.target
    outcomes = {"dominance": change.dominance, "sign_p": change.sign_p, "median_change": change.median_change}
    said: dict[str, object] = {
        "item": target.key if per == "item" else None,
        "life_domain": target.key if per == "domain" else domain,
        "rule": found.scored.settings.rule.value,
        "n_families": change.n_families,
        "n_persons": change.n_persons,
        "n": change.n,
        "up": change.up,
        "same": change.same,
        "same_confirmed": change.same_confirmed,
        "same_carried": change.same_carried,
        "down": change.down,
        "not_paired": sum(map(len, change.not_paired.values())),
        **{name: each.value for name, each in outcomes.items()},
        "flag": "needs_reading" if change.flag else None,
        "note": change.flag,
        "target": target.key,
        "name": target.name,
        "level": target.level.value if target.level else None,
        "same_in_bulk": change.same_in_bulk,
        "looked_again": change.looked_again,
        "mixed": change.mixed,
        "to_read": change.to_read,
        "not_paired_why": {reason.value: len(families) for reason, families in change.not_paired.items()},
        "not_paired_families": {reason.value: list(families) for reason, families in change.not_paired.items()},
        "composition_changed": change.composition_changed,
        "without_registration": change.after_window,
        "at_floor": change.at_floor,
        "at_ceiling": change.at_ceiling,
        "undefined": {name: t(each.reason) for name, each in outcomes.items() if each.value is None},
        "revised": None
        if row.revised is None
        else {
            "n": row.revised.n,
            "up": row.revised.up,
            "same": row.revised.same,
            "down": row.revised.down,
            "dominance": row.revised.dominance.value,
            "sign_p": row.revised.sign_p.value,
        },
        "reasons": {reason.value: n for reason, n in row.reasons.items()},
        "sentence": change_sentence(change, interval=row.research is not None),
    }
    if found.by:
        said |= {"by": found.by, "value": row.value}
    if row.research is not None:
        said["tests"] = _tests_json(row.research)
    return said


def _tests_json(asked: Research) -> dict[str, object]:
    from verhalen.scores.research import METHOD

    at = asked.threshold
    return {
        "holm_p": asked.holm_p,
        "wilcoxon_p": asked.wilcoxon_p.value,
        "method": t(METHOD),
        "rank_biserial": asked.rank_biserial.value,
        "up_share": interval_json(asked.better),
        "down_share": interval_json(asked.worse),
        "dominance": interval_json(asked.dominance),
        "threshold": None
        if at is None
        else {
            "value": at.value,
            "before": at.before,
            "after": at.after,
            "gained": at.gained,
            "lost": at.lost,
            "mcnemar_p": at.p.value,
        },
        "undefined": {
            name: t(each.reason)
            for name, each in (("wilcoxon_p", asked.wilcoxon_p), ("rank_biserial", asked.rank_biserial))
            if each.value is None
        },
    }


def interval_json(interval: Interval) -> dict[str, object]:
    """Both ends and the seed, or the reason why there are none."""
    return {
        "low": interval.low,
        "high": interval.high,
        "seed": interval.seed,
        "reason": t(interval.reason) if interval.reason else None,
    }
