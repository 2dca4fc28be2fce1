"""How far coders agree: over units (turn, sentence, paragraph) and over running text, per code or group (methods.md E).

Every figure stands beside its n, how often each coder gave the code, and the places where they differ. A source counts where
two or more of the coders gave at least one code; who gave none there did not judge it (a gap, never a no).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.agreement_units import Places, UnitOf, units_of
from verhalen.analysis.crossing_names import unknown_code_near
from verhalen.i18n import mark, t
from verhalen.model.codebook import Codebook
from verhalen.model.coding import Coder
from verhalen.statistics.agreement import Unit, alpha, cohen, fleiss, interval, percent
from verhalen.statistics.intervals import Interval
from verhalen.statistics.outcome import Outcome, undefined
from verhalen.statistics.unitizing import VERSION, Alphas, Continuum, Segment, u_alphas
from verhalen.store import agreeing as store
from verhalen.store import codebook as code_store
from verhalen.store import codings as coding_store
from verhalen.store import sight
from verhalen.store.agreeing import Mark
from verhalen.store.project import ProjectFile

OVERLAPPING = mark("cannot be determined: a coder gave two codes of the group to one passage")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One unit of which coders say different things. Positions in code points, half-open."""

    code: str
    source_id: int
    start: int
    stop: int
    said: tuple[str | None, ...]
    """Per coder the codes given (empty: none of them); None: did not code this source."""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One code, or one group of codes that exclude each other."""

    code: str
    n: int
    """Units that two or more coders judged."""
    given: tuple[int, ...]
    """Per coder the number of units that got the code (of a group: any of its codes)."""
    judged: tuple[int, ...]
    """Per coder the number of units judged."""
    percent: Outcome
    kappa: Outcome
    """Cohen's, of two coders."""
    fleiss: Outcome
    alpha: Outcome
    """Krippendorff's, nominal."""
    u_alpha: Outcome
    binary_alpha: Outcome
    cu_alpha: Outcome
    alpha_interval: Interval | None
    """Where intervals were asked for."""
    disagreements: tuple[Disagreement, ...]

    @property
    def prevalence(self) -> tuple[float | None, ...]:
        """Per coder the share of the units judged that got the code."""
        return tuple(some / of if of else None for some, of in zip(self.given, self.judged, strict=True))

    @property
    def undefined(self) -> dict[str, str]:
        """Measure -> marked reason, of those that have no value."""
        named = {
            "percent": self.percent,
            "kappa": self.kappa,
            "fleiss": self.fleiss,
            "alpha": self.alpha,
            "u_alpha": self.u_alpha,
            "binary_alpha": self.binary_alpha,
            "cu_alpha": self.cu_alpha,
        }
        return {name: each.reason for name, each in named.items() if each.value is None}


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


def agreement(
    project: ProjectFile,
    *,
    codes: Sequence[str] = (),
    group: str = "",
    unit: UnitOf = UnitOf.TURN,
    coders: Sequence[str] = (),
    sources: Collection[int] = (),
    intervals: bool = False,
) -> AgreementTable:
    """Compare coders, per code; with `group` the codes right below it as values that exclude each other.

    `coders` are names or identities; without them everybody who shares a source with somebody, but not the consensus.
    `sources` are ids; without them all that two of them coded. Raises UnknownCode, BadInput, CodesBlind.
    """
    sight.refuse_blind(project)
    if project.only_coder is not None:
        raise errors.BadInput(reason=t("you code blind now: show the codings of others first"))
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
        rows.append(_row(name, own, values, who, units, judged, lengths, intervals=intervals))
    return AgreementTable(tuple(who), tuple(sorted(counted)), unit, tuple(rows))


# -- what is compared --------------------------------------------------------------------------------------------------


def chosen_coders(project: ProjectFile, wanted: Sequence[str]) -> list[Coder]:
    """Coders by name or identity, two or more. Raises BadInput."""
    everybody = coding_store.coders(project)
    chosen = []
    for name in wanted:
        fits = [each for each in everybody if name in (each.name, each.identity)]
        if not fits:
            raise errors.BadInput(reason=t("there is no coder {name}", name=name))
        if len(fits) > 1:
            ids = ", ".join(each.identity[:8] for each in fits)
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


# -- one row -----------------------------------------------------------------------------------------------------------


def _row(
    name: str,
    own: Sequence[Mark],
    values: Mapping[int, str],
    who: Sequence[Coder],
    units: Mapping[int, Places],
    judged: Mapping[int, frozenset[int]],
    lengths: Mapping[int, int],
    *,
    intervals: bool,
) -> AgreementRow:
    said = _said(own, values, units)
    counted, apart = _patterns(name, said, who, units, judged)
    running = _running(own, values, who, judged, lengths)
    return AgreementRow(
        code=name,
        n=counted.total(),
        given=tuple(sum(times for unit, times in counted.items() if unit[at]) for at in range(len(who))),
        judged=tuple(sum(times for unit, times in counted.items() if unit[at] is not None) for at in range(len(who))),
        percent=percent(counted),
        kappa=cohen(counted),
        fleiss=fleiss(counted),
        alpha=alpha(counted),
        u_alpha=running.u,
        binary_alpha=running.binary,
        cu_alpha=running.cu,
        alpha_interval=interval(counted, alpha) if intervals else None,
        disagreements=tuple(apart),
    )


def _said(
    own: Sequence[Mark], values: Mapping[int, str], units: Mapping[int, Places]
) -> dict[tuple[int, int], dict[int, set[str]]]:
    """(source, unit) -> coder -> codes given."""
    said: dict[tuple[int, int], dict[int, set[str]]] = {}
    for each in own:
        for at in units[each.source_id].touched(each.start, each.stop):
            said.setdefault((each.source_id, at), {}).setdefault(each.coder_id, set()).add(values[each.code_id])
    return said


def _patterns(
    name: str,
    said: Mapping[tuple[int, int], Mapping[int, set[str]]],
    who: Sequence[Coder],
    units: Mapping[int, Places],
    judged: Mapping[int, frozenset[int]],
) -> tuple[Counter[Unit], list[Disagreement]]:
    """How often each pattern of answers occurs, and where coders differ. Most units are alike: nobody gave the code."""
    counted: Counter[Unit] = Counter()
    nobody: dict[int, Unit] = {}
    apart: list[Disagreement] = []
    for source, places in units.items():
        there = judged.get(source, frozenset())
        nobody[source] = tuple("" if each.id in there else None for each in who)
        counted[nobody[source]] += len(places.starts)
    for (source, at), given in sorted(said.items()):
        there = judged.get(source, frozenset())
        pattern = tuple([_joined(given.get(each.id)) if each.id in there else None for each in who])
        counted[pattern] += 1
        counted[nobody[source]] -= 1
        if len({value for value in pattern if value is not None}) > 1:
            places = units[source]
            apart.append(Disagreement(name, source, places.starts[at], places.stops[at], pattern))
    return +counted, apart


def _joined(codes: Collection[str] | None) -> str:
    return "" if not codes else next(iter(codes)) if len(codes) == 1 else " + ".join(sorted(codes))


def _running(
    own: Sequence[Mark],
    values: Mapping[int, str],
    who: Sequence[Coder],
    judged: Mapping[int, frozenset[int]],
    lengths: Mapping[int, int],
) -> Alphas:
    """u, binary and cu over the sources that all of them coded: a running text has no gaps for who was not there."""
    ids = [each.id for each in who]
    per: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for each in own:
        per[each.source_id, each.coder_id].append(each)
    texts = []
    for source, there in judged.items():
        if all(number in there for number in ids):
            lines = [_segments(per[source, number], values) for number in ids]
            if any(line is None for line in lines):
                none = undefined(OVERLAPPING)
                return Alphas(none, none, none)
            texts.append(Continuum(lengths[source], tuple(line for line in lines if line is not None)))
    return u_alphas(texts)


def _segments(own: Sequence[Mark], values: Mapping[int, str]) -> tuple[Segment, ...] | None:
    """The passages of one coder in one source; those of one code that touch each other are one. None: codes overlap."""
    found: list[Segment] = []
    for each in sorted(own, key=lambda one: (one.start, one.stop)):
        value = values[each.code_id]
        last = found[-1] if found else None
        if last is not None and each.start < last.stop:
            if last.value != value:
                return None
            found[-1] = Segment(last.start, max(last.stop, each.stop), value)
        else:
            found.append(Segment(each.start, each.stop, value))
    return tuple(found)
