"""The history: what was done, undo and redo by name, and the check that all is whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act, Change
from verhalen.model.ids import decode_id, encode_id
from verhalen.store import checking, journal, labels, undoing
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did."""

    change: int
    """The new change."""
    label: str
    undone_change: int
    lost: tuple[int, ...] = ()
    """Codings that could not come back, since their words are gone."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether the project is whole."""

    digest: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.problems


_WHAT = {
    "coding": mark("codings"),
    "code": mark("codes"),
    "turn": mark("turns"),
    "mention": mark("fragments about a family"),
    "story": mark("stories"),
    "snapshot": mark("snapshots"),
    "observation": mark("scores"),
    "person": mark("persons"),
    "speaker": mark("speakers"),
    "source": mark("sources"),
    "trajectory": mark("trajectories"),
}


class History:
    """`project.history`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def entries(self, *, limit: int | None = None, after: int = 0) -> list[Change]:
        """Changes, newest first."""
        return journal.history(self._file, limit=limit, after=after)

    def label(self, change: Change) -> str:
        """The sentence of a change, in the reader's language; an undo names what it took back."""
        if change.act in (Act.UNDO, Act.REDO) and change.undoes is not None:
            root = self._root(change)
            what = self.label(root) if root else t("[withdrawn]")
        else:
            names = list(dict.fromkeys(labels.names_of(self._file, change.targets)))
            what = _what(names)
        return t(change.act.sentence, what=what)

    def _root(self, change: Change) -> Change | None:
        """The ordinary change at the end of a chain of undos."""
        found: Change | None = change
        while found is not None and found.undoes is not None:
            found = journal.change_by_id(self._file, found.undoes)
        return found

    def undo(self, reference: str | None = None) -> Undone:
        """Take back one's own newest change, or the one named; refuses by name where others build on it."""
        return self._take_back(Act.UNDO, reference)

    def beyond(self) -> tuple[Change, Change] | None:
        """One's own newest change where it deleted words for good, and the older one that undo would take instead."""
        undoable = journal.undoable(self._file, self._file.coder_id)
        newer = self.entries(after=undoable[0].id) if undoable else []
        mine = (
            each for each in newer if each.coder_id == undoable[0].coder_id and each.act in (Act.MASK, Act.WITHDRAW)
        )
        lasting = next(mine, None)
        return None if lasting is None else (lasting, undoable[0])

    def redo(self) -> Undone:
        """Take back one's own newest undo."""
        return self._take_back(Act.REDO, None)

    def _take_back(self, act: Act, reference: str | None) -> Undone:
        with self._file.change(act) as writing:
            change = self._choose(act, reference)
            found = undoing.blockers(self._file, change)
            if found:
                raise self._refusal(change, found)
            lost = undoing.take_back(writing, change, lemmatise=lemma_text)
            number = writing.id
        made = journal.change_by_id(self._file, number)
        label = self.label(made) if made else ""
        return Undone(number, label, change.id, tuple(lost))

    def _choose(self, act: Act, reference: str | None) -> Change:
        if act is Act.REDO:
            redoable = journal.redoable(self._file, self._file.coder_id)
            if not redoable:
                raise errors.NothingToRedo
            return redoable[0]
        undoable = journal.undoable(self._file, self._file.coder_id, limit=20 if reference is None else None)
        if reference is not None:
            wanted = decode_id(reference)
            undoable = [change for change in undoable if change.id == wanted]
        if not undoable:
            raise errors.NothingToUndo
        return undoable[0]

    def _refusal(self, change: Change, found: undoing.Blockers) -> errors.CannotUndo:
        others = [each for each in journal.undoable(self._file, self._file.coder_id) if each.id < change.id]
        offer = t("none") if not others else f"{self.label(others[0])} (verhalen undo {encode_id(others[0].id)})"
        return errors.CannotUndo(label=self.label(change), reason=_reason(found), offer=offer)

    def check(self) -> Checked:
        """Integrity of file, journal, triggers, spans, references and search; with the digest of everything."""
        return Checked(checking.digest(self._file), tuple(checking.problems(self._file)))


def _what(names: list[str]) -> str:
    """'rol.vertrouwen' in source 12; the rest is a number."""
    if len(names) == 2:
        return t("{first} in {second}", first=names[0], second=names[1])
    if len(names) > 2:
        return tn(
            "{first} in {second} and {n} more",
            "{first} in {second} and {n} more",
            len(names) - 2,
            first=names[0],
            second=names[1],
        )
    return names[0] if names else "…"


def _reason(found: undoing.Blockers) -> str:
    if found.dependents:
        table, coder, count = found.dependents[0]
        return t("{n} {what} of {coder} hang on it", n=count, what=t(_WHAT.get(table, mark("parts"))), coder=coder)
    if found.overlap:
        return t("{coder} corrected the same words later", coder=found.overlap[0].coder)
    if found.touched:
        coder, count = Counter(each.change.coder for each in found.touched).most_common(1)[0]
        return tn("{coder} changed {n} part of it later", "{coder} changed {n} parts of it later", count, coder=coder)
    return t("something it needs was removed later")
