"""Memos from a file into the project: what is missing comes back, what one wrote otherwise is changed, all in one change."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.exchange.memo_reading import FileMemo, read_memos
from verhalen.i18n import mark
from verhalen.model.act import Act
from verhalen.model.memo import Memo
from verhalen.model.text import Notice, normal_text
from verhalen.store import codings
from verhalen.store import memos as store
from verhalen.store.project import ProjectFile, Writing, now

if TYPE_CHECKING:
    from verhalen.api.memos import About, Memos

GONE = mark("What this memo is about is not in this project any more; it was left out.")
WITHDRAWN = mark("This memo was withdrawn; it does not come back.")
OF_ANOTHER = mark("Another coder wrote this memo otherwise; it was left as it is in the project.")


@dataclass(frozen=True, slots=True)
class MemoImport:
    """What an import of memos did."""

    new: int
    changed: int
    unchanged: int
    left_out: tuple[Notice, ...]
    """By line of the file."""


def import_memos(file: ProjectFile, memos: Memos, path: Path) -> MemoImport:
    """Read memos back, in one change. Raises UnreadableFile and its kinds, BadTable."""
    found, left_out = read_memos(path)
    coders = _coders(file, found)  # before the change: a coder who is new here is written by itself
    with file.change(Act.IMPORT_MEMOS) as writing:
        run = _Import(writing, memos, coders, left_out)
        for each in found:
            run.take(each)
    notices = sorted(run.left_out, key=lambda each: each.line or 0)
    return MemoImport(run.new, run.changed, run.unchanged, tuple(notices))


def _coders(file: ProjectFile, found: list[FileMemo]) -> dict[str, int]:
    """Id of each coder who signs a memo that may be new here."""
    known = {each.name: each.id for each in codings.coders(file)[::-1]}
    for name in {each.coder for each in found if each.id is None or store.memo_by_id(file, each.id) is None}:
        if name and name != file.coder and name not in known:
            with file.sibling(coder=name) as other:
                known[name] = other.coder_id
    return {**known, "": file.coder_id, file.coder: file.coder_id}


@dataclass(slots=True)
class _Import:
    """An import while it runs, under the lock."""

    writing: Writing
    memos: Memos
    coders: dict[str, int]
    left_out: list[Notice]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    _here: set[tuple[str, int, int, str]] = field(default_factory=set)
    """Target, its id, coder and words of every memo."""

    def __post_init__(self) -> None:
        self._here = {
            (each.target, each.target_id, each.coder_id, _plain(each.text)) for each in store.memos(self._file)
        }

    @property
    def _file(self) -> ProjectFile:
        return self.writing.project

    def take(self, each: FileMemo) -> None:
        """One memo of the file."""
        there = store.memo_by_id(self._file, each.id) if each.id is not None else None
        if there is not None:
            self._over(there, each)
        elif each.id is not None and store.was_withdrawn(self._file, each.id):
            self._leave(each, WITHDRAWN)
        elif (about := self._about(each)) is None:
            self._leave(each, GONE)
        elif about.target == "coding" and each.id == about.target_id:
            self._into_coding(about, each)
        else:
            self._add(about, each)

    def _leave(self, each: FileMemo, sentence: str) -> None:
        self.left_out.append(Notice(each.line, sentence))

    def _over(self, there: Memo, each: FileMemo) -> None:
        """The project has it: other words are those of the file where they are one's own."""
        if _plain(there.text) == each.text:
            self.unchanged += 1
        elif there.coder_id != self._file.coder_id:
            self._leave(each, OF_ANOTHER)
        else:
            if there.is_of_coding:
                codings.change_coding(self.writing, there.id, memo=each.text)
            else:
                store.change_memo(self.writing, there.id, each.text)
            self.writing.targets.append(there.target_id)
            self.changed += 1

    def _into_coding(self, about: About, each: FileMemo) -> None:
        """A coding has no memo of its own any more, and gets it back."""
        coding = codings.coding_by_id(self._file, about.target_id)
        if coding is None or coding.coder_id != self.coders.get(each.coder):
            self._leave(each, OF_ANOTHER)
            return
        codings.change_coding(self.writing, coding.id, memo=each.text)
        self.writing.targets.extend(about.ids)
        self.new += 1

    def _add(self, about: About, each: FileMemo) -> None:
        coder = self.coders[each.coder]
        key = (about.target, about.target_id, coder, each.text)
        keeps_id = each.id is not None and store.may_have_id(self._file, each.id)
        if not keeps_id and key in self._here:
            self.unchanged += 1
            return
        number = each.id if keeps_id and each.id is not None else self.writing.new_id()
        store.put_memo(
            self.writing,
            number,
            about.target,
            about.target_id,
            each.text,
            coder_id=coder,
            created=each.created or now(),
        )
        self._here.add(key)
        self.writing.targets.extend(about.ids)
        self.new += 1

    def _about(self, each: FileMemo) -> About | None:
        """What it is about: as the history of this project has it where it was removed, else by its reference."""
        from verhalen.api.memos import PROJECT, About

        was = store.removed_from(self._file, each.id) if each.id is not None else None
        if was is not None:
            return About(*was) if store.is_there(self._file, *was) else None
        reference = PROJECT if each.kind == "project" else each.reference
        try:
            about = self.memos.about(reference)
        except errors.VerhalenError:
            return None
        fits = each.kind in (None, about.target) and self._begins_there(about, reference)
        return about if fits else None

    def _begins_there(self, about: About, reference: str) -> bool:
        """A turn must begin at the very place: else the text is another one, or was corrected since."""
        return about.target != "turn" or store.turn_begins(self._file, about.target_id) == int(
            reference.partition("@")[2]
        )


def _plain(text: str) -> str:
    return normal_text(text).strip()
