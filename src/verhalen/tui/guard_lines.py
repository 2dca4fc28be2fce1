"""Who tells and who does not, in lines with bars: the number stands beside every bar, and a skew is said in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from verhalen.analysis.coverage import HIGH, CoverageRow
from verhalen.analysis.guard import Balance, Guard
from verhalen.api.project import Project
from verhalen.i18n import mark, t, tn
from verhalen.model.story import StoryAnswer
from verhalen.tui.words import capital

_BAR = 12
"""Cells of a bar."""
_FULL, _EMPTY = "█", "░"
INVITE = mark("Families for whom it got worse, and who told nothing yet. They have a story too.")
DRAWN = mark(
    "Drawn at random among all who told nothing yet, with number {seed}: the same number gives the same names."
)


@dataclass(frozen=True, slots=True)
class GuardLine:
    """One line of the screen; one with families leads to them."""

    content: Content
    families: tuple[str, ...] = ()
    why: str = ""
    """Finished words: why these families."""
    single: bool = False
    """Whether it is one family, and leads to its page."""


def guard_lines(project: Project, found: Guard, width: int) -> Iterator[GuardLine]:
    """Good and bad news, whom to invite, and then every way of looking; `width` in cells."""
    yield from _balance(found.balance)
    yield from _names(project, t("Whom to invite first"), t(INVITE), found.invite)
    yield from _names(project, t("Whom to invite besides"), t(DRAWN, seed=found.seed), found.drawn)
    label = max((len(row_label(row)) for line in found.lines for row in line.rows), default=0)
    label = min(label, max(10, width - _BAR - 34))
    for line in found.lines:
        if len(line.rows) == 1 and not line.rows[0].key:
            continue  # nobody noted it
        yield _heading(t(line.title))
        for row in line.rows:
            if row.families:
                yield _row(row, t(line.title), label)


def _heading(words: str) -> GuardLine:
    return GuardLine(Content.assemble("\n", Content(words).stylize("bold $text-primary")))


def _row(row: CoverageRow, title: str, room: int) -> GuardLine:
    value = row_label(row)
    name = capital(value)
    name = (name if len(name) <= room else f"{name[: room - 1]}…").ljust(room)
    cells = round(_BAR * row.with_story / row.families)
    bar = _FULL * cells + _EMPTY * (_BAR - cells)
    told = tn("{told} of {n} family", "{told} of {n} families", row.families, told=row.with_story)
    parts = [Content(f"  {name} {bar} {told}")]
    if row.is_skewed and row.ratio is not None:
        words = t("⚠ heard more") if row.ratio > HIGH else t("⚠ heard less")
        parts.append(Content(f"   {words}").stylize("bold"))
    why = t("{line}: {value}. They told nothing yet", line=title, value=value)
    return GuardLine(Content.assemble(*parts), row.without, why)


def row_label(row: CoverageRow) -> str:
    """The class in words."""
    return t(row.label) if row.key else t("not noted")


def _balance(found: Balance) -> Iterator[GuardLine]:
    """Good and bad news."""
    yield GuardLine(Content(t("Good and bad news")).stylize("bold $text-primary"))
    if not found.stories:
        yield GuardLine(Content(f"  {t('There are no stories of this period.')}"))
        return
    answers = " · ".join(f"{found.answers[each]} {t(each.label)}" for each in StoryAnswer if found.answers[each])
    yield GuardLine(Content(f"  {answers}"))
    asked = t("What became harder was asked at {n} of {all} stories.", n=found.asked_negative, all=found.stories)
    yield GuardLine(Content(f"  {asked}"))
    if found.is_too_sunny:
        warning = t(
            "! No story of something that became harder, and it was not asked everywhere. This picture is too sunny."
        )
        yield GuardLine(Content(f"  {warning}").stylize("bold"))


def _names(project: Project, title: str, about: str, keys: tuple[str, ...]) -> Iterator[GuardLine]:
    yield _heading(title)
    if not keys:
        yield GuardLine(Content(f"  {t('Nobody.')}"))
        return
    yield GuardLine(Content(f"  {about}"), keys, title)
    coaches = {each.key: each.coach for each in project.families.all()}
    for key in keys:
        words = " · ".join(part for part in (project.privacy.family_label(key), coaches.get(key, "")) if part)
        yield GuardLine(Content(f"  → {words}"), (key,), single=True)


def summary(found: Guard) -> str:
    """One sentence for above the lines."""
    worse = next((row for row in found.lines[0].rows if row.key == "down"), None)
    said = t("{n} of {all} families told a story", n=len(found.telling), all=len(found.families))
    if worse is not None and worse.families:
        said += "; " + t("{n} of the {all} for whom it got worse", n=worse.with_story, all=worse.families)
    return said
