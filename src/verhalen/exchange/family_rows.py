"""One row of a family table becomes one noun; what does not fit becomes a problem of that row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from verhalen.exchange.columns import Sheet, shown
from verhalen.exchange.tables import Row
from verhalen.i18n import mark, t
from verhalen.model.codes import is_mistyped
from verhalen.model.family import Contact, Person, Trajectory, TrajectoryEnd
from verhalen.model.text import Notice

SYNONYMS = {
    "family": "gezin", "gezinscode": "gezin", "municipality": "gemeente", "person": "lid", "member": "lid",
    "role": "rol", "age_group": "leeftijdsgroep", "from": "van", "joined": "van", "to": "tot", "left": "tot",
    "trajectory": "traject", "referred": "aanmelding", "end": "einde", "reason": "reden_einde", "referrer": "verwijzer",
    "known": "gekend", "date": "datum", "kind": "soort", "type": "soort", "with": "met", "item": "item",
    "value": "waarde", "assessor": "beoordelaar", "story": "verhaal",
}  # fmt: skip
PERSON_COLUMNS = ("gezin", "lid", "rol", "leeftijdsgroep", "van", "tot")
TRAJECTORY_COLUMNS = (
    *("gezin", "traject", "aanmelding", "start", "einde", "reden_einde"),
    *("coach", "project", "verwijzer", "gekend"),
)
CONTACT_COLUMNS = ("gezin", "datum", "soort", "met")
IDENTIFYING = frozenset({
    "naam", "name", "voornaam", "achternaam", "familienaam", "first_name", "last_name", "surname", "adres", "address",
    "straat", "street", "huisnummer", "telefoon", "phone", "gsm", "email", "e_mail", "geboortedatum", "date_of_birth",
    "rijksregisternummer", "rijksregister", "insz", "national_number",
})  # fmt: skip
"""Columns that say who somebody is; they are never stored."""

ROLES = {
    "ouder": "ouder", "partner": "partner", "grootouder": "grootouder", "andere": "andere", "kind": "kind",
    "parent": "ouder", "grandparent": "grootouder", "other": "andere", "child": "kind",
}  # fmt: skip
KNOWN = {"gekend": "gekend", "nieuw": "nieuw", "ooit": "ooit", "known": "gekend", "new": "nieuw", "once": "ooit"}
ENDS = {each.value: each.value for each in TrajectoryEnd}
TELLING = mark(
    "{key} looks like somebody's name. Give families a code, as in G012, and people a role, as in moeder or kind1."
)
_CAPITALISED = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+")
_NO_KEY = re.compile(r"[.;|\n]")


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family; None and absent attributes mean that the file does not speak of them."""

    key: str
    municipality: str | None
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person and the family it belongs to."""

    family: str
    person: Person


@dataclass(frozen=True, slots=True)
class TrajectoryRow:
    """A period of support of a family."""

    family: str
    trajectory: Trajectory


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with a family."""

    family: str
    contact: Contact


def telling_keys(families: Iterable[str], members: Iterable[str]) -> list[Notice]:
    """Warn of keys that look like names: with a blank, or one capitalised word. Each is told once."""
    return [
        Notice(None, TELLING, {"key": key})
        for key in dict.fromkeys((*families, *members))
        if " " in key or _CAPITALISED.fullmatch(key)
    ]


def family_rows(sheet: Sheet, there: Collection[str]) -> list[FamilyRow]:
    """Every row of a table of families; further columns are attributes. `there` are the codes of the project."""
    names = [name for name in sheet.others(("gezin", "gemeente")) if name not in IDENTIFYING]
    found: dict[str, int] = {}
    rows = []
    for row in sheet.table.rows:
        key = _new_key(sheet, row, found, there)
        municipality = sheet.text(row, "gemeente") if sheet.has("gemeente") else None
        rows.append(FamilyRow(key, municipality, tuple((name, sheet.text(row, name)) for name in names)))
    return rows


def _new_key(sheet: Sheet, row: Row, found: dict[str, int], there: Collection[str]) -> str:
    key = sheet.needed(row, "gezin")
    if _NO_KEY.search(key):
        sheet.bad(row, "gezin", t("a code of a family has no dot, as in G012"))
    if is_mistyped(key, there):
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


def person_rows(sheet: Sheet, known: Collection[str]) -> list[PersonRow]:
    """Every row of a table of persons."""
    found: dict[str, int] = {}
    rows = []
    for row in sheet.table.rows:
        family = known_family(sheet, row, known)
        member = sheet.needed(row, "lid").removeprefix(f"{family}.")
        if _NO_KEY.search(member):
            sheet.bad(row, "lid", t("write a role without dots, as in moeder or kind1"))
        sheet.needed(row, "rol")
        key = f"{family}.{member}"
        _refuse_double(sheet, row, key, found=found, column="lid")
        joined, left = sheet.day(row, "van"), sheet.day(row, "tot")
        if joined and left and left < joined:
            sheet.bad(row, "tot", t("the end lies before the beginning"))
        person = Person(key, sheet.choice(row, "rol", ROLES), sheet.text(row, "leeftijdsgroep"), joined, left)
        rows.append(PersonRow(family, person))
    return rows


def trajectory_rows(sheet: Sheet, known: Collection[str]) -> list[TrajectoryRow]:
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
        _refuse_double(sheet, row, f"{family} {ordinal}", found=found, column="traject")
        trajectory = Trajectory(
            ordinal=ordinal or 0,
            # A start that cannot be read is noted above and refuses the file.
            start=start or dt.date.min,
            referred=sheet.day(row, "aanmelding"),
            end=end,
            reason=sheet.choice(row, "reden_einde", ENDS),
            coach=sheet.text(row, "coach"),
            project=sheet.text(row, "project"),
            referrer=sheet.text(row, "verwijzer"),
            known=sheet.choice(row, "gekend", KNOWN),
        )
        rows.append(TrajectoryRow(family, trajectory))
    return rows


def contact_rows(sheet: Sheet, known: Collection[str]) -> list[ContactRow]:
    """Every row of a table of contacts."""
    rows = []
    for row in sheet.table.rows:
        family = known_family(sheet, row, known)
        kind = sheet.needed(row, "soort")
        sheet.needed(row, "datum")
        day = sheet.day(row, "datum")
        if day is not None:
            rows.append(ContactRow(family, Contact(day, kind, sheet.text(row, "met"))))
    return rows
