"""The second walk through a project file meets the texts in the order in which the first one found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from verhalen.exchange.refi_qda import records
from verhalen.exchange.refi_qda.outcome import Progress
from verhalen.exchange.refi_qda.surveying import FoundText
from verhalen.exchange.refi_qda.text_storing import Done, TextStore
from verhalen.exchange.refi_qda.walking import walk
from verhalen.model.text import Landmark
from verhalen.store import foreign, sources
from verhalen.store.project import Writing


@dataclass(frozen=True, slots=True)
class Stored:
    """The texts of the file as they are here now."""

    texts: Sequence[FoundText]
    ids: Sequence[int]
    """One per text; 0 where it was not stored."""
    new: frozenset[int]
    by_guid: dict[str, int]


class SecondWalk:
    """Hands every selection to the store."""

    def __init__(
        self, writing: Writing, stored: Stored, store: TextStore, *, done: Done, dropped: Counter[str], model: str
    ) -> None:
        self._writing = writing
        self._stored = stored
        self._store = store
        self._done = done
        self._dropped = dropped
        self._model = model
        self._index = -1
        self._is_open = False
        self._begun: records.TextBegins | None = None

    def walk(self, stream: IO[bytes], *, total: int, on_progress: Progress | None) -> None:
        """Walk to the end."""
        count = 0
        for record in walk(stream):
            match record:
                case records.TextBegins():
                    self._begun, self._is_open = record, False
                    if not record.is_note:
                        self._open()
                case records.Selection():
                    count += 1
                    if on_progress and count % foreign.AT_ONCE == 0:
                        on_progress(count, total)
                    self._selection(record)
                case records.WholeCoding():
                    self._whole(record)
                case records.TextEnds():
                    self._end(record)
                case records.Container():
                    self._notes(record.guid, record.notes)
                case _:
                    pass
        if on_progress:
            on_progress(total, total)

    @property
    def _number(self) -> int:
        return self._stored.ids[self._index]

    def _open(self) -> bool:
        """Whether the text that was begun is stored; a memo is a text from its first selection on."""
        if self._begun is None:
            return False
        if not self._is_open:
            self._is_open = True
            self._index += 1
            if self._number:
                is_new = self._number in self._stored.new
                self._store.begin(self._stored.texts[self._index], self._number, is_new=is_new)
        return bool(self._number)

    def _selection(self, selection: records.Selection) -> None:
        if self._open():
            self._store.take(selection)
            return
        # Of a text that stays out the memos stay out too.
        self._done.silent.update(selection.notes)
        for each in selection.codings:
            self._done.silent.update(each.notes)

    def _whole(self, record: records.WholeCoding) -> None:
        if self._begun is not None:
            if self._open():
                self._store.whole(record.coding)
            else:
                self._done.silent.update(record.coding.notes)
            return
        # At a PDF or recording: its text has ended already.
        texts = self._stored.texts
        index = next((i for i, each in enumerate(texts) if each.begins.container == record.text), -1)
        number = self._stored.ids[index] if record.text and index >= 0 else 0
        if not number:
            self._dropped["no_text_coding"] += 1
            return
        self._store.begin(texts[index], number, is_new=False)
        self._store.whole(record.coding)
        self._store.end()

    def _end(self, record: records.TextEnds) -> None:
        begun, self._begun = self._begun, None
        if begun is None or (begun.is_note and not self._is_open):
            return
        self._dropped["text_value"] += record.values
        number = self._number
        if not number:
            self._done.silent.update(record.notes)
            return
        self._store.end()
        self._done.memos += [(("source", number), note) for note in record.notes]
        if begun.description and number in self._stored.new and not begun.is_note:
            self._done.remarks.append((("source", number), begun.description, begun.user, begun.created))
        if record.times and number in self._stored.new:
            self._times(number, record.times)

    def _times(self, number: int, times: Sequence[tuple[int, int]]) -> None:
        """Moments of the recording, where the text goes on from them."""
        found = self._stored.texts[self._index]
        mapping = found.mappings[self._model]
        places = sorted(
            {mapping.at(place, up=False): time for place, time in times if 0 <= place <= mapping.length}.items()
        )
        stops = [place for place, _ in places[1:]] + [len(found.text)]
        pairs = zip(places, stops, strict=True)
        marks = [Landmark("time", time, start, stop) for (start, time), stop in pairs if start < stop]
        sources.add_landmarks(self._writing, number, marks)

    def _notes(self, guid: str, notes: Sequence[str]) -> None:
        number = self._stored.by_guid.get(guid)
        self._done.memos += [(("source", number), note) for note in notes if number]
