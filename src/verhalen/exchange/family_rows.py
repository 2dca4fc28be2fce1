"""One row of a family table becomes one noun; what does not fit becomes a problem of that row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from verhalen.exchange.attribute_values import fitting, wanted
from verhalen.exchange.columns import Sheet, shown
from verhalen.exchange.family_names import ENDS, IDENTIFYING, KNOWN, ROLES
from verhalen.exchange.tables import Row
from verhalen.i18n import t
from verhalen.model.codes import is_mistyped
from verhalen.model.family import AttributeKind, Contact, Person, Trajectory
from verhalen.model.family_rules import NO_NAME, is_personal_code, key_problem, written_otherwise
from verhalen.privacy.identifying import is_telling_key

_NO_KEY = re.compile(r"[.;|\n]")


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family; None and absent attributes mean that the file does not speak of them."""

    key: str
    municipality: str | None
    attributes: tuple[tuple[str, str], ...]
    row: int = 0
    """Where it stands in the table."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person and the family it belongs to."""

    family: str
    person: Person
    row: int = 0


@dataclass(frozen=True, slots=True)
class TrajectoryRow:
    """A period of support of a family."""

    family: str
    trajectory: Trajectory
    row: int = 0


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with a family."""

    family: str
    contact: Contact


def family_rows(
    sheet: Sheet, there: Collection[str], kinds: Mapping[str, AttributeKind] | None = None
) -> list[FamilyRow]:
    """Every row of a table of families; further columns are attributes of these kinds. `there` are the project's codes."""
    found: dict[str, int] = {}
    names = attribute_columns(sheet)
    rows = []
    for row in sheet.table.rows:
        key = _new_key(sheet, row, found, there)
        municipality = sheet.text(row, "gemeente") if sheet.has("gemeente") else None
        values = tuple((name, _value(sheet, row, name, (kinds or {}).get(name))) for name in names)
        rows.append(FamilyRow(key, municipality, values, row.number))
    return rows


def attribute_columns(sheet: Sheet) -> list[str]:
    """The columns of a table of families that are attributes."""
    return [name for name in sheet.others(("gezin", "gemeente")) if name not in IDENTIFYING]


def _value(sheet: Sheet, row: Row, name: str, kind: AttributeKind | None) -> str:
    written = sheet.text(row, name)
    if kind is None:
        return written
    value = fitting(kind, written)
    if value is None:
        sheet.bad(
            row, name, t('"{written}" does not fit; wanted: {wanted}', written=shown(written), wanted=wanted(kind))
        )
    return value or ""


def _new_key(sheet: Sheet, row: Row, found: dict[str, int], there: Collection[str]) -> str:
    key = sheet.needed(row, "gezin")
    if key and key not in there:
        problem = key_problem(key) or (NO_NAME if is_telling_key(key) else "")
        if problem:
            sheet.bad(row, "gezin", t(problem))
        elif other := written_otherwise(key, there):
            sheet.bad(row, "gezin", t("there is a family {key}, the same but for capitals", key=other))
    if is_mistyped(key, there) or (key in sheet.former and key not in there):
        sheet.no_family(row, "gezin", key)
    _refuse_double(sheet, row, key, found=found, column="gezin")
    return key


def _refuse_double(sheet: Sheet, row: Row, key: str, *, found: dict[str, int], column: str) -> None:
    if key in found:
        sheet.bad(row, column, t("{key} stands on row {row} already", key=shown(key), row=found[key]))
    found.setdefault(key, row.number)


def known_family(sheet: Sheet, row: Row, known: Collection[str]) -> str:
    """The key of a family that is there."""
    key = sheet.needed(row, "gezin")
    if key and key not in known:
        sheet.no_family(row, "gezin", key)
    return key


def person_rows(sheet: Sheet, known: Collection[str], codes: Mapping[str, str] | None = None) -> list[PersonRow]:
    """Every row of a table of persons; `codes` are people of the project with a code of their own, and their families."""
    found: dict[str, int] = {}
    coded = {member: (family, 0) for member, family in (codes or {}).items()}
    rows = []
    for row in sheet.table.rows:
        family = known_family(sheet, row, known)
        member = sheet.needed(row, "lid").removeprefix(f"{family}.")
        _refuse_other_family(sheet, row, family=family, member=member, known=known, coded=coded)
        sheet.needed(row, "rol")
        key = f"{family}.{member}"
        _refuse_double(sheet, row, key, found=found, column="lid")
        joined, left = sheet.day(row, "van"), sheet.day(row, "tot")
        if joined and left and left < joined:
            sheet.bad(row, "tot", t("the end lies before the beginning"))
        person = Person(key, sheet.choice(row, "rol", ROLES), sheet.text(row, "leeftijdsgroep"), joined, left)
        rows.append(PersonRow(family, person, row.number))
    return rows


def _refuse_other_family(
    sheet: Sheet, row: Row, *, family: str, member: str, known: Collection[str], coded: dict[str, tuple[str, int]]
) -> None:
    """A person belongs to one family: `G001.moeder` to G001, and a code such as P0171 to the family that has it first."""
    owner = member.partition(".")[0]
    if owner != member and owner in known:
        problem = t(
            "{key} belongs to family {owner}, and stands here under {family}",
            key=shown(member),
            owner=owner,
            family=shown(family),
        )
        sheet.bad(row, "lid", problem)
    elif _NO_KEY.search(member):
        sheet.bad(row, "lid", t("write a role without dots, as in moeder or kind1"))
    elif is_personal_code(member):
        first, at = coded.setdefault(member, (family, row.number))
        if first != family:
            said = {"key": shown(member), "family": shown(first)}
            problem = (
                t(
                    "{key} stands under family {family} on row {row} already; a person belongs to one family",
                    **said,
                    row=at,
                )
                if at
                else t("{key} stands under family {family} already; a person belongs to one family", **said)
            )
            sheet.bad(row, "lid", problem)


def trajectory_rows(sheet: Sheet, known: Collection[str], *, today: dt.date) -> list[TrajectoryRow]:
    """Every row of a table of trajectories."""
    found: dict[str, int] = {}
    rows = []
    for row in sheet.table.rows:
        family = known_family(sheet, row, known)
        sheet.needed(row, "start")
        ordinal = sheet.number(row, "traject") if sheet.needed(row, "traject") else None
        start, end = sheet.day(row, "start"), sheet.day(row, "einde")
        if ordinal is not None and ordinal < 1:
            sheet.bad(row, "traject", t("trajectories count from 1"))
        if start and end and end < start:
            sheet.bad(row, "einde", t("the end lies before the beginning"))
        reason = sheet.choice(row, "reden_einde", ENDS)
        if reason and not sheet.text(row, "einde"):
            sheet.bad(row, "einde", t("there is a reason why support ended, and no day on which it did"))
        _refuse_double(sheet, row, f"{family} {ordinal}", found=found, column="traject")
        trajectory = Trajectory(
            ordinal=ordinal or 0,
            # A start that cannot be read is noted above and refuses the file.
            start=start or dt.date.min,
            referred=sheet.day(row, "aanmelding", latest=today),
            end=end,
            reason=reason,
            coach=sheet.text(row, "coach"),
            project=sheet.text(row, "project"),
            referrer=sheet.text(row, "verwijzer"),
            known=sheet.choice(row, "gekend", KNOWN),
            referred_on=sheet.text(row, "doorverwezen_naar"),
        )
        rows.append(TrajectoryRow(family, trajectory, row.number))
    return rows


def contact_rows(sheet: Sheet, known: Collection[str], *, today: dt.date) -> list[ContactRow]:
    """Every row of a table of contacts."""
    rows = []
    for row in sheet.table.rows:
        family = known_family(sheet, row, known)
        kind = sheet.needed(row, "soort")
        sheet.needed(row, "datum")
        day = sheet.day(row, "datum", latest=today)
        if day is not None:
            rows.append(ContactRow(family, Contact(day, kind, sheet.text(row, "met"))))
    return rows
