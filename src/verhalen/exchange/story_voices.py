"""Who tells, in the cells of a row: words, language, consents; of the first voice and of further ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from verhalen.exchange.columns import Sheet, parse_day, shown
from verhalen.exchange.story_names import CONSENT_ANSWERS, CONSENTS, FORMS, VOICES, voice_column, voices_in
from verhalen.exchange.tables import Row
from verhalen.i18n import t
from verhalen.model.consent import PARENT, Answer, Consent
from verhalen.model.family import Family
from verhalen.model.pasting import pasted
from verhalen.model.story import Voice


def words(written: str) -> str:
    """Words as they are kept, whatever program they come from."""
    return pasted(written).text.strip()


def read_teller(sheet: Sheet, row: Row, *, latest: dt.date, position: int = 1, of: int = 1) -> Voice:
    """The voice in the columns of one position; text, role and language are needed or noted as a problem.

    `position` says in which columns it stands, `of` which voice of the story it is.
    """

    def column(name: str) -> str:
        return voice_column(position, name)

    sheet.needed(row, column("stem_rol"))
    text = words(sheet.text(row, column("tekst")))
    if not text:
        sheet.bad(row, column("tekst"), t("this cell is empty"))
    return Voice(
        role=sheet.choice(row, column("stem_rol"), VOICES),
        member=sheet.text(row, column("stem_lid")),
        language=sheet.text(row, column("taal")).casefold() or "nl",
        form=sheet.choice(row, column("vorm"), FORMS, default="getypt"),
        text=text,
        own_words=words(sheet.text(row, column("eigen_woorden"))),
        translated_by=words(sheet.text(row, column("vertaald_door"))),
        told=sheet.day(row, column("datum_verteld"), latest=latest),
        recorder=words(sheet.text(row, column("opgetekend_door"))),
        position=of if of > 1 else 0,
    )


def known_member(
    sheet: Sheet, row: Row, voice: Voice, family: Family | None, *, position: int = 1, own: bool = False
) -> Voice:
    """The voice with its member, who must be of the family; `own` leaves out what a story keeps itself."""
    member = voice.member.removeprefix(f"{family.key}.") if family else voice.member
    if member and family and all(person.member != member for person in family.persons):
        sentence = t("there is no person {key}", key=shown(f"{family.key}.{member}"))
        sheet.bad(row, voice_column(position, "stem_lid"), sentence)
    if own:
        return Voice(voice.role, member, voice.language, voice.form)
    return replace(voice, member=member)


def read_voices(sheet: Sheet, row: Row, family: Family | None, *, latest: dt.date) -> tuple[Voice, ...]:
    """Further voices that stand in columns of the same row, by position; one without any cell is none."""
    found = []
    for position in voices_in(sheet.columns):
        prefix = voice_column(position, "")
        if not any(sheet.text(row, name) for name in sheet.columns if name.startswith(prefix)):
            continue
        found.append(read_voice(sheet, row, family, latest=latest, position=position, of=position))
    return tuple(found)


def read_voice(sheet: Sheet, row: Row, family: Family | None, *, latest: dt.date, of: int, position: int = 1) -> Voice:
    """A further voice, from columns of its own or from a row of its own."""
    voice = read_teller(sheet, row, latest=latest, position=position, of=of)
    known = known_member(sheet, row, voice, family, position=position)
    consents = read_consents(sheet, row, is_child=voice.is_child, latest=latest, position=position)
    return replace(known, consents=consents)


def read_consents(sheet: Sheet, row: Row, *, is_child: bool, latest: dt.date, position: int = 1) -> tuple[Consent, ...]:
    """What was answered, per purpose and side; the side of a parent only where the table says something of it.

    A cell holds an answer, or answer | day | by whom where these are others than those of the whole row. Of a parent only a
    child's story says anything.
    """
    given: list[Consent] = []
    for side in ("", PARENT):
        end = f"_{side}" if side else ""
        day_column = voice_column(position, f"datum_toestemming{end}")
        day = sheet.day(row, day_column, latest=latest)
        by = sheet.text(row, voice_column(position, f"toestemming_door{end}"))
        for column, purpose in CONSENTS.items():
            place = voice_column(position, f"{column}{end}")
            if side and not sheet.text(row, place):
                continue
            answer, own = _consent(sheet, row, place, latest)
            said = (None, "") if answer is Answer.NOT_ASKED else own or (day, by)
            given.append(Consent(purpose, answer, *said, side))
    if any(each.side for each in given) and not is_child:
        column = next(
            place for name in CONSENTS if sheet.text(row, place := voice_column(position, f"{name}_{PARENT}"))
        )
        sheet.bad(row, column, t("a parent answers for a child only; leave the parent's answer empty here"))
    return tuple(given)


def _consent(sheet: Sheet, row: Row, column: str, latest: dt.date) -> tuple[Answer, tuple[dt.date | None, str] | None]:
    """The answer; and day and by whom where the cell says so itself."""
    written, bar, rest = sheet.text(row, column).partition("|")
    day, _, by = rest.partition("|")
    answer = CONSENT_ANSWERS.get(written.strip().casefold() or "niet_gevraagd")
    on = parse_day(day.strip()) if day.strip() else None
    if answer is None:
        choices = ", ".join(each.value for each in Answer)
        sentence = t('"{written}" is not one of: {words}', written=shown(written.strip()), words=choices)
        sheet.bad(row, column, sentence)
    elif day.strip() and on is None:
        sheet.bad(
            row, column, t('"{written}" is no date; write it as 2025-03-12 or 12/03/2025', written=shown(day.strip()))
        )
    elif on is not None and on > latest:
        sheet.bad(row, column, t("{day} lies in the future", day=on.isoformat()))
    return Answer(answer or "niet_gevraagd"), (on, by.strip()) if bar else None
