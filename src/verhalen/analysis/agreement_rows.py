"""One row of agreement: figures of one code or group over units and running text, and the places where coders differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from verhalen.analysis.agreement_units import Places
from verhalen.i18n import mark
from verhalen.model.coding import Coder
from verhalen.statistics.agreement import Level, Unit, alpha, cohen, fleiss, interval, percent
from verhalen.statistics.intervals import Interval
from verhalen.statistics.outcome import Outcome, undefined
from verhalen.statistics.unitizing import Alphas, Continuum, Segment, u_alphas
from verhalen.store.agreeing import Mark

OVERLAPPING = mark("cannot be determined: a coder gave two codes of the group to one passage")
NOT_ALL = mark("cannot be determined: no text was coded by all of these coders")


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
    """Krippendorff's, by the level of the table."""
    u_alpha: Outcome
    binary_alpha: Outcome
    cu_alpha: Outcome
    alpha_interval: Interval | None
    """Where intervals were asked for."""
    disagreements: tuple[Disagreement, ...]
    texts: int = 0
    """Texts that all coders coded: those over which u, binary and cu go."""
    alpha_n: int = 0
    """Units over which alpha goes: all, or (where codes stand in order) those to which two coders gave a code of the group."""

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


def row_of(
    name: str,
    own: Sequence[Mark],
    values: Mapping[int, str],
    who: Sequence[Coder],
    units: Mapping[int, Places],
    judged: Mapping[int, frozenset[int]],
    lengths: Mapping[int, int],
    *,
    level: Level = Level.NOMINAL,
    intervals: bool,
) -> AgreementRow:
    """Compare `who` over `own`: the codings of the codes in `values` (id to key)."""
    said = _said(own, values, units)
    counted, apart = _patterns(name, said, who, units, judged)
    whole = [source for source, there in judged.items() if all(each.id in there for each in who)]
    running = _running(own, values, who, whole, lengths)
    answers = counted if level is Level.NOMINAL else _ranked(counted, list(values.values()))
    by_level = partial(alpha, level=level)
    return AgreementRow(
        code=name,
        n=counted.total(),
        given=tuple(sum(times for unit, times in counted.items() if unit[at]) for at in range(len(who))),
        judged=tuple(sum(times for unit, times in counted.items() if unit[at] is not None) for at in range(len(who))),
        percent=percent(counted),
        kappa=cohen(counted),
        fleiss=fleiss(counted),
        alpha=undefined(OVERLAPPING) if answers is None else by_level(answers),
        u_alpha=running.u,
        binary_alpha=running.binary,
        cu_alpha=running.cu,
        alpha_interval=interval(answers, by_level) if intervals and answers is not None else None,
        disagreements=tuple(apart),
        texts=len(whole),
        alpha_n=sum(times for unit, times in (answers or {}).items() if len(unit) - unit.count(None) > 1),
    )


def _ranked(counted: Mapping[Unit, int], codes: Sequence[str]) -> Counter[Unit] | None:
    """Places in the order of the codebook instead of codes; no code is no place. None: somebody gave one unit two codes."""
    places: dict[Hashable, int | None] = {code: at for at, code in enumerate(codes)} | {"": None, None: None}
    found: Counter[Unit] = Counter()
    for unit, times in counted.items():
        if any(value not in places for value in unit):
            return None
        found[tuple(places[value] for value in unit)] += times
    return found


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
    whole: Sequence[int],
    lengths: Mapping[int, int],
) -> Alphas:
    """u, binary and cu over the sources that all of them coded: a running text has no gaps for who was not there."""
    if not whole:
        return Alphas(*[undefined(NOT_ALL)] * 3)
    ids = [each.id for each in who]
    per: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for each in own:
        per[each.source_id, each.coder_id].append(each)
    texts = []
    for source in whole:
        lines = [_segments(per[source, number], values) for number in ids]
        if any(line is None for line in lines):
            return Alphas(*[undefined(OVERLAPPING)] * 3)
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
