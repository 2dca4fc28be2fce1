"""Load the scores of an instrument from the store and pair them: the bridge between stored rows and `scores/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from verhalen.model.family import Family
from verhalen.model.instrument import DomainList, Instrument
from verhalen.model.snapshot import Assessor, State
from verhalen.scores.change import Change, domain_changes, group_changes, item_changes, standings
from verhalen.scores.moments import DAYS, WINDOW, Period, find_moments
from verhalen.scores.pairs import Pairs, Rule, Stay, make_pairs
from verhalen.scores.states import ObservationRow, Registration, histories
from verhalen.store.project import ProjectFile
from verhalen.store.scores import observation_rows, registration_rows


@dataclass(frozen=True, slots=True)
class Settings:
    """How change is computed; every report prints it."""

    days: int = DAYS
    window: int = WINDOW
    rule: Rule = Rule.LOWEST
    assessor: Assessor | None = None
    """None takes the instrument's usual one."""


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
    settings = settings or Settings()
    keys = {family.key for family in families}
    rows = [
        ObservationRow(
            row.family,
            row.person,
            row.item,
            dt.date.fromisoformat(row.day),
            row.snapshot_id,
            Assessor(row.assessor),
            State(row.state),
            row.value,
        )
        for row in observation_rows(project, instrument.key)
        if row.family in keys
    ]
    assessor = settings.assessor or Assessor(instrument.assessor)
    registrations = [
        Registration(family, dt.date.fromisoformat(day), number, Assessor(by))
        for family, day, number, by in registration_rows(project, instrument.key)
        if family in keys
    ]
    known = histories(rows, registrations)
    periods = [Period(family.key, each.ordinal, each.start) for family in families for each in family.trajectories]
    moments = find_moments(known, periods, assessor=assessor, days=settings.days, window=settings.window)
    stays = {person.key: Stay(person.joined, person.left) for family in families for person in family.persons}
    pairs = make_pairs(
        known, moments, [item.key for item in instrument.items], assessor=assessor, rule=settings.rule, stays=stays
    )
    return ScoredChange(
        instrument=instrument,
        pairs=pairs,
        items=item_changes(pairs, instrument),
        domains={each.target: each for each in domain_changes(pairs, instrument.items)},
        groups={each.target: each for each in group_changes(pairs, instrument.items, domains)},
        standing={family: each.direction for (family, _), each in standings(pairs, instrument.items).items()},
    )
