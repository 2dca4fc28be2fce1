"""Another program's project into ours, in one change: codes, texts, codings with their coder and date, memos, families."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence

from verhalen import errors
from verhalen.exchange import foreign_discarded as kinds
from verhalen.exchange.foreign_people import Coders, Notes, dated, put_cases
from verhalen.exchange.foreign_places import Found, Places
from verhalen.exchange.foreign_project import CaseLink, ForeignCoding, ForeignNote, ForeignProject, ForeignText
from verhalen.exchange.foreign_report import Spot, TakenIn, TextTaken
from verhalen.exchange.refi_qda.code_keys import match
from verhalen.exchange.refi_qda.outcome import Options
from verhalen.i18n import t
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.memo import MemoTarget
from verhalen.model.text import Turn, text_digest
from verhalen.readers.limits import MAX_BYTES
from verhalen.readers.opening import check_lines
from verhalen.readers.speakers import find_turns
from verhalen.readers.stamps import with_times
from verhalen.store import codebook, foreign, forget, sources, taking_in
from verhalen.store.foreign import NewCoding
from verhalen.store.project import ProjectFile, Writing

Progress = Callable[[int, int], None]
"""Called with the texts that are done and how many there are."""


def take_in(
    project: ProjectFile,
    other: ForeignProject,
    options: Options,
    *,
    file: str,
    on_progress: Progress | None = None,
) -> TakenIn:
    """Store it all, or nothing. Doing it again with a later copy adds what is new."""
    taken = TakenIn(file, other.program, left_out=other.left_out)
    with project.change(Act.IMPORT) as writing:
        keys = _put_codes(writing, other, taken)
        coders = Coders(writing, other)
        notes = Notes(writing, coders, taken)
        texts = _Texts(writing, other, taken, options, coders=coders, notes=notes, keys=keys)
        total = other.count()
        for done, text in enumerate(other.texts()):
            if on_progress:
                on_progress(done, total)
            texts.put(text)
        for entry in other.journal:
            notes.put("project", 0, entry)
        taken.coders = len(coders)
        writing.targets.extend(each.source_id for each in taken.texts)
    if on_progress:
        on_progress(total, total)
    return taken


def _put_codes(writing: Writing, other: ForeignProject, taken: TakenIn) -> Sequence[str]:
    """Store the codes that are not here yet, and give the key of each; a code that is here stays as it is."""
    book = codebook.codebook(writing.project, counted=False)
    there = {code.key for code in book}
    matched = match(book, {}, other.codes)
    for code in matched.book:
        if code.key not in there:
            codebook.add_code(writing, code)
            taken.new_codes += 1
    taken.codes = len(other.codes)
    return matched.keys


class _Texts:
    """The texts, one after the other."""

    def __init__(
        self,
        writing: Writing,
        other: ForeignProject,
        taken: TakenIn,
        options: Options,
        *,
        coders: Coders,
        notes: Notes,
        keys: Sequence[str],
    ) -> None:
        self._writing = writing
        self._other = other
        self._taken = taken
        self._options = options
        self._coders = coders
        self._notes = notes
        self._keys = keys
        ids = foreign.keyed_ids(writing.project, "code")
        self._codes = [ids[key] for key in keys]
        self._by_digest = foreign.texts_by_digest(writing.project)
        self._cases = put_cases(writing, other, notes, taken, mode=options.cases)

    def put(self, text: ForeignText) -> None:
        """Store one text with all that hangs on it."""
        if len(text.raw) > MAX_BYTES:
            self._taken.left_out.add(kinds.TEXT_TOO_LONG)
            return
        places = Places(text.raw)
        if (reason := self._why_not(text, places.text)) is not None:
            self._taken.left_out.add(reason)
            return
        quotes = ((each.start, each.stop, each.quote) for each in self._other.codings(text.number))
        model = places.choose(quotes, only=self._options.model)
        source_id = self._by_digest.get(text_digest(places.text))
        is_new = source_id is None
        if source_id is None:
            source_id = self._store(text, places.text)
        else:
            self._taken.known_sources += 1
        source = sources.source_by_id(self._writing.project, source_id)
        if source is None:  # it was stored a moment ago, under the same lock
            raise errors.DamagedProject(path=self._writing.project.path.name)
        number = self._put_codings(text, places, source_id, title=source.title)
        self._taken.texts.append(TextTaken(source_id, source.number, source.title, is_new, number, model))
        self._put_notes(text, places, source_id)
        self._put_families(text, places, source_id)

    def _why_not(self, text: ForeignText, words: str) -> str | None:
        if forget.is_forgotten_text(self._writing.project, words) or forget.is_forgotten(
            self._writing.project, [_digest(text)]
        ):
            return kinds.TEXT_WITHDRAWN
        project = self._writing.project
        if text_digest(words) not in self._by_digest and sources.source_with_digest(project, _digest(text)) is not None:
            return kinds.TEXT_CHANGED
        try:
            check_lines(words)
        except errors.TooLarge:
            return kinds.TEXT_TOO_LONG
        return None

    def _store(self, text: ForeignText, words: str) -> int:
        turns, landmarks = with_times(words, find_turns(words)[0], ())
        if not self._options.speakers:
            turns = tuple(Turn(None, each.start, each.stop, each.time_ms) for each in turns)
        new = sources.NewSource(
            title=text.name or t("without a title"),
            kind="transcript",
            suffix=".txt",
            text=words,
            lemmas=lemma_text(words),
            turns=turns,
            original=text.raw.encode("utf-8", "replace"),
            original_sha256=_digest(text),
            landmarks=landmarks,
        )
        source_id = sources.add_source(self._writing, new)
        self._by_digest[text_digest(words)] = source_id
        return source_id

    # -- codings ---------------------------------------------------------------------------------------------------

    def _put_codings(self, text: ForeignText, places: Places, source_id: int, *, title: str) -> int:
        """Store the codings of a text some thousands at a time; give how many were new."""
        there = set(foreign.places_coded(self._writing.project, source_id))
        waiting: list[NewCoding] = []
        number = 0
        for each in self._other.codings(text.number):
            row = self._placed(each, places, title)
            if row is None:
                continue
            if (place := (row.start, row.stop, row.code_id, row.coder_id)) in there:
                self._taken.existed += 1
                continue
            there.add(place)
            waiting.append(row)
            number += 1
            if len(waiting) >= foreign.AT_ONCE:
                foreign.add_dated(self._writing, source_id, waiting)
                waiting = []
        foreign.add_dated(self._writing, source_id, waiting)
        self._taken.codings += number
        return number

    def _placed(self, each: ForeignCoding, places: Places, title: str) -> NewCoding | None:
        """A coding at its place; None where it has none."""
        placed = places.place(each.start, each.stop, each.quote)
        key = self._keys[each.code]
        if placed.span is None:
            self._taken.note_lost(Spot(title, key, placed.meant, None))
            return None
        span = placed.span
        if placed.found is Found.MOVED:
            self._taken.note_moved(Spot(title, key, placed.meant, (span.start, span.stop)))
        self._taken.left_out.add(kinds.CODING_UNCHECKED, int(placed.found is Found.UNCHECKED))
        coder, created = self._coders.of(each.memo.owner), dated(each.memo.created, self._taken)
        return NewCoding(span.start, span.stop, self._codes[each.code], coder, "none", each.memo.body, created)

    # -- what hangs on a text --------------------------------------------------------------------------------------

    def _put_notes(self, text: ForeignText, places: Places, source_id: int) -> None:
        self._notes.put("source", source_id, text.memo)
        if text.attributes:
            values = "\n".join(f"{name}: {value}" for name, value in text.attributes)
            self._taken.left_out.add(kinds.TEXT_VALUES, len(text.attributes))
            self._notes.put("source", source_id, ForeignNote(values, text.memo.owner, text.memo.created))
        turns = sources.turns_of(self._writing.project, source_id)
        for each in self._other.annotations(text.number):
            span = places.span(each.start, each.stop)
            target: tuple[MemoTarget, int] = ("source", source_id)
            if span is not None and (turn := _turn_at(turns, span.start)) is not None:
                target = ("turn", turn.id)
            self._taken.left_out.add(kinds.REMARKS)
            self._notes.put(*target, each.note)

    def _put_families(self, text: ForeignText, places: Places, source_id: int) -> None:
        for case, family in self._cases.get(text.number, ()):
            for link in case.links:
                if link.text == text.number:
                    self._link(link, places, source_id, family)

    def _link(self, link: CaseLink, places: Places, source_id: int, family: int) -> None:
        """A whole text is of a family, of one only; a piece of one is about it."""
        span, writing = places.span(link.start, link.stop), self._writing
        if places.is_whole(link.start, link.stop):
            if taking_in.family_of_text(writing, source_id) in (None, family):
                foreign.give_family(writing, source_id, family)
                return
            span = places.everything
        if span is None:
            self._taken.left_out.add(kinds.CASE_PIECES)
            return
        coder = self._coders.of(link.owner)
        start, stop = span.start, span.stop
        made = foreign.put_mention(writing, source_id, start=start, stop=stop, family_id=family, coder_id=coder)
        self._taken.mentions += made is not None


def _digest(text: ForeignText) -> str:
    return hashlib.sha256(text.raw.encode("utf-8", "replace")).hexdigest()


def _turn_at(turns: Sequence[Turn], place: int) -> Turn | None:
    """The turn in which a place lies, else the one before it."""
    index = bisect_right([turn.start for turn in turns], place) - 1
    return turns[index] if index >= 0 else None
