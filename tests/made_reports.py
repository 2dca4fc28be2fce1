"""What a report draws from, made in memory from a few families: for trying thousands of reports without a project file."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from hypothesis import strategies as st

from verhalen.analysis.coverage import coverage
from verhalen.analysis.joint import joint_rows
from verhalen.analysis.reach import reach
from verhalen.analysis.scoring import ScoredChange
from verhalen.api.workspace import shipped_domains, shipped_instruments
from verhalen.model.family import Family, Trajectory
from verhalen.model.instrument import DomainList, Instrument
from verhalen.model.release import Release, Threshold
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.privacy.clearance import Audience
from verhalen.report.data import ReportData
from verhalen.report.front import Front
from verhalen.scores.change import domain_changes, group_changes, item_changes, standings
from verhalen.scores.instruments import read_domains, read_instrument
from verhalen.scores.pairs import NotPaired, Pair, Pairs, Rule
from verhalen.scores.states import Kind

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 12, 31)
ITEMS = ("huishouden.schulden", "volwassene.stress")
WHY = (NotPaired.TOO_SHORT, NotPaired.OTHER_ASSESSOR, NotPaired.NO_REGISTRATION)


@dataclass(frozen=True, slots=True)
class Made:
    """One family as a test makes it."""

    town: str
    known: str
    referrer: str
    start: dt.date
    end: dt.date | None
    reason: str
    tells: bool
    scores: tuple[tuple[int, int, bool], ...] | None
    """Per item before, after and whether anybody looked again; None where the family was not followed."""
    why: NotPaired


days = st.dates(dt.date(2023, 7, 1), LAST)
scores = st.tuples(st.integers(1, 5), st.integers(1, 5), st.booleans())
families = st.builds(
    Made,
    town=st.sampled_from(["Lindebeke", "Oudermeer", "Wilgenrode", "Zandhoven"]),
    known=st.sampled_from(["gekend", "nieuw", "ooit", ""]),
    referrer=st.sampled_from(["OCMW", "school", "CAW", "zelf", ""]),
    start=days,
    end=st.none() | st.dates(FIRST, LAST),
    reason=st.sampled_from(["afgerond", "doorverwezen", "verhuisd", "gestopt", "geweigerd", ""]),
    tells=st.booleans(),
    scores=st.none() | st.tuples(*[scores] * len(ITEMS)),
    why=st.sampled_from(WHY),
)


@functools.cache
def grounds() -> tuple[DomainList, Instrument]:
    """The shipped life domains and Sociale Balans."""
    domains = read_domains(shipped_domains())
    path = next(each for each in shipped_instruments() if "sociale_balans" in each.name)
    return domains, read_instrument(path, domains)


def report_data(
    made: Sequence[Made],
    audience: Audience,
    *,
    earlier: tuple[Release, ...] = (),
    own: Threshold | None = None,
    front: Front | None = None,
) -> ReportData:
    """What placeholders ask for, of these families; family i has the key Gi and the id i + 1."""
    domains, instrument = grounds()
    front = front or Front(period=(FIRST, LAST))
    listed = [_family(number, each) for number, each in enumerate(made)]
    period = front.period or (FIRST, LAST)
    reached = reach(listed, front.period, contacts={}, today=LAST)
    there = tuple(each for each in listed if each.key in reached.keys)
    keys = {each.key for each in there}
    by_key = {f"G{number:03}": each for number, each in enumerate(made)}
    pairs = _pairs({key: each for key, each in by_key.items() if key in keys})
    change = ScoredChange(
        instrument=instrument,
        pairs=pairs,
        items=item_changes(pairs, instrument),
        domains={each.target: each for each in domain_changes(pairs, instrument.items)},
        groups={each.target: each for each in group_changes(pairs, instrument.items, domains)},
        standing={family: each.direction for (family, _), each in standings(pairs, instrument.items).items()},
    )
    told = tuple(
        Story(f"V{number}", key, "Zo ging het.", StoryAnswer.POSITIVE, Voice("ouder", ""))
        for number, key in enumerate(sorted(keys))
        if by_key[key].tells
    )
    assert period
    return ReportData(
        project=cast(Any, None),
        front=front,
        audience=audience,
        domains=domains,
        families=there,
        reach=reached,
        change=change,
        pieces=(),
        stories=told,
        all_stories=told,
        joint=tuple(joint_rows(domains, changes=change.groups, pieces=(), stories=told, verdicts={})),
        coverage=tuple(coverage(reached.keys, {story.family for story in told}, change.standing)),
        saying=cast(Any, None),
        day=LAST,
        contacts={},
        wordings=(),
        own=own,
        earlier=earlier,
        ids={each.key: each.id for each in listed},
        towns=frozenset(each.municipality for each in listed),
    )


def _family(number: int, made: Made) -> Family:
    end = made.end if made.end is not None and made.end >= made.start else None
    support = Trajectory(1, made.start, None, end, made.reason if end else "", referrer=made.referrer, known=made.known)
    return Family(
        f"G{number:03}",
        made.town,
        trajectories=(support,),
        snapshots=0 if made.scores is None and made.why is NotPaired.NO_REGISTRATION else 2,
        stories=int(made.tells),
        id=number + 1,
    )


def _pairs(made: dict[str, Made]) -> Pairs:
    followed = tuple(key for key, each in made.items() if each.scores is not None)
    unfollowed = {why: tuple(k for k, each in made.items() if each.scores is None and each.why is why) for why in WHY}
    by_item: dict[str, dict[tuple[str, str | None], Pair]] = {item: {} for item in ITEMS}
    for key, each in made.items():
        for item, (before, after, looked) in zip(ITEMS, each.scores or (), strict=False):
            kind = Kind.SCORED if looked or before != after else Kind.CARRIED
            by_item[item][key, None] = Pair(before, after, kind, 0)
    return Pairs(
        rule=Rule.LOWEST,
        followed=followed,
        after_window=frozenset(),
        unfollowed={why: them for why, them in unfollowed.items() if them},
        by_item=by_item,
        gaps={item: {} for item in ITEMS},
        moved={item: frozenset() for item in ITEMS},
    )


def many(seed: int, count: int) -> list[Made]:
    """So many families, the same each time for a seed."""
    import random

    choose = random.Random(seed)
    found = []
    for _ in range(count):
        start = dt.date(2023, 7, 1) + dt.timedelta(days=choose.randrange(900))
        end = start + dt.timedelta(days=choose.randrange(30, 700)) if choose.random() < 0.6 else None
        pair = tuple((choose.randint(1, 4), choose.randint(2, 5), choose.random() < 0.7) for _ in ITEMS)
        base = Made("Oudermeer", "nieuw", "OCMW", start, end, "afgerond", choose.random() < 0.5, pair, WHY[0])
        found.append(
            replace(
                base,
                town=choose.choice(["Lindebeke", "Oudermeer", "Wilgenrode"]),
                known=choose.choice(["gekend", "nieuw", "ooit"]),
                referrer=choose.choice(["OCMW", "school", "CAW"]),
                reason=choose.choice(["afgerond", "doorverwezen", "gestopt"]),
                scores=pair if choose.random() < 0.8 else None,
            )
        )
    return found
