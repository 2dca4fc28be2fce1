"""Whom one may ask, what was answered, and how that changed; and whose words stand in a text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from verhalen.model.consent import Asked, Consent, Consented, Written
from verhalen.model.family import is_minor
from verhalen.model.ids import encode_id
from verhalen.model.story import CHILD
from verhalen.store.around import Whose, consent_of
from verhalen.store.project import ProjectFile

COLUMN: Mapping[Asked, Whose] = {
    Asked.STORY: "story_id",
    Asked.VOICE: "voice_id",
    Asked.PERSON: "person_id",
    Asked.ATTACHMENT: "attachment_id",
}
"""By which a row of the table says what it is about."""
_IMAGES = ("audio", "beeld")


def consented(project: ProjectFile) -> list[Consented]:
    """Everything that somebody may answer about: by family its people, then each story with its voices and attachments."""
    found = [*_persons(project), *_stories(project), *_voices(project), *_attachments(project)]
    order = [Asked.PERSON, Asked.STORY, Asked.VOICE, Asked.ATTACHMENT]
    return sorted(
        found,
        key=lambda each: (
            each.family,
            each.kind is not Asked.PERSON,
            each.key.split("/")[0].split(".")[0] if each.kind is not Asked.PERSON else each.key,
            order.index(each.kind),
            each.key,
        ),
    )


def _answers(project: ProjectFile, kind: Asked) -> Mapping[int, list[Consent]]:
    found: dict[int, list[Consent]] = defaultdict(list)
    column = COLUMN[kind]
    sql = f"select {column}, purpose, answer, day, given_by, side from consent where {column} is not null order by id"
    for number, *said in project.rows(sql):
        found[number].append(consent_of(said))
    return found


def _persons(project: ProjectFile) -> Iterable[Consented]:
    answers = _answers(project, Asked.PERSON)
    sql = """
        select person.id, person.key, family.key, person.role, age_group,
               exists (select 1 from speaker where speaker.person_id = person.id)
        from person join family on family.id = person.family_id"""
    for number, key, family, role, age, speaks in project.rows(sql):
        given = tuple(answers.get(number, ()))
        member = key.partition(".")[2] or role
        yield Consented(key, Asked.PERSON, family, member, is_minor(role, age), given, is_used=bool(speaks), id=number)


def _stories(project: ProjectFile) -> Iterable[Consented]:
    answers = _answers(project, Asked.STORY)
    sql = """
        select story.id, story.key, family.key, voice_role, voice_member, form
        from story join family on family.id = story.family_id"""
    for number, key, family, role, member, form in project.rows(sql):
        given = tuple(answers.get(number, ()))
        yield Consented(
            key, Asked.STORY, family, member or role, role == CHILD, given, has_image=form in _IMAGES, id=number
        )


def _voices(project: ProjectFile) -> Iterable[Consented]:
    answers = _answers(project, Asked.VOICE)
    sql = """
        select voice.id, story.key, position, family.key, role, member, voice.form
        from voice join story on story.id = voice.story_id join family on family.id = story.family_id"""
    for number, key, position, family, role, member, form in project.rows(sql):
        given = tuple(answers.get(number, ()))
        yield Consented(
            f"{key}.{position}",
            Asked.VOICE,
            family,
            member or role,
            role == CHILD,
            given,
            has_image=form in _IMAGES,
            id=number,
        )


def _attachments(project: ProjectFile) -> Iterable[Consented]:
    answers = _answers(project, Asked.ATTACHMENT)
    sql = """
        select attachment.id, story.key, family.key, voice_role, name
        from attachment join story on story.id = attachment.story_id join family on family.id = story.family_id"""
    for number, key, family, role, name in project.rows(sql):
        given = tuple(answers.get(number, ()))
        yield Consented(
            f"{key}/{encode_id(number)}",
            Asked.ATTACHMENT,
            family,
            name,
            role == CHILD,
            given,
            has_image=True,
            id=number,
        )


# -- how answers changed -----------------------------------------------------------------------------------------------


def written(project: ProjectFile, kind: Asked, number: int) -> list[Written]:
    """Every answer that was ever written down about something, oldest first; what was undone is not among them."""
    column = COLUMN[kind]
    found: list[tuple[int, Written]] = []
    sql = f"select id, purpose, answer, day, given_by, side from consent where {column} = ?"
    for row, *said in project.rows(sql, (number,)):
        steps = project.rows(
            """
            select change_row.id, change_row.image, change.time, coder.name
            from change_row left join change on change.id = change_row.change_id left join coder on coder.id = coder_id
            where tbl = 'consent' and row_id = ? order by change_row.id""",
            (row,),
        )
        # An image is what stood there before: each change wrote what the next image holds, the last one what stands now.
        images = [json.loads(image) for _, image, _, _ in steps[1:] if image]
        values = [
            *(
                consent_of([image[name] for name in ("purpose", "answer", "day", "given_by", "side")])
                for image in images
            ),
            consent_of(said),
        ]
        times = [(place, time or "", coder or "") for place, _, time, coder in steps] or [(row, "", "")]
        if len(values) == len(times):
            found += [
                (place, Written(one, time, coder)) for one, (place, time, coder) in zip(values, times, strict=True)
            ]
        else:  # an undo of its first writing left gaps: what stands now is what we know
            found.append((times[-1][0], Written(values[-1], times[-1][1], times[-1][2])))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


# -- whose words -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A stretch of a transcript and who speaks there."""

    start: int
    stop: int
    person_id: int | None
    role: str
    """Of the speaker; of somebody of no family it may be a profession."""
    is_somebody: bool
    """Whether a speaker is named."""


def turns_spoken(project: ProjectFile, source_id: int) -> list[SpokenTurn]:
    """All turns of a text in order."""
    sql = """
        select start, stop, person_id, coalesce(speaker.role, ''), speaker.id is not null
        from turn left join speaker on speaker.id = turn.speaker_id where turn.source_id = ? order by start"""
    return [SpokenTurn(row[0], row[1], row[2], row[3], bool(row[4])) for row in project.rows(sql, (source_id,))]


def tellers(project: ProjectFile) -> dict[int, tuple[Asked, int]]:
    """Every text that is a story or a voice of one, with what its consents are about; a voice that was taken out has none."""
    found: dict[int, tuple[Asked, int]] = {}
    for source, story in project.rows("select source_id, id from story"):
        found[source] = (Asked.STORY, story)
    for source, voice in project.rows("select source_id, id from voice"):
        found[source] = (Asked.VOICE, voice)
    return found


def told_sources(project: ProjectFile) -> set[int]:
    """Texts of the kind `story`."""
    return {row[0] for row in project.rows("select id from source where kind = 'story'")}
