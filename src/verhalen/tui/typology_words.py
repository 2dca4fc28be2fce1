"""What the typology table says: how families that tell of something stand in the scores, beside those that do not."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from verhalen.analysis.typology import Group, TypologyRow, TypologyTable, Whose
from verhalen.exchange.typology_picture import parts_of, spread_text
from verhalen.i18n import mark, t, tn
from verhalen.scores.moments import At
from verhalen.tui.change_words import BACKWARD, FORWARD, SAME, UNSEEN
from verhalen.tui.charts import FILLS, stacked_bar
from verhalen.tui.matrix_strips import fit
from verhalen.tui.words import capital

_GROUP, _N, _SPREAD = 30, 5, 9
_NARROW = 20
"""Cells for the name of a group where the window is narrow."""
_LEAST_BAR, _WIDEST_BAR = 10, 48
WHOSE = {
    Whose.OWN: mark("families' own words"),
    Whose.ABOUT: mark("words about families"),
    Whose.ALL: mark("all words"),
}


def target_name(row: TypologyRow) -> str:
    """The item or life domain; an asterisk where its change must be read."""
    return f"{capital(row.target.name)}{' *' if row.change.flag else ''}"


def group_name(group: Group) -> str:
    """Finished words."""
    return t(group.label)


def _rooms(width: int) -> tuple[int, int]:
    """Cells for the name of a group and for the bar."""
    left = width - _N - 2 * _SPREAD - 6
    group = _GROUP if left - _GROUP >= 2 * _LEAST_BAR else _NARROW
    return group, max(_LEAST_BAR, min(_WIDEST_BAR, left - group))


def head_line(width: int) -> Content:
    """What stands above the columns."""
    group, _ = _rooms(width)
    words = f"{'':<{group}}{'n':>{_N}}  {t('score before'):<{_SPREAD}}  {t('score after'):<{_SPREAD}}  {t('families')}"
    return Content(fit(words, width).rstrip()).stylize("bold")


def row_line(row: TypologyRow, width: int) -> Content:
    """One group on one line: n, medians with quartiles, a bar of forward, same, not looked at again and backward."""
    group, room = _rooms(width)
    before, after = (fit(spread_text(each), _SPREAD) for each in (row.before, row.after))
    bar = "".join(stacked_bar(parts_of(row.change), room)) if row.n else t("no pairs")
    return Content(f"{fit(group_name(row.group), group)}{row.n:>{_N}}  {before}  {after}  {bar}")


def legend() -> str:
    """What the signs of a bar are, and the numbers before it."""
    signs = "  ".join(f"{sign} {t(word)}" for sign, word in zip(FILLS, (FORWARD, SAME, UNSEEN, BACKWARD), strict=False))
    return f"{signs}  ·  {t('before, after: median (middle half)')}"


def about_words(table: TypologyTable) -> str:
    """Who tells of what, by which instrument, how many families stand in each group."""
    settings = table.scored.settings
    moments = (
        t("from the first registration to the last when support ended")
        if settings.at is At.END
        else t("day {days}, {window} days before and after", days=settings.days, window=settings.window)
    )
    first = t(
        "Families that tell of '{code}' ({whose}), on {instrument}: {moments}.",
        code=table.name,
        whose=t(WHOSE[table.whose]),
        instrument=table.scored.instrument.name,
        moments=moments,
    )
    return f"{first}\n{' · '.join(group_counts(table))}"


def group_counts(table: TypologyTable) -> Sequence[str]:
    """How many families there are in each group, with scores or without."""
    return [
        tn("{n} family: {what}", "{n} families: {what}", len(them), what=group_name(group))
        for group, them in table.groups.items()
    ]
