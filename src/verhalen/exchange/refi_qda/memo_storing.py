"""Notes of another program as memos: at what they refer to, at what a link leads to, else in the diary of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from verhalen.exchange.refi_qda.guids import Guids, is_plain, keep_guids
from verhalen.exchange.refi_qda.sidecar_reading import Sidecar
from verhalen.exchange.refi_qda.surveying import Note, Survey
from verhalen.exchange.refi_qda.text_storing import Coders, Done, Target, moment
from verhalen.exchange.refi_qda.xml_text import ORIGIN
from verhalen.model.memo import memo_target
from verhalen.store import foreign
from verhalen.store.memos import put_memo
from verhalen.store.project import Writing

_DIARY: Target = ("project", 0)


class MemoStore:
    """Memos while they are stored."""

    def __init__(
        self, writing: Writing, found: Survey, sidecar: Sidecar, coders: Coders, guids: Guids, dropped: Counter[str]
    ) -> None:
        self._writing = writing
        self._found = found
        self._sidecar = sidecar
        self._coders = coders
        self._dropped = dropped
        self._known = guids.ids("memo", sorted(foreign.memo_ids(writing.project)))
        self._used: set[str] = set()
        self._brought: dict[int, str] = {}
        self._there = {
            (each.target, each.target_id, each.body, each.coder_id) for each in foreign.raw_memos(writing.project)
        }
        """What stands here already: a file that comes twice adds nothing."""

    def store(self, said: Done, places: Mapping[str, Target], *, stories: Mapping[int, int]) -> int:
        """Store all memos; give their number. `places`: GUID -> what a memo there is about. `stories`: ids there -> here."""
        self._stories, self._done = stories, said
        self._used |= said.own | said.silent
        for at, guid in said.memos:
            self._note(guid, at)
        for guid, note in ((each.guid, note) for each in self._found.codes for note in each.notes):
            self._note(note, places.get(guid))
        for guid in self._found.project.notes:
            self._note(guid, _DIARY)
        self._links(places)
        for guid in self._found.notes:
            # Those that codings carry have their place already; coded memos are texts now.
            if guid not in self._used and guid not in places:
                self._note(guid, _DIARY)
        self._remarks(said)
        keep_guids(self._writing, "memo", self._brought)
        return len(self._brought) + self._unnamed

    _unnamed = 0

    def _links(self, places: Mapping[str, Target]) -> None:
        notes = self._found.notes
        for link in self._found.links:
            ends = [(link.origin, link.target), (link.target, link.origin)]
            note, other = next(((a, b) for a, b in ends if a in notes and b not in notes), ("", ""))
            if note and other in places:
                self._note(note, places[other])
            else:
                self._dropped["link"] += 1
            for each in link.notes:
                self._note(each, places.get(link.origin) or places.get(link.target))

    def _note(self, guid: str, at: Target | None) -> None:
        note = self._found.notes.get(guid)
        if note is None:
            self._dropped["note_missing"] += 1
            return
        again = guid in self._used
        self._used.add(guid)
        if guid in self._known or (guid in self._done.own) or (guid in self._done.silent):
            return
        side = self._sidecar.memos.get(guid)
        if side is not None and side.get("own"):
            return
        body = str(side["body"]) if side is not None else self._words(note)
        if not body.strip():
            self._dropped["note_empty"] += 1
            return
        if side is not None and (story := self._stories.get(side.get("story", 0))):
            at = ("story", story)
        self._put(at or _DIARY, body, note.user, note.created, guid="" if again else guid)

    def _words(self, note: Note) -> str:
        """A title of its own stands above the words."""
        if self._found.project.origin == ORIGIN or not note.name or note.name in note.text:
            return note.text
        return f"{note.name}\n\n{note.text}" if note.text.strip() else ""

    def _remarks(self, said: Done) -> None:
        for at, words, user, created in said.remarks:
            self._put(at, words, user, created, guid="")
        if self._found.project.description.strip():
            self._put(_DIARY, self._found.project.description, "", "", guid="")

    def _put(self, at: Target, body: str, user: str, created: str, *, guid: str) -> None:
        coder = self._coders.of(user)
        if (*at, body, coder) in self._there:
            return
        number = self._writing.new_id()
        put_memo(self._writing, number, memo_target(at[0]), at[1], body, coder_id=coder, created=moment(created))
        if is_plain(guid):
            self._brought[number] = guid
        else:
            self._unnamed += 1
