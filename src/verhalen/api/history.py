"""The history: what was done, undo and redo by name, and the check that all is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.i18n import mark, t, tn
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act, Change
from verhalen.model.ids import decode_id, encode_id
from verhalen.store import checking, journal, labels, sight, undoing
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.api.touched import Details


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
class Refused:
    """A change that stays."""

    change: int
    label: str
    reason: str
    """Finished, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Gone:
    """How far one went back, or forth."""

    done: tuple[Undone, ...]
    refused: tuple[Refused, ...] = ()
    others: int = 0
    """Changes of others after that point; they stay."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether the project is whole."""

    digest: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.problems


WHAT = {
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
    "family": mark("families"),
    "attribute": mark("properties of a family"),
    "attribute_kind": mark("kinds of properties"),
    "contact": mark("contacts"),
    "life_domain": mark("life domains"),
    "domain_group": mark("groups of life domains"),
    "instrument": mark("instruments"),
    "item": mark("items"),
    "code_domain": mark("links of a code with a life domain"),
    "landmark": mark("pages and times"),
    "story_domain": mark("life domains of a story"),
    "consent": mark("consents"),
    "memo": mark("memos"),
    "verdict": mark("verdicts"),
    "release": mark("reports built"),
    "release_row": mark("rows of reports"),
    "threshold": mark("smallest numbers shown"),
    "voice": mark("voices"),
    "attachment": mark("attachments"),
    "verification": mark("checks with a teller"),
    "selection_round": mark("selection rounds"),
    "round_member": mark("members of a panel"),
    "round_story": mark("stories in a round"),
    "vote": mark("votes"),
    "choice": mark("choices of a round"),
    "dissent": mark("other opinions"),
    "feedback": mark("feedback"),
    "signal": mark("signals"),
    "signal_place": mark("places of a signal"),
    "signal_span": mark("fragments of a signal"),
    "double_coding": mark("texts for a second coder"),
    "discussed": mark("places that were talked over"),
    "decision": mark("decisions"),
}
"""What the rows of each table are."""


class History:
    """`project.history`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def entries(self, *, limit: int | None = None, after: int = 0) -> list[Change]:
        """Changes, newest first; those of hidden codings are left out."""
        most = limit
        while True:
            read = journal.history(self._file, limit=most, after=after)
            found = [each for each in read if self._is_seen(each)]
            if limit is None or most is None or len(found) >= limit or len(read) < most:
                return found[:limit]
            most *= 4  # hidden ones filled the page

    def _is_seen(self, change: Change) -> bool:
        return not self._file.only_coder or sight.is_seen(self._file, change, root=self._root(change) or change)

    def label(self, change: Change) -> str:
        """The sentence of a change, in the reader's language; an undo names what it took back."""
        if change.act in (Act.UNDO, Act.REDO) and change.undoes is not None:
            root = self._root(change)
            what = self.label(root) if root else t("[withdrawn]")
        else:
            names = list(dict.fromkeys(labels.names_of(self._file, change.targets)))
            what = _listed(names) if change.act is Act.DOUBLE_CODE else _what(names)
        return t(change.act.sentence, what=what)

    def _root(self, change: Change) -> Change | None:
        """The ordinary change at the end of a chain of undos."""
        found: Change | None = change
        while found is not None and found.undoes is not None:
            found = journal.change_by_id(self._file, found.undoes)
        return found

    def undo(self, reference: str | None = None) -> Undone:
        """Take back one's own newest change, or the one named; refuses by name where others build on it."""
        return self._take_back(Act.UNDO, lambda: self._choose(Act.UNDO, reference))

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
        return self._take_back(Act.REDO, lambda: self._choose(Act.REDO, None))

    def would_go_back(self, reference: str) -> list[Change]:
        """One's own changes after the one named that `go_back` would take back, newest first. Raises UnknownChange."""
        goal = self.find(reference)
        mine = journal.undoable(self._file, self._file.coder_id, limit=None)
        return [change for change in mine if change.id > goal.id]

    def go_back(self, reference: str) -> Gone:
        """Take back every own change after the one named, newest first, each as a change of its own.

        What is refused stays and is told with its reason; the others go on. `redo` brings them back one by one,
        `go_forth` all at once.
        """
        goal = self.find(reference)
        done, refused = self._each(Act.UNDO, self.would_go_back(reference))
        return Gone(tuple(done), (*refused, *self._staying(goal)), others=self._others(goal))

    def go_forth(self) -> Gone:
        """Bring back all that one took back since one's newest ordinary change."""
        done, refused = self._each(Act.REDO, journal.redoable(self._file, self._file.coder_id, limit=None))
        return Gone(tuple(done), tuple(refused))

    def find(self, reference: str) -> Change:
        """One entry; raises UnknownChange."""
        number = decode_id(reference)
        found = journal.change_by_id(self._file, number) if number is not None else None
        if found is None:
            raise errors.UnknownChange(key=reference)
        return found

    def details(self, change: Change, *, most: int = 40) -> Details:
        """What a change touched: internal, for the screen, since it holds words of texts."""
        from verhalen.api.touched import details

        return details(self._file, change, most=most)

    def _each(self, act: Act, changes: Iterable[Change]) -> tuple[list[Undone], list[Refused]]:
        done, refused = [], []
        for change in changes:
            try:
                done.append(self._take_back(act, partial(self._still, change.id)))
            except errors.CannotUndo as error:
                refused.append(Refused(change.id, self.label(change), str(error.values["reason"])))
            except (errors.NothingToUndo, errors.NothingToRedo):
                continue  # another window took it back meanwhile
        return done, refused

    def _still(self, number: int) -> Change:
        found = journal.change_by_id(self._file, number)
        if found is None or found.undone:
            raise errors.NothingToUndo
        return found

    def _staying(self, goal: Change) -> list[Refused]:
        """Own changes after the goal that no undo takes back, and what one took back before: it stays taken back."""
        able = {change.id for change in journal.undoable(self._file, self._file.coder_id, limit=None)}
        found = []
        for change in self.entries(after=goal.id):
            if change.coder_id != self._file.coder_id or change.undone or change.id in able:
                continue
            if change.act not in (Act.UNDO, Act.REDO):
                found.append(Refused(change.id, self.label(change), t("this cannot be taken back")))
            elif change.act is Act.UNDO and (root := self._root(change)) is not None and root.id <= goal.id:
                found.append(Refused(change.id, self.label(change), t("you took this back yourself; it stays so")))
        return found

    def _others(self, goal: Change) -> int:
        changes = self.entries(after=goal.id)
        return sum(each.coder_id != self._file.coder_id and not each.undone for each in changes)

    def _take_back(self, act: Act, choose: Callable[[], Change]) -> Undone:
        def look() -> Change:
            change = choose()
            found = undoing.blockers(self._file, change)
            if found:
                raise self._refusal(change, found)
            return change

        decided = self._file.decided(look)
        with self._file.change(act) as writing:
            change = decided()
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
            if reference is not None:
                self._refuse_sealed(reference)
            raise errors.NothingToUndo
        return undoable[0]

    def _refuse_sealed(self, reference: str) -> None:
        number = decode_id(reference)
        change = journal.change_by_id(self._file, number) if number is not None else None
        if change is not None and not change.undone and journal.is_sealed(self._file, change.id):
            raise errors.NothingKept(label=self.label(change))

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


def _listed(names: list[str]) -> str:
    """Texts beside each other; of many the first ones."""
    if len(names) <= _FEW:
        return ", ".join(names) or "…"
    more = len(names) - _FEW
    return tn("{names} and {n} more", "{names} and {n} more", more, names=", ".join(names[:_FEW]))


_FEW = 3


def _reason(found: undoing.Blockers) -> str:
    if found.dependents:
        table, coder, count = found.dependents[0]
        return t("{n} {what} of {coder} hang on it", n=count, what=t(WHAT.get(table, mark("parts"))), coder=coder)
    if found.overlap:
        return t("{coder} corrected the same words later", coder=found.overlap[0].coder)
    if found.touched and found.touched[0].table == "change":
        return t("something was done since: the work of another copy can only be taken back while it is the newest")
    if found.touched:
        coder, count = Counter(each.change.coder for each in found.touched).most_common(1)[0]
        return tn("{coder} changed {n} part of it later", "{coder} changed {n} parts of it later", count, coder=coder)
    return t("something it needs was removed later")
