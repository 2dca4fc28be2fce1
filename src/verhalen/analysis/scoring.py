"""Load the scores of an instrument from the store and pair them: the bridge between stored rows and `scores/`."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from verhalen import errors
from verhalen.analysis.collecting import not_collecting
from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList, Instrument
from verhalen.model.snapshot import Assessor
from verhalen.model.text import Notice
from verhalen.scores.change import Change, domain_changes, group_changes, item_changes, standings
from verhalen.scores.moments import DAYS, WINDOW, At, Moments, Period, find_moments, one_per_family
from verhalen.scores.pairing import pair_views
from verhalen.scores.pairs import Pairs, Rule, Stay
from verhalen.scores.states import Histories, Place, Registration, histories
from verhalen.scores.views import Answers, Views, gather, view_of
from verhalen.store.answers import answer_columns, revision_rows
from verhalen.store.project import ProjectFile
from verhalen.store.scores import registration_rows

REFERENCE = "referentiepersoon"
"""Attribute of a family that names its reference persons: `moeder`, or `moeder, kind1`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How change is computed; every report prints it."""

    days: int = DAYS
    window: int = WINDOW
    rule: Rule = Rule.LOWEST
    assessor: Assessor | None = None
    """None takes the instrument's usual one."""
    at: At = At.DAY


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one instrument, loaded once, from which pairs are made under any rule."""

    instrument: Instrument
    settings: Settings
    assessor: Assessor
    families: Mapping[str, Family]
    moments: tuple[Moments, ...]
    """One per family: the trajectory that counts."""
    views: Views
    snapshots: Mapping[int, tuple[str, dt.date]]
    """Family and day of each snapshot up to the follow-up of its family, the baseline included."""
    warnings: tuple[Notice, ...] = ()
    """Days with two snapshots of one family."""

    @property
    def items(self) -> list[str]:
        """Keys of the items, in the order of the instrument."""
        return [item.key for item in self.instrument.items]

    @property
    def stays(self) -> dict[str, Stay]:
        """Who came and left, by person."""
        return {
            person.key: Stay(person.joined, person.left)
            for family in self.families.values()
            for person in family.persons
        }

    def pairs(self, rule: Rule | None = None, *, revised: bool = False) -> Pairs:
        """Baseline beside follow-up of every item, under the rule of the settings or another."""
        references = {key: reference_persons(family) for key, family in self.families.items()}
        with not_collecting():
            return pair_views(
                self.views,
                self.items,
                rule=rule or self.settings.rule,
                stays=self.stays,
                references=references,
                revised=revised,
            )


def reference_persons(family: Family) -> list[str]:
    """Keys of the persons that the family's attribute names."""
    named = [each for each in re.split(r"[\s,;|]+", family.attribute(REFERENCE)) if each]
    return [each if each.startswith(f"{family.key}.") else f"{family.key}.{each}" for each in named]


class _Snapshot(NamedTuple):
    day: dt.date
    number: int


class Given(NamedTuple):
    """What the settings come to for one instrument."""

    settings: Settings
    assessor: Assessor


def load_moments(
    project: ProjectFile, instrument: Instrument, *, families: Iterable[Family], settings: Settings | None = None
) -> tuple[Histories, tuple[Period, ...], Given]:
    """Days of registration and periods of support: all that the two moments depend on."""
    given = _given(instrument, settings)
    listed = list(families)
    return histories((), _registrations(project, instrument, listed)), _periods(listed), given


def load_scored(
    project: ProjectFile,
    instrument: Instrument,
    *,
    families: Iterable[Family],
    settings: Settings | None = None,
    only_baseline: bool = False,
) -> Scored:
    """Find the two moments of each family and load what was answered up to the second; later answers are never read.

    With `only_baseline` the first moment stands for both, also of families that were never followed.
    """
    settings, assessor = _given(instrument, settings)
    by_key = {family.key: family for family in families}
    registered = _registrations(project, instrument, by_key.values())
    known = histories((), registered)
    found = find_moments(
        known,
        _periods(by_key.values()),
        assessor=assessor,
        days=settings.days,
        window=settings.window,
        at=settings.at,
    )
    moments = one_per_family(found)
    if only_baseline:
        moments = _at_start(found, moments)
    needed = _needed(registered, moments, assessor)
    with not_collecting():
        views = _views(project, instrument, moments, needed)
    return Scored(
        instrument=instrument,
        settings=settings,
        assessor=assessor,
        families=by_key,
        moments=tuple(moments),
        views=views,
        snapshots={each.number: (family, each.day) for family, own in needed.items() for each in own},
        warnings=known.warnings,
    )


def _at_start(found: Iterable[Moments], chosen: Iterable[Moments]) -> list[Moments]:
    """The trajectories that count, up to their first day; where one has no registration, the latest that has."""
    latest = {each.family: each for each in found if each.t0 is not None}
    kept = (each if each.t0 is not None else latest.get(each.family, each) for each in chosen)
    return [replace(each, t1=each.t0) for each in kept]


def _given(instrument: Instrument, settings: Settings | None) -> Given:
    settings = settings or Settings()
    if settings.days < 1 or not 0 <= settings.window < settings.days:
        raise errors.BadInput(reason=t("the window is narrower than the days between the two moments"))
    return Given(settings, settings.assessor or Assessor(instrument.assessor))


def _registrations(project: ProjectFile, instrument: Instrument, families: Iterable[Family]) -> list[Registration]:
    keys = {family.key for family in families}
    return [
        Registration(family, dt.date.fromisoformat(day), number, Assessor(by))
        for family, day, number, by in registration_rows(project, instrument.key)
        if family in keys
    ]


def _periods(families: Iterable[Family]) -> tuple[Period, ...]:
    return tuple(
        Period(family.key, each.ordinal, each.start, each.end) for family in families for each in family.trajectories
    )


def _needed(
    registered: Iterable[Registration], moments: Iterable[Moments], assessor: Assessor
) -> dict[str, list[_Snapshot]]:
    """Per followed family its snapshots up to the follow-up, in order of day and id."""
    spans = {each.family: (each.since, each.t1) for each in moments if each.t1 is not None}
    needed: dict[str, list[_Snapshot]] = {family: [] for family in spans}
    for each in registered:
        if each.assessor is assessor and each.family in spans:
            since, t1 = spans[each.family]
            if since <= each.day <= t1:
                needed[each.family].append(_Snapshot(each.day, each.snapshot_id))
    return {family: sorted(own) for family, own in needed.items()}


def _views(
    project: ProjectFile,
    instrument: Instrument,
    moments: Iterable[Moments],
    needed: Mapping[str, list[_Snapshot]],
) -> Views:
    wanted = [each.number for own in needed.values() for each in own]
    loaded = {each.snapshot_id: (each.places, each.answers) for each in answer_columns(project, wanted)}
    revisions: dict[int, dict[Place, int | None]] = defaultdict(dict)
    for row in revision_rows(project, instrument.key):
        revisions[row.snapshot_id][row.person, row.item] = row.value
    viewed = {}
    listed = list(moments)
    for each in listed:
        if each.t1 is not None:
            own = needed[each.family]
            first = {
                place: value
                for snapshot in own
                if snapshot.day == each.t0
                for place, value in revisions.get(snapshot.number, {}).items()
            }
            answers = [Answers(one.day, *loaded[one.number]) for one in own if one.number in loaded]
            viewed[each.family] = view_of(each, answers, first)
    return gather(listed, viewed)


@dataclass(frozen=True, slots=True)
class ScoredChange:
    """The pairs of one instrument and what they come to."""

    instrument: Instrument
    pairs: Pairs
    items: tuple[Change, ...]
    domains: dict[str, Change]
    groups: dict[str, Change]
    standing: dict[str, int]
    """Family to 1 up, 0 same, -1 down over all items."""


def scored_change(
    project: ProjectFile,
    instrument: Instrument,
    *,
    domains: DomainList,
    families: Collection[Family],
    settings: Settings | None = None,
) -> ScoredChange:
    """Pair baseline and follow-up of the given families on one instrument."""
    pairs = load_scored(project, instrument, families=families, settings=settings).pairs()
    return ScoredChange(
        instrument=instrument,
        pairs=pairs,
        items=item_changes(pairs, instrument),
        domains={each.target: each for each in domain_changes(pairs, instrument.items)},
        groups={each.target: each for each in group_changes(pairs, instrument.items, domains)},
        standing={family: each.direction for (family, _), each in standings(pairs, instrument.items).items()},
    )
