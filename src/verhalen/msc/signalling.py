"""Signals: barriers that no family lifts alone. Rules first, then one change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.following import Signal, SignalPlace
from verhalen.store import following as store
from verhalen.store.project import ProjectFile
from verhalen.store.scores import domain_list


def next_key(known: Sequence[Signal]) -> str:
    """S1, S2, ...: one above the highest."""
    numbers = [int(each.key[1:]) for each in known if each.key[:1] == "S" and each.key[1:].isdecimal()]
    return f"S{max(numbers, default=0) + 1}"


def note_signal(project: ProjectFile, signal: Signal, *, today: dt.date) -> str:
    """Store a new signal with its places in one change; give its key. Raises BadInput."""
    _look_at(project, signal, today=today)
    key = next_key(store.signals(project))
    with project.change(Act.SIGNAL) as writing:
        number = store.put_signal(writing, replace(signal, key=key, id=0), coder_id=project.coder_id)
        for place in signal.places:
            store.add_place(writing, number, place)
        writing.targets.append(number)
    return key


def change_signal(project: ProjectFile, signal: Signal, *, today: dt.date) -> None:
    """Write a signal's fields, not its places. Raises BadInput."""
    _look_at(project, signal, today=today)
    with project.change(Act.SIGNAL, signal.id) as writing:
        store.put_signal(writing, signal, coder_id=project.coder_id)


def add_places(project: ProjectFile, signal: Signal, places: Sequence[SignalPlace]) -> int:
    """Say where else it was seen; what is there already is left out. Give how many were added."""
    there = {_same(each) for each in signal.places}
    new = [each for each in places if _same(each) not in there]
    if new:
        with project.change(Act.SIGNAL, signal.id) as writing:
            for place in new:
                store.add_place(writing, signal.id, place)
    return len(new)


def _same(place: SignalPlace) -> SignalPlace:
    """A place without what follows from it: the family of a story or snapshot, and its own number."""
    derived = bool(place.story) or place.snapshot_id is not None
    return replace(place, id=0, family="" if derived else place.family)


def _look_at(project: ProjectFile, signal: Signal, *, today: dt.date) -> None:
    if not signal.barrier.strip():
        raise errors.BadInput(reason=t("say in a few words what stands in the way"))
    domains = domain_list(project)
    if signal.domain and domains.find(signal.domain) is None:
        raise errors.BadInput(reason=t("there is no life domain {domain}", domain=signal.domain))
    for day in (signal.noted, signal.told, signal.answered, signal.resulted):
        if day is not None and day > today:
            raise errors.BadInput(reason=t("{day} is still to come", day=day.isoformat()))
