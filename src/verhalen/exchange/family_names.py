"""Columns and words of family tables, Dutch and English."""

from __future__ import annotations

from verhalen.model.family import Known, TrajectoryEnd

SYNONYMS = {
    "family": "gezin", "gezinscode": "gezin", "municipality": "gemeente", "person": "lid", "member": "lid",
    "role": "rol", "age_group": "leeftijdsgroep", "from": "van", "joined": "van", "to": "tot", "left": "tot",
    "trajectory": "traject", "referred": "aanmelding", "end": "einde", "reason": "reden_einde", "referrer": "verwijzer",
    "known": "gekend", "date": "datum", "kind": "soort", "type": "soort", "with": "met", "item": "item",
    "value": "waarde", "assessor": "beoordelaar", "story": "verhaal", "referred_on": "doorverwezen_naar",
}  # fmt: skip
PERSON_COLUMNS = ("gezin", "lid", "rol", "leeftijdsgroep", "van", "tot")
TRAJECTORY_COLUMNS = (
    *("gezin", "traject", "aanmelding", "start", "einde", "reden_einde"),
    *("coach", "project", "verwijzer", "gekend", "doorverwezen_naar"),
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
KNOWN = {each.value: each.value for each in Known} | {"known": "gekend", "new": "nieuw", "once": "ooit"}
ENDS = {each.value: each.value for each in TrajectoryEnd} | {"afgehaakt": "gestopt", "weigering": "geweigerd"}
