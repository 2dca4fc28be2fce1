"""Stories with their life domains and consents. The text of a story is a source of kind `story`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.story import Moment, Story, StoryAnswer, Voice
from verhalen.store.project import ProjectFile, Row, Writing

_STORY = """
select story.id, story.key, family.key, story.source_id, text_version.text, trajectory, story.title, answer, moment,
       voice_role, voice_member, language, form, asked_positive, asked_negative, not_asked_reason, recorder, told,
       recorded, before, now, how, why, shares, main_domain, emoticon, read_back
from story join family on family.id = story.family_id join source on source.id = story.source_id
join text_version on text_version.source_id = source.id and text_version.version = source.version
where ?1 is null or story.family_id = (select id from family where key = ?1) order by story.key, story.id
"""


def stories(project: ProjectFile, *, family: str | None = None) -> list[Story]:
    """All stories by key, or those of one family."""
    domains, consents = defaultdict(list), defaultdict(list)
    for story, domain in project.rows("select story_id, domain from story_domain order by story_id, position"):
        domains[story].append(domain)
    for story, purpose, answer, day, by in project.rows(
        "select story_id, purpose, answer, day, given_by from consent where story_id is not null order by id"
    ):
        consents[story].append(Consent(Purpose(purpose), Answer(answer), _day(day), by))
    return [_story(row, domains[row[0]], consents[row[0]]) for row in project.rows(_STORY, (family,))]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _story(row: Row, domains: list[str], consents: list[Consent]) -> Story:
    number, key, family, source, text, trajectory, title, answer, moment, role, member, language, form = row[:13]
    positive, negative, reason, recorder, told, recorded, before, now, how, why, shares, main, emoticon, read_back = (
        row[13:]
    )
    return Story(
        key=key,
        family=family,
        text=text,
        answer=StoryAnswer(answer),
        voice=Voice(role, member, language, form),
        title=title,
        moment=Moment(moment) if moment else None,
        trajectory=trajectory,
        asked_positive=bool(positive),
        asked_negative=bool(negative),
        not_asked_reason=reason,
        recorder=recorder,
        told=_day(told),
        recorded=_day(recorded),
        before=before,
        now=now,
        how=how,
        why=why,
        shares=tuple(shares.split("|")) if shares else (),
        domains=tuple(domains),
        main_domain=main,
        emoticon=emoticon,
        read_back=read_back,
        consents=tuple(consents),
        id=number,
        source_id=source,
    )


def _columns(story: Story) -> dict[str, object]:
    """The story's own columns, without ids and domains."""
    return {
        "trajectory": story.trajectory,
        "title": story.title,
        "answer": story.answer.value,
        "moment": story.moment.value if story.moment else None,
        "voice_role": story.voice.role,
        "voice_member": story.voice.member,
        "language": story.voice.language,
        "form": story.voice.form,
        "asked_positive": int(story.asked_positive),
        "asked_negative": int(story.asked_negative),
        "not_asked_reason": story.not_asked_reason,
        "recorder": story.recorder,
        "told": story.told.isoformat() if story.told else None,
        "recorded": story.recorded.isoformat() if story.recorded else None,
        "before": story.before,
        "now": story.now,
        "how": story.how,
        "why": story.why,
        "shares": "|".join(story.shares),
        "main_domain": story.main_domain,
        "emoticon": story.emoticon,
        "read_back": story.read_back,
    }


def add_story(writing: Writing, story: Story, *, family_id: int, source_id: int) -> int:
    """Store a story whose text is stored already."""
    new = writing.new_id()
    values = {"id": new, "key": story.key, "family_id": family_id, "source_id": source_id, **_columns(story)}
    names = ", ".join(values)
    writing.execute(f"insert into story ({names}) values ({', '.join(f':{name}' for name in values)})", values)
    _put_domains(writing, new, story.domains)
    set_consents(writing, new, story.consents)
    return new


def change_story(writing: Writing, number: int, story: Story) -> None:
    """Write the fields of a story; its text changes only by a correction."""
    values = _columns(story)
    sets = ", ".join(f"{name} = :{name}" for name in values)
    differs = " or ".join(f"{name} is not :{name}" for name in values)
    writing.execute(f"update story set {sets} where id = :id and ({differs})", {"id": number, **values})
    there = tuple(
        row[0]
        for row in writing.rows("select domain from story_domain where story_id = ? order by position", (number,))
    )
    if there != story.domains:
        writing.execute("delete from story_domain where story_id = ?", (number,))
        _put_domains(writing, number, story.domains)
    set_consents(writing, number, story.consents)


def _put_domains(writing: Writing, number: int, domains: tuple[str, ...]) -> None:
    for position, domain in enumerate(domains):
        writing.execute("insert into story_domain values (?, ?, ?, ?)", (writing.new_id(), number, domain, position))


def set_consents(writing: Writing, number: int, consents: tuple[Consent, ...]) -> None:
    """Keep one answer per purpose; nothing is written where it is the same."""
    for each in consents:
        day = each.day.isoformat() if each.day else None
        there = writing.rows(
            "select id, answer, day, given_by from consent where story_id = ? and purpose = ?",
            (number, each.purpose.value),
        )
        if not there:
            writing.execute(
                "insert into consent values (?, ?, null, ?, ?, ?, ?)",
                (writing.new_id(), number, each.purpose.value, each.answer.value, day, each.by),
            )
        elif there[0][1:] != (each.answer.value, day, each.by):
            writing.execute(
                "update consent set answer = ?, day = ?, given_by = ? where id = ?",
                (each.answer.value, day, each.by, there[0][0]),
            )


def person_consents(project: ProjectFile) -> dict[str, tuple[Consent, ...]]:
    """Consents of persons for their words in transcripts, by person key."""
    found: dict[str, tuple[Consent, ...]] = {}
    for person, purpose, answer, day, by in project.rows(
        "select person.key, purpose, answer, day, given_by from consent join person on person.id = person_id order by consent.id"
    ):
        found[person] = (*found.get(person, ()), Consent(Purpose(purpose), Answer(answer), _day(day), by))
    return found


def set_person_consent(writing: Writing, person_id: int, consent: Consent) -> None:
    """Keep one answer of a person to a purpose."""
    day = consent.day.isoformat() if consent.day else None
    there = writing.rows(
        "select id, answer, day, given_by from consent where person_id = ? and purpose = ?",
        (person_id, consent.purpose.value),
    )
    if not there:
        writing.execute(
            "insert into consent values (?, null, ?, ?, ?, ?, ?)",
            (writing.new_id(), person_id, consent.purpose.value, consent.answer.value, day, consent.by),
        )
    elif there[0][1:] != (consent.answer.value, day, consent.by):
        writing.execute(
            "update consent set answer = ?, day = ?, given_by = ? where id = ?",
            (consent.answer.value, day, consent.by, there[0][0]),
        )
