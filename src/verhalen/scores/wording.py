"""The sentence that so many families allow (methods.md D5): words below k, counts, percentages, an interval."""

from __future__ import annotations

from verhalen.i18n import language, mark, t
from verhalen.privacy.wording import allowed, say_count
from verhalen.scores.change import DOMINANCE_BORDER, Change
from verhalen.statistics.intervals import dominance_interval

NO_COMPARISON = mark("This is a snapshot of these families, without a comparison group.")


def change_sentence(change: Change, *, k: int = 1, interval: bool = True) -> str:
    """How many families went forward, stayed and went backward, as far as n lets it be said under threshold k.

    The caller asks this for rows of which the mask leaves every cell visible; k = 1 is for the team. Without `interval` it is
    left out, where n would allow it.
    """
    may = allowed(change.n, k=k)
    if not change.n:
        return t("No family has a score at both moments.")
    if not may.counts:
        return t("Too few families to count.")
    said = [
        t(
            "Forward: {better}. {same_label}: {same}. Backward: {worse}.",
            better=say_count(change.up, change.n, k=k),
            same_label=t(change.same_label).capitalize(),
            same=say_count(change.same, change.n, k=k),
            worse=say_count(change.down, change.n, k=k),
        )
    ]
    if change.flag:
        said.append(t("Changed, needs reading: {note}", note=change.flag))
    elif may.percentages:
        said.append(_direction(change, interval=interval and may.interval))
    return " ".join(said)


def _direction(change: Change, *, interval: bool) -> str:
    dominance = change.dominance.value or 0.0
    found = dominance_interval(change.up, change.same, change.down) if interval else None
    if found is not None and found.low is not None and found.high is not None:
        return t(
            "In this group dominance is {d} (95% from {low} to {high}, seed {seed}).",
            d=decimals(dominance),
            low=decimals(found.low),
            high=decimals(found.high),
            seed=found.seed,
        )
    if abs(dominance) < DOMINANCE_BORDER:
        return t("About as many families went forward as backward (dominance {d}).", d=decimals(dominance))
    if dominance > 0:
        return t("This points to more families forward than backward (dominance {d}).", d=decimals(dominance))
    return t("This points to more families backward than forward (dominance {d}).", d=decimals(dominance))


def decimals(value: float, places: int = 2) -> str:
    """With a comma where Dutch is spoken; nothing is below nought by rounding alone."""
    said = f"{round(value, places) + 0.0:.{places}f}"
    return said.replace(".", ",") if language() == "nl" else said
