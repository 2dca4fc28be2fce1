"""How far coders agree: over units (turn, sentence, paragraph) and over running text, per code or group (methods.md E).

Every figure stands beside its n, how often each coder gave the code, and the places where they differ. A source counts where
two or more of the coders gave at least one code; who gave none there did not judge it (a gap, never a no).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.agreement_rows import AgreementRow, row_of
from verhalen.analysis.agreement_units import UnitOf, units_of
from verhalen.analysis.crossing_names import unknown_code_near
from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.coder_names import SHOWN, told_apart
from verhalen.model.coding import Coder
from verhalen.statistics.agreement import Level
from verhalen.statistics.unitizing import VERSION
from verhalen.store import agreeing as store
from verhalen.store import codebook as code_store
from verhalen.store import codings as coding_store
from verhalen.store import sight
from verhalen.store.agreeing import Mark
from verhalen.store.project import ProjectFile

__all__ = ["AgreementRow", "AgreementTable", "agreement"]

_LEAST = 4
"""Signs of an identity by which a coder may be named."""


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """All rows, and what they were computed from."""

    coders: tuple[Coder, ...]
    sources: tuple[int, ...]
    """Ids of the sources that count."""
    unit: UnitOf
    rows: tuple[AgreementRow, ...]
    version: str = VERSION
    """Of the formulas for running text."""
    grouped: bool = False
    """Whether its row is of a group of codes."""
    level: Level = Level.NOMINAL
    """How far two codes of the group lie apart for alpha."""
    outside: int = 0
    """Codings of these rows that touch no unit, such as a name before a turn: they count in running text only."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the coders; those who are called the same with the beginning of their identity."""
        return tuple(told_apart(self.coders).values())


def agreement(
    project: ProjectFile,
    *,
    codes: Sequence[str] = (),
    group: str = "",
    unit: UnitOf = UnitOf.TURN,
    coders: Sequence[str] = (),
    sources: Collection[int] = (),
    level: Level = Level.NOMINAL,
    intervals: bool = False,
) -> AgreementTable:
    """Compare coders, per code; with `group` the codes right below it as values that exclude each other.

    `coders` are names or identities (or how these begin); without them everybody who shares a source with somebody, but not
    the consensus. `sources` are ids; without them all that two of them coded. `level`: with a group whose codes stand in
    order, as in the codebook, alpha may count how far two answers lie apart. Raises UnknownCode, BadInput, CodesBlind.
    """
    sight.refuse_blind(project)
    if project.only_coder is not None:
        raise errors.BadInput(reason=t("you code blind now: show the codings of others first"))
    if level is not Level.NOMINAL and not group:
        raise errors.BadInput(reason=t("an order of answers needs a group of codes: say which with --group"))
    with project.steady():
        book = code_store.codebook(project, counted=False)
        who = chosen_coders(project, coders) if coders else _sharing(project)
        counted = _shared(project, who, sources)
        found = store.marks(project, counted, [each.id for each in who])
        units = units_of(project, unit, counted, found)
        lengths = store.lengths(project, counted)
    keys = {each.id: each.key for each in book.codes}
    plan = _plan(project, book, keys, found, codes=codes, group=group)
    by_code: dict[int, list[Mark]] = defaultdict(list)
    for each in found:
        by_code[each.code_id].append(each)
    judged = _judged(found)
    rows = []
    for name, members in plan:
        own = [each for number in members for each in by_code[number]]
        values = {number: keys[number] for number in members}
        rows.append(row_of(name, own, values, who, units, judged, lengths, level=level, intervals=intervals))
    compared = {number for _, each in plan for number in each}
    outside = sum(
        each.code_id in compared and not units[each.source_id].touched(each.start, each.stop) for each in found
    )
    return AgreementTable(
        tuple(who), tuple(sorted(counted)), unit, tuple(rows), grouped=bool(group), level=level, outside=outside
    )


# -- what is compared --------------------------------------------------------------------------------------------------


def chosen_coders(project: ProjectFile, wanted: Sequence[str]) -> list[Coder]:
    """Coders by name or identity, two or more. Raises BadInput."""
    everybody = coding_store.coders(project)
    chosen = []
    for name in wanted:
        fits = _called(everybody, name)
        if not fits:
            raise errors.BadInput(reason=t("there is no coder {name}", name=name))
        if len(fits) > 1:
            ids = ", ".join(each.identity[:SHOWN] for each in fits)
            raise errors.BadInput(
                reason=t("{n} coders are called {name}: name one by identity ({ids})", n=len(fits), name=name, ids=ids)
            )
        chosen.append(fits[0])
    if len({each.id for each in chosen}) < 2:
        raise errors.BadInput(reason=t("agreement needs two coders"))
    return chosen


def _sharing(project: ProjectFile) -> list[Coder]:
    """Who coded a text that somebody else coded too. The consensus agrees with whoever was followed: it is left out."""
    people = [each for each in coding_store.coders(project) if each.id != sight.consensus_id(project)]
    ids = {each.id for each in people}
    shared = [coders & ids for coders in store.coders_per_source(project).values()]
    sharing = {coder for coders in shared if len(coders) > 1 for coder in coders}
    return [each for each in people if each.id in sharing]


def _shared(project: ProjectFile, who: Sequence[Coder], sources: Collection[int]) -> set[int]:
    ids = {each.id for each in who}
    return {
        source
        for source, coders in store.coders_per_source(project).items()
        if len(coders & ids) > 1 and (not sources or source in sources)
    }


def _called(everybody: Sequence[Coder], name: str) -> list[Coder]:
    """Who is called so; where nobody is, whose identity begins so."""
    exact = [each for each in everybody if name in (each.name, each.identity)]
    if exact or len(name) < _LEAST:
        return exact
    return [each for each in everybody if each.identity.startswith(name.lower())]


def _plan(
    project: ProjectFile,
    book: Codebook,
    keys: Mapping[int, str],
    found: Sequence[Mark],
    *,
    codes: Sequence[str],
    group: str,
) -> list[tuple[str, list[int]]]:
    """Name of each row and the codes in it."""
    numbers = {key: number for number, key in keys.items()}
    for key in (*codes, *([group] if group else [])):
        if key not in numbers:
            raise unknown_code_near(project, key, (each.key for each in book))
    if group:
        members = [each.id for each in book.codes if each.parent == group]
        if len(members) < 2:
            raise errors.BadInput(reason=t("{code} is no group: it has fewer than two codes below it", code=group))
        return [(group, members)]
    used = {each.code_id for each in found}
    chosen = list(codes) or [each.key for each in book.codes if each.id in used]
    return [(key, [numbers[key]]) for key in chosen]


def _judged(found: Iterable[Mark]) -> dict[int, frozenset[int]]:
    """Source -> coders who gave at least one code there."""
    seen: dict[int, set[int]] = defaultdict(set)
    for each in found:
        seen[each.source_id].add(each.coder_id)
    return {source: frozenset(who) for source, who in seen.items()}
