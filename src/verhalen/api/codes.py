"""The codebook: codes, and what one does with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from verhalen import errors
from verhalen.coding import codebook_editing as editing
from verhalen.coding import codebook_merging as merging
from verhalen.model.act import Act
from verhalen.model.codebook import Code, Codebook
from verhalen.model.text import Notice
from verhalen.store import codebook as store
from verhalen.store.former_keys import now_called, unknown_code
from verhalen.store.project import ProjectFile

Edit = editing.Edit
MergePlan = merging.MergePlan
Split = merging.Split


class Codes:
    """`project.codes`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def book(self, *, source_id: int | None = None) -> Codebook:
        """The codebook in tree order, with counts (of one source, or of all)."""
        return store.codebook(self._file, source_id=source_id)

    def get(self, key: str) -> Code:
        """One code by key; raises UnknownCode."""
        found = self.book().find(key)
        if found is None:
            raise unknown_code(self._file, key)
        return found

    def now_called(self, key: str) -> str | None:
        """The key of the code that once had this key or name, or took up the one that had it; None where none did."""
        return now_called(self._file, key)

    def alike(self, name: str, *, besides: int = 0) -> tuple[str, ...]:
        """Keys of codes that have this name already, but for the one with id `besides`."""
        return editing.alike(store.codebook(self._file, counted=False), name, besides=besides)

    def add(self, code: Code, *, last: bool = False, place: int | None = None) -> Code:
        """Add a code; its key must be new and its parent there. `last` puts it behind its siblings, `place` among them."""
        number = editing.add_code(self._file, code, last=last, place=place)
        return editing.by_id(self.book(), number)

    def change(self, code: Code) -> None:
        """Write all fields of a code; `code.id` says which."""
        with self._file.change(Act.EDIT_CODE, code.id) as writing:
            other = store.code_id(self._file, code.key)
            if other not in (None, code.id):
                raise errors.CodeExists(key=code.key)
            store.change_code(writing, code)

    def edit(self, code_id: int, edit: Edit, *, seen: Code | None = None) -> None:
        """Change the fields that `edit` names and leave the others; another key is followed in the texts of all codes.

        With the code as it was `seen`, raises StaleCode where somebody changed one of those fields since.
        """
        editing.edit_code(self._file, code_id, edit, seen=seen)

    def move(self, code_id: int, *, parent: str | None, place: int | None = None) -> None:
        """Put a code, with all below it, under another parent (None: on top), at a place from 0 or last."""
        editing.move_code(self._file, code_id, parent=parent, place=place)

    def remove(self, code_id: int) -> None:
        """Delete a code on which nothing hangs; raises CodeInUse."""
        editing.remove_code(self._file, code_id)

    def merge_plan(self, source_id: int, target_id: int, *, join_overlaps: bool = False) -> MergePlan:
        """What `merge` would do."""
        return merging.merge_plan(self._file, source_id, target_id, join_overlaps=join_overlaps)

    def merge(self, source_id: int, target_id: int, *, join_overlaps: bool = False) -> MergePlan:
        """Take one code up in another, in one undo step. The same words of one coder become one coding."""
        return merging.merge_codes(self._file, source_id, target_id, join_overlaps=join_overlaps)

    def split(self, code_id: int, deals: Mapping[int, Sequence[str]], *, new: Sequence[Code] = ()) -> Split:
        """Deal fragments (by id of their coding) over other codes, in one undo step; `new` codes are made first."""
        return merging.split_code(self._file, code_id, deals, new=new)

    def import_file(self, path: Path) -> tuple[int, int, list[Notice]]:
        """Import a codebook file: (new, changed, warnings). Codes that the file does not name stay as they are.

        A code of which the file does not mention patterns keeps those that it has; the last warning says which did.
        """
        if path.suffix.lower() == ".qdc":
            from verhalen.exchange.refi_qda.codebook_file import import_qdc

            done = import_qdc(self._file, path)
            return done.new, done.changed, list(done.notices)
        from verhalen.exchange.codebook_files import read_codebook
        from verhalen.exchange.codebook_storing import kept_patterns, store_codebook

        found = read_codebook(path)
        new, changed, kept = store_codebook(self._file, found.book, silent=found.silent)
        return new, changed, [*found.notices, *kept_patterns(kept)]

    def export_file(self, path: Path) -> list[str]:
        """Write the codebook as Markdown, CSV, XLSX, SAV or REFI-QDA (.qdc), by suffix; whole or not at all.

        Gives the lines that read a table in R or SPSS.
        """
        if path.suffix.lower() == ".qdc":
            from verhalen.exchange.refi_qda.codebook_file import write_qdc

            write_qdc(self._file, path)
            return []
        from verhalen.exchange.codebook_files import save_codebook

        return save_codebook(path, self.book())

    def sheet(self, path: Path, *, day: dt.date | None = None) -> None:
        """Write the codebook as a Word sheet of two pages, to talk about; whole or not at all."""
        from verhalen.report.codebook_sheet import write_sheet
        from verhalen.report.data import today

        write_sheet(self.book(), path, today=day or today())
