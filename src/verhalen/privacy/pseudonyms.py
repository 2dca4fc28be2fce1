"""The key: which replacement stands for which name. One name has one replacement in all sources, and keeps it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.masking import NameKind
from verhalen.model.text import normal_text
from verhalen.privacy.keyfile import Entry, KeyRows, bad_form, locked, may_share, read_rows, write_rows
from verhalen.privacy.matching import NameIndex, fold

_NUMBERED = re.compile(r"\[(.+) (\d{1,9})\]")
_LINKED = re.compile(r"\[([^\W_]+ [^\W\d_]\S*)\]")
"""`[kind G012]` is the first of its kind, the next one is `[kind G012 2]`."""


@dataclass(slots=True)
class _State:
    """Entries by folded name, nicknames by code, and the highest number of each word in front of a number."""

    entries: dict[str, Entry] = field(default_factory=dict)
    nicknames: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    """As `numbers`, when the file was read: a free number up to here stood for a name that is gone, so it stays unused."""

    taken: set[str] = field(default_factory=set)
    """Every replacement that stands or stood for somebody."""
    by_first: dict[str, set[str]] = field(default_factory=dict)
    """First word of a folded name to the folded names: a key may hold thousands."""

    def put(self, entry: Entry) -> None:
        folded = entry.folded
        self.entries[folded] = entry
        self.taken.add(entry.replacement)
        self.by_first.setdefault(folded.partition(" ")[0], set()).add(folded)
        if counted := _counted(entry.replacement):
            stem, number = counted
            self.numbers[stem] = max(number, self.numbers.get(stem, 0))

    def find(self, name: str, kind: NameKind) -> Entry | None:
        """The entry of a name, also where it was first met as another kind."""
        return self.entries.get(fold(name, kind)) or self.entries.get(fold(name))


def _counted(replacement: str) -> tuple[str, int] | None:
    """Word and number of a replacement that we count: `[persoon 3]`, `[kind G012 2]`; `[kind G012]` counts as 1."""
    if linked := _LINKED.fullmatch(replacement):
        return linked[1], 1
    found = _NUMBERED.fullmatch(replacement)
    return (found[1], int(found[2])) if found else None


Act = Callable[[_State], None]


class Key:
    """A key file that is open. What is asked of it is reserved in memory; `save` makes it last.

    Save before a text is masked: another window may have reserved the same numbers meanwhile. The file wins, what we
    reserved is renumbered, and `replacement_of` then gives what holds.
    """

    def __init__(self, path: Path, rows: KeyRows, reserved: Mapping[str, int] | None = None) -> None:
        self.path = path
        self.id = rows.id
        self._reserved = dict(reserved or {})
        self._state = self._state_of(rows)
        self._acts: list[Act] = []

    @classmethod
    def load(cls, path: Path, *, id: str = "", reserved: Mapping[str, int] | None = None) -> Key:  # noqa: A002
        """Read a key. With an `id`, only the key of that id will do. Raises NoKey, BadKey, WrongKey."""
        key = cls(path, read_rows(path), reserved)
        if id and key.id != id:
            raise errors.WrongKey(file=path.name)
        return key

    @classmethod
    def new(cls, path: Path, id: str = "", *, reserved: Mapping[str, int] | None = None) -> Key:  # noqa: A002
        """Make an empty key file; never in the place of another file. `reserved` are numbers that were given before."""
        rows = KeyRows(id or uuid.uuid4().hex, (), ())
        with locked(path):
            if path.exists():
                raise errors.FileExists(file=path.name)
            write_rows(path, rows)
        return cls(path, rows, reserved)

    def _state_of(self, rows: KeyRows) -> _State:
        """What the file says is kept: texts may hold it."""
        state = _State(nicknames=dict(rows.nicknames), numbers=dict(self._reserved))
        for entry in rows.entries:
            state.put(entry)
        state.given = dict(state.numbers)
        self._kept = {entry.folded: entry.replacement for entry in rows.entries}
        return state

    # -- reading -------------------------------------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All names in the order in which they came."""
        return tuple(self._state.entries.values())

    def names(self) -> Mapping[str, NameKind]:
        """Every name with its kind: the strongest list for finding names."""
        return {entry.name: entry.kind for entry in self.entries}

    def nicknames(self) -> Mapping[str, str]:
        """Code of a family to its nickname."""
        return dict(self._state.nicknames)

    def numbers(self) -> Mapping[str, int]:
        """The highest number given so far behind each word; the project remembers these, without a name."""
        return dict(self._state.numbers)

    def is_kept(self, name: str, kind: NameKind = NameKind.PERSON) -> bool:
        """Whether the file holds the name already, so that its replacement stays."""
        return fold(normal_text(name), kind) in self._kept

    def kind_of(self, name: str, kind: NameKind = NameKind.PERSON) -> NameKind | None:
        """Of which kind the key says a name is, met here as `kind`; None where it has no such name."""
        entry = self._state.find(normal_text(name), kind)
        return entry.kind if entry else None

    def replacement_of(self, name: str, kind: NameKind = NameKind.PERSON) -> str | None:
        """What stands for a name; None where it has nothing yet."""
        entry = self._state.find(normal_text(name), kind)
        return entry.replacement if entry else None

    # -- reserving -----------------------------------------------------------------------------------------------------

    def replacement_for(self, name: str, kind: NameKind, *, family: str = "", role: str = "", wish: str = "") -> str:
        """What stands for a name, reserved where it had nothing yet. A `wish` is taken where nobody else has it.

        Somebody of a family is `[moeder G012]`, somebody with a role `[gezinscoach 1]`.
        """
        name = _clean(name)
        stem = (f"{role} {family}" if family else role) if role and kind is NameKind.PERSON else kind.value

        def reserve(state: _State) -> None:
            if state.find(name, kind) is None:
                state.put(_new_entry(state, name, kind, stem=stem, wish=wish))

        found = self._state.find(name, kind)
        if found is None:
            # Replayed on a file that grew, the same replacement is kept where it is still free.
            found = _new_entry(self._state, name, kind, stem=stem, wish=wish)
            wish = found.replacement
            self._do(reserve)
        return found.replacement

    def set_replacement(self, name: str, replacement: str, *, kind: NameKind = NameKind.PERSON) -> None:
        """Give a new name the replacement that somebody typed; one that is there already is shared on purpose.

        Raises BadInput, also for a name that the file holds already with another one.
        """
        name, replacement = _clean(name), " ".join(normal_text(replacement).split())
        if problem := bad_replacement(replacement, [*self.names(), name]):
            raise errors.BadInput(reason=problem)
        kept = self._kept.get(fold(name, kind), replacement)
        if kept != replacement:
            raise errors.BadInput(reason=t("this name is {replacement} in other texts already", replacement=kept))

        def change(state: _State) -> None:
            old = state.find(name, kind)
            entry = replace(old, replacement=replacement) if old else Entry(name, kind, replacement)
            for other in list(state.entries.values()):
                if other.replacement == replacement and other.folded != entry.folded and not may_share(other, entry):
                    state.put(replace(other, shared=True))
                    entry = replace(entry, shared=True)
            state.put(entry)

        self._do(change)

    def set_kind(self, name: str, kind: NameKind) -> None:
        """Say that a name is of another kind; its replacement stays, since texts may hold it."""
        name = _clean(name)

        def change(state: _State) -> None:
            old = next((each for each in state.entries.values() if fold(each.name) == fold(name)), None)
            if old is not None:
                del state.entries[old.folded]
                state.put(replace(old, kind=kind))

        self._do(change)

    def set_nickname(self, code: str, nickname: str) -> None:
        """Show a nickname beside a family's code; an empty one takes it away."""
        code, nickname = " ".join(normal_text(code).split()), " ".join(normal_text(nickname).split())

        def change(state: _State) -> None:
            state.nicknames.pop(code, None)
            if nickname:
                state.nicknames[code] = nickname

        self._do(change)

    def _do(self, act: Act) -> None:
        act(self._state)
        self._acts.append(act)

    # -- keeping -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Add what was reserved to what the file holds by now, under its lock. Raises NoKey, BadKey, WrongKey, KeyBusy."""
        with self.reserving():
            pass

    @contextmanager
    def reserving(self) -> Iterator[Key]:
        """Hold the file while names are reserved, and save at the end: what is given inside is final."""
        with locked(self.path):
            rows = read_rows(self.path)
            if rows.id != self.id:
                raise errors.WrongKey(file=self.path.name)
            pending, self._acts = self._acts, []
            self._state = self._state_of(rows)
            for act in pending:
                self._do(act)
            try:
                yield self
                after = replace(rows, entries=self.entries, nicknames=tuple(self._state.nicknames.items()))
                if after != rows:
                    write_rows(self.path, after)
            except BaseException:
                self._state = self._state_of(rows)
                raise
            finally:
                self._acts = []

    def scratch(self) -> Key:
        """A copy to try proposals on: nothing that is asked of it ever reaches the file or this key."""
        rows = KeyRows(self.id, self.entries, tuple(self._state.nicknames.items()))
        return Key(self.path, rows, self._state.numbers)


def _clean(name: str) -> str:
    cleaned = " ".join(normal_text(name).split())
    if not fold(cleaned):
        raise errors.BadInput(reason=t("a name cannot be empty"))
    return cleaned


def bad_replacement(replacement: str, names: list[str]) -> str:
    """What is wrong with a replacement that somebody typed; empty when nothing is."""
    if problem := bad_form(replacement):
        return problem
    if next(NameIndex(names).find(replacement), None):
        return t("a replacement may hold no name that the key hides")
    return ""


def _new_entry(state: _State, name: str, kind: NameKind, *, stem: str, wish: str) -> Entry:
    taken = state.taken
    shared = _shared_first_name(state, name) if kind is NameKind.PERSON else None
    if shared and not (wish and wish not in taken):
        return Entry(name, kind, shared)
    if wish and wish not in taken and not _was_given(state, wish):
        return Entry(name, kind, wish)
    number = state.numbers.get(stem, 0) + 1
    while (made := _numbered(stem, number)) in taken:
        number += 1
    return Entry(name, kind, made)


def _was_given(state: _State, wish: str) -> bool:
    """Whether a number was given before to a name that the key lost."""
    counted = _counted(wish)
    return counted is not None and counted[1] <= state.given.get(counted[0], 0)


def _numbered(stem: str, number: int) -> str:
    linked = _LINKED.fullmatch(f"[{stem}]") is not None
    return f"[{stem}]" if linked and number == 1 else f"[{stem} {number}]"


def _shared_first_name(state: _State, name: str) -> str | None:
    """The replacement of the one fuller name with this first name, or of the first name that this fuller name carries.

    Two fuller names with one first name share nothing: nobody can tell them apart by it.
    """
    first, _, rest = fold(name).partition(" ")
    found = (state.entries.get(folded) for folded in sorted(state.by_first.get(first, ())))
    people = [each for each in found if each is not None and each.kind is NameKind.PERSON]
    fuller = {each.replacement for each in people if " " in each.folded}
    if not rest:
        return fuller.pop() if len(fuller) == 1 else None
    alone = [each.replacement for each in people if each.folded == first]
    return alone[0] if alone and not fuller else None
