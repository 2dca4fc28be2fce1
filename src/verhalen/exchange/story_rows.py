"""One row of a table of stories becomes one story; what does not fit becomes a problem of that row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from verhalen.exchange.columns import YES_NO, Sheet, shown
from verhalen.exchange.family_rows import known_family
from verhalen.exchange.tables import Row
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList
from verhalen.model.story import Moment, Story, StoryAnswer, Voice
from verhalen.model.text import Notice, normal_text

COLUMNS = (
    *(
        "verhaal",
        "gezin",
        "traject",
        "titel",
        "moment",
        "gevraagd_positief",
        "gevraagd_negatief",
        "niet_gevraagd_reden",
    ),
    *("antwoord", "stem_rol", "stem_lid", "tekst", "taal", "vorm", "opgetekend_door", "datum_verteld"),
    *("datum_opgetekend", "vroeger", "nu", "hoe_gekomen", "aandeel", "waarom_belangrijk", "domeinen", "hoofddomein"),
    *("emoticon", "teruggelezen", "toestemming_intervisie", "toestemming_rapport", "toestemming_beeld"),
    *("toestemming_opvolging", "toestemming_onderzoek", "datum_toestemming"),
)
SYNONYMS = {
    "story": "verhaal", "family": "gezin", "trajectory": "traject", "title": "titel", "asked_positive": "gevraagd_positief",
    "asked_negative": "gevraagd_negatief", "not_asked_reason": "niet_gevraagd_reden", "answer": "antwoord",
    "voice_role": "stem_rol", "voice_member": "stem_lid", "text": "tekst", "language": "taal", "form": "vorm",
    "recorder": "opgetekend_door", "told": "datum_verteld", "recorded": "datum_opgetekend", "before": "vroeger",
    "now": "nu", "how": "hoe_gekomen", "shares": "aandeel", "why": "waarom_belangrijk", "domains": "domeinen",
    "main_domain": "hoofddomein", "read_back": "teruggelezen", "consent_team": "toestemming_intervisie",
    "consent_report": "toestemming_rapport", "consent_media": "toestemming_beeld",
    "consent_follow_up": "toestemming_opvolging", "consent_research": "toestemming_onderzoek",
    "consent_date": "datum_toestemming",
}  # fmt: skip
CONSENTS = {
    "toestemming_intervisie": Purpose.TEAM, "toestemming_rapport": Purpose.REPORT, "toestemming_beeld": Purpose.MEDIA,
    "toestemming_opvolging": Purpose.FOLLOW_UP, "toestemming_onderzoek": Purpose.RESEARCH,
}  # fmt: skip
ANSWERS = {each.value: each.value for each in StoryAnswer} | {
    "positive": "positief", "negative": "negatief", "none": "geen",
}  # fmt: skip
CONSENT_ANSWERS = {each.value: each.value for each in Answer} | {
    "yes": "ja", "no": "nee", "withdrawn": "ingetrokken", "not_asked": "niet_gevraagd", "niet gevraagd": "niet_gevraagd",
}  # fmt: skip
MOMENTS = {each.value: each.value for each in Moment}
VOICES = {
    role: role
    for role in (
        *("ouder", "kind", "partner", "grootouder", "naaste", "coach", "vrijwilliger"),
        *("ervaringsdeskundige", "partnerdienst", "tolk"),
    )
}
FORMS = {form: form for form in ("getypt", "gedicteerd", "audio", "beeld", "door_verteller_geschreven")}
SHARES = {
    share: share for share in ("wij", "andere dienst", "familie of buren", "eigen kracht", "gebeurtenis", "weet niet")
}
NO_ANSWER_ON_CONSENT = mark(
    "Story {story} says nothing of consent for its use in reports; it stays out of them until somebody asks."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may name."""

    families: Mapping[str, Family]
    domains: DomainList
    latest: dt.date


def read_story(sheet: Sheet, row: Row, known: Known) -> Story | None:
    """The story of a row; None where a problem was noted."""
    key = sheet.needed(row, "verhaal")
    if any(blank.isspace() for blank in key):
        sheet.bad(row, "verhaal", t("a code of a story has no blanks, as in V07"))
    family = known_family(sheet, row, known.families)
    sheet.needed(row, "antwoord")
    sheet.needed(row, "stem_rol")
    sheet.needed(row, "tekst")
    story = Story(
        key=key,
        family=family,
        text=normal_text(sheet.text(row, "tekst")).strip(),
        answer=StoryAnswer(sheet.choice(row, "antwoord", ANSWERS, default="open")),
        voice=_voice(sheet, row, known, family=family),
        title=sheet.text(row, "titel"),
        moment=_moment(sheet, row),
        trajectory=_trajectory(sheet, row, known.families.get(family)),
        asked_positive=sheet.choice(row, "gevraagd_positief", YES_NO, default="ja") == "ja",
        asked_negative=sheet.choice(row, "gevraagd_negatief", YES_NO, default="ja") == "ja",
        not_asked_reason=sheet.text(row, "niet_gevraagd_reden"),
        recorder=sheet.text(row, "opgetekend_door"),
        told=sheet.day(row, "datum_verteld", latest=known.latest),
        recorded=sheet.day(row, "datum_opgetekend", latest=known.latest),
        before=sheet.text(row, "vroeger"),
        now=sheet.text(row, "nu"),
        how=sheet.text(row, "hoe_gekomen"),
        why=sheet.text(row, "waarom_belangrijk"),
        shares=_several(sheet, row, "aandeel", SHARES),
        domains=(domains := _domains(sheet, row, known.domains)),
        main_domain=_main_domain(sheet, row, domains),
        emoticon=_emoticon(sheet, row),
        read_back=_read_back(sheet, row),
        consents=_consents(sheet, row, known.latest),
    )
    return None if sheet.is_bad(row) else story


def consent_notices(stories: list[Story]) -> list[Notice]:
    """Stories whose consent for reports nobody asked."""
    return [
        Notice(None, NO_ANSWER_ON_CONSENT, {"story": story.key})
        for story in stories
        if story.consent(Purpose.REPORT) is Answer.NOT_ASKED
    ]


def _voice(sheet: Sheet, row: Row, known: Known, *, family: str) -> Voice:
    member = sheet.text(row, "stem_lid").removeprefix(f"{family}.")
    there = known.families.get(family)
    if member and there and all(person.member != member for person in there.persons):
        sheet.bad(row, "stem_lid", t("there is no person {key}", key=f"{family}.{member}"))
    return Voice(
        role=sheet.choice(row, "stem_rol", VOICES),
        member=member,
        language=sheet.text(row, "taal") or "nl",
        form=sheet.choice(row, "vorm", FORMS, default="getypt"),
    )


def _moment(sheet: Sheet, row: Row) -> Moment | None:
    found = sheet.choice(row, "moment", MOMENTS)
    return Moment(found) if found else None


def _trajectory(sheet: Sheet, row: Row, family: Family | None) -> int | None:
    ordinal = sheet.number(row, "traject")
    if ordinal is not None and family and all(each.ordinal != ordinal for each in family.trajectories):
        sheet.bad(row, "traject", t("family {key} has no trajectory {n}", key=family.key, n=ordinal))
    return ordinal


def _several(sheet: Sheet, row: Row, name: str, allowed: Mapping[str, str]) -> tuple[str, ...]:
    parts = [part.strip() for part in sheet.text(row, name).split("|") if part.strip()]
    for part in parts:
        if part.casefold() not in allowed:
            words = ", ".join(allowed)
            sheet.bad(row, name, t('"{written}" is not one of: {words}', written=shown(part), words=words))
    return tuple(dict.fromkeys(allowed.get(part.casefold(), part) for part in parts))


def _domains(sheet: Sheet, row: Row, known: DomainList) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(part.strip() for part in sheet.text(row, "domeinen").split("|") if part.strip()))
    for key in keys:
        if key != "AND" and known.domains and known.find(key) is None:
            sheet.bad(row, "domeinen", t("there is no life domain {domain}", domain=shown(key)))
    return keys


def _main_domain(sheet: Sheet, row: Row, domains: tuple[str, ...]) -> str:
    main = sheet.text(row, "hoofddomein")
    if main and main not in domains:
        sheet.bad(row, "hoofddomein", t("the main life domain {domain} is not among the others", domain=main))
    return main


def _emoticon(sheet: Sheet, row: Row) -> int | None:
    value = sheet.number(row, "emoticon")
    if value is not None and not 1 <= value <= 5:
        sheet.bad(row, "emoticon", t("{value} is off the scale of {low} to {high}", value=value, low=1, high=5))
    return value


def _read_back(sheet: Sheet, row: Row) -> str:
    """`ja`, `nee`, or the day on which the story was read back to its teller."""
    written = sheet.text(row, "teruggelezen")
    if written.casefold() in YES_NO and not written.isdigit():
        return YES_NO[written.casefold()]
    day = sheet.day(row, "teruggelezen")
    return day.isoformat() if day else ""


def _consents(sheet: Sheet, row: Row, latest: dt.date) -> tuple[Consent, ...]:
    day = sheet.day(row, "datum_toestemming", latest=latest)
    given = []
    for column, purpose in CONSENTS.items():
        answer = Answer(sheet.choice(row, column, CONSENT_ANSWERS, default="niet_gevraagd"))
        given.append(Consent(purpose, answer, None if answer is Answer.NOT_ASKED else day))
    return tuple(given)
