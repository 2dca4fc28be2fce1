"""The approximation of the poverty index over a project: whose index, on which items, from whose scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.scoring import Scored, Settings, load_scored
from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.model.instrument import Instrument
from verhalen.model.snapshot import Reason
from verhalen.scores.instruments import parse_derived
from verhalen.scores.moments import FollowUp
from verhalen.scores.poverty_index import PovertyClass, place_family
from verhalen.scores.poverty_table import PovertyTable
from verhalen.store.answers import reason_rows
from verhalen.store.project import ProjectFile

INDEX = "kansarmoede_index"
POOR, HEAVY = "kansarm", "zwaar"
"""Names of the thresholds in the file of the index."""


@dataclass(frozen=True, slots=True)
class Poverty:
    """What the index says of a project."""

    index: Instrument
    """With its indicators and thresholds."""
    scored: Scored
    table: PovertyTable
    revised: PovertyTable | None
    """With the revised baselines; None where there are none."""
    heavy: tuple[int, int]
    """Families in deep poverty for certain, before and after."""
    reasons: dict[Reason, int]
    """Worsened families by the reasons given on an item of the index; one may have several."""
    without_reason: tuple[str, ...]
    """Worsened families for which nobody gave one."""

    @property
    def registered(self) -> int:
        """Families with a registration by this kind of assessor."""
        return sum(each.t0 is not None for each in self.scored.moments)

    @property
    def other_assessor(self) -> tuple[str, ...]:
        """Of those that were not followed: somebody else judged at the second moment, which is never subtracted."""
        return self.scored.views.unfollowed.get(FollowUp.OTHER_ASSESSOR, ())


def poverty(
    project: ProjectFile,
    instruments: Sequence[Instrument],
    *,
    families: Iterable[Family],
    settings: Settings | None = None,
    threshold: int | None = None,
) -> Poverty:
    """Place all followed families on the index; `threshold` None takes that of its file.

    Raises UnknownInstrument where the project has no index, BadInput where its items or the threshold do not fit.
    """
    index, asked = index_and_source(instruments)
    threshold = index.thresholds.get(POOR, 3) if threshold is None else threshold
    most = len(index.indicators)
    if not 1 <= threshold <= most:
        raise errors.BadInput(reason=t("the threshold is a number from 1 to {most}", most=most))
    scored = load_scored(project, asked, families=families, settings=settings)
    table = _table(index, scored, threshold)
    later = _table(index, scored, threshold, revised=True) if any(v.revised for v in scored.views.followed) else None
    heavy = index.thresholds.get(HEAVY, most)
    given = _given(project, index, scored, table)
    return Poverty(
        index=index,
        scored=scored,
        table=table,
        revised=later,
        heavy=(
            sum(each.before.low >= heavy for each in table.families),
            sum(each.after.low >= heavy for each in table.families),
        ),
        reasons={reason: n for reason in Reason if (n := sum(reason in them for them in given.values()))},
        without_reason=tuple(family for family, them in given.items() if not them),
    )


def index_and_source(instruments: Sequence[Instrument]) -> tuple[Instrument, Instrument]:
    """The index with its indicators, and the instrument whose items it reads. Raises UnknownInstrument, BadInput."""
    index = next((parse_derived(each) for each in instruments if each.key == INDEX), None)
    if index is None:
        raise errors.UnknownInstrument(key=INDEX)
    return index, _instrument_of(index, instruments)


def _instrument_of(index: Instrument, instruments: Sequence[Instrument]) -> Instrument:
    """The instrument whose items the index reads."""
    wanted = {item for each in index.indicators for item, _ in each.borders}
    for each in instruments:
        if wanted <= {item.key for item in each.items}:
            return each
    raise errors.BadInput(
        reason=t("no instrument here has all items of the index: {items}", items=", ".join(sorted(wanted)))
    )


def _table(index: Instrument, scored: Scored, threshold: int, *, revised: bool = False) -> PovertyTable:
    levels = {item.key: item.level for item in scored.instrument.items}
    members = {person.key: person.level for family in scored.families.values() for person in family.persons}
    stays = scored.stays
    placed = [
        place_family(
            view,
            index.indicators,
            levels=levels,
            members=members,
            threshold=threshold,
            stays=stays,
            revised=revised,
        )
        for view in scored.views.followed
    ]
    return PovertyTable(threshold, tuple(placed))


def _given(project: ProjectFile, index: Instrument, scored: Scored, table: PovertyTable) -> dict[str, Counter[Reason]]:
    """Worsened family to the reasons given on an item of the index since its baseline."""
    items = {item for each in index.indicators for item, _ in each.borders}
    starts = {view.family: view.t0 for view in scored.views.followed}
    given: dict[str, Counter[Reason]] = {
        each.family: Counter() for each in table.families if each.poverty_class is PovertyClass.WORSENED
    }
    for row in reason_rows(project, scored.instrument.key):
        family, day = scored.snapshots.get(row.snapshot_id, ("", None))
        if family in given and row.item in items and day is not None and day > starts[family]:
            given[family][row.reason] += 1
    return given
