"""Codings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from verhalen import errors
from verhalen.coding import editing, proposing
from verhalen.model.codebook import Code
from verhalen.model.coding import Coder, Coding, Fragment, Valence
from verhalen.model.ids import decode_id
from verhalen.model.query import FragmentQuery
from verhalen.store import codebook as code_store
from verhalen.store import codings as store
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile

Intent = editing.Intent
Applied = editing.Applied
Extent = proposing.Extent
Proposal = proposing.Proposal


class Codings:
    """`project.codings`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def apply(self, intent: Intent) -> Applied:
        """Apply one code; a coding that exists already is not made twice."""
        return self.apply_all([intent])[0]

    def apply_all(self, intents: Sequence[Intent]) -> list[Applied]:
        """Apply several codes in one undo step."""
        return editing.apply_codes(self._file, intents)

    def apply_new(self, code: Code, intent: Intent) -> Applied:
        """Make a code and give it to its first fragment, in one undo step; its key must be new and its parent there."""
        return editing.apply_new(self._file, code, intent)

    def propose(
        self, places: Iterable[tuple[int, int, int]], *, code: str, extent: Extent = Extent.WORDS
    ) -> list[Proposal]:
        """What would get the code: (source id, start, stop) each, as it is or widened to sentence or turn; nothing is stored."""
        return proposing.propose(self._file, places, code=code, extent=extent)

    def autocode(self, proposals: Sequence[Proposal], *, code: str) -> list[Applied]:
        """Give proposals that somebody looked at their code, in one undo step."""
        intents = [Intent(each.source_id, each.start, each.stop, code, version=each.version) for each in proposals]
        return editing.autocode(self._file, intents)

    def remove(self, *ids: int) -> None:
        """Take codings away in one undo step."""
        editing.remove_codings(self._file, ids)

    def set_valence(self, coding_id: int, valence: Valence) -> None:
        """Good news, bad news, both, or not said."""
        editing.set_valence(self._file, coding_id, valence)

    def set_memo(self, coding_id: int, memo: str, *, seen: str | None = None) -> None:
        """What the coder thinks of it. Where another window wrote one since it was `seen`, both stay."""
        editing.set_memo(self._file, coding_id, memo, seen=seen)

    def resize(self, coding_id: int, *, start: int, stop: int, version: int | None = None) -> None:
        """Move its borders. Raises SameCoding where its coder has the same code there already."""
        editing.resize(self._file, coding_id, start=start, stop=stop, version=version)

    def recode(self, coding_id: int, key: str) -> None:
        """Give it another code, in place. Raises SameCoding where its coder has that code there already."""
        editing.recode(self._file, coding_id, key)

    def get(self, reference: str | int) -> Coding:
        """One coding by outside or inside id; raises UnknownCoding, also where it is hidden."""
        number = decode_id(reference) if isinstance(reference, str) else reference
        found = store.coding_by_id(self._file, number) if number is not None else None
        if found is None:
            raise errors.UnknownCoding(key=reference)
        return found

    def of(self, source_id: int) -> list[Coding]:
        """All codings of a source in reading order."""
        return store.codings_of(self._file, source_id)

    def fragments(self, query: FragmentQuery | None = None) -> list[Fragment]:
        """Codings with their text, speaker and families. Raises BadQuery where its expression is not understood."""
        query = query or FragmentQuery()
        if query.code is not None and code_store.code_id(self._file, query.code) is None:
            raise unknown_code(self._file, query.code)
        if query.expression is None:
            return store.fragments(self._file, query)
        from verhalen.analysis.querying import matching

        return store.fragments(self._file, query, ids=matching(self._file, query.expression))

    def these(self, ids: Collection[int]) -> list[Fragment]:
        """Codings by id with their text, speaker and families, by source and place; those that are hidden or gone left out."""
        return store.fragments(self._file, FragmentQuery(), ids=ids)

    def count(self, expression: str) -> int:
        """How many codings a question in the query language asks for. Raises BadQuery."""
        from verhalen.analysis.querying import matching

        return len(matching(self._file, expression))

    def coders(self) -> list[Coder]:
        """Everybody who wrote in this project."""
        return store.coders(self._file)
