"""One row of a table of stories becomes one story; what does not fit becomes a problem of that row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from verhalen.exchange.columns import YES_NO, Sheet, parse_day, shown
from verhalen.exchange.family_rows import known_family
from verhalen.exchange.story_names import ANSWERS, BREAK, DOMAIN_WHEN, MOMENTS, OUTCOMES, SHARES
from verhalen.exchange.story_voices import known_member, read_consents, read_teller, read_voices, words
from verhalen.exchange.tables import Row
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer, Purpose
from verhalen.model.family import Family
from verhalen.model.instrument import DomainList
from verhalen.model.story import Moment, Outcome, Story, StoryAnswer, Verification
from verhalen.model.text import Notice
from verhalen.msc.story_rules import MOST_CHANGES

NO_ANSWER_ON_CONSENT = mark(
    "Story {story} says nothing of consent for its use in reports; it stays out of them until somebody asks."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may name."""

    families: Mapping[str, Family]
    domains: DomainList
    latest: dt.date
    needs_key: bool = True
    """Whether a table that has a column for the code of a story needs it in every row."""


def read_story(sheet: Sheet, row: Row, known: Known) -> Story | None:
    """The story of a row; None where a problem was noted. Without a column for its code the code is empty."""
    key = sheet.needed(row, "verhaal") if known.needs_key and sheet.has("verhaal") else sheet.text(row, "verhaal")
    if any(blank.isspace() for blank in key):
        sheet.bad(row, "verhaal", t("a code of a story has no blanks, as in V07"))
    family = known_family(sheet, row, known.families)
    there = known.families.get(family)
    sheet.needed(row, "antwoord")
    first = read_teller(sheet, row, latest=known.latest)
    domains = _domains(sheet, row, known.domains)
    story = Story(
        key=key,
        family=family,
        text=first.text,
        answer=StoryAnswer(sheet.choice(row, "antwoord", ANSWERS, default="open")),
        voice=known_member(sheet, row, first, there, own=True),
        title=_line(sheet.text(row, "titel")),
        moment=_moment(sheet, row),
        trajectory=_trajectory(sheet, row, there),
        asked_positive=sheet.choice(row, "gevraagd_positief", YES_NO, default="ja") == "ja",
        asked_negative=sheet.choice(row, "gevraagd_negatief", YES_NO, default="ja") == "ja",
        not_asked_reason=_line(sheet.text(row, "niet_gevraagd_reden")),
        recorder=first.recorder,
        told=first.told,
        recorded=sheet.day(row, "datum_opgetekend", latest=known.latest),
        before=words(sheet.text(row, "vroeger")),
        now=words(sheet.text(row, "nu")),
        how=words(sheet.text(row, "hoe_gekomen")),
        why=words(sheet.text(row, "waarom_belangrijk")),
        shares=_several(sheet, row, "aandeel", SHARES),
        domains=domains,
        main_domain=_main_domain(sheet, row, domains),
        emoticon=_emoticon(sheet, row),
        read_back=_read_back(sheet, row, known.latest),
        consents=read_consents(sheet, row, is_child=first.is_child, latest=known.latest),
        own_words=first.own_words,
        translated_by=first.translated_by,
        changes=_changes(sheet, row),
        something_else=_line(sheet.text(row, "iets_anders")),
        place=_line(sheet.text(row, "gemeente")),
        domain_when=sheet.choice(row, "domein_wanneer", DOMAIN_WHEN),
        others=read_voices(sheet, row, there, latest=known.latest),
        verifications=_verifications(sheet, row, known.latest),
    )
    return None if sheet.is_bad(row) else story


def consent_notices(stories: Iterable[Story]) -> list[Notice]:
    """Stories whose consent for reports nobody asked."""
    return [
        Notice(None, NO_ANSWER_ON_CONSENT, {"story": story.key})
        for story in stories
        if story.consent(Purpose.REPORT) is Answer.NOT_ASKED
    ]


def _line(written: str) -> str:
    return " ".join(words(written).split())


def _moment(sheet: Sheet, row: Row) -> Moment | None:
    found = sheet.choice(row, "moment", MOMENTS)
    return Moment(found) if found else None


def _trajectory(sheet: Sheet, row: Row, family: Family | None) -> int | None:
    ordinal = sheet.number(row, "traject")
    if ordinal is not None and family and all(each.ordinal != ordinal for each in family.trajectories):
        sheet.bad(row, "traject", t("family {key} has no trajectory {n}", key=family.key, n=ordinal))
    return ordinal


def _parts(written: str) -> list[str]:
    return [part.strip() for part in written.split("|") if part.strip()]


def _several(sheet: Sheet, row: Row, name: str, allowed: Mapping[str, str]) -> tuple[str, ...]:
    parts = _parts(sheet.text(row, name))
    for part in parts:
        if part.casefold() not in allowed:
            choices = ", ".join(dict.fromkeys(allowed.values()))
            sheet.bad(row, name, t('"{written}" is not one of: {words}', written=shown(part), words=choices))
    return tuple(dict.fromkeys(allowed.get(part.casefold(), part) for part in parts))


def _changes(sheet: Sheet, row: Row) -> tuple[str, ...]:
    found = tuple(_line(part) for part in _parts(sheet.text(row, "veranderingen").replace("\n", "|")))
    if len(found) > MOST_CHANGES:
        sheet.bad(row, "veranderingen", t("at most {n} changes can be noted beside a story", n=MOST_CHANGES))
    return found


def _domains(sheet: Sheet, row: Row, known: DomainList) -> tuple[str, ...]:
    """Keys of life domains, or their names as people write them."""
    by_name = {each.name.casefold(): each.key for each in known.domains}
    parts = _parts(sheet.text(row, "domeinen"))
    keys = tuple(dict.fromkeys(by_name.get(part.casefold(), part) for part in parts))
    for key in keys:
        if key != "AND" and known.domains and known.find(key) is None:
            sheet.bad(row, "domeinen", t("there is no life domain {domain}", domain=shown(key)))
    return keys


def _main_domain(sheet: Sheet, row: Row, domains: tuple[str, ...]) -> str:
    main = sheet.text(row, "hoofddomein")
    if main and main not in domains:
        sheet.bad(row, "hoofddomein", t("the main life domain {domain} is not among the others", domain=shown(main)))
    return main


def _emoticon(sheet: Sheet, row: Row) -> int | None:
    value = sheet.number(row, "emoticon")
    if value is not None and not 1 <= value <= 5:
        sheet.bad(row, "emoticon", t("{value} is off the scale of {low} to {high}", value=value, low=1, high=5))
    return value


def _read_back(sheet: Sheet, row: Row, latest: dt.date) -> str:
    """`ja`, `nee`, or the day on which the story was read back to its teller."""
    written = sheet.text(row, "teruggelezen")
    if written.casefold() in YES_NO and not written.isdigit():
        return YES_NO[written.casefold()]
    day = sheet.day(row, "teruggelezen", latest=latest)
    return day.isoformat() if day else ""


def _verifications(sheet: Sheet, row: Row, latest: dt.date) -> tuple[Verification, ...]:
    """A line each: day | who | how | klopt, anders or weet_niet | note."""
    found = []
    for line in sheet.text(row, "nagelezen").splitlines():
        if not line.strip():
            continue
        day, who, how, outcome, note = (each.strip() for each in (*line.split("|", 4), "", "", "", "")[:5])
        on, said = parse_day(day), OUTCOMES.get(outcome.casefold())
        if on is None or on > latest or not who or said is None:
            sentence = t("write each check as: day | who | how | klopt, anders or weet_niet | note")
            sheet.bad(row, "nagelezen", sentence)
            continue
        found.append(Verification(on, who, how, Outcome(said), note.replace(BREAK, "\n")))
    return tuple(found)
