"""Whose stories are heard: coverage along several lines, the balance of good and bad news, and whom to invite (methods.md D7)."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.coverage import CoverageRow, better_against_worse, coverage, coverage_by
from verhalen.analysis.reach import reach
from verhalen.analysis.scoring import Scored, Settings, load_scored
from verhalen.i18n import mark, t
from verhalen.model.family import Family, Level, Trajectory
from verhalen.model.story import Story, StoryAnswer
from verhalen.scores.change import standings
from verhalen.statistics.outcome import Outcome
from verhalen.store.counting import snapshot_counts
from verhalen.store.families import families as all_families
from verhalen.store.project import ProjectFile
from verhalen.store.scores import instruments
from verhalen.store.stories import stories

_LANGUAGES = ("thuistaal", "taal", "language", "home language")
"""Names under which services keep the language of a family."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way of looking at who told."""

    key: str
    title: str
    """Marked words."""
    rows: tuple[CoverageRow, ...]

    @property
    def skewed(self) -> tuple[CoverageRow, ...]:
        """Classes that tell far less or far more than all families do."""
        return tuple(row for row in self.rows if row.is_skewed)


@dataclass(frozen=True, slots=True)
class Balance:
    """Good and bad news among the stories of the period."""

    answers: Mapping[StoryAnswer, int]
    """Stories per answer, all answers named."""
    asked_positive: int
    asked_negative: int
    """Stories at which somebody asked what became better, and what became harder."""
    reasons: Mapping[str, int]
    """Why one of both was not asked; "" where nobody said."""

    @property
    def stories(self) -> int:
        """All stories."""
        return sum(self.answers.values())

    @property
    def is_too_sunny(self) -> bool:
        """No bad news, while it was not asked everywhere: a red line (methods.md D7)."""
        return bool(self.stories) and not self.answers[StoryAnswer.NEGATIVE] and self.asked_negative < self.stories


@dataclass(frozen=True, slots=True)
class Guard:
    """All of it for one period."""

    period: tuple[dt.date, dt.date] | None
    families: tuple[str, ...]
    telling: tuple[str, ...]
    """Families with a story in the period."""
    lines: tuple[Line, ...]
    fisher: Outcome | None
    """Better against worse; None below ten families."""
    balance: Balance
    invite: tuple[str, ...]
    """Families for whom it got worse and who told nothing."""
    drawn: tuple[str, ...]
    """Drawn at random among all families without a story."""
    seed: int

    def line(self, key: str) -> Line:
        """One of the lines; raises KeyError."""
        return next(each for each in self.lines if each.key == key)


def guard(
    project: ProjectFile,
    *,
    period: tuple[dt.date, dt.date] | None = None,
    instrument: str = "",
    settings: Settings | None = None,
    draw: int = 5,
    seed: int | None = None,
) -> Guard:
    """Look at the stories of a period, or of all time. For the team: families stand here by their code.

    Without an instrument the one with most snapshots says how families stand; a project without scores has them all unpaired.
    `seed` None takes one at random; it is printed. Raises UnknownInstrument, BadInput for a draw below 0.
    """
    if draw < 0:
        raise errors.BadInput(reason=t("say how many families to draw: 0 or more"))
    with project.steady():
        reached = set(reach(all_families(project), period).keys)
        families = [each for each in all_families(project) if each.key in reached]
        told = [each for each in stories(project) if each.family in reached and _within(each, period)]
        scored = _scored(project, families, instrument, settings)
    keys = sorted(reached)
    telling = {each.family for each in told}
    lines = tuple(_lines(scored, families, keys, telling))
    seed = random.SystemRandom().randrange(1, 1_000_000) if seed is None else seed
    without = [key for key in keys if key not in telling]
    return Guard(
        period=period,
        families=tuple(keys),
        telling=tuple(sorted(telling)),
        lines=lines,
        fisher=better_against_worse(lines[0].rows),
        balance=balance(told),
        invite=next((row.without for row in lines[0].rows if row.key == "down"), ()),
        drawn=tuple(sorted(random.Random(seed).sample(without, min(draw, len(without))))),
        seed=seed,
    )


def _within(story: Story, period: tuple[dt.date, dt.date] | None) -> bool:
    day = story.told or story.recorded
    return period is None or day is None or period[0] <= day <= period[1]


def _scored(project: ProjectFile, families: Sequence[Family], key: str, settings: Settings | None) -> Scored | None:
    known = [each for each in instruments(project) if each.kind != "afgeleid"]
    uses = snapshot_counts(project)
    if key and all(each.key != key for each in known):
        raise errors.UnknownInstrument(key=key)
    chosen = max(known, key=lambda each: (each.key == key, uses.get(each.key, 0)), default=None)
    return load_scored(project, chosen, families=families, settings=settings) if chosen else None


def _lines(scored: Scored | None, families: Sequence[Family], keys: Sequence[str], telling: set[str]) -> Iterable[Line]:
    pairs = scored.pairs() if scored else None
    items = scored.instrument.items if scored else ()
    standing = {family: each.direction for (family, _), each in standings(pairs, items).items()} if pairs else {}
    yield Line("change", mark("How it went by the scores"), tuple(coverage(keys, telling, standing)))
    starts = _starts(scored) if scored else {}
    by_start = coverage_by(keys, telling, lambda key: str(starts.get(key, "")))
    yield Line("start", mark("Where they began (middle of all first scores)"), tuple(by_start))
    latest = {each.key: each.latest for each in families}
    for name, title, value_of in _OF_SUPPORT:
        values = {key: value_of(each) if each else "" for key, each in latest.items()}
        yield Line(name, title, tuple(coverage_by(keys, telling, values.__getitem__)))
    for name, title, said in (
        ("adults", mark("Adults in the family"), {each.key: _adults(each) for each in families}),
        ("language", mark("Home language"), {each.key: _language(each) for each in families}),
    ):
        yield Line(name, title, tuple(coverage_by(keys, telling, said.__getitem__)))


_OF_SUPPORT: tuple[tuple[str, str, Callable[[Trajectory], str]], ...] = (
    ("project", mark("Project"), lambda each: each.project),
    ("coach", mark("Family coach (for the team only)"), lambda each: each.coach),
    (
        "period",
        mark("Half-year in which support began"),
        lambda each: f"{each.start.year}-{1 if each.start.month <= 6 else 2}",
    ),
)
"""Of the last support of each family."""


def _starts(scored: Scored) -> dict[str, int]:
    """The lower median of a family's first values over all items that have a pair."""
    found: dict[str, list[int]] = {}
    for own in scored.pairs().by_item.values():
        for (family, _), pair in own.items():
            found.setdefault(family, []).append(pair.before)
    return {family: sorted(values)[(len(values) - 1) // 2] for family, values in found.items()}


def _adults(family: Family) -> str:
    number = sum(each.level is Level.ADULT for each in family.persons if each.left is None)
    return "" if not family.persons else str(number) if number < 3 else "3+"


def _language(family: Family) -> str:
    return next((value for name in _LANGUAGES if (value := family.attribute(name))), "")


def balance(told: Iterable[Story]) -> Balance:
    """Count answers, and what was asked."""
    listed = list(told)
    counts = Counter(each.answer for each in listed)
    reasons = Counter(each.not_asked_reason for each in listed if not (each.asked_positive and each.asked_negative))
    return Balance(
        answers={answer: counts[answer] for answer in StoryAnswer},
        asked_positive=sum(each.asked_positive for each in listed),
        asked_negative=sum(each.asked_negative for each in listed),
        reasons=dict(sorted(reasons.items())),
    )
