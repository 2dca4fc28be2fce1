"""Coders, memos and cases of another program while they are stored."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from verhalen.exchange import foreign_discarded as kinds
from verhalen.exchange.family_names import IDENTIFYING
from verhalen.exchange.foreign_project import ForeignCase, ForeignNote, ForeignProject
from verhalen.exchange.foreign_report import TakenIn
from verhalen.exchange.refi_qda.code_keys import slug
from verhalen.model.codes import is_mistyped, next_code
from verhalen.model.memo import MemoTarget
from verhalen.store import families, foreign, forget, memos, taking_in
from verhalen.store.project import Writing, now

_SPACE = uuid.UUID("6f3c2f0e-6d0b-5b53-9a3e-7a1b6f8e2d41")
"""Ours, so that a coder of the same project has the same identity at every import."""
_MUNICIPALITY = ("gemeente", "municipality")
_FAMILY = re.compile(r"[A-Z]{1,3}-?[0-9]{1,9}[A-Z]?")


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
    """Store the cases that are families by their code; give, for each text, which cases with which families it belongs to.

    `mode` as for REFI-QDA (`refi_qda/cases.py`): `families`, `new` or `none`.
    """
    known = families.family_ids(writing.project)
    withdrawn = forget.forgotten_families(writing.project, {case.name for case in other.cases})
    found: dict[int, list[tuple[ForeignCase, int]]] = {}
    for case in other.cases:
        key = _key_of(writing, case.name, known, mode=mode)
        if case.name in withdrawn or not key:
            taken.left_out.add(kinds.CASE_WITHDRAWN if case.name in withdrawn else kinds.CASE_NAMES)
            continue
        if key not in known:
            known[key] = families.add_family(writing, key, municipality="")
            taken.families += 1
        family = known[key]
        notes.put("family", family, case.memo)
        _put_values(writing, family, case, taken)
        for number in dict.fromkeys(link.text for link in case.links):
            found.setdefault(number, []).append((case, family))
    return found


def _key_of(writing: Writing, name: str, known: Mapping[str, int], *, mode: str) -> str:
    """The code of the family that a case is; empty where it stays out. A name never becomes a code."""
    if mode == "none":
        return ""
    if name in known or (_FAMILY.fullmatch(name) and not is_mistyped(name, known)):
        return name
    if mode != "new":
        return ""
    taken = [*known]
    while forget.forgotten_families(writing.project, [next_code(taken)]):
        taken.append(next_code(taken))
    return next_code(taken)


def _put_values(writing: Writing, family: int, case: ForeignCase, taken: TakenIn) -> None:
    for name, value in case.attributes:
        if slug(name) in IDENTIFYING:
            taken.left_out.add(kinds.IDENTIFYING_VALUE)
            continue
        place = "" if slug(name) in _MUNICIPALITY else name
        there = foreign.value_of(writing, family, place)
        if there:
            taken.left_out.add(kinds.VALUE_DIFFERS, int(there != value))
            continue
        if place:
            families.set_attribute(writing, family, name, value)
        else:
            families.set_municipality(writing, family, value)
        taken.attributes += 1
