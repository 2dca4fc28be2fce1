"""Names of columns and words of tables of stories, in Dutch and English: all fields of a story (methods.md A2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verhalen.exchange.columns import name_of
from verhalen.model.consent import PARENT, Answer, Purpose
from verhalen.model.mapping import LEFT_OUT
from verhalen.model.story import SHARES as SHARE_KEYS
from verhalen.model.story import TELLING_FORMS, VOICE_ROLES, Moment, Outcome, StoryAnswer

CONSENTS = {
    "toestemming_intervisie": Purpose.TEAM, "toestemming_rapport": Purpose.REPORT, "toestemming_beeld": Purpose.MEDIA,
    "toestemming_opvolging": Purpose.FOLLOW_UP, "toestemming_onderzoek": Purpose.RESEARCH,
}  # fmt: skip
"""Column of what the teller answered, by purpose; that of a parent ends in `_ouder`."""
CONSENT_COLUMNS = (
    *CONSENTS,
    *("datum_toestemming", "toestemming_door"),
    *(f"{column}_{PARENT}" for column in CONSENTS),
    *("datum_toestemming_ouder", "toestemming_door_ouder"),
)
TELLER_COLUMNS = (
    *("stem_rol", "stem_lid", "tekst", "taal", "vorm", "eigen_woorden", "vertaald_door", "opgetekend_door"),
    "datum_verteld",
)
"""Of every voice."""
COLUMNS = (
    *("verhaal", "gezin", "traject", "titel", "moment", "gevraagd_positief", "gevraagd_negatief"),
    *("niet_gevraagd_reden", "antwoord", *TELLER_COLUMNS, "datum_opgetekend", "gemeente", "veranderingen", "vroeger"),
    *("nu", "hoe_gekomen", "aandeel", "waarom_belangrijk", "domeinen", "hoofddomein", "iets_anders", "domein_wanneer"),
    *("emoticon", "teruggelezen", "nagelezen", *CONSENT_COLUMNS),
)
STEM = "stem"
"""Column of tables with a row per voice: 1 for the story itself, 2 and on for further voices."""
BREAK = " // "
"""Between the lines of a note of a check."""
FOR_READING = ("bijlagen",)
"""Exported so that somebody knows of them; a table does not bring them in."""
SYNONYMS = {
    "story": "verhaal", "family": "gezin", "trajectory": "traject", "title": "titel", "asked_positive": "gevraagd_positief",
    "asked_negative": "gevraagd_negatief", "not_asked_reason": "niet_gevraagd_reden", "answer": "antwoord",
    "voice_role": "stem_rol", "voice_member": "stem_lid", "text": "tekst", "language": "taal", "form": "vorm",
    "own_words": "eigen_woorden", "translated_by": "vertaald_door", "recorder": "opgetekend_door",
    "told": "datum_verteld", "recorded": "datum_opgetekend", "place": "gemeente", "municipality": "gemeente",
    "gemeente_niveau": "gemeente", "changes": "veranderingen", "before": "vroeger", "now": "nu", "how": "hoe_gekomen",
    "shares": "aandeel", "why": "waarom_belangrijk", "domains": "domeinen", "main_domain": "hoofddomein",
    "something_else": "iets_anders", "domain_when": "domein_wanneer", "domein_vooraf_of_achteraf": "domein_wanneer",
    "read_back": "teruggelezen", "verified": "nagelezen", "attachments": "bijlagen", "voice": STEM,
    "consent_team": "toestemming_intervisie", "consent_report": "toestemming_rapport",
    "consent_media": "toestemming_beeld", "consent_follow_up": "toestemming_opvolging",
    "consent_research": "toestemming_onderzoek", "consent_date": "datum_toestemming", "consent_by": "toestemming_door",
    "consent_team_parent": "toestemming_intervisie_ouder", "consent_report_parent": "toestemming_rapport_ouder",
    "consent_media_parent": "toestemming_beeld_ouder", "consent_follow_up_parent": "toestemming_opvolging_ouder",
    "consent_research_parent": "toestemming_onderzoek_ouder", "consent_date_parent": "datum_toestemming_ouder",
    "consent_by_parent": "toestemming_door_ouder",
}  # fmt: skip
ENGLISH = {dutch: english for english, dutch in reversed(SYNONYMS.items())}
_VOICE_COLUMN = re.compile(r"(?:stem|voice)_?([2-9]|[1-9]\d)_(.+)")
_SHORT = {"rol": "stem_rol", "role": "stem_rol", "lid": "stem_lid", "member": "stem_lid"}
_SHORTER = {"stem_rol": "rol", "stem_lid": "lid"}


def ours(column: str) -> str:
    """Our name for a column, of one of its names in Dutch or English; `-` stays what it is."""
    if column.strip() == LEFT_OUT:
        return LEFT_OUT
    name = name_of(column)
    if found := _VOICE_COLUMN.fullmatch(name):
        return voice_column(int(found[1]), of_voice(found[2]))
    return SYNONYMS.get(name, name)


def of_voice(column: str) -> str:
    """Our name for a column of a further voice, without what says which: `rol` and `role` are `stem_rol`."""
    name = name_of(column)
    return _SHORT.get(name, SYNONYMS.get(name, name))


def voice_column(position: int, column: str) -> str:
    """The column of a voice: `tekst` of the first, `stem2_tekst` of the second, `stem2_rol` for its `stem_rol`."""
    return column if position < 2 else f"stem{position}_{_SHORTER.get(column, column)}"


def voices_in(columns: Iterable[str]) -> list[int]:
    """The positions of further voices that have columns of their own, from 2 on."""
    found = {int(match[1]) for name in columns if (match := _VOICE_COLUMN.fullmatch(name))}
    return sorted(found)


def is_known(column: str) -> bool:
    """Whether one of our names for a column means something in an import."""
    if found := _VOICE_COLUMN.fullmatch(column):
        rest = _SHORT.get(found[2], found[2])
        return rest in (*TELLER_COLUMNS, *CONSENT_COLUMNS)
    return column in (*COLUMNS, STEM)


# -- words in cells ----------------------------------------------------------------------------------------------------

ANSWERS = {each.value: each.value for each in StoryAnswer} | {
    "positive": "positief", "negative": "negatief", "none": "geen", "niets": "geen", "no change": "geen", "nothing": "geen",
}  # fmt: skip
CONSENT_ANSWERS = {each.value: each.value for each in Answer} | {
    "yes": "ja", "no": "nee", "withdrawn": "ingetrokken", "not_asked": "niet_gevraagd", "niet gevraagd": "niet_gevraagd",
    "not asked": "niet_gevraagd", "nog te vragen": "niet_gevraagd", "still to ask": "niet_gevraagd",
}  # fmt: skip
MOMENTS = {each.value: each.value for each in Moment} | {
    "halfway": "halfweg", "closing": "afronding", "follow-up": "opvolging", "follow_up": "opvolging",
    "long after": "lang_na", "lang na": "lang_na",
}  # fmt: skip
VOICES = {role: role for role in VOICE_ROLES} | {
    "parent": "ouder", "mother": "ouder", "father": "ouder", "moeder": "ouder", "vader": "ouder", "mama": "ouder",
    "papa": "ouder", "child": "kind", "grandparent": "grootouder", "relative": "naaste", "volunteer": "vrijwilliger",
    "expert by experience": "ervaringsdeskundige", "partner service": "partnerdienst", "interpreter": "tolk",
}  # fmt: skip
FORMS = {form: form for form in TELLING_FORMS} | {
    "typed": "getypt", "dictated": "gedicteerd", "image": "beeld", "written by the teller": "door_verteller_geschreven",
    "door verteller geschreven": "door_verteller_geschreven",
}  # fmt: skip
SHARES = {share: share for share in SHARE_KEYS} | {
    "we": "wij", "another service": "andere dienst", "family or neighbours": "familie of buren",
    "their own strength": "eigen kracht", "own strength": "eigen kracht", "event": "gebeurtenis",
    "something that happened": "gebeurtenis", "nobody knows": "weet niet", "unknown": "weet niet",
}  # fmt: skip
DOMAIN_WHEN = {"vooraf": "vooraf", "achteraf": "achteraf", "before": "vooraf", "after": "achteraf"}
OUTCOMES = {each.value: each.value for each in Outcome} | {
    "right": "klopt", "otherwise": "anders", "does not know": "weet_niet", "weet niet": "weet_niet",
}  # fmt: skip
