"""Families by what their scores say of them: the columns "change" of a crosstab (methods.md D2 to D4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verhalen import errors
from verhalen.analysis.crossing_names import unknown_instrument
from verhalen.analysis.scoring import Scored, Settings, load_scored
from verhalen.i18n import mark, t
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList, Instrument, Item
from verhalen.model.text import Notice
from verhalen.scores.change import standings
from verhalen.scores.states import Kind
from verhalen.store import scores
from verhalen.store.project import ProjectFile

DEFAULT_INSTRUMENT = "sociale_balans"
UP, SAME, CARRIED, DOWN, NOT_PAIRED = "up", "same", "same_carried", "down", "not_paired"
CLASSES: dict[str, str] = {
    UP: mark("better"),
    SAME: mark("same"),
    CARRIED: mark("not looked at again"),
    DOWN: mark("worse"),
    NOT_PAIRED: mark("not compared"),
}
"""Key of each class to its marked word, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """Which change families are split by."""

    instrument: str = ""
    """Key; empty for the usual one."""
    target: str = ""
    """Key of a life domain or of a group of them; empty for all items together."""
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of every family."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    of_family: Mapping[str, str]
    """Key of a family to that of its class."""
    notes: tuple[Notice, ...]


def classes_of(project: ProjectFile, families: Sequence[Family], change: ChangeOf) -> Classes:
    """Every family in one class, those without a pair too. Raises UnknownInstrument, UnknownDomain, BadInput."""
    instrument = _instrument(project, change.instrument or DEFAULT_INSTRUMENT)
    domains = scores.domain_list(project)
    name, wanted = _target(domains, change.target)
    scored = load_scored(project, instrument, families=families, settings=change.settings)
    items = [item for item in instrument.items if not change.target or item.domain in wanted]
    return Classes(
        keys=tuple(CLASSES),
        names=tuple(t(word) for word in CLASSES.values()),
        of_family={family.key: NOT_PAIRED for family in families} | _standing(scored, items),
        notes=(_basis(scored, name or t("all items")),),
    )


def check_names(project: ProjectFile, change: ChangeOf) -> None:
    """Refuse names that are none, also where no column is a class of change. Raises UnknownInstrument, UnknownDomain."""
    if change.instrument:
        _instrument(project, change.instrument)
    if change.target:
        _target(scores.domain_list(project), change.target)


def _instrument(project: ProjectFile, key: str) -> Instrument:
    known = scores.instruments(project)
    found = next((each for each in known if each.key == key), None)
    if found is None:
        raise unknown_instrument(key, [each.key for each in known])
    return found


def _standing(scored: Scored, items: Sequence[Item]) -> dict[str, str]:
    found = {}
    for (family, _), each in standings(scored.pairs(), items).items():
        carried = CARRIED if each.look is Kind.CARRIED else SAME
        found[family] = {1: UP, 0: carried, -1: DOWN}[each.direction]
    return found


def _target(domains: DomainList, target: str) -> tuple[str, set[str]]:
    """Name and life domains of what was asked for."""
    if not target:
        return "", set()
    wanted = target.strip().casefold()
    for group in domains.groups:
        if group.key.casefold() == wanted:
            return group.name, {each.key for each in domains.in_group(group.key)}
    for domain in domains.domains:
        if domain.key.casefold() == wanted:
            return domain.name, {domain.key}
    known = ", ".join([*(each.key for each in domains.groups), *(each.key for each in domains.domains)])
    raise errors.UnknownDomain(key=target, known=known)


def _basis(scored: Scored, target: str) -> Notice:
    settings = scored.settings
    message = mark(
        "Change on {instrument}, {target}: day {days}, {window} days before and after, {rule}, judged by: {assessor}; "
        "{followed} families followed. Families without two moments are under not compared."
    )
    values = {
        "instrument": scored.instrument.name,
        "target": target,
        "days": settings.days,
        "window": settings.window,
        "rule": t(settings.rule.label),
        "assessor": t(scored.assessor.label),
        "followed": len(scored.views.followed),
    }
    return Notice(None, message, values)
