"""The second walk: the codings of one text after the other, a few thousand at a time."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from verhalen.exchange.refi_qda import records
from verhalen.exchange.refi_qda.cases import Placed
from verhalen.exchange.refi_qda.guids import Guids, keep_guids
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar
from verhalen.exchange.refi_qda.surveying import FoundText, Note
from verhalen.i18n import t
from verhalen.model.text import Turn
from verhalen.store import foreign, sources
from verhalen.store.project import Writing, now

_OURS = 24
"""Length of a time as we write it: `2026-03-01T12:00:00.000Z`."""
Target = tuple[str, int]
"""What a memo is about: a kind and an id."""


class Coders:
    """Users of the other program as coders of ours; somebody who comes back is who he was."""

    def __init__(self, writing: Writing, users: Mapping[str, str]) -> None:
        self._writing = writing
        self._users = users
        self._ids: dict[str, int] = {}

    def of(self, guid: str) -> int:
        """The coder behind a GUID; the coder at work where the file names nobody."""
        if not guid:
            return self._writing.project.coder_id
        if guid not in self._ids:
            name = self._users.get(guid) or t("unknown coder")
            self._ids[guid] = foreign.put_coder(self._writing, name, guid)
        return self._ids[guid]

    def __len__(self) -> int:
        return len(self._ids)


def moment(written: str) -> str:
    """A date of a file as we keep dates: UTC, milliseconds. Now, where there is none."""
    if len(written) == _OURS and written.endswith("Z"):
        return written
    try:
        found = dt.datetime.fromisoformat(written)
    except ValueError:
        return now()
    found = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return found.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class Wanted:
    """What the walk must know of the rest of the file."""

    codes: dict[str, int]
    """Plain GUID -> id."""
    case_codes: dict[str, Placed | None]
    """Codes that are cases (NVivo): what the case became."""
    people: dict[str, list[Placed]]
    """Selections that cases point at."""
    linked: set[str]
    """What links point at: their places are remembered."""
    notes: Mapping[str, Note]


@dataclass(slots=True)
class Done:
    """What the walk did."""

    new: int = 0
    existed: int = 0
    mentions: int = 0
    memos: list[tuple[Target, str]] = field(default_factory=list)
    """(what it is about, the note)"""
    remarks: list[tuple[Target, str, str, str]] = field(default_factory=list)
    """Descriptions that are memos here: (what it is about, words, user, date)"""
    own: set[str] = field(default_factory=set)
    """Notes that codings carry themselves now."""
    silent: set[str] = field(default_factory=set)
    """Notes about texts that stay out."""
    places: dict[str, Target] = field(default_factory=dict)
    """What links point at -> what a memo there would be about."""


class TextStore:
    """One text while its codings are stored."""

    def __init__(
        self,
        writing: Writing,
        *,
        wanted: Wanted,
        sidecar: Sidecar,
        coders: Coders,
        dropped: Counter[str],
        done: Done,
        model: str,
    ) -> None:
        self._writing = writing
        self._wanted = wanted
        self._sidecar = sidecar
        self._coders = coders
        self._dropped = dropped
        self._done = done
        self._model = model
        guids = Guids(writing.project)
        self._taken = {*guids.kept("coding").values(), *guids.kept("selection").values()}

    def begin(self, found: FoundText, source_id: int, *, is_new: bool) -> None:
        """The text whose selections come now."""
        self._found, self._source = found, source_id
        self._is_ours = found.begins.guid in self._sidecar.texts
        project = self._writing.project
        self._there = {} if is_new else foreign.places_coded(project, source_id)
        self._turns: list[Turn] = sources.turns_of(project, source_id)
        self._starts = [turn.start for turn in self._turns]
        self._said: dict[int, Counter[int]] = defaultdict(Counter)
        self._rows: list[foreign.NewCoding] = []
        self._marks: list[tuple[records.Selection, records.CodingMark, str]] = []

    def whole(self, coding: records.CodingMark) -> None:
        """A code at the whole text."""
        everything = records.Selection("", "", 0, 0, "", "", "", (coding,), ())
        self._codings(everything, 0, len(self._found.text))

    def take(self, selection: records.Selection) -> None:
        """One selection with all that hangs on it."""
        span = self._found.mappings[self._model].span(selection.start, selection.stop)
        if span is None:
            kind = "empty_selection" if selection.start == selection.stop else "outside_text"
            self._dropped[kind] += max(1, len(selection.codings))
            return
        if selection.stop > self._found.mappings[self._model].length:
            self._dropped["cut_off"] += 1
        self._codings(selection, *span)
        if not self._is_ours:
            self._people(selection, *span)
        at: Target | None = None
        if not selection.codings and (
            selection.notes or selection.description or selection.guid in self._wanted.linked
        ):
            at = self._turn_at(span[0])
            self._done.memos += [(at, note) for note in selection.notes]
            if selection.description:
                self._done.remarks.append((at, selection.description, selection.user, selection.created))
            if selection.guid in self._wanted.linked:
                self._done.places[selection.guid] = at
        if at is None and not selection.codings and not self._wanted.people.get(selection.guid) and not self._is_ours:
            self._dropped["no_code"] += 1
        if len(self._rows) >= foreign.AT_ONCE:
            self._flush()

    def end(self) -> None:
        """All selections were there."""
        self._flush()
        for speaker, persons in self._said.items():
            turns = sum(turn.speaker_id == speaker for turn in self._turns)
            (person, count), *others = persons.most_common(2)
            if not others and 2 * count >= turns:
                sources.link_speaker(self._writing, speaker, person_id=person, role="")

    # -- codings ---------------------------------------------------------------------------------------------------

    def _codings(self, selection: records.Selection, start: int, stop: int) -> None:
        for mark in selection.codings:
            if mark.code in self._wanted.case_codes:
                self._about(self._wanted.case_codes[mark.code], mark, start, stop)
                continue
            code = self._wanted.codes.get(mark.code)
            if code is None:
                self._dropped["unknown_code"] += 1
                continue
            user = mark.user or selection.user
            self._dropped["no_user"] += not user
            coder = self._coders.of(user)
            place = (start, stop, code, coder)
            if place in self._there:
                self._done.existed += 1
                at = self._there[place]
                self._done.memos += [(("coding", at), note) for note in mark.notes if at]
                continue
            self._there[place] = 0
            valence = self._sidecar.valences.get(mark.guid, "none")
            note, memo = self._own_memo(mark, selection, user)
            created = moment(mark.created or selection.created)
            self._rows.append(foreign.NewCoding(start, stop, code, coder, valence, memo, created))
            self._marks.append((selection, mark, note))

    def _own_memo(self, mark: records.CodingMark, selection: records.Selection, user: str) -> tuple[str, str]:
        """The note that the coder wrote at the coding itself, and its words: ours, else the first of the user."""
        for guid in mark.notes:
            note, said = self._wanted.notes.get(guid), self._sidecar.memos.get(guid)
            if said is not None:
                if said.get("own"):
                    return guid, str(said["body"])
            elif note is not None and note.user in ("", user):
                return guid, note.text
        only = len(selection.codings) == 1 and not selection.notes
        return "", selection.description if only else ""

    def _flush(self) -> None:
        ids = foreign.add_dated(self._writing, self._source, self._rows)
        self._done.new += len(ids)
        codings: dict[int, str] = {}
        places: dict[int, str] = {}
        own: dict[int, str] = {}
        for number, (selection, mark, note), row in zip(ids, self._marks, self._rows, strict=True):
            if mark.guid:
                codings[number] = mark.guid
            if selection.guid and selection.codings[0] is mark:
                places[number] = selection.guid
            if note:
                own[number] = note
                self._done.own.add(note)
            self._hang(number, selection, mark, row, own=note)
        keep_guids(self._writing, "memo", own)
        keep_guids(self._writing, "coding", self._once(codings))
        keep_guids(self._writing, "selection", self._once(places))
        self._rows, self._marks = [], []

    def _once(self, brought: dict[int, str]) -> dict[int, str]:
        """The GUIDs that nothing here has yet: some programs give one GUID to all their selections."""
        kept: dict[int, str] = {}
        for number, guid in brought.items():
            if guid not in self._taken:
                self._taken.add(guid)
                kept[number] = guid
        return kept

    def _hang(
        self, number: int, selection: records.Selection, mark: records.CodingMark, row: foreign.NewCoding, *, own: str
    ) -> None:
        at: Target = ("coding", number)
        first = selection.codings[0] is mark
        notes = (*mark.notes, *(selection.notes if first else ()))
        self._done.memos += [(at, note) for note in notes if note != own]
        if first and selection.description and row.memo != selection.description:
            self._done.remarks.append((at, selection.description, selection.user, selection.created))
        for guid in (selection.guid, mark.guid):
            if guid in self._wanted.linked:
                self._done.places.setdefault(guid, at)

    # -- people ----------------------------------------------------------------------------------------------------

    def _people(self, selection: records.Selection, start: int, stop: int) -> None:
        for placed in self._wanted.people.get(selection.guid, ()):
            turn = self._turn(start)
            if placed.person_id is not None and turn is not None and turn.speaker_id is not None and stop <= turn.stop:
                self._said[turn.speaker_id][placed.person_id] += 1
            else:
                self._mention(placed, start, stop, self._coders.of(selection.user))

    def _about(self, placed: Placed | None, mark: records.CodingMark, start: int, stop: int) -> None:
        if placed is None:
            self._dropped["case_as_code"] += 1
        else:
            self._mention(placed, start, stop, self._coders.of(mark.user))

    def _mention(self, placed: Placed, start: int, stop: int, coder_id: int) -> None:
        made = foreign.put_mention(
            self._writing, self._source, start=start, stop=stop, family_id=placed.family_id, coder_id=coder_id
        )
        self._done.mentions += made is not None

    def _turn(self, place: int) -> Turn | None:
        index = bisect_right(self._starts, place)
        return self._turns[index - 1] if index else None

    def _turn_at(self, place: int) -> Target:
        turn = self._turn(place)
        return ("turn", turn.id) if turn else ("source", self._source)
