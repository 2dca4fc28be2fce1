"""Both moments of every followed family: what was known of each item at baseline and at follow-up (methods.md D2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from verhalen.model.snapshot import Assessor
from verhalen.scores.moments import FollowUp, Moments, one_per_family
from verhalen.scores.states import NOTHING, Answer, Histories, Known, Place, observed

Picture = Mapping[Place, Known]
"""What is known of every place on a day."""
Revisions = Mapping[Place, int | None]
"""Values that the first picture would have had; None where an item was not applicable after all."""


class Answers(NamedTuple):
    """One snapshot in columns of equal length."""

    day: dt.date
    places: Sequence[Place]
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class View:
    """One followed family at both moments."""

    family: str
    t0: dt.date
    t1: dt.date
    before: Picture
    after: Picture
    revised: tuple[Picture, Picture] | None = None
    """Both pictures with the revised baseline; a confirmation or a carried value follows it. None where nothing was revised."""


@dataclass(frozen=True, slots=True)
class Views:
    """All families by one kind of assessor, one trajectory each: the latest that was followed."""

    followed: tuple[View, ...]
    after_window: frozenset[str]
    """Followed families without a registration in the window."""
    unfollowed: Mapping[FollowUp, tuple[str, ...]]


def view_of(moments: Moments, snapshots: Iterable[Answers], revisions: Revisions | None = None) -> View:
    """Walk through the snapshots of a followed trajectory, which come in order of day and id and none after t1."""
    t0, t1 = moments.t0, moments.t1
    if t0 is None or t1 is None:
        raise ValueError("only a followed trajectory has two moments")
    listed = list(snapshots)
    before, after = _walk(listed, t0)
    revised = _walk(listed, t0, revisions) if revisions else None
    return View(moments.family, t0, t1, before, after, revised)


def _walk(snapshots: Sequence[Answers], t0: dt.date, revisions: Revisions | None = None) -> tuple[Picture, Picture]:
    known: dict[Place, Known] = {}
    at_start = [each for each in snapshots if each.day <= t0]
    _look(known, at_start)
    for place, value in (revisions or {}).items():
        known[place] = observed(NOTHING, "nvt" if value is None else value, t0.toordinal())
    before = dict(known)
    _look(known, snapshots[len(at_start) :])
    return before, known


def _look(known: dict[Place, Known], snapshots: Iterable[Answers]) -> None:
    for when, places, answers in snapshots:
        day = when.toordinal()
        # A score stands by itself, whatever was known before: one value for all that got it on this day.
        scored: dict[Answer, Known] = {
            answer: observed(NOTHING, answer, day) for answer in set(answers) if isinstance(answer, int)
        }
        for place, answer in zip(places, answers, strict=True):
            known[place] = scored[answer] if answer in scored else observed(known.get(place, NOTHING), answer, day)


def gather(moments: Iterable[Moments], viewed: Mapping[str, View]) -> Views:
    """Sort the families into followed and not; `viewed` holds the view of each followed one."""
    unfollowed: dict[FollowUp, list[str]] = {}
    after_window = set()
    chosen = one_per_family(moments)
    for each in chosen:
        if each.family not in viewed:
            unfollowed.setdefault(each.follow_up, []).append(each.family)
        elif each.follow_up is FollowUp.AFTER_WINDOW:
            after_window.add(each.family)
    return Views(
        followed=tuple(viewed[each.family] for each in chosen if each.family in viewed),
        after_window=frozenset(after_window),
        unfollowed={reason: tuple(families) for reason, families in unfollowed.items()},
    )


def views_from(known: Histories, moments: Iterable[Moments], *, assessor: Assessor) -> Views:
    """The same from whole histories, where those are at hand."""
    listed = list(moments)
    viewed = {}
    for each in one_per_family(listed):
        history = known.of(each.family, assessor)
        if history is not None and each.t0 is not None and each.t1 is not None:
            before, after = history.known(each.t0, since=each.since), history.known(each.t1, since=each.since)
            viewed[each.family] = View(each.family, each.t0, each.t1, before, after)
    return gather(listed, viewed)
