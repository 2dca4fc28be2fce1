"""Coders, memos and cases of another program while they are stored."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping

from verhalen.exchange import foreign_discarded as kinds
from verhalen.exchange.foreign_project import ForeignCase, ForeignNote, ForeignProject
from verhalen.exchange.foreign_report import TakenIn
from verhalen.exchange.refi_qda.cases import CaseStore
from verhalen.exchange.refi_qda.records import Case
from verhalen.model.memo import MemoTarget
from verhalen.store import foreign, forget, memos, taking_in
from verhalen.store.project import Writing, now

_SPACE = uuid.UUID("6f3c2f0e-6d0b-5b53-9a3e-7a1b6f8e2d41")
"""Ours, so that a coder of the same project has the same identity at every import."""
_KINDS = {
    "case": kinds.CASE_NAMES,
    "case_check_letter": kinds.CASE_LETTER,
    "case_code": kinds.CASE_NAMES,
    "withdrawn": kinds.CASE_WITHDRAWN,
    "identifying": kinds.IDENTIFYING_VALUE,
    "value_differs": kinds.VALUE_DIFFERS,
    "person_value": kinds.PERSON_VALUES,
}
"""What `CaseStore` leaves out -> how it is said here. None of our cases has codes of its own."""


class Coders:
    """Owners of codings as coders of ours. Names decide nothing: who has the same name here may be somebody else."""

    def __init__(self, writing: Writing, other: ForeignProject) -> None:
        self._writing = writing
        self._program = other.program
        self._of = f"{other.program}\n{other.stamp}\n"
        self._names = taking_in.coder_names(writing)
        self._ids: dict[str, int] = {}

    def of(self, owner: str) -> int:
        """The coder; the one at work where the file names nobody."""
        if not owner:
            return self._writing.project.coder_id
        if owner not in self._ids:
            identity = str(uuid.uuid5(_SPACE, self._of + owner))
            name = f"{owner} ({self._program})" if owner in self._names else owner
            self._ids[owner] = foreign.put_coder(self._writing, name, identity)
        return self._ids[owner]

    def __len__(self) -> int:
        return len(self._ids)


class Notes:
    """Memos that are stored once."""

    def __init__(self, writing: Writing, coders: Coders, taken: TakenIn) -> None:
        self._writing = writing
        self._coders = coders
        self._taken = taken

    def put(self, target: MemoTarget, target_id: int, note: ForeignNote) -> None:
        """Store a memo, unless the very same words are there."""
        body = note.body
        if not body:
            return
        if taking_in.has_memo(self._writing, target, target_id, body):
            return
        coder = self._coders.of(note.owner)
        number = self._writing.new_id()
        memos.put_memo(
            self._writing, number, target, target_id, body, coder_id=coder, created=dated(note.created, self._taken)
        )
        self._taken.memos += 1


def dated(created: str, taken: TakenIn) -> str:
    """A date as the file has it; today's, and counted, where it has none."""
    taken.left_out.add(kinds.NO_DATE, int(not created))
    return created or now()


def put_cases(
    writing: Writing, other: ForeignProject, notes: Notes, taken: TakenIn, *, mode: str
) -> Mapping[int, list[tuple[ForeignCase, int]]]:
    """Store the cases that are families or persons by their code; give, for each text, its cases with their families.

    `mode` as for REFI-QDA, whose rules these are: `families`, `new` or `none`.
    """
    dropped: Counter[str] = Counter()
    store = CaseStore(
        writing,
        mode=mode,
        variables={name: name for case in other.cases for name, _ in case.attributes},
        withdrawn=forget.forgotten_families(writing.project, {each.name.partition(".")[0] for each in other.cases}),
        dropped=dropped,
    )
    found: dict[int, list[tuple[ForeignCase, int]]] = {}
    for place, case in enumerate(other.cases):
        store.put(Case(str(place), case.name, "", 0, case.attributes, (), ()))
        if (placed := store.placed.get(str(place))) is None:
            continue
        notes.put("family", placed.family_id, case.memo)
        for number in dict.fromkeys(link.text for link in case.links):
            found.setdefault(number, []).append((case, placed.family_id))
    taken.families, taken.persons = store.new_families, store.new_persons
    for kind, n in dropped.items():
        taken.left_out.add(_KINDS[kind], n)
    return found
