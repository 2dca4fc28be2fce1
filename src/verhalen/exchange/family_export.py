"""Families with their people, periods of support and contacts as tables that our own import reads back unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from verhalen import errors
from verhalen.exchange.family_names import CONTACT_COLUMNS, PERSON_COLUMNS, TRAJECTORY_COLUMNS
from verhalen.exchange.tables import write_csv, write_xlsx
from verhalen.i18n import t
from verhalen.model.family import Contact, Family
from verhalen.store import families as store
from verhalen.store.project import ProjectFile

Rows = list[Sequence[object]]
Tables = dict[str, tuple[Sequence[str], Rows]]


def export_families(project: ProjectFile, target: Path) -> list[Path]:
    """Write one workbook of four sheets (`.xlsx`), or four CSV files into a folder; give what was written."""
    if target.suffix.lower() not in (".xlsx", ""):
        raise errors.BadInput(reason=t("families go into a workbook (.xlsx) or into a folder, as four tables"))
    tables = family_sheets(store.families(project), store.contact_rows(project))
    if target.suffix:
        write_xlsx(target, tables)
        return [target]
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.CannotWrite(file=target.name, reason=errors.why_not_written(error)) from error
    paths = []
    for name, (header, rows) in tables.items():
        paths.append(target / f"{name}.csv")
        write_csv(paths[-1], header, rows)
    return paths


def family_sheets(families: Sequence[Family], contacts: Sequence[tuple[str, Contact]]) -> Tables:
    """The four tables by name."""
    names = list(dict.fromkeys(name for family in families for name, _ in family.attributes))
    return {
        "gezinnen": (
            ("gezin", "gemeente", *names),
            [(each.key, each.municipality, *(each.attribute(name) for name in names)) for each in families],
        ),
        "leden": (PERSON_COLUMNS, list(_persons(families))),
        "trajecten": (TRAJECTORY_COLUMNS, list(_trajectories(families))),
        "contacten": (
            CONTACT_COLUMNS,
            [(family, each.day.isoformat(), each.kind, each.with_whom) for family, each in contacts],
        ),
    }


def _persons(families: Sequence[Family]) -> Iterator[Sequence[object]]:
    for family in families:
        for each in family.persons:
            yield family.key, each.member, each.role, each.age_group, _day(each.joined), _day(each.left)


def _trajectories(families: Sequence[Family]) -> Iterator[Sequence[object]]:
    for family in families:
        for each in family.trajectories:
            days = (_day(each.referred), _day(each.start), _day(each.end))
            words = (each.reason, each.coach, each.project, each.referrer, each.known, each.referred_on)
            yield family.key, each.ordinal, *days, *words


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
