"""Families, their people, periods of support and snapshots."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.model.act import Act
from verhalen.model.codes import is_mistyped, next_code, no_family
from verhalen.model.family import Contact, Family
from verhalen.model.snapshot import Snapshot
from verhalen.store import families as store
from verhalen.store import scores as score_store
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.api.standing import Standing
    from verhalen.exchange.family_tables import FamilyImport


class Families:
    """`project.families`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def all(self) -> list[Family]:
        """All families by key."""
        return store.families(self._file)

    def get(self, key: str) -> Family:
        """One family; raises UnknownFamily."""
        found = next((family for family in self.all() if family.key == key), None)
        if found is None:
            raise no_family(key)
        return found

    def next_code(self) -> str:
        """The next free code, with its check letter."""
        return next_code(store.family_ids(self._file))

    def add(self, key: str = "", *, municipality: str = "") -> Family:
        """A new family, by its code; without one it takes the next. Raises FamilyExists, WrongCheckLetter."""
        with self._file.change(Act.ADD_FAMILY) as writing:
            known = store.family_ids(self._file)
            key = key or next_code(known)
            if key in known:
                raise errors.FamilyExists(key=key)
            if is_mistyped(key, known):
                raise errors.WrongCheckLetter
            writing.targets.append(store.add_family(writing, key, municipality=municipality))
        return self.get(key)

    def snapshots(self, key: str) -> list[Snapshot]:
        """The snapshots of a family by day."""
        return score_store.snapshots_of(self._file, self.get(key).id)

    def standings(self, key: str, *, day: dt.date) -> list[Standing]:
        """How the family stands on a day: every item ever looked at, with its age and the way it went."""
        from verhalen.api.standing import standings

        return standings(self.snapshots(key), score_store.instruments(self._file), day=day)

    def contacts(self, key: str) -> list[Contact]:
        """The contacts with a family, newest first."""
        return store.contacts_of(self._file, self.get(key).id)

    def import_file(self, path: Path) -> FamilyImport:
        """Import a table of families, persons, trajectories or contacts: all or nothing."""
        from verhalen.exchange.family_tables import import_families

        return import_families(self._file, path)
