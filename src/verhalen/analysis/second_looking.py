"""Both codings of a text beside each other: what two coders said of each code in each turn, and what they settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.analysis.agreeing import chosen_coders
from verhalen.analysis.agreement_units import Places, UnitOf, units_of
from verhalen.i18n import t
from verhalen.model.coding import Coder, Coding
from verhalen.model.second_coder import Discussed, Given, Judgement, Progress, State, TurnBeside, same_coder
from verhalen.model.text import Source, Span
from verhalen.settings import coder_identity
from verhalen.store import codebook as code_store
from verhalen.store import codings as coding_store
from verhalen.store import second_coder, sight
from verhalen.store import sources as source_store
from verhalen.store.agreeing import Mark
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of


def judgements(
    project: ProjectFile, source_id: int, *, coders: Sequence[str] = (), unit: UnitOf = UnitOf.TURN
) -> list[Judgement]:
    """Every code that one of two coders gave, per unit, in reading order and then that of the codebook.

    Raises UnknownSource, BadInput, CodesBlind.
    """
    with project.steady():
        return _judgements(project, _looked_at(project, source_id, coders), unit)


def beside(project: ProjectFile, source_id: int, *, coders: Sequence[str] = ()) -> list[TurnBeside]:
    """Every turn of a text, with what two coders said of it. Raises UnknownSource, BadInput, CodesBlind."""
    with project.steady():
        looked = _looked_at(project, source_id, coders)
        found = _judgements(project, looked, UnitOf.TURN)
        turns = source_store.turns_of(project, source_id)
        version = text_of(project, source_id, looked.source.version)
    text = version.text if version else ""
    per_turn: dict[int, list[Judgement]] = defaultdict(list)
    for each in found:
        per_turn[each.start].append(each)
    return [
        TurnBeside(each.start, each.stop, each.speaker or "", text[each.start : each.stop], tuple(per_turn[each.start]))
        for each in turns
    ]


def coders_of(project: ProjectFile, source_id: int) -> list[Coder]:
    """Who gave codes in a text: the coder at work first, the others as they came; the consensus is nobody."""
    people = {each.coder_id for each in coding_store.codings_of(project, source_id)} - {sight.consensus_id(project)}
    found = [each for each in coding_store.coders(project) if each.id in people]
    # By identity: somebody who only looks gets no row as a coder.
    own = coder_identity(project.coder)
    return sorted(found, key=lambda each: each.identity != own)


def progress(project: ProjectFile, *, only_open: bool = False) -> list[Progress]:
    """Texts at second coders, oldest first, with how many turns got a code."""
    sources = {each.id: each for each in source_store.all_sources(project)}
    blind = sight.must_hide(project)
    found = []
    for task in second_coder.tasks(project):
        if only_open and task.back is not None:
            continue
        source = sources[task.source_id]
        name = same_coder(task.coder)
        mine: set[int] = set()
        others: set[int] = set()
        for start, coder in second_coder.turns_with_codes(project, source.id):
            (mine if same_coder(coder) == name else others).add(start)
        found.append(Progress(task, source.number, source.title, source.turns, len(mine), 0 if blind else len(others)))
    return found


# -- what is looked at -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Looked:
    """One text with the codings of two coders, and of the consensus."""

    source: Source
    coders: tuple[Coder, Coder]
    codings: Sequence[Coding]
    consensus: int | None


def _looked_at(project: ProjectFile, source_id: int, coders: Sequence[str]) -> _Looked:
    sight.refuse_blind(project)
    if project.only_coder is not None:
        raise errors.BadInput(reason=t("you code blind now: show the codings of others first"))
    source = source_store.source_by_id(project, source_id)
    if source is None:
        raise errors.UnknownSource(key=source_id)
    pair = _pair(project, source_id, coders)
    return _Looked(source, pair, coding_store.codings_of(project, source_id), sight.consensus_id(project))


def _pair(project: ProjectFile, source_id: int, wanted: Sequence[str]) -> tuple[Coder, Coder]:
    worked = coders_of(project, source_id)
    chosen = chosen_coders(project, wanted) if wanted else worked[:2]
    if len(chosen) > 2:
        raise errors.BadInput(reason=t("two coders stand beside each other, not more"))
    silent = [each for each in chosen if each not in worked]
    if silent:
        raise errors.BadInput(reason=t("{coder} gave no code in this text yet", coder=silent[0].name))
    if len(chosen) < 2:
        raise errors.BadInput(reason=t("no two coders gave codes in this text yet"))
    return chosen[0], chosen[1]


# -- judgements --------------------------------------------------------------------------------------------------------

_Said = dict[tuple[int, int], list[Given]]
"""(unit, code) -> what one coder gave there."""


def _judgements(project: ProjectFile, looked: _Looked, unit: UnitOf) -> list[Judgement]:
    source = looked.source.id
    first, second = ([each for each in looked.codings if each.coder_id == who.id] for who in looked.coders)
    places = units_of(project, unit, [source], [_mark(each) for each in (*first, *second)])[source]
    sides = _said(first, places), _said(second, places)
    settled = _said([each for each in looked.codings if each.coder_id == looked.consensus], places)
    order = {each.id: (rank, each.key) for rank, each in enumerate(code_store.codebook(project, counted=False).codes)}
    talked = _by_code(second_coder.discussed(project, source))
    found = []
    for at, code in sorted(sides[0].keys() | sides[1].keys(), key=lambda pair: (pair[0], order[pair[1]])):
        place = Span(places.starts[at], places.stops[at])
        consensus = settled.get((at, code), [])
        said = _what_was_said(talked.get(code, ()), place, consensus)
        found.append(
            Judgement(
                source_id=source,
                version=looked.source.version,
                start=place.start,
                stop=place.stop,
                code=order[code][1],
                code_id=code,
                coders=looked.coders,
                given=(tuple(sides[0].get((at, code), ())), tuple(sides[1].get((at, code), ()))),
                state=said.state,
                note=said.note,
                by=said.by,
                day=said.day,
                consensus=tuple({(each.start, each.stop, each.valence): each for each in consensus}.values()),
            )
        )
    return found


def _mark(each: Coding) -> Mark:
    return Mark(each.source_id, each.coder_id, each.code_id, each.start, each.stop)


def _said(codings: Iterable[Coding], places: Places) -> _Said:
    said: _Said = {}
    for each in codings:
        for at in places.touched(each.start, each.stop):
            start, stop = max(each.start, places.starts[at]), min(each.stop, places.stops[at])
            given = Given(each.id, start, stop, Span(each.start, each.stop), each.valence, each.memo)
            said.setdefault((at, each.code_id), []).append(given)
    return said


def _by_code(talked: Iterable[Discussed]) -> Mapping[int, list[Discussed]]:
    found: dict[int, list[Discussed]] = defaultdict(list)
    for each in talked:
        if each.code_id is not None:
            found[each.code_id].append(each)
    return found


@dataclass(frozen=True, slots=True)
class _Talk:
    """How far coders are with a place."""

    state: State = State.OPEN
    note: str = ""
    by: str = ""
    day: str = ""


def _what_was_said(talked: Iterable[Discussed], place: Span, consensus: Sequence[Given]) -> _Talk:
    """Corrections, and turns that are joined or cut, move places: what shares most words with this one is about it.

    Two copies of the project may have settled one place. Where they did it in two ways it was talked over, and is to be
    settled again, with what both wrote.
    """

    def shared(each: Discussed) -> int:
        return min(each.stop, place.stop) - max(each.start, place.start)

    about = [each for each in talked if shared(each) > 0]
    if not about:
        return _Talk()
    last = max(about, key=lambda each: (shared(each), each.id))
    same = [each for each in about if each.settled and (each.start, each.stop) == (last.start, last.stop)]
    if last.settled and not _alike(len(same), consensus):
        notes, names = (
            [*dict.fromkeys(words)] for words in ([each.note for each in same], [each.coder for each in same])
        )
        return _Talk(State.DISCUSSED, " / ".join(filter(None, notes)), ", ".join(names), last.day)
    return _Talk(State.SETTLED if last.settled else State.DISCUSSED, last.note, last.coder, last.day)


def _alike(times: int, consensus: Sequence[Given]) -> bool:
    """Whether a place that was settled so many times was settled the same way: not given, or each piece given each time."""
    pieces = Counter((each.start, each.stop, each.valence) for each in consensus)
    return all(count >= times for count in pieces.values())
