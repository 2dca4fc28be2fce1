"""A second coder: giving texts, drawing them, taking them back; ticking and settling where coders differ. Each act is one change."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.coding.consensus import Turns, plan
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.second_coder import CONSENSUS, Drawn, Judgement, Outcome, State, Task, same_coder
from verhalen.model.text import Source, Span
from verhalen.store import agreeing, codings, sight
from verhalen.store import second_coder as store
from verhalen.store import sources as source_store
from verhalen.store.project import ProjectFile, Writing

USUAL = (10, 25)
"""Share of the texts that is usually coded twice, in %."""
_SEEDS = 1_000_000

# -- texts at a second coder -------------------------------------------------------------------------------------------


def give(project: ProjectFile, source_ids: Sequence[int], coder: str) -> list[Task]:
    """Give texts to a second coder; one that he or she has open already is not given twice. Raises UnknownSource, BadInput."""
    name = _name(coder)
    known = {each.id for each in source_store.all_sources(project)}
    for number in source_ids:
        if number not in known:
            raise errors.UnknownSource(key=number)
    if not source_ids:
        raise errors.BadInput(reason=t("no text was named"))
    return _given(project, list(dict.fromkeys(source_ids)), name)


def draw(project: ProjectFile, share: float, coder: str, *, seed: int | None, among: Collection[int]) -> Drawn:
    """Give a share (%) of whole texts, drawn at random. Raises BadInput, UnknownSource."""
    name = _name(coder)
    if not (math.isfinite(share) and 1 <= share <= 100):
        raise errors.BadInput(reason=t("the share of the texts must lie between 1 and 100 %"))
    every = {each.id for each in source_store.all_sources(project)}
    for number in among:
        if number not in every:
            raise errors.UnknownSource(key=number)
    busy = {each.source_id for each in store.tasks(project) if each.back is None}
    free = sorted((set(among) or every) - busy)
    if not free:
        raise errors.BadInput(reason=t("there is no text to draw from: all of them are at a second coder already"))
    seed = secrets.randbelow(_SEEDS) if seed is None else seed
    drawn = drawn_by(seed, free, share)
    tasks = _given(project, drawn, name, seed=seed, drawn=f"{len(drawn)}/{len(free)}")
    return Drawn(seed, len(free), tuple(tasks), unusual=not USUAL[0] <= share <= USUAL[1])


def drawn_by(seed: int, texts: Collection[int], share: float) -> list[int]:
    """Which of these ids a seed draws: the first ones by the SHA-256 of `seed:id`, the same on every machine; at least one."""
    count = min(len(texts), max(1, math.floor(len(texts) * share / 100 + 0.5)))
    ordered = sorted(texts, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).digest())
    return sorted(ordered[:count])


def _name(coder: str) -> str:
    name = " ".join(coder.split())
    if not name:
        raise errors.BadInput(reason=t("say who is the second coder"))
    if same_coder(name) == same_coder(CONSENSUS):
        raise errors.BadInput(reason=t("{name} stands for what coders agreed on; it codes nothing itself", name=name))
    return name


def _given(
    project: ProjectFile, sources: Sequence[int], name: str, *, seed: int | None = None, drawn: str = ""
) -> list[Task]:
    day = _today()
    with project.change(Act.DOUBLE_CODE) as writing:
        busy = {each.source_id for each in _open(project) if same_coder(each.coder) == same_coder(name)}
        new = [number for number in sources if number not in busy]
        writing.targets.extend(new)
        ids = {store.add_task(writing, number, name, day=day, seed=seed, drawn=drawn) for number in new}
    return [each for each in store.tasks(project) if each.id in ids]


def _open(project: ProjectFile) -> list[Task]:
    return [each for each in store.tasks(project) if each.back is None]


def take_back(
    project: ProjectFile, *, tasks: Collection[int] = (), sources: Collection[int] = (), coder: str = ""
) -> list[Task]:
    """End open tasks: these, or those of these sources and this coder. Raises BadInput where nothing fits."""
    if not (tasks or sources or coder):
        raise errors.BadInput(reason=t("say which texts come back, or from whom"))

    def fits(task: Task) -> bool:
        return (
            (not tasks or task.id in tasks)
            and (not sources or task.source_id in sources)
            and (not coder or same_coder(task.coder) == same_coder(coder))
        )

    day = _today()
    with project.change(Act.DOUBLE_CODE) as writing:
        found = [each for each in _open(project) if fits(each)]
        if not found:
            raise errors.BadInput(reason=t("no text is at a second coder like that"))
        writing.targets.extend(each.source_id for each in found)
        for each in found:
            store.take_back(writing, each.id, day)
    return [replace(each, back=day.isoformat()) for each in found]


def drop(project: ProjectFile, tasks: Collection[int]) -> None:
    """Take tasks away as if they had never been given. Raises BadInput where one is unknown."""
    with project.change(Act.DOUBLE_CODE) as writing:
        known = {each.id: each for each in store.tasks(project)}
        if not tasks or not known.keys() >= set(tasks):
            raise errors.BadInput(reason=t("no text is at a second coder like that"))
        writing.targets.extend(known[number].source_id for number in dict.fromkeys(tasks))
        for number in tasks:
            store.remove_task(writing, number)


# -- talking over and settling -----------------------------------------------------------------------------------------


def tick(project: ProjectFile, place: Judgement, note: str) -> None:
    """Say that a place was talked over; one that was settled stays so, with another note. Raises StaleText, CodesBlind."""
    with project.change(Act.DISCUSS, place.code_id, place.source_id) as writing:
        _checked(project, place.source_id, [place])
        _say(writing, [place], note, settled=place.state is State.SETTLED)


def settle(project: ProjectFile, place: Judgement, outcome: Outcome, note: str) -> None:
    """Choose what stands in the consensus for one code in one turn. Raises StaleText, BadInput, CodesBlind."""
    with project.change(Act.DISCUSS, place.code_id, place.source_id) as writing:
        _settle(writing, place.source_id, [place], outcome, note)


def settle_many(project: ProjectFile, source_id: int, places: Sequence[Judgement], borders: Outcome) -> None:
    """Copy what both gave to the consensus, in one change. Raises StaleText, BadInput, CodesBlind."""
    _refuse_not(borders)
    with project.change(Act.DISCUSS, source_id) as writing:
        _settle(writing, source_id, places, borders, "")


def reopen(project: ProjectFile, place: Judgement) -> None:
    """Take ticking and settling of a place back, with what stands in the consensus there. Raises StaleText, CodesBlind."""
    with project.change(Act.DISCUSS, place.code_id, place.source_id) as writing:
        _checked(project, place.source_id, [place])
        turns = Turns(agreeing.turn_spans(project, [place.source_id])[place.source_id])
        if place.consensus:
            _refuse_others(turns, [place])
            _write(writing, [place], Outcome.NOT, turns)
        store.cut_discussed(writing, place.source_id, [(place.start, place.stop, place.code_id)])


def conclude(project: ProjectFile, source_id: int, places: Sequence[Judgement], borders: Outcome) -> None:
    """Say that the consensus counts in a text, and copy what both gave. Raises BadInput where a place is not settled yet."""
    _refuse_not(borders)
    if still := sum(each.differs and each.state is not State.SETTLED for each in places):
        raise errors.BadInput(reason=t("places in this text that are not settled yet: {n}", n=still))
    with project.change(Act.DISCUSS, source_id) as writing:
        if any(each.source_id == source_id for each in _open(project)):
            raise errors.BadInput(reason=t("this text is at a second coder still: take it back first"))
        source = _settle(writing, source_id, [each for each in places if each.state is not State.SETTLED], borders, "")
        store.open_again(writing, source_id)
        store.conclude(writing, source_id, Span(0, source.characters), _today())


def open_again(project: ProjectFile, source_id: int) -> None:
    """The codings of the people count again in a text. Raises BadInput where they do already."""
    if source_id not in sight.concluded(project):
        raise errors.BadInput(reason=t("the consensus does not count in this text"))
    with project.change(Act.DISCUSS, source_id) as writing:
        store.open_again(writing, source_id)


def _refuse_not(borders: Outcome) -> None:
    if borders is Outcome.NOT:
        raise errors.BadInput(reason=t("say whose borders count: first, second or both"))


def _checked(project: ProjectFile, source_id: int, places: Sequence[Judgement]) -> Source:
    """The source of places that are still as they were shown. Raises UnknownSource, StaleText, CodesBlind."""
    sight.refuse_blind(project)
    source = source_store.source_by_id(project, source_id)
    if source is None:
        raise errors.UnknownSource(key=source_id)
    now = {each.id: (each.start, each.stop, each.code_id) for each in codings.codings_of(project, source_id)}
    for place in places:
        shown = [each for side in place.given for each in side]
        moved = any(now.get(each.coding_id) != (each.whole.start, each.whole.stop, place.code_id) for each in shown)
        if moved or place.version != source.version:
            raise errors.StaleText
    return source


def _settle(writing: Writing, source_id: int, places: Sequence[Judgement], outcome: Outcome, note: str) -> Source:
    project = writing.project
    source = _checked(project, source_id, places)
    turns = Turns(agreeing.turn_spans(project, [source_id])[source_id])
    _refuse_others(turns, places)
    if places:
        _write(writing, places, outcome, turns)
        _say(writing, places, note, settled=True)
    return source


def _refuse_others(turns: Turns, places: Sequence[Judgement]) -> None:
    """Turns may have been joined or cut meanwhile."""
    if not all(turns.has(each) for each in places):
        raise errors.StaleText


def _write(writing: Writing, places: Sequence[Judgement], outcome: Outcome, turns: Turns) -> None:
    """Make the consensus say it, and nothing else there: code by code."""
    source = places[0].source_id
    consensus = store.make_consensus(writing)
    per_code: dict[int, list[Judgement]] = defaultdict(list)
    for place in places:
        per_code[place.code_id].append(place)
    for code, own in per_code.items():
        decided = plan(store.consensus_codings(writing, source, code, consensus), own, outcome, turns)
        codings.remove_codings(writing, decided.gone)
        rows = [(source, each.start, each.stop, code, consensus, each.valence.value, "") for each in decided.new]
        codings.add_codings(writing, rows)


def _say(writing: Writing, places: Sequence[Judgement], note: str, *, settled: bool) -> None:
    where = [(each.start, each.stop, each.code_id) for each in places]
    store.say(writing, places[0].source_id, where, note=note.strip(), settled=settled, day=_today())


def _today() -> dt.date:
    """The day it is where the user sits."""
    return dt.datetime.now().astimezone().date()
