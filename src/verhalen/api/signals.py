"""The signal log: barriers, where they were seen, who was told, what was answered, what came of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codes import no_family
from verhalen.model.following import Signal, SignalPlace
from verhalen.store import families, sources, versions
from verhalen.store import following as store
from verhalen.store.project import ProjectFile
from verhalen.store.scores import snapshots_of
from verhalen.store.stories import stories

_FRAGMENT = re.compile(r"(?P<source>\d+)@(?P<start>\d+)-(?P<stop>\d+)")
_SNAPSHOT = re.compile(r"(?P<family>[^@]+)@(?P<day>\d{4}-\d{2}-\d{2})")


class Signals:
    """`project.signals`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self) -> list[Signal]:
        """All signals by the day on which they were noted, each with its places."""
        return store.signals(self._file)

    def get(self, key: str) -> Signal:
        """One signal; raises UnknownSignal."""
        found = next((each for each in self.all() if each.key.casefold() == key.casefold()), None)
        if found is None:
            raise errors.UnknownSignal(key=key)
        return found

    def note(
        self,
        barrier: str,
        *,
        today: dt.date,
        service: str = "",
        domain: str = "",
        noted: dt.date | None = None,
        places: Sequence[SignalPlace] = (),
    ) -> Signal:
        """Write down a barrier that is not one family's problem; one undo step. Raises BadInput."""
        from verhalen.msc.signalling import note_signal

        new = Signal("", barrier.strip(), noted or today, service.strip(), domain, places=tuple(places))
        return self.get(note_signal(self._file, new, today=today))

    def change(self, signal: Signal, *, today: dt.date) -> Signal:
        """Write its fields: whom it was told, the answer, the result. Raises BadInput."""
        from verhalen.msc.signalling import change_signal

        change_signal(self._file, signal, today=today)
        return self.get(signal.key)

    def tell(self, key: str, whom: str, day: dt.date, *, today: dt.date) -> Signal:
        """Write down who was told, and when. Raises UnknownSignal, BadInput."""
        return self.change(replace(self.get(key), whom=whom.strip(), told=day), today=today)

    def answer(self, key: str, answer: str, day: dt.date, *, today: dt.date) -> Signal:
        """Write down what was answered. Raises UnknownSignal, BadInput."""
        return self.change(replace(self.get(key), answer=answer.strip(), answered=day), today=today)

    def result(self, key: str, result: str, day: dt.date, *, today: dt.date) -> Signal:
        """Write down what came of it. Raises UnknownSignal, BadInput."""
        return self.change(replace(self.get(key), result=result.strip(), resulted=day), today=today)

    def add_places(self, key: str, places: Sequence[SignalPlace]) -> int:
        """Say where else it was seen; give how many places are new. Raises UnknownSignal."""
        from verhalen.msc.signalling import add_places

        return add_places(self._file, self.get(key), places)

    def remove_place(self, key: str, place: SignalPlace) -> None:
        """Take a place away. Raises UnknownSignal."""
        with self._file.change(Act.SIGNAL, self.get(key).id) as writing:
            store.remove_place(writing, place)

    def remove(self, key: str) -> None:
        """Take a signal away with its places. Raises UnknownSignal."""
        number = self.get(key).id
        with self._file.change(Act.REMOVE_SIGNAL, number) as writing:
            store.remove_signal(writing, number)

    def place(self, written: str) -> SignalPlace:
        """What a person means by `G012`, `V07`, `G012@2026-03-12` (a snapshot) or `3@100-180` (a fragment of source 3).

        A fragment belongs to the family of its speaker or source. Raises UnknownFamily, UnknownStory, UnknownSource,
        BadInput.
        """
        if found := _FRAGMENT.fullmatch(written):
            return self._fragment(int(found["source"]), int(found["start"]), int(found["stop"]))
        if found := _SNAPSHOT.fullmatch(written):
            return self._snapshot(found["family"], found["day"])
        if any(each.key == written for each in stories(self._file)):
            return SignalPlace(story=written)
        if written in families.family_ids(self._file):
            return SignalPlace(family=written)
        if written[:1] in "Vv" and written[1:].isdecimal():
            raise errors.UnknownStory(key=written)
        raise no_family(written)

    def _fragment(self, number: int, start: int, stop: int) -> SignalPlace:
        source = sources.source_by_number(self._file, number)
        if source is None:
            raise errors.UnknownSource(key=number)
        text = versions.text_of(self._file, source.id, source.version)
        length = len(text.text) if text else 0
        if not 0 <= start < stop <= length:
            raise errors.BadInput(reason=t("the text is {n} characters long; give a place within it", n=length))
        return SignalPlace(
            store.family_of_span(self._file, source.id, start, stop), source_id=source.id, start=start, stop=stop
        )

    def _snapshot(self, family: str, day: str) -> SignalPlace:
        number = families.family_ids(self._file).get(family)
        if number is None:
            raise no_family(family)
        found = [each for each in snapshots_of(self._file, number) if each.day.isoformat() == day]
        if not found:
            raise errors.BadInput(reason=t("family {key} has no snapshot of {day}", key=family, day=day))
        return SignalPlace(snapshot_id=found[-1].id)
