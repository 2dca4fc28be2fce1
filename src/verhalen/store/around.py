"""What stands around the text of a story: consents, further voices, attachments, verifications."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.story import Attachment, AttachmentKind, Outcome, Verification, Voice
from verhalen.store.project import ProjectFile, Writing

Whose = Literal["story_id", "person_id", "voice_id", "attachment_id"]
"""What a consent is about."""


def day_of(text: str | None) -> dt.date | None:
    """A day as the file keeps it."""
    return dt.date.fromisoformat(text) if text else None


def day_text(day: dt.date | None) -> str | None:
    """As the file keeps a day."""
    return day.isoformat() if day else None


def put_row(writing: Writing, table: str, number: int, values: Mapping[str, object], once: Mapping[str, object]) -> int:
    """Write a row, new where `number` is 0; `once` holds what is said only then. Give its id.

    Nothing is written where everything is the same.
    """
    if number:
        sets = ", ".join(f"{name} = :{name}" for name in values)
        differs = " or ".join(f"{name} is not :{name}" for name in values)
        writing.execute(f"update {table} set {sets} where id = :id and ({differs})", {"id": number, **values})
        return number
    new = writing.new_id()
    row = {"id": new, **values, **once}
    names = ", ".join(row)
    writing.execute(f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in row)})", row)
    return new


# -- consents ----------------------------------------------------------------------------------------------------------


def consent_of(said: Sequence[Any]) -> Consent:
    """From purpose, answer, day, by whom, side."""
    purpose, answer, day, by, side = said
    return Consent(Purpose(purpose), Answer(answer), day_of(day), by, side)


def put_consent(writing: Writing, whose: Whose, number: int, consent: Consent) -> None:
    """Keep one answer per purpose and side; nothing is written where it is the same."""
    said = (consent.answer.value, day_text(consent.day), consent.by)
    there = writing.rows(
        f"select id, answer, day, given_by from consent where {whose} = ? and purpose = ? and side = ?",
        (number, consent.purpose.value, consent.side),
    )
    if not there:
        writing.execute(
            f"insert into consent (id, {whose}, purpose, answer, day, given_by, side) values (?, ?, ?, ?, ?, ?, ?)",
            (writing.new_id(), number, consent.purpose.value, *said, consent.side),
        )
    elif there[0][1:] != said:
        writing.execute("update consent set answer = ?, day = ?, given_by = ? where id = ?", (*said, there[0][0]))


def _consents(project: ProjectFile, whose: Whose) -> Mapping[int, list[Consent]]:
    found: dict[int, list[Consent]] = defaultdict(list)
    sql = f"select {whose}, purpose, answer, day, given_by, side from consent where {whose} is not null order by id"
    for number, *said in project.rows(sql):
        found[number].append(consent_of(said))
    return found


# -- voices ------------------------------------------------------------------------------------------------------------


def voices_by_story(project: ProjectFile) -> dict[int, tuple[Voice, ...]]:
    """Further voices by the id of their story, by position."""
    consents = _consents(project, "voice_id")
    found: dict[int, tuple[Voice, ...]] = {}
    sql = """
        select story_id, voice.id, voice.source_id, position, role, member, language, form, own_words, translated_by, told,
               recorder, text
        from voice join source on source.id = voice.source_id
        join text_version on text_version.source_id = source.id and text_version.version = source.version
        order by story_id, position, voice.id"""
    for row in project.rows(sql):
        (
            story,
            number,
            source,
            position,
            role,
            member,
            language,
            form,
            own_words,
            translated_by,
            told,
            recorder,
            text,
        ) = row
        voice = Voice(
            role=role,
            member=member,
            language=language,
            form=form,
            text=text,
            own_words=own_words,
            translated_by=translated_by,
            told=day_of(told),
            recorder=recorder,
            consents=tuple(consents.get(number, ())),
            position=position,
            id=number,
            source_id=source,
        )
        found[story] = (*found.get(story, ()), voice)
    return found


def _voice_columns(voice: Voice) -> dict[str, object]:
    return {
        "role": voice.role,
        "member": voice.member,
        "language": voice.language,
        "form": voice.form,
        "own_words": voice.own_words,
        "translated_by": voice.translated_by,
        "told": day_text(voice.told),
        "recorder": voice.recorder,
    }


def add_voice(writing: Writing, story_id: int, voice: Voice, *, source_id: int) -> int:
    """Add a further voice whose text is stored already; give its id. It takes the next position, from 2 on."""
    last = writing.rows("select coalesce(max(position), 1) from voice where story_id = ?", (story_id,))[0][0]
    once = {"story_id": story_id, "source_id": source_id, "position": last + 1}
    new = put_row(writing, "voice", 0, _voice_columns(voice), once)
    set_voice_consents(writing, new, voice.consents)
    return new


def change_voice(writing: Writing, voice: Voice) -> None:
    """Write the fields of a voice; its text changes only by a correction."""
    put_row(writing, "voice", voice.id, _voice_columns(voice), {})
    set_voice_consents(writing, voice.id, voice.consents)


def remove_voice(writing: Writing, voice_id: int) -> None:
    """Take a voice out of its story with its consents; its text is a source of its own, which `msc.voices` takes along."""
    writing.execute("delete from consent where voice_id = ?", (voice_id,))
    writing.execute("delete from voice where id = ?", (voice_id,))


def set_voice_consents(writing: Writing, voice_id: int, consents: tuple[Consent, ...]) -> None:
    """Keep one answer per purpose and side of a further voice."""
    for each in consents:
        put_consent(writing, "voice_id", voice_id, each)


# -- attachments -------------------------------------------------------------------------------------------------------


def attachments_by_story(project: ProjectFile) -> dict[int, tuple[Attachment, ...]]:
    """Attachments by the id of their story, in the order in which they came."""
    consents = _consents(project, "attachment_id")
    found: dict[int, tuple[Attachment, ...]] = {}
    sql = "select story_id, id, name, kind, suffix, size, sha256, described, added from attachment order by id"
    for story, number, name, kind, suffix, size, sha256, described, added in project.rows(sql):
        one = Attachment(
            name=name,
            kind=AttachmentKind(kind),
            suffix=suffix,
            size=size,
            sha256=sha256,
            described=described,
            added=day_of(added),
            consents=tuple(consents.get(number, ())),
            id=number,
        )
        found[story] = (*found.get(story, ()), one)
    return found


def add_attachment(writing: Writing, story_id: int, attachment: Attachment, data: bytes, *, coder_id: int) -> int:
    """Keep a file beside a story; give the id of the attachment."""
    once = {
        "story_id": story_id,
        "suffix": attachment.suffix,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "added": day_text(attachment.added) or "",
        "coder_id": coder_id,
    }
    new = put_row(writing, "attachment", 0, _shown(attachment), once)
    # The bytes stay when the row is undone, as with originals: redoing brings back the row alone.
    writing.execute("insert into attachment_bytes values (?, ?)", (new, data))
    for each in attachment.consents:
        put_consent(writing, "attachment_id", new, each)
    return new


def _shown(attachment: Attachment) -> dict[str, object]:
    return {"name": attachment.name, "kind": attachment.kind.value, "described": attachment.described}


def change_attachment(writing: Writing, attachment: Attachment) -> None:
    """Write its name, kind, description and consents."""
    put_row(writing, "attachment", attachment.id, _shown(attachment), {})
    for each in attachment.consents:
        put_consent(writing, "attachment_id", attachment.id, each)


def remove_attachment(writing: Writing, attachment_id: int) -> None:
    """Take an attachment away with its consents; the bytes go at the next compacting, or with a withdrawal."""
    writing.execute("delete from consent where attachment_id = ?", (attachment_id,))
    writing.execute("delete from attachment where id = ?", (attachment_id,))


def attachment_bytes(project: ProjectFile, attachment_id: int) -> bytes | None:
    """The file, byte for byte; None where there is none of that id."""
    row = project.row(
        "select bytes from attachment_bytes join attachment on attachment.id = attachment_id where attachment_id = ?",
        (attachment_id,),
    )
    return bytes(row[0]) if row else None


# -- verifications -----------------------------------------------------------------------------------------------------


def verifications_by_story(project: ProjectFile) -> dict[int, tuple[Verification, ...]]:
    """Verifications by the id of their story, oldest first."""
    found: dict[int, tuple[Verification, ...]] = {}
    sql = "select story_id, id, day, who, how, outcome, note from verification order by day, id"
    for story, number, day, who, how, outcome, note in project.rows(sql):
        one = Verification(dt.date.fromisoformat(day), who, how, Outcome(outcome), note, number)
        found[story] = (*found.get(story, ()), one)
    return found


def add_verification(writing: Writing, story_id: int, verification: Verification, *, coder_id: int) -> int:
    """Write down that a story was checked; give the id."""
    new = writing.new_id()
    said = (verification.day.isoformat(), verification.who, verification.how, verification.outcome.value)
    row = (new, story_id, *said, verification.note, coder_id)
    writing.execute("insert into verification values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return new
