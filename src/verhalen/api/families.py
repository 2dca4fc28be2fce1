"""Families, their people, periods of support and snapshots."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from verhalen.api import column_mappings
from verhalen.api.due import DAYS, Due, due_families, snooze
from verhalen.api.family_removing import FamilyRemoving
from verhalen.model.codes import next_code
from verhalen.model.family import Contact, Family
from verhalen.model.mapping import ColumnMapping
from verhalen.model.snapshot import Snapshot
from verhalen.store import declared, revisions
from verhalen.store import families as store
from verhalen.store import scores as score_store
from verhalen.store.family_removing import former_codes

if TYPE_CHECKING:
    from verhalen.analysis.effort import ItemEffort
    from verhalen.analysis.reach import GroupReach, Period
    from verhalen.analysis.service import Service
    from verhalen.api.family_check import Telling
    from verhalen.api.standing import Standing
    from verhalen.api.timeline import Timeline
    from verhalen.exchange.family_plan import FamilyImport
    from verhalen.exchange.family_preview import FamilyPreview


class Families(FamilyRemoving):
    """`project.families`."""

    def all(self) -> list[Family]:
        """All families by key."""
        return store.families(self._file)

    def next_code(self) -> str:
        """The next free code, with its check letter."""
        return next_code([*store.family_ids(self._file), *former_codes(self._file)])

    def snapshots(self, key: str) -> list[Snapshot]:
        """The snapshots of a family by day."""
        return score_store.snapshots_of(self._file, self.get(key).id)

    def standings(self, key: str, *, day: dt.date) -> list[Standing]:
        """How the family stands on a day: every item ever looked at, with its age and the way it went."""
        from verhalen.api.standing import standings

        return standings(self.snapshots(key), score_store.instruments(self._file), day=day)

    def timelines(self, key: str, *, day: dt.date) -> list[Timeline]:
        """The way every item went until a day, one timeline per instrument and kind of assessor."""
        from verhalen.api.timeline import timelines

        family = self.get(key)
        return timelines(
            score_store.snapshots_of(self._file, family.id),
            score_store.instruments(self._file),
            revised=revisions.revised_baselines(self._file, family.id),
            coders=store.snapshot_coders(self._file, family.id),
            since=family.latest.start if family.latest and family.latest.ordinal > 1 else dt.date.min,
            day=day,
        )

    def contacts(self, key: str) -> list[Contact]:
        """The contacts with a family, newest first."""
        return store.contacts_of(self._file, self.get(key).id)

    def due(self, *, today: dt.date, days: int = DAYS) -> list[Due]:
        """Families in support without a snapshot for more than `days`: the coder's own first, longest ago first."""
        return due_families(self._file, self.all(), today=today, days=days)

    def snooze(self, key: str, until: dt.date, reason: str) -> None:
        """Leave a family off the list until a day; outside the history. Raises UnknownFamily, BadInput."""
        snooze(self._file, self.get(key), until=until, reason=reason)

    def check(self) -> list[Telling]:
        """Keys and values that would identify somebody, by family and field and never by the value."""
        from verhalen.api.family_check import telling_fields

        return telling_fields(self.all(), store.contact_rows(self._file))

    def reach(self, *, period: Period | None = None, by: str = "", today: dt.date) -> list[GroupReach]:
        """Who is reached in a period; with `by` (`municipality`, `project`, `coach`) per group, the whole first."""
        from verhalen.analysis.reach import reach_by

        return reach_by(self.all(), period, by=by, contacts=store.contact_rows(self._file), today=today)

    def effort(self, instrument: str) -> list[ItemEffort]:
        """What counting costs: how often each item was asked, changed and told apart. Raises UnknownInstrument."""
        from verhalen.analysis.effort import item_effort

        return item_effort(self._file, instrument)

    def service(self, instrument: str = "") -> Service:
        """How it goes with all families together, per life domain. Without a key: the instrument most used."""
        from verhalen.analysis.service import service_change

        return service_change(self._file, self.all(), instrument=instrument)

    def import_file(self, path: Path, *, mapping: str | None = None) -> FamilyImport:
        """Import a table of families, persons, trajectories or contacts: all or nothing.

        `mapping` names columns that were kept (empty: none); without it columns that fit are used, and a warning says so.
        """
        from verhalen.exchange.family_tables import import_families

        return import_families(self._file, path, mapping=mapping)

    def preview_file(self, path: Path, *, mapping: str | None = None) -> FamilyPreview:
        """What an import would do: every column, what would change, what stands in the way. Nothing is stored."""
        from verhalen.exchange.family_preview import preview_families

        return preview_families(self._file, path, mapping=mapping)

    def mappings(self) -> dict[str, ColumnMapping]:
        """How other programs name the columns of their tables of families, by the name under which it is kept."""
        return declared.column_mappings(self._file, "families")

    def keep_mapping(self, name: str, mapping: ColumnMapping) -> None:
        """Keep columns under a name, over earlier ones of that name. Raises BadInput for a name or column that cannot be."""
        from verhalen.exchange.family_columns import refuse_odd_mapping

        refuse_odd_mapping(name, mapping)
        column_mappings.keep(self._file, "families", name, mapping)

    def forget_mapping(self, name: str) -> None:
        """Forget columns that were kept. Raises UnknownMapping."""
        column_mappings.forget(self._file, "families", name)

    def export(self, target: Path) -> list[Path]:
        """All families as a workbook or as four tables in a folder; importing them again changes nothing."""
        from verhalen.exchange.family_export import export_families

        return export_families(self._file, target)
