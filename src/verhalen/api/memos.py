"""Memos at anything in the project, and the journal of the analysis."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.ids import decode_id, encode_id
from verhalen.model.memo import Memo, MemoTarget
from verhalen.model.text import Source
from verhalen.store import codebook, codings, families, sources, stories
from verhalen.store import memos as store
from verhalen.store.project import ProjectFile
from verhalen.store.versions import text_of

if TYPE_CHECKING:
    from verhalen.api.memo_import import MemoImport

PROJECT = "project"
"""The target of an entry in the journal of the analysis."""


@dataclass(frozen=True, slots=True)
class About:
    """What a memo is about, as it is stored."""

    target: MemoTarget
    target_id: int
    source_id: int | None = None
    """Of a source, turn or fragment."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Of its change in the history."""
        return tuple(dict.fromkeys((self.target_id, *((self.source_id,) if self.source_id else ()))))


class Memos:
    """`project.memos`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self, *, target: str = "", find: str = "") -> list[Memo]:
        """Memos, newest first: all, or those about `target`, and with all the words of `find` in their text or label.

        A text brings the memos of its turns and fragments, a code those of its fragments.
        """
        found = store.memos(self._file)
        if target:
            about = self.about(target)
            found = [memo for memo in found if _belongs(memo, about, self._file)]
        return self.matching(found[::-1], find)

    def matching(self, memos: Iterable[Memo], find: str) -> list[Memo]:
        """Those with all the words of `find` in their text, their label or the name of their coder."""
        wanted = _plain(find).split()
        if not wanted:
            return list(memos)
        return [memo for memo in memos if _holds(f"{memo.text} {self.label(memo)} {memo.coder}", wanted)]

    def get(self, memo_id: int) -> Memo:
        """One memo, also one that a coding carries; raises UnknownMemo."""
        found = store.memo_by_id(self._file, memo_id)
        if found is None:
            raise errors.UnknownMemo(key=encode_id(memo_id))
        return found

    def add(self, target: str, text: str) -> Memo:
        """Write a memo; several at one target are fine. Raises UnknownMemoTarget, and BadInput without words."""
        words = _words(text)
        with self._file.change(Act.MEMO) as writing:
            about = self.about(target)
            writing.targets.extend(about.ids)
            number = store.add_memo(writing, about.target, about.target_id, words)
        return self.get(number)

    def change(self, memo_id: int, text: str) -> Memo:
        """Write one's own memo anew. Raises UnknownMemo, NotYourMemo, and BadInput without words."""
        words = _words(text)
        memo = self.get(memo_id)
        if memo.is_of_coding:
            self._write_at_coding(memo, words)
        else:
            with self._file.change(Act.CHANGE_MEMO, *_ids(memo)) as writing:
                if self._mine(memo_id).text != words:
                    store.change_memo(writing, memo_id, words)
        return self.get(memo_id)

    def remove(self, memo_id: int) -> None:
        """Take one's own memo away. Raises UnknownMemo, NotYourMemo."""
        memo = self.get(memo_id)
        if memo.is_of_coding:
            self._write_at_coding(memo, "")
            return
        with self._file.change(Act.REMOVE_MEMO, *_ids(memo)) as writing:
            self._mine(memo_id)
            store.remove_memo(writing, memo_id)

    def _mine(self, memo_id: int) -> Memo:
        """Looked at under the lock: another window may have been first."""
        memo = self.get(memo_id)
        if memo.coder_id != self._file.coder_id:
            raise errors.NotYourMemo(coder=memo.coder)
        return memo

    def _write_at_coding(self, memo: Memo, words: str) -> None:
        from verhalen.coding import editing

        self._mine(memo.id)
        if memo.text != words:
            editing.set_memo(self._file, memo.id, words)

    # -- what it is about ------------------------------------------------------------------------------------------

    def about(self, target: str) -> About:
        """What `project`, `12`, `12@1530`, the id of a coding, or the key of a code, family or story names."""
        wanted = target.strip()
        if wanted == PROJECT:
            return About("project", 0)
        number, at, place = wanted.partition("@")
        if number.isdecimal():
            return self._in_text(wanted, number, place if at else None)
        return self._coding(wanted) or self._by_key(wanted)

    def _in_text(self, wanted: str, number: str, place: str | None) -> About:
        source = sources.source_by_number(self._file, int(number)) if len(number) < 19 else None
        if source is None:
            raise errors.UnknownSource(key=number)
        if place is None:
            return About("source", source.id, source.id)
        if not place.isdecimal():
            raise errors.UnknownMemoTarget(key=wanted)
        return self._turn(source, int(place))

    def _turn(self, source: Source, place: int) -> About:
        """The turn at a place; between two turns the one before, above the first one the first."""
        now = text_of(self._file, source.id, source.version)
        length = len(now.text) if now else 0
        turns = sources.turns_of(self._file, source.id)
        if place >= length or not turns:
            raise errors.BadSpan(start=place, stop=place + 1, length=length)
        turn = [turns[0], *(turn for turn in turns if turn.start <= place)][-1]
        return About("turn", turn.id, source.id)

    def _coding(self, wanted: str) -> About | None:
        number = decode_id(wanted)
        coding = codings.coding_by_id(self._file, number) if number is not None else None
        return About("coding", coding.id, coding.source_id) if coding else None

    def _by_key(self, key: str) -> About:
        code = codebook.code_id(self._file, key)
        if code is not None:
            return About("code", code)
        family = families.family_ids(self._file).get(key)
        if family is not None:
            return About("family", family)
        story = next((each for each in stories.stories(self._file) if each.key == key), None)
        if story is None:
            raise errors.UnknownMemoTarget(key=key)
        return About("story", story.id)

    def draft_key(self, about: About) -> str:
        """Under which a half-written memo is kept: withdrawing finds it by the id of a source or the key of the rest."""
        key = self._key_of(about)
        return " ".join(("memo new", about.target, str(about.target_id), str(about.source_id or ""), key)).strip()

    def _key_of(self, about: About) -> str:
        if about.target == "family":
            keys = {number: key for key, number in families.family_ids(self._file).items()}
            return keys[about.target_id]
        if about.target == "story":
            return next(each.key for each in stories.stories(self._file) if each.id == about.target_id)
        return ""

    def label(self, memo: Memo) -> str:
        """What it is about, in the reader's language; never words of a text."""
        place = memo.place
        if place.gone:
            return t("something that was removed")
        match memo.target:
            case "project":
                return t("journal of the analysis")
            case "source":
                return t("text {n}", n=place.source)
            case "turn":
                return t("text {n}, turn at {place}", n=place.source, place=place.start)
            case "coding":
                return t("text {n}, '{code}' at {place}", n=place.source, code=place.key, place=place.start)
            case "code":
                return t("code '{key}'", key=place.key)
            case "family":
                return t("family {key}", key=place.key)
            case "story":
                return t("story {key}", key=place.key)

    def reference(self, memo: Memo) -> str:
        """What it is about as `add` takes it; empty where that is gone."""
        place = memo.place
        if place.gone:
            return ""
        match memo.target:
            case "project":
                return PROJECT
            case "source":
                return str(place.source)
            case "turn":
                return f"{place.source}@{place.start}"
            case "coding":
                return encode_id(memo.target_id)
            case "code" | "family" | "story":
                return place.key

    def export_file(self, path: Path) -> int:
        """Write all memos as Markdown or CSV, by suffix; whole or not at all. Gives how many."""
        from verhalen.exchange.memo_files import Row, save_memos

        rows = [Row(memo, self.label(memo), self.reference(memo)) for memo in self.all()[::-1]]
        save_memos(path, rows)
        return len(rows)

    def import_file(self, path: Path) -> MemoImport:
        """Read exported memos back, in one change: what is missing comes back, one's own are changed where they differ.

        What cannot be placed is listed in `left_out`. Raises UnreadableFile and its kinds, BadTable.
        """
        from verhalen.api.memo_import import import_memos

        return import_memos(self._file, self, path)


def _ids(memo: Memo) -> tuple[int, ...]:
    return About(memo.target, memo.target_id, memo.place.source_id if memo.target != "story" else None).ids


def _belongs(memo: Memo, about: About, file: ProjectFile) -> bool:
    if (memo.target, memo.target_id) == (about.target, about.target_id):
        return True
    if about.target == "source":
        return memo.place.source_id == about.target_id
    if about.target == "code" and memo.target == "coding" and not memo.place.gone:
        coding = codings.coding_by_id(file, memo.target_id)
        return coding is not None and coding.code_id == about.target_id
    return False


def _words(text: str) -> str:
    """What is stored; a memo without words is none."""
    words = text.strip()
    if not words:
        raise errors.BadInput(reason=t("a memo needs words"))
    return words


def _holds(text: str, wanted: list[str]) -> bool:
    told = _plain(text)
    return all(word in told for word in wanted)


def _plain(text: str) -> str:
    """Without case and marks: "cafe" finds "Café"."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
