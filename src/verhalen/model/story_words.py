"""Marked words for what stories keep as keys: who tells, how it was told, who had a share, why something was not asked."""

from __future__ import annotations

from verhalen.i18n import mark

ROLES = {
    "ouder": mark("a parent"),
    "kind": mark("a child"),
    "partner": mark("a partner"),
    "grootouder": mark("a grandparent"),
    "naaste": mark("somebody close"),
    "coach": mark("the coach"),
    "vrijwilliger": mark("a volunteer"),
    "ervaringsdeskundige": mark("an expert by experience"),
    "partnerdienst": mark("a partner service"),
    "tolk": mark("an interpreter"),
}
"""By role of a voice."""
FORMS = {
    "getypt": mark("typed by me"),
    "gedicteerd": mark("dictated"),
    "audio": mark("recorded"),
    "beeld": mark("with pictures"),
    "door_verteller_geschreven": mark("written by the teller"),
}
SHARES = {
    "wij": mark("we, the service"),
    "andere dienst": mark("another service"),
    "familie of buren": mark("family or neighbours"),
    "eigen kracht": mark("their own strength"),
    "gebeurtenis": mark("something that happened"),
    "weet niet": mark("nobody knows"),
}
REASONS = {
    "crisis": mark("there was a crisis"),
    "taal": mark("the language"),
    "niet gepast": mark("it did not fit"),
    "vergeten": mark("forgotten"),
    "gezin wilde niet": mark("the family did not want to"),
    "andere": mark("another reason"),
}
"""Why a question was not asked."""
FACES = ((1, ":-(("), (2, ":-("), (3, ":-|"), (4, ":-)"), (5, ":-))"))
"""How the teller feels about it: 1 is worst."""
TONGUES = {
    "nl": mark("Dutch"),
    "fr": mark("French"),
    "en": mark("English"),
    "ar": mark("Arabic"),
    "tr": mark("Turkish"),
    "uk": mark("Ukrainian"),
    "pl": mark("Polish"),
    "ro": mark("Romanian"),
}
"""Languages at hand; any other is kept as it was written."""


def role_label(role: str) -> str:
    """Marked words for a role; a role that we do not know names itself."""
    return ROLES.get(role, role)


def tongue_label(language: str) -> str:
    """Marked words for a language."""
    return TONGUES.get(language, language)
